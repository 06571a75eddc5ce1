/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Walks along quantiles (core/quantile_walk.h) against values of 18 digits:
 * tests/data/quantiles.csv, made by the script beside it with mpmath, which finds roots of the
 * tails and knows nothing of the walk.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/quantile_walk.h"
#include "milliard/numerics.h"
#include "support/near.h"
#include "support/oracle.h"

struct row {
    char law[16];
    double first, second, v, value;
};

static int read_row(FILE *file, struct row *row)
{
    return fscanf(file, "%15[a-z],%lf,%lf,%lf,%lf\n", row->law, &row->first, &row->second, &row->v,
                  &row->value) == 5;
}

static FILE *open_rows(void)
{
    FILE *file = fopen(TEST_DATA "/quantiles.csv", "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "law,first,second,v,value\n"), 0);
    return file;
}

/** The law of a row, from the end on which its quantile lies. */
static struct mld_law law_of(const struct row *row)
{
    int upper = row->v > 0;
    if (strcmp(row->law, "gamma") == 0)
        return mld_law_gamma(row->first, upper ? -1 : 1);
    int student = strcmp(row->law, "student") == 0;
    double mean = student ? 0.5 : row->first, size = student ? row->first : row->second;
    return upper ? mld_law_beta(1 - mean, mean, size) : mld_law_beta(mean, 1 - mean, size);
}

/** w and dw/dV at v, the walk having started at −10. */
static double walked(const struct row *row, double *slope)
{
    struct mld_law law = law_of(row);
    struct mld_walk walk;
    double v = -fabs(row->v);
    mld_walk_start(&walk, &law, -10);
    while (walk.v + walk.length < v)
        assert_true(mld_walk_next(&walk));
    *slope = mld_walk_slope(&walk, v - walk.v);
    double w = mld_walk_at(&walk, v - walk.v);
    return row->v > 0 ? -w : w;
}

/** w of a row's value: of Student's T, asinh(T/sqrt(ν)) twice. */
static double exact_of(const struct row *row)
{
    return strcmp(row->law, "student") == 0 ? 2 * asinh(row->value / sqrt(row->first)) : row->value;
}

static void walks_meet_the_exact_quantiles(void **state)
{
    (void)state;
    struct row row;
    FILE *file = open_rows();
    double largest = 0;
    int rows = 0;
    for (; read_row(file, &row); rows++) {
        double slope, w = walked(&row, &slope), exact = exact_of(&row);
        /* An error of w is one of V, times dw/dV. At v = −8.25 the start leaves 4e-12, steps a few
         * 1e-12 each; and doubles of the largest w, tens of thousands, are 1e-16 of it apart. */
        assert_near(w, exact, 1e-10 * slope + 1e-15 * fabs(exact));
        widen(&largest, (w - exact) / slope);
    }
    fclose(file);
    assert_int_equal(rows, 28 * 13);
    oracle("Beta, Gamma and Student quantiles by power series",
           "roots of the tails by mpmath, 18 digits", "1e-10 in V",
           "largest %.1e, 28 laws × 13 points", largest);
}

/** Both walks of a law end at its median. */
static void walks_meet_in_the_middle(void **state)
{
    (void)state;
    for (int i = 1; i < 200; i++)
        for (int j = -8; j <= 12; j++) {
            double mean = i / 200.0, size = exp2(j), end[2], slope = 0;
            for (int side = 0; side < 2; side++) {
                double own = side ? 1 - mean : mean;
                struct mld_law law = mld_law_beta(own, 1 - own, size);
                struct mld_walk walk;
                mld_walk_start(&walk, &law, -10);
                while (mld_walk_next(&walk))
                    ;
                end[side] = mld_walk_at(&walk, -walk.v);
                slope = mld_walk_slope(&walk, -walk.v);
            }
            /* Some fifty steps, each good to 1e-12 of the slope, and doubles of w apart. */
            assert_near(end[0], -end[1], 1e-10 * slope + 1e-14 * fabs(end[0]));
        }
}

/**
 * The table of a row's law: Beta by its sd, a chi-square variable of 2 k degrees for a Gamma one of
 * shape k.
 */
static struct mld_quantile_table *table_of(const struct row *row)
{
    if (strcmp(row->law, "beta") == 0)
        return mld_quantile_table_beta(row->first,
                                       sqrt(row->first * (1 - row->first) / (1 + row->second)));
    return *row->law == 'g' ? mld_quantile_table_chi_square(2 * row->first)
                            : mld_quantile_table_student(row->first);
}

/** Error of a table at a row, in the unit of its bound. */
static double error_of(const struct row *row, double got)
{
    if (strcmp(row->law, "beta") == 0)
        return (got - 1 / (1 + exp(-row->value))) / 1e-6;
    if (*row->law == 'g')
        return (got / (2 * exp(row->value)) - 1) / 1e-6;
    return (got - row->value) / (1e-9 * (1 + fabs(row->value)));
}

static void tables_are_within_their_bounds(void **state)
{
    (void)state;
    struct row row;
    FILE *file = open_rows();
    double largest = 0;
    while (read_row(file, &row)) {
        struct mld_quantile_table *table = table_of(&row);
        assert_non_null(table);
        double error = error_of(&row, mld_quantile_table_at(table, row.v));
        assert_true(fabs(error) < 1);
        widen(&largest, error);
        mld_quantile_table_free(table);
    }
    fclose(file);
    oracle("Tables of Beta, χ² and Student quantiles", "roots of the tails by mpmath, 18 digits",
           "1e-6, 1e-6 relative, 1e-9 (1 + t)", "largest %.1e of these, 28 laws × 13 points",
           largest);
}

/** A number in (0, 1) from a counter: Weyl's sequence of the golden ratio. */
static double weyl(uint64_t i) { return ((double)(i * 0x9e3779b97f4a7c15U >> 11) + 0.5) * 0x1p-53; }

/**
 * mean, and sd as a part of the largest: ordinary ones, and those that are all but 0, 1 or the
 * whole.
 */
static void hard_law(uint64_t i, double *mean, double *sd)
{
    double x = weyl(3 * i), y = weyl(3 * i + 1);
    const double means[] = { x, exp(-690 * x), exp(-40 * x), 1 - exp(-36 * x) };
    const double parts[] = { y, exp(-70 * y), 1 - exp(-36 * y) };
    *mean = means[i % 4];
    *sd = sqrt(*mean * (1 - *mean)) * parts[i / 4 % 3];
}

static void the_hardest_laws_have_a_table(void **state)
{
    (void)state;
    int made = 0;
    for (uint64_t i = 0; i < 3000; i++) {
        double mean, sd, before = 0;
        hard_law(i, &mean, &sd);
        struct mld_quantile_table *table = mld_quantile_table_beta(mean, sd);
        /* Rounding may leave sd² = mean (1 − mean), or mean = 1. */
        for (int k = 0; table && k <= 40; k++) {
            double q = mld_quantile_table_at(table, -8.6 + 0.43 * k);
            assert_true(q >= before && q <= 1);
            before = q;
        }
        made += table != NULL;
        mld_quantile_table_free(table);
    }
    assert_true(made > 2500);
}

/** FNV-1a over the bits of x. */
static uint64_t hash_of(uint64_t hash, double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return (hash ^ bits) * 0x100000001b3U;
}

static void bits_are_those_of_every_compiler(void **state)
{
    (void)state;
    struct row row;
    FILE *file = open_rows();
    uint64_t hash = 0xcbf29ce484222325U;
    while (read_row(file, &row)) {
        struct mld_quantile_table *table = table_of(&row);
        hash = hash_of(hash, mld_quantile_table_at(table, row.v));
        mld_quantile_table_free(table);
    }
    fclose(file);
    for (int i = 1; i < 4096; i++) {
        hash = hash_of(hash, mld_expm1((i - 2048) / 64.0));
        hash = hash_of(hash, mld_log1p((i - 2048) / 2049.0));
        hash = hash_of(hash, mld_pow(i / 1024.0, (i % 37 - 18) / 4.0));
    }
    /* Found by gcc 12 and clang 14 on x86-64, with and without optimisation. */
    assert_true(hash == 0x8511ac78043fe6bfU);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(walks_meet_the_exact_quantiles),
        cmocka_unit_test(walks_meet_in_the_middle),
        cmocka_unit_test(tables_are_within_their_bounds),
        cmocka_unit_test(the_hardest_laws_have_a_table),
        cmocka_unit_test(bits_are_those_of_every_compiler),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
