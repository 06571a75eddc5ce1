/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/endowment.h"

#include <math.h>
#include <string.h>

#include "milliard/numerics.h"

/* Euros of partners beside each euro of the endowment. */
static double partners_per_euro(const struct mld_endowment_spec *spec)
{
    return spec->co_funding / (1 - spec->co_funding);
}

static size_t place(const struct mld_endowment *endowment, int year, int path)
{
    return (size_t)year * (size_t)endowment->width + (size_t)path;
}

static double sum_of(const struct mld_measure_view *view, const double *series, int path)
{
    double sum = 0;
    for (int y = 0; y < view->endowment_spec->horizon_years; y++)
        sum += series[place(view->endowment, y, path)];
    return sum;
}

static double projects_in_time(const struct mld_measure_view *view, int path)
{
    const struct mld_endowment_spec *spec = view->endowment_spec;
    double sum = 0;
    for (int y = 0; y < spec->horizon_years && mld_endowment_in_time(spec, y); y++)
        sum += view->endowment->projects[place(view->endowment, y, path)];
    return sum;
}

/* A year whose cost is not paid in full, or that leaves less than the smallest grant takes. */
static int is_exhausted(const struct mld_measure_view *view, size_t at)
{
    const struct mld_endowment_spec *spec = view->endowment_spec;
    double left = view->endowment->balance[at] + view->endowment->granted[at];
    double least = (1 - spec->co_funding) * spec->grant_min;
    return view->endowment->cost_unpaid[at] > 0 || mld_exceeds(least, left, least);
}

/* Years to the end of the first one; 0: none. */
static int exhausted_by(const struct mld_measure_view *view, int path)
{
    for (int y = 0; y < view->endowment_spec->horizon_years; y++)
        if (is_exhausted(view, place(view->endowment, y, path)))
            return y + 1;
    return 0;
}

static double value_of(const struct mld_measure_view *view, int which, int p)
{
    const struct mld_endowment_spec *spec = view->endowment_spec;
    const struct mld_endowment *of = view->endowment;
    double to_supply = spec->pipeline_share * view->pools->deals[p], in_time;
    switch (which) {
    case MLD_ENDOWMENT_RECEIVED: return sum_of(view, of->received, p);
    case MLD_ENDOWMENT_COST: return sum_of(view, of->cost, p);
    case MLD_ENDOWMENT_COST_UNPAID: return sum_of(view, of->cost_unpaid, p);
    case MLD_ENDOWMENT_GRANTED: return sum_of(view, of->granted, p);
    case MLD_ENDOWMENT_PARTNERS: return partners_per_euro(spec) * sum_of(view, of->granted, p);
    case MLD_ENDOWMENT_PROJECTS: return sum_of(view, of->projects, p);
    case MLD_ENDOWMENT_BALANCE: return of->balance[place(of, spec->horizon_years - 1, p)];
    case MLD_ENDOWMENT_EXHAUSTED: return exhausted_by(view, p) > 0;
    case MLD_ENDOWMENT_EXHAUSTED_BY:
        return exhausted_by(view, p) > 0 ? exhausted_by(view, p) : (double)NAN;
    case MLD_ENDOWMENT_IN_TIME: return projects_in_time(view, p);
    case MLD_ENDOWMENT_TO_SUPPLY: return to_supply;
    case MLD_ENDOWMENT_PART_NEEDED:
        in_time = projects_in_time(view, p);
        return in_time > 0 ? to_supply / in_time : (double)NAN;
    default: return mld_exceeds(to_supply, projects_in_time(view, p), to_supply);
    }
}

void mld_fill_endowment(const struct mld_measure_view *view, int which, double *restrict value)
{
    for (int p = 0; p < view->paths; p++)
        value[p] = value_of(view, which, p);
}

/* ---- by year ---- */

/* series × factor; `beyond` in years that the endowment does not live. */
static void by_year(const struct mld_measure_view *view, const double *series, double factor,
                    double beyond, double *restrict value)
{
    const struct mld_grid *grid = view->grid;
    for (size_t i = 0; i < (size_t)view->years * (size_t)view->width; i++)
        value[i] = beyond;
    for (int y = 0; y < view->endowment_spec->horizon_years; y++) {
        int begins = mld_grid_calendar_year(grid, y * grid->periods_per_year) -
                     mld_grid_calendar_year(grid, 0);
        double *row = value + (size_t)begins * (size_t)view->width;
        for (int p = 0; p < view->paths; p++)
            row[p] = factor * series[place(view->endowment, y, p)];
    }
}

void mld_fill_endowment_received(const struct mld_measure_view *view, double *restrict value)
{
    by_year(view, view->endowment->received, 1, 0, value);
}

void mld_fill_endowment_cost(const struct mld_measure_view *view, double *restrict value)
{
    by_year(view, view->endowment->cost, 1, 0, value);
}

void mld_fill_endowment_granted(const struct mld_measure_view *view, double *restrict value)
{
    by_year(view, view->endowment->granted, 1, 0, value);
}

void mld_fill_endowment_partners(const struct mld_measure_view *view, double *restrict value)
{
    by_year(view, view->endowment->granted, partners_per_euro(view->endowment_spec), 0, value);
}

void mld_fill_endowment_projects(const struct mld_measure_view *view, double *restrict value)
{
    by_year(view, view->endowment->projects, 1, 0, value);
}

void mld_fill_endowment_balance(const struct mld_measure_view *view, double *restrict value)
{
    by_year(view, view->endowment->balance, 1, NAN, value);
}
