/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The file of a study: what is written is read back to the bit, its texts make the same study
 * again, tables read as kept in tests/data/study, and what is damaged or another's is refused. The
 * numbers are made up, so that these tests do not move with the model.
 */
#include <hdf5.h>
#include <math.h>
#include <sys/resource.h>

#include "milliard/report.h"
#include "study/study.h"
#include "support/results_fixture.h"

#define FOLDER_OF_STUDIES PROJECT_SOURCE "/scenarios/studies/"
#define BASE                                                                             \
    "name = \"t\"; base = \"../fpci-guaranteed.cfg\"; paths = 64;\n"                     \
    "statistics = [ \"loss_a\", \"without.loss_a\", \"net_irr_a.p05\", \"payouts.sd\", " \
    "\"dotation_needed.p99.9\", \"net_cost.shortfall\" ];\n"
#define QUOTITE "{ key = \"guarantee.layers.state.quotite\"; from = 0.5; to = 0.9; count = 3; }"
#define MIX                                                                                 \
    "{ name = \"value\"; points = ( { label = \"as \\\"it\\\" is\"; set = ( ); }, "         \
    "{ label = \"fée 1,5 %\"; set = ( { key = \"fund.management_fee\"; value = 0.015; }, " \
    "{ key = \"guarantee.layers.state.cap_rate\"; value = 0.5; } ); } ); }"
#define DOTATION                                                                 \
    "{ name = \"dotation\"; key = \"guarantee.dotation[0].amount\"; values = [ " \
    "15000000.0, 62500000.5 ]; }"
#define AXES(axes) BASE "axes = (\n" axes " );\n"
#define UNTIL "until = [ \"loss_a <= 0.12\", \"payouts.sd >= base + 5000000\" ];\n"

static char folder[FOLDER];
static struct mld_messages messages;
static struct mld_study *study;
static struct mld_study_result result;

static int prepare(void **state)
{
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    mld_messages_init(&messages);
    make_folder(folder, "study");
    return 0;
}

static int finish(void **state)
{
    (void)state;
    return remove_folder(folder);
}

static int clear(void **state)
{
    (void)state;
    mld_study_result_clear(&result);
    mld_study_free(study);
    study = NULL;
    mld_messages_clear(&messages);
    return 0;
}

static struct mld_study *parsed(const char *text, const char *name)
{
    struct mld_study *made = NULL;
    enum mld_status status = mld_study_parse(text, strlen(text), name, 0, NULL, &made, &messages);
    for (size_t i = 0; i < messages.count; i++)
        print_error("%s\n", messages.text[i]);
    assert_int_equal(status, MLD_OK);
    return made;
}

/* A share, an amount: what such a statistic may be. */
static struct mld_study_cell made_up_cell(int statistic, double at)
{
    int is_money = mld_measures[study->statistic[statistic].measure].quantity == MLD_MONEY;
    double value = (is_money ? 1e7 : 0.1) * (1 + statistic + at / 10), error = value / 50;
    return (struct mld_study_cell){ value,         error,     value - 2 * error, value + 2 * error,
                                    value - error, error / 3, 64 - statistic };
}

static void make(const char *text)
{
    study = parsed(text, FOLDER_OF_STUDIES "t.cfg");
    size_t n = (size_t)study->n_statistics, variants = (size_t)study->n_variants;
    result = (struct mld_study_result){ .paths = 64,
                                        .base = calloc(n, sizeof *result.base),
                                        .cell = calloc(n * variants, sizeof *result.cell),
                                        .done = malloc(variants) };
    memset(result.done, 1, variants);
    for (int s = 0; s < study->n_statistics; s++) {
        result.base[s] = made_up_cell(s, -1);
        for (size_t v = 0; v < variants; v++)
            result.cell[v * n + (size_t)s] = made_up_cell(s, (double)v);
    }
    result.cell[1].value = result.cell[1].error = (double)NAN;
    result.cell[4].high = (double)NAN;
}

static enum mld_status write_at(const char *path, char *final, size_t size)
{
    mld_messages_clear(&messages);
    return mld_study_write(path, study, &result, final, size, &messages);
}

