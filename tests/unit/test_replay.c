/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Replays of small runs: every path equals its file to the last bit, what is printed adds up to
 * what the path holds, JSON is JSON, and a path or file that cannot be replayed is refused with the
 * reason.
 */
#define _GNU_SOURCE /* open_memstream */
#include "support/results_fixture.h"

#include "report/table.h"

struct replayed {
    struct fixture fixture;
    struct mld_results *results;
    struct mld_replay *replay;
    char *text;
    size_t length;
};

static void start(struct replayed *test, const char *scenario, int n_set, const char *const *set)
{
    memset(test, 0, sizeof *test);
    fixture_load(&test->fixture, scenario, n_set, set);
    struct mld_run_options options = { .threads = 1 };
    struct mld_run_result result;
    const char *path = fixture_path(&test->fixture, "run.h5");
    assert_int_equal(mld_run(test->fixture.plan, test->fixture.scenario, &options, path,
                             &test->fixture.summary, &result, &test->fixture.messages),
                     MLD_OK);
    assert_int_equal(mld_results_open(path, &test->results, &test->fixture.messages), MLD_OK);
}

static void replay(struct replayed *test, size_t path)
{
    mld_replay_free(test->replay);
    enum mld_status status = mld_replay_create(test->results, path, &test->replay,
                                               &test->fixture.messages);
    for (size_t i = 0; i < test->fixture.messages.count; i++)
        print_message("%s\n", test->fixture.messages.text[i]);
    assert_int_equal(status, MLD_OK);
}

static void report(struct replayed *test, enum mld_layout layout, const char *language)
{
    free(test->text);
    FILE *out = open_memstream(&test->text, &test->length);
    assert_int_equal(mld_report_replay(out, test->replay, layout, language, 1), MLD_OK);
    fclose(out);
}

static void stop(struct replayed *test)
{
    free(test->text);
    mld_replay_free(test->replay);
    mld_results_close(test->results);
    fixture_clear(&test->fixture);
}

/* ---- a table of the CSV report ---- */

enum { MOST_CELLS = 40 };
struct reading {
    const char *at;
    char name[32], cell[MOST_CELLS][512], head[MOST_CELLS][512];
    int cells, heads;
};

/* One record into `cell`; returns 0 at the end. */
static int read_record(struct reading *reading)
{
    const char *s = reading->at;
    if (!*s)
        return 0;
    for (reading->cells = 0;; s++) {
        char *out = reading->cell[reading->cells++];
        int quoted = *s == '"';
        s += quoted;
        while (quoted ? *s != '"' || s[1] == '"' : *s != ',' && *s != '\r') {
            s += quoted && *s == '"';
            *out++ = *s++;
        }
        *out = '\0';
        s += quoted;
        if (*s == '\r')
            break;
    }
    assert_int_equal(s[1], '\n');
    reading->at = s + 2;
    return 1;
}

/* The next row of the table, its head being read first. */
static int next_row(struct reading *reading)
{
    while (read_record(reading)) {
        if (strcmp(reading->cell[0], reading->name) != 0)
            continue;
        if (reading->heads > 0)
            return 1;
        reading->heads = reading->cells;
        memcpy(reading->head, reading->cell, sizeof reading->head);
    }
    return 0;
}

static const char *cell(const struct reading *reading, const char *column)
{
    for (int i = 1; i < reading->heads; i++)
        if (strcmp(reading->head[i], column) == 0)
            return reading->cell[i];
    fail_msg("no column %s in %s", column, reading->name);
    return NULL;
}

static double number(const struct reading *reading, const char *column)
{
    return strtod(cell(reading, column), NULL);
}

static struct reading *read_table(const struct replayed *test, const char *name)
{
    struct reading *reading = calloc(1, sizeof *reading);
    assert_non_null(reading);
    reading->at = test->text;
    snprintf(reading->name, sizeof reading->name, "%s", name);
    return reading;
}

/* ---- what is printed adds up ---- */

