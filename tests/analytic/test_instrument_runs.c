/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Instruments in whole runs against closed forms: the yield of bullet debt that may default, the
 * expected multiple of shares. Means within 4 standard errors: a false alarm of 6e-5 each over
 * seeds, and the seed is fixed.
 */
#include "support/near.h"
#include "support/oracle.h"
#include "support/run_case.h"
#include "support/small_world.h"

#include <math.h>

enum { BATCH = 64 };

static size_t put_bonds(char *text, size_t room, int bonds)
{
    size_t n = (size_t)snprintf(
        text, room,
        "tape = { file = \"\"; text = \"deal,issuer,instrument,legal_form,sector,date,amount\\n");
    for (int i = 0; i < bonds; i++)
        n += (size_t)snprintf(text + n, room - n, "d%d,i%d,bond,company,all,2027-06-01,1000000\\n",
                              i, i);
    n += (size_t)snprintf(text + n, room - n, "\"; };\n");
    assert_true(n < room);
    return n;
}

/* Flows of path p after the purchase, in M€ a bond. */
static void add_flows(const struct mld_pools *pools, int p, int bonds, int years, double *flow,
                      double rate, double *value)
{
    *value = -1;
    for (int t = 1; t <= years; t++) {
        int at = t * pools->width + p;
        double received = (pools->income[at] + pools->capital[at]) / (1e6 * bonds);
        flow[t] += received;
        *value += received / pow(1 + rate, t);
    }
}

/*
 * Coupon c, default with probability d a year before the coupon, recovery R at once: each year an
 * expected (1−d)(1+c) + dR of what is still alive, so that this less 1 is the IRR of expected
 * flows. 6 % and 2 % capitalised are worth 8 % paid.
 */
static void yield_of_bullet_debt(void **state)
{
    (void)state;
    static char text[65536];
    enum { BONDS = 200, YEARS = 7, PATHS = 6400 };
    double c = 0.08, d = 0.03, recovery = 0.20, exact = (1 - d) * (1 + c) + d * recovery - 1,
           flow[YEARS + 1] = { -1 }, sum = 0, square = 0;
    assert_near(exact, 0.0536, 1e-15);
    size_t n = (size_t)snprintf(
        text, sizeof text,
        SMALL_WORLD "guarantee = { layers = ( { name = \"state\"; quotite = 0.0; } ); };\n"
                    "instruments = { bond = { coupon = %.17g; maturity_years = %d.0; amortisation "
                    "= \"bullet\";" SMALL_RESOLUTION "}; };\n",
        YEARS + 2, PATHS, d, 0.0, "", c, YEARS, recovery);
    put_bonds(text + n, sizeof text - n, BONDS);
    struct run_case run = run_case_of_text(text);
    struct mld_workspace *workspace;
    assert_int_equal(mld_workspace_create(run.plan, BATCH, MLD_KEEP_SERIES, &workspace), MLD_OK);
    for (int first = 0; first < PATHS; first += BATCH) {
        mld_simulate(run.plan, (uint32_t)first, BATCH, workspace);
        for (int p = 0; p < BATCH; p++) {
            double value;
            add_flows(&workspace->lives[run.plan->design[MLD_WITHOUT].lives].pools, p, BONDS, YEARS,
                      flow, exact, &value);
            sum += value / PATHS;
            square += value * value / PATHS;
        }
    }
    for (int t = 1; t <= YEARS; t++)
        flow[t] /= PATHS;
    /*
     * Plain bonds count for the FPCI's quota up to a fifth of the volume (CMF L214-28), and these
     * are all of it.
     */
    const double *value = workspace->design[MLD_WITHOUT].value;
    assert_near(value[(size_t)mld_measure_named("quota_ratio") * (size_t)workspace->width], 0.20,
                1e-15);
    double errors = sum / sqrt((square - sum * sum) / PATHS);
    assert_true(fabs(errors) <= 4);
    int roots;
    oracle("IRR of the expected flows of bullet debt: 6 % + 2 % capitalised, 7 years, default 3 % "
           "a year, recovery 20 %",
           "(1 − d)(1 + c) + dR − 1 = 0.0536", "4 s.e. of the present value at that rate",
           "IRR %.5f; present value %.1f s.e. from 0, %d paths of %d bonds",
           mld_irr_periodic(YEARS + 1, 1, flow, &roots), errors, PATHS, BONDS);
    mld_workspace_free(workspace);
    run_case_end(&run);
}

