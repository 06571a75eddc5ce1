/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What `solve` finds is what a bisection around `run` finds (model, section 19): the same question
 * both ways.
 */
#ifndef TEST_SUPPORT_SOLVING_H
#define TEST_SUPPORT_SOLVING_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/price.h"
#include "milliard/run.h"
#include "milliard/solve.h"

struct solving {
    const char *scenario, *keys;
    double from, to;
    const char *until;
    const char *paths; /**< "run.paths=512" */
};

/* ---- by solve ---- */

/* Without its judgements, each of which would be tried anew for every run. */
static inline struct mld_scenario *load(const char *name, int n, const char *const *sets)
{
    char path[4096];
    const char *set[9] = { "sensitivity=()" };
    for (int i = 0; i < n; i++)
        set[i + 1] = sets[i];
    struct mld_scenario *scenario = NULL;
    struct mld_messages messages;
    mld_messages_init(&messages);
    snprintf(path, sizeof path, PROJECT_SOURCE "/scenarios/%s.cfg", name);
    if (mld_scenario_load(path, n + 1, set, &scenario, &messages) != MLD_OK)
        fail_msg("%s: %s", name, messages.count ? messages.text[0] : "?");
    mld_messages_clear(&messages);
    return scenario;
}

static inline struct mld_solve_table solve(const struct solving *solving, int threads)
{
    const struct mld_solve_question question = {
        .keys = solving->keys, .from = solving->from, .to = solving->to, .until = solving->until
    };
    const struct mld_solve_options options = { .threads = threads };
    struct mld_solve_table table;
    struct mld_messages messages;
    struct mld_scenario *scenario = load(solving->scenario, 1, &solving->paths);
    mld_messages_init(&messages);
    if (mld_solve(scenario, &question, &options, &table, &messages) != MLD_OK)
        fail_msg("%s: %s", solving->keys, messages.count ? messages.text[0] : "?");
    mld_messages_clear(&messages);
    mld_scenario_free(scenario);
    return table;
}

/* ---- by runs ---- */

/* "KEY=value" of each key. Gives how many. */
static inline int list_sets(const struct solving *solving, double value, char set[8][256])
{
    const char *key = solving->keys;
    int n = 0;
    snprintf(set[n++], 256, "%s", solving->paths);
    for (size_t length; *key; key += length + (key[length] == ','), n++) {
        length = strcspn(key, ",");
        snprintf(set[n], 256, "%.*s=%.17g", (int)length, key, value);
    }
    return n;
}

static inline double statistic_of(size_t n, const double *value,
                                  const struct mld_statistic *statistic)
{
    struct mld_statistics all;
    assert_int_equal(mld_statistics_fill(n, value, mld_measures[statistic->measure].tail, &all),
                     MLD_OK);
    for (int q = 0; q < MLD_QUANTILES && statistic->of == MLD_OF_QUANTILE; q++)
        if (!(mld_quantile_levels[q] < statistic->level) &&
            !(mld_quantile_levels[q] > statistic->level))
            return all.quantile[q];
    return statistic->of == MLD_OF_MEAN ? all.mean
           : statistic->of == MLD_OF_SD ? all.sd
                                        : all.shortfall;
}

/* What the statistic is in a run of the scenario, the keys set to a value; NaN: as they are. */
static inline double run_at(const struct solving *solving, const struct mld_statistic *statistic,
                            double value)
{
    char room[8][256];
    const char *set[8];
    int n = list_sets(solving, value, room);
    n = isnan(value) ? 1 : n;
    for (int i = 0; i < n; i++)
        set[i] = room[i];
    struct mld_scenario *scenario = load(solving->scenario, n, set);
    struct mld_plan *plan = NULL;
    struct mld_summary summary;
    struct mld_run_result result;
    assert_int_equal(mld_scenario_plan(scenario, &plan, NULL), MLD_OK);
    price(plan);
    double *column = calloc(plan->paths, sizeof *column);
    const struct mld_keep keep = { statistic->design, statistic->measure, column };
    const struct mld_run_options options = { .threads = 2, .keep = &keep, .n_keep = 1, .lean = 1 };
    assert_int_equal(mld_run(plan, NULL, &options, NULL, &summary, &result, NULL), MLD_OK);
    double number = statistic_of(plan->paths, column, statistic);
    free(column);
    mld_summary_clear(&summary);
    mld_plan_clear(plan);
    free(plan);
    mld_scenario_free(scenario);
    return number;
}

static inline int run_meets(const struct solving *solving, const struct mld_goal *goal,
                            double target, double value)
{
    double number = run_at(solving, &goal->statistic, value);
    return goal->at_least ? number >= target : number <= target;
}

/* ---- both ---- */

/* A run of the value found reaches the target, as told to the bit; one of the other side misses. */
static inline void assert_crossing(const struct solving *solving, const struct mld_goal *goal,
                                   double target, const struct mld_crossing *one)
{
    double number = run_at(solving, &goal->statistic, one->met);
    assert_memory_equal(&number, &one->cell.value, sizeof number);
    assert_true(run_meets(solving, goal, target, one->met));
    assert_false(run_meets(solving, goal, target, one->unmet));
    assert_true(one->low <= one->met && one->met <= one->high);
}

/* Low and high of the stretch, no longer than the tolerance, in which a bisection ends. */
static inline void bisect(const struct solving *solving, const struct mld_goal *goal, double target,
                          double tolerance, double end[2])
{
    int met = run_meets(solving, goal, target, end[0]);
    assert_int_not_equal(met, run_meets(solving, goal, target, end[1]));
    while (end[1] - end[0] > tolerance) {
        double middle = end[0] + (end[1] - end[0]) / 2;
        end[run_meets(solving, goal, target, middle) != met] = middle;
    }
}

/**
 * Gives 1 when the stretch in which a bisection ends holds a crossing that was found. Of a
 * statistic that goes up and down within its error there are several, of which the bisection ends
 * in any: it lies in the interval of one that was found then, and 0 is given.
 */
static inline int assert_solved(const struct solving *solving)
{
    struct mld_solve_table table = solve(solving, 2);
    const struct mld_goal *goal = &table.goal;
    double target = goal->value, end[2] = { solving->from, solving->to };
    int same = 0, near = 0;
    if (goal->relative)
        target += run_at(solving, &goal->statistic, (double)NAN);
    bisect(solving, goal, target, table.tolerance, end);
    for (int i = 0; i < table.n_crossings; i++) {
        const struct mld_crossing *one = &table.crossing[i];
        assert_crossing(solving, goal, target, one);
        assert_true(fabs(one->met - one->unmet) <= table.tolerance);
        same |= fmin(one->met, one->unmet) <= end[1] && fmax(one->met, one->unmet) >= end[0];
        near |= one->low <= end[1] && one->high >= end[0];
    }
    if (!near)
        fail_msg("%s %s: a bisection ends at %.17g", solving->keys, solving->until, end[0]);
    mld_solve_clear(&table);
    return same;
}

#endif
