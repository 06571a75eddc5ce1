/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a study file to a study: its rows, its base, its axes, what is asked; then all variants. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/encoding.h"
#include "core/file.h"
#include "core/plain.h"
#include "params/reader.h"
#include "scenario/config.h"
#include "study/study.h"

enum { LARGEST_FILE = 1 << 26, MOST_SETS = 2 };

/* A file that is read. */
struct file {
    const char *name;
    struct mld_node *root;
    struct mld_study_reading *reading;
    const char *base; /* text of the base, or NULL: the file names it */
};

static struct mld_node *child(const struct mld_node *node, const char *key)
{
    return mld_node_child(node, key, strlen(key));
}

/* ---- rows ---- */

static unsigned no_part(const char *dotted)
{
    (void)dotted;
    return 0;
}

/* Whoever takes a scenario for a study is told so, and not that each of its keys is unknown. */
static int is_scenario(const struct mld_node *root)
{
    if (child(root, "axes"))
        return 0;
    for (const struct mld_node *node = root->first; node; node = node->next)
        if (strcmp(node->name, "name") != 0 && mld_param_named(node->name))
            return 1;
    return 0;
}

static enum mld_status read_rows(struct file *file, struct mld_messages *messages)
{
    struct mld_echoes echoes = { 0 };
    struct mld_read_spec spec = { .root = file->root,
                                  .table = mld_study_params,
                                  .into = (char *)file->reading,
                                  .part_of = no_part,
                                  .echo = &echoes,
                                  .messages = messages };
    unsigned misread;
    if (is_scenario(file->root)) {
        mld_messages_add(messages, "%s: a scenario, and no study: it has no axes", file->name);
        return MLD_ERR_INPUT;
    }
    enum mld_status status = mld_params_read(&spec, &misread);
    mld_echoes_clear(&echoes);
    return status;
}

/* ---- the base ---- */

/* The study's paths and seed, unless `set` says others. */
static enum mld_status load_base(struct mld_building *building, const struct file *file, int n_set,
                                 const char *const *set)
{
    const struct mld_study_reading *reading = file->reading;
    char paths[64], seed[64];
    const char *path = mld_file_beside(building->arena, file->name,
                                       child(file->root, "base")->text),
               **all = calloc((size_t)n_set + MOST_SETS, sizeof *all);
    int n = 0;
    snprintf(paths, sizeof paths, "run.paths=%.0f", reading->paths);
    snprintf(seed, sizeof seed, "run.seed=%.0f", reading->seed);
    if (all && !isnan(reading->paths))
        all[n++] = paths;
    if (all && !isnan(reading->seed))
        all[n++] = seed;
    for (int i = 0; all && i < n_set; i++)
        all[n++] = set[i];
    enum mld_status status = all && path ? mld_scenario_load(path, n, all, &building->study->base,
                                                             building->messages)
                                         : MLD_ERR_MEMORY;
    free(all);
    return status;
}

/* ---- axes ---- */

/* "axes.fee", or "axes[2]" of one without a name. */
static const char *what_of(struct mld_building *building, const char *name, int i)
{
    const char *what = *name ? mld_arena_print(building->arena, "axes.%s", name)
                             : mld_arena_print(building->arena, "axes[%d]", i);
    building->no_memory |= !what;
    return what ? what : "axes";
}

static void keep_key(struct mld_building *building, struct mld_axis_keys *keys, const char *key)
{
    const char *kept = mld_arena_text(building->arena, key, strlen(key));
    building->no_memory |= !kept;
    if (kept)
        keys->key[keys->n++] = kept;
}

static struct mld_axis_keys keys_of(struct mld_building *building,
                                    const struct mld_axis_reading *reading,
                                    const struct mld_node *node, int i)
{
    struct mld_axis_keys keys = { .place = node, .what = what_of(building, reading->name, i) };
    if (*reading->one_key)
        keep_key(building, &keys, reading->one_key);
    for (int k = 0; k < reading->n_keys && !*reading->one_key; k++)
        keep_key(building, &keys, reading->key[k]);
    return keys;
}

/* One way to give points, and keys with all of them but `points`. */
static int is_clear(struct mld_building *building, const struct mld_axis_reading *reading,
                    const struct mld_axis_keys *keys)
{
    const struct mld_node *node = keys->place;
    int mistakes = building->mistakes, points = child(node, "points") != NULL;
    int range = !isnan(reading->from) || !isnan(reading->to) || reading->count;
    int whole = !isnan(reading->from) && !isnan(reading->to) && reading->count;
    if (points + range + (child(node, "values") != NULL) != 1)
        mld_building_fail(building, node,
                          "%s: one of values, points, or from, to and count is expected",
                          keys->what);
    else if (range && !whole)
        mld_building_fail(building, node, "%s: from, to and count go together", keys->what);
    else if (!range && child(node, "scale"))
        mld_building_fail(building, node, "%s.scale: goes with from, to and count", keys->what);
    if (*reading->one_key && reading->n_keys)
        mld_building_fail(building, node, "%s: key or keys is expected, not both", keys->what);
    if (points && keys->n)
        mld_building_fail(building, node, "%s: each of its points says which keys it sets",
                          keys->what);
    if (!points && !keys->n)
        mld_building_fail(building, node, "%s.key is missing", keys->what);
    if (points && !*reading->name)
        mld_building_fail(building, node, "%s.name is missing", keys->what);
    return building->mistakes == mistakes && !building->no_memory;
}

