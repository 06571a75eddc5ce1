/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One batch of paths through every stage, in the order of the model. */
#include "milliard/simulate.h"

#include <stdlib.h>
#include <string.h>

#include "core/numbers.h"
#include "audit/endowment.h"
#include "audit/feeder.h"
#include "audit/fund.h"
#include "audit/guarantee.h"
#include "audit/indicators.h"
#include "audit/nav.h"
#include "audit/parties.h"
#include "audit/pools.h"
#include "run/recycle.h"

enum { CACHE_LINE = 64 };

static int allocate_outputs(struct mld_design_flows *flows, const struct mld_plan *plan,
                            size_t width, enum mld_keeping keeping)
{
    size_t steps = keeping == MLD_KEEP_MEASURES ? 0 : (size_t)mld_output_steps(&plan->model);
    flows->value = calloc((size_t)mld_measure_count() * width, sizeof(double));
    flows->series = steps ? calloc(steps * width, sizeof(double)) : NULL;
    return flows->value && (flows->series || !steps);
}

static enum mld_status allocate_design(struct mld_design_flows *flows, const struct mld_plan *plan,
                                       const struct mld_design *design, int width,
                                       enum mld_keeping keeping)
{
    const struct mld_grid *grid = &plan->model.grid;
    enum mld_status status = MLD_OK;
    if (design->guarantee && keeping == MLD_KEEP_MEASURES)
        status = mld_guarantee_init_lean(&flows->guarantee, grid, design->guarantee, width);
    else if (design->guarantee)
        status = mld_guarantee_init(&flows->guarantee, grid, design->guarantee, width);
    if (status == MLD_OK && design->fund)
        status = mld_fund_init(&flows->fund, grid, design->fund, width, keeping == MLD_KEEP_TRACE);
    if (status == MLD_OK && design->fund && design->fund->credit_line.limit > 0 &&
        !design->fund->recycling.present) {
        status = mld_fund_init(&flows->without_line, grid, design->fund, width, 0);
        flows->without_line.borrows_nothing = 1;
    }
    if (status == MLD_OK && design->fund && design->feeder)
        status = mld_feeder_init(&flows->feeder, grid, width);
    if (status == MLD_OK && design->fund && (keeping != MLD_KEEP_MEASURES || design->feeder))
        status = mld_nav_init(&flows->nav, grid, width);
    if (status == MLD_OK && design->endowment)
        status = mld_endowment_init(&flows->endowment, grid, width);
    if (status == MLD_OK && !allocate_outputs(flows, plan, (size_t)width, keeping))
        status = MLD_ERR_MEMORY;
    return status;
}

/* Lives, and what is added up of them where it is asked for. */
static enum mld_status allocate_lives(struct mld_lives *lives, const struct mld_plan *plan, int k,
                                      int width, enum mld_keeping keeping)
{
    const struct mld_model *model = &plan->model;
    enum mld_status status = mld_lives_init(lives, model, &plan->lives[k], width,
                                            keeping == MLD_KEEP_TRACE);
    if (status == MLD_OK && keeping != MLD_KEEP_MEASURES)
        status = mld_groups_init(&lives->groups, model, width);
    if (status == MLD_OK && plan->fund.present)
        status = mld_holdings_init(&lives->holdings, model, width);
    if (status == MLD_OK && model->indicators.n > 0)
        status = mld_indicators_init(&lives->indicators, model, width);
    return status;
}

/* Numbers in the accounts of the largest guarantee; 0 without any. */
static size_t most_accounts(const struct mld_workspace *workspace, const struct mld_plan *plan)
{
    size_t most = 0;
    for (int d = 0; d < plan->n_designs; d++) {
        size_t of = plan->design[d].guarantee
                        ? mld_guarantee_accounts(&workspace->design[d].guarantee)
                        : 0;
        most = of > most ? of : most;
    }
    return most;
}

static enum mld_status allocate(struct mld_workspace *workspace, const struct mld_plan *plan,
                                enum mld_keeping keeping)
{
    int width = workspace->width;
    enum mld_status status = mld_factor_rows_init(&workspace->factors, &plan->model, width);
    if (status == MLD_OK)
        status = mld_portfolio_init(&workspace->portfolio, &plan->model, width);
    for (int k = 0; status == MLD_OK && k < plan->n_lives; k++)
        status = allocate_lives(&workspace->lives[k], plan, k, width, keeping);
    for (int d = 0; status == MLD_OK && d < plan->n_designs; d++)
        status = allocate_design(&workspace->design[d], plan, &plan->design[d], width, keeping);
    if (status != MLD_OK)
        return status;
    if (plan->lives[0].candidates)
        status = mld_recycler_create(&workspace->recycler, plan->model.max_deals,
                                     most_accounts(workspace, plan), width);
    if (status != MLD_OK)
        return status;
    workspace->measures = mld_measures_create(&plan->model.grid, width);
    workspace->audited = aligned_alloc(CACHE_LINE,
                                       (size_t)width * MLD_FUND_AUDIT_ROWS * sizeof(double));
    return workspace->measures && workspace->audited ? MLD_OK : MLD_ERR_MEMORY;
}

