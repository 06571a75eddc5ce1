/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a period of the fund is given: the rows of the pools, and what the guarantor pays and
 * charges.
 */
#include "fund/accounts.h"

#include <string.h>

/* The row of t, from another of its width. */
static void copy_row(const struct mld_fund_flows *flows, const double *row, double *to, int t)
{
    memcpy(mld_fund_row(flows, to, t), row, (size_t)flows->width * sizeof(double));
}

static void copy(const struct mld_fund_flows *flows, const double *from, double *to, int t)
{
    copy_row(flows, from + (size_t)t * (size_t)flows->width, to, t);
}

static void none(const struct mld_fund_flows *flows, double *to, int t)
{
    memset(mld_fund_row(flows, to, t), 0, (size_t)flows->width * sizeof(double));
}

static void add_row(const struct mld_fund_flows *flows, const double *row, double *to, int t)
{
    double *sum = mld_fund_row(flows, to, t);
    for (int i = 0; i < flows->width; i++)
        sum[i] += row[i];
}

/*
 * What the fund owes the guarantor in t is its fees, the share of gains and what it must give back.
 */
static void take_guarantee(struct mld_fund_flows *flows, int t,
                           const struct mld_guarantee_flows *guarantee)
{
    size_t at = (size_t)t * (size_t)guarantee->stride;
    copy_row(flows, guarantee->payout + at, flows->payout, t);
    copy_row(flows, guarantee->fee_fund + at, flows->guarantee_fee, t);
    copy_row(flows, guarantee->fee_fund + at, flows->guarantee_cost, t);
    add_row(flows, guarantee->upside + at, flows->guarantee_cost, t);
    add_row(flows, guarantee->owed_back + at, flows->guarantee_cost, t);
}

void mld_fund_take(struct mld_fund_flows *flows, int t, const struct mld_pools *pools,
                   const struct mld_guarantee_flows *guarantee)
{
    if (t == 0)
        mld_fund_foresee(flows, pools->invested);
    copy(flows, pools->invested, flows->invested, t);
    copy(flows, pools->income, flows->income, t);
    copy(flows, pools->capital, flows->capital, t);
    copy(flows, pools->nav, flows->nav_deals, t);
    copy(flows, pools->outstanding, flows->outstanding, t);
    if (guarantee) {
        take_guarantee(flows, t, guarantee);
        return;
    }
    none(flows, flows->payout, t);
    none(flows, flows->guarantee_fee, t);
    none(flows, flows->guarantee_cost, t);
}
