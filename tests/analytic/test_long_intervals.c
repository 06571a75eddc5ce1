/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Calibrated errors: over 2,000 independent runs of 1,000 paths of a small scheme (a seed each, the
 * first kept), the 95 % intervals that a run prints hold the truth as often as they say. The truth
 * is that of the 2,000,000 paths together, whose own error is 1/45 of a run's and takes 0.02 points
 * off a coverage.
 *
 * What is asked. Means, shortfalls and paired differences, whose intervals are those of the normal
 * law, hold the truth with a probability within [0.93, 0.965]: 95 %, and up to two points that the
 * skewness of the law and 50 paths in the tail take. Quantiles and the smallest dotation, whose
 * intervals are those of order statistics, hold it with at least 95 % whatever the law (more when
 * the law has atoms). Each side of each is tested at 1e-8: with 25 bounds, the family alarms
 * falsely less than once in 4,000,000 seeds.
 */
#include "support/oracle.h"
#include "support/run_case.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

enum { RUNS = 2000, PATHS = 1000, FIRST_SEED = 20270101, LEVELS = 3 };
static const double ALARM = 1e-8, NORMAL = 1.959963984540054;

/* A small scheme, yearly, whose guarantee raises the defaults, so that the designs differ. */
static const char *const set[] = {
    "run.paths=1000",
    "run.trajectories=none",
    "periods_per_year=1",
    "thesis.volume=10000000.0",
    "guarantee.moral_hazard=1.5",
    "guarantee.layers.state.waiting_years=0.0",
};

static const int level_of[LEVELS] = { 1, 4, 7 }; /* 5, 50 and 95 % */
static const char *const watched[] = { "gross_irr", "loss_default", "net_cost" };
enum { WATCHED = sizeof watched / sizeof *watched };

/* How often an interval held the truth. */
struct tally {
    int covered, counted;
};
static void count(struct tally *tally, double low, double high, double truth)
{
    if (isnan(low) || isnan(high))
        return; /* not estimable, and printed so */
    tally->counted++;
    tally->covered += low <= truth && truth <= high;
}

/* What the runs say, and all their paths. */
struct campaign {
    struct mld_statistics statistics[WATCHED][RUNS], difference[RUNS];
    /* never exhausted at 95, 99, 99.9 % */
    double dotation_low[3][RUNS], dotation_high[3][RUNS];
    double *path[WATCHED], *without, *dotation;
};

static void simulate(struct campaign *campaign)
{
    struct mld_scenario *scenario;
    struct mld_plan *plan = run_case_plan("scheme-national.cfg", sizeof set / sizeof *set, set,
                                          &scenario);
    for (size_t run = 0; run < RUNS; run++) {
        struct mld_keep keep[WATCHED + 2];
        for (int w = 0; w < WATCHED; w++)
            keep[w] = (struct mld_keep){ MLD_WITH, mld_measure_named(watched[w]),
                                         campaign->path[w] + run * PATHS };
        keep[WATCHED] = (struct mld_keep){ MLD_WITHOUT, mld_measure_named("loss_default"),
                                           campaign->without + run * PATHS };
        keep[WATCHED + 1] = (struct mld_keep){ MLD_WITH, mld_measure_named("dotation_needed"),
                                               campaign->dotation + run * PATHS };
        struct mld_run_options options = { .threads = 1, .keep = keep, .n_keep = WATCHED + 2 };
        struct mld_run_result result;
        struct mld_summary summary;
        plan->model.seed = FIRST_SEED + run;
        assert_int_equal(mld_run(plan, scenario, &options, NULL, &summary, &result, NULL), MLD_OK);
        for (int w = 0; w < WATCHED; w++)
            campaign->statistics[w][run] = summary.measure[MLD_WITH][keep[w].measure];
        campaign->difference[run] = summary.difference[MLD_WITH][keep[1].measure];
        for (int level = 0; level < 3; level++) {
            campaign->dotation_low[level][run] = summary.dotation_low[level];
            campaign->dotation_high[level][run] = summary.dotation_high[level];
        }
        mld_summary_clear(&summary);
    }
    mld_plan_clear(plan);
    free(plan);
    mld_scenario_free(scenario);
}

/*
 * Alarm when as few (or as many) would be covered with probability below ALARM at the bound of what
 * is asked.
 */
static int check(const char *what, struct tally tally, double least, double most)
{
    unsigned n = (unsigned)tally.counted, k = (unsigned)tally.covered;
    int low = gsl_cdf_binomial_P(k, least, n) < ALARM;
    int high = most < 1 && k > 0 && gsl_cdf_binomial_Q(k - 1, most, n) < ALARM;
    char name[128], asked[64];
    snprintf(name, sizeof name, "95 %% interval of %s", what);
    snprintf(asked, sizeof asked,
             most < 1 ? "%g to %g %%, alarm at 1e-8" : "at least %g %%, alarm at 1e-8", 100 * least,
             100 * most);
    oracle(name, "the truth of 2,000,000 paths", asked, "holds it in %.2f %% of %u runs",
           100.0 * k / n, n);
    if (n < RUNS / 2 || low || high)
        print_message("  -> out of bounds\n");
    return n < RUNS / 2 || low || high;
}