/* Sums of a column by period, of one branch's rows; returns the number of rows. */
static int add_column(const struct replayed *test, const char *table, const char *branch,
                      const char *column, double *sum)
{
    struct reading *reading = read_table(test, table);
    int rows = 0;
    memset(sum, 0, MLD_MAX_PERIODS * sizeof *sum);
    while (next_row(reading))
        if (!branch || strcmp(cell(reading, "design"), branch) == 0) {
            sum[(int)number(reading, "period")] += number(reading, column);
            rows++;
        }
    free(reading);
    return rows;
}

/* Sums in another order differ by rounding: some 1e3 numbers of 1e9 EUR at most, 1e-16 each. */
static void assert_sums(const double *a, const double *b, int periods)
{
    for (int t = 0; t < periods; t++)
        if (!(fabs(a[t] - b[t]) <= 1e-3 + 1e-12 * fabs(b[t])))
            fail_msg("period %d: %.17g against %.17g", t, a[t], b[t]);
}

static void assert_flows_are_pools(const struct replayed *test, const char *branch)
{
    static const char *const columns[] = { "invested", "income", "capital", "outstanding", "nav" };
    double flows[MLD_MAX_PERIODS], pools[MLD_MAX_PERIODS];
    for (int i = 0; i < 5; i++) {
        assert_true(add_column(test, "flows", branch, columns[i], flows) > 0);
        assert_int_equal(add_column(test, "pools", branch, columns[i], pools),
                         test->replay->plan->model.grid.last + 1);
        assert_sums(flows, pools, test->replay->plan->model.grid.periods);
    }
}

/* Without gains netted C(t) is the sum of what was counted up to t, layer by layer. */
static void assert_claims_are_covered_loss(const struct replayed *test)
{
    double counted[MLD_MAX_PERIODS], loss[MLD_MAX_PERIODS], ledger[MLD_MAX_PERIODS];
    add_column(test, "claims", NULL, "counted", counted);
    add_column(test, "layers", NULL, "covered_loss", loss);
    add_column(test, "guarantor", NULL, "covered_loss", ledger);
    for (int t = 1; t < test->replay->plan->model.grid.periods; t++)
        counted[t] += counted[t - 1];
    assert_sums(counted, loss, test->replay->plan->model.grid.last + 1);
    assert_sums(loss, ledger, test->replay->plan->model.grid.last + 1);
}

/*
 * Tiers pay A, B and C, what is set aside for C included, even what then serves others; impact
 * carry moves between them only.
 */
static void assert_tiers_are_distributions(const struct replayed *test, const char *branch)
{
    static const char *const columns[] = { "distributed_a", "distributed_b", "distributed_c",
                                           "beneficiary",   "aside_used",    "set_aside" };
    double tiers[MLD_MAX_PERIODS], paid[MLD_MAX_PERIODS] = { 0 }, column[MLD_MAX_PERIODS];
    add_column(test, "waterfall", branch, "paid", tiers);
    for (int i = 0; i < 6; i++) {
        add_column(test, "fund", branch, columns[i], column);
        for (int t = 0; t < test->replay->plan->model.grid.periods; t++)
            paid[t] += column[t] - (i == 5 && t > 0 ? column[t - 1] : 0);
    }
    assert_sums(tiers, paid, test->replay->plan->model.grid.last + 1);
}

static void assert_costs_waiting(const struct replayed *test, const char *branch)
{
    static const char *const columns[] = { "management_waiting", "other_waiting",
                                           "guarantee_waiting" };
    double sum[MLD_MAX_PERIODS] = { 0 }, waiting[MLD_MAX_PERIODS], column[MLD_MAX_PERIODS];
    for (int i = 0; i < 3; i++) {
        add_column(test, "fund", branch, columns[i], column);
        for (int t = 0; t < test->replay->plan->model.grid.periods; t++)
            sum[t] += column[t];
    }
    add_column(test, "fund", branch, "costs_waiting", waiting);
    assert_sums(sum, waiting, test->replay->plan->model.grid.last + 1);
}

