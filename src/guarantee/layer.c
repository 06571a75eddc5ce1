/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layers: which of them covers a deal, which covers they read, and the name of a layer's design. */
#include "guarantee/work.h"

/*
 * Two layers that cover one deal are refused when the plan is resolved, so the first that fits is
 * the only one.
 */
int mld_guarantee_layer_of(const struct mld_guarantee_spec *spec, int instrument, int form,
                           int sector, double amount)
{
    for (int l = 0; l < spec->n_layers; l++)
        if (mld_layer_on_deals(&spec->layer[l]) &&
            mld_cover_takes(&spec->layer[l].cover, instrument, form, sector, amount))
            return l;
    return -1;
}

void mld_guarantee_list_covers(struct mld_guarantee_spec *spec, struct mld_cover_list *list)
{
    list->overlap++;
    list->reference_rate = spec->reference_rate;
    list->debt |= spec->pass_through > 0;
    for (int l = 0; l < spec->n_layers; l++) {
        struct mld_layer *layer = &spec->layer[l];
        if (!mld_layer_on_deals(layer))
            continue;
        layer->rows = 0;
        while (layer->rows < list->n && !mld_cover_equal(&list->cover[layer->rows], &layer->cover))
            layer->rows++;
        if (layer->rows == list->n)
            list->cover[list->n++] = layer->cover;
    }
}

static int is_counter(const struct mld_layer *layer) { return !mld_layer_on_deals(layer); }

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

static int is_retention(const struct mld_layer *layer) { return layer->attachment > 0; }

static int is_any(const struct mld_layer *layer)
{
    (void)layer;
    return 1;
}

const struct mld_layer_design mld_layer_designs[] = {
    { "counter_guarantee",
      "A second guarantor pays the first one back a share of its payouts, up to a cap.",
      "Contre-garantie : un second garant rembourse au premier une part de ses paiements, dans la "
      "limite d'un plafond.",
      "InvestEU, Regulation (EU) 2021/523", is_counter },
    { "line_by_line", "Line by line, pari passu: the guarantor bears a fixed share of each loss.",
      "Ligne par ligne, pari passu : le garant supporte une quotité fixe de chaque perte.",
      "EU Notice 2008/C 155/02, section 3.4; France Active, Bpifrance, Groeifaciliteit",
      is_pari_passu },
    { "first_losses", "The State bears the first losses of the portfolio, in full, up to a cap.",
      "Premières pertes : l'État supporte en totalité les premières pertes du portefeuille, dans "
      "la limite d'un plafond.",
      "French finance act for 2021 (law 2020-1721), art. 209: relance loans", is_first_losses },
    { "capped_portfolio",
      "Capped portfolio guarantee: a share of losses, up to a cap on the portfolio.",
      "Garantie de portefeuille plafonnée : une quotité des pertes, dans la limite d'un plafond "
      "sur le portefeuille.",
      "EIF capped portfolio guarantees: COSME, InvestEU", is_capped },
    { "retention",
      "The fund keeps the first losses; the guarantor bears a share of the next ones, up to a cap.",
      "Franchise : le fonds conserve les premières pertes ; le garant supporte une quotité des "
      "suivantes, dans la limite d'un plafond.",
      "model, section 7", is_retention },
    { "other", "A layer of another design.", "Tranche d'un autre modèle.", "model, section 7",
      is_any },
    { .name = NULL }
};

const struct mld_layer_design *mld_layer_design_of(const struct mld_layer *layer)
{
    const struct mld_layer_design *design = mld_layer_designs;
    while (!design->matches(layer))
        design++;
    return design;
}
