/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The fund's identities of section 10, checked on every path and period from its flows alone.
 *
 * Given a filled fund, and rows of scratch: MLD_FUND_AUDIT_ROWS of the fund's width.
 * Gives in `violation` the first one: the lowest path, and of it the earliest period. One that is
 * already there stays unless a lower path violates something; the caller empties it (what = NULL)
 * before a batch. Tolerance: 1e-6 EUR + 1e-12 of the commitments and of the money that moves.
 */
#ifndef MILLIARD_AUDIT_FUND_H
#define MILLIARD_AUDIT_FUND_H

#include "milliard/fund.h"
#include "milliard/violation.h"

enum { MLD_FUND_AUDIT_ROWS = 14 };

void mld_fund_check(const struct mld_fund_flows *flows, const struct mld_grid *grid,
                    const struct mld_fund_spec *spec, uint32_t first, int paths, int design,
                    double *scratch, struct mld_violation *violation);

#endif
