/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Indicators (model, section 20): what deals make of each, by year, by instrument and by legal form
 * adds up to the same, and nothing is negative. Gives in `violation` the first path for which it is
 * not so, as mld_fund_check(); tolerance 1e-12 of what is made.
 */
#ifndef MILLIARD_AUDIT_INDICATORS_H
#define MILLIARD_AUDIT_INDICATORS_H

#include "milliard/indicators.h"
#include "milliard/violation.h"

void mld_indicators_check(const struct mld_indicators *indicators, uint32_t first, int paths,
                          int design, struct mld_violation *violation);

#endif