static const char *path_of(const char *name)
{
    static char path[FOLDER + 64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static struct mld_results *written(const char *name)
{
    struct mld_results *results = NULL;
    assert_int_equal(write_at(path_of(name), NULL, 0), MLD_OK);
    assert_int_equal(mld_results_open_any(path_of(name), &results, &messages), MLD_OK);
    return results;
}

/* ---- what is written is read ---- */

static void test_is_read_as_it_was_written(void **state)
{
    (void)state;
    make(UNTIL AXES(MIX ", " QUOTITE ", " DOTATION));
    struct mld_results *results = written("a.h5");
    const struct mld_study_record *record = mld_results_study(results);
    size_t cells = (size_t)study->n_variants * (size_t)study->n_statistics;
    assert_int_equal(record->n_axes, 3);
    assert_int_equal(record->n_variants, 12);
    assert_int_equal(record->n_done, 12);
    assert_memory_equal(record->cell, result.cell, cells * sizeof *result.cell);
    assert_memory_equal(record->base, result.base,
                        (size_t)study->n_statistics * sizeof *result.base);
    for (int a = 0; a < record->n_axes; a++) {
        assert_string_equal(record->axis[a].name, study->axis[a].name);
        assert_int_equal(record->axis[a].n, study->axis[a].n);
        assert_int_equal(record->axis[a].is_numbers, a > 0);
        for (int i = 0; i < record->axis[a].n; i++) {
            assert_string_equal(record->axis[a].label[i], study->axis[a].point[i].label);
            assert_true(a == 0 || record->axis[a].number[i] - study->axis[a].point[i].number == 0);
        }
    }
    assert_string_equal(record->axis[0].keys, "");
    assert_string_equal(record->axis[1].keys, "guarantee.layers.state.quotite");
    for (int i = 0; i < record->n_statistics; i++)
        assert_string_equal(record->statistic[i].name, study->statistic[i].name);
    assert_int_equal(record->n_goals, 2);
    for (int i = 0; i < record->n_goals; i++) {
        const struct mld_goal *read = &record->goal[i].goal, *goal = &study->goal[i];
        assert_string_equal(record->statistic[record->goal[i].statistic].name,
                            goal->statistic.name);
        assert_int_equal(read->at_least, goal->at_least);
        assert_int_equal(read->relative, goal->relative);
        assert_true(read->value - goal->value == 0);
    }
    assert_string_equal(record->name, "t");
    assert_string_equal(mld_results_attribute(results, "name"), "fpci-guaranteed");
    mld_results_close(results);
}

/* A study as it is told, beside its base as it is kept, is the same study. */
static void test_its_texts_make_it_again(void **state)
{
    (void)state;
    make(UNTIL AXES(MIX ", " QUOTITE ", " DOTATION));
    struct mld_results *results = written("first.h5");
    const char *text = mld_results_study(results)->text, *base = mld_results_scenario_text(results);
    put_file(path_of("fpci-guaranteed.cfg"), base, strlen(base));
    struct mld_study *again = parsed(text, path_of("again.cfg"));
    assert_int_equal(again->n_variants, study->n_variants);
    assert_int_equal(again->plan->paths, 64);
    char *told = mld_study_text(again);
    assert_string_equal(told, text);
    for (int v = 0; v < study->n_variants; v++) {
        struct mld_scenario *first = NULL, *second = NULL;
        assert_int_equal(mld_study_variant(study, v, &first, &messages), MLD_OK);
        assert_int_equal(mld_study_variant(again, v, &second, &messages), MLD_OK);
        char *one = mld_scenario_text(first), *other = mld_scenario_text(second);
        assert_string_equal(one, other);
        free(one);
        free(other);
        mld_scenario_free(first);
        mld_scenario_free(second);
    }
    free(told);
    mld_study_free(again);
    mld_results_close(results);
}

static void test_equal_studies_give_equal_bytes(void **state)
{
    (void)state;
    make(AXES(QUOTITE));
    assert_int_equal(write_at(path_of("one.h5"), NULL, 0), MLD_OK);
    struct contents one = get_file(path_of("one.h5"));
    assert_int_equal(write_at(path_of("two.h5"), NULL, 0), MLD_OK);
    assert_same_file(path_of("two.h5"), &one);
    free(one.bytes);
}

static void test_interrupted_replaces_nothing(void **state)
{
    (void)state;
    char final[256];
    make(AXES(QUOTITE));
    assert_int_equal(write_at(path_of("kept.h5"), NULL, 0), MLD_OK);
    struct contents before = get_file(path_of("kept.h5"));
    result.interrupted = 1;
    result.done[2] = 0;
    assert_int_equal(write_at(path_of("kept.h5"), final, sizeof final), MLD_OK);
    assert_string_equal(final, path_of("kept.interrupted.h5"));
    assert_same_file(path_of("kept.h5"), &before);
    struct mld_results *results = NULL;
    assert_int_equal(mld_results_open_any(final, &results, &messages), MLD_OK);
    assert_int_equal(mld_results_study(results)->n_done, 2);
    assert_string_equal(mld_results_attribute(results, "interrupted"), "1");
    mld_results_close(results);
    free(before.bytes);
}

/* ---- tables ---- */

/* The line of version and commit is of the build. */
static void without_build(char *text)
{
    char *start = strstr(text, "\nmilliard "), *end = start ? strchr(start + 1, '\n') : NULL;
    if (end)
        memmove(start, end, strlen(end) + 1);
}

static char *shown(const struct mld_results *results, const char *language)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    assert_int_equal(mld_report_study(out, results, language, 0), MLD_OK);
    fclose(out);
    without_build(text);
    return text;
}

/* MILLIARD_GOLDEN=1 writes what is there. */
static void is_kept(const char *axes, const char *name)
{
    make(axes);
    struct mld_results *results = written("shown.h5");
    static const char *const languages[] = { "en", "fr" };
    for (int i = 0; i < 2; i++) {
        char path[512];
        char *text = shown(results, languages[i]);
        snprintf(path, sizeof path, PROJECT_SOURCE "/tests/data/study/%s.%s.txt", name,
                 languages[i]);
        if (getenv("MILLIARD_GOLDEN"))
            put_file(path, text, strlen(text));
        struct contents kept = get_file(path);
        if (strlen(text) != kept.n || memcmp(text, kept.bytes, kept.n) != 0)
            fail_msg("%s is not what is shown now:\n%s", path, text);
        free(kept.bytes);
        free(text);
    }
    mld_results_close(results);
}

static void test_one_axis(void **state)
{
    (void)state;
    is_kept(AXES(QUOTITE), "one-axis");
}

static void test_two_axes(void **state)
{
    (void)state;
    is_kept(UNTIL AXES(MIX ", " QUOTITE), "two-axes");
}

static void test_three_axes(void **state)
{
    (void)state;
    is_kept(AXES(MIX ", " QUOTITE ", " DOTATION), "three-axes");
}

/* More points than a table has rows, and more columns than a page: all are shown. */
static void test_long_and_wide(void **state)
{
    (void)state;
    make(AXES("{ key = \"fund.management_fee\"; from = 0.01; to = 0.02; count = 300; }, "
              "{ key = \"fund.carry\"; from = 0.0; to = 0.2; count = 21; }"));
    struct mld_results *results = written("long.h5");
    char *text = shown(results, "en");
    int lines = 0, ends = 0;
    for (const char *at = text; (at = strstr(at, "\n  0.0")); at++)
        lines++;
    for (const char *at = text; (at = strstr(at, "\n  0.02 ")); at++)
        ends++;
    assert_int_equal(lines, 300 * 3 * study->n_statistics);
    assert_int_equal(ends, 3 * study->n_statistics);
    free(text);
    mld_results_close(results);
}

/* ---- what is refused ---- */

static void assert_told(const char *part)
{
    assert_int_equal(messages.count, 1);
    if (!strstr(messages.text[0], part))
        fail_msg("'%s' is not in '%s'", part, messages.text[0]);
}

static enum mld_status open_at(const char *path, int takes_studies)
{
    struct mld_results *results = NULL;
    mld_messages_clear(&messages);
    enum mld_status status = takes_studies ? mld_results_open_any(path, &results, &messages)
                                           : mld_results_open(path, &results, &messages);
    assert_true((status == MLD_OK) == (results != NULL));
    assert_true(status == MLD_OK || messages.count == 1);
    mld_results_close(results);
    return status;
}

static void test_a_run_is_no_study(void **state)
{
    (void)state;
    make(AXES(QUOTITE));
    assert_int_equal(write_at(path_of("study.h5"), NULL, 0), MLD_OK);
    struct contents before = get_file(path_of("study.h5"));
    assert_int_equal(open_at(path_of("study.h5"), 0), MLD_ERR_FORMAT);
    assert_told("holds the results of a study, where those of a run are expected");
    mld_messages_clear(&messages);
    assert_int_equal(mld_results_check(path_of("study.h5"), &messages), MLD_ERR_FILE);
    assert_same_file(path_of("study.h5"), &before);
    free(before.bytes);
    struct fixture fixture;
    fixture_load(&fixture, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=8" });
    assert_int_equal(write_made_up(&fixture, path_of("run.h5"), 8, 8, 8, 0, NULL), MLD_OK);
    fixture_clear(&fixture);
    struct mld_results *results = NULL;
    assert_int_equal(mld_results_open_any(path_of("run.h5"), &results, &messages), MLD_OK);
    assert_null(mld_results_study(results));
    mld_results_close(results);
    assert_int_equal(write_at(path_of("run.h5"), NULL, 0), MLD_ERR_FILE);
    assert_told("no results of a study");
}

static void edit(const char *path, const char *place, double value)
{
    hid_t file = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT),
          dataset = H5Dopen2(file, place, H5P_DEFAULT), space = H5Dget_space(dataset);
    size_t n = (size_t)H5Sget_simple_extent_npoints(space);
    double *all = malloc(n * sizeof *all);
    assert_true(H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, all) >= 0);
    all[0] = value;
    assert_true(H5Dwrite(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, all) >= 0);
    free(all);
    H5Sclose(space);
    H5Dclose(dataset);
    assert_true(H5Fclose(file) >= 0);
}

