/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layers: which deals a layer covers, whom moral hazard touches, and the name of a layer's design. */
#include "guarantee/work.h"

static int covers(const struct mld_layer *layer, int instrument, int form, int sector, double amount)
{
    return mld_layer_on_deals(layer) && layer->covers_instrument[instrument] && layer->covers_form[form] &&
           layer->covers_sector[sector] && amount >= layer->ticket_min && amount <= layer->ticket_max;
}

/* Two layers that cover one deal are refused when the plan is resolved, so the first that fits is the only one. */
int mld_guarantee_layer_of(const struct mld_plan *plan, int instrument, int form, int sector, double amount)
{
    for (int l = 0; l < plan->guarantee.n_layers; l++)
        if (covers(&plan->guarantee.layer[l], instrument, form, sector, amount))
            return l;
    return -1;
}

/* A deal that is not made has its issuer's default behind it: covering it or not moves nothing of that default,
 * so every deal of the portfolio counts here, made or not. */
void mld_guarantee_hazard(const struct mld_plan *plan, const struct mld_portfolio *portfolio, double *hazard_scale)
{
    for (int i = 0; i < portfolio->n_issuers; i++)
        hazard_scale[i] = 1;
    if (plan->guarantee.moral_hazard == 1)
        return;
    for (int d = 0; d < portfolio->n_deals; d++) {
        const struct mld_deal *deal = &portfolio->deal[d];
        if (mld_guarantee_layer_of(plan, deal->instrument, deal->form, deal->sector, deal->amount) >= 0)
            hazard_scale[deal->issuer] = plan->guarantee.moral_hazard;
    }
}

static int is_counter(const struct mld_layer *layer)
{
    return !mld_layer_on_deals(layer);
}

static int is_pari_passu(const struct mld_layer *layer)
{
    return layer->attachment == 0 && layer->cap_rate >= 1 && layer->quotite < 1;
}

static int is_first_losses(const struct mld_layer *layer)
{
    return layer->attachment == 0 && layer->cap_rate < 1 && layer->quotite == 1;
}

static int is_capped(const struct mld_layer *layer)
{
    return layer->attachment == 0 && layer->cap_rate < 1;
}

static int is_retention(const struct mld_layer *layer)
{
    return layer->attachment > 0;
}

static int is_any(const struct mld_layer *layer)
{
    (void)layer;
    return 1;
}

const struct mld_layer_design mld_layer_designs[] = {
    { "counter_guarantee",
      "A second guarantor pays the first one back a share of its payouts, up to a cap.",
      "Contre-garantie : un second garant rembourse au premier une part de ses paiements, dans la limite d'un plafond.",
      "InvestEU, Regulation (EU) 2021/523", is_counter },
    { "line_by_line",
      "Line by line, pari passu: the guarantor bears a fixed share of each loss.",
      "Ligne par ligne, pari passu : le garant supporte une quotité fixe de chaque perte.",
      "EU Notice 2008/C 155/02, section 3.4; France Active, Bpifrance, Groeifaciliteit", is_pari_passu },
    { "first_losses",
      "The State bears the first losses of the portfolio, in full, up to a cap.",
      "Premières pertes : l'État supporte en totalité les premières pertes du portefeuille, dans la limite d'un plafond.",
      "French finance act for 2021 (law 2020-1721), art. 209: relance loans", is_first_losses },
    { "capped_portfolio",
      "Capped portfolio guarantee: a share of losses, up to a cap on the portfolio.",
      "Garantie de portefeuille plafonnée : une quotité des pertes, dans la limite d'un plafond sur le portefeuille.",
      "EIF capped portfolio guarantees: COSME, InvestEU", is_capped },
    { "retention",
      "The fund keeps the first losses; the guarantor bears a share of the next ones, up to a cap.",
      "Franchise : le fonds conserve les premières pertes ; le garant supporte une quotité des suivantes, dans la limite d'un plafond.",
      "model, section 7", is_retention },
    { "other",
      "A layer of another design.",
      "Tranche d'un autre modèle.",
      "model, section 7", is_any },
    { .name = NULL }
};

const struct mld_layer_design *mld_layer_design_of(const struct mld_layer *layer)
{
    const struct mld_layer_design *design = mld_layer_designs;
    while (!design->matches(layer))
        design++;
    return design;
}
