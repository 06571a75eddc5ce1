/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A small world built by hand for the tests of instruments: one legal form, one sector, a few
 * issuers and deals, factors and outcomes that the test sets to what it wants. No other stage is
 * needed. Include after cmocka.h.
 */
#ifndef TESTS_INSTRUMENT_WORLD_H
#define TESTS_INSTRUMENT_WORLD_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/plan.h"
#include "support/rows.h"

enum {
    WORLD_YEARS = 48,
    WORLD_ISSUERS = 6,
    WORLD_DEALS = 6,
    WORLD_PATHS = 2,
    WORLD_ROOM = MLD_MAX_PERIODS + 8,
    WORLD_BLOCK = 8
};

enum {
    SHARES,
    CONVERTIBLE,
    BOND,
    PARTICIPATING_SECURITIES,
    ASSOCIATION_SECURITIES,
    PARTICIPATING_LOAN,
    COOPERATIVE_SHARES
};

struct world {
    struct mld_plan plan;
    struct mld_terms terms[MLD_INSTRUMENTS];
    struct mld_factor_rows rows;
    struct mld_portfolio portfolio;
    struct mld_issuer_outcomes outcomes;
    struct mld_contract contract;
    struct mld_life life;
    double row[4][WORLD_PATHS * 2 * WORLD_YEARS]; /* room for two forms, or sectors */
    struct mld_deal deal[WORLD_DEALS];
    struct mld_issuer issuer[WORLD_ISSUERS];
    double quality[WORLD_ISSUERS * WORLD_YEARS], surplus[WORLD_ISSUERS * WORLD_YEARS],
        systematic[WORLD_ISSUERS * WORLD_YEARS];
    double resolution[WORLD_ISSUERS], zeta[WORLD_ISSUERS], xi[WORLD_ISSUERS];
    int default_period[WORLD_ISSUERS];
    double series[8][WORLD_ROOM];
};

/* Defaults of the tables; one resolution that recovers 30 % two years on; a discount of 10 %. */
static inline void world_default_terms(int instrument, int m, struct mld_terms *terms)
{
    memset(terms, 0, sizeof *terms);
    rows_default(mld_common_params, terms);
    rows_default(mld_instruments[instrument]->params, terms);
    terms->liquidation_discount = 0.10;
    terms->n_resolutions = 1;
    terms->resolution[0] = (struct mld_resolution){ .name = "liquidation",
                                                    .probability = 1,
                                                    .recovery_mean = 0.30,
                                                    .lag_years = 2,
                                                    .lag_periods = 2 * m };
}

/*
 * A world of m periods a year for `years`, every factor at 0, nobody in default, surpluses of 15 %
 * each year.
 */
static inline struct world *world_create(int m, int years)
{
    struct world *w = calloc(1, sizeof *w);
    if (!w)
        abort();
    w->plan.model.grid = (struct mld_grid){
        .periods_per_year = m, .horizon_years = years, .periods = m * years, .last = m * years - 1
    };
    w->plan.model.seed = 2027;
    w->plan.model.n_forms = 1;
    w->plan.model.form[0].innovation_norm = 1;
    w->plan.model.factors.n_sectors = 1;
    w->plan.model.terms = w->terms;
    w->plan.model.n_terms = MLD_INSTRUMENTS;
    w->plan.model.max_deals = w->plan.model.max_issuers = WORLD_DEALS;
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        world_default_terms(i, m, &w->terms[i]);
    w->rows = (struct mld_factor_rows){ .years = years,
                                        .stride = WORLD_YEARS,
                                        .tmo = w->row[0],
                                        .value_innovation = w->row[1],
                                        .sector_innovation = w->row[2],
                                        .index = w->row[3] };
    w->portfolio = (struct mld_portfolio){
        .n_deals = WORLD_DEALS, .n_issuers = WORLD_ISSUERS, .deal = w->deal, .issuer = w->issuer
    };
    w->outcomes = (struct mld_issuer_outcomes){ .stride = WORLD_YEARS,
                                                .default_period = w->default_period,
                                                .resolution = w->resolution,
                                                .zeta = w->zeta,
                                                .xi = w->xi,
                                                .quality = w->quality,
                                                .surplus = w->surplus,
                                                .systematic = w->systematic };
    for (int i = 0; i < WORLD_ISSUERS; i++)
        w->default_period[i] = m * years;
    for (int i = 0; i < WORLD_ISSUERS * WORLD_YEARS; i++)
        w->surplus[i] = 0.15;
    for (int i = 0; i < WORLD_PATHS * WORLD_YEARS; i++)
        w->row[0][i] = 0.03;
    double **at[8] = { &w->contract.income,  &w->contract.capital, &w->contract.outstanding,
                       &w->contract.value,   &w->life.income,      &w->life.capital,
                       &w->life.outstanding, &w->life.nav };
    for (int i = 0; i < 8; i++)
        *at[i] = w->series[i];
    return w;
}

