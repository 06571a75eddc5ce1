/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A guarantee over a batch: allocated once, then opened, priced period by period, closed. */
#include "milliard/guarantee.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/numbers.h"
#include "guarantee/work.h"
#include "milliard/numerics.h"

enum { SERIES = 19, PATH_NUMBERS = 8 + MLD_TRANCHES, PATH_ACCOUNTS = 8 };

/* Where the next array of a block begins. */
static double *carve(double **next, size_t n)
{
    double *array = *next;
    *next += n;
    return array;
}

static void carve_totals(struct mld_guarantee_flows *flows, double **next)
{
    struct mld_guarantee_totals *total = &flows->total;
    double **all[] = { &total->payout,          &total->due,
                       &total->owed_back,       &total->fee,
                       &total->upside,          &total->operator_cost,
                       &total->counter,         &total->interest,
                       &total->fee_base,        &total->cost,
                       &total->cost_discounted, &total->peak,
                       &total->exhausted,       &total->budget_discounted };
    _Static_assert(sizeof all / sizeof *all == MLD_GUARANTEE_TOTALS, "every total has its row");
    for (int k = 0; k < MLD_GUARANTEE_TOTALS; k++)
        *all[k] = carve(next, (size_t)flows->width);
}

static void carve_series(struct mld_guarantee_flows *flows, double **next, size_t periods)
{
    double **series[SERIES] = { &flows->payout,        &flows->due,
                                &flows->owed_back,     &flows->fee,
                                &flows->fee_fund,      &flows->upside,
                                &flows->operator_cost, &flows->counter,
                                &flows->dotation,      &flows->interest,
                                &flows->balance,       &flows->waiting,
                                &flows->guaranteed,    &flows->new_guaranteed,
                                &flows->fee_base,      &flows->covered_loss,
                                &flows->cumulated_due, &flows->booked,
                                &flows->provision };
    double **numbers[PATH_NUMBERS] = { &flows->volume,          &flows->commitment,
                                       &flows->grant,           &flows->above_de_minimis,
                                       &flows->dotation_needed, &flows->debt_due,
                                       &flows->debt_base,       &flows->debt_fee };
    for (int k = 0; k < MLD_TRANCHES; k++)
        numbers[PATH_NUMBERS - MLD_TRANCHES + k] = &flows->tranche_needed[k];
    for (int k = 0; k < SERIES; k++)
        *series[k] = carve(next, periods * (size_t)flows->width);
    for (int k = 0; k < PATH_NUMBERS; k++)
        *numbers[k] = carve(next, (size_t)flows->width);
}

static void carve_accounts(struct mld_guarantee_work *work, double **next, size_t width)
{
    double **rows[PATH_ACCOUNTS] = { &work->purse,  &work->sum,   &work->dues,   &work->paid_back,
                                     &work->before, &work->total, &work->losses, &work->nothing };
    for (int k = 0; k < PATH_ACCOUNTS; k++)
        *rows[k] = carve(next, width);
    for (int l = 0; l < work->layers; l++) {
        struct mld_layer_account *account = &work->account[l];
        double **all[MLD_LAYER_ACCOUNTS] = {
            &account->due,      &account->waiting,  &account->paid,
            &account->returned, &account->received, &account->gains
        };
        for (int k = 0; k < MLD_LAYER_ACCOUNTS; k++)
            *all[k] = carve(next, width);
    }
}

/* All accounts lie together, from the purse on: that many doubles. */
size_t mld_guarantee_accounts(const struct mld_guarantee_flows *flows)
{
    const struct mld_guarantee_work *work = flows->work;
    return (size_t)(PATH_ACCOUNTS + MLD_LAYER_ACCOUNTS * work->layers) * (size_t)flows->width;
}

