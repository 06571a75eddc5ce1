/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Warnings: each line of the table is something a scenario may say and hardly means, and what must
 * be told of it.
 */
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

#include "scenario/resolve.h"

#define HEADER "deal,issuer,instrument,legal_form,sector,date,amount\n"
#define TAPE(rows)                                         \
    "tape = { file = \"deals.csv\"; text = \"" HEADER rows \
    "\"; };\ndrop = [ \"sensitivity.ticket\", \"sensitivity.deployment\" ];\n"
#define DEAL(name, amount) "D" name ",E" name ",shares,company,food,2027-03-01," amount "\n"
#define SIX          \
    DEAL("1", "9e6") \
    DEAL("2", "8e6") DEAL("3", "9e6") DEAL("4", "9e6") DEAL("5", "9e6") DEAL("6", "9e6")
#define NB "\u00a0"

/* ---- what is told: lines laid on the guaranteed reference, whose first is its base ---- */

static const struct {
    const char *text, *id, *where, *text_en, *meant_en, *text_fr, *meant_fr;
} doubtful[] = {
    /* millions and thousands of euros */
    { "guarantee = { dotation = ( { year = 0; amount = 15.0; } ); };\n", "unit", "v.cfg:2",
      "guarantee.dotation[0].amount = 15 EUR looks given in another unit.",
      "Did you mean 15000000 EUR (15.0" NB "M€)?",
      "guarantee.dotation[0].amount = 15" NB "€ semble donné dans une autre unité.",
      "Probablement voulu" NB ": 15000000" NB "€, soit 15,0" NB "M€." },
    { "guarantee = { dotation = ( { year = 0; amount = 15000.0; } ); };\n", "unit", "v.cfg:2",
      "guarantee.dotation[0].amount = 15000 EUR looks given in another unit.",
      "Did you mean 15000000 EUR (15.0" NB "M€)?", NULL, NULL },
    { "thesis = { volume = 80; };\n", "unit", "v.cfg:2",
      "thesis.volume = 80 EUR looks given in another unit.",
      "Did you mean 80000000 EUR (80.0" NB "M€)?", NULL, NULL },
    { "thesis = { volume = 82000; };\n", "unit", "v.cfg:2",
      "thesis.volume = 82000 EUR looks given in another unit.",
      "Did you mean 82000000 EUR (82.0" NB "M€)?", NULL, NULL },
    { "thesis = { ticket = { sd = 1.2; }; };\n", "unit", "v.cfg:2",
      "thesis.ticket.sd = 1.2 EUR looks given in another unit.",
      "Did you mean 1200000 EUR (1.2" NB "M€)?", NULL, NULL },
    { "thesis = { ticket = { min = 500; }; };\n", "unit", "v.cfg:2",
      "thesis.ticket.min = 500 EUR looks given in another unit.",
      "Did you mean 500000 EUR (500.0" NB "k€)?", NULL, NULL },
    { "thesis = { ticket = { mean = 2.0e9; max = 5.0e9; }; };\ndrop = [ \"fund\", \"sensitivity\" "
      "];\n",
      "unit", "v.cfg:2", "thesis.ticket.mean = 2000000000 EUR looks given in another unit.",
      "Did you mean 2000000 EUR (2.0" NB "M€)?", NULL, NULL },
    { "guarantee = { layers = ( { name = \"state\"; max_loss_per_issuer = 3000.0; } ); };\n",
      "unit", "v.cfg:2",
      "guarantee.layers.state.max_loss_per_issuer = 3000 EUR looks given in another unit.",
      "Did you mean 3000000 EUR (3.0" NB "M€)?", NULL, NULL },
    { TAPE(SIX DEAL("7", "1.5")), "unit", "deals.csv:8",
      "amount = 1.5 EUR looks given in another unit.", "Did you mean 1500000 EUR (1.5" NB "M€)?",
      NULL, NULL },
    { TAPE(SIX DEAL("7", "1500")), "unit", "deals.csv:8",
      "amount = 1500 EUR looks given in another unit.", "Did you mean 1500000 EUR (1.5" NB "M€)?",
      NULL, NULL },
    /* tickets, commitments */
    { "thesis = { ticket = { min = 2.5e6; }; };\n", "tickets", "scenarios/fpci-reference.cfg",
      "thesis.ticket.mean = 2000000 EUR is outside [min, max] = [2500000, 5000000] EUR: tickets "
      "come from one tail of their law, and none is near that mean.",
      "Did you mean a mean between the two?", NULL, NULL },
    { "thesis = { volume = 30.0e6; };\n", "unused_commitments", "v.cfg:2",
      "thesis.volume: the volume of 30.0" NB "M€ is 30.0" NB "% of the commitments of 100.0" NB
      "M€: most of them are never invested.",
      "Did you mean smaller commitments, or a volume of up to 87160000 EUR (87.2" NB "M€)?",
      "thesis.volume" NB ": le volume de 30,0" NB "M€ fait 30,0" NB "% des engagements de 100,0" NB
      "M€" NB ": la plus grande part n'est jamais investie.",
      NULL },
    { TAPE(DEAL("1", "9e6") DEAL("2", "9e6")), "unused_commitments", "v.cfg:2",
      "tape: the volume of 18.0" NB "M€ is 18.0" NB "% of the commitments of 100.0" NB
      "M€: most of them are never invested.",
      NULL, NULL, NULL },
    { "fund = { recycling = { total = 1.0; }; };\n", "candidates", "scenarios/fpci-reference.cfg",
      "thesis.volume: the candidates, 82.0" NB "M€, are no more than the commitments bear once, "
      "87.2" NB "M€: the list runs out, and what comes back buys nothing.",
      "Did you mean candidates of 100000000 EUR (100.0" NB "M€)?", NULL, NULL },
    /* judgements */
    { "sensitivity = ( { name = \"zz\"; keys = [ \"guarantee.layers.state.quotite\" ]; operation = "
      "\"scale\"; low = 0.5; high = 2.5; } );\n",
      "sensitivity", "v.cfg:2",
      "sensitivity.zz, high: this judgement cannot be run (guarantee.layers.state.quotite = 1.25 "
      "is outside [0, 1]; did you mean 0.0125?).",
      "Change its low and high, or its keys.",
      "sensitivity.zz, high\u00a0: ce jugement ne peut pas être calculé "
      "(«\u00a0guarantee.layers.state.quotite = 1.25 is outside [0, 1]; did you mean "
      "0.0125?\u00a0»).",
      "À changer\u00a0: ses valeurs basse et haute, ou ses clés." },
    /* legal limits */
    { "thesis = { mix = { shares = { weight = 0.0; }; convertible = { weight = 0.05; }; "
      "participating_securities = { weight = 0.0; }; bond = { weight = 0.65; }; }; };\n",
      "quota", "v.cfg:2",
      "thesis.mix: 45.0" NB
      "% of the volume counts for the quota of an FPCI, which asks for 50.0" NB
      "% (CMF, art. L214-28).",
      NULL, NULL, NULL },
    { "thesis = { mix = { shares = { weight = 0.1; }; participating_loan = { weight = 0.3; }; }; "
      "};\n",
      "loans", "v.cfg:2",
      "thesis.mix: loans take 30.0" NB "% of the volume, where an FPCI may lend 10.0" NB
      "% (CMF, art. L214-160, decree 2016-1587; to be checked).",
      NULL, NULL, NULL },
    { TAPE(SIX DEAL("7", "20e6")), "large_issuer", "deals.csv:8",
      "issuer \"E7\" takes 20.0" NB "M€, which is 20.0" NB
      "% of the commitments and above fund.max_issuer_share = 10.0" NB
      "% (rules of the fund; legal ratio to be checked).",
      NULL, NULL, NULL },
    { "thesis = { ticket = { max = 15.0e6; }; };\n", "large_ticket", "v.cfg:2",
      "thesis.ticket.max = 15000000 EUR is 15.0" NB
      "% of the commitments, which is above fund.max_issuer_share = 10.0" NB
      "% (rules of the fund; legal ratio to be checked).",
      "Did you mean 10000000 EUR (10.0" NB "M€) at most?", NULL, NULL },
};

