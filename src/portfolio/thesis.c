/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A portfolio drawn from a thesis. Tickets come first, since they decide how many deals there are:
 * as many slots as a path is likely to fill are drawn ahead and together, the few others one by
 * one. Then year, period, legal form and sector of the deals made. Source: model, section 6.
 */
#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "milliard/draws.h"
#include "milliard/numerics.h"
#include "portfolio/thesis.h"

enum {
    TOGETHER =
        /*
         * slots, or deals, whose draws share a run of the array kernels: the scratch stays in cache
         */
    256
};

/* A remainder short of ticket_min by the rounding of sums alone is no small ticket. */
#define ROUNDING 1e-9

/* Of first deals and second ones. */
static double whole_volume(const struct mld_thesis *thesis, int instrument)
{
    return thesis->has_mix[instrument] ? thesis->mix[instrument].weight * thesis->volume : 0.0;
}

double mld_thesis_reserve(const struct mld_thesis *thesis, int instrument)
{
    const struct mld_mix *mix = &thesis->mix[instrument];
    return mix->has_follow_on ? mix->follow_on.reserve * whole_volume(thesis, instrument) : 0.0;
}

double mld_thesis_volume(const struct mld_thesis *thesis, int instrument)
{
    return whole_volume(thesis, instrument) - mld_thesis_reserve(thesis, instrument);
}

/* Every ticket but a lone one is ticket_min at least. */
static double most_deals(const struct mld_thesis *thesis, int instrument)
{
    return ceil(mld_thesis_volume(thesis, instrument) / thesis->ticket_min);
}

int mld_thesis_max_deals(const struct mld_thesis *thesis)
{
    double most = 0.0;
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        most += most_deals(thesis, i);
    return most < INT_MAX ? (int)most : INT_MAX;
}

/*
 * Mean of the lognormal of tickets within [min, max]: with z(x) = (ln x - mu)/s,
 * mean (Phi(z(max) - s) - Phi(z(min) - s)) / (Phi(z(max)) - Phi(z(min))).
 */
static double mean_within_bounds(const struct mld_thesis *thesis)
{
    double s = thesis->ticket_log_sd;
    if (!(s > 0))
        return thesis->ticket_mean;
    double low = (mld_log(thesis->ticket_min) - thesis->ticket_log_mean) / s;
    double high = (mld_log(thesis->ticket_max) - thesis->ticket_log_mean) / s;
    return thesis->ticket_mean * (mld_normal_cdf(high - s) - mld_normal_cdf(low - s)) /
           (mld_normal_cdf(high) - mld_normal_cdf(low));
}

double mld_thesis_likely_deals(const struct mld_thesis *thesis)
{
    double mean = mean_within_bounds(thesis), deals = 0;
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        deals += mld_thesis_volume(thesis, i) > 0 ? mld_thesis_volume(thesis, i) / mean + 1 : 0;
    return deals;
}

/*
 * Slots worth drawing ahead: the expected number of tickets and one standard deviation or so. Only
 * speed depends on it.
 */
static int slots_ahead(const struct mld_thesis *thesis, int instrument)
{
    double expected = mld_thesis_volume(thesis, instrument) / thesis->ticket_mean,
           most = most_deals(thesis, instrument);
    double ahead = ceil(expected + 0.6 * sqrt(expected));
    return (int)(ahead < most ? ahead : most);
}

static void prepare_slots(struct mld_portfolio *portfolio, const struct mld_model *model)
{
    int slots = 0;
    for (int i = 0; i < MLD_INSTRUMENTS; i++) {
        int most = (int)most_deals(&model->thesis, i);
        portfolio->slot_first[i] = slots;
        portfolio->ahead[i] = slots_ahead(&model->thesis, i);
        portfolio->slots += portfolio->ahead[i];
        portfolio->slot_reads[i] = most > 0 ? mld_reads_of(model, i, i) : 0U;
        for (int slot = 0; slot < most; slot++)
            portfolio->slot_entity[slots++] = mld_entity_slot(mld_instruments[i]->name,
                                                              (uint32_t)slot);
    }
    portfolio->group = portfolio->slots < TOGETHER ? TOGETHER / portfolio->slots : 1;
}

