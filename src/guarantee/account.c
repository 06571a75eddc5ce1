/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The guarantee fund in a period (model, section 7):
 *   balance·(1+y)^(1/m) + dotation + fees charged + money returned
 *   + counter-guarantee received for t−1, then min(waiting + due, balance) is paid; the rest waits.
 * Without a dotation there is no fund: the State's purse is bottomless and pays whatever is due.
 */
#include "guarantee/work.h"

#include <string.h>

#include "guarantee/lane.h"

/* Yield, dotation and fees enter; a bottomless purse bears no yield. */
MLD_CLONES
static void enter(int n, double yield, double dotation, const double *restrict fee,
                  double *restrict purse, double *restrict interest, double *restrict entered)
{
    for (int i = 0; i < n; i++) {
        interest[i] = mld_lane_interest(purse[i], yield);
        entered[i] = dotation;
        purse[i] += interest[i] + dotation + fee[i];
    }
}

MLD_CLONES
static void owe(int n, double q, double attachment, double cap_rate, const double *restrict counted,
                const double *restrict volume, double *restrict cumulated)
{
    for (int i = 0; i < n; i++)
        cumulated[i] = mld_lane_owed(q, attachment, cap_rate, counted[i], volume[i]);
}

/*
 * A volume that grows raises what the fund keeps: what is due to date falls by the quotité of what
 * recoveries and gains take off losses, and for nothing else.
 */
MLD_CLONES
static void hold(int n, double q, const double *restrict before, const double *restrict counted,
                 const double *restrict due, double *restrict cumulated)
{
    for (int i = 0; i < n; i++) {
        double fall = before[i] > counted[i] ? before[i] - counted[i] : 0, held = due[i] - q * fall;
        cumulated[i] = held > cumulated[i] ? held : cumulated[i];
    }
}

/* A layer's due of the period, what is owed back, and the share of the gains. */
struct due_rows {
    double *due, *owed, *upside;
};

/*
 * What part of a gain comes back to the guarantor, and what part of it a counter-guarantor counts
 * as money returned: of a guarantee that pays all that is due, which is counter-guaranteed in what
 * falls due, none.
 */
struct gain_shares {
    double guarantor, returned;
};

MLD_CLONES
static void settle_due(int n, struct gain_shares share, const double *restrict cumulated,
                       const double *restrict gain, const struct mld_layer_account *account,
                       const struct due_rows *rows)
{
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double due = account->due[i], step = cumulated[i] - due,
               waiting = mld_lane_waiting(account->waiting[i], step, due);
        double back = waiting < 0 ? -waiting : 0, shared = share.guarantor * gain[i];
        account->due[i] = cumulated[i];
        account->waiting[i] = waiting < 0 ? 0 : waiting;
        account->returned[i] += back + share.returned * gain[i];
        rows->due[i] += step;
        rows->owed[i] += back;
        rows->upside[i] += shared;
    }
}

static void add(int n, const double *restrict x, double *restrict sum)
{
    for (int i = 0; i < n; i++)
        sum[i] += x[i];
}

static void settle_layer(struct mld_guarantee_flows *flows, const struct mld_layer *layer, int l,
                         const struct mld_covers *covers, int t)
{
    struct mld_guarantee_work *work = flows->work;
    const struct mld_cover_rows *rows = &covers->rows[layer->rows];
    struct mld_layer_account *account = &work->account[l];
    double *cumulated = mld_flow_row(flows, (double *)mld_guarantee_layer_due(flows, l), t);
    const double *counted = mld_cover_row(covers, rows->covered_loss, t);
    int n = flows->width;
    owe(n, layer->quotite, layer->attachment, layer->cap_rate, counted, rows->volume, cumulated);
    if (flows->growing && t > 0)
        hold(n, layer->quotite, mld_cover_row(covers, rows->covered_loss, t - 1), counted,
             account->due, cumulated);
    const struct due_rows of_period = { mld_flow_row(flows, flows->due, t),
                                        mld_flow_row(flows, flows->owed_back, t),
                                        mld_flow_row(flows, flows->upside, t) };
    const struct gain_shares share = { layer->upside_share,
                                       work->has_fund ? layer->upside_share : 0 };
    settle_due(n, share, cumulated, mld_cover_row(covers, rows->gain, t), account, &of_period);
    add(n, counted, mld_flow_row(flows, flows->covered_loss, t));
    add(n, cumulated, mld_flow_row(flows, flows->cumulated_due, t));
}

