/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The variants of a study: places on the axes, names and scenarios; those that are refused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/plain.h"
#include "core/text.h"
#include "scenario/resolve.h"
#include "scenario/scenario_internal.h"
#include "study/study.h"

struct mld_study *mld_study_create(struct mld_arena **arena)
{
    struct mld_study *study = calloc(1, sizeof *study);
    *arena = calloc(1, sizeof **arena);
    if (!study || !*arena) {
        free(study);
        free(*arena);
        return NULL;
    }
    study->texts = *arena;
    return study;
}

void mld_study_free(struct mld_study *study)
{
    if (!study)
        return;
    mld_plan_clear(study->plan);
    free(study->plan);
    mld_scenario_free(study->base);
    mld_arena_clear(study->texts);
    free(study->texts);
    free(study);
}

int mld_study_place(const struct mld_study *study, int variant, int axis)
{
    for (int i = study->n_axes - 1; i > axis; i--)
        variant /= study->axis[i].n;
    return variant % study->axis[axis].n;
}

static const struct mld_study_point *point_of(const struct mld_study *study, int variant, int axis)
{
    return &study->axis[axis].point[mld_study_place(study, variant, axis)];
}

const char *mld_study_variant_name(const struct mld_study *study, int variant, char *text,
                                   size_t size)
{
    size_t used = 0;
    *text = '\0';
    for (int i = 0; i < study->n_axes && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%s = %s", i ? ", " : "",
                                 study->axis[i].name, point_of(study, variant, i)->label);
    text[mld_text_cut(text, size - 1)] = '\0';
    return text;
}

/* ---- the scenario ---- */

/* What the points of a variant set, in the order of the axes. */
struct changes {
    int n;
    struct mld_change *change;
    struct mld_arena arena; /* of their places */
};

static void clear_changes(struct changes *changes)
{
    free(changes->change);
    mld_arena_clear(&changes->arena);
}

static int add_changes(struct changes *changes, const struct mld_study_point *point)
{
    for (int i = 0; i < point->n_changes; i++) {
        const struct mld_study_change *one = &point->change[i];
        const char *place = mld_node_where(&changes->arena, one->value);
        if (!place)
            return -1;
        changes->change[changes->n++] = (struct mld_change){
            .key = one->key, .operation = MLD_SENSITIVITY_SET, .value = one->value, .place = place
        };
    }
    return 0;
}

static enum mld_status list_changes(const struct mld_study *study, int variant,
                                    struct changes *changes)
{
    size_t n = 0;
    for (int i = 0; i < study->n_axes; i++)
        n += (size_t)point_of(study, variant, i)->n_changes;
    changes->change = calloc(n + 1, sizeof *changes->change);
    for (int i = 0; i < study->n_axes && changes->change; i++)
        if (add_changes(changes, point_of(study, variant, i)))
            return MLD_ERR_MEMORY;
    return changes->change ? MLD_OK : MLD_ERR_MEMORY;
}

enum mld_status mld_study_variant(const struct mld_study *study, int variant,
                                  struct mld_scenario **scenario, struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    struct changes changes = { 0 };
    const struct mld_study_point *first = point_of(study, variant, 0);
    if (first->judgement)
        return mld_scenario_vary(study->base, first->judgement, first->high, scenario, messages);
    enum mld_status status = list_changes(study, variant, &changes);
    if (status == MLD_OK)
        status = mld_scenario_change(study->base, changes.n, changes.change, scenario, messages);
    clear_changes(&changes);
    return status;
}

/* ---- whether it can be run ---- */

/* Tells why a plan that was drafted cannot stand beside the base's. */
static enum mld_status check_draft(const struct mld_study *study, struct mld_plan *plan,
                                   struct mld_messages *messages)
{
    const char *problem = mld_shape_problem(study->plan, plan);
    if (problem) {
        mld_messages_add(messages, "%s", problem);
        return MLD_ERR_INPUT;
    }
    enum mld_status status = MLD_OK;
    mld_plan_list_designs(plan);
    for (int i = 0; i < study->n_statistics; i++) {
        const char *lacking = mld_statistic_lacking(&study->statistic[i], plan);
        if (lacking) {
            mld_messages_add(messages, "%s: %s", study->statistic[i].name, lacking);
            status = MLD_ERR_INPUT;
        }
    }
    return status;
}

enum mld_status mld_variant_try(const struct mld_study *study, int variant,
                                struct mld_messages *messages)
{
    struct mld_scenario *scenario = NULL;
    struct mld_reading *draft = calloc(1, sizeof *draft);
    enum mld_status status = draft ? mld_study_variant(study, variant, &scenario, messages)
                                   : MLD_ERR_MEMORY;
    if (status == MLD_OK)
        status = mld_scenario_draft(scenario, draft, messages);
    if (status == MLD_OK)
        status = check_draft(study, &draft->plan, messages);
    if (draft)
        mld_plan_clear(&draft->plan);
    free(draft);
    mld_scenario_free(scenario);
    return status;
}

/* ---- those that cannot ---- */

/* One message, and how many variants are refused with it. */
struct refusal {
    char *text;
    int first, count;
};
enum { MOST_REFUSALS = 20 };
struct refusals {
    int n, others;
    struct refusal refusal[MOST_REFUSALS];
    struct mld_arena arena;
};

static int keep_refusal(struct refusals *all, const char *text, int variant)
{
    for (int i = 0; i < all->n; i++)
        if (!strcmp(all->refusal[i].text, text)) {
            all->refusal[i].count++;
            return 0;
        }
    if (all->n == MOST_REFUSALS) {
        all->others++;
        return 0;
    }
    char *kept = mld_arena_text(&all->arena, text, strlen(text));
    if (!kept)
        return -1;
    all->refusal[all->n++] = (struct refusal){ kept, variant, 1 };
    return 0;
}

/* One line for all variants of which the same is told. */
static void tell_refusals(const struct mld_study *study, const struct refusals *all,
                          struct mld_messages *messages)
{
    char name[1024], more[64];
    for (int i = 0; i < all->n; i++) {
        const struct refusal *refusal = &all->refusal[i];
        snprintf(more, sizeof more, " (and %d more)", refusal->count - 1);
        mld_messages_add(messages, "variant %s%s: %s",
                         mld_study_variant_name(study, refusal->first, name, sizeof name),
                         refusal->count > 1 ? more : "", refusal->text);
    }
    if (all->others)
        mld_messages_add(messages, "and %d more mistakes in variants", all->others);
}

static enum mld_status collect(const struct mld_study *study, int variant, struct refusals *all)
{
    struct mld_messages told;
    mld_messages_init(&told);
    enum mld_status status = mld_variant_try(study, variant, &told);
    int lost = told.lost;
    for (size_t i = 0; status == MLD_ERR_INPUT && i < told.count; i++)
        lost |= keep_refusal(all, told.text[i], variant) != 0;
    mld_messages_clear(&told);
    return lost ? MLD_ERR_MEMORY : status;
}

enum mld_status mld_variants_check(const struct mld_study *study, struct mld_messages *messages)
{
    struct refusals all = { .n = 0 };
    enum mld_status worst = MLD_OK;
    for (int i = 0; i < study->n_variants && worst != MLD_ERR_MEMORY; i++) {
        enum mld_status status = collect(study, i, &all);
        worst = status == MLD_OK ? worst : status;
    }
    if (worst != MLD_ERR_MEMORY)
        tell_refusals(study, &all, messages);
    mld_arena_clear(&all.arena);
    return worst;
}