int mld_thesis_prepare(struct mld_portfolio *portfolio, const struct mld_model *model)
{
    portfolio->slot_entity = malloc((size_t)mld_thesis_max_deals(&model->thesis) *
                                    sizeof *portfolio->slot_entity);
    if (!portfolio->slot_entity)
        return 0;
    prepare_slots(portfolio, model);
    int slots = portfolio->group * portfolio->slots;
    size_t n = slots > TOGETHER ? (size_t)slots : TOGETHER;
    portfolio->draw_entity = malloc(n * sizeof *portfolio->draw_entity);
    portfolio->draw_path = malloc(n * sizeof *portfolio->draw_path);
    portfolio->uniform = malloc(4 * n * sizeof *portfolio->uniform);
    portfolio->scratch = malloc(n * sizeof *portfolio->scratch);
    portfolio->ticket = malloc(n * sizeof *portfolio->ticket);
    return portfolio->draw_entity && portfolio->draw_path && portfolio->uniform &&
           portfolio->scratch && portfolio->ticket;
}

/* ---- tickets ---- */

static void every_other(int n, const double *restrict u, double *restrict even)
{
    for (int i = 0; i < n; i++)
        even[i] = u[2 * i];
}

static void ticket_exponents(int n, double sd, const double *restrict z, double *restrict exponent)
{
    for (int i = 0; i < n; i++)
        exponent[i] = sd * z[i] - 0.5 * sd * sd;
}

/* Tickets over their mean, e^(s z − s²/2), of the slots drawn ahead: [path][instrument][slot]. */
static void draw_ahead(const struct mld_model *model, uint32_t first, int paths,
                       struct mld_portfolio *portfolio)
{
    int n = 0;
    for (int p = 0; p < paths; p++)
        for (int i = 0; i < MLD_INSTRUMENTS; i++)
            for (int slot = 0; slot < portfolio->ahead[i]; slot++, n++) {
                portfolio->draw_path[n] = first + (uint32_t)p;
                portfolio->draw_entity[n] = portfolio->slot_entity[portfolio->slot_first[i] + slot];
            }
    mld_draws_uniform_rows(model->seed, MLD_STREAM_PORTFOLIO, n, portfolio->draw_path,
                           portfolio->draw_entity, MLD_DRAW_TICKET, 2, portfolio->uniform);
    every_other(n, portfolio->uniform, portfolio->scratch);
    mld_normal_quantile_n(n, portfolio->scratch, portfolio->ticket);
    ticket_exponents(n, model->thesis.ticket_log_sd, portfolio->ticket, portfolio->scratch);
    mld_exp_n(n, portfolio->scratch, portfolio->ticket);
}

static int is_inside(const struct mld_thesis *thesis, double ticket)
{
    return ticket >= thesis->ticket_min && ticket <= thesis->ticket_max;
}

/* Draws from the `draw`-th on until one is inside the bounds. */
static double redraw(const struct mld_model *model, uint32_t path, uint64_t entity, uint32_t draw)
{
    const struct mld_thesis *thesis = &model->thesis;
    double sd = thesis->ticket_log_sd, ticket = thesis->ticket_mean;
    for (; draw < MLD_TICKET_DRAWS; draw++) {
        double z = mld_draw_normal(model->seed, MLD_STREAM_PORTFOLIO, path, entity,
                                   MLD_DRAW_TICKET + draw);
        ticket = thesis->ticket_mean * mld_exp(sd * z - 0.5 * sd * sd);
        if (is_inside(thesis, ticket))
            return ticket;
    }
    return ticket < thesis->ticket_min ? thesis->ticket_min : thesis->ticket_max;
}

/*
 * The ticket of a slot; `ahead` are the instrument's tickets over their mean that were drawn ahead.
 */
static double ticket_of(const struct mld_model *model, const struct mld_portfolio *portfolio,
                        uint32_t path, int instrument, int slot, const double *ahead)
{
    uint64_t entity = portfolio->slot_entity[portfolio->slot_first[instrument] + slot];
    if (slot >= portfolio->ahead[instrument])
        return redraw(model, path, entity, 0);
    double ticket = model->thesis.ticket_mean * ahead[slot];
    return is_inside(&model->thesis, ticket) ? ticket : redraw(model, path, entity, 1);
}

/*
 * The tickets of one instrument, until its volume is reached. The last is the volume less the sum
 * of the others; when that is below ticket_min it goes to the one before instead, unless it is
 * alone. Returns their number.
 */
static int fill_tickets(const struct mld_model *model, const struct mld_portfolio *portfolio,
                        uint32_t path, int instrument, const double *ahead, struct mld_deal *deal)
{
    const struct mld_thesis *thesis = &model->thesis;
    double volume = mld_thesis_volume(thesis, instrument),
           smallest = thesis->ticket_min * (1.0 - ROUNDING);
    double sum = 0.0, sum_before = 0.0;
    for (int n = 0;; n++) {
        double left = volume - sum;
        if (n > 0 && left < smallest) {
            deal[n - 1].amount = volume - sum_before;
            return n;
        }
        double ticket = ticket_of(model, portfolio, path, instrument, n, ahead);
        if (ticket >= left) {
            deal[n].amount = left;
            return n + 1;
        }
        deal[n].amount = ticket;
        sum_before = sum;
        sum += ticket;
    }
}

