/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * However a run is cut, killed and gone on with, its results file is the same, byte for byte:
 * pieces of any segments, an interruption inside each of them, a part that is torn at any byte.
 * What is of another run is refused, and what is missing or there twice is named. Some cuts and
 * tears of each kind; all of them in test_long_pieces.c.
 */
#include "support/price.h"
#include "support/results_fixture.h"

#include <signal.h>
#include <sys/file.h>

#include "milliard/run.h"
#include "support/outcome.h"
#include "support/small_scenario.h"

/* Six segments, the last one of 3 paths: the pilot is four. */
enum { PATHS = 5 * 4096 + 3, SEGMENTS = 6, SHORT_RUN = 9000 };

#ifndef ALL
enum { INTERRUPTED = 2, TORN = 1 };
#else
enum { INTERRUPTED = 5, TORN = 7 };
#endif

static char folder[FOLDER], scenario[128];
static struct contents whole, short_whole;

/* ---- runs ---- */

static volatile sig_atomic_t stop;
static uint32_t stop_after;

static void watch(void *context, uint32_t done, uint32_t paths)
{
    (void)context;
    (void)paths;
    stop = done >= stop_after;
}

static struct outcome planned(int paths, const char *also)
{
    char length[64];
    snprintf(length, sizeof length, "run.paths=%d", paths);
    const char *const set[] = { length, also };
    return outcome_of_file(scenario, also ? 2 : 1, set);
}

/* Runs, and gives the status; what is told is in `told`. */
static char told[1024];
static enum mld_status run_with(int paths, const char *also, struct mld_run_options options,
                                const char *output, struct mld_run_result *result)
{
    struct outcome outcome = planned(paths, also);
    struct mld_summary summary;
    struct mld_messages messages;
    assert_int_equal(outcome.status, MLD_OK);
    price(outcome.plan);
    mld_messages_init(&messages);
    options.stop = &stop;
    options.progress = watch;
    options.threads = options.threads ? options.threads : 2;
    stop = 0;
    enum mld_status status = mld_run(outcome.plan, outcome.scenario, &options, output, &summary,
                                     result, &messages);
    snprintf(told, sizeof told, "%s", messages.count ? messages.text[0] : "");
    mld_summary_clear(&summary);
    mld_messages_clear(&messages);
    outcome_clear(&outcome);
    return status;
}

static enum mld_status run_whole(int paths, struct mld_run_options options, const char *output)
{
    struct mld_run_result result;
    stop_after = UINT32_MAX;
    return run_with(paths, NULL, options, output, &result);
}

static void cut(int paths, uint32_t first, uint32_t last, int batch, const char *output)
{
    const struct mld_run_options options = {
        .piece = 1, .first = first, .last = last, .batch = batch, .threads = 1 + (int)(first % 2)
    };
    if (run_whole(paths, options, output) != MLD_OK)
        fail_msg("segments %u-%u: %s", first, last, told);
}

static enum mld_status merge(int n, const char *const *pieces, const char *output)
{
    struct mld_run_options options = { .threads = 2 };
    struct mld_run_result result;
    struct mld_summary summary;
    struct mld_messages messages;
    mld_messages_init(&messages);
    enum mld_status status = mld_merge(n, pieces, &options, output, &summary, &result, &messages);
    snprintf(told, sizeof told, "%s", messages.count ? messages.text[0] : "");
    mld_summary_clear(&summary);
    mld_messages_clear(&messages);
    return status;
}

static int prepare(void **state)
{
    (void)state;
    make_folder(folder, "pieces");
    snprintf(scenario, sizeof scenario, "%s/small.cfg", folder);
    assert_true(write_small_scenario(scenario));
    char output[FOLDER + 32];
    snprintf(output, sizeof output, "%s/whole.h5", folder);
    assert_int_equal(run_whole(PATHS, (struct mld_run_options){ .batch = 24 }, output), MLD_OK);
    whole = get_file(output);
    assert_int_equal(run_whole(SHORT_RUN, (struct mld_run_options){ .threads = 1 }, output),
                     MLD_OK);
    short_whole = get_file(output);
    remove(output);
    return 0;
}

static int clear(void **state)
{
    (void)state;
    free(whole.bytes);
    free(short_whole.bytes);
    return remove_folder(folder);
}

/* ---- pieces ---- */

