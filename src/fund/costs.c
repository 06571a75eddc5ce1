/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls, what pays the costs, and reserve (model, section 8). */
#include "fund/accounts.h"

#include "core/vector.h"

/*
 * Investments come first, then the costs that wait and those of the period:
 *     surplus = cash + proceeds + payouts − investments − costs,
 * and a lack of it is met by grants, then by what waits for C, all of it before anything is called,
 * then by a call up to what is uncalled. `cash` becomes what is there for the costs; when they are
 * all covered it is written as costs + surplus, so that paying them leaves no crumb of rounding.
 * Costs beyond what may be spent wait, so that signed tickets are paid.
 */
struct call_rows {
    const double *income, *capital, *payout, *invested;
    const double *callable; /* for a need: all that is uncalled, but for a line to be repaid */
    double *used, *called;
};

MLD_CLONES
static void call(int n, const struct call_rows *rows, const struct mld_fund_accounts *accounts)
{
    const struct call_rows of = *rows;
    const struct mld_fund_accounts at = *accounts;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double owed = at.owed_guarantor[i] + at.owed_other[i] + at.owed_management[i];
        double before_costs = at.cash[i] + of.income[i] + of.capital[i] + of.payout[i] -
                              of.invested[i];
        double costs = mld_least(owed, mld_positive(before_costs + at.spendable[i]));
        double surplus = before_costs - costs, callable = of.callable[i];
        double granted = mld_least(mld_positive(-surplus), at.unspent[i]);
        double from_aside = mld_least(mld_positive(-surplus - granted),
                                      at.aside_capital[i] + at.aside_carry[i]);
        double lack = -surplus - granted - from_aside,
               amount = mld_least(mld_positive(lack), callable);
        at.cash[i] = lack <= callable ? costs + mld_positive(surplus)
                                      : before_costs + granted + from_aside + amount;
        at.unspent[i] -= granted;
        of.used[i] = from_aside;
        at.uncalled[i] -= amount;
        of.called[i] = amount;
        at.called[i] += amount;
    }
}

/*
 * The guarantor first, then set-up and running costs, then the management fee. What is short waits,
 * without interest.
 */
struct paid_rows {
    double *guarantor, *other, *management, *all, *waiting;
};

MLD_CLONES
static void pay_costs(int n, const struct paid_rows *rows, const struct mld_fund_accounts *accounts)
{
    const struct paid_rows paid = *rows;
    const struct mld_fund_accounts at = *accounts;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double guarantor = at.owed_guarantor[i], other = at.owed_other[i],
               management = at.owed_management[i];
        double costs = guarantor + other + management, cash = at.cash[i];
        int covered = cash >= costs;
        double money = mld_positive(cash);
        double to_guarantor = covered ? guarantor : mld_least(guarantor, money);
        double to_other = covered ? other : mld_least(other, money - to_guarantor);
        double to_management = covered ? management
                                       : mld_least(management, money - to_guarantor - to_other);
        paid.guarantor[i] = to_guarantor;
        paid.other[i] = to_other;
        paid.management[i] = to_management;
        paid.all[i] = to_guarantor + to_other + to_management;
        guarantor -= to_guarantor;
        other -= to_other;
        management -= to_management;
        at.owed_guarantor[i] = guarantor;
        at.owed_other[i] = other;
        at.owed_management[i] = management;
        paid.waiting[i] = guarantor + other + management;
        at.cash[i] = covered ? cash - costs : mld_least(cash, 0.0);
    }
}

/* What C gave back before its date was never allotted. */
MLD_CLONES
static void unallot(int n, const double *restrict used, double *restrict allotted)
{
    for (int i = 0; i < n; i++)
        allotted[i] -= used[i];
}

void mld_fund_give_back(int n, const double *used, const struct mld_fund_accounts *accounts)
{
    mld_fund_take_back(n, used, accounts);
    unallot(n, used, accounts->allotted);
}

void mld_fund_settle(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                     struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts)
{
    int n = flows->width;
    const struct call_rows money = { .income = mld_fund_row(flows, flows->income, t),
                                     .capital = mld_fund_row(flows, flows->capital, t),
                                     .payout = mld_fund_row(flows, flows->payout, t),
                                     .invested = mld_fund_row(flows, flows->invested, t),
                                     .callable = flows->rates->lends ? accounts->callable
                                                                     : accounts->uncalled,
                                     .used = mld_fund_row(flows, flows->aside_used, t),
                                     .called = mld_fund_row(flows, flows->call, t) };
    const struct paid_rows paid = { .guarantor = mld_fund_row(flows, flows->paid_guarantee, t),
                                    .other = mld_fund_row(flows, flows->paid_other, t),
                                    .management = mld_fund_row(flows, flows->paid_management, t),
                                    .all = mld_fund_row(flows, flows->cost_paid, t),
                                    .waiting = mld_fund_row(flows, flows->cost_waiting, t) };
    call(n, &money, accounts);
    mld_line_borrow(grid, spec, t, flows, accounts);
    mld_fund_give_back(n, money.used, accounts);
    pay_costs(n, &paid, accounts);
    mld_line_repay(t, flows, accounts);
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

/*
 * Afterwards a reserve is kept: so many periods of this period's fees and other costs, and
 * guarantee fee.
 */
MLD_CLONES
static void keep_reserve(int n, double periods, const double *restrict other,
                         const double *restrict management, const double *restrict guarantee_fee,
                         double *restrict cash, double *restrict left)
{
    for (int i = 0; i < n; i++) {
        double kept = periods * (management[i] + other[i] + guarantee_fee[i]);
        left[i] = mld_positive(cash[i] - kept);
        cash[i] = mld_least(cash[i], kept);
    }
}

void mld_fund_reserve(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                      struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_rates *rates = flows->rates;
    if (t == grid->last)
        keep_fixed(flows->width, 0.0, accounts->cash, accounts->left);
    else if (t < spec->investment_periods)
        keep_fixed(flows->width, rates->recycled, accounts->cash, accounts->left);
    else
        keep_reserve(flows->width, rates->reserve_periods,
                     mld_fund_row(flows, flows->other_cost, t),
                     mld_fund_row(flows, flows->management_fee, t),
                     mld_fund_row(flows, flows->guarantee_fee, t), accounts->cash, accounts->left);
}