static void test_what_was_changed_is_refused(void **state)
{
    (void)state;
    static const char *const places[] = { "value", "error",      "low",
                                          "high",  "change",     "change_error",
                                          "count", "base_value", "base_error" };
    make(AXES(QUOTITE));
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char told[64];
        assert_int_equal(write_at(path_of("changed.h5"), NULL, 0), MLD_OK);
        edit(path_of("changed.h5"), places[i], 0.25);
        assert_int_equal(open_at(path_of("changed.h5"), 1), MLD_ERR_FORMAT);
        snprintf(told, sizeof told, "/%s was changed after the run", places[i]);
        assert_told(told);
    }
}

static void take_away(const char *path, const char *place)
{
    hid_t file = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
    assert_true(H5Adelete(file, "checksum") >= 0);
    assert_true(H5Ldelete(file, place, H5P_DEFAULT) >= 0);
    assert_true(H5Fclose(file) >= 0);
}

/* Without the seal nothing is compared: what is missing, or of another shape, is refused. */
static void test_what_is_missing_is_refused(void **state)
{
    (void)state;
    static const char *const places[] = { "value",      "change_error", "base_count",
                                          "done",       "study/text",   "study/statistics",
                                          "study/axes", "study/axis_0", "study",
                                          "scenario" };
    make(AXES(QUOTITE));
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        assert_int_equal(write_at(path_of("short.h5"), NULL, 0), MLD_OK);
        take_away(path_of("short.h5"), places[i]);
        assert_int_equal(open_at(path_of("short.h5"), 1), MLD_ERR_FORMAT);
        assert_told("damaged, or not a results file of milliard");
    }
}