enum mld_status mld_workspace_create(const struct mld_plan *plan, int width,
                                     enum mld_keeping keeping, struct mld_workspace **out)
{
    struct mld_workspace *workspace = *out = calloc(1, sizeof *workspace);
    if (!workspace)
        return MLD_ERR_MEMORY;
    workspace->width = mld_padded(width);
    workspace->no_series = keeping == MLD_KEEP_MEASURES;
    enum mld_status status = allocate(workspace, plan, keeping);
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
    for (int i = 0; i < MLD_MAX_DESIGNS; i++) {
        struct mld_design_flows *flows = &workspace->design[i];
        mld_lives_clear(&workspace->lives[i]);
        mld_guarantee_clear(&flows->guarantee);
        mld_fund_clear(&flows->fund);
        mld_fund_clear(&flows->without_line);
        mld_nav_clear(&flows->nav);
        mld_feeder_clear(&flows->feeder);
        mld_endowment_clear(&flows->endowment);
        free(flows->value);
        free(flows->series);
    }
    mld_measures_free(workspace->measures);
    free(workspace->audited);
    mld_recycler_free(workspace->recycler);
    free(workspace);
}

/* A period of the fund, and what its classes are worth after it where that is asked for. */
static void advance_fund(const struct mld_grid *grid, const struct mld_design *design, int t,
                         const struct mld_lives *lives, int valued, struct mld_design_flows *flows)
{
    mld_fund_take(&flows->fund, t, &lives->pools, design->guarantee ? &flows->guarantee : NULL);
    mld_fund_advance(&flows->fund, grid, design->fund, t);
    if (valued)
        mld_nav_fill(&flows->nav, grid, design->fund, &flows->fund, t,
                     lives->holdings.discounted + (size_t)t * (size_t)flows->nav.width);
}

/* Guarantee and fund side by side, period after period; a guarantee alone goes its own way. */
static void price(const struct mld_model *model, const struct mld_design *design, uint32_t first,
                  int paths, int valued, struct mld_lives *lives, struct mld_design_flows *flows)
{
    const struct mld_grid *grid = &model->grid;
    if (!design->fund && design->guarantee) {
        mld_guarantee_price(&flows->guarantee, grid, design->guarantee, &lives->covers, paths);
        return;
    }
    if (design->guarantee)
        mld_guarantee_open(&flows->guarantee, grid, design->guarantee);
    if (design->fund)
        mld_fund_open(&flows->fund, grid, design->fund, model->seed, first, paths);
    for (int t = 0; t <= grid->last; t++) {
        if (flows->guarantee.growing)
            mld_covers_grow(&lives->covers, t);
        if (design->guarantee)
            mld_guarantee_advance(&flows->guarantee, grid, design->guarantee, &lives->covers, t);
        if (design->fund)
            advance_fund(grid, design, t, lives, valued, flows);
    }
    if (flows->guarantee.growing)
        mld_covers_grow(&lives->covers, grid->last + 1);
    if (design->guarantee)
        mld_guarantee_close(&flows->guarantee, grid, design->guarantee, &lives->covers, paths);
}

/* The fund once more, of the same deals and guarantee, with nothing borrowed. */
static void price_without_line(const struct mld_model *model, const struct mld_design *design,
                               uint32_t first, int paths, const struct mld_lives *lives,
                               struct mld_design_flows *flows)
{
    struct mld_fund_flows *fund = &flows->without_line;
    fund->tmo = flows->fund.tmo;
    fund->tmo_stride = flows->fund.tmo_stride;
    mld_fund_open(fund, &model->grid, design->fund, model->seed, first, paths);
    for (int t = 0; t <= model->grid.last; t++) {
        mld_fund_take(fund, t, &lives->pools, design->guarantee ? &flows->guarantee : NULL);
        mld_fund_advance(fund, &model->grid, design->fund, t);
    }
}

static int asks_without_line(const struct mld_workspace *workspace, int d)
{
    const unsigned char *wanted = workspace->wanted[d];
    return workspace->design[d].without_line.state &&
           (!wanted || wanted[mld_measure_named("net_irr_a_without_line")]);
}

static int asks_feeder(const struct mld_workspace *workspace, const struct mld_design *design,
                       int d)
{
    return design->fund && design->feeder &&
           (!workspace->no_series || mld_measures_read(workspace->wanted[d], MLD_SCOPE_FEEDER));
}

