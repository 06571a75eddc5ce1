/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The citizens' fund (model, section 20), private to src/measure: functions of rows of the tables
 * of measures and series.
 */
#ifndef MILLIARD_MEASURE_FEEDER_H
#define MILLIARD_MEASURE_FEEDER_H

#include "measure/view.h"
#include "milliard/feeder.h"

enum mld_feeder_measure {
    MLD_SAVER_IRR,           /**< of a unit bought in t = 0 and kept to t_L; NaN: none was */
    MLD_SAVER_LOSS,          /**< 1: it brings back less than it cost */
    MLD_SAVERS_IRR,          /**< of all savers' money together */
    MLD_SAVERS_LOSS,         /**< 1: less comes back than they paid in */
    MLD_FEEDER_ALL_IN,       /**< EUR subscribed */
    MLD_FEEDER_ALL_OUT,      /**< EUR paid on requests */
    MLD_FEEDER_ALL_FINAL,    /**< EUR paid in t_L */
    MLD_FEEDER_KEPT,         /**< EUR of exit fees, which stay in */
    MLD_FEEDER_ALL_FEES,     /**< EUR of running costs */
    MLD_FEEDER_EARNED,       /**< EUR of interest on cash */
    MLD_FEEDER_ALL_PAID,     /**< EUR of calls paid */
    MLD_FEEDER_UNMET,        /**< EUR of calls that cash did not reach for */
    MLD_FEEDER_DEFAULTS,     /**< number of calls not paid in full */
    MLD_FEEDER_DEFAULTED,    /**< 1: there is one */
    MLD_FEEDER_ASKED,        /**< units asked back, of all bought */
    MLD_FEEDER_IN_TIME,      /**< of them, paid back at the end of their year; NaN: none is asked */
    MLD_FEEDER_LEFT,         /**< EUR of units that still wait in t_L, at what they are paid then */
    MLD_FEEDER_YEARS_SERVED, /**< part of its years whose calls and dues are paid in full */
    MLD_FEEDER_OF_A_YEAR,    /**< pocket needed in one year of the path, each of them in turn */
    MLD_FEEDER_AT_MOST       /**< pocket needed in the year in which it is largest */
};
/** Measures [path]; which: enum mld_feeder_measure. */
void mld_fill_feeder(const struct mld_measure_view *view, int which, double *restrict value);

/* Series [period][path]; NaN after t_L where nothing is left of it. */
void mld_fill_feeder_value(const struct mld_measure_view *view, double *restrict value);
void mld_fill_feeder_cash(const struct mld_measure_view *view, double *restrict value);
void mld_fill_feeder_unit(const struct mld_measure_view *view, double *restrict value);
void mld_fill_feeder_units(const struct mld_measure_view *view, double *restrict value);

/* Series [year][path], flows of the calendar year: */
void mld_fill_feeder_subscribed(const struct mld_measure_view *view, double *restrict value);
void mld_fill_feeder_interest(const struct mld_measure_view *view, double *restrict value);
void mld_fill_feeder_received(const struct mld_measure_view *view, double *restrict value);
void mld_fill_feeder_paid(const struct mld_measure_view *view, double *restrict value);
void mld_fill_feeder_unmet(const struct mld_measure_view *view, double *restrict value);
void mld_fill_feeder_fees(const struct mld_measure_view *view, double *restrict value);
void mld_fill_feeder_paid_out(const struct mld_measure_view *view, double *restrict value);
void mld_fill_feeder_final(const struct mld_measure_view *view, double *restrict value);
/** Cash at the end of the calendar year. */
void mld_fill_feeder_pocket(const struct mld_measure_view *view, double *restrict value);
/** Units asked back at its end, and the same at the price of that day; units paid back. */
void mld_fill_feeder_requested(const struct mld_measure_view *view, double *restrict value);
void mld_fill_feeder_requested_eur(const struct mld_measure_view *view, double *restrict value);
void mld_fill_feeder_served(const struct mld_measure_view *view, double *restrict value);
/** Units that wait after it, and the same at their value. */
void mld_fill_feeder_waiting(const struct mld_measure_view *view, double *restrict value);
void mld_fill_feeder_waiting_eur(const struct mld_measure_view *view, double *restrict value);
/** Cash that the year would have taken at its start, over the value then; NaN: no value. */
void mld_fill_feeder_needed(const struct mld_measure_view *view, double *restrict value);

#endif
