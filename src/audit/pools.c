/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/pools.h"

#include <math.h>

/* Sums of a million tickets are good to about 1e-11 of them. */
#define TOLERANCE_EUR 1e-6
#define TOLERANCE_RELATIVE 1e-10

static double sum(int n, const double *values, int stride)
{
    double total = 0;
    for (int i = 0; i < n; i++)
        total += values[i * stride];
    return total;
}

static double invested(const struct mld_pools *pools, int path)
{
    double total = 0;
    for (int t = 0; t < pools->periods; t++)
        total += pools->invested[(size_t)t * (size_t)pools->width + (size_t)path];
    return total;
}

/* The losses of one kind, by instrument less by form. */
static double difference_of_losses(const struct mld_pools *pools, int path, int kind)
{
    const double *instruments = pools->loss_by_instrument +
                                (size_t)path * MLD_INSTRUMENTS * MLD_LOSSES + kind;
    const double *forms = pools->loss_by_form + (size_t)path * MLD_MAX_FORMS * MLD_LOSSES + kind;
    return sum(MLD_INSTRUMENTS, instruments, MLD_LOSSES) - sum(MLD_MAX_FORMS, forms, MLD_LOSSES);
}

/* What is wrong with a path, and by how much; NULL when nothing is. */
static const char *wrong(const struct mld_pools *pools, int path, double *excess)
{
    double cost = invested(pools, path), tolerance = TOLERANCE_EUR + TOLERANCE_RELATIVE * cost;
    *excess = fabs(sum(MLD_INSTRUMENTS, pools->cost_by_instrument + (size_t)path * MLD_INSTRUMENTS,
                       1) -
                   cost) -
              tolerance;
    if (!(*excess <= 0))
        return "costs by instrument do not add up to what is invested";
    for (int kind = 0; kind < MLD_LOSSES; kind++) {
        *excess = fabs(difference_of_losses(pools, path, kind)) - tolerance;
        if (!(*excess <= 0))
            return "losses by instrument do not add up to those by legal form";
    }
    return NULL;
}

void mld_pools_check(const struct mld_pools *pools, uint32_t first, int paths, int design,
                     struct mld_violation *violation)
{
    for (int p = 0; p < paths; p++) {
        double excess;
        const char *what = wrong(pools, p, &excess);
        if (what) {
            mld_violation_keep(violation,
                               (struct mld_violation){ what, first + (uint32_t)p,
                                                       pools->periods - 1, design, excess });
            return;
        }
    }
}
