/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Walks along quantiles (core/quantile_walk.h) against values of 18 digits: tests/data/quantiles.csv, made by the script
 * beside it with mpmath, which finds roots of the tails and knows nothing of the walk.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
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
    return fscanf(file, "%15[a-z],%lf,%lf,%lf,%lf\n", row->law, &row->first, &row->second, &row->v, &row->value) == 5;
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
        /* An error of w is one of V, times dw/dV. At v = −8.25 the start leaves 4e-12, steps a few 1e-12 each; and
         * doubles of the largest w, tens of thousands, are 1e-16 of it apart. */
        assert_near(w, exact, 1e-10 * slope + 1e-15 * fabs(exact));
        widen(&largest, (w - exact) / slope);
    }
    fclose(file);
    assert_int_equal(rows, 28 * 13);
    oracle("Beta, Gamma and Student quantiles by power series", "roots of the tails by mpmath, 18 digits", "1e-10 in V", "largest %.1e, 28 laws × 13 points", largest);
}

/** Both walks of a law end at its median. */
static void walks_meet_in_the_middle(void **state)
{
    (void)state;
    for (int i = 1; i < 200; i++)
        for (int j = -8; j <= 12; j++) {
            double mean = i / 200.0, size = exp2(j), end[2], slope = 0;
            for (int side = 0; side < 2; side++) {
                struct mld_law law = side ? mld_law_beta(1 - mean, mean, size) : mld_law_beta(mean, 1 - mean, size);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(walks_meet_the_exact_quantiles),
        cmocka_unit_test(walks_meet_in_the_middle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
