/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Issuers, deals and their sums, in the order of the model. */
#include "milliard/lives.h"

#include <limits.h>
#include <stdlib.h>

#include "lives/follow_on.h"
#include "milliard/rating.h"

enum {
    DEAL_SERIES = 8,
    ISSUERS_TOGETHER =
        256 /* of whole paths, one at least: what they leave for deals stays in cache */
};

/* Series of one deal are written in blocks of 8. */
static size_t series_length(void) { return MLD_MAX_PERIODS + 8; }

static void give_series(struct mld_deal_life *deal, double *memory)
{
    double **series[DEAL_SERIES] = { &deal->contract.income,      &deal->contract.capital,
                                     &deal->contract.outstanding, &deal->contract.value,
                                     &deal->life.income,          &deal->life.capital,
                                     &deal->life.outstanding,     &deal->life.nav };
    for (int i = 0; i < DEAL_SERIES; i++)
        *series[i] = memory + (size_t)i * series_length();
}

static int allocate_deals(size_t n, struct mld_deal_life **deal, double **memory)
{
    *deal = calloc(n, sizeof **deal);
    *memory = calloc(n * DEAL_SERIES * series_length(), sizeof(double));
    if (!*deal || !*memory)
        return 0;
    for (size_t i = 0; i < n; i++)
        give_series(&(*deal)[i], *memory + i * DEAL_SERIES * series_length());
    return 1;
}

static enum mld_status allocate(struct mld_lives *lives, const struct mld_model *model,
                                const struct mld_lives_spec *spec, int paths, int kept)
{
    /* as many deals as are kept; one at least, which those that are not kept share */
    size_t deals = kept ? (size_t)paths * (size_t)model->max_deals : 1;
    int issuers = kept || model->max_issuers * paths < ISSUERS_TOGETHER ? model->max_issuers * paths
                  : model->max_issuers > ISSUERS_TOGETHER               ? model->max_issuers
                                                                        : ISSUERS_TOGETHER;
    enum mld_status status = mld_issuer_outcomes_init(&lives->outcomes, model, issuers, paths);
    if (status == MLD_OK)
        status = mld_pools_init(&lives->pools, &model->grid, model->max_issuers, paths);
    if (status == MLD_OK)
        status = mld_covers_init(&lives->covers, &model->grid, &spec->covers, model->max_deals,
                                 model->max_issuers, paths);
    if (status == MLD_OK && !allocate_deals(deals ? deals : 1, &lives->deal, &lives->memory))
        status = MLD_ERR_MEMORY;
    if (status == MLD_OK && spec->cuts_rates &&
        !allocate_deals(1, &lives->full, &lives->full_memory))
        status = MLD_ERR_MEMORY;
    if (status == MLD_OK && model->has_thesis && model->thesis.has_follow_on)
        status = mld_follow_ons_init(&lives->follow_ons, model, paths);
    if (status == MLD_OK && spec->candidates) {
        lives->chosen = malloc(deals ? deals : 1);
        status = lives->chosen ? MLD_OK : MLD_ERR_MEMORY;
    }
    if (status == MLD_OK && spec->changes_hazards) {
        lives->hazard = calloc((size_t)paths * (size_t)model->max_issuers, sizeof *lives->hazard);
        status = lives->hazard ? MLD_OK : MLD_ERR_MEMORY;
    }
    return status;
}

enum mld_status mld_lives_init(struct mld_lives *lives, const struct mld_model *model,
                               const struct mld_lives_spec *spec, int paths, int kept)
{
    *lives = (struct mld_lives){ .kept = kept || spec->candidates };
    enum mld_status status = allocate(lives, model, spec, paths, lives->kept);
    if (status != MLD_OK)
        mld_lives_clear(lives);
    return status;
}

void mld_lives_clear(struct mld_lives *lives)
{
    mld_issuer_outcomes_clear(&lives->outcomes);
    mld_pools_clear(&lives->pools);
    mld_covers_clear(&lives->covers);
    mld_groups_clear(&lives->groups);
    mld_follow_ons_clear(lives->follow_ons);
    mld_holdings_clear(&lives->holdings);
    mld_indicators_clear(&lives->indicators);
    free(lives->deal);
    free(lives->memory);
    free(lives->full);
    free(lives->full_memory);
    free(lives->hazard);
    free(lives->chosen);
    *lives = (struct mld_lives){ 0 };
}

/* The cover that takes a deal, or -1: those of a guarantee do not meet. */
static int cover_of(const struct mld_lives_spec *spec, const struct mld_deal *deal)
{
    int c = 0;
    while (c < spec->covers.n && !mld_cover_takes(&spec->covers.cover[c], deal->instrument,
                                                  deal->form, deal->sector, deal->amount))
        c++;
    return c < spec->covers.n ? c : -1;
}

