/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Elementary functions, quantile tables and the Cholesky factor against GSL, long doubles and exact
 * values.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_erf.h>

#include "milliard/numerics.h"
#include "support/near.h"
#include "support/oracle.h"

enum { LONGEST = 67, POINTS = 20001 };

/** Point i of POINTS equally spaced from first to last. */
static double point(int i, double first, double last)
{
    return first + (last - first) * i / (POINTS - 1);
}

static void exponential_is_within_its_bound(void **state)
{
    (void)state;
    double largest = 0;
    for (int i = 0; i < POINTS; i++) {
        double x = point(i, -700.0, 700.0);
        /* expl is exact to 64 bits: its own error does not count beside the bound of the header. */
        long double exact = expl((long double)x);
        assert_true(fabsl((long double)mld_exp(x) - exact) < 4e-16L * exact);
        widen(&largest, (double)(((long double)mld_exp(x) - exact) / exact));
        x = point(i, -1.0, 1.0);
        exact = expl((long double)x);
        assert_true(fabsl((long double)mld_exp(x) - exact) < 4e-16L * exact);
    }
    oracle("Exponential", "expl in long doubles", "4e-16 relative", "largest %.1e at %d points",
           largest, 2 * POINTS);
    assert_true(mld_exp(0.0) == 1.0);
    assert_true(mld_exp(-1e6) == mld_exp(-700.0));
    assert_true(mld_exp(1e6) == mld_exp(700.0));
    assert_true(isnan(mld_exp(NAN)));
}

static void logarithm_is_within_its_bound(void **state)
{
    (void)state;
    double largest = 0;
    for (int i = 0; i < POINTS; i++) {
        double x = exp(point(i, -700.0, 700.0));
        assert_true(fabsl((long double)mld_log(x) - logl((long double)x)) <=
                    4e-16L * fabsl(logl((long double)x)));
        widen(&largest,
              x == 1.0 ? 0 : (double)((long double)mld_log(x) / logl((long double)x) - 1));
        x = point(i, 0.5, 2.0);
        assert_true(fabsl((long double)mld_log(x) - logl((long double)x)) <=
                    4e-16L * fabsl(logl((long double)x)));
    }
    oracle("Logarithm", "logl in long doubles", "4e-16 relative", "largest %.1e at %d points",
           largest, 2 * POINTS);
    assert_true(mld_log(1.0) == 0.0);
}

static void exponential_and_logarithm_near_one_are_within_their_bounds(void **state)
{
    (void)state;
    double largest = 0;
    for (int i = 0; i < POINTS; i++)
        for (int sign = -1; sign <= 1; sign += 2) {
            double x = sign * exp(point(i, -60.0, 6.5));
            widen(&largest, (double)((long double)mld_expm1(x) / expm1l((long double)x) - 1));
            x = sign * exp(point(i, -60.0, sign < 0 ? -1e-3 : 100.0));
            widen(&largest, (double)((long double)mld_log1p(x) / log1pl((long double)x) - 1));
        }
    assert_true(largest < 1e-15);
    oracle("e^x − 1 and ln(1 + x)", "expm1l and log1pl in long doubles", "1e-15 relative",
           "largest %.1e at %d points", largest, 4 * POINTS);
    assert_true(mld_expm1(0.0) == 0.0 && mld_log1p(0.0) == 0.0 && mld_expm1(-1e9) == -1.0);
}

static void powers_are_within_their_bound(void **state)
{
    (void)state;
    double largest = 0;
    for (int i = 0; i < POINTS; i++) {
        double x = exp(point(i, -20.0, 20.0)), y = 30.0 * sin(i), logarithm = fabs(y * log(x));
        long double exact = powl((long double)x, (long double)y);
        double error = (double)((long double)mld_pow(x, y) / exact - 1) / (1 + logarithm);
        assert_true(fabs(error) < 4e-16);
        widen(&largest, error);
    }
    oracle("Powers", "powl in long doubles", "4e-16 (1 + y ln x) relative",
           "largest %.1e (1 + y ln x) at %d points", largest, POINTS);
    assert_true(mld_pow(1.0, -7.0) == 1.0 && mld_pow(1.03, 0.0) == 1.0);
}

