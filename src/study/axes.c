/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The points of an axis, from values, from a range or from points that are given one by one. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "milliard/numerics.h"
#include "study/study.h"

static struct mld_study_axis *next_axis(struct mld_building *building)
{
    return &building->study->axis[building->study->n_axes];
}

int mld_axis_take_points(struct mld_building *building, const struct mld_axis_keys *keys, int n)
{
    struct mld_study_axis *axis = next_axis(building);
    if (n < 1 || n > MLD_MAX_POINTS) {
        mld_building_fail(building, keys->place, "%s has %d points; 1 to %d are read", keys->what,
                          n, MLD_MAX_POINTS);
        return 0;
    }
    axis->point = mld_arena_take(building->arena, (size_t)n * sizeof *axis->point);
    axis->n = axis->point ? n : 0;
    building->no_memory |= !axis->point;
    return axis->n;
}

/* ---- labels ---- */

static void label_block(struct mld_building *building, const struct mld_node *value,
                        struct mld_study_point *point)
{
    char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);
    if (memory)
        mld_node_write(memory, value, -1);
    if (!memory || fclose(memory))
        building->no_memory = 1;
    else
        snprintf(point->label, sizeof point->label, "%.*s",
                 (int)mld_text_cut(text, sizeof point->label - 1), text);
    free(text);
}

/* A number or text is called as it is, a block as it is written. */
static void label_value(struct mld_building *building, const struct mld_node *value,
                        struct mld_study_point *point)
{
    if (mld_node_is_number(value))
        mld_number_text(point->label, mld_node_number(value), 0);
    else if (value->kind == MLD_NODE_TEXT)
        snprintf(point->label, sizeof point->label, "%.*s",
                 (int)mld_text_cut(value->text, sizeof point->label - 1), value->text);
    else
        label_block(building, value, point);
}

static int by_label(const void *a, const void *b)
{
    const struct mld_study_point *const *left = a, *const *right = b;
    return strcmp((*left)->label, (*right)->label);
}

/* Results are read by label. */
static void refuse_repeated(struct mld_building *building, const struct mld_axis_keys *keys,
                            const struct mld_study_axis *axis)
{
    struct mld_study_point **sorted = calloc((size_t)axis->n + 1, sizeof *sorted);
    building->no_memory |= !sorted;
    for (int i = 0; sorted && i < axis->n; i++)
        sorted[i] = &axis->point[i];
    if (sorted)
        qsort(sorted, (size_t)axis->n, sizeof *sorted, by_label);
    for (int i = 1; sorted && i < axis->n; i++)
        if (!strcmp(sorted[i]->label, sorted[i - 1]->label) &&
            (i < 2 || strcmp(sorted[i]->label, sorted[i - 2]->label) != 0))
            mld_building_fail(building, keys->place, "%s: %s is given twice", keys->what,
                              sorted[i]->label);
    free(sorted);
}

/* ---- values and ranges ---- */

static int check_keys(struct mld_building *building, const struct mld_axis_keys *keys)
{
    int good = 1;
    for (int i = 0; i < keys->n; i++)
        good &= mld_key_check(building, keys, keys->place, keys->key[i]);
    return good;
}

/* All keys take the same value. */
static void fill_point(struct mld_building *building, const struct mld_axis_keys *keys,
                       const struct mld_node *value, struct mld_study_point *point)
{
    point->number = mld_node_is_number(value) ? mld_node_number(value) : (double)NAN;
    point->change = mld_arena_take(building->arena, (size_t)keys->n * sizeof *point->change);
    if (!point->change) {
        building->no_memory = 1;
        return;
    }
    point->n_changes = keys->n;
    for (int i = 0; i < keys->n; i++)
        point->change[i] = (struct mld_study_change){ keys->key[i], value };
    label_value(building, value, point);
}

void mld_axis_fill_values(struct mld_building *building, const struct mld_axis_keys *keys,
                          const struct mld_node *values)
{
    if (values->kind != MLD_NODE_ARRAY && values->kind != MLD_NODE_LIST) {
        mld_building_fail(building, values, "%s.values: values in [ ] or ( ) are expected",
                          keys->what);
        return;
    }
    if (!check_keys(building, keys) || !mld_axis_take_points(building, keys, values->count))
        return;
    struct mld_study_point *point = next_axis(building)->point;
    for (const struct mld_node *value = values->first; value; value = value->next)
        fill_point(building, keys, value, point++);
}

/* To twelve digits, as one would write it: 0.55, not 0.55000000000000004. */
static double as_written(double value)
{
    char text[40];
    snprintf(text, sizeof text, "%.12g", value);
    return strtod(text, NULL);
}

/* from + (to − from) i/(n − 1), or from (to/from)^(i/(n − 1)); the ends as they are given. */
static double in_range(const struct mld_axis_range *range, int i)
{
    double last = range->count - 1, before = last - i;
    if (i == 0 || before == 0)
        return i ? range->to : range->from;
    if (range->is_log)
        return as_written(mld_exp((mld_log(range->from) * before + mld_log(range->to) * i) / last));
    return as_written((range->from * before + range->to * i) / last);
}