static void build_axis(struct mld_building *building, const struct mld_axis_reading *reading,
                       const struct mld_node *node, int i)
{
    const struct mld_axis_keys keys = keys_of(building, reading, node, i);
    const struct mld_axis_range range = { reading->from, reading->to, reading->count,
                                          reading->scale };
    if (!is_clear(building, reading, &keys))
        return;
    if (child(node, "points"))
        mld_axis_fill_points(building, &keys, child(node, "points"));
    else if (child(node, "values"))
        mld_axis_fill_values(building, &keys, child(node, "values"));
    else
        mld_axis_fill_range(building, &keys, &range);
    mld_axis_end(building, &keys, reading->name);
}

static void build_axes(struct mld_building *building, const struct file *file)
{
    const struct mld_node *axes = child(file->root, "axes"), *node = axes->first;
    if (!node)
        mld_building_fail(building, axes, "axes: at least one is expected");
    for (int i = 0; node && !building->no_memory; node = node->next, i++)
        build_axis(building, &file->reading->axis[i], node, i);
    if (node || building->mistakes || building->no_memory)
        return;
    mld_axes_check(building);
}

/* ---- what is asked ---- */

/* "file:line: until[0]", in the arena; NULL, and told, when memory is short. */
static const char *place_of(struct mld_building *building, const struct mld_node *item,
                            const char *list, int i)
{
    const char *place = mld_arena_print(building->arena, "%s:%d: %s[%d]", item->file, item->line,
                                        list, i);
    building->no_memory |= !place;
    return place;
}

static void look_for(struct mld_building *building, const struct file *file)
{
    const struct mld_node *list = child(file->root, "until"), *item = list ? list->first : NULL;
    for (int i = 0; item && !building->no_memory; item = item->next, i++) {
        const char *place = place_of(building, item, "until", i);
        if (place)
            mld_study_look_for(building, item->text, place);
    }
}

static void ask(struct mld_building *building, const struct file *file)
{
    const struct mld_node *list = child(file->root, "statistics"),
                          *item = list ? list->first : NULL;
    const char *text[MLD_MAX_STATISTICS], *place[MLD_MAX_STATISTICS];
    int n = 0;
    for (; item; item = item->next, n++) {
        text[n] = item->text;
        place[n] = place_of(building, item, "statistics", n);
    }
    if (!building->no_memory)
        mld_study_ask(building, text, n, place);
    look_for(building, file);
}

/* ---- the whole ---- */

/* Everything but the variants: every mistake of the file is told at once. */
static enum mld_status build(struct mld_building *building, struct file *file, int n_set,
                             const char *const *set)
{
    enum mld_status status = read_rows(file, building->messages);
    if (status != MLD_OK)
        return status;
    snprintf(building->study->name, sizeof building->study->name, "%s", file->reading->name);
    status = file->base
                 ? mld_scenario_restore(file->base, &building->study->base, building->messages)
                 : load_base(building, file, n_set, set);
    if (status != MLD_OK)
        return status;
    build_axes(building, file);
    mld_study_plan_base(building);
    if (building->study->plan)
        ask(building, file);
    return mld_building_status(building);
}

static enum mld_status parse(struct mld_building *building, const char *text, size_t length,
                             struct file *file, struct mld_messages *messages)
{
    file->name = mld_arena_text(building->arena, file->name, strlen(file->name));
    file->reading = calloc(1, sizeof *file->reading);
    if (!file->name || !file->reading)
        return MLD_ERR_MEMORY;
    return mld_config_parse(building->arena, text, length, file->name, &file->root, messages);
}

/* A study of a file that is as yet a name, and a base or none. */
static enum mld_status make(struct file file, const char *text, size_t length, int n_set,
                            const char *const *set, struct mld_study **study,
                            struct mld_messages *messages)
{
    struct mld_building building = { .messages = messages };
    building.study = mld_study_create(&building.arena);
    if (!building.study)
        return MLD_ERR_MEMORY;
    enum mld_status status = parse(&building, text, length, &file, messages);
    if (status == MLD_OK)
        status = build(&building, &file, n_set, set);
    if (status == MLD_OK)
        status = mld_variants_check(building.study, messages);
    free(file.reading);
    if (status == MLD_OK)
        *study = building.study;
    else
        mld_study_free(building.study);
    return status;
}

enum mld_status mld_study_parse(const char *text, size_t length, const char *name, int n_set,
                                const char *const *set, struct mld_study **study,
                                struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    return make((struct file){ .name = name }, text, length, n_set, set, study, messages);
}

enum mld_status mld_study_restore(const char *text, const char *base, struct mld_study **study,
                                  struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    const struct file file = { .name = "the results file's study", .base = base };
    return make(file, text, strlen(text), 0, NULL, study, messages);
}

enum mld_status mld_study_load(const char *path, int n_set, const char *const *set,
                               struct mld_study **study, struct mld_messages *messages)
{
    char *text = NULL;
    size_t length = 0;
    struct mld_file_identity identity;
    enum mld_status status = mld_file_read(path, MLD_FILE_ANY, LARGEST_FILE, &text, &length,
                                           &identity, messages);
    if (status == MLD_OK && mld_text_to_utf8(&text, &length))
        status = MLD_ERR_MEMORY;
    if (status == MLD_OK)
        status = mld_study_parse(text, length, path, n_set, set, study, messages);
    free(text);
    return status;
}
