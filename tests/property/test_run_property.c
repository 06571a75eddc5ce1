/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Properties of whole runs of shipped scenarios. Comparisons are of bits, without a tolerance,
 * unless one is given.
 */
#include "support/run_case.h"

#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const scenarios[] = { "fpci-guaranteed.cfg", "scheme-national.cfg",
                                         "tape-example.cfg" };

static void assert_same_statistics(const struct mld_statistics *a, const struct mld_statistics *b)
{
    assert_memory_equal(a, b, sizeof *a);
}

static void assert_same_fan(const struct mld_fan *a, const struct mld_fan *b)
{
    assert_int_equal(a->length, b->length);
    if (!a->length)
        return;
    size_t bytes = (size_t)a->length * sizeof(double);
    assert_memory_equal(a->mean, b->mean, bytes);
    assert_memory_equal(a->mean_error, b->mean_error, bytes);
    assert_memory_equal(a->quantile, b->quantile, MLD_QUANTILES * bytes);
}

static void assert_same_run(const struct run_case *a, const struct run_case *b)
{
    size_t bytes = (size_t)mld_measure_count() * a->paths * sizeof(double);
    for (int design = 0; design < a->designs; design++) {
        assert_memory_equal(a->column[design], b->column[design], bytes);
        for (int i = 0; i < mld_measure_count(); i++)
            assert_same_statistics(&a->summary.measure[design][i], &b->summary.measure[design][i]);
        for (int i = 0; i < mld_series_count(); i++)
            assert_same_fan(&a->summary.fan[design][i], &b->summary.fan[design][i]);
    }
}

/* Threads and batches change nothing, to the last bit. 333 paths: no multiple of any batch. */
static void threads_and_batches_change_nothing(void **state)
{
    (void)state;
    static const int ways[][2] = { { 2, 64 }, { 7, 8 }, { 2, 104 }, { 1, 256 } };
    const char *set[] = { "run.paths=333" };
    for (size_t s = 0; s < sizeof scenarios / sizeof *scenarios; s++) {
        struct run_case base;
        run_case_start(&base, scenarios[s], 1, set, 1, 64);
        for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
            struct run_case other;
            run_case_again(&other, &base, ways[w][0], ways[w][1]);
            assert_same_run(&base, &other);
            run_case_end(&other);
        }
        run_case_end(&base);
    }
}

/*
 * The first paths of a longer run are those of a shorter one; the fans' sketch is past its pilot
 * here.
 */
static void longer_runs_begin_alike(void **state)
{
    (void)state;
    const char *few[] = { "run.paths=300" }, *many[] = { "run.paths=17000" };
    struct run_case shorter, longer, again;
    run_case_start(&shorter, "fpci-reference.cfg", 1, few, 2, 64);
    run_case_start(&longer, "fpci-reference.cfg", 1, many, 2, 64);
    run_case_start(&again, "fpci-reference.cfg", 1, many, 1, 24);
    for (int i = 0; i < mld_measure_count(); i++)
        assert_memory_equal(shorter.column[0] + (size_t)i * shorter.paths,
                            longer.column[0] + (size_t)i * longer.paths,
                            shorter.paths * sizeof(double));
    assert_same_run(&longer, &again);
    run_case_end(&shorter);
    run_case_end(&longer);
    run_case_end(&again);
}

/* A guarantee that pays nothing and costs nothing leaves the two designs equal to the last bit. */
static void empty_guarantee_changes_nothing(void **state)
{
    (void)state;
    const char *set[] = { "run.paths=512", "guarantee.layers.state.quotite=0",
                          "guarantee.layers.state.fee_rate=0" };
    struct run_case run;
    run_case_start(&run, "fpci-guaranteed.cfg", 3, set, 2, 64);
    for (int i = 0; i < mld_measure_count(); i++)
        if (mld_measure_applies(&run.plan->design[MLD_WITHOUT], run.plan->model.n_forms, i))
            assert_memory_equal(run.column[MLD_WITHOUT] + (size_t)i * run.paths,
                                run.column[MLD_WITH] + (size_t)i * run.paths,
                                run.paths * sizeof(double));
    run_case_end(&run);
}

