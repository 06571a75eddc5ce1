/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Schedules worked by hand, in euros, of each instrument when nothing is random, then defaults,
 * recoveries and forced sales at each phase of a life. Sums are exact to the rounding of a dozen
 * operations on a million euros: CENT_FRACTION.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "instrument_world.h"
#include "milliard/draws.h"
#include "support/oracle.h"

/* a ten-thousandth of a cent: 1e-12 of a million, thousands of roundings */
#define CENT_FRACTION 1e-6

static double furthest;
static long compared;

static void euros_at(double found, double expected, const char *file, int line)
{
    widen(&furthest, found - expected);
    compared++;
    if (!(fabs(found - expected) <= CENT_FRACTION)) {
        print_error("%.9f found where %.9f was expected\n", found, expected);
        _fail(file, line);
    }
}
#define assert_euros(found, expected) euros_at((found), (expected), __FILE__, __LINE__)

static double sum(const double *series, int from, int to)
{
    double total = 0;
    for (int t = from; t <= to; t++)
        total += series[t];
    return total;
}

/*
 * Present value of a life at an annual effective rate, its ticket paid at t0. At the IRR it is 0;
 * near it, it changes by about 5 € for a millionth of rate on a million over six years, so 0.01 €
 * pins the IRR to 2e-9.
 */
static double present_value(const struct world *w, const struct mld_deal *deal, double rate)
{
    double value = -deal->amount;
    for (int t = deal->period; t <= w->life.last_period; t++)
        value += (w->life.income[t] + w->life.capital[t]) *
                 pow(1 + rate, -(double)(t - deal->period) / w->plan.model.grid.periods_per_year);
    return value;
}

static void assert_zero_outside(const struct world *w, int from, int to)
{
    for (int t = 0; t < w->plan.model.grid.periods; t++)
        if (t < from || t > to)
            for (int i = 4; i < 8; i++)
                assert_true(w->series[i][t] == 0);
}

/* ---- bond ---- */

static void bullet_bond(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    struct mld_deal *deal = world_deal(w, 0, BOND, 3, 1e6);
    const struct mld_life *life = world_fill(w, 0);
    assert_int_equal(life->made, 1);
    assert_true(life->income[3] == 0);
    for (int n = 1; n <= 24; n++)
        assert_euros(life->income[3 + n], 16250); /* 6.5 % / 4 of a million */
    assert_euros(life->capital[27], 1e6);
    assert_euros(sum(life->capital, 0, 47), 1e6);
    for (int n = 0; n < 24; n++) {
        assert_euros(life->outstanding[3 + n], 1e6);
        assert_euros(life->nav[3 + n], 1e6);
    }
    assert_int_equal(life->last_period, 27);
    assert_true(life->outstanding[27] == 0 && life->nav[27] == 0);
    assert_zero_outside(w, 3, 27);
    assert_true(fabs(present_value(w, deal, 0.06660160879150391)) < 0.01); /* 1.01625^4 − 1 */
    assert_int_equal(life->default_period, -1);
    assert_int_equal(life->exit_period, -1);
    assert_true(isnan(life->recovery_rate));
    free(w);
}

static void linear_bond(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    w->terms[BOND].bond.amortisation = MLD_BOND_LINEAR;
    w->terms[BOND].bond.maturity_years = 2;
    w->terms[BOND].bond.coupon = 0.04;
    world_deal(w, 0, BOND, 0, 240000);
    const struct mld_life *life = world_fill(w, 0);
    for (int n = 1; n <= 8; n++) { /* 1 % a quarter of 240,000, 210,000 … 30,000 */
        assert_euros(life->capital[n], 30000);
        assert_euros(life->income[n], 2400 - 300 * (n - 1));
        assert_euros(life->outstanding[n], 240000 - 30000 * n);
    }
    assert_true(life->outstanding[8] == 0);
    assert_int_equal(life->last_period, 8);
    free(w);
}

/* ---- participating loan ---- */

static void linear_loan(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    struct mld_deal *deal = world_deal(w, 0, PARTICIPATING_LOAN, 2, 1e6);
    w->terms[PARTICIPATING_LOAN].participating_loan.profit_share = 0;
    const struct mld_life *life = world_fill(w, 0);
    for (int n = 1; n <= 9; n++)
        /* interest only, and the quarter of the first principal */
        assert_euros(life->income[2 + n], 10000);
    for (int n = 10; n <= 28; n++)
        assert_euros(life->income[2 + n], 10000 - 500 * (n - 9));
    for (int n = 1; n <= 28; n++) {
        assert_euros(life->capital[2 + n], n <= 8 ? 0 : 50000); /* a million in 20 quarters */
        assert_euros(life->outstanding[2 + n], n <= 8 ? 1e6 : 1e6 - 50000 * (n - 8));
        assert_euros(life->nav[2 + n], life->outstanding[2 + n]);
    }
    assert_euros(sum(life->income, 0, 47), 185000);
    assert_true(fabs(present_value(w, deal, 0.04060401)) < 0.01); /* 1.01^4 − 1 */

    w->terms[PARTICIPATING_LOAN].participating_loan.profit_share = 0.05;
    w->surplus[3] = -0.2; /* a year in deficit shares nothing */
    world_fill(w, 0);
    assert_euros(life->income[2 + 4], 10000 + 7500); /* 5 % of 15 % of a million */
    assert_euros(life->income[2 + 12], 8500);
    assert_euros(life->income[2 + 28], 500 + 7500); /* the last anniversary included */
    assert_euros(sum(life->income, 0, 47), 185000 + 6 * 7500);
    free(w);
}

