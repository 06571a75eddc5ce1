/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The guarantee of a batch: allocated once, emptied, fed deal by deal, closed path by path. */
#include "guarantee/work.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rows of 8 doubles end on cache lines. */
static int padded(int n)
{
    return (n + 7) / 8 * 8;
}

/* A deal writes at most two claims (a default's, or an exit's) and one grant. */
enum { EVENTS_PER_DEAL = 3 };

/* Where the next array of a block begins. */
static double *carve(double **next, size_t n)
{
    double *array = *next;
    *next += n;
    return array;
}

enum { FLOW_ROWS = 18, PATH_NUMBERS = 5 };

static void carve_flows(struct mld_guarantee_flows *flows, double **next, size_t paths, size_t row)
{
    double **rows[FLOW_ROWS] = { &flows->payout, &flows->due, &flows->owed_back, &flows->fee, &flows->fee_fund,
                                 &flows->upside, &flows->operator_cost, &flows->counter, &flows->dotation,
                                 &flows->interest, &flows->balance, &flows->waiting, &flows->guaranteed,
                                 &flows->new_guaranteed, &flows->fee_base, &flows->covered_loss, &flows->cumulated_due,
                                 &flows->booked };
    double **numbers[PATH_NUMBERS] = { &flows->volume, &flows->commitment, &flows->grant, &flows->above_de_minimis,
                                        &flows->dotation_needed };
    for (int k = 0; k < FLOW_ROWS; k++)
        *rows[k] = carve(next, row);
    for (int k = 0; k < PATH_NUMBERS; k++)
        *numbers[k] = carve(next, paths);
}

static size_t doubles_needed(const struct mld_guarantee_work *work, size_t paths, size_t row)
{
    size_t layers = (size_t)work->layers, stride = (size_t)work->stride, issuers = (size_t)work->issuers;
    return FLOW_ROWS * row + PATH_NUMBERS * paths + 4 * layers * row + layers * paths + (layers + 1) * issuers +
           3 * layers * stride + 2 * (stride + 1);
}

static void carve_work(struct mld_guarantee_work *work, double **next, size_t paths, size_t row)
{
    size_t layers = (size_t)work->layers, stride = (size_t)work->stride, issuers = (size_t)work->issuers;
    work->exposure = carve(next, layers * row);
    work->made = carve(next, layers * row);
    work->gain = carve(next, layers * row);
    work->fee_base = carve(next, layers * row);
    work->volume = carve(next, layers * paths);
    work->issuer_loss = carve(next, layers * issuers);
    work->issuer_grant = carve(next, issuers);
    work->covered_loss = carve(next, layers * stride);
    work->cumulated_due = carve(next, layers * stride);
    work->loss_made = carve(next, layers * stride);
    work->discount = carve(next, stride + 1);
    work->dotation = carve(next, stride + 1);
}

/* Compounding is a constant of the plan: libm may compute it. */
static void fill_constants(struct mld_guarantee_work *work, const struct mld_plan *plan)
{
    const struct mld_guarantee_spec *spec = &plan->guarantee;
    int m = plan->grid.periods_per_year;
    work->yield = expm1(log1p(spec->dotation_yield) / m);
    for (int n = 0; n <= work->stride; n++)
        work->discount[n] = pow(1 + spec->reference_rate, -(double)n / m) / m;
    for (int k = 0; k < spec->n_dotations; k++)
        if (spec->dotation[k].year * m <= work->last)
            work->dotation[spec->dotation[k].year * m] += spec->dotation[k].amount;
}

static int allocate(struct mld_guarantee_work *work, size_t doubles, size_t paths)
{
    size_t lists = paths * (size_t)work->stride * (size_t)(work->layers + 1);
    work->memory = calloc(doubles, sizeof(double));
    work->integers = calloc(lists ? lists : 1, sizeof(int));
    work->event = calloc((size_t)work->capacity + 1, sizeof *work->event);
    return work->memory && work->integers && work->event;
}

enum mld_status mld_guarantee_init(struct mld_guarantee_flows *flows, const struct mld_plan *plan, int paths)
{
    *flows = (struct mld_guarantee_flows){ .stride = padded(plan->grid.periods) };
    struct mld_guarantee_work *work = flows->work = calloc(1, sizeof *work);
    if (!work)
        return MLD_ERR_MEMORY;
    work->layers = plan->guarantee.n_layers;
    work->stride = flows->stride;
    work->last = plan->grid.last;
    work->issuers = paths * plan->max_issuers;
    work->capacity = paths * plan->max_deals * EVENTS_PER_DEAL;
    size_t row = (size_t)paths * (size_t)flows->stride;
    if (!allocate(work, doubles_needed(work, (size_t)paths, row), (size_t)paths)) {
        mld_guarantee_clear(flows);
        return MLD_ERR_MEMORY;
    }
    double *next = work->memory;
    carve_flows(flows, &next, (size_t)paths, row);
    carve_work(work, &next, (size_t)paths, row);
    work->claims = work->integers;
    work->grants = work->claims + (size_t)work->layers * row;
    fill_constants(work, plan);
    return MLD_OK;
}

