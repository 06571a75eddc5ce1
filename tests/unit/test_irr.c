/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Internal rates of return: published and exact cases, products of known roots, batches against
 * single paths.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "measure/exponential_roots.h"
#include "measure/irr.h"
#include "milliard/draws.h"
#include "milliard/measure.h"
#include "support/near.h"
#include "support/oracle.h"

enum { MOST = 64 };

/** Days of a date as the C library counts them, over 365. */
static double years_of(const char *date)
{
    struct tm time = { .tm_hour = 12 };
    assert_int_equal(sscanf(date, "%d-%d-%d", &time.tm_year, &time.tm_mon, &time.tm_mday), 3);
    time.tm_year -= 1900;
    time.tm_mon -= 1;
    return (double)timegm(&time) / 86400.0 / 365.0;
}

/** Numbers between blanks, each maybe after a date and a colon; gives how many. */
static int read_numbers(char *text, double *time, double *number)
{
    int count = 0;
    char *place = NULL;
    for (char *word = strtok_r(text, " \n", &place); word; word = strtok_r(NULL, " \n", &place)) {
        char *colon = strchr(word, ':');
        time[count] = colon ? years_of(word) : count;
        number[count++] = strtod(colon ? colon + 1 : word, NULL);
    }
    return count;
}

/** Present value at rate r, the first flow's date being 0. */
static double value_at(double r, int n, const double *time, const double *flow)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += flow[i] * pow(1.0 + r, time[0] - time[i]);
    return sum;
}

/**
 * Of known roots, apart by more than 1e-5, the one to keep: nearest 0 in ln(1+r) of those at which
 * the value falls, else of all.
 */
static double root_to_keep(int count, const double *root, int n, const double *time,
                           const double *flow)
{
    double kept = NAN;
    for (int falling = 1; falling >= 0 && isnan(kept); falling--)
        for (int i = 0; i < count; i++) {
            double step = 1e-6 * (1.0 + root[i]);
            int falls = value_at(root[i] - step, n, time, flow) > 0.0 &&
                        value_at(root[i] + step, n, time, flow) < 0.0;
            if (falls >= falling && !(fabs(log1p(root[i])) >= fabs(log1p(kept))))
                kept = root[i];
        }
    return kept;
}

/**
 * Checks one line of the file: the number of roots, and the one to keep, of which it gives the
 * relative deviation.
 */
static double check_case(char *line)
{
    char *place = NULL, *kind = strtok_r(line, "|", &place), *name = strtok_r(NULL, "|", &place);
    char *flows = strtok_r(NULL, "|", &place), *expected = strtok_r(NULL, "|", &place);
    double time[MOST], flow[MOST], ignored[MOST], root[MOST], total = 0.0, received = 0.0;
    int identity = strstr(expected, "identity") != NULL;
    int n = read_numbers(flows, time, flow), roots,
        count = identity ? 0 : read_numbers(expected, ignored, root);
    double irr = strstr(kind, "dated") ? mld_irr(n, time, flow, &roots)
                                       : mld_irr_periodic(n, 1, flow, &roots);
    print_message("%s: %.17g, %d\n", name, irr, roots);
    assert_int_equal(roots, count);
    double nearest = root_to_keep(count, root, n, time, flow);
    for (int i = 0; i < n; i++) {
        total += fabs(flow[i]);
        received += flow[i] > 0.0 ? flow[i] : 0.0;
    }
    if (count > 0)
        /* The references have 15 digits or more; two neighbouring roots lose three more. */
        assert_true(fabs(irr - nearest) <= 1e-13 * (1.0 + fabs(nearest)));
    else if (received == 0.0 && total > 0.0)
        assert_true(irr == -1.0);
    else
        assert_true(isnan(irr));
    return count > 0 ? (irr - nearest) / (1.0 + fabs(nearest)) : 0;
}

static void published_cases_are_met(void **state)
{
    (void)state;
    FILE *file = fopen(TEST_DATA "/irr_edge_cases.txt", "r");
    assert_non_null(file);
    char line[1024];
    int cases = 0;
    double largest = 0;
    while (fgets(line, sizeof line, file))
        if (line[0] != '#') {
            widen(&largest, check_case(line));
            cases++;
        }
    fclose(file);
    assert_int_equal(cases, 24);
    oracle("IRR of tricky series: several roots, none, double, near-total loss, dated flows",
           "exact roots; cases published by Microsoft, MathWorks, public libraries",
           "number of roots exact; 1e-13 relative", "%d series, largest deviation %.0e", cases,
           largest);
}

/** Flows of a polynomial in x = 1/(1+r) with given rates as roots; gives their number. */
static int flows_of(int count, const double *rate, double first, double *flow)
{
    flow[0] = first;
    for (int k = 0; k < count; k++) {
        flow[k + 1] = 0.0;
        /* times (1 − (1 + rate) x) */
        for (int i = k + 1; i > 0; i--)
            flow[i] -= (1.0 + rate[k]) * flow[i - 1];
    }
    return count + 1;
}

