/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Indicators (model, section 20), private to src/measure: functions of rows of the tables of
 * measures and series. Units are the indicator's.
 */
#ifndef MILLIARD_MEASURE_INDICATORS_H
#define MILLIARD_MEASURE_INDICATORS_H

#include "measure/view.h"
#include "milliard/indicators.h"

/** The argument of a row is MLD_INDICATOR_STEP × indicator + one of these, or of a form beyond. */
enum {
    MLD_INDICATOR_MADE,        /**< in all */
    MLD_INDICATOR_LOST,        /**< not made, from defaults until deals would have ended */
    MLD_INDICATOR_PER_MILLION, /**< made, over millions invested, all deals alike; NaN: none */
    MLD_INDICATOR_INSTRUMENT,  /**< made, of the instrument at that place from here */
    MLD_INDICATOR_FORM = MLD_INDICATOR_INSTRUMENT + MLD_INSTRUMENTS,
    MLD_INDICATOR_STEP = MLD_INDICATOR_FORM + MLD_MAX_FORMS
};
/** Measures [path]. */
void mld_fill_indicator(const struct mld_measure_view *view, int argument, double *restrict value);

/* Series [year][path] of an indicator: made, and lost. */
void mld_fill_indicator_made(const struct mld_measure_view *view, int k, double *restrict value);
void mld_fill_indicator_lost(const struct mld_measure_view *view, int k, double *restrict value);

#endif
