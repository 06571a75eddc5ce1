/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/feeder.h"

#include <math.h>
#include <string.h>

#include "measure/irr.h"
#include "milliard/numerics.h"

static double at(const struct mld_measure_view *view, enum mld_feeder_series series, int step,
                 int path)
{
    return mld_feeder_row(view->feeder, series, step)[path];
}

/* ---- over all periods, or years ---- */

static double total(const struct mld_measure_view *view, enum mld_feeder_series series, int path)
{
    double sum = 0;
    for (int t = 0; t <= view->grid->last; t++)
        sum += at(view, series, t, path);
    return sum;
}

/* Years that end before t_L: at their end units may be asked back. */
static int years_of_requests(const struct mld_measure_view *view)
{
    return view->grid->last / view->grid->periods_per_year;
}

static double total_of_years(const struct mld_measure_view *view, enum mld_feeder_series series,
                             int path)
{
    double sum = 0;
    for (int y = 0; y < years_of_requests(view); y++)
        sum += at(view, series, y, path);
    return sum;
}

/* ---- savers ---- */

/* What a unit of the first period, bought at 1, is paid in t_L; NaN: there is none. */
static double unit_at_end(const struct mld_measure_view *view, int path)
{
    int last = view->grid->last;
    double units = at(view, MLD_FEEDER_UNITS, last, path);
    return at(view, MLD_FEEDER_BOUGHT, 0, path) > 0 && units > 0
               ? at(view, MLD_FEEDER_FINAL, last, path) / units
               : (double)NAN;
}

/* From the end of the first period to that of t_L: v^(m/t_L) − 1. */
static double saver_irr(const struct mld_measure_view *view, int path)
{
    double value = unit_at_end(view, path);
    if (isnan(value) || !(value > 0))
        return isnan(value) ? value : -1;
    return mld_settled(mld_pow(value, (double)view->grid->periods_per_year / view->grid->last) - 1,
                       1);
}

static void fill_pooled_irr(const struct mld_measure_view *view, double *restrict value)
{
    size_t row = (size_t)view->width;
    memset(view->net, 0, row * (size_t)view->periods * sizeof *view->net);
    for (int t = 0; t <= view->grid->last; t++)
        for (int p = 0; p < view->paths; p++)
            view->net[(size_t)t * row + (size_t)p] = at(view, MLD_FEEDER_PAID_OUT, t, p) +
                                                     at(view, MLD_FEEDER_FINAL, t, p) -
                                                     at(view, MLD_FEEDER_SUBSCRIBED, t, p);
    mld_irr_batch(view->periods, view->width, view->paths, view->grid->periods_per_year, view->net,
                  value, view->roots);
    for (int p = 0; p < view->paths; p++)
        value[p] = mld_settled(value[p], 1);
}

static double pooled_loss(const struct mld_measure_view *view, int path)
{
    double paid_in = total(view, MLD_FEEDER_SUBSCRIBED, path),
           back = total(view, MLD_FEEDER_PAID_OUT, path) + total(view, MLD_FEEDER_FINAL, path);
    return paid_in > 0 ? mld_exceeds(paid_in, back, paid_in) : (double)NAN;
}

/* ---- calls and requests ---- */

/* Beside all that is called of it: what rounding leaves of a fund's last call is no call. */
static int is_met(const struct mld_measure_view *view, int t, double all, int path)
{
    return !mld_exceeds(at(view, MLD_FEEDER_CALLED, t, path), at(view, MLD_FEEDER_PAID, t, path),
                        all);
}

static double defaults(const struct mld_measure_view *view, int path)
{
    double n = 0, all = total(view, MLD_FEEDER_CALLED, path);
    for (int t = 0; t <= view->grid->last; t++)
        n += !is_met(view, t, all, path);
    return n;
}

static double unmet(const struct mld_measure_view *view, int path)
{
    double called = total(view, MLD_FEEDER_CALLED, path);
    return mld_settled(called - total(view, MLD_FEEDER_PAID, path), called);
}

/* What units paid back were worth beyond what was paid for them. */
static double exit_fees(const struct mld_measure_view *view, int path)
{
    double fee = view->feeder_spec->exit_fee;
    return fee / (1 - fee) * total(view, MLD_FEEDER_PAID_OUT, path);
}

/* Last period of a year. */
static int end_of(const struct mld_measure_view *view, int year)
{
    return (year + 1) * view->grid->periods_per_year - 1;
}

static int is_served(const struct mld_measure_view *view, int year, int path)
{
    int end = end_of(view, year), met = 1;
    double due = at(view, MLD_FEEDER_DUE, year, path), all = total(view, MLD_FEEDER_CALLED, path);
    for (int t = end - view->grid->periods_per_year + 1; t <= end; t++)
        met &= is_met(view, t, all, path);
    return met && !mld_exceeds(due, at(view, MLD_FEEDER_SERVED, end, path), due);
}