/* ---- deals ---- */

/* What is known of a deal and its issuer before the draws of its traits. */
static void start_deal(struct mld_portfolio *portfolio, int p, int instrument, int slot)
{
    int n = portfolio->n_deals++;
    struct mld_deal *deal = &portfolio->deal[n];
    deal->path = p;
    deal->issuer = n;
    deal->instrument = deal->terms = instrument;
    deal->tape_row = -1;
    deal->lot = deal->waits = 0;
    deal->held = 0;
    deal->entity = portfolio->slot_entity[portfolio->slot_first[instrument] + slot];
}

/* The deals of path p of the batch; `ahead` are the tickets drawn ahead for it. */
static void fill_path(const struct mld_model *model, struct mld_portfolio *portfolio, uint32_t path,
                      int p, const double *ahead)
{
    portfolio->first_deal[p] = portfolio->first_issuer[p] = portfolio->n_deals;
    for (int i = 0; i < MLD_INSTRUMENTS; i++) {
        if (portfolio->ahead[i] == 0)
            continue;
        int n = fill_tickets(model, portfolio, path, i, ahead,
                             portfolio->deal + portfolio->n_deals);
        for (int slot = 0; slot < n; slot++)
            start_deal(portfolio, p, i, slot);
        ahead += portfolio->ahead[i];
    }
}

/* First index whose cumulated weight is above u. */
static int pick(int n, const double *restrict cumulative, double u)
{
    int index = 0;
    for (int i = 0; i < n - 1; i++)
        index += cumulative[i] <= u;
    return index;
}

/*
 * Year by the weights of deployment, a uniform period in it, legal form and sector by those of the
 * instrument.
 */
static void pick_traits(const struct mld_model *model, const double *u, struct mld_deal *deal)
{
    const struct mld_thesis *thesis = &model->thesis;
    int m = model->grid.periods_per_year;
    deal->period = m * pick(thesis->n_deployment, thesis->year_cumulative, u[MLD_DRAW_YEAR]) +
                   (int)(u[MLD_DRAW_PERIOD] * m);
    deal->form = pick(model->n_forms, thesis->form_cumulative[deal->instrument], u[MLD_DRAW_FORM]);
    deal->sector = pick(model->factors.n_sectors, thesis->sector_cumulative[deal->instrument],
                        u[MLD_DRAW_SECTOR]);
}

/* Each deal of a thesis is the first and only one of its issuer. */
static struct mld_issuer issuer_of(const struct mld_deal *deal, unsigned reads)
{
    return (struct mld_issuer){ .path = deal->path,
                                .form = deal->form,
                                .sector = deal->sector,
                                .period = deal->period,
                                .terms = deal->terms,
                                .reads = reads,
                                .entity = deal->entity };
}

/* Traits of n deals from `from` on. */
static void draw_traits(const struct mld_model *model, uint32_t first, int from, int n,
                        struct mld_portfolio *portfolio)
{
    struct mld_deal *deal = portfolio->deal + from;
    for (int i = 0; i < n; i++) {
        portfolio->draw_path[i] = first + (uint32_t)deal[i].path;
        portfolio->draw_entity[i] = deal[i].entity;
    }
    mld_draws_uniform_rows(model->seed, MLD_STREAM_PORTFOLIO, n, portfolio->draw_path,
                           portfolio->draw_entity, 0, 4, portfolio->uniform);
    for (int i = 0; i < n; i++) {
        pick_traits(model, portfolio->uniform + 4 * i, &deal[i]);
        portfolio->issuer[from + i] = issuer_of(&deal[i],
                                                portfolio->slot_reads[deal[i].instrument]);
    }
}

void mld_thesis_fill(const struct mld_model *model, uint32_t first, int paths,
                     struct mld_portfolio *portfolio)
{
    portfolio->n_deals = 0;
    for (int p = 0; p < paths; p += portfolio->group) {
        int n = paths - p < portfolio->group ? paths - p : portfolio->group;
        draw_ahead(model, first + (uint32_t)p, n, portfolio);
        for (int i = 0; i < n; i++)
            fill_path(model, portfolio, first + (uint32_t)(p + i), p + i,
                      portfolio->ticket + i * portfolio->slots);
    }
    portfolio->first_deal[paths] = portfolio->first_issuer[paths] = portfolio->n_issuers =
        portfolio->n_deals;
    for (int from = 0; from < portfolio->n_deals; from += TOGETHER)
        draw_traits(model, first, from,
                    portfolio->n_deals - from < TOGETHER ? portfolio->n_deals - from : TOGETHER,
                    portfolio);
}
