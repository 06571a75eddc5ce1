/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Closings and credit line (model, section 16), private to src/measure: functions of rows of the
 * table of measures.
 */
#ifndef MILLIARD_MEASURE_CLOSINGS_H
#define MILLIARD_MEASURE_CLOSINGS_H

#include "measure/view.h"

enum mld_line_total { MLD_LINE_BORROWED, MLD_LINE_PEAK, MLD_LINE_COSTS, MLD_LINE_WITHOUT };

/** One of these of the credit line. EUR. */
void mld_fill_line(const struct mld_measure_view *view, int which, double *restrict value);
/** Net IRR of class A with nothing borrowed; not where that would make other deals. */
void mld_fill_irr_without_line(const struct mld_measure_view *view, int unused,
                               double *restrict value);
/** Net IRR of those of class A whom a closing admits, from 0. */
void mld_fill_closing_irr(const struct mld_measure_view *view, int closing, double *restrict value);
/** What they receive over what they pay in, less what came back of it. */
void mld_fill_closing_multiple(const struct mld_measure_view *view, int closing,
                               double *restrict value);
/** What all newcomers pay to earlier members: 0 the capital, 1 the interest. EUR. */
void mld_fill_equalised(const struct mld_measure_view *view, int interest, double *restrict value);
/** 1 where a deal waits for a closing. */
void mld_fill_waits(const struct mld_measure_view *view, int unused, double *restrict value);
/** Mean wait of the deals that wait, in years; NaN where none does. */
void mld_fill_waiting(const struct mld_measure_view *view, int unused, double *restrict value);

#endif
