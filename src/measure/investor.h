/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What an investor asks beside the IRR (model, section 16): the hurdle, the TMO, what is back by a
 * date. Private to src/measure: functions of rows of the table of measures.
 */
#ifndef MILLIARD_MEASURE_INVESTOR_H
#define MILLIARD_MEASURE_INVESTOR_H

#include "measure/view.h"

/** 1 where A's hurdle account at t_L is at most 1e-9 of the calls. */
void mld_fill_hurdle_reached(const struct mld_measure_view *view, int unused,
                             double *restrict value);
/** 1 where A's net IRR is below the mean TMO of years 0 … y(t_L) by more than 1e-9. */
void mld_fill_below_tmo(const struct mld_measure_view *view, int unused, double *restrict value);
/** Distributions over calls of A, each grown to t_L at the TMO; NaN when nothing was paid in. */
void mld_fill_tmo_pme(const struct mld_measure_view *view, int unused, double *restrict value);

/** DPI of the whole fund by the end of a year, or of t_L where that comes first. */
void mld_fill_dpi_by(const struct mld_measure_view *view, int years, double *restrict value);
/** Calls less the distributions that may be called again. EUR. */
void mld_fill_paid_in_net(const struct mld_measure_view *view, int unused, double *restrict value);

#endif
