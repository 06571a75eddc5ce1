/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * solve: twelve questions and more that a bisection around run answers alike, on few paths; threads
 * change nothing; what is not monotone, reached nowhere, interrupted or asked wrongly.
 */
#include "support/solving.h"

#define STATE "guarantee.layers.state."
#define FEES "fund.management_fee,fund.management_fee_after"
#define FEW "run.paths=256"

/* Of the State; of the fund; of the deals, which are simulated anew for each value. */
static const struct solving questions[] = {
    { "fpci-guaranteed", STATE "quotite", 0.2, 1, "loss_a <= 0.15", FEW },
    { "fpci-guaranteed", STATE "attachment", 0, 0.15, "payouts.p95 <= 6e6", FEW },
    { "fpci-guaranteed", STATE "cap_rate", 0.02, 0.4, "net_cost>=5e6", FEW },
    { "fpci-guaranteed", STATE "fee_rate", 0, 0.03, "net_cost <= base - 1e6", FEW },
    { "fpci-guaranteed", "guarantee.dotation[0].amount", 5e6, 4e7, "exhausted <= 0.05", FEW },
    { "scheme-national", STATE "quotite", 0.2, 0.8, "dotation_needed.p95 <= 9e7", "run.paths=128" },
    { "fpci-guaranteed", FEES, 0, 0.03, "net_irr_a >= base + 0.002", FEW },
    { "stress-recession", FEES, 0, 0.03, "loss_a <= 0.5", FEW },
    { "fpci-reference", "fund.carry", 0, 0.4, "net_irr_a.p95 >= base + 0.001", FEW },
    { "fpci-reference", "fund.hurdle", 0.01, 0.12, "net_irr_a <= base - 0.0005", FEW },
    { "fpci-guaranteed", "guarantee.moral_hazard", 1, 2, "payouts >= base + 1e6", FEW },
    { "fpci-guaranteed", STATE "max_loss_per_issuer", 5e5, 5e6, "payouts >= 5e6", FEW },
    { "fpci-guaranteed", STATE "waiting_years", 0, 5, "payouts.p95 <= 9e6", FEW },
    { "fpci-reference", "instruments.*.liquidation_discount", 0, 0.8,
      "net_irr_a.p05 <= base - 0.003", FEW },
    { "tape-example", "recovery_correlation", 0, 0.9, "net_irr_a.sd >= base + 0.0005", FEW },
};
enum { QUESTIONS = sizeof questions / sizeof *questions };

static void is_what_a_bisection_finds(void **state)
{
    (void)state;
    int same = 0;
    for (int i = 0; i < QUESTIONS; i++)
        same += assert_solved(&questions[i]);
    assert_true(same >= 12);
}

static void threads_change_nothing(void **state)
{
    (void)state;
    struct mld_solve_table one = solve(&questions[0], 1), four = solve(&questions[0], 4);
    assert_int_equal(one.n_points, four.n_points);
    assert_memory_equal(one.point, four.point, (size_t)one.n_points * sizeof *one.point);
    assert_memory_equal(one.crossing, four.crossing, sizeof one.crossing);
    mld_solve_clear(&one);
    mld_solve_clear(&four);
}

/* The interval's ends are where the statistic is 1.96 of its error from the target. */
static void interval_is_of_the_error(void **state)
{
    (void)state;
    struct mld_solve_table table = solve(&questions[0], 2);
    const struct mld_crossing *crossing = &table.crossing[0];
    assert_int_equal(table.n_crossings, 1);
    assert_false(crossing->low_open || crossing->high_open);
    for (int i = 0; i < table.n_points; i++) {
        const struct mld_solve_point *point = &table.point[i];
        double off = fabs(point->cell.value - 0.15) / point->cell.error,
               slack = 0.06 * (crossing->high - crossing->low);
        if (off < 1.96)
            assert_true(point->at > crossing->low - slack && point->at < crossing->high + slack);
        else
            assert_true(point->at < crossing->low + slack || point->at > crossing->high - slack);
    }
    mld_solve_clear(&table);
}

static void nothing_is_crossed(void **state)
{
    (void)state;
    const struct solving nowhere = {
        "fpci-guaranteed", STATE "quotite", 0.2, 1, "loss_a <= 0.001", FEW
    };
    struct mld_solve_table table = solve(&nowhere, 2);
    assert_int_equal(table.n_crossings, 0);
    assert_int_equal(table.rounds, 1);
    assert_false(mld_goal_is_met(&table.goal, &table.base, &table.point[0].cell));
    mld_solve_clear(&table);
}