/* The numbers of a study of another shape. */
static void test_another_shape_is_refused(void **state)
{
    (void)state;
    make(AXES(QUOTITE));
    assert_int_equal(write_at(path_of("shape.h5"), NULL, 0), MLD_OK);
    hsize_t size[] = { 3, (hsize_t)study->n_statistics + 1 };
    take_away(path_of("shape.h5"), "value");
    hid_t file = H5Fopen(path_of("shape.h5"), H5F_ACC_RDWR, H5P_DEFAULT),
          space = H5Screate_simple(2, size, NULL),
          dataset = H5Dcreate2(file, "value", H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT,
                               H5P_DEFAULT);
    double value[64] = { 0 };
    assert_true(H5Dwrite(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, value) >= 0);
    H5Dclose(dataset);
    H5Sclose(space);
    H5Fclose(file);
    assert_int_equal(open_at(path_of("shape.h5"), 1), MLD_ERR_FORMAT);
    assert_told("value has not the type, shape or size it should have");
}

/* Cut short, or with a byte turned, at many places: refused, or all of it can be shown. */
static void test_damaged(void **state)
{
    (void)state;
    enum { MOMENTS = 400 };
    make(AXES(MIX ", " QUOTITE));
    assert_int_equal(write_at(path_of("whole.h5"), NULL, 0), MLD_OK);
    struct contents whole = get_file(path_of("whole.h5"));
    for (size_t i = 0; i < MOMENTS; i++) {
        size_t at = i < 64 ? i * 8 : i * whole.n / MOMENTS;
        char kept = whole.bytes[at];
        if (i % 8 == 0) {
            put_file(path_of("damaged.h5"), whole.bytes, at);
            assert_int_not_equal(open_at(path_of("damaged.h5"), 1), MLD_OK);
        }
        whole.bytes[at] = (char)(kept ^ 0x15);
        put_file(path_of("damaged.h5"), whole.bytes, whole.n);
        whole.bytes[at] = kept;
        struct mld_results *results = NULL;
        mld_messages_clear(&messages);
        if (mld_results_open_any(path_of("damaged.h5"), &results, &messages) == MLD_OK)
            free(shown(results, "fr"));
        mld_results_close(results);
    }
    free(whole.bytes);
}

