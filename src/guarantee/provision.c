/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The provision of a guarantee that pays all that is due (model, section 12). */
#include "guarantee/work.h"

#include <string.h>

void mld_guarantee_provide(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                           const struct mld_guarantee_spec *spec, const struct mld_covers *covers,
                           int paths)
{
    unsigned char priced[MLD_MAX_COVERS] = { 0 };
    double due[MLD_MAX_PERIODS], stock[MLD_MAX_PERIODS];
    size_t width = (size_t)flows->width;
    for (int l = 0; l < spec->n_layers; l++)
        if (mld_layer_on_deals(&spec->layer[l]))
            priced[spec->layer[l].rows] = 1;
    memset(flows->provision, 0, (size_t)grid->periods * width * sizeof(double));
    for (int p = 0; p < paths; p++) {
        for (int t = 0; t < grid->periods; t++)
            due[t] = flows->due[(size_t)t * width + (size_t)p];
        mld_covers_provision(covers, priced, p, due, stock);
        for (int t = 0; t < grid->periods; t++)
            flows->provision[(size_t)t * width + (size_t)p] = stock[t];
    }
}
