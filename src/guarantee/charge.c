/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a guarantee charges and guarantees in a period, and what national accounts book. */
#include "guarantee/work.h"

#include <string.h>

#include "core/vector.h"

/*
 * A layer's annual charges, added to the rows of t: base(t) = q × outstanding after t−1 of covered
 * deals of age ≤ term in t, so it is the encours after t−1; fee = fee_rate/m · base(t) +
 * fee_upfront · q·A at t0, whatever is left of the cap.
 */
struct charge_rates {
    double q, annual, upfront, by_fund, operator;
};
struct charge_rows {
    /* of the cover: outstanding after t−1 and t, tickets of t */
    const double *before, *exposure, *made;
    double *base, *fee, *fee_fund, *fresh, *cost, *guaranteed;
};

MLD_CLONES
static void charge(int n, const struct charge_rates *rates, const struct charge_rows *rows)
{
    const double q = rates->q, annual = rates->annual, upfront = rates->upfront,
                 by_fund = rates->by_fund;
    const double operator_rate = rates->operator;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double start = q * rows->before[i], granted = q * rows->made[i];
        double charged = annual * start + upfront * granted;
        rows->base[i] += start;
        rows->fee[i] += charged;
        rows->fee_fund[i] += by_fund * charged;
        rows->fresh[i] += granted;
        rows->cost[i] += operator_rate * start;
        rows->guaranteed[i] += q * rows->exposure[i];
    }
}

static void charge_layer(struct mld_guarantee_flows *flows, double m, const struct mld_layer *layer,
                         const struct mld_covers *covers, int t)
{
    const struct mld_cover_rows *rows = &covers->rows[layer->rows];
    const struct mld_guarantee_work *work = flows->work;
    const struct charge_rates rates = { .q = layer->quotite,
                                        .annual = layer->fee_rate / m,
                                        .upfront = layer->fee_upfront,
                                        .by_fund = layer->fee_payer == MLD_FEE_BY_FUND,
                                        .operator= layer->operator_cost / m };
    const struct charge_rows of_period = {
        .before = t > 0 ? mld_cover_row(covers, rows->exposure, t - 1) : work->nothing,
        .exposure = mld_cover_row(covers, rows->exposure, t),
        .made = mld_cover_row(covers, rows->made, t),
        .base = mld_flow_row(flows, flows->fee_base, t),
        .fee = mld_flow_row(flows, flows->fee, t),
        .fee_fund = mld_flow_row(flows, flows->fee_fund, t),
        .fresh = mld_flow_row(flows, flows->new_guaranteed, t),
        .cost = mld_flow_row(flows, flows->operator_cost, t),
        .guaranteed = mld_flow_row(flows, flows->guaranteed, t)
    };
    charge(flows->width, &rates, &of_period);
}

void mld_guarantee_charge(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                          const struct mld_guarantee_spec *spec, const struct mld_covers *covers,
                          int t)
{
    double *rows[] = { flows->fee,        flows->fee_fund,       flows->operator_cost,
                       flows->guaranteed, flows->new_guaranteed, flows->fee_base };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        memset(mld_flow_row(flows, rows[k], t), 0, (size_t)flows->width * sizeof(double));
    for (int l = 0; l < spec->n_layers; l++)
        if (mld_layer_on_deals(&spec->layer[l]))
            charge_layer(flows, grid->periods_per_year, &spec->layer[l], covers, t);
}

/* ---- national accounts ---- */

static void add(int n, const double *restrict x, double *restrict sum)
{
    for (int i = 0; i < n; i++)
        sum[i] += x[i];
}

/* Each loss's share of what is due in the end. */
MLD_CLONES
static void share_due(int n, const double *restrict due, const double *restrict losses,
                      double *restrict part)
{
    for (int i = 0; i < n; i++) {
        double share = due[i] / losses[i];
        part[i] = due[i] > 0 ? share : 0;
    }
}

MLD_CLONES
static void book(int n, const struct charge_rates *rates, const double *restrict part,
                 const double *restrict loss, const double *restrict fee_base,
                 const double *restrict made, double *restrict booked)
{
    const double q = rates->q, annual = rates->annual, upfront = rates->upfront;
    for (int i = 0; i < n; i++)
        booked[i] += part[i] * loss[i] - q * (annual * fee_base[i] + upfront * made[i]);
}

/*
 * A scheme of many alike guarantees (ESA 2010): what the deals of a date cost is booked at that
 * date. P(t_L) is shared among deals in proportion to the losses that it covers, so that a cap
 * bears on all alike:
 *   booked(t0) = P(t_L) · L(t0) / Σ L − fees charged to the deals of t0.
 */
static void book_layer(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                       const struct mld_layer *layer, int index, const struct mld_covers *covers)
{
    const struct mld_guarantee_work *work = flows->work;
    const struct mld_cover_rows *rows = &covers->rows[layer->rows];
    const double *due = mld_flow_row(flows, (double *)mld_guarantee_layer_due(flows, index),
                                     grid->last);
    const struct charge_rates rates = { .q = layer->quotite,
                                        .annual = layer->fee_rate / grid->periods_per_year,
                                        .upfront = layer->fee_upfront };
    memset(work->losses, 0, (size_t)flows->width * sizeof(double));
    for (int t = 0; t <= grid->last; t++)
        add(flows->width, mld_cover_row(covers, rows->loss_made, t), work->losses);
    share_due(flows->width, due, work->losses, work->total);
    for (int t = 0; t <= grid->last; t++)
        book(flows->width, &rates, work->total, mld_cover_row(covers, rows->loss_made, t),
             mld_cover_row(covers, rows->fee_base, t), mld_cover_row(covers, rows->made, t),
             mld_flow_row(flows, flows->booked, t));
}

void mld_guarantee_book(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                        const struct mld_guarantee_spec *spec, const struct mld_covers *covers)
{
    memset(flows->booked, 0, (size_t)grid->periods * (size_t)flows->width * sizeof(double));
    for (int l = 0; l < spec->n_layers; l++)
        if (mld_layer_on_deals(&spec->layer[l]))
            book_layer(flows, grid, &spec->layer[l], l, covers);
}
