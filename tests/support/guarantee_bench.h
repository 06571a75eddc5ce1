/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan, deals and lives made by hand, for tests of the guarantee: one sector, two legal forms, no other stage. */
#ifndef SUPPORT_GUARANTEE_BENCH_H
#define SUPPORT_GUARANTEE_BENCH_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/plan.h"

enum { BENCH_WIDTH = 8, BENCH_DEALS = 64 };

/* Registry order. */
enum bench_instrument { BENCH_SHARES, BENCH_CONVERTIBLE, BENCH_BOND, BENCH_PARTICIPATING_SECURITIES,
                        BENCH_ASSOCIATION_SECURITIES, BENCH_PARTICIPATING_LOAN, BENCH_COOPERATIVE_SHARES };

struct bench_deal {
    struct mld_deal deal;
    struct mld_contract contract;
    struct mld_life life;
    double series[8][MLD_MAX_PERIODS + 1];
};

/* A plan of `years` years in m periods, all of them simulated, with a guarantee without layers. */
static inline struct mld_plan *bench_plan(int m, int years)
{
    struct mld_plan *plan = calloc(1, sizeof *plan);
    if (!plan)
        abort();
    plan->grid = (struct mld_grid){ .periods_per_year = m, .horizon_years = years, .periods = m * years, .last = m * years - 1 };
    plan->n_forms = 2;
    plan->factors.n_sectors = 1;
    plan->max_deals = plan->max_issuers = BENCH_DEALS;
    plan->guarantee.present = 1;
    plan->guarantee.moral_hazard = 1;
    plan->guarantee.reference_rate = 0.035;
    return plan;
}

/* A layer on every deal: quotité as given, no attachment, no cap, final loss, ten years. Periods are derived by bench_derive(). */
static inline struct mld_layer bench_layer(double quotite)
{
    struct mld_layer layer = { .quotite = quotite, .cap_rate = 1, .max_loss_per_issuer = HUGE_VAL, .term_years = 10,
                               .ticket_max = HUGE_VAL, .covers = -1 };
    memset(layer.covers_instrument, 1, sizeof layer.covers_instrument);
    memset(layer.covers_form, 1, sizeof layer.covers_form);
    memset(layer.covers_sector, 1, sizeof layer.covers_sector);
    return layer;
}

/* Ages in periods: round(m·years). */
static inline void bench_derive(struct mld_plan *plan)
{
    for (int l = 0; l < plan->guarantee.n_layers; l++) {
        struct mld_layer *layer = &plan->guarantee.layer[l];
        layer->waiting_periods = (int)lround(layer->waiting_years * plan->grid.periods_per_year);
        layer->term_periods = (int)lround(layer->term_years * plan->grid.periods_per_year);
        layer->delay_periods = (int)lround(layer->claim_delay_years * plan->grid.periods_per_year);
    }
}

/* A deal that is repaid in period `until` in full, or straight-line from the next period on; never, when until is after t_L. */
static inline void bench_deal_start(struct bench_deal *b, const struct mld_plan *plan, int path, int issuer, int instrument,
                                    int date, double amount, int until, int linear)
{
    memset(b, 0, sizeof *b);
    b->deal = (struct mld_deal){ .path = path, .issuer = issuer, .instrument = instrument, .period = date,
                                 .tape_row = -1, .amount = amount };
    int last = plan->grid.last, end = until < last ? until : last;
    b->contract = (struct mld_contract){ .income = b->series[0], .capital = b->series[1], .outstanding = b->series[2],
                                         .value = b->series[3], .ages = last - date, .end_age = end - date,
                                         .alive = until > last, .exit_age = -1 };
    b->life = (struct mld_life){ .income = b->series[4], .capital = b->series[5], .outstanding = b->series[6],
                                 .nav = b->series[7], .made = 1, .last_period = end, .default_period = -1,
                                 .resolution = -1, .recovery_rate = (double)NAN, .recovery_period = -1, .exit_period = -1 };
    for (int t = date; t < (until > last ? last + 1 : until); t++)
        b->contract.outstanding[t - date] = linear ? amount * (until - t) / (until - date) : amount;
    for (int t = date; t < end; t++)
        b->life.outstanding[t] = b->contract.outstanding[t - date];
}

/* The deal defaults in `period` and its recovery comes, or is sold, in `paid`. */
static inline void bench_default(struct bench_deal *b, int period, double recovery, int paid)
{
    double outstanding = b->life.outstanding[period - 1];
    for (int t = period; t <= b->life.last_period; t++)
        b->life.outstanding[t] = 0;
    b->life.default_period = period;
    b->life.defaulted_outstanding = outstanding;
    b->life.recovery = recovery;
    b->life.recovery_rate = recovery / outstanding;
    b->life.default_loss = outstanding - recovery;
    b->life.recovery_period = b->life.last_period = paid;
    b->life.resolution = 0;
}

/* Shares are sold, or cooperative shares redeemed, in `period`. */
static inline void bench_exit(struct bench_deal *b, int period, double proceeds)
{
    for (int t = period; t <= b->life.last_period; t++)
        b->life.outstanding[t] = 0;
    b->life.last_period = b->life.exit_period = period;
    b->life.exit_proceeds = proceeds;
    b->life.exit_loss = proceeds < b->deal.amount ? b->deal.amount - proceeds : 0;
    b->contract.exit_age = b->contract.end_age = period - b->deal.period;
    b->contract.exit_proceeds = proceeds;
}

static inline void bench_add(struct mld_guarantee_flows *flows, const struct mld_plan *plan, const struct bench_deal *b)
{
    mld_guarantee_add(flows, plan, &b->deal, &b->contract, &b->life);
}

#endif
