/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Net asset value by class (model, section 18): none is negative, and they add up to max(0, that of
 * the fund). Gives in `violation` the first that is not so, as mld_fund_check(); tolerance 1e-6 EUR
 * + 1e-12 of the commitments and of the value.
 */
#ifndef MILLIARD_AUDIT_NAV_H
#define MILLIARD_AUDIT_NAV_H

#include "milliard/nav.h"
#include "milliard/violation.h"

void mld_nav_check(const struct mld_nav *nav, const struct mld_grid *grid,
                   const struct mld_fund_spec *spec, uint32_t first, int paths, int design,
                   struct mld_violation *violation);

#endif
