/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Limits of an FPCI by date (model, section 18), private to src/measure: functions of rows of the
 * tables of series and measures.
 */
#ifndef MILLIARD_MEASURE_QUOTAS_H
#define MILLIARD_MEASURE_QUOTAS_H

#include "measure/view.h"

/** Part of the quota that plain bonds may fill, of what it is a part of. */
#define MLD_QUOTA_OF_POCKET 0.20
#define MLD_QUOTA_LEAST 0.50
#define MLD_LOANS_MOST 0.10

enum mld_limit { MLD_LIMIT_QUOTA, MLD_LIMIT_ISSUER, MLD_LIMIT_LOANS };

/** What counts of the deals of both classes, EUR, when the quota is a part of `whole`. */
static inline double mld_quota_counts(double full, double pocket, double whole)
{
    double most = MLD_QUOTA_OF_POCKET * whole;
    return full + (pocket < most ? pocket : most);
}

/* Series [year][path], at each calendar year's end: */

/** What counts over paid-in − costs − capital distributed; NaN: that is not above 0, or t_L. */
void mld_fill_quota_by_date(const struct mld_measure_view *view, double *restrict value);
/** Cost held of the largest issuer over commitments and grants. */
void mld_fill_issuer_by_year(const struct mld_measure_view *view, double *restrict value);
/** Cost of loans held over the cost of all deals of the path. */
void mld_fill_loans_by_year(const struct mld_measure_view *view, double *restrict value);

/* Measures [path]: */

/** Lowest quota by date over the years' ends at which it is due; NaN: there is none. */
void mld_fill_lowest_quota(const struct mld_measure_view *view, int unused, double *restrict value);
/** 1 where a limit (enum mld_limit) is not kept at a year's end; NaN: it was never due. */
void mld_fill_limit(const struct mld_measure_view *view, int limit, double *restrict value);

#endif
