/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What each stage of a batch wrote, as bytes: two batches differ in a stage when one bit of it
 * does.
 */
#ifndef TEST_SUPPORT_STAGE_BYTES_H
#define TEST_SUPPORT_STAGE_BYTES_H

#include <stdlib.h>
#include <string.h>

#include "milliard/milliard.h"

struct bytes {
    unsigned char *at;
    size_t n, room;
};
/** Of each stage before MLD_STAGE_NONE, by design; what designs share is written for each. */
struct stage_bytes {
    int designs;
    struct bytes of[MLD_STAGE_NONE][MLD_MAX_DESIGNS];
};

static inline void bytes_put(struct bytes *bytes, const void *from, size_t n)
{
    if (bytes->n + n > bytes->room) {
        bytes->room = 2 * (bytes->n + n);
        bytes->at = realloc(bytes->at, bytes->room);
        assert_non_null(bytes->at);
    }
    if (n > 0) /* rows of which there are none have no place */
        memcpy(bytes->at + bytes->n, from, n);
    bytes->n += n;
}

#define BYTES_OF(bytes, array, count) bytes_put(bytes, array, (size_t)(count) * sizeof *(array))
#define BYTES_OF_ONE(bytes, variable) bytes_put(bytes, &(variable), sizeof(variable))

static inline void put_factors(struct bytes *bytes, const struct mld_model *model,
                               const struct mld_factor_rows *rows, int paths)
{
    int row = paths * rows->stride;
    BYTES_OF(bytes, rows->named, row * model->factors.n_factors);
    BYTES_OF(bytes, rows->innovation, row * model->factors.n_factors);
    BYTES_OF(bytes, rows->sector, row * model->factors.n_sectors);
    BYTES_OF(bytes, rows->sector_innovation, row * model->factors.n_sectors);
    BYTES_OF(bytes, rows->index, row * model->n_forms);
    BYTES_OF(bytes, rows->value_innovation, row * model->n_forms);
    BYTES_OF(bytes, rows->tmo, row);
    BYTES_OF(bytes, rows->mixing, row);
}

/* Deals and issuers are structures without padding. */
static inline void put_portfolio(struct bytes *bytes, const struct mld_portfolio *portfolio,
                                 int paths)
{
    _Static_assert(sizeof(struct mld_deal) == 10 * sizeof(int) + 16 &&
                       sizeof(struct mld_issuer) == 6 * sizeof(int) + 8,
                   "padding");
    BYTES_OF(bytes, portfolio->first_deal, paths + 1);
    BYTES_OF(bytes, portfolio->first_issuer, paths + 1);
    BYTES_OF(bytes, portfolio->deal, portfolio->n_deals);
    BYTES_OF(bytes, portfolio->issuer, portfolio->n_issuers);
}

static inline void put_issuers(struct bytes *bytes, const struct mld_issuer_outcomes *outcomes,
                               int issuers, int years)
{
    BYTES_OF(bytes, outcomes->default_period, issuers);
    BYTES_OF(bytes, outcomes->threshold, issuers);
    BYTES_OF(bytes, outcomes->resolution, issuers);
    BYTES_OF(bytes, outcomes->zeta, issuers);
    BYTES_OF(bytes, outcomes->xi, issuers);
    BYTES_OF(bytes, outcomes->quality, issuers * outcomes->stride);
    BYTES_OF(bytes, outcomes->surplus, issuers * outcomes->stride);
    for (int i = 0; i < issuers; i++)
        BYTES_OF(bytes, outcomes->systematic + (size_t)i * (size_t)outcomes->stride, years);
}

static inline void put_lives(struct bytes *bytes, const struct mld_lives *lives, int paths)
{
    const struct mld_pools *pools = &lives->pools;
    double *const series[] = { pools->invested, pools->income, pools->capital, pools->outstanding,
                               pools->nav };
    for (size_t i = 0; i < sizeof series / sizeof *series; i++)
        BYTES_OF(bytes, series[i], pools->width * pools->periods);
    BYTES_OF(bytes, pools->loss_by_instrument, paths * MLD_INSTRUMENTS * MLD_LOSSES);
    BYTES_OF(bytes, pools->loss_by_form, paths * MLD_MAX_FORMS * MLD_LOSSES);
    BYTES_OF(bytes, pools->cost_by_instrument, paths * MLD_INSTRUMENTS);
    BYTES_OF(bytes, pools->largest_issuer, paths);
    BYTES_OF(bytes, pools->quota_cost, paths * (MLD_QUOTA_NONE + 1));
    BYTES_OF(bytes, pools->loan_cost, paths);
    BYTES_OF(bytes, pools->second_cost, paths);
    BYTES_OF(bytes, pools->deals, paths);
    BYTES_OF(bytes, pools->defaults, paths);
    BYTES_OF(bytes, lives->indicators.sums, paths * lives->indicators.n);
}

static inline void put_covers(struct bytes *bytes, const struct mld_covers *covers)
{
    for (int c = 0; c < covers->n; c++) {
        const struct mld_cover_rows *rows = &covers->rows[c];
        double *const series[] = { rows->exposure, rows->made,         rows->gain,
                                   rows->fee_base, rows->covered_loss, rows->loss_made };
        for (size_t i = 0; i < sizeof series / sizeof *series; i++)
            BYTES_OF(bytes, series[i], covers->width * covers->periods);
        BYTES_OF(bytes, rows->volume, covers->width);
    }
    for (int g = 0; g < covers->n_grants; g++) {
        const struct mld_cover_grant *grant = &covers->grant[g];
        BYTES_OF(bytes, &grant->cover, 5);
        BYTES_OF(bytes, &grant->amount, 4);
    }
}

