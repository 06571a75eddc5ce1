/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Exports from files of made-up values: numbers of the CSV files read back to the last bit, no text
 * is a formula whatever the scenario is called, workbooks are whole, equal for equal results, and
 * never in the place of something else. tests/export opens the workbooks with another program.
 */
#define _GNU_SOURCE /* memmem */
#include "support/results_fixture.h"

#include <ctype.h>
#include <signal.h>

#include "export/book.h"
#include "core/target.h"
#include "milliard/export.h"

struct exported {
    struct fixture fixture;
    struct mld_results *results;
};

static void start(struct exported *exported, const char *file, int n_set, const char *const *set)
{
    exported->results = made_up_results(&exported->fixture, file, n_set, set);
}

static void stop(struct exported *exported)
{
    mld_results_close(exported->results);
    fixture_clear(&exported->fixture);
}

static void export_csv(struct exported *exported, const char *language)
{
    assert_int_equal(mld_export_csv(exported->results, fixture_path(&exported->fixture, "csv"),
                                    language, &exported->fixture.messages),
                     MLD_OK);
}

static char *csv_file(struct exported *exported, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "csv/%s.csv", name);
    return get_file(fixture_path(&exported->fixture, path)).bytes;
}

/* The line of a measure and design in statistics.csv, from its name on: labels may hold commas,
 * names do not. */
static const char *statistics_line(const char *text, const char *measure, const char *design)
{
    char key[128];
    snprintf(key, sizeof key, ",%s,%s,", measure, design);
    const char *line = strstr(text, key);
    if (!line)
        fail_msg("no line of %s %s", measure, design);
    return line + 1;
}

static double field(const char *line, int n)
{
    for (; n > 0; n--)
        line = strchr(line, ',') + 1;
    return *line == ',' || *line == '\r' ? (double)NAN : strtod(line, NULL);
}

static int same(double a, double b) { return a == b || (isnan(a) && isnan(b)); }

static void test_csv_numbers_are_those_of_the_summary(void **state)
{
    (void)state;
    static const char *const name[] = { "net_irr_a", "paid_in", "carry", "cost", "loss_default" },
                             *const design[] = { "without guarantee", "with guarantee",
                                                 "guarantee paid in full" };
    struct exported exported;
    start(&exported, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=600" });
    export_csv(&exported, "en");
    char *text = csv_file(&exported, "statistics");
    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        for (int d = 0; d < exported.fixture.plan->n_designs; d++) {
            const struct mld_statistics *s =
                &exported.fixture.summary.measure[d][mld_measure_named(name[i])];
            const char *line = statistics_line(text, name[i], design[d]);
            /* name, design, unit, count, undefined, mean, its error, sd, its error, shortfall, its
             * error, minimum, maximum, quantiles */
            assert_true(same(field(line, 3), (double)s->count));
            assert_true(same(field(line, 5), s->mean));
            assert_true(same(field(line, 6), s->mean_error));
            assert_true(same(field(line, 9), s->shortfall));
            assert_true(same(field(line, 12), s->maximum));
            assert_true(same(field(line, 13), s->quantile[0]));
            assert_true(same(field(line, 13 + MLD_QUANTILES - 1), s->quantile[MLD_QUANTILES - 1]));
        }
    assert_null(strstr(text, ",nan"));
    free(text);
    /* summary: label, unit, then of each design mean, its error, 5 %, median, 95 %, mean of the
     * worst 5 % */
    text = csv_file(&exported, "summary");
    const char *line = strstr(text, "\nTVPI of the fund,");
    assert_non_null(line);
    for (int d = 0; d < exported.fixture.plan->n_designs; d++) {
        const struct mld_statistics *s =
            &exported.fixture.summary.measure[d][mld_measure_named("tvpi")];
        const double expected[] = { s->mean,        s->mean_error,  s->quantile[1],
                                    s->quantile[4], s->quantile[7], s->shortfall };
        for (int i = 0; i < 6; i++)
            assert_true(same(field(line, 2 + 6 * d + i), expected[i]));
    }
    free(text);
    /* A French spreadsheet takes a number with a point for a text, or for a date. */
    export_csv(&exported, "fr");
    text = csv_file(&exported, "statistics");
    for (const char *point = strchr(text, '.'); point; point = strchr(point + 1, '.'))
        assert_false(isdigit((unsigned char)point[-1]) && isdigit((unsigned char)point[1]));
    free(text);
    stop(&exported);
}

/* A sheet that the table of files does not name would be left out without a word. */
static void assert_every_sheet_has_its_file(struct exported *exported)
{
    struct mld_book book;
    assert_int_equal(
        mld_book_make(&book, exported->results, NULL, "fr", &exported->fixture.messages), MLD_OK);
    for (int s = 0; s < book.n_sheets; s++) {
        char path[64];
        snprintf(path, sizeof path, "csv/%.50s.csv", book.sheet[s].file);
        assert_int_equal(access(fixture_path(&exported->fixture, path), F_OK), 0);
    }
    mld_book_clear(&book);
}

static void test_sheets_of_each_kind_of_scenario(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        int has_period, has_state, has_tape;
    } kind[] = { { "fpci-reference.cfg", 1, 0, 0 },
                 { "fpci-guaranteed.cfg", 1, 1, 0 },
                 { "scheme-national.cfg", 0, 1, 0 },
                 { "tape-example.cfg", 1, -1, 1 } };
    for (size_t i = 0; i < sizeof kind / sizeof *kind; i++) {
        struct exported exported;
        start(&exported, kind[i].file, 1, (const char *const[]){ "run.paths=60" });
        export_csv(&exported, "fr");
        assert_every_sheet_has_its_file(&exported);
        assert_int_equal(access(fixture_path(&exported.fixture, "csv/fund-by-period.csv"), F_OK) ==
                             0,
                         kind[i].has_period);
        assert_int_equal(access(fixture_path(&exported.fixture, "csv/tape.csv"), F_OK) == 0,
                         kind[i].has_tape);
        if (kind[i].has_state >= 0)
            assert_int_equal(access(fixture_path(&exported.fixture, "csv/state-by-year.csv"),
                                    F_OK) == 0,
                             kind[i].has_state);
        if (mld_export_has_xlsx())
            assert_int_equal(mld_export_xlsx(exported.results,
                                             fixture_path(&exported.fixture, "out.xlsx"), "fr",
                                             &exported.fixture.messages),
                             MLD_OK);
        stop(&exported);
    }
}