/* Whether what classes are worth is asked for, period by period. */
static int values_classes(const struct mld_workspace *workspace, const struct mld_design *design,
                          int d)
{
    return !workspace->no_series || asks_feeder(workspace, design, d);
}

/* The feeder upon the fund, on the same futures. */
static void feed(const struct mld_model *model, const struct mld_design *design, uint32_t first,
                 int paths, const struct mld_factor_rows *factors, struct mld_design_flows *flows)
{
    int cycle = design->feeder->cycle, stride = factors->stride;
    const struct mld_feeder_source source = {
        .fund = &flows->fund,
        .nav = &flows->nav,
        .cycle = cycle < 0 ? NULL : factors->named + (size_t)cycle * (size_t)stride,
        .cycle_stride = model->factors.n_factors * stride,
        .seed = model->seed,
    };
    mld_feeder_fill(&flows->feeder, &model->grid, design->feeder, &source, first, paths);
}

static int asks_endowment(const struct mld_workspace *workspace, const struct mld_design *design,
                          int d)
{
    return design->endowment &&
           (!workspace->no_series || mld_measures_read(workspace->wanted[d], MLD_SCOPE_ENDOWMENT));
}

/* The identities of section 10. */
static void check(const struct mld_model *model, const struct mld_design *design, int d,
                  uint32_t first, int paths, struct mld_workspace *workspace)
{
    struct mld_violation *violation = &workspace->violation;
    const struct mld_design_flows *flows = &workspace->design[d];
    const struct mld_fund_flows *fund = design->fund ? &flows->fund : NULL;
    if (fund)
        mld_fund_check(fund, &model->grid, design->fund, first, paths, d, workspace->audited,
                       violation);
    if (fund && values_classes(workspace, design, d))
        mld_nav_check(&flows->nav, &model->grid, design->fund, first, paths, d, violation);
    if (asks_feeder(workspace, design, d))
        mld_feeder_check(&flows->feeder, &model->grid, design->feeder, first, paths, d, violation);
    if (asks_endowment(workspace, design, d))
        mld_endowment_check(&flows->endowment, design->endowment, &model->grid, first, paths, d,
                            violation);
    if (design->guarantee && flows->guarantee.stride > 0)
        mld_guarantee_check(&flows->guarantee, &model->grid, design->guarantee, fund, first, paths,
                            d, violation);
}

static void measure(const struct mld_model *model, const struct mld_design *design, int d,
                    int paths, struct mld_workspace *workspace)
{
    struct mld_design_flows *flows = &workspace->design[d];
    struct mld_measure_input input = { .design = design,
                                       .n_forms = model->n_forms,
                                       .paths = paths,
                                       .wanted = workspace->wanted[d],
                                       .pools = &workspace->lives[design->lives].pools,
                                       .fund = design->fund ? &flows->fund : NULL,
                                       .guarantee = design->guarantee ? &flows->guarantee : NULL,
                                       .holdings = &workspace->lives[design->lives].holdings,
                                       .nav = design->fund ? &flows->nav : NULL,
                                       .feeder = &flows->feeder,
                                       .endowment = &flows->endowment,
                                       .indicators = &workspace->lives[design->lives].indicators,
                                       .without_line = flows->without_line.state
                                                           ? &flows->without_line
                                                           : NULL,
                                       .tmo = workspace->factors.tmo,
                                       .tmo_stride = workspace->factors.stride };
    mld_measures_fill(workspace->measures, &input, workspace->width, flows->value,
                      workspace->no_series ? NULL : flows->series);
}

/* The column of a measure; NULL of one that the design has not. *all: 0 when it was not wanted. */
static const double *measured(const struct mld_model *model, const struct mld_design *design,
                              const struct mld_workspace *workspace, int d, const char *name,
                              int *all)
{
    int measure = mld_measure_named(name);
    const unsigned char *wanted = workspace->wanted[d];
    if (!mld_measure_applies(design, model->n_forms, measure))
        return NULL;
    *all &= !wanted || wanted[measure];
    return workspace->design[d].value + (size_t)measure * (size_t)workspace->width;
}

/* All parties together, where their measures are wanted. */
static void check_parties(const struct mld_model *model, const struct mld_design *design, int d,
                          uint32_t first, int paths, struct mld_workspace *workspace)
{
    const struct mld_design_flows *flows = &workspace->design[d];
    int all = !workspace->no_series;
    const struct mld_parties parties = {
        .pools = &workspace->lives[design->lives].pools,
        .spec = design->fund,
        .fund = design->fund ? &flows->fund : NULL,
        .guarantee = design->guarantee ? &flows->guarantee : NULL,
        .net_cost = measured(model, design, workspace, d, "net_cost", &all),
        .public_cost = measured(model, design, workspace, d, "public_cost", &all),
        .investor = measured(model, design, workspace, d, "investor_cost", &all),
    };
    if (all)
        mld_parties_check(&parties, &model->grid, first, paths, d, workspace->audited,
                          workspace->audited + workspace->width, &workspace->violation);
}