static void products_of_known_roots_give_them_back(void **state)
{
    (void)state;
    static const struct {
        int count, distinct;
        double first, rate[6], kept, tolerance;
    } cases[] = {
        { 2, 2, -1000, { -0.5, 0.3 }, 0.3, 1e-13 },
        { 3, 3, -1000, { -0.9, -0.2, 0.5 }, 0.5, 1e-13 },
        { 4, 4, -1000, { -0.6, -0.3, 0.1, 0.7 }, -0.3, 1e-12 },
        { 6, 6, -1000, { -0.7, -0.5, -0.2, 0.15, 0.6, 2.0 }, 0.15, 1e-11 },
        /* ln 1.9 = 0.64 is nearer 0 than ln 0.5 = −0.69. */
        { 3, 3, -1000, { -0.5, 0.2, 0.9 }, 0.9, 1e-13 },
        /*
         * Money first: the value falls at the first root. It falls at no root of the next two, the
         * second of which it touches.
         */
        { 2, 2, 1000, { 0.1, 0.3 }, 0.1, 1e-13 },
        { 1, 1, 1000, { 0.2 }, 0.2, 1e-13 },
        { 3, 2, 1000, { 0.05, 0.05, 0.2 }, 0.05, 1e-7 },
        /* A double root moves by the square root of rounding; 1e-7 is what doubles can tell. */
        { 3, 2, -1000, { 0.08, 0.08, 0.9 }, 0.9, 1e-7 },
        { 4, 2, -1000, { 0.25, 0.25, -0.4, -0.4 }, 0.25, 1e-7 },
        { 2, 2, -1000, { 0.10, 0.1001 }, 0.1001, 1e-9 },
    };
    double largest = 0;
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        double flow[8], time[8] = { 0, 1, 2, 3, 4, 5, 6, 7 };
        int n = flows_of(cases[k].count, cases[k].rate, cases[k].first, flow), roots;
        assert_true(fabs(mld_irr_periodic(n, 1, flow, &roots) - cases[k].kept) <
                    cases[k].tolerance);
        assert_int_equal(roots, cases[k].distinct);
        widen(&largest, mld_irr_periodic(n, 1, flow, &roots) - cases[k].kept);
        assert_true(fabs(mld_irr(n, time, flow, &roots) - cases[k].kept) < cases[k].tolerance);
        assert_int_equal(roots, cases[k].distinct);
    }
    oracle("IRR of products of known roots, up to six", "polynomials multiplied out",
           "1e-13, to 1e-7 for double roots", "largest deviation %.0e", largest);
}

static void undefined_rates_are_told_apart(void **state)
{
    (void)state;
    int roots = -1;
    const double nothing[3] = { 0.0, 0.0, 0.0 }, lost[3] = { -5.0, 0.0, -1.0 },
                 given[3] = { 0.0, 5.0, 1.0 };
    assert_true(isnan(mld_irr_periodic(3, 4, nothing, &roots)) && roots == 0);
    assert_true(isnan(mld_irr_periodic(3, 4, given, &roots)) && roots == 0);
    assert_true(mld_irr_periodic(3, 4, lost, &roots) == -1.0 && roots == 0);
    assert_true(isnan(mld_irr_periodic(0, 4, lost, &roots)) && roots == 0);
    /* Dust of subtractions is no flow: nothing comes back. */
    const double dust[3] = { -5.0, 0.0, 1e-16 };
    assert_true(mld_irr_periodic(3, 4, dust, &roots) == -1.0 && roots == 0);
}

static void bullet_debt_has_the_rate_of_its_formula(void **state)
{
    (void)state;
    /* Coupon c, annual default d before the coupon, recovery R at year-end: (1−d)(1+c) + dR − 1. */
    double flow[8], alive = 1.0, d = 0.03, c = 0.06, r = 0.20;
    flow[0] = -1.0;
    for (int t = 1; t <= 7; t++) {
        flow[t] = alive * (1.0 - d) * c + alive * d * r;
        alive *= 1.0 - d;
    }
    flow[7] += alive;
    int roots;
    assert_true(fabs(mld_irr_periodic(8, 1, flow, &roots) - ((1.0 - d) * (1.0 + c) + d * r - 1.0)) <
                1e-14);
}

static void periods_compound_to_a_year(void **state)
{
    (void)state;
    const double flow[5] = { -100.0, 0.0, 0.0, 0.0, 110.0 };
    static const int per_year[] = { 1, 2, 4, 12 };
    for (int k = 0; k < 4; k++) {
        int roots;
        double exact = pow(1.1, per_year[k] / 4.0) - 1.0;
        assert_true(fabs(mld_irr_periodic(5, per_year[k], flow, &roots) - exact) < 1e-14);
    }
}

/** Uniform of a numbered place, for random flows. */
static double random_at(uint32_t path, int place)
{
    return mld_draw_uniform(2027, MLD_STREAM_ISSUER, path, 1, (uint32_t)place);
}

/**
 * Flows of a fund-like path: calls early, receipts late, some of the wrong sign, some far from any
 * profit.
 */
