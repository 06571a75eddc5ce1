/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moments in one pass: those of GSL in two, whatever the pieces in which the numbers come. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_statistics_double.h>

#include "milliard/draws.h"
#include "milliard/moments.h"

enum { LONGEST = 10000 };

/* Amounts of money, skewed: some are 0. */
static void fill(size_t n, double *value)
{
    for (size_t i = 0; i < n; i++) {
        double z = mld_draw_normal(1902, MLD_STREAM_ISSUER, (uint32_t)i, 2, 0);
        value[i] = z < 0 ? 0 : 1e7 * exp(z);
    }
}

static struct mld_statistics in_pieces(size_t n, const double *value, size_t piece)
{
    struct mld_moments moments = { 0 };
    struct mld_statistics out = { 0 };
    for (size_t first = 0; first < n; first += piece)
        mld_moments_add(&moments, n - first < piece ? n - first : piece, value + first);
    mld_moments_fill(&moments, &out);
    return out;
}

static void pieces_give_the_same_bits(void **state)
{
    static const size_t lengths[] = { 1, 2, 63, 64, 65, 4096, LONGEST };
    static const size_t pieces[] = { 1, 7, 8, 63, 64, 65, 1000 };
    static double value[LONGEST];
    (void)state;
    fill(LONGEST, value);
    for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) {
        struct mld_statistics whole = in_pieces(lengths[l], value, LONGEST);
        for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++) {
            struct mld_statistics cut = in_pieces(lengths[l], value, pieces[k]);
            assert_memory_equal(&cut, &whole, sizeof cut);
        }
    }
}

static void close_to(double is, double expected, double relative)
{
    if (!(fabs(is - expected) <= relative * fabs(expected)))
        fail_msg("%.17g is not %.17g", is, expected);
}

/* GSL works in long double. Some √n roundings of 1e-16 a sum, times the kurtosis here, some 30. */
static void they_are_those_of_two_passes(void **state)
{
    static double value[LONGEST];
    (void)state;
    fill(LONGEST, value);
    value[0] = 1e9; /* an outlier first: the origin is not one value's */
    for (size_t n = 2; n <= LONGEST; n = n * 3 + 1) {
        struct mld_statistics is = in_pieces(n, value, 100);
        double mean = gsl_stats_mean(value, 1, n), variance = gsl_stats_variance(value, 1, n),
               fourth = 0, count = (double)n;
        for (size_t i = 0; i < n; i++)
            fourth += pow(value[i] - mean, 4) / count;
        double spread = (fourth - (count - 3) / (count - 1) * variance * variance) / count;
        close_to(is.mean, mean, 1e-14);
        close_to(is.sd, sqrt(variance), 1e-13);
        close_to(is.mean_error, sqrt(variance / count), 1e-13);
        close_to(is.sd_error, sqrt(spread / (4 * variance)), 1e-11);
    }
}

/* One that is the same on every path has no error, however many there are and whatever it is. */
static void a_constant_does_not_spread(void **state)
{
    static double value[LONGEST];
    (void)state;
    for (size_t i = 0; i < LONGEST; i++)
        value[i] = 82e6 + 0.1;
    struct mld_statistics is = in_pieces(LONGEST, value, 64);
    assert_true(is.mean == 82e6 + 0.1);
    assert_true(is.sd == 0 && is.mean_error == 0 && is.sd_error == 0);
}

static void nothing_gives_nothing(void **state)
{
    struct mld_moments moments = { 0 };
    struct mld_statistics out = { .mean = NAN, .sd = NAN };
    (void)state;
    mld_moments_fill(&moments, &out);
    assert_true(isnan(out.mean) && isnan(out.sd));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_give_the_same_bits),
        cmocka_unit_test(they_are_those_of_two_passes),
        cmocka_unit_test(a_constant_does_not_spread),
        cmocka_unit_test(nothing_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
