/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sensitivity on the same draws: no change gives no difference, to the last bit; PDs move what they
 * must; the break-even multiple of PDs is one at which the median multiple is 1.
 */
#include "support/run_case.h"

#include <math.h>

#include "milliard/sensitivity.h"
#include "milliard/study.h"

enum { PATHS = 200 };

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

/* ---- the study of judgements ---- */

struct judged {
    const struct mld_scenario *scenario;
    const struct mld_judgements *judgements;
    int seen;
};

/* Every number of an end is that of a run of its scenario, to the last bit. */
static enum mld_status compare(void *context, const struct mld_study_numbers *numbers)
{
    struct judged *judged = context;
    static double irr[PATHS], cost[PATHS];
    struct mld_scenario *varied = NULL;
    struct mld_plan *plan = NULL;
    struct mld_summary unused;
    struct mld_run_result result;
    const struct mld_sensitivity *row = &judged->judgements->row[numbers->variant / 2];
    judged->seen++;
    if (numbers->variant < 0)
        return MLD_OK;
    assert_int_equal(mld_scenario_vary(judged->scenario, row, numbers->variant % 2, &varied, NULL),
                     MLD_OK);
    assert_int_equal(mld_scenario_plan(varied, &plan, NULL), MLD_OK);
    assert_int_equal(numbers->n_designs, plan->n_designs);
    struct mld_keep keep[] = { { MLD_WITH, mld_measure_named("net_irr_a"), irr },
                               { MLD_WITH, mld_measure_named("net_cost"), cost } };
    const struct mld_run_options options = { .threads = 2, .keep = keep, .n_keep = 2, .lean = 1 };
    assert_int_equal(mld_run(plan, NULL, &options, NULL, &unused, &result, NULL), MLD_OK);
    assert_memory_equal(numbers->value[0], irr, sizeof irr);
    assert_memory_equal(numbers->value[1], cost, sizeof cost);
    mld_plan_clear(plan);
    free(plan);
    mld_scenario_free(varied);
    return MLD_OK;
}

/* `shared`: an end that shares the scenario's losses, or −1. */
static void check_ends(int n_set, const char *const *set, int shared)
{
    static const char *const statistic[] = { "with.net_irr_a", "with.net_cost" };
    struct mld_scenario *kept;
    struct mld_plan *plan = run_case_plan("fpci-guaranteed.cfg", n_set, set, &kept);
    struct judged judged = { .scenario = kept };
    struct mld_judgements *judgements = NULL;
    struct mld_study *study = NULL;
    struct mld_study_result result;
    assert_int_equal(mld_scenario_sensitivities(kept, &judgements, NULL), MLD_OK);
    judged.judgements = judgements;
    assert_int_equal(mld_study_of_judgements(kept, judgements, 2, statistic, &study, NULL), MLD_OK);
    const struct mld_study_options options = { .threads = 2, .context = &judged, .take = compare };
    assert_int_equal(mld_study_run(study, &options, &result, NULL), MLD_OK);
    assert_int_equal(judged.seen, 1 + study->n_variants);
    assert_true(study->axis[0].point[0].stage <= MLD_STAGE_COVERS);
    assert_true(shared < 0 || study->axis[0].point[shared].stage > MLD_STAGE_COVERS);
    mld_study_result_clear(&result);
    mld_study_free(study);
    free(judgements);
    mld_plan_clear(plan);
    free(plan);
}

/* Losses, the price, the fund, a choice, keys of a group multiplied, and one design less. */
static void an_end_is_its_run(void **state)
{
    (void)state;
    const char *set[] = {
        "run.paths=200",
        "sensitivity=({name=\"pd\";keys=[\"legal_forms.*.pd\"];operation=\"scale\";low=0.5;high="
        "2.0;},"
        "{name=\"fee\";keys=[\"fund.management_fee\",\"fund.management_fee_after\"];operation="
        "\"add\";low=-0.001;high=0.002;},"
        "{name=\"quotite\";keys=[\"guarantee.layers.state.quotite\"];low=0.2;high=0.6;},"
        "{name=\"payout\";keys=[\"guarantee.layers.state.payout\"];choice_low=\"final_loss\";"
        "choice_high=\"on_default\";},"
        "{name=\"dotation\";keys=[\"guarantee.dotation\"];choice_low=\"( )\";choice_high=\"( "
        ")\";})"
    };
    check_ends(2, set, 2);
}

/* Costs that date the deals, a quotité on which PDs depend, a line drawn at one end alone. */
static void what_keys_do_beyond_their_stage(void **state)
{
    (void)state;
    const char *set[] = {
        "run.paths=200",
        "fund.closings=( { date = \"2027-01-01\"; share = 0.15; }, { date = \"2028-05-01\"; share "
        "= "
        "0.85; } )",
        "fund.credit_line={ limit = 0.0; rate = 0.05; periods = 4; }", "guarantee.hazard_slope=0.5",
        "sensitivity=({name=\"setup\";keys=[\"fund.setup\"];low=0.0;high=0.05;},"
        "{name=\"quotite\";keys=[\"guarantee.layers.state.quotite\"];low=0.2;high=0.6;},"
        "{name=\"line\";keys=[\"fund.credit_line.limit\"];low=0.0;high=0.4;},"
        "{name=\"cash\";keys=[\"fund.cash_rate\"];low=0.03;high=0.0;})"
    };
    check_ends(5, set, -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_end_is_its_run),
        cmocka_unit_test(what_keys_do_beyond_their_stage),
        cmocka_unit_test(unchanged_inputs_change_nothing),
        cmocka_unit_test(what_was_applied_is_told_in_full),
        cmocka_unit_test(defaults_move_what_they_must),
        cmocka_unit_test(break_even_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