void mld_guarantee_clear(struct mld_guarantee_flows *flows)
{
    struct mld_guarantee_work *work = flows->work;
    if (work) {
        free(work->memory);
        free(work->integers);
        free(work->event);
        free(work);
    }
    *flows = (struct mld_guarantee_flows){ 0 };
}

static void set_empty(int *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        list[i] = -1;
}

void mld_guarantee_reset(struct mld_guarantee_flows *flows, const struct mld_plan *plan, int paths)
{
    (void)plan;
    struct mld_guarantee_work *work = flows->work;
    size_t rows = mld_layer_row(work, paths, 0);
    memset(work->exposure, 0, rows * sizeof(double));
    memset(work->made, 0, rows * sizeof(double));
    memset(work->gain, 0, rows * sizeof(double));
    memset(work->fee_base, 0, rows * sizeof(double));
    memset(work->volume, 0, (size_t)paths * (size_t)work->layers * sizeof(double));
    set_empty(work->claims, rows);
    set_empty(work->grants, (size_t)paths * (size_t)work->stride);
    work->n_events = 0;
    for (int p = 0; p < paths; p++)
        flows->grant[p] = (double)NAN;
}

static void add_to(int n, const double *restrict x, double *restrict sum)
{
    for (int i = 0; i < n; i++)
        sum[i] += x[i];
}

/* Outstanding after t counts while the layer still covers the next period: age n = t − t0 < term. */
static void add_exposure(struct mld_guarantee_work *work, const struct mld_layer *layer, size_t row,
                         const struct mld_deal *deal, const struct mld_life *life)
{
    int periods = life->last_period - deal->period + 1;
    periods = periods < layer->term_periods ? periods : layer->term_periods;
    add_to(periods, life->outstanding + deal->period, work->exposure + row + deal->period);
    /* A fee of t is on what is outstanding after t − 1, and the last one is of t_L. */
    int charged = deal->period + periods < work->last ? deal->period + periods : work->last;
    for (int t = deal->period; t < charged; t++)
        work->fee_base[row + (size_t)deal->period] += life->outstanding[t];
}

void mld_guarantee_add(struct mld_guarantee_flows *flows, const struct mld_plan *plan, const struct mld_deal *deal,
                       const struct mld_contract *contract, const struct mld_life *life)
{
    struct mld_guarantee_work *work = flows->work;
    int l = life->made ? mld_guarantee_layer_of(plan, deal->instrument, deal->form, deal->sector, deal->amount) : -1;
    if (l < 0)
        return;
    const struct mld_layer *layer = &plan->guarantee.layer[l];
    size_t row = mld_layer_row(work, deal->path, l);
    work->made[row + (size_t)deal->period] += deal->amount;
    work->volume[(size_t)deal->path * (size_t)work->layers + (size_t)l] += deal->amount;
    if (life->exit_period >= 0 && life->exit_proceeds > deal->amount)
        work->gain[row + (size_t)life->exit_period] += life->exit_proceeds - deal->amount;
    add_exposure(work, layer, row, deal, life);
    mld_guarantee_claim(work, layer, l, deal, life);
    mld_guarantee_grant(flows, plan, layer, deal, contract);
}

static void clear_charges(struct mld_guarantee_flows *flows, size_t row)
{
    double *series[] = { flows->fee, flows->fee_fund, flows->operator_cost, flows->guaranteed, flows->new_guaranteed,
                         flows->fee_base, flows->booked };
    for (size_t k = 0; k < sizeof series / sizeof *series; k++)
        memset(series[k] + row, 0, (size_t)flows->stride * sizeof(double));
}

/*
 * A layer's fees, operator cost and guaranteed amounts, added to the path's series.
 * base(t) = q × outstanding after t−1 of covered deals of age ≤ term in t, so it is the encours after t−1;
 * fee = fee_rate/m · base(t) + fee_upfront · q·A at t0, whatever is left of the cap.
 */