static void normal_cdf_is_within_its_bound(void **state)
{
    (void)state;
    double largest = 0;
    for (int i = 0; i < POINTS; i++) {
        double x = point(i, -37.0, 9.0);
        /* erfcl as reference: the bound of the header, 1e-13, is hundreds of times its error. */
        long double exact = 0.5L * erfcl(-(long double)x / sqrtl(2.0L));
        assert_true(fabsl((long double)mld_normal_cdf(x) - exact) < 1e-13L * exact);
        widen(&largest, (double)((long double)mld_normal_cdf(x) / exact - 1));
    }
    oracle("Normal distribution function, from −37 to 9", "erfcl in long doubles", "1e-13 relative",
           "largest %.1e at %d points", largest, POINTS);
    assert_true(mld_normal_cdf(0.0) == 0.5);
    assert_true(mld_normal_cdf(40.0) == 1.0);
}

static void normal_quantile_is_within_its_bound(void **state)
{
    (void)state;
    /* Known values to 16 digits (Wichura 1988, table of AS 241). */
    assert_near(mld_normal_quantile(0.25), -0.6744897501960817, 1e-15);
    assert_near(mld_normal_quantile(0.001), -3.090232306167814, 1e-14);
    assert_near(mld_normal_quantile(1e-20), -9.262340089798408, 1e-13);
    assert_true(mld_normal_quantile(0.5) == 0.0);
    double largest = 0;
    for (int i = 0; i < POINTS; i++) {
        /* One Newton step in long doubles from x gives what is missing to the exact quantile. */
        double u = i % 2 ? exp(point(i, -36.7, -0.7)) : point(i, 1e-9, 1.0 - 1e-9);
        double x = mld_normal_quantile(u);
        long double density = expl(-0.5L * x * x) / sqrtl(2.0L * acosl(-1.0L));
        long double below = 0.5L * erfcl(-(long double)x / sqrtl(2.0L));
        /* Above one half the upper tail carries the digits: 1 − u is exact there. */
        long double above = 0.5L * erfcl((long double)x / sqrtl(2.0L));
        long double missing = (u < 0.5 ? below - (long double)u : (1.0L - (long double)u) - above) /
                              density;
        assert_true(fabsl(missing) <= 1e-14L * fabsl((long double)x) + 1e-17L);
        widen(&largest, x == 0.0 ? 0 : (double)(missing / x));
    }
    oracle("Normal quantile, from 1e-16 to 1 − 1e-9",
           "Wichura 1988, AS 241; a Newton step in long doubles", "1e-14 relative",
           "largest %.1e at %d points", largest, POINTS);
}

static void normal_hazard_is_within_its_bound(void **state)
{
    (void)state;
    double largest = 0;
    for (int i = 0; i < POINTS; i++) {
        double x = point(i, -12.0, 12.0), hazard;
        mld_normal_hazard_n(1, &x, &hazard);
        long double exact = -logl(0.5L * erfcl((long double)x / sqrtl(2.0L)));
        assert_true(fabsl((long double)hazard - exact) < 1e-15L + 1e-13L * exact);
        widen(&largest, (double)((long double)hazard - exact) / fmax(1, (double)exact));
    }
    oracle("Hazard −ln(1 − Φ(x))", "erfcl in long doubles", "1e-15 + 1e-13 relative",
           "largest %.1e at %d points", largest, POINTS);
}

typedef void array_form(int, const double *restrict, double *restrict);
typedef double scalar_form(double);

