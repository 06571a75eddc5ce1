/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a search is asked: the statistics, the constraints and their levels, where it may go. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "solve/search.h"

static const char of_constraint[] = "--subject-to";

static enum mld_status refuse(const struct mld_search *search, const char *option, const char *text,
                              const char *why)
{
    mld_messages_add(search->messages, "%s %s: %s", option, text, why);
    return MLD_ERR_INPUT;
}

/* ---- levels ---- */

/* "a:b:n". 0 when it is none. */
static int read_range(const char *text, struct mld_frontier_table *table)
{
    double from, to, count;
    int end = 0;
    if (sscanf(text, "%lf:%lf:%lf%n", &from, &to, &count, &end) != 3 || text[end] ||
        !isfinite(from) || !isfinite(to) || !(count >= 2 && count <= MLD_MAX_LEVELS) ||
        count > floor(count) || !(from < to || to < from))
        return 0;
    table->n_levels = (int)count;
    for (int i = 0; i < table->n_levels; i++) {
        char written[40];
        double last = count - 1;
        snprintf(written, sizeof written, "%.12g", (from * (last - i) + to * i) / last);
        table->best[i].level = strtod(written, NULL);
    }
    return 1;
}

static int read_list(const char *text, struct mld_frontier_table *table)
{
    for (;;) {
        char *end;
        double level = strtod(text, &end);
        if (end == text || !isfinite(level) || table->n_levels == MLD_MAX_LEVELS)
            return 0;
        table->best[table->n_levels++].level = level;
        if (!*end)
            return 1;
        if (*end != ',')
            return 0;
        text = end + 1;
    }
}

static int by_level(const void *a, const void *b)
{
    const struct mld_frontier_best *one = a, *other = b;
    return (one->level > other->level) - (one->level < other->level);
}

/* The numbers behind the comparison, where they are several. */
static enum mld_status read_levels(struct mld_search *search, int constraint, const char *text,
                                   const char *numbers)
{
    struct mld_frontier_table *table = search->table;
    if (table->levelled >= 0)
        return refuse(search, of_constraint, text, "one constraint alone may have levels");
    table->levelled = constraint;
    table->n_levels = 0;
    if (!(strchr(numbers, ':') ? read_range : read_list)(numbers, table))
        return refuse(search, of_constraint, text,
                      "levels are from:to:count, count from 2 to 24, or numbers with commas "
                      "between");
    qsort(table->best, (size_t)table->n_levels, sizeof *table->best, by_level);
    for (int i = 1; i < table->n_levels; i++)
        if (!(table->best[i - 1].level < table->best[i].level))
            return refuse(search, of_constraint, text, "a level is given twice");
    return MLD_OK;
}

/* ---- statistics ---- */

static int add_statistic(struct mld_frontier_table *table, const struct mld_statistic *statistic)
{
    int i = 0;
    while (i < table->n_statistics && strcmp(table->statistic[i].name, statistic->name) != 0)
        i++;
    if (i == table->n_statistics)
        table->statistic[table->n_statistics++] = *statistic;
    return i;
}

static enum mld_status read_constraint(struct mld_search *search, const struct mld_plan *plan,
                                       const char *text)
{
    struct mld_frontier_table *table = search->table;
    const char *equals = strchr(text, '='), *numbers = equals ? equals + 1 : "";
    char one[256];
    int i = table->n_constraints++;
    enum mld_status status = MLD_OK;
    numbers += strspn(numbers, " \t");
    int several = strpbrk(numbers, ":,") != NULL;
    if (several)
        status = read_levels(search, i, text, numbers);
    if (status != MLD_OK)
        return status;
    if (several)
        snprintf(one, sizeof one, "%.*s0", (int)(numbers - text), text);
    status = mld_goal_read(several ? one : text, plan, of_constraint, &table->constraint[i],
                           search->messages);
    if (status == MLD_OK)
        table->of[i] = add_statistic(table, &table->constraint[i].statistic);
    return status;
}

static enum mld_status read_statistics(struct mld_search *search, const struct mld_plan *plan)
{
    const struct mld_frontier_question *question = search->question;
    struct mld_statistic objective;
    enum mld_status status = mld_statistic_read(question->objective, plan,
                                                question->minimise ? "--minimise" : "--maximise",
                                                &objective, search->messages);
    if (status == MLD_OK)
        add_statistic(search->table, &objective);
    for (int i = 0; status == MLD_OK && i < question->n_constraints; i++)
        status = read_constraint(search, plan, question->constraint[i]);
    return status;
}

/* ---- where it may go ---- */

