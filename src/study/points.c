/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A study of points that a search has chosen: each gives every key a number of its own, and may be
 * refused by the scenario's rules without harm to the others.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/plain.h"
#include "study/study.h"

static const char place_of_vary[] = "--vary", place_of_statistic[] = "statistic";

/* The keys of a study of points: those of each of its numbers. */
struct point_keys {
    int n;
    struct mld_axis_keys keys[MLD_MAX_AXES];
};

/* What values of a key are multiples of. */
static double step_of(const char *key, int periods_per_year)
{
    if (mld_key_is_whole(key))
        return 1;
    return mld_key_is_of_periods(key) ? 1.0 / periods_per_year : 0;
}

enum mld_stage mld_study_keys_stage(const char *keys, int periods_per_year, double *step)
{
    enum mld_stage first = MLD_STAGE_NONE;
    char key[MLD_MAX_KEY];
    *step = 0;
    for (size_t length; *keys; keys += length + (keys[length] == ',')) {
        length = strcspn(keys, ",");
        snprintf(key, sizeof key, "%.*s", (int)length, keys);
        enum mld_stage stage = mld_key_stage(key);
        first = stage < first ? stage : first;
        double own = step_of(key, periods_per_year);
        *step = own > *step ? own : *step;
    }
    return first;
}

/* ---- points ---- */

static void list_all_keys(struct mld_building *building, const struct mld_study_points *points,
                          struct point_keys *all)
{
    struct mld_node *place = mld_node_create(building->arena, MLD_NODE_GROUP, NULL, place_of_vary,
                                             0);
    building->no_memory |= !place;
    for (int i = 0; place && i < points->n_keys; i++) {
        struct mld_axis_keys *keys = &all->keys[all->n++];
        *keys = (struct mld_axis_keys){ .place = place };
        if (!mld_axis_keys_list(building, keys, points->keys[i], strlen(points->keys[i])))
            return;
        for (int k = 0; k < keys->n; k++)
            mld_key_check(building, keys, place, keys->key[k]);
    }
}

static int count_changes(const struct point_keys *all)
{
    int n = 0;
    for (int i = 0; i < all->n; i++)
        n += all->keys[i].n;
    return n;
}

static void fill_point(struct mld_building *building, const struct point_keys *all,
                       const double *value, struct mld_study_point *point)
{
    size_t n = (size_t)count_changes(all);
    point->change = mld_arena_take(building->arena, n * sizeof *point->change);
    building->no_memory |= !point->change;
    for (int i = 0; i < all->n && !building->no_memory; i++) {
        struct mld_node *node = mld_node_create(building->arena, MLD_NODE_REAL, NULL, place_of_vary,
                                                0);
        building->no_memory |= !node;
        if (!node)
            return;
        node->real = value[i];
        for (int k = 0; k < all->keys[i].n; k++)
            point->change[point->n_changes++] = (struct mld_study_change){ all->keys[i].key[k],
                                                                           node };
    }
}

static void fill_axis(struct mld_building *building, const struct mld_study_points *points,
                      const struct point_keys *all)
{
    const struct mld_axis_keys whole = { .place = all->keys[0].place, .what = points->name };
    struct mld_study_axis *axis = &building->study->axis[0];
    if (!mld_axis_take_points(building, &whole, points->n))
        return;
    for (int i = 0; i < points->n && !building->no_memory; i++) {
        struct mld_study_point *point = &axis->point[i];
        point->number = points->called ? points->called[i] : i + 1;
        mld_number_text(point->label, point->number, 0);
        fill_point(building, all, points->value + (size_t)i * (size_t)points->n_keys, point);
    }
    if (!building->no_memory)
        mld_axis_end(building, &whole, points->name);
}

/* ---- those that are refused ---- */

static enum mld_status try_point(const struct mld_study *study, int i,
                                 struct mld_study_refusals *refusals)
{
    struct mld_messages told;
    mld_messages_init(&told);
    enum mld_status status = mld_variant_try(study, i, &told);
    refusals->at[i] = status == MLD_ERR_INPUT;
    if (status == MLD_ERR_INPUT && !refusals->n++ && told.count)
        snprintf(refusals->why, sizeof refusals->why, "%s", told.text[0]);
    status = told.lost ? MLD_ERR_MEMORY : status == MLD_ERR_INPUT ? MLD_OK : status;
    mld_messages_clear(&told);
    return status;
}

/* Takes the refused points out of the axis. */
static enum mld_status leave_out(struct mld_study *study, struct mld_study_refusals *refusals)
{
    struct mld_study_axis *axis = &study->axis[0];
    int kept = 0;
    refusals->n = 0;
    for (int i = 0; i < axis->n; i++) {
        enum mld_status status = try_point(study, i, refusals);
        if (status != MLD_OK)
            return status;
    }
    for (int i = 0; i < axis->n; i++)
        if (!refusals->at[i])
            axis->point[kept++] = axis->point[i];
    study->n_variants = axis->n = kept;
    return MLD_OK;
}

/* ---- the study ---- */

static void build(struct mld_building *building, const struct mld_study_points *points,
                  int n_statistics, const char *const *statistic)
{
    struct point_keys all = { .n = 0 };
    const char *place[MLD_MAX_STATISTICS];
    list_all_keys(building, points, &all);
    if (!building->mistakes && !building->no_memory)
        fill_axis(building, points, &all);
    if (!building->mistakes && !building->no_memory)
        mld_axes_check(building);
    mld_study_plan_base(building);
    for (int i = 0; i < n_statistics; i++)
        place[i] = place_of_statistic;
    if (building->study->plan) {
        mld_study_ask(building, statistic, n_statistics, place);
        snprintf(building->study->name, sizeof building->study->name, "%s",
                 building->study->plan->name);
    }
}

enum mld_status mld_study_of_points(struct mld_scenario *scenario,
                                    const struct mld_study_points *points, int n_statistics,
                                    const char *const *statistic,
                                    struct mld_study_refusals *refusals, struct mld_study **study,
                                    struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    struct mld_building building = { .messages = messages };
    building.study = mld_study_create(&building.arena);
    if (!building.study)
        return MLD_ERR_MEMORY;
    building.study->base = scenario;
    build(&building, points, n_statistics, statistic);
    enum mld_status status = mld_building_status(&building);
    if (status == MLD_OK)
        status = leave_out(building.study, refusals);
    *study = NULL;
    if (status == MLD_OK && building.study->n_variants) {
        *study = building.study;
    } else {
        building.study->base = NULL;
        mld_study_free(building.study);
    }
    return status;
}