/* What comes in and was there is what goes out and is there. */
static void assert_every_euro(const struct replayed *test, const char *branch)
{
    static const char *const in[] = { "call",     "income",   "capital", "payout",
                                      "interest", "borrowed", "granted", NULL },
                             *const out[] = { "invested",      "management_paid",
                                              "other_paid",    "guarantee_paid",
                                              "repaid",        "distributed_a",
                                              "distributed_b", "distributed_c",
                                              "beneficiary",   NULL };
    int line = test->replay->plan->fund.credit_line.limit > 0,
        grants = test->replay->plan->fund.n_grants > 0,
        periods = test->replay->plan->model.grid.last;
    double sum[2][MLD_MAX_PERIODS] = { { 0 } }, column[MLD_MAX_PERIODS];
    for (int side = 0; side < 2; side++)
        for (const char *const *name = side ? out : in; *name; name++) {
            if ((!line && (!strcmp(*name, "borrowed") || !strcmp(*name, "repaid"))) ||
                (!grants && !strcmp(*name, "granted")))
                continue;
            add_column(test, "fund", branch, *name, column);
            for (int t = 0; t <= periods; t++)
                sum[side][t] += column[t];
        }
    add_column(test, "fund", branch, "cash", column);
    for (int t = 0; t <= periods; t++) {
        sum[0][t] += t > 0 ? column[t - 1] : 0;
        sum[1][t] += column[t];
    }
    assert_sums(sum[0], sum[1], periods + 1);
}

/*
 * Both columns of the table of measures are the same text, and so is its number of rows to what was
 * compared.
 */
static void assert_measures_equal(const struct replayed *test)
{
    struct reading *reading = read_table(test, "measures");
    int rows = 0;
    for (; next_row(reading); rows++)
        assert_string_equal(cell(reading, "file"), cell(reading, "replay"));
    free(reading);
    assert_int_equal(rows, test->replay->measures);
}

/*
 * Rows of a table on which a column is above a number, or two columns differ when `other` names
 * one.
 */
static int count_rows(const struct replayed *test, const char *table, const char *column,
                      const char *other)
{
    struct reading *reading = read_table(test, table);
    int rows = 0;
    while (next_row(reading))
        rows += other ? strcmp(cell(reading, column), cell(reading, other)) != 0
                      : number(reading, column) > 0;
    free(reading);
    return rows;
}

/* ---- JSON ---- */

static const char *skip_value(const char *s);

static const char *skip_blank(const char *s) { return s + strspn(s, " \n"); }

static const char *skip_text(const char *s)
{
    assert_int_equal(*s, '"');
    for (s++; *s != '"'; s++) {
        assert_true((unsigned char)*s >= 0x20);
        s += *s == '\\';
    }
    return s + 1;
}

static const char *skip_members(const char *s, char end)
{
    s = skip_blank(s + 1);
    while (*s != end) {
        if (end == '}') {
            s = skip_blank(skip_text(s));
            assert_int_equal(*s++, ':');
        }
        s = skip_blank(skip_value(s));
        assert_true(*s == ',' || *s == end);
        if (*s == ',') {
            s = skip_blank(s + 1);
            assert_true(*s != end);
        }
    }
    return s + 1;
}

static const char *skip_value(const char *s)
{
    char *end;
    s = skip_blank(s);
    if (*s == '{' || *s == '[')
        return skip_members(s, *s == '{' ? '}' : ']');
    if (*s == '"')
        return skip_text(s);
    if (strncmp(s, "null", 4) == 0)
        return s + 4;
    assert_true(*s == '-' || (*s >= '0' && *s <= '9'));
    strtod(s, &end);
    assert_true(end > s);
    return end;
}

static void assert_json(struct replayed *test)
{
    report(test, MLD_LAYOUT_JSON, "en");
    assert_int_equal(*skip_blank(skip_value(test->text)), '\0');
}

/* ---- tests ---- */

