/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Distributions that may be called again (model, section 16): of the capital that a period gave
 * back, a part adds to what is uncalled, until a date.
 */
#include "fund/accounts.h"

#include "core/vector.h"

void mld_fund_note_capital(const struct mld_fund_spec *spec, const struct mld_fund_flows *flows,
                           const struct mld_fund_accounts *accounts)
{
    if (spec->recallable_share > 0.0)
        mld_fund_sum(flows->width, accounts->capital_a, accounts->capital_b,
                     accounts->capital_before);
}

/* Capital of A and B is what their accounts fell by; C's what it was paid beside carry. */
MLD_CLONES
static void recall(int n, double share, const double *to_c, const double *carry, double *recalled,
                   const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_accounts at = *accounts;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double back = mld_positive(at.capital_before[i] - at.capital_a[i] - at.capital_b[i]) +
                      mld_positive(to_c[i] - carry[i]);
        double amount = share * back;
        recalled[i] = amount;
        at.recalled[i] += amount;
        at.uncalled[i] += amount;
    }
}

void mld_fund_recall(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                     struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts)
{
    int until = (int)(grid->periods_per_year * spec->recallable_until + 0.5);
    if (!(spec->recallable_share > 0.0) || t >= until || t == grid->last) {
        mld_fund_zero(flows, flows->recalled, t);
        return;
    }
    recall(flows->width, spec->recallable_share,
           mld_fund_row(flows, flows->distribution[MLD_CLASS_C], t),
           mld_fund_row(flows, flows->carry, t), mld_fund_row(flows, flows->recalled, t), accounts);
}
