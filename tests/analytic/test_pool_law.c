/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Defaults of a pool of equal issuers over one period, against the exact law. */
#include "support/oracle.h"
#include "support/pool.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

enum { MOST = 256, PATHS = 51200 };

/**
 * Pearson's statistic, cells with fewer than 20 expected paths joined to their neighbours, is below
 * its quantile at 1 − 1e-5: the rate of false alarm of each pool, over seeds; the seed is fixed.
 */
static void check_law(int deals, double pd, double rho, const double *probability,
                      const char *source)
{
    static int defaults[PATHS];
    long count[MOST] = { 0 };
    struct mld_plan *plan = pool_plan(deals, pd, rho);
    pool_defaults(plan, deals, PATHS, defaults);
    for (int p = 0; p < PATHS; p++)
        count[defaults[p]]++;
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
        fail_msg("%d deals, PD %g, rho %g: chi-square %g with %d cells", deals, pd, rho, statistic,
                 cells);
    release_plan(plan);
    char name[96];
    snprintf(name, sizeof name, "Number of defaults, %d equal deals, PD %g %%, ρ %g", deals,
             100 * pd, rho);
    oracle(name, source, "χ² below its 1 − 1e-5 quantile",
           "χ² %.1f with %d cells, %d paths: p = %.2g", statistic, cells, PATHS,
           gsl_cdf_chisq_Q(statistic, cells - 1));
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
    static const char source[] =
        "Vasicek 1987: quadrature over the factor, binomial given it; error < 1e-12";
    double probability[MOST];
    read_law(40, probability);
    check_law(40, 0.08, 0.1, probability, source);
    read_law(20, probability);
    check_law(20, 0.15, 0.12, probability, source);
    read_law(200, probability);
    check_law(200, 0.05, 0.12, probability, source);
}

static void independent_defaults_are_binomial(void **state)
{
    (void)state;
    double probability[MOST];
    for (unsigned k = 0; k <= 40; k++)
        probability[k] = gsl_ran_binomial_pdf(k, 0.08, 40);
    check_law(40, 0.08, 0, probability, "binomial law");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(correlated_pools_follow_the_exact_law),
                                        cmocka_unit_test(independent_defaults_are_binomial) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