/* The sd of what is 0 or 1 is small where the dotation is small, and where it is large. */
static void all_crossings_are_told(void **state)
{
    (void)state;
    const struct solving twice = {
        "fpci-guaranteed", "guarantee.dotation[0].amount", 1e5, 4e7, "exhausted.sd >= 0.3", FEW
    };
    struct mld_solve_table table = solve(&twice, 2);
    const struct mld_crossing *rising = table.crossing, *falling = table.crossing + 1;
    assert_int_equal(table.n_crossings, 2);
    assert_true(rising->unmet < rising->met && falling->met < falling->unmet);
    assert_false(falling->again);
    assert_true(table.turn > rising->met && table.turn < falling->met);
    mld_solve_clear(&table);
    const struct solving once = questions[0];
    table = solve(&once, 2);
    assert_true(isnan(table.turn));
    mld_solve_clear(&table);
}

/* ---- mistakes ---- */

static void refused(const struct mld_solve_question *question, const char *expected)
{
    const char *set[] = { FEW };
    const struct mld_solve_options options = { .threads = 1 };
    struct mld_solve_table table;
    struct mld_messages messages;
    struct mld_scenario *scenario = load("fpci-reference", 1, set);
    mld_messages_init(&messages);
    assert_int_equal(mld_solve(scenario, question, &options, &table, &messages), MLD_ERR_INPUT);
    assert_true(messages.count > 0);
    if (!strstr(messages.text[0], expected))
        fail_msg("\"%s\" is not in: %s", expected, messages.text[0]);
    mld_solve_clear(&table);
    mld_messages_clear(&messages);
    mld_scenario_free(scenario);
}

static void mistakes_are_said(void **state)
{
    (void)state;
    static const struct {
        struct mld_solve_question question;
        const char *said;
    } cases[] = {
        { { "fund.hurdle", 1, 0, 0, "loss_a <= 0.1" }, "--between: the bounds are reversed" },
        { { "fund.hurdle", 1, 1, 0, "loss_a <= 0.1" }, "--between: the bounds are equal" },
        { { "fund.hurdle", 0, INFINITY, 0, "loss_a <= 0.1" }, "two numbers are expected" },
        { { "fund.hurdel", 0, 0.1, 0, "loss_a <= 0.1" }, "did you mean fund.hurdle" },
        { { "fund.hurdle=1", 0, 0.1, 0, "loss_a <= 0.1" }, "--vary: a key is expected" },
        { { "fund.hurdle,", 0, 0.1, 0, "loss_a <= 0.1" }, "no such key" },
        { { "fund.hurdle,fund.hurdle", 0, 0.1, 0, "loss_a <= 0.1" }, "collides" },
        { { "run.paths", 10, 20, 0, "loss_a <= 0.1" }, "says how the run is made" },
        { { "fund.hurdle", 0, 9, 0, "loss_a <= 0.1" }, "variant hurdle = 9: " },
        { { "fund.hurdle", 0, 0.1, 0, "loss_a" }, "a statistic, <= or >=" },
        { { "fund.hurdle", 0, 0.1, 0, "loss_a < 0.1" }, "a statistic, <= or >=" },
        { { "fund.hurdle", 0, 0.1, 0, "loss_a <= nan" }, "a statistic, <= or >=" },
        { { "fund.hurdle", 0, 0.1, 0, "loss_a <= base * 2" }, "a statistic, <= or >=" },
        { { "fund.hurdle", 0, 0.1, 0, "loss_a <= base + -1" }, "a statistic, <= or >=" },
        { { "fund.hurdle", 0, 0.1, 0, "los_a <= 0.1" }, "did you mean loss_a" },
        { { "fund.hurdle", 0, 0.1, 0, "payouts <= 0.1" }, "the scenario has no guarantee" },
        { { "fund.hurdle", 0, 0.1, 0, "net_irr_b <= 0.1" }, "the fund has no class B" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refused(&cases[i].question, cases[i].said);
}

static void stops_when_asked(void **state)
{
    (void)state;
    static volatile sig_atomic_t stop = 1;
    const char *set[] = { FEW };
    const struct mld_solve_options options = { .threads = 1, .stop = &stop };
    const struct mld_solve_question question = { "fund.hurdle", 0, 0.1, 0, "loss_a <= 0.1" };
    struct mld_solve_table table;
    struct mld_scenario *scenario = load("fpci-reference", 1, set);
    assert_int_equal(mld_solve(scenario, &question, &options, &table, NULL), MLD_INTERRUPTED);
    assert_int_equal(table.interrupted, 1);
    assert_int_equal(table.n_points, 0);
    mld_solve_clear(&table);
    mld_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_what_a_bisection_finds), cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(interval_is_of_the_error),  cmocka_unit_test(nothing_is_crossed),
        cmocka_unit_test(all_crossings_are_told),    cmocka_unit_test(mistakes_are_said),
        cmocka_unit_test(stops_when_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
