/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "limit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DRAW, NORMAL, EXPONENTIAL, HAZARD, BYTE, KINDS };
static const char *const kind_name[KINDS] = { "draws", "normals", "exponentials", "hazards",
                                              "bytes moved" };

/* Numbers handled at once, and the memory that is copied, both within the second-level cache. */
enum { TOGETHER = 1024, ROW = 16, COPIED = 128 << 10, REPEATS = 4000, PATHS = 64 };

double mld_bench_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* Numbers in and out of the kernels. */
struct scratch {
    uint32_t path[TOGETHER];
    uint64_t entity[TOGETHER];
    double u[TOGETHER], z[TOGETHER], x[TOGETHER];
    char from[COPIED], to[COPIED];
};

/* One call of the kernel of a kind; how many it makes. */
static double work(int kind, struct scratch *s)
{
    switch (kind) {
    case DRAW:
        mld_draws_uniform_rows(2027, MLD_STREAM_PERFORMANCE, TOGETHER / ROW, s->path, s->entity, 0,
                               ROW, s->u);
        return TOGETHER;
    case NORMAL: mld_normal_quantile_n(TOGETHER, s->u, s->z); return TOGETHER;
    case EXPONENTIAL: mld_exp_n(TOGETHER, s->z, s->x); return TOGETHER;
    case HAZARD: mld_normal_hazard_n(TOGETHER, s->z, s->x); return TOGETHER;
    default:
        s->from[0]++;
        memcpy(s->to, s->from, COPIED);
        return 2.0 * COPIED;
    }
}

static double seconds_of_one(int kind, struct scratch *s)
{
    double start = mld_bench_now(), done = 0;
    for (int i = 0; i < REPEATS; i++)
        done += work(kind, s);
    return (mld_bench_now() - start) / done;
}

/*
 * Draws and normals of issuers: E and the resolution, performance where it is read, ζ and ξ; the
 * years of hazards of those in default.
 */
static void add_issuers(const struct mld_plan *plan, const struct mld_workspace *w, double *need)
{
    const struct mld_issuer_outcomes *outcomes = &w->lives[0].outcomes;
    const struct mld_grid *grid = &plan->model.grid;
    for (int i = 0; i < w->portfolio.n_issuers; i++) {
        const struct mld_issuer *issuer = &w->portfolio.issuer[i];
        int years = w->factors.years - 1 - mld_grid_year(grid, issuer->period),
            in_default = outcomes->default_period[i] < grid->periods,
            performs = (issuer->reads & MLD_READS_PERFORMANCE) != 0,
            drawn = in_default + ((issuer->reads & MLD_READS_VALUE) != 0);
        need[DRAW] += 2 + (performs ? years : 0) + drawn;
        need[NORMAL] += (performs ? years : 0) + drawn;
        need[HAZARD] += in_default ? mld_grid_year(grid, outcomes->default_period[i]) -
                                         mld_grid_year(grid, issuer->period) + 1
                                   : 0;
    }
}

/*
 * Deals: four traits and a ticket, one draw of most instruments, an exponential of each ticket and
 * of each age of shares; four series of contracts written, laid as lives and added to sums.
 */
static void add_deals(const struct mld_workspace *w, double *need)
{
    for (int d = 0; d < w->portfolio.n_deals; d++) {
        const struct mld_deal *deal = &w->portfolio.deal[d];
        const struct mld_deal_life *mine = &w->lives[0].deal[d];
        int valued = mld_instruments[deal->instrument]->quota == MLD_QUOTA_FULL &&
                     mine->contract.exit_age >= 0;
        need[DRAW] += deal->tape_row < 0 ? 6 : 1;
        need[NORMAL] += deal->tape_row < 0;
        need[EXPONENTIAL] += deal->tape_row < 0;
        if (!mine->life.made)
            continue;
        need[EXPONENTIAL] += valued ? mine->contract.end_age : 0;
        need[BYTE] += 4 * sizeof(double) * 6.0 * (mine->life.last_period - deal->period + 1);
    }
}

/* Of a batch of paths, kept deal by deal. */
static void add_needs(const struct mld_plan *plan, struct mld_workspace *w, double *need)
{
    const struct mld_factors_spec *factors = &plan->model.factors;
    mld_simulate(plan, 0, PATHS, w);
    double drawn = (double)PATHS * w->factors.years * (factors->n_factors + 1 + factors->n_sectors);
    need[DRAW] += drawn;
    need[NORMAL] += drawn;
    add_issuers(plan, w, need);
    add_deals(w, need);
}

int mld_bench_limit(const struct mld_plan *plan)
{
    struct mld_workspace *w = NULL;
    struct scratch *scratch = calloc(1, sizeof *scratch);
    double need[KINDS] = { 0 }, total = 0;
    if (!scratch || mld_workspace_create(plan, PATHS, MLD_KEEP_TRACE, &w) != MLD_OK) {
        free(scratch);
        return 1;
    }
    for (uint32_t i = 0; i < TOGETHER; i++)
        scratch->entity[i] = scratch->path[i] = i;
    add_needs(plan, w, need);
    printf("  what a path needs, at this machine's rates:\n");
    for (int kind = 0; kind < KINDS; kind++) {
        double rate = seconds_of_one(kind, scratch), count = need[kind] / PATHS;
        printf("  %-22s %7.3f µs: %.0f of %.3f ns\n", kind_name[kind], 1e6 * rate * count, count,
               1e9 * rate);
        total += rate * count;
    }
    printf("  %-22s %7.3f µs a path, of %.1f deals\n", "their sum", 1e6 * total,
           (double)w->portfolio.n_deals / PATHS);
    mld_workspace_free(w);
    free(scratch);
    return 0;
}
