/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Random portfolios, lives and layers for properties of covers and of the guarantee. The cases are
 * a fixed sequence: a failure names the case that shows it.
 */
#ifndef TEST_SUPPORT_RANDOM_CASE_H
#define TEST_SUPPORT_RANDOM_CASE_H

#include "support/guarantee_bench.h"

enum { MOST_DEALS = 40 };

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t state64;

static inline double uniform(void)
{
    uint64_t z = state64 += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static inline int below(int n) { return (int)(uniform() * n); }
static inline double between(double a, double b) { return a + (b - a) * uniform(); }

struct random_case {
    struct mld_plan *plan;
    struct bench_deal deal[MOST_DEALS];
    int n;
};

static inline void draw_layer(struct mld_layer *layer)
{
    *layer = bench_layer(between(0.1, 1));
    layer->attachment = below(2) ? between(0, 0.2) : 0;
    layer->cap_rate = below(2) ? between(0.02, 0.5) : 1;
    layer->cover.max_loss_per_issuer = below(2) ? between(2e5, 3e6) : HUGE_VAL;
    layer->waiting_years = below(3) / 2.0;
    layer->term_years = 2 + below(9);
    layer->claim_delay_years = below(5) / 2.0;
    layer->cover.payout = below(2);
    layer->cover.exit_losses = below(2);
    layer->cover.net_of_gains = below(2);
    layer->fee_rate = below(2) ? between(0, 0.03) : 0;
    layer->fee_upfront = below(3) ? 0 : between(0, 0.02);
    layer->fee_payer = below(2);
    layer->upside_share = below(3) ? 0 : between(0, 0.5);
    layer->operator_cost = between(0, 0.01);
}

static inline void draw_counter(struct mld_layer *layer, int covered)
{
    *layer = bench_layer(0);
    layer->covers = covered;
    layer->share = between(0.2, 1);
    layer->cap_rate = below(2) ? 1 : between(0.01, 0.2);
    layer->fee_rate = below(2) ? 0 : between(0, 0.2);
}

/* One layer on all, or one on equity and one on debt; then perhaps counter-guarantees and
 * dotations. */
static inline void draw_layers(struct mld_guarantee_spec *spec)
{
    int split = below(2);
    spec->n_layers = 1 + split;
    for (int l = 0; l < spec->n_layers; l++)
        draw_layer(&spec->layer[l]);
    for (int i = 0; split && i < MLD_INSTRUMENTS; i++) {
        spec->layer[0].cover.instrument[i] = i == BENCH_SHARES || i == BENCH_COOPERATIVE_SHARES;
        spec->layer[1].cover.instrument[i] = !spec->layer[0].cover.instrument[i];
    }
    for (int k = below(3); k > 0; k--, spec->n_layers++)
        draw_counter(&spec->layer[spec->n_layers], below(1 + split));
    spec->n_dotations = below(3);
    for (int k = 0; k < spec->n_dotations; k++)
        spec->dotation[k] = (struct mld_dotation){ .year = below(6), .amount = between(0, 4e6) };
    spec->dotation_yield = between(0, 0.05);
}

static inline void draw_deal(struct bench_deal *b, const struct mld_plan *plan, int issuers)
{
    int last = plan->model.grid.last, instrument = below(MLD_INSTRUMENTS), date = below(last / 2);
    int is_equity = instrument == BENCH_SHARES || instrument == BENCH_COOPERATIVE_SHARES;
    int until = date + 1 + below(last - date + 4);
    bench_deal_start(b, plan, 0, below(issuers), instrument, date, between(1e5, 3e6),
                     is_equity ? last + 1 : until, !is_equity && below(2));
    int event = date + 1 + below(b->life.last_period - date);
    if (below(2))
        bench_default(b, event, uniform() * b->life.outstanding[event - 1],
                      event + below(last - event + 1));
    else if (is_equity)
        bench_exit(b, event,
                   b->deal.amount * (instrument == BENCH_SHARES ? between(0, 2.5) : uniform()));
}

static inline struct random_case *draw_case(int number)
{
    struct random_case *c = calloc(1, sizeof *c);
    assert_non_null(c);
    state64 = 20260101u + (uint64_t)number;
    c->plan = bench_plan(below(2) ? 4 : 1, 12);
    struct mld_grid *grid = &c->plan->model.grid;
    /* of every other case periods follow t_L */
    grid->last -= number % 2 * grid->periods_per_year;
    draw_layers(&c->plan->guarantee);
    bench_derive(c->plan);
    c->n = 1 + below(MOST_DEALS);
    int issuers = 1 + below(c->n);
    for (int i = 0; i < c->n; i++)
        draw_deal(&c->deal[i], c->plan, issuers);
    c->plan->model.form[0].rating = below(MLD_RATINGS);
    return c;
}

static inline void free_case(struct random_case *c)
{
    free(c->plan);
    free(c);
}

/* Adds every deal of the case on a path of a batch; deals in the order given, or in file order. */
static inline void add_case(struct bench_run *run, struct random_case *c, int path,
                            const int *order)
{
    for (int i = 0; i < c->n; i++) {
        struct bench_deal *b = &c->deal[order ? order[i] : i];
        b->deal.path = path;
        b->deal.issuer = b->deal.issuer % BENCH_DEALS + path * BENCH_DEALS;
        bench_add(run, b);
    }
}

#endif
