/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Costs, calls and reserve (model, section 8). */
#include "fund/accounts.h"

#include "core/vector.h"

/* The fee of the investment period: a fraction of commitments, the same for every path. */
MLD_CLONES
static void charge_fixed(int n, double amount, double *restrict charged, double *restrict owed)
{
    for (int i = 0; i < n; i++) {
        charged[i] = amount;
        owed[i] += amount;
    }
}

/* fee(t) = rate/m × net invested cost at the start of t, which is the outstanding after t−1. */
MLD_CLONES
static void charge_on_invested(int n, double rate, const double *restrict outstanding_before,
                               double *restrict charged, double *restrict owed)
{
    for (int i = 0; i < n; i++) {
        double fee = rate * outstanding_before[i];
        charged[i] = fee;
        owed[i] += fee;
    }
}

MLD_CLONES
static void add(int n, const double *restrict charged, double *restrict owed)
{
    for (int i = 0; i < n; i++)
        owed[i] += charged[i];
}

void mld_fund_charge(const struct mld_fund_spec *spec, int t, struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_rates *rates = flows->rates;
    int n = flows->width;
    double *management = mld_fund_row(flows, flows->management_fee, t);
    if (t < spec->investment_periods)
        charge_fixed(n, rates->management, management, accounts->owed_management);
    else if (t == 0) /* nothing is invested before the first period */
        charge_fixed(n, 0.0, management, accounts->owed_management);
    else
        charge_on_invested(n, rates->management_after, mld_fund_row(flows, flows->outstanding, t - 1), management,
                           accounts->owed_management);
    charge_fixed(n, rates->running + (t == 0 ? rates->setup : 0.0), mld_fund_row(flows, flows->other_cost, t),
                 accounts->owed_other);
    add(n, mld_fund_row(flows, flows->guarantee_cost, t), accounts->owed_guarantor);
}

/*
 * Investments come first, then the costs that wait and those of the period:
 *     surplus = cash + proceeds + payouts − investments − costs,
 * and a lack of it is met by what waits for C, all of it before anything is called, then by a call
 * up to what is uncalled. `cash` becomes what is there for the costs; when they are all covered
 * it is written as costs + surplus, so that paying them leaves no crumb of rounding.
 */
MLD_CLONES
static void call(int n, const double *restrict income, const double *restrict capital, const double *restrict payout,
                 const double *restrict invested, const double *restrict owed_guarantor,
                 const double *restrict owed_other, const double *restrict owed_management,
                 const double *restrict aside_capital, const double *restrict aside_carry, double *restrict cash,
                 double *restrict uncalled, double *restrict used, double *restrict called)
{
    for (int i = 0; i < n; i++) {
        double costs = owed_guarantor[i] + owed_other[i] + owed_management[i];
        double before_costs = cash[i] + income[i] + capital[i] + payout[i] - invested[i];
        double surplus = before_costs - costs;
        double from_aside = mld_least(mld_positive(-surplus), aside_capital[i] + aside_carry[i]);
        double lack = -surplus - from_aside, amount = mld_least(mld_positive(lack), uncalled[i]);
        cash[i] = lack <= uncalled[i] ? costs + mld_positive(surplus) : before_costs + from_aside + amount;
        used[i] = from_aside;
        uncalled[i] -= amount;
        called[i] = amount;
    }
}

/* The guarantor first, then set-up and running costs, then the management fee. What is short waits, without interest. */
MLD_CLONES
static void pay_costs(int n, double *restrict cash, double *restrict owed_guarantor, double *restrict owed_other,
                      double *restrict owed_management, double *restrict paid_guarantor, double *restrict paid_other,
                      double *restrict paid_management, double *restrict paid, double *restrict waiting)
{
    for (int i = 0; i < n; i++) {
        double guarantor = owed_guarantor[i], other = owed_other[i], management = owed_management[i];
        double costs = guarantor + other + management;
        int covered = cash[i] >= costs;
        double money = mld_positive(cash[i]);
        double to_guarantor = covered ? guarantor : mld_least(guarantor, money);
        double to_other = covered ? other : mld_least(other, money - to_guarantor);
        double to_management = covered ? management : mld_least(management, money - to_guarantor - to_other);
        paid_guarantor[i] = to_guarantor;
        paid_other[i] = to_other;
        paid_management[i] = to_management;
        paid[i] = to_guarantor + to_other + to_management;
        owed_guarantor[i] = guarantor - to_guarantor;
        owed_other[i] = other - to_other;
        owed_management[i] = management - to_management;
        waiting[i] = owed_guarantor[i] + owed_other[i] + owed_management[i];
        cash[i] = covered ? cash[i] - costs : mld_least(cash[i], 0.0);
    }
}

void mld_fund_settle(int t, struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts)
{
    int n = flows->width;
    call(n, mld_fund_row(flows, flows->income, t), mld_fund_row(flows, flows->capital, t),
         mld_fund_row(flows, flows->payout, t), mld_fund_row(flows, flows->invested, t), accounts->owed_guarantor,
         accounts->owed_other, accounts->owed_management, accounts->aside_capital, accounts->aside_carry,
         accounts->cash, accounts->uncalled, mld_fund_row(flows, flows->aside_used, t),
         mld_fund_row(flows, flows->call, t));
    mld_fund_take_back(n, mld_fund_row(flows, flows->aside_used, t), accounts);
    pay_costs(n, accounts->cash, accounts->owed_guarantor, accounts->owed_other, accounts->owed_management,
              mld_fund_row(flows, flows->paid_guarantee, t), mld_fund_row(flows, flows->paid_other, t),
              mld_fund_row(flows, flows->paid_management, t), mld_fund_row(flows, flows->cost_paid, t),
              mld_fund_row(flows, flows->cost_waiting, t));
}

/* In the investment period cash is kept up to a fraction of commitments, to be invested again. */
MLD_CLONES
static void keep_fixed(int n, double kept, double *restrict cash, double *restrict left)
{
    for (int i = 0; i < n; i++) {
        left[i] = mld_positive(cash[i] - kept);
        cash[i] = mld_least(cash[i], kept);
    }
}

/* Afterwards a reserve is kept: so many periods of this period's management fee, running costs and guarantee fee. */
MLD_CLONES
static void keep_reserve(int n, double periods, double running, const double *restrict management,
                         const double *restrict guarantee_fee, double *restrict cash, double *restrict left)
{
    for (int i = 0; i < n; i++) {
        double kept = periods * (management[i] + running + guarantee_fee[i]);
        left[i] = mld_positive(cash[i] - kept);
        cash[i] = mld_least(cash[i], kept);
    }
}

void mld_fund_reserve(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t, struct mld_fund_flows *flows,
                      const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_rates *rates = flows->rates;
    if (t == grid->last)
        keep_fixed(flows->width, 0.0, accounts->cash, accounts->left);
    else if (t < spec->investment_periods)
        keep_fixed(flows->width, rates->recycled, accounts->cash, accounts->left);
    else
        keep_reserve(flows->width, rates->reserve_periods, rates->running,
                     mld_fund_row(flows, flows->management_fee, t), mld_fund_row(flows, flows->guarantee_fee, t),
                     accounts->cash, accounts->left);
}
