/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Closings (model, section 16): calls are limited by the commitments admitted, costs on commitments
 * are charged as if all had come at t = 0, and newcomers make earlier members even. What members
 * pay each other is none of the fund's money: a class as a whole sees nothing of it.
 */
#include "fund/accounts.h"

#include <math.h>
#include <string.h>

#include "core/vector.h"

double mld_fund_admitted(const struct mld_fund_spec *spec, int t)
{
    double share = 0;
    if (!spec->n_closings || t >= spec->closing[spec->n_closings - 1].period)
        return 1;
    for (int k = 0; k < spec->n_closings; k++)
        share += t >= spec->closing[k].period ? spec->closing[k].share : 0;
    return share;
}

/* ---- when money comes ---- */

/* Whether deals may wait for a grant. */
static int is_waited_for(const struct mld_fund_spec *spec, const struct mld_fund_grant *grant)
{
    return !spec->recycling.present && grant->amount > 0 && grant->year > 0 &&
           grant->year < spec->investment_years;
}

int mld_fund_grows(const struct mld_fund_spec *spec)
{
    int grows = spec->n_closings > 1;
    for (int i = 0; i < spec->n_grants; i++)
        grows |= is_waited_for(spec, &spec->grant[i]);
    return grows;
}

int mld_fund_last_inflow(const struct mld_grid *grid, const struct mld_fund_spec *spec)
{
    int last = spec->n_closings > 1 ? spec->closing[spec->n_closings - 1].period : 0;
    for (int i = 0; i < spec->n_grants; i++) {
        int t = spec->grant[i].year * grid->periods_per_year;
        last = is_waited_for(spec, &spec->grant[i]) && t > last ? t : last;
    }
    return last;
}

/* ---- what those admitted are charged ---- */

/* Of a full period, on the commitments admitted in t and grants. */
static double full_period(const struct mld_fund_spec *spec, const struct mld_fee_rates *fee, int t)
{
    double c = fee->base == MLD_BASE_WITHOUT_C ? spec->share_class[MLD_CLASS_C].commitment : 0,
           admitted = mld_fund_admitted(spec, t), base = spec->size - c;
    return mld_fee_of(fee, admitted < 1 ? base - (spec->commitments - c) * (1 - admitted) : base);
}

/* Periods of a row's before t. */
static int periods_before(const struct mld_fee_rates *fee, int t)
{
    int end = t < fee->to ? t : fee->to;
    return end > fee->from ? end - fee->from : 0;
}

double mld_fee_charged(const struct mld_fund_spec *spec, const struct mld_fee_rates *fee, int t)
{
    double full = full_period(spec, fee, t),
           arrears = t > 0 ? full - full_period(spec, fee, t - 1) : 0;
    return (t >= fee->from && t < fee->to ? full : 0) + arrears * periods_before(fee, t);
}

/* What rows on commitments charge in t. */
static double charged_in(const struct mld_fund_spec *spec, int n, const struct mld_fee_rates *fee,
                         int t)
{
    double charged = 0;
    for (int i = 0; i < n; i++)
        charged += mld_fee_is_on_commitments(&fee[i]) ? mld_fee_charged(spec, &fee[i], t) : 0;
    return charged;
}

double mld_fund_room(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t)
{
    struct mld_fee_rates fee[MLD_MAX_FEES];
    int n = mld_fee_rates(grid, spec, fee);
    double admitted = mld_fund_admitted(spec, t), granted = mld_fund_granted_by(grid, spec, t),
           charged = spec->setup * spec->size;
    if (t >= mld_fund_last_inflow(grid, spec))
        return (double)INFINITY;
    for (int i = 0; i < n; i++)
        if (mld_fee_is_on_commitments(&fee[i]))
            charged += full_period(spec, &fee[i], t) * periods_before(&fee[i], t + 1);
    return admitted * spec->commitments + granted - charged;
}

/* ---- what is promised ---- */

