/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Benchmark: paths a second, nanoseconds a deal and period, peak memory, for one scenario; and,
 * with --stages, the processor time of each stage of PATHS paths on one thread, and what of it no
 * layout of deals can save. Usage: milliard_bench [--stages]
 * SCENARIO [PATHS [THREADS]].
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "limit.h"
#include "milliard/milliard.h"

static struct mld_plan *load(const char *path, const char *paths)
{
    struct mld_messages messages;
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    char set[64];
    const char *sets[1] = { set };
    snprintf(set, sizeof set, "run.paths=%s", paths);
    mld_messages_init(&messages);
    if (mld_scenario_load(path, 1, sets, &scenario, &messages) == MLD_OK)
        mld_scenario_plan(scenario, &plan, &messages);
    for (size_t i = 0; i < messages.count; i++)
        fprintf(stderr, "%s\n", messages.text[i]);
    mld_messages_clear(&messages);
    mld_scenario_free(scenario);
    return plan;
}

static double peak_megabytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static int measure_run(const struct mld_plan *plan, int threads)
{
    struct mld_run_options options = { .threads = threads };
    struct mld_summary summary;
    struct mld_run_result result;
    if (mld_run(plan, NULL, &options, NULL, &summary, &result, NULL) != MLD_OK) {
        fprintf(stderr, "the run failed\n");
        return 1;
    }
    double deals = summary.measure[MLD_WITHOUT][mld_measure_named("deals")].mean;
    double work = result.paths * deals * plan->model.grid.periods * plan->n_designs;
    printf("%s: %u paths, %d thread(s): %.2f s, %.0f paths/s, %.2f ns per deal, period and design "
           "on each thread, peak %.0f MB\n",
           plan->name, result.paths, threads, result.seconds, result.paths / result.seconds,
           1e9 * result.seconds * threads / work, peak_megabytes());
    mld_summary_clear(&summary);
    return 0;
}

enum { FACTORS, PORTFOLIO, LIVES, GUARANTEE, TAKE, FUND, MEASURES, STAGES };
static const char *const stage_name[STAGES] = {
    "factors", "portfolio", "lives", "guarantee", "fund: take", "fund: fill", "measures and series"
};

static void take(const struct mld_grid *grid, const struct mld_pools *pools,
                 const struct mld_guarantee_flows *guarantee, struct mld_fund_flows *fund)
{
    for (int t = 0; t <= grid->last; t++)
        mld_fund_take(fund, t, pools, guarantee);
}

/* Adds the time of one call to its stage. */
#define TIME(stage, call)                          \
    do {                                           \
        double start = mld_bench_now();            \
        call;                                      \
        seconds[stage] += mld_bench_now() - start; \
    } while (0)

static void time_design(const struct mld_plan *plan, const struct mld_design *design,
                        uint32_t first, int width, struct mld_lives *lives, struct mld_workspace *w,
                        struct mld_design_flows *flows, double *seconds)
{
    struct mld_measure_input input = { .design = design,
                                       .n_forms = plan->model.n_forms,
                                       .paths = width,
                                       .pools = &lives->pools,
                                       .fund = design->fund ? &flows->fund : NULL,
                                       .guarantee = design->guarantee ? &flows->guarantee : NULL,
                                       .holdings = &lives->holdings,
                                       .nav = &flows->nav };
    if (design->guarantee)
        TIME(GUARANTEE, mld_guarantee_price(&flows->guarantee, &plan->model.grid, design->guarantee,
                                            &lives->covers, width));
    if (design->fund) {
        TIME(TAKE, take(&plan->model.grid, &lives->pools, input.guarantee, &flows->fund));
        TIME(FUND, mld_fund_fill(&flows->fund, &plan->model.grid, design->fund, plan->model.seed,
                                 first, width));
    }
    TIME(MEASURES, mld_measures_fill(w->measures, &input, w->width, flows->value, flows->series));
}

/* The first lives, which no moral hazard touches, and the designs that read them. */
static void time_batch(const struct mld_plan *plan, uint32_t first, int width,
                       struct mld_workspace *w, double *seconds)
{
    struct mld_lives *lives = &w->lives[0];
    lives->held = plan->fund.present;
    TIME(FACTORS, mld_factors_fill(&plan->model, first, width, &w->factors));
    TIME(PORTFOLIO, mld_portfolio_fill(&plan->model, first, width, &w->portfolio));
    TIME(LIVES, mld_lives_fill(lives, &plan->model, &plan->lives[0], first, width, &w->factors,
                               &w->portfolio));
    for (int d = 0; d < plan->n_designs; d++)
        if (plan->design[d].lives == 0)
            time_design(plan, &plan->design[d], first, width, lives, w, &w->design[d], seconds);
}

static int measure_stages(const struct mld_plan *plan)
{
    struct mld_workspace *w = NULL;
    double seconds[STAGES] = { 0 }, total = 0;
    int width = 64, batches = (int)((plan->paths + 63) / 64);
    if (mld_workspace_create(plan, width, MLD_KEEP_SERIES, &w) != MLD_OK)
        return 1;
    for (uint32_t batch = 0; batch < (uint32_t)batches; batch++)
        time_batch(plan, batch * (uint32_t)width, width, w, seconds);
    for (int i = 0; i < STAGES; i++) {
        printf("  %-22s %7.3f µs a path\n", stage_name[i], 1e6 * seconds[i] / batches / width);
        total += seconds[i];
    }
    printf("  %-22s %7.3f µs a path\n", "all", 1e6 * total / batches / width);
    mld_workspace_free(w);
    return mld_bench_limit(plan);
}

int main(int argc, char **argv)
{
    int stages = argc > 1 && strcmp(argv[1], "--stages") == 0;
    argc -= stages;
    argv += stages;
    if (argc < 2) {
        fprintf(stderr, "usage: milliard_bench [--stages] SCENARIO [PATHS [THREADS]]\n");
        return 2;
    }
    struct mld_plan *plan = load(argv[1], argc > 2 ? argv[2] : "100000");
    if (!plan)
        return 3;
    int code = stages ? measure_stages(plan) : measure_run(plan, argc > 3 ? atoi(argv[3]) : 2);
    mld_plan_clear(plan);
    free(plan);
    return code;
}