static void check_path(struct replayed *test, size_t path)
{
    replay(test, path);
    assert_true(test->replay->measures > 0);
    const struct mld_plan *plan = test->replay->plan;
    int sets = plan->n_lives;
    report(test, MLD_LAYOUT_CSV, "en");
    assert_measures_equal(test);
    assert_true(count_rows(test, "issuers", "systematic", "quality") > 0);
    assert_flows_are_pools(test, sets == 2                 ? "without"
                                 : plan->guarantee.present ? "both"
                                                           : "without");
    if (sets == 2)
        assert_flows_are_pools(test, "with");
    if (plan->guarantee.present)
        assert_claims_are_covered_loss(test);
    for (int branch = 0; plan->fund.present && branch < plan->n_designs; branch++) {
        assert_tiers_are_distributions(test, branch ? "with" : "without");
        assert_costs_waiting(test, branch ? "with" : "without");
        assert_every_euro(test, branch ? "with" : "without");
    }
}

static void check_scenario(const char *scenario, int n_set, const char *const *set)
{
    struct replayed test;
    start(&test, scenario, n_set, set);
    for (size_t path = 0; path < mld_results_paths(test.results); path++)
        check_path(&test, path);
    assert_json(&test);
    report(&test, MLD_LAYOUT_TEXT, "fr");
    assert_non_null(strstr(test.text, "bit pour bit"));
    stop(&test);
}

static void test_guaranteed(void **state)
{
    (void)state;
    check_scenario("fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=5" });
}

static void test_reference(void **state)
{
    (void)state;
    check_scenario("fpci-reference.cfg", 1, (const char *const[]){ "run.paths=2" });
}

static void test_scheme(void **state)
{
    (void)state;
    check_scenario("scheme-national.cfg", 1, (const char *const[]){ "run.paths=2" });
}

static void test_tape(void **state)
{
    (void)state;
    check_scenario("tape-example.cfg", 1, (const char *const[]){ "run.paths=3" });
}

/* Columns of the tape that are the user's own stand beside each deal, defused for spreadsheets. */
static void test_own_columns_of_a_tape(void **state)
{
    (void)state;
    struct replayed test;
    start(&test, "tape-example.cfg", 2,
          (const char *const[]){
              "run.paths=2", "tape.text=\"deal,issuer,instrument,legal_form,sector,date,amount,#by "
                             "\\\"us\\\",#b\nD1,A,bond,association,care,2027-03-01,1000000,=1+1,\n"
                             "D2,B,bond,association,care,2027-03-01,1000000,,é\n\"" });
    replay(&test, 1);
    report(&test, MLD_LAYOUT_CSV, "fr");
    assert_non_null(strstr(test.text, ",forced_discount,\"#by \"\"us\"\"\",\"#b\",why\r\n"));
    assert_non_null(strstr(test.text, ",\"'=1+1\",\"\",\""));
    assert_non_null(strstr(test.text, ",\"\",\"é\",\""));
    report(&test, MLD_LAYOUT_JSON, "en");
    assert_non_null(strstr(test.text, "{\"name\": \"#by \\\"us\\\"\", \"unit\": \"\","));
    report(&test, MLD_LAYOUT_TEXT, "en");
    assert_non_null(strstr(test.text, "  #by \"us\"  #b  what happened\n"));
    stop(&test);
}

static void test_moral_hazard(void **state)
{
    (void)state;
    check_scenario("fpci-guaranteed.cfg", 2,
                   (const char *const[]){ "run.paths=3", "guarantee.moral_hazard=1.3" });
}

static void test_counter_guarantee_and_student(void **state)
{
    (void)state;
    check_scenario("fpci-guaranteed-counter-guaranteed.cfg", 4,
                   (const char *const[]){ "run.paths=2", "factors.dependence=\"student\"",
                                          "factors.dof=4.0", "thesis.resample=\"run\"" });
}

/*
 * Fees that the fund cannot pay at once, claims on default above the ceiling of an issuer: the sums
 * hold there too.
 */
