/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What becomes of a scenario, with mistakes or without: a status, the messages told and, when all
 * went well, a plan.
 */
#ifndef TEST_SUPPORT_OUTCOME_H
#define TEST_SUPPORT_OUTCOME_H

#include <stdio.h>
#include <stdlib.h>

#include "milliard/scenario.h"

struct outcome {
    enum mld_status status;
    struct mld_messages messages;
    struct mld_scenario *scenario;
    struct mld_plan *plan;
};

/** Plans the scenario of an outcome, when one was read. */
static inline void outcome_plan(struct outcome *outcome)
{
    if (outcome->status == MLD_OK)
        outcome->status = mld_scenario_plan(outcome->scenario, &outcome->plan, &outcome->messages);
}

/** Of a file, as `milliard run --set` would read it. */
static inline struct outcome outcome_of_file(const char *path, int n_set, const char *const *set)
{
    struct outcome outcome = { 0 };
    outcome.status = mld_scenario_load(path, n_set, set, &outcome.scenario, &outcome.messages);
    outcome_plan(&outcome);
    return outcome;
}

/** Of a text, as if the file `path` held it. */
static inline struct outcome outcome_of_text(const char *text, const char *path, int n_set,
                                             const char *const *set)
{
    struct outcome outcome = { 0 };
    outcome.status = mld_scenario_parse(text, path, n_set, set, &outcome.scenario,
                                        &outcome.messages);
    outcome_plan(&outcome);
    return outcome;
}

/** Of the text that a scenario gives of itself, as if the file `path` held it. */
static inline struct outcome outcome_of_its_text(const struct mld_scenario *scenario,
                                                 const char *path)
{
    char *text = mld_scenario_text(scenario);
    struct outcome outcome = { .status = MLD_ERR_MEMORY };
    if (text)
        outcome = outcome_of_text(text, path, 0, NULL);
    free(text);
    return outcome;
}

/** Of a scenario with one of its judgements low or high. */
static inline struct outcome outcome_of_judgement(const struct mld_scenario *scenario,
                                                  const struct mld_sensitivity *row, int high)
{
    struct outcome outcome = { 0 };
    outcome.status = mld_scenario_vary(scenario, row, high, &outcome.scenario, &outcome.messages);
    outcome_plan(&outcome);
    return outcome;
}

/** Prints the messages, for who reads why a test failed. */
static inline void outcome_tell(const struct outcome *outcome)
{
    for (size_t i = 0; i < outcome->messages.count; i++)
        fprintf(stderr, "%s\n", outcome->messages.text[i]);
}

static inline void outcome_clear(struct outcome *outcome)
{
    mld_plan_clear(outcome->plan);
    free(outcome->plan);
    mld_scenario_free(outcome->scenario);
    mld_messages_clear(&outcome->messages);
}

#endif
