/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * precision: the fewest paths, doubled, of which a run has the errors asked for, and has them to
 * the bit; threads change nothing; what is not reached, and what is no error.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "milliard/precision.h"
#include "support/outcome.h"

enum { ASKS = 4, START = 1500, MOST = 24000 };

static const char *const asks[ASKS] = { "net_irr_a <= 0.0004", "loss_a<=0.006",
                                        "net_irr_a.p05 <= 0.002", "payouts.sd <= 1e5" };

static struct outcome outcome_of(long paths)
{
    char text[32];
    const char *set[] = { text, "sensitivity=()" };
    snprintf(text, sizeof text, "run.paths=%ld", paths);
    struct outcome outcome = outcome_of_file(PROJECT_SOURCE "/scenarios/fpci-guaranteed.cfg", 2,
                                             set);
    assert_int_equal(outcome.status, MLD_OK);
    return outcome;
}

static void read_all(const struct mld_plan *plan, int n, const char *const *text,
                     struct mld_precision *precision)
{
    for (int i = 0; i < n; i++)
        assert_int_equal(mld_precision_read(text[i], plan, "here", &precision[i], NULL), MLD_OK);
}

static enum mld_status find(struct mld_plan *plan, int threads, int n,
                            struct mld_precision *precision, uint32_t *paths)
{
    const struct mld_precision_options options = { .threads = threads };
    return mld_precision_find(plan, START, n, precision, &options, paths, NULL);
}

/* The error that a run of so many paths tells. */
static double error_of(const struct mld_summary *summary, const struct mld_statistic *statistic)
{
    const struct mld_statistics *all = &summary->measure[statistic->design][statistic->measure];
    for (int q = 0; q < MLD_QUANTILES && statistic->of == MLD_OF_QUANTILE; q++)
        if (!(fabs(mld_quantile_levels[q] - statistic->level) > 0))
            return (all->quantile_high[q] - all->quantile_low[q]) / (2 * 1.96);
    return statistic->of == MLD_OF_MEAN ? all->mean_error : all->sd_error;
}

static void run(uint32_t paths, const struct mld_precision *precision, double error[ASKS])
{
    struct outcome outcome = outcome_of(paths);
    struct mld_summary summary;
    struct mld_run_result result;
    const struct mld_run_options options = { .threads = 2 };
    assert_int_equal(mld_run(outcome.plan, NULL, &options, NULL, &summary, &result, NULL), MLD_OK);
    for (int i = 0; i < ASKS; i++)
        error[i] = error_of(&summary, &precision[i].statistic);
    mld_summary_clear(&summary);
    outcome_clear(&outcome);
}

static int all_met(const struct mld_precision *precision, const double error[ASKS])
{
    int met = 1;
    for (int i = 0; i < ASKS; i++)
        met &= error[i] <= precision[i].wanted;
    return met;
}

static void is_the_first_run_that_is_precise(void **state)
{
    (void)state;
    struct outcome outcome = outcome_of(MOST);
    struct mld_precision precision[ASKS], again[ASKS];
    double error[ASKS];
    uint32_t paths, as_many;
    read_all(outcome.plan, ASKS, asks, precision);
    read_all(outcome.plan, ASKS, asks, again);
    assert_int_equal(find(outcome.plan, 1, ASKS, precision, &paths), MLD_OK);
    assert_true(paths > START && paths < MOST && (paths & (paths - 1)) != 0);
    run(paths, precision, error);
    assert_true(all_met(precision, error));
    for (int i = 0; i < ASKS; i++)
        assert_memory_equal(&error[i], &precision[i].error, sizeof *error);
    run(paths / 2, precision, error);
    assert_false(all_met(precision, error));
    assert_int_equal(find(outcome.plan, 4, ASKS, again, &as_many), MLD_OK);
    assert_int_equal(paths, as_many);
    assert_memory_equal(precision, again, sizeof again);
    outcome_clear(&outcome);
}

static void tell(void *context, double done, double next, double forecast)
{
    double *last = context;
    assert_true(done >= last[0] && next >= START && next <= MOST);
    last[0] = done;
    last[1] = forecast;
}

/* Of all paths there are; what was forecast is as many as the error takes, within a tenth. */
static void what_is_never_met(void **state)
{
    (void)state;
    struct outcome outcome = outcome_of(6000);
    const char *const text[] = { "net_irr_a <= 0.0001" };
    struct mld_precision precision[1];
    double last[2] = { 0, 0 };
    const struct mld_precision_options options = { .threads = 2,
                                                   .progress = tell,
                                                   .context = last };
    uint32_t paths;
    read_all(outcome.plan, 1, text, precision);
    assert_int_equal(mld_precision_find(outcome.plan, START, 1, precision, &options, &paths, NULL),
                     MLD_NOT_REACHED);
    assert_int_equal(paths, 6000);
    double needed = 6000 * pow(precision[0].error / precision[0].wanted, 2);
    assert_true(fabs(last[1] - needed) < 0.1 * needed);
    outcome_clear(&outcome);
}

static void stops_when_asked(void **state)
{
    (void)state;
    static volatile sig_atomic_t stop = 1;
    struct outcome outcome = outcome_of(MOST);
    struct mld_precision precision[ASKS];
    const struct mld_precision_options options = { .threads = 1, .stop = &stop };
    uint32_t paths;
    read_all(outcome.plan, ASKS, asks, precision);
    assert_int_equal(mld_precision_find(outcome.plan, START, ASKS, precision, &options, &paths,
                                        NULL),
                     MLD_INTERRUPTED);
    outcome_clear(&outcome);
}

static void mistakes_are_said(void **state)
{
    (void)state;
    static const char *const wrong[] = { "net_irr_a >= 0.1", "net_irr_a <= 0", "net_irr_a <= -1",
                                         "net_irr_a <= base + 1" };
    struct outcome outcome = outcome_of(12);
    struct mld_precision precision;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct mld_messages messages;
        mld_messages_init(&messages);
        assert_int_equal(mld_precision_read(wrong[i], outcome.plan, "here", &precision, &messages),
                         MLD_ERR_INPUT);
        assert_non_null(strstr(messages.text[0], "standard error"));
        mld_messages_clear(&messages);
    }
    outcome_clear(&outcome);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(is_the_first_run_that_is_precise),
                                        cmocka_unit_test(what_is_never_met),
                                        cmocka_unit_test(stops_when_asked),
                                        cmocka_unit_test(mistakes_are_said) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
