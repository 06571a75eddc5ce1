/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * However a study is cut, interrupted and gone on with, its results file is the same, byte for
 * byte; what is of another study is refused, and what is missing or there twice is named.
 */
#include "support/results_fixture.h"

#include <signal.h>

#include "milliard/run.h"
#include "milliard/study.h"
#include "support/small_scenario.h"

/* Three segments, the last one of 5 paths. */
enum { PATHS = 2 * 4096 + 5, SEGMENTS = 3 };

static char folder[FOLDER], scenario[128], told[1024];
static struct contents whole;

/* ---- studies ---- */

static volatile sig_atomic_t stop;
static int waves_left;

static void watch(void *context, double done, double all)
{
    (void)context, (void)done, (void)all;
    stop = --waves_left <= 0;
}

/* Losses of two kinds, prices of one, and a base whose origins are told. */
static struct mld_study *make_study(const char *last)
{
    char hurdle[64];
    const char *const set[] = { "run.paths=8197", "fund.carry=0.18", "thesis.volume=2500000.0" };
    const char *const vary[] = { "legal_forms.*.pd=[0.05,0.05,0.04]", hurdle };
    const char *const ask[] = { "net_irr_a", "loss_a.sd", "without.tvpi_a.p05", "net_cost" };
    struct mld_scenario *base = NULL;
    struct mld_study *study = NULL;
    snprintf(hurdle, sizeof hurdle, "fund.hurdle=0.05,%s", last);
    assert_int_equal(mld_scenario_load(scenario, 3, set, &base, NULL), MLD_OK);
    assert_int_equal(mld_study_quick(base, 2, vary, 4, ask, &study, NULL), MLD_OK);
    assert_int_equal(study->plan->paths, PATHS);
    return study;
}

static void note(struct mld_messages *messages)
{
    snprintf(told, sizeof told, "%s", messages->count ? messages->text[0] : "");
    mld_messages_clear(messages);
}

static struct mld_study_options watched(int threads, int waves)
{
    stop = 0;
    waves_left = waves;
    return (struct mld_study_options){ .threads = threads, .stop = &stop, .progress = watch };
}

/* Makes a piece, and asks it to stop after so many waves. */
static enum mld_status cut(uint32_t first, uint32_t last, const char *hurdle, int waves,
                           const char *path)
{
    const uint32_t segments[] = { first, last };
    struct mld_study *study = make_study(hurdle);
    struct mld_study_result result;
    struct mld_messages messages;
    const struct mld_study_options options = watched(1 + (int)(first % 2), waves);
    mld_messages_init(&messages);
    enum mld_status status = mld_study_run_piece(study, &options, segments, path, &result,
                                                 &messages);
    mld_study_result_clear(&result);
    mld_study_free(study);
    note(&messages);
    return status;
}

static void write_file(const struct mld_study *study, const struct mld_study_result *result,
                       const char *output)
{
    char file[FOLDER + 64];
    assert_int_equal(mld_study_write(output, study, result, file, sizeof file, NULL), MLD_OK);
}

static enum mld_status merge(int n, const char *const *pieces, const char *output)
{
    struct mld_study *study;
    struct mld_study_result result;
    struct mld_messages messages;
    const struct mld_study_options options = watched(2, 1 << 30);
    mld_messages_init(&messages);
    enum mld_status status = mld_study_merge(n, pieces, &options, &study, &result, &messages);
    if (status == MLD_OK)
        write_file(study, &result, output);
    mld_study_result_clear(&result);
    mld_study_free(study);
    note(&messages);
    return status;
}

static int prepare(void **state)
{
    (void)state;
    make_folder(folder, "study-pieces");
    snprintf(scenario, sizeof scenario, "%s/small.cfg", folder);
    assert_true(write_small_scenario(scenario));
    const struct mld_study_options options = { .threads = 2 };
    struct mld_study *study = make_study("0.07");
    struct mld_study_result result;
    assert_int_equal(mld_study_run(study, &options, &result, NULL), MLD_OK);
    const char *output = path_in(folder, "whole.h5");
    write_file(study, &result, output);
    whole = get_file(output);
    remove(output);
    mld_study_result_clear(&result);
    mld_study_free(study);
    return 0;
}

static int clear(void **state)
{
    (void)state;
    free(whole.bytes);
    return remove_folder(folder);
}

/* ---- pieces ---- */

