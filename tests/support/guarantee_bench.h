/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A plan, deals and lives made by hand, for tests of covers and of the guarantee that prices them:
 * one sector, two legal forms, no other stage.
 */
#ifndef SUPPORT_GUARANTEE_BENCH_H
#define SUPPORT_GUARANTEE_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "audit/guarantee.h"
#include "milliard/plan.h"
#include "milliard/rating.h"

enum { BENCH_WIDTH = 8, BENCH_DEALS = 64 };

/* Registry order. */
enum bench_instrument {
    BENCH_SHARES,
    BENCH_CONVERTIBLE,
    BENCH_BOND,
    BENCH_PARTICIPATING_SECURITIES,
    BENCH_ASSOCIATION_SECURITIES,
    BENCH_PARTICIPATING_LOAN,
    BENCH_COOPERATIVE_SHARES
};

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
    plan->model.grid = (struct mld_grid){
        .periods_per_year = m, .horizon_years = years, .periods = m * years, .last = m * years - 1
    };
    plan->model.n_forms = 2;
    plan->model.factors.n_sectors = 1;
    plan->model.max_deals = plan->model.max_issuers = BENCH_DEALS;
    plan->guarantee.present = 1;
    plan->guarantee.moral_hazard = 1;
    plan->guarantee.reference_rate = 0.035;
    return plan;
}

/* Every instrument, legal form and sector. */
static inline void bench_cover_all(struct mld_cover *cover)
{
    memset(cover->instrument, 1, sizeof cover->instrument);
    memset(cover->form, 1, sizeof cover->form);
    memset(cover->sector, 1, sizeof cover->sector);
}

/*
 * A layer on every deal: quotité as given, no attachment, no cap, final loss, ten years. Periods
 * are derived by bench_derive().
 */
static inline struct mld_layer bench_layer(double quotite)
{
    struct mld_layer layer = { .quotite = quotite,
                               .cap_rate = 1,
                               .term_years = 10,
                               .covers = -1,
                               .cover = { .max_loss_per_issuer = HUGE_VAL,
                                          .ticket_max = HUGE_VAL } };
    bench_cover_all(&layer.cover);
    return layer;
}

/* Ages in periods: round(m·years). */
static inline void bench_derive(struct mld_plan *plan)
{
    for (int l = 0; l < plan->guarantee.n_layers; l++) {
        struct mld_layer *layer = &plan->guarantee.layer[l];
        layer->cover.waiting_periods = (int)lround(layer->waiting_years *
                                                   plan->model.grid.periods_per_year);
        layer->cover.term_periods = (int)lround(layer->term_years *
                                                plan->model.grid.periods_per_year);
        layer->cover.delay_periods = (int)lround(layer->claim_delay_years *
                                                 plan->model.grid.periods_per_year);
    }
}

/*
 * A deal that is repaid in period `until` in full, or straight-line from the next period on; never,
 * when until is after t_L.
 */
