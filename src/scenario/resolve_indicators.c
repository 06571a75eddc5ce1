/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Indicators (model, section 20): what their rows alone cannot check, and their derived fields. */
#include "scenario/resolve.h"

#include <string.h>

static void resolve_masks(struct mld_check *check, struct mld_indicator *indicator)
{
    const struct mld_model *model = &check->plan->model;
    const struct mld_filter filters[] = {
        { "legal_forms", "legal form", indicator->n_forms, indicator->form, model->n_forms,
          mld_form_at, indicator->takes_form },
        { "sectors", "sector", indicator->n_sectors, indicator->sector, model->factors.n_sectors,
          mld_sector_at, indicator->takes_sector },
    };
    char of[MLD_KEY];
    mld_check_key(of, "indicators.%s", indicator->name);
    for (int i = 0; i < 2; i++)
        mld_resolve_filter(check, of, &filters[i]);
}

void mld_resolve_indicators(struct mld_check *check)
{
    struct mld_indicators_spec *spec = &check->plan->model.indicators;
    char key[MLD_KEY];
    for (int i = 0; i < spec->n; i++) {
        struct mld_indicator *indicator = &spec->item[i];
        for (int k = 0; k < i; k++)
            if (!strcmp(spec->item[k].name, indicator->name))
                mld_check_fail(check, mld_check_key(key, "indicators.[%d].name", i),
                               " = \"%s\": there is such an indicator already", indicator->name);
        if (indicator->sd > 0 && !(indicator->mean > 0))
            mld_check_fail(check, mld_check_key(key, "indicators.%s.per_meur.sd", indicator->name),
                           " = %.15g of a mean of 0: no lognormal law has them", indicator->sd);
        mld_indicator_prepare(indicator);
        resolve_masks(check, indicator);
    }
}
