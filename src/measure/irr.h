/* SPDX-License-Identifier: GPL-3.0-or-later */
/** IRR of a batch of paths (private to src/measure). */
#ifndef MILLIARD_MEASURE_IRR_H
#define MILLIARD_MEASURE_IRR_H

/**
 * Annual effective IRR of every path of a batch.
 *
 * Given: flow[period * width + path], periods ≤ MLD_MAX_PERIODS, at equal steps of 1/m year;
 * `width` and the room behind irr and roots hold a multiple of 8 paths ≥ `paths`.
 * Gives: irr[path] and roots[path] with the bits of mld_irr_periodic, whatever paths share the
 * batch.
 */
void mld_irr_batch(int periods, int width, int paths, int m, const double *flow, double *irr,
                   int *roots);

#endif
