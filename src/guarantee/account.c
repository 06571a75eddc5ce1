/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The guarantee fund, period by period (model, section 7):
 *   balance·(1+y)^(1/m) + dotation + fees charged + money returned + counter-guarantee received for t−1,
 *   then min(waiting + due, balance) is paid and the rest waits.
 * Without a dotation there is no fund: the State's purse is bottomless and pays whatever is due.
 */
#include "guarantee/work.h"

#include <math.h>
#include <string.h>

#include "milliard/numerics.h"

/* A layer's due of period t. Negative, it first cancels what waits; the rest is owed back. Returns what is owed back. */
static double settle_due(struct mld_layer_account *account, double cumulated_due)
{
    double step = cumulated_due - account->due, waiting = account->waiting + step;
    /* What cancels all that waits leaves no crumb that would wait for ever, or be owed back. */
    if (step < 0 && account->waiting > 0)
        waiting = mld_settled(waiting, account->due);
    account->due = cumulated_due;
    account->waiting = waiting < 0 ? 0 : waiting;
    return waiting < 0 ? -waiting : 0;
}

/* Dues and money returned of every layer on deals, written at i = path's row + t. */
static void settle_layers(struct mld_guarantee_flows *flows, struct mld_guarantee_work *work,
                          const struct mld_guarantee_spec *spec, int path, int t, size_t i)
{
    double due = 0, owed = 0, upside = 0, loss = 0, cumulated = 0;
    for (int l = 0; l < spec->n_layers; l++) {
        if (!mld_layer_on_deals(&spec->layer[l]))
            continue;
        struct mld_layer_account *account = &work->account[l];
        size_t at = (size_t)l * (size_t)work->stride + (size_t)t;
        due += work->cumulated_due[at] - account->due;
        loss += work->covered_loss[at];
        cumulated += work->cumulated_due[at];
        double back = settle_due(account, work->cumulated_due[at]);
        double share = spec->layer[l].upside_share * work->gain[mld_layer_row(work, path, l) + (size_t)t];
        account->returned += back + share;
        owed += back;
        upside += share;
    }
    flows->due[i] = due;
    flows->owed_back[i] = owed;
    flows->upside[i] = upside;
    flows->covered_loss[i] = loss;
    flows->cumulated_due[i] = cumulated;
}

static double total_waiting(const struct mld_guarantee_work *work)
{
    double total = 0;
    for (int l = 0; l < work->layers; l++)
        total += work->account[l].waiting;
    return total;
}

/*
 * Pays what waits as far as the purse goes; when it is short each layer is paid pro rata to what it waits for. A purse
 * that rounding alone keeps from what waits pays it in full and is empty, whichever of the two is above: `scale` is
 * what the sums are made of.
 */
static double pay(struct mld_guarantee_work *work, double *purse, double scale)
{
    double total = total_waiting(work), paid = mld_exceeds(total, *purse, scale) ? *purse : total;
    int in_full = paid == total;
    for (int l = 0; l < work->layers; l++) {
        struct mld_layer_account *account = &work->account[l];
        double part = in_full ? account->waiting : account->waiting * (paid / total);
        account->paid += part;
        account->waiting = in_full ? 0 : account->waiting - part;
    }
    *purse = paid > 0 && !mld_exceeds(*purse, paid, scale) ? 0 : *purse - paid;
    return paid;
}

/* After t_L nothing moves: the accounts stand still, and no yield is credited. */
static void stand_still(struct mld_guarantee_flows *flows, const struct mld_guarantee_work *work, size_t row)
{
    double *still[] = { flows->balance, flows->waiting, flows->covered_loss, flows->cumulated_due };
    double *zero[] = { flows->payout, flows->due, flows->owed_back, flows->upside, flows->counter, flows->interest };
    for (int t = work->last + 1; t < work->stride; t++) {
        for (size_t k = 0; k < sizeof still / sizeof *still; k++)
            still[k][row + (size_t)t] = still[k][row + (size_t)work->last];
        for (size_t k = 0; k < sizeof zero / sizeof *zero; k++)
            zero[k][row + (size_t)t] = 0;
    }
}

/*
 * What a counter-guarantor owes for the payouts of t_L would come in t_L+1, which the model has not got. Like the
 * losses that fall after t_L it counts in t_L: it enters the balance once the payouts of t_L are made, so it pays
 * nothing that still waits, but neither the net cost nor the residual balance forgets it.
 */
static void receive_last_counter(struct mld_guarantee_flows *flows, struct mld_guarantee_work *work,
                                 const struct mld_plan *plan, int path, double *purse)
{
    flows->counter[(size_t)path * (size_t)flows->stride + (size_t)work->last] += mld_counter_move(work, plan, path, purse);
}

void mld_guarantee_run_account(struct mld_guarantee_flows *flows, const struct mld_plan *plan, int path)
{
    struct mld_guarantee_work *work = flows->work;
    int has_fund = plan->guarantee.n_dotations > 0;
    size_t row = (size_t)path * (size_t)flows->stride;
    double purse = has_fund ? 0 : HUGE_VAL, put_in = 0;
    memset(work->account, 0, sizeof work->account);
    for (int t = 0; t <= work->last; t++) {
        size_t i = row + (size_t)t;
        flows->interest[i] = has_fund ? purse * work->yield : 0;
        flows->dotation[i] = work->dotation[t];
        put_in += flows->dotation[i];
        purse += flows->interest[i] + flows->dotation[i] + flows->fee[i];
        flows->counter[i] = mld_counter_move(work, plan, path, &purse);
        settle_layers(flows, work, &plan->guarantee, path, t, i);
        purse += flows->owed_back[i] + flows->upside[i];
        flows->payout[i] = pay(work, &purse, has_fund ? put_in + flows->cumulated_due[i] : 0);
        if (t == work->last)
            receive_last_counter(flows, work, plan, path, &purse);
        flows->waiting[i] = total_waiting(work);
        flows->balance[i] = has_fund ? purse : 0;
    }
    stand_still(flows, work, row);
}
