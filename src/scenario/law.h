/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The law of a judgement between its low and high (model, section 15): its quantile, so that one
 * uniform u makes the value, which rises with it.
 */
#ifndef MILLIARD_SCENARIO_LAW_H
#define MILLIARD_SCENARIO_LAW_H

#include "milliard/scenario.h"

/** Between which ends, and how. */
struct mld_law_range {
    enum mld_law law; /**< no MLD_LAW_USUAL */
    double low, high; /**< high may be +∞: drawn in 1/value, down to 0 */
    int logarithmic;  /**< two_piece: log-uniform on each side, as multiples are */
};

/**
 * Why no value can be drawn about `centre`, what the scenario says (1 of a multiple, 0 of what is
 * added); NULL when it can. Static.
 */
const char *mld_law_problem(const struct mld_law_range *range, double centre);
/** The value at u in (0, 1), of a range without a problem. */
double mld_law_value(const struct mld_law_range *range, double centre, double u);
/** Its mean, +∞ where there is none. */
double mld_law_mean(const struct mld_law_range *range, double centre);

#endif
