/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Grants of the State to the fund (model, section 13): kept apart and spent before anything is
 * called, until the investment period ends and what is left becomes cash. What was given is no
 * profit: unless a scenario says so, it earns no carry.
 */
#include "fund/accounts.h"

#include <math.h>
#include <string.h>

#include "core/vector.h"

double mld_fund_public_money(const struct mld_fund_spec *spec)
{
    double money = 0;
    for (int k = 0; k < MLD_CLASSES; k++)
        money += spec->share_class[k].commitment * mld_public_share(&spec->share_class[k]);
    for (int i = 0; i < spec->n_grants; i++)
        money += spec->grant[i].amount;
    return money;
}

double mld_fund_private_part(const struct mld_fund_spec *spec)
{
    if (isnan(spec->share_class[MLD_CLASS_A].public_share))
        return NAN;
    return 1 - mld_fund_public_money(spec) / spec->size;
}

double mld_fund_granted_in(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t)
{
    double amount = 0;
    for (int i = 0; i < spec->n_grants; i++)
        if (t == spec->grant[i].year * grid->periods_per_year)
            amount += spec->grant[i].amount;
    return amount;
}

double mld_fund_granted_by(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t)
{
    double amount = 0;
    for (int i = 0; i < spec->n_grants; i++)
        if (t >= spec->grant[i].year * grid->periods_per_year)
            amount += spec->grant[i].amount;
    return amount;
}

static void take(int n, double amount, double *restrict money)
{
    for (int i = 0; i < n; i++)
        money[i] += amount;
}

void mld_fund_take_grants(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                          struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts)
{
    int n = flows->width;
    if (!spec->n_grants)
        return;
    take(n, mld_fund_granted_in(grid, spec, t), accounts->unspent);
    if (t < mld_fund_grants_end(grid, spec))
        return;
    mld_fund_add(n, accounts->unspent, accounts->cash);
    memset(accounts->unspent, 0, (size_t)n * sizeof(double));
}

/*
 * gain = max(0, allotted − called − granted), all to date; of the carry of t, C keeps
 *     min(carry of t, max(0, k gain − carry before)),
 * and A gets the rest as its own.
 */
MLD_CLONES
static void hold_carry(int n, double k, double commitments, double granted,
                       const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_accounts at = *accounts;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double carry = at.c_carry[i];
        at.allotted[i] += at.to_a[i] + at.to_b[i] + at.c_capital[i] + carry;
        double called = commitments - at.uncalled[i] + at.recalled[i],
               gain = mld_positive(at.allotted[i] - called - granted);
        double kept = mld_least(carry, mld_positive(k * gain - (at.carry[i] - carry)));
        double rest = carry - kept;
        at.c_carry[i] = kept;
        at.carry[i] -= rest;
        at.hurdle_a[i] -= rest;
        at.to_a[i] += rest;
    }
}

void mld_fund_hold_carry(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                         struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts)
{
    hold_carry(flows->width, flows->rates->carry,
               flows->rates->commitments * mld_fund_admitted(spec, t),
               mld_fund_granted_by(grid, spec, t), accounts);
}
