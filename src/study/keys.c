/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which keys may be varied, what they touch first, and which of them cannot be varied together. */
#include <stdlib.h>
#include <string.h>

#include "scenario/scenario_internal.h"
#include "study/study.h"

/* ---- one key ---- */

/* The row of a key, or of the map or list whose item it is; `row_key` becomes that row's key. */
static const struct mld_param *row_of(const char *key, char row_key[MLD_MAX_KEY])
{
    const char *dot = strrchr(key, '.'), *bracket = strrchr(key, '[');
    const char *last = !dot || (bracket && bracket > dot) ? bracket : dot;
    const struct mld_param *row = mld_param_named(key);
    size_t length = row || !last ? strlen(key) : (size_t)(last - key);
    if (length >= MLD_MAX_KEY)
        return NULL;
    snprintf(row_key, MLD_MAX_KEY, "%.*s", (int)length, key);
    if (row || !last)
        return row;
    row = mld_param_named(row_key);
    return row && (row->kind == MLD_MAP || row->kind == MLD_LIST) ? row : NULL;
}

static void refuse_key(struct mld_building *building, const struct mld_axis_keys *axis,
                       const struct mld_node *place, const char *key, const char *problem)
{
    int is_named = strcmp(axis->what, key) != 0;
    mld_building_fail(building, place, "%s%s%s: %s", is_named ? axis->what : "",
                      is_named ? ": " : "", key, problem);
}

int mld_key_check(struct mld_building *building, const struct mld_axis_keys *axis,
                  const struct mld_node *place, const char *key)
{
    char meant[256], problem[320], row_key[MLD_MAX_KEY];
    int is_known = row_of(key, row_key) != NULL;
    if (is_known && !mld_key_is_fixed(key))
        return 1;
    const char *near = is_known ? NULL : mld_describable_nearest(meant, sizeof meant, key);
    if (near && !strstr(near, " or ") && !mld_param_named(near))
        near = NULL;
    snprintf(problem, sizeof problem, "no such key%s%s%s", near ? "; did you mean " : "",
             near ? near : "", near ? "?" : "");
    refuse_key(building, axis, place, key,
               is_known ? "says how the run is made or what things are called: it is not varied"
                        : problem);
    return 0;
}

/* ---- its stage ---- */

static enum mld_stage earlier(enum mld_stage a, enum mld_stage b) { return a < b ? a : b; }

/* Of rows that stand in something of the stage `around`. */
static enum mld_stage rows_stage(const struct mld_param *rows, enum mld_stage around)
{
    enum mld_stage first = around;
    for (; rows && rows->key; rows++) {
        enum mld_stage stage = rows->stage ? rows->stage : around;
        first = earlier(first, rows_stage(rows->table, stage));
        for (int i = 0; rows->kinds && rows->kinds->name(i); i++)
            first = earlier(first, rows_stage(rows->kinds->rows(i), stage));
    }
    return first;
}

enum mld_stage mld_key_stage(const char *key)
{
    char row_key[MLD_MAX_KEY];
    const struct mld_param *row = row_of(key, row_key);
    if (!row)
        return MLD_STAGE_NONE;
    struct mld_param alone[2] = { *row, MLD_PARAM_END };
    return rows_stage(alone, mld_param_stage(row_key));
}

/* ---- behaviour ---- */

static int row_is(const char *key, const char *name)
{
    char row_key[MLD_MAX_KEY];
    const struct mld_param *row = row_of(key, row_key);
    return row && !strcmp(row->key, name);
}

/* The keys of a point: those of its changes, or of the judgement of which it is an end. */
static int n_keys(const struct mld_study_point *point)
{
    return point->judgement ? point->judgement->n_keys : point->n_changes;
}
static const char *key_of(const struct mld_study_point *point, int k)
{
    return point->judgement ? point->judgement->key[k] : point->change[k].key;
}

/* Whether a change of any point may be of that key: of it, or of the group that holds it. */
static int may_set(const struct mld_study *study, const char *group, const char *name)
{
    for (int a = 0; a < study->n_axes; a++)
        for (int i = 0; i < study->axis[a].n; i++)
            for (int k = 0; k < n_keys(&study->axis[a].point[i]); k++) {
                const char *key = key_of(&study->axis[a].point[i], k);
                if (row_is(key, name) || row_is(key, group))
                    return 1;
            }
    return 0;
}

