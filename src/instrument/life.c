/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a contract to a life: default, recovery, forced sale, the same for every instrument.
 * Source: model, sections 4 and 5.
 *
 * A deal defaults when its issuer does while the contract lives; at the last age of the contract
 * default wins, since the flows of the period of default are not paid. What lives after the flows
 * of t_L is sold at a discount.
 */
#include <assert.h>
#include <math.h>

#include "core/vector.h"
#include "instrument/contract.h"
#include "milliard/model.h"

static void set(const struct mld_model *model, uint32_t first, const struct mld_factor_rows *rows,
                const struct mld_issuer *issuer, const struct mld_issuer_outcomes *outcomes,
                const struct mld_deal *deal, struct mld_setting *setting)
{
    const struct mld_form *form = &model->form[deal->form];
    size_t place = (size_t)(deal->issuer - outcomes->first), path = (size_t)deal->path,
           stride = (size_t)rows->stride;
    size_t by_form = path * (size_t)model->n_forms + (size_t)deal->form;
    size_t by_sector = path * (size_t)model->factors.n_sectors + (size_t)deal->sector;
    setting->terms = &model->terms[deal->terms];
    setting->rate_cut = 0.0;
    setting->m = model->grid.periods_per_year;
    setting->t0 = deal->period;
    setting->last = model->grid.last;
    setting->held = deal->held;
    setting->amount = deal->amount;
    setting->seed = model->seed;
    setting->path = first + (uint32_t)deal->path;
    setting->entity = deal->entity;
    setting->issuer_t0 = issuer->period;
    setting->quality = outcomes->quality + place * (size_t)outcomes->stride;
    setting->surplus = outcomes->surplus + place * (size_t)outcomes->stride;
    setting->xi = outcomes->xi[place];
    setting->tmo = rows->tmo + path * stride + 3;
    setting->value_common = rows->value_innovation + by_form * stride;
    setting->value_sector = rows->sector_innovation + by_sector * stride;
    setting->value_sector_weight = form->sector_weight / form->innovation_norm;
}

/* Copies `count` numbers, rounded up to whole blocks: a loop of known length has no remainder. */
MLD_INLINE void copy_blocks(int count, const double *restrict from, double *restrict to)
{
    for (int block = 0; block < count; block += MLD_BLOCK)
        for (int i = block; i < block + MLD_BLOCK; i++)
            to[i] = from[i];
}

/* The series of the first `kept` ages of a contract, from period t0 on. */
static MLD_CLONES void lay_contract(const struct mld_contract *contract, int t0, int kept,
                                    struct mld_life *life)
{
    copy_blocks(kept, contract->income, life->income + t0);
    copy_blocks(kept, contract->capital, life->capital + t0);
    copy_blocks(kept, contract->outstanding, life->outstanding + t0);
    copy_blocks(kept, contract->value, life->nav + t0);
}

/* First resolution whose cumulated probability exceeds u; the last one if rounding leaves none. */
static int pick_resolution(const struct mld_terms *terms, double u)
{
    double sum = 0.0;
    int last = terms->n_resolutions - 1;
    for (int i = 0; i < last; i++) {
        sum += terms->resolution[i].probability;
        if (u < sum)
            return i;
    }
    return last;
}

/*
 * RR = B⁻¹(Φ(V)), V = √ρ_R Y + √(1−ρ_R) ζ, by its table as a function of V; the mean when it does
 * not vary.
 */
static double recovery_rate(const struct mld_resolution *resolution, double correlation,
                            double systematic, double zeta)
{
    if (!resolution->table)
        return resolution->recovery_mean;
    double v = sqrt(correlation) * systematic + sqrt(1.0 - correlation) * zeta;
    return mld_quantile_table_at(resolution->table, v);
}

/*
 * From default on: no income, nothing outstanding, a NAV of outstanding × mean recovery of the
 * resolution drawn until the claim is paid or sold, which is all the capital there is.
 */
static void fill_claim(struct mld_life *life, double value, double paid)
{
    int from = life->default_period, to = life->recovery_period;
    for (int t = from; t <= to; t++) {
        life->income[t] = life->capital[t] = life->outstanding[t] = 0.0;
        life->nav[t] = value;
    }
    life->nav[to] = 0.0;
    life->capital[to] = paid;
}

