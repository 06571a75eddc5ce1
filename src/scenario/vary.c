/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Judgements: a scenario with the low or high of one row of its `sensitivity` applied. A row may
 * change whatever is modelled, not how the run is made: its effects are differences from the
 * scenario itself, path by path, on the same draws.
 */
#include "core/plain.h"
#include "scenario/config.h"
#include "scenario/resolve.h"
#include "scenario/scenario_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the keys ---- */

/* By the first prefix of `key` whose row is none to vary: "run" of "run.paths". */
int mld_key_is_fixed(const char *key)
{
    char prefix[MLD_KEY];
    size_t length = strlen(key);
    for (size_t end = strcspn(key, ".["); end < MLD_KEY; end += 1 + strcspn(key + end + 1, ".[")) {
        memcpy(prefix, key, end);
        prefix[end] = '\0';
        const struct mld_param *row = mld_param_named(prefix);
        if (row && row->flags & MLD_FIXED)
            return 1;
        if (end == length)
            return 0;
    }
    return 0;
}

static void check_key(struct mld_check *check, const struct mld_sensitivity *row, int i)
{
    char key[MLD_KEY];
    mld_check_key(key, "sensitivity.%s.keys[%d]", row->name, i);
    if (!mld_param_named(row->key[i]))
        mld_check_fail(check, key, " = \"%s\": no such key", row->key[i]);
    else if (mld_key_is_fixed(row->key[i]))
        mld_check_fail(
            check, key,
            " = \"%s\": no judgement: it says how the run is made or what things are called",
            row->key[i]);
}

/* ---- the values ---- */

static int count_texts(const char *choices)
{
    int count = *choices != '\0';
    for (; *choices; choices++)
        count += *choices == ';';
    return count;
}

static void check_choice(struct mld_check *check, const struct mld_sensitivity *row, int high)
{
    char key[MLD_KEY];
    const char *end = high ? "high" : "low";
    int texts = count_texts(high ? row->choice_high : row->choice_low);
    if (texts > 1 && texts != row->n_keys)
        mld_check_fail(check, mld_check_key(key, "sensitivity.%s.choice_%s", row->name, end),
                       " has %d values for %d keys", texts, row->n_keys);
    if (texts && row->operation != MLD_SENSITIVITY_SET)
        mld_check_fail(check, mld_check_key(key, "sensitivity.%s.operation", row->name),
                       ": a value that is no number can only be set");
}

static void check_end(struct mld_check *check, const struct mld_sensitivity *row, int high)
{
    char key[MLD_KEY];
    const char *end = high ? "high" : "low";
    int chosen = *(high ? row->choice_high : row->choice_low) != '\0',
        given = !isnan(high ? row->high : row->low);
    mld_check_key(key, "sensitivity.%s.%s", row->name, end);
    if (!chosen && !given)
        mld_check_fail(check, key, " is missing");
    if (chosen && given)
        mld_check_fail(check, key, ": choice_%s is given too", end);
}

static void check_row(struct mld_check *check, const struct mld_sensitivity *row)
{
    char key[MLD_KEY];
    int mistakes = check->mistakes;
    if (!row->n_keys)
        mld_check_fail(check, mld_check_key(key, "sensitivity.%s.keys", row->name),
                       ": at least one key is needed");
    for (int i = 0; i < row->n_keys; i++)
        check_key(check, row, i);
    for (int high = 0; high < 2; high++)
        check_choice(check, row, high);
    for (int high = 0; high < 2 && check->mistakes == mistakes; high++)
        check_end(check, row, high);
}

void mld_resolve_sensitivities(struct mld_check *check)
{
    for (int i = 0; i < check->judgements->count; i++)
        check_row(check, &check->judgements->row[i]);
}

/* ---- the varied scenario ---- */

/* Text of the value for key `i`: the i-th of texts separated by ';', or the only one. */
static char *choice_for(struct mld_arena *arena, const char *choices, int i)
{
    const char *at = choices;
    for (; i > 0 && strchr(at, ';'); i--)
        at = strchr(at, ';') + 1;
    at += strspn(at, " ");
    return mld_arena_text(arena, at, strcspn(at, ";"));
}

const struct mld_node *mld_judgement_choice(struct mld_arena *arena,
                                            const struct mld_sensitivity *row, int high, int key,
                                            const char *place)
{
    const char *choices = high ? row->choice_high : row->choice_low;
    struct mld_node *value = mld_node_create(arena, MLD_NODE_REAL, NULL, place, 0);
    if (!value)
        return NULL;
    value->real = high ? row->high : row->low;
    if (!*choices)
        return value;
    char *text = choice_for(arena, choices, key);
    return text && mld_config_value(arena, text, place, &value) == MLD_OK ? value : NULL;
}

static enum mld_status fill_change(struct mld_arena *arena, const struct mld_sensitivity *row,
                                   int high, int i, const char *place, struct mld_change *change)
{
    *change = (struct mld_change){ .key = row->key[i],
                                   .place = place,
                                   .operation = (enum mld_sensitivity_operation)row->operation,
                                   .amount = high ? row->high : row->low };
    change->value = mld_judgement_choice(arena, row, high, i, place);
    return change->value ? MLD_OK : MLD_ERR_MEMORY;
}

