/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The fans of a run: mean and quantiles by step of every series and design, over all paths, and of
 * every row of the groups of deals. A column is one step of one series of one design, or one row of
 * one group; what two designs share is one column. Last come plain columns, which have sums alone:
 * the flows of groups by period.
 */
#ifndef MILLIARD_RUN_FANS_H
#define MILLIARD_RUN_FANS_H

#include "measure/sketch.h"
#include "milliard/simulate.h"
#include "milliard/summary.h"

struct mld_fans;

/** The paths from … to−1 of the plan's count, as mld_sketch_create() has it. NULL: no memory. */
struct mld_fans *mld_fans_create(const struct mld_plan *plan, uint32_t from, uint32_t to);
/** Fans with the same edges, the pilot being full, and nothing counted. NULL: no memory. */
struct mld_fans *mld_fans_like(const struct mld_fans *fans);
void mld_fans_free(struct mld_fans *fans);
/** How many columns the fans of a plan have, and how many of these are not plain. */
int mld_fans_columns(const struct mld_plan *plan);
int mld_fans_counted(const struct mld_plan *plan);

/**
 * What fans are fed of a batch, that a workspace has just simulated: at[column · stride + path].
 */
void mld_fans_keep(const struct mld_fans *fans, uint32_t first, int paths,
                   const struct mld_workspace *workspace, size_t stride, double *at);
/**
 * Feeds one column of consecutive paths of a segment. Each column in path order, by one thread at a
 * time.
 */
void mld_fans_feed(struct mld_fans *fans, int column, uint32_t first, int paths,
                   const double *value);

/* ---- what is saved of them, segment by segment ---- */

/** Closes the last segment of the run, when it is shorter than others. */
void mld_fans_close_segment(struct mld_fans *fans);
/** Sums of the segment closed last, [column]. */
void mld_fans_segment(const struct mld_fans *fans, struct mld_sketch_sums *sums);
/** Adds the sums of the next segment, [column], made elsewhere. */
void mld_fans_add_segment(struct mld_fans *fans, const struct mld_sketch_sums *sums);
/**
 * Counts of all segments fed, of the columns that are not plain: [column][MLD_SKETCH_BINS]. 0: the
 * pilot is not full, and has none.
 */
int mld_fans_counts(const struct mld_fans *fans, uint32_t *counts);
void mld_fans_add_counts(struct mld_fans *fans, const uint32_t *counts);
/**
 * Counts of one segment, of one column, as they pass from who simulated it to who saves it:
 * [MLD_SKETCH_BINS]. Taken, they count here no longer.
 */
void mld_fans_take_few(struct mld_fans *fans, int column, uint16_t *counts);
void mld_fans_add_few(struct mld_fans *fans, int column, const uint16_t *counts);

/** Means, errors and quantiles into the summary. */
enum mld_status mld_fans_finish(const struct mld_fans *fans, struct mld_summary *summary);

#endif
