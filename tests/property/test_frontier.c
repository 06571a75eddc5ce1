/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * frontier: the best of an exhaustive grid over three instruments, on few paths; weights keep their
 * sum; threads change nothing; what binds, is refused, reached nowhere or asked wrongly.
 */
#include "support/frontiers.h"

#define FEW "run.paths=128"
#define STATE "guarantee.layers.state."

static void is_as_good_as_every_mix(void **state)
{
    (void)state;
    assert_best("fpci-reference", FEW, &of_irr, 11, 0.1);
    assert_best("fpci-guaranteed", FEW, &of_cost, 11, 0.1);
}

static void weights_keep_their_sum(void **state)
{
    (void)state;
    const char *set[] = { FEW };
    struct mld_frontier_table table = frontier("fpci-reference", 1, set, &of_irr, 2);
    assert_true(fabs(table.sum - 0.55) < 1e-12);
    for (int i = 0; i < table.n_points; i++) {
        const double *value = table.value + i * table.n_keys;
        assert_true(fabs(value[0] + value[1] + value[2] - table.sum) < 1e-9);
        for (int k = 0; k < table.n_keys; k++)
            assert_true(value[k] >= table.from[k] && value[k] <= table.to[k]);
    }
    assert_int_equal(table.refused + table.undefined, 0);
    mld_frontier_clear(&table);
}

/* Of a looser target no less is reached: a point that meets a target meets the looser ones. */
static void frontier_is_monotone_where_it_searched(void **state)
{
    (void)state;
    const char *set[] = { FEW };
    struct mld_frontier_table table = frontier("fpci-reference", 1, set, &of_irr, 2);
    for (int i = 1; i < table.n_levels; i++)
        if (table.best[i - 1].feasible)
            assert_true(table.cell[table.best[i].point * table.n_statistics].value >=
                        table.cell[table.best[i - 1].point * table.n_statistics].value);
    assert_int_equal(table.best[table.n_levels - 1].feasible, 1);
    mld_frontier_clear(&table);
}

static void threads_change_nothing(void **state)
{
    (void)state;
    const char *set[] = { FEW };
    struct mld_frontier_table one = frontier("fpci-reference", 1, set, &of_irr, 1),
                              four = frontier("fpci-reference", 1, set, &of_irr, 4);
    assert_int_equal(one.n_points, four.n_points);
    assert_memory_equal(one.value, four.value,
                        (size_t)(one.n_points * one.n_keys) * sizeof *one.value);
    assert_memory_equal(one.best, four.best, sizeof one.best);
    mld_frontier_clear(&one);
    mld_frontier_clear(&four);
}

/* Years that have to be whole periods are tried at these alone, and none is refused. */
static void years_go_by_periods(void **state)
{
    (void)state;
    const char *set[] = { FEW };
    const struct mld_frontier_question question = {
        1, { { "fund.extension_years", 0.9, 2.1 } }, "net_irr_a", 0, 0, { NULL }
    };
    struct mld_frontier_table table = frontier("fpci-reference", 1, set, &question, 2);
    assert_int_equal(table.refused, 0);
    assert_int_equal(table.n_points, 5); /* 1, 1.25 … 2 */
    for (int i = 0; i < table.n_points; i++)
        assert_true(fmod(table.value[i], 0.25) == 0);
    mld_frontier_clear(&table);
}

/* The State pays least at the smallest quotité and the largest fee: at both bounds. */
static void keys_go_to_their_bounds(void **state)
{
    (void)state;
    const char *set[] = { FEW };
    const struct mld_frontier_question question = {
        2,
        { { STATE "quotite", 0.3, 0.7 }, { STATE "fee_rate", 0, 0.02 } },
        "net_cost_due",
        1,
        0,
        { NULL }
    };
    struct mld_frontier_table table = frontier("fpci-guaranteed", 1, set, &question, 2);
    const double *value = table.value + table.best[0].point * 2;
    assert_true(fabs(value[0] - 0.3) < 1e-9 && fabs(value[1] - 0.02) < 1e-9);
    assert_int_equal(table.best[0].binding, 0);
    mld_frontier_clear(&table);
}

