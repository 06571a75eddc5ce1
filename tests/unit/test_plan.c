/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference scenarios load and resolve; derived fields follow the model's formulas. */
#include "support/oracle.h"
#include "support/plans.h"

#include <glob.h>

static struct mld_plan *plan_of(const char *path, int n_set, const char *const *set)
{
    return plan_of_outcome(outcome_of_file(path, n_set, set));
}

static void reference_resolves(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_of(PROJECT_SOURCE "/scenarios/fpci-reference.cfg", 0, NULL);
    assert_int_equal(plan->model.grid.periods, 48);
    assert_int_equal(plan->model.grid.last, 47);
    assert_int_equal(plan->model.n_forms, 3);
    assert_int_equal(plan->fund.investment_periods, 20);
    assert_int_equal(plan->fund.carry_from, 19);
    assert_int_equal(plan->model.instrument_terms[5].resolution[0].lag_periods, 24);
    assert_true(plan->model.thesis.year_cumulative[4] == 1);
    /* 1e-12: a few roundings of numbers near 1. */
    double covariance = 0.3 * sqrt((1 - 0.36) * (1 - 0.49)) / (1 - 0.6 * 0.7);
    double norm = sqrt(0.16 + 0.64 + 2 * 0.4 * 0.8 * covariance + 0.16);
    assert_true(fabs(plan->model.form[0].norm - norm) < 1e-12);
    oracle("Standard deviation n of the systematic index of associations",
           "model, section 3, by hand", "1e-12", "%.12f, deviation %.0e", plan->model.form[0].norm,
           fabs(plan->model.form[0].norm - norm));
    assert_true(fabs(plan->model.form[0].innovation_norm -
                     sqrt(0.16 + 0.64 + 2 * 0.32 * 0.3 + 0.16)) < 1e-12);
    assert_true(fabs(plan->model.threshold[0] - mld_normal_quantile(1.3 * 0.0195)) < 1e-12);
    release_plan(plan);
}

static void guarantee_is_laid_on_its_base(void **state)
{
    (void)state;
    const char *const set[] = { "guarantee.layers.state.quotite=0.7",
                                "guarantee.dotation[0].amount=5000000000" };
    struct mld_plan *plan = plan_of(PROJECT_SOURCE "/scenarios/fpci-guaranteed.cfg", 2, set);
    assert_true(plan->guarantee.layer[0].quotite == 0.7);
    assert_true(plan->guarantee.dotation[0].amount == 5e9);
    assert_int_equal(plan->guarantee.layer[0].cover.delay_periods, 4);
    assert_int_equal(plan->guarantee.layer[0].covers, -1);
    release_plan(plan);
}

#define REFERENCE PROJECT_SOURCE "/scenarios/fpci-reference.cfg"
#define GUARANTEED PROJECT_SOURCE "/scenarios/fpci-guaranteed.cfg"

static double threshold(const struct mld_plan *plan, int terms, int form, int hazard, int a)
{
    const struct mld_model *model = &plan->model;
    return model->threshold[((terms * model->n_forms + form) * model->n_hazards + hazard) *
                                model->threshold_stride +
                            a];
}

/*
 * Model, section 3: Φ⁻¹(min(x·PD_a, 0.9999)), the last PD going on, x·PD multiplied by the moral
 * hazard in the second row.
 */
static void thresholds_follow_the_model(void **state)
{
    (void)state;
    const char *const set[] = { "legal_forms.company.pd=[0.02, 0.9, 0]",
                                "instruments.bond.pd_scale=1.5", "guarantee.moral_hazard=1.2" };
    struct mld_plan *plan = plan_of(GUARANTEED, 3, set);
    int bond = mld_instrument_named("bond"), company = 2;
    assert_true(threshold(plan, bond, company, 0, 0) == mld_normal_quantile(1.5 * 0.02));
    assert_true(threshold(plan, bond, company, 1, 0) == mld_normal_quantile(1.5 * 1.2 * 0.02));
    assert_true(threshold(plan, bond, company, 0, 1) == mld_normal_quantile(0.9999));
    assert_true(threshold(plan, bond, company, 0, 2) == threshold(plan, bond, company, 0, 11));
    /* PD 0: no default, and no infinity nor NaN on the way, however strong the correlation. */
    double x = (threshold(plan, bond, company, 0, 2) - 5) / sqrt(1 - 0.99), hazard;
    mld_normal_hazard_n(1, &x, &hazard);
    assert_true(hazard >= 0 && hazard < 1e-300);
    release_plan(plan);
}

