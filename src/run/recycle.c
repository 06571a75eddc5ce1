/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Recycling that invests again: in each period the candidates dated in it are taken in their order,
 * and each is made if, with those made before it, it costs no more than what the fund has room for.
 * Source: model, section 16.
 *
 * All flows are known beforehand; sums of the deals made grow with them. In period t the rows of
 * pools and covers are those of the deals made before it: what they give in t, the guarantor's
 * payouts too, is what the fund has to choose with. Then the deals of t are added, and guarantee
 * and fund advance, the guarantee upon the volume made up to t − 1. In the end the sums are made
 * anew, path after path, and the design is priced upon them as upon those of any portfolio.
 */
#include "run/recycle.h"

#include <stdlib.h>
#include <string.h>

#include "core/numbers.h"
#include "milliard/draws.h"
#include "milliard/numerics.h"

/* A candidate of a path: by period, then first deals before second ones, then by its uniform. */
struct candidate {
    int period, lot, deal;
    double order;
};

struct mld_recycler {
    struct candidate *candidate; /* [deal of the batch], path after path */
    int *next;                   /* [path] the first candidate that is still to come */
    double *room, *invested;     /* [path] */
    double *volume;              /* [cover][path] made before the period at hand */
    double *accounts;            /* of a guarantee, while it is looked ahead */
    int width;
};

/* ---- memory ---- */

enum mld_status mld_recycler_create(struct mld_recycler **out, int deals, size_t accounts,
                                    int paths)
{
    struct mld_recycler *recycler = *out = calloc(1, sizeof *recycler);
    if (!recycler)
        return MLD_ERR_MEMORY;
    size_t width = (size_t)mld_padded(paths);
    recycler->width = (int)width;
    recycler->candidate = malloc((size_t)paths * (size_t)deals * sizeof *recycler->candidate);
    recycler->next = malloc(width * sizeof *recycler->next);
    recycler->room = calloc(2 * width, sizeof(double));
    recycler->invested = recycler->room ? recycler->room + width : NULL;
    recycler->volume = calloc(MLD_MAX_COVERS * width, sizeof(double));
    recycler->accounts = malloc((accounts + 1) * sizeof(double));
    return recycler->candidate && recycler->next && recycler->room && recycler->volume &&
                   recycler->accounts
               ? MLD_OK
               : MLD_ERR_MEMORY;
}

void mld_recycler_free(struct mld_recycler *recycler)
{
    if (!recycler)
        return;
    free(recycler->candidate);
    free(recycler->next);
    free(recycler->room);
    free(recycler->volume);
    free(recycler->accounts);
    free(recycler);
}

/* ---- the order of candidates ---- */

static int compare(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->period != y->period)
        return x->period < y->period ? -1 : 1;
    if (x->lot != y->lot)
        return x->lot < y->lot ? -1 : 1;
    if (x->order < y->order || x->order > y->order)
        return x->order < y->order ? -1 : 1;
    return (x->deal > y->deal) - (x->deal < y->deal);
}

/* A tape's deals keep their order, those of a thesis have that of one uniform each. */
static struct candidate candidate_of(const struct mld_model *model, uint32_t first,
                                     const struct mld_deal *deal, int index)
{
    double order = deal->tape_row >= 0 || deal->lot > 0
                       ? 0
                       : mld_draw_uniform(model->seed, MLD_STREAM_CANDIDATE,
                                          first + (uint32_t)deal->path, deal->entity, 0);
    return (struct candidate){ deal->period, deal->lot, index, order };
}

static void start(struct mld_recycler *recycler, const struct mld_model *model, uint32_t first,
                  int paths, struct mld_lives *lives)
{
    const struct mld_portfolio *portfolio = lives->portfolio;
    for (int d = 0; d < portfolio->n_deals; d++)
        recycler->candidate[d] = candidate_of(model, first, &portfolio->deal[d], d);
    for (int p = 0; p < paths; p++) {
        int from = recycler->next[p] = portfolio->first_deal[p];
        qsort(recycler->candidate + from, (size_t)(portfolio->first_deal[p + 1] - from),
              sizeof *recycler->candidate, compare);
    }
    memset(lives->chosen, 0, (size_t)portfolio->n_deals);
    memset(recycler->invested, 0, (size_t)recycler->width * sizeof(double));
    mld_lives_empty(lives, paths);
    mld_lives_close(lives, paths);
}

/* ---- which are made ---- */

/* What a deal costs the fund at once, fee included. */
static double cost_of(const struct mld_design *design, const struct mld_deal *deal)
{
    int l = design->guarantee ? mld_guarantee_layer_of(design->guarantee, deal->instrument,
                                                       deal->form, deal->sector, deal->amount)
                              : -1;
    const struct mld_layer *layer = l < 0 ? NULL : &design->guarantee->layer[l];
    return layer && layer->fee_payer == MLD_FEE_BY_FUND
               ? deal->amount * (1 + layer->fee_upfront * layer->quotite)
               : deal->amount;
}

/* Whether it is a candidate at all: its issuer alive, and the deal that it follows made. */
static int is_there(const struct mld_lives *lives, int d)
{
    const struct mld_portfolio *portfolio = lives->portfolio;
    const struct mld_deal *deal = &portfolio->deal[d];
    int followed = portfolio->first_deal[deal->path] + deal->issuer -
                   portfolio->first_issuer[deal->path];
    return lives->deal[d].life.made && (deal->lot == 0 || lives->chosen[followed]);
}

