/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The yield of the hurdle (model, section 8). */
#include "core/vector.h"
#include "fund/tiers.h"
#include "fund/two_classes.h"
#include "params/rows.h"

static const struct mld_param params[] = {
    MLD_ROW_REAL(mld_tier, rate, "rate", "1/year", 0, 0.5, NAN, .inherits = "fund.hurdle",
                 .doc_en = "Rate of the hurdle account, compounded.",
                 .doc_fr = "Taux du compte de rendement prioritaire, capitalisé.",
                 .source = "model, sections 8 and 16"),
    MLD_ROW_REAL(mld_tier, multiple, "multiple", "1", 1, 10, NAN, .instead = "rate",
                 .doc_en = "Multiple of what the class paid in, instead of a rate.",
                 .doc_fr = "Multiple de ce que la catégorie a versé, au lieu d'un taux.",
                 .source = "model, section 16"),
    MLD_ROW_TEXT(mld_tier, name, "name", .fallback = NAN,
                 .doc_en = "By which a split says that it ends there.",
                 .doc_fr = "Par lequel un partage dit qu'il s'arrête là.",
                 .source = "model, section 16"),
    MLD_PARAM_END
};

/* The yield that a class is still due is max(0, hurdle account − capital not returned). */
MLD_CLONES
static void pay_yield(int n, struct two_classes classes, const double *account_a,
                      const double *account_b, const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_accounts at = *accounts;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double due_a = classes.a * mld_positive(account_a[i] - at.capital_a[i]);
        double due_b = classes.b * mld_positive(account_b[i] - at.capital_b[i]);
        double paid = mld_least(at.left[i], due_a + due_b);
        double b = part_of_b(paid, due_a, due_b, classes);
        double a = paid - b;
        at.left[i] -= paid;
        at.hurdle_a[i] -= a;
        at.hurdle_b[i] -= b;
        at.profit[i] += paid;
        at.to_a[i] += a;
        at.to_b[i] += b;
    }
}

static void pay_preferred_return(const struct mld_fund_spec *fund,
                                 const struct mld_fund_rates *rates, const struct mld_tier *tier,
                                 int n, const struct mld_fund_accounts *accounts)
{
    pay_yield(n, two_classes(fund, tier),
              mld_fund_account(fund, rates, tier, MLD_CLASS_A, n, accounts),
              mld_fund_account(fund, rates, tier, MLD_CLASS_B, n, accounts), accounts);
}

const struct mld_tier_descriptor mld_tier_preferred_return = {
    .name = "preferred_return",
    .summary_en = "Pays A and B the yield of the hurdle: their hurdle account, compounded or a "
                  "multiple of what they paid in, less the capital not yet returned.",
    .summary_fr = "Verse à A et B le rendement prioritaire : leur compte de rendement, "
                  "capitalisé ou multiple de ce qu'elles ont versé, moins le capital non encore "
                  "rendu.",
    .source = "Model, sections 8 and 16.",
    .params = params,
    .pays = 1U << MLD_TO_A | 1U << MLD_TO_B | 1U << MLD_TO_A_AND_B,
    .settles = MLD_SETTLES_YIELD,
    .pay = pay_preferred_return,
};
