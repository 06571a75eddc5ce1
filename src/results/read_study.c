/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Of a study's file: its text, its statistics, its axes with their points, and the numbers over
 * them. How many there are is said by the tables, whose rows the file holds; the numbers must then
 * be of that shape.
 */
#include "results/read.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "results/schema.h"

/* Of the tables of statistics and of axes. */
enum { NAME, DESIGN, UNIT, QUANTITY, LABEL_EN, LABEL_FR, STATISTIC_COLUMNS };
enum { AXIS_NAME, AXIS_KEYS, AXIS_KIND, AXIS_COLUMNS };
enum { GOAL_STATISTIC, GOAL_COMPARISON, GOAL_FROM, GOAL_VALUE, GOAL_COLUMNS };

struct mld_read_study {
    struct mld_study_record record;
    struct mld_text_column statistic[STATISTIC_COLUMNS], axis[AXIS_COLUMNS], point[MLD_MAX_AXES];
    hsize_t size[MLD_MAX_AXES + 1];
    char *text;
};

/* ---- tables ---- */

static void read_columns(struct mld_results *results, const char *path, int n,
                         const char *const *name, struct mld_text_column *column)
{
    struct mld_text_table table = mld_read_table(results, path);
    for (int c = 0; c < n; c++)
        mld_read_column(results, &table, name[c], &column[c]);
    mld_table_close(&table);
    for (int c = 0; c < n && !results->status; c++)
        for (size_t i = 0; i < column[c].n; i++)
            mld_disarm(mld_cell(&column[c], i));
}

/* As many rows as there may be, and one at least. */
static int count(struct mld_results *results, const char *path, size_t n, size_t most)
{
    if (!results->status && (n < 1 || n > most))
        mld_read_refuse(results, path, "has more rows than a study, or none");
    return results->status ? 0 : (int)n;
}

static enum mld_quantity quantity_named(struct mld_results *results, const char *name)
{
    for (int i = MLD_MONEY; i <= MLD_YEARS; i++)
        if (strcmp(mld_quantity_name((enum mld_quantity)i), name) == 0)
            return (enum mld_quantity)i;
    mld_read_refuse(results, "study/statistics", "has a quantity that is none");
    return MLD_NUMBER;
}

static void read_statistics(struct mld_results *results)
{
    static const char *const name[STATISTIC_COLUMNS] = { "name",     "design",   "unit",
                                                         "quantity", "label_en", "label_fr" };
    struct mld_read_study *study = results->study;
    struct mld_study_record *record = &study->record;
    read_columns(results, "study/statistics", STATISTIC_COLUMNS, name, study->statistic);
    record->n_statistics = count(results, "study/statistics", study->statistic[NAME].n,
                                 MLD_MAX_STATISTICS);
    if (results->status)
        return;
    record->statistic = calloc((size_t)record->n_statistics, sizeof *record->statistic);
    if (!record->statistic) {
        mld_read_no_memory(results);
        return;
    }
    for (int i = 0; i < record->n_statistics; i++) {
        const size_t row = (size_t)i;
        record->statistic[i] = (struct mld_record_statistic){
            .name = mld_cell(&study->statistic[NAME], row),
            .design = mld_cell(&study->statistic[DESIGN], row),
            .label_en = mld_cell(&study->statistic[LABEL_EN], row),
            .label_fr = mld_cell(&study->statistic[LABEL_FR], row),
            .unit = mld_cell(&study->statistic[UNIT], row),
            .quantity = quantity_named(results, mld_cell(&study->statistic[QUANTITY], row))
        };
    }
}

/* ---- goals ---- */

static int statistic_named(const struct mld_study_record *record, const char *name)
{
    for (int i = 0; i < record->n_statistics; i++)
        if (strcmp(record->statistic[i].name, name) == 0)
            return i;
    return -1;
}

static void fill_goal(struct mld_results *results, const struct mld_text_column *column, size_t i)
{
    struct mld_study_record *record = &results->study->record;
    struct mld_record_goal *to = &record->goal[i];
    const char *number = mld_cell(&column[GOAL_VALUE], i);
    char *end;
    to->statistic = statistic_named(record, mld_cell(&column[GOAL_STATISTIC], i));
    to->goal.at_least = strcmp(mld_cell(&column[GOAL_COMPARISON], i), ">=") == 0;
    to->goal.relative = strcmp(mld_cell(&column[GOAL_FROM], i), "base") == 0;
    to->goal.value = strtod(number, &end);
    if (to->statistic < 0 || end == number || *end || !isfinite(to->goal.value))
        mld_read_refuse(results, "study/until", "has a target that is none");
}

/* Files of earlier versions, and studies without a target, have none. */
static void read_goals(struct mld_results *results)
{
    static const char path[] = "study/until";
    static const char *const name[GOAL_COLUMNS] = { "statistic", "comparison", "from", "value" };
    struct mld_text_column column[GOAL_COLUMNS] = { { 0 } };
    if (results->status || !mld_read_exists(results->file, path))
        return;
    read_columns(results, path, GOAL_COLUMNS, name, column);
    int n = count(results, path, column[0].n, MLD_MAX_GOALS);
    for (int i = 0; i < n && !results->status; i++)
        fill_goal(results, column, (size_t)i);
    results->study->record.n_goals = n;
    for (int c = 0; c < GOAL_COLUMNS; c++)
        free(column[c].cell);
}

/* ---- axes ---- */

/* A number where the axis is of numbers, which are called as they are. */
static void fill_points(struct mld_results *results, const char *path,
                        const struct mld_text_column *column, struct mld_record_axis *axis)
{
    for (int i = 0; i < axis->n; i++) {
        char *end;
        axis->label[i] = mld_cell(column, (size_t)i);
        axis->number[i] = axis->is_numbers ? strtod(axis->label[i], &end) : (double)NAN;
        if (axis->is_numbers && (*end || !isfinite(axis->number[i])))
            mld_read_refuse(results, path, "has a point that is no number");
    }
}

