/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Statistics of a column read in pieces are, to the bit, those of the definition: the numbers
 * sorted, sums in path order.
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

#include "milliard/draws.h"
#include "milliard/measure.h"
#include "milliard/moments.h"
#include "support/oracle.h"

enum { LAWS = 14, MOST = 150000 };

static double uniform(int law, size_t i)
{
    return mld_draw_uniform(77, MLD_STREAM_ISSUER, (uint32_t)law, 1, (uint32_t)i);
}

/** A number so many steps of the last bit from another. */
static double beside(double x, int steps)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    bits += (uint64_t)(int64_t)steps;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/** Value i of a column of n. */
static double of_law(int law, size_t n, size_t i)
{
    const double infinity = (double)INFINITY, none = (double)NAN;
    double u = uniform(law, 2 * i), v = uniform(law, 2 * i + 1);
    double z = mld_draw_normal(78, MLD_STREAM_ISSUER, (uint32_t)law, 1, (uint32_t)i);
    switch (law) {
    case 0: return z;
    case 1: return u < 0.6 ? 0 : z;        /* an atom in the middle and in one tail */
    case 2: return u < 0.3 ? -1 : 0.1 * z; /* an atom that is the worst tail */
    case 3: return floor(10 * u);          /* atoms only */
    case 4: return exp(150 * z);           /* heavy */
    case 5: return 7;                      /* all the same */
    case 6: return u < 0.02 ? infinity : u < 0.1 ? -infinity : 1e300 * z;
    case 7: return (u < 0.5 ? -1 : 1) * (v < 0.7 ? 0 : v < 0.9 ? 5e-324 * floor(40 * v) : z);
    case 8: return u < 0.5 ? none : z;         /* undefined as often as not */
    case 9: return u < 0.7 ? none : -infinity; /* no number is finite */
    case 10: return none;
    case 11: return beside(u < 0.4 ? -1e8 : 1e8, (int)(1000 * v)); /* apart in their last bits */
    case 12: return (double)i - 0.5 * (double)n; /* sorted: the first values tell nothing */
    default: return i < n / 2 ? z : 3;           /* an atom that begins late */
    }
}

/** The order of the numbers; −0 comes before 0. */
static int compare(const void *first, const void *second)
{
    double x = *(const double *)first, y = *(const double *)second;
    if (x == y)
        return (signbit(y) != 0) - (signbit(x) != 0);
    return x < y ? -1 : 1;
}

/* ---- the definition ---- */

/* What test_moments.c holds against GSL, of all numbers at once. */
static void expect_moments(size_t n, const double *value, struct mld_statistics *out)
{
    struct mld_moments moments = { 0 };
    mld_moments_add(&moments, n, value);
    mld_moments_fill(&moments, out);
}

/** Largest l in [0, n] with P(Bin(n, p) ≤ l − 1) ≤ 2.5 %, by bisection. */
static size_t binomial_rank(size_t n, double p)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t l = low + (high - low + 1) / 2;
        if (gsl_cdf_binomial_P((unsigned)(l - 1), p, (unsigned)n) <= 0.025)
            low = l;
        else
            high = l - 1;
    }
    return low;
}

static void expect_level(size_t n, const double *sorted, double level, double *quantile,
                         double *low, double *high)
{
    double rank = level * (double)(n - 1);
    size_t k = (size_t)rank, l = binomial_rank(n, level), u = n + 1 - binomial_rank(n, 1 - level);
    *quantile = sorted[n - 1];
    if (k + 1 < n) {
        double part = rank - (double)k, step = sorted[k + 1] - sorted[k];
        *quantile = sorted[k] + (part > 0 && step > 0 ? part * step : 0);
    }
    *low = l >= 1 ? sorted[l - 1] : (double)NAN;
    *high = u <= n ? sorted[u - 1] : (double)NAN;
}

static void expect_shortfall(size_t n, const double *sorted, enum mld_tail tail,
                             struct mld_statistics *out)
{
    double weight = 0.05 * (double)n, sum = 0, square = 0, worst = 0;
    size_t whole = (size_t)weight;
    out->shortfall = out->shortfall_error = (double)NAN;
    if (tail == MLD_TAIL_NONE || whole < 1)
        return;
    double edge = tail == MLD_TAIL_LOW ? sorted[whole] : sorted[n - 1 - whole];
    for (size_t i = 0; i < whole; i++) {
        double x = tail == MLD_TAIL_LOW ? sorted[i] : sorted[n - 1 - i], excess = x - edge;
        worst += x;
        sum += excess;
        square += excess * excess;
    }
    out->shortfall = (worst + (weight - (double)whole) * edge) / weight;
    double mean = sum / (double)n, variance = square / (double)n - mean * mean;
    out->shortfall_error = sqrt(variance > 0 ? variance : 0) / (0.05 * sqrt((double)n));
}