void mld_fund_plan_ahead(const struct mld_grid *grid, const struct mld_fund_spec *spec,
                         struct mld_fund_rates *rates)
{
    double before = mld_fund_admitted(spec, 0);
    rates->planned = mld_fund_looks_ahead(spec) && (mld_fund_grows(spec) || rates->lends)
                         ? spec->investment_periods
                         : 0;
    for (int t = 1; t < rates->planned; t++) {
        double admitted = mld_fund_admitted(spec, t);
        rates->need[t] = charged_in(spec, rates->n_fees, rates->fee, t) -
                         (admitted - before) * spec->commitments -
                         mld_fund_granted_in(grid, spec, t);
        before = admitted;
    }
}

/* promised(t) = max(0, promised(t+1) + tickets and costs of t+1 − what comes in then) */
MLD_CLONES
static void look_back(int n, double need, const double *restrict invested,
                      const double *restrict later, double *restrict promised)
{
    for (int i = 0; i < n; i++)
        promised[i] = mld_positive(later[i] + invested[i] + need);
}

void mld_fund_foresee(struct mld_fund_flows *flows, double *invested)
{
    const struct mld_fund_rates *rates = flows->rates;
    for (int t = rates->planned - 1; t > 0; t--)
        look_back(flows->width, rates->need[t], mld_fund_row(flows, invested, t),
                  mld_fund_row(flows, flows->promised, t),
                  mld_fund_row(flows, flows->promised, t - 1));
}

MLD_CLONES
static void leave_promised(int n, const double *restrict promised, const double *restrict callable,
                           const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_accounts at = *accounts;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++)
        at.spendable[i] = callable[i] + at.unspent[i] + at.aside_capital[i] + at.aside_carry[i] -
                          promised[i];
}

static void admit(int n, double amount, double *restrict uncalled)
{
    for (int i = 0; i < n; i++)
        uncalled[i] += amount;
}

void mld_fund_admit(const struct mld_fund_spec *spec, int t, struct mld_fund_flows *flows,
                    const struct mld_fund_accounts *accounts)
{
    for (int k = 1; k < spec->n_closings; k++)
        if (t == spec->closing[k].period)
            admit(flows->width, spec->closing[k].share * spec->commitments, accounts->uncalled);
    mld_line_open_period(spec, t, flows, accounts);
    if (flows->rates->planned)
        leave_promised(flows->width, mld_fund_row(flows, flows->promised, t),
                       flows->rates->lends ? accounts->callable : accounts->uncalled, accounts);
}

/* ---- newcomers and earlier members ---- */

/* What the class paid less what it received in a period `age` years ago. */
MLD_CLONES
static void add_period(int n, double share, double age, const double *restrict call,
                       const double *restrict distribution, double *restrict net,
                       double *restrict aged)
{
    for (int i = 0; i < n; i++) {
        double paid = share * call[i] - distribution[i];
        net[i] += paid;
        aged[i] += age * paid;
    }
}

/* Of both together, at least 0, the part that gives back what was paid in comes first. */
MLD_CLONES
static void settle(int n, double part, double rate, double *restrict principal,
                   double *restrict interest)
{
    for (int i = 0; i < n; i++) {
        double back = part * principal[i],
               together = mld_positive(back + part * rate * interest[i]);
        principal[i] = mld_least(mld_positive(back), together);
        interest[i] = together - principal[i];
    }
}

void mld_fund_equalise(const struct mld_fund_flows *flows, const struct mld_grid *grid,
                       const struct mld_fund_spec *spec, int class_index, int k, double *principal,
                       double *interest)
{
    int n = flows->width, closing = spec->closing[k].period;
    double share = spec->share_class[class_index].commitment / spec->commitments,
           part = spec->closing[k].share / mld_fund_admitted(spec, closing);
    memset(principal, 0, (size_t)n * sizeof *principal);
    memset(interest, 0, (size_t)n * sizeof *interest);
    for (int t = 0; t < closing; t++)
        add_period(n, share, (double)(closing - t) / grid->periods_per_year,
                   mld_fund_row(flows, flows->call, t),
                   mld_fund_row(flows, flows->distribution[class_index], t), principal, interest);
    settle(n, part, spec->equalisation_rate, principal, interest);
}
