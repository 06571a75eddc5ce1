/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fan sketch: exact while the pilot holds, honest about its rank error beyond, blind to how it
 * is fed.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "measure/sketch.h"
#include "measure/sort.h"
#include "milliard/draws.h"
#include "support/oracle.h"

enum { LONG = 59997, LAWS = 7 };

static double value_of(int law, uint32_t path)
{
    double u = mld_draw_uniform(1977, MLD_STREAM_ISSUER, path, 1, 0),
           z = mld_draw_normal(1977, MLD_STREAM_ISSUER, path, 1, 2);
    switch (law) {
    case 0: return z;
    case 1: return u < 0.6 ? 0.0 : 1e7 * exp(z);
    case 2: return floor(5.0 * u);
    case 3: return exp(20.0 * z);
    case 4: return 99e6;
    case 5: return u < 0.001 ? 1.0 : 0.0;
    default: return u < 0.3 ? -1e6 : u < 0.5 ? 1e6 : 1e6 * z;
    }
}

struct reading {
    double mean, mean_error, quantile[MLD_QUANTILES], rank_error;
};

static struct reading read_sketch(const struct mld_sketch *sketch)
{
    double *scratch = malloc(2 * MLD_SKETCH_PILOT * sizeof *scratch);
    struct reading r;
    memset(&r, 0, sizeof r);
    r.rank_error = mld_sketch_read(sketch, 1, scratch, &r.mean, &r.mean_error, r.quantile);
    free(scratch);
    return r;
}

/** All values of a column through a sketch in pieces of `piece`. */
static struct reading read_fed(uint32_t n, const double *value, uint32_t piece)
{
    struct mld_sketch *sketch = mld_sketch_create(3, 0, n, 0, n);
    assert_non_null(sketch);
    for (uint32_t first = 0; first < n; first += piece)
        mld_sketch_feed(sketch, 1, first, (int)(n - first < piece ? n - first : piece),
                        value + first);
    struct reading r = read_sketch(sketch);
    mld_sketch_free(sketch);
    return r;
}

static double *values_of(int law, uint32_t n)
{
    double *value = malloc(n * sizeof *value);
    for (uint32_t path = 0; path < n; path++)
        value[path] = value_of(law, path);
    return value;
}

static void short_runs_are_exact(void **state)
{
    (void)state;
    static const uint32_t lengths[] = { 1, 2, 8, 1001, MLD_SKETCH_PILOT };
    for (int law = 0; law < LAWS; law++)
        for (size_t k = 0; k < sizeof lengths / sizeof lengths[0]; k++) {
            uint32_t n = lengths[k];
            double *value = values_of(law, n), *spare = malloc(n * sizeof *spare);
            struct reading r = read_fed(n, value, 256);
            mld_sort(n, value, spare);
            assert_true(r.rank_error == 0.0);
            for (int q = 0; q < MLD_QUANTILES; q++)
                assert_true(r.quantile[q] == mld_sorted_quantile(n, value, mld_quantile_levels[q]));
            free(spare);
            free(value);
        }
}

/** How far a level is from the ranks that a value has among n sorted ones. */
static double rank_distance(size_t n, const double *sorted, double x, double level)
{
    size_t below = 0, up_to = 0;
    while (below < n && sorted[below] < x)
        below++;
    up_to = below;
    while (up_to < n && sorted[up_to] <= x)
        up_to++;
    double low = (double)below / (double)n, high = (double)up_to / (double)n;
    return level < low ? low - level : level > high ? level - high : 0.0;
}

static void long_runs_know_their_rank_error(void **state)
{
    (void)state;
    double furthest = 0, told = 0;
    for (int law = 0; law < LAWS; law++) {
        double *value = values_of(law, LONG), *spare = malloc(LONG * sizeof *spare);
        struct reading r = read_fed(LONG, value, 256);
        mld_sort(LONG, value, spare);
        /*
         * Edges are 8 ranks of 16384 apart: 0.00024 to the nearest one, twice that where chance
         * left a gap.
         */
        assert_true(r.rank_error <= 0.0005);
        for (int q = 0; q < MLD_QUANTILES; q++)
            /* A rank more or less is a matter of definition. */
            assert_true(rank_distance(LONG, value, r.quantile[q], mld_quantile_levels[q]) <=
                        r.rank_error + 1.0 / LONG);
        for (int q = 0; q < MLD_QUANTILES; q++)
            widen(&furthest, rank_distance(LONG, value, r.quantile[q], mld_quantile_levels[q]));
        widen(&told, r.rank_error);
        free(spare);
        free(value);
    }
    oracle("Quantiles of fans from a sketch, 59,997 paths of 7 laws", "all values sorted",
           "the rank error it tells of itself, 0.0005 at most",
           "ranks off by %.5f at most, %.5f told", furthest, told);
}