static void charge_layer(struct mld_guarantee_flows *flows, const struct mld_plan *plan, const struct mld_layer *layer,
                         const double *restrict exposure, const double *restrict made, size_t row)
{
    double q = layer->quotite, rate = layer->fee_rate / plan->grid.periods_per_year;
    double operator_rate = layer->operator_cost / plan->grid.periods_per_year, by_fund = layer->fee_payer == MLD_FEE_BY_FUND;
    double *restrict fee = flows->fee + row, *restrict fee_fund = flows->fee_fund + row, *restrict base = flows->fee_base + row;
    double *restrict cost = flows->operator_cost + row, *restrict guaranteed = flows->guaranteed + row;
    double *restrict fresh = flows->new_guaranteed + row;
    for (int t = 0; t <= plan->grid.last; t++) {
        double start = t > 0 ? q * exposure[t - 1] : 0, granted = q * made[t];
        double charged = rate * start + layer->fee_upfront * granted;
        base[t] += start;
        fee[t] += charged;
        fee_fund[t] += by_fund * charged;
        cost[t] += operator_rate * start;
        guaranteed[t] += q * exposure[t];
        fresh[t] += granted;
    }
}

/* Largest amount the layer may ever pay: q·min(cap_rate, 1 − attachment)·V. */
static double commitment_of(const struct mld_layer *layer, double volume)
{
    double above = 1 - layer->attachment;
    return layer->quotite * (layer->cap_rate < above ? layer->cap_rate : above) * volume;
}

/*
 * National accounts of a scheme of many alike guarantees (ESA 2010): what the deals of a date cost is booked at that date.
 * P(t_L) is shared among deals in proportion to the losses that it covers, so that a cap bears on all alike:
 *   booked(t0) = P(t_L) · L(t0) / Σ L − fees charged to the deals of t0.
 */
static void book_layer(struct mld_guarantee_flows *flows, const struct mld_plan *plan, const struct mld_layer *layer, int path, int l)
{
    const struct mld_guarantee_work *work = flows->work;
    const double *restrict loss = work->loss_made + (size_t)l * (size_t)work->stride;
    size_t row = mld_layer_row(work, path, l);
    double due = work->cumulated_due[(size_t)l * (size_t)work->stride + (size_t)work->last], losses = 0;
    double *restrict booked = flows->booked + (size_t)path * (size_t)flows->stride;
    for (int t = 0; t <= work->last; t++)
        losses += loss[t];
    double part = due > 0 ? due / losses : 0;
    for (int t = 0; t <= work->last; t++)
        booked[t] += part * loss[t] - layer->quotite * (layer->fee_rate / plan->grid.periods_per_year * work->fee_base[row + (size_t)t] +
                                                        layer->fee_upfront * work->made[row + (size_t)t]);
}

static void close_layer(struct mld_guarantee_flows *flows, const struct mld_plan *plan, int path, int l)
{
    struct mld_guarantee_work *work = flows->work;
    const struct mld_layer *layer = &plan->guarantee.layer[l];
    double volume = work->volume[(size_t)path * (size_t)work->layers + (size_t)l];
    size_t row = mld_layer_row(work, path, l);
    flows->volume[path] += volume;
    flows->commitment[path] += commitment_of(layer, volume);
    charge_layer(flows, plan, layer, work->exposure + row, work->made + row, (size_t)path * (size_t)flows->stride);
    mld_guarantee_count(work, layer, l, path);
    book_layer(flows, plan, layer, path, l);
}

void mld_guarantee_close(struct mld_guarantee_flows *flows, const struct mld_plan *plan, int paths)
{
    for (int p = 0; p < paths; p++) {
        clear_charges(flows, (size_t)p * (size_t)flows->stride);
        flows->volume[p] = flows->commitment[p] = 0;
        for (int l = 0; l < plan->guarantee.n_layers; l++)
            if (mld_layer_on_deals(&plan->guarantee.layer[l]))
                close_layer(flows, plan, p, l);
        mld_guarantee_run_account(flows, plan, p);
        flows->dotation_needed[p] = mld_guarantee_needed(flows, plan, p);
        flows->above_de_minimis[p] = isnan(flows->grant[p]) ? (double)NAN : mld_guarantee_above_ceiling(flows->work, plan, p);
    }
}

struct mld_layer_count mld_guarantee_layer_count(const struct mld_guarantee_flows *flows, int layer, int path)
{
    const struct mld_guarantee_work *work = flows->work;
    size_t row = (size_t)layer * (size_t)work->stride;
    return (struct mld_layer_count){ .covered_loss = work->covered_loss + row, .cumulated_due = work->cumulated_due + row,
                                     .volume = work->volume[(size_t)path * (size_t)work->layers + (size_t)layer] };
}