static void annuity_loan(void **state)
{
    (void)state;
    struct world *w = world_create(12, 12);
    struct mld_terms *terms = &w->terms[PARTICIPATING_LOAN];
    terms->participating_loan.amortisation = MLD_LOAN_ANNUITY;
    terms->participating_loan.rate = 0.12;
    terms->participating_loan.maturity_years = 1;
    terms->participating_loan.grace_years = 0;
    terms->participating_loan.profit_share = 0;
    world_deal(w, 0, PARTICIPATING_LOAN, 0, 1e5);
    const struct mld_life *life = world_fill(w, 0);
    for (int n = 1; n <= 12; n++) /* A i / (1 − (1+i)^−12), i = 1 % */
        assert_euros(life->income[n] + life->capital[n], 8884.878867834171);
    oracle("Annuity of 100,000 € over 12 months at 12 %", "A i / (1 − (1+i)^−12) = 8,884.88 €",
           "1e-6 EUR", "%.6f EUR", life->income[1] + life->capital[1]);
    assert_euros(life->capital[1], 7884.878867834171);
    assert_euros(life->outstanding[6], 51492.10645801994);
    assert_true(life->outstanding[12] == 0);

    terms->participating_loan.rate = 0;
    terms->participating_loan.grace_years = 0.5;
    world_fill(w, 0);
    for (int n = 1; n <= 12; n++)
        assert_euros(life->capital[n], n <= 6 ? 0 : 1e5 / 6);
    assert_true(sum(life->income, 0, 12) == 0);
    free(w);
}

/* ---- convertible ---- */

static void convertible(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    struct mld_terms *terms = &w->terms[CONVERTIBLE];
    terms->convertible.value.volatility = 0;
    world_deal(w, 0, CONVERTIBLE, 5, 1e6);
    const struct mld_life *life = world_fill(w, 0);
    assert_euros(life->income[6], 10000);
    assert_euros(life->capital[29], 1440307.235311821); /* 0.8 e^(0.098 × 6) beats 1.04^6 */
    assert_int_equal(life->exit_period, -1);
    assert_int_equal(life->last_period, 29);

    terms->convertible.value.multiple_cap = 1.5; /* 0.8 × 1.5 = 1.2 does not */
    world_fill(w, 0);
    assert_euros(life->capital[29], 1265319.018496);
    terms->convertible.value.multiple_cap = 1.7;
    world_fill(w, 0);
    assert_euros(life->capital[29], 1360000);
    terms->convertible.value.growth = 0;
    terms->convertible.maturity_years = 5.75;
    world_fill(w, 0);
    assert_euros(life->capital[28], 1e6 * pow(1.04, 5.75));
    free(w);

    w = world_create(1, 12);
    w->terms[CONVERTIBLE].convertible.value.volatility = 0;
    w->terms[CONVERTIBLE].convertible.value.growth = 0;
    struct mld_deal *deal = world_deal(w, 0, CONVERTIBLE, 0, 1e6);
    world_fill(w, 0);
    /* 4 % coupon and 4 % premium, by bisection in 30 digits */
    assert_true(fabs(present_value(w, deal, 0.07648871798523558)) < 0.01);
    free(w);
}

/* ---- participating securities ---- */

static void participating_securities(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    struct mld_terms *terms = &w->terms[PARTICIPATING_SECURITIES];
    struct mld_deal *deal = world_deal(w, 0, PARTICIPATING_SECURITIES, 1, 1e6);
    terms->participating_securities.call_first = 1;
    terms->participating_securities.call_premium = 0.05;
    w->quality[1] = 3;
    w->quality[2] = -2;
    const struct mld_life *life = world_fill(w, 0);
    assert_euros(life->income[5], 24000 + 20000); /* 60 % at 4 %; 40 % at the cap of 5 %, not 8 % */
    assert_euros(life->income[9], 24000);         /* and at the floor of 0, not −2 % */
    assert_euros(life->income[13], 24000 + 8000);
    /* the coupon of the anniversary of the call is paid */
    assert_euros(life->income[29], 32000);
    assert_euros(life->capital[29], 1050000);
    assert_int_equal(life->last_period, 29);
    assert_int_equal(life->exit_period, -1);
    assert_true(life->income[6] == 0);

    terms->participating_securities.call_premium = 0;
    w->quality[1] = w->quality[2] = 0;
    world_fill(w, 0);
    assert_true(fabs(present_value(w, deal, 0.032)) < 0.01);

    /* the first anniversary at or after it is the eighth */
    terms->participating_securities.call_from_years = 7.5;
    world_fill(w, 0);
    assert_euros(life->capital[33], 1e6);

    terms->participating_securities.call_from_years = 7;
    terms->participating_securities.call_first = 0;
    terms->participating_securities.call_next = 0;
    terms->participating_securities.step_up = 0.01;
    world_fill(w, 0);
    assert_euros(life->income[1 + 28], 32000);
    /* two years after 7: 4 % + 2 points on 60 % */
    assert_euros(life->income[1 + 36], 0.6 * 60000 + 8000);
    /* alive in t_L: sold at 10 % below the nominal */
    assert_euros(life->capital[47], 900000);
    assert_euros(life->forced_discount, 100000);
    assert_int_equal(life->last_period, 47);
    assert_true(life->outstanding[47] == 0 && life->nav[47] == 0);
    assert_euros(life->outstanding[46], 1e6);
    assert_true(life->exit_loss == 0);
    free(w);
}

