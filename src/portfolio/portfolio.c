/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Storage of portfolios, and those that are the same on every path: a tape, or a thesis drawn once
 * for the run.
 * Source: model, section 6.
 */
#include <stdlib.h>
#include <string.h>

#include "milliard/draws.h"
#include "portfolio/thesis.h"
#include "portfolio/waiting.h"

static int allocate(struct mld_portfolio *portfolio, int paths, int deals, int issuers)
{
    size_t n = (size_t)paths;
    portfolio->capacity = paths * deals;
    portfolio->deal = malloc(n * (size_t)deals * sizeof *portfolio->deal);
    portfolio->issuer = malloc(n * (size_t)issuers * sizeof *portfolio->issuer);
    portfolio->first_deal = malloc((n + 1) * sizeof *portfolio->first_deal);
    portfolio->first_issuer = malloc((n + 1) * sizeof *portfolio->first_issuer);
    portfolio->waited = calloc(2 * n, sizeof *portfolio->waited);
    portfolio->periods_waited = portfolio->waited ? portfolio->waited + n : NULL;
    return portfolio->deal && portfolio->issuer && portfolio->first_deal &&
           portfolio->first_issuer && portfolio->waited;
}

static int allocate_fixed(struct mld_portfolio *portfolio, int deals, int issuers)
{
    portfolio->fixed_deals = deals;
    portfolio->fixed_issuers = issuers;
    portfolio->fixed_deal = malloc((size_t)deals * sizeof *portfolio->fixed_deal);
    portfolio->fixed_issuer = malloc((size_t)issuers * sizeof *portfolio->fixed_issuer);
    return portfolio->fixed_deal && portfolio->fixed_issuer;
}

static struct mld_deal tape_deal(const struct mld_tape_deal *deal, int row)
{
    return (struct mld_deal){ .issuer = deal->issuer,
                              .instrument = deal->instrument,
                              .form = deal->form,
                              .sector = deal->sector,
                              .period = deal->period,
                              .terms = deal->terms,
                              .tape_row = row,
                              .amount = deal->amount,
                              .entity = deal->entity };
}

static struct mld_issuer tape_issuer(const struct mld_tape_issuer *issuer)
{
    return (struct mld_issuer){ .form = issuer->form,
                                .sector = issuer->sector,
                                .period = issuer->first_period,
                                .terms = issuer->terms,
                                .entity = issuer->entity };
}

static int fix_tape(struct mld_portfolio *portfolio, const struct mld_model *model)
{
    const struct mld_tape *tape = &model->tape;
    if (!allocate_fixed(portfolio, tape->n_deals, tape->n_issuers))
        return 0;
    for (int i = 0; i < tape->n_issuers; i++)
        portfolio->fixed_issuer[i] = tape_issuer(&tape->issuer[i]);
    for (int d = 0; d < tape->n_deals; d++) {
        const struct mld_tape_deal *deal = &tape->deal[d];
        portfolio->fixed_deal[d] = tape_deal(deal, d);
        portfolio->fixed_issuer[deal->issuer].reads |= mld_reads_of(model, deal->instrument,
                                                                    deal->terms);
    }
    return 1;
}

/* One portfolio for all paths: that of a path number which no simulated path bears. */
static int fix_run(struct mld_portfolio *portfolio, const struct mld_model *model)
{
    struct mld_portfolio once = { 0 };
    int done = allocate(&once, 1, model->max_issuers, model->max_issuers) &&
               mld_thesis_prepare(&once, model);
    if (done) {
        mld_thesis_fill(model, MLD_PATH_OF_RUN, 1, &once);
        done = allocate_fixed(portfolio, once.n_deals, once.n_issuers);
    }
    if (done) {
        memcpy(portfolio->fixed_deal, once.deal, (size_t)once.n_deals * sizeof *once.deal);
        memcpy(portfolio->fixed_issuer, once.issuer, (size_t)once.n_issuers * sizeof *once.issuer);
    }
    mld_portfolio_clear(&once);
    return done;
}

static int prepare(struct mld_portfolio *portfolio, const struct mld_model *model, int paths)
{
    if (model->has_tape)
        return fix_tape(portfolio, model) &&
               allocate(portfolio, paths, portfolio->fixed_deals, portfolio->fixed_issuers);
    if (model->thesis.resample == MLD_RESAMPLE_RUN)
        return fix_run(portfolio, model) &&
               allocate(portfolio, paths, portfolio->fixed_deals, portfolio->fixed_issuers);
    return mld_thesis_prepare(portfolio, model) &&
           allocate(portfolio, paths, model->max_issuers, model->max_issuers);
}

enum mld_status mld_portfolio_init(struct mld_portfolio *portfolio, const struct mld_model *model,
                                   int paths)
{
    memset(portfolio, 0, sizeof *portfolio);
    if (prepare(portfolio, model, paths))
        return MLD_OK;
    mld_portfolio_clear(portfolio);
    return MLD_ERR_MEMORY;
}

void mld_portfolio_clear(struct mld_portfolio *portfolio)
{
    free(portfolio->deal);
    free(portfolio->issuer);
    free(portfolio->first_deal);
    free(portfolio->first_issuer);
    free(portfolio->waited);
    free(portfolio->fixed_deal);
    free(portfolio->fixed_issuer);
    free(portfolio->slot_entity);
    free(portfolio->draw_entity);
    free(portfolio->draw_path);
    free(portfolio->uniform);
    free(portfolio->scratch);
    free(portfolio->ticket);
    memset(portfolio, 0, sizeof *portfolio);
}

/* The fixed portfolio once more, for path p of the batch. */
static void lay_path(struct mld_portfolio *portfolio, int p)
{
    struct mld_deal *deal = portfolio->deal + portfolio->n_deals;
    struct mld_issuer *issuer = portfolio->issuer + portfolio->n_issuers;
    memcpy(deal, portfolio->fixed_deal, (size_t)portfolio->fixed_deals * sizeof *deal);
    memcpy(issuer, portfolio->fixed_issuer, (size_t)portfolio->fixed_issuers * sizeof *issuer);
    for (int d = 0; d < portfolio->fixed_deals; d++) {
        deal[d].path = p;
        deal[d].issuer += portfolio->n_issuers;
    }
    for (int i = 0; i < portfolio->fixed_issuers; i++)
        issuer[i].path = p;
    portfolio->n_deals += portfolio->fixed_deals;
    portfolio->n_issuers += portfolio->fixed_issuers;
}

static void lay_fixed(struct mld_portfolio *portfolio, int paths)
{
    portfolio->n_deals = portfolio->n_issuers = 0;
    for (int p = 0; p < paths; p++) {
        portfolio->first_deal[p] = portfolio->n_deals;
        portfolio->first_issuer[p] = portfolio->n_issuers;
        lay_path(portfolio, p);
    }
    portfolio->first_deal[paths] = portfolio->n_deals;
    portfolio->first_issuer[paths] = portfolio->n_issuers;
}

void mld_portfolio_fill(const struct mld_model *model, uint32_t first, int paths,
                        struct mld_portfolio *portfolio)
{
    if (portfolio->fixed_deal)
        lay_fixed(portfolio, paths);
    else
        mld_thesis_fill(model, first, paths, portfolio);
    if (model->waiting_periods)
        mld_portfolio_wait(model, paths, portfolio);
}
