/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Statistics of numbers of worlds: errors of blocks worked out again the long way, splits and
 * indices of made-up worlds whose parts are known.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/draws.h"
#include "milliard/numerics.h"
#include "milliard/uncertain.h"

enum { WORLDS = 400, PATHS = 16, VALUES = WORLDS * PATHS };

static double uniform(uint32_t world, uint32_t index)
{
    return mld_draw_uniform(7, MLD_STREAM_WORLD, world, 1, index);
}

static double normal(uint32_t world, uint32_t index)
{
    return mld_normal_quantile(uniform(world, index));
}

static void assert_close(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.17g instead of %.17g ± %g", value, expected, tolerance);
}

/* ---- errors by blocks ---- */

static double *values_of_worlds(void)
{
    double *value = malloc(VALUES * sizeof *value);
    assert_non_null(value);
    for (uint32_t w = 0; w < WORLDS; w++)
        for (uint32_t p = 0; p < PATHS; p++)
            value[w * PATHS + p] = uniform(w, 0) < 0.1 && p == 0 ? (double)NAN
                                                                 : normal(w, 1) + normal(w, 2 + p);
    return value;
}

/* All values but those of one block of worlds. */
static size_t without_block(const double *value, int block, double *rest)
{
    size_t n = 0;
    for (uint32_t w = 0; w < WORLDS; w++)
        for (uint32_t p = 0; p < PATHS && (int)(w / (WORLDS / 20)) != block; p++)
            rest[n++] = value[w * PATHS + p];
    return n;
}

static double jackknife(const double value[20])
{
    double mean = 0, square = 0;
    for (int b = 0; b < 20; b++)
        mean += value[b] / 20;
    for (int b = 0; b < 20; b++)
        square += (value[b] - mean) * (value[b] - mean);
    return sqrt(square * 19 / 20);
}

static void errors_are_those_of_leaving_blocks_out(void **state)
{
    struct mld_statistics all, left[20];
    double *value = values_of_worlds(), *rest = malloc(VALUES * sizeof *rest), part[20];
    (void)state;
    assert_int_equal(mld_statistics_fill(VALUES, value, MLD_TAIL_HIGH, &all), MLD_OK);
    for (int b = 0; b < 20; b++)
        assert_int_equal(mld_statistics_fill(without_block(value, b, rest), rest, MLD_TAIL_HIGH,
                                             &left[b]),
                         MLD_OK);
    assert_int_equal(mld_cluster_errors(VALUES, value, PATHS, MLD_TAIL_HIGH, 1, &all), MLD_OK);
    for (int b = 0; b < 20; b++)
        part[b] = left[b].mean;
    assert_close(all.mean_error, jackknife(part), 1e-12);
    for (int b = 0; b < 20; b++)
        part[b] = left[b].sd;
    assert_close(all.sd_error, jackknife(part), 1e-12);
    for (int b = 0; b < 20; b++)
        part[b] = left[b].shortfall;
    assert_close(all.shortfall_error, jackknife(part), 1e-12);
    for (int q = 0; q < MLD_QUANTILES; q++) {
        for (int b = 0; b < 20; b++)
            part[b] = left[b].quantile[q];
        assert_close(all.quantile_high[q] - all.quantile[q], mld_student_19 * jackknife(part),
                     1e-12);
        assert_close(all.quantile[q] - all.quantile_low[q], mld_student_19 * jackknife(part),
                     1e-12);
    }
    free(value);
    free(rest);
}

/* ---- chance and ignorance ---- */

struct moments {
    double count[WORLDS], mean[WORLDS], variance[WORLDS], noise[WORLDS];
};

/* World means m(u) + noise, with the sample variance of `paths` normals of variance 1. */
static void fill_moments(struct moments *moments, double (*mean)(uint32_t))
{
    for (uint32_t w = 0; w < WORLDS; w++) {
        double sum = 0, square = 0;
        for (uint32_t p = 0; p < PATHS; p++) {
            double x = normal(w, 100 + p);
            sum += x;
            square += x * x;
        }
        moments->count[w] = PATHS;
        moments->mean[w] = mean(w) + sum / PATHS;
        moments->variance[w] = (square - sum * sum / PATHS) / (PATHS - 1);
        moments->noise[w] = moments->variance[w] / PATHS;
    }
}

static double shifted(uint32_t w) { return 2 * normal(w, 0); }
static double nothing(uint32_t w) { return 0 * (double)w; }