/* The issuer calls at the first anniversary a ≥ 7 whose own uniform is below the probability. */
static void calls_follow_their_uniforms(void **state)
{
    (void)state;
    struct world *w = world_create(4, 20);
    int seen_late = 0;
    for (uint64_t entity = 1; entity <= 50; entity++) {
        world_deal(w, 0, PARTICIPATING_SECURITIES, 0, 1e6)->entity = entity;
        const struct mld_life *life = world_fill(w, 0);
        int called = -1;
        for (int a = 7; a <= 19 && called < 0; a++)
            if (mld_draw_uniform(2027, MLD_STREAM_INSTRUMENT, 0, entity, (uint32_t)a) <
                (a == 7 ? 0.5 : 0.25))
                called = a;
        assert_int_equal(life->last_period, called < 0 ? 79 : 4 * called);
        assert_euros(life->capital[life->last_period], called < 0 ? 900000 : 1e6);
        seen_late += called > 8;
    }
    assert_true(seen_late > 0);
    free(w);
}

/* ---- association securities ---- */

static void association_securities(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    struct mld_terms *terms = &w->terms[ASSOCIATION_SECURITIES];
    struct mld_deal *deal = world_deal(w, 0, ASSOCIATION_SECURITIES, 6, 1e6);
    const struct mld_life *life = world_fill(w, 0);
    for (int a = 1; a <= 8; a++)
        assert_euros(life->income[6 + 4 * a], 50000);
    assert_euros(life->capital[6 + 32], 1e6); /* target 8 years; X(8) = 1.2 */
    assert_int_equal(life->last_period, 38);
    assert_true(fabs(present_value(w, deal, 0.05)) < 0.01);

    /* year 1 holds t0 = 6: cap −2 % + 5.5 points */
    w->row[0][3 + 1] = -0.02;
    world_fill(w, 0);
    assert_euros(life->income[10], 35000);
    assert_euros(life->income[38], 35000);

    terms->association_securities.target_years = 5;
    /* X ≥ 1 from the first year, but never before 7 years */
    w->surplus[1] = 3;
    world_fill(w, 0);
    assert_euros(life->capital[6 + 28], 1e6);

    for (int a = 0; a < WORLD_YEARS; a++)
        /* X(10) = 1: examined again each year */
        w->surplus[a] = 0.1;
    world_fill(w, 0);
    assert_int_equal(life->last_period, 6 + 40);
    assert_euros(life->capital[46], 1e6);
    assert_euros(sum(life->income, 0, 47), 350000);

    w->surplus[4] = -0.1; /* X reaches 1 at 12 years, after t_L */
    world_fill(w, 0);
    assert_euros(life->capital[47], 900000);
    assert_int_equal(life->exit_period, -1);
    free(w);
}

/* ---- cooperative shares ---- */

static void cooperative_shares(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    struct mld_terms *terms = &w->terms[COOPERATIVE_SHARES];
    terms->cooperative_shares.delay_max_years = 0;
    struct mld_deal *deal = world_deal(w, 0, COOPERATIVE_SHARES, 6, 1e6);
    const struct mld_life *life = world_fill(w, 0);
    for (int a = 1; a <= 7; a++)
        assert_euros(life->income[6 + 4 * a], 20000);
    assert_euros(life->capital[34], 1e6); /* never a gain */
    assert_int_equal(life->exit_period, 34);
    assert_euros(life->exit_proceeds, 1e6);
    assert_true(life->exit_loss == 0);
    assert_true(fabs(present_value(w, deal, 0.02)) < 0.01);

    w->surplus[1] = 0.03; /* 42.5 % of 3 % */
    w->surplus[2] = -0.1;
    double *r = w->row[0] + 3;
    /* anniversary 4 is in year 5: mean −0.6 % + 2 points */
    r[4] = -0.012, r[3] = -0.006, r[2] = 0.0;
    world_fill(w, 0);
    assert_euros(life->income[10], 12750);
    assert_euros(life->income[14], 0);
    assert_euros(life->income[22], 14000);
    free(w);
}