/* Series of `periods` periods: those of the grid, or the one at hand. */
static enum mld_status allocate(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                                const struct mld_guarantee_spec *spec, size_t periods)
{
    struct mld_guarantee_work *work = flows->work = calloc(1, sizeof *work);
    if (!work)
        return MLD_ERR_MEMORY;
    work->layers = spec->n_layers;
    size_t width = (size_t)flows->width, layers = (size_t)spec->n_layers,
           dates = (size_t)grid->periods;
    work->memory = calloc((SERIES + layers) * periods * width +
                              (PATH_NUMBERS + MLD_GUARANTEE_TOTALS) * width +
                              mld_guarantee_accounts(flows) + (1 + MLD_TRANCHES) * dates +
                              (flows->stride ? 0 : dates * width),
                          sizeof(double));
    if (!work->memory) {
        mld_guarantee_clear(flows);
        return MLD_ERR_MEMORY;
    }
    double *next = work->memory;
    carve_series(flows, &next, periods);
    work->cumulated_due = carve(&next, layers * periods * width);
    carve_accounts(work, &next, width);
    carve_totals(flows, &next);
    work->dotation = carve(&next, dates);
    for (int k = 0; k < MLD_TRANCHES; k++)
        work->tranche[k] = carve(&next, dates);
    work->lean_due = flows->stride ? NULL : carve(&next, dates * width);
    work->periods = (int)periods;
    return MLD_OK;
}

enum mld_status mld_guarantee_init(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                                   const struct mld_guarantee_spec *spec, int paths)
{
    int width = mld_padded(paths);
    *flows = (struct mld_guarantee_flows){ .width = width, .stride = width };
    return allocate(flows, grid, spec, (size_t)grid->periods);
}

enum mld_status mld_guarantee_init_lean(struct mld_guarantee_flows *flows,
                                        const struct mld_grid *grid,
                                        const struct mld_guarantee_spec *spec, int paths)
{
    *flows = (struct mld_guarantee_flows){ .width = mld_padded(paths) };
    return allocate(flows, grid, spec, 1);
}

void mld_guarantee_clear(struct mld_guarantee_flows *flows)
{
    struct mld_guarantee_work *work = flows->work;
    if (work)
        free(work->memory);
    free(work);
    *flows = (struct mld_guarantee_flows){ 0 };
}

/* ---- before the first period ---- */

static void fill_dotation(struct mld_guarantee_work *work, const struct mld_grid *grid,
                          const struct mld_guarantee_spec *spec)
{
    memset(work->dotation, 0, (size_t)grid->periods * sizeof(double));
    for (int k = 0; k < spec->n_dotations; k++)
        if (spec->dotation[k].year * grid->periods_per_year <= grid->last)
            work->dotation[spec->dotation[k].year * grid->periods_per_year] +=
                spec->dotation[k].amount;
}

/* 1 / Σ (1+y)^(−j) over the tranches paid by t, in the first periods of years j = 0, 1 … */
static void fill_tranches(struct mld_guarantee_work *work, const struct mld_grid *grid,
                          const struct mld_guarantee_spec *spec)
{
    for (int k = 0; k < MLD_TRANCHES; k++) {
        double paid = 0;
        for (int t = 0; t <= grid->last; t++) {
            int m = grid->periods_per_year;
            if (t % m == 0 && t / m < MLD_FIRST_TRANCHE + k)
                paid += mld_pow(1 + spec->dotation_yield, -t / m);
            work->tranche[k][t] = 1 / paid;
        }
    }
}

void mld_guarantee_open(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                        const struct mld_guarantee_spec *spec)
{
    struct mld_guarantee_work *work = flows->work;
    work->yield = mld_expm1(mld_log1p(spec->dotation_yield) / grid->periods_per_year);
    work->discount = 1;
    work->put_in = 0;
    work->has_fund = spec->n_dotations > 0;
    fill_dotation(work, grid, spec);
    memset(work->purse, 0, mld_guarantee_accounts(flows) * sizeof(double));
    fill_tranches(work, grid, spec);
    memset(flows->dotation_needed, 0, (size_t)flows->width * sizeof(double));
    for (int k = 0; k < MLD_TRANCHES; k++)
        memset(flows->tranche_needed[k], 0, (size_t)flows->width * sizeof(double));
    mld_guarantee_start_totals(flows, grid, spec);
    if (spec->n_dotations > 0)
        return;
    memset(flows->balance, 0, (size_t)work->periods * (size_t)flows->width * sizeof(double));
    for (int i = 0; i < flows->width; i++)
        work->purse[i] = HUGE_VAL;
}

/* ---- a period ---- */

void mld_guarantee_advance(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                           const struct mld_guarantee_spec *spec, const struct mld_covers *covers,
                           int t)
{
    const struct mld_guarantee_work *work = flows->work;
    mld_guarantee_charge(flows, grid, spec, covers, t);
    mld_guarantee_settle(flows, grid, spec, covers, t);
    mld_guarantee_need(flows, spec, covers, t);
    mld_guarantee_add_totals(flows, t);
    if (spec->pass_through > 0 && !flows->stride)
        memcpy(work->lean_due + (size_t)t * (size_t)flows->width, flows->due,
               (size_t)flows->width * sizeof(double));
}