static void random_flows(uint32_t path, int periods, double *flow)
{
    double level = 3.0 * random_at(path, 1000), wrong = random_at(path, 1001) < 0.5 ? 0.0 : 0.2;
    for (int t = 0; t < periods; t++) {
        double u = random_at(path, t), sign = t < periods / 3 ? -1.0 : level;
        int turned = random_at(path, 500 + t) < wrong, none = random_at(path, 2000 + t) < 0.3;
        flow[t] = none ? 0.0 : 1e6 * u * (turned ? -sign : sign);
    }
}

/** Roots of Σ flow x^t in x > 0 counted by a fine scan of the sign of long doubles. */
static int roots_by_scan(int periods, const double *flow)
{
    int count = 0, before = 0;
    for (double s = -36.0; s <= 36.0; s += fabs(s) < 1.0 ? 1e-4 : 1e-2) {
        long double x = expl(s > 0.0 ? -s : s), value = 0.0L;
        for (int t = periods - 1; t >= 0; t--)
            value = value * x + flow[s > 0.0 ? periods - 1 - t : t];
        int sign = (value > 0.0L) - (value < 0.0L);
        count += sign * before < 0;
        before = sign ? sign : before;
    }
    return count;
}

static void every_root_is_found(void **state)
{
    (void)state;
    enum { PERIODS = 48, PATHS = 300 };
    int several = 0;
    for (uint32_t path = 0; path < PATHS; path++) {
        double flow[PERIODS];
        int roots;
        random_flows(path, PERIODS, flow);
        double irr = mld_irr_periodic(PERIODS, 4, flow, &roots);
        /*
         * No pair of these roots is closer than the scan's steps: found equal for these seeds, not
         * in general.
         */
        assert_int_equal(roots, roots_by_scan(PERIODS, flow));
        several += roots > 1;
        if (roots > 0) {
            long double x = powl(1.0L + irr, -0.25L), value = 0.0L, size = 0.0L, slope = 0.0L,
                        power = 1.0L;
            for (int t = 0; t < PERIODS; t++, power *= x) {
                value += flow[t] * power;
                size += fabsl(flow[t]) * power;
                slope += t * flow[t] * power;
            }
            /*
             * 48 rounded terms and a Newton step whose error is squared: some ε of the sum, or of
             * the root.
             */
            assert_true(fabsl(value) < 1e-13L * size + 1e-13L * fabsl(slope));
        }
    }
    assert_true(several > 10);
    oracle("Roots of random fund-like flows, each found", "scan of the sign in long doubles",
           "number of roots equal", "equal on %d series, %d of them with several", PATHS, several);
}

static void batches_have_the_bits_of_single_paths(void **state)
{
    (void)state;
    enum { PERIODS = 48, WIDTH = 64 };
    static double flow[PERIODS * WIDTH];
    for (int paths = 1; paths <= WIDTH; paths += 9) {
        double single[WIDTH][PERIODS], irr[WIDTH];
        int roots[WIDTH];
        memset(flow, 0, sizeof flow);
        for (int path = 0; path < paths; path++) {
            random_flows((uint32_t)(path + 7 * paths), PERIODS, single[path]);
            for (int t = 0; t < PERIODS; t++)
                flow[t * WIDTH + path] = single[path][t];
        }
        mld_irr_batch(PERIODS, WIDTH, paths, 4, flow, irr, roots);
        for (int path = 0; path < paths; path++) {
            int expected_roots;
            double expected = mld_irr_periodic(PERIODS, 4, single[path], &expected_roots);
            assert_memory_equal(&irr[path], &expected, sizeof expected);
            assert_int_equal(roots[path], expected_roots);
        }
    }
}

static void sums_of_exponentials_keep_far_and_near_roots_apart(void **state)
{
    (void)state;
    /* (e^s − e^-20)(e^s − 1)(e^s − e^15) with irregular company: exponents 0, 1, 2, 3. */
    double a = exp(-20.0), b = 1.0, c = exp(15.0), root[4];
    int rises[4];
    const double exponent[4] = { 0.0, 1.0, 2.0, 3.0 };
    const double coefficient[4] = { -a * b * c, a * b + a * c + b * c, -(a + b + c), 1.0 };
    assert_int_equal(mld_exponential_roots(4, exponent, coefficient, root, rises), 3);
    assert_true(rises[0] != rises[1] && rises[0] == rises[2]);
    assert_near(root[0], -20.0, 1e-12);
    assert_near(root[1], 0.0, 1e-12);
    assert_near(root[2], 15.0, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_cases_are_met),
        cmocka_unit_test(products_of_known_roots_give_them_back),
        cmocka_unit_test(undefined_rates_are_told_apart),
        cmocka_unit_test(bullet_debt_has_the_rate_of_its_formula),
        cmocka_unit_test(periods_compound_to_a_year),
        cmocka_unit_test(every_root_is_found),
        cmocka_unit_test(batches_have_the_bits_of_single_paths),
        cmocka_unit_test(sums_of_exponentials_keep_far_and_near_roots_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