static void expected_multiple(double growth, double volatility, double correlation, int years)
{
    static char text[8192];
    enum { PATHS = 50000 };
    snprintf(text, sizeof text,
             SMALL_WORLD "guarantee = { layers = ( { name = \"state\"; quotite = 0.0; } ); };\n"
                         "instruments = { shares = { growth = %.17g; volatility = %.17g; "
                         "equity_correlation = %.17g; multiple_cap = 1e6;"
                         " holding_mean = %d.0; holding_sigma = 0.0; holding_min = 0.0; "
                         "holding_max = 40.0; dividend_rate = 0.0;" SMALL_RESOLUTION "}; };\n"
                         "tape = { file = \"\"; text = "
                         "\"deal,issuer,instrument,legal_form,sector,date,amount\\nd,i,shares,"
                         "company,all,2027-06-01,1000000\\n\"; };\n",
             years + 2, PATHS, 0.0, 0.1, "", growth, volatility, correlation, years, 0.0);
    struct run_case run = run_case_of_text(text);
    run_case_run(&run, 0, 0);
    const struct mld_statistics *multiple = run_case_statistics(&run, MLD_WITHOUT,
                                                                "multiple_of_cost");
    double exact = exp(growth * years), errors = (multiple->mean - exact) / multiple->mean_error;
    assert_true(fabs(errors) <= 4);
    char name[128];
    snprintf(name, sizeof name, "Mean multiple of shares: growth %g, volatility %g, ρ %g, %d years",
             growth, volatility, correlation, years);
    oracle(name, "E M = e^(gτ), lognormal law", "4 s.e.", "%.4f, exactly %.4f: %.1f s.e., %d paths",
           multiple->mean, exact, errors, PATHS);
    run_case_end(&run);
}

static void multiples_of_shares(void **state)
{
    (void)state;
    expected_multiple(0.098, 0.25, 0.25, 6);
    expected_multiple(0.05, 0.40, 0.40, 9);
    expected_multiple(0.15, 0.15, 0.0, 3);
}

/*
 * Without a fund nothing is forced: what is alive at the end of the horizon is worth its nominal,
 * or its value for shares, and a claim that still runs its recovery, whatever the discount, the
 * tape's own too. With one the same deals are sold: half of the nominal of the bond is lost.
 */
static void nothing_is_forced_without_a_fund(void **state)
{
    (void)state;
    static char text[8192];
    for (int with_fund = 0; with_fund < 2; with_fund++) {
        size_t n = (size_t)snprintf(text, sizeof text, SMALL_WORLD, 6, 1, 0.0, 0.1, "");
        if (with_fund)
            n += (size_t)snprintf(text + n, sizeof text - n, SMALL_FUND, 6, 5, 0.0, 0.0, "");
        snprintf(text + n, sizeof text - n,
                 "instruments = { bond = { coupon = 0.0; maturity_years = 30.0; amortisation = "
                 "\"bullet\"; pd_scale = 1.0;"
                 " liquidation_discount = 0.5; resolutions = ( { name = \"all\"; probability = "
                 "1.0; recovery_mean = 0.3;"
                 " recovery_sd = 0.0; lag_years = 9.0; } ); };\n"
                 " shares = { growth = 0.0; volatility = 0.0; equity_correlation = 0.0; "
                 "multiple_cap = 9.0; holding_mean = 20.0;"
                 " holding_sigma = 0.0; holding_min = 0.0; holding_max = 40.0; dividend_rate = "
                 "0.0; pd_scale = 1.0;"
                 " liquidation_discount = 0.5; resolutions = ( { name = \"all\"; probability = "
                 "1.0; recovery_mean = 0.3;"
                 " recovery_sd = 0.0; lag_years = 9.0; } ); }; };\n"
                 "tape = { file = \"\"; text = "
                 "\"deal,issuer,instrument,legal_form,sector,date,amount,liquidation_discount\\n"
                 "a,i,bond,company,all,2027-06-01,1000000,\\nb,j,bond,company,all,2027-06-01,"
                 "1000000,0.4\\n"
                 "c,k,shares,company,all,2027-06-01,1000000,\\n\"; };\n");
        struct run_case run = run_case_of_text(text);
        run_case_run(&run, 0, 0);
        assert_near(run_case_column(&run, MLD_WITHOUT, "loss_forced")[0], with_fund ? 1.4e6 : 0,
                    1e-6);
        assert_near(run_case_column(&run, MLD_WITHOUT, "multiple_of_cost")[0],
                    with_fund ? 1.6 / 3 : 1, 1e-12);
        run_case_end(&run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(yield_of_bullet_debt),
                                        cmocka_unit_test(multiples_of_shares),
                                        cmocka_unit_test(nothing_is_forced_without_a_fund) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