static void cooperative_shares_absorb_losses(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    struct mld_terms *terms = &w->terms[COOPERATIVE_SHARES];
    for (int a = 0; a < WORLD_YEARS; a++)
        w->surplus[a] = -0.1;
    terms->cooperative_shares.delay_max_years = 0;
    world_deal(w, 0, COOPERATIVE_SHARES, 0, 1e6);
    const struct mld_life *life = world_fill(w, 0);
    assert_euros(life->capital[28], 650000); /* 1 − 0.5 × 0.7 */
    assert_euros(life->exit_loss, 350000);
    terms->cooperative_shares.loss_absorption = 2;
    world_fill(w, 0);
    assert_true(life->capital[28] == 0);
    assert_euros(life->exit_loss, 1e6);
    terms->cooperative_shares.loss_absorption = 0.5;
    /* X counts complete years: six of them */
    terms->cooperative_shares.lock_years = 6.75;
    world_fill(w, 0);
    assert_euros(life->capital[27], 700000);
    /* alive in t_L: nominal less the discount, no exit */
    terms->cooperative_shares.lock_years = 12;
    world_fill(w, 0);
    assert_euros(life->capital[47], 900000);
    assert_int_equal(life->exit_period, -1);
    assert_true(life->exit_loss == 0);

    terms->cooperative_shares.lock_years = 7;
    /* nine values, the floor of nine times the uniform */
    terms->cooperative_shares.delay_max_years = 2;
    for (uint64_t entity = 1; entity <= 20; entity++) {
        w->deal[0].entity = entity;
        double u = mld_draw_uniform(2027, MLD_STREAM_INSTRUMENT, 0, entity, 0);
        world_fill(w, 0);
        assert_int_equal(life->exit_period, 28 + (int)floor(9 * u));
    }
    free(w);
}

/* ---- shares ---- */

static void shares_without_randomness(struct mld_terms *terms)
{
    terms->shares.value.volatility = 0;
    terms->shares.holding_sigma = 0;
}

static void shares(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    struct mld_terms *terms = &w->terms[SHARES];
    shares_without_randomness(terms);
    struct mld_deal *deal = world_deal(w, 0, SHARES, 7, 1e6);
    const struct mld_life *life = world_fill(w, 0);
    assert_int_equal(life->exit_period, 33);            /* 6.5 years */
    assert_euros(life->capital[33], 1890799.962303226); /* e^(0.098 × 6.5) */
    assert_euros(life->exit_proceeds, 1890799.962303226);
    assert_true(life->exit_loss == 0 && life->forced_discount == 0);
    assert_euros(life->nav[7], 1e6);
    assert_euros(life->nav[7 + 10], 1e6 * exp(0.098 * 2.5));
    assert_euros(life->outstanding[32], 1e6); /* cost, not value */
    assert_true(life->outstanding[33] == 0 && life->nav[33] == 0);
    assert_true(sum(life->income, 0, 47) == 0);
    assert_true(fabs(present_value(w, deal, 0.10296278510850775)) < 0.01); /* e^0.098 − 1 */
    assert_zero_outside(w, 7, 33);

    terms->shares.value.multiple_cap = 1.5;
    terms->shares.dividend_rate = 0.03;
    w->surplus[2] = -0.01;
    w->surplus[3] = 0;
    world_fill(w, 0);
    assert_euros(life->capital[33], 1.5e6);
    assert_euros(life->nav[32], 1.5e6);
    assert_euros(life->income[11], 30000);
    assert_true(life->income[15] == 0 && life->income[19] == 0);
    assert_euros(sum(life->income, 0, 47), 4 * 30000); /* anniversaries 1, 4, 5, 6 */

    /* clamp, and the dividend of the anniversary of the exit */
    terms->shares.holding_min = 7;
    world_fill(w, 0);
    assert_int_equal(life->exit_period, 35);
    assert_euros(life->income[35], 30000);
    terms->shares.holding_min = 1;
    terms->shares.holding_max = 5.1; /* 20.4 quarters */
    world_fill(w, 0);
    assert_int_equal(life->exit_period, 27);
    free(w);
}

static void shares_sold_below_cost(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    struct mld_terms *terms = &w->terms[SHARES];
    shares_without_randomness(terms);
    terms->shares.value.growth = -0.1;
    world_deal(w, 0, SHARES, 0, 1e6);
    const struct mld_life *life = world_fill(w, 0);
    assert_euros(life->exit_loss, 1e6 * (1 - exp(-0.65)));
    free(w);
}

/* A holding cut by t_L: valued at t_L, sold at a discount that is not part of the exit loss. */
static void shares_cut_by_the_end(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    struct mld_terms *terms = &w->terms[SHARES];
    shares_without_randomness(terms);
    terms->liquidation_discount = 0.25;
    world_deal(w, 0, SHARES, 27, 1e6);
    const struct mld_life *life = world_fill(w, 0);
    double value = 1e6 * exp(0.098 * 5);
    assert_int_equal(life->exit_period, 47);
    assert_euros(life->exit_proceeds, value);
    assert_euros(life->capital[47], 0.75 * value);
    assert_euros(life->forced_discount, 0.25 * value);
    assert_true(life->exit_loss == 0);
    assert_euros(life->nav[46], 1e6 * exp(0.098 * 4.75));

    /* 26 quarters end in t_L exactly: no forced sale */
    world_deal(w, 0, SHARES, 21, 1e6);
    world_fill(w, 0);
    assert_int_equal(life->exit_period, 47);
    assert_true(life->forced_discount == 0);

    world_deal(w, 0, SHARES, 47, 1e6); /* bought in t_L, as a scheme may */
    world_fill(w, 0);
    assert_euros(life->capital[47], 750000);
    assert_true(life->outstanding[47] == 0);
    free(w);
}