static double years_served(const struct mld_measure_view *view, int path)
{
    int served = 0, years = years_of_requests(view);
    for (int y = 0; y < years; y++)
        served += is_served(view, y, path);
    return years > 0 ? (double)served / years : (double)NAN;
}

static double ratio(double part, double whole) { return whole > 0 ? part / whole : (double)NAN; }

/* ---- the pocket ---- */

/* Years from the second on, before which there is a value to keep a part of. */
static double needed_at_most(const struct mld_measure_view *view, int path)
{
    double most = NAN;
    for (int y = 1; y < years_of_requests(view); y++) {
        double needed = at(view, MLD_FEEDER_NEEDED, y, path);
        most = isnan(most) || needed > most ? needed : most;
    }
    return most;
}

/*
 * One year of each path, in turn: over paths it has the law of all years of all paths, and paths
 * stay independent.
 */
static double needed_in_turn(const struct mld_measure_view *view, int path)
{
    int years = years_of_requests(view) - 1;
    if (years < 1)
        return NAN;
    uint32_t number = view->feeder->first + (uint32_t)path;
    return at(view, MLD_FEEDER_NEEDED, 1 + (int)(number % (uint32_t)years), path);
}

static double value_of(const struct mld_measure_view *view, int which, int p)
{
    switch (which) {
    case MLD_SAVER_IRR: return saver_irr(view, p);
    case MLD_SAVER_LOSS:
        return isnan(unit_at_end(view, p)) ? (double)NAN : mld_exceeds(1, unit_at_end(view, p), 1);
    case MLD_SAVERS_LOSS: return pooled_loss(view, p);
    case MLD_FEEDER_ALL_IN: return total(view, MLD_FEEDER_SUBSCRIBED, p);
    case MLD_FEEDER_ALL_OUT: return total(view, MLD_FEEDER_PAID_OUT, p);
    case MLD_FEEDER_ALL_FINAL: return total(view, MLD_FEEDER_FINAL, p);
    case MLD_FEEDER_KEPT: return exit_fees(view, p);
    case MLD_FEEDER_ALL_FEES: return total(view, MLD_FEEDER_FEES, p);
    case MLD_FEEDER_EARNED: return total(view, MLD_FEEDER_INTEREST, p);
    case MLD_FEEDER_ALL_PAID: return total(view, MLD_FEEDER_PAID, p);
    case MLD_FEEDER_UNMET: return unmet(view, p);
    case MLD_FEEDER_DEFAULTS: return defaults(view, p);
    case MLD_FEEDER_DEFAULTED: return defaults(view, p) > 0;
    case MLD_FEEDER_ASKED:
        return ratio(total_of_years(view, MLD_FEEDER_REQUESTED, p),
                     total(view, MLD_FEEDER_BOUGHT, p));
    case MLD_FEEDER_IN_TIME:
        return ratio(total_of_years(view, MLD_FEEDER_IN_YEAR, p),
                     total_of_years(view, MLD_FEEDER_REQUESTED, p));
    case MLD_FEEDER_LEFT:
        return at(view, MLD_FEEDER_UNITS, view->grid->last, p) > 0
                   ? at(view, MLD_FEEDER_WAITING, view->grid->last, p) /
                         at(view, MLD_FEEDER_UNITS, view->grid->last, p) *
                         at(view, MLD_FEEDER_FINAL, view->grid->last, p)
                   : 0;
    case MLD_FEEDER_YEARS_SERVED: return years_served(view, p);
    case MLD_FEEDER_OF_A_YEAR: return needed_in_turn(view, p);
    default: return needed_at_most(view, p);
    }
}

void mld_fill_feeder(const struct mld_measure_view *view, int which, double *restrict value)
{
    if (which == MLD_SAVERS_IRR) {
        fill_pooled_irr(view, value);
        return;
    }
    for (int p = 0; p < view->paths; p++)
        value[p] = value_of(view, which, p);
}

/* ---- by period ---- */

static void by_period(const struct mld_measure_view *view, enum mld_feeder_series series,
                      double *restrict value)
{
    memcpy(value, view->feeder->series[series],
           (size_t)view->periods * (size_t)view->width * sizeof(double));
}

void mld_fill_feeder_value(const struct mld_measure_view *view, double *restrict value)
{
    by_period(view, MLD_FEEDER_VALUE, value);
}

void mld_fill_feeder_cash(const struct mld_measure_view *view, double *restrict value)
{
    by_period(view, MLD_FEEDER_CASH, value);
}

void mld_fill_feeder_units(const struct mld_measure_view *view, double *restrict value)
{
    by_period(view, MLD_FEEDER_UNITS, value);
}

void mld_fill_feeder_unit(const struct mld_measure_view *view, double *restrict value)
{
    for (int t = 0; t < view->periods; t++)
        for (int p = 0; p < view->paths; p++)
            value[(size_t)t * (size_t)view->width + (size_t)p] = ratio(
                at(view, MLD_FEEDER_VALUE, t, p), at(view, MLD_FEEDER_UNITS, t, p));
}

/* ---- by year ---- */

