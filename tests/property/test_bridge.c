/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bridge from gross to net: its steps add up, each level is a run made by hand, a scheme
 * without a fund has none, and every step that a scenario may have is told.
 */
#include "support/plans.h"
#include "support/run_case.h"

#include "milliard/bridge.h"
#include "milliard/report.h"

enum { PATHS = 200 };
#define NO_FEES "fund.management_fee=0.0", "fund.management_fee_after=0.0"
#define NO_COSTS "fund.setup=0.0", "fund.running_costs=0.0"
#define PATHS_SET "run.paths=200"
#define LINE_SET "fund.credit_line={ limit = 0.3; rate = 0.05; fee = 0.01; periods = 4; }"

static enum mld_status build(const char *path, int n_set, const char *const *set,
                             struct mld_bridge *bridge)
{
    struct outcome outcome = outcome_of_file(path, n_set, set);
    struct mld_messages messages;
    const struct mld_run_options options = { .threads = 2 };
    assert_int_equal(outcome.status, MLD_OK);
    mld_messages_init(&messages);
    enum mld_status status = mld_bridge_fill(outcome.scenario, &options, NULL, NULL, bridge,
                                             &messages);
    if (status != MLD_OK && messages.count)
        print_message("%s\n", messages.text[0]);
    mld_messages_clear(&messages);
    outcome_clear(&outcome);
    return status;
}

/* ---- sums ---- */

static void check_sum(const char *path)
{
    struct mld_bridge bridge;
    assert_int_equal(build(path, 1, (const char *const[]){ PATHS_SET }, &bridge), MLD_OK);
    for (int unit = 0; unit < MLD_BRIDGE_UNITS; unit++) {
        double sum = 0, size = 0;
        for (int s = 0; s < MLD_BRIDGE_STEPS; s++)
            if (bridge.step[s].present) {
                sum += bridge.step[s].change[unit].value;
                size += fabs(bridge.step[s].change[unit].value);
                /* means of some hundred differences, each good to its last bit */
                assert_true(fabs(sum - bridge.step[s].level[unit].value) <= 1e-12 * size);
            }
    }
}

static void steps_add_up(void **state)
{
    (void)state;
    check_sum(PROJECT_SOURCE "/scenarios/fpci-guaranteed.cfg");
    check_sum(PROJECT_SOURCE "/scenarios/tape-example.cfg");
    check_sum(PROJECT_SOURCE "/tests/twin/scenarios/own-terms.cfg");
    check_sum(PROJECT_SOURCE "/tests/twin/scenarios/grants.cfg");
}

/* ---- levels ---- */

static double mean_by_hand(const char *path, int n_set, const char *const *set, int design,
                           const char *measure)
{
    struct run_case run = run_case_of_outcome(outcome_of_file(path, n_set, set));
    run_case_run(&run, 0, 0);
    double mean = run_case_statistics(&run, design, measure)->mean;
    run_case_end(&run);
    return mean;
}

/* Of paths on which all is defined; sums in another order, of some hundred rates. */
static void check_level(const struct mld_bridge *bridge, int step, const char *path, int n_set,
                        const char *const *set, int design, const char *irr, const char *multiple)
{
    const struct mld_effect *level = bridge->step[step].level;
    assert_true(fabs(level[MLD_BRIDGE_IRR].value - mean_by_hand(path, n_set, set, design, irr)) <
                1e-14);
    assert_true(fabs(level[MLD_BRIDGE_TVPI].value -
                     mean_by_hand(path, n_set, set, design, multiple)) < 1e-13);
}

static void levels_are_runs(void **state)
{
    (void)state;
    struct mld_bridge bridge;
    const char *path = PROJECT_SOURCE "/scenarios/fpci-guaranteed.cfg";
    assert_int_equal(build(path, 1, (const char *const[]){ PATHS_SET }, &bridge), MLD_OK);
    assert_int_equal(bridge.counted, PATHS);
#define SETS(...) \
    sizeof(const char *[]){ __VA_ARGS__ } / sizeof(char *), (const char *[]){ __VA_ARGS__ }
#define DEALS MLD_WITHOUT, "gross_irr", "multiple_of_cost"
#define CLASS_A(design) design, "net_irr_a", "tvpi_a"
    check_level(&bridge, MLD_BRIDGE_CONTRACTS, path,
                SETS(PATHS_SET, "legal_forms.*.pd=[0.0]", "instruments.*.liquidation_discount=0.0"),
                DEALS);
    check_level(&bridge, MLD_BRIDGE_DEFAULTS, path,
                SETS(PATHS_SET, "instruments.*.liquidation_discount=0.0"), DEALS);
    check_level(&bridge, MLD_BRIDGE_FORCED, path, SETS(PATHS_SET), DEALS);
    check_level(&bridge, MLD_BRIDGE_TIMING, path,
                SETS(PATHS_SET, "fund.carry=0.0", NO_FEES, NO_COSTS), CLASS_A(MLD_WITHOUT));
    check_level(&bridge, MLD_BRIDGE_MANAGEMENT, path, SETS(PATHS_SET, "fund.carry=0.0", NO_COSTS),
                CLASS_A(MLD_WITHOUT));
    check_level(&bridge, MLD_BRIDGE_COSTS, path, SETS(PATHS_SET, "fund.carry=0.0"),
                CLASS_A(MLD_WITHOUT));
    check_level(&bridge, MLD_BRIDGE_GUARANTEE, path, SETS(PATHS_SET, "fund.carry=0.0"),
                CLASS_A(MLD_KEPT));
    check_level(&bridge, MLD_BRIDGE_CARRY, path, SETS(PATHS_SET), CLASS_A(MLD_KEPT));
}

