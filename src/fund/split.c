/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What remains, shared (model, section 8). */
#include "fund/profit.h"
#include "fund/tiers.h"
#include "params/rows.h"

static const struct mld_param params[] = {
    MLD_ROW_REAL(mld_tier, carry, "carry", "1", 0, 0.99, NAN, .inherits = "fund.carry",
                 .doc_en = "Share k of what is left that goes to C.",
                 .doc_fr = "Part k du solde qui va à C.", .source = "model, sections 8 and 16"),
    MLD_PARAM_END
};

static void pay_split(const struct mld_fund_spec *fund, const struct mld_fund_rates *rates,
                      const struct mld_tier *tier, int n, const struct mld_fund_accounts *accounts)
{
    const struct mld_profit_terms terms = { .part_c = tier->carry,
                                            .paid_in_b = rates->paid_in_b,
                                            .capped = fund->capped_return };
    mld_fund_share_profit(n, terms, accounts);
}

const struct mld_tier_descriptor mld_tier_split = {
    .name = "split",
    .summary_en = "Shares what remains: the agreed part to the carry units, the rest to A and "
                  "B pro rata to what they paid in.",
    .summary_fr = "Partage le solde : la fraction convenue aux parts de carried interest, le "
                  "reste à A et B au prorata de leurs versements.",
    .source = "Model, section 8; Code général des impôts, art. 150-0 A, II, 8: not before "
              "five years.",
    .params = params,
    .settles = MLD_SETTLES_REST,
    .pay = pay_split,
};
