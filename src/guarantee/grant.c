/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gross grant equivalent of a guarantee (model, section 9; EU Notice 2008/C 155/02), deal by deal.
 */
#include "guarantee/work.h"

#include <math.h>

#include "milliard/numerics.h"

const struct mld_ceiling_row mld_ceilings[] = {
    { "general", 300000, "de minimis aid", "aides de minimis",
      "Regulation (EU) 2023/2831, art. 3" },
    { "sgei", 750000, "de minimis aid for services of general economic interest",
      "aides de minimis pour les services d'intérêt économique général",
      "Regulation (EU) 2023/2832, art. 3" },
    { .name = NULL }
};

/* Only a pari passu layer of quotité at most 80 %. */
static int has_grant(const struct mld_layer *layer)
{
    return layer->attachment == 0 && layer->cap_rate >= 1 && layer->quotite <= 0.8;
}

/* The layer of a design that prices a cover, or NULL: none of it that has a grant. */
static const struct mld_layer *layer_of(const struct mld_guarantee_spec *spec, int cover)
{
    for (int l = 0; l < spec->n_layers; l++)
        if (mld_layer_on_deals(&spec->layer[l]) && spec->layer[l].rows == cover)
            return has_grant(&spec->layer[l]) ? &spec->layer[l] : NULL;
    return NULL;
}

/*
 * Σ over ages n = 1, 2 … of G_n (p_safe − p_paid)/m / (1+r)^(n/m), G_n = q × contractual
 * outstanding at the start of that period, n/m the years from the grant to the premium's date: a
 * yearly premium is first discounted by one year. p_paid = fee_rate + the upfront fee spread over
 * the deal's life: the yearly rate on G that adds up to the same euros, fee_upfront·A / Σ
 * outstanding/m. A negative grant, a premium above the safe harbour, is left negative.
 */
static double grant_of(const struct mld_layer *layer, const struct mld_cover_grant *grant, double m)
{
    double paid = layer->fee_rate;
    if (layer->fee_upfront > 0)
        paid += layer->fee_upfront * grant->amount * m / grant->outstanding;
    return layer->quotite * (grant->safe_harbour - paid) * grant->discounted;
}

/* The running sums of the issuers of the grants of a path start anew. */
static void start_issuers(const struct mld_covers *covers, int first, int end)
{
    for (int g = first; g < end; g++)
        covers->issuer_grant[covers->grant[g].issuer] = 0;
}

/* What one grant adds to its issuer's running sum. */
static double amount_of(const struct mld_guarantee_spec *spec, const struct mld_cover_grant *grant,
                        double m)
{
    const struct mld_layer *layer = layer_of(spec, grant->cover);
    return layer ? grant_of(layer, grant, m) : 0;
}

/*
 * Counts the issuers of the grants of one date that are above the ceiling, each once: then its sum
 * is infinite.
 */
static double count_above(const struct mld_guarantee_spec *spec, const struct mld_covers *covers,
                          int latest)
{
    double ceiling = mld_ceilings[spec->de_minimis].ceiling_eur, count = 0;
    for (int g = latest; g >= 0; g = covers->grant[g].next) {
        double *sum = &covers->issuer_grant[covers->grant[g].issuer];
        if (!layer_of(spec, covers->grant[g].cover))
            continue;
        int above = mld_exceeds(*sum, ceiling, ceiling);
        count += above && *sum < HUGE_VAL;
        *sum = above ? HUGE_VAL : *sum;
    }
    return count;
}

/*
 * The running sum of each issuer takes the grants of t in and lets those of three years before out.
 */
static double above_ceiling(const struct mld_grid *grid, const struct mld_guarantee_spec *spec,
                            const struct mld_covers *covers, int path)
{
    const int *latest = covers->grants + (size_t)path * (size_t)covers->periods;
    double m = grid->periods_per_year, count = 0;
    int window = 3 * grid->periods_per_year;
    for (int t = 0; t <= grid->last; t++) {
        for (int g = t >= window ? latest[t - window] : -1; g >= 0; g = covers->grant[g].next)
            covers->issuer_grant[covers->grant[g].issuer] -= amount_of(spec, &covers->grant[g], m);
        for (int g = latest[t]; g >= 0; g = covers->grant[g].next)
            covers->issuer_grant[covers->grant[g].issuer] += amount_of(spec, &covers->grant[g], m);
        count += count_above(spec, covers, latest[t]);
    }
    return count;
}

/* Adds up the grants of a path, the first of them `first`; returns the first of the next path. */
static int sum_grants(const struct mld_grid *grid, const struct mld_guarantee_spec *spec,
                      const struct mld_covers *covers, int path, int first, double *sum)
{
    int g = first;
    *sum = (double)NAN;
    for (; g < covers->n_grants && covers->grant[g].path == path; g++) {
        const struct mld_layer *layer = layer_of(spec, covers->grant[g].cover);
        if (!layer)
            continue;
        double grant = grant_of(layer, &covers->grant[g], grid->periods_per_year);
        *sum = isnan(*sum) ? grant : *sum + grant;
    }
    return g;
}

void mld_guarantee_grants(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                          const struct mld_guarantee_spec *spec, struct mld_covers *covers,
                          int paths)
{
    for (int p = 0, first = 0; p < paths; p++) {
        int end = sum_grants(grid, spec, covers, p, first, &flows->grant[p]);
        start_issuers(covers, first, end);
        flows->above_de_minimis[p] = isnan(flows->grant[p]) ? (double)NAN
                                                            : above_ceiling(grid, spec, covers, p);
        first = end;
    }
}