static void merged_is_the_whole(void **state)
{
    (void)state;
    const char *pieces[] = { path_in(folder, "late.piece"), path_in(folder, "early.piece") };
    const char *output = path_in(folder, "merged.h5");
    assert_int_equal(cut(1, 2, "0.07", 1 << 30, pieces[0]), MLD_OK);
    assert_int_equal(cut(0, 0, "0.07", 1 << 30, pieces[1]), MLD_OK);
    assert_true(mld_study_is_piece(pieces[0]));
    assert_false(mld_study_is_piece(scenario));
    if (merge(2, pieces, output) != MLD_OK)
        fail_msg("%s", told);
    assert_same_file(output, &whole);
    remove(pieces[0]);
    remove(pieces[1]);
    remove(output);
    assert_nothing_left(folder);
}

/* Asked to stop in its first group and in its last, then torn: what is whole is gone on with. */
static void gone_on_with(void **state)
{
    (void)state;
    static const int waves[] = { 1, 4 };
    const char *piece = path_in(folder, "all.piece"), *output = path_in(folder, "again.h5");
    char part[FOLDER + 48];
    snprintf(part, sizeof part, "%s.part", piece);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(cut(0, 2, "0.07", waves[i], piece), MLD_INTERRUPTED);
        struct contents left = get_file(part);
        assert_true(left.n > 100000);
        /* cut short in a block, or with a hole where its head was to come */
        char *torn = calloc(left.n + 1000, 1);
        assert_non_null(torn);
        memcpy(torn, left.bytes, left.n);
        put_file(part, torn, i ? left.n - 1000 : left.n + 1000);
        free(torn);
        free(left.bytes);
        assert_int_equal(cut(0, 2, "0.08", 1 << 30, piece), MLD_ERR_INPUT);
        assert_non_null(strstr(told, "of another study"));
        assert_int_equal(cut(0, 1, "0.07", 1 << 30, piece), MLD_ERR_INPUT);
        assert_non_null(strstr(told, "is of segments 0-2, not 0-1"));
        if (cut(0, 2, "0.07", 1 << 30, piece) != MLD_OK)
            fail_msg("%s", told);
        if (merge(1, &piece, output) != MLD_OK)
            fail_msg("%s", told);
        assert_same_file(output, &whole);
        remove(output);
        remove(piece);
    }
    assert_nothing_left(folder);
}

static void pieces_that_do_not_fit(void **state)
{
    (void)state;
    const char *a = path_in(folder, "a.piece"), *b = path_in(folder, "b.piece"),
               *other = path_in(folder, "other.piece"), *output = path_in(folder, "unfit.h5");
    assert_int_equal(cut(0, 0, "0.07", 1 << 30, a), MLD_OK);
    assert_int_equal(cut(0, 1, "0.07", 1 << 30, b), MLD_OK);
    assert_int_equal(cut(1, 2, "0.08", 1 << 30, other), MLD_OK);
    assert_int_equal(merge(1, (const char *[]){ a }, output), MLD_ERR_INPUT);
    assert_string_equal(told, "segments 1-2 are missing");
    assert_int_equal(merge(2, (const char *[]){ b, a }, output), MLD_ERR_INPUT);
    assert_non_null(strstr(told, "overlap"));
    assert_int_equal(merge(2, (const char *[]){ a, other }, output), MLD_ERR_INPUT);
    assert_non_null(strstr(told, "another study"));
    assert_int_equal(merge(1, (const char *[]){ scenario }, output), MLD_ERR_FORMAT);
    struct mld_results *results = NULL;
    assert_int_equal(mld_results_open(a, &results, NULL), MLD_ERR_FORMAT);
    mld_results_close(results);
    assert_int_equal(cut(2, 2, "0.07", 1 << 30, a), MLD_OK);
    struct contents damaged = get_file(b);
    damaged.bytes[damaged.n - 100] ^= 1;
    put_file(b, damaged.bytes, damaged.n);
    free(damaged.bytes);
    assert_int_equal(merge(2, (const char *[]){ b, a }, output), MLD_ERR_FORMAT);
    assert_int_equal(cut(0, 3, "0.07", 1 << 30, output), MLD_ERR_INPUT);
    assert_string_equal(told, "segments 0-3: this run has 3, 0-2, of 4096 paths each");
    remove(a);
    remove(b);
    remove(other);
    assert_nothing_left(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merged_is_the_whole),
        cmocka_unit_test(gone_on_with),
        cmocka_unit_test(pieces_that_do_not_fit),
    };
    return cmocka_run_group_tests(tests, prepare, clear);
}
