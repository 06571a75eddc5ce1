/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What is told by instrument and by legal form adds up to the whole, on every path of a batch. */
#ifndef MILLIARD_AUDIT_POOLS_H
#define MILLIARD_AUDIT_POOLS_H

#include "milliard/group.h"
#include "milliard/pools.h"
#include "milliard/violation.h"

/**
 * Checks closed pools: costs by instrument add up to what is invested, and losses of each kind by
 * instrument to those by legal form, so that an instrument that a table forgets is told.
 * Given: paths numbered from `first`; the place of a design that reads the pools, to tell it.
 * Gives: the first violation in *violation; one that is already there stays unless a lower path
 * violates something.
 */
void mld_pools_check(const struct mld_pools *pools, uint32_t first, int paths, int design,
                     struct mld_violation *violation);

/**
 * Checks that the groups of each kind add up to the pools, on every path: cost, losses, and what is
 * received in all. Given and gives as mld_pools_check().
 */
void mld_groups_check(const struct mld_groups *groups, const struct mld_pools *pools,
                      uint32_t first, int paths, int design, struct mld_violation *violation);

#endif