static void merged_is_the_whole(void **state)
{
    (void)state;
    static const struct {
        int paths;
        uint32_t last[4]; /* of each piece; the next begins after it */
    } cuts[] = {
        { SHORT_RUN, { 0, 2 } },
#ifdef ALL
        { SHORT_RUN, { 2 } },    { PATHS, { 1, 4, 5 } }, /* inside the pilot and beyond */
        { PATHS, { 0, 5 } },     { PATHS, { 3, 5 } },    { PATHS, { 5 } },
#endif
    };
    for (size_t c = 0; c < sizeof cuts / sizeof *cuts; c++) {
        uint32_t end = cuts[c].paths == PATHS ? SEGMENTS - 1 : 2, first = 0;
        char name[4][FOLDER + 32];
        const char *piece[4], *output = path_in(folder, "merged.h5");
        int n = 0;
        for (; first <= end; first = cuts[c].last[n++] + 1) {
            snprintf(name[n], sizeof name[n], "%s/%d.piece", folder, n);
            cut(cuts[c].paths, first, cuts[c].last[n], 8 << n, name[n]);
        }
        for (int i = 0; i < n; i++)
            piece[i] = name[n - 1 - i]; /* in any order */
        if (merge(n, piece, output) != MLD_OK)
            fail_msg("%s", told);
        assert_same_file(output, cuts[c].paths == PATHS ? &whole : &short_whole);
        for (int i = 0; i < n; i++)
            remove(name[i]);
        remove(output);
    }
    assert_nothing_left(folder);
}

#ifdef ALL
/* Whatever the piece, and however often it goes on, a price is that of all paths. */
static void a_price_that_is_passed_through(void **state)
{
    (void)state;
    static const char set[] = "guarantee.pass_through=0.5";
    const char *pieces[2] = { path_in(folder, "late.piece"), path_in(folder, "early.piece") };
    const char *output = path_in(folder, "priced.h5");
    struct mld_run_result result;
    stop_after = UINT32_MAX;
    assert_int_equal(run_with(SHORT_RUN, set, (struct mld_run_options){ .threads = 1 }, output,
                              &result),
                     MLD_OK);
    struct contents priced = get_file(output);
    remove(output);
    for (int i = 0; i < 2; i++) {
        const struct mld_run_options options = { .piece = 1, .first = 1 - i, .last = 2 - 2 * i };
        assert_int_equal(run_with(SHORT_RUN, set, options, pieces[i], &result), MLD_OK);
    }
    if (merge(2, pieces, output) != MLD_OK)
        fail_msg("%s", told);
    assert_same_file(output, &priced);
    remove(output);
    stop_after = 4096;
    assert_int_equal(run_with(SHORT_RUN, set, (struct mld_run_options){ 0 }, output, &result),
                     MLD_INTERRUPTED);
    remove(output);
    stop_after = UINT32_MAX;
    assert_int_equal(
        run_with(SHORT_RUN, set, (struct mld_run_options){ .resume = 1 }, output, &result), MLD_OK);
    assert_same_file(output, &priced);
    remove(output);
    remove(pieces[0]);
    remove(pieces[1]);
    free(priced.bytes);
    assert_nothing_left(folder);
}

/* Returns by group are of the first 65,536 paths: a piece of later ones knows nothing of them. */
static void merged_beyond_the_groups(void **state)
{
    (void)state;
    enum { MANY = 17 * 4096 + 5 };
    const char *pieces[2] = { path_in(folder, "late.piece"), path_in(folder, "early.piece") };
    const char *output = path_in(folder, "many.h5");
    assert_int_equal(run_whole(MANY, (struct mld_run_options){ .threads = 2 }, output), MLD_OK);
    struct contents many = get_file(output);
    remove(output);
    cut(MANY, 0, 14, 0, pieces[1]);
    cut(MANY, 15, 17, 0, pieces[0]);
    if (merge(2, pieces, output) != MLD_OK)
        fail_msg("%s", told);
    assert_same_file(output, &many);
    free(many.bytes);
    remove(pieces[0]);
    remove(pieces[1]);
    remove(output);
    assert_nothing_left(folder);
}
#endif

