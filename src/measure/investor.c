/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/investor.h"

#include <math.h>

#include "milliard/numerics.h"

#define EACH_PATH(view) for (int p = 0; p < (view)->paths; p++)

/* An IRR, and an account that sums of some hundred numbers made, are known to that. */
#define KNOWN 1e-9

static const double *last_row(const struct mld_measure_view *view, const double *series)
{
    return series + (size_t)view->grid->last * (size_t)view->width;
}

/* Whether IRR ≥ h would sit on an atom: what the catch-up leaves A is its hurdle exactly. */
void mld_fill_hurdle_reached(const struct mld_measure_view *view, int unused,
                             double *restrict value)
{
    const double *called = last_row(view, view->paid_in);
    (void)unused;
    EACH_PATH(view)
        value[p] = called[p] > 0 ? view->fund->hurdle_a[p] <= KNOWN * called[p] : (double)NAN;
}

/* r(0) of a path. */
static const double *tmo_of(const struct mld_measure_view *view, int path)
{
    return view->tmo + (size_t)path * (size_t)view->tmo_stride + 3;
}

static double mean_tmo(const struct mld_measure_view *view, int path)
{
    int years = mld_grid_year(view->grid, view->grid->last) + 1;
    double sum = 0;
    for (int y = 0; y < years; y++)
        sum += tmo_of(view, path)[y];
    return sum / years;
}

void mld_fill_below_tmo(const struct mld_measure_view *view, int unused, double *restrict value)
{
    (void)unused;
    EACH_PATH(view) {
        double irr = view->irr[MLD_CLASS_A][p];
        value[p] = view->tmo && !isnan(irr) ? irr < mean_tmo(view, p) - KNOWN : (double)NAN;
    }
}

/* G(t_L) = 1; G(t) = G(t+1)·(1 + r(y(t+1))/m). */
static double pme_of(const struct mld_measure_view *view, int path)
{
    const struct mld_fund_spec *fund = view->fund_spec;
    const double *tmo = tmo_of(view, path), m = view->grid->periods_per_year;
    double share = fund->share_class[MLD_CLASS_A].commitment / fund->commitments;
    double grown = 1, called = 0, received = 0;
    for (int t = view->grid->last; t >= 0; t--) {
        size_t at = (size_t)t * (size_t)view->width + (size_t)path;
        called += share * view->fund->call[at] * grown;
        received += view->fund->distribution[MLD_CLASS_A][at] * grown;
        grown *= 1 + tmo[mld_grid_year(view->grid, t)] / m;
    }
    return called > 0 ? received / called : (double)NAN;
}

void mld_fill_tmo_pme(const struct mld_measure_view *view, int unused, double *restrict value)
{
    (void)unused;
    EACH_PATH(view)
        value[p] = view->tmo ? pme_of(view, p) : (double)NAN;
}

static const double *row_by(const struct mld_measure_view *view, const double *series, int years)
{
    int t = years * view->grid->periods_per_year - 1, last = view->grid->last;
    return series + (size_t)(t < last ? t : last) * (size_t)view->width;
}

void mld_fill_dpi_by(const struct mld_measure_view *view, int years, double *restrict value)
{
    const double *called = row_by(view, view->paid_in, years),
                 *distributed = row_by(view, view->distributed, years);
    EACH_PATH(view)
        value[p] = called[p] > 0 ? distributed[p] / called[p] : (double)NAN;
}

void mld_fill_paid_in_net(const struct mld_measure_view *view, int unused, double *restrict value)
{
    const double *called = last_row(view, view->paid_in);
    (void)unused;
    EACH_PATH(view)
        value[p] = called[p];
    for (int t = 0; t <= view->grid->last; t++)
        EACH_PATH(view)
            value[p] -= view->fund->recalled[(size_t)t * (size_t)view->width + (size_t)p];
}