/* "sensitivity.pd, low": where the varied values come from. */
static const char *place_of(struct mld_arena *arena, const struct mld_sensitivity *row, int high)
{
    return mld_arena_print(arena, "sensitivity.%s, %s", row->name, high ? "high" : "low");
}

enum mld_status mld_scenario_vary(const struct mld_scenario *scenario,
                                  const struct mld_sensitivity *row, int high,
                                  struct mld_scenario **varied, struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    struct mld_arena arena = { NULL };
    struct mld_change change[sizeof row->key / sizeof *row->key];
    const char *place = place_of(&arena, row, high);
    enum mld_status status = place ? MLD_OK : MLD_ERR_MEMORY;
    for (int i = 0; i < row->n_keys && status == MLD_OK; i++)
        status = fill_change(&arena, row, high, i, place, &change[i]);
    if (status == MLD_OK)
        status = mld_scenario_change(scenario, row->n_keys, change, varied, messages);
    mld_arena_clear(&arena);
    return status;
}

/* ---- whether it can be run ---- */

/* Names of two plans, so many bytes apart, are the same. */
static int same_names(int n, const char *names, int n_others, const char *others, size_t stride)
{
    int same = n == n_others;
    for (int i = 0; same && i < n; i++)
        same = !strcmp(names + (size_t)i * stride, others + (size_t)i * stride);
    return same;
}

static int same_entities(const struct mld_plan *plan, const struct mld_plan *varied)
{
    const struct mld_factors_spec *a = &plan->model.factors, *b = &varied->model.factors;
    return same_names(a->n_factors, a->factor[0].name, b->n_factors, b->factor[0].name,
                      sizeof a->factor[0]) &&
           same_names(a->n_sectors, a->sector[0], b->n_sectors, b->sector[0],
                      sizeof a->sector[0]) &&
           same_names(plan->model.n_forms, plan->model.form[0].name, varied->model.n_forms,
                      varied->model.form[0].name, sizeof plan->model.form[0]);
}

const char *mld_shape_problem(const struct mld_plan *plan, const struct mld_plan *varied)
{
    if (!same_entities(plan, varied))
        return "other names of factors, sectors or legal forms than the scenario's, so other "
               "draws";
    if (plan->fund.present != varied->fund.present ||
        plan->guarantee.present != varied->guarantee.present)
        return "a fund or a guarantee where the scenario has none, so other results";
    return NULL;
}

static enum mld_status try_scenario(struct mld_scenario *varied, const struct mld_plan *plan,
                                    struct mld_messages *messages)
{
    struct mld_reading *draft = calloc(1, sizeof *draft);
    if (!draft)
        return MLD_ERR_MEMORY;
    enum mld_status status = mld_scenario_draft(varied, draft, messages);
    const char *problem = status == MLD_OK ? mld_shape_problem(plan, &draft->plan) : NULL;
    if (problem) {
        mld_messages_add(messages, "%s: no judgement", problem);
        status = MLD_ERR_INPUT;
    }
    mld_plan_clear(&draft->plan);
    free(draft);
    return status;
}

enum mld_status mld_judgement_try(const struct mld_scenario *scenario, const struct mld_plan *plan,
                                  const struct mld_sensitivity *row, int high,
                                  struct mld_messages *messages)
{
    struct mld_scenario *varied = NULL;
    enum mld_status status = mld_scenario_vary(scenario, row, high, &varied, messages);
    if (status == MLD_OK)
        status = try_scenario(varied, plan, messages);
    mld_scenario_free(varied);
    return status;
}

/* Adds what was told of one end, each message with the row's place and the row in front. */
static int tell(const struct mld_scenario *scenario, const struct mld_sensitivity *row, int high,
                const struct mld_messages *told, struct mld_messages *messages)
{
    struct mld_arena arena = { NULL };
    const struct mld_places places = { scenario, &arena };
    char key[MLD_KEY];
    const char *place = place_of(&arena, row, high),
               *where = mld_scenario_where(&places,
                                           mld_check_key(key, "sensitivity.%s", row->name));
    for (size_t i = 0; place && i < told->count; i++) {
        const char *text = told->text[i];
        int starts = !strncmp(text, place, strlen(place));
        mld_messages_add(messages, "%s%s%s%s%s", where, *where ? ": " : "", starts ? "" : place,
                         starts ? "" : ": ", text);
    }
    mld_arena_clear(&arena);
    return place && !told->lost ? 0 : -1;
}

enum mld_status mld_scenario_judgements(const struct mld_scenario *scenario,
                                        const struct mld_plan *plan,
                                        const struct mld_judgements *judgements,
                                        struct mld_messages *messages)
{
    enum mld_status worst = MLD_OK;
    for (int i = 0; i < judgements->count && worst != MLD_ERR_MEMORY; i++)
        for (int high = 0; high < 2; high++) {
            struct mld_messages told;
            mld_messages_init(&told);
            enum mld_status status = mld_judgement_try(scenario, plan, &judgements->row[i], high,
                                                       &told);
            if (status == MLD_ERR_INPUT &&
                tell(scenario, &judgements->row[i], high, &told, messages))
                status = MLD_ERR_MEMORY;
            mld_messages_clear(&told);
            worst = worst == MLD_ERR_MEMORY || status == MLD_OK ? worst : status;
        }
    return worst;
}