static void pieces_that_do_not_fit(void **state)
{
    (void)state;
    char a[FOLDER + 32], b[FOLDER + 32], other[FOLDER + 32];
    const char *output = path_in(folder, "unfit.h5");
    struct mld_run_result result;
    snprintf(a, sizeof a, "%s/a.piece", folder);
    snprintf(b, sizeof b, "%s/b.piece", folder);
    snprintf(other, sizeof other, "%s/other.piece", folder);
    cut(SHORT_RUN, 0, 0, 0, a);
    cut(SHORT_RUN, 0, 1, 0, b);
    struct mld_run_options piece = { .piece = 1, .first = 1, .last = 2 };
    assert_int_equal(run_with(SHORT_RUN, "fund.hurdle=0.05", piece, other, &result), MLD_OK);
    assert_int_equal(merge(1, (const char *[]){ a }, output), MLD_ERR_INPUT);
    assert_string_equal(told, "segments 1-2 are missing");
    assert_int_equal(merge(2, (const char *[]){ a, b }, output), MLD_ERR_INPUT);
    assert_non_null(strstr(told, "overlap"));
    assert_int_equal(merge(2, (const char *[]){ a, other }, output), MLD_ERR_INPUT);
    assert_non_null(strstr(told, "another run"));
    assert_int_equal(merge(1, (const char *[]){ scenario }, output), MLD_ERR_FORMAT);
    struct mld_results *results = NULL;
    assert_int_equal(mld_results_open(a, &results, NULL), MLD_ERR_FORMAT);
    mld_results_close(results);
    struct contents damaged = get_file(b);
    damaged.bytes[damaged.n - 5000000] ^= 1; /* in the columns of its last segment */
    put_file(b, damaged.bytes, damaged.n);
    struct mld_run_options last = { .piece = 1, .first = 2, .last = 2 };
    assert_int_equal(run_with(SHORT_RUN, NULL, last, other, &result), MLD_OK);
    assert_int_equal(merge(2, (const char *[]){ b, other }, output), MLD_ERR_FORMAT);
    assert_int_equal(run_with(SHORT_RUN, NULL, (struct mld_run_options){ .piece = 1, .last = 3 },
                              output, &result),
                     MLD_ERR_INPUT);
    assert_string_equal(told, "segments 0-3: this run has 3, 0-2, of 4096 paths each");
    free(damaged.bytes);
    /* a piece of one segment, by the name of a run's part: refused, and still there */
    struct contents single = get_file(a);
    snprintf(b, sizeof b, "%s.part", output);
    put_file(b, single.bytes, single.n);
    assert_int_equal(run_with(SHORT_RUN, NULL, (struct mld_run_options){ 0 }, output, &result),
                     MLD_ERR_INPUT);
    assert_same_file(b, &single);
    free(single.bytes);
    remove(b);
    snprintf(b, sizeof b, "%s/b.piece", folder);
    remove(a);
    remove(b);
    remove(other);
    assert_true(access(output, F_OK) != 0);
    assert_nothing_left(folder);
}

/* ---- resuming ---- */

/* Interrupts a run inside the segment after so many paths; gives the segments that were saved. */
static uint32_t interrupt(uint32_t paths, const char *output)
{
    struct mld_run_result result;
    stop_after = paths + 1;
    assert_int_equal(run_with(PATHS, NULL, (struct mld_run_options){ .batch = 8 }, output, &result),
                     MLD_INTERRUPTED);
    remove(result.file);
    return result.segments;
}

static void resume(const char *output)
{
    if (run_whole(PATHS, (struct mld_run_options){ .resume = 1 }, output) != MLD_OK)
        fail_msg("%s", told);
    assert_same_file(output, &whole);
    remove(output);
    assert_nothing_left(folder);
}

static void resumed_after_every_segment(void **state)
{
    (void)state;
    char output[FOLDER + 32];
    snprintf(output, sizeof output, "%s/cut.h5", folder);
    /* beyond the pilot, inside it, at its end */
    static const uint32_t after[] = { 4, 1, 0, 3, 2 };
    for (int i = 0; i < INTERRUPTED; i++) {
        assert_int_equal(interrupt(after[i] * 4096, output), after[i]);
        resume(output);
    }
}

