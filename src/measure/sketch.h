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
 * Counts are integers, and sums run in path order in 8 lanes (lane = path mod 8): one column is fed
 * by one thread at a time, in path order, so nothing depends on threads or batches.
 */
#ifndef MILLIARD_MEASURE_SKETCH_H
#define MILLIARD_MEASURE_SKETCH_H

#include <stddef.h>
#include <stdint.h>

#include "milliard/measure.h"

enum { MLD_SKETCH_PILOT = 16384 };

struct mld_sketch;

/** `paths`: length of the run. NULL when there is no memory. */
struct mld_sketch *mld_sketch_create(int columns, uint32_t paths);
void mld_sketch_free(struct mld_sketch *sketch);

/**
 * Feeds n consecutive values of one column, from path `first`, a multiple of 8. NaN values are left
 * out. Columns are independent: they may be fed by different threads.
 */
void mld_sketch_feed(struct mld_sketch *sketch, int column, uint32_t first, int n,
                     const double *value);

/**
 * Mean and its standard error, quantiles at mld_quantile_levels (NaN without numbers in the pilot);
 * returns the largest rank error of these quantiles. `scratch`: 2 × MLD_SKETCH_PILOT doubles.
 */
double mld_sketch_read(const struct mld_sketch *sketch, int column, double *scratch, double *mean,
                       double *mean_error, double quantile[MLD_QUANTILES]);

#endif
