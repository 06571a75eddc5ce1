/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "[design.]measure[.mean|.sd|.pNN|.shortfall]": what it means, and what is said of other words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "milliard/measure.h"
#include "milliard/study.h"
#include "support/outcome.h"

#define SCENARIO(name) PROJECT_SOURCE "/scenarios/" name ".cfg"
static struct outcome guaranteed, fund, scheme;

static struct mld_statistic read_well(const struct outcome *outcome, const char *text)
{
    struct mld_statistic statistic;
    struct mld_messages messages;
    mld_messages_init(&messages);
    enum mld_status status = mld_statistic_read(text, outcome->plan, "here", &statistic, &messages);
    for (size_t i = 0; i < messages.count; i++)
        print_error("%s\n", messages.text[i]);
    mld_messages_clear(&messages);
    assert_int_equal(status, MLD_OK);
    return statistic;
}

static void means(const struct outcome *outcome, const char *text, const char *name,
                  enum mld_statistic_of of, double level)
{
    struct mld_statistic statistic = read_well(outcome, text);
    assert_string_equal(statistic.name, name);
    assert_int_equal(statistic.of, of);
    assert_true(statistic.level == level);
    const char *measure = strchr(name, '.') + 1;
    assert_int_equal(strncmp(mld_measures[statistic.measure].name, measure, strcspn(measure, ".")),
                     0);
    struct mld_statistic again = read_well(outcome, statistic.name);
    assert_memory_equal(&again, &statistic, sizeof again);
}

static void test_what_is_left_out(void **state)
{
    (void)state;
    means(&guaranteed, "net_irr_a", "with.net_irr_a.mean", MLD_OF_MEAN, 0);
    means(&guaranteed, "without.net_irr_a", "without.net_irr_a.mean", MLD_OF_MEAN, 0);
    means(&fund, "net_irr_a", "without.net_irr_a.mean", MLD_OF_MEAN, 0);
    means(&scheme, "net_cost.sd", "with.net_cost.sd", MLD_OF_SD, 0);
    means(&guaranteed, "with.net_cost.shortfall", "with.net_cost.shortfall", MLD_OF_SHORTFALL, 0);
}

static void test_levels(void **state)
{
    (void)state;
    means(&guaranteed, "tvpi.p5", "with.tvpi.p05", MLD_OF_QUANTILE, 0.05);
    means(&guaranteed, "tvpi.p05", "with.tvpi.p05", MLD_OF_QUANTILE, 0.05);
    means(&guaranteed, "tvpi.p95.00", "with.tvpi.p95", MLD_OF_QUANTILE, 0.95);
    means(&guaranteed, "with.dotation_needed.p99.9", "with.dotation_needed.p99.9", MLD_OF_QUANTILE,
          0.999);
    means(&guaranteed, "tvpi.p0.25", "with.tvpi.p00.25", MLD_OF_QUANTILE, 0.0025);
}

static void refused(const struct outcome *outcome, const char *text, const char *message)
{
    struct mld_statistic statistic;
    struct mld_messages messages;
    mld_messages_init(&messages);
    assert_int_equal(mld_statistic_read(text, outcome->plan, "here", &statistic, &messages),
                     MLD_ERR_INPUT);
    assert_int_equal(messages.count, 1);
    assert_string_equal(messages.text[0], message);
    mld_messages_clear(&messages);
}

static void test_designs(void **state)
{
    (void)state;
    refused(&guaranteed, "wiht.net_irr_a",
            "here: \"wiht.net_irr_a\": no such design: wiht; did "
            "you mean with?");
    refused(&fund, "with.net_irr_a",
            "here: \"with.net_irr_a\": the scenario has no guarantee, and no design with");
}

static void test_measures(void **state)
{
    (void)state;
    refused(&guaranteed, "net_ir_a.p05",
            "here: \"net_ir_a.p05\": no such measure: net_ir_a; did you mean net_irr_a?");
    refused(&guaranteed, "with.récupération",
            "here: \"with.récupération\": no such measure: récupération; did you mean "
            "payback_years?");
    refused(&guaranteed, "", "here: \"\": a measure is expected");
    refused(&guaranteed, "with.", "here: \"with.\": a measure is expected");
    refused(&scheme, "net_irr_a", "here: \"net_irr_a\": the scenario has no fund");
    refused(&fund, "payouts", "here: \"payouts\": the scenario has no guarantee");
    refused(&guaranteed, "without.payouts",
            "here: \"without.payouts\": the design has no guarantee");
    refused(&guaranteed, "net_irr_b", "here: \"net_irr_b\": the fund has no class B");
}

static void test_statistics(void **state)
{
    (void)state;
    refused(&guaranteed, "tvpi.men",
            "here: \"tvpi.men\": mean, sd, shortfall or a quantile such "
            "as p05 is expected, not men; did you mean mean?");
    refused(&guaranteed, "loss_a.shortfall",
            "here: \"loss_a.shortfall\": the measure has no worst end, and no shortfall");
    const char *const levels[] = { "tvpi.p0", "tvpi.p100", "tvpi.p5.", "tvpi.p1.1234567",
                                   "tvpi.p5x" };
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        char message[160];
        snprintf(message, sizeof message,
                 "here: \"%s\": the level of a quantile is a percentage between 0 and 100, as in "
                 "p05 or p99.9",
                 levels[i]);
        refused(&guaranteed, levels[i], message);
    }
}

static int load(void **state)
{
    (void)state;
    guaranteed = outcome_of_file(SCENARIO("fpci-guaranteed"), 0, NULL);
    fund = outcome_of_file(SCENARIO("fpci-reference"), 0, NULL);
    scheme = outcome_of_file(SCENARIO("scheme-national"), 0, NULL);
    return guaranteed.status || fund.status || scheme.status;
}

static int unload(void **state)
{
    (void)state;
    outcome_clear(&guaranteed);
    outcome_clear(&fund);
    outcome_clear(&scheme);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_left_out), cmocka_unit_test(test_levels),
        cmocka_unit_test(test_designs),          cmocka_unit_test(test_measures),
        cmocka_unit_test(test_statistics),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