/*
 * Of each issuer with a covered deal, what comes with the first of them (of one date, the first in
 * the order of the deals). A deal that is not made has its issuer's default behind it: what comes
 * with it moves nothing. Gives how many deals changed what was noted.
 */
static int note_hazards(struct mld_lives *lives, const struct mld_lives_spec *spec,
                        const struct mld_portfolio *portfolio, int from, int to)
{
    int noted = 0;
    for (int d = from; d < to; d++) {
        const struct mld_deal *deal = &portfolio->deal[d];
        struct mld_hazard *hazard = &lives->hazard[deal->issuer];
        int cover = deal->period < hazard->from ? cover_of(spec, deal) : -1;
        noted += cover >= 0;
        if (cover >= 0)
            *hazard = (struct mld_hazard){ spec->hazard[cover], deal->period };
    }
    return noted;
}

static void note_all_hazards(struct mld_lives *lives, const struct mld_lives_spec *spec,
                             const struct mld_portfolio *portfolio)
{
    for (int i = 0; i < portfolio->n_issuers; i++)
        lives->hazard[i] = (struct mld_hazard){ 0, INT_MAX };
    note_hazards(lives, spec, portfolio, 0, portfolio->n_deals);
}

/* Of a tape, its issuer's, which the tape may give; of a thesis, that of the legal form. */
static int rating_of(const struct mld_model *model, const struct mld_deal *deal)
{
    const struct mld_tape *tape = &model->tape;
    return deal->tape_row < 0 ? model->form[deal->form].rating
                              : tape->issuer[tape->deal[deal->tape_row].issuer].rating;
}

/* What the fixed rate of a deal falls by; 0 where it has none, or no cover takes it. */
static double rate_cut(const struct mld_lives_spec *spec, const struct mld_deal *deal)
{
    int cover = mld_instruments[deal->instrument]->fixed_rate ? cover_of(spec, deal) : -1;
    return cover < 0 ? 0 : spec->rate_cut[cover];
}

/* What the issuer of a deal whose rate has fallen pays less, over the life of the deal. */
static void spare(struct mld_lives *lives, const struct mld_model *model,
                  const struct mld_deal *deal, const struct mld_setting *setting,
                  struct mld_deal_life *mine)
{
    struct mld_setting at_full_rate = *setting;
    at_full_rate.rate_cut = 0;
    mld_deal_live(model, deal, &lives->outcomes, &at_full_rate, &lives->full->contract,
                  &lives->full->life);
    double spared = 0;
    for (int t = deal->period; t <= mine->life.last_period; t++)
        spared += lives->full->life.income[t] - mine->life.income[t];
    mine->interest_spared = spared;
    mine->rate_at_zero = mld_instruments[deal->instrument]->fixed_rate(setting) < setting->rate_cut;
}

/* One deal's life into its pools, covers, groups and holdings. */
static void add(struct mld_lives *lives, const struct mld_model *model, const struct mld_deal *deal,
                const struct mld_deal_life *mine)
{
    mld_pools_add(&lives->pools, deal, &mine->life);
    lives->pools.interest_spared[deal->path] += mine->interest_spared;
    lives->pools.rates_at_zero[deal->path] += mine->rate_at_zero;
    if (lives->pooled)
        mld_groups_add(&lives->groups, deal, &mine->life);
    if (lives->held)
        mld_holdings_add(&lives->holdings, model, deal, &mine->life);
    if (lives->counted)
        mld_indicators_add(&lives->indicators, model, deal,
                           lives->portfolio->issuer[deal->issuer].entity,
                           lives->first + (uint32_t)deal->path, &mine->contract, &mine->life);
    mld_covers_add(&lives->covers, deal, &mine->contract, &mine->life,
                   mld_ratings[rating_of(model, deal)].safe_harbour);
}

/* One deal's life, and what it adds to. */
static void live(struct mld_lives *lives, const struct mld_model *model,
                 const struct mld_lives_spec *spec, const struct mld_deal *deal,
                 struct mld_setting *setting, struct mld_deal_life *mine)
{
    double cut = spec->cuts_rates ? rate_cut(spec, deal) : 0;
    if (cut > 0)
        setting->rate_cut = cut;
    mld_deal_live(model, deal, &lives->outcomes, setting, &mine->contract, &mine->life);
    mine->interest_spared = mine->rate_at_zero = 0;
    if (cut > 0 && mine->life.made)
        spare(lives, model, deal, setting, mine);
    add(lives, model, deal, mine);
}