/* The least costly quotité that keeps a promise is the one that solve finds. */
static void binding_constraint_is_where_solve_ends(void **state)
{
    (void)state;
    const char *set[] = { FEW };
    const struct mld_frontier_question question = {
        1, { { STATE "quotite", 0.2, 1 } }, "net_cost_due", 1, 1, { "loss_a <= 0.15" }
    };
    const struct solving same = {
        "fpci-guaranteed", STATE "quotite", 0.2, 1, "loss_a <= 0.15", FEW
    };
    struct mld_frontier_table table = frontier("fpci-guaranteed", 1, set, &question, 2);
    struct mld_solve_table solved = solve(&same, 2);
    assert_int_equal(table.best[0].feasible, 1);
    assert_int_equal(table.best[0].binding, 1);
    assert_true(table.value[table.best[0].point] >= solved.crossing[0].low &&
                table.value[table.best[0].point] <= solved.crossing[0].high);
    mld_frontier_clear(&table);
    mld_solve_clear(&solved);
}

/* A hurdle above 0.5 is refused, and the search goes on without. */
static void refused_points_are_counted(void **state)
{
    (void)state;
    const char *set[] = { FEW };
    const struct mld_frontier_question question = {
        2, { { "fund.hurdle", 0, 2 }, { "fund.carry", 0, 0.2 } }, "net_irr_a", 0, 0, { NULL }
    };
    struct mld_frontier_table table = frontier("fpci-reference", 1, set, &question, 2);
    assert_true(table.refused > 0 && table.refused < table.n_points);
    assert_non_null(strstr(table.why, "hurdle"));
    assert_int_equal(table.best[0].feasible, 1);
    mld_frontier_clear(&table);
}

static void nearest_is_told_where_nothing_is_feasible(void **state)
{
    (void)state;
    const char *set[] = { FEW };
    const struct mld_frontier_question question = {
        1, { { STATE "quotite", 0.2, 1 } }, "net_cost_due", 1, 1, { "loss_a <= 0.001" }
    };
    struct mld_frontier_table table = frontier("fpci-guaranteed", 1, set, &question, 2);
    double least = table.cell[table.best[0].point * 2 + 1].value;
    assert_int_equal(table.best[0].feasible, 0);
    for (int i = 0; i < table.n_points; i++)
        assert_true(table.cell[i * 2 + 1].value >= least);
    mld_frontier_clear(&table);
}

/* On other draws the point of each level is the one found, and its numbers are those of a run. */
static void is_evaluated_again(void **state)
{
    (void)state;
    const char *set[] = { FEW, "run.seed=2028" };
    const struct mld_frontier_options options = { .threads = 2 };
    struct mld_frontier_table table = frontier("fpci-reference", 1, set, &of_irr, 2);
    struct mld_study *study = NULL;
    struct mld_study_result result;
    struct mld_scenario *scenario = load("fpci-reference", 2, set);
    assert_int_equal(mld_frontier_again(scenario, &options, &table, &study, &result, NULL), MLD_OK);
    assert_int_equal(table.seed_again, 2028);
    assert_int_equal(table.n_again, study->n_variants);
    assert_true(mld_study_axis_is_numbers(&study->axis[0]));
    assert_string_equal(study->axis[0].name, "loss_a_at_most");
    for (int i = 0, n = 0; i < table.n_levels; i++) {
        const struct mld_frontier_best *best = &table.best[i];
        if (!best->feasible)
            continue;
        assert_memory_equal(best->again, result.cell + n * table.n_statistics,
                            (size_t)table.n_statistics * sizeof *best->again);
        assert_true(fabs(best->again[0].value -
                         table.cell[best->point * table.n_statistics].value) > 0);
        for (int k = 0; k < 3; k++)
            assert_true(study->axis[0].point[n].change[k].value->real ==
                        table.value[best->point * 3 + k]);
        n++;
    }
    mld_study_result_clear(&result);
    mld_study_free(study);
    mld_frontier_clear(&table);
}

/* ---- mistakes ---- */

static void refused(const struct mld_frontier_question *question, const char *expected)
{
    const char *set[] = { FEW };
    const struct mld_frontier_options options = { .threads = 1 };
    struct mld_frontier_table table;
    struct mld_messages messages;
    struct mld_scenario *scenario = load("fpci-reference", 1, set);
    mld_messages_init(&messages);
    assert_int_equal(mld_frontier(scenario, question, &options, &table, &messages), MLD_ERR_INPUT);
    assert_true(messages.count > 0);
    if (!strstr(messages.text[0], expected))
        fail_msg("\"%s\" is not in: %s", expected, messages.text[0]);
    mld_frontier_clear(&table);
    mld_messages_clear(&messages);
    mld_scenario_free(scenario);
}