/** Every length from 1 to LONGEST: the same bits as the scalar form, nothing written beyond. */
static void assert_same_bits(array_form *array, scalar_form *scalar, const double *x)
{
    for (int n = 1; n <= LONGEST; n++) {
        double y[LONGEST + 1];
        y[n] = -77.0;
        array(n, x, y);
        for (int i = 0; i < n; i++) {
            double expected = scalar(x[i]);
            assert_memory_equal(&y[i], &expected, sizeof expected);
        }
        assert_true(y[n] == -77.0);
    }
}

static double scalar_hazard(double x) { return -mld_log(mld_normal_cdf(-x)); }

static void array_forms_give_the_bits_of_scalar_forms(void **state)
{
    (void)state;
    double x[LONGEST], u[LONGEST];
    for (int round = 0; round < 50; round++) {
        for (int i = 0; i < LONGEST; i++) {
            int k = (i * 71 + round * 1009) % 997;
            x[i] = -9.0 + 18.0 * k / 997.0;
            /* Uniforms with every region of AS 241, the far tails too. */
            u[i] = k % 7 == 0    ? exp(-0.036 * k - 1.0)
                   : k % 11 == 0 ? 1.0 - exp2(-1 - k % 53)
                                 : (k + 0.5) / 997.0;
        }
        assert_same_bits(mld_exp_n, mld_exp, x);
        assert_same_bits(mld_log_n, mld_log, u);
        assert_same_bits(mld_normal_cdf_n, mld_normal_cdf, x);
        assert_same_bits(mld_normal_quantile_n, mld_normal_quantile, u);
        assert_same_bits(mld_normal_hazard_n, scalar_hazard, x);
    }
}

static void long_arrays_give_the_bits_of_scalar_forms(void **state)
{
    (void)state;
    enum { LONG = 1000 };
    double u[LONG], y[LONG];
    for (int i = 0; i < LONG; i++)
        u[i] = (i * 611 % LONG + 0.5) / LONG;
    mld_normal_quantile_n(LONG, u, y);
    for (int i = 0; i < LONG; i++)
        assert_true(y[i] == mld_normal_quantile(u[i]));
}

/** FNV-1a over the bits of y. */
static uint64_t hash_of(uint64_t hash, int n, const double *y)
{
    for (int i = 0; i < n; i++) {
        uint64_t bits;
        memcpy(&bits, &y[i], sizeof bits);
        hash = (hash ^ bits) * 0x100000001b3U;
    }
    return hash;
}

static void bits_are_those_of_every_compiler(void **state)
{
    (void)state;
    /* Found by gcc 12 and clang 14, with and without optimisation, for SSE2, AVX2 and AVX-512. */
    enum { MANY = 4096 };
    static double x[MANY], u[MANY], y[MANY];
    uint64_t hash = 0xcbf29ce484222325U;
    for (int i = 0; i < MANY; i++) {
        x[i] = (i - 2048) / 128.0;
        u[i] = (i * 1571 % MANY + 0.5) / MANY;
    }
    mld_exp_n(MANY, x, y);
    hash = hash_of(hash, MANY, y);
    mld_log_n(MANY, u, y);
    hash = hash_of(hash, MANY, y);
    mld_normal_cdf_n(MANY, x, y);
    hash = hash_of(hash, MANY, y);
    mld_normal_quantile_n(MANY, u, y);
    hash = hash_of(hash, MANY, y);
    mld_normal_hazard_n(MANY, x, y);
    hash = hash_of(hash, MANY, y);
    assert_true(hash == 0xc6c70a9f81a835cfU);
}

/**
 * Quantile of a Beta law at V = v by halving on gsl_cdf_beta_P or _Q, independent of the table's
 * search.
 */
static double beta_by_halving(double a, double b, double v)
{
    double low = 0.0, high = 1.0;
    for (int i = 0; i < 1100 && high - low > 1e-12; i++) {
        double middle = 0.5 * (low + high);
        int below = v < 0.0 ? gsl_cdf_beta_P(middle, a, b) < gsl_cdf_ugaussian_P(v)
                            : gsl_cdf_beta_Q(middle, a, b) > gsl_cdf_ugaussian_Q(v);
        *(below ? &low : &high) = middle;
    }
    return 0.5 * (low + high);
}

