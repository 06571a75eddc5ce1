/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Laws of instruments by simulation, through the draws of the project at fixed seeds.
 *
 * Each test compares a mean of N independent values with its exact expectation, N large enough for
 * the normal limit, and fails beyond LIMIT = 5 exact standard errors: a false alarm of 6e-7 by
 * comparison, below 1e-4 for this file, which makes fewer than a hundred. The seeds are fixed: a
 * passing test goes on passing until the code changes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "instrument/contract.h"
#include "instrument_world.h"
#include "milliard/draws.h"
#include "support/oracle.h"

#define LIMIT 5.0

static double furthest; /* in standard errors, since told */

static void tell(const char *name, const char *source, int n)
{
    oracle(name, source, "5 s.e.", "largest %.1f s.e., %d draws", furthest, n);
    furthest = 0;
}

static void assert_mean(double sum, int n, double expected, double sd)
{
    double z = (sum / n - expected) / (sd / sqrt(n));
    widen(&furthest, z);
    if (!(fabs(z) < LIMIT)) {
        print_error("mean %.6f, expected %.6f: %.2f standard errors\n", sum / n, expected, z);
        fail();
    }
}

/* Innovations of the value index of one path, and the issuer's ξ, all standard normal. */
static void draw_world(struct world *w, uint32_t path)
{
    for (int y = 0; y < 12; y++)
        w->row[1][y] = mld_draw_normal(11, MLD_STREAM_FACTOR, path, 1, (uint32_t)y);
    w->xi[0] = mld_draw_normal(11, MLD_STREAM_ISSUER, path, 1, MLD_DRAW_XI);
}

/* v = Var S at age n: Σ_years (periods in it / m)². */
static double variance_of_index(int m, int t0, int n)
{
    double count[64] = { 0 }, v = 0;
    for (int u = t0 + 1; u <= t0 + n; u++)
        count[u / m] += 1.0 / m;
    for (int y = 0; y < 64; y++)
        v += count[y] * count[y];
    return v;
}

/*
 * E M = e^(gτ), and so for the NAV of shares at every age: the mean over 100,000 paths, for three
 * correlations.
 */
static void expected_multiple(void **state)
{
    (void)state;
    enum { N = 100000, T0 = 5, EXIT = 26, AGES = 4 };
    static const int age[AGES] = { 2, 11, 25, 26 };
    static const double rho_of[3] = { 0, 0.25, 1 };
    struct world *w = world_create(4, 12);
    struct mld_terms *terms = &w->terms[SHARES];
    struct mld_setting setting = world_setting(w, T0, 1);
    terms->shares.holding_sigma = 0;
    for (int r = 0; r < 3; r++) {
        double sum[AGES + 1] = { 0 }, rho = rho_of[r], sigma = 0.25;
        terms->shares.value.equity_correlation = rho;
        for (uint32_t path = 0; path < N; path++) {
            draw_world(w, path);
            setting.xi = w->xi[0];
            world_contract(w, SHARES, &setting);
            for (int i = 0; i < AGES; i++)
                sum[i] += age[i] == EXIT ? w->contract.exit_proceeds : w->contract.value[age[i]];
            sum[AGES] += mld_exp(mld_value_log(&terms->shares.value, &setting, 24));
        }
        for (int i = 0; i < AGES; i++) {
            double n = age[i], idiosyncratic = (1 - rho) * EXIT / 4.0 * (n / EXIT) * (n / EXIT);
            double log_variance = sigma * sigma *
                                  (rho * variance_of_index(4, T0, age[i]) + idiosyncratic);
            double mean = exp(0.098 * n / 4);
            assert_mean(sum[i], N, mean, mean * sqrt(expm1(log_variance)));
        }
        double log_variance = sigma * sigma * (rho * variance_of_index(4, T0, 24) + (1 - rho) * 6);
        assert_mean(sum[AGES], N, exp(0.588), exp(0.588) * sqrt(expm1(log_variance)));
    }
    tell("Mean value of shares at four ages, of a convertible's shares at maturity, for ρ 0, 0.25 "
         "and 1",
         "E M = e^(gτ), lognormal law", N);
    free(w);
}