static void atoms_are_exact(void **state)
{
    (void)state;
    double *value = values_of(1, LONG);
    struct reading r = read_fed(LONG, value, 256);
    /* 60 % of the values are 0: every quantile up to the median is, exactly. */
    for (int q = 0; q <= 4; q++)
        assert_true(r.quantile[q] == 0.0);
    assert_true(r.quantile[5] > 0.0);
    free(value);
    value = values_of(4, LONG);
    r = read_fed(LONG, value, 256);
    assert_true(r.mean == 99e6 && r.mean_error == 0.0 && r.rank_error == 0.0 &&
                r.quantile[0] == 99e6);
    free(value);
}

static void a_pilot_unlike_the_rest_shows_in_the_error(void **state)
{
    (void)state;
    double *value = values_of(0, LONG), *spare = malloc(LONG * sizeof *spare);
    for (uint32_t path = MLD_SKETCH_PILOT; path < LONG; path++)
        value[path] += 3.0;
    struct reading r = read_fed(LONG, value, 256);
    mld_sort(LONG, value, spare);
    double worst = 0.0;
    for (int q = 0; q < MLD_QUANTILES; q++)
        worst = fmax(worst, rank_distance(LONG, value, r.quantile[q], mld_quantile_levels[q]));
    assert_true(worst > 0.001 && worst <= r.rank_error + 1.0 / LONG);
    free(spare);
    free(value);
}

static void pieces_change_no_bit(void **state)
{
    (void)state;
    static const uint32_t pieces[] = { 8, 72, 1000, 16384, 24000, LONG };
    for (int law = 0; law < LAWS; law++) {
        double *value = values_of(law, LONG);
        for (uint32_t path = 100; path < LONG; path += 1999)
            value[path] = (double)NAN;
        struct reading expected = read_fed(LONG, value, 256);
        for (size_t k = 0; k < sizeof pieces / sizeof pieces[0]; k++) {
            struct reading r = read_fed(LONG, value, pieces[k]);
            assert_memory_equal(&r, &expected, sizeof r);
        }
        free(value);
    }
}

/** The pilot here; then each segment in one of two others with its edges, in no order. */
static struct reading read_shared(const double *value)
{
    struct mld_sketch *sketch = mld_sketch_create(3, 0, LONG, 0, LONG), *other[2];
    uint16_t counts[MLD_SKETCH_BINS];
    for (int column = 0; column < 3; column++)
        mld_sketch_feed(sketch, column, 0, MLD_SKETCH_PILOT, value);
    for (int i = 0; i < 2; i++)
        assert_non_null(other[i] = mld_sketch_like(sketch));
    for (uint32_t first = MLD_SKETCH_PILOT; first < LONG; first += MLD_SEGMENT) {
        struct mld_sketch *from = other[first / MLD_SEGMENT * 7 / 3 % 2];
        int n = LONG - first < MLD_SEGMENT ? (int)(LONG - first) : MLD_SEGMENT;
        mld_sketch_feed(from, 1, first, n, value + first);
        if (n < MLD_SEGMENT)
            mld_sketch_close_segment(from, 1);
        struct mld_sketch_sums sums = mld_sketch_segment(from, 1);
        mld_sketch_take_few(from, 1, counts);
        mld_sketch_add_segment(sketch, 1, &sums);
        mld_sketch_add_few(sketch, 1, counts);
    }
    struct reading r = read_sketch(sketch);
    for (int i = 0; i < 2; i++)
        mld_sketch_free(other[i]);
    mld_sketch_free(sketch);
    return r;
}

static void segments_counted_elsewhere_change_no_bit(void **state)
{
    (void)state;
    for (int law = 0; law < LAWS; law++) {
        double *value = values_of(law, LONG);
        for (uint32_t path = 100; path < LONG; path += 1999)
            value[path] = (double)NAN;
        struct reading expected = read_fed(LONG, value, 256), r = read_shared(value);
        assert_memory_equal(&r, &expected, sizeof r);
        free(value);
    }
}

