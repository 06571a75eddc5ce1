/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Warnings: each line of the table is something a scenario may say and hardly means, and what must be told of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "support/outcome.h"
#include "support/rows.h"

enum { MOST_SETS = 8 };

/* ---- what is told ---- */

static const struct { const char *sets[MOST_SETS], *id, *where, *text_en, *text_fr, *meant_en, *meant_fr; } doubtful[] = {
    { { "guarantee.dotation[0].amount=15" }, "unit", "--set", "guarantee.dotation[0].amount = 15 EUR looks given in another unit.",
      "guarantee.dotation[0].amount = 15\u00a0€ semble donné dans une autre unité.", "Did you mean 15000000 EUR (15.0\u00a0M€)?",
      "Probablement voulu\u00a0: 15000000\u00a0€, soit 15,0\u00a0M€." },
    { { "sensitivity=({name=\"zz\";keys=[\"guarantee.layers.state.quotite\"];operation=\"scale\";low=0.5;high=2.5;})" }, "sensitivity", "--set",
      "sensitivity.zz, high: this judgement cannot be run (guarantee.layers.state.quotite = 1.25 is outside [0, 1]; did you mean 0.0125?).",
      "sensitivity.zz, high\u00a0: ce jugement ne peut pas être calculé («\u00a0guarantee.layers.state.quotite = 1.25 is outside [0, 1]; did you mean 0.0125?\u00a0»).",
      "Change its low and high, or its keys.", "À changer\u00a0: ses valeurs basse et haute, ou ses clés." },
};

static int count_sets(const char *const *sets)
{
    int n = 0;
    while (n < MOST_SETS && sets[n])
        n++;
    return n;
}

static int same(const char *what, const char *expected, const char *found)
{
    if (!strcmp(expected, found))
        return 1;
    fprintf(stderr, "%s\n  expected: %s\n  got:      %s\n", what, expected, found);
    return 0;
}

static void test_what_is_told(void **state)
{
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof doubtful / sizeof doubtful[0]; i++) {
        const char *what = doubtful[i].sets[0];
        struct outcome outcome = outcome_of_file(PROJECT_SOURCE "/scenarios/fpci-guaranteed.cfg", count_sets(doubtful[i].sets), doubtful[i].sets);
        if (outcome.status != MLD_OK || outcome.plan->warnings.count != 1) {
            fprintf(stderr, "%s: %zu warnings\n", what, outcome.plan ? outcome.plan->warnings.count : 0);
            outcome_tell(&outcome);
            wrong++;
        } else {
            const struct mld_warning *warning = &outcome.plan->warnings.item[0];
            wrong += !same(what, doubtful[i].id, warning->id) + !same(what, doubtful[i].where, warning->where)
                   + !same(what, doubtful[i].text_en, warning->text_en) + !same(what, doubtful[i].text_fr, warning->text_fr)
                   + !same(what, doubtful[i].meant_en, warning->meant_en) + !same(what, doubtful[i].meant_fr, warning->meant_fr);
        }
        outcome_clear(&outcome);
    }
    assert_int_equal(wrong, 0);
}

/* ---- what is not ---- */

static void test_shipped_scenarios_have_none(void **state)
{
    glob_t found;
    size_t told = 0;
    (void)state;
    assert_int_equal(glob(PROJECT_SOURCE "/scenarios/*.cfg", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct outcome outcome = outcome_of_file(found.gl_pathv[i], 0, NULL);
        assert_int_equal(outcome.status, MLD_OK);
        for (size_t k = 0; k < outcome.plan->warnings.count; k++)
            fprintf(stderr, "%s: %s\n", found.gl_pathv[i], outcome.plan->warnings.item[k].text_en);
        told += outcome.plan->warnings.count;
        outcome_clear(&outcome);
    }
    globfree(&found);
    assert_int_equal(told, 0);
}

/* ---- the table ---- */

/* The placeholders of a text, in order of their names. */
static void placeholders_of(const char *text, char found[64])
{
    found[0] = '\0';
    for (const char *name = "k n1 n2 n3 m1 m2 m3 s1 s2 s3 t1 t2 t3"; name; name = strchr(name, ' ')) {
        char braced[8];
        name += *name == ' ';
        snprintf(braced, sizeof braced, "{%.*s}", (int)strcspn(name, " "), name);
        if (strstr(text, braced))
            strcat(found, braced);
    }
}

/* As many braces as known placeholders: none is misspelt. */
static size_t braces(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += *text == '{';
    return n;
}

static void test_rows_say_the_same_in_both_languages(void **state)
{
    (void)state;
    for (int i = 0; i < MLD_WARNINGS; i++) {
        const struct mld_warning_kind *kind = &mld_warning_kinds[i];
        const char *const texts[] = { kind->text_en, kind->text_fr, kind->meant_en, kind->meant_fr };
        char found[4][64];
        assert_true(is_text(kind->id));
        for (int k = 0; k < 4; k++) {
            assert_true(is_text(texts[k]));
            assert_non_null(strchr(".?", texts[k][strlen(texts[k]) - 1]));
            placeholders_of(texts[k], found[k]);
            assert_int_equal(braces(texts[k]), braces(found[k]));
            /* French puts a no-break space before : ; ? ! and inside « ». */
            for (const char *sign = " :\0 ;\0 ?\0 !\0« \0 »\0"; k % 2 && *sign; sign += strlen(sign) + 1)
                assert_null(strstr(texts[k], sign));
        }
        assert_string_equal(found[0], found[1]);
        assert_string_equal(found[2], found[3]);
    }
}

static void test_a_column_of_mistakes_is_told_once(void **state)
{
    struct mld_warnings warnings = { 0 };
    const struct mld_warning_value value[] = { { .number = 80 }, { .number = 80e6 } };
    (void)state;
    for (int i = 0; i < 50000; i++)
        mld_warn(&warnings, MLD_WARN_UNIT, "tape.csv:2:3", "amount", value);
    mld_warn(&warnings, MLD_WARN_SENSITIVITY, NULL, "sensitivity.pd", &(struct mld_warning_value){ .text = "no such key" });
    assert_int_equal(warnings.count, MLD_WARNINGS_KEPT + 2);
    assert_string_equal(warnings.item[MLD_WARNINGS_KEPT].text_en, "And 49990 more like those before.");
    assert_string_equal(warnings.item[MLD_WARNINGS_KEPT].id, "unit");
    assert_string_equal(warnings.item[MLD_WARNINGS_KEPT + 1].text_en, "sensitivity.pd: this judgement cannot be run (no such key).");
    mld_warnings_clear(&warnings);
    assert_int_equal(warnings.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_told),
        cmocka_unit_test(test_shipped_scenarios_have_none),
        cmocka_unit_test(test_rows_say_the_same_in_both_languages),
        cmocka_unit_test(test_a_column_of_mistakes_is_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