static struct mld_split split_of(struct moments *moments)
{
    struct mld_split split;
    const struct mld_world_moments given = { WORLDS, moments->count, moments->mean,
                                             moments->variance };
    assert_int_equal(mld_split_fill(&given, &split), MLD_OK);
    return split;
}

/* Ignorance 4, chance 1: a share of 80 %. Of 400 worlds the variance is known to 7 %. */
static void a_split_finds_its_parts(void **state)
{
    struct moments *moments = malloc(sizeof *moments);
    (void)state;
    fill_moments(moments, shifted);
    struct mld_split split = split_of(moments);
    assert_close(split.chance, 1, 0.08);
    assert_close(split.ignorance.value, 4, 4 * 0.28);
    assert_true(split.ignorance.low < 4 && split.ignorance.high > 4);
    assert_close(split.share.value, 0.8, 0.06);
    /* the band's own variance is the ignorance: quantiles of a normal of sd 2 */
    assert_close(split.band[2], 0, 0.6);
    assert_close(split.band[4] - split.band[0], 2 * 2 * 1.6449, 1.0);
    assert_close(split.mean_error, sqrt((4 + 1.0 / PATHS) / WORLDS), 0.015);
    free(moments);
}

static void without_ignorance_there_is_no_band(void **state)
{
    struct moments *moments = malloc(sizeof *moments);
    (void)state;
    fill_moments(moments, nothing);
    struct mld_split split = split_of(moments);
    assert_true(split.ignorance.low < 0 && split.ignorance.high > 0);
    if (split.ignorance.value <= 0)
        assert_true(isnan(split.band[0]));
    free(moments);
}

/* ---- indices ---- */

enum { INPUTS = 3 };

/* Linear in u_0, quadratic in u_1, their product, a choice: parts 9, 4, 1, 2 of 16. */
static double surface(const double u[INPUTS])
{
    double p = sqrt(12.0) * (u[0] - 0.5), q = sqrt(5.0) * (6 * u[1] * u[1] - 6 * u[1] + 1),
           r = sqrt(12.0) * (u[1] - 0.5), choice = u[2] >= 0.75 ? sqrt(3.0) : -1 / sqrt(3.0);
    return 10 + 3 * p + 2 * q + p * r + sqrt(2.0) * choice;
}

static const struct mld_index_input inputs[INPUTS] = { { 0, 0 }, { 0, 0 }, { 1, 0.25 } };
static const int own_block[INPUTS] = { 0, 1, 2 };

static void a_regression_finds_exact_parts(void **state)
{
    static double u[WORLDS * INPUTS], mean[WORLDS], noise[WORLDS];
    struct mld_regression *regression = NULL;
    struct mld_indices indices;
    struct mld_index index[INPUTS];
    (void)state;
    for (uint32_t w = 0; w < WORLDS; w++) {
        for (uint32_t j = 0; j < INPUTS; j++)
            u[w * INPUTS + j] = uniform(w, j);
        mean[w] = surface(u + (size_t)w * INPUTS);
    }
    assert_int_equal(mld_regression_terms(INPUTS, inputs), 1 + 5 + 3);
    assert_int_equal(mld_regression_create(WORLDS, INPUTS, inputs, u, &regression), MLD_OK);
    assert_int_equal(mld_regression_indices(regression, mean, noise, own_block, INPUTS, 1, &indices,
                                            index),
                     MLD_OK);
    assert_close(indices.variance, 16, 1e-9);
    assert_close(indices.explained, 1, 1e-9);
    assert_close(index[0].first.value, 9.0 / 16, 1e-9);
    assert_close(index[0].total.value, 10.0 / 16, 1e-9);
    assert_close(index[1].first.value, 4.0 / 16, 1e-9);
    assert_close(index[2].first.value, 2.0 / 16, 1e-9);
    assert_close(indices.choices, 2.0 / 16, 1e-9);
    assert_close(indices.numbers, 14.0 / 16, 1e-9);
    mld_regression_free(regression);
}

