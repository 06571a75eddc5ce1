/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One batch of paths through every stage, in the order of the model. */
#include "milliard/simulate.h"

#include <stdlib.h>

#include "fund/check.h"
#include "guarantee/check.h"

int mld_branches(const struct mld_plan *plan)
{
    return plan->guarantee.present ? 2 : 1;
}

static int has_hazard(const struct mld_plan *plan)
{
    return plan->guarantee.present && plan->guarantee.moral_hazard != 1;
}

/* The contract of one deal, and its life: series of a single deal, filled again and again. */
static int allocate_deal(struct mld_workspace *workspace)
{
    size_t length = MLD_MAX_PERIODS + 8;
    double *memory = calloc(8 * length, sizeof(double));
    workspace->memory = memory;
    if (!memory)
        return 0;
    double **series[8] = { &workspace->contract.income, &workspace->contract.capital, &workspace->contract.outstanding,
                           &workspace->contract.value,  &workspace->life.income,      &workspace->life.capital,
                           &workspace->life.outstanding, &workspace->life.nav };
    for (size_t i = 0; i < 8; i++)
        *series[i] = memory + i * length;
    return 1;
}

static int allocate_outputs(struct mld_workspace *workspace, const struct mld_plan *plan, int branch)
{
    size_t width = (size_t)workspace->width;
    workspace->value[branch] = calloc((size_t)mld_measure_count() * width, sizeof(double));
    workspace->series[branch] = calloc((size_t)mld_series_total(plan) * width, sizeof(double));
    return workspace->value[branch] && workspace->series[branch];
}

static enum mld_status allocate_branch(struct mld_workspace *workspace, const struct mld_plan *plan, int branch, int traced)
{
    enum mld_status status = MLD_OK;
    if (branch == MLD_WITHOUT || has_hazard(plan)) {
        status = mld_issuer_outcomes_init(&workspace->outcomes[branch], plan, workspace->width);
        if (status == MLD_OK)
            status = mld_pools_init(&workspace->pools[branch], plan, workspace->width);
    }
    if (status == MLD_OK && plan->fund.present)
        status = mld_fund_init(&workspace->fund[branch], plan, workspace->width, traced);
    if (status == MLD_OK && !allocate_outputs(workspace, plan, branch))
        status = MLD_ERR_MEMORY;
    return status;
}

enum mld_status mld_workspace_create(const struct mld_plan *plan, int width, int traced, struct mld_workspace **out)
{
    struct mld_workspace *workspace = calloc(1, sizeof *workspace);
    *out = workspace;
    if (!workspace)
        return MLD_ERR_MEMORY;
    workspace->width = (width + 7) / 8 * 8;
    enum mld_status status = mld_factor_rows_init(&workspace->factors, plan, workspace->width);
    if (status == MLD_OK)
        status = mld_portfolio_init(&workspace->portfolio, plan, workspace->width);
    if (status == MLD_OK && plan->guarantee.present)
        status = mld_guarantee_init(&workspace->guarantee, plan, workspace->width);
    for (int branch = 0; status == MLD_OK && branch < mld_branches(plan); branch++)
        status = allocate_branch(workspace, plan, branch, traced);
    if (status == MLD_OK) {
        workspace->measures = mld_measures_create(plan, workspace->width);
        workspace->hazard_scale = calloc((size_t)workspace->width * (size_t)plan->max_issuers, sizeof(double));
        if (!workspace->measures || !workspace->hazard_scale || !allocate_deal(workspace))
            status = MLD_ERR_MEMORY;
    }
    if (status != MLD_OK) {
        mld_workspace_free(workspace);
        *out = NULL;
    }
    return status;
}

