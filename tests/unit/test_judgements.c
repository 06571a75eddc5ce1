/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of `sensitivity`: what says how a run is made is no judgement, and a judgement that cannot
 * be run is told, with its place, its name and its end, before anything is run.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "milliard/sensitivity.h"
#include "support/outcome.h"

#define BASE "base = \"" PROJECT_SOURCE "/scenarios/"

static struct outcome outcome_of_row(const char *base, const char *row)
{
    char text[2048];
    snprintf(text, sizeof text,
             BASE "%s\";\ndrop = [ \"sensitivity\" ];\nsensitivity = ( { name = \"zz\"; %s } );\n",
             base, row);
    return outcome_of_text(text, "t.cfg", 0, NULL);
}

/* ---- what is no judgement ---- */

static const char *const fixed[] = { "run.paths",
                                     "run.seed",
                                     "run.trajectories",
                                     "run.trajectories_first",
                                     "run.measures",
                                     "run.measures_listed",
                                     "run.storage",
                                     "run.fans",
                                     "run.precision",
                                     "run.paths_at_most",
                                     "run",
                                     "periods_per_year",
                                     "horizon_years",
                                     "first_closing",
                                     "name",
                                     "title.en",
                                     "title",
                                     "description.fr",
                                     "tape.file",
                                     "tape.text",
                                     "tape",
                                     "thesis.resample",
                                     "factors.sectors",
                                     "factors.sectors[0]",
                                     "factors.named.*.name",
                                     "factors.named[0].name",
                                     "guarantee.layers.state.name",
                                     "guarantee.layers[0].name",
                                     "fund.impact_carry.beneficiary",
                                     "sensitivity",
                                     "sensitivity.zz.low" };

static void what_makes_a_run_is_no_judgement(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        char row[256], expected[256];
        snprintf(row, sizeof row, "keys = [ \"fund.hurdle\", \"%s\" ]; low = 1; high = 2;",
                 fixed[i]);
        snprintf(expected, sizeof expected,
                 "t.cfg:3: sensitivity.zz.keys[1] = \"%s\": no judgement: it says how the run is "
                 "made or what things are called",
                 fixed[i]);
        struct outcome outcome = outcome_of_row("fpci-guaranteed.cfg", row);
        assert_int_equal(outcome.status, MLD_ERR_INPUT);
        assert_int_equal(outcome.messages.count, 1);
        assert_string_equal(outcome.messages.text[0], expected);
        outcome_clear(&outcome);
    }
}

static void check_rows(const struct mld_param *table)
{
    for (const struct mld_param *row = table; row && row->key; row++) {
        assert_true(!(row->flags & MLD_FIXED) || !(row->flags & MLD_JUDGEMENT));
        assert_true(strcmp(row->key, "name") != 0 || row->flags & MLD_FIXED ||
                    table == mld_param_named("sensitivity")->table);
        if (!(row->flags & MLD_FIXED))
            check_rows(row->table);
    }
}

/* No judgement of the tables is forbidden, and every name is, for draws are addressed by names. */
static void no_judgement_is_fixed_and_every_name_is(void **state)
{
    (void)state;
    check_rows(mld_scenario_params);
}

/* ---- what cannot be run ---- */

