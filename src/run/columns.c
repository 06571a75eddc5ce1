/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/columns.h"

#include <stdlib.h>

/* A column of the design's own, unless it is the first one's. */
static void add(struct mld_columns *columns, const struct mld_plan *plan, int design, int measure)
{
    int at = design * columns->measures + measure;
    if (!mld_measure_applies(&plan->design[design], plan->model.n_forms, measure) ||
        columns->slot[at] >= 0)
        return;
    if (!mld_design_shares(&plan->design[design], plan->design, mld_measures[measure].scope)) {
        columns->fills[at] = 1;
        columns->slot[at] = columns->count++;
        return;
    }
    add(columns, plan, 0, measure);
    columns->slot[at] = columns->slot[measure];
}

enum mld_status mld_columns_init(struct mld_columns *columns, const struct mld_plan *plan,
                                 const struct mld_run_options *options)
{
    *columns = (struct mld_columns){ .designs = plan->n_designs, .measures = mld_measure_count() };
    int n = columns->designs * columns->measures;
    columns->slot = malloc((size_t)n * sizeof *columns->slot);
    columns->fills = calloc((size_t)n, 1);
    if (!columns->slot || !columns->fills) {
        mld_columns_clear(columns);
        return MLD_ERR_MEMORY;
    }
    for (int i = 0; i < n; i++)
        columns->slot[i] = -1;
    for (int i = 0; options->lean && i < options->n_keep; i++)
        add(columns, plan, options->keep[i].design, options->keep[i].measure);
    for (int i = 0; !options->lean && i < n; i++)
        add(columns, plan, i / columns->measures, i % columns->measures);
    return MLD_OK;
}

void mld_columns_clear(struct mld_columns *columns)
{
    free(columns->slot);
    free(columns->fills);
    *columns = (struct mld_columns){ 0 };
}
