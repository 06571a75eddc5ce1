/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every key of a scenario promises: a sentence in each language, a source when it enters a
 * formula, a range that holds its default, a place of its own. Then whole runs with each number of
 * the model at its ends; those of layers and of the fund have suites of their own, and those of a
 * thesis are sizes, which test_random_scenarios draws.
 */
#include "support/ends.h"
#include "support/oracle.h"

/* Keys that name, describe or size a run enter no formula: they need no source. */
static int enters_a_formula(const char *key)
{
    static const char *const none[] = { "name", "title", "description", "run", "sensitivity" };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (!strcmp(key, none[i]))
            return 0;
    return 1;
}

/* More than where the model speaks of it. */
static int says_more(const char *source)
{
    static const char *const section[] = { "model, section", "modèle, section" };
    int only = 0;
    for (int i = 0; i < 2; i++)
        only |= !strncmp(source, section[i], strlen(section[i]));
    return !only;
}

/* A judgement says what it rests on, in both languages. */
static int judgements;
static void assert_own_source(const struct mld_param *row)
{
    const char *french = row->source_fr ? row->source_fr : row->source;
    judgements++;
    if (!says_more(row->source) || !says_more(french))
        fail_msg("%s is a judgement, and says no more than \"%s\", \"%s\"", row->key, row->source,
                 french);
    if (strstr(row->source, "judge") && !strcmp(row->source, french))
        fail_msg("%s: its source is in one language", row->key);
}

static int walk(const struct mld_param *table, int sourced, int depth)
{
    int keys = 0;
    for (const struct mld_param *row = table; row->key; row++, keys++) {
        int needs = sourced && (depth || enters_a_formula(row->key));
        assert_documented(row->key, row->doc_en, row->doc_fr, needs ? row->source : "none needed");
        if (row->flags & MLD_JUDGEMENT)
            assert_own_source(row);
        assert_int_equal(appears(table, row->key), 1);
        assert_non_null(row->unit);
        if (row->kind == MLD_REAL || row->kind == MLD_INT)
            assert_true(row->min < row->max);
        if (row->kind == MLD_CHOICE)
            assert_true(count_choices(row->choices) >= 2);
        if (row->table)
            keys += walk(row->table, needs, depth + 1);
        for (int i = 0; row->kinds && row->kinds->name(i); i++)
            if (row->kinds->rows(i))
                keys += walk(row->kinds->rows(i), needs, depth + 1);
    }
    return keys;
}

static void every_key_is_documented(void **state)
{
    (void)state;
    int keys = walk(mld_scenario_params, 1, 0);
    assert_true(keys > 100);
    oracle("Keys of a scenario", "the tables of parameters", "exact",
           "%d keys have a unit, a sentence in English and in French, a range, and a source when "
           "they enter a formula; %d judgements say what they rest on",
           keys, judgements);
}

static void whole_runs_at_both_ends(void **state)
{
    (void)state;
    static const char *const forms[] = { "association", "cooperative", "company" };
    enum { PATHS = 8 };
    struct ends ends = { 0 };
    char path[128];
    const char *set[ENDS_CONSTANTS_COUNT + 5] = {
        ENDS_CONSTANTS, "run.paths=8", "thesis.volume=30000000.0", "fund.impact_carry.score_sd=0",
        "instruments.association_securities.cap_margin=0.03"
    };
    int n = ENDS_CONSTANTS_COUNT + 4;
    const char *scenario = "fpci-guaranteed.cfg";
    ends_of_table(scenario, "factors", mld_param_named("factors")->table, n, set, PATHS, &ends);
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "legal_forms.%s", forms[i]);
        ends_of_table(scenario, path, mld_param_named("legal_forms")->table, n, set, PATHS, &ends);
    }
    for (int i = 0; mld_instruments[i]; i++) {
        snprintf(path, sizeof path, "instruments.%s", mld_instruments[i]->name);
        ends_of_table(scenario, path, mld_common_params, n, set, PATHS, &ends);
        ends_of_table(scenario, path, mld_instruments[i]->params, n, set, PATHS, &ends);
    }
    assert_true(ends.accepted > 4 * ends.refused);
    oracle("Whole runs with each term of factors, issuers and instruments at its ends",
           "the identities of model, section 10, checked by the run", "1e-6 EUR",
           "%d runs keep them, %d settings are refused by name", ends.accepted, ends.refused);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_key_is_documented),
                                        cmocka_unit_test(whole_runs_at_both_ends) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
