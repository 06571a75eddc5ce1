/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The State as investor and donor (model, section 13), private to src/measure: functions of rows of
 * the table of measures.
 */
#ifndef MILLIARD_MEASURE_PUBLIC_H
#define MILLIARD_MEASURE_PUBLIC_H

#include "measure/view.h"

enum mld_investor {
    MLD_INVESTOR_COST,
    MLD_INVESTOR_DISCOUNTED,
    MLD_INVESTOR_EQUITY,
    MLD_INVESTOR_PEAK,
    MLD_INVESTOR_LOSS
};

/** One of these of the State's shares, on each path. EUR; 0 or 1 for LOSS. */
void mld_fill_investor(const struct mld_measure_view *view, int which, double *restrict value);
/** Net cost of the guarantee, of the State's shares, and grants; `discounted` or not. EUR. */
void mld_fill_public_cost(const struct mld_measure_view *view, int discounted,
                          double *restrict value);

#endif
