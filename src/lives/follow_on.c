/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Second deals: which of the first ones are followed, when, and by how much. Source: model,
 * section 16.
 */
#include "lives/follow_on.h"

#include <stdlib.h>
#include <string.h>

#include "milliard/draws.h"
#include "milliard/numerics.h"

struct mld_follow_ons {
    const struct mld_portfolio *first_deals;
    struct mld_portfolio portfolio; /* owns its deals; issuers are those of the first deals */
    /* of the path that is decided: by period of a second deal, the first deal that comes first, and
     * by deal of the path the next one of that period; -1 ends them */
    int at[MLD_MAX_PERIODS], *next;
    double left[MLD_INSTRUMENTS]; /* of the reserves */
    struct mld_contract contract; /* of the deal that is looked at */
    double *series;
};

enum { SERIES = 4, LENGTH = MLD_MAX_PERIODS + 8 };

/* A reserve that is used up but for the rounding of sums leaves no deal. */
#define ROUNDING 1e-9

enum mld_status mld_follow_ons_init(struct mld_follow_ons **out, const struct mld_model *model,
                                    int paths)
{
    struct mld_follow_ons *follow_ons = *out = calloc(1, sizeof *follow_ons);
    size_t deals = (size_t)paths * (size_t)model->max_deals;
    if (!follow_ons)
        return MLD_ERR_MEMORY;
    struct mld_portfolio *portfolio = &follow_ons->portfolio;
    portfolio->capacity = (int)deals;
    portfolio->deal = malloc(deals * sizeof *portfolio->deal);
    portfolio->first_deal = malloc(((size_t)paths + 1) * sizeof *portfolio->first_deal);
    follow_ons->next = malloc((size_t)model->max_issuers * sizeof *follow_ons->next);
    follow_ons->series = calloc((size_t)SERIES * LENGTH, sizeof(double));
    if (!portfolio->deal || !portfolio->first_deal || !follow_ons->next || !follow_ons->series)
        return MLD_ERR_MEMORY;
    follow_ons->contract.income = follow_ons->series;
    follow_ons->contract.capital = follow_ons->series + LENGTH;
    follow_ons->contract.outstanding = follow_ons->series + 2 * LENGTH;
    follow_ons->contract.value = follow_ons->series + 3 * LENGTH;
    return MLD_OK;
}

void mld_follow_ons_clear(struct mld_follow_ons *follow_ons)
{
    if (!follow_ons)
        return;
    free(follow_ons->portfolio.deal);
    free(follow_ons->portfolio.first_deal);
    free(follow_ons->next);
    free(follow_ons->series);
    free(follow_ons);
}

void mld_follow_ons_start(struct mld_follow_ons *follow_ons,
                          const struct mld_portfolio *first_deals)
{
    struct mld_portfolio *portfolio = &follow_ons->portfolio;
    follow_ons->first_deals = first_deals;
    portfolio->issuer = first_deals->issuer;
    portfolio->first_issuer = first_deals->first_issuer;
    portfolio->n_issuers = first_deals->n_issuers;
    portfolio->n_deals = portfolio->first_deal[0] = 0;
}

const struct mld_portfolio *mld_follow_ons_portfolio(const struct mld_follow_ons *follow_ons)
{
    return &follow_ons->portfolio;
}

/* ---- which deals ---- */

/* When it would be followed: not before all commitments are admitted. */
static int second_period(const struct mld_model *model, const struct mld_deal *deal)
{
    int period = deal->period + model->thesis.mix[deal->instrument].follow_on.periods;
    return period > model->last_inflow ? period : model->last_inflow;
}

/* Whether it would be followed in time, its issuer alive, if its contract lets it. */
static int may_be_followed(const struct mld_model *model, uint32_t first,
                           const struct mld_issuer_outcomes *outcomes, const struct mld_deal *deal)
{
    const struct mld_mix *mix = &model->thesis.mix[deal->instrument];
    int period = second_period(model, deal);
    return mix->has_follow_on && period < model->thesis.investment_periods &&
           outcomes->default_period[deal->issuer - outcomes->first] > period &&
           mld_draw_uniform(model->seed, MLD_STREAM_FOLLOW_ON, first + (uint32_t)deal->path,
                            deal->entity, 0) < mix->follow_on.probability;
}