/* As SIGKILL, a full disk or a loss of power leave it: short by some bytes, or with wrong ones. */
static void resumed_from_a_torn_part(void **state)
{
    (void)state;
    char output[FOLDER + 32], part[FOLDER + 48];
    snprintf(output, sizeof output, "%s/torn.h5", folder);
    snprintf(part, sizeof part, "%s.part", output);
    assert_int_equal(interrupt(4 * 4096, output), 4);
    struct contents left = get_file(part);
    /* cut short there, or, where a byte is told, with that one wrong */
    const struct {
        size_t length, wrong;
    } torn[TORN] = { { left.n - left.n / 9, left.n / 2 },
#ifdef ALL
                     { left.n, left.n / 2 },
                     { 1000, 0 },
                     { 0, 0 },
                     { 100, 0 },
                     { left.n - 1, 0 },
                     { left.n, left.n / 9 }
#endif
    };
    for (int i = 0; i < TORN; i++) {
        left.bytes[torn[i].wrong] ^= torn[i].wrong ? 4 : 0;
        put_file(part, left.bytes, torn[i].length);
        resume(output);
        left.bytes[torn[i].wrong] ^= torn[i].wrong ? 4 : 0;
    }
    free(left.bytes);
}

/* What mld_run_check() says of such a run, which leaves all as it was; with *finished. */
static enum mld_status check_with(const char *also, int again, const char *output, int *finished)
{
    struct outcome outcome = planned(PATHS, also);
    const struct mld_run_options options = { .resume = again, .threads = 1 };
    struct mld_messages messages;
    assert_int_equal(outcome.status, MLD_OK);
    price(outcome.plan);
    mld_messages_init(&messages);
    enum mld_status status = mld_run_check(outcome.plan, outcome.scenario, &options, output,
                                           finished, &messages);
    snprintf(told, sizeof told, "%s", messages.count ? messages.text[0] : "");
    mld_messages_clear(&messages);
    outcome_clear(&outcome);
    return status;
}

static void what_is_not_resumed(void **state)
{
    (void)state;
    char output[FOLDER + 32], part[FOLDER + 48];
    struct mld_run_result result;
    const struct mld_run_options again = { .resume = 1 };
    int finished;
    snprintf(output, sizeof output, "%s/kept.h5", folder);
    snprintf(part, sizeof part, "%s.part", output);
    assert_int_equal(check_with(NULL, 0, output, &finished), MLD_OK);
    assert_int_equal(finished, 0);
    assert_nothing_left(folder);
    assert_int_equal(interrupt(2 * 4096, output), 2);
    struct contents left = get_file(part);
    stop_after = UINT32_MAX;
    assert_int_equal(check_with("run.seed=9", 1, output, &finished), MLD_ERR_INPUT);
    assert_non_null(strstr(told, "holds 2 segments of another run (\"seed "));
    assert_int_equal(check_with(NULL, 0, output, &finished), MLD_ERR_INPUT);
    assert_non_null(strstr(told, "go on with --resume"));
    assert_int_equal(check_with(NULL, 1, output, &finished), MLD_OK);
    assert_int_equal(finished, 0);
    assert_int_equal(run_with(PATHS, "run.seed=9", again, output, &result), MLD_ERR_INPUT);
    assert_non_null(strstr(told, "holds 2 segments of another run (\"seed "));
    assert_int_equal(run_with(PATHS, NULL, (struct mld_run_options){ 0 }, output, &result),
                     MLD_ERR_INPUT);
    assert_non_null(strstr(told, "go on with --resume"));
    int held = open(part, O_RDONLY);
    assert_int_equal(flock(held, LOCK_EX), 0);
    assert_int_equal(run_with(PATHS, NULL, again, output, &result), MLD_ERR_FILE);
    assert_non_null(strstr(told, "another run is writing it"));
    close(held);
    assert_same_file(part, &left);
    assert_int_equal(run_with(PATHS, NULL, again, output, &result), MLD_OK);
    assert_int_equal(result.finished, 0);
    assert_int_equal(run_with(PATHS, NULL, again, output, &result), MLD_OK);
    assert_int_equal(result.finished, 1);
    assert_int_equal(check_with(NULL, 1, output, &finished), MLD_OK);
    assert_int_equal(finished, 1);
    assert_same_file(output, &whole);
    assert_int_equal(run_with(PATHS, "run.seed=9", again, output, &result), MLD_ERR_INPUT);
    assert_same_file(output, &whole);
    free(left.bytes);
    remove(output);
    assert_nothing_left(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merged_is_the_whole),
        cmocka_unit_test(pieces_that_do_not_fit),
        cmocka_unit_test(resumed_after_every_segment),
        cmocka_unit_test(resumed_from_a_torn_part),
        cmocka_unit_test(what_is_not_resumed),
#ifdef ALL
        cmocka_unit_test(a_price_that_is_passed_through),
        cmocka_unit_test(merged_beyond_the_groups),
#endif
    };
    return cmocka_run_group_tests(tests, prepare, clear);
}