/* Puts deal `index` and its issuer (the same index) in place. */
static inline struct mld_deal *world_deal(struct world *w, int index, int instrument, int t0,
                                          double amount)
{
    w->deal[index] = (struct mld_deal){ .instrument = instrument,
                                        .issuer = index,
                                        .period = t0,
                                        .terms = instrument,
                                        .tape_row = -1,
                                        .amount = amount,
                                        .entity = 1000u + (uint64_t)index };
    w->issuer[index] =
        (struct mld_issuer){ .period = t0, .terms = instrument, .entity = 1000u + (uint64_t)index };
    return &w->deal[index];
}

/* What an instrument writes of a deal of that setting, on the world's terms. */
static inline void world_contract(struct world *w, int instrument, struct mld_setting *setting)
{
    setting->terms = &w->terms[instrument];
    if (mld_instruments[instrument]->draw)
        mld_instruments[instrument]->draw(1, &setting);
    mld_instruments[instrument]->fill(setting, &w->contract);
}

/* Series hold this where nothing was written. */
#define WORLD_SOIL 1e300

/*
 * Asserts that nothing was written before `from`, nor a whole block beyond `to`, and puts zeros
 * outside.
 */
static inline void world_tidy(double *series, int from, int to)
{
    for (int t = 0; t < WORLD_ROOM; t++)
        if (t < from || t > to) {
            assert_true(series[t] == WORLD_SOIL || (t > to && t < to + WORLD_BLOCK));
            series[t] = 0;
        }
}

/* Fills the life of deal `index`, and puts zeros outside its ages and its life. */
static inline const struct mld_life *world_fill(struct world *w, int index)
{
    for (int i = 0; i < 8; i++)
        for (int t = 0; t < WORLD_ROOM; t++)
            w->series[i][t] = WORLD_SOIL;
    mld_deal_fill(&w->plan.model, 0, &w->rows, &w->portfolio, &w->outcomes, index, &w->contract,
                  &w->life);
    for (int i = 0; i < 8 && w->life.made; i++)
        world_tidy(w->series[i], i < 4 ? 0 : w->deal[index].period,
                   i < 4 ? w->contract.end_age : w->life.last_period);
    return &w->life;
}

/* The setting an instrument would be given for deal 0 by hand, all rows pointing into the world. */
static inline struct mld_setting world_setting(struct world *w, int t0, double amount)
{
    return (struct mld_setting){ .m = w->plan.model.grid.periods_per_year,
                                 .t0 = t0,
                                 .last = w->plan.model.grid.last,
                                 .amount = amount,
                                 .seed = w->plan.model.seed,
                                 .entity = 1000,
                                 .issuer_t0 = t0,
                                 .quality = w->quality,
                                 .surplus = w->surplus,
                                 .xi = w->xi[0],
                                 .tmo = w->row[0] + 3,
                                 .value_common = w->row[1],
                                 .value_sector = w->row[2],
                                 .value_sector_weight = 0 };
}

#endif
