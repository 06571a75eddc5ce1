/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lives of a path's deals added up by period. */
#include "milliard/pools.h"

#include <stdlib.h>
#include <string.h>

#include "core/numbers.h"
#include "core/transpose.h"
#include "core/vector.h"

enum { SERIES = 5, QUOTA_CLASSES = 3 };

/* Doubles of one path beside its series: losses, costs, the largest issuer and loans. */
enum { BY_INSTRUMENT = MLD_INSTRUMENTS * MLD_LOSSES, BY_FORM = MLD_MAX_FORMS * MLD_LOSSES };

/* Takes the next `count` numbers of a block. */
static double *take(double **block, size_t count)
{
    double *taken = *block;
    *block += count;
    return taken;
}

/* Series, in the order of their sums. */
enum sum { INVESTED, INCOME, CAPITAL, OUTSTANDING, NAV };

static double *sum_of(const struct mld_pools *pools, enum sum series)
{
    return pools->sum + (size_t)series * (size_t)pools->paths * (size_t)pools->stride;
}

static void share_out(struct mld_pools *pools, double *block, size_t paths)
{
    size_t series = (size_t)pools->width * (size_t)pools->periods;
    pools->invested = take(&block, series);
    pools->income = take(&block, series);
    pools->capital = take(&block, series);
    pools->outstanding = take(&block, series);
    pools->nav = take(&block, series);
    pools->loss_by_instrument = take(&block, paths * BY_INSTRUMENT);
    pools->loss_by_form = take(&block, paths * BY_FORM);
    pools->cost_by_instrument = take(&block, paths * MLD_INSTRUMENTS);
    pools->largest_issuer = take(&block, paths);
    pools->quota_cost = take(&block, paths * QUOTA_CLASSES);
    pools->loan_cost = take(&block, paths);
    pools->second_cost = take(&block, paths);
    pools->ran_out = take(&block, paths);
    pools->skipped_by_instrument = take(&block, paths * MLD_INSTRUMENTS);
    pools->interest_spared = take(&block, paths);
    pools->rates_at_zero = take(&block, paths);
    pools->sum = take(&block, SERIES * paths * (size_t)pools->stride);
    pools->issuer_cost = block;
}

/* One block holds every number, and the first pointer into it owns it. */
enum mld_status mld_pools_init(struct mld_pools *pools, const struct mld_grid *grid,
                               int max_issuers, int paths)
{
    *pools = (struct mld_pools){ .width = mld_padded(paths),
                                 .periods = grid->periods,
                                 .stride = mld_padded(grid->periods),
                                 .paths = paths };
    size_t by_path = SERIES * (size_t)pools->stride + BY_INSTRUMENT + BY_FORM +
                     2 * MLD_INSTRUMENTS + QUOTA_CLASSES + 6 + (size_t)max_issuers;
    size_t rows = SERIES * (size_t)pools->width * (size_t)pools->periods;
    double *block = calloc((size_t)paths * by_path + rows, sizeof *block);
    pools->deals = calloc(2 * (size_t)paths, sizeof *pools->deals);
    if (!block || !pools->deals) {
        free(block);
        mld_pools_clear(pools);
        return MLD_ERR_MEMORY;
    }
    pools->defaults = pools->deals + paths;
    share_out(pools, block, (size_t)paths);
    return MLD_OK;
}

void mld_pools_clear(struct mld_pools *pools)
{
    free(pools->invested);
    free(pools->deals);
    *pools = (struct mld_pools){ 0 };
}

static void zero(double *values, size_t count) { memset(values, 0, count * sizeof *values); }

