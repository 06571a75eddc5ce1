/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Statistics over paths: worked examples, exact binomial ranks, coverage of intervals and of
 * standard errors.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "measure/sort.h"
#include "milliard/draws.h"
#include "milliard/measure.h"
#include "support/near.h"
#include "support/oracle.h"

static double uniform(uint32_t sample, uint32_t index)
{
    return mld_draw_uniform(1901, MLD_STREAM_ISSUER, sample, 1, index);
}

static double normal(uint32_t sample, uint32_t index)
{
    return mld_draw_normal(1901, MLD_STREAM_ISSUER, sample, 1, index);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/**
 * Values of one of several laws: smooth, with atoms, whole numbers, over hundreds of magnitudes,
 * constant, infinite.
 */
static double of_law(int law, uint32_t sample, uint32_t i)
{
    double z = normal(sample, i), u = uniform(sample, i + 1000000);
    switch (law) {
    case 0: return z;
    case 1: return u < 0.5 ? 0.0 : z;
    case 2: return floor(10.0 * u);
    case 3: return exp(150.0 * z);
    case 4: return 7.0;
    case 5: return u < 0.01 ? (double)INFINITY : u < 0.02 ? -(double)INFINITY : 1e300 * z;
    default: return u < 0.2 ? -1e8 : 1e8 + 1e-6 * z;
    }
}

static void sorting_equals_the_c_library(void **state)
{
    (void)state;
    static const size_t sizes[] = { 0, 1, 2, 3, 47, 48, 49, 63, 64, 65, 500, 20000 };
    for (int law = 0; law < 7; law++)
        for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
            size_t n = sizes[k];
            double *value = malloc((3 * n + 1) * sizeof *value), *expected = value + n,
                   *spare = value + 2 * n;
            for (size_t i = 0; i < n; i++)
                value[i] = expected[i] = of_law(law, (uint32_t)k, (uint32_t)i);
            qsort(expected, n, sizeof *expected, compare);
            mld_sort(n, value, spare);
            for (size_t i = 0; i < n; i++)
                assert_true(value[i] == expected[i]);
            free(value);
        }
}

static void ten_numbers_have_the_statistics_worked_by_hand(void **state)
{
    (void)state;
    const double value[12] = { 3, 1, NAN, 10, 7, 2, 5, 4, 9, 8, NAN, 6 };
    struct mld_statistics s;
    assert_int_equal(mld_statistics_fill(12, value, MLD_TAIL_LOW, &s), MLD_OK);
    assert_int_equal(s.count, 10);
    assert_int_equal(s.undefined, 2);
    assert_true(s.mean == 5.5 && s.minimum == 1.0 && s.maximum == 10.0);
    /* Σ (x − 5.5)² = 82.5. */
    assert_near(s.sd, sqrt(82.5 / 9.0), 1e-15);
    assert_near(s.mean_error, sqrt(82.5 / 90.0), 1e-15);
    /* Type 7: 1 + 9 p on these numbers (Hyndman and Fan 1996). */
    for (int q = 0; q < MLD_QUANTILES; q++)
        assert_near(s.quantile[q], 1.0 + 9.0 * mld_quantile_levels[q], 1e-14);
    /*
     * Median of 10: P(Bin(10, 1/2) ≤ 1) = 11/1024 ≤ 2.5 % < P(≤ 2): the second and the ninth
     * number.
     */
    assert_true(s.quantile_low[4] == 2.0 && s.quantile_high[4] == 9.0);
    assert_true(isnan(s.quantile_low[0]) && isnan(s.quantile_high[8]));
    assert_true(isnan(s.shortfall) && isnan(s.shortfall_error));
    oracle("Mean, sd, quantiles and median's interval of ten numbers",
           "by hand; Hyndman and Fan 1996, type 7", "1e-14", "equal");
}