/*
 * Quotité 1, no cap, no ceiling, no fee, no waiting, no delay, no dotation: every default and exit
 * loss of an age within the term is paid. Tolerance: rounding of sums of some hundred numbers of
 * 1e7 EUR.
 */
static void full_guarantee_leaves_no_covered_loss(void **state)
{
    (void)state;
    const char *set[] = { "run.paths=512",
                          "guarantee.layers.state.quotite=1",
                          "guarantee.layers.state.fee_rate=0",
                          "guarantee.layers.state.max_loss_per_issuer=1e12",
                          "guarantee.layers.state.waiting_years=0",
                          "guarantee.layers.state.claim_delay_years=0",
                          "guarantee.layers.state.term_years=12",
                          "guarantee.dotation=()" };
    struct run_case run;
    run_case_start(&run, "fpci-guaranteed.cfg", 8, set, 2, 64);
    const double *payouts = run_case_column(&run, MLD_WITH, "payouts");
    const double *defaults = run_case_column(&run, MLD_WITH, "loss_default");
    const double *exits = run_case_column(&run, MLD_WITH, "loss_exit");
    for (size_t p = 0; p < run.paths; p++)
        assert_true(payouts[p] - defaults[p] - exits[p] < 1e-4 &&
                    payouts[p] - defaults[p] - exits[p] > -1e-4);
    run_case_end(&run);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Type 7 (Hyndman and Fan 1996): what stands at (n − 1) p between the sorted values. */
static double quantile_of(size_t n, const double *sorted, double p)
{
    double at = (double)(n - 1) * p, whole = floor(at);
    size_t i = (size_t)whole;
    return i + 1 < n ? sorted[i] + (at - whole) * (sorted[i + 1] - sorted[i]) : sorted[i];
}

/* Sums of 1,500 numbers in another order: some thousand roundings of the largest of them. */
static void assert_sum(double found, double expected, double scale)
{
    if (!(fabs(found - expected) <= 1e-12 * scale))
        fail_msg("%.17g where %.17g was expected", found, expected);
}

static void check_means(const struct run_case *run, int measure)
{
    enum { DIFFERENCE = MLD_WITH + 1 };
    double sum[DIFFERENCE + 1] = { 0 }, scale = 0, count[DIFFERENCE + 1] = { 0 };
    assert_true(run->designs >= DIFFERENCE);
    for (size_t p = 0; p < run->paths; p++) {
        double value[DIFFERENCE + 1];
        for (int b = 0; b < DIFFERENCE; b++)
            value[b] = run->column[b][(size_t)measure * run->paths + p];
        value[DIFFERENCE] = value[MLD_WITH] - value[MLD_WITHOUT];
        for (int b = 0; b <= DIFFERENCE; b++)
            if (!isnan(value[b])) {
                sum[b] += value[b];
                count[b]++;
                scale = fabs(value[b]) > scale ? fabs(value[b]) : scale;
            }
    }
    const struct mld_statistics *said[] = { &run->summary.measure[MLD_WITHOUT][measure],
                                            &run->summary.measure[MLD_WITH][measure],
                                            &run->summary.difference[MLD_WITH][measure] };
    for (int b = 0; b <= DIFFERENCE; b++) {
        assert_true(count[b] == (double)said[b]->count);
        if (count[b] > 0)
            assert_sum(said[b]->mean, sum[b] / count[b], scale);
    }
}

/* What adds up over the years of a series is a measure. */
static void check_total(const struct run_case *run, int design, const char *series,
                        const char *measure)
{
    const double *mean = run_case_means(run, design, series);
    double sum = 0;
    for (int t = 0; t < run->summary.fan[design][mld_series_named(series)].length; t++)
        sum += mean[t];
    assert_sum(sum, run_case_statistics(run, design, measure)->mean, 1e8);
}

/*
 * The summary says of the paths what they are: means, paired differences with − without, dotations
 * needed, totals of the fans.
 */
static void the_summary_is_that_of_its_paths(void **state)
{
    (void)state;
    static const char *const totals[][2] = { { "invested", "cost" },
                                             { "calls", "paid_in" },
                                             { "management_fees", "management_fees" },
                                             { "state_payouts", "payouts" },
                                             { "state_fees", "fees_received" },
                                             { "state_net_cost", "net_cost" } };
    static const double level[3] = { 0.95, 0.99, 0.999 };
    const char *set[] = { "run.paths=1500", "guarantee.moral_hazard=1.3" };
    struct run_case run;
    run_case_start(&run, "fpci-guaranteed.cfg", 2, set, 2, 64);
    for (int i = 0; i < mld_measure_count(); i++)
        if (mld_measure_applies(&run.plan->design[MLD_WITHOUT], run.plan->model.n_forms, i) &&
            mld_measure_applies(&run.plan->design[MLD_WITH], run.plan->model.n_forms, i))
            check_means(&run, i);
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++)
        check_total(&run, MLD_WITH, totals[i][0], totals[i][1]);
    double *needed = malloc(run.paths * sizeof *needed);
    assert_non_null(needed);
    memcpy(needed, run_case_column(&run, MLD_WITH, "dotation_needed"), run.paths * sizeof *needed);
    qsort(needed, run.paths, sizeof *needed, ascending);
    for (int i = 0; i < 3; i++)
        assert_sum(run.summary.dotation[i], quantile_of(run.paths, needed, level[i]), 1e8);
    free(needed);
    run_case_end(&run);
}

