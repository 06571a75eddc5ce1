/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A design whose fund chooses its deals (model, section 16): priced period by period, each deal
 * made if the fund can then pay it. Private to src/run.
 */
#ifndef MILLIARD_RUN_RECYCLE_H
#define MILLIARD_RUN_RECYCLE_H

#include "milliard/simulate.h"

/** Scratch of the designs of a plan, one after the other. */
struct mld_recycler;
/**
 * For batches of up to `paths` paths with candidates, `deals` of each at most; `accounts`: what the
 * largest guarantee has, mld_guarantee_accounts(), 0 for none. Fails: MLD_ERR_MEMORY; what there is
 * then is cleared by mld_recycler_free().
 */
enum mld_status mld_recycler_create(struct mld_recycler **recycler, int deals, size_t accounts,
                                    int paths);
void mld_recycler_free(struct mld_recycler *recycler);

/**
 * Chooses the deals of a design: advances its guarantee and its fund, which are to be opened anew
 * afterwards, from the first period to the last in which a deal is made. Leaves in the lives the
 * sums of the deals made, and what was skipped. Cannot fail.
 */
void mld_recycle(struct mld_recycler *recycler, const struct mld_model *model,
                 const struct mld_design *design, uint32_t first, int paths,
                 struct mld_lives *lives, struct mld_design_flows *flows);

#endif