static const struct {
    const char *base, *row, *message;
} impossible[] = {
    { "fpci-guaranteed.cfg",
      "keys = [ \"guarantee.layers.state.quotite\" ]; operation = \"scale\"; low = 0.5; high = "
      "2.5;",
      "t.cfg:3: sensitivity.zz, high: guarantee.layers.state.quotite = 1.25 is outside [0, 1]; did "
      "you mean 0.0125?" },
    { "fpci-guaranteed.cfg",
      "keys = [ \"thesis.deployment\" ]; choice_low = \"[ 1.0 ]\"; choice_high = \"[ 0.5, 0.6 ]\";",
      "t.cfg:3: sensitivity.zz, high: thesis.deployment adds up to 1.1 instead of 1" },
    { "fpci-guaranteed.cfg", "keys = [ \"fund.investment_years\" ]; low = 5; high = 12;",
      "t.cfg:3: sensitivity.zz, high: fund.investment_years = 12 is longer than term_years = 10" },
    { "fpci-guaranteed.cfg", "keys = [ \"fund.tiers\" ]; operation = \"scale\"; low = 1; high = 1;",
      "t.cfg:3: sensitivity.zz, low: fund.tiers: only numbers and arrays of numbers are scaled or "
      "added to" },
    { "tape-example.cfg", "keys = [ \"thesis.ticket.mean\" ]; low = 1e6; high = 2e6;",
      "t.cfg:3: sensitivity.zz, low: thesis.deployment is missing" },
    { "fpci-reference.cfg", "keys = [ \"guarantee.moral_hazard\" ]; low = 1; high = 2;",
      "t.cfg:3: sensitivity.zz, low: guarantee.layers is missing" },
    { "fpci-reference.cfg",
      "keys = [ \"guarantee.layers\" ]; choice_low = \"( { name = \\\"a\\\", quotite = 0.5 } )\"; "
      "choice_high = \"()\";",
      "t.cfg:3: sensitivity.zz, low: a fund or a guarantee where the scenario has none, so other "
      "results: no judgement" },
    { "fpci-reference.cfg",
      "keys = [ \"legal_forms.*.weights\", \"factors.named\" ]; choice_low = \"{ cycle = 1.0 }; ( "
      "{ name = \\\"cycle\\\", "
      "persistence = 0.6 } )\"; choice_high = \"{ cycle = 1.0 }; ( { name = "
      "\\\"public_funding\\\", persistence = 0.6 }, { name = "
      "\\\"cycle\\\", persistence = 0.6 } )\";",
      NULL },
};

static int count_run;
static void count(void *context, int done, int runs)
{
    (void)context, (void)done, (void)runs;
    count_run++;
}

/* The plan warns, and the sensitivity refuses before its first run. */
static void told_before_the_first_run(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof impossible / sizeof *impossible; i++) {
        struct outcome outcome = outcome_of_row(impossible[i].base, impossible[i].row);
        struct mld_run_options options = { .threads = 1 };
        struct mld_sensitivity_table table;
        outcome_tell(&outcome);
        assert_int_equal(outcome.status, MLD_OK);
        assert_true(outcome.plan->warnings.found[MLD_WARN_SENSITIVITY] > 0);
        assert_int_equal(mld_sensitivity_fill(outcome.scenario, &options, count, NULL, &table,
                                              &outcome.messages),
                         MLD_ERR_INPUT);
        assert_int_equal(count_run, 0);
        assert_true(outcome.messages.count > 0);
        if (impossible[i].message)
            assert_string_equal(outcome.messages.text[0], impossible[i].message);
        else
            assert_non_null(strstr(outcome.messages.text[0], "t.cfg:3: sensitivity.zz, low: "));
        outcome_clear(&outcome);
    }
}

/* ---- both ends ---- */

static const struct {
    const char *row, *message;
} ends[] = {
    { "keys = [ \"fund.hurdle\" ]; low = 0.05;", "t.cfg:3: sensitivity.zz.high is missing" },
    { "keys = [ \"factors.dependence\" ]; choice_low = \"gaussian\"; choice_high = \"student\"; "
      "low = 1;",
      "t.cfg:3: sensitivity.zz.low: choice_low is given too" },
};

static void both_ends_are_given_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct outcome outcome = outcome_of_row("fpci-guaranteed.cfg", ends[i].row);
        assert_int_equal(outcome.status, MLD_ERR_INPUT);
        assert_int_equal(outcome.messages.count, 1);
        assert_string_equal(outcome.messages.text[0], ends[i].message);
        outcome_clear(&outcome);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_makes_a_run_is_no_judgement),
        cmocka_unit_test(no_judgement_is_fixed_and_every_name_is),
        cmocka_unit_test(told_before_the_first_run),
        cmocka_unit_test(both_ends_are_given_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
