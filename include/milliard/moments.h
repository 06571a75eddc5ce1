/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Mean and standard deviation of a column, with their errors, in one pass and in memory that does
 * not grow with it. They depend on the numbers and their order alone, not on how they are cut: a
 * study that feeds batches has the bits of a run that feeds segments.
 */
#ifndef MILLIARD_MOMENTS_H
#define MILLIARD_MOMENTS_H

#include <stddef.h>

#include "milliard/language.h"
#include "milliard/measure.h"

MLD_BEGIN_DECLARATIONS

/** So many numbers give the origin of the powers. */
enum { MLD_MOMENTS_FIRST = 64 };

/** Nothing yet, when all is zero. */
struct mld_moments {
    size_t count;
    double sum, lost;                  /**< the sum is the two together */
    double origin;                     /**< mean of the first MLD_MOMENTS_FIRST numbers */
    double power[4];                   /**< Σ (x − origin)^1 … ^4 */
    double waiting[MLD_MOMENTS_FIRST]; /**< the numbers, as long as there are fewer */
};

/** Adds n numbers, none NaN, in the order of the paths. */
void mld_moments_add(struct mld_moments *moments, size_t n, const double *value);

/** Fills mean, sd and their errors; leaves alone what so few numbers do not give. */
void mld_moments_fill(const struct mld_moments *moments, struct mld_statistics *out);

MLD_END_DECLARATIONS

#endif
