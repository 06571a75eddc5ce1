/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whole lives at once, for those who want totals alone of a guarantee that nothing else reads
 * period by period and no other guarantees: some paths side by side from the first period to the
 * last, their accounts at hand. The arithmetic is that of the periods, in the same order.
 */
#include <string.h>

#include "guarantee/lane.h"
#include "guarantee/work.h"

enum { LANES = 32 };

/* A layer's rates, and the rows of its cover at the lanes. */
struct layer {
    double q, attachment, cap_rate, annual, upfront, running, share;
    const double *exposure, *made, *gain, *counted, *volume;
};

struct terms {
    int layers, last, width;
    double yield, put_in, factor;
    const double *dotation;              /* [period] */
    const double *tranche[MLD_TRANCHES]; /* [period] */
    double interest_rate;                /* of the purse: none of a bottomless one */
    struct layer layer[MLD_MAX_LAYERS];
};

struct accounts {
    double purse[LANES], sum[LANES], dues[LANES], needed[LANES];
    double tranche[MLD_TRANCHES][LANES];
    double due[MLD_MAX_LAYERS][LANES], waiting[MLD_MAX_LAYERS][LANES];
    /* totals */
    double payout[LANES], all_due[LANES], owed_back[LANES], fee[LANES], upside[LANES],
        operator_cost[LANES], interest[LANES], fee_base[LANES], cost[LANES], cost_discounted[LANES],
        peak[LANES], exhausted[LANES], budget_discounted[LANES];
};

/* Of the period at hand, over layers. */
struct flows {
    double base[LANES], fee[LANES], operator_cost[LANES], guaranteed[LANES], interest[LANES];
    double due[LANES], owed[LANES], upside[LANES], cumulated[LANES], total[LANES], payout[LANES];
};

static struct terms terms_of(const struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                             const struct mld_guarantee_spec *spec, const struct mld_covers *covers,
                             int at)
{
    const struct mld_guarantee_work *work = flows->work;
    double m = grid->periods_per_year;
    struct terms terms = { .layers = spec->n_layers,
                           .last = grid->last,
                           .width = flows->width,
                           .yield = work->yield,
                           .interest_rate = spec->n_dotations > 0 ? work->yield : 0,
                           .put_in = spec->n_dotations > 0 ? 0 : -1,
                           .factor = flows->total.factor,
                           .dotation = work->dotation };
    for (int k = 0; k < MLD_TRANCHES; k++)
        terms.tranche[k] = work->tranche[k];
    for (int l = 0; l < spec->n_layers; l++) {
        const struct mld_layer *layer = &spec->layer[l];
        const struct mld_cover_rows *rows = &covers->rows[layer->rows];
        terms.layer[l] = (struct layer){ .q = layer->quotite,
                                         .attachment = layer->attachment,
                                         .cap_rate = layer->cap_rate,
                                         .annual = layer->fee_rate / m,
                                         .upfront = layer->fee_upfront,
                                         .running = layer->operator_cost / m,
                                         .share = layer->upside_share,
                                         .exposure = rows->exposure + at,
                                         .made = rows->made + at,
                                         .gain = rows->gain + at,
                                         .counted = rows->covered_loss + at,
                                         .volume = rows->volume + at };
    }
    return terms;
}

/* A sum over layers, which begins with the first. */
MLD_INLINE double so_far(int first, double sum) { return first ? 0 : sum; }

/* What a layer charges in t, and what it comes to owe. */
MLD_INLINE void charge(const struct layer *layer, int first, int t, size_t width,
                       struct flows *flow)
{
    static const double nothing[LANES];
    const double *before = t > 0 ? layer->exposure + (size_t)(t - 1) * width : nothing;
    const double *exposure = layer->exposure + (size_t)t * width,
                 *made = layer->made + (size_t)t * width;
    MLD_INDEPENDENT
    for (int i = 0; i < LANES; i++) {
        double start = layer->q * before[i], granted = layer->q * made[i];
        flow->base[i] = so_far(first, flow->base[i]) + start;
        flow->fee[i] = so_far(first, flow->fee[i]) +
                       (layer->annual * start + layer->upfront * granted);
        flow->operator_cost[i] = so_far(first, flow->operator_cost[i]) + layer->running * start;
        flow->guaranteed[i] = so_far(first, flow->guaranteed[i]) + layer->q * exposure[i];
    }
}