static inline void bench_deal_start(struct bench_deal *b, const struct mld_plan *plan, int path,
                                    int issuer, int instrument, int date, double amount, int until,
                                    int linear)
{
    memset(b, 0, sizeof *b);
    b->deal = (struct mld_deal){ .path = path,
                                 .issuer = issuer,
                                 .instrument = instrument,
                                 .period = date,
                                 .tape_row = -1,
                                 .amount = amount };
    int last = plan->model.grid.last, end = until < last ? until : last;
    b->contract = (struct mld_contract){ .income = b->series[0],
                                         .capital = b->series[1],
                                         .outstanding = b->series[2],
                                         .value = b->series[3],
                                         .ages = last - date,
                                         .end_age = end - date,
                                         .alive = until > last,
                                         .exit_age = -1 };
    b->life = (struct mld_life){ .income = b->series[4],
                                 .capital = b->series[5],
                                 .outstanding = b->series[6],
                                 .nav = b->series[7],
                                 .made = 1,
                                 .last_period = end,
                                 .default_period = -1,
                                 .resolution = -1,
                                 .recovery_rate = (double)NAN,
                                 .recovery_period = -1,
                                 .exit_period = -1 };
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

/* ---- covers of such deals, and the guarantee of the plan priced on them ---- */

struct bench_run {
    struct mld_plan *plan;
    struct mld_cover_list list;
    struct mld_covers covers;
    struct mld_guarantee_flows flows;
    int paths;
};

/* Storage for the covers and the guarantee of a plan, which stays as it is and outlives the run, as
 * does its place. */
static inline void bench_open(struct bench_run *run, struct mld_plan *plan, int paths)
{
    *run = (struct bench_run){ .plan = plan, .paths = paths };
    mld_guarantee_list_covers(&plan->guarantee, &run->list);
    assert_int_equal(mld_covers_init(&run->covers, &plan->model.grid, &run->list,
                                     plan->model.max_deals, plan->model.max_issuers, paths),
                     MLD_OK);
    assert_int_equal(mld_guarantee_init(&run->flows, &plan->model.grid, &plan->guarantee, paths),
                     MLD_OK);
    mld_covers_reset(&run->covers, paths);
}

/* Adds a deal to covers, its safe harbour being that of its legal form's rating. */
static inline void bench_cover(struct mld_covers *covers, const struct mld_plan *plan,
                               const struct bench_deal *b)
{
    mld_covers_add(covers, &b->deal, &b->contract, &b->life,
                   mld_ratings[plan->model.form[b->deal.form].rating].safe_harbour);
}

static inline void bench_add(struct bench_run *run, const struct bench_deal *b)
{
    bench_cover(&run->covers, run->plan, b);
}

/* Counts what was added, and prices it. */
static inline void bench_close(struct bench_run *run)
{
    mld_covers_close(&run->covers, run->paths);
    mld_guarantee_price(&run->flows, &run->plan->model.grid, &run->plan->guarantee, &run->covers,
                        run->paths);
}

static inline void bench_clear(struct bench_run *run)
{
    mld_covers_clear(&run->covers);
    mld_guarantee_clear(&run->flows);
}

/* ---- what it gives ---- */

/* Value of a series on a path in a period. */
static inline double *bench_at(const struct mld_guarantee_flows *flows, double *series, int path,
                               int t)
{
    return &series[(size_t)t * (size_t)flows->width + (size_t)path];
}

/* Every series, by name; stocks are what stands after a period. */
enum { BENCH_SERIES = 19 };
struct bench_series {
    const char *name;
    double *values;
    int is_stock;
};
static inline void bench_series(const struct mld_guarantee_flows *f,
                                struct bench_series out[BENCH_SERIES])
{
    const struct bench_series all[BENCH_SERIES] = { { "payout", f->payout, 0 },
                                                    { "due", f->due, 0 },
                                                    { "owed_back", f->owed_back, 0 },
                                                    { "fee", f->fee, 0 },
                                                    { "fee_fund", f->fee_fund, 0 },
                                                    { "upside", f->upside, 0 },
                                                    { "operator_cost", f->operator_cost, 0 },
                                                    { "counter", f->counter, 0 },
                                                    { "dotation", f->dotation, 0 },
                                                    { "interest", f->interest, 0 },
                                                    { "balance", f->balance, 1 },
                                                    { "waiting", f->waiting, 1 },
                                                    { "guaranteed", f->guaranteed, 1 },
                                                    { "new_guaranteed", f->new_guaranteed, 0 },
                                                    { "fee_base", f->fee_base, 0 },
                                                    { "covered_loss", f->covered_loss, 1 },
                                                    { "cumulated_due", f->cumulated_due, 1 },
                                                    { "booked", f->booked, 0 },
                                                    { "provision", f->provision, 1 } };
    memcpy(out, all, sizeof all);
}

/* What the check of the guarantee alone says of paths numbered from `first`; `what` is NULL when
 * every identity holds. */
static inline struct mld_violation bench_check(
    const struct mld_plan *plan, const struct mld_guarantee_flows *flows, uint32_t first, int paths)
{
    struct mld_violation violation = { 0 };
    mld_guarantee_check(flows, &plan->model.grid, &plan->guarantee, NULL, first, paths, MLD_WITH,
                        &violation);
    return violation;
}

#endif
