/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sensitivity on the same draws: no change gives no difference, to the last bit; PDs move what they
 * must; the break-even multiple of PDs is one at which the median multiple is 1.
 */
#include "support/run_case.h"

#include <math.h>

#include "milliard/sensitivity.h"

static void fill(const char *scenario, int n_set, const char *const *set,
                 struct mld_sensitivity_table *table)
{
    struct mld_scenario *kept;
    struct mld_plan *plan = run_case_plan(scenario, n_set, set, &kept);
    struct mld_run_options options = { .threads = 2 };
    assert_int_equal(mld_sensitivity_fill(kept, &options, NULL, NULL, table, NULL), MLD_OK);
    mld_plan_clear(plan);
    free(plan);
    mld_scenario_free(kept);
}

static const struct mld_sensitivity_row *row_named(const struct mld_sensitivity_table *table,
                                                   const char *name)
{
    for (int i = 0; i < table->n_rows; i++)
        if (strcmp(table->row[i].name, name) == 0)
            return &table->row[i];
    fail_msg("no row %s", name);
    return NULL;
}

static void unchanged_inputs_change_nothing(void **state)
{
    (void)state;
    struct mld_sensitivity_table table;
    const char *set[] = {
        "run.paths=2000",
        "sensitivity=({name=\"same\";keys=[\"legal_forms.*.pd\"];operation=\"scale\";low=1.0;high="
        "1.0;},"
        "{name=\"zero\";keys=[\"fund.hurdle\"];operation=\"add\";low=0.0;high=0.0;})"
    };
    fill("fpci-guaranteed.cfg", 2, set, &table);
    assert_int_equal(table.n_rows, 2);
    for (int i = 0; i < 2; i++)
        for (int side = 0; side < 2; side++)
            for (int effect = 0; effect < MLD_EFFECTS; effect++) {
                assert_true(table.row[i].change[side][effect].value == 0);
                assert_true(table.row[i].change[side][effect].error == 0);
            }
    mld_sensitivity_clear(&table);
}

/* What was applied is told in full, whatever its digits: a reader of the table can run it again. */
static void what_was_applied_is_told_in_full(void **state)
{
    (void)state;
    struct mld_sensitivity_table table;
    const char *set[] = { "run.paths=20", "sensitivity=({name=\"ticket\";keys=[\"thesis.ticket."
                                          "mean\"];operation=\"set\";low=1234567;high=1500000;})" };
    fill("fpci-guaranteed.cfg", 2, set, &table);
    assert_string_equal(row_named(&table, "ticket")->low, "1234567");
    assert_string_equal(row_named(&table, "ticket")->high, "1500000");
    mld_sensitivity_clear(&table);
}

/*
 * Twice the PDs cost class A and the State; half of them spare both: far outside the paired errors,
 * which are printed.
 */
static void defaults_move_what_they_must(void **state)
{
    (void)state;
    struct mld_sensitivity_table table;
    const char *set[] = { "run.paths=4000", "sensitivity=({name=\"pd\";keys=[\"legal_forms.*.pd\"];"
                                            "operation=\"scale\";low=0.5;high=2.0;})" };
    fill("fpci-guaranteed.cfg", 2, set, &table);
    const struct mld_sensitivity_row *pd = row_named(&table, "pd");
    for (int side = 0; side < 2; side++) {
        double sign = side ? 1 : -1;
        const struct mld_effect *change = pd->change[side];
        assert_true(sign * change[MLD_EFFECT_IRR].value < -10 * change[MLD_EFFECT_IRR].error);
        assert_true(sign * change[MLD_EFFECT_LOSS].value > 10 * change[MLD_EFFECT_LOSS].error);
        assert_true(sign * change[MLD_EFFECT_NET_COST].value >
                    10 * change[MLD_EFFECT_NET_COST].error);
        assert_true(sign * change[MLD_EFFECT_DOTATION].value >
                    3 * change[MLD_EFFECT_DOTATION].error);
    }
    mld_sensitivity_clear(&table);
}

/*
 * The median of the same 4,000 paths at the multiple found is 1 within the last step of the
 * bisection, 30/2^12 of a multiple, times the slope, about 0.2 a multiple: 0.002.
 */
static void break_even_is_one(void **state)
{
    (void)state;
    struct mld_sensitivity_table table;
    const char *set[] = {
        "run.paths=4000",
        "sensitivity=({name=\"pd\";keys=[\"fund.hurdle\"];operation=\"add\";low=0.0;high=0.0;})"
    };
    fill("fpci-guaranteed.cfg", 2, set, &table);
    double scale = table.break_even_pd.value;
    assert_true(scale > 1 && scale < 3);
    assert_true(table.break_even_pd.error > 0 && table.break_even_pd.error < 0.2);
    struct mld_scenario *kept, *varied = NULL;
    struct mld_plan *plan = run_case_plan("fpci-guaranteed.cfg", 1, set, &kept), *scaled = NULL;
    struct mld_sensitivity row = { .name = "pd",
                                   .n_keys = 1,
                                   .key = { "legal_forms.*.pd" },
                                   .operation = MLD_SENSITIVITY_SCALE,
                                   .low = scale };
    assert_int_equal(mld_scenario_vary(kept, &row, 0, &varied, NULL), MLD_OK);
    assert_int_equal(mld_scenario_plan(varied, &scaled, NULL), MLD_OK);
    struct mld_run_options options = { .threads = 2 };
    struct mld_run_result result;
    struct mld_summary summary;
    assert_int_equal(mld_run(scaled, NULL, &options, NULL, &summary, &result, NULL), MLD_OK);
    assert_true(fabs(summary.measure[MLD_WITH][mld_measure_named("tvpi_a")].quantile[4] - 1) <
                0.002);
    mld_summary_clear(&summary);
    mld_plan_clear(scaled);
    free(scaled);
    mld_plan_clear(plan);
    free(plan);
    mld_scenario_free(varied);
    mld_scenario_free(kept);
    mld_sensitivity_clear(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unchanged_inputs_change_nothing),
        cmocka_unit_test(what_was_applied_is_told_in_full),
        cmocka_unit_test(defaults_move_what_they_must),
        cmocka_unit_test(break_even_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
