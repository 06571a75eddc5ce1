/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The quick question: axes as texts, "KEY=from:to:count" or "KEY=value,value", over a scenario;
 * "KEY,KEY=…" of keys that take the same values.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/encoding.h"
#include "core/plain.h"
#include "scenario/config.h"
#include "study/study.h"

static const char place_of_vary[] = "--vary", place_of_measure[] = "--measure";

/* ---- one text ---- */

/* Where the value that starts at `text` ends: at a comma outside quotes and brackets. */
static size_t value_length(const char *text)
{
    int deep = 0, quoted = 0;
    size_t i = 0;
    for (; text[i] && (text[i] != ',' || deep || quoted); i++) {
        quoted ^= text[i] == '"';
        deep += !quoted && strchr("[({", text[i]) != NULL;
        deep -= !quoted && deep && strchr("])}", text[i]) != NULL;
    }
    return i;
}

static struct mld_node *list_values(struct mld_building *building, const char *text)
{
    struct mld_node *list = mld_node_create(building->arena, MLD_NODE_LIST, NULL, place_of_vary, 0),
                    *value = NULL;
    for (const char *at = text; list && at;) {
        size_t length = value_length(at);
        const char *one = mld_arena_text(building->arena, at, length);
        if (!one || mld_config_value(building->arena, one, place_of_vary, &value) != MLD_OK)
            return NULL;
        struct mld_node *own = mld_node_copy(building->arena, value);
        if (!own)
            return NULL;
        own->name = NULL;
        mld_node_append(list, own);
        at = at[length] ? at + length + 1 : NULL;
    }
    return list;
}

/* "a:b:n" of three numbers; 0 when it is none. */
static int is_range(const char *text, struct mld_axis_range *range)
{
    char *end;
    double count;
    range->from = strtod(text, &end);
    if (end == text || *end != ':')
        return 0;
    text = end + 1;
    range->to = strtod(text, &end);
    if (end == text || *end != ':')
        return 0;
    text = end + 1;
    count = strtod(text, &end);
    range->count = count >= 2 && count <= MLD_MAX_POINTS ? (int)count : 0;
    return end != text && !*end && range->count == count && range->from - range->to != 0;
}

static void fill(struct mld_building *building, const struct mld_axis_keys *keys, const char *text)
{
    struct mld_axis_range range = { .is_log = 0 };
    if (is_range(text, &range)) {
        mld_axis_fill_range(building, keys, &range);
    } else if (strchr(text, ':') && !strpbrk(text, "\"[({,")) {
        mld_building_fail(building, keys->place,
                          "%s=%s: from:to:count is expected, count from 2 to %d", keys->what, text,
                          MLD_MAX_POINTS);
    } else {
        const struct mld_node *values = list_values(building, text);
        building->no_memory |= !values;
        if (values)
            mld_axis_fill_values(building, keys, values);
    }
}

int mld_axis_keys_list(struct mld_building *building, struct mld_axis_keys *keys, const char *text,
                       size_t length)
{
    keys->what = mld_arena_text(building->arena, text, length);
    for (size_t at = 0; keys->what && at <= length && keys->n < MLD_MAX_KEYS;) {
        size_t one = strcspn(keys->what + at, ",");
        const char *key = mld_arena_text(building->arena, keys->what + at, one);
        building->no_memory |= !key;
        if (!key)
            return 0;
        keys->key[keys->n++] = key;
        at += one + 1;
        if (at <= length && keys->n == MLD_MAX_KEYS)
            mld_building_fail(building, keys->place, "%s: at most %d keys are read", keys->what,
                              MLD_MAX_KEYS);
    }
    building->no_memory |= !keys->what;
    return keys->what != NULL;
}

static void add_axis(struct mld_building *building, const char *text, size_t length)
{
    const struct mld_node *place = mld_node_create(building->arena, MLD_NODE_GROUP, NULL,
                                                   place_of_vary, 0);
    const char *equals = strchr(text, '=');
    building->no_memory |= !place;
    if (!place)
        return;
    if (mld_utf8_check(text, length) < length || !equals || equals == text) {
        mld_building_fail(building, place,
                          "\"%s\": key=from:to:count or key=value,value is expected", text);
        return;
    }
    struct mld_axis_keys keys = { .place = place };
    if (mld_axis_keys_list(building, &keys, text, (size_t)(equals - text))) {
        fill(building, &keys, equals + 1);
        mld_axis_end(building, &keys, "");
    }
}

/* What was typed is in the terminal's encoding. */
static void take_axis(struct mld_building *building, const char *vary)
{
    size_t length = strlen(vary);
    char *text = malloc(length + 1);
    if (text)
        memcpy(text, vary, length + 1);
    if (!text || mld_text_to_utf8(&text, &length))
        building->no_memory = 1;
    else
        add_axis(building, text, length);
    free(text);
}

/* ---- the study ---- */

static void build(struct mld_building *building, int n, const char *const *vary, int n_statistics,
                  const char *const *statistic)
{
    const char *place[MLD_MAX_STATISTICS];
    if (n < 1 || n > MLD_MAX_AXES || n_statistics > MLD_MAX_STATISTICS) {
        mld_messages_add(building->messages, "%s: 1 to %d are read, and at most %d of %s",
                         place_of_vary, MLD_MAX_AXES, MLD_MAX_STATISTICS, place_of_measure);
        building->mistakes++;
        return;
    }
    for (int i = 0; i < n && !building->no_memory; i++)
        take_axis(building, vary[i]);
    if (!building->mistakes && !building->no_memory)
        mld_axes_check(building);
    mld_study_plan_base(building);
    for (int i = 0; i < n_statistics; i++)
        place[i] = place_of_measure;
    if (building->study->plan)
        mld_study_ask(building, statistic, n_statistics, place);
    if (building->study->plan)
        snprintf(building->study->name, sizeof building->study->name, "%s",
                 building->study->plan->name);
}

enum mld_status mld_study_quick(struct mld_scenario *scenario, int n, const char *const *vary,
                                int n_statistics, const char *const *statistic,
                                struct mld_study **study, struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    struct mld_building building = { .messages = messages };
    building.study = mld_study_create(&building.arena);
    if (!building.study)
        return MLD_ERR_MEMORY;
    building.study->base = scenario;
    build(&building, n, vary, n_statistics, statistic);
    enum mld_status status = mld_building_status(&building);
    if (status == MLD_OK)
        status = mld_variants_check(building.study, messages);
    if (status == MLD_OK) {
        *study = building.study;
    } else {
        building.study->base = NULL;
        mld_study_free(building.study);
    }
    return status;
}
