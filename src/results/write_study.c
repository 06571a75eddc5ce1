/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A study's file has at its root what xarray opens as one labelled data set: a coordinate for each
 * axis, one of the statistics, and the members of struct mld_study_cell over them, [axes …]
 * [statistic], those of the base over the statistics alone. What this program reads back of texts
 * is in /study, in tables of texts of fixed length; /scenario, attributes and checksums are as in
 * the file of a run of the base.
 */
#include "results/write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/format.h"
#include "core/plain.h"
#include "milliard/plan.h"
#include "results/schema.h"

enum { LABEL = MLD_LABEL_SIZE + 48 };

/* What a statistic is called, in both languages. */
struct label {
    char en[LABEL], fr[LABEL];
};

struct study_writer {
    struct mld_results_writer *writer;
    const struct mld_study *study;
    const struct mld_study_result *result;
    char name[MLD_MAX_AXES][MLD_MAX_NAME + 16]; /* of the coordinates */
    char *keys[MLD_MAX_AXES];
    struct label label[MLD_MAX_STATISTICS];
    char goal[MLD_MAX_GOALS][32];            /* their numbers */
    struct mld_scale axis[MLD_MAX_AXES + 1]; /* then that of the statistics */
};

/* ---- names ---- */

static int is_taken(const struct study_writer *to, int axis, const char *name)
{
    static const char *const own[] = { "axes", "checksums", "scenario", "study", "statistic",
                                       "unit", "label_en",  "label_fr", "done" };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(own[i], name) == 0)
            return 1;
    for (int i = 0; i < MLD_CELL_PARTS; i++)
        if (strcmp(mld_cell_parts[i].name, name) == 0 || strcmp(mld_cell_parts[i].base, name) == 0)
            return 1;
    for (int i = 0; i < axis; i++)
        if (strcmp(to->name[i], name) == 0)
            return 1;
    return 0;
}

/* An axis may be called as something else at the root is, or hold what a path cannot. */
static void name_coordinate(struct study_writer *to, int axis)
{
    const char *called = to->study->axis[axis].name;
    char word[MLD_MAX_NAME], *name = to->name[axis];
    snprintf(word, sizeof word, "%s", called);
    for (char *at = word; *at; at++)
        if (*at == '/' || *at == '.')
            *at = '_';
    snprintf(name, sizeof to->name[axis], "%s", word);
    if (is_taken(to, axis, name))
        snprintf(name, sizeof to->name[axis], "axis_%s", word);
    for (int i = 2; is_taken(to, axis, name); i++)
        snprintf(name, sizeof to->name[axis], "axis_%s_%d", word, i);
}

/* Of values, whose points all set the same keys; NULL when memory is short. */
static char *keys_of(const struct mld_study_axis *axis)
{
    size_t size = 1;
    const struct mld_study_point *point = axis->point;
    int same = 1;
    for (int i = 1; i < axis->n && same; i++) {
        same = axis->point[i].n_changes == point->n_changes;
        for (int k = 0; k < point->n_changes && same; k++)
            same = strcmp(axis->point[i].change[k].key, point->change[k].key) == 0;
    }
    for (int k = 0; k < point->n_changes && same; k++)
        size += strlen(point->change[k].key) + 2;
    char *text = calloc(1, size);
    for (int k = 0; text && k < point->n_changes && same; k++)
        snprintf(text + strlen(text), size - strlen(text), "%s%s", k ? ", " : "",
                 point->change[k].key);
    return text;
}

static void label_statistic(const struct study_writer *to, int i, int french, char *text)
{
    const struct mld_statistic *statistic = &to->study->statistic[i];
    char label[MLD_LABEL_SIZE], level[MLD_NUMBER_SIZE];
    int form = mld_measure_form(statistic->measure);
    const char *form_name = form < 0 ? NULL : to->study->plan->model.form[form].name;
    mld_measure_label(statistic->measure, form_name, french, label);
    switch (statistic->of) {
    case MLD_OF_MEAN: snprintf(text, LABEL, "%s", label); break;
    case MLD_OF_SD:
        snprintf(text, LABEL, french ? "%s, écart-type" : "%s, standard deviation", label);
        break;
    case MLD_OF_QUANTILE:
        mld_format_level(level, french, statistic->level);
        snprintf(text, LABEL, french ? "%s, quantile à %s\u00a0%%" : "%s, %s%% quantile", label,
                 level);
        break;
    case MLD_OF_SHORTFALL:
        snprintf(text, LABEL,
                 french ? "%s, moyenne des 5\u00a0%% pires cas" : "%s, mean of the worst 5%%",
                 label);
        break;
    }
}

