/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A scenario run in memory: every per-path measure of every design, and the summary. */
#ifndef TESTS_RUN_CASE_H
#define TESTS_RUN_CASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "milliard/milliard.h"
#include "support/outcome.h"
#include "support/price.h"

struct run_case {
    struct mld_scenario *scenario;
    struct mld_plan *plan;
    size_t paths;
    int designs;
    double *column[MLD_MAX_DESIGNS]; /**< [measure][path]; NaN where a measure does not apply */
    struct mld_summary summary;
    int borrowed; /**< scenario and plan are another case's */
};

/* A case that is not yet run, of a scenario that must have no mistake. */
static inline struct run_case run_case_of_outcome(struct outcome outcome)
{
    outcome_tell(&outcome);
    assert_int_equal(outcome.status, MLD_OK);
    mld_messages_clear(&outcome.messages);
    return (struct run_case){ .scenario = outcome.scenario, .plan = outcome.plan };
}

/* The plan of a shipped scenario with some keys set, and the scenario. */
static inline struct mld_plan *run_case_plan(const char *scenario, int n_set,
                                             const char *const *set, struct mld_scenario **kept)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/scenarios/%s", PROJECT_SOURCE, scenario);
    struct run_case run = run_case_of_outcome(outcome_of_file(path, n_set, set));
    *kept = run.scenario;
    return run.plan;
}

/* Runs the plan of a case and keeps every measure. */
static inline void run_case_run(struct run_case *run, int threads, int batch)
{
    price(run->plan);
    run->paths = run->plan->paths;
    run->designs = run->plan->n_designs;
    int measures = mld_measure_count(), n_keep = 0;
    struct mld_keep *keep = calloc((size_t)(measures * run->designs), sizeof *keep);
    assert_non_null(keep);
    for (int d = 0; d < run->designs; d++) {
        run->column[d] = malloc((size_t)measures * run->paths * sizeof(double));
        assert_non_null(run->column[d]);
        memset(run->column[d], 0xff, (size_t)measures * run->paths * sizeof(double));
        for (int i = 0; i < measures; i++)
            if (mld_measure_applies(&run->plan->design[d], run->plan->model.n_forms, i))
                keep[n_keep++] = (struct mld_keep){ d, i, run->column[d] + (size_t)i * run->paths };
    }
    struct mld_run_options options = {
        .threads = threads, .batch = batch, .keep = keep, .n_keep = n_keep
    };
    struct mld_run_result result;
    struct mld_messages messages;
    mld_messages_init(&messages);
    enum mld_status status = mld_run(run->plan, run->scenario, &options, NULL, &run->summary,
                                     &result, &messages);
    for (size_t i = 0; i < messages.count; i++)
        print_message("%s\n", messages.text[i]);
    mld_messages_clear(&messages);
    free(keep);
    assert_int_equal(status, MLD_OK);
}

static inline void run_case_start(struct run_case *run, const char *scenario, int n_set,
                                  const char *const *set, int threads, int batch)
{
    *run = (struct run_case){ 0 };
    run->plan = run_case_plan(scenario, n_set, set, &run->scenario);
    run_case_run(run, threads, batch);
}

/* A case of the text of a scenario, not yet run. */
static inline struct run_case run_case_of_text(const char *text)
{
    return run_case_of_outcome(outcome_of_text(text, "test.cfg", 0, NULL));
}

/* Means by step of a series. */
static inline const double *run_case_means(const struct run_case *run, int design,
                                           const char *series)
{
    int i = mld_series_named(series);
    assert_true(i >= 0 && run->summary.fan[design][i].length > 0);
    return run->summary.fan[design][i].mean;
}

static inline const struct mld_statistics *run_case_statistics(const struct run_case *run,
                                                               int design, const char *measure)
{
    int i = mld_measure_named(measure);
    assert_true(i >= 0);
    return &run->summary.measure[design][i];
}

/**
 * The plan of another case run again: planning takes longer than a short run. End it before the
 * other.
 */
static inline void run_case_again(struct run_case *run, const struct run_case *other, int threads,
                                  int batch)
{
    *run = (struct run_case){ .scenario = other->scenario, .plan = other->plan, .borrowed = 1 };
    run_case_run(run, threads, batch);
}

static inline const double *run_case_column(const struct run_case *run, int design,
                                            const char *measure)
{
    int i = mld_measure_named(measure);
    assert_true(i >= 0);
    return run->column[design] + (size_t)i * run->paths;
}

static inline void run_case_end(struct run_case *run)
{
    for (int d = 0; d < MLD_MAX_DESIGNS; d++)
        free(run->column[d]);
    mld_summary_clear(&run->summary);
    if (run->borrowed)
        return;
    mld_plan_clear(run->plan);
    free(run->plan);
    mld_scenario_free(run->scenario);
}

#endif
