/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a period of the fund is given: the rows of the pools, and what the guarantor pays and
 * charges.
 */
#include "fund/accounts.h"

#include <string.h>

static void copy(const struct mld_fund_flows *flows, const double *from, double *to, int t)
{
    size_t at = (size_t)t * (size_t)flows->width;
    memcpy(to + at, from + at, (size_t)flows->width * sizeof(double));
}

static void none(const struct mld_fund_flows *flows, double *to, int t)
{
    memset(mld_fund_row(flows, to, t), 0, (size_t)flows->width * sizeof(double));
}

static void add(const struct mld_fund_flows *flows, const double *from, double *to, int t)
{
    size_t at = (size_t)t * (size_t)flows->width;
    for (int i = 0; i < flows->width; i++)
        to[at + (size_t)i] += from[at + (size_t)i];
}

/*
 * What the fund owes the guarantor in t is its fees, the share of gains and what it must give back.
 */
static void take_guarantee(struct mld_fund_flows *flows, int t,
                           const struct mld_guarantee_flows *guarantee)
{
    copy(flows, guarantee->payout, flows->payout, t);
    copy(flows, guarantee->fee_fund, flows->guarantee_fee, t);
    copy(flows, guarantee->fee_fund, flows->guarantee_cost, t);
    add(flows, guarantee->upside, flows->guarantee_cost, t);
    add(flows, guarantee->owed_back, flows->guarantee_cost, t);
}

void mld_fund_take(struct mld_fund_flows *flows, int t, const struct mld_pools *pools,
                   const struct mld_guarantee_flows *guarantee)
{
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
