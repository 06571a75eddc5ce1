/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Identities of the guarantee (model, section 10), on every path and period of a batch. */
#ifndef MILLIARD_AUDIT_GUARANTEE_H
#define MILLIARD_AUDIT_GUARANTEE_H

#include "milliard/fund.h"
#include "milliard/violation.h"

/**
 * Checks a closed batch of a design.
 * Given: paths numbered from `first`; `fund` of the design, or NULL without a fund; the design's
 * place, to tell it.
 * Gives: the first violation in *violation; one that is already there stays unless a lower path
 * violates something.
 * Source: model, sections 7 and 10.
 */
void mld_guarantee_check(const struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                         const struct mld_guarantee_spec *spec, const struct mld_fund_flows *fund,
                         uint32_t first, int paths, int design, struct mld_violation *violation);

#endif
