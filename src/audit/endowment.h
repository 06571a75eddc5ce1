/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The endowment (model, section 20): balance before + receipts = cost + grants + balance after,
 * never negative; its grants are within their bounds, and leave less than the smallest. Gives in
 * `violation` the first path and year (its first period) for which it is not so, as
 * mld_fund_check(); tolerance 1e-6 EUR + 1e-12 of the amounts.
 */
#ifndef MILLIARD_AUDIT_ENDOWMENT_H
#define MILLIARD_AUDIT_ENDOWMENT_H

#include "milliard/endowment.h"
#include "milliard/violation.h"

void mld_endowment_check(const struct mld_endowment *endowment,
                         const struct mld_endowment_spec *spec, const struct mld_grid *grid,
                         uint32_t first, int paths, int design, struct mld_violation *violation);

#endif
