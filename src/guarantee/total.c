/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a guarantee comes to over a life, added up period by period (model, section 9), so that who
 * wants no more needs no series.
 */
#include "guarantee/work.h"

#include <string.h>

#include "core/vector.h"
#include "milliard/numerics.h"

/* The flows of a period. */
struct flow_rows {
    const double *payout, *due, *owed_back, *fee, *upside, *operator_cost, *counter, *interest,
        *fee_base, *guaranteed, *waiting;
};

static struct flow_rows rows_of(const struct mld_guarantee_flows *flows, int t)
{
    return (struct flow_rows){ .payout = mld_flow_row(flows, flows->payout, t),
                               .due = mld_flow_row(flows, flows->due, t),
                               .owed_back = mld_flow_row(flows, flows->owed_back, t),
                               .fee = mld_flow_row(flows, flows->fee, t),
                               .upside = mld_flow_row(flows, flows->upside, t),
                               .operator_cost = mld_flow_row(flows, flows->operator_cost, t),
                               .counter = mld_flow_row(flows, flows->counter, t),
                               .interest = mld_flow_row(flows, flows->interest, t),
                               .fee_base = mld_flow_row(flows, flows->fee_base, t),
                               .guaranteed = mld_flow_row(flows, flows->guaranteed, t),
                               .waiting = mld_flow_row(flows, flows->waiting, t) };
}

MLD_CLONES
static void add_flows(int n, const struct flow_rows *flow, const struct mld_guarantee_totals *total)
{
    const struct flow_rows of = *flow;
    const struct mld_guarantee_totals to = *total;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        to.payout[i] += of.payout[i];
        to.due[i] += of.due[i];
        to.owed_back[i] += of.owed_back[i];
        to.fee[i] += of.fee[i];
        to.upside[i] += of.upside[i];
        to.operator_cost[i] += of.operator_cost[i];
        to.counter[i] += of.counter[i];
        to.interest[i] += of.interest[i];
        to.fee_base[i] += of.fee_base[i];
    }
}

/*
 * Net cost: payouts − fees, upside and money returned + operator cost − counter-guarantee; the
 * first period in which a due is not paid in full; the largest amount guaranteed.
 */
MLD_CLONES
static void add_cost(int n, int t, double dotation, const struct flow_rows *flow,
                     const struct mld_guarantee_totals *total)
{
    const struct flow_rows of = *flow;
    const struct mld_guarantee_totals to = *total;
    const double discount = to.discount, ended = t + 1;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double cost = of.payout[i] - of.fee[i] - of.upside[i] - of.owed_back[i] +
                      of.operator_cost[i] - of.counter[i];
        to.cost[i] += cost;
        to.cost_discounted[i] += discount * cost;
        to.budget_discounted[i] += discount * (dotation + of.operator_cost[i]);
        int first = (to.exhausted[i] == 0) & (of.waiting[i] > 0);
        to.exhausted[i] = first ? ended : to.exhausted[i];
        to.peak[i] = of.guaranteed[i] > to.peak[i] ? of.guaranteed[i] : to.peak[i];
    }
}

void mld_guarantee_start_totals(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                                const struct mld_guarantee_spec *spec)
{
    struct mld_guarantee_totals *total = &flows->total;
    memset(total->payout, 0, MLD_GUARANTEE_TOTALS * (size_t)flows->width * sizeof(double));
    total->factor = mld_pow(1 + spec->reference_rate, -1.0 / grid->periods_per_year);
    total->discount = 1;
}

void mld_guarantee_add_totals(struct mld_guarantee_flows *flows, int t)
{
    const struct mld_guarantee_work *work = flows->work;
    struct flow_rows flow = rows_of(flows, t);
    flows->total.discount *= flows->total.factor;
    add_flows(flows->width, &flow, &flows->total);
    add_cost(flows->width, t, work->dotation[t], &flow, &flows->total);
}
