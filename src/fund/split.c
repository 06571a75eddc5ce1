/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What remains, or what there is until a hurdle, shared (model, sections 8 and 16). */
#include "core/vector.h"
#include "fund/profit.h"
#include "fund/tiers.h"
#include "params/rows.h"

static const struct mld_param params[] = {
    MLD_ROW_REAL(mld_tier, carry, "carry", "1", 0, 0.99, NAN, .inherits = "fund.carry",
                 .doc_en = "Share k of what is left that goes to C.",
                 .doc_fr = "Part k du solde qui va à C.", .source = "model, sections 8 and 16"),
    MLD_ROW_TEXT(mld_tier, until, "until", .fallback = NAN,
                 .doc_en = "Name of a later preferred return, at whose hurdle the split ends.",
                 .doc_fr = "Nom d'un rendement prioritaire qui suit, à l'atteinte duquel le "
                           "partage s'arrête.",
                 .source = "model, section 16"),
    MLD_PARAM_END
};

/* What a split until a hurdle leaves for the tiers after it, and the terms that say how much. */
struct bound {
    double part_c, paid_in_b;
    int capped;
    const double *account_a; /* A's account of that hurdle */
};

/*
 * The split ends when it has given A what its account lacks: A gets (1 − k)(1 − B's part) of it, or
 * (1 − k) less what B may still get once a capped B gets no more.
 */
MLD_CLONES
static void keep_beyond(int n, const struct bound *bound, const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_accounts at = *accounts;
    const struct bound of = *bound;
    const double not_c = 1.0 - of.part_c, part_a = not_c * (1.0 - of.paid_in_b);
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double lacks = mld_positive(of.account_a[i]), most_b = mld_positive(at.hurdle_b[i]);
        double uncapped = lacks / part_a, stopped = (lacks + most_b) / not_c;
        double amount = of.capped && of.paid_in_b * not_c * uncapped > most_b ? stopped : uncapped;
        double shared = mld_least(at.left[i], amount);
        at.beyond[i] = at.left[i] - shared;
        at.left[i] = shared;
    }
}

static void pay_split(const struct mld_fund_spec *fund, const struct mld_fund_rates *rates,
                      const struct mld_tier *tier, int n, const struct mld_fund_accounts *accounts)
{
    const struct mld_profit_terms terms = { .part_c = tier->carry,
                                            .paid_in_b = rates->paid_in_b,
                                            .capped = fund->capped_return };
    if (!*tier->until) {
        mld_fund_share_profit(n, terms, accounts);
        return;
    }
    const struct bound bound = { terms.part_c, terms.paid_in_b, terms.capped,
                                 mld_fund_account(fund, rates, tier, MLD_CLASS_A, n, accounts) };
    keep_beyond(n, &bound, accounts);
    mld_fund_share_profit(n, terms, accounts);
    mld_fund_add(n, accounts->beyond, accounts->left);
}

const struct mld_tier_descriptor mld_tier_split = {
    .name = "split",
    .summary_en = "Shares what remains, or what there is until a later hurdle is reached: the "
                  "agreed part to the carry units, the rest to A and B pro rata to what they "
                  "paid in.",
    .summary_fr = "Partage le solde, ou ce qu'il faut pour atteindre un rendement prioritaire qui "
                  "suit : la fraction convenue aux parts de carried interest, le reste à A et B "
                  "au prorata de leurs versements.",
    .source = "Model, sections 8 and 16; Code général des impôts, art. 150-0 A, II, 8: not before "
              "five years.",
    .params = params,
    .settles = MLD_SETTLES_REST,
    .pay = pay_split,
};