/* It takes no term, and is known: an index of 0. */
static void a_choice_that_is_always_the_same_explains_nothing(void **state)
{
    static double u[WORLDS * INPUTS], mean[WORLDS], noise[WORLDS];
    const struct mld_index_input always[INPUTS] = { { 0, 0 }, { 1, 1 }, { 0, 0 } };
    struct mld_regression *regression = NULL;
    struct mld_indices indices;
    struct mld_index index[INPUTS];
    (void)state;
    for (uint32_t w = 0; w < WORLDS; w++) {
        for (uint32_t j = 0; j < INPUTS; j++)
            u[w * INPUTS + j] = uniform(w, j);
        mean[w] = u[w * INPUTS] + u[w * INPUTS + 2];
    }
    assert_int_equal(mld_regression_terms(INPUTS, always), 1 + 4 + 1);
    assert_int_equal(mld_regression_create(WORLDS, INPUTS, always, u, &regression), MLD_OK);
    assert_int_equal(mld_regression_indices(regression, mean, noise, own_block, INPUTS, 1, &indices,
                                            index),
                     MLD_OK);
    assert_close(index[0].first.value, 0.5, 1e-9);
    assert_close(index[1].total.value, 0, 1e-9);
    mld_regression_free(regression);
}

static void blocks_share_an_index(void **state)
{
    static double u[WORLDS * INPUTS], mean[WORLDS], noise[WORLDS];
    const int block[INPUTS] = { 0, 0, 1 };
    struct mld_regression *regression = NULL;
    struct mld_indices indices;
    struct mld_index index[2];
    (void)state;
    for (uint32_t w = 0; w < WORLDS; w++) {
        for (uint32_t j = 0; j < INPUTS; j++)
            u[w * INPUTS + j] = uniform(w, j);
        mean[w] = surface(u + (size_t)w * INPUTS);
    }
    assert_int_equal(mld_regression_create(WORLDS, INPUTS, inputs, u, &regression), MLD_OK);
    assert_int_equal(mld_regression_indices(regression, mean, noise, block, 2, 1, &indices, index),
                     MLD_OK);
    assert_close(index[0].first.value, 14.0 / 16, 1e-9);
    assert_close(index[1].total.value, 2.0 / 16, 1e-9);
    mld_regression_free(regression);
}

static void too_few_worlds_are_refused(void **state)
{
    static double u[26 * INPUTS];
    struct mld_regression *regression = NULL;
    (void)state;
    assert_int_equal(mld_regression_create(26, INPUTS, inputs, u, &regression), MLD_ERR_INPUT);
    assert_null(regression);
    /* nor do worlds that are all the same tell terms apart */
    static double same[WORLDS * INPUTS];
    assert_int_equal(mld_regression_create(WORLDS, INPUTS, inputs, same, &regression),
                     MLD_ERR_INPUT);
}

/* Parts 9 and 4 of 13 of an additive surface; with 400 worlds covariances are known to some 8 %. */
static void pick_freeze_finds_parts(void **state)
{
    static double a[WORLDS], b[WORLDS], mixed[2 * WORLDS], noise[WORLDS];
    struct mld_indices indices;
    struct mld_index index[2];
    (void)state;
    for (uint32_t w = 0; w < WORLDS; w++) {
        a[w] = 3 * normal(w, 0) + 2 * normal(w, 1);
        b[w] = 3 * normal(w, 2) + 2 * normal(w, 3);
        mixed[w] = 3 * normal(w, 0) + 2 * normal(w, 3);
        mixed[WORLDS + w] = 3 * normal(w, 2) + 2 * normal(w, 1);
    }
    const struct mld_pick_freeze sets = { WORLDS, 2, a, b, mixed, noise, noise };
    assert_int_equal(mld_pick_freeze_indices(&sets, 1, &indices, index), MLD_OK);
    assert_close(index[0].first.value, 9.0 / 13, 0.25);
    assert_close(index[1].total.value, 4.0 / 13, 0.25);
    assert_true(index[0].first.low < 9.0 / 13 && index[0].first.high > 9.0 / 13);
    a[3] = (double)NAN;
    assert_int_equal(mld_pick_freeze_indices(&sets, 1, &indices, index), MLD_ERR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_are_those_of_leaving_blocks_out),
        cmocka_unit_test(a_split_finds_its_parts),
        cmocka_unit_test(without_ignorance_there_is_no_band),
        cmocka_unit_test(a_regression_finds_exact_parts),
        cmocka_unit_test(a_choice_that_is_always_the_same_explains_nothing),
        cmocka_unit_test(blocks_share_an_index),
        cmocka_unit_test(too_few_worlds_are_refused),
        cmocka_unit_test(pick_freeze_finds_parts),
    };
    return cmocka_run_group_tests_name("Statistics of worlds", tests, NULL, NULL);
}
