/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counter-guarantees: what a second guarantor pays back, in the period that follows. */
#include "guarantee/work.h"

/*
 * Paid back to date = share · min(payouts made less money returned, cap_rate·V), less fee_rate of it.
 * Money returned is what came back on the layer: recoveries owed back and its share of gains. It may exceed the
 * payouts when gains are large; the counter-guarantor is then owed nothing more than what it paid.
 */
double mld_counter_entitled(const struct mld_layer *layer, const struct mld_layer_account *covered, double volume)
{
    double net = covered->paid - covered->returned, cap = layer->cap_rate * volume;
    net = net < 0 ? 0 : net;
    return layer->share * (net < cap ? net : cap) * (1 - layer->fee_rate);
}

/* What would have to be given back to the counter-guarantor waits when the guarantee fund has not got it. */
double mld_counter_move(struct mld_guarantee_work *work, const struct mld_plan *plan, int path, double *purse)
{
    const struct mld_guarantee_spec *spec = &plan->guarantee;
    double moved = 0;
    for (int l = 0; l < spec->n_layers; l++) {
        int covered = spec->layer[l].covers;
        if (covered < 0)
            continue;
        double volume = work->volume[(size_t)path * (size_t)work->layers + (size_t)covered];
        double entitled = mld_counter_entitled(&spec->layer[l], &work->account[covered], volume);
        double step = entitled - work->account[l].received;
        int short_of = step < -*purse;
        step = short_of ? -*purse : step;
        work->account[l].received = short_of ? work->account[l].received + step : entitled;
        *purse = short_of ? 0 : *purse + step;
        moved += step;
    }
    return moved;
}
