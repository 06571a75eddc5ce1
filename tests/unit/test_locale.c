/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The library within a program whose locale writes 1.5 as "1,5": scenarios, messages, warnings,
 * results, reports and exports are those of the C locale to the last byte, and the program's locale
 * is what it was.
 */
#define _GNU_SOURCE /* open_memstream */
#include "support/results_fixture.h"

#include <locale.h>

#include "milliard/export.h"
#include "milliard/report.h"

static char locales[FOLDER];

/* A locale made here, as a bare Debian has none with a comma. */
static const char SOURCE[] = "comment_char %\nescape_char /\nLC_NUMERIC\ndecimal_point "
                             "\"<U002C>\"\nthousands_sep \"\"\ngrouping -1\nEND LC_NUMERIC\n";

static int make_locale(void)
{
    char command[256];
    put_file(path_in(locales, "source"), SOURCE, strlen(SOURCE));
    snprintf(command, sizeof command, "localedef -c -i %s/source %s/xx_XX >%s/said 2>&1", locales,
             locales, locales);
    return system(command) >= 0 && setenv("LOCPATH", locales, 1) == 0 &&
           setlocale(LC_ALL, "xx_XX") != NULL;
}

static int has_comma(void)
{
    char text[16];
    snprintf(text, sizeof text, "%.1f", 1.5);
    return !strcmp(text, "1,5");
}

/*
 * All that the library says of one scenario: what it keeps of it, its mistakes and warnings, and
 * every report of its results.
 */
static void say_scenario(FILE *out, const char *set)
{
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    struct mld_messages messages = { 0 };
    enum mld_status status = mld_scenario_load(PROJECT_SOURCE "/scenarios/fpci-guaranteed.cfg", 1,
                                               &set, &scenario, &messages);
    if (!status)
        status = mld_scenario_plan(scenario, &plan, &messages);
    fprintf(out, "%d\n", (int)status);
    for (size_t i = 0; i < messages.count; i++)
        fprintf(out, "%s\n", messages.text[i]);
    for (size_t i = 0; plan && i < plan->warnings.count; i++)
        fprintf(out, "%s %s\n", plan->warnings.item[i].text_fr, plan->warnings.item[i].meant_fr);
    char *text = scenario ? mld_scenario_text(scenario) : NULL;
    char *whole = scenario ? mld_scenario_explain(scenario) : NULL;
    fprintf(out, "%s%s%llx\n", text ? text : "", whole ? whole : "",
            scenario && plan ? (unsigned long long)mld_scenario_fingerprint(scenario, plan) : 0);
    free(whole);
    free(text);
    if (plan)
        mld_plan_clear(plan);
    free(plan);
    mld_scenario_free(scenario);
    mld_messages_clear(&messages);
}

static void say_file(FILE *out, const char *path)
{
    struct contents contents = get_file(path);
    assert_true(contents.n > 0);
    fwrite(contents.bytes, 1, contents.n, out);
    free(contents.bytes);
}

static void say_results(FILE *out)
{
    struct fixture fixture;
    struct mld_results *results = made_up_results(&fixture, "fpci-guaranteed.cfg", 1,
                                                  (const char *const[]){ "run.paths=60" });
    assert_int_equal(mld_report_json(out, results), MLD_OK);
    assert_int_equal(mld_report_show(out, results, "fr", 0), MLD_OK);
    assert_int_equal(mld_report_compare(out, &results, 1, "en"), MLD_OK);
    fputs(mld_results_scenario_text(results), out);
    assert_int_equal(
        mld_export_csv(results, fixture_path(&fixture, "csv"), "en", &fixture.messages), MLD_OK);
    say_file(out, fixture_path(&fixture, "csv/statistics.csv"));
    say_file(out, fixture_path(&fixture, "csv/parameters.csv"));
    if (mld_export_has_xlsx()) {
        assert_int_equal(mld_export_xlsx(results, fixture_path(&fixture, "book.xlsx"), "fr",
                                         &fixture.messages),
                         MLD_OK);
        say_file(out, fixture_path(&fixture, "book.xlsx"));
    }
    mld_results_close(results);
    fixture_clear(&fixture);
}

/* Bytes said, on the heap. */
static struct contents say_all(void)
{
    static const char *const sets[] = { "fund.hurdle=0.065", "fund.hurdle=6.5",
                                        "thesis.ticket.sd=1.25", "run.seed=1.5",
                                        "thesis.deployment=[0.25,0.5]" };
    struct contents said = { NULL, 0 };
    FILE *out = open_memstream(&said.bytes, &said.n);
    assert_non_null(out);
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++)
        say_scenario(out, sets[i]);
    say_results(out);
    assert_int_equal(fclose(out), 0);
    return said;
}

static void test_a_decimal_comma_changes_nothing(void **state)
{
    (void)state;
    struct contents plain = say_all();
    make_folder(locales, "locales");
    if (!make_locale() || !has_comma()) {
        free(plain.bytes);
        assert_int_equal(remove_folder(locales), 0);
        skip();
    }
    struct contents comma = say_all();
    assert_true(has_comma()); /* the program's locale is its own still */
    setlocale(LC_ALL, "C");
    if (plain.n != comma.n || memcmp(plain.bytes, comma.bytes, plain.n) != 0) {
        size_t at = 0;
        while (at < plain.n && at < comma.n && plain.bytes[at] == comma.bytes[at])
            at++;
        size_t from = at > 60 ? at - 60 : 0;
        fail_msg("%.100s\n---\n%.100s", plain.bytes + from, comma.bytes + from);
    }
    free(plain.bytes);
    free(comma.bytes);
    assert_int_equal(remove_folder(locales), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_a_decimal_comma_changes_nothing) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