static void name_all(struct study_writer *to)
{
    for (int i = 0; i < to->study->n_axes; i++) {
        name_coordinate(to, i);
        to->keys[i] = keys_of(&to->study->axis[i]);
        if (!to->keys[i])
            mld_h5_no_memory(&to->writer->h5);
    }
    for (int i = 0; i < to->study->n_statistics; i++) {
        label_statistic(to, i, 0, to->label[i].en);
        label_statistic(to, i, 1, to->label[i].fr);
    }
}

/* ---- coordinates ---- */

static const char *point_label(const void *axis, size_t i)
{
    return ((const struct mld_study_axis *)axis)->point[i].label;
}

static const char *statistic_name(const void *to, size_t i)
{
    return ((const struct study_writer *)to)->study->statistic[i].name;
}

static hid_t write_points(struct study_writer *to, int axis)
{
    const struct mld_study_axis *points = &to->study->axis[axis];
    struct mld_h5 *h5 = &to->writer->h5;
    hsize_t n = (hsize_t)points->n;
    if (!mld_study_axis_is_numbers(points))
        return mld_h5_text_column(h5, to->writer->file, to->name[axis], n, point_label, points);
    double *number = malloc(n * sizeof *number);
    if (!number) {
        mld_h5_no_memory(h5);
        return -1;
    }
    for (hsize_t i = 0; i < n; i++)
        number[i] = points->point[i].number;
    hid_t dataset = mld_h5_array(h5, to->writer->file, to->name[axis], H5T_IEEE_F64LE,
                                 H5T_NATIVE_DOUBLE, 1, &n, number);
    free(number);
    return dataset;
}

static void write_coordinates(struct study_writer *to)
{
    struct mld_h5 *h5 = &to->writer->h5;
    int axes = to->study->n_axes;
    for (int i = 0; i < axes; i++) {
        hid_t dataset = write_points(to, i);
        mld_h5_text(h5, dataset, "long_name", to->study->axis[i].name);
        mld_h5_text(h5, dataset, "keys", to->keys[i] ? to->keys[i] : "");
        mld_scale_init(h5, &to->axis[i], dataset, to->name[i]);
    }
    hid_t dataset = mld_h5_text_column(h5, to->writer->file, "statistic",
                                       (size_t)to->study->n_statistics, statistic_name, to);
    mld_scale_init(h5, &to->axis[axes], dataset, "statistic");
}

/* Says that a dataset is over the statistics, or over all axes and the statistics; closes it. */
static void label_dataset(struct study_writer *to, hid_t dataset, int first, int rank)
{
    struct mld_scale *scale[MLD_MAX_AXES + 1];
    for (int i = 0; i < rank; i++)
        scale[i] = &to->axis[first + i];
    mld_h5_label(&to->writer->h5, dataset, rank, scale);
    mld_h5_close(dataset);
}

/* ---- numbers ---- */

static void fill(const struct mld_cell_part *part, size_t n, const struct mld_study_cell *cell,
                 double *value)
{
    for (size_t i = 0; i < n; i++)
        memcpy(&value[i], (const char *)&cell[i] + part->offset, sizeof value[i]);
}

static void write_part(struct study_writer *to, const struct mld_cell_part *part,
                       const hsize_t *size, double *value)
{
    struct mld_h5 *h5 = &to->writer->h5;
    int axes = to->study->n_axes;
    size_t statistics = (size_t)to->study->n_statistics;
    fill(part, (size_t)to->study->n_variants * statistics, to->result->cell, value);
    hid_t dataset = mld_h5_array(h5, to->writer->file, part->name, H5T_IEEE_F64LE,
                                 H5T_NATIVE_DOUBLE, axes + 1, size, value);
    mld_h5_text(h5, dataset, "long_name", part->doc_en);
    mld_h5_text(h5, dataset, "long_name_fr", part->doc_fr);
    label_dataset(to, dataset, 0, axes + 1);
    fill(part, statistics, to->result->base, value);
    dataset = mld_h5_array(h5, to->writer->file, part->base, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 1,
                           size + axes, value);
    label_dataset(to, dataset, axes, 1);
}