static void test_tight(void **state)
{
    (void)state;
    struct replayed test;
    int waiting = 0, bounded = 0;
    start(&test, "fpci-guaranteed.cfg", 8,
          (const char *const[]){ "run.paths=3", "thesis.volume=8e7",
                                 "fund.management_fee_after=0.1", "fund.running_costs=0.015",
                                 "fund.reserve_years=0.0",
                                 "guarantee.layers.state.payout=\"on_default\"",
                                 "guarantee.layers.state.max_loss_per_issuer=1e6",
                                 "guarantee.layers.state.claim_delay_years=0.25" });
    for (size_t path = 0; path < 3; path++) {
        check_path(&test, path);
        waiting += count_rows(&test, "fund", "costs_waiting", NULL);
        bounded += count_rows(&test, "claims", "amount", "counted");
    }
    assert_true(waiting > 0);
    assert_true(bounded > 0);
    stop(&test);
}

/* Closings, a line, grants, a claw-back: each has its columns, and every euro its place. */
static void test_terms(void **state)
{
    (void)state;
    struct replayed test;
    start(&test, "fpci-guaranteed.cfg", 6,
          (const char *const[]){
              "run.paths=2",
              "fund.closings=( { date = \"2027-01-01\"; share = 0.5; }, { date = \"2029-06-30\"; "
              "share = 0.5; } )",
              "fund.credit_line={ limit = 0.5; rate = 0.05; fee = 0.01; periods = 3; }",
              "fund.grants=( { year = 0; amount = 2e6; } )", "fund.cash_rate=0.02",
              "fund.equalisation_rate=0.05" });
    for (size_t path = 0; path < 2; path++) {
        check_path(&test, path);
        assert_true(count_rows(&test, "fund", "line_balance", NULL) > 0);
        assert_true(count_rows(&test, "fund", "granted", NULL) > 0);
        assert_true(count_rows(&test, "closings", "capital", NULL) > 0);
        assert_true(count_rows(&test, "closings", "interest", NULL) > 0);
    }
    stop(&test);
}

/* Series of paths that the file does not keep cannot be compared, and need not be. */
static void test_without_trajectories(void **state)
{
    (void)state;
    struct replayed test;
    start(&test, "fpci-guaranteed.cfg", 2,
          (const char *const[]){ "run.paths=2", "run.trajectories=\"none\"" });
    replay(&test, 1);
    assert_int_equal(test.replay->series, 0);
    stop(&test);
}