/* Columns of the tape that are the user's own stand beside its deals. */
static void test_own_columns_of_a_tape(void **state)
{
    (void)state;
    struct exported exported;
    start(&exported, "tape-example.cfg", 2,
          (const char *const[]){ "run.paths=60",
                                 "tape.text=\"deal;issuer;instrument;legal_form;sector;date;amount;"
                                 "#suivi;#b\nD1;A;bond;association;care;2027-03-01;1000000;=1+1\n"
                                 "D2;B;bond;association;care;2027-03-01;1000000;;à revoir\n\"" });
    export_csv(&exported, "fr");
    char *text = csv_file(&exported, "tape");
    assert_non_null(strstr(text, ";montant;#suivi;#b\r\n"));
    assert_non_null(strstr(text, ";1000000;'=1+1"));
    assert_non_null(strstr(text, ";1000000;;à revoir\r\n"));
    free(text);
    if (mld_export_has_xlsx())
        assert_int_equal(mld_export_xlsx(exported.results,
                                         fixture_path(&exported.fixture, "out.xlsx"), "fr",
                                         &exported.fixture.messages),
                         MLD_OK);
    stop(&exported);
}

static void test_no_text_is_a_formula(void **state)
{
    (void)state;
    struct exported exported;
    start(&exported, "fpci-guaranteed.cfg", 3,
          (const char *const[]){ "run.paths=60", "title.en=\"=cmd()|' /C calc'!A0\"",
                                 "title.fr=\"@SUM(1,2) <script>alert(\\\"é\\\")</script>\"" });
    export_csv(&exported, "en");
    char *text = csv_file(&exported, "notes");
    assert_non_null(strstr(text, "Title,'=cmd()|' /C calc'!A0\r\n"));
    free(text);
    export_csv(&exported, "fr");
    text = csv_file(&exported, "notes");
    assert_memory_equal(text, "\xEF\xBB\xBF", 3);
    assert_non_null(strstr(text, "Titre;\"'@SUM(1,2) <script>alert(\"\"é\"\")</script>\"\r\n"));
    free(text);
    stop(&exported);

    start(&exported, "fpci-guaranteed.cfg", 3,
          (const char *const[]){ "run.paths=60", "title.en=\"+1+cmd()\"",
                                 "title.fr=\"-1-cmd()\"" });
    export_csv(&exported, "en");
    text = csv_file(&exported, "notes");
    assert_non_null(strstr(text, "Title,'+1+cmd()\r\n"));
    free(text);
    export_csv(&exported, "fr");
    text = csv_file(&exported, "notes");
    assert_non_null(strstr(text, "Titre;'-1-cmd()\r\n"));
    free(text);
    stop(&exported);
}

