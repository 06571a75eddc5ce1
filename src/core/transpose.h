/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * From [path][period], as deals are added, to [period][path], as stages read: blocks of eight
 * paths, whose values of one period fill one cache line.
 */
#ifndef MILLIARD_CORE_TRANSPOSE_H
#define MILLIARD_CORE_TRANSPOSE_H

/** `paths` rows of `stride`, to `periods` rows of `width` ≥ paths, a multiple of 8. */
struct mld_shape {
    int paths, periods, stride, width;
};

/** Paths beyond `paths` become zeros. */
void mld_transpose(struct mld_shape shape, const double *restrict source, double *restrict target);

#endif