static void means_and_their_errors_are_accurate(void **state)
{
    (void)state;
    static const int laws[] = { 0, 1, 2, 6 };
    for (size_t k = 0; k < 4; k++) {
        double *value = values_of(laws[k], LONG);
        struct reading r = read_fed(LONG, value, 256);
        long double sum = 0.0L, squares = 0.0L, size = 0.0L;
        for (int i = 0; i < LONG; i++) {
            sum += value[i];
            size += fabsl((long double)value[i]);
        }
        for (int i = 0; i < LONG; i++)
            squares += (value[i] - sum / LONG) * (value[i] - sum / LONG);
        /*
         * 7500 additions a lane, each rounded to half an ε: their sum stays far below 1e-13 of the
         * values' size.
         */
        assert_true(fabsl((long double)r.mean - sum / LONG) < 1e-13L * size / LONG);
        long double error = sqrtl(squares / (LONG - 1.0L) / LONG);
        assert_true(fabsl((long double)r.mean_error - error) < 1e-11L * error);
        free(value);
    }
}

static void columns_without_numbers_are_nan(void **state)
{
    (void)state;
    double *value = values_of(0, LONG);
    for (int i = 0; i < MLD_SKETCH_PILOT; i++)
        value[i] = (double)NAN;
    /* Numbers after a pilot without any cannot be placed: no quantile rather than a wrong one. */
    struct reading r = read_fed(LONG, value, 256);
    for (int q = 0; q < MLD_QUANTILES; q++)
        assert_true(isnan(r.quantile[q]));
    assert_true(fabs(r.mean) < 0.05);
    for (int i = 0; i < LONG; i++)
        value[i] = (double)NAN;
    r = read_fed(LONG, value, 256);
    assert_true(isnan(r.mean) && isnan(r.mean_error) && isnan(r.quantile[4]));
    r = read_fed(1000, value, 256);
    assert_true(isnan(r.mean) && isnan(r.quantile[4]));
    free(value);
}

/* A plain column has the sums of any other, and neither quantiles nor counts. */
static void plain_columns_have_sums_alone(void **state)
{
    (void)state;
    enum { LENGTH = MLD_SKETCH_PILOT + MLD_SEGMENT };
    static double value[LENGTH], scratch[2 * MLD_SKETCH_PILOT];
    double mean[2], error[2], quantile[2][MLD_QUANTILES];
    for (int i = 0; i < LENGTH; i++)
        value[i] = sin(i) * 1e6;
    struct mld_sketch *sketch = mld_sketch_create(2, 1, LENGTH, 0, LENGTH);
    assert_non_null(sketch);
    for (int column = 0; column < 2; column++) {
        mld_sketch_feed(sketch, column, 0, LENGTH, value);
        mld_sketch_read(sketch, column, scratch, &mean[column], &error[column], quantile[column]);
    }
    assert_true(mean[0] == mean[1] && error[0] == error[1]);
    assert_non_null(mld_sketch_counts(sketch, 0));
    assert_null(mld_sketch_counts(sketch, 1));
    for (int q = 0; q < MLD_QUANTILES; q++)
        assert_true(isfinite(quantile[0][q]) && isnan(quantile[1][q]));
    struct mld_sketch *like = mld_sketch_like(sketch);
    assert_non_null(like);
    mld_sketch_feed(like, 1, MLD_SKETCH_PILOT, MLD_SEGMENT, value + MLD_SKETCH_PILOT);
    assert_true(mld_sketch_segment(like, 1).sum == mld_sketch_segment(sketch, 1).sum);
    mld_sketch_free(like);
    mld_sketch_free(sketch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_runs_are_exact),
        cmocka_unit_test(long_runs_know_their_rank_error),
        cmocka_unit_test(atoms_are_exact),
        cmocka_unit_test(a_pilot_unlike_the_rest_shows_in_the_error),
        cmocka_unit_test(pieces_change_no_bit),
        cmocka_unit_test(segments_counted_elsewhere_change_no_bit),
        cmocka_unit_test(means_and_their_errors_are_accurate),
        cmocka_unit_test(columns_without_numbers_are_nan),
        cmocka_unit_test(plain_columns_have_sums_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