static void test_warnings_are_noted(void **state)
{
    (void)state;
    struct exported exported;
    start(&exported, "fpci-guaranteed.cfg", 2,
          (const char *const[]){ "run.paths=60", "guarantee.dotation[0].amount=15" });
    export_csv(&exported, "en");
    char *text = csv_file(&exported, "notes");
    assert_non_null(strstr(text, "Warnings,"));
    assert_non_null(strstr(
        text,
        "amount = 15 EUR looks given in another unit. Did you mean 15000000 EUR (15.0\u00a0M€)?"));
    free(text);
    stop(&exported);
}

static const char *text_at(const struct mld_sheet *sheet, int row, int column)
{
    for (size_t i = 0; i < sheet->n_cells; i++)
        if (sheet->cell[i].row == row && sheet->cell[i].column == column)
            return sheet->cell[i].text ? sheet->cell[i].text : "";
    return "";
}

static int has_row(const struct mld_sheet *sheet, const char *label, const char *branch,
                   const char *statistic)
{
    for (int row = 1; row < sheet->rows; row++)
        if (strcmp(text_at(sheet, row, 0), label) == 0 &&
            strcmp(text_at(sheet, row, 1), branch) == 0 &&
            strcmp(text_at(sheet, row, 2), statistic) == 0)
            return 1;
    return 0;
}

/*
 * What the notes say of the sheets by year: a dash, the third part of some formats, is a mean; of
 * what the file gives, all but calls and distributions have quantiles by year.
 */
