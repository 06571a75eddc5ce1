/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Recovery rates of defaulted deals against section 4 of the model, written again with GSL: RR =
 * B⁻¹(Φ(V); α, β), V = √ρ_R Y(year of default) + √(1−ρ_R) ζ, so that recoveries are low in bad
 * years. Within 1e-6, the bound that the model gives the tables of quantiles; a recovery without
 * spread is exact.
 */
#include "support/oracle.h"
#include "support/run_case.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

enum { PATHS = 256 };

/* Beta law of that mean and sd: α + β = mean(1−mean)/sd² − 1. */
static double beta_quantile(double mean, double sd, double v)
{
    double sum = mean * (1 - mean) / (sd * sd) - 1;
    return gsl_cdf_beta_Pinv(gsl_cdf_ugaussian_P(v), mean * sum, (1 - mean) * sum);
}

static double expected(const struct mld_plan *plan, const struct mld_issuer_outcomes *outcomes,
                       int issuer, const struct mld_resolution *resolution, int year)
{
    double rho = plan->model.recovery_correlation;
    double v = sqrt(rho) * outcomes->systematic[issuer * outcomes->stride + year] +
               sqrt(1 - rho) * outcomes->zeta[issuer];
    return resolution->recovery_sd > 0
               ? beta_quantile(resolution->recovery_mean, resolution->recovery_sd, v)
               : resolution->recovery_mean;
}

static void recoveries_follow_the_index_of_their_year(void **state)
{
    (void)state;
    const char *set[] = { "recovery_correlation=0.6" };
    struct mld_scenario *scenario;
    struct mld_plan *plan = run_case_plan("fpci-reference.cfg", 1, set, &scenario);
    struct mld_workspace *workspace;
    assert_int_equal(mld_workspace_create(plan, PATHS, MLD_KEEP_TRACE, &workspace), MLD_OK);
    mld_simulate(plan, 0, PATHS, workspace);
    const struct mld_lives *lives = &workspace->lives[plan->design[MLD_WITHOUT].lives];
    const struct mld_issuer_outcomes *outcomes = &lives->outcomes;
    int defaults = 0;
    double largest = 0;
    for (int i = 0; i < workspace->portfolio.n_deals; i++) {
        const struct mld_deal *deal = &workspace->portfolio.deal[i];
        struct mld_life *life = &lives->deal->life;
        mld_deal_fill(&plan->model, 0, &workspace->factors, &workspace->portfolio, outcomes, i,
                      &lives->deal->contract, life);
        if (life->default_period < 0)
            continue;
        const struct mld_resolution *resolution =
            &plan->model.terms[deal->terms].resolution[life->resolution];
        double rate = expected(plan, outcomes, deal->issuer, resolution,
                               life->default_period / plan->model.grid.periods_per_year);
        assert_true(fabs(life->recovery_rate - rate) < 1e-6);
        widen(&largest, life->recovery_rate - rate);
        defaults++;
    }
    assert_true(defaults > 1000);
    oracle("Recovery rate of each defaulted deal",
           "model, section 4, written again with GSL's Beta law", "1e-6",
           "largest deviation %.1e, %d defaults", largest, defaults);
    mld_workspace_free(workspace);
    mld_plan_clear(plan);
    free(plan);
    mld_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recoveries_follow_the_index_of_their_year)
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