void mld_axis_fill_range(struct mld_building *building, const struct mld_axis_keys *keys,
                         const struct mld_axis_range *range)
{
    if (range->is_log && !(range->from > 0 && range->to > 0)) {
        mld_building_fail(building, keys->place,
                          "%s: steps of one ratio go between numbers above 0", keys->what);
        return;
    }
    if (!check_keys(building, keys) || !mld_axis_take_points(building, keys, range->count))
        return;
    struct mld_study_axis *axis = next_axis(building);
    for (int i = 0; i < axis->n; i++) {
        struct mld_node *value = mld_node_create(building->arena, MLD_NODE_REAL, NULL,
                                                 keys->place->file, keys->place->line);
        building->no_memory |= !value;
        if (!value)
            return;
        value->real = in_range(range, i);
        fill_point(building, keys, value, &axis->point[i]);
    }
}

/* ---- points one by one ---- */

static const struct mld_node *child(const struct mld_node *node, const char *key)
{
    return mld_node_child(node, key, strlen(key));
}

static void fill_changes(struct mld_building *building, const struct mld_axis_keys *axis,
                         const struct mld_node *set, struct mld_study_point *point)
{
    point->change = mld_arena_take(building->arena, (size_t)set->count * sizeof *point->change);
    building->no_memory |= !point->change;
    for (const struct mld_node *item = set->first; item && point->change; item = item->next) {
        const struct mld_node *key = child(item, "key");
        if (mld_key_check(building, axis, key, key->text))
            point->change[point->n_changes++] = (struct mld_study_change){ key->text,
                                                                           child(item, "value") };
    }
}

/* The one number that it gives, else the number that it is called by. */
static double number_of(const struct mld_study_point *point)
{
    char *end;
    if (point->n_changes == 1 && mld_node_is_number(point->change->value))
        return mld_node_number(point->change->value);
    double called = strtod(point->label, &end);
    return *end || end == point->label ? (double)NAN : called;
}

void mld_axis_fill_points(struct mld_building *building, const struct mld_axis_keys *axis,
                          const struct mld_node *points)
{
    if (!mld_axis_take_points(building, axis, points->count))
        return;
    struct mld_study_point *point = next_axis(building)->point;
    for (const struct mld_node *item = points->first; item; item = item->next, point++) {
        snprintf(point->label, sizeof point->label, "%s", child(item, "label")->text);
        fill_changes(building, axis, child(item, "set"), point);
        point->number = number_of(point);
    }
}

/* ---- the axis as a whole ---- */

/* The last name of a dotted key: "quotite" of "guarantee.layers.*.quotite". */
static void name_by_key(const char *key, char name[MLD_MAX_NAME])
{
    struct mld_step step;
    while (mld_path_step(&key, &step) > 0)
        if (step.name && *step.name != '*')
            snprintf(name, MLD_MAX_NAME, "%.*s", (int)step.length, step.name);
}

static int is_taken(const struct mld_study *study, const char *name)
{
    for (int i = 0; i < study->n_axes; i++)
        if (!strcmp(study->axis[i].name, name))
            return 1;
    return 0;
}

/* As a word: "guarantee_layers_state_quotite", of a long key the end. */
static void name_by_whole_key(const char *key, char name[MLD_MAX_NAME])
{
    size_t length = strlen(key), most = MLD_MAX_NAME - 1;
    snprintf(name, MLD_MAX_NAME, "%s", key + (length > most ? length - most : 0));
    for (; *name; name++)
        if (strchr(".[]*", *name))
            *name = '_';
}

static enum mld_stage first_stage(const struct mld_study_point *point)
{
    enum mld_stage first = MLD_STAGE_NONE;
    for (int k = 0; k < point->n_changes; k++) {
        enum mld_stage stage = mld_key_stage(point->change[k].key);
        first = stage < first ? stage : first;
    }
    return first;
}

/* Whether two points set the same keys, as those of a grid do. */
static int same_keys(const struct mld_study_point *a, const struct mld_study_point *b)
{
    int same = a->n_changes == b->n_changes;
    for (int k = 0; same && k < a->n_changes; k++)
        same = a->change[k].key == b->change[k].key;
    return same;
}

static void note_stages(struct mld_study_axis *axis)
{
    for (int i = 0; i < axis->n; i++) {
        struct mld_study_point *point = &axis->point[i];
        point->stage = i && same_keys(point, point - 1) ? point[-1].stage : first_stage(point);
    }
}

void mld_axis_end(struct mld_building *building, const struct mld_axis_keys *keys, const char *name)
{
    struct mld_study_axis *axis = next_axis(building);
    snprintf(axis->name, sizeof axis->name, "%s", name);
    if (!*name && keys->n)
        name_by_key(keys->key[0], axis->name);
    if (!*name && keys->n && is_taken(building->study, axis->name))
        name_by_whole_key(keys->key[0], axis->name);
    note_stages(axis);
    for (int i = 0; i < keys->n; i++)
        axis->whole |= mld_key_is_whole(keys->key[i]);
    refuse_repeated(building, keys, axis);
    building->axis[building->study->n_axes++] = keys->place;
}