void mld_guarantee_preview(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                           const struct mld_guarantee_spec *spec, const struct mld_covers *covers,
                           int t, double *kept)
{
    struct mld_guarantee_work *work = flows->work;
    size_t bytes = mld_guarantee_accounts(flows) * sizeof(double);
    double put_in = work->put_in;
    memcpy(kept, work->purse, bytes);
    mld_guarantee_charge(flows, grid, spec, covers, t);
    mld_guarantee_settle(flows, grid, spec, covers, t);
    memcpy(work->purse, kept, bytes);
    work->put_in = put_in;
}

/* ---- after the last ---- */

/* Largest amount the layer may ever pay: q·min(cap_rate, 1 − attachment)·V. */
static void commit(struct mld_guarantee_flows *flows, const struct mld_layer *layer,
                   const double *restrict volume)
{
    double above = 1 - layer->attachment,
           rate = layer->quotite * (layer->cap_rate < above ? layer->cap_rate : above);
    for (int i = 0; i < flows->width; i++) {
        flows->volume[i] += volume[i];
        flows->commitment[i] += rate * volume[i];
    }
}

static void sum_volumes(struct mld_guarantee_flows *flows, const struct mld_guarantee_spec *spec,
                        const struct mld_covers *covers)
{
    memset(flows->volume, 0, (size_t)flows->width * sizeof(double));
    memset(flows->commitment, 0, (size_t)flows->width * sizeof(double));
    for (int l = 0; l < spec->n_layers; l++)
        if (mld_layer_on_deals(&spec->layer[l]))
            commit(flows, &spec->layer[l], covers->rows[spec->layer[l].rows].volume);
}

/* After t_L nothing moves: the accounts stand still, and no yield is credited. */
static void stand_still(struct mld_guarantee_flows *flows, const struct mld_grid *grid)
{
    double *still[] = { flows->balance, flows->waiting, flows->covered_loss, flows->cumulated_due };
    double *zero[] = { flows->payout,
                       flows->due,
                       flows->owed_back,
                       flows->upside,
                       flows->counter,
                       flows->interest,
                       flows->fee,
                       flows->fee_fund,
                       flows->operator_cost,
                       flows->guaranteed,
                       flows->new_guaranteed,
                       flows->fee_base,
                       flows->dotation };
    size_t row = (size_t)flows->width * sizeof(double);
    for (int t = grid->last + 1; t < grid->periods; t++) {
        for (size_t k = 0; k < sizeof still / sizeof *still; k++)
            memcpy(mld_flow_row(flows, still[k], t), mld_flow_row(flows, still[k], grid->last),
                   row);
        for (size_t k = 0; k < sizeof zero / sizeof *zero; k++)
            memset(mld_flow_row(flows, zero[k], t), 0, row);
    }
}

void mld_guarantee_close(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                         const struct mld_guarantee_spec *spec, struct mld_covers *covers,
                         int paths)
{
    sum_volumes(flows, spec, covers);
    if (flows->stride > 0) {
        stand_still(flows, grid);
        mld_guarantee_book(flows, grid, spec, covers);
    }
    if (flows->stride > 0 && spec->n_dotations == 0)
        mld_guarantee_provide(flows, grid, spec, covers, paths);
    if (spec->pass_through > 0)
        mld_guarantee_debt(flows, grid, spec, covers, paths);
    if (!flows->no_grants)
        mld_guarantee_grants(flows, grid, spec, covers, paths);
}

void mld_guarantee_price(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                         const struct mld_guarantee_spec *spec, struct mld_covers *covers,
                         int paths)
{
    mld_guarantee_open(flows, grid, spec);
    if (mld_guarantee_can_live(flows, spec))
        mld_guarantee_live(flows, grid, spec, covers);
    else
        for (int t = 0; t <= grid->last; t++)
            mld_guarantee_advance(flows, grid, spec, covers, t);
    mld_guarantee_close(flows, grid, spec, covers, paths);
}

const double *mld_guarantee_layer_due(const struct mld_guarantee_flows *flows, int layer)
{
    const struct mld_guarantee_work *work = flows->work;
    return work->cumulated_due + (size_t)layer * (size_t)work->periods * (size_t)flows->width;
}
