/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/public.h"

#include <math.h>
#include <string.h>

#include "milliard/numerics.h"

/* What the State pays of a call: Σ over classes of its share times theirs of the commitments. */
static double share_of_calls(const struct mld_fund_spec *spec)
{
    double share = 0;
    for (int k = 0; k < MLD_CLASSES; k++)
        share += mld_public_share(&spec->share_class[k]) * spec->share_class[k].commitment;
    return share / spec->commitments;
}

/* What the State's shares receive in t on a path. */
static double received(const struct mld_measure_view *view, size_t at)
{
    double sum = 0;
    for (int k = 0; k < MLD_CLASSES; k++)
        sum += mld_public_share(&view->fund_spec->share_class[k]) * view->fund->distribution[k][at];
    return sum;
}

/* Σ_t (calls − distributions)·factor^(t+1). */
static void discount(const struct mld_measure_view *view, double rate, double *restrict value)
{
    double share = share_of_calls(view->fund_spec), worth = 1,
           factor = mld_pow(1 + rate, -1.0 / view->grid->periods_per_year);
    memset(value, 0, (size_t)view->paths * sizeof *value);
    for (int t = 0; t < view->periods; t++) {
        worth *= factor;
        for (int p = 0; p < view->paths; p++) {
            size_t at = (size_t)t * (size_t)view->width + (size_t)p;
            value[p] += worth * (share * view->fund->call[at] - received(view, at));
        }
    }
}

/* A path's calls less distributions, and the most of it at any date. */
static double walk(const struct mld_measure_view *view, int path, double *peak, double *paid)
{
    double share = share_of_calls(view->fund_spec), position = 0;
    *peak = *paid = 0;
    for (int t = 0; t < view->periods; t++) {
        size_t at = (size_t)t * (size_t)view->width + (size_t)path;
        *paid += share * view->fund->call[at];
        position += share * view->fund->call[at] - received(view, at);
        *peak = position > *peak ? position : *peak;
    }
    return position;
}

void mld_fill_investor(const struct mld_measure_view *view, int which, double *restrict value)
{
    if (which == MLD_INVESTOR_DISCOUNTED || which == MLD_INVESTOR_EQUITY) {
        discount(view,
                 which == MLD_INVESTOR_EQUITY ? view->fund_spec->reference_rate_equity
                                              : view->fund_spec->reference_rate,
                 value);
        return;
    }
    for (int p = 0; p < view->paths; p++) {
        double peak, paid, cost = walk(view, p, &peak, &paid);
        value[p] = which == MLD_INVESTOR_PEAK   ? peak
                   : which == MLD_INVESTOR_LOSS ? (double)mld_exceeds(cost, 0, paid)
                                                : mld_settled(cost, paid);
    }
}

static double grants(const struct mld_measure_view *view, int discounted)
{
    const struct mld_fund_spec *spec = view->fund_spec;
    double factor = mld_pow(1 + spec->reference_rate, -1.0 / view->grid->periods_per_year), sum = 0,
           worth = 1;
    for (int t = 0; t < view->periods; t++) {
        worth *= factor;
        sum += (discounted ? worth : 1) * mld_fund_granted_in(view->grid, spec, t);
    }
    return sum;
}

void mld_fill_public_cost(const struct mld_measure_view *view, int discounted,
                          double *restrict value)
{
    double given = grants(view, discounted);
    mld_fill_investor(view, discounted ? MLD_INVESTOR_DISCOUNTED : MLD_INVESTOR_COST, value);
    for (int p = 0; p < view->paths; p++)
        value[p] += given + (view->guarantee ? mld_net_cost(view, p, discounted) : 0);
}
