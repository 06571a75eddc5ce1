/* SPDX-License-Identifier: GPL-3.0-or-later */
/** IRR of a batch of paths, private to src/measure. */
#ifndef MILLIARD_MEASURE_IRR_H
#define MILLIARD_MEASURE_IRR_H

/** Annual effective IRR of flows [period][path] at equal steps of 1/m year, as mld_irr_periodic; roots: number found. */
void mld_irr_batch(int periods, int width, int paths, int m, const double *flow, double *irr, int *roots);

#endif