/*
 * The multiple against the formula of the model written period by period with the mathematical
 * library; relative rounding of exp and of sums of forty terms: 1e-13.
 */
static double multiple_by_the_page(const struct world *w, int t0, int n, int exit, double xi)
{
    const struct mld_value_terms *v = &w->terms[SHARES].shares.value;
    int m = w->plan.model.grid.periods_per_year;
    double s = 0, tau = (double)n / m, hold = (double)exit / m, counts[WORLD_YEARS] = { 0 },
           variance = 0;
    for (int u = t0 + 1; u <= t0 + n; u++) {
        s += (w->row[1][u / m] + 0.5 * w->row[2][u / m]) / m;
        counts[u / m] += 1;
    }
    for (int y = 0; y < WORLD_YEARS; y++)
        variance += counts[y] / m * counts[y] / m;
    double rho = v->equity_correlation, sigma = v->volatility, part = (double)n / exit;
    return exp(v->growth * tau -
               sigma * sigma / 2 * (rho * variance + (1 - rho) * hold * part * part) +
               sigma * (sqrt(rho) * s + sqrt(1 - rho) * sqrt(hold) * xi * part));
}

static void shares_follow_the_factors(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    struct mld_terms *terms = &w->terms[SHARES];
    terms->shares.holding_sigma = 0;
    /* over a norm of 1.2: weight 0.5 on the sector */
    w->plan.model.form[0].sector_weight = 0.6;
    w->plan.model.form[0].innovation_norm = 1.2;
    for (int y = 0; y < WORLD_YEARS; y++) {
        w->row[1][y] = sin(3 * y + 1);
        w->row[2][y] = cos(5 * y + 2);
    }
    w->xi[0] = -0.7;
    for (int t0 = 0; t0 < 8; t0++) {
        world_deal(w, 0, SHARES, t0, 1e6);
        const struct mld_life *life = world_fill(w, 0);
        for (int n = 1; n < 26; n++) {
            double expected = 1e6 * multiple_by_the_page(w, t0, n, 26, -0.7);
            assert_true(fabs(life->nav[t0 + n] / expected - 1) < 1e-13);
        }
        assert_true(
            fabs(life->capital[t0 + 26] / (1e6 * multiple_by_the_page(w, t0, 26, 26, -0.7)) - 1) <
            1e-13);

        /* converts for sure: the same multiple at six years */
        w->terms[CONVERTIBLE].convertible.conversion_ratio = 10;
        world_deal(w, 0, CONVERTIBLE, t0, 1e6);
        world_fill(w, 0);
        assert_true(
            fabs(life->capital[t0 + 24] / (1e7 * multiple_by_the_page(w, t0, 24, 24, -0.7)) - 1) <
            1e-13);
    }
    free(w);
}

static void holding_is_lognormal(void **state)
{
    (void)state;
    struct world *w = world_create(12, 40);
    w->terms[SHARES].shares.holding_min = 0;
    w->terms[SHARES].shares.holding_max = 39;
    for (uint64_t entity = 1; entity <= 20; entity++) {
        world_deal(w, 0, SHARES, 0, 1e6)->entity = entity;
        double z = mld_draw_normal(2027, MLD_STREAM_INSTRUMENT, 0, entity, 0);
        double years = 6.5 * exp(-0.35 * 0.35 / 2) * exp(0.35 * z);
        assert_int_equal(world_fill(w, 0)->exit_period, (int)lround(12 * years));
    }
    free(w);
}

/* ---- default ---- */

/* A loan of seven years with two of grace, from t0 = 4, defaulting at `period`. */
static const struct mld_life *defaulted_loan(struct world *w, int period)
{
    world_deal(w, 0, PARTICIPATING_LOAN, 4, 1e6);
    w->terms[PARTICIPATING_LOAN].participating_loan.profit_share = 0;
    w->default_period[0] = period;
    return world_fill(w, 0);
}

static void default_in_grace(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    const struct mld_life *life = defaulted_loan(w, 9);
    /* n = 1 … 4; nothing in the period of default */
    assert_euros(sum(life->income, 0, 47), 4 * 10000);
    assert_true(life->income[9] == 0);
    assert_euros(life->defaulted_outstanding, 1e6);
    assert_euros(life->recovery, 300000);
    assert_euros(life->default_loss, 700000);
    assert_int_equal(life->default_period, 9);
    assert_int_equal(life->recovery_period, 17); /* two years later */
    assert_euros(life->capital[17], 300000);
    assert_euros(sum(life->capital, 0, 47), 300000);
    assert_euros(life->outstanding[8], 1e6);
    assert_true(life->outstanding[9] == 0);
    for (int t = 9; t < 17; t++)
        assert_euros(life->nav[t], 300000);
    assert_true(life->nav[17] == 0);
    assert_int_equal(life->last_period, 17);
    assert_zero_outside(w, 4, 17);
    assert_true(life->recovery_rate == 0.30 && life->resolution == 0);
    free(w);
}

