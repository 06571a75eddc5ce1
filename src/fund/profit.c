/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fund/profit.h"

#include "core/vector.h"

MLD_CLONES
void mld_fund_share_profit(int n, struct mld_profit_terms terms,
                           const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_accounts at = *accounts;
    const double part_c = terms.part_c, k = terms.k, paid_in_b = terms.paid_in_b;
    const int catch_up = terms.catch_up, capped = terms.capped;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double due = mld_positive((k * at.profit[i] - at.carry[i]) / (part_c - k));
        double paid = catch_up ? mld_least(at.left[i], due) : at.left[i];
        double c = part_c * paid;
        double pro_rata = paid_in_b * (paid - c);
        double b = capped ? mld_least(pro_rata, mld_positive(at.hurdle_b[i])) : pro_rata;
        double a = paid - c - b;
        at.left[i] -= paid;
        at.hurdle_a[i] -= a;
        at.hurdle_b[i] -= b;
        at.profit[i] += paid;
        at.carry[i] += c;
        at.to_a[i] += a;
        at.to_b[i] += b;
        at.c_carry[i] += c;
    }
}