static void test_notes_are_true(void **state)
{
    (void)state;
    struct exported exported;
    struct mld_book book;
    int means = 0, spread = 0;
    /* its column; what is worked out from the year before is a formula there */
    enum { THIRD_YEAR = 6 };
    start(&exported, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=600" });
    assert_int_equal(mld_book_make(&book, exported.results, NULL, "en", &exported.fixture.messages),
                     MLD_OK);
    for (int s = 0; s < book.n_sheets; s++)
        for (size_t i = 0; strstr(book.sheet[s].file, "-by-year") && i < book.sheet[s].n_cells;
             i++) {
            const struct mld_sheet *sheet = &book.sheet[s];
            const struct mld_cell *cell = &sheet->cell[i];
            const char *label = text_at(sheet, cell->row, 0),
                       *statistic = text_at(sheet, cell->row, 2);
            if (cell->text || cell->row == 0)
                continue;
            spread += strcmp(statistic, "mean") != 0;
            if (cell->style == MLD_STYLE_FLOW || cell->style == MLD_STYLE_TOTAL)
                assert_string_equal(statistic, "mean");
            if (cell->formula || cell->column != THIRD_YEAR || strcmp(statistic, "mean") != 0 ||
                strcmp(label, "Calls") == 0 || strcmp(label, "Distributions") == 0)
                continue;
            means++;
            assert_true(has_row(sheet, label, text_at(sheet, cell->row, 1), "95%"));
        }
    assert_true(means > 30 && spread > 300);
    mld_book_clear(&book);
    stop(&exported);
}

/* The row of a sheet that begins with `label`, or -1. */
static int row_of(const struct mld_sheet *sheet, const char *label)
{
    for (int row = 1; row < sheet->rows; row++)
        if (strcmp(text_at(sheet, row, 0), label) == 0)
            return row;
    return -1;
}

/*
 * The dotation's sheet leaves out the median date of exhaustion where the summary does: too few
 * paths exhaust it.
 */
static void test_median_of_few_exhaustions(void **state)
{
    (void)state;
    struct exported exported;
    start(&exported, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=300" });
    struct mld_statistics *years = &mld_results_summary(exported.results)
                                        ->measure[MLD_WITH][mld_measure_named("exhaustion_years")];
    for (int estimable = 1; estimable >= 0; estimable--) {
        struct mld_book book;
        if (!estimable)
            years->quantile_low[4] = years->quantile_high[4] = (double)NAN;
        assert_int_equal(
            mld_book_make(&book, exported.results, NULL, "en", &exported.fixture.messages), MLD_OK);
        int found = 0;
        for (int s = 0; s < book.n_sheets; s++)
            if (strcmp(book.sheet[s].file, "dotation") == 0)
                found = row_of(&book.sheet[s], "When it is, after (years, median)") > 0;
        assert_int_equal(found, estimable);
        mld_book_clear(&book);
    }
    stop(&exported);
}

/* A measure's quantity is one of its unit: only pure numbers are a choice. */
static void test_quantities_are_of_their_units(void **state)
{
    (void)state;
    for (int i = 0; mld_measures[i].name; i++) {
        const char *unit = mld_measures[i].unit;
        enum mld_quantity quantity = mld_measures[i].quantity;
        int pure = strcmp(unit, "1") == 0 &&
                   (quantity == MLD_RATE || quantity == MLD_MULTIPLE || quantity == MLD_NUMBER);
        if (!pure && (strcmp(unit, "1") == 0 || quantity != mld_quantity_of_unit(unit)))
            fail_msg("%s, in %s, is written as %s", mld_measures[i].name, unit,
                     mld_quantity_name(quantity));
    }
}

/*
 * A zip file: local headers from its start, and at its end a directory of no comment (PKWARE
 * APPNOTE 4.3.16).
 */
static void assert_is_zip(const struct contents *file)
{
    assert_true(file->n > 22);
    assert_memory_equal(file->bytes, "PK\3\4", 4);
    assert_memory_equal(file->bytes + file->n - 22, "PK\5\6", 4);
}

static void test_workbook(void **state)
{
    (void)state;
    struct exported exported;
    if (!mld_export_has_xlsx())
        skip();
    start(&exported, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=60" });
    const char *path = fixture_path(&exported.fixture, "out.xlsx");
    assert_int_equal(mld_export_xlsx(exported.results, path, "en", &exported.fixture.messages),
                     MLD_OK);
    struct contents workbook = get_file(path);
    assert_is_zip(&workbook);
    assert_non_null(memmem(workbook.bytes, workbook.n, "xl/charts/chart1.xml", 20));
    /* replaces it */
    assert_int_equal(mld_export_xlsx(exported.results, path, "en", &exported.fixture.messages),
                     MLD_OK);
    assert_same_file(path, &workbook);
    free(workbook.bytes);
    stop(&exported);
}

static void test_nothing_else_is_replaced(void **state)
{
    (void)state;
    struct exported exported;
    const struct contents precious = { "precious", 8 };
    if (!mld_export_has_xlsx())
        skip();
    start(&exported, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=60" });
    const char *path = fixture_path(&exported.fixture, "precious.cfg");
    put_file(path, precious.bytes, precious.n);
    assert_int_equal(mld_export_xlsx(exported.results, path, "en", &exported.fixture.messages),
                     MLD_ERR_FILE);
    assert_same_file(path, &precious);
    assert_int_equal(mld_export_csv(exported.results, path, "en", &exported.fixture.messages),
                     MLD_ERR_FILE);
    assert_int_equal(mld_export_xlsx(exported.results, exported.fixture.folder, "en",
                                     &exported.fixture.messages),
                     MLD_ERR_FILE);
    assert_int_equal(mld_export_xlsx(exported.results, "/nowhere/out.xlsx", "en",
                                     &exported.fixture.messages),
                     MLD_ERR_FILE);
    stop(&exported);
}

/*
 * A tape of one's own, or any table of that name: the export says which, and writes nothing at all.
 */
static void test_files_of_others_stay(void **state)
{
    (void)state;
    static const char *const name[] = { "csv/tape.csv", "csv/summary.csv", "csv/notes.csv" };
    const struct contents precious = { "deal,issuer,instrument,legal_form,sector,date,amount\n",
                                       53 };
    struct exported exported;
    start(&exported, "tape-example.cfg", 1, (const char *const[]){ "run.paths=60" });
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        assert_int_equal(mkdir(fixture_path(&exported.fixture, "csv"), 0777), 0);
        const char *path = fixture_path(&exported.fixture, name[i]);
        put_file(path, precious.bytes, precious.n);
        assert_int_equal(mld_export_csv(exported.results, fixture_path(&exported.fixture, "csv"),
                                        "en", &exported.fixture.messages),
                         MLD_ERR_FILE);
        assert_non_null(strstr(fixture_message(&exported.fixture), name[i]));
        assert_same_file(path, &precious);
        assert_int_equal(remove(path), 0);
        /* nothing else is there */
        assert_int_equal(rmdir(fixture_path(&exported.fixture, "csv")), 0);
    }
    stop(&exported);
}

/*
 * Another run into the same folder: sheets that it has not go, whatever their language; a file of
 * somebody else stays.
 */
static void test_sheets_of_other_results_go(void **state)
{
    (void)state;
    static const char *const gone[] = { "csv/state-by-year.csv", "csv/dotation.csv",
                                        "csv/fund-by-period.csv", "csv/value-by-class.csv" };
    struct exported guaranteed, without, scheme;
    start(&guaranteed, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=60" });
    start(&without, "fpci-reference.cfg", 1, (const char *const[]){ "run.paths=60" });
    start(&scheme, "scheme-national.cfg", 1, (const char *const[]){ "run.paths=60" });
    char folder[FOLDER + 8];
    snprintf(folder, sizeof folder, "%s/csv", guaranteed.fixture.folder);
    const struct contents own = { "deal,issuer\n", 12 };
    for (int french = 0; french < 2; french++) {
        export_csv(&guaranteed, french ? "fr" : "en");
        put_file(fixture_path(&guaranteed.fixture, "csv/tape.csv"), own.bytes, own.n);
        assert_int_equal(mld_export_csv(without.results, folder, french ? "en" : "fr",
                                        &without.fixture.messages),
                         MLD_OK);
        for (int i = 0; i < 3; i++)
            assert_int_equal(access(fixture_path(&guaranteed.fixture, gone[i]), F_OK) == 0, i == 2);
        assert_int_equal(mld_export_csv(scheme.results, folder, "fr", &scheme.fixture.messages),
                         MLD_OK);
        for (int i = 0; i < 3; i++)
            assert_int_equal(access(fixture_path(&guaranteed.fixture, gone[i]), F_OK) == 0, i < 2);
        assert_same_file(fixture_path(&guaranteed.fixture, "csv/tape.csv"), &own);
        remove(fixture_path(&guaranteed.fixture, "csv/tape.csv"));
    }
    stop(&guaranteed);
    stop(&without);
    stop(&scheme);
}

static struct fixture interrupted;
static int interruptions, temporary_seen;

static void on_interruption(int number)
{
    (void)number;
    interruptions++;
    temporary_seen |= leftovers(interrupted.folder, NULL);
}

static enum mld_status fill_and_interrupt(FILE *file, const void *succeeds)
{
    fputs("a,b\n", file);
    raise(SIGINT);
    assert_int_equal(interruptions, 0);
    assert_int_equal(leftovers(interrupted.folder, NULL), 1);
    return *(const int *)succeeds ? MLD_OK : MLD_ERR_FILE;
}

/*
 * Ctrl-C between the temporary file and the end comes after it: with a handler that leaves, nothing
 * would be left behind.
 */
static void test_interruptions_wait(void **state)
{
    (void)state;
    static const struct mld_file_kind kind = { .other = "no table",
                                               .suffix = ".csv",
                                               .start = { "a,b" } };
    fixture_load(&interrupted, "fpci-reference.cfg", 0, NULL);
    void (*before)(int) = signal(SIGINT, on_interruption);
    for (int succeeds = 0; succeeds < 2; succeeds++) {
        interruptions = 0;
        assert_int_equal(mld_target_write(fixture_path(&interrupted, "out.csv"), &kind,
                                          fill_and_interrupt, &succeeds, &interrupted.messages),
                         succeeds ? MLD_OK : MLD_ERR_FILE);
        assert_int_equal(interruptions, 1);
        assert_int_equal(access(fixture_path(&interrupted, "out.csv"), F_OK) == 0, succeeds);
    }
    assert_false(temporary_seen);
    assert_int_equal(mld_target_write(fixture_path(&interrupted, "nowhere/out.csv"), &kind,
                                      fill_and_interrupt, NULL, &interrupted.messages),
                     MLD_ERR_FILE);
    raise(SIGINT);
    assert_int_equal(interruptions, 2);
    signal(SIGINT, before);
    fixture_clear(&interrupted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv_numbers_are_those_of_the_summary),
        cmocka_unit_test(test_sheets_of_each_kind_of_scenario),
        cmocka_unit_test(test_own_columns_of_a_tape),
        cmocka_unit_test(test_no_text_is_a_formula),
        cmocka_unit_test(test_warnings_are_noted),
        cmocka_unit_test(test_notes_are_true),
        cmocka_unit_test(test_median_of_few_exhaustions),
        cmocka_unit_test(test_quantities_are_of_their_units),
        cmocka_unit_test(test_workbook),
        cmocka_unit_test(test_nothing_else_is_replaced),
        cmocka_unit_test(test_files_of_others_stay),
        cmocka_unit_test(test_sheets_of_other_results_go),
        cmocka_unit_test(test_interruptions_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