static double *calendar_row(const struct mld_measure_view *view, int period, double *value)
{
    int year = mld_grid_calendar_year(view->grid, period) - mld_grid_calendar_year(view->grid, 0);
    return value + (size_t)year * (size_t)view->width;
}

static void clear(const struct mld_measure_view *view, double with, double *restrict value)
{
    for (size_t i = 0; i < (size_t)view->years * (size_t)view->width; i++)
        value[i] = with;
}

static void flows(const struct mld_measure_view *view, enum mld_feeder_series series,
                  double *restrict value)
{
    clear(view, 0, value);
    for (int t = 0; t <= view->grid->last; t++) {
        double *row = calendar_row(view, t, value);
        for (int p = 0; p < view->paths; p++)
            row[p] += at(view, series, t, p);
    }
}

void mld_fill_feeder_subscribed(const struct mld_measure_view *view, double *restrict value)
{
    flows(view, MLD_FEEDER_SUBSCRIBED, value);
}

void mld_fill_feeder_interest(const struct mld_measure_view *view, double *restrict value)
{
    flows(view, MLD_FEEDER_INTEREST, value);
}

void mld_fill_feeder_received(const struct mld_measure_view *view, double *restrict value)
{
    flows(view, MLD_FEEDER_RECEIVED, value);
}

void mld_fill_feeder_paid(const struct mld_measure_view *view, double *restrict value)
{
    flows(view, MLD_FEEDER_PAID, value);
}

void mld_fill_feeder_unmet(const struct mld_measure_view *view, double *restrict value)
{
    clear(view, 0, value);
    for (int t = 0; t <= view->grid->last; t++) {
        double *row = calendar_row(view, t, value);
        for (int p = 0; p < view->paths; p++)
            row[p] += at(view, MLD_FEEDER_CALLED, t, p) - at(view, MLD_FEEDER_PAID, t, p);
    }
}

void mld_fill_feeder_fees(const struct mld_measure_view *view, double *restrict value)
{
    flows(view, MLD_FEEDER_FEES, value);
}

void mld_fill_feeder_paid_out(const struct mld_measure_view *view, double *restrict value)
{
    flows(view, MLD_FEEDER_PAID_OUT, value);
}

void mld_fill_feeder_final(const struct mld_measure_view *view, double *restrict value)
{
    flows(view, MLD_FEEDER_FINAL, value);
}

void mld_fill_feeder_served(const struct mld_measure_view *view, double *restrict value)
{
    flows(view, MLD_FEEDER_SERVED, value);
}

/* The last period of a calendar year stays; after t_L nothing is left. */
void mld_fill_feeder_pocket(const struct mld_measure_view *view, double *restrict value)
{
    clear(view, 0, value);
    for (int t = 0; t <= view->grid->last; t++)
        memcpy(calendar_row(view, t, value), mld_feeder_row(view->feeder, MLD_FEEDER_CASH, t),
               (size_t)view->paths * sizeof(double));
}

/* Value of a unit after the last period of a year, in which requests are priced before their fee.*/
static double unit_at(const struct mld_measure_view *view, int t, int path)
{
    double served = at(view, MLD_FEEDER_SERVED, t, path),
           units = at(view, MLD_FEEDER_UNITS, t, path);
    double price = served > 0 ? at(view, MLD_FEEDER_PAID_OUT, t, path) / served /
                                    (1 - view->feeder_spec->exit_fee)
                              : 0;
    return served > 0 ? price : units > 0 ? at(view, MLD_FEEDER_VALUE, t, path) / units : 0;
}

/* A series of the years of the feeder; `priced`: at the value of a unit at the end of the year. */
static void by_year(const struct mld_measure_view *view, enum mld_feeder_series series, int priced,
                    double beyond, double *restrict value)
{
    clear(view, beyond, value);
    for (int y = 0; y < years_of_requests(view); y++) {
        int end = end_of(view, y), step = series < MLD_FEEDER_PERIOD_SERIES ? end : y;
        double *row = calendar_row(view, end, value);
        for (int p = 0; p < view->paths; p++)
            row[p] = at(view, series, step, p) * (priced ? unit_at(view, end, p) : 1);
    }
}

void mld_fill_feeder_requested(const struct mld_measure_view *view, double *restrict value)
{
    by_year(view, MLD_FEEDER_REQUESTED, 0, 0, value);
}

void mld_fill_feeder_requested_eur(const struct mld_measure_view *view, double *restrict value)
{
    by_year(view, MLD_FEEDER_REQUESTED, 1, 0, value);
}

void mld_fill_feeder_waiting(const struct mld_measure_view *view, double *restrict value)
{
    by_year(view, MLD_FEEDER_WAITING, 0, 0, value);
}

void mld_fill_feeder_waiting_eur(const struct mld_measure_view *view, double *restrict value)
{
    by_year(view, MLD_FEEDER_WAITING, 1, 0, value);
}

void mld_fill_feeder_needed(const struct mld_measure_view *view, double *restrict value)
{
    by_year(view, MLD_FEEDER_NEEDED, 0, NAN, value);
}
