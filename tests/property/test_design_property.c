/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Many designs on the same lives: each gives what its own scenario gives when it is run alone,
 * every measure and series of every path to the last bit, whatever else is priced beside it.
 */
#include "support/plans.h"

#include <math.h>

#include "milliard/simulate.h"

enum { PATHS = 40, FIRST = 7 };

#define PLAIN "guarantee.moral_hazard=1.0"
#define STATE "guarantee.layers.state."

/* A scenario with some keys set, simulated. */
struct alone {
    struct mld_plan *plan;
    struct mld_workspace *workspace;
};

static struct mld_workspace *simulate(const struct mld_plan *plan)
{
    struct mld_workspace *workspace;
    assert_int_equal(mld_workspace_create(plan, PATHS, MLD_KEEP_SERIES, &workspace), MLD_OK);
    mld_simulate(plan, FIRST, PATHS, workspace);
    assert_null(workspace->violation.what);
    return workspace;
}

static struct mld_plan *plan_set(const char *scenario, const char *const set[3])
{
    char path[4096];
    snprintf(path, sizeof path, PROJECT_SOURCE "/scenarios/%s", scenario);
    return plan_of_outcome(outcome_of_file(path, 3, set));
}

static void assert_same_design(const struct mld_plan *plan, const struct mld_workspace *many, int d,
                               const struct mld_workspace *alone, int own, const char *what)
{
    const struct mld_design_flows *x = &many->design[d], *y = &alone->design[own];
    size_t row = (size_t)many->width * sizeof(double);
    for (int i = 0; i < mld_measure_count(); i++)
        if (!same_bits(x->value + i * many->width, y->value + i * many->width, row))
            fail_msg("%s: %s differs", what, mld_measures[i].name);
    if (!same_bits(x->series, y->series, row * (size_t)mld_series_total(&plan->model.grid)))
        fail_msg("%s: a series differs", what);
}

static int differs(const struct mld_workspace *workspace, int a, int b)
{
    size_t row = (size_t)workspace->width * sizeof(double);
    return !same_bits(workspace->design[a].value, workspace->design[b].value,
                      row * (size_t)mld_measure_count());
}

/* The designs of a scenario and, on its lives, its guarantee and fund as `set` says, twice. */
static void check(const char *scenario, const char *const base[3], const char *const set[2][3])
{
    struct mld_plan *plan = plan_set(scenario, base);
    struct alone own = { plan, simulate(plan) }, other[2];
    int first = plan->n_designs;
    assert_int_equal(plan->n_lives, 1);
    for (int k = 0; k < 2; k++) {
        other[k].plan = plan_set(scenario, set[k]);
        other[k].workspace = simulate(other[k].plan);
        mld_guarantee_list_covers(&other[k].plan->guarantee, &plan->lives[0].covers);
        struct mld_design *design = &plan->design[plan->n_designs++];
        *design = other[k].plan->design[MLD_WITH];
        assert_int_equal(design->lives, 0);
    }
    struct mld_workspace *many = simulate(plan);
    for (int d = 0; d < first; d++)
        assert_same_design(plan, many, d, own.workspace, d, mld_design_names[d]);
    for (int k = 0; k < 2; k++) {
        assert_same_design(plan, many, first + k, other[k].workspace, MLD_WITH, set[k][1]);
        assert_true(differs(many, MLD_WITH, first + k));
        mld_workspace_free(other[k].workspace);
        release_plan(other[k].plan);
    }
    mld_workspace_free(many);
    mld_workspace_free(own.workspace);
    release_plan(plan);
}

static void designs_of_another_price(void **state)
{
    (void)state;
    check("fpci-guaranteed.cfg",
          (const char *const[]){ PLAIN, STATE "quotite=0.5", STATE "fee_rate=0.01" },
          (const char *const[2][3]){ { PLAIN, STATE "quotite=0.8", STATE "fee_rate=0.005" },
                                     { PLAIN, STATE "cap_rate=0.1", "guarantee.dotation=()" } });
    check("scheme-national.cfg",
          (const char *const[]){ PLAIN, STATE "quotite=0.5", "thesis.volume=50000000.0" },
          (const char *const[2][3]){
              { PLAIN, STATE "attachment=0.03", "thesis.volume=50000000.0" },
              { PLAIN, "guarantee.dotation[0].amount=1e6", "thesis.volume=50000000.0" } });
}

/* Deals that two of them cover are counted for each. */
static void designs_of_another_cover(void **state)
{
    (void)state;
    check("fpci-guaranteed.cfg",
          (const char *const[]){ PLAIN, STATE "quotite=0.5", STATE "fee_rate=0.01" },
          (const char *const[2][3]){
              { PLAIN, STATE "payout=on_default", STATE "claim_delay_years=2" },
              { PLAIN, STATE "instruments=[\"bond\",\"participating_loan\"]",
                STATE "term_years=4" } });
    check("tape-example.cfg",
          (const char *const[]){ PLAIN, STATE "quotite=0.5", STATE "fee_rate=0.01" },
          (const char *const[2][3]){
              { PLAIN, STATE "quotite=0.5", STATE "max_loss_per_issuer=3e5" },
              { PLAIN, STATE "ticket_max=1500000", STATE "waiting_years=1" } });
}