/* Deals from … to-1, so many together as their draws. */
static void live_group(struct mld_lives *lives, const struct mld_model *model,
                       const struct mld_lives_spec *spec, uint32_t first,
                       const struct mld_factor_rows *factors, const int deals[2])
{
    const struct mld_portfolio *portfolio = lives->portfolio;
    const int from = deals[0], to = deals[1];
    struct mld_setting setting[MLD_DEALS_TOGETHER];
    for (int d = from; d < to; d += MLD_DEALS_TOGETHER) {
        int n = to - d < MLD_DEALS_TOGETHER ? to - d : MLD_DEALS_TOGETHER;
        mld_deals_set(model, first, factors, portfolio, &lives->outcomes, d, n, setting);
        for (int i = 0; i < n; i++)
            live(lives, model, spec, &portfolio->deal[d + i], &setting[i],
                 &lives->deal[lives->kept ? d + i : 0]);
    }
}

/* Paths whose issuers are together; all, when their lives are kept. */
static int end_of_group(const struct mld_portfolio *portfolio, int from, int paths, int kept)
{
    const int *first = portfolio->first_issuer;
    int to = kept ? paths : from + 1;
    while (to < paths && first[to + 1] - first[from] <= ISSUERS_TOGETHER)
        to++;
    return to;
}

/*
 * The issuers of paths from … to-1, and the second deals that come of them. A cover may take the
 * second deal of an issuer and not the first: what it does to PDs begins then, after all that
 * decided upon the deal, so that issuers are gone through once more and the deals stay.
 */
static void fill_issuers(struct mld_lives *lives, const struct mld_model *model,
                         const struct mld_lives_spec *spec, uint32_t first, const int paths[2],
                         const struct mld_factor_rows *factors,
                         const struct mld_portfolio *portfolio)
{
    mld_issuers_fill(model, first, paths[0], paths[1], factors, portfolio, lives->hazard,
                     &lives->outcomes);
    if (!lives->follow_ons)
        return;
    mld_follow_ons_decide(lives->follow_ons, model, first, paths, factors, &lives->outcomes);
    const int *deals = lives->portfolio->first_deal;
    if (lives->hazard &&
        note_hazards(lives, spec, lives->portfolio, deals[paths[0]], deals[paths[1]]))
        mld_issuers_fill(model, first, paths[0], paths[1], factors, portfolio, lives->hazard,
                         &lives->outcomes);
}

static void start(struct mld_lives *lives, const struct mld_lives_spec *spec,
                  const struct mld_portfolio *portfolio)
{
    lives->portfolio = portfolio;
    lives->pools.waited = portfolio->waited;
    lives->pools.periods_waited = portfolio->periods_waited;
    if (lives->hazard)
        note_all_hazards(lives, spec, portfolio);
    if (!lives->follow_ons)
        return;
    mld_follow_ons_start(lives->follow_ons, portfolio);
    lives->portfolio = mld_follow_ons_portfolio(lives->follow_ons);
}

void mld_lives_empty(struct mld_lives *lives, int paths)
{
    mld_pools_reset(&lives->pools, paths);
    mld_covers_reset(&lives->covers, paths);
    if (lives->pooled)
        mld_groups_reset(&lives->groups, paths);
    if (lives->held)
        mld_holdings_reset(&lives->holdings, lives->portfolio, paths);
    if (lives->counted)
        mld_indicators_reset(&lives->indicators, paths);
}

void mld_lives_add(struct mld_lives *lives, const struct mld_model *model, int d)
{
    add(lives, model, &lives->portfolio->deal[d], &lives->deal[d]);
}

void mld_lives_close(struct mld_lives *lives, int paths)
{
    mld_pools_close(&lives->pools, paths);
    mld_covers_close(&lives->covers, paths);
    if (lives->held)
        mld_holdings_close(&lives->holdings, paths);
}

void mld_lives_fill(struct mld_lives *lives, const struct mld_model *model,
                    const struct mld_lives_spec *spec, uint32_t first, int paths,
                    const struct mld_factor_rows *factors, const struct mld_portfolio *portfolio)
{
    lives->first = first;
    start(lives, spec, portfolio);
    mld_lives_empty(lives, paths);
    for (int from = 0, to; from < paths; from = to) {
        to = end_of_group(portfolio, from, paths, lives->kept);
        fill_issuers(lives, model, spec, first, (int[]){ from, to }, factors, portfolio);
        const int *deals = lives->portfolio->first_deal;
        live_group(lives, model, spec, first, factors, (int[]){ deals[from], deals[to] });
    }
    mld_lives_close(lives, paths);
}
