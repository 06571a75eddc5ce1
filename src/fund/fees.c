/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The costs that a fund is charged by its terms (model, sections 8 and 16): rows of fees, each of a
 * base, between two dates. A period costs max(rate × base, minimum)/m + amount/m.
 */
#include "fund/accounts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/vector.h"

int mld_fund_fees(const struct mld_fund_spec *spec, struct mld_fund_fee row[MLD_MAX_FEES])
{
    const struct mld_fund_fee stands_for[] = {
        { "management_fee", MLD_FEE_MANAGEMENT, MLD_BASE_COMMITMENTS, spec->management_fee, 0, 0, 0,
          spec->investment_years },
        { "management_fee_after", MLD_FEE_MANAGEMENT, MLD_BASE_NET_INVESTED,
          spec->management_fee_after, 0, 0, spec->investment_years, INFINITY },
        { "running_costs", MLD_FEE_OTHER, MLD_BASE_COMMITMENTS, spec->running_costs, 0, 0, 0,
          INFINITY },
    };
    int n = spec->n_fees ? spec->n_fees : (int)(sizeof stands_for / sizeof *stands_for);
    memcpy(row, spec->n_fees ? spec->fee : stands_for, (size_t)n * sizeof *row);
    return n;
}

/* A date that the grid does not reach is its end. */
static int period_of(double years, const struct mld_grid *grid)
{
    double t = floor(grid->periods_per_year * years + 0.5);
    return t < grid->periods ? (int)t : grid->periods;
}

int mld_fee_rates(const struct mld_grid *grid, const struct mld_fund_spec *spec,
                  struct mld_fee_rates rates[MLD_MAX_FEES])
{
    struct mld_fund_fee row[MLD_MAX_FEES];
    int n = mld_fund_fees(spec, row);
    double m = grid->periods_per_year;
    for (int i = 0; i < n; i++)
        rates[i] = (struct mld_fee_rates){ .kind = row[i].kind,
                                           .base = row[i].base,
                                           .rate = row[i].rate / m,
                                           .minimum = row[i].minimum / m,
                                           .amount = row[i].amount / m,
                                           .from = period_of(row[i].from_year, grid),
                                           .to = period_of(row[i].to_year, grid) };
    return n;
}

/* A fee that is the same on every path. */
MLD_CLONES
static void add_fixed(int n, double amount, double *restrict charged)
{
    for (int i = 0; i < n; i++)
        charged[i] += amount;
}

/* max(rate × base, minimum) + amount, all a period. */
MLD_CLONES
static void add_on_base(int n, struct mld_fee_rates fee, const double *restrict base,
                        double *restrict charged)
{
    for (int i = 0; i < n; i++) {
        double share = fee.rate * base[i];
        charged[i] += (share > fee.minimum ? share : fee.minimum) + fee.amount;
    }
}

/* NAV of the fund after the period: deals and cash, less the costs that wait; never below 0. */
MLD_CLONES
static void net_assets(int n, double most, const double *restrict deals,
                       const double *restrict cash, const double *restrict waiting,
                       double *restrict nav)
{
    for (int i = 0; i < n; i++)
        nav[i] = mld_least(mld_positive(deals[i] + cash[i] - waiting[i]), most);
}

/* The base of a fee that differs from path to path: what it was after the period before. */
static const double *base_of(const struct mld_fund_spec *spec, const struct mld_fee_rates *fee,
                             int t, struct mld_fund_flows *flows,
                             const struct mld_fund_accounts *accounts)
{
    if (fee->base == MLD_BASE_CALLED)
        return accounts->called;
    if (fee->base == MLD_BASE_NET_INVESTED)
        return mld_fund_row(flows, flows->outstanding, t - 1);
    net_assets(flows->width, t < spec->investment_periods ? spec->size : INFINITY,
               mld_fund_row(flows, flows->nav_deals, t - 1),
               mld_fund_row(flows, flows->cash, t - 1), mld_fund_row(flows, flows->debt, t - 1),
               accounts->before);
    return accounts->before;
}

/* A period of a fee, at its base of t. */
static void charge(const struct mld_fund_spec *spec, const struct mld_fee_rates *fee, int t,
                   struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts,
                   double *charged)
{
    if (mld_fee_is_on_commitments(fee))
        add_fixed(flows->width, mld_fee_charged(spec, fee, t), charged);
    else if (t == 0)
        add_fixed(flows->width, mld_fee_of(fee, 0), charged);
    else
        add_on_base(flows->width, *fee, base_of(spec, fee, t, flows, accounts), charged);
}

void mld_fund_charge(const struct mld_fund_spec *spec, int t, struct mld_fund_flows *flows,
                     const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_rates *rates = flows->rates;
    int n = flows->width;
    double *management = mld_fund_row(flows, flows->management_fee, t),
           *other = mld_fund_row(flows, flows->other_cost, t);
    memset(management, 0, (size_t)n * sizeof(double));
    memset(other, 0, (size_t)n * sizeof(double));
    for (int i = 0; i < rates->n_fees; i++)
        if (mld_fee_is_on_commitments(&rates->fee[i]) ||
            (t >= rates->fee[i].from && t < rates->fee[i].to))
            charge(spec, &rates->fee[i], t, flows, accounts,
                   rates->fee[i].kind == MLD_FEE_MANAGEMENT ? management : other);
    if (t == 0)
        add_fixed(n, rates->setup, other);
    mld_line_charge(spec, t, flows, accounts);
    mld_fund_add(n, management, accounts->owed_management);
    mld_fund_add(n, other, accounts->owed_other);
    mld_fund_add(n, mld_fund_row(flows, flows->guarantee_cost, t), accounts->owed_guarantor);
}

void mld_fund_fees_ahead(const struct mld_fund_spec *spec, int t, struct mld_fund_flows *flows,
                         const struct mld_fund_accounts *accounts, double *sum)
{
    const struct mld_fund_rates *rates = flows->rates;
    memset(sum, 0, (size_t)flows->width * sizeof *sum);
    for (int i = 0; i < rates->n_fees; i++) {
        struct mld_fee_rates fee = rates->fee[i];
        if (mld_fee_is_on_commitments(&fee)) {
            for (int u = t; u < spec->investment_periods; u++)
                add_fixed(flows->width, mld_fee_charged(spec, &fee, u), sum);
            continue;
        }
        int from = fee.from > t ? fee.from : t,
            to = fee.to < spec->investment_periods ? fee.to : spec->investment_periods;
        double periods = to > from ? to - from : 0;
        fee.rate *= periods;
        fee.minimum *= periods;
        fee.amount *= periods;
        if (periods > 0)
            charge(spec, &fee, t, flows, accounts, sum);
    }
}