/* A claim still running in t_L is sold then; one that falls due in t_L is paid. */
static void settle_default(const struct mld_model *model, const struct mld_terms *terms,
                           const struct mld_issuer_outcomes *outcomes, const struct mld_deal *deal,
                           const struct mld_contract *contract, int period, struct mld_life *life)
{
    int issuer = deal->issuer - outcomes->first, last = model->grid.last;
    int year = mld_grid_year(&model->grid, period);
    life->default_period = period;
    life->resolution = pick_resolution(terms, outcomes->resolution[issuer]);
    const struct mld_resolution *resolution = &terms->resolution[life->resolution];
    life->recovery_rate = recovery_rate(
        resolution, model->recovery_correlation,
        outcomes->systematic[(size_t)issuer * (size_t)outcomes->stride + (size_t)year],
        outcomes->zeta[issuer]);
    life->defaulted_outstanding = contract->outstanding[period - deal->period - 1];
    life->recovery = life->recovery_rate * life->defaulted_outstanding;
    life->default_loss = life->defaulted_outstanding - life->recovery;
    int due = period + resolution->lag_periods;
    life->recovery_period = due <= last ? due : last;
    life->forced_discount = due <= last ? 0.0 : terms->liquidation_discount * life->recovery;
    life->last_period = life->recovery_period;
    fill_claim(life, life->defaulted_outstanding * resolution->recovery_mean,
               life->recovery - life->forced_discount);
}

/* The contract runs to its end: an exit, a repayment, or a sale in t_L of what still lives. */
static void settle_alive(const struct mld_terms *terms, const struct mld_deal *deal,
                         const struct mld_contract *contract, struct mld_life *life)
{
    int end = deal->period + contract->end_age;
    life->last_period = end;
    if (contract->exit_age >= 0) {
        life->exit_period = deal->period + contract->exit_age;
        life->exit_proceeds = contract->exit_proceeds;
        double loss = deal->amount - contract->exit_proceeds;
        life->exit_loss = loss > 0.0 ? loss : 0.0;
        if (contract->exit_forced) {
            life->forced_discount = terms->liquidation_discount * contract->exit_proceeds;
            life->capital[end] -= life->forced_discount;
        }
    } else if (contract->alive) {
        double nominal = contract->outstanding[contract->end_age];
        life->forced_discount = terms->liquidation_discount * nominal;
        life->capital[end] += nominal - life->forced_discount;
        life->outstanding[end] = 0.0;
        life->nav[end] = 0.0;
    }
}

/* What a life says when nothing happened. */
static void start(struct mld_life *life)
{
    life->made = 1;
    life->default_period = life->resolution = life->recovery_period = life->exit_period = -1;
    life->recovery_rate = (double)NAN;
    life->defaulted_outstanding = life->recovery = life->exit_proceeds = 0.0;
    life->forced_discount = life->default_loss = life->exit_loss = 0.0;
}

/* A deal is made unless its issuer is in default already. */
static int is_made(const struct mld_issuer_outcomes *outcomes, const struct mld_deal *deal)
{
    return outcomes->default_period[deal->issuer - outcomes->first] > deal->period;
}

void mld_deals_set(const struct mld_model *model, uint32_t first,
                   const struct mld_factor_rows *rows, const struct mld_portfolio *portfolio,
                   const struct mld_issuer_outcomes *outcomes, int from, int n,
                   struct mld_setting *setting)
{
    const struct mld_deal *deal = portfolio->deal + from;
    struct mld_setting *chosen[MLD_INSTRUMENTS][MLD_DEALS_TOGETHER];
    int count[MLD_INSTRUMENTS] = { 0 };
    for (int d = 0; d < n; d++) {
        int instrument = deal[d].instrument;
        if (!is_made(outcomes, &deal[d]))
            continue;
        set(model, first, rows, &portfolio->issuer[deal[d].issuer], outcomes, &deal[d],
            &setting[d]);
        chosen[instrument][count[instrument]++] = &setting[d];
    }
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        if (mld_instruments[i]->draw)
            mld_instruments[i]->draw(count[i], chosen[i]);
}

void mld_deal_live(const struct mld_model *model, const struct mld_deal *deal,
                   const struct mld_issuer_outcomes *outcomes, const struct mld_setting *setting,
                   struct mld_contract *contract, struct mld_life *life)
{
    assert(deal->period >= 0 && deal->period <= model->grid.last);
    life->made = is_made(outcomes, deal);
    if (!life->made)
        return;
    mld_instruments[deal->instrument]->fill(setting, contract);
    start(life);
    int default_period = outcomes->default_period[deal->issuer - outcomes->first],
        default_age = default_period - deal->period;
    if (default_age <= contract->end_age) {
        lay_contract(contract, deal->period, default_age, life);
        settle_default(model, setting->terms, outcomes, deal, contract, default_period, life);
    } else {
        lay_contract(contract, deal->period, contract->end_age + 1, life);
        settle_alive(setting->terms, deal, contract, life);
    }
}

void mld_deal_fill(const struct mld_model *model, uint32_t first,
                   const struct mld_factor_rows *rows, const struct mld_portfolio *portfolio,
                   const struct mld_issuer_outcomes *outcomes, int index,
                   struct mld_contract *contract, struct mld_life *life)
{
    struct mld_setting setting;
    mld_deals_set(model, first, rows, portfolio, outcomes, index, 1, &setting);
    mld_deal_live(model, &portfolio->deal[index], outcomes, &setting, contract, life);
}
