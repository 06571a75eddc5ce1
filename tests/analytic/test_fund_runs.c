/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A fund of whole runs, from a scenario and its tape to measures and series, against published and closed forms: the pacing of
 * Takahashi and Alexander when nothing is random, and the expected carry of one lognormal exit.
 */
#include "support/near.h"
#include "support/oracle.h"
#include "support/run_case.h"
#include "support/small_world.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* ---- Takahashi and Alexander ---- */

enum { MOST_YEARS = 20 };
struct pacing { int years; double contribution[MOST_YEARS + 1], rate[MOST_YEARS + 1], distribution[MOST_YEARS + 1], value[MOST_YEARS + 1]; };

static struct pacing read_pacing(const char *file_name)
{
    struct pacing pacing = { 0 };
    char path[512], line[512];
    snprintf(path, sizeof path, TEST_DATA "/fund/%s.csv", file_name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        int year;
        double c, rate, d, value;
        if (sscanf(line, "%d,%*f,%lf,%lf,%lf,%lf", &year, &c, &rate, &d, &value) != 5)
            continue;
        assert_int_equal(year, ++pacing.years);
        pacing.contribution[year] = c;
        pacing.rate[year] = rate;
        pacing.distribution[year] = d;
        pacing.value[year] = value;
    }
    fclose(file);
    return pacing;
}

/*
 * Their NAV grows by 13 % a year and a rate of it is distributed. Every euro paid in is therefore one of shares sold in a
 * later year, the part of year t sold in year d being rate(d) times what the years between left: a tape of such deals.
 */
static int tape_of(const struct pacing *pacing, char *text, size_t room)
{
    int deals = 0;
    size_t n = (size_t)snprintf(text, room, "tape = { file = \"\"; text = \"deal,issuer,instrument,legal_form,sector,date,amount,holding_mean\\n");
    for (int t = 1; t <= pacing->years; t++) {
        double left = pacing->contribution[t];
        for (int d = t + 1; d <= pacing->years + 1; d++) {
            double sold = d <= pacing->years ? left * pacing->rate[d] : left;
            if (sold > 0)
                n += (size_t)snprintf(text + n, room - n, "d%d,i%d,shares,company,all,%d-06-01,%.17g,%d\\n", deals, deals, 2026 + t, 1e6 * sold, d - t);
            deals += sold > 0;
            left -= sold;
        }
    }
    assert_true(n + 8 < room);
    strcat(text, "\"; };\n");
    return deals;
}

static void takahashi_alexander(const char *file_name, const char *name)
{
    static char text[65536];
    struct pacing pacing = read_pacing(file_name);
    size_t n = (size_t)snprintf(text, sizeof text, SMALL_WORLD SMALL_FUND
                                "instruments = { shares = { growth = %.17g; volatility = 0.0; equity_correlation = 0.0; multiple_cap = 1000.0;"
                                " holding_mean = 1.0; holding_sigma = 0.0; holding_min = 0.0; holding_max = 40.0; dividend_rate = 0.0;" SMALL_RESOLUTION "}; };\n",
                                pacing.years + 1, 1, 0.0, 0.1, "", pacing.years + 1, pacing.years + 1, 0.0, 0.0, "", log(1.13), 0.0);
    int deals = tape_of(&pacing, text + n, sizeof text - n);
    struct run_case run = run_case_of_text(text);
    run_case_run(&run, 0, 0);
    const double *invested = run_case_means(&run, MLD_WITHOUT, "invested"), *capital = run_case_means(&run, MLD_WITHOUT, "capital");
    const double *nav = run_case_means(&run, MLD_WITHOUT, "nav"), *calls = run_case_means(&run, MLD_WITHOUT, "calls");
    const double *distributions = run_case_means(&run, MLD_WITHOUT, "distributions"), *cash = run_case_means(&run, MLD_WITHOUT, "cash");
    double position = 0, expected = 0, largest = 0;
    for (int t = 1; t <= pacing.years; t++) {
        position += distributions[t - 1] - calls[t - 1];
        expected += pacing.distribution[t] - pacing.contribution[t];
        widen(&largest, invested[t - 1] - 1e6 * pacing.contribution[t]);
        widen(&largest, capital[t - 1] - 1e6 * pacing.distribution[t]);
        widen(&largest, nav[t - 1] - cash[t - 1] - 1e6 * pacing.value[t]);
        widen(&largest, position + cash[t - 1] - 1e6 * expected);    /* C's capital waits in cash until year 5 */
    }
    assert_int_equal(run.branches, 1);
    /* 100 M€ in doubles, and 1.13^n by exp(n log 1.13): some 1e-14 of 188 M€ each, over some twenty years. */
    assert_near(largest, 0, 1e-5);
    oracle(name, "Takahashi, Alexander, Illiquid Alternative Asset Fund Modeling, 2001; recomputed, the paper's charts agree within 0.43 points",
           "1e-5 EUR on 100 M€", "%d deals over %d years: contributions, distributions, NAV and investors' position within %.0e EUR", deals,
           pacing.years, largest);
    run_case_end(&run);
}