MLD_INLINE void owe(const struct layer *layer, int first, int t, size_t width, double *restrict due,
                    double *restrict waits, struct flows *restrict flow)
{
    const double *restrict counted = layer->counted + (size_t)t * width,
                           *restrict gain = layer->gain + (size_t)t * width,
                           *restrict volume = layer->volume;
    const double q = layer->q, attachment = layer->attachment, cap_rate = layer->cap_rate,
                 share = layer->share;
    for (int i = 0; i < LANES; i++) {
        double before = due[i], waited = waits[i];
        double cumulated = mld_lane_owed(q, attachment, cap_rate, counted[i], volume[i]);
        double step = cumulated - before, waiting = mld_lane_waiting(waited, step, before),
               back = waiting < 0 ? -waiting : 0, rest = waiting < 0 ? 0 : waiting;
        due[i] = cumulated;
        waits[i] = rest;
        flow->due[i] = so_far(first, flow->due[i]) + step;
        flow->owed[i] = so_far(first, flow->owed[i]) + back;
        flow->upside[i] = so_far(first, flow->upside[i]) + share * gain[i];
        flow->cumulated[i] = so_far(first, flow->cumulated[i]) + cumulated;
        flow->total[i] = so_far(first, flow->total[i]) + rest;
    }
}

MLD_INLINE void settle(struct accounts *account, const struct terms *terms, double dotation,
                       double put_in, struct flows *flow)
{
    MLD_INDEPENDENT
    for (int i = 0; i < LANES; i++) {
        double purse = account->purse[i];
        flow->interest[i] = mld_lane_interest(purse, terms->interest_rate);
        purse += flow->interest[i] + dotation + flow->fee[i];
        double money = purse + (flow->owed[i] + flow->upside[i]),
               scale = put_in >= 0 ? put_in + flow->cumulated[i] : 0;
        flow->payout[i] = mld_lane_paid(flow->total[i], money, scale);
        account->purse[i] = mld_lane_left(money, flow->payout[i], scale);
    }
}

MLD_INLINE void pay(double *waiting, int first, const struct flows *flow, double *left)
{
    MLD_INDEPENDENT
    for (int i = 0; i < LANES; i++) {
        double part = mld_lane_part(waiting[i], flow->payout[i], flow->total[i]);
        waiting[i] = flow->payout[i] == flow->total[i] ? 0 : waiting[i] - part;
        left[i] = so_far(first, left[i]) + waiting[i];
    }
}

MLD_INLINE void need(struct accounts *account, double discount, const struct flows *flow)
{
    MLD_INDEPENDENT
    for (int i = 0; i < LANES; i++) {
        double sum = account->sum[i] + discount * (flow->due[i] - flow->fee[i] - flow->upside[i]);
        double dues = account->dues[i] + discount * flow->due[i];
        account->needed[i] = mld_lane_needed(account->needed[i], sum, dues);
        account->sum[i] = sum;
        account->dues[i] = dues;
    }
}

MLD_INLINE void need_tranche(struct accounts *account, int k, double part)
{
    MLD_INDEPENDENT
    for (int i = 0; i < LANES; i++)
        account->tranche[k][i] = mld_lane_needed(account->tranche[k][i], part * account->sum[i],
                                                 account->dues[i]);
}

MLD_INLINE void add_up(struct accounts *account, double ended, double discount, double dotation,
                       const struct flows *flow, const double *left)
{
    MLD_INDEPENDENT
    for (int i = 0; i < LANES; i++) {
        double cost = flow->payout[i] - flow->fee[i] - flow->upside[i] - flow->owed[i] +
                      flow->operator_cost[i];
        account->payout[i] += flow->payout[i];
        account->all_due[i] += flow->due[i];
        account->owed_back[i] += flow->owed[i];
        account->fee[i] += flow->fee[i];
        account->upside[i] += flow->upside[i];
        account->operator_cost[i] += flow->operator_cost[i];
        account->interest[i] += flow->interest[i];
        account->fee_base[i] += flow->base[i];
        account->cost[i] += cost;
        account->cost_discounted[i] += discount * cost;
        account->budget_discounted[i] += discount * (dotation + flow->operator_cost[i]);
        int now = (account->exhausted[i] == 0) & (left[i] > 0);
        account->exhausted[i] = now ? ended : account->exhausted[i];
        account->peak[i] = flow->guaranteed[i] > account->peak[i] ? flow->guaranteed[i]
                                                                  : account->peak[i];
    }
}