static void test_path_beyond(void **state)
{
    (void)state;
    struct replayed test;
    start(&test, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=2" });
    assert_int_equal(mld_replay_create(test.results, 2, &test.replay, &test.fixture.messages),
                     MLD_ERR_USAGE);
    assert_null(test.replay);
    assert_string_equal(test.fixture.messages.text[0],
                        "path 2 is not in the file, which holds 2 paths, numbered from 0");
    stop(&test);
}

/*
 * Made-up values stand for a file of another build: the first measure that differs is named, and
 * both builds are.
 */
static void test_other_build(void **state)
{
    (void)state;
    struct replayed test;
    memset(&test, 0, sizeof test);
    test.results = made_up_results(&test.fixture, "fpci-guaranteed.cfg", 1,
                                   (const char *const[]){ "run.paths=3" });
    assert_int_equal(mld_replay_create(test.results, 1, &test.replay, &test.fixture.messages),
                     MLD_ERR_FORMAT);
    assert_null(test.replay);
    assert_int_equal(test.fixture.messages.count, 2);
    assert_non_null(strstr(test.fixture.messages.text[0], "path 1, design without, net_irr_a"));
    assert_non_null(strstr(test.fixture.messages.text[1], "another build"));
    assert_non_null(strstr(test.fixture.messages.text[1], mld_build_compiler()));
    stop(&test);
}

/* Numbers by the quarter, and inside the file a scenario by the month: nothing of it is run. */
static void test_other_scenario(void **state)
{
    (void)state;
    struct replayed test;
    struct fixture monthly;
    memset(&test, 0, sizeof test);
    fixture_load(&test.fixture, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=3" });
    fixture_load(&monthly, "fpci-guaranteed.cfg", 2,
                 (const char *const[]){ "run.paths=3", "periods_per_year=12" });
    struct mld_scenario *own = test.fixture.scenario;
    const char *path = fixture_path(&test.fixture, "run.h5");
    test.fixture.scenario = monthly.scenario;
    assert_int_equal(write_made_up(&test.fixture, path, 3, 256, 256, 0, NULL), MLD_OK);
    test.fixture.scenario = own;
    assert_int_equal(mld_results_open(path, &test.results, &test.fixture.messages), MLD_OK);
    assert_int_equal(mld_replay_create(test.results, 1, &test.replay, &test.fixture.messages),
                     MLD_ERR_FORMAT);
    assert_non_null(strstr(fixture_message(&test.fixture), "it is not the scenario of this run"));
    fixture_clear(&monthly);
    stop(&test);
}

/* ---- the writer of tables ---- */

static void write_small(struct mld_tables *tables, FILE *out, enum mld_layout layout, int french)
{
    static const struct mld_table_column columns[] = { { "text", "", "words", "mots" },
                                                       { "money", "EUR", "money", "montant" } };
    mld_tables_open(tables, out, layout, french);
    mld_tables_begin(tables, "small", "A small table", "Une petite table", 2, columns);
    mld_tables_text(tables, "=1+1");
    mld_tables_number(tables, -1234.5);
    mld_tables_text(tables, "a \"quoted\", text");
    mld_tables_number(tables, (double)NAN);
    mld_tables_end(tables);
    assert_int_equal(mld_tables_close(tables), MLD_OK);
}

static void assert_small(enum mld_layout layout, int french, const char *expected)
{
    struct mld_tables tables;
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    write_small(&tables, out, layout, french);
    fclose(out);
    assert_string_equal(text, expected);
    free(text);
}

static void test_table_csv(void **state)
{
    (void)state;
    assert_small(
        MLD_LAYOUT_CSV, 0,
        "small,text,money\r\nsmall,\"'=1+1\",-1234.5\r\nsmall,\"a \"\"quoted\"\", text\",\r\n");
}

static void test_table_json(void **state)
{
    (void)state;
    assert_small(MLD_LAYOUT_JSON, 0,
                 "{\"tables\": {\n\"small\": {\"title_en\": \"A small table\", \"title_fr\": \"Une "
                 "petite table\",\n  \"columns\": [\n"
                 "    {\"name\": \"text\", \"unit\": \"\", \"label_en\": \"words\", \"label_fr\": "
                 "\"mots\"},\n"
                 "    {\"name\": \"money\", \"unit\": \"EUR\", \"label_en\": \"money\", "
                 "\"label_fr\": \"montant\"}],\n  \"rows\": [\n"
                 "    [\"=1+1\", -1234.5],\n    [\"a \\\"quoted\\\", text\", null]]}\n}}\n");
}

static void test_table_text(void **state)
{
    (void)state;
    assert_small(MLD_LAYOUT_TEXT, 1,
                 "\nUne petite table\n────────────────\nmots                montant\n=1+1          "
                 "    −1\u202f234,50\n"
                 "a \"quoted\", text          –\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_guaranteed),
                                        cmocka_unit_test(test_reference),
                                        cmocka_unit_test(test_scheme),
                                        cmocka_unit_test(test_tape),
                                        cmocka_unit_test(test_own_columns_of_a_tape),
                                        cmocka_unit_test(test_moral_hazard),
                                        cmocka_unit_test(test_counter_guarantee_and_student),
                                        cmocka_unit_test(test_tight),
                                        cmocka_unit_test(test_terms),
                                        cmocka_unit_test(test_without_trajectories),
                                        cmocka_unit_test(test_path_beyond),
                                        cmocka_unit_test(test_other_build),
                                        cmocka_unit_test(test_other_scenario),
                                        cmocka_unit_test(test_table_csv),
                                        cmocka_unit_test(test_table_json),
                                        cmocka_unit_test(test_table_text) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
