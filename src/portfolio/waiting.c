/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Deals that wait for a closing (model, section 16): in the order of their own periods, then of the
 * portfolio, each is dated at the first period from its own on in which it and all before it fit in
 * what is admitted. Decided before any design, so that all have the same deals.
 */
#include "portfolio/waiting.h"

#include <limits.h>

/* The deals of one path, and what those dated so far cost. */
struct queue {
    const struct mld_model *model;
    struct mld_deal *deal;
    int n;
    double cost;
    int *waited, *periods_waited; /* of the path */
};

/* What no period has room for is dated at the last in which more is admitted. */
static int first_fit(const struct mld_model *model, int own, double cost)
{
    for (int t = own; t < model->waiting_periods; t++)
        if (cost <= model->room[t])
            return t;
    return own > model->last_inflow ? own : model->last_inflow;
}

/* Whether every deal fits in its own period. */
static int all_fit(const struct queue *queue)
{
    double cost[MLD_MAX_PERIODS] = { 0 }, sum = 0;
    for (int d = 0; d < queue->n; d++)
        cost[queue->deal[d].period] += queue->deal[d].amount;
    for (int t = 0; t < queue->model->waiting_periods; t++) {
        sum += cost[t];
        if (cost[t] > 0 && sum > queue->model->room[t])
            return 0;
    }
    return 1;
}

/* Own periods are below 0 (as −1 − t) until all of them are dated, so that none is dated twice. */
static void date_period(struct queue *queue, int own)
{
    for (int d = 0; d < queue->n; d++) {
        struct mld_deal *deal = &queue->deal[d];
        if (deal->period != -1 - own)
            continue;
        queue->cost += deal->amount;
        deal->period = first_fit(queue->model, own, queue->cost);
        deal->waits = (int16_t)(deal->period - own);
        *queue->waited += deal->waits > 0;
        *queue->periods_waited += deal->waits;
    }
}

/* An issuer's first deal may be another than before. */
static void date_issuers(const struct queue *queue, struct mld_issuer *issuer)
{
    for (int d = 0; d < queue->n; d++)
        issuer[queue->deal[d].issuer].period = INT_MAX;
    for (int d = 0; d < queue->n; d++) {
        const struct mld_deal *deal = &queue->deal[d];
        struct mld_issuer *of = &issuer[deal->issuer];
        if (deal->period >= of->period)
            continue;
        of->period = deal->period;
        of->terms = deal->terms;
    }
}

void mld_portfolio_wait(const struct mld_model *model, int paths, struct mld_portfolio *portfolio)
{
    for (int p = 0; p < paths; p++) {
        struct queue queue = { model,
                               portfolio->deal + portfolio->first_deal[p],
                               portfolio->first_deal[p + 1] - portfolio->first_deal[p],
                               0,
                               &portfolio->waited[p],
                               &portfolio->periods_waited[p] };
        portfolio->waited[p] = portfolio->periods_waited[p] = 0;
        if (all_fit(&queue))
            continue;
        for (int d = 0; d < queue.n; d++)
            queue.deal[d].period = -1 - queue.deal[d].period;
        for (int t = 0; t < model->waiting_periods; t++)
            date_period(&queue, t);
        date_issuers(&queue, portfolio->issuer);
    }
}