/*
 * The lognormal holding period has the mean and log-sd of its terms: 50,000 deals, by months,
 * hardly clamped.
 */
static void holding_period(void **state)
{
    (void)state;
    enum { N = 50000 };
    struct world *w = world_create(12, 40);
    struct mld_terms *terms = &w->terms[SHARES];
    terms->shares.holding_min = 0.5;
    terms->shares.holding_max = 39;
    struct mld_setting setting = world_setting(w, 0, 1);
    double sum = 0, log_sum = 0;
    for (uint64_t entity = 1; entity <= N; entity++) {
        setting.entity = entity;
        world_contract(w, SHARES, &setting);
        sum += w->contract.exit_age / 12.0;
        log_sum += log(w->contract.exit_age / 12.0);
    }
    assert_mean(sum, N, 6.5, 6.5 * sqrt(expm1(0.35 * 0.35)));
    /*
     * Rounding to months moves the mean of the logarithm by under 1e-4, a fifteenth of its standard
     * error.
     */
    assert_mean(log_sum, N, log(6.5) - 0.35 * 0.35 / 2, 0.35);
    tell("Holding period of shares, mean and mean logarithm", "lognormal law", N);
    free(w);
}

/*
 * Delays of cooperative shares are uniform on 0 … 8 quarters; calls of participating securities
 * come 0.5 then 0.25.
 */
static void delays_and_calls(void **state)
{
    (void)state;
    enum { N = 50000 };
    struct world *w = world_create(4, 12);
    struct mld_setting setting = world_setting(w, 0, 1);
    double delay[9] = { 0 }, call[12] = { 0 };
    for (uint64_t entity = 1; entity <= N; entity++) {
        setting.entity = entity;
        world_contract(w, COOPERATIVE_SHARES, &setting);
        delay[w->contract.exit_age - 28] += 1;
        world_contract(w, PARTICIPATING_SECURITIES, &setting);
        call[w->contract.alive ? 0 : w->contract.end_age / 4] += 1;
    }
    for (int i = 0; i < 9; i++)
        assert_mean(delay[i], N, 1.0 / 9, sqrt(8.0 / 81));
    double left = 1;
    for (int a = 7; a <= 11; a++) {
        double p = left * (a == 7 ? 0.5 : 0.25);
        assert_mean(call[a], N, p, sqrt(p * (1 - p)));
        left -= p;
    }
    assert_mean(call[0], N, left, sqrt(left * (1 - left)));
    tell("Delays of cooperative shares, years of calls of titres participatifs",
         "uniform law; probability 0.5, then 0.25 of what is left", N);
    free(w);
}

/* A cap only takes: for any path the capped value is the lesser of the cap and the free value. */
static void cap_only_takes(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    struct mld_terms *terms = &w->terms[SHARES];
    struct mld_setting setting = world_setting(w, 0, 1e6);
    double free_value[WORLD_ROOM];
    int capped = 0;
    for (uint32_t path = 0; path < 2000; path++) {
        draw_world(w, path);
        setting.xi = w->xi[0];
        setting.path = path;
        terms->shares.value.multiple_cap = HUGE_VAL;
        world_contract(w, SHARES, &setting);
        memcpy(free_value, w->contract.value, sizeof free_value);
        terms->shares.value.multiple_cap = 1.8;
        world_contract(w, SHARES, &setting);
        for (int n = 0; n <= w->contract.end_age; n++) {
            double expected = free_value[n] < 1.8e6 ? free_value[n] : 1.8e6;
            assert_true(w->contract.value[n] == expected);
            capped += free_value[n] > 1.8e6;
        }
    }
    assert_true(capped > 0);
    free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expected_multiple),
        cmocka_unit_test(holding_period),
        cmocka_unit_test(delays_and_calls),
        cmocka_unit_test(cap_only_takes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
