/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Capital back, before any profit (model, section 8). */
#include "core/vector.h"
#include "fund/tiers.h"
#include "fund/two_classes.h"

/* Capital called and not yet returned, of A and B. */
MLD_CLONES
static void return_capital(int n, struct two_classes classes,
                           const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_accounts at = *accounts;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double due_a = classes.a * mld_positive(at.capital_a[i]);
        double owed_b = mld_positive(at.capital_b[i]);
        double due_b = classes.b *
                       (classes.capped ? mld_least(owed_b, mld_positive(at.hurdle_b[i])) : owed_b);
        double paid = mld_least(at.left[i], due_a + due_b);
        double b = part_of_b(paid, due_a, due_b, classes);
        double a = paid - b;
        at.left[i] -= paid;
        at.capital_a[i] -= a;
        at.capital_b[i] -= b;
        at.hurdle_a[i] -= a;
        at.hurdle_b[i] -= b;
        at.to_a[i] += a;
        at.to_b[i] += b;
    }
}

MLD_CLONES
static void return_capital_of_c(int n, double *restrict left, double *restrict capital_c,
                                double *restrict c_capital)
{
    for (int i = 0; i < n; i++) {
        double paid = mld_least(left[i], mld_positive(capital_c[i]));
        left[i] -= paid;
        capital_c[i] -= paid;
        c_capital[i] += paid;
    }
}

static void pay_return_of_capital(const struct mld_fund_spec *fund,
                                  const struct mld_fund_rates *rates, const struct mld_tier *tier,
                                  int n, const struct mld_fund_accounts *accounts)
{
    (void)rates;
    if (tier->to == MLD_TO_C)
        return_capital_of_c(n, accounts->left, accounts->capital_c, accounts->c_capital);
    else
        return_capital(n, two_classes(fund, tier), accounts);
}

const struct mld_tier_descriptor mld_tier_return_of_capital = {
    .name = "return_of_capital",
    .summary_en = "Pays back the capital called and not yet returned; between A and B pro "
                  "rata to what is owed to each, or A first when B takes the first losses.",
    .summary_fr = "Rembourse le capital appelé et non encore rendu ; entre A et B au prorata "
                  "de ce qui est dû à chacune, ou à A d'abord lorsque B supporte les "
                  "premières pertes.",
    .source = "Model, section 8; Code général des impôts, art. 150-0 A, II, 8: carry units "
              "are paid after the others' contributions are repaid.",
    .pays = 1U << MLD_TO_A | 1U << MLD_TO_B | 1U << MLD_TO_A_AND_B | 1U << MLD_TO_C,
    .settles = MLD_SETTLES_CAPITAL,
    .pay = pay_return_of_capital,
};
