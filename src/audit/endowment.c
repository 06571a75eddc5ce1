/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/endowment.h"

#include <math.h>

#include "core/numbers.h"

#define TOLERANCE_EUR 1e-6
#define TOLERANCE_RELATIVE 1e-12

/* What comes in and goes out of a year of a path. */
static double missed(const struct mld_endowment *of, size_t at, double before)
{
    return fabs(before + of->received[at] - of->cost[at] - of->granted[at] - of->balance[at]);
}

/*
 * By how much grants are beyond their bounds: more than so many of the largest, or fewer than so
 * many of the smallest; or the year's money, of which less than the smallest may be left.
 */
static double beyond(const struct mld_endowment *of, const struct mld_endowment_spec *spec,
                     size_t at)
{
    double own = 1 - spec->co_funding, projects = of->projects[at], granted = of->granted[at],
           smallest = own * spec->grant_min, money = spec->pace * (of->balance[at] + granted);
    double most = projects * own * spec->grant_max, worst = granted - most;
    worst = projects * smallest - granted > worst ? projects * smallest - granted : worst;
    if (projects < MLD_MAX_GRANTS && money - granted - smallest > worst)
        worst = money - granted - smallest;
    return granted - money > worst ? granted - money : worst;
}

static const char *broken(const struct mld_endowment *of, const struct mld_endowment_spec *spec,
                          size_t at, double before, double *amount)
{
    double tolerance = TOLERANCE_EUR + TOLERANCE_RELATIVE * (before + of->received[at]);
    if (!((*amount = missed(of, at, before)) <= tolerance))
        return "the endowment's balance is not what came in less what went out";
    if (!((*amount = -mld_least(of->balance[at], mld_least(of->cost_unpaid[at], of->cost[at]))) <=
          tolerance))
        return "the endowment's balance, or its cost, is negative";
    if (!((*amount = beyond(of, spec, at)) <= tolerance))
        return "grants of the endowment are beyond their bounds, or leave one ungranted";
    return NULL;
}

void mld_endowment_check(const struct mld_endowment *endowment,
                         const struct mld_endowment_spec *spec, const struct mld_grid *grid,
                         uint32_t first, int paths, int design, struct mld_violation *violation)
{
    for (int p = 0; p < paths; p++) {
        double before = 0, amount = 0;
        for (int y = 0; y < spec->horizon_years; y++) {
            size_t at = (size_t)y * (size_t)endowment->width + (size_t)p;
            const char *what = broken(endowment, spec, at, before, &amount);
            if (what)
                mld_violation_keep(violation, (struct mld_violation){ what, first + (uint32_t)p,
                                                                      y * grid->periods_per_year,
                                                                      design, amount });
            before = endowment->balance[at];
        }
    }
}