static void default_in_amortisation(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    const struct mld_life *life = defaulted_loan(w, 4 + 12); /* after three principals of 50,000 */
    assert_euros(life->defaulted_outstanding, 850000);
    assert_euros(life->capital[24], 255000);
    assert_euros(sum(life->capital, 0, 47), 3 * 50000 + 255000);
    /* the period of maturity: default wins */
    life = defaulted_loan(w, 4 + 28);
    assert_euros(life->defaulted_outstanding, 50000);
    assert_euros(sum(life->capital, 0, 47), 19 * 50000 + 15000);
    /* after the end: nothing to default on */
    life = defaulted_loan(w, 4 + 29);
    assert_int_equal(life->default_period, -1);
    assert_euros(sum(life->capital, 0, 47), 1e6);
    life = defaulted_loan(w, 5); /* the first period after t0 */
    assert_true(sum(life->income, 0, 47) == 0);
    assert_euros(life->outstanding[4], 1e6);
    free(w);
}

static void deal_after_default_is_not_made(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    assert_int_equal(defaulted_loan(w, 4)->made, 0);
    assert_int_equal(defaulted_loan(w, 2)->made, 0);
    assert_int_equal(defaulted_loan(w, 5)->made, 1);
    free(w);
}

static void recovery_past_the_end(void **state)
{
    (void)state;
    /* t_L = 39; the loan would end at 32 */
    struct world *w = world_create(4, 10);
    /* n = 19 at period 31: ten principals paid */
    world_deal(w, 0, PARTICIPATING_LOAN, 12, 1e6);
    w->terms[PARTICIPATING_LOAN].liquidation_discount = 0.15;
    w->default_period[0] = 31;
    const struct mld_life *life = world_fill(w, 0);
    assert_int_equal(life->recovery_period, 39); /* due in t_L: paid, not sold */
    assert_euros(life->capital[39], 150000);
    assert_true(life->forced_discount == 0);

    w->default_period[0] = 32;
    world_fill(w, 0);
    assert_int_equal(life->recovery_period, 39); /* due one period later: sold */
    assert_euros(life->recovery, 135000);        /* 30 % of 450,000 */
    assert_euros(life->capital[39], 0.85 * 135000);
    assert_euros(life->forced_discount, 0.15 * 135000);
    assert_euros(life->default_loss, 450000 - 135000); /* before the discount */
    assert_euros(life->nav[38], 135000);
    assert_true(life->nav[39] == 0);

    w->default_period[0] = 39; /* in t_L itself */
    world_fill(w, 0);
    assert_int_equal(life->default_period, 39);
    /* n = 27: eighteen principals paid before */
    assert_euros(life->defaulted_outstanding, 100000);
    assert_euros(life->capital[39], 0.85 * 30000);
    assert_true(life->income[39] == 0 && life->nav[39] == 0);

    w->terms[PARTICIPATING_LOAN].resolution[0].lag_periods = 0;
    world_fill(w, 0);
    /* no lag: paid in the period of default */
    assert_euros(life->capital[39], 30000);
    free(w);
}

static void default_of_shares(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    struct mld_terms *terms = &w->terms[SHARES];
    shares_without_randomness(terms);
    world_deal(w, 0, SHARES, 0, 1e6);
    /* the period of the exit: default wins */
    w->default_period[0] = 26;
    const struct mld_life *life = world_fill(w, 0);
    assert_int_equal(life->default_period, 26);
    assert_int_equal(life->exit_period, -1);
    assert_true(life->exit_proceeds == 0 && life->exit_loss == 0);
    assert_euros(life->defaulted_outstanding, 1e6); /* cost, not value */
    assert_euros(life->capital[34], 300000);
    assert_euros(sum(life->capital, 0, 47), 300000);
    w->default_period[0] = 27;
    world_fill(w, 0);
    assert_int_equal(life->default_period, -1);
    assert_int_equal(life->exit_period, 26);
    free(w);
}

static void default_before_a_forced_sale(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    world_deal(w, 0, BOND, 30, 1e6); /* six years from 30: past t_L */
    const struct mld_life *life = world_fill(w, 0);
    assert_euros(life->income[47], 16250); /* the flows of t_L first */
    assert_euros(life->capital[47], 900000);
    assert_euros(life->forced_discount, 100000);
    w->default_period[0] = 47;
    world_fill(w, 0);
    assert_true(life->income[47] == 0);
    assert_euros(life->capital[47], 0.9 * 300000);
    assert_euros(life->forced_discount, 30000);
    w->default_period[0] = 48; /* T: none */
    world_fill(w, 0);
    assert_int_equal(life->default_period, -1);
    free(w);
}

