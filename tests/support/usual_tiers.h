/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The usual list of tiers, with one of any type in it. */
#ifndef TEST_SUPPORT_USUAL_TIERS_H
#define TEST_SUPPORT_USUAL_TIERS_H

#include "support/fund_case.h"

#include <stdio.h>

/**
 * The usual list, with a tier of a type that is not in it before the last. Returns the place of the
 * last tier of that type.
 */
static inline int usual_with(int type, struct mld_fund_spec *fund)
{
    for (int i = fund->n_tiers - 1; i >= 0; i--)
        if (fund->tier[i].type == type)
            return i;
    int to = MLD_TO_A, last = fund->n_tiers++ - 1;
    while (mld_tiers[type]->pays && !(mld_tiers[type]->pays >> to & 1U))
        to++;
    fund->tier[last + 1] = fund->tier[last];
    fund->tier[last] = mld_tier_of(type, to);
    return last;
}

/** The list that usual_with() makes, as a scenario writes it. */
static inline int usual_text(int type, char *text, size_t size)
{
    struct mld_plan *plan = fund_plan(1, 1, 1, 1, 1, 1);
    const struct mld_fund_spec *fund = &plan->fund;
    int place = usual_with(type, &plan->fund), used = snprintf(text, size, "fund.tiers=( ");
    for (int i = 0; i < fund->n_tiers; i++) {
        int pays = mld_tiers[fund->tier[i].type]->pays != 0;
        used += snprintf(text + used, size - (size_t)used, "%s{ type = \"%s\"; %s%s%s }",
                         i ? ", " : "", mld_tiers[fund->tier[i].type]->name, pays ? "to = \"" : "",
                         pays ? mld_tier_to_names[fund->tier[i].to] : "", pays ? "\";" : "");
    }
    snprintf(text + used, size - (size_t)used, " )");
    free(plan);
    return place;
}

#endif
