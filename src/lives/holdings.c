/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is held (model, sections 6 and 18). A deal is held from the end of its period until its last
 * flow: an exit, a redemption, a recovery, a sale. Its cost counts in full until then, and for the
 * quota two years more.
 */
#include "milliard/holdings.h"

#include <stdlib.h>
#include <string.h>

#include "core/numbers.h"
#include "core/transpose.h"
#include "core/vector.h"
#include "milliard/model.h"

enum { YEARS_REMEMBERED = 2 };

static int calendar_year(const struct mld_grid *grid, int period)
{
    return mld_grid_calendar_year(grid, period) - mld_grid_calendar_year(grid, 0);
}

static size_t row_of_years(const struct mld_holdings *holdings)
{
    return (size_t)holdings->years * (size_t)holdings->width;
}

static void share_out(struct mld_holdings *holdings, double *block)
{
    holdings->discounted = block;
    block += (size_t)holdings->periods * (size_t)holdings->width;
    for (int kind = 0; kind < MLD_HOLDING_KINDS; kind++, block += row_of_years(holdings))
        holdings->held[kind] = block;
    holdings->sum = block;
    holdings->issuer_cost = block + (size_t)holdings->paths * (size_t)holdings->stride;
}

enum mld_status mld_holdings_init(struct mld_holdings *holdings, const struct mld_model *model,
                                  int paths)
{
    const struct mld_grid *grid = &model->grid;
    *holdings = (struct mld_holdings){ .width = mld_padded(paths),
                                       .paths = paths,
                                       .periods = grid->periods,
                                       .stride = mld_padded(grid->periods),
                                       .years = calendar_year(grid, grid->periods - 1) + 1,
                                       .remembered = YEARS_REMEMBERED * grid->periods_per_year };
    for (int t = 0; t < grid->periods; t++)
        holdings->year_end[holdings->year[t] = calendar_year(grid, t)] = t;
    double *block = calloc((size_t)holdings->periods * (size_t)holdings->width +
                               MLD_HOLDING_KINDS * row_of_years(holdings) +
                               (size_t)paths * (size_t)holdings->stride +
                               (size_t)model->max_issuers * (size_t)holdings->years,
                           sizeof *block);
    if (!block) {
        mld_holdings_clear(holdings);
        return MLD_ERR_MEMORY;
    }
    share_out(holdings, block);
    return MLD_OK;
}

void mld_holdings_clear(struct mld_holdings *holdings)
{
    free(holdings->discounted);
    *holdings = (struct mld_holdings){ 0 };
}

void mld_holdings_reset(struct mld_holdings *holdings, const struct mld_portfolio *portfolio,
                        int paths)
{
    holdings->first_issuer = portfolio->first_issuer;
    holdings->path = -1;
    memset(holdings->sum, 0, (size_t)paths * (size_t)holdings->stride * sizeof(double));
    for (int kind = 0; kind < MLD_HOLDING_KINDS; kind++)
        memset(holdings->held[kind], 0, row_of_years(holdings) * sizeof(double));
}

MLD_CLONES
static void add_value(int n, double kept, const double *restrict nav, double *restrict sum)
{
    for (int i = 0; i < n; i++)
        sum[i] += kept * nav[i];
}

/* Forgets what the issuers of the path before had. */
static void turn_to(struct mld_holdings *holdings, int path)
{
    if (path == holdings->path)
        return;
    const int *first = holdings->first_issuer + path;
    holdings->path = path;
    memset(holdings->issuer_cost, 0,
           (size_t)(first[1] - first[0]) * (size_t)holdings->years * sizeof(double));
}

/* Costs held of the deal's path, a number each calendar year; NULL of what the deal is not. */
struct held {
    double *largest, *loans, *eligible;
};

static struct held held_of(const struct mld_holdings *holdings, const struct mld_deal *deal)
{
    const struct mld_instrument *instrument = mld_instruments[deal->instrument];
    enum mld_holding eligible = instrument->quota == MLD_QUOTA_FULL ? MLD_HOLDING_FULL
                                                                    : MLD_HOLDING_POCKET;
    return (struct held){
        .largest = holdings->held[MLD_HOLDING_ISSUER] + deal->path,
        .loans = instrument->is_loan ? holdings->held[MLD_HOLDING_LOANS] + deal->path : NULL,
        .eligible = instrument->quota != MLD_QUOTA_NONE ? holdings->held[eligible] + deal->path
                                                        : NULL,
    };
}

static void add_held(const struct held *held, size_t at, double amount, double *issuer_cost)
{
    double cost = *issuer_cost += amount;
    if (cost > held->largest[at])
        held->largest[at] = cost;
    if (held->loans)
        held->loans[at] += amount;
}

void mld_holdings_add(struct mld_holdings *holdings, const struct mld_model *model,
                      const struct mld_deal *deal, const struct mld_life *life)
{
    if (!life->made)
        return;
    int t0 = deal->period, last = life->last_period;
    double kept = 1.0 - model->terms[deal->terms].liquidation_discount;
    turn_to(holdings, deal->path);
    double *issuer_cost = holdings->issuer_cost +
                          (size_t)(deal->issuer - holdings->first_issuer[deal->path]) *
                              (size_t)holdings->years;
    add_value(last - t0 + 1, kept, life->nav + t0,
              holdings->sum + (size_t)deal->path * (size_t)holdings->stride + t0);
    const struct held held = held_of(holdings, deal);
    for (int y = holdings->year[t0]; y < holdings->years; y++) {
        size_t at = (size_t)y * (size_t)holdings->width;
        if (holdings->year_end[y] >= last + holdings->remembered)
            break;
        if (holdings->year_end[y] < last)
            add_held(&held, at, deal->amount, &issuer_cost[y]);
        if (held.eligible)
            held.eligible[at] += deal->amount;
    }
}

void mld_holdings_close(struct mld_holdings *holdings, int paths)
{
    const struct mld_shape shape = { paths, holdings->periods, holdings->stride, holdings->width };
    mld_transpose(shape, holdings->sum, holdings->discounted);
}