/** The statistics, but those of the tail; the numbers are left sorted in `kept`. */
static void expect(size_t n, const double *value, double *kept, struct mld_statistics *out)
{
    double *field = &out->mean;
    *out = (struct mld_statistics){ .undefined = n };
    while (field <= &out->maximum)
        *field++ = (double)NAN;
    for (size_t i = 0; i < n; i++)
        if (!isnan(value[i]))
            kept[out->count++] = value[i];
    out->undefined = n - out->count;
    if (out->count == 0)
        return;
    expect_moments(out->count, kept, out);
    qsort(kept, out->count, sizeof *kept, compare);
    out->minimum = kept[0];
    out->maximum = kept[out->count - 1];
    for (int q = 0; q < MLD_QUANTILES; q++)
        expect_level(out->count, kept, mld_quantile_levels[q], &out->quantile[q],
                     &out->quantile_low[q], &out->quantile_high[q]);
}

/* ---- comparison ---- */

static int same_bits(const double *a, const double *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (memcmp(&a[i], &b[i], sizeof *a) != 0 && !(isnan(a[i]) && isnan(b[i])))
            return 0;
    return 1;
}

static void assert_same(const struct mld_statistics *a, const struct mld_statistics *b, int law,
                        size_t n)
{
    size_t fields = (sizeof *a - offsetof(struct mld_statistics, mean)) / sizeof(double);
    if (a->count != b->count || a->undefined != b->undefined ||
        !same_bits(&a->mean, &b->mean, fields))
        fail_msg("law %d, %zu values: not what sorting gives", law, n);
}

/** A column that counts how often it is read, and whose read number `failing`, from 1, fails. */
struct counted {
    const double *value;
    size_t n, pieces, failing;
};

static enum mld_status read_counted(const void *context, size_t first, size_t count, double *value)
{
    struct counted *counted = (struct counted *)context;
    assert_true(count >= 1 && count <= MLD_COLUMN_PIECE && first % MLD_COLUMN_PIECE == 0 &&
                first + count <= counted->n);
    memcpy(value, counted->value + first, count * sizeof *value);
    return ++counted->pieces == counted->failing ? MLD_ERR_FILE : MLD_OK;
}

static const size_t sizes[] = { 0,    1,    2,    3,     19,    20,    21,    59,  400,
                                4095, 4096, 4097, 32767, 32768, 32769, 33000, MOST };
enum { SIZES = sizeof sizes / sizeof *sizes };

static void columns_have_the_statistics_of_the_sorted_numbers(void **state)
{
    (void)state;
    double *value = malloc(2 * MOST * sizeof *value), *kept = value + MOST;
    assert_non_null(value);
    for (int law = 0; law < LAWS; law++)
        for (size_t k = 0; k < SIZES; k++) {
            struct mld_statistics expected, got;
            size_t n = sizes[k];
            for (size_t i = 0; i < n; i++)
                value[i] = of_law(law, n, i);
            expect(n, value, kept, &expected);
            for (int tail = 0; tail < 3; tail++) {
                expect_shortfall(expected.count, kept, (enum mld_tail)tail, &expected);
                assert_int_equal(mld_statistics_fill(n, value, (enum mld_tail)tail, &got), MLD_OK);
                assert_same(&expected, &got, law, n);
            }
        }
    free(value);
    oracle("Statistics of columns read in pieces", "the numbers sorted, summed in path order",
           "the same bits", "equal for %d laws, %d lengths to %d, both tails and none", LAWS, SIZES,
           MOST);
}

