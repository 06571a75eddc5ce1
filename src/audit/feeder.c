/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/feeder.h"

#include <math.h>

#include "core/numbers.h"

#define TOLERANCE 1e-6
#define TOLERANCE_RELATIVE 1e-12

static double at(const struct mld_feeder *of, enum mld_feeder_series series, int t, int path)
{
    return t < 0 ? 0 : mld_feeder_row(of, series, t)[path];
}

static double cash_missed(const struct mld_feeder *of, int t, int p)
{
    return fabs(at(of, MLD_FEEDER_CASH, t - 1, p) + at(of, MLD_FEEDER_SUBSCRIBED, t, p) +
                at(of, MLD_FEEDER_INTEREST, t, p) + at(of, MLD_FEEDER_RECEIVED, t, p) -
                at(of, MLD_FEEDER_PAID, t, p) - at(of, MLD_FEEDER_FEES, t, p) -
                at(of, MLD_FEEDER_PAID_OUT, t, p) - at(of, MLD_FEEDER_FINAL, t, p) -
                at(of, MLD_FEEDER_CASH, t, p));
}

static double units_missed(const struct mld_feeder *of, int t, int p)
{
    return fabs(at(of, MLD_FEEDER_UNITS, t - 1, p) + at(of, MLD_FEEDER_BOUGHT, t, p) -
                at(of, MLD_FEEDER_SERVED, t, p) - at(of, MLD_FEEDER_UNITS, t, p));
}

/* Units are asked back at the end of a year before t_L: its place, or -1. */
static int year_that_ends(const struct mld_grid *grid, int t)
{
    int m = grid->periods_per_year;
    return t % m == m - 1 && t < grid->last ? t / m : -1;
}

static double waiting_missed(const struct mld_feeder *of, const struct mld_grid *grid, int t, int p)
{
    int year = year_that_ends(grid, t);
    double asked = year < 0 ? 0 : at(of, MLD_FEEDER_REQUESTED, year, p);
    return fabs(at(of, MLD_FEEDER_WAITING, t - 1, p) + asked - at(of, MLD_FEEDER_SERVED, t, p) -
                at(of, MLD_FEEDER_WAITING, t, p));
}

/* By how much the lowest of all is below 0, or units that wait are more than there are. */
static double lowest(const struct mld_feeder *of, int t, int p)
{
    double least = at(of, MLD_FEEDER_UNITS, t, p) - at(of, MLD_FEEDER_WAITING, t, p);
    for (int s = 0; s < MLD_FEEDER_PERIOD_SERIES; s++)
        least = mld_least(least, at(of, (enum mld_feeder_series)s, t, p));
    return -least;
}

/* What goes beyond a call, the gate or the pocket. */
static double beyond(const struct mld_feeder *of, const struct mld_feeder_spec *spec, int t, int p)
{
    double served = at(of, MLD_FEEDER_SERVED, t, p),
           worst = at(of, MLD_FEEDER_PAID, t, p) - at(of, MLD_FEEDER_CALLED, t, p);
    double gate = served - spec->gate * (at(of, MLD_FEEDER_UNITS, t, p) + served),
           pocket = spec->pocket * at(of, MLD_FEEDER_VALUE, t, p) - at(of, MLD_FEEDER_CASH, t, p);
    worst = gate > worst ? gate : worst;
    return served > 0 && pocket > worst ? pocket : worst;
}

static const char *broken(const struct mld_feeder *of, const struct mld_grid *grid,
                          const struct mld_feeder_spec *spec, int t, int p, double tolerance,
                          double *amount)
{
    if (!((*amount = cash_missed(of, t, p)) <= tolerance))
        return "the feeder's cash is not what came in less what went out";
    if (!((*amount = units_missed(of, t, p)) <= tolerance))
        return "the feeder's units are not those before, bought and paid back";
    if (!((*amount = waiting_missed(of, grid, t, p)) <= tolerance))
        return "the feeder's waiting units are not those before, asked and paid back";
    if (!((*amount = lowest(of, t, p)) <= tolerance))
        return "something of the feeder is negative, or more units wait than there are";
    if (!((*amount = beyond(of, spec, t, p)) <= tolerance))
        return "the feeder pays beyond a call, its gate or its pocket";
    return NULL;
}

void mld_feeder_check(const struct mld_feeder *feeder, const struct mld_grid *grid,
                      const struct mld_feeder_spec *spec, uint32_t first, int paths, int design,
                      struct mld_violation *violation)
{
    for (int p = 0; p < paths; p++) {
        double paid_in = 0, amount = 0;
        for (int t = 0; t <= grid->last; t++) {
            paid_in += at(feeder, MLD_FEEDER_SUBSCRIBED, t, p) +
                       at(feeder, MLD_FEEDER_VALUE, t, p) / grid->periods;
            const char *what = broken(feeder, grid, spec, t, p,
                                      TOLERANCE + TOLERANCE_RELATIVE * paid_in, &amount);
            if (what)
                mld_violation_keep(violation, (struct mld_violation){ what, first + (uint32_t)p, t,
                                                                      design, amount });
        }
    }
}