/* NULL stands for any text. */
static int same(const char *expected, const char *found)
{
    if (!expected || !strcmp(expected, found))
        return 1;
    fprintf(stderr, "  expected: %s\n  got:      %s\n", expected, found);
    return 0;
}

/* A place without its folder. */
static int is_at(const char *expected, const char *found)
{
    const char *slash = strrchr(found, '/');
    return strstr(found, "fpci-reference") ? strstr(found, expected) != NULL
                                           : same(expected, slash ? slash + 1 : found);
}

static int is_told(size_t i)
{
    char text[4096];
    snprintf(text, sizeof text, "base = \"fpci-guaranteed.cfg\";\n%s", doubtful[i].text);
    struct outcome outcome = outcome_of_text(text, PROJECT_SOURCE "/scenarios/v.cfg", 0, NULL);
    const struct mld_warnings *warnings = outcome.plan ? &outcome.plan->warnings : NULL;
    int right = outcome.status == MLD_OK && warnings->count == 1;
    if (right)
        right = same(doubtful[i].id, warnings->item->id) &
                is_at(doubtful[i].where, warnings->item->where) &
                same(doubtful[i].text_en, warnings->item->text_en) &
                same(doubtful[i].meant_en, warnings->item->meant_en) &
                same(doubtful[i].text_fr, warnings->item->text_fr) &
                same(doubtful[i].meant_fr, warnings->item->meant_fr);
    if (!right)
        fprintf(stderr, "%s%zu warnings\n", doubtful[i].text, warnings ? warnings->count : 0);
    for (size_t k = 0; !right && warnings && k < warnings->count; k++)
        fprintf(stderr, "  %s: %s\n", warnings->item[k].where, warnings->item[k].text_en);
    outcome_tell(&outcome);
    outcome_clear(&outcome);
    return right;
}

