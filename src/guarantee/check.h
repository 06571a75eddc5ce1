/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Identities of the guarantee (model, section 10), on every path and period of a batch. */
#ifndef MILLIARD_GUARANTEE_CHECK_H
#define MILLIARD_GUARANTEE_CHECK_H

#include "milliard/simulate.h"

/**
 * Checks a closed batch.
 * Given: paths numbered from `first`; `fund` of the branch with, or NULL without a fund.
 * Gives: the first violation in *violation; one that is already there stays unless a lower path violates something.
 * Source: model, sections 7 and 10.
 */
void mld_guarantee_check(const struct mld_plan *plan, uint32_t first, int paths, const struct mld_guarantee_flows *flows,
                         const struct mld_fund_flows *fund, struct mld_violation *violation);

#endif
