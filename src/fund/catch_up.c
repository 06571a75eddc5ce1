/* SPDX-License-Identifier: GPL-3.0-or-later */
/* C catches up with its part of all profit (model, section 8). */
#include "fund/profit.h"
#include "fund/tiers.h"
#include "params/rows.h"

#include <stdio.h>

static const struct mld_param params[] = {
    MLD_ROW_REAL(mld_tier, share, "share", "1", 0, 1, NAN, .inherits = "fund.catch_up",
                 .doc_en = "Share g of the tier that goes to C; 1 is a full catch-up.",
                 .doc_fr = "Part g de l'étage qui va à C ; 1 pour un rattrapage total.",
                 .source = "model, sections 8 and 16"),
    MLD_ROW_REAL(mld_tier, carry, "carry", "1", 0, 0.99, NAN, .inherits = "fund.carry",
                 .doc_en = "Share k of the profit up to which C catches up.",
                 .doc_fr = "Part k du profit jusqu'à laquelle C rattrape.",
                 .source = "model, sections 8 and 16"),
    MLD_PARAM_END
};

static const struct mld_param *check(const struct mld_tier *tier, char *why, size_t size)
{
    if (tier->carry == 0.0 || tier->share > tier->carry)
        return NULL;
    snprintf(why, size, " = %g must be above carry = %g, else C never catches up", tier->share,
             tier->carry);
    return params;
}

/*
 * With g ≤ k C would never catch up: the tier is empty, which is how g = 0 stands for a hard
 * hurdle.
 */
static void pay_catch_up(const struct mld_fund_spec *fund, const struct mld_fund_rates *rates,
                         const struct mld_tier *tier, int n,
                         const struct mld_fund_accounts *accounts)
{
    const struct mld_profit_terms terms = { .part_c = tier->share,
                                            .k = tier->carry,
                                            .paid_in_b = rates->paid_in_b,
                                            .catch_up = 1,
                                            .capped = fund->capped_return };
    if (tier->share > tier->carry)
        mld_fund_share_profit(n, terms, accounts);
}

const struct mld_tier_descriptor mld_tier_catch_up = {
    .name = "catch_up",
    .summary_en = "Pays the carry units a larger share until they hold the agreed part of all "
                  "profit; empty when that share does not exceed the agreed part (hard "
                  "hurdle).",
    .summary_fr = "Verse aux parts de carried interest une part majorée jusqu'à ce qu'elles "
                  "détiennent la fraction convenue de tout le profit (rattrapage) ; sans "
                  "effet si cette part n'excède pas la fraction convenue.",
    .source = "Model, section 8; Code général des impôts, art. 150-0 A, II, 8: not before "
              "five years.",
    .params = params,
    .check = check,
    .pay = pay_catch_up,
};