/* Points that set a key of that name move a stage that its row does not speak of. */
static void touch(struct mld_study *study, const char *name, enum mld_stage stage)
{
    for (int a = 0; a < study->n_axes; a++)
        for (int i = 0; i < study->axis[a].n; i++) {
            struct mld_study_point *point = &study->axis[a].point[i];
            for (int k = 0; k < n_keys(point); k++)
                if (row_is(key_of(point, k), name))
                    point->stage = earlier(point->stage, stage);
        }
}

void mld_axes_heed_behaviour(struct mld_study *study)
{
    static const char *const priced[] = { "quotite",  "attachment",  "cap_rate",
                                          "fee_rate", "fee_upfront", "fee_payer" };
    /* what a list of candidates is by default as long as */
    static const char *const sizes[] = { "fund",       "classes", "A",      "B",         "C",
                                         "commitment", "grants",  "amount", "recycling", "total" };
    /* what comes, and the costs on it: where it comes later they date the deals */
    static const char *const borne[] = { "fund",      "classes",       "A",       "B",
                                         "C",         "commitment",    "setup",   "management_fee",
                                         "grants",    "running_costs", "year",    "amount",
                                         "fees",      "rate",          "minimum", "base",
                                         "from_year", "to_year" };
    const struct mld_guarantee_spec *guarantee = &study->plan->guarantee;
    if (guarantee->hazard_slope > 0 || may_set(study, "guarantee", "hazard_slope"))
        touch(study, "quotite", MLD_STAGE_ISSUERS);
    if (guarantee->pass_through > 0 || may_set(study, "guarantee", "pass_through"))
        for (size_t i = 0; i < sizeof priced / sizeof *priced; i++)
            touch(study, priced[i], MLD_STAGE_ISSUERS);
    if (mld_fund_grows(&study->plan->fund) || may_set(study, "fund", "closings") ||
        may_set(study, "fund", "grants"))
        for (size_t i = 0; i < sizeof borne / sizeof *borne; i++)
            touch(study, borne[i], MLD_STAGE_PORTFOLIO);
    /* a fund that a bank lends to has series that others have not */
    touch(study, "credit_line", MLD_STAGE_PORTFOLIO);
    touch(study, "limit", MLD_STAGE_PORTFOLIO);
    if (study->plan->model.thesis.of_all || may_set(study, "fund", "recycling"))
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            touch(study, sizes[i], MLD_STAGE_PORTFOLIO);
}

int mld_key_is_whole(const char *key)
{
    char row_key[MLD_MAX_KEY];
    const struct mld_param *row = row_of(key, row_key);
    return row && (row->kind == MLD_INT || row->flags & MLD_WHOLE);
}

int mld_key_is_of_periods(const char *key)
{
    char row_key[MLD_MAX_KEY];
    const struct mld_param *row = row_of(key, row_key);
    return row && row->flags & MLD_PERIODS;
}

/* ---- two keys ---- */

static int is_any(const struct mld_step *step)
{
    return step->name && step->length == 1 && *step->name == '*';
}

/* A name and a position are the same item when they are so in the base, or when it cannot tell. */
static int is_same_step(const struct mld_node *parent, const struct mld_step *a,
                        const struct mld_step *b)
{
    if (is_any(a) || is_any(b))
        return 1;
    if (a->name && b->name)
        return a->length == b->length && !memcmp(a->name, b->name, a->length);
    if (!a->name && !b->name)
        return a->position == b->position;
    const struct mld_node *one = parent ? mld_node_at_step(parent, a) : NULL;
    return !one || one == mld_node_at_step(parent, b);
}

/* Whether both can be the same value, or one is above the other. */
static int keys_collide(const struct mld_node *root, const char *a, const char *b)
{
    const struct mld_node *node = root;
    struct mld_step one, other;
    while (*a && *b) {
        if (mld_path_step(&a, &one) <= 0 || mld_path_step(&b, &other) <= 0)
            return 0;
        if (!is_same_step(node, &one, &other))
            return 0;
        node = node && !is_any(&one) && !is_any(&other) ? mld_node_at_step(node, &one) : NULL;
    }
    return 1;
}

