/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The row of a dotted key, and the stage that it touches first. */
#include "scenario/tables.h"

#include "params/tree.h"

#include <stdio.h>
#include <string.h>

/*
 * Rows below `row` once `step` has named one of its items; `step` is consumed by lists and maps
 * only.
 */
static const struct mld_param *row_of_item(const struct mld_param *row, const char *path,
                                           enum mld_stage *stage);

/* `stage` becomes that of the last row met which says one. */
static const struct mld_param *row_at(struct mld_rows rows, const char *path, enum mld_stage *stage)
{
    struct mld_step step;
    if (mld_path_step(&path, &step) <= 0 || !step.name)
        return NULL;
    const struct mld_param *row = mld_row_named(rows, step.name, step.length);
    if (row && row->stage)
        *stage = row->stage;
    if (!row || !*path)
        return row;
    if (row->kind == MLD_GROUP)
        return row_at((struct mld_rows){ .table = row->table }, path, stage);
    return row_of_item(row, path, stage);
}

/* An item of no kind in particular: the row of the first kind that has the key. */
static const struct mld_param *row_of_any(const struct mld_param *row, const char *path,
                                          enum mld_stage *stage)
{
    const struct mld_param *found = NULL;
    for (int i = 0; row->kinds->name(i) && !found; i++)
        found = row_at(mld_rows_of(row, row->kinds->name(i)), path, stage);
    return found;
}

static const struct mld_param *row_of_item(const struct mld_param *row, const char *path,
                                           enum mld_stage *stage)
{
    char name[MLD_MAX_NAME];
    struct mld_step step;
    if (mld_path_step(&path, &step) <= 0)
        return NULL;
    if (row->kind == MLD_REALS || row->kind == MLD_NAMES || row->kind == MLD_WEIGHTS)
        return *path ? NULL : row; /* a number of an array, a weight */
    if (!row->table || !*path)
        return NULL;
    snprintf(name, sizeof name, "%.*s", (int)step.length, step.name ? step.name : "");
    if (row->kinds && (row->kind == MLD_LIST || !strcmp(name, "*")) &&
        mld_kind_named(row->kinds, name) < 0)
        return row_of_any(row, path, stage);
    return row_at(mld_rows_of(row, name), path, stage);
}

const struct mld_param *mld_param_named(const char *dotted)
{
    enum mld_stage stage;
    return row_at((struct mld_rows){ .table = mld_scenario_params }, dotted, &stage);
}

enum mld_stage mld_param_stage(const char *dotted)
{
    enum mld_stage stage = MLD_STAGE_NONE;
    return row_at((struct mld_rows){ .table = mld_scenario_params }, dotted, &stage)
               ? stage
               : MLD_STAGE_NONE;
}
