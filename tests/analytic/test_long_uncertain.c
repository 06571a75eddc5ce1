/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 95 % intervals of what worlds say, in 2,000 repeated studies of functions whose parts are known
 * exactly: they have to cover them 93 to 97 times of 100. With 2,000 studies the coverage is known
 * to 0.5 points, so that an interval of 95 % leaves that range once in 25,000 times.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/draws.h"
#include "milliard/numerics.h"
#include "milliard/uncertain.h"
#include "support/oracle.h"

enum { STUDIES = 2000, MOST = 8 };

static const double PI = 3.14159265358979323846;

static double uniform(uint32_t study, uint32_t world, uint64_t what)
{
    return mld_draw_uniform(study, MLD_STREAM_WORLD, world, what, 0);
}

/* ---- how often intervals cover ---- */

struct coverage {
    int n, covered[MOST];
    double mean[MOST];
};

static void note(struct coverage *coverage, int i, struct mld_between found, double exact)
{
    coverage->n = i >= coverage->n ? i + 1 : coverage->n;
    coverage->covered[i] += found.low <= exact && exact <= found.high;
    coverage->mean[i] += found.value / STUDIES;
}

static void check(const struct coverage *coverage, const char *name, const char *source,
                  const double *exact, double tolerance)
{
    char met[256] = "";
    int bad = 0;
    for (int i = 0; i < coverage->n; i++) {
        double share = (double)coverage->covered[i] / STUDIES;
        size_t used = strlen(met);
        snprintf(met + used, sizeof met - used, "%s%.1f", i ? ", " : "", 100 * share);
        bad |= !(share >= 0.93 && share <= 0.97);
        bad |= !(fabs(coverage->mean[i] - exact[i]) <= tolerance);
    }
    printf("%s: cover %s %%; means", name, met);
    for (int i = 0; i < coverage->n; i++)
        printf(" %.4f (%.4f)", coverage->mean[i], exact[i]);
    printf("\n");
    oracle(name, source, "2,000 studies, 93 to 97 % covered", "%s %%", met);
    assert_false(bad);
}

/* ---- regression, on a quadratic with pairs ---- */

enum { WORLDS = 600, PATHS = 16, INPUTS = 3 };

static const struct mld_index_input inputs[INPUTS] = { { 0, 0 }, { 0, 0 }, { 1, 0.3 } };
static const int block[INPUTS] = { 0, 1, 2 };

/* Parts 4, 1.5 and 2 alone; 1 of the pair of the first two, 0.5 of first and choice: 9 in all. */
static double quadratic(const double *u)
{
    double p = sqrt(12.0) * (u[0] - 0.5), q = sqrt(12.0) * (u[1] - 0.5),
           q2 = sqrt(5.0) * (6 * u[1] * u[1] - 6 * u[1] + 1),
           c = ((u[2] >= 0.7) - 0.3) / sqrt(0.3 * 0.7);
    return 2 * p + q + sqrt(0.5) * q2 + sqrt(2.0) * c + p * q + sqrt(0.5) * p * c;
}

/* A world's paths: normals of a variance that the world chooses, 20 in the mean. */
static void simulate(uint32_t study, uint32_t w, const double *u, double *mean, double *variance)
{
    double sum = 0, square = 0, sd = sqrt(40 * u[0]);
    for (uint32_t path = 0; path < PATHS; path++) {
        double x = sd * mld_normal_quantile(uniform(study, w, 100 + path));
        sum += x;
        square += x * x;
    }
    *mean = quadratic(u) + sum / PATHS;
    *variance = (square - sum * sum / PATHS) / (PATHS - 1);
}

struct study {
    double u[WORLDS * INPUTS], mean[WORLDS], variance[WORLDS], noise[WORLDS], count[WORLDS];
};

static void fill_study(uint32_t number, struct study *study)
{
    for (uint32_t w = 0; w < WORLDS; w++) {
        double *u = study->u + (size_t)w * INPUTS;
        for (uint64_t j = 0; j < INPUTS; j++)
            u[j] = uniform(number, w, j);
        simulate(number, w, u, &study->mean[w], &study->variance[w]);
        study->noise[w] = study->variance[w] / PATHS;
        study->count[w] = PATHS;
    }
}

static void a_regression_covers(void **state)
{
    static struct study study;
    static struct coverage coverage;
    const double exact[2 * INPUTS] = { 4 / 9.0, 1.5 / 9, 2 / 9.0, 5.5 / 9.0, 2.5 / 9, 2.5 / 9 };
    (void)state;
    for (uint32_t s = 0; s < STUDIES; s++) {
        struct mld_regression *regression = NULL;
        struct mld_indices indices;
        struct mld_index index[INPUTS];
        fill_study(s, &study);
        assert_int_equal(mld_regression_create(WORLDS, INPUTS, inputs, study.u, &regression),
                         MLD_OK);
        assert_int_equal(mld_regression_indices(regression, study.mean, study.noise, block, INPUTS,
                                                s, &indices, index),
                         MLD_OK);
        for (int j = 0; j < INPUTS; j++) {
            note(&coverage, j, index[j].first, exact[j]);
            note(&coverage, INPUTS + j, index[j].total, exact[INPUTS + j]);
        }
        mld_regression_free(regression);
    }
    check(&coverage, "Sobol's indices by regression, a quadratic with pairs and a choice",
          "its coefficients", exact, 0.003);
}

/*
 * Ignorance 9, chance 20: what a nested study with endless paths a world finds. The mean over
 * studies is known to some 0.02.
 */