/* A quota at many sizes: nothing is left, and what was there is whole. */
static void test_full_disk(void **state)
{
    (void)state;
    enum { MOMENTS = 24 };
    make(AXES(QUOTITE));
    assert_int_equal(write_at(path_of("full.h5"), NULL, 0), MLD_OK);
    struct contents before = get_file(path_of("full.h5"));
    struct rlimit usual;
    getrlimit(RLIMIT_FSIZE, &usual);
    for (size_t i = 0; i < MOMENTS; i++) {
        struct rlimit limit = { before.n * i / MOMENTS, usual.rlim_max };
        setrlimit(RLIMIT_FSIZE, &limit);
        enum mld_status status = write_at(path_of("full.h5"), NULL, 0);
        setrlimit(RLIMIT_FSIZE, &usual);
        assert_int_equal(status, MLD_ERR_FILE);
        assert_told("File too large");
        assert_same_file(path_of("full.h5"), &before);
        assert_nothing_left(folder);
    }
    free(before.bytes);
}

/* HDF5 loses memory of its own over damaged files, as tests/fuzz/leaks.txt says too. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) { return "leak:libhdf5\n"; }

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_is_read_as_it_was_written, clear),
        cmocka_unit_test_teardown(test_its_texts_make_it_again, clear),
        cmocka_unit_test_teardown(test_equal_studies_give_equal_bytes, clear),
        cmocka_unit_test_teardown(test_interrupted_replaces_nothing, clear),
        cmocka_unit_test_teardown(test_one_axis, clear),
        cmocka_unit_test_teardown(test_two_axes, clear),
        cmocka_unit_test_teardown(test_three_axes, clear),
        cmocka_unit_test_teardown(test_long_and_wide, clear),
        cmocka_unit_test_teardown(test_a_run_is_no_study, clear),
        cmocka_unit_test_teardown(test_what_was_changed_is_refused, clear),
        cmocka_unit_test_teardown(test_what_is_missing_is_refused, clear),
        cmocka_unit_test_teardown(test_another_shape_is_refused, clear),
        cmocka_unit_test_teardown(test_damaged, clear),
        cmocka_unit_test_teardown(test_full_disk, clear),
    };
    return cmocka_run_group_tests(tests, prepare, finish);
}
