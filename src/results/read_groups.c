/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /groups: which groups of deals there are, and their returns in each design that has deals of its
 * own. A file of an earlier version has none.
 */
#include "results/read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int kind_named(const char *name)
{
    int kind = 0;
    while (kind < MLD_GROUP_KINDS && strcmp(mld_group_kinds[kind], name) != 0)
        kind++;
    return kind;
}

static void fill_names(struct mld_results *results, const struct mld_text_column *kind,
                       const struct mld_text_column *name)
{
    struct mld_group_table *table = &results->summary.groups;
    for (int g = 0; g < table->n; g++) {
        int found = kind_named(mld_cell(kind, (size_t)g));
        if (found == MLD_GROUP_KINDS) {
            mld_read_refuse(results, "groups/table", "has a kind of group that is unknown");
            return;
        }
        table->name[g].kind = (enum mld_group_kind)found;
        snprintf(table->name[g].name, sizeof table->name[g].name, "%s", mld_cell(name, (size_t)g));
    }
}

static void read_names(struct mld_results *results)
{
    struct mld_text_column kind = { .cell = NULL }, name = { .cell = NULL };
    struct mld_text_table table = mld_read_table(results, "groups/table");
    mld_read_column(results, &table, "kind", &kind);
    mld_read_column(results, &table, "name", &name);
    mld_table_close(&table);
    if (!results->status && kind.n > MLD_MAX_GROUPS)
        mld_read_refuse(results, "groups/table", "has more groups than there can be");
    if (!results->status && mld_group_table_init(&results->summary.groups, (int)kind.n,
                                                 results->grid.periods) != MLD_OK)
        mld_read_no_memory(results);
    if (!results->status)
        fill_names(results, &kind, &name);
    free(kind.cell);
    free(name.cell);
}

static void read_rows(struct mld_results *results, const char *group, int n,
                      struct mld_group_returns *returns)
{
    char path[128];
    for (int i = 0; i < mld_group_row_count() && !results->status; i++) {
        snprintf(path, sizeof path, "%s/%s", group, mld_group_rows[i].name);
        mld_read_fan(results, path, n, i < MLD_GROUP_FANNED, &returns->row[i]);
    }
}

static void read_flows(struct mld_results *results, const char *group,
                       const struct mld_group_table *table, struct mld_group_returns *returns)
{
    char path[128];
    const hsize_t size[2] = { (hsize_t)table->n, (hsize_t)table->periods };
    snprintf(path, sizeof path, "%s/flow_mean", group);
    mld_read_reals(results, path, 2, size, returns->flow.mean);
    snprintf(path, sizeof path, "%s/flow_mean_error", group);
    mld_read_reals(results, path, 2, size, returns->flow.mean_error);
    snprintf(path, sizeof path, "%s/irr_of_means", group);
    mld_read_reals(results, path, 1, size, returns->irr_of_means);
}

static void read_returns(struct mld_results *results, int design)
{
    char group[64];
    struct mld_group_table *table = &results->summary.groups;
    snprintf(group, sizeof group, "groups/%s", mld_design_names[design]);
    if (results->status || !mld_read_exists(results->file, group))
        return;
    if (mld_group_returns_init(table, design) != MLD_OK) {
        mld_read_no_memory(results);
        return;
    }
    read_rows(results, group, table->n, &table->design[design]);
    if (!results->status)
        read_flows(results, group, table, &table->design[design]);
}

void mld_read_groups(struct mld_results *results)
{
    if (results->status || !mld_read_exists(results->file, "groups"))
        return;
    read_names(results);
    for (int design = 0; design < results->summary.designs; design++)
        read_returns(results, design);
    if (!results->status && results->summary.groups.n > 0 && !results->summary.groups.design[0].row)
        mld_read_refuse(results, "groups", "has no returns of the first design");
}
