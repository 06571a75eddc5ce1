/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Large pools of equal issuers over one period against Vasicek's law (1987, 2002), their limit:
 * distribution at its exact quantiles, and expected capped loss. 2,000 issuers are not yet
 * infinitely many: the distribution is compared with that of the finite pool, by quadrature, whose
 * distance to the limit is printed; the allowance for capped losses stands beside the tolerance.
 * 120 comparisons at 4 standard errors: with other seeds one would fail by chance in 0.8 % of runs.
 */
#include "support/near.h"
#include "support/oracle.h"
#include "support/pool.h"

#include <gsl/gsl_cdf.h>

enum { ISSUERS = 2000, PATHS = 10240, PDS = 5, CORRELATIONS = 5 };

/* Of vasicek_quantiles.csv, all; lhp_capped_loss.csv has four of these pairs. */
static const double pds[PDS] = { 0.01, 0.02, 0.05, 0.08, 0.15 },
                    correlations[CORRELATIONS] = { 0.05, 0.1, 0.12, 0.2, 0.3 };

/* Share of issuers in default at t = 1, by path. */
static void simulate(double pd, double rho, double *loss)
{
    static int defaults[PATHS];
    struct mld_plan *plan = pool_plan(ISSUERS, pd, rho);
    pool_defaults(plan, ISSUERS, PATHS, defaults);
    for (int p = 0; p < PATHS; p++)
        loss[p] = (double)defaults[p] / ISSUERS;
    release_plan(plan);
}

/* Largest distances met, in standard errors but for the second. */
static double furthest_quantile, furthest_limit, furthest_capped;

/*
 * P(at most `most` of ISSUERS default): the binomial law given the factor, by the trapezoid rule
 * over the factor, exact to 1e-12.
 */
static double finite_law(double pd, double rho, unsigned most)
{
    double sum = 0, weights = 0, threshold = gsl_cdf_ugaussian_Pinv(pd);
    for (int i = -400; i <= 400; i++) {
        double y = i / 50.0, weight = exp(-0.5 * y * y);
        sum += weight *
               gsl_cdf_binomial_P(
                   most, gsl_cdf_ugaussian_P((threshold - sqrt(rho) * y) / sqrt(1 - rho)), ISSUERS);
        weights += weight;
    }
    return sum / weights;
}

/* Share of paths with a loss up to q, against the finite pool's law: 4 standard errors. */
static int check_quantiles(double pd, double rho, const double *loss)
{
    FILE *file = fopen(TEST_DATA "/vasicek_quantiles.csv", "r");
    char line[256];
    int rows = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        double row_pd, row_rho, level, quantile;
        if (sscanf(line, "%lf,%lf,%lf,%lf", &row_pd, &row_rho, &level, &quantile) != 4 ||
            row_pd != pd || row_rho != rho)
            continue;
        int below = 0;
        for (int p = 0; p < PATHS; p++)
            below += loss[p] <= quantile;
        double exact = finite_law(pd, rho, (unsigned)floor(quantile * ISSUERS)),
               error = sqrt(exact * (1 - exact) / PATHS);
        assert_near((double)below / PATHS, exact, 4 * error);
        widen(&furthest_quantile, ((double)below / PATHS - exact) / error);
        widen(&furthest_limit, exact - level);
        rows++;
    }
    fclose(file);
    return rows;
}

/*
 * Mean of min(X, K): 4 standard errors, and ½ Var(X | factor) f(K) = K(1−K) f(K) / 2N by which a
 * finite pool lies below.
 */
static int check_capped(double pd, double rho, const double *loss)
{
    FILE *file = fopen(TEST_DATA "/lhp_capped_loss.csv", "r");
    char line[256];
    int rows = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        double row_pd, row_rho, cap, expected, sum = 0, square = 0;
        if (sscanf(line, "%lf,%lf,%lf,%lf", &row_pd, &row_rho, &cap, &expected) != 4 ||
            row_pd != pd || row_rho != rho)
            continue;
        int near_cap = 0;
        for (int p = 0; p < PATHS; p++) {
            double x = loss[p] < cap ? loss[p] : cap;
            sum += x;
            square += x * x;
            near_cap += fabs(loss[p] - cap) < 0.005;
        }
        double mean = sum / PATHS, error = sqrt((square / PATHS - mean * mean) / PATHS);
        double density = (double)near_cap / PATHS / 0.01;
        assert_near(mean, expected, 4 * error + cap * (1 - cap) * density / (2 * ISSUERS));
        widen(&furthest_capped, (mean - expected) / error);
        rows++;
    }
    fclose(file);
    return rows;
}

static void large_pools_follow_vasicek(void **state)
{
    (void)state;
    static double loss[PATHS];
    int quantiles = 0, capped = 0;
    for (int i = 0; i < PDS * CORRELATIONS; i++) {
        double pd = pds[i / CORRELATIONS], rho = correlations[i % CORRELATIONS];
        simulate(pd, rho, loss);
        quantiles += check_quantiles(pd, rho, loss);
        capped += check_capped(pd, rho, loss);
    }
    assert_int_equal(quantiles, 100);
    assert_int_equal(capped, 20);
    oracle("Loss of 2,000 issuers, distribution at the exact 95, 99, 99.5 and 99.9 % quantiles of "
           "their limit",
           "Vasicek 1987, 2002; 40 digits", "4 s.e. from the law of 2,000",
           "%d quantiles of %d pools: %.1f s.e. at most; 2,000 issuers lie %.4f from their limit "
           "at most; %d paths each",
           quantiles, PDS * CORRELATIONS, furthest_quantile, furthest_limit, PATHS);
    oracle("E min(loss, K) of large pools", "Vasicek 1987, 2002; 40 digits",
           "4 s.e. and K(1 − K) f(K)/2N for a finite pool",
           "%d values, largest %.1f s.e., %d paths each", capped, furthest_capped, PATHS);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(large_pools_follow_vasicek) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
