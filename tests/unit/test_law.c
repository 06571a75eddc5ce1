/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Laws of judgements (model, section 15): quantiles worked by hand, and every law that cannot be is
 * refused with its place and what was probably meant.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/worlds.h"
#include "scenario/law.h"
#include "scenario/ranks.h"
#include "support/outcome.h"

static void assert_near(double value, double expected)
{
    if (!(fabs(value - expected) <= 1e-12 * (1 + fabs(expected))))
        fail_msg("%.17g instead of %.17g", value, expected);
}

/* ---- values ---- */

static void two_pieces_have_half_the_mass_each(void **state)
{
    const struct mld_law_range range = { MLD_LAW_TWO_PIECE, 0.08, 0.18, 0 };
    (void)state;
    assert_near(mld_law_value(&range, 0.14, 0.25), 0.11); /* half way from 0.08 to 0.14 */
    assert_near(mld_law_value(&range, 0.14, 0.5), 0.14);
    assert_near(mld_law_value(&range, 0.14, 0.75), 0.16);
    assert_near(mld_law_mean(&range, 0.14), 0.135); /* (0.11 + 0.16) / 2 */
}

static void all_mass_is_on_the_other_side_of_an_end(void **state)
{
    const struct mld_law_range range = { MLD_LAW_TWO_PIECE, 1, 1.5, 0 };
    (void)state;
    assert_near(mld_law_value(&range, 1, 0.2), 1.1);
    assert_near(mld_law_value(&range, 1.5, 0.2), 1.1);
}

static void multiples_are_log_uniform_on_each_side_of_one(void **state)
{
    const struct mld_law_range range = { MLD_LAW_TWO_PIECE, 0.5, 4, 1 };
    (void)state;
    assert_near(mld_law_value(&range, 1, 0.25), sqrt(0.5));
    assert_near(mld_law_value(&range, 1, 0.75), 2);
}

/* Above 4, 1/value is uniform between 1/4 and 0: half way 1/8. */
static void towards_none_it_is_drawn_in_one_over_the_value(void **state)
{
    const struct mld_law_range range = { MLD_LAW_TWO_PIECE, 2.5, INFINITY, 0 };
    const struct mld_law_range uniform = { MLD_LAW_UNIFORM, 2.5, INFINITY, 0 };
    (void)state;
    assert_near(mld_law_value(&range, 4, 0.25), 3.25);
    assert_near(mld_law_value(&range, 4, 0.75), 8);
    assert_near(mld_law_value(&range, INFINITY, 0.5), 5); /* the scenario's is the end */
    assert_near(mld_law_value(&uniform, 4, 0.5), 5);
    assert_true(isinf(mld_law_mean(&range, 4)));
}

static void the_other_laws(void **state)
{
    const struct mld_law_range uniform = { MLD_LAW_UNIFORM, 0.03, 0.2, 0 },
                               log_uniform = { MLD_LAW_LOG_UNIFORM, 0.5, 2, 0 },
                               triangle = { MLD_LAW_TRIANGULAR, 0, 4, 0 };
    (void)state;
    assert_near(mld_law_value(&uniform, 0.1, 0.5), 0.115);
    assert_near(mld_law_value(&log_uniform, 1, 0.5), 1);
    assert_near(mld_law_mean(&log_uniform, 1), 1.5 / log(4));
    /* F(1) = 1/4 of a triangle with its mode at 1: F(x) = x² / 4 below, 1 − (4 − x)² / 12 above */
    assert_near(mld_law_value(&triangle, 1, 0.25), 1);
    assert_near(mld_law_value(&triangle, 1, 0.0625), 0.5);
    assert_near(mld_law_value(&triangle, 1, 1 - 1.0 / 12), 3);
    assert_near(mld_law_mean(&triangle, 1), 5.0 / 3);
}

static void it_rises_with_u(void **state)
{
    (void)state;
    for (int law = MLD_LAW_TWO_PIECE; law <= MLD_LAW_TRIANGULAR; law++) {
        const struct mld_law_range range = { (enum mld_law)law, 0.5, 3, 0 };
        double before = 0.5;
        for (int i = 1; i < 1000; i++) {
            double value = mld_law_value(&range, 1.2, i / 1000.0);
            assert_true(value >= before && value <= 3);
            before = value;
        }
    }
}

static void spearman_to_pearson(void **state)
{
    (void)state;
    assert_near(mld_ranks_pearson(1), 1);
    assert_near(mld_ranks_pearson(-1), -1);
    assert_near(mld_ranks_pearson(0.5), 0.5176380902050415); /* 2 sin 15° */
}

/* ---- what is refused ---- */

#define ROW(more) "sensitivity = ( { name = \"x\"; " more " } );\n"
#define GROWTH "keys = [ \"instruments.shares.growth\" ]; "
#define NUMBERS GROWTH "low = 0.08; high = 0.18; "
#define CHOICE \
    "keys = [ \"factors.dependence\" ]; choice_low = \"gaussian\"; choice_high = \"student\"; "
#define TWO                                                                               \
    "sensitivity = ( { name = \"growth\"; " NUMBERS "}, { name = \"volatility\"; keys = " \
    "[ \"instruments.shares.volatility\" ]; low = 0.15; high = 0.4; } );\n"

