/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The raw draws of a path at their addresses (milliard/draws.h), for another program to start from.
 */
#include <inttypes.h>
#include <math.h>

#include "milliard/draws.h"
#include "report/replay_parts.h"

/* Who draws: a stream, a path, an entity and its name. */
struct address {
    enum mld_stream stream;
    const char *name;
    uint32_t path;
    uint64_t entity;
};

/* `normal`: the quantile of the uniform is what the model reads. */
static void put_draw(const struct mld_replay_view *view, const struct address *address,
                     uint32_t index, int normal)
{
    static const char *const streams[] = { "",          "factor",    "sector",      "mixing",
                                           "portfolio", "issuer",    "performance", "instrument",
                                           "impact",    "follow_on", "candidate",   "endowment",
                                           "world",     "bootstrap", "indicator",   "feeder" };
    char hash[32];
    uint64_t seed = view->plan->model.seed;
    snprintf(hash, sizeof hash, "%016" PRIx64, address->entity);
    mld_tables_text(view->tables, streams[address->stream]);
    mld_tables_text(view->tables, address->name);
    mld_tables_text(view->tables, hash);
    mld_tables_number(view->tables, address->path);
    mld_tables_number(view->tables, index);
    mld_tables_number(view->tables, mld_draw_uniform(seed, address->stream, address->path,
                                                     address->entity, index));
    mld_tables_number(view->tables, normal ? mld_draw_normal(seed, address->stream, address->path,
                                                             address->entity, index)
                                           : (double)NAN);
}

static void put_draws(const struct mld_replay_view *view, struct address address, int from, int to,
                      int normal)
{
    for (int index = from; index < to; index++)
        put_draw(view, &address, (uint32_t)index, normal);
}

static void draws_of_factors(const struct mld_replay_view *view)
{
    const struct mld_factors_spec *spec = &view->plan->model.factors;
    int years = view->workspace->factors.years;
    uint32_t path = view->replay->path;
    for (int k = 0; k <= spec->n_factors; k++)
        put_draws(view,
                  (struct address){ MLD_STREAM_FACTOR,
                                    k < spec->n_factors ? spec->factor[k].name : "tmo", path,
                                    spec->entity[k] },
                  0, years, 1);
    for (int s = 0; s < spec->n_sectors; s++)
        put_draws(view,
                  (struct address){ MLD_STREAM_SECTOR, spec->sector[s], path,
                                    spec->sector_entity[s] },
                  0, years, 1);
    if (spec->dependence == MLD_STUDENT)
        put_draws(view, (struct address){ MLD_STREAM_MIXING, "", path, 0 }, 0, years, 1);
}

/* ---- a thesis ---- */

/* Tickets of a slot are drawn until one is inside the bounds. */
static void draws_of_ticket(const struct mld_replay_view *view, const struct address *address)
{
    const struct mld_thesis *thesis = &view->plan->model.thesis;
    double sd = thesis->ticket_log_sd;
    for (uint32_t draw = 0; draw < MLD_TICKET_DRAWS; draw++) {
        double z = mld_draw_normal(view->plan->model.seed, address->stream, address->path,
                                   address->entity, MLD_DRAW_TICKET + draw);
        double ticket = thesis->ticket_mean * mld_exp(sd * z - 0.5 * sd * sd);
        put_draw(view, address, MLD_DRAW_TICKET + draw, 1);
        if (ticket >= thesis->ticket_min && ticket <= thesis->ticket_max)
            return;
    }
}

/* The deals made; and the ticket of the slot after them, which may have been added to the last. */
static void draws_of_slots(const struct mld_replay_view *view, int instrument, int deals)
{
    char name[MLD_MAX_NAME];
    uint32_t path = view->plan->model.thesis.resample == MLD_RESAMPLE_RUN ? MLD_PATH_OF_RUN
                                                                          : view->replay->path;
    for (int slot = 0; slot <= deals; slot++) {
        snprintf(name, sizeof name, "%s-%d", mld_instruments[instrument]->name, slot);
        struct address address = { MLD_STREAM_PORTFOLIO, name, path,
                                   mld_entity_slot(mld_instruments[instrument]->name,
                                                   (uint32_t)slot) };
        if (slot < deals)
            put_draws(view, address, MLD_DRAW_YEAR, MLD_DRAW_TICKET, 0);
        draws_of_ticket(view, &address);
    }
}

static void draws_of_thesis(const struct mld_replay_view *view)
{
    const struct mld_portfolio *portfolio = &view->workspace->portfolio;
    for (int i = 0; i < MLD_INSTRUMENTS; i++) {
        int deals = 0;
        for (int d = 0; d < portfolio->n_deals; d++)
            deals += portfolio->deal[d].instrument == i;
        if (deals > 0)
            draws_of_slots(view, i, deals);
    }
}

/* ---- issuers and deals ---- */

static void draws_of_issuer(const struct mld_replay_view *view, int index)
{
    const struct mld_issuer *issuer = &view->workspace->portfolio.issuer[index];
    char name[MLD_MAX_NAME];
    mld_replay_issuer_name(view, index, name);
    struct address address = { MLD_STREAM_ISSUER, name, view->replay->path, issuer->entity };
    put_draws(view, address, MLD_DRAW_DEFAULT, MLD_DRAW_ZETA, 0);
    put_draws(view, address, MLD_DRAW_ZETA, MLD_DRAW_XI + 1, 1);
    address.stream = MLD_STREAM_PERFORMANCE;
    if (issuer->reads & MLD_READS_PERFORMANCE)
        put_draws(view, address, 1,
                  view->plan->model.grid.horizon_years -
                      mld_grid_year(&view->plan->model.grid, issuer->period),
                  1);
}

