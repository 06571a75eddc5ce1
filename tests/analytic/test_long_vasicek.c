/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Large pools of equal issuers over one period against Vasicek's law (1987, 2002), their limit: distribution at its
 * exact quantiles, and expected capped loss. 2,000 issuers are not yet infinitely many; the allowance for it stands
 * beside each tolerance.
 */
#include "support/near.h"
#include "support/oracle.h"
#include "support/pool.h"

enum { ISSUERS = 2000, PATHS = 10240, CASES = 7 };

/* Of vasicek_quantiles.csv and lhp_capped_loss.csv: low and high PDs and correlations, and all of the second file. */
static const double cases[CASES][2] = { { 0.01, 0.05 }, { 0.02, 0.2 }, { 0.05, 0.12 }, { 0.05, 0.3 }, { 0.08, 0.1 },
                                        { 0.08, 0.2 }, { 0.15, 0.3 } };

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

/* Largest distances met, of distributions and of capped losses in standard errors. */
static double furthest_quantile, furthest_capped;

/* |F̂(q) − α| ≤ 4 standard errors (false alarm 6e-5 each) + 0.003: a finite pool moves F by terms of order 1/N. */
static int check_quantiles(double pd, double rho, const double *loss)
{
    FILE *file = fopen(TEST_DATA "/vasicek_quantiles.csv", "r");
    char line[256];
    int rows = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        double row_pd, row_rho, level, quantile;
        if (sscanf(line, "%lf,%lf,%lf,%lf", &row_pd, &row_rho, &level, &quantile) != 4 || row_pd != pd || row_rho != rho)
            continue;
        int below = 0;
        for (int p = 0; p < PATHS; p++)
            below += loss[p] <= quantile;
        assert_near((double)below / PATHS, level, 4 * sqrt(level * (1 - level) / PATHS) + 0.003);
        widen(&furthest_quantile, ((double)below / PATHS - level) / sqrt(level * (1 - level) / PATHS));
        rows++;
    }
    fclose(file);
    return rows;
}

/* Mean of min(X, K): 4 standard errors, and ½ Var(X | factor) f(K) = K(1−K) f(K) / 2N by which a finite pool lies below. */
static int check_capped(double pd, double rho, const double *loss)
{
    FILE *file = fopen(TEST_DATA "/lhp_capped_loss.csv", "r");
    char line[256];
    int rows = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        double row_pd, row_rho, cap, expected, sum = 0, square = 0;
        if (sscanf(line, "%lf,%lf,%lf,%lf", &row_pd, &row_rho, &cap, &expected) != 4 || row_pd != pd || row_rho != rho)
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
    for (int i = 0; i < CASES; i++) {
        simulate(cases[i][0], cases[i][1], loss);
        quantiles += check_quantiles(cases[i][0], cases[i][1], loss);
        capped += check_capped(cases[i][0], cases[i][1], loss);
    }
    assert_int_equal(quantiles, 4 * CASES);
    assert_int_equal(capped, 20);
    oracle("Loss of large pools, distribution at the exact 95, 99, 99.5 and 99.9 % quantiles", "Vasicek 1987, 2002; 40 digits", "4 s.e. + 0.003 (2,000 issuers, not all)",
           "%d quantiles, largest %.1f s.e., %d paths each", quantiles, furthest_quantile, PATHS);
    oracle("E min(loss, K) of large pools", "Vasicek 1987, 2002; 40 digits", "4 s.e. and K(1 − K) f(K)/2N for a finite pool",
           "%d values, largest %.1f s.e., %d paths each", capped, furthest_capped, PATHS);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(large_pools_follow_vasicek) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
