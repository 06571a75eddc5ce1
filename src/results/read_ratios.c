/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /ratios by name: those that this version knows, NaN where the file has not one of them. A file of
 * an earlier version has no such group.
 */
#include "results/read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void fill(struct mld_summary *summary, const struct mld_text_column *name,
                 const double *value, const double *error)
{
    for (int i = 0; i < MLD_RATIOS; i++) {
        summary->ratio[i] = (struct mld_estimate){ NAN, NAN };
        for (size_t row = 0; row < name->n; row++)
            if (strcmp(mld_cell(name, row), mld_ratios[i].name) == 0)
                summary->ratio[i] = (struct mld_estimate){ value[row], error[row] };
    }
    summary->has_ratios = 1;
}

void mld_read_ratios(struct mld_results *results)
{
    struct mld_text_column name = { .cell = NULL };
    if (results->status || !mld_read_exists(results->file, "ratios"))
        return;
    struct mld_text_table table = mld_read_table(results, "ratios/table");
    mld_read_column(results, &table, "name", &name);
    mld_table_close(&table);
    double *value = results->status ? NULL : calloc(2 * name.n + 1, sizeof *value);
    if (!value && !results->status)
        mld_read_no_memory(results);
    if (!results->status)
        mld_read_reals(results, "ratios/value", 1, &(hsize_t){ name.n }, value);
    if (!results->status)
        mld_read_reals(results, "ratios/error", 1, &(hsize_t){ name.n }, value + name.n);
    if (!results->status)
        fill(&results->summary, &name, value, value + name.n);
    free(value);
    free(name.cell);
}