/*
 * Shares draw their holding, cooperative shares their delay, participating securities a call at
 * each anniversary.
 */
static void draws_of_lot(const struct mld_replay_view *view, const struct mld_deal *deal,
                         const char *name)
{
    int shares = mld_instrument_named("shares"),
        cooperative = mld_instrument_named("cooperative_shares");
    struct address address = { MLD_STREAM_INSTRUMENT, name, view->replay->path, deal->entity };
    if (deal->instrument == shares || deal->instrument == cooperative)
        put_draws(view, address, 0, 1, deal->instrument == shares);
    else if (deal->instrument == mld_instrument_named("participating_securities"))
        put_draws(view, address, 1, view->plan->model.grid.horizon_years + 1, 0);
}

/* Whether a deal of a thesis is followed, and what the one that may follow it draws. */
static void draws_of_follower(const struct mld_replay_view *view, const struct mld_deal *deal,
                              const char *name)
{
    char second[MLD_MAX_NAME + 1];
    struct mld_deal follower = *deal;
    put_draws(view,
              (struct address){ MLD_STREAM_FOLLOW_ON, name, view->replay->path, deal->entity }, 0,
              1, 0);
    if (mld_instruments[deal->instrument]->leaves_together)
        return;
    snprintf(second, sizeof second, "%s+", name);
    follower.entity = mld_entity_following(deal->entity);
    draws_of_lot(view, &follower, second);
}

static void draws_of_deal(const struct mld_replay_view *view, int index)
{
    const struct mld_deal *deal = &view->workspace->portfolio.deal[index];
    char name[MLD_MAX_NAME];
    mld_replay_deal_name(view, deal, name);
    draws_of_lot(view, deal, name);
    if (deal->tape_row < 0 && view->plan->fund.present && view->plan->fund.recycling.present)
        put_draws(view,
                  (struct address){ MLD_STREAM_CANDIDATE, name, view->replay->path, deal->entity },
                  0, 1, 0);
    if (deal->tape_row < 0 && view->plan->model.thesis.mix[deal->instrument].has_follow_on)
        draws_of_follower(view, deal, name);
}

/* ---- the other vehicles ---- */

static void draws_of_endowment(const struct mld_replay_view *view)
{
    const struct mld_endowment *flows = &view->workspace->design[MLD_WITHOUT].endowment;
    uint32_t path = view->replay->path;
    int years = view->plan->endowment.horizon_years;
    put_draws(view,
              (struct address){ MLD_STREAM_ENDOWMENT, "donations", path,
                                mld_entity_named("donations") },
              0, years, 1);
    for (int year = 0; year < years; year++) {
        char name[MLD_MAX_NAME];
        snprintf(name, sizeof name, "grants-%d", year);
        put_draws(view,
                  (struct address){ MLD_STREAM_ENDOWMENT, name, path,
                                    mld_entity_slot("grants", (uint32_t)year) },
                  0, (int)flows->projects[(size_t)year * (size_t)flows->width], 0);
    }
}

/* Of an issuer, one for each indicator. */
static void draws_of_indicators(const struct mld_replay_view *view, int issuer)
{
    const struct mld_indicators_spec *spec = &view->plan->model.indicators;
    for (int i = 0; i < spec->n; i++) {
        char name[2 * MLD_MAX_NAME], own[MLD_MAX_NAME];
        mld_replay_issuer_name(view, issuer, own);
        snprintf(name, sizeof name, "%s:%s", own, spec->item[i].name);
        put_draws(view,
                  (struct address){
                      MLD_STREAM_INDICATOR, name, view->replay->path,
                      mld_entity_joined(view->workspace->portfolio.issuer[issuer].entity,
                                        spec->item[i].entity) },
                  0, 1, 1);
    }
}

static void draws_of_vehicles(const struct mld_replay_view *view)
{
    if (view->plan->endowment.present)
        draws_of_endowment(view);
    if (view->plan->feeder.present)
        put_draws(view,
                  (struct address){ MLD_STREAM_FEEDER, "requests", view->replay->path,
                                    mld_entity_named("requests") },
                  0, view->plan->model.grid.horizon_years, 1);
    for (int i = 0; i < view->workspace->portfolio.n_issuers; i++)
        draws_of_indicators(view, i);
}

void mld_replay_draws(const struct mld_replay_view *view)
{
    static const struct mld_table_column columns[] = { { "stream", "", "stream", "flux" },
                                                       { "name", "", "entity", "entité" },
                                                       { "entity", "", "its hash",
                                                         "son empreinte" },
                                                       { "path", "index", "path", "trajectoire" },
                                                       { "index", "index", "index", "indice" },
                                                       { "uniform", "1", "uniform", "uniforme" },
                                                       { "normal", "1", "normal", "normale" } };
    mld_tables_begin(view->tables, "draws", "Raw draws", "Tirages bruts", MLD_COUNT(columns),
                     columns);
    draws_of_factors(view);
    if (!view->plan->model.has_tape)
        draws_of_thesis(view);
    for (int i = 0; i < view->workspace->portfolio.n_issuers; i++)
        draws_of_issuer(view, i);
    for (int d = 0; d < view->workspace->portfolio.n_deals; d++)
        draws_of_deal(view, d);
    if (view->plan->fund.present && view->plan->fund.score_table)
        put_draws(view, (struct address){ MLD_STREAM_IMPACT, "", view->replay->path, 0 }, 0, 1, 1);
    draws_of_vehicles(view);
    mld_tables_end(view->tables);
}