static void read_points(struct mld_results *results, int i)
{
    static const char *const name[] = { "label" };
    struct mld_read_study *study = results->study;
    struct mld_record_axis *axis = &study->record.axis[i];
    char path[24];
    snprintf(path, sizeof path, "study/axis_%d", i);
    read_columns(results, path, 1, name, &study->point[i]);
    axis->n = count(results, path, study->point[i].n, MLD_MAX_POINTS);
    if (results->status)
        return;
    axis->label = calloc((size_t)axis->n, sizeof *axis->label);
    axis->number = calloc((size_t)axis->n, sizeof *axis->number);
    if (axis->label && axis->number)
        fill_points(results, path, &study->point[i], axis);
    else
        mld_read_no_memory(results);
}

static void read_axes(struct mld_results *results)
{
    static const char *const name[AXIS_COLUMNS] = { "name", "keys", "kind" };
    struct mld_read_study *study = results->study;
    struct mld_study_record *record = &study->record;
    read_columns(results, "study/axes", AXIS_COLUMNS, name, study->axis);
    record->n_axes = count(results, "study/axes", study->axis[AXIS_NAME].n, MLD_MAX_AXES);
    record->n_variants = 1;
    for (int i = 0; i < record->n_axes && !results->status; i++) {
        struct mld_record_axis *axis = &record->axis[i];
        axis->name = mld_cell(&study->axis[AXIS_NAME], (size_t)i);
        axis->keys = mld_cell(&study->axis[AXIS_KEYS], (size_t)i);
        axis->is_numbers = strcmp(mld_cell(&study->axis[AXIS_KIND], (size_t)i), "numbers") == 0;
        read_points(results, i);
        study->size[i] = (hsize_t)axis->n;
        record->n_variants *= (size_t)axis->n;
        if (!results->status && record->n_variants > MLD_MAX_VARIANTS)
            mld_read_refuse(results, "study/axes", "has more variants than a study");
    }
    study->size[record->n_axes] = (hsize_t)record->n_statistics;
}

/* ---- numbers ---- */

static void spread(const struct mld_cell_part *part, size_t n, const double *value,
                   struct mld_study_cell *cell)
{
    for (size_t i = 0; i < n; i++)
        memcpy((char *)&cell[i] + part->offset, &value[i], sizeof value[i]);
}

/* Nothing is allocated for a file that has not these numbers. */
static int has_numbers(struct mld_results *results)
{
    struct mld_read_study *study = results->study;
    hid_t dataset = mld_read_open_numbers(results, mld_cell_parts[0].name, H5T_IEEE_F64LE,
                                          study->record.n_axes + 1, study->size);
    mld_h5_close(dataset);
    return dataset >= 0;
}

static int allocate(struct mld_study_record *record)
{
    size_t statistics = (size_t)record->n_statistics;
    record->cell = calloc(record->n_variants * statistics, sizeof *record->cell);
    record->base = calloc(statistics, sizeof *record->base);
    record->done = calloc(record->n_variants, 1);
    return record->cell && record->base && record->done;
}

static void read_numbers(struct mld_results *results)
{
    struct mld_read_study *study = results->study;
    struct mld_study_record *record = &study->record;
    int axes = record->n_axes;
    if (results->status || !has_numbers(results))
        return;
    size_t statistics = (size_t)record->n_statistics, n = record->n_variants * statistics;
    double *value = malloc(n * sizeof *value);
    if (!value || !allocate(record))
        mld_read_no_memory(results);
    for (int i = 0; i < MLD_CELL_PARTS && !results->status; i++) {
        const struct mld_cell_part *part = &mld_cell_parts[i];
        mld_read_reals(results, part->name, axes + 1, study->size, value);
        spread(part, n, value, record->cell);
        mld_read_reals(results, part->base, 1, study->size + axes, value);
        spread(part, statistics, value, record->base);
    }
    if (!results->status)
        mld_read_numbers(results, "done", H5T_STD_U8LE, H5T_NATIVE_UCHAR, axes, study->size,
                         record->done);
    for (size_t i = 0; i < record->n_variants && !results->status; i++)
        record->n_done += record->done[i] != 0;
    free(value);
}

/* ---- the whole ---- */

void mld_read_study(struct mld_results *results)
{
    if (results->status)
        return;
    results->study = calloc(1, sizeof *results->study);
    if (!results->study) {
        mld_read_no_memory(results);
        return;
    }
    results->study->text = mld_read_text(results, "study/text");
    read_statistics(results);
    read_goals(results);
    if (!results->status)
        read_axes(results);
    read_numbers(results);
    results->study->record.text = results->study->text;
    results->study->record.name = mld_results_attribute(results, "study");
}

void mld_read_study_free(struct mld_read_study *study)
{
    if (!study)
        return;
    for (int i = 0; i < MLD_MAX_AXES; i++) {
        free(study->record.axis[i].label);
        free(study->record.axis[i].number);
        free(study->point[i].cell);
    }
    for (int c = 0; c < STATISTIC_COLUMNS; c++)
        free(study->statistic[c].cell);
    for (int c = 0; c < AXIS_COLUMNS; c++)
        free(study->axis[c].cell);
    free(study->record.statistic);
    free(study->record.cell);
    free(study->record.base);
    free(study->record.done);
    free(study->text);
    free(study);
}

const struct mld_study_record *mld_results_study(const struct mld_results *results)
{
    return results->study ? &results->study->record : NULL;
}
