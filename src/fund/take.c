/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From [path][period], as pools and guarantee write them, to [period][path], as the fund reads them: blocks of
 * eight paths, whose rows of one period fill one cache line. Paths beyond the batch become zeros.
 */
#include "fund/accounts.h"

#include <string.h>

enum { BLOCK = 8 };

/* A matrix to transpose: `paths` rows of `stride`, to `periods` rows of `width`. */
struct shape { int paths, periods, stride, width; };

static int rows_in_block(struct shape shape, int first)
{
    int rows = shape.paths - first;
    return rows < 0 ? 0 : rows < BLOCK ? rows : BLOCK;
}

static void transpose(struct shape shape, const double *restrict source, double *restrict target)
{
    for (int first = 0; first < shape.width; first += BLOCK) {
        int rows = rows_in_block(shape, first);
        const double *block = source + (size_t)first * (size_t)shape.stride;
        for (int t = 0; t < shape.periods; t++) {
            double *line = target + (size_t)t * (size_t)shape.width + first;
            for (int i = 0; i < BLOCK; i++)
                line[i] = i < rows ? block[(size_t)i * (size_t)shape.stride + (size_t)t] : 0.0;
        }
    }
}

/* The same, added to what the target holds. */
static void transpose_onto(struct shape shape, const double *restrict source, double *restrict target)
{
    for (int first = 0; first < shape.width; first += BLOCK) {
        int rows = rows_in_block(shape, first);
        const double *block = source + (size_t)first * (size_t)shape.stride;
        for (int t = 0; t < shape.periods; t++) {
            double *line = target + (size_t)t * (size_t)shape.width + first;
            for (int i = 0; i < rows; i++)
                line[i] += block[(size_t)i * (size_t)shape.stride + (size_t)t];
        }
    }
}

/* What the fund owes the guarantor in t is its fees, the share of gains and what it must give back. */
static void take_guarantee(struct mld_fund_flows *flows, struct shape shape, const struct mld_guarantee_flows *guarantee)
{
    shape.stride = guarantee->stride;
    transpose(shape, guarantee->payout, flows->payout);
    transpose(shape, guarantee->fee_fund, flows->guarantee_fee);
    transpose(shape, guarantee->fee_fund, flows->guarantee_cost);
    transpose_onto(shape, guarantee->upside, flows->guarantee_cost);
    transpose_onto(shape, guarantee->owed_back, flows->guarantee_cost);
}

static void no_guarantee(struct mld_fund_flows *flows, struct shape shape)
{
    size_t bytes = (size_t)shape.periods * (size_t)shape.width * sizeof(double);
    memset(flows->payout, 0, bytes);
    memset(flows->guarantee_fee, 0, bytes);
    memset(flows->guarantee_cost, 0, bytes);
}

void mld_fund_take(struct mld_fund_flows *flows, const struct mld_plan *plan, int paths, const struct mld_pools *pools,
                   const struct mld_guarantee_flows *guarantee)
{
    struct shape shape = { paths, plan->grid.periods, pools->stride, flows->width };
    transpose(shape, pools->invested, flows->invested);
    transpose(shape, pools->income, flows->income);
    transpose(shape, pools->capital, flows->capital);
    transpose(shape, pools->nav, flows->nav_deals);
    transpose(shape, pools->outstanding, flows->outstanding);
    if (guarantee)
        take_guarantee(flows, shape, guarantee);
    else
        no_guarantee(flows, shape);
}
