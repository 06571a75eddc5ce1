/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Smallest dotation in year 0 that is never exhausted (model, section 9):
 *   max over t of Σ_{u ≤ t} (due(u) − receipts(u)) (1+y)^(−u/m), at least 0.
 * Receipts are all that enters the balance before the payouts of u: fees, share of gains, and the
 * counter-guarantee of a fund that has paid every due in its period, so that the result does not
 * depend on the scenario's own dotation.
 */
#include "guarantee/work.h"

#include <string.h>

#include "guarantee/lane.h"

MLD_CLONES
static void need(int n, const struct mld_guarantee_work *work, const double *restrict due,
                 const double *restrict fee, const double *restrict upside, double *restrict needed)
{
    const double discount = work->discount;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double sum = work->sum[i] + discount * (due[i] - fee[i] - upside[i] -
                                                (work->paid_back[i] - work->before[i]));
        double dues = work->dues[i] + discount * due[i];
        needed[i] = mld_lane_needed(needed[i], sum, dues);
        work->sum[i] = sum;
        work->dues[i] = dues;
    }
}

/* What equal tranches have to be, to meet the same sums with those paid so far. */
MLD_CLONES
static void need_tranches(int n, double part, const double *restrict sum,
                          const double *restrict dues, double *restrict needed)
{
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++)
        needed[i] = mld_lane_needed(needed[i], part * sum[i], dues[i]);
}

static void add_gains(int n, double share, const double *restrict gain, double *restrict gains)
{
    for (int i = 0; i < n; i++)
        gains[i] += share * gain[i];
}

static void pay_back(int n, const struct mld_layer *layer, const double *restrict cumulated,
                     const double *restrict gains, const double *restrict volume,
                     double *restrict paid_back)
{
    for (int i = 0; i < n; i++)
        paid_back[i] += mld_counter_entitled(layer, cumulated[i], gains[i], volume[i]);
}

/* The volume made up to t, which the counter-guarantee of the next period reads. */
static const double *volume_after(struct mld_guarantee_flows *flows,
                                  const struct mld_covers *covers,
                                  const struct mld_cover_rows *rows, int t)
{
    const struct mld_guarantee_work *work = flows->work;
    const double *made = mld_cover_row(covers, rows->made, t);
    if (!flows->growing)
        return rows->volume;
    for (int i = 0; i < flows->width; i++)
        work->losses[i] = rows->volume[i] + made[i];
    return work->losses;
}

/*
 * What the counter-guarantees have paid back by the period after t, had every due up to t been
 * paid.
 */
static void pay_back_all(struct mld_guarantee_flows *flows, const struct mld_guarantee_spec *spec,
                         const struct mld_covers *covers, int t)
{
    struct mld_guarantee_work *work = flows->work;
    for (int l = 0; l < spec->n_layers; l++) {
        int covered = spec->layer[l].covers;
        if (covered >= 0)
            pay_back(flows->width, &spec->layer[l],
                     mld_flow_row(flows, (double *)mld_guarantee_layer_due(flows, covered), t),
                     work->account[covered].gains,
                     volume_after(flows, covers, &covers->rows[spec->layer[covered].rows], t),
                     work->paid_back);
    }
}

void mld_guarantee_need(struct mld_guarantee_flows *flows, const struct mld_guarantee_spec *spec,
                        const struct mld_covers *covers, int t)
{
    struct mld_guarantee_work *work = flows->work;
    size_t row = (size_t)flows->width * sizeof(double);
    need(flows->width, work, mld_flow_row(flows, flows->due, t), mld_flow_row(flows, flows->fee, t),
         mld_flow_row(flows, flows->upside, t), flows->dotation_needed);
    for (int k = 0; k < MLD_TRANCHES; k++)
        need_tranches(flows->width, work->tranche[k][t], work->sum, work->dues,
                      flows->tranche_needed[k]);
    work->discount /= 1 + work->yield;
    /*
     * Shares of gains are the only money returned to a fund never short: a negative due is already
     * in P.
     */
    for (int l = 0; l < spec->n_layers; l++)
        if (mld_layer_on_deals(&spec->layer[l]))
            add_gains(flows->width, spec->layer[l].upside_share,
                      mld_cover_row(covers, covers->rows[spec->layer[l].rows].gain, t),
                      work->account[l].gains);
    memcpy(work->before, work->paid_back, row);
    memset(work->paid_back, 0, row);
    pay_back_all(flows, spec, covers, t);
}
