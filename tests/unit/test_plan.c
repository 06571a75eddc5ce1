/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference scenarios load and resolve; derived fields follow the model's formulas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <string.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "milliard/scenario.h"

static struct mld_plan *plan_of(const char *path, int n_set, const char *const *set)
{
    struct mld_messages messages;
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    mld_messages_init(&messages);
    enum mld_status status = mld_scenario_load(path, n_set, set, &scenario, &messages);
    if (status == MLD_OK)
        status = mld_scenario_plan(scenario, &plan, &messages);
    for (size_t i = 0; i < messages.count; i++)
        fprintf(stderr, "%s\n", messages.text[i]);
    assert_int_equal(status, MLD_OK);
    mld_scenario_free(scenario);
    mld_messages_clear(&messages);
    return plan;
}

static void release(struct mld_plan *plan)
{
    mld_plan_clear(plan);
    free(plan);
}

static void reference_resolves(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_of(PROJECT_SOURCE "/scenarios/fpci-reference.cfg", 0, NULL);
    assert_int_equal(plan->grid.periods, 48);
    assert_int_equal(plan->grid.last, 47);
    assert_int_equal(plan->n_forms, 3);
    assert_int_equal(plan->fund.investment_periods, 20);
    assert_int_equal(plan->fund.carry_from, 19);
    assert_int_equal(plan->instrument_terms[5].resolution[0].lag_periods, 24);
    assert_true(plan->thesis.year_cumulative[4] == 1);
    /* 1e-12: a few roundings of numbers near 1. */
    double covariance = 0.3 * sqrt((1 - 0.36) * (1 - 0.49)) / (1 - 0.6 * 0.7);
    double norm = sqrt(0.16 + 0.64 + 2 * 0.4 * 0.8 * covariance + 0.16);
    assert_true(fabs(plan->form[0].norm - norm) < 1e-12);
    assert_true(fabs(plan->form[0].innovation_norm - sqrt(0.16 + 0.64 + 2 * 0.32 * 0.3 + 0.16)) < 1e-12);
    assert_true(fabs(plan->threshold[0] - mld_normal_quantile(1.3 * 0.0195)) < 1e-12);
    release(plan);
}

static void guarantee_is_laid_on_its_base(void **state)
{
    (void)state;
    const char *const set[] = { "guarantee.layers.state.quotite=0.7", "guarantee.dotation[0].amount=5000000000" };
    struct mld_plan *plan = plan_of(PROJECT_SOURCE "/scenarios/fpci-guaranteed.cfg", 2, set);
    assert_true(plan->guarantee.layer[0].quotite == 0.7);
    assert_true(plan->guarantee.dotation[0].amount == 5e9);
    assert_int_equal(plan->guarantee.layer[0].delay_periods, 4);
    assert_int_equal(plan->guarantee.layer[0].covers, -1);
    release(plan);
}

/* ---- every scenario of the project ---- */

static void tell(const char *what, const struct mld_messages *messages)
{
    for (size_t i = 0; i < messages->count; i++)
        fprintf(stderr, "%s: %s\n", what, messages->text[i]);
}

/* Low and high of one row of `sensitivity` give plans too. */
static int row_fails(const struct mld_scenario *scenario, const struct mld_sensitivity *row, int high)
{
    struct mld_messages messages;
    struct mld_scenario *varied = NULL;
    struct mld_plan *plan = NULL;
    mld_messages_init(&messages);
    enum mld_status status = mld_scenario_vary(scenario, row, high, &varied, &messages);
    if (status == MLD_OK)
        status = mld_scenario_plan(varied, &plan, &messages);
    tell(row->name, &messages);
    if (plan)
        release(plan);
    mld_scenario_free(varied);
    mld_messages_clear(&messages);
    return status != MLD_OK;
}

/* The others inherit the list of one of these: each row takes two plans, and a plan some 20 ms of quantile tables. */
static int rows_are_tried(const char *path)
{
    return strstr(path, "/fpci-guaranteed.cfg") || strstr(path, "/scheme-national.cfg");
}

static int scenario_fails(const char *path)
{
    struct mld_messages messages;
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    mld_messages_init(&messages);
    int failures = mld_scenario_load(path, 0, NULL, &scenario, &messages) != MLD_OK
                || mld_scenario_plan(scenario, &plan, &messages) != MLD_OK;
    tell(path, &messages);
    for (int i = 0; plan && rows_are_tried(path) && i < plan->n_sensitivities; i++)
        failures += row_fails(scenario, &plan->sensitivity[i], 0) + row_fails(scenario, &plan->sensitivity[i], 1);
    if (plan)
        release(plan);
    mld_scenario_free(scenario);
    mld_messages_clear(&messages);
    return failures;
}

static void every_scenario_resolves(void **state)
{
    (void)state;
    glob_t found;
    assert_int_equal(glob(PROJECT_SOURCE "/scenarios/*.cfg", 0, NULL, &found), 0);
    int failures = 0;
    for (size_t i = 0; i < found.gl_pathc; i++)
        failures += scenario_fails(found.gl_pathv[i]);
    assert_true(found.gl_pathc >= 12);
    globfree(&found);
    assert_int_equal(failures, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(reference_resolves), cmocka_unit_test(guarantee_is_laid_on_its_base),
                                        cmocka_unit_test(every_scenario_resolves) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