/*
 * The file stays after the run has given its writer back, which the leak checker of scripts/test
 * --long watches.
 */
static void file_outlives_its_writer(void **state)
{
    (void)state;
    const char *set[] = { "run.paths=8" };
    char path[] = "/tmp/milliard-run-XXXXXX.h5";
    int descriptor = mkstemps(path, 3);
    assert_true(descriptor >= 0 && close(descriptor) == 0 && remove(path) == 0);
    struct mld_scenario *scenario;
    struct mld_plan *plan = run_case_plan("fpci-reference.cfg", 1, set, &scenario);
    struct mld_run_options options = { .threads = 1 };
    struct mld_summary summary;
    struct mld_run_result result;
    assert_int_equal(mld_run(plan, scenario, &options, path, &summary, &result, NULL), MLD_OK);
    struct mld_results *results;
    assert_int_equal(mld_results_open(path, &results, NULL), MLD_OK);
    assert_int_equal(mld_results_paths(results), 8);
    mld_results_close(results);
    remove(path);
    mld_summary_clear(&summary);
    mld_plan_clear(plan);
    free(plan);
    mld_scenario_free(scenario);
}

/* A file that keeps two measures by path has these and the statistics of all. */
static void what_is_kept_moves_nothing(void **state)
{
    (void)state;
    const char *set[] = { "run.paths=300", "run.measures=listed",
                          "run.measures_listed=[ \"net_irr_a\", \"cost\" ]" };
    char path[] = "/tmp/milliard-run-XXXXXX.h5";
    int descriptor = mkstemps(path, 3);
    assert_true(descriptor >= 0 && close(descriptor) == 0 && remove(path) == 0);
    struct run_case all;
    struct mld_scenario *scenario;
    struct mld_plan *plan = run_case_plan("fpci-guaranteed.cfg", 3, set, &scenario);
    struct mld_run_options options = { .threads = 1 };
    struct mld_summary summary;
    struct mld_run_result result;
    struct mld_results *results;
    double column[300];
    run_case_start(&all, "fpci-guaranteed.cfg", 1, set, 1, 0);
    assert_int_equal(mld_run(plan, scenario, &options, path, &summary, &result, NULL), MLD_OK);
    assert_int_equal(mld_results_open(path, &results, NULL), MLD_OK);
    assert_false(mld_results_keeps_all(results));
    for (int design = 0; design < 2; design++)
        for (int i = 0; i < mld_measure_count(); i++) {
            const char *name = mld_measures[i].name;
            int listed = !strcmp(name, "net_irr_a") || !strcmp(name, "cost");
            assert_same_statistics(&summary.measure[design][i], &all.summary.measure[design][i]);
            assert_int_equal(mld_results_has_measure(results, design, name), listed);
            if (!listed)
                continue;
            assert_int_equal(mld_results_measure(results, design, name, column), MLD_OK);
            assert_memory_equal(column, run_case_column(&all, design, name), sizeof column);
        }
    mld_results_close(results);
    remove(path);
    run_case_end(&all);
    mld_summary_clear(&summary);
    mld_plan_clear(plan);
    free(plan);
    mld_scenario_free(scenario);
}

