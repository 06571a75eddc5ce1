/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What deals produce, by indicator (model, section 20). */
#include "milliard/indicators.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/draws.h"
#include "milliard/instrument.h"
#include "milliard/model.h"
#include "milliard/numerics.h"

#define MILLION 1e6

void mld_indicator_prepare(struct mld_indicator *indicator)
{
    double ratio = indicator->mean > 0 ? indicator->sd / indicator->mean : 0.0;
    indicator->log_sd = ratio > 0 ? sqrt(mld_log1p(ratio * ratio)) : 0.0;
    indicator->entity = mld_entity_named(indicator->name);
}

enum mld_status mld_indicators_init(struct mld_indicators *indicators,
                                    const struct mld_model *model, int paths)
{
    const struct mld_grid *grid = &model->grid;
    int first = mld_grid_calendar_year(grid, 0);
    *indicators = (struct mld_indicators){
        .n = model->indicators.n,
        .paths = paths,
        .years = mld_grid_calendar_year(grid, grid->periods - 1) - first + 1
    };
    for (int t = 0; t < grid->periods; t++)
        indicators->year[t] = mld_grid_calendar_year(grid, t) - first;
    indicators->sums = calloc((size_t)paths * (size_t)indicators->n + 1, sizeof *indicators->sums);
    return indicators->sums ? MLD_OK : MLD_ERR_MEMORY;
}

void mld_indicators_clear(struct mld_indicators *indicators)
{
    free(indicators->sums);
    *indicators = (struct mld_indicators){ 0 };
}

void mld_indicators_reset(struct mld_indicators *indicators, int paths)
{
    memset(indicators->sums, 0, (size_t)paths * (size_t)indicators->n * sizeof *indicators->sums);
}

/* Per euro: mean · e^(s z − s²/2) of the issuer, over a million. */
static double rate_of(const struct mld_indicator *indicator, uint64_t seed, uint64_t issuer,
                      uint32_t path)
{
    double s = indicator->log_sd;
    if (!(s > 0))
        return indicator->mean / MILLION;
    double z = mld_draw_normal(seed, MLD_STREAM_INDICATOR, path,
                               mld_entity_joined(issuer, indicator->entity), 0);
    return indicator->mean / MILLION * mld_exp(s * z - 0.5 * s * s);
}

/*
 * rate × outstanding / m of each period from the one after t₀, on what is outstanding at its start:
 * made until the contract ends or the issuer defaults, the period of default not included; lost
 * from then until the date on which the contract would have ended. Gives what is made.
 */
static double add_years(const struct mld_indicators *indicators, double rate_a_period, int t0,
                        int default_period, const struct mld_contract *contract,
                        struct mld_indicator_sums *sums)
{
    double made = 0;
    int alive = default_period < 0 ? contract->end_age : default_period - t0 - 1;
    for (int n = 1; n <= contract->end_age; n++) {
        double produced = rate_a_period * contract->outstanding[n - 1];
        double *year = n <= alive ? sums->made : sums->lost;
        year[indicators->year[t0 + n]] += produced;
        made += n <= alive ? produced : 0.0;
    }
    return made;
}

void mld_indicators_add(struct mld_indicators *indicators, const struct mld_model *model,
                        const struct mld_deal *deal, uint64_t issuer, uint32_t path,
                        const struct mld_contract *contract, const struct mld_life *life)
{
    struct mld_indicator_sums *sums = indicators->sums + (size_t)deal->path * (size_t)indicators->n;
    if (!life->made)
        return;
    for (int i = 0; i < indicators->n; i++, sums++) {
        const struct mld_indicator *indicator = &model->indicators.item[i];
        if (!indicator->takes_form[deal->form] || !indicator->takes_sector[deal->sector])
            continue;
        double rate = rate_of(indicator, model->seed, issuer, path), made = rate * deal->amount;
        if (indicator->kind == MLD_INDICATOR_YEARLY)
            made = add_years(indicators, rate / model->grid.periods_per_year, deal->period,
                             life->default_period, contract, sums);
        else
            sums->made[indicators->year[deal->period]] += made;
        sums->by_instrument[deal->instrument] += made;
        sums->by_form[deal->form] += made;
    }
}