/* t_4⁻¹: for four degrees of freedom the quantile has a closed form (Shaw 2006). */
static void student_thresholds(void **state)
{
    (void)state;
    const char *const set[] = { "factors.dependence=student", "factors.dof=4" };
    struct mld_plan *plan = plan_of(REFERENCE, 2, set);
    double p = 0.03, alpha = 4 * p * (1 - p), q = 4 * cos(acos(sqrt(alpha)) / 3) / sqrt(alpha);
    int bond = mld_instrument_named("bond");
    /* 1e-9: GSL's inverse against a closed form, both of double precision. */
    assert_true(fabs(threshold(plan, bond, 2, 0, 3) + sqrt(q - 4)) < 1e-9);
    oracle("Student threshold of a PD of 3 %, 4 degrees of freedom", "closed form (Shaw 2006)",
           "1e-9", "%.10f, deviation %.0e", threshold(plan, bond, 2, 0, 3),
           fabs(threshold(plan, bond, 2, 0, 3) + sqrt(q - 4)));
    assert_non_null(plan->model.mixing_table);
    release_plan(plan);
}

/* The lognormal law has the mean and sd that were given, before truncation. */
static void tickets_have_their_moments(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_of(REFERENCE, 0, NULL);
    double mu = plan->model.thesis.ticket_log_mean,
           variance = plan->model.thesis.ticket_log_sd * plan->model.thesis.ticket_log_sd;
    double mean = exp(mu + variance / 2), sd = mean * sqrt(expm1(variance));
    /* a few roundings */
    assert_true(fabs(mean / 2e6 - 1) < 1e-12 && fabs(sd / 1.2e6 - 1) < 1e-12);
    release_plan(plan);
}

static void weights_are_made_exact(void **state)
{
    (void)state;
    const char *const set[] = { "thesis.deployment=[0.333333333,0.333333333,0.333333334,0]",
                                "thesis.mix.bond.sectors={care=0.3333333333;food=0.6666666666;}" };
    struct mld_plan *plan = plan_of(REFERENCE, 2, set);
    const struct mld_thesis *thesis = &plan->model.thesis;
    int bond = mld_instrument_named("bond");
    assert_true(thesis->year_cumulative[2] == 1 && thesis->year_cumulative[39] == 1);
    assert_true(fabs(thesis->year_cumulative[0] - 0.333333333) < 1e-15);
    assert_true(thesis->sector_cumulative[bond][1] < 0.34 &&
                thesis->sector_cumulative[bond][2] == 1);
    /* eight sectors, equal */
    assert_true(fabs(thesis->sector_cumulative[0][0] - 0.125) < 1e-15);
    assert_true(thesis->form_cumulative[bond][2] == 1);
    double sum = 0;
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        sum += thesis->mix[i].weight;
    assert_true(fabs(sum - 1) < 1e-15);
    release_plan(plan);
}

static void equal_laws_share_a_table(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_of(REFERENCE, 0, NULL);
    const struct mld_terms *terms = plan->model.terms;
    int convertible = mld_instrument_named("convertible"), bond = mld_instrument_named("bond"),
        shares = mld_instrument_named("cooperative_shares");
    assert_ptr_equal(terms[convertible].resolution[0].table, terms[bond].resolution[0].table);
    assert_null(terms[shares].resolution[0].table); /* a constant */
    assert_non_null(plan->fund.score_table);
    /* (.05,.1) (.3,.2) (.15,.15) (.6,.2) (.1,.1) and the score */
    assert_int_equal(plan->model.n_tables, 6);
    release_plan(plan);
}

