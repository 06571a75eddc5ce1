/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Limits of an FPCI at each calendar year's end (model, sections 6 and 18): the quota, the largest
 * issuer, loans. What is held is added up with the lives; what the quota is a part of,
 *     paid-in − costs paid − capital distributed,
 * is followed here from calls and distributions: a class gets its capital back first, whatever its
 * tiers call it, and what a new call adds is capital again.
 */
#include "measure/quotas.h"

#include <math.h>
#include <string.h>

#include "core/numbers.h"
#include "milliard/holdings.h"
#include "milliard/numerics.h"

/* Capital paid in and not yet distributed, of a class after t. */
static void follow_capital(int n, double share, const double *restrict call,
                           const double *restrict received, double *restrict capital)
{
    for (int p = 0; p < n; p++)
        capital[p] = mld_positive(capital[p] + share * call[p] - received[p]);
}

static void follow_costs(int n, const double *restrict paid, double *restrict costs)
{
    for (int p = 0; p < n; p++)
        costs[p] += paid[p];
}

static double *capital_of(const struct mld_measure_view *view, int class)
{
    return view->followed + (size_t) class * (size_t)view->width;
}

static double *costs_of(const struct mld_measure_view *view)
{
    return capital_of(view, MLD_CLASSES);
}

static void start(const struct mld_measure_view *view)
{
    memset(view->followed, 0, (MLD_CLASSES + 1) * (size_t)view->width * sizeof(double));
}

/* From period `from` to the end of a year; the next begins behind it. */
static int follow_to(const struct mld_measure_view *view, int from, int end)
{
    const struct mld_fund_spec *fund = view->fund_spec;
    for (int t = from; t <= end; t++) {
        size_t at = (size_t)t * (size_t)view->width;
        for (int k = 0; k < MLD_CLASSES; k++)
            follow_capital(view->width, fund->share_class[k].commitment / fund->commitments,
                           view->fund->call + at, view->fund->distribution[k] + at,
                           capital_of(view, k));
        follow_costs(view->width, view->fund->cost_paid + at, costs_of(view));
    }
    return end + 1;
}

static const double *held(const struct mld_measure_view *view, enum mld_holding kind, int year)
{
    return view->holdings->held[kind] + (size_t)year * (size_t)view->width;
}

/* The quota of a path at the end of a year up to which it was followed. */
static double quota_of(const struct mld_measure_view *view, int year, int path)
{
    double whole = -costs_of(view)[path], paid_in = 0;
    for (int k = 0; k < MLD_CLASSES; k++)
        paid_in += capital_of(view, k)[path];
    whole += paid_in;
    if (view->holdings->year_end[year] >= view->grid->last || !mld_exceeds(whole, 0, paid_in))
        return (double)NAN;
    return mld_quota_counts(held(view, MLD_HOLDING_FULL, year)[path],
                            held(view, MLD_HOLDING_POCKET, year)[path], whole) /
           whole;
}

void mld_fill_quota_by_date(const struct mld_measure_view *view, double *restrict value)
{
    start(view);
    for (int year = 0, next = 0; year < view->years; year++) {
        next = follow_to(view, next, view->holdings->year_end[year]);
        for (int p = 0; p < view->width; p++)
            value[(size_t)year * (size_t)view->width + (size_t)p] = p < view->paths
                                                                        ? quota_of(view, year, p)
                                                                        : 0;
    }
}

void mld_fill_issuer_by_year(const struct mld_measure_view *view, double *restrict value)
{
    const double *largest = held(view, MLD_HOLDING_ISSUER, 0);
    for (int i = 0; i < view->years * view->width; i++)
        value[i] = largest[i] / view->fund_spec->size;
}

void mld_fill_loans_by_year(const struct mld_measure_view *view, double *restrict value)
{
    const double *loans = held(view, MLD_HOLDING_LOANS, 0);
    for (int i = 0; i < view->years * view->width; i++) {
        double cost = view->cost[i % view->width];
        value[i] = cost > 0 ? loans[i] / cost : 0;
    }
}

/* The quota is due from the end of the second full year to `quota_until`. */
static int is_due(const struct mld_measure_view *view, int year)
{
    const int *end = view->holdings->year_end;
    int m = view->grid->periods_per_year, first_full = end[0] + 1 < m, until;
    until = (int)floor(view->fund_spec->quota_until * m + 0.5);
    return year > first_full && end[year] + 1 <= until && end[year] < view->grid->last;
}

void mld_fill_lowest_quota(const struct mld_measure_view *view, int unused, double *restrict value)
{
    (void)unused;
    start(view);
    for (int p = 0; p < view->paths; p++)
        value[p] = (double)NAN;
    for (int year = 0, next = 0; year < view->years; year++) {
        next = follow_to(view, next, view->holdings->year_end[year]);
        for (int p = 0; p < view->paths && is_due(view, year); p++) {
            double quota = quota_of(view, year, p);
            value[p] = isnan(value[p]) || quota < value[p] ? quota : value[p];
        }
    }
}

/* Whether a path has more than `most` of what is held of a kind at some year's end. */
static int exceeds(const struct mld_measure_view *view, enum mld_holding kind, int path,
                   double most, double scale)
{
    int found = 0;
    for (int year = 0; year < view->years; year++)
        found |= mld_exceeds(held(view, kind, year)[path], most, scale);
    return found;
}

void mld_fill_limit(const struct mld_measure_view *view, int limit, double *restrict value)
{
    const struct mld_fund_spec *fund = view->fund_spec;
    if (limit == MLD_LIMIT_QUOTA)
        mld_fill_lowest_quota(view, 0, value);
    for (int p = 0; p < view->paths; p++)
        if (limit == MLD_LIMIT_QUOTA)
            value[p] = isnan(value[p]) ? value[p] : mld_exceeds(MLD_QUOTA_LEAST, value[p], 1);
        else if (limit == MLD_LIMIT_ISSUER)
            value[p] = exceeds(view, MLD_HOLDING_ISSUER, p, fund->max_issuer_share * fund->size,
                               fund->size);
        else
            value[p] = exceeds(view, MLD_HOLDING_LOANS, p, MLD_LOANS_MOST * view->cost[p],
                               view->cost[p]);
}