static void test_what_is_told(void **state)
{
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof doubtful / sizeof doubtful[0]; i++)
        wrong += !is_told(i);
    assert_int_equal(wrong, 0);
}

/* The volume that is proposed is one that the commitments bear, to the euro or nearly. */
static void test_the_volume_proposed_is_borne(void **state)
{
    (void)state;
    struct outcome outcome = outcome_of_file(PROJECT_SOURCE "/scenarios/fpci-guaranteed.cfg", 0,
                                             NULL);
    double borne = mld_plan_volume_borne(outcome.plan);
    outcome_clear(&outcome);
    for (int more = 0; more < 2; more++) {
        char set[64];
        snprintf(set, sizeof set, "thesis.volume=%.2f", borne + (more ? 1 : -1));
        outcome = outcome_of_file(PROJECT_SOURCE "/scenarios/fpci-guaranteed.cfg", 1,
                                  (const char *const[]){ set });
        assert_int_equal(outcome.status, more ? MLD_ERR_INPUT : MLD_OK);
        outcome_clear(&outcome);
    }
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
    for (const char *name = "k n1 n2 n3 n4 m1 m2 m3 m4 s1 s2 s3 s4 t1 t2 t3 t4"; name;
         name = strchr(name, ' ')) {
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
        const char *const texts[] = { kind->text_en, kind->text_fr, kind->meant_en,
                                      kind->meant_fr };
        char found[4][64];
        assert_true(is_text(kind->id));
        for (int k = 0; k < 4; k++) {
            assert_true(is_text(texts[k]));
            assert_non_null(strchr(".?", texts[k][strlen(texts[k]) - 1]));
            placeholders_of(texts[k], found[k]);
            assert_int_equal(braces(texts[k]), braces(found[k]));
            /* French puts a no-break space before : ; ? ! and inside « ». */
            for (const char *sign = " :\0 ;\0 ?\0 !\0« \0 »\0"; k % 2 && *sign;
                 sign += strlen(sign) + 1)
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
    mld_warn(&warnings, MLD_WARN_SENSITIVITY, NULL, "sensitivity.pd",
             &(struct mld_warning_value){ .text = "no such key" });
    assert_int_equal(warnings.count, MLD_WARNINGS_KEPT + 2);
    assert_string_equal(warnings.item[MLD_WARNINGS_KEPT].text_en,
                        "And 49990 more like those before.");
    assert_string_equal(warnings.item[MLD_WARNINGS_KEPT].id, "unit");
    assert_string_equal(warnings.item[MLD_WARNINGS_KEPT + 1].text_en,
                        "sensitivity.pd: this judgement cannot be run (no such key).");
    mld_warnings_clear(&warnings);
    assert_int_equal(warnings.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_told),
        cmocka_unit_test(test_the_volume_proposed_is_borne),
        cmocka_unit_test(test_shipped_scenarios_have_none),
        cmocka_unit_test(test_rows_say_the_same_in_both_languages),
        cmocka_unit_test(test_a_column_of_mistakes_is_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
