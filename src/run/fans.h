/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The fans of a run: mean and quantiles by step of every series and branch, over all paths. */
#ifndef MILLIARD_RUN_FANS_H
#define MILLIARD_RUN_FANS_H

#include "milliard/simulate.h"
#include "milliard/summary.h"

struct mld_fans;

/** NULL when there is no memory. `paths`: length of the run. */
struct mld_fans *mld_fans_create(const struct mld_plan *plan, uint32_t paths, int threads);
void mld_fans_free(struct mld_fans *fans);

/** Counts one block by one thread; `slot`: its place in the wave. series[branch]: [step][path], `width` wide. */
void mld_fans_block(struct mld_fans *fans, int thread, int slot, uint32_t first, int paths, int width,
                    double *const series[MLD_BRANCHES]);
/** Takes the block of `slot` for good, in path order. */
void mld_fans_merge(struct mld_fans *fans, int slot);
/** Means, errors and quantiles into the summary. */
enum mld_status mld_fans_finish(struct mld_fans *fans, struct mld_summary *summary);

#endif
