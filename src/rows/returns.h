/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Returns by group of deals as texts, JSON and workbooks show them (model, section 18). */
#ifndef MILLIARD_ROWS_RETURNS_H
#define MILLIARD_ROWS_RETURNS_H

#include "milliard/results.h"

/** Returns of a group, or of all deals; means over paths, EUR, rates a year. NaN: none. */
struct mld_rows_return {
    double deals, invested, income, capital, losses, gains;
    double present;        /**< share of the paths that have such a deal */
    double irr, irr_error; /**< mean of IRRs, and its Monte-Carlo error */
    double irr_median;     /**< NaN: not told */
    double irr_of_means;   /**< IRR of mean flows */
    double multiple;       /**< (income + capital) / invested, ratio of means */
    int few;               /**< 1: fewer than three deals a path, whose IRR says little */
};

/** The group's place from 0. Given: a summary with groups. */
struct mld_rows_return mld_rows_return(const struct mld_summary *summary, int design, int group);
/** Of all deals: the sums, the gross IRR, and the IRR of all mean flows. */
struct mld_rows_return mld_rows_return_of_all(const struct mld_results *results, int design);
/** The IRR of the mean flows of class A; NaN without a fund. */
double mld_rows_irr_of_means_a(const struct mld_results *results, int design);
/**
 * Of the series "tvpi" and "dpi", which are means of ratios, the ratio of means after period t; NaN
 * of others, without a fund, and before anything is called.
 */
double mld_rows_ratio_of_means(const struct mld_summary *summary, int design, const char *series,
                               int t);

#endif