static void beta_tables_match_a_root_search(void **state)
{
    (void)state;
    /*
     * Recoveries of the reference scenario, the impact score, and harder laws: U-shaped, nearly
     * certain.
     */
    static const double laws[][2] = { { 0.05, 0.10 }, { 0.60, 0.20 }, { 0.15, 0.15 },
                                      { 0.30, 0.20 }, { 0.10, 0.10 }, { 0.70, 0.20 },
                                      { 0.50, 0.49 }, { 0.02, 0.12 }, { 0.95, 0.15 },
                                      { 0.5, 0.001 } };
    double largest = 0;
    for (size_t k = 0; k < sizeof laws / sizeof laws[0]; k++) {
        double mean = laws[k][0], sd = laws[k][1], sum = mean * (1.0 - mean) / (sd * sd) - 1.0;
        struct mld_quantile_table *table = mld_quantile_table_beta(mean, sd);
        assert_non_null(table);
        double before = 0.0;
        for (int i = 0; i <= 1000; i++) {
            /*
             * 1000 is no divisor of the table's steps: points fall everywhere inside the intervals.
             */
            double v = -8.3 + 16.6 * i / 1000.0, q = mld_quantile_table_at(table, v);
            double exact = beta_by_halving(mean * sum, (1.0 - mean) * sum, v);
            assert_true(fabs(q - exact) < 1e-6);
            widen(&largest, q - exact);
            assert_true(q >= before && q <= 1.0);
            before = q;
        }
        assert_true(mld_quantile_table_at(table, -20.0) == mld_quantile_table_at(table, -8.5));
        assert_true(mld_quantile_table_at(table, 20.0) == mld_quantile_table_at(table, 8.5));
        mld_quantile_table_free(table);
    }
    oracle("Quantiles of Beta laws (recovery rates, impact score)",
           "root search on GSL's incomplete Beta", "1e-6", "largest %.1e, 10 laws × 1001 points",
           largest);
    assert_null(mld_quantile_table_beta(0.5, 0.5));
    assert_null(mld_quantile_table_beta(0.0, 0.1));
}

static void beta_tables_keep_mean_and_sd(void **state)
{
    (void)state;
    static const double laws[][2] = { { 0.05, 0.10 }, { 0.60, 0.20 }, { 0.15, 0.15 } };
    for (size_t k = 0; k < 3; k++) {
        struct mld_quantile_table *table = mld_quantile_table_beta(laws[k][0], laws[k][1]);
        double sum = 0.0, squares = 0.0, weights = 0.0;
        /*
         * The trapezoid rule is exact to rounding for smooth integrands against a normal density.
         */
        for (int i = -8000; i <= 8000; i++) {
            double v = i / 1000.0, weight = exp(-0.5 * v * v), q = mld_quantile_table_at(table, v);
            weights += weight;
            sum += weight * q;
            squares += weight * q * q;
        }
        double mean = sum / weights;
        assert_near(mean, laws[k][0], 1e-6);
        assert_near(sqrt(squares / weights - mean * mean), laws[k][1], 2e-6);
        mld_quantile_table_free(table);
    }
}

static void chi_square_tables_match_the_distribution(void **state)
{
    (void)state;
    static const double dofs[] = { 1.0, 2.5, 4.0, 7.3, 30.0 };
    double largest = 0;
    for (size_t k = 0; k < 5; k++) {
        struct mld_quantile_table *table = mld_quantile_table_chi_square(dofs[k]);
        assert_non_null(table);
        for (int i = 0; i <= 1000; i++) {
            double v = -8.3 + 16.6 * i / 1000.0, q = mld_quantile_table_at(table, v);
            /* Error of q = error of its probability over the density, wanted below 1e-6 of q. */
            double error = v < 0.0 ? gsl_cdf_chisq_P(q, dofs[k]) / gsl_cdf_ugaussian_P(v) - 1.0
                                   : gsl_cdf_chisq_Q(q, dofs[k]) / gsl_cdf_ugaussian_Q(v) - 1.0;
            double tail_exponent = v < 0.0 ? 0.5 * dofs[k] : 0.5 * q + 1.0;
            assert_true(fabs(error) < 1e-6 * tail_exponent);
            widen(&largest, error / tail_exponent);
        }
        mld_quantile_table_free(table);
    }
    oracle("Quantiles of χ² laws (Student dependence)", "GSL's incomplete Gamma", "1e-6 relative",
           "largest %.1e, 5 laws × 1001 points", largest);
}