static void any_levels_may_be_asked(void **state)
{
    (void)state;
    static const double level[6] = { 0.999, 0, 0.5, 1, 1e-7, 0.5 };
    double *value = malloc(2 * MOST * sizeof *value), *kept = value + MOST;
    assert_non_null(value);
    for (int law = 0; law < LAWS; law++)
        for (size_t k = 0; k < SIZES; k++) {
            struct mld_statistics expected;
            double quantile[6], low[6], high[6], right[3] = { NAN, NAN, NAN };
            size_t n = sizes[k];
            for (size_t i = 0; i < n; i++)
                value[i] = of_law(law, n, i);
            expect(n, value, kept, &expected);
            assert_int_equal(mld_quantiles_fill(n, value, 6, level, quantile, low, high), MLD_OK);
            for (int q = 0; q < 6; q++) {
                if (expected.count > 0)
                    expect_level(expected.count, kept, level[q], &right[0], &right[1], &right[2]);
                assert_true(same_bits(right, (double[]){ quantile[q], low[q], high[q] }, 3));
            }
        }
    free(value);
}

static void a_difference_is_that_of_the_values(void **state)
{
    (void)state;
    enum { SIZE = 50000 };
    double *first = malloc(3 * SIZE * sizeof *first), *second = first + SIZE,
           *difference = first + 2 * SIZE;
    struct mld_statistics expected, got;
    assert_non_null(first);
    for (size_t i = 0; i < SIZE; i++) {
        first[i] = of_law(8, SIZE, i);
        second[i] = of_law(1, SIZE, i);
        difference[i] = first[i] - second[i];
    }
    const struct mld_column pair[2] = { mld_column_in_memory(SIZE, first),
                                        mld_column_in_memory(SIZE, second) };
    struct mld_column column = mld_column_difference(pair);
    assert_int_equal(mld_statistics_fill(SIZE, difference, MLD_TAIL_HIGH, &expected), MLD_OK);
    assert_int_equal(mld_column_statistics(&column, MLD_TAIL_HIGH, &got), MLD_OK);
    assert_same(&expected, &got, 8, SIZE);
    assert_true(got.undefined > 0);
    free(first);
}

/** How often a column of a law is read. */
static size_t reads_of(int law, double *value)
{
    struct mld_statistics got;
    struct counted counted = { .value = value, .n = MOST };
    struct mld_column column = { MOST, read_counted, &counted };
    for (size_t i = 0; i < MOST; i++)
        value[i] = of_law(law, MOST, i);
    assert_int_equal(mld_column_statistics(&column, MLD_TAIL_LOW, &got), MLD_OK);
    size_t pieces = (MOST + MLD_COLUMN_PIECE - 1) / MLD_COLUMN_PIECE;
    assert_int_equal(counted.pieces % pieces, 0);
    return counted.pieces / pieces;
}

static void a_column_is_read_a_few_times(void **state)
{
    (void)state;
    double *value = malloc(MOST * sizeof *value);
    assert_non_null(value);
    assert_in_range(reads_of(0, value), 2, 3);
    assert_in_range(reads_of(2, value), 2, 3);
    assert_int_equal(reads_of(5, value), 1); /* one number, many times: none is gathered */
    for (int law = 0; law < LAWS; law++)
        assert_in_range(reads_of(law, value), 1, 8);
    free(value);
}

static void a_read_that_fails_is_told(void **state)
{
    (void)state;
    static const double level = 0.9;
    double *value = malloc(MOST * sizeof *value), quantile, low, high;
    struct mld_statistics got;
    assert_non_null(value);
    size_t pieces = reads_of(0, value) * ((MOST + MLD_COLUMN_PIECE - 1) / MLD_COLUMN_PIECE);
    for (size_t failing = 1; failing <= pieces; failing++) {
        struct counted counted = { .value = value, .n = MOST, .failing = failing };
        struct mld_column column = { MOST, read_counted, &counted };
        const struct mld_column pair[2] = { column, mld_column_in_memory(MOST, value) };
        struct mld_column difference = mld_column_difference(pair);
        assert_int_equal(mld_column_statistics(&column, MLD_TAIL_LOW, &got), MLD_ERR_FILE);
        counted.pieces = 0;
        assert_int_equal(mld_column_quantiles(&column, 1, &level, &quantile, &low, &high),
                         MLD_ERR_FILE);
        counted.pieces = pieces - failing;
        counted.failing = pieces - failing + 1;
        assert_int_equal(mld_column_statistics(&difference, MLD_TAIL_LOW, &got), MLD_ERR_FILE);
    }
    free(value);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_have_the_statistics_of_the_sorted_numbers),
        cmocka_unit_test(any_levels_may_be_asked),
        cmocka_unit_test(a_difference_is_that_of_the_values),
        cmocka_unit_test(a_column_is_read_a_few_times),
        cmocka_unit_test(a_read_that_fails_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