/* The issuer's uniform picks the first resolution whose cumulated probability exceeds it. */
static void resolutions_are_picked(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    struct mld_terms *terms = &w->terms[BOND];
    terms->n_resolutions = 2;
    terms->resolution[0] = (struct mld_resolution){
        .name = "plan", .probability = 1.0 / 3, .recovery_mean = 0.6, .lag_periods = 24
    };
    terms->resolution[1] = (struct mld_resolution){
        .name = "liquidation", .probability = 2.0 / 3, .recovery_mean = 0.1, .lag_periods = 8
    };
    world_deal(w, 0, BOND, 0, 1e6);
    w->default_period[0] = 10;
    w->resolution[0] = 0.333;
    const struct mld_life *life = world_fill(w, 0);
    assert_int_equal(life->resolution, 0);
    assert_euros(life->capital[34], 600000);
    assert_euros(life->nav[33], 600000);
    w->resolution[0] = 0.334;
    world_fill(w, 0);
    assert_int_equal(life->resolution, 1);
    assert_euros(life->capital[18], 100000);
    w->resolution[0] = 1 - 0x1p-53;
    terms->resolution[1].probability = 0.6;
    world_fill(w, 0);
    assert_int_equal(life->resolution, 1); /* rounding cannot fall off the list */
    free(w);
}

/* RR reads its table at V = √ρ_R Y(year of default) + √(1−ρ_R) ζ; NAV keeps the mean. */
static void recovery_follows_the_cycle(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    struct mld_quantile_table *table = mld_quantile_table_beta(0.3, 0.2);
    assert_non_null(table);
    w->terms[BOND].resolution[0].table = table;
    w->terms[BOND].resolution[0].recovery_sd = 0.2;
    w->plan.model.recovery_correlation = 0.1;
    world_deal(w, 0, BOND, 0, 1e6);
    w->default_period[0] = 10; /* year 2 */
    w->systematic[2] = -1.5;
    w->zeta[0] = 0.4;
    const struct mld_life *life = world_fill(w, 0);
    double expected = mld_quantile_table_at(table, sqrt(0.1) * -1.5 + sqrt(0.9) * 0.4);
    assert_true(life->recovery_rate == expected);
    assert_euros(life->capital[18], 1e6 * expected);
    assert_euros(life->nav[12], 300000);
    mld_quantile_table_free(table);
    free(w);
}

/*
 * A later deal of the same issuer reads the issuer's latest complete year, and adds surpluses from
 * its own t0.
 */
static void later_deal_of_an_issuer(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    /* two years and a quarter after the issuer's first deal */
    world_deal(w, 0, COOPERATIVE_SHARES, 9, 1e6);
    w->issuer[0].period = 0;
    w->terms[COOPERATIVE_SHARES].cooperative_shares.delay_max_years = 0;
    w->terms[COOPERATIVE_SHARES].cooperative_shares.lock_years = 3;
    for (int a = 0; a < WORLD_YEARS; a++)
        w->surplus[a] = a <= 2 ? -10 : 0.01 * a;
    w->surplus[4] = -0.3;
    const struct mld_life *life = world_fill(w, 0);
    assert_euros(life->income[13], 0.425 * 0.03 * 1e6); /* j = floor(13 / 4) = 3 */
    assert_true(life->income[17] == 0);                 /* j = 4 */
    assert_euros(life->income[21], 20000);              /* j = 5: 42.5 % of 5 %, above 2 % */
    assert_euros(life->capital[21], 1e6 * (1 + 0.5 * (0.03 - 0.3 + 0.05)));
    free(w);
}

/* A coupon on performance reads the same year of the issuer. */
static void later_coupon_of_an_issuer(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    world_deal(w, 0, PARTICIPATING_SECURITIES, 9, 1e6);
    w->issuer[0].period = 0;
    w->quality[1] = -1;
    w->quality[3] = 1;
    /* 40 % at 2 % + 2 %, the issuer's third year */
    assert_euros(world_fill(w, 0)->income[13], 24000 + 16000);
    free(w);
}

/*
 * Rows and draws are those of the deal's own path, form and sector: [path][form or sector][year].
 */
static void life_reads_its_own_rows(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    w->plan.model.n_forms = w->plan.model.factors.n_sectors = 2;
    w->plan.model.form[1] = (struct mld_form){ .sector_weight = 0.5, .innovation_norm = 2 };
    w->terms[SHARES].shares.value = (struct mld_value_terms){ .volatility = 0.2,
                                                              .equity_correlation = 1,
                                                              .multiple_cap = HUGE_VAL };
    w->terms[SHARES].shares.holding_sigma = 0;
    for (int row = 0; row < 4; row++)
        for (int y = 0; y < 12; y++) {
            w->row[1][row * WORLD_YEARS + y] = row + 1;
            w->row[2][row * WORLD_YEARS + y] = 10 * (row + 1);
        }
    struct mld_deal *deal = world_deal(w, 0, SHARES, 3, 1e6);
    deal->path = deal->form = 1;
    /*
     * One year: S = 1 of row [1][1] of forms, 4, and a quarter of row [1][0] of sectors, 30; v = 1.
     */
    assert_euros(world_fill(w, 0)->nav[7], 1e6 * exp(-0.02 + 0.2 * (4 + 0.25 * 30)));

    deal = world_deal(w, 0, ASSOCIATION_SECURITIES, 0, 1e6);
    deal->path = 1;
    w->row[0][WORLD_YEARS + 3] = -0.045;
    assert_euros(world_fill(w, 0)->income[4], 10000);

    deal = world_deal(w, 0, COOPERATIVE_SHARES, 0, 1e6);
    deal->path = 1;
    for (uint32_t first = 0; first < 20; first++) {
        mld_deal_fill(&w->plan.model, first, &w->rows, &w->portfolio, &w->outcomes, 0, &w->contract,
                      &w->life);
        double u = mld_draw_uniform(2027, MLD_STREAM_INSTRUMENT, first + 1, deal->entity, 0);
        assert_int_equal(w->life.exit_period, 28 + (int)floor(9 * u));
    }
    free(w);
}

