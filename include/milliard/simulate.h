/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * One batch of paths through every stage, in the order of the model. The workspace is allocated once.
 */
#ifndef MILLIARD_SIMULATE_H
#define MILLIARD_SIMULATE_H

#include "milliard/measure.h"
#include "milliard/plan.h"

/** First violation of an identity of section 10 in a batch; `what` is NULL when there is none. */
struct mld_violation { const char *what; uint32_t path; int period; enum mld_branch branch; double amount; };

struct mld_workspace {
    int width;                         /**< paths a batch may hold, a multiple of 8 */
    struct mld_factor_rows factors;
    struct mld_portfolio portfolio;
    struct mld_issuer_outcomes outcomes[MLD_BRANCHES];
    struct mld_contract contract;
    struct mld_life life;
    struct mld_pools pools[MLD_BRANCHES];
    struct mld_guarantee_flows guarantee;
    struct mld_fund_flows fund[MLD_BRANCHES];
    struct mld_measures_workspace *measures;
    double *hazard_scale;
    double *value[MLD_BRANCHES];       /**< measures: [measure][path], width wide */
    double *series[MLD_BRANCHES];      /**< series: [offset + step][path], width wide */
    struct mld_violation violation;
    void *memory;
};

enum mld_status mld_workspace_create(const struct mld_plan *plan, int width, int traced, struct mld_workspace **workspace);
void mld_workspace_free(struct mld_workspace *workspace);

/** Simulates paths first … first+paths-1 (paths ≤ width) in every branch of the plan. Cannot fail; see `violation`. */
void mld_simulate(const struct mld_plan *plan, uint32_t first, int paths, struct mld_workspace *workspace);

/** Branches a plan has: 2 with a guarantee, 1 without. */
int mld_branches(const struct mld_plan *plan);

#endif
