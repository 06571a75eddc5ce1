/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What of a guarantee concerns covered debt: of it the price of cover is found that goes back to
 * issuers in part (model, section 14).
 */
#include "guarantee/work.h"

#include <string.h>

/* Adds the fee base of a layer's debt, and the fees that the fund pays on it. */
static void add_layer(struct mld_guarantee_flows *flows, double m, const struct mld_layer *layer,
                      const struct mld_cover_rows *rows, int paths)
{
    int by_fund = layer->fee_payer == MLD_FEE_BY_FUND;
    for (int p = 0; p < paths; p++) {
        double base = layer->quotite * rows->debt_base[p] / m,
               upfront = layer->fee_upfront * layer->quotite * rows->debt_made[p];
        flows->debt_base[p] += base;
        flows->debt_fee[p] += by_fund ? layer->fee_rate * base + upfront : 0;
    }
}

void mld_guarantee_debt(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                        const struct mld_guarantee_spec *spec, const struct mld_covers *covers,
                        int paths)
{
    const struct mld_guarantee_work *work = flows->work;
    const double *dues = flows->stride ? flows->due : work->lean_due;
    unsigned char priced[MLD_MAX_COVERS] = { 0 };
    double due[MLD_MAX_PERIODS];
    memset(flows->debt_base, 0, (size_t)flows->width * sizeof(double));
    memset(flows->debt_fee, 0, (size_t)flows->width * sizeof(double));
    for (int l = 0; l < spec->n_layers; l++)
        if (mld_layer_on_deals(&spec->layer[l])) {
            priced[spec->layer[l].rows] = 1;
            add_layer(flows, grid->periods_per_year, &spec->layer[l],
                      &covers->rows[spec->layer[l].rows], paths);
        }
    for (int p = 0; p < paths; p++) {
        for (int t = 0; t <= grid->last; t++)
            due[t] = dues[(size_t)t * (size_t)flows->width + (size_t)p];
        flows->debt_due[p] = mld_covers_debt_due(covers, priced, p, due);
    }
}