int mld_output_steps(const struct mld_model *model)
{
    return mld_series_total(&model->grid) + mld_group_steps(model->groups.n, model->grid.periods);
}

/* Whether a series, or a measure that is wanted, reads what a fund holds. */
static int holds(const struct mld_plan *plan, const struct mld_workspace *workspace)
{
    int asked = !workspace->no_series;
    for (int d = 0; d < plan->n_designs; d++)
        asked |= mld_measures_read_holdings(workspace->wanted[d]) ||
                 asks_feeder(workspace, &plan->design[d], d);
    return plan->fund.present && asked;
}

/* Whether a series, or a measure that is wanted, reads what deals produce. */
static int counts(const struct mld_plan *plan, const struct mld_workspace *workspace)
{
    int asked = !workspace->no_series;
    for (int d = 0; d < plan->n_designs; d++)
        asked |= mld_measures_read(workspace->wanted[d], MLD_SCOPE_INDICATORS);
    return plan->model.indicators.n > 0 && asked;
}

/* Deals add up, whichever way they are added. */
static void check_sums(const struct mld_lives *lives, uint32_t first, int paths, int design,
                       struct mld_violation *violation)
{
    mld_pools_check(&lives->pools, first, paths, design, violation);
    if (lives->pooled)
        mld_groups_check(&lives->groups, &lives->pools, first, paths, design, violation);
    if (lives->counted)
        mld_indicators_check(&lives->indicators, first, paths, design, violation);
}

void mld_simulate_losses(const struct mld_plan *plan, uint32_t first, int paths,
                         struct mld_workspace *workspace)
{
    const struct mld_model *model = &plan->model;
    int held = holds(plan, workspace), counted = counts(plan, workspace);
    workspace->violation.what = NULL;
    mld_factors_fill(model, first, paths, &workspace->factors);
    mld_portfolio_fill(model, first, paths, &workspace->portfolio);
    for (int k = 0; k < plan->n_lives; k++) {
        workspace->lives[k].pooled = workspace->groups;
        workspace->lives[k].held = held;
        workspace->lives[k].counted = counted;
        mld_lives_fill(&workspace->lives[k], model, &plan->lives[k], first, paths,
                       &workspace->factors, &workspace->portfolio);
        check_sums(&workspace->lives[k], first, paths, mld_plan_reader(plan, k),
                   &workspace->violation);
    }
}

void mld_simulate_design(const struct mld_model *model, const struct mld_design *design, int d,
                         uint32_t first, int paths, struct mld_workspace *workspace)
{
    workspace->design[d].fund.tmo = workspace->factors.tmo;
    workspace->design[d].fund.tmo_stride = workspace->factors.stride;
    struct mld_lives *lives = &workspace->lives[design->lives];
    if (workspace->recycler) {
        mld_recycle(workspace->recycler, model, design, first, paths, lives, &workspace->design[d]);
        check_sums(lives, first, paths, d, &workspace->violation);
    }
    price(model, design, first, paths, values_classes(workspace, design, d), lives,
          &workspace->design[d]);
    if (asks_feeder(workspace, design, d))
        feed(model, design, first, paths, &workspace->factors, &workspace->design[d]);
    if (asks_endowment(workspace, design, d))
        mld_endowment_fill(&workspace->design[d].endowment, design->endowment, model->seed, first,
                           paths);
    if (asks_without_line(workspace, d))
        price_without_line(model, design, first, paths, lives, &workspace->design[d]);
    check(model, design, d, first, paths, workspace);
    measure(model, design, d, paths, workspace);
    check_parties(model, design, d, first, paths, workspace);
}

/* Whether anything of a design is asked for. */
static int is_wanted(const struct mld_workspace *workspace, int d)
{
    const unsigned char *wanted = workspace->wanted[d];
    return !workspace->no_series || !wanted || memchr(wanted, 1, (size_t)mld_measure_count());
}

void mld_simulate(const struct mld_plan *plan, uint32_t first, int paths,
                  struct mld_workspace *workspace)
{
    mld_simulate_losses(plan, first, paths, workspace);
    for (int d = 0; d < plan->n_designs; d++)
        if (is_wanted(workspace, d))
            mld_simulate_design(&plan->model, &plan->design[d], d, first, paths, workspace);
    for (int k = 0; k < plan->n_lives && workspace->groups; k++)
        mld_groups_fill(&workspace->lives[k].groups, paths, workspace->width,
                        workspace->design[mld_plan_reader(plan, k)].series +
                            (size_t)mld_series_total(&plan->model.grid) * (size_t)workspace->width);
}
