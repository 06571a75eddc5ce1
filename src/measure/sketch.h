/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Means and quantiles of many columns (the steps of a fan) over all paths, in memory that does not
 * grow with them.
 *
 * Each column keeps its first PILOT values; when the run is no longer, its quantiles are exact.
 * When it is longer, the sorted pilot gives up to 2047 edges at equal ranks, and every value of the
 * run is counted, exactly, as equal to an edge or between two. A quantile is then the edge nearest
 * in rank; its rank error is known from the counts: half the share of the values between two edges
 * at most, some 0.02 % (the edges are 8 ranks of 16384 apart), and 0 on an atom such as an exact 0.
 * Counts are integers; sums run in path order in 8 lanes (lane = path mod 8) inside a segment of
 * 4096 paths, and segments are added in order: one column is fed by one thread at a time, in path
 * order, so nothing depends on threads or batches.
 *
 * A sketch can be taken up again. Edges and origin come from the first PILOT paths, which are fed
 * first whatever follows; sums of a segment and counts can then be had, kept, and added to another
 * sketch of the same run: to go on with it, or to put pieces of it together.
 */
#ifndef MILLIARD_MEASURE_SKETCH_H
#define MILLIARD_MEASURE_SKETCH_H

#include <stddef.h>
#include <stdint.h>

#include "milliard/measure.h"

enum { MLD_SKETCH_PILOT = 16384, MLD_SKETCH_BINS = 4096 };

struct mld_sketch;

/** Of the values of some paths less the column's origin; count: of those that are numbers. */
struct mld_sketch_sums {
    double sum, square, count;
};

/**
 * `plain` columns, the last ones, have sums alone: no quantiles, nothing kept of a pilot, no
 * counts. `paths`: length of the run. The paths from … to−1 count, both multiples of MLD_SEGMENT or
 * the end; others, of the pilot, only make edges. NULL when there is no memory.
 */
struct mld_sketch *mld_sketch_create(int columns, int plain, uint32_t paths, uint32_t from,
                                     uint32_t to);
/** One with the edges of another's pilot, which is full, and nothing counted. NULL: no memory. */
struct mld_sketch *mld_sketch_like(const struct mld_sketch *sketch);
void mld_sketch_free(struct mld_sketch *sketch);

/**
 * Feeds n consecutive values of one column, from path `first`, a multiple of 8. NaN values are left
 * out. Columns are independent: they may be fed by different threads. A segment is closed when its
 * last path is fed.
 */
void mld_sketch_feed(struct mld_sketch *sketch, int column, uint32_t first, int n,
                     const double *value);

/** Closes a segment whose paths are not all of a run's: the last one of all, shorter. */
void mld_sketch_close_segment(struct mld_sketch *sketch, int column);
/** Sums of the segment closed last. */
struct mld_sketch_sums mld_sketch_segment(const struct mld_sketch *sketch, int column);
/** Adds the sums of a segment that was fed elsewhere: the next one, in order. */
void mld_sketch_add_segment(struct mld_sketch *sketch, int column,
                            const struct mld_sketch_sums *sums);
/**
 * MLD_SKETCH_BINS counts of the values so far; NULL before the pilot is full, and of a plain
 * column.
 */
const uint32_t *mld_sketch_counts(const struct mld_sketch *sketch, int column);
/** Adds counts that were made elsewhere, upon the edges of the same pilot, which is full here. */
void mld_sketch_add_counts(struct mld_sketch *sketch, int column, const uint32_t *counts);
/** The counts since the last call, of one segment at most: they count here no longer. */
void mld_sketch_take_few(struct mld_sketch *sketch, int column, uint16_t *counts);
/** Adds these elsewhere. */
void mld_sketch_add_few(struct mld_sketch *sketch, int column, const uint16_t *counts);

/**
 * Mean and its standard error, quantiles at mld_quantile_levels (NaN without numbers in the pilot,
 * and of a plain column);
 * returns the largest rank error of these quantiles. `scratch`: 2 × MLD_SKETCH_PILOT doubles.
 */
double mld_sketch_read(const struct mld_sketch *sketch, int column, double *scratch, double *mean,
                       double *mean_error, double quantile[MLD_QUANTILES]);

#endif
