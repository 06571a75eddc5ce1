/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scan of the space first, points together, which share losses where they can; then, level after
 * level, COBYLA (Powell 1994; NLopt's) from the best point tried so far, twice, since a second
 * start on a smaller scale frees it from where its linear models have ended. It makes linear models
 * of objective and constraints, as a best that lies where constraints meet asks for, and needs no
 * derivative, which a quantile has not. Every point tried counts for every level: the best of a
 * level is the best of all that meet its constraints, whoever tried it.
 */
#include "milliard/frontier.h"

#include <math.h>
#include <nlopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/numbers.h"
#include "core/plain.h"
#include "milliard/numerics.h"
#include "solve/crossings.h"
#include "solve/search.h"

enum {
    SCAN = 16,      /* points of the scan for each free key and one more */
    LATE_SCAN = 64, /* where they share losses */
    TRIES = 16,     /* points of a start of COBYLA, likewise */
    STARTS = 2
};

/* First steps of each start, and where they end, as shares of the ranges. */
static const double first_step[STARTS] = { 0.25, 0.05 }, last_step = 0.001;

/* ---- how good a point is ---- */

static double objective(const struct mld_search *search, int point)
{
    const struct mld_study_cell *cell = mld_search_cells(search->table, point);
    return (search->table->minimise ? 1 : -1) * cell->value / search->spread[0];
}

/* By how much a constraint is missed, in spreads of its statistic; at or below 0 it is met. */
static double miss(const struct mld_search *search, int level, int point, int constraint)
{
    const struct mld_frontier_table *table = search->table;
    struct mld_goal goal = mld_search_goal(table, constraint, level);
    int of = table->of[constraint];
    double off = mld_search_cells(table, point)[of].value -
                 mld_goal_target(&goal, &table->base[of]);
    return (goal.at_least ? -off : off) / search->spread[of];
}

/* By how much all are; infinite where a statistic is not defined. */
static double worst_miss(const struct mld_search *search, int level, int point)
{
    double worst = isnan(objective(search, point)) ? (double)INFINITY : 0;
    for (int c = 0; c < search->table->n_constraints; c++) {
        double one = miss(search, level, point, c);
        worst = one <= worst ? worst : isnan(one) ? (double)INFINITY : one;
    }
    return worst;
}

static int is_better(const struct mld_search *search, int level, int a, int b)
{
    double one = worst_miss(search, level, a), other = worst_miss(search, level, b);
    if (one < other || other < one)
        return one < other;
    return !isinf(one) && objective(search, a) < objective(search, b);
}

static int best_at(const struct mld_search *search, int level)
{
    int best = 0;
    for (int i = 1; i < search->table->n_points; i++)
        if (is_better(search, level, i, best))
            best = i;
    return best;
}

/* ---- the scan ---- */

/* Units of all that is compared: what a statistic ranges over in the scan. */
static void measure_spreads(struct mld_search *search)
{
    const struct mld_frontier_table *table = search->table;
    for (int s = 0; s < table->n_statistics; s++) {
        double low = (double)INFINITY, high = -(double)INFINITY;
        for (int i = 0; i < table->n_points; i++) {
            double value = mld_search_cells(table, i)[s].value;
            low = value < low ? value : low;
            high = value > high ? value : high;
        }
        search->spread[s] = high > low ? high - low : 1;
    }
}

static enum mld_status scan(struct mld_search *search)
{
    struct mld_frontier_table *table = search->table;
    int n = (search->early ? SCAN : LATE_SCAN) * (1 + search->space.n_free);
    double *value = malloc((size_t)n * (size_t)table->n_keys * sizeof *value);
    if (!value)
        return MLD_ERR_MEMORY;
    for (int i = 0; i < n; i++)
        mld_space_scan(&search->space, i, value + (size_t)i * (size_t)table->n_keys);
    enum mld_status status = mld_search_try(search, n, value, 1);
    free(value);
    table->scanned = table->n_points;
    measure_spreads(search);
    if (status == MLD_OK && table->refused == table->n_points) {
        mld_messages_add(search->messages, "every point of the first %d is refused: %s",
                         table->n_points, table->why);
        return MLD_ERR_INPUT;
    }
    return status;
}

/* ---- COBYLA ---- */

/* A start of it at a level. */
struct start {
    struct mld_search *search;
    int level;
    nlopt_opt optimiser;
    enum mld_status status;
};

static void tell_progress(const struct mld_search *search)
{
    const struct mld_frontier_options *options = search->options;
    if (options->progress)
        options->progress(options->context, search->table->n_points, search->table->most);
}

/* The point at a place, simulated when it was not yet; −1 when that has failed. */
static int point_of(struct start *start, const double *place)
{
    struct mld_search *search = start->search;
    double value[MLD_MAX_FRONTIER_KEYS];
    mld_space_point(&search->space, place, value);
    if (start->status == MLD_OK && mld_search_find(search->table, value) < 0)
        start->status = mld_search_try(search, 1, value, 0);
    tell_progress(search);
    if (start->status != MLD_OK) {
        nlopt_force_stop(start->optimiser);
        return -1;
    }
    return mld_search_find(search->table, value);
}

/* Of a point that is refused, or has no such number: worse than what the scan has seen. */
static const double REFUSED = 2;

static double cost(unsigned n, const double *place, double *gradient, void *context)
{
    struct start *start = context;
    (void)n;
    (void)gradient;
    int point = point_of(start, place);
    double value = point < 0 ? 0 : objective(start->search, point);
    double known = objective(start->search, best_at(start->search, start->level));
    return isnan(value) ? (isnan(known) ? 0 : known) + REFUSED : value;
}

/* The constraints, then the two bounds of the last weight. */
static void constraints(unsigned m, double *result, unsigned n, const double *place,
                        double *gradient, void *context)
{
    struct start *start = context;
    const struct mld_search *search = start->search;
    int point = point_of(start, place), of = search->table->n_constraints;
    (void)n;
    (void)gradient;
    for (int c = 0; c < of; c++) {
        double one = point < 0 ? 0 : miss(search, start->level, point, c);
        result[c] = isnan(one) ? REFUSED : one;
    }
    if ((int)m > of)
        mld_space_beyond(&search->space, place, result + of);
}

static nlopt_result ask(struct start *start, int i, nlopt_opt optimiser)
{
    struct mld_search *search = start->search;
    unsigned n = (unsigned)search->space.n_free,
             m = (unsigned)(search->table->n_constraints + (search->space.n_weights ? 2 : 0));
    static const double exactly[MLD_MAX_CONSTRAINTS + 2];
    start->optimiser = optimiser;
    nlopt_result result = nlopt_set_min_objective(optimiser, cost, start);
    if (result > 0)
        result = nlopt_set_lower_bounds1(optimiser, 0);
    if (result > 0)
        result = nlopt_set_upper_bounds1(optimiser, 1);
    if (result > 0 && m)
        result = nlopt_add_inequality_mconstraint(optimiser, m, constraints, start, exactly);
    if (result > 0)
        result = nlopt_set_initial_step1(optimiser, first_step[i]);
    if (result > 0)
        result = nlopt_set_xtol_abs1(optimiser, last_step);
    if (result > 0)
        result = nlopt_set_maxeval(optimiser, TRIES * ((int)n + 1));
    return result;
}

/* What it ends with is not asked: the best of what it tried is taken. */
static enum mld_status start_from(struct mld_search *search, int level, int i, int point)
{
    struct start start = { .search = search, .level = level };
    double place[MLD_MAX_FRONTIER_KEYS], reached;
    nlopt_opt optimiser = nlopt_create(NLOPT_LN_COBYLA, (unsigned)search->space.n_free);
    if (!optimiser)
        return MLD_ERR_MEMORY;
    mld_space_place(&search->space,
                    search->table->value + (size_t)point * (size_t)search->table->n_keys, place);
    nlopt_result result = ask(&start, i, optimiser);
    if (result > 0)
        result = nlopt_optimize(optimiser, place, &reached);
    nlopt_destroy(optimiser);
    if (start.status == MLD_OK && result == NLOPT_OUT_OF_MEMORY)
        return MLD_ERR_MEMORY;
    return start.status;
}

static enum mld_status search_levels(struct mld_search *search)
{
    enum mld_status status = MLD_OK;
    for (int level = 0; level < search->table->n_levels; level++)
        for (int i = 0; status == MLD_OK && i < STARTS; i++)
            status = start_from(search, level, i, best_at(search, level));
    return status;
}

/* ---- what was found ---- */

/* How far a statistic is on the wrong side of its target, in errors. */
static double beyond(const struct mld_frontier_table *table, int level, int constraint,
                     const struct mld_study_cell *base, const struct mld_study_cell *cells)
{
    struct mld_goal goal = mld_search_goal(table, constraint, level);
    int of = table->of[constraint];
    double off = cells[of].value - mld_goal_target(&goal, &base[of]),
           error = mld_goal_error(&goal, &base[of], &cells[of]);
    return error > 0 ? (goal.at_least ? -off : off) / error : 0;
}

static void choose(struct mld_search *search)
{
    struct mld_frontier_table *table = search->table;
    for (int level = 0; level < table->n_levels; level++) {
        struct mld_frontier_best *best = &table->best[level];
        best->point = best_at(search, level);
        best->feasible = worst_miss(search, level, best->point) <= 0;
        best->binding = 0;
        for (int c = 0; c < table->n_constraints; c++)
            if (beyond(table, level, c, table->base, mld_search_cells(table, best->point)) >=
                -MLD_HALF_INTERVAL)
                best->binding |= 1u << c;
    }
}

static void note_limits(struct mld_search *search)
{
    int major, minor, patch, free = 1 + search->space.n_free;
    struct mld_frontier_table *table = search->table;
    nlopt_version(&major, &minor, &patch);
    snprintf(table->optimiser, sizeof table->optimiser, "COBYLA (NLopt %d.%d.%d)", major, minor,
             patch);
    table->most = (search->early ? SCAN : LATE_SCAN) * free +
                  table->n_levels * STARTS * TRIES * free;
}

enum mld_status mld_frontier(struct mld_scenario *scenario,
                             const struct mld_frontier_question *question,
                             const struct mld_frontier_options *options,
                             struct mld_frontier_table *table, struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    struct mld_search search = { .scenario = scenario,
                                 .question = question,
                                 .options = options,
                                 .table = table,
                                 .messages = messages };
    *table = (struct mld_frontier_table){ .minimise = question->minimise };
    enum mld_status status = mld_search_open(&search);
    if (status == MLD_OK) {
        note_limits(&search);
        status = scan(&search);
    }
    if (status == MLD_OK)
        status = search_levels(&search);
    table->interrupted = status == MLD_INTERRUPTED;
    if (table->n_points)
        choose(&search);
    return status;
}

/* ---- on other draws ---- */

/* "loss_a_at_most": the axis whose points are the levels. */
static void name_axis(const struct mld_frontier_table *table, char name[MLD_MAX_NAME])
{
    snprintf(name, MLD_MAX_NAME, "solution");
    if (table->levelled < 0)
        return;
    const struct mld_goal *goal = &table->constraint[table->levelled];
    snprintf(name, MLD_MAX_NAME, "%s_%s", mld_measures[goal->statistic.measure].name,
             goal->at_least ? "at_least" : "at_most");
}

/* The points of the feasible levels; gives how many. */
static int list_found(const struct mld_frontier_table *table, double *value, double *called)
{
    int n = 0;
    size_t keys = (size_t)table->n_keys;
    for (int i = 0; i < table->n_levels; i++) {
        const struct mld_frontier_best *best = &table->best[i];
        if (!best->feasible)
            continue;
        memcpy(value + (size_t)n * keys, table->value + (size_t)best->point * keys,
               keys * sizeof *value);
        called[n++] = table->levelled < 0 ? 1 : best->level;
    }
    return n;
}

/* From the tighter level to the looser one, whether the objective is worse by more than chance. */
static int is_worse(const struct mld_frontier_table *table, const struct mld_frontier_best *best,
                    const struct mld_frontier_best *next)
{
    int rises = table->levelled >= 0 && table->constraint[table->levelled].at_least;
    const struct mld_frontier_best *tight = rises ? next : best, *loose = rises ? best : next;
    double apart = mld_cells_apart(&tight->again[0], &loose->again[0]);
    return (table->minimise ? apart : -apart) > 1;
}

static void take_again(struct mld_frontier_table *table, const struct mld_study_result *result)
{
    struct mld_frontier_best *before = NULL;
    size_t statistics = (size_t)table->n_statistics;
    for (int i = 0; i < table->n_levels; i++) {
        struct mld_frontier_best *best = &table->best[i];
        if (!best->feasible)
            continue;
        memcpy(best->again, result->cell + (size_t)table->n_again++ * statistics,
               statistics * sizeof *best->again);
        for (int c = 0; c < table->n_constraints; c++)
            best->missed |= beyond(table, i, c, result->base, best->again) > MLD_HALF_INTERVAL;
        best->worse = before && is_worse(table, before, best);
        before = best;
    }
}

static enum mld_status open_again(struct mld_scenario *scenario,
                                  const struct mld_frontier_table *table,
                                  struct mld_study_points *points, struct mld_study **study,
                                  struct mld_messages *messages)
{
    unsigned char at[MLD_MAX_LEVELS] = { 0 };
    struct mld_study_refusals refusals = { .at = at };
    const char *keys[MLD_MAX_FRONTIER_KEYS], *statistic[1 + MLD_MAX_CONSTRAINTS];
    char name[MLD_MAX_NAME];
    name_axis(table, name);
    for (int i = 0; i < table->n_keys; i++)
        keys[i] = table->keys[i];
    for (int i = 0; i < table->n_statistics; i++)
        statistic[i] = table->statistic[i].name;
    points->name = name;
    points->n_keys = table->n_keys;
    points->keys = keys;
    return mld_study_of_points(scenario, points, table->n_statistics, statistic, &refusals, study,
                               messages);
}

enum mld_status mld_frontier_again(struct mld_scenario *scenario,
                                   const struct mld_frontier_options *options,
                                   struct mld_frontier_table *table, struct mld_study **study,
                                   struct mld_study_result *result, struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    double value[MLD_MAX_LEVELS * MLD_MAX_FRONTIER_KEYS], called[MLD_MAX_LEVELS];
    const struct mld_study_options asked = { .threads = options->threads, .stop = options->stop };
    struct mld_study_points points = { .n = list_found(table, value, called),
                                       .value = value,
                                       .called = called };
    *study = NULL;
    *result = (struct mld_study_result){ 0 };
    enum mld_status status = open_again(scenario, table, &points, study, messages);
    if (status == MLD_OK)
        status = mld_study_run(*study, &asked, result, messages);
    if (status == MLD_OK) {
        table->seed_again = (*study)->plan->model.seed;
        take_again(table, result);
    }
    return status;
}

void mld_frontier_clear(struct mld_frontier_table *table)
{
    free(table->value);
    free(table->cell);
    *table = (struct mld_frontier_table){ 0 };
}
