/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/indicators.h"

#include <math.h>

static double sum_of(const struct mld_measure_view *view, const double *by_year)
{
    double sum = 0;
    for (int y = 0; y < view->years; y++)
        sum += by_year[y];
    return sum;
}

/* What all deals of a path cost, in millions. */
static double millions_invested(const struct mld_measure_view *view, int path)
{
    double cost = 0;
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        cost += view->pools->cost_by_instrument[(size_t)path * MLD_INSTRUMENTS + (size_t)i];
    return cost / 1e6;
}

static double value_of(const struct mld_measure_view *view, int what,
                       const struct mld_indicator_sums *sums, int path)
{
    double millions;
    switch (what) {
    case MLD_INDICATOR_MADE: return sum_of(view, sums->made);
    case MLD_INDICATOR_LOST: return sum_of(view, sums->lost);
    case MLD_INDICATOR_PER_MILLION:
        millions = millions_invested(view, path);
        return millions > 0 ? sum_of(view, sums->made) / millions : (double)NAN;
    default:
        return what < MLD_INDICATOR_FORM ? sums->by_instrument[what - MLD_INDICATOR_INSTRUMENT]
                                         : sums->by_form[what - MLD_INDICATOR_FORM];
    }
}

void mld_fill_indicator(const struct mld_measure_view *view, int argument, double *restrict value)
{
    for (int p = 0; p < view->paths; p++)
        value[p] = value_of(view, argument % MLD_INDICATOR_STEP,
                            mld_indicator_of(view->indicators, p, argument / MLD_INDICATOR_STEP),
                            p);
}

void mld_fill_indicator_made(const struct mld_measure_view *view, int k, double *restrict value)
{
    for (int y = 0; y < view->years; y++)
        for (int p = 0; p < view->paths; p++)
            value[(size_t)y * (size_t)view->width + (size_t)p] =
                mld_indicator_of(view->indicators, p, k)->made[y];
}

void mld_fill_indicator_lost(const struct mld_measure_view *view, int k, double *restrict value)
{
    for (int y = 0; y < view->years; y++)
        for (int p = 0; p < view->paths; p++)
            value[(size_t)y * (size_t)view->width + (size_t)p] =
                mld_indicator_of(view->indicators, p, k)->lost[y];
}
