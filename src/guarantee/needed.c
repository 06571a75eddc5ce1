/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Smallest dotation in year 0 that is never exhausted (model, section 9):
 *   max over t of Σ_{u ≤ t} (due(u) − receipts(u)) (1+y)^(−u/m), at least 0.
 * Receipts are all that enters the balance before the payouts of u: fees, share of gains, and the counter-guarantee of
 * a fund that has paid every due in its period, so that the result does not depend on the scenario's own dotation.
 */
#include "guarantee/work.h"

#include <string.h>

#include "milliard/numerics.h"

/* What the counter-guarantees have paid back by the period after t, had every due up to t been paid. */
static double paid_back_by(const struct mld_guarantee_work *work, const struct mld_guarantee_spec *spec, int path, int t)
{
    double sum = 0;
    for (int l = 0; l < spec->n_layers; l++) {
        int covered = spec->layer[l].covers;
        if (covered < 0)
            continue;
        double volume = work->volume[(size_t)path * (size_t)work->layers + (size_t)covered];
        struct mld_layer_account account = { .paid = work->cumulated_due[(size_t)covered * (size_t)work->stride + (size_t)t],
                                             .returned = work->account[covered].returned };
        sum += mld_counter_entitled(&spec->layer[l], &account, volume);
    }
    return sum;
}

/* Shares of gains to date, the only money returned to a fund never short: a negative due is already in P. */
static void add_gains(struct mld_guarantee_work *work, const struct mld_guarantee_spec *spec, int path, int t)
{
    for (int l = 0; l < spec->n_layers; l++)
        if (mld_layer_on_deals(&spec->layer[l]))
            work->account[l].returned += spec->layer[l].upside_share * work->gain[mld_layer_row(work, path, l) + (size_t)t];
}

double mld_guarantee_needed(const struct mld_guarantee_flows *flows, const struct mld_plan *plan, int path)
{
    struct mld_guarantee_work *work = flows->work;
    size_t row = (size_t)path * (size_t)flows->stride;
    double needed = 0, sum = 0, due = 0, discount = 1, paid_back = 0, before = 0;
    memset(work->account, 0, sizeof work->account);
    for (int t = 0; t <= work->last; t++) {
        size_t i = row + (size_t)t;
        sum += discount * (flows->due[i] - flows->fee[i] - flows->upside[i] - (paid_back - before));
        due += discount * flows->due[i];
        /* Dues that receipts just meet need nothing: no crumb of the two sums. */
        needed = sum > needed && mld_exceeds(sum, 0, due) ? sum : needed;
        discount /= 1 + work->yield;
        add_gains(work, &plan->guarantee, path, t);
        before = paid_back;
        paid_back = paid_back_by(work, &plan->guarantee, path, t);
    }
    return needed;
}