/* The instrument of "thesis.mix.NAME.weight"; −1: another key. */
static int weight_of(const char *key)
{
    static const char head[] = "thesis.mix.", tail[] = ".weight";
    size_t length = strlen(key), around = sizeof head - 1 + sizeof tail - 1;
    char name[64];
    if (length <= around || strncmp(key, head, sizeof head - 1) != 0 ||
        strcmp(key + length - (sizeof tail - 1), tail) != 0)
        return -1;
    snprintf(name, sizeof name, "%.*s", (int)(length - around), key + sizeof head - 1);
    return mld_instrument_named(name);
}

static enum mld_status check_key(const struct mld_search *search, int i)
{
    const struct mld_frontier_vary *vary = &search->question->vary[i];
    if (!*vary->keys || strlen(vary->keys) >= MLD_MAX_SOLVE_KEYS)
        return refuse(search, "--vary", vary->keys, "a key is expected");
    if (!isfinite(vary->from) || !isfinite(vary->to) || !(vary->from < vary->to))
        return refuse(search, "--vary", vary->keys, "bounds are two numbers, the lower first");
    return MLD_OK;
}

static enum mld_status check_weights(const struct mld_search *search, const char *key)
{
    const struct mld_space *space = &search->space;
    double low = 0, high = 0;
    char sum[64];
    for (int w = 0; w < space->n_weights; w++) {
        low += space->from[space->weight[w]];
        high += space->to[space->weight[w]];
    }
    snprintf(sum, sizeof sum, "%.12g, which their bounds cannot reach", space->sum);
    if (space->n_weights == 1)
        return refuse(search, "--vary", key, "a weight of the mix is not varied alone");
    if (space->n_weights && (low > space->sum + 1e-9 || high < space->sum - 1e-9)) {
        mld_messages_add(search->messages, "--vary: the weights of the mix add up to %s", sum);
        return MLD_ERR_INPUT;
    }
    return MLD_OK;
}

/* The sum of weights is what the scenario's own add up to. */
static enum mld_status open_space(struct mld_search *search, const struct mld_plan *plan)
{
    struct mld_frontier_table *table = search->table;
    struct mld_space *space = &search->space;
    double least[MLD_MAX_FRONTIER_KEYS];
    const char *weight = "";
    enum mld_status status = MLD_OK;
    for (int i = 0; status == MLD_OK && i < search->question->n_vary; i++) {
        const struct mld_frontier_vary *vary = &search->question->vary[i];
        status = check_key(search, i);
        if (status != MLD_OK)
            return status;
        int instrument = weight_of(vary->keys);
        snprintf(table->keys[i], sizeof table->keys[i], "%s", vary->keys);
        space->from[i] = table->from[i] = vary->from;
        space->to[i] = table->to[i] = vary->to;
        search->early |= mld_study_keys_stage(vary->keys, plan->model.grid.periods_per_year,
                                              &least[i]) <= MLD_STAGE_COVERS;
        table->is_weight[i] = instrument >= 0;
        if (instrument >= 0 && plan->model.thesis.has_mix[instrument])
            space->sum += plan->model.thesis.mix[instrument].weight;
        weight = instrument >= 0 ? vary->keys : weight;
        space->n = table->n_keys = i + 1;
    }
    table->sum = space->sum;
    mld_space_init(space, table->is_weight, least);
    return check_weights(search, weight);
}

/* ---- the whole ---- */

static enum mld_status read_plan(struct mld_search *search, const struct mld_plan *plan)
{
    struct mld_frontier_table *table = search->table;
    snprintf(table->scenario, sizeof table->scenario, "%s", plan->name);
    table->paths = plan->paths;
    table->seed = plan->model.seed;
    table->fingerprint = mld_scenario_fingerprint(search->scenario, plan);
    table->levelled = -1;
    table->n_levels = 1;
    table->best[0].level = (double)NAN;
    enum mld_status status = read_statistics(search, plan);
    return status == MLD_OK ? open_space(search, plan) : status;
}

enum mld_status mld_search_open(struct mld_search *search)
{
    struct mld_plan *plan = NULL;
    const struct mld_frontier_question *question = search->question;
    if (question->n_vary < 1 || question->n_vary > MLD_MAX_FRONTIER_KEYS ||
        question->n_constraints > MLD_MAX_CONSTRAINTS)
        return refuse(search, "frontier", "", "1 to 12 keys and at most 4 constraints are read");
    enum mld_status status = mld_scenario_plan(search->scenario, &plan, search->messages);
    if (status == MLD_OK) {
        status = read_plan(search, plan);
        mld_plan_clear(plan);
    }
    free(plan);
    return status;
}
