/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counter-guarantees: what a second guarantor pays back, in the period that follows. */
#include "guarantee/work.h"

#include <string.h>

/*
 * Paid back to date = share · min(payouts made less money returned, cap_rate·V), less fee_rate of
 * it. Money returned is what came back on the layer: recoveries owed back and, in a guarantee
 * fund, its share of gains. Of a guarantee that pays all that is due, payouts less what is owed
 * back are Σ due (section 12), and gains are the guarantor's. It may exceed the payouts when gains
 * are large; the counter-guarantor is then owed nothing more than what it paid.
 */
double mld_counter_entitled(const struct mld_layer *layer, double paid, double returned,
                            double volume)
{
    double net = paid - returned, cap = layer->cap_rate * volume;
    net = net < 0 ? 0 : net;
    return layer->share * (net < cap ? net : cap) * (1 - layer->fee_rate);
}

/*
 * What would have to be given back to the counter-guarantor waits when the guarantee fund has not
 * got it.
 */
static void move(int n, const struct mld_layer *layer, const struct mld_layer_account *covered,
                 const double *restrict volume, double *restrict already, double *restrict purse,
                 double *restrict received)
{
    for (int i = 0; i < n; i++) {
        double entitled = mld_counter_entitled(layer, covered->paid[i], covered->returned[i],
                                               volume[i]);
        double step = entitled - already[i];
        int short_of = step < -purse[i];
        step = short_of ? -purse[i] : step;
        already[i] = short_of ? already[i] + step : entitled;
        purse[i] = short_of ? 0 : purse[i] + step;
        received[i] += step;
    }
}

void mld_counter_move(struct mld_guarantee_flows *flows, const struct mld_guarantee_spec *spec,
                      const struct mld_covers *covers, double *received)
{
    struct mld_guarantee_work *work = flows->work;
    memset(received, 0, (size_t)flows->width * sizeof(double));
    for (int l = 0; l < spec->n_layers; l++) {
        int covered = spec->layer[l].covers;
        if (covered >= 0)
            move(flows->width, &spec->layer[l], &work->account[covered],
                 covers->rows[spec->layer[covered].rows].volume, work->account[l].received,
                 work->purse, received);
    }
}