/* ---- checks ---- */

static int refused(const struct mld_instrument *instrument, const struct mld_terms *terms,
                   const char *words)
{
    struct mld_messages messages;
    mld_messages_init(&messages);
    int mistakes = instrument->check(terms, "fund.cfg:12", &messages);
    int found = mistakes == 1 && messages.count == 1 && strstr(messages.text[0], words) != NULL &&
                strncmp(messages.text[0], "fund.cfg:12: ", 13) == 0;
    mld_messages_clear(&messages);
    return found;
}

/* Sets one number, asks for a refusal with these words, and puts the default back. */
#define assert_refused(instrument, field, bad, words)                     \
    do {                                                                  \
        struct mld_terms terms;                                           \
        world_default_terms((instrument), 4, &terms);                     \
        terms.field = (bad);                                              \
        assert_true(refused(mld_instruments[instrument], &terms, words)); \
    } while (0)

static void terms_above_the_law_are_refused(void **state)
{
    (void)state;
    assert_refused(PARTICIPATING_SECURITIES, participating_securities.variable_base, 0.41,
                   "R228-49");
    assert_refused(PARTICIPATING_SECURITIES, participating_securities.call_from_years, 6.9,
                   "L228-36");
    assert_refused(PARTICIPATING_SECURITIES, participating_securities.variable_floor, 0.06,
                   "variable_cap");
    assert_refused(ASSOCIATION_SECURITIES, association_securities.cap_margin, 0.056, "L213-13");
    assert_refused(PARTICIPATING_LOAN, participating_loan.grace_years, 7.0, "maturity_years");
    assert_refused(SHARES, shares.holding_min, 11.0, "holding_max");
    struct mld_terms terms;
    world_default_terms(ASSOCIATION_SECURITIES, 4, &terms);
    terms.association_securities.cap_margin = 0.03;
    terms.association_securities.issuer_option = 1;
    assert_int_equal(mld_instruments[ASSOCIATION_SECURITIES]->check(&terms, NULL, NULL), 0);
    terms.association_securities.cap_margin = 0.031;
    assert_true(refused(mld_instruments[ASSOCIATION_SECURITIES], &terms, "L213-13"));
    /* allowed: repaid at seven all the same */
    terms.association_securities.target_years = 3;
    terms.association_securities.issuer_option = 0;
    assert_int_equal(mld_instruments[ASSOCIATION_SECURITIES]->check(&terms, NULL, NULL), 0);
}

static void resolutions_are_checked_everywhere(void **state)
{
    (void)state;
    for (int i = 0; i < MLD_INSTRUMENTS; i++) {
        assert_refused(i, resolution[0].probability, 0.9, "sum to 0.9");
        assert_refused(i, resolution[0].recovery_sd, 0.46, "recovery_sd"); /* 0.4583² = 0.3 × 0.7 */
        struct mld_terms terms;
        world_default_terms(i, 4, &terms);
        terms.resolution[0].recovery_sd = 0.45;
        assert_int_equal(mld_instruments[i]->check(&terms, NULL, NULL), 0);
    }
}

static int tell(void **state)
{
    (void)state;
    oracle("Schedules, defaults, recoveries and forced sales of every instrument, by hand",
           "model, sections 4 and 5; arithmetic beside each line", "1e-6 EUR",
           "%ld amounts, largest deviation %.0e EUR", compared, furthest);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bullet_bond),
        cmocka_unit_test(linear_bond),
        cmocka_unit_test(linear_loan),
        cmocka_unit_test(annuity_loan),
        cmocka_unit_test(convertible),
        cmocka_unit_test(participating_securities),
        cmocka_unit_test(calls_follow_their_uniforms),
        cmocka_unit_test(association_securities),
        cmocka_unit_test(cooperative_shares),
        cmocka_unit_test(cooperative_shares_absorb_losses),
        cmocka_unit_test(shares),
        cmocka_unit_test(shares_sold_below_cost),
        cmocka_unit_test(shares_cut_by_the_end),
        cmocka_unit_test(shares_follow_the_factors),
        cmocka_unit_test(holding_is_lognormal),
        cmocka_unit_test(default_in_grace),
        cmocka_unit_test(default_in_amortisation),
        cmocka_unit_test(deal_after_default_is_not_made),
        cmocka_unit_test(recovery_past_the_end),
        cmocka_unit_test(default_of_shares),
        cmocka_unit_test(default_before_a_forced_sale),
        cmocka_unit_test(resolutions_are_picked),
        cmocka_unit_test(recovery_follows_the_cycle),
        cmocka_unit_test(later_deal_of_an_issuer),
        cmocka_unit_test(later_coupon_of_an_issuer),
        cmocka_unit_test(life_reads_its_own_rows),
        cmocka_unit_test(terms_above_the_law_are_refused),
        cmocka_unit_test(resolutions_are_checked_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, tell);
}