static void pacing_without_chance(void **state)
{
    (void)state;
    takahashi_alexander("takahashi_alexander_base_vc_1_3", "Pacing, base case");
    takahashi_alexander("takahashi_alexander_ex1_lbo", "Pacing, buy-out case");
}

/* ---- expected carry of one lognormal exit ---- */

struct one_exit { double multiple, sigma; int years; double catch_up, published, digits; };

/* C(k) = E (X − k)⁺ of a lognormal X of mean 100 M and log-sd `root` (Black and Scholes 1973, without rate). */
static double call_value(double mean, double root, double k)
{
    double d = log(mean / k) / root + 0.5 * root;
    return mean * gsl_cdf_ugaussian_P(d) - k * gsl_cdf_ugaussian_P(d - root);
}

/*
 * Nothing until `floor`, the capital of all and the hurdle of `share` of it; then C alone until it has a fifth of the profit
 * over that capital, then a fifth: C(H) − 0.8 C(K), or 0.2 C(H) without a catch-up.
 */
static double expected_carry(const struct one_exit *exit, double share)
{
    double root = exit->sigma * sqrt(exit->years), preferred = 100 * share * (pow(1.08, exit->years) - 1), hurdle = 100 + preferred;
    double above = call_value(100 * exit->multiple, root, hurdle);
    return exit->catch_up > 0 ? above - 0.8 * call_value(100 * exit->multiple, root, hurdle + preferred / 4) : 0.2 * above;
}

static void run_one_exit(const struct one_exit *exit)
{
    static char text[8192];
    enum { PATHS = 50000 };
    /* Without a catch-up the hurdle is hard; a scenario says so by leaving that tier out. */
    const char *tiers = exit->catch_up > 0 ? "" : "tiers = ( { type = \"return_of_capital\"; to = \"A_and_B\"; }, { type = \"preferred_return\"; to = \"A_and_B\"; },"
                                                  " { type = \"return_of_capital\"; to = \"C\"; }, { type = \"split\"; } );";
    snprintf(text, sizeof text, SMALL_WORLD SMALL_FUND
             "instruments = { shares = { growth = %.17g; volatility = %.17g; equity_correlation = 0.0; multiple_cap = 1e6;"
             " holding_mean = %d.0; holding_sigma = 0.0; holding_min = 0.0; holding_max = 40.0; dividend_rate = 0.0;" SMALL_RESOLUTION "}; };\n"
             "tape = { file = \"\"; text = \"deal,issuer,instrument,legal_form,sector,date,amount\\nd,i,shares,company,all,2027-06-01,100000000\\n\"; };\n",
             exit->years + 2, PATHS, 0.0, 0.1, "", exit->years + 2, 1, 0.08, 0.2, tiers, log(exit->multiple) / exit->years, exit->sigma,
             exit->years, 0.0);
    struct run_case run = run_case_of_text(text);
    run_case_run(&run, 0, 0);
    const struct mld_statistics *carry = run_case_statistics(&run, MLD_WITHOUT, "carry");
    /* The formula gives the published figure of a fund whose investors paid all in; here C paid one per cent, without a hurdle. */
    assert_near(expected_carry(exit, 1), exit->published, exit->digits);
    double expected = expected_carry(exit, 0.99), errors = (carry->mean / 1e6 - expected) / (carry->mean_error / 1e6);
    assert_true(fabs(errors) <= 4);     /* false alarm 6e-5 over seeds */
    char name[128];
    snprintf(name, sizeof name, "Expected carry of one exit: mean multiple %g, volatility %g, %d years, %s", exit->multiple, exit->sigma,
             exit->years, exit->catch_up > 0 ? "full catch-up" : "hard hurdle");
    oracle(name, exit->catch_up > 0 ? "C(H) − 0.8 C(K), C(k) = E(X − k)⁺ (Black, Scholes 1973)" : "0.2 C(H), C(k) = E(X − k)⁺ (Black, Scholes 1973)", "4 s.e.",
           "formula as published to %.0e (%.10g); run %.4f, exactly %.4f: %.1f s.e., %d paths", exit->digits, exit->published,
           carry->mean / 1e6, expected, errors, PATHS);
    run_case_end(&run);
}

static void carry_of_one_exit(void **state)
{
    (void)state;
    static const struct one_exit exits[] = {
        { 1.8, 0.35, 5, 1.0, 17.5915372567789, 1e-12 }, { 1.8, 0.35, 5, 0.0, 13.5745359034499, 1e-12 },
        { 1.8, 0.60, 5, 1.0, 22.4739344865482, 1e-12 }, { 1.2, 0.30, 4, 1.0, 6.62814388, 1e-8 }, { 1.0, 0.60, 5, 1.0, 9.54039796, 1e-8 },
    };
    for (size_t i = 0; i < sizeof exits / sizeof *exits; i++)
        run_one_exit(&exits[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(pacing_without_chance), cmocka_unit_test(carry_of_one_exit) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