/*
 * Values in single precision are the doubles rounded once; nothing else differs, and a path
 * replayed finds them.
 */
static void single_precision_rounds_paths_alone(void **state)
{
    (void)state;
    const char *set[] = { "run.paths=5000", "run.trajectories=none", "run.storage=single" };
    char path[] = "/tmp/milliard-run-XXXXXX.h5";
    int descriptor = mkstemps(path, 3);
    assert_true(descriptor >= 0 && close(descriptor) == 0 && remove(path) == 0);
    struct run_case all;
    struct mld_scenario *scenario;
    struct mld_plan *plan = run_case_plan("fpci-guaranteed.cfg", 3, set, &scenario);
    struct mld_run_options options = { .threads = 2 };
    struct mld_summary summary;
    struct mld_run_result result;
    struct mld_results *results;
    struct mld_replay *replay;
    struct stat file;
    double column[5000];
    run_case_start(&all, "fpci-guaranteed.cfg", 2, set, 2, 0);
    assert_int_equal(mld_run(plan, scenario, &options, path, &summary, &result, NULL), MLD_OK);
    double forecast = (double)mld_results_size(plan, scenario);
    assert_int_equal(stat(path, &file), 0);
    assert_true((double)file.st_size < forecast && (double)file.st_size > 0.6 * forecast);
    assert_int_equal(mld_results_open(path, &results, NULL), MLD_OK);
    for (int design = 0; design < 2; design++)
        for (int i = 0; i < mld_measure_count(); i++) {
            const char *name = mld_measures[i].name;
            const double *simulated = run_case_column(&all, design, name);
            assert_same_statistics(&mld_results_summary(results)->measure[design][i],
                                   &all.summary.measure[design][i]);
            if (!mld_results_has_measure(results, design, name))
                continue;
            assert_int_equal(mld_results_measure(results, design, name, column), MLD_OK);
            for (int p = 0; p < 5000; p++)
                assert_true(column[p] == (float)simulated[p] ||
                            (isnan(column[p]) && isnan(simulated[p])));
        }
    assert_int_equal(mld_replay_create(results, 4999, &replay, NULL), MLD_OK);
    mld_replay_free(replay);
    mld_results_close(results);
    remove(path);
    run_case_end(&all);
    mld_summary_clear(&summary);
    mld_plan_clear(plan);
    free(plan);
    mld_scenario_free(scenario);
}

/* Fans of the first 65,536 paths are those of a run of so many, and say what they miss in rank. */
static void fans_of_the_first_paths(void **state)
{
    (void)state;
    const char *longer[] = { "thesis.volume=4e6", "run.trajectories=none", "run.paths=66000",
                             "run.fans=first" },
               *whole[] = { longer[0], longer[1], "run.paths=65536" };
    struct run_case first, all;
    run_case_start(&first, "fpci-reference.cfg", 4, longer, 2, 0);
    run_case_start(&all, "fpci-reference.cfg", 3, whole, 2, 0);
    for (int design = 0; design < all.designs; design++)
        for (int i = 0; i < mld_series_count(); i++) {
            const struct mld_fan *a = &first.summary.fan[design][i],
                                 *b = &all.summary.fan[design][i];
            assert_same_fan(a, b);
            if (a->length)
                assert_true(fabs(a->rank_error - b->rank_error -
                                 0.5 * sqrt(1 / 65536.0 - 1 / 66000.0)) < 1e-15);
        }
    run_case_end(&all);
    run_case_end(&first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_and_batches_change_nothing),
        cmocka_unit_test(longer_runs_begin_alike),
        cmocka_unit_test(empty_guarantee_changes_nothing),
        cmocka_unit_test(full_guarantee_leaves_no_covered_loss),
        cmocka_unit_test(the_summary_is_that_of_its_paths),
        cmocka_unit_test(file_outlives_its_writer),
        cmocka_unit_test(what_is_kept_moves_nothing),
        cmocka_unit_test(single_precision_rounds_paths_alone),
        cmocka_unit_test(fans_of_the_first_paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