void mld_workspace_free(struct mld_workspace *workspace)
{
    if (!workspace)
        return;
    mld_factor_rows_clear(&workspace->factors);
    mld_portfolio_clear(&workspace->portfolio);
    mld_guarantee_clear(&workspace->guarantee);
    for (int branch = 0; branch < MLD_BRANCHES; branch++) {
        mld_issuer_outcomes_clear(&workspace->outcomes[branch]);
        mld_pools_clear(&workspace->pools[branch]);
        mld_fund_clear(&workspace->fund[branch]);
        free(workspace->value[branch]);
        free(workspace->series[branch]);
    }
    mld_measures_free(workspace->measures);
    free(workspace->hazard_scale);
    free(workspace->memory);
    free(workspace);
}

/* Settles every deal of a branch into its pools and, where asked, into the guarantee. */
static void settle(const struct mld_plan *plan, uint32_t first, int paths, struct mld_workspace *workspace,
                   int branch, int guaranteed)
{
    struct mld_pools *pools = &workspace->pools[branch];
    mld_pools_reset(pools, plan, paths);
    for (int d = 0; d < workspace->portfolio.n_deals; d++) {
        const struct mld_deal *deal = &workspace->portfolio.deal[d];
        mld_deal_fill(plan, first, &workspace->factors, &workspace->portfolio, &workspace->outcomes[branch], d,
                      &workspace->contract, &workspace->life);
        mld_pools_add(pools, plan, deal, &workspace->life);
        if (guaranteed)
            mld_guarantee_add(&workspace->guarantee, plan, deal, &workspace->contract, &workspace->life);
    }
}

/* Carries the pools of a branch through the fund and measures it. */
static void account(const struct mld_plan *plan, uint32_t first, int paths, struct mld_workspace *workspace, int branch)
{
    const struct mld_pools *pools = &workspace->pools[branch == MLD_WITH && has_hazard(plan) ? MLD_WITH : MLD_WITHOUT];
    const struct mld_guarantee_flows *guarantee = branch == MLD_WITH ? &workspace->guarantee : NULL;
    struct mld_fund_flows *fund = plan->fund.present ? &workspace->fund[branch] : NULL;
    if (fund) {
        mld_fund_take(fund, plan, paths, pools, guarantee);
        mld_fund_fill(plan, first, paths, fund);
        mld_fund_check(plan, first, paths, branch, fund, &workspace->violation);
    }
    struct mld_measure_input input = { .plan = plan, .paths = paths, .branch = branch, .pools = pools, .fund = fund,
                                       .guarantee = guarantee };
    mld_measures_fill(workspace->measures, &input, workspace->width, workspace->value[branch], workspace->series[branch]);
}

void mld_simulate(const struct mld_plan *plan, uint32_t first, int paths, struct mld_workspace *workspace)
{
    int guaranteed = plan->guarantee.present, hazard = has_hazard(plan);
    workspace->violation.what = NULL;

    mld_factors_fill(plan, first, paths, &workspace->factors);
    mld_portfolio_fill(plan, first, paths, &workspace->portfolio);
    if (guaranteed)
        mld_guarantee_reset(&workspace->guarantee, plan, paths);

    mld_issuers_fill(plan, first, paths, &workspace->factors, &workspace->portfolio, NULL, &workspace->outcomes[MLD_WITHOUT]);
    settle(plan, first, paths, workspace, MLD_WITHOUT, guaranteed && !hazard);
    if (hazard) {
        mld_guarantee_hazard(plan, &workspace->portfolio, workspace->hazard_scale);
        mld_issuers_fill(plan, first, paths, &workspace->factors, &workspace->portfolio, workspace->hazard_scale,
                         &workspace->outcomes[MLD_WITH]);
        settle(plan, first, paths, workspace, MLD_WITH, 1);
    }
    account(plan, first, paths, workspace, MLD_WITHOUT);
    if (guaranteed) {
        mld_guarantee_close(&workspace->guarantee, plan, paths);
        account(plan, first, paths, workspace, MLD_WITH);
        mld_guarantee_check(plan, first, paths, &workspace->guarantee,
                            plan->fund.present ? &workspace->fund[MLD_WITH] : NULL, &workspace->violation);
    }
}