static void layers_have_masks_and_periods(void **state)
{
    (void)state;
    const char *const set[] = { "guarantee.layers.state.instruments=[\"bond\",\"shares\"]",
                                "guarantee.layers.state.sectors=[\"food\"]" };
    struct mld_plan *plan = plan_of(GUARANTEED, 2, set);
    const struct mld_cover *cover = &plan->guarantee.layer[0].cover;
    assert_true(cover->instrument[0] && !cover->instrument[1] && cover->instrument[2]);
    assert_true(cover->sector[2] && !cover->sector[0] && cover->form[0] && cover->form[2]);
    assert_int_equal(cover->waiting_periods, 2);
    assert_int_equal(cover->term_periods, 40);
    assert_true(isinf(cover->ticket_max));
    release_plan(plan);
}

/*
 * No fund: t_L is the last period of the horizon, deals bounded by volume / min of each instrument,
 * one more for a last small one.
 */
static void scheme_has_no_fund(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_of(PROJECT_SOURCE "/scenarios/scheme-national.cfg", 0, NULL);
    assert_false(plan->fund.present);
    assert_int_equal(plan->model.grid.last, 67);
    assert_int_equal(plan->model.max_deals, 10007);
    assert_true(plan->guarantee.dotation[0].amount == 70e6);
    assert_true(plan->paths == 20000 && plan->model.seed == 2027);
    release_plan(plan);
}

/* ---- every scenario of the project ---- */

/* Low and high of one row of `sensitivity` give plans too. */
static int row_fails(const struct mld_scenario *scenario, const struct mld_sensitivity *row,
                     int high)
{
    struct outcome outcome = outcome_of_judgement(scenario, row, high);
    int fails = outcome.status != MLD_OK;
    if (fails)
        fprintf(stderr, "%s:\n", row->name);
    outcome_tell(&outcome);
    outcome_clear(&outcome);
    return fails;
}

/*
 * The others inherit the list of one of these: each row takes two plans, and a plan some 20 ms of
 * quantile tables.
 */
static int rows_are_tried(const char *path)
{
    return strstr(path, "/fpci-guaranteed.cfg") || strstr(path, "/scheme-national.cfg");
}

static int scenario_fails(const char *path)
{
    struct outcome outcome = outcome_of_file(path, 0, NULL);
    int failures = outcome.status != MLD_OK;
    struct mld_judgements *judgements = NULL;
    if (!failures)
        failures = mld_scenario_sensitivities(outcome.scenario, &judgements, &outcome.messages) !=
                   MLD_OK;
    outcome_tell(&outcome);
    for (int i = 0; !failures && rows_are_tried(path) && i < judgements->count; i++)
        failures += row_fails(outcome.scenario, &judgements->row[i], 0) +
                    row_fails(outcome.scenario, &judgements->row[i], 1);
    free(judgements);
    outcome_clear(&outcome);
    return failures;
}

static void every_scenario_resolves(void **state)
{
    (void)state;
    glob_t found;
    assert_int_equal(glob(PROJECT_SOURCE "/scenarios/*.cfg", 0, NULL, &found), 0);
    int failures = 0;
    for (size_t i = 0; i < found.gl_pathc; i++)
        failures += scenario_fails(found.gl_pathv[i]);
    assert_true(found.gl_pathc >= 12);
    globfree(&found);
    assert_int_equal(failures, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(reference_resolves),
                                        cmocka_unit_test(guarantee_is_laid_on_its_base),
                                        cmocka_unit_test(thresholds_follow_the_model),
                                        cmocka_unit_test(student_thresholds),
                                        cmocka_unit_test(tickets_have_their_moments),
                                        cmocka_unit_test(weights_are_made_exact),
                                        cmocka_unit_test(equal_laws_share_a_table),
                                        cmocka_unit_test(layers_have_masks_and_periods),
                                        cmocka_unit_test(scheme_has_no_fund),
                                        cmocka_unit_test(every_scenario_resolves) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