static void write_numbers(struct study_writer *to)
{
    hsize_t size[MLD_MAX_AXES + 1];
    int axes = to->study->n_axes;
    size_t n = (size_t)to->study->n_variants * (size_t)to->study->n_statistics;
    double *value = malloc(n * sizeof *value);
    for (int i = 0; i < axes; i++)
        size[i] = (hsize_t)to->study->axis[i].n;
    size[axes] = (hsize_t)to->study->n_statistics;
    if (!value)
        mld_h5_no_memory(&to->writer->h5);
    for (int i = 0; i < MLD_CELL_PARTS && value; i++)
        write_part(to, &mld_cell_parts[i], size, value);
    free(value);
    label_dataset(to,
                  mld_h5_array(&to->writer->h5, to->writer->file, "done", H5T_STD_U8LE,
                               H5T_NATIVE_UCHAR, axes, size, to->result->done),
                  0, axes);
}

/* ---- texts ---- */

static const struct mld_measure *measure_of(const struct study_writer *to, size_t i)
{
    return &mld_measures[to->study->statistic[i].measure];
}

static const char *statistic_design(const void *to, size_t i)
{
    const struct mld_study *study = ((const struct study_writer *)to)->study;
    return study->plan->design[study->statistic[i].design].name;
}

static const char *statistic_unit(const void *to, size_t i) { return measure_of(to, i)->unit; }

static const char *statistic_quantity(const void *to, size_t i)
{
    return mld_quantity_name(measure_of(to, i)->quantity);
}

static const char *statistic_label_en(const void *to, size_t i)
{
    return ((const struct study_writer *)to)->label[i].en;
}

static const char *statistic_label_fr(const void *to, size_t i)
{
    return ((const struct study_writer *)to)->label[i].fr;
}

static void write_statistics(struct study_writer *to, hid_t group)
{
    const struct mld_table_column column[] = {
        { "name", statistic_name, to },         { "design", statistic_design, to },
        { "unit", statistic_unit, to },         { "quantity", statistic_quantity, to },
        { "label_en", statistic_label_en, to }, { "label_fr", statistic_label_fr, to },
    };
    struct mld_h5 *h5 = &to->writer->h5;
    size_t n = (size_t)to->study->n_statistics;
    int axes = to->study->n_axes, columns = sizeof column / sizeof *column;
    label_dataset(to, mld_h5_table(h5, group, "statistics", n, columns, column), axes, 1);
    for (int i = 2; i < columns; i++)
        if (column[i].text != statistic_quantity)
            label_dataset(
                to, mld_h5_text_column(h5, to->writer->file, column[i].name, n, column[i].text, to),
                axes, 1);
}

static const char *axis_name(const void *to, size_t i)
{
    return ((const struct study_writer *)to)->study->axis[i].name;
}

static const char *axis_coordinate(const void *to, size_t i)
{
    return ((const struct study_writer *)to)->name[i];
}

static const char *axis_keys(const void *to, size_t i)
{
    const char *keys = ((const struct study_writer *)to)->keys[i];
    return keys ? keys : "";
}

static const char *axis_kind(const void *to, size_t i)
{
    return mld_study_axis_is_numbers(&((const struct study_writer *)to)->study->axis[i]) ? "numbers"
                                                                                         : "texts";
}

/* A table of the axes, and of each a table of its points: "axis_0" … */
static void write_axes(struct study_writer *to, hid_t group)
{
    struct mld_h5 *h5 = &to->writer->h5;
    const struct mld_table_column column[] = { { "name", axis_name, to },
                                               { "coordinate", axis_coordinate, to },
                                               { "keys", axis_keys, to },
                                               { "kind", axis_kind, to } };
    mld_h5_close(mld_h5_table(h5, group, "axes", (size_t)to->study->n_axes,
                              sizeof column / sizeof *column, column));
    for (int i = 0; i < to->study->n_axes; i++) {
        const struct mld_study_axis *axis = &to->study->axis[i];
        const struct mld_table_column points[] = { { "label", point_label, axis } };
        char name[16];
        snprintf(name, sizeof name, "axis_%d", i);
        label_dataset(to, mld_h5_table(h5, group, name, (size_t)axis->n, 1, points), i, 1);
    }
}

static const char *goal_statistic(const void *to, size_t i)
{
    return ((const struct study_writer *)to)->study->goal[i].statistic.name;
}

static const char *goal_comparison(const void *to, size_t i)
{
    return ((const struct study_writer *)to)->study->goal[i].at_least ? ">=" : "<=";
}

static const char *goal_from(const void *to, size_t i)
{
    return ((const struct study_writer *)to)->study->goal[i].relative ? "base" : "0";
}

static const char *goal_value(const void *to, size_t i)
{
    return ((const struct study_writer *)to)->goal[i];
}