/* Whether the contract runs beyond the second deal's date. */
static int is_held(struct mld_follow_ons *follow_ons, const struct mld_model *model, uint32_t first,
                   const struct mld_factor_rows *rows, const struct mld_issuer_outcomes *outcomes,
                   int index)
{
    const struct mld_deal *deal = &follow_ons->first_deals->deal[index];
    struct mld_setting setting;
    mld_deals_set(model, first, rows, follow_ons->first_deals, outcomes, index, 1, &setting);
    mld_instruments[deal->instrument]->fill(&setting, &follow_ons->contract);
    return follow_ons->contract.end_age > second_period(model, deal) - deal->period;
}

/* Lists the deals of a path that are followed, from the last one back, so that lists ascend. */
static void list(struct mld_follow_ons *follow_ons, const struct mld_model *model, uint32_t first,
                 int path, const struct mld_factor_rows *rows,
                 const struct mld_issuer_outcomes *outcomes)
{
    const struct mld_portfolio *portfolio = follow_ons->first_deals;
    int from = portfolio->first_deal[path];
    memset(follow_ons->at, -1, sizeof follow_ons->at);
    for (int d = portfolio->first_deal[path + 1] - 1; d >= from; d--) {
        const struct mld_deal *deal = &portfolio->deal[d];
        if (!may_be_followed(model, first, outcomes, deal) ||
            !is_held(follow_ons, model, first, rows, outcomes, d))
            continue;
        int *at = &follow_ons->at[second_period(model, deal)];
        follow_ons->next[d - from] = *at;
        *at = d - from;
    }
}

/* ---- how much ---- */

/* The second deal of one that is already in the portfolio; none when the reserve is used up. */
static void follow(struct mld_follow_ons *follow_ons, const struct mld_model *model, int followed,
                   int period)
{
    struct mld_portfolio *portfolio = &follow_ons->portfolio;
    struct mld_deal deal = portfolio->deal[followed];
    const struct mld_follow_on *terms = &model->thesis.mix[deal.instrument].follow_on;
    double *left = &follow_ons->left[deal.instrument];
    if (!(*left > ROUNDING * mld_thesis_reserve(&model->thesis, deal.instrument)))
        return;
    double wished = terms->multiple * deal.amount;
    deal.amount = wished < *left ? wished : *left;
    *left -= deal.amount;
    deal.lot = 1;
    deal.waits = 0;
    /* It draws the same holding as the first where both leave together, else one of its own. */
    if (mld_instruments[deal.instrument]->leaves_together)
        deal.held = period - deal.period;
    else
        deal.entity = mld_entity_following(deal.entity);
    deal.period = period;
    portfolio->deal[portfolio->n_deals++] = deal;
}

static void decide_path(struct mld_follow_ons *follow_ons, const struct mld_model *model,
                        uint32_t first, int path, const struct mld_factor_rows *rows,
                        const struct mld_issuer_outcomes *outcomes)
{
    const struct mld_portfolio *first_deals = follow_ons->first_deals;
    struct mld_portfolio *portfolio = &follow_ons->portfolio;
    int from = first_deals->first_deal[path], n = first_deals->first_deal[path + 1] - from,
        start = portfolio->n_deals;
    list(follow_ons, model, first, path, rows, outcomes);
    memcpy(portfolio->deal + start, first_deals->deal + from, (size_t)n * sizeof *portfolio->deal);
    portfolio->n_deals += n;
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        follow_ons->left[i] = mld_thesis_reserve(&model->thesis, i);
    for (int t = 0; t < model->thesis.investment_periods; t++)
        for (int d = follow_ons->at[t]; d >= 0; d = follow_ons->next[d])
            follow(follow_ons, model, start + d, t);
    portfolio->first_deal[path + 1] = portfolio->n_deals;
}

void mld_follow_ons_decide(struct mld_follow_ons *follow_ons, const struct mld_model *model,
                           uint32_t first, const int paths[2], const struct mld_factor_rows *rows,
                           const struct mld_issuer_outcomes *outcomes)
{
    for (int path = paths[0]; path < paths[1]; path++)
        decide_path(follow_ons, model, first, path, rows, outcomes);
}