static inline void put_guarantee(struct bytes *bytes, const struct mld_guarantee_flows *flows,
                                 int periods)
{
    double *const series[] = { flows->payout,        flows->due,
                               flows->owed_back,     flows->fee,
                               flows->fee_fund,      flows->upside,
                               flows->operator_cost, flows->counter,
                               flows->dotation,      flows->interest,
                               flows->balance,       flows->waiting,
                               flows->guaranteed,    flows->new_guaranteed,
                               flows->fee_base,      flows->covered_loss,
                               flows->cumulated_due, flows->booked,
                               flows->provision };
    double *const numbers[] = { flows->volume, flows->commitment, flows->grant,
                                flows->above_de_minimis, flows->dotation_needed };
    for (size_t i = 0; i < sizeof series / sizeof *series; i++)
        BYTES_OF(bytes, series[i], flows->width * periods);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        BYTES_OF(bytes, numbers[i], flows->width);
}

static inline void put_fund(struct bytes *bytes, const struct mld_fund_flows *flows, int periods)
{
    double *const series[] = { flows->call,
                               flows->management_fee,
                               flows->other_cost,
                               flows->cost_paid,
                               flows->cost_waiting,
                               flows->paid_management,
                               flows->paid_other,
                               flows->paid_guarantee,
                               flows->distribution[MLD_CLASS_A],
                               flows->distribution[MLD_CLASS_B],
                               flows->distribution[MLD_CLASS_C],
                               flows->carry,
                               flows->beneficiary,
                               flows->impact_to_a,
                               flows->cash,
                               flows->set_aside,
                               flows->aside_used,
                               flows->interest,
                               flows->clawed,
                               flows->recalled };
    for (size_t i = 0; i < sizeof series / sizeof *series; i++)
        BYTES_OF(bytes, series[i], flows->width * periods);
    BYTES_OF(bytes, flows->score, flows->width);
}

/* What a design reads, before it is priced: a fund that chooses its deals changes their sums. */
static inline void put_losses(struct stage_bytes *stages, const struct mld_plan *plan,
                              const struct mld_workspace *workspace, int d, int paths)
{
    const struct mld_design *design = &plan->design[d];
    const struct mld_lives *lives = &workspace->lives[design->lives];
    put_factors(&stages->of[MLD_STAGE_FACTORS][d], &plan->model, &workspace->factors, paths);
    put_portfolio(&stages->of[MLD_STAGE_PORTFOLIO][d], &workspace->portfolio, paths);
    put_issuers(&stages->of[MLD_STAGE_ISSUERS][d], &lives->outcomes, workspace->portfolio.n_issuers,
                plan->model.grid.horizon_years);
    put_lives(&stages->of[MLD_STAGE_LIVES][d], lives, paths);
    if (design->guarantee)
        put_covers(&stages->of[MLD_STAGE_COVERS][d], &lives->covers);
}

static inline void put_design(struct stage_bytes *stages, const struct mld_plan *plan,
                              const struct mld_workspace *workspace, int d)
{
    const struct mld_design *design = &plan->design[d];
    const struct mld_design_flows *flows = &workspace->design[d];
    int periods = plan->model.grid.periods;
    if (design->guarantee)
        put_guarantee(&stages->of[MLD_STAGE_GUARANTEE][d], &flows->guarantee, periods);
    if (design->fund)
        put_fund(&stages->of[MLD_STAGE_FUND][d], &flows->fund, periods);
    BYTES_OF(&stages->of[MLD_STAGE_MEASURES][d], flows->value,
             mld_measure_count() * workspace->width);
    BYTES_OF(&stages->of[MLD_STAGE_MEASURES][d], flows->series,
             mld_series_total(&plan->model.grid) * workspace->width);
}

/** Simulates the first paths of a plan; `paths` a multiple of 8. */
static inline void stage_bytes_fill(struct stage_bytes *stages, const struct mld_plan *plan,
                                    int paths)
{
    struct mld_workspace *workspace;
    *stages = (struct stage_bytes){ .designs = plan->n_designs };
    assert_int_equal(mld_workspace_create(plan, paths, MLD_KEEP_TRACE, &workspace), MLD_OK);
    mld_simulate_losses(plan, 0, paths, workspace);
    for (int d = 0; d < plan->n_designs; d++)
        put_losses(stages, plan, workspace, d, paths);
    for (int d = 0; d < plan->n_designs; d++) {
        mld_simulate_design(&plan->model, &plan->design[d], d, 0, paths, workspace);
        put_design(stages, plan, workspace, d);
    }
    mld_workspace_free(workspace);
}

static inline void stage_bytes_clear(struct stage_bytes *stages)
{
    for (int stage = 0; stage < MLD_STAGE_NONE; stage++)
        for (int d = 0; d < MLD_MAX_DESIGNS; d++)
            free(stages->of[stage][d].at);
}

/**
 * First stage in which two batches differ, over the designs that both have; MLD_STAGE_NONE when
 * they are the same.
 */
static inline enum mld_stage stage_moved(const struct stage_bytes *a, const struct stage_bytes *b)
{
    for (int stage = 0; stage < MLD_STAGE_NONE; stage++)
        for (int d = 0; d < a->designs && d < b->designs; d++) {
            const struct bytes *x = &a->of[stage][d], *y = &b->of[stage][d];
            if (x->n != y->n || (x->n && memcmp(x->at, y->at, x->n)))
                return (enum mld_stage)stage;
        }
    return MLD_STAGE_NONE;
}

#endif