/* The keys of an axis, each once. */
struct keys {
    int n, capacity;
    const char **key;
};

static int holds(const struct keys *keys, const char *key)
{
    for (int i = 0; i < keys->n; i++)
        if (keys->key[i] == key || !strcmp(keys->key[i], key))
            return 1;
    return 0;
}

static int add(struct keys *keys, const char *key)
{
    if (holds(keys, key))
        return 0;
    if (keys->n == keys->capacity) {
        int capacity = keys->capacity ? 2 * keys->capacity : 16;
        const char **larger = realloc(keys->key, (size_t)capacity * sizeof *larger);
        if (!larger)
            return -1;
        keys->key = larger;
        keys->capacity = capacity;
    }
    keys->key[keys->n++] = key;
    return 0;
}

static int list_keys(struct keys *keys, const struct mld_study_axis *axis)
{
    for (int i = 0; i < axis->n; i++)
        for (int k = 0; k < axis->point[i].n_changes; k++)
            if (add(keys, axis->point[i].change[k].key))
                return -1;
    return 0;
}

static void check_two(struct mld_building *building, const struct keys *keys, int a, int b)
{
    const struct mld_study *study = building->study;
    for (int i = 0; i < keys[a].n; i++)
        for (int k = 0; k < keys[b].n; k++)
            if (keys_collide(study->base->root, keys[a].key[i], keys[b].key[k])) {
                mld_building_fail(building, building->axis[b],
                                  "axis %s varies %s, which collides with %s of axis %s",
                                  study->axis[b].name, keys[b].key[k], keys[a].key[i],
                                  study->axis[a].name);
                return;
            }
}

/* Keys that one point sets. */
static void check_point(struct mld_building *building, int axis,
                        const struct mld_study_point *point)
{
    for (int i = 0; i < point->n_changes; i++)
        for (int k = 0; k < i; k++)
            if (keys_collide(building->study->base->root, point->change[i].key,
                             point->change[k].key)) {
                mld_building_fail(building, building->axis[axis],
                                  "axis %s sets %s, which collides with %s of the same axis",
                                  building->study->axis[axis].name, point->change[i].key,
                                  point->change[k].key);
                return;
            }
}

static void check_alone(struct mld_building *building, int i)
{
    const struct mld_study_axis *axis = &building->study->axis[i];
    for (int k = 0; k < axis->n; k++)
        if (!k || axis->point[k].n_changes != axis->point[k - 1].n_changes ||
            !axis->point[k].n_changes ||
            axis->point[k].change->key != axis->point[k - 1].change->key)
            check_point(building, i, &axis->point[k]);
}

static void check_collisions(struct mld_building *building)
{
    struct keys keys[MLD_MAX_AXES] = { { 0 } };
    int n = building->study->n_axes;
    for (int i = 0; i < n && !building->no_memory; i++)
        building->no_memory |= list_keys(&keys[i], &building->study->axis[i]) != 0;
    for (int i = 0; i < n && !building->no_memory; i++) {
        check_alone(building, i);
        for (int k = 0; k < i; k++)
            check_two(building, keys, k, i);
    }
    for (int i = 0; i < n; i++)
        free(keys[i].key);
}

/* ---- axes together ---- */

static void check_names(struct mld_building *building)
{
    const struct mld_study *study = building->study;
    for (int i = 0; i < study->n_axes; i++)
        for (int k = 0; k < i; k++)
            if (!strcmp(study->axis[i].name, study->axis[k].name))
                mld_building_fail(building, building->axis[i],
                                  "two axes are called %s: give one of them a name",
                                  study->axis[i].name);
}

static void count_variants(struct mld_building *building)
{
    struct mld_study *study = building->study;
    double variants = 1;
    for (int i = 0; i < study->n_axes; i++)
        variants *= study->axis[i].n;
    if (variants <= MLD_MAX_VARIANTS)
        study->n_variants = (int)variants;
    else
        mld_building_fail(building, building->axis[0], "the axes make %.6g variants; at most %d",
                          variants, MLD_MAX_VARIANTS);
}

void mld_axes_check(struct mld_building *building)
{
    check_names(building);
    check_collisions(building);
    count_variants(building);
}
