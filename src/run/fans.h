/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The fans of a run: mean and quantiles by step of every series and design, over all paths. */
#ifndef MILLIARD_RUN_FANS_H
#define MILLIARD_RUN_FANS_H

#include "milliard/simulate.h"
#include "milliard/summary.h"

struct mld_fans;

/** NULL when there is no memory. `paths`: length of the run. */
struct mld_fans *mld_fans_create(const struct mld_plan *plan, uint32_t paths);
void mld_fans_free(struct mld_fans *fans);

/** Columns of a design: the steps of every series that applies to it. */
int mld_fans_columns(const struct mld_fans *fans, int design);
/**
 * Feeds one column of a block of consecutive paths; series: [step][path], `width` wide, as
 * mld_simulate lays it out. Each column in path order, by one thread at a time.
 */
void mld_fans_feed(struct mld_fans *fans, int design, int column, uint32_t first, int paths,
                   int width, const double *series);
/** Means, errors and quantiles into the summary. */
enum mld_status mld_fans_finish(const struct mld_fans *fans, struct mld_summary *summary);

#endif
