/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scenario/names.h"

#include "scenario/tables.h"
#include "scenario/tree.h"

#include <string.h>

enum { LONGEST = 63 };

static int least(int a, int b) { return a < b ? a : b; }

/* Optimal string alignment: Levenshtein's rows, and a swap of two neighbours counts one. */
int mld_name_distance(const char *a, const char *b)
{
    int rows[3][LONGEST + 1];
    int n = (int)strnlen(a, LONGEST), m = (int)strnlen(b, LONGEST);
    for (int j = 0; j <= m; j++)
        rows[0][j] = j;
    for (int i = 1; i <= n; i++) {
        int *row = rows[i % 3], *before = rows[(i + 2) % 3], *earlier = rows[(i + 1) % 3];
        row[0] = i;
        for (int j = 1; j <= m; j++) {
            int best = least(least(before[j] + 1, row[j - 1] + 1),
                             before[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = least(best, earlier[j - 2] + 1);
            row[j] = best;
        }
    }
    return rows[n % 3][m];
}

const char *mld_name_nearest(const char *name, int count, const char *(*name_at)(const void *, int),
                             const void *context)
{
    const char *nearest = NULL;
    int best = (least((int)strlen(name), 30) + 1) / 3;
    for (int i = 0; i < count; i++) {
        int distance = mld_name_distance(name, name_at(context, i));
        if (distance <= best && (!nearest || distance < best)) {
            best = distance;
            nearest = name_at(context, i);
        }
    }
    return nearest;
}

static const char *key_at(const void *context, int i)
{
    return ((const struct mld_param *)context)[i].key;
}

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
        return row_at((struct mld_rows){ row->table, NULL }, path, stage);
    return row_of_item(row, path, stage);
}

/* `*` among instruments: the first whose rows have the key. */
static const struct mld_param *row_of_any(const struct mld_param *row, const char *path,
                                          enum mld_stage *stage)
{
    const struct mld_param *found = NULL;
    for (int i = 0; i < MLD_INSTRUMENTS && !found; i++)
        found = row_at(mld_rows_of(row, mld_instruments[i]->name), path, stage);
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
    if (row->table == mld_common_params && !strcmp(name, "*"))
        return row_of_any(row, path, stage);
    return row_at(mld_rows_of(row, name), path, stage);
}

const struct mld_param *mld_param_named(const char *dotted)
{
    enum mld_stage stage;
    return row_at((struct mld_rows){ mld_scenario_params, NULL }, dotted, &stage);
}

enum mld_stage mld_param_stage(const char *dotted)
{
    enum mld_stage stage = MLD_STAGE_NONE;
    return row_at((struct mld_rows){ mld_scenario_params, NULL }, dotted, &stage) ? stage
                                                                                  : MLD_STAGE_NONE;
}

const char *mld_param_nearest(const struct mld_param *table, const char *key)
{
    int count = 0;
    while (table[count].key)
        count++;
    return mld_name_nearest(key, count, key_at, table);
}
