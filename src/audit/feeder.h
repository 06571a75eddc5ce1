/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The citizens' fund (model, section 20): in each period cash before + subscriptions + interest +
 * distributions = calls paid + fees + requests paid + final payment + cash after; units and units
 * that wait add up likewise; nothing is negative, no more is paid of a call than it is, no more
 * units go than the gate lets through, and what is paid for them leaves λ × value. Gives in
 * `violation` the first that is not so, as mld_fund_check(); tolerance 1e-6 EUR or units + 1e-12 of
 * what is paid in.
 */
#ifndef MILLIARD_AUDIT_FEEDER_H
#define MILLIARD_AUDIT_FEEDER_H

#include "milliard/feeder.h"
#include "milliard/violation.h"

void mld_feeder_check(const struct mld_feeder *feeder, const struct mld_grid *grid,
                      const struct mld_feeder_spec *spec, uint32_t first, int paths, int design,
                      struct mld_violation *violation);

#endif
