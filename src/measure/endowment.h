/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The endowment (model, section 20), private to src/measure: functions of rows of the tables of
 * measures and series. It has no return: nothing here is a rate.
 */
#ifndef MILLIARD_MEASURE_ENDOWMENT_H
#define MILLIARD_MEASURE_ENDOWMENT_H

#include "measure/view.h"

enum mld_endowment_measure {
    MLD_ENDOWMENT_RECEIVED,     /**< EUR: opening and donations */
    MLD_ENDOWMENT_COST,         /**< EUR, of operating, paid */
    MLD_ENDOWMENT_COST_UNPAID,  /**< EUR */
    MLD_ENDOWMENT_GRANTED,      /**< EUR of its own */
    MLD_ENDOWMENT_PARTNERS,     /**< EUR of partners in the same grants */
    MLD_ENDOWMENT_PROJECTS,     /**< number */
    MLD_ENDOWMENT_BALANCE,      /**< EUR after its last year */
    MLD_ENDOWMENT_EXHAUSTED,    /**< 1: some year */
    MLD_ENDOWMENT_EXHAUSTED_BY, /**< years to the end of the first such year; NaN: none */
    MLD_ENDOWMENT_IN_TIME,      /**< number of projects helped early enough for the fund */
    MLD_ENDOWMENT_TO_SUPPLY,    /**< x × deals of the path */
    MLD_ENDOWMENT_PART_NEEDED,  /**< of these projects; NaN: there are none */
    MLD_ENDOWMENT_OUT_OF_REACH  /**< 1: fewer projects than deals to supply */
};
/** Measures [path]; which: enum mld_endowment_measure. */
void mld_fill_endowment(const struct mld_measure_view *view, int which, double *restrict value);

/* Series [year][path]; a year of the endowment stands in the calendar year in which it begins. */
void mld_fill_endowment_received(const struct mld_measure_view *view, double *restrict value);
void mld_fill_endowment_cost(const struct mld_measure_view *view, double *restrict value);
void mld_fill_endowment_granted(const struct mld_measure_view *view, double *restrict value);
void mld_fill_endowment_partners(const struct mld_measure_view *view, double *restrict value);
void mld_fill_endowment_projects(const struct mld_measure_view *view, double *restrict value);
/** NaN beyond the horizon of the endowment. */
void mld_fill_endowment_balance(const struct mld_measure_view *view, double *restrict value);

#endif
