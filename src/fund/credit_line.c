/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The credit line (model, section 16): it is drawn where investors would be called, up to a part of
 * what they still have to pay, and repaid from cash, or by a call when it falls due. Of what was
 * borrowed and repaid to date, B and R, the balance is B − R; what falls due in t is what of
 * B(t − d) is not repaid yet, since the oldest borrowing is repaid first.
 */
#include "fund/accounts.h"

#include <math.h>

#include "core/vector.h"

void mld_line_close(struct mld_fund_flows *flows)
{
    flows->rates->lends = 0;
    flows->debt = flows->cost_waiting;
}

/* Interest on the balance, and a fee on what could be drawn, both after the period before. */
MLD_CLONES
static void charge(int n, double rate, double fee, double limit,
                   const struct mld_fund_accounts *accounts, double *restrict cost)
{
    const struct mld_fund_accounts at = *accounts;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double balance = at.borrowed[i] - at.repaid[i];
        double undrawn = mld_positive(limit * (at.uncalled[i] - balance) - balance);
        cost[i] = rate * balance + fee * undrawn;
    }
}

void mld_line_charge(const struct mld_fund_spec *spec, int t, struct mld_fund_flows *flows,
                     const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_rates *rates = flows->rates;
    double *cost;
    if (!rates->lends || t == 0)
        return;
    cost = mld_fund_row(flows, flows->line_cost, t);
    charge(flows->width, rates->line_rate, t < spec->investment_periods ? rates->line_fee : 0,
           spec->credit_line.limit, accounts, cost);
    mld_fund_add(flows->width, cost, mld_fund_row(flows, flows->other_cost, t));
}

/* Room less what is to be repaid, and the line's costs of some periods, each as after t − 1. */
MLD_CLONES
static void take_off(int n, double periods, const double *restrict cost,
                     const struct mld_fund_accounts *accounts, double *restrict room)
{
    const struct mld_fund_accounts at = *accounts;
    for (int i = 0; i < n; i++)
        room[i] -= at.borrowed[i] - at.repaid[i] + periods * cost[i];
}

void mld_line_take_off(const struct mld_fund_spec *spec, int t, const struct mld_fund_flows *flows,
                       const struct mld_fund_accounts *accounts, double *room)
{
    const struct mld_fund_rates *rates = flows->rates;
    if (!rates->lends || t == 0)
        return;
    charge(flows->width, rates->line_rate, rates->line_fee, spec->credit_line.limit, accounts,
           accounts->before);
    take_off(flows->width, spec->investment_periods - t, accounts->before, accounts, room);
}

/* What may be called for a need: a call that repays the line is kept for it. */
MLD_CLONES
static void keep_for_line(int n, const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_accounts at = *accounts;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++)
        at.callable[i] = mld_positive(at.uncalled[i] - (at.borrowed[i] - at.repaid[i]));
}

/* With d periods, what was borrowed in t − d falls due. */
void mld_line_open_period(const struct mld_fund_spec *spec, int t, struct mld_fund_flows *flows,
                          const struct mld_fund_accounts *accounts)
{
    int since = t - spec->credit_line.periods;
    if (!flows->rates->lends)
        return;
    if (since >= 0)
        mld_fund_add(flows->width, mld_fund_row(flows, flows->borrowed, since), accounts->fallen);
    keep_for_line(flows->width, accounts);
}

/* borrowed = clamp(limit (U − K − b) − b, 0, K): so much less is called. */
MLD_CLONES
static void borrow(int n, double limit, const struct mld_fund_accounts *accounts,
                   double *restrict called, double *restrict borrowed)
{
    const struct mld_fund_accounts at = *accounts;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double balance = at.borrowed[i] - at.repaid[i];
        double room = limit * (at.uncalled[i] - balance) - balance;
        double amount = mld_least(mld_positive(room), called[i]);
        borrowed[i] = amount;
        called[i] -= amount;
        at.called[i] -= amount;
        at.uncalled[i] += amount;
        at.borrowed[i] += amount;
    }
}

void mld_line_borrow(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                     struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts)
{
    if (flows->rates->lends && t + spec->credit_line.periods > grid->last)
        mld_fund_zero(flows, flows->borrowed, t);
    else if (flows->rates->lends)
        borrow(flows->width, spec->credit_line.limit, accounts, mld_fund_row(flows, flows->call, t),
               mld_fund_row(flows, flows->borrowed, t));
}

/*
 * Cash left after costs repays all it can. What falls due beyond it is a need like others: grants,
 * what waits for C, then a call, which the uncalled kept for it always meets.
 */
struct repaid_rows {
    double *called, *repaid, *used, *debt;
    const double *waiting;
};

MLD_CLONES
static void repay(int n, const struct repaid_rows *rows, const struct mld_fund_accounts *accounts)
{
    const struct repaid_rows of = *rows;
    const struct mld_fund_accounts at = *accounts;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double before = at.repaid[i], balance = at.borrowed[i] - before, cash = at.cash[i];
        int all = cash >= balance;
        double money = mld_positive(cash);
        double repaid = all ? at.borrowed[i] : before + money;
        double due = mld_positive(at.fallen[i] - repaid);
        double granted = mld_least(due, at.unspent[i]);
        double used = mld_least(due - granted, at.aside_capital[i] + at.aside_carry[i]);
        double call = due - granted - used;
        repaid = due > 0.0 ? at.fallen[i] : repaid;
        at.cash[i] = all ? cash - balance : mld_least(cash, 0.0);
        at.unspent[i] -= granted;
        at.uncalled[i] -= call;
        at.called[i] += call;
        at.repaid[i] = repaid;
        of.called[i] += call;
        of.used[i] = used;
        of.repaid[i] = repaid - before;
        of.debt[i] = of.waiting[i] + (at.borrowed[i] - repaid);
    }
}

void mld_line_repay(int t, struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts)
{
    if (!flows->rates->lends)
        return;
    const struct repaid_rows rows = { .called = mld_fund_row(flows, flows->call, t),
                                      .repaid = mld_fund_row(flows, flows->repaid, t),
                                      .used = accounts->before,
                                      .debt = mld_fund_row(flows, flows->debt, t),
                                      .waiting = mld_fund_row(flows, flows->cost_waiting, t) };
    repay(flows->width, &rows, accounts);
    mld_fund_give_back(flows->width, rows.used, accounts);
    mld_fund_add(flows->width, rows.used, mld_fund_row(flows, flows->aside_used, t));
}