static void too_few_numbers_leave_nan(void **state)
{
    (void)state;
    const double none[3] = { NAN, NAN, NAN }, one[2] = { NAN, 4.0 };
    struct mld_statistics s;
    assert_int_equal(mld_statistics_fill(3, none, MLD_TAIL_LOW, &s), MLD_OK);
    assert_true(s.count == 0 && s.undefined == 3 && isnan(s.mean) && isnan(s.minimum) &&
                isnan(s.quantile[4]));
    assert_int_equal(mld_statistics_fill(0, none, MLD_TAIL_LOW, &s), MLD_OK);
    assert_true(s.count == 0 && s.undefined == 0 && isnan(s.mean));
    assert_int_equal(mld_statistics_fill(2, one, MLD_TAIL_HIGH, &s), MLD_OK);
    assert_true(s.count == 1 && s.mean == 4.0 && isnan(s.sd) && s.quantile[0] == 4.0 &&
                s.quantile[8] == 4.0);
    assert_true(isnan(s.quantile_low[4]) && isnan(s.quantile_high[4]));
}

static void the_mean_loses_no_digit(void **state)
{
    (void)state;
    const double value[4] = { 1e16, 1.0, -1e16, 1.0 };
    struct mld_statistics s;
    assert_int_equal(mld_statistics_fill(4, value, MLD_TAIL_NONE, &s), MLD_OK);
    assert_true(s.mean == 0.5);
}

static void shortfall_weighs_the_boundary(void **state)
{
    (void)state;
    /* 5 % of 30 values: one and a half of them. */
    double value[30];
    struct mld_statistics s;
    for (int i = 0; i < 30; i++)
        value[i] = (i * 7 % 30) * (i * 7 % 30);
    assert_int_equal(mld_statistics_fill(30, value, MLD_TAIL_LOW, &s), MLD_OK);
    assert_near(s.shortfall, (0.0 + 0.5 * 1.0) / 1.5, 1e-15);
    assert_int_equal(mld_statistics_fill(30, value, MLD_TAIL_HIGH, &s), MLD_OK);
    assert_near(s.shortfall, (29.0 * 29.0 + 0.5 * 28.0 * 28.0) / 1.5, 1e-12);
    assert_int_equal(mld_statistics_fill(30, value, MLD_TAIL_NONE, &s), MLD_OK);
    assert_true(isnan(s.shortfall));
}

/** P(Bin(n, p) ≤ k) as a plain sum. */
static double binomial_below(int n, double p, int k)
{
    double sum = 0.0;
    for (int j = 0; j <= k; j++)
        sum += exp(lgamma(n + 1.0) - lgamma(j + 1.0) - lgamma(n - j + 1.0) + j * log(p) +
                   (n - j) * log1p(-p));
    return sum;
}

static void interval_ranks_are_those_of_the_binomial_law(void **state)
{
    (void)state;
    static const int sizes[] = { 1, 5, 10, 30, 71, 72, 73, 100, 367, 368, 500, 3000, 100000 };
    for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
        int n = sizes[k];
        double *value = malloc((size_t)n * sizeof *value);
        for (int i = 0; i < n; i++)
            value[i] = i + 1.0;
        struct mld_statistics s;
        assert_int_equal(mld_statistics_fill((size_t)n, value, MLD_TAIL_NONE, &s), MLD_OK);
        for (int q = 0; q < MLD_QUANTILES; q++) {
            double p = mld_quantile_levels[q];
            /*
             * x(l) may exceed the quantile with 2.5 % at most, x(l + 1) with more; the value of
             * rank l is l.
             */
            int l = isnan(s.quantile_low[q]) ? 0 : (int)s.quantile_low[q];
            assert_true(l == 0 || binomial_below(n, p, l - 1) <= 0.025);
            assert_true(binomial_below(n, p, l) > 0.025);
            int u = isnan(s.quantile_high[q]) ? n + 1 : (int)s.quantile_high[q];
            assert_true(u == n + 1 || 1.0 - binomial_below(n, p, u - 1) <= 0.025 + 1e-9);
            assert_true(1.0 - binomial_below(n, p, u - 2) > 0.025 - 1e-9);
        }
        free(value);
    }
    oracle("Ranks of the intervals of quantiles, 1 to 100,000 values", "binomial law summed",
           "equal", "equal at %d levels of %zu sizes", MLD_QUANTILES,
           sizeof sizes / sizeof sizes[0]);
}

