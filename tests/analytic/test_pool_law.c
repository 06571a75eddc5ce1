/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Defaults of a pool of equal issuers over one period, against the exact law: one factor, one legal form, one
 * period a year, so that the default of t = 1 sees the factor of year 1, a standard normal.
 */
#include "support/plans.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

enum { BATCH = 256, MOST = 256 };

/** A scheme of `deals` bonds of one legal form, all made in period 0, which ends with period 1. */
static struct mld_plan *pool(int deals, double pd, double rho)
{
    char text[2048];
    snprintf(text, sizeof text,
             "drop = [ \"fund\", \"legal_forms\", \"thesis\" ]; periods_per_year = 1; horizon_years = 2;"
             "legal_forms = { company = { pd = [ %.17g ]; asset_correlation = %.17g; weights = { cycle = 1.0; };"
             " sector_weight = 0.0; surplus_mean = 0.15; surplus_sd = 0.2; performance_correlation = 0.15; }; };"
             "thesis = { volume = %d.0; deployment = [ 1.0 ]; ticket = { mean = 1.0; sd = 0.0; min = 1.0; max = 1.0; };"
             " mix = { bond = { weight = 1.0; legal_forms = { company = 1.0; }; }; }; };", pd, rho, deals);
    return plan_with(text);
}

/** Paths by number of defaults, over `paths` paths. */
static void count_defaults(const struct mld_plan *plan, int paths, int deals, long *count)
{
    struct mld_factor_rows rows;
    struct mld_portfolio portfolio;
    struct mld_issuer_outcomes outcomes;
    assert_int_equal(mld_factor_rows_init(&rows, plan, BATCH), MLD_OK);
    assert_int_equal(mld_portfolio_init(&portfolio, plan, BATCH), MLD_OK);
    assert_int_equal(mld_issuer_outcomes_init(&outcomes, plan, BATCH), MLD_OK);
    for (int first = 0; first < paths; first += BATCH) {
        mld_factors_fill(plan, (uint32_t)first, BATCH, &rows);
        mld_portfolio_fill(plan, (uint32_t)first, BATCH, &portfolio);
        mld_issuers_fill(plan, (uint32_t)first, BATCH, &rows, &portfolio, NULL, &outcomes);
        for (int p = 0; p < BATCH; p++) {
            int defaults = 0;
            assert_int_equal(portfolio.first_issuer[p + 1] - portfolio.first_issuer[p], deals);
            for (int i = portfolio.first_issuer[p]; i < portfolio.first_issuer[p + 1]; i++)
                defaults += outcomes.default_period[i] == 1;
            count[defaults]++;
        }
    }
    mld_factor_rows_clear(&rows);
    mld_portfolio_clear(&portfolio);
    mld_issuer_outcomes_clear(&outcomes);
}

/**
 * Pearson's statistic, cells with fewer than 20 expected paths joined to their neighbours, is below its quantile at
 * 1 − 1e-5: the rate of false alarm of each pool, over seeds; the seed is fixed.
 */
static void check_law(int deals, double pd, double rho, const double *probability)
{
    enum { PATHS = 200 * BATCH };
    long count[MOST] = { 0 };
    struct mld_plan *plan = pool(deals, pd, rho);
    count_defaults(plan, PATHS, deals, count);
    double statistic = 0, expected = 0, observed = 0, left = PATHS;
    int cells = 0;
    for (int k = 0; k <= deals; k++) {
        expected += PATHS * probability[k];
        observed += (double)count[k];
        left -= PATHS * probability[k];
        if ((expected < 20 || left < 20) && k < deals)
            continue;
        statistic += (observed - expected) * (observed - expected) / expected;
        expected = observed = 0;
        cells++;
    }
    assert_in_range(cells, 8, deals);
    if (!(statistic < gsl_cdf_chisq_Qinv(1e-5, cells - 1)))
        fail_msg("%d deals, PD %g, rho %g: chi-square %g with %d cells", deals, pd, rho, statistic, cells);
    release_plan(plan);
}

/** The rows of pool_defaults.csv of one pool. */
static void read_law(int deals, double *probability)
{
    FILE *file = fopen(TEST_DATA "/pool_defaults.csv", "r");
    char line[256];
    int rows = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        int n, k;
        double pd, rho, p;
        if (sscanf(line, "%d,%lf,%lf,%d,%lf", &n, &pd, &rho, &k, &p) == 5 && n == deals) {
            probability[k] = p;
            rows++;
        }
    }
    fclose(file);
    assert_int_equal(rows, deals + 1);
}

static void correlated_pools_follow_the_exact_law(void **state)
{
    (void)state;
    double probability[MOST];
    read_law(40, probability);
    check_law(40, 0.08, 0.1, probability);
    read_law(20, probability);
    check_law(20, 0.15, 0.12, probability);
    read_law(200, probability);
    check_law(200, 0.05, 0.12, probability);
}

static void independent_defaults_are_binomial(void **state)
{
    (void)state;
    double probability[MOST];
    for (unsigned k = 0; k <= 40; k++)
        probability[k] = gsl_ran_binomial_pdf(k, 0.08, 40);
    check_law(40, 0.08, 0, probability);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(correlated_pools_follow_the_exact_law),
                                        cmocka_unit_test(independent_defaults_are_binomial) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