static int check_measure(struct campaign *campaign, int w)
{
    struct mld_statistics truth;
    struct tally mean = { 0 }, shortfall = { 0 }, quantile[LEVELS] = { { 0 } };
    enum mld_tail tail = mld_measures[mld_measure_named(watched[w])].tail;
    assert_int_equal(mld_statistics_fill((size_t)RUNS * PATHS, campaign->path[w], tail, &truth),
                     MLD_OK);
    for (int run = 0; run < RUNS; run++) {
        const struct mld_statistics *s = &campaign->statistics[w][run];
        count(&mean, s->mean - NORMAL * s->mean_error, s->mean + NORMAL * s->mean_error,
              truth.mean);
        count(&shortfall, s->shortfall - NORMAL * s->shortfall_error,
              s->shortfall + NORMAL * s->shortfall_error, truth.shortfall);
        for (int q = 0; q < LEVELS; q++)
            count(&quantile[q], s->quantile_low[level_of[q]], s->quantile_high[level_of[q]],
                  truth.quantile[level_of[q]]);
    }
    char what[96];
    int alarms = 0;
    snprintf(what, sizeof what, "mean %s", watched[w]);
    alarms += check(what, mean, 0.93, 0.965);
    snprintf(what, sizeof what, "shortfall of %s", watched[w]);
    alarms += check(what, shortfall, 0.93, 0.965);
    for (int q = 0; q < LEVELS; q++) {
        snprintf(what, sizeof what, "quantile %g %% of %s", 100 * mld_quantile_levels[level_of[q]],
                 watched[w]);
        alarms += check(what, quantile[q], 0.95, 1);
    }
    return alarms;
}

static int check_difference(struct campaign *campaign)
{
    struct tally tally = { 0 };
    double truth = 0;
    for (size_t i = 0; i < (size_t)RUNS * PATHS; i++)
        truth += (campaign->path[1][i] - campaign->without[i]) / ((double)RUNS * PATHS);
    for (int run = 0; run < RUNS; run++) {
        const struct mld_statistics *s = &campaign->difference[run];
        count(&tally, s->mean - NORMAL * s->mean_error, s->mean + NORMAL * s->mean_error, truth);
    }
    return check("paired difference of mean loss_default", tally, 0.93, 0.965);
}

static int check_dotation(struct campaign *campaign)
{
    static const double level[2] = { 0.95, 0.99 };
    struct tally tally[2] = { { 0 } };
    double truth[2], low[2], high[2];
    assert_int_equal(mld_quantiles_fill((size_t)RUNS * PATHS, campaign->dotation, 2, level, truth,
                                        low, high),
                     MLD_OK);
    for (int run = 0; run < RUNS; run++) {
        for (int i = 0; i < 2; i++)
            count(&tally[i], campaign->dotation_low[i][run], campaign->dotation_high[i][run],
                  truth[i]);
        /* 0.999^1000 > 2.5 %: no run tells the third */
        assert_true(isnan(campaign->dotation_high[2][run]));
    }
    return check("smallest dotation never exhausted at 95 %", tally[0], 0.95, 1) +
           check("smallest dotation never exhausted at 99 %", tally[1], 0.95, 1);
}

static void intervals_cover_the_truth(void **state)
{
    (void)state;
    size_t all = (size_t)RUNS * PATHS;
    struct campaign *campaign = calloc(1, sizeof *campaign);
    assert_non_null(campaign);
    double *memory = malloc((WATCHED + 2) * all * sizeof(double));
    assert_non_null(memory);
    for (int w = 0; w < WATCHED; w++)
        campaign->path[w] = memory + (size_t)w * all;
    campaign->without = memory + WATCHED * all;
    campaign->dotation = memory + (WATCHED + 1) * all;
    simulate(campaign);
    int alarms = check_difference(campaign) + check_dotation(campaign);
    for (int w = 0; w < WATCHED; w++)
        alarms += check_measure(campaign, w);
    free(memory);
    free(campaign);
    assert_int_equal(alarms, 0);
}

/* A quantile that a run is too short for is not given an interval: 0.99^100 > 2.5 %. */
static void far_quantiles_are_not_estimable(void **state)
{
    (void)state;
    double value[100];
    struct mld_statistics statistics;
    for (int i = 0; i < 100; i++)
        value[i] = i;
    assert_int_equal(mld_statistics_fill(100, value, MLD_TAIL_LOW, &statistics), MLD_OK);
    assert_true(isnan(statistics.quantile_low[0]) &&
                isnan(statistics.quantile_high[MLD_QUANTILES - 1]));
    assert_false(isnan(statistics.quantile_low[4]) || isnan(statistics.quantile_high[4]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(far_quantiles_are_not_estimable),
        cmocka_unit_test(intervals_cover_the_truth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
