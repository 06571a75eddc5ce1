/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What C pays back once the fund is over (model, section 16): carry beyond its share of the profit,
 * or what A and B lack of their hurdle, whichever is more, but no more than a part of its carry.
 */
#include "fund/accounts.h"

#include <string.h>

#include "core/vector.h"

/* All that was distributed, and the carry in it after impact, to date. */
struct totals {
    double *distributed, *carry;
};

static void add_period(struct mld_fund_flows *flows, int t, const struct totals *to)
{
    int n = flows->width;
    for (int class = 0; class < MLD_CLASSES; class ++)
        mld_fund_add(n, mld_fund_row(flows, flows->distribution[class], t), to->distributed);
    mld_fund_add(n, mld_fund_row(flows, flows->beneficiary, t), to->distributed);
    mld_fund_add(n, mld_fund_row(flows, flows->carry, t), to->carry);
}

/* Of the fund's terms, and the rows of t_L that change. */
struct claw {
    double part, k, chi, granted, paid_in_b; /* c; largest carry; share of impact; … */
    double *a, *b, *c, *carry, *clawed;
};

/* min(c × carry, max(carry − k(1 − χ + χ·score)·max(0, D − calls − grants), hurdles lacking, 0)) */
MLD_CLONES
static void pay_back(int n, const struct claw *terms, const double *score,
                     const struct totals *totals, const struct mld_fund_accounts *accounts)
{
    const struct claw of = *terms;
    const struct totals all = *totals;
    const struct mld_fund_accounts at = *accounts;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double carry = mld_positive(all.carry[i]);
        double gain = mld_positive(all.distributed[i] - at.called[i] - of.granted);
        double share = of.k * (1.0 - of.chi + of.chi * score[i]) * gain;
        double lacks_a = mld_positive(at.hurdle_a[i]), lacks_b = mld_positive(at.hurdle_b[i]),
               lacks = lacks_a + lacks_b;
        double beyond = mld_positive(carry - share), due = beyond > lacks ? beyond : lacks;
        double paid = mld_least(of.part * carry, due);
        double part_b = lacks > 0.0 ? lacks_b / (lacks > 0.0 ? lacks : 1.0) : of.paid_in_b;
        double b = part_b * paid, a = paid - b;
        of.clawed[i] = paid;
        of.c[i] -= paid;
        of.carry[i] -= paid;
        of.a[i] += a;
        of.b[i] += b;
        at.hurdle_a[i] -= a;
        at.hurdle_b[i] -= b;
    }
}

void mld_fund_claw_back(const struct mld_grid *grid, const struct mld_fund_spec *spec,
                        struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts)
{
    int n = flows->width, t = grid->last;
    if (!(spec->claw_back > 0.0)) {
        mld_fund_zero(flows, flows->clawed, t);
        return;
    }
    const struct totals totals = { accounts->to_a, accounts->c_carry };
    memset(totals.distributed, 0, (size_t)n * sizeof(double));
    memset(totals.carry, 0, (size_t)n * sizeof(double));
    for (int u = 0; u <= t; u++)
        add_period(flows, u, &totals);
    const struct claw terms = {
        .part = spec->claw_back,
        .k = flows->rates->carry,
        .chi = spec->impact_share,
        .granted = spec->grants_to_carry ? 0.0 : mld_fund_granted_by(grid, spec, t),
        .paid_in_b = flows->rates->paid_in_b,
        .a = mld_fund_row(flows, flows->distribution[MLD_CLASS_A], t),
        .b = mld_fund_row(flows, flows->distribution[MLD_CLASS_B], t),
        .c = mld_fund_row(flows, flows->distribution[MLD_CLASS_C], t),
        .carry = mld_fund_row(flows, flows->carry, t),
        .clawed = mld_fund_row(flows, flows->clawed, t),
    };
    pay_back(n, &terms, flows->score, &totals, accounts);
}