/* Dues and money returned of every layer on deals. */
static void settle_layers(struct mld_guarantee_flows *flows, const struct mld_guarantee_spec *spec,
                          const struct mld_covers *covers, int t)
{
    double *sums[] = { flows->due, flows->owed_back, flows->upside, flows->covered_loss,
                       flows->cumulated_due };
    for (size_t k = 0; k < sizeof sums / sizeof *sums; k++)
        memset(mld_flow_row(flows, sums[k], t), 0, (size_t)flows->width * sizeof(double));
    for (int l = 0; l < spec->n_layers; l++)
        if (mld_layer_on_deals(&spec->layer[l]))
            settle_layer(flows, &spec->layer[l], l, covers, t);
}

static void sum_waiting(const struct mld_guarantee_work *work, int n, double *restrict total)
{
    memset(total, 0, (size_t)n * sizeof(double));
    for (int l = 0; l < work->layers; l++)
        add(n, work->account[l].waiting, total);
}

/* Pays what waits as far as the purse goes; put_in −1: it is bottomless. */
MLD_CLONES
static void take(int n, double put_in, const double *restrict cumulated,
                 const double *restrict owed_back, const double *restrict upside,
                 const double *restrict total, double *restrict purse, double *restrict payout)
{
    for (int i = 0; i < n; i++) {
        double money = purse[i] + (owed_back[i] + upside[i]),
               scale = put_in >= 0 ? put_in + cumulated[i] : 0;
        payout[i] = mld_lane_paid(total[i], money, scale);
        purse[i] = mld_lane_left(money, payout[i], scale);
    }
}

MLD_CLONES
static void pay_layer(int n, const double *restrict total, const double *restrict payout,
                      double *restrict waiting, double *restrict paid)
{
    for (int i = 0; i < n; i++) {
        double part = mld_lane_part(waiting[i], payout[i], total[i]);
        paid[i] += part;
        waiting[i] = payout[i] == total[i] ? 0 : waiting[i] - part;
    }
}

/*
 * What a counter-guarantor owes for the payouts of t_L would come in t_L+1, which the model has not
 * got. Like the losses that fall after t_L it counts in t_L: it enters the balance once the payouts
 * of t_L are made, so it pays nothing that still waits, but neither the net cost nor the residual
 * balance forgets it.
 */
static void receive_last_counter(struct mld_guarantee_flows *flows,
                                 const struct mld_guarantee_spec *spec,
                                 const struct mld_covers *covers, int t)
{
    double *received = ((struct mld_guarantee_work *)flows->work)->losses;
    mld_counter_move(flows, spec, covers, received);
    add(flows->width, received, mld_flow_row(flows, flows->counter, t));
}

void mld_guarantee_settle(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                          const struct mld_guarantee_spec *spec, const struct mld_covers *covers,
                          int t)
{
    struct mld_guarantee_work *work = flows->work;
    int n = flows->width, has_fund = spec->n_dotations > 0;
    work->put_in += work->dotation[t];
    enter(n, has_fund ? work->yield : 0, work->dotation[t], mld_flow_row(flows, flows->fee, t),
          work->purse, mld_flow_row(flows, flows->interest, t),
          mld_flow_row(flows, flows->dotation, t));
    mld_counter_move(flows, spec, covers, mld_flow_row(flows, flows->counter, t));
    settle_layers(flows, spec, covers, t);
    sum_waiting(work, n, work->total);
    take(n, has_fund ? work->put_in : -1, mld_flow_row(flows, flows->cumulated_due, t),
         mld_flow_row(flows, flows->owed_back, t), mld_flow_row(flows, flows->upside, t),
         work->total, work->purse, mld_flow_row(flows, flows->payout, t));
    for (int l = 0; l < work->layers; l++)
        pay_layer(n, work->total, mld_flow_row(flows, flows->payout, t), work->account[l].waiting,
                  work->account[l].paid);
    if (t == grid->last)
        receive_last_counter(flows, spec, covers, t);
    sum_waiting(work, n, mld_flow_row(flows, flows->waiting, t));
    if (has_fund)
        memcpy(mld_flow_row(flows, flows->balance, t), work->purse, (size_t)n * sizeof(double));
}