static void a_split_is_unbiased_and_covers(void **state)
{
    static struct study study;
    static struct coverage coverage;
    const double exact[2] = { 9, 9.0 / 29 };
    (void)state;
    for (uint32_t s = 0; s < STUDIES; s++) {
        struct mld_split split;
        fill_study(s, &study);
        const struct mld_world_moments moments = { WORLDS, study.count, study.mean,
                                                   study.variance };
        assert_int_equal(mld_split_fill(&moments, &split), MLD_OK);
        note(&coverage, 0, split.ignorance, exact[0]);
        note(&coverage, 1, split.share, exact[1]);
    }
    check(&coverage, "Ignorance and its share, 16 paths a world", "its coefficients", exact, 0.06);
}

/* ---- functions of the literature ---- */

/* Ishigami and Homma (1990): sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1, x uniform in (−π, π). */
static double ishigami(const double *u)
{
    double a = sin(PI * (2 * u[0] - 1)), b = sin(PI * (2 * u[1] - 1)), x = PI * (2 * u[2] - 1);
    return a + 7 * b * b + 0.1 * x * x * x * x * a;
}

/* Sobol' (1993): Π (|4 u − 2| + a) / (1 + a). */
static const double g_a[3] = { 0, 1, 4.5 };
static double sobol_g(const double *u)
{
    double product = 1;
    for (int j = 0; j < 3; j++)
        product *= (fabs(4 * u[j] - 2) + g_a[j]) / (1 + g_a[j]);
    return product;
}

enum { SET = 1500, FROZEN = 3 };

static void fill_sets(uint32_t study, double (*of)(const double *), double *a, double *b,
                      double *mixed)
{
    for (uint32_t w = 0; w < SET; w++) {
        double u[FROZEN], v[FROZEN], m[FROZEN];
        for (uint64_t j = 0; j < FROZEN; j++) {
            u[j] = uniform(study, w, j);
            v[j] = uniform(study, w, 10 + j);
        }
        a[w] = of(u);
        b[w] = of(v);
        for (int j = 0; j < FROZEN; j++) {
            memcpy(m, v, sizeof m);
            m[j] = u[j];
            mixed[j * SET + (int)w] = of(m);
        }
    }
}

static void pick_freeze_covers_of(double (*of)(const double *), const double *exact,
                                  const char *name, const char *source)
{
    static double a[SET], b[SET], mixed[FROZEN * SET], noise[SET];
    static struct coverage coverage;
    memset(&coverage, 0, sizeof coverage);
    for (uint32_t s = 0; s < STUDIES; s++) {
        struct mld_indices indices;
        struct mld_index index[FROZEN];
        fill_sets(s, of, a, b, mixed);
        const struct mld_pick_freeze sets = { SET, FROZEN, a, b, mixed, noise, noise };
        assert_int_equal(mld_pick_freeze_indices(&sets, s, &indices, index), MLD_OK);
        for (int j = 0; j < FROZEN; j++) {
            note(&coverage, j, index[j].first, exact[j]);
            note(&coverage, FROZEN + j, index[j].total, exact[FROZEN + j]);
        }
    }
    check(&coverage, name, source, exact, 0.005);
}

static void pick_freeze_covers_ishigami(void **state)
{
    /* V1 = (1 + 0.1 π⁴/5)² / 2, V2 = 49/8, V13 = 8 · 0.01 π⁸ / 225 */
    double q = 0.1 * PI * PI * PI * PI, first = 0.5 * (1 + q / 5) * (1 + q / 5), second = 49 / 8.0,
           both = q * q * (1 / 18.0 - 1 / 50.0), all = first + second + both;
    const double exact[2 * FROZEN] = { first / all,          second / all, 0,
                                       (first + both) / all, second / all, both / all };
    (void)state;
    pick_freeze_covers_of(ishigami, exact, "Sobol's indices by pick-freeze, Ishigami",
                          "Ishigami and Homma 1990");
}

static void pick_freeze_covers_g(void **state)
{
    double v[FROZEN], all = 1, exact[2 * FROZEN];
    (void)state;
    for (int j = 0; j < FROZEN; j++) {
        v[j] = 1 / (3 * (1 + g_a[j]) * (1 + g_a[j]));
        all *= 1 + v[j];
    }
    for (int j = 0; j < FROZEN; j++) {
        exact[j] = v[j] / (all - 1);
        exact[FROZEN + j] = v[j] * all / (1 + v[j]) / (all - 1);
    }
    pick_freeze_covers_of(sobol_g, exact, "Sobol's indices by pick-freeze, his g function",
                          "Sobol' 1993");
}

static void a_regression_warns_on_ishigami(void **state)
{
    static double u[SET * FROZEN], mean[SET], noise[SET];
    const struct mld_index_input plain[FROZEN] = { { 0, 0 } };
    struct mld_regression *regression = NULL;
    struct mld_indices indices;
    struct mld_index index[FROZEN];
    (void)state;
    for (uint32_t w = 0; w < SET; w++) {
        for (uint64_t j = 0; j < FROZEN; j++)
            u[w * FROZEN + j] = uniform(1, w, j);
        mean[w] = ishigami(u + (size_t)w * FROZEN);
    }
    assert_int_equal(mld_regression_create(SET, FROZEN, plain, u, &regression), MLD_OK);
    assert_int_equal(
        mld_regression_indices(regression, mean, noise, block, FROZEN, 1, &indices, index), MLD_OK);
    assert_true(indices.explained < mld_least_explained);
    mld_regression_free(regression);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_regression_covers),
        cmocka_unit_test(a_split_is_unbiased_and_covers),
        cmocka_unit_test(pick_freeze_covers_ishigami),
        cmocka_unit_test(pick_freeze_covers_g),
        cmocka_unit_test(a_regression_warns_on_ishigami),
    };
    return cmocka_run_group_tests_name("Intervals of worlds", tests, NULL, NULL);
}