/* Rows of fees that the rates of a scenario stand for: the same bridge, to the last bit. */
static void rows_are_the_rates_they_stand_for(void **state)
{
    (void)state;
    static const char rows[] =
        "fund.fees=( { name = \"first\"; kind = \"management\"; rate = 0.02; to_year = 5.0; }, "
        "{ name = \"then\"; kind = \"management\"; base = \"net_invested\"; rate = 0.02; from_year "
        "= "
        "5.0; }, { name = \"running\"; kind = \"other\"; rate = 0.0025; } )";
    struct mld_bridge bridge[2];
    const char *path = PROJECT_SOURCE "/scenarios/fpci-guaranteed.cfg";
    for (int i = 0; i < 2; i++)
        assert_int_equal(build(path, 1 + i, (const char *const[]){ PATHS_SET, rows }, &bridge[i]),
                         MLD_OK);
    assert_memory_equal(bridge[0].step, bridge[1].step, sizeof bridge[0].step);
}

/*
 * The shipped fund whose carry is paid, about 8 % net: its steps add up, and carry takes more than
 * half a point. 200 paths know the mean IRR to 0.3 points, so 1.2 are four times that.
 */
static void carry_is_paid(void **state)
{
    (void)state;
    struct mld_bridge bridge;
    const char *path = PROJECT_SOURCE "/scenarios/fpci-carry.cfg";
    check_sum(path);
    assert_int_equal(build(path, 1, (const char *const[]){ PATHS_SET }, &bridge), MLD_OK);
    const struct mld_bridge_step *carry = &bridge.step[MLD_BRIDGE_CARRY];
    assert_true(carry->present && carry->change[MLD_BRIDGE_IRR].value < -0.005);
    assert_true(fabs(carry->level[MLD_BRIDGE_IRR].value - 0.08) < 0.012);
}

static void a_scheme_has_no_bridge(void **state)
{
    (void)state;
    struct mld_bridge bridge;
    assert_int_equal(build(PROJECT_SOURCE "/scenarios/scheme-national.cfg", 1,
                           (const char *const[]){ "run.paths=10" }, &bridge),
                     MLD_ERR_INPUT);
}

/* ---- what is told ---- */

static char *told(const struct mld_bridge *bridge, const char *language)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    if (language)
        assert_int_equal(mld_report_bridge(out, bridge, language), MLD_OK);
    else
        mld_report_bridge_csv(out, bridge);
    assert_int_equal(fclose(out), 0);
    return text;
}

static void check_told(const struct mld_bridge *bridge, const char *language,
                       const char *const *words)
{
    char *text = told(bridge, language);
    for (; *words; words++)
        if (!strstr(text, *words))
            fail_msg("%s is not in\n%s", *words, text);
    assert_null(strstr(text, "(null)"));
    free(text);
}

/* Grants and class B beside a guarantee: every step there is. */
static void every_step_is_told(void **state)
{
    (void)state;
    struct mld_bridge bridge;
    assert_int_equal(build(PROJECT_SOURCE "/tests/twin/scenarios/grants.cfg", 2,
                           (const char *const[]){ PATHS_SET, LINE_SET }, &bridge),
                     MLD_OK);
    for (int s = 0; s < MLD_BRIDGE_STEPS; s++)
        assert_true(bridge.step[s].present);
    check_told(&bridge, "en",
               (const char *const[]){ "what contracts promise", "forced sales", "timing and cash",
                                      "management fees", "other costs", "credit line", "  grants",
                                      "class B", "guarantee", "carry and impact", "= gross, deals",
                                      "= net, class A", NULL });
    check_told(&bridge, "fr",
               (const char *const[]){ "ce que promettent les contrats", "cessions forcées",
                                      "frais de gestion", "subventions", "parts B", "garantie",
                                      "= net, parts A", NULL });
    check_told(&bridge, NULL,
               (const char *const[]){ "\"contracts\"", "\"defaults\"", "\"forced_sale\"",
                                      "\"timing\"", "\"management_fees\"", "\"other_costs\"",
                                      "\"line\"", "\"grants\"", "\"class_b\"", "\"guarantee\"",
                                      "\"carry\"", NULL });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_add_up),
        cmocka_unit_test(levels_are_runs),
        cmocka_unit_test(rows_are_the_rates_they_stand_for),
        cmocka_unit_test(carry_is_paid),
        cmocka_unit_test(a_scheme_has_no_bridge),
        cmocka_unit_test(every_step_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