static void intervals_cover_and_errors_measure_the_spread(void **state)
{
    (void)state;
    enum { SAMPLES = 2000, SIZE = 400 };
    double value[SIZE], estimate[3][SAMPLES], error[3] = { 0.0, 0.0, 0.0 };
    int covered = 0;
    for (uint32_t k = 0; k < SAMPLES; k++) {
        struct mld_statistics s;
        for (uint32_t i = 0; i < SIZE; i++)
            value[i] = normal(k, i);
        assert_int_equal(mld_statistics_fill(SIZE, value, MLD_TAIL_LOW, &s), MLD_OK);
        /* The 90 % quantile of the normal law. */
        covered += s.quantile_low[6] <= 1.2815515655446004 &&
                   1.2815515655446004 <= s.quantile_high[6];
        const double estimates[3] = { s.mean, s.sd, s.shortfall };
        const double errors[3] = { s.mean_error, s.sd_error, s.shortfall_error };
        for (int j = 0; j < 3; j++) {
            estimate[j][k] = estimates[j];
            error[j] += errors[j] / SAMPLES;
        }
    }
    /* At least 95 %, less 4 standard errors of 0.0049 (one false alarm in 30,000 seeds). */
    assert_true(covered >= SAMPLES * (0.95 - 4.0 * 0.0049));
    oracle("95 % interval of the 90 % quantile of a normal law, 400 values", "the law",
           "at least 95 % less 4 s.e.", "holds it in %.1f %% of %d samples",
           100.0 * covered / SAMPLES, SAMPLES);
    static const char *const what[3] = { "mean", "sd", "shortfall" };
    for (int j = 0; j < 3; j++) {
        struct mld_statistics s;
        assert_int_equal(mld_statistics_fill(SAMPLES, estimate[j], MLD_TAIL_NONE, &s), MLD_OK);
        /*
         * The spread of 2000 estimates is known to 1.6 %: 4 of these, and as much for the bias at
         * 20 tail values.
         */
        assert_near(error[j] / s.sd, 1.0, j == 2 ? 0.12 : 0.065);
        char name[64];
        snprintf(name, sizeof name, "Standard error of the %s of 400 normal values", what[j]);
        oracle(name, "spread of 2,000 estimates", j == 2 ? "12 %" : "6.5 %", "%.1f %% off",
               100 * (error[j] / s.sd - 1.0));
    }
    /*
     * Mean of a normal variable below its 5 % quantile: −φ(1.645)/0.05 = −2.06271, within 4 errors
     * and the bias.
     */
    double mean = 0.0;
    for (int k = 0; k < SAMPLES; k++)
        mean += estimate[2][k] / SAMPLES;
    assert_near(mean, -2.06271, 4.0 * error[2] / sqrt(SAMPLES) + 0.02);
    oracle("Shortfall of a normal law below its 5 % quantile", "−φ(1.645)/0.05 = −2.06271",
           "4 s.e. and a bias of 0.02", "%.4f", mean);
}

static void quantiles_alone_are_those_of_the_statistics(void **state)
{
    (void)state;
    enum { SIZE = 1000 };
    double value[SIZE], quantile[MLD_QUANTILES], low[MLD_QUANTILES], high[MLD_QUANTILES];
    struct mld_statistics s;
    for (uint32_t i = 0; i < SIZE; i++)
        value[i] = i % 17 == 3 ? (double)NAN : of_law(1, 5, i);
    assert_int_equal(mld_statistics_fill(SIZE, value, MLD_TAIL_HIGH, &s), MLD_OK);
    assert_int_equal(mld_quantiles_fill(SIZE, value, MLD_QUANTILES, mld_quantile_levels, quantile,
                                        low, high),
                     MLD_OK);
    for (int q = 0; q < MLD_QUANTILES; q++) {
        assert_true(quantile[q] == s.quantile[q]);
        assert_true(low[q] == s.quantile_low[q] || (isnan(low[q]) && isnan(s.quantile_low[q])));
        assert_true(high[q] == s.quantile_high[q] || (isnan(high[q]) && isnan(s.quantile_high[q])));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorting_equals_the_c_library),
        cmocka_unit_test(ten_numbers_have_the_statistics_worked_by_hand),
        cmocka_unit_test(too_few_numbers_leave_nan),
        cmocka_unit_test(the_mean_loses_no_digit),
        cmocka_unit_test(shortfall_weighs_the_boundary),
        cmocka_unit_test(interval_ranks_are_those_of_the_binomial_law),
        cmocka_unit_test(intervals_cover_and_errors_measure_the_spread),
        cmocka_unit_test(quantiles_alone_are_those_of_the_statistics),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