static void write_goals(struct study_writer *to, hid_t group)
{
    const struct mld_table_column column[] = { { "statistic", goal_statistic, to },
                                               { "comparison", goal_comparison, to },
                                               { "from", goal_from, to },
                                               { "value", goal_value, to } };
    const struct mld_study *study = to->study;
    for (int i = 0; i < study->n_goals; i++)
        snprintf(to->goal[i], sizeof to->goal[i], "%.17g", study->goal[i].value);
    if (study->n_goals)
        mld_h5_close(mld_h5_table(&to->writer->h5, group, "until", (size_t)study->n_goals,
                                  sizeof column / sizeof *column, column));
}

static void write_texts(struct study_writer *to, const char *text)
{
    struct mld_h5 *h5 = &to->writer->h5;
    hid_t group = mld_h5_group(h5, to->writer->file, "study");
    mld_h5_close(mld_h5_fixed_scalar(h5, group, "text", text));
    write_statistics(to, group);
    write_axes(to, group);
    write_goals(to, group);
    mld_h5_close(group);
}

/* ---- the file ---- */

static int is_study(int descriptor) { return mld_file_says(descriptor, MLD_STUDY_KIND); }

static const struct mld_file_kind study_kind = { .other = "no results of a study of milliard",
                                                 .suffix = ".h5",
                                                 .start = { "\x89HDF\r\n\x1a\n" },
                                                 .holds = is_study };

enum mld_status mld_study_write_check(const char *path, struct mld_messages *messages)
{
    return mld_target_check(path, &study_kind, messages);
}

/* Numbers to the byte, texts, and room for the rest. */
static uint64_t size_of(const struct mld_study *study, const char *scenario, const char *text)
{
    return ((uint64_t)1 << 21) + strlen(scenario) + 4 * strlen(text) +
           (uint64_t)study->n_variants *
               (1 + (uint64_t)study->n_statistics * MLD_CELL_PARTS * sizeof(double));
}

static enum mld_status write_all(struct study_writer *to, const char *path, const char *scenario,
                                 const char *text)
{
    struct mld_results_writer *writer = to->writer;
    enum mld_status status = mld_writer_open(writer, path, &study_kind,
                                             size_of(to->study, scenario, text));
    if (status)
        return status;
    mld_write_attributes(writer, MLD_STUDY_KIND, to->study->base);
    mld_h5_fixed_text(&writer->h5, writer->file, "study", to->study->name);
    mld_write_outcome(writer, to->result->paths, 0, to->result->interrupted);
    writer->axes = mld_h5_group(&writer->h5, writer->file, "axes");
    mld_write_scenario(writer, scenario);
    name_all(to);
    write_coordinates(to);
    write_numbers(to);
    write_texts(to, text);
    for (int i = 0; i <= to->study->n_axes; i++)
        mld_scale_finish(&writer->h5, &to->axis[i]);
    return mld_writer_failed(writer) ? mld_writer_told(writer) : MLD_OK;
}

static void clear(struct study_writer *to)
{
    for (int i = 0; i <= MLD_MAX_AXES; i++)
        mld_scale_clear(&to->axis[i]);
    for (int i = 0; i < MLD_MAX_AXES; i++)
        free(to->keys[i]);
    mld_results_abandon(to->writer);
    free(to);
}

static struct study_writer *begin(const struct mld_study *study,
                                  const struct mld_study_result *result,
                                  struct mld_messages *messages)
{
    struct study_writer *to = calloc(1, sizeof *to);
    if (!to)
        return NULL;
    to->study = study;
    to->result = result;
    for (int i = 0; i <= MLD_MAX_AXES; i++)
        to->axis[i].dataset = -1;
    to->writer = mld_writer_new(study->plan, messages);
    if (to->writer)
        return to;
    free(to);
    return NULL;
}

enum mld_status mld_study_write(const char *path, const struct mld_study *study,
                                const struct mld_study_result *result, char *final_path,
                                size_t final_path_size, struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    mld_h5_silence();
    char *scenario = mld_scenario_text(study->base), *text = mld_study_text(study);
    struct study_writer *to = scenario && text ? begin(study, result, messages) : NULL;
    enum mld_status status = to ? write_all(to, path, scenario, text) : MLD_ERR_MEMORY;
    if (!status)
        status = mld_writer_end(to->writer, result->interrupted, final_path, final_path_size);
    if (!to)
        mld_messages_add(messages, "%s: not enough memory to write the results", path);
    else
        clear(to);
    free(text);
    free(scenario);
    return status;
}