static const struct refusal {
    const char *text, *message;
} refused[] = {
    { ROW(NUMBERS "law = \"unifrom\"; "), "one of \"two_piece|uniform" },
    { ROW(CHOICE "law = \"uniform\"; "), "its low and high are no numbers" },
    { ROW(NUMBERS "probabilities = [ 0.5, 0.5 ]; "), "which have a law instead" },
    { ROW(CHOICE "probabilities = [ 0.5, 0.4 ]; "), "sum to 0.9" },
    { ROW(CHOICE "probabilities = [ 0.2, 0.3, 0.5 ]; "), "x.probabilities" },
    { ROW(GROWTH "low = 0.2; high = 0.3; "), "not between low and high" },
    { ROW(GROWTH "low = 0.2; high = 0.3; law = \"triangular\"; "), "not between low and high" },
    { ROW(GROWTH "low = 0.3; high = 0.2; law = \"uniform\"; "), "low is not below high" },
    { ROW(GROWTH "low = -0.1; high = 0.2; law = \"log_uniform\"; "), "ends above 0 only" },
    { ROW("keys = [ \"instruments.shares.multiple_cap\" ]; low = 2.5; choice_high = \"none\"; "
          "law = \"triangular\"; "),
      "no triangle reaches" },
    { ROW("keys = [ \"legal_forms.*.pd\" ]; operation = \"scale\"; low = 1.2; high = 2.0; "),
      "not between low and high" },
    { TWO "rank_correlations = ( { first = \"growth\"; second = \"volatilty\"; value = 0.5; } );\n",
      "did you mean volatility" },
    { TWO "rank_correlations = ( { first = \"growth\"; second = \"growth\"; value = 0.5; } );\n",
      "with itself is 1" },
    { TWO "rank_correlations = ( { first = \"growth\"; second = \"volatility\"; value = 0.5; }, "
          "{ first = \"volatility\"; second = \"growth\"; value = 0.1; } );\n",
      "given twice" },
    { TWO
      "rank_correlations = ( { first = \"growth\"; second = \"volatility\"; value = 1.0; } );\n",
      "not positive definite" },
    { ROW(NUMBERS "law = \"fixed\"; ") "rank_correlations = ( { first = \"x\"; second = \"x\"; "
                                       "value = 0.1; } );\n",
      "that row is fixed" },
    { ROW(NUMBERS) "uncertainty = { worlds = 40.5; };\n", "a whole number is expected" },
    { ROW(NUMBERS) "uncertainty = { worlds = 20; };\n", "uncertainty.worlds" },
    { ROW(NUMBERS) "uncertainty = { worlds = 4000000000.0; };\n", "more than 4294967294 paths" },
};

/* The scenario, or what is drawn of it, whichever refuses first. */
static enum mld_status refuse(struct outcome *outcome)
{
    struct mld_judgements *judgements = NULL;
    struct mld_worlds *worlds = NULL;
    if (outcome->status != MLD_OK)
        return outcome->status;
    enum mld_status status = mld_scenario_sensitivities(outcome->scenario, &judgements,
                                                        &outcome->messages);
    if (status == MLD_OK)
        status = mld_worlds_create(outcome->scenario, judgements, 1, &worlds, &outcome->messages);
    mld_worlds_free(worlds);
    free(judgements);
    return status;
}

static void what_cannot_be_drawn_is_refused_with_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        char text[2048];
        snprintf(text, sizeof text,
                 "base = \"" PROJECT_SOURCE "/scenarios/fpci-reference.cfg\";\ndrop = [ "
                 "\"sensitivity\" ];\n%s",
                 refused[i].text);
        struct outcome outcome = outcome_of_text(text, "t.cfg", 0, NULL);
        enum mld_status status = refuse(&outcome);
        if (status != MLD_ERR_INPUT || !outcome.messages.count ||
            !strstr(outcome.messages.text[0], refused[i].message) ||
            strncmp(outcome.messages.text[0], "t.cfg:", 6) != 0)
            fail_msg("%s: %d, %s", refused[i].text, (int)status,
                     outcome.messages.count ? outcome.messages.text[0] : "no message");
        outcome_clear(&outcome);
    }
}

static int is_scenario(const char *name)
{
    const char *end = strrchr(name, '.');
    return end && !strcmp(end, ".cfg");
}

static void judgements_of_every_shipped_scenario_can_be_drawn(void **state)
{
    DIR *folder = opendir(PROJECT_SOURCE "/scenarios");
    int n = 0;
    (void)state;
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder));) {
        char path[512];
        if (!is_scenario(entry->d_name))
            continue;
        snprintf(path, sizeof path, "%s/scenarios/%s", PROJECT_SOURCE, entry->d_name);
        struct outcome outcome = outcome_of_file(path, 0, NULL);
        if (refuse(&outcome) != MLD_OK)
            fail_msg("%s: %s", entry->d_name,
                     outcome.messages.count ? outcome.messages.text[0] : "no message");
        outcome_clear(&outcome);
        n++;
    }
    closedir(folder);
    assert_true(n > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_pieces_have_half_the_mass_each),
        cmocka_unit_test(all_mass_is_on_the_other_side_of_an_end),
        cmocka_unit_test(multiples_are_log_uniform_on_each_side_of_one),
        cmocka_unit_test(towards_none_it_is_drawn_in_one_over_the_value),
        cmocka_unit_test(the_other_laws),
        cmocka_unit_test(it_rises_with_u),
        cmocka_unit_test(spearman_to_pearson),
        cmocka_unit_test(what_cannot_be_drawn_is_refused_with_its_place),
        cmocka_unit_test(judgements_of_every_shipped_scenario_can_be_drawn),
    };
    return cmocka_run_group_tests_name("Laws of judgements", tests, NULL, NULL);
}