static void cholesky_gives_back_the_matrix_or_its_smallest_eigenvalue(void **state)
{
    (void)state;
    const double matrix[9] = { 1.0, 0.3, 0.2, 0.3, 1.0, 0.0, 0.2, 0.0, 1.0 };
    double factor[9], smallest;
    assert_int_equal(mld_cholesky(3, matrix, factor, &smallest), 0);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            double product = 0.0;
            for (int k = 0; k < 3; k++)
                product += factor[3 * i + k] * factor[3 * j + k];
            assert_near(product, matrix[3 * i + j], 1e-15);
            assert_true(j <= i || factor[3 * i + j] == 0.0);
        }
    /* 1 + 2ρ is the smallest eigenvalue of three variables that share the correlation ρ = −0.6. */
    const double refused[9] = { 1.0, -0.6, -0.6, -0.6, 1.0, -0.6, -0.6, -0.6, 1.0 };
    assert_int_equal(mld_cholesky(3, refused, factor, &smallest), -1);
    assert_near(smallest, -0.2, 1e-14);
    const double singular[4] = { 1.0, 1.0, 1.0, 1.0 };
    assert_int_equal(mld_cholesky(2, singular, factor, &smallest), -1);
}

/* One cent of 100 M€ is the last that rounding decides; a number that is none stays so. */
static void sums_tie_within_rounding(void **state)
{
    (void)state;
    assert_false(mld_exceeds(0.1 + 0.2, 0.3, 0.3));
    assert_false(mld_exceeds(1e8 + 0.009, 1e8, 1e8));
    assert_true(mld_exceeds(1e8 + 0.011, 1e8, 1e8));
    assert_false(mld_exceeds(1e8, 1e8 + 1, 1e8));
    assert_false(mld_exceeds(0, 0, 0));
    assert_true(mld_exceeds(1e-300, 0, 0));
    assert_true(mld_settled(0.1 + 0.2 - 0.3, 0.3) == 0 && mld_settled(-0.009, 1e8) == 0);
    assert_true(mld_settled(0.011, 1e8) == 0.011 && mld_settled(-0.011, 1e8) == -0.011);
    assert_true(isnan(mld_settled(NAN, 1)) && mld_settled(HUGE_VAL, 1) == HUGE_VAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exponential_is_within_its_bound),
        cmocka_unit_test(logarithm_is_within_its_bound),
        cmocka_unit_test(exponential_and_logarithm_near_one_are_within_their_bounds),
        cmocka_unit_test(powers_are_within_their_bound),
        cmocka_unit_test(normal_cdf_is_within_its_bound),
        cmocka_unit_test(normal_quantile_is_within_its_bound),
        cmocka_unit_test(normal_hazard_is_within_its_bound),
        cmocka_unit_test(array_forms_give_the_bits_of_scalar_forms),
        cmocka_unit_test(long_arrays_give_the_bits_of_scalar_forms),
        cmocka_unit_test(bits_are_those_of_every_compiler),
        cmocka_unit_test(beta_tables_match_a_root_search),
        cmocka_unit_test(beta_tables_keep_mean_and_sd),
        cmocka_unit_test(chi_square_tables_match_the_distribution),
        cmocka_unit_test(sums_tie_within_rounding),
        cmocka_unit_test(cholesky_gives_back_the_matrix_or_its_smallest_eigenvalue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