/* Adds the candidates of period t that a path can pay to its sums; gives their number. */
static int choose(struct mld_recycler *recycler, const struct mld_model *model,
                  const struct mld_design *design, int t, int path, struct mld_lives *lives)
{
    const struct mld_fund_spec *fund = design->fund;
    const struct mld_portfolio *portfolio = lives->portfolio;
    double room = recycler->room[path], most = fund->recycling.total * fund->size;
    int made = 0, end = portfolio->first_deal[path + 1], *next = &recycler->next[path];
    for (; *next < end && recycler->candidate[*next].period == t; ++*next) {
        int d = recycler->candidate[*next].deal;
        const struct mld_deal *deal = &portfolio->deal[d];
        double cost = cost_of(design, deal), invested = recycler->invested[path] + deal->amount;
        if (!is_there(lives, d) || mld_exceeds(cost, room, fund->size) ||
            mld_exceeds(invested, most, fund->size))
            continue;
        lives->chosen[d] = 1;
        mld_lives_add(lives, model, d);
        room -= cost;
        recycler->invested[path] = invested;
        made++;
    }
    return made;
}

/* The volumes that the covers have, and those made before this period in their place. */
static void keep_volumes(struct mld_recycler *recycler, const struct mld_covers *covers)
{
    for (int c = 0; c < covers->n; c++)
        memcpy(recycler->volume + (size_t)c * (size_t)recycler->width, covers->rows[c].volume,
               (size_t)covers->width * sizeof(double));
}

static void swap_volumes(struct mld_recycler *recycler, const struct mld_covers *covers)
{
    for (int c = 0; c < covers->n; c++)
        for (int i = 0; i < covers->width; i++) {
            double *kept = recycler->volume + (size_t)c * (size_t)recycler->width + i,
                   now = covers->rows[c].volume[i];
            covers->rows[c].volume[i] = *kept;
            *kept = now;
        }
}

/* The deals of period t: the fund sees what those before it give, and chooses. */
static void choose_all(struct mld_recycler *recycler, const struct mld_model *model,
                       const struct mld_design *design, int t, int paths, struct mld_lives *lives,
                       struct mld_design_flows *flows)
{
    const struct mld_grid *grid = &model->grid;
    int made = 0;
    if (design->guarantee)
        mld_guarantee_preview(&flows->guarantee, grid, design->guarantee, &lives->covers, t,
                              recycler->accounts);
    mld_fund_take(&flows->fund, t, &lives->pools, design->guarantee ? &flows->guarantee : NULL);
    mld_fund_affords(&flows->fund, grid, design->fund, t, recycler->room);
    for (int p = 0; p < paths; p++)
        made += choose(recycler, model, design, t, p, lives);
    if (made)
        mld_lives_close(lives, paths);
}

static void advance(const struct mld_model *model, const struct mld_design *design, int t,
                    struct mld_lives *lives, struct mld_design_flows *flows)
{
    const struct mld_grid *grid = &model->grid;
    if (design->guarantee)
        mld_guarantee_advance(&flows->guarantee, grid, design->guarantee, &lives->covers, t);
    mld_fund_take(&flows->fund, t, &lives->pools, design->guarantee ? &flows->guarantee : NULL);
    mld_fund_advance(&flows->fund, grid, design->fund, t);
}

/* ---- in the end ---- */

/* Candidates that the fund could not pay, and paths on which it could pay them all. */
static void tell(int paths, struct mld_lives *lives)
{
    const struct mld_portfolio *portfolio = lives->portfolio;
    for (int p = 0; p < paths; p++) {
        lives->pools.ran_out[p] = 1;
        for (int d = portfolio->first_deal[p]; d < portfolio->first_deal[p + 1]; d++)
            if (is_there(lives, d) && !lives->chosen[d]) {
                const struct mld_deal *deal = &portfolio->deal[d];
                lives->pools.skipped_by_instrument[p * MLD_INSTRUMENTS + deal->instrument] +=
                    deal->amount;
                lives->pools.ran_out[p] = 0;
            }
    }
}

static void rebuild(const struct mld_recycler *recycler, const struct mld_model *model, int paths,
                    struct mld_lives *lives)
{
    mld_lives_empty(lives, paths);
    for (int c = 0; c < lives->portfolio->n_deals; c++)
        if (lives->chosen[recycler->candidate[c].deal])
            mld_lives_add(lives, model, recycler->candidate[c].deal);
    mld_lives_close(lives, paths);
}

void mld_recycle(struct mld_recycler *recycler, const struct mld_model *model,
                 const struct mld_design *design, uint32_t first, int paths,
                 struct mld_lives *lives, struct mld_design_flows *flows)
{
    const struct mld_grid *grid = &model->grid;
    int pooled = lives->pooled, held = lives->held;
    lives->pooled = lives->held = 0; /* of the deals made in the end alone */
    start(recycler, model, first, paths, lives);
    flows->guarantee.growing = 1;
    if (design->guarantee)
        mld_guarantee_open(&flows->guarantee, grid, design->guarantee);
    mld_fund_open(&flows->fund, grid, design->fund, model->seed, first, paths);
    for (int t = 0; t < design->fund->recycling.until; t++) {
        keep_volumes(recycler, &lives->covers);
        choose_all(recycler, model, design, t, paths, lives, flows);
        swap_volumes(recycler, &lives->covers);
        advance(model, design, t, lives, flows);
        swap_volumes(recycler, &lives->covers);
    }
    lives->pooled = pooled;
    lives->held = held;
    rebuild(recycler, model, paths, lives);
    tell(paths, lives);
}