static void designs_of_another_fund(void **state)
{
    (void)state;
    check("fpci-guaranteed.cfg",
          (const char *const[]){ PLAIN, "fund.hurdle=0.05", STATE "fee_rate=0.01" },
          (const char *const[2][3]){
              { PLAIN, "fund.hurdle=0.07", STATE "fee_rate=0.01" },
              { PLAIN, "fund.management_fee=0.01", STATE "fee_rate=0.02" } });
}

/* Paths on which a dotation of `amount` in each of `years` years is exhausted. */
static int exhausted_by(struct mld_plan *plan, int years, double amount)
{
    plan->guarantee.n_dotations = years;
    for (int j = 0; j < years; j++)
        plan->guarantee.dotation[j] = (struct mld_dotation){ .year = j, .amount = amount };
    struct mld_workspace *workspace = simulate(plan);
    const double *exhausted = workspace->design[MLD_WITH].guarantee.total.exhausted;
    int count = 0;
    for (int p = 0; p < PATHS; p++)
        count += exhausted[p] > 0;
    mld_workspace_free(workspace);
    return count;
}

/* Tranches as large as the most that a path needs pay every due of every path; smaller ones not. */
static void tranches_that_suffice(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_set("fpci-guaranteed.cfg",
                                     (const char *const[]){ PLAIN, STATE "upside_share=0.05",
                                                            STATE "fee_rate=0.01" });
    struct mld_workspace *workspace = simulate(plan);
    double most[MLD_TRANCHES] = { 0 };
    const struct mld_guarantee_flows *flows = &workspace->design[MLD_WITH].guarantee;
    for (int k = 0; k < MLD_TRANCHES; k++)
        for (int p = 0; p < PATHS; p++) {
            double needed = flows->tranche_needed[k][p], whole = flows->dotation_needed[p];
            most[k] = needed > most[k] ? needed : most[k];
            assert_true(needed <= whole && (MLD_FIRST_TRANCHE + k) * needed >= whole);
        }
    mld_workspace_free(workspace);
    for (int k = 0; k < MLD_TRANCHES; k++) {
        assert_int_equal(exhausted_by(plan, MLD_FIRST_TRANCHE + k, most[k] + 0.01), 0);
        assert_int_equal(exhausted_by(plan, MLD_FIRST_TRANCHE + k, most[k] - 1), 1);
    }
    release_plan(plan);
}

/* All dues are paid in kept, and it owes what with owes. */
static void kept_pays_what_is_due(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_set("fpci-guaranteed.cfg",
                                     (const char *const[]){ "guarantee.moral_hazard=1.3",
                                                            STATE "quotite=0.8",
                                                            STATE "payout=on_default" });
    plan->guarantee.dotation[0].amount = 3e6;
    struct mld_workspace *workspace = simulate(plan);
    const struct mld_guarantee_flows *with = &workspace->design[MLD_WITH].guarantee,
                                     *kept = &workspace->design[MLD_KEPT].guarantee;
    int short_of = 0;
    for (int p = 0; p < PATHS; p++) {
        short_of += with->total.exhausted[p] > 0;
        assert_true(kept->total.exhausted[p] == 0);
        assert_true(kept->total.due[p] == with->total.due[p]);
        double net = kept->total.payout[p] - kept->total.owed_back[p];
        assert_true(fabs(net - kept->total.due[p]) < 1e-6);
    }
    assert_true(short_of > 0);
    mld_workspace_free(workspace);
    release_plan(plan);
}

/* A balance that is kept is not taken off the budget, and nothing else moves. */
static void a_residual_that_is_kept(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_set("fpci-guaranteed.cfg",
                                     (const char *const[]){ PLAIN, STATE "quotite=0.5",
                                                            "guarantee.residual_to=kept" });
    assert_int_equal(plan->guarantee.residual_to, MLD_RESIDUAL_KEPT);
    struct mld_workspace *kept = simulate(plan);
    plan->guarantee.residual_to = MLD_RESIDUAL_STATE;
    struct mld_workspace *back = simulate(plan);
    const double *a = kept->design[MLD_WITH].value, *b = back->design[MLD_WITH].value;
    int budget = mld_measure_named("budget_discounted"),
        residual = mld_measure_named("residual_discounted");
    for (int p = 0; p < PATHS; p++)
        assert_true(fabs(a[budget * kept->width + p] - b[budget * kept->width + p] -
                         b[residual * kept->width + p]) < 1e-6 &&
                    b[residual * kept->width + p] > 0);
    for (int i = 0; i < mld_measure_count(); i++)
        assert_true(i == budget ||
                    same_bits(a + i * kept->width, b + i * kept->width, PATHS * sizeof *a));
    mld_workspace_free(kept);
    mld_workspace_free(back);
    release_plan(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tranches_that_suffice),    cmocka_unit_test(kept_pays_what_is_due),
        cmocka_unit_test(a_residual_that_is_kept),  cmocka_unit_test(designs_of_another_price),
        cmocka_unit_test(designs_of_another_cover), cmocka_unit_test(designs_of_another_fund)
    };
    return cmocka_run_group_tests_name("design properties", tests, NULL, NULL);
}
