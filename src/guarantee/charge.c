/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a guarantee charges and guarantees in a period, and what national accounts book. */
#include "guarantee/work.h"

#include <string.h>

#include "core/vector.h"

/*
 * A layer's annual charges, added to the rows of t:
 * base(t) = q × outstanding after t−1 of covered deals of age ≤ term in t, so it is the encours after t−1;
 * fee = fee_rate/m · base(t) + fee_upfront · q·A at t0, whatever is left of the cap.
 */
MLD_CLONES
static void charge(int n, double q, double rate, double upfront, double by_fund, const double *restrict before,
                   const double *restrict made, double *restrict base, double *restrict fee, double *restrict fee_fund,
                   double *restrict fresh)
{
    for (int i = 0; i < n; i++) {
        double start = q * before[i], granted = q * made[i];
        double charged = rate * start + upfront * granted;
        base[i] += start;
        fee[i] += charged;
        fee_fund[i] += by_fund * charged;
        fresh[i] += granted;
    }
}

/* Operator cost on the same base, and the encours after t. */
MLD_CLONES
static void guarantee(int n, double q, double operator_rate, const double *restrict before, const double *restrict exposure,
                      double *restrict cost, double *restrict guaranteed)
{
    for (int i = 0; i < n; i++) {
        double start = q * before[i];
        cost[i] += operator_rate * start;
        guaranteed[i] += q * exposure[i];
    }
}

static void charge_layer(struct mld_guarantee_flows *flows, double m, const struct mld_layer *layer,
                         const struct mld_covers *covers, int t)
{
    const struct mld_cover_rows *rows = &covers->rows[layer->rows];
    const struct mld_guarantee_work *work = flows->work;
    const double *before = t > 0 ? mld_cover_row(covers, rows->exposure, t - 1) : work->nothing;
    int n = flows->width;
    charge(n, layer->quotite, layer->fee_rate / m, layer->fee_upfront, layer->fee_payer == MLD_FEE_BY_FUND, before,
           mld_cover_row(covers, rows->made, t), mld_flow_row(flows, flows->fee_base, t), mld_flow_row(flows, flows->fee, t),
           mld_flow_row(flows, flows->fee_fund, t), mld_flow_row(flows, flows->new_guaranteed, t));
    guarantee(n, layer->quotite, layer->operator_cost / m, before, mld_cover_row(covers, rows->exposure, t),
              mld_flow_row(flows, flows->operator_cost, t), mld_flow_row(flows, flows->guaranteed, t));
}

void mld_guarantee_charge(struct mld_guarantee_flows *flows, const struct mld_grid *grid, const struct mld_guarantee_spec *spec,
                          const struct mld_covers *covers, int t)
{
    double *rows[] = { flows->fee, flows->fee_fund, flows->operator_cost, flows->guaranteed, flows->new_guaranteed,
                       flows->fee_base };
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

MLD_CLONES
static void book(int n, double q, double rate, double upfront, const double *restrict due, const double *restrict losses,
                 const double *restrict loss, const double *restrict fee_base, const double *restrict made,
                 double *restrict booked)
{
    for (int i = 0; i < n; i++) {
        double part = due[i] > 0 ? due[i] / losses[i] : 0;
        booked[i] += part * loss[i] - q * (rate * fee_base[i] + upfront * made[i]);
    }
}

/*
 * A scheme of many alike guarantees (ESA 2010): what the deals of a date cost is booked at that date.
 * P(t_L) is shared among deals in proportion to the losses that it covers, so that a cap bears on all alike:
 *   booked(t0) = P(t_L) · L(t0) / Σ L − fees charged to the deals of t0.
 */
static void book_layer(struct mld_guarantee_flows *flows, const struct mld_grid *grid, const struct mld_layer *layer, int index,
                       const struct mld_covers *covers)
{
    const struct mld_guarantee_work *work = flows->work;
    const struct mld_cover_rows *rows = &covers->rows[layer->rows];
    const double *due = mld_flow_row(flows, (double *)mld_guarantee_layer_due(flows, index), grid->last);
    double rate = layer->fee_rate / grid->periods_per_year;
    memset(work->losses, 0, (size_t)flows->width * sizeof(double));
    for (int t = 0; t <= grid->last; t++)
        add(flows->width, mld_cover_row(covers, rows->loss_made, t), work->losses);
    for (int t = 0; t <= grid->last; t++)
        book(flows->width, layer->quotite, rate, layer->fee_upfront, due, work->losses, mld_cover_row(covers, rows->loss_made, t),
             mld_cover_row(covers, rows->fee_base, t), mld_cover_row(covers, rows->made, t),
             mld_flow_row(flows, flows->booked, t));
}

void mld_guarantee_book(struct mld_guarantee_flows *flows, const struct mld_grid *grid, const struct mld_guarantee_spec *spec,
                        const struct mld_covers *covers)
{
    memset(flows->booked, 0, (size_t)grid->periods * (size_t)flows->width * sizeof(double));
    for (int l = 0; l < spec->n_layers; l++)
        if (mld_layer_on_deals(&spec->layer[l]))
            book_layer(flows, grid, &spec->layer[l], l, covers);
}