void mld_pools_reset(struct mld_pools *pools, int paths)
{
    size_t n = (size_t)paths;
    for (int s = 0; s < SERIES; s++)
        zero(sum_of(pools, s), n * (size_t)pools->stride);
    zero(pools->loss_by_instrument, n * BY_INSTRUMENT);
    zero(pools->loss_by_form, n * BY_FORM);
    zero(pools->cost_by_instrument, n * MLD_INSTRUMENTS);
    zero(pools->largest_issuer, n);
    zero(pools->quota_cost, n * QUOTA_CLASSES);
    zero(pools->loan_cost, n);
    zero(pools->second_cost, n);
    zero(pools->ran_out, n);
    zero(pools->skipped_by_instrument, n * MLD_INSTRUMENTS);
    zero(pools->interest_spared, n);
    zero(pools->rates_at_zero, n);
    zero(pools->issuer_cost, (size_t)pools->issuers);
    pools->issuers = 0;
    memset(pools->deals, 0, n * sizeof *pools->deals);
    memset(pools->defaults, 0, n * sizeof *pools->defaults);
}

/* Adds a life to the sums of its path, of which `row` is period t0. */
static MLD_CLONES void add_life(const struct mld_pools *pools, size_t row, int t0,
                                const struct mld_life *life)
{
    double *income = sum_of(pools, INCOME) + row, *capital = sum_of(pools, CAPITAL) + row;
    double *outstanding = sum_of(pools, OUTSTANDING) + row, *nav = sum_of(pools, NAV) + row;
    int count = life->last_period - t0 + 1;
    MLD_INDEPENDENT
    for (int i = 0; i < count; i++) {
        income[i] += life->income[t0 + i];
        capital[i] += life->capital[t0 + i];
        outstanding[i] += life->outstanding[t0 + i];
        nav[i] += life->nav[t0 + i];
    }
}

static void add_losses(const struct mld_life *life, double *loss)
{
    loss[MLD_LOSS_DEFAULT] += life->default_loss;
    loss[MLD_LOSS_EXIT] += life->exit_loss;
    loss[MLD_LOSS_FORCED] += life->forced_discount;
}

/*
 * Concentration and quota: what the deal cost, by issuer, class of the quota, and as a loan.
 * Source: model, section 6.
 */
static void add_cost(struct mld_pools *pools, const struct mld_deal *deal)
{
    const struct mld_instrument *instrument = mld_instruments[deal->instrument];
    size_t path = (size_t)deal->path;
    double cost = pools->issuer_cost[deal->issuer] += deal->amount;
    pools->issuers = pools->issuers > deal->issuer ? pools->issuers : deal->issuer + 1;
    pools->largest_issuer[path] = pools->largest_issuer[path] > cost ? pools->largest_issuer[path]
                                                                     : cost;
    pools->cost_by_instrument[path * MLD_INSTRUMENTS + (size_t)deal->instrument] += deal->amount;
    pools->quota_cost[path * QUOTA_CLASSES + (size_t)instrument->quota] += deal->amount;
    if (instrument->is_loan)
        pools->loan_cost[path] += deal->amount;
    if (deal->lot > 0)
        pools->second_cost[path] += deal->amount;
}

void mld_pools_add(struct mld_pools *pools, const struct mld_deal *deal,
                   const struct mld_life *life)
{
    if (!life->made)
        return;
    int t0 = deal->period;
    size_t path = (size_t)deal->path, row = path * (size_t)pools->stride + (size_t)t0;
    sum_of(pools, INVESTED)[row] += deal->amount;
    add_life(pools, row, t0, life);
    add_losses(life, pools->loss_by_instrument +
                         (path * MLD_INSTRUMENTS + (size_t)deal->instrument) * MLD_LOSSES);
    add_losses(life,
               pools->loss_by_form + (path * MLD_MAX_FORMS + (size_t)deal->form) * MLD_LOSSES);
    add_cost(pools, deal);
    pools->deals[path]++;
    pools->defaults[path] += life->default_period >= 0;
}

void mld_pools_close(struct mld_pools *pools, int paths)
{
    const struct mld_shape shape = { paths, pools->periods, pools->stride, pools->width };
    mld_transpose(shape, sum_of(pools, INVESTED), pools->invested);
    mld_transpose(shape, sum_of(pools, INCOME), pools->income);
    mld_transpose(shape, sum_of(pools, CAPITAL), pools->capital);
    mld_transpose(shape, sum_of(pools, OUTSTANDING), pools->outstanding);
    mld_transpose(shape, sum_of(pools, NAV), pools->nav);
}
