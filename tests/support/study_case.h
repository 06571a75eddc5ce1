/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The law of studies (model, section 19): whether each statistic of a variant is, to the last bit,
 * that of a run of its scenario.
 */
#ifndef TEST_SUPPORT_STUDY_CASE_H
#define TEST_SUPPORT_STUDY_CASE_H

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
#include "milliard/study.h"

static inline struct mld_study_result run_study(const struct mld_study *study, int threads,
                                                double budget)
{
    const struct mld_study_options options = { .threads = threads, .budget = budget };
    struct mld_study_result result;
    struct mld_messages messages;
    mld_messages_init(&messages);
    assert_int_equal(mld_study_run(study, &options, &result, &messages), MLD_OK);
    mld_messages_clear(&messages);
    return result;
}

static inline struct mld_summary run_alone(const struct mld_scenario *scenario)
{
    const struct mld_run_options options = { .threads = 2 };
    struct mld_plan *plan = NULL;
    struct mld_summary summary;
    struct mld_run_result result;
    struct mld_messages messages;
    mld_messages_init(&messages);
    assert_int_equal(mld_scenario_plan(scenario, &plan, &messages), MLD_OK);
    price(plan);
    assert_int_equal(mld_run(plan, NULL, &options, NULL, &summary, &result, &messages), MLD_OK);
    mld_messages_clear(&messages);
    mld_plan_clear(plan);
    free(plan);
    return summary;
}

/* A quantile at a level that runs have; 99.9 % is of dotations alone. */
static inline void quantile_of(const struct mld_summary *summary, const struct mld_statistics *all,
                               double level, double number[4])
{
    for (int q = 0; q < MLD_QUANTILES; q++)
        if (mld_quantile_levels[q] == level)
            number[0] = all->quantile[q], number[2] = all->quantile_low[q],
            number[3] = all->quantile_high[q];
    if (level == mld_dotation_levels[2])
        number[0] = summary->dotation[2], number[2] = summary->dotation_low[2],
        number[3] = summary->dotation_high[2];
}

/* Value, error, low and high as a run gives them; NaN for what it does not. */
static inline void numbers_of(const struct mld_summary *summary,
                              const struct mld_statistic *statistic, double number[4])
{
    const struct mld_statistics *all = &summary->measure[statistic->design][statistic->measure];
    number[0] = number[1] = number[2] = number[3] = (double)NAN;
    switch (statistic->of) {
    case MLD_OF_MEAN: number[0] = all->mean, number[1] = all->mean_error; break;
    case MLD_OF_SD: number[0] = all->sd, number[1] = all->sd_error; break;
    case MLD_OF_SHORTFALL: number[0] = all->shortfall, number[1] = all->shortfall_error; break;
    default: quantile_of(summary, all, statistic->level, number);
    }
}

static inline void assert_same(const struct mld_study_cell *cell, const struct mld_summary *summary,
                               const struct mld_statistic *statistic, int variant)
{
    const struct mld_statistics *all = &summary->measure[statistic->design][statistic->measure];
    double is[4] = { cell->value, cell->error, cell->low, cell->high }, run[4];
    numbers_of(summary, statistic, run);
    assert_true(run[0] == run[0] || all->count == 0);
    for (int i = 0; i < 4; i++)
        if (run[i] == run[i] && memcmp(&is[i], &run[i], sizeof *run))
            fail_msg("variant %d, %s: %.17g, but %.17g of its run", variant, statistic->name, is[i],
                     run[i]);
    assert_true(cell->count == (double)all->count);
}

static inline void check_variant(const struct mld_study *study,
                                 const struct mld_study_result *result, int variant)
{
    struct mld_scenario *scenario = NULL;
    struct mld_messages messages;
    mld_messages_init(&messages);
    assert_int_equal(mld_study_variant(study, variant, &scenario, &messages), MLD_OK);
    struct mld_summary summary = run_alone(scenario);
    assert_int_equal(result->done[variant], 1);
    for (int s = 0; s < study->n_statistics; s++) {
        assert_same(&result->cell[variant * study->n_statistics + s], &summary,
                    &study->statistic[s], variant);
    }
    mld_summary_clear(&summary);
    mld_scenario_free(scenario);
    mld_messages_clear(&messages);
}

#endif