/* Gives what waits in the end. */
MLD_CLONES
static void live(struct accounts *account, const struct terms *terms, double *left)
{
    double put_in = terms->put_in, worth = 1, discount = 1;
    size_t width = (size_t)terms->width;
    struct flows flow = { 0 };
    for (int t = 0; t <= terms->last; t++) {
        put_in += put_in >= 0 ? terms->dotation[t] : 0;
        discount *= terms->factor;
        for (int l = 0; l < terms->layers; l++)
            charge(&terms->layer[l], l == 0, t, width, &flow);
        for (int l = 0; l < terms->layers; l++)
            owe(&terms->layer[l], l == 0, t, width, account->due[l], account->waiting[l], &flow);
        settle(account, terms, terms->dotation[t], put_in, &flow);
        for (int l = 0; l < terms->layers; l++)
            pay(account->waiting[l], l == 0, &flow, left);
        need(account, worth, &flow);
        for (int k = 0; k < MLD_TRANCHES; k++)
            need_tranche(account, k, terms->tranche[k][t]);
        worth /= 1 + terms->yield;
        add_up(account, t + 1, discount, terms->dotation[t], &flow, left);
    }
}

/* The accounts of the lanes from `at` on, where the flows keep them. */
static void keep(const struct mld_guarantee_flows *flows, const struct accounts *account,
                 const double *left, int at)
{
    const struct mld_guarantee_totals *total = &flows->total;
    const size_t lanes = LANES * sizeof(double);
    memcpy(total->payout + at, account->payout, lanes);
    memcpy(total->due + at, account->all_due, lanes);
    memcpy(total->owed_back + at, account->owed_back, lanes);
    memcpy(total->fee + at, account->fee, lanes);
    memcpy(total->upside + at, account->upside, lanes);
    memcpy(total->operator_cost + at, account->operator_cost, lanes);
    memcpy(total->interest + at, account->interest, lanes);
    memcpy(total->fee_base + at, account->fee_base, lanes);
    memcpy(total->cost + at, account->cost, lanes);
    memcpy(total->cost_discounted + at, account->cost_discounted, lanes);
    memcpy(total->peak + at, account->peak, lanes);
    memcpy(total->exhausted + at, account->exhausted, lanes);
    memcpy(total->budget_discounted + at, account->budget_discounted, lanes);
    for (int k = 0; k < MLD_TRANCHES; k++)
        memcpy(flows->tranche_needed[k] + at, account->tranche[k], lanes);
    memcpy(flows->dotation_needed + at, account->needed, lanes);
    memcpy(flows->waiting + at, left, lanes);
}

int mld_guarantee_can_live(const struct mld_guarantee_flows *flows,
                           const struct mld_guarantee_spec *spec)
{
    int alone = flows->stride == 0 && flows->width % LANES == 0 && !(spec->pass_through > 0);
    for (int l = 0; l < spec->n_layers; l++)
        alone &= mld_layer_on_deals(&spec->layer[l]);
    return alone;
}

void mld_guarantee_live(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                        const struct mld_guarantee_spec *spec, const struct mld_covers *covers)
{
    struct mld_guarantee_work *work = flows->work;
    for (int at = 0; at < flows->width; at += LANES) {
        struct terms terms = terms_of(flows, grid, spec, covers, at);
        struct accounts account = { 0 };
        double left[LANES] = { 0 };
        memcpy(account.purse, work->purse + at, sizeof account.purse);
        live(&account, &terms, left);
        keep(flows, &account, left, at);
        if (spec->n_dotations > 0)
            memcpy(flows->balance + at, account.purse, sizeof account.purse);
    }
    for (int t = 0; t <= grid->last; t++)
        flows->total.discount *= flows->total.factor;
}