static void mistakes_are_said(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        double from, to;
        const char *objective, *constraint, *said;
    } cases[] = {
        { "fund.hurdel", 0, 0.1, "loss_a", NULL, "did you mean fund.hurdle" },
        { "fund.hurdle", 0.1, 0, "loss_a", NULL, "the lower first" },
        { "fund.hurdle,fund.hurdle", 0, 0.1, "loss_a", NULL, "collides" },
        { "run.paths", 10, 20, "loss_a", NULL, "says how the run is made" },
        { "fund.hurdle", 8, 9, "loss_a", NULL, "every point of the first" },
        { SHARES, 0, 0.1, "loss_a", NULL, "is not varied alone" },
        { "fund.hurdle", 0, 0.1, "los_a", NULL, "did you mean loss_a" },
        { "fund.hurdle", 0, 0.1, "payouts", NULL, "the scenario has no guarantee" },
        { "fund.hurdle", 0, 0.1, "loss_a", "net_irr_a", "a statistic, <= or >=" },
        { "fund.hurdle", 0, 0.1, "loss_a", "net_irr_a >= 0:1", "from:to:count" },
        { "fund.hurdle", 0, 0.1, "loss_a", "net_irr_a >= 0:1:99", "from:to:count" },
        { "fund.hurdle", 0, 0.1, "loss_a", "net_irr_a >= 0,x", "from:to:count" },
        { "fund.hurdle", 0, 0.1, "loss_a", "net_irr_a >= 0.01,0.01", "given twice" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refused(&(struct mld_frontier_question){ 1,
                                                 { { cases[i].keys, cases[i].from, cases[i].to } },
                                                 cases[i].objective,
                                                 0,
                                                 cases[i].constraint ? 1 : 0,
                                                 { cases[i].constraint } },
                cases[i].said);
    refused(
        &(struct mld_frontier_question){
            2, { { SHARES, 0, 0.1 }, { BOND, 0, 0.1 } }, "loss_a", 0, 0, { NULL } },
        "which their bounds cannot reach");
    refused(&(struct mld_frontier_question){ 1,
                                             { { "fund.hurdle", 0, 0.1 } },
                                             "loss_a",
                                             0,
                                             2,
                                             { "net_irr_a >= 0,1", "carry <= 1,2" } },
            "one constraint alone");
}

static void stops_when_asked(void **state)
{
    (void)state;
    static volatile sig_atomic_t stop = 1;
    const char *set[] = { FEW };
    const struct mld_frontier_options options = { .threads = 1, .stop = &stop };
    struct mld_frontier_table table;
    struct mld_scenario *scenario = load("fpci-reference", 1, set);
    assert_int_equal(mld_frontier(scenario, &of_irr, &options, &table, NULL), MLD_INTERRUPTED);
    assert_int_equal(table.interrupted, 1);
    assert_int_equal(table.n_points, 0);
    mld_frontier_clear(&table);
    mld_scenario_free(scenario);
}

static volatile sig_atomic_t stopped;

static void stop_after_some(void *context, int done, int most)
{
    (void)context;
    (void)most;
    stopped = done > 60;
}

/* What was tried by then is kept, and the best of it told. */
static void keeps_what_was_tried(void **state)
{
    (void)state;
    const char *set[] = { FEW };
    const struct mld_frontier_options options = { .threads = 1,
                                                  .stop = &stopped,
                                                  .progress = stop_after_some };
    struct mld_frontier_table table;
    struct mld_scenario *scenario = load("fpci-reference", 1, set);
    assert_int_equal(mld_frontier(scenario, &of_irr, &options, &table, NULL), MLD_INTERRUPTED);
    assert_int_equal(table.n_points, 61);
    assert_int_equal(table.best[2].feasible, 1);
    mld_frontier_clear(&table);
    mld_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_go_by_periods),
        cmocka_unit_test(is_as_good_as_every_mix),
        cmocka_unit_test(weights_keep_their_sum),
        cmocka_unit_test(frontier_is_monotone_where_it_searched),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(keys_go_to_their_bounds),
        cmocka_unit_test(binding_constraint_is_where_solve_ends),
        cmocka_unit_test(refused_points_are_counted),
        cmocka_unit_test(nearest_is_told_where_nothing_is_feasible),
        cmocka_unit_test(is_evaluated_again),
        cmocka_unit_test(mistakes_are_said),
        cmocka_unit_test(stops_when_asked),
        cmocka_unit_test(keeps_what_was_tried),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
