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

/* ---- groups ---- */

/* What the groups of one kind have of a path, less what the pools have. */
struct gap {
    double invested, received, loss[MLD_LOSSES];
};

static void take_group(const struct mld_groups *groups, int path, int group, struct gap *gap)
{
    size_t at = (size_t)path * (size_t)groups->n + (size_t)group;
    const double *total = groups->total + at * MLD_GROUP_TOTALS;
    gap->invested += total[MLD_GROUP_INVESTED];
    gap->received += sum(groups->periods, groups->flow + at * (size_t)groups->stride, 1);
    gap->loss[MLD_LOSS_DEFAULT] += total[MLD_GROUP_LOSS_DEFAULT];
    gap->loss[MLD_LOSS_EXIT] += total[MLD_GROUP_LOSS_EXIT];
    gap->loss[MLD_LOSS_FORCED] += total[MLD_GROUP_LOSS_FORCED];
}

static void take_pools(const struct mld_pools *pools, int path, struct gap *gap)
{
    const double *loss = pools->loss_by_instrument + (size_t)path * MLD_INSTRUMENTS * MLD_LOSSES;
    double cost = invested(pools, path);
    gap->invested -= cost;
    gap->received += cost;
    for (int t = 0; t < pools->periods; t++) {
        size_t at = (size_t)t * (size_t)pools->width + (size_t)path;
        gap->received -= pools->income[at] + pools->capital[at];
    }
    for (int kind = 0; kind < MLD_LOSSES; kind++)
        gap->loss[kind] -= sum(MLD_INSTRUMENTS, loss + kind, MLD_LOSSES);
}

/* The wider of two; what is no number is wider than any. */
static double wider(double most, double gap)
{
    return most == most && !(fabs(gap) <= most) ? fabs(gap) : most;
}

static double widest(const struct gap *gap)
{
    double most = wider(fabs(gap->invested), gap->received);
    for (int kind = 0; kind < MLD_LOSSES; kind++)
        most = wider(most, gap->loss[kind]);
    return most;
}

/* Given: what the pools have of the path, taken from nothing. */
static double excess_of(const struct mld_groups *groups, int path, enum mld_group_kind kind,
                        struct gap gap)
{
    double tolerance = TOLERANCE_EUR - TOLERANCE_RELATIVE * gap.invested;
    for (int g = 0; g < groups->n; g++)
        if (groups->list->group[g].kind == kind)
            take_group(groups, path, g, &gap);
    return widest(&gap) - tolerance;
}

void mld_groups_check(const struct mld_groups *groups, const struct mld_pools *pools,
                      uint32_t first, int paths, int design, struct mld_violation *violation)
{
    for (int p = 0; p < paths; p++) {
        struct gap pooled = { 0 };
        take_pools(pools, p, &pooled);
        for (int kind = 0; kind < MLD_GROUP_KINDS; kind++) {
            double excess = excess_of(groups, p, (enum mld_group_kind)kind, pooled);
            if (!(excess <= 0)) {
                mld_violation_keep(violation,
                                   (struct mld_violation){
                                       "returns by group do not add up to those of all deals",
                                       first + (uint32_t)p, pools->periods - 1, design, excess });
                return;
            }
        }
    }
}
