/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fund against worked examples: tiers, calls, costs, reserve, carry. Amounts in euros. */
#include "support/files.h"
#include "support/fund_case.h"
#include "support/oracle.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <math.h>
#include <stdio.h>

#include "milliard/draws.h"
#include "milliard/numerics.h"

/* A cent of a cent: sums of some hundreds of millions of euros in doubles are right to 1e-7. */
#define EXACT 1e-6

#define near_eur(actual, expected) assert_float_equal_at(actual, expected, EXACT, #actual, __LINE__)

/* Largest deviation since an oracle was last told; those of worked examples until the end. */
static double furthest, furthest_by_hand;

static void start_oracle(void)
{
    widen(&furthest_by_hand, furthest);
    furthest = 0;
}

static void assert_float_equal_at(double actual, double expected, double tolerance,
                                  const char *what, int line)
{
    widen(&furthest, actual - expected);
    if (!(fabs(actual - expected) <= tolerance))
        fail_msg("line %d: %s is %.10f, expected %.10f", line, what, actual, expected);
}

/* Value of one series in one period of path 0. */
static double at(const struct fund_case *fund_case, double *series, int t)
{
    return *cell(fund_case, series, t, 0);
}

static double total(const struct fund_case *fund_case, double *series)
{
    double sum = 0.0;
    for (int t = 0; t < fund_case->plan->model.grid.periods; t++)
        sum += at(fund_case, series, t);
    return sum;
}

/* ---- published waterfalls ---- */

/* "key": number, in the object of the file whose name begins so. */
static double published(const char *json, const char *name, const char *key)
{
    char quoted[64];
    snprintf(quoted, sizeof quoted, "\"%s", name);
    const char *object = strstr(json, quoted);
    assert_non_null(object);
    snprintf(quoted, sizeof quoted, "\"%s\":", key);
    const char *field = strstr(object, quoted);
    assert_non_null(field);
    assert_true(field < strchr(object, '}'));
    return strtod(field + strlen(quoted), NULL);
}

struct worked_example {
    const char *name;
    double call[6], distributed;
    int exit;
    double catch_up;
};

static void one_worked_example(const char *json, const struct worked_example *example)
{
    double called = 0.0;
    for (int t = 0; t < 6; t++)
        called += example->call[t];
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(1, example->exit + 1, example->exit + 1, called, 0.0, 0.0);
    plan->fund.catch_up = example->catch_up;
    case_open(&fund, plan, 1);
    for (int t = 0; t < 6 && t <= example->exit; t++)
        *cell(&fund, fund.flows.invested, t, 0) = example->call[t];
    *cell(&fund, fund.flows.capital, example->exit, 0) = example->distributed;
    case_run(&fund);
    int t = example->exit;
    near_eur(tier_paid(&fund, 0, t, 0), published(json, example->name, "roc"));
    near_eur(tier_paid(&fund, 1, t, 0), published(json, example->name, "pref"));
    near_eur(tier_paid(&fund, 3, t, 0), published(json, example->name, "catchup_GP") +
                                            published(json, example->name, "catchup_LP"));
    near_eur(tier_paid(&fund, 4, t, 0), published(json, example->name, "split_GP") +
                                            published(json, example->name, "split_LP"));
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_A], t),
             published(json, example->name, "LP"));
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_C], t),
             published(json, example->name, "GP"));
    case_close(&fund);
}

/*
 * One call at the end of period 0 and everything back five periods later: 100 M€·(1.08^5 − 1) =
 * 46,932,807.68 €. The last note gives totals only; these calls are whole numbers that make its
 * preferred return.
 */
static void published_waterfalls(void **state)
{
    (void)state;
    static const struct worked_example examples[] = {
        { "W1 ", { 100e6 }, 200e6, 5, 1.0 },  { "W1b ", { 100e6 }, 200e6, 5, 0.0 },
        { "W1c ", { 100e6 }, 200e6, 5, 0.5 }, { "W1d ", { 100e6 }, 200e6, 5, 0.8 },
        { "W1e ", { 100e6 }, 150e6, 5, 1.0 }, { "W1f ", { 100e6 }, 140e6, 5, 1.0 },
        { "W2 ", { 50e6 }, 125e6, 5, 1.0 },   { "Locke", { 54.0, 14.0, 44.0, 4.0 }, 200.0, 4, 1.0 },
    };
    char *json = get_file(TEST_DATA "/fund/waterfall.json").bytes;
    start_oracle();
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        one_worked_example(json, &examples[i]);
    free(json);
    oracle("Whole-fund waterfalls tier by tier, 8 worked examples",
           "public worked examples, re-derived in exact fractions", "1e-6 EUR",
           "largest deviation %.0e EUR on 200 M€", furthest);
    furthest = 0;
}

/* ---- expected carry of one lognormal exit ---- */

struct one_exit {
    double multiple, sigma;
    int years;
    double catch_up, expected, tolerance;
};

enum { NODES = 64, PANELS = 4 };

/*
 * The exits of a panel of standard normals, as paths of one batch: 100 paid in, X = 100 M exp(σ
 * sqrt(T) z − σ² T/2).
 */
static double carry_of_panel(struct fund_case *fund, const struct one_exit *exit, double low,
                             double high)
{
    gsl_integration_glfixed_table *rule = gsl_integration_glfixed_table_alloc(NODES);
    double root = exit->sigma * sqrt(exit->years), weight[NODES], carry = 0.0;
    for (int i = 0; i < NODES; i++) {
        double z;
        gsl_integration_glfixed_point(low, high, (size_t)i, &z, &weight[i], rule);
        weight[i] *= exp(-0.5 * z * z) / sqrt(2.0 * M_PI);
        *cell(fund, fund->flows.invested, 0, i) = 100.0;
        *cell(fund, fund->flows.capital, exit->years, i) = 100.0 * exit->multiple *
                                                           exp(root * z - 0.5 * root * root);
    }
    gsl_integration_glfixed_table_free(rule);
    case_run(fund);
    for (int i = 0; i < NODES; i++)
        carry += weight[i] * *cell(fund, fund->flows.carry, exit->years, i);
    return carry;
}

/*
 * E carry = ∫ carry(X(z)) φ(z) dz. Carry is piecewise linear in X, with kinks at H = 100·1.08^T and
 * where the catch-up ends, K = H + (H − 100)/4: between the kinks the integrand is analytic and
 * Gauss–Legendre on 64 nodes is exact to rounding. What is above z = 12 is below 1e-25.
 */
static void expected_carry(void **state)
{
    (void)state;
    static const struct one_exit exits[] = {
        { 1.8, 0.35, 5, 1.0, 17.5915372567789, 1e-11 },
        { 1.8, 0.35, 5, 0.0, 13.5745359034499, 1e-11 },
        { 1.8, 0.60, 5, 1.0, 22.4739344865482, 1e-11 },
        { 1.2, 0.30, 4, 1.0, 6.62814388, 1e-8 },
        { 1.0, 0.60, 5, 1.0, 9.54039796, 1e-8 }, /* tolerance: the digits given */
    };
    start_oracle();
    for (size_t i = 0; i < sizeof exits / sizeof *exits; i++) {
        const struct one_exit *exit = &exits[i];
        struct fund_case fund;
        struct mld_plan *plan = fund_plan(1, exit->years + 1, exit->years + 1, 100.0, 0.0, 0.0);
        plan->fund.catch_up = exit->catch_up;
        case_open(&fund, plan, NODES);
        double root = exit->sigma * sqrt(exit->years), hurdle = 100.0 * pow(1.08, exit->years);
        double caught_up = hurdle + (hurdle - 100.0) / 4.0;
        double edge[PANELS + 1] = {
            -12.0, (log(hurdle / 100.0 / exit->multiple) + 0.5 * root * root) / root,
            (log(caught_up / 100.0 / exit->multiple) + 0.5 * root * root) / root, 5.0, 12.0
        };
        double carry = 0.0;
        for (int panel = 0; panel < PANELS; panel++)
            carry += carry_of_panel(&fund, exit, edge[panel], edge[panel + 1]);
        assert_float_equal_at(carry, exit->expected, exit->tolerance, "expected carry", __LINE__);
        case_close(&fund);
    }
    oracle(
        "Expected carry of one lognormal exit, 5 points, by quadrature over the fund's own tiers",
        "C(H) − 0.8 C(K), as published", "1e-11 of 100, or the digits given",
        "largest deviation %.0e", furthest);
    furthest = 0;
}

/* ---- a small fund by hand ---- */

struct flow {
    int t;
    double invested, income, capital, outstanding;
};

static void give(struct fund_case *fund, int n, const struct flow *flow)
{
    for (int i = 0; i < n; i++) {
        *cell(fund, fund->flows.invested, flow[i].t, 0) = flow[i].invested;
        *cell(fund, fund->flows.income, flow[i].t, 0) = flow[i].income;
        *cell(fund, fund->flows.capital, flow[i].t, 0) = flow[i].capital;
        *cell(fund, fund->flows.outstanding, flow[i].t, 0) = flow[i].outstanding;
    }
}

static void costs_of_small_fund(struct mld_fund_spec *fund)
{
    fund->setup = 0.01;
    fund->management_fee = 0.02;
    fund->management_fee_after = 0.015;
    fund->running_costs = 0.005;
    fund->recycling_limit = 0.05;
    fund->reserve_years = 1.0;
}

/*
 * One million in all, 990,000 of A. Year 0: 300,000 invested, set-up 10,000, fee 20,000, running
 * 5,000. Year 1: 112,000 come in, 25,000 of costs, 50,000 kept to be invested again, 37,000
 * distributed. Year 2: fee 1.5 % of 200,000; 8,000 of costs, as much kept. Year 3: the reserve pays
 * them. Year 4: all goes out.
 */
static void small_fund_by_year(void **state)
{
    (void)state;
    static const struct flow flow[] = {
        { 0, 300000.0, 0.0, 0.0, 300000.0 }, { 1, 0.0, 12000.0, 100000.0, 200000.0 },
        { 2, 0.0, 10000.0, 0.0, 200000.0 },  { 3, 0.0, 0.0, 0.0, 200000.0 },
        { 4, 0.0, 0.0, 500000.0, 0.0 },
    };
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(1, 6, 2, 990000.0, 0.0, 10000.0);
    plan->model.grid.last = 4;
    costs_of_small_fund(&plan->fund);
    case_open(&fund, plan, 1);
    give(&fund, 5, flow);
    case_run(&fund);
    const double fee[] = { 20000.0, 20000.0, 3000.0, 3000.0, 3000.0 },
                 other[] = { 15000.0, 5000.0, 5000.0, 5000.0, 5000.0 };
    const double call[] = { 335000.0, 0.0, 0.0, 0.0, 0.0 },
                 cash[] = { 0.0, 50000.0, 8000.0, 0.0, 0.0 };
    const double to_a[] = { 0.0, 37000.0, 44000.0, 0.0, 441050.0 },
                 to_c[] = { 0.0, 0.0, 0.0, 0.0, 50950.0 };
    for (int t = 0; t < 5; t++) {
        near_eur(at(&fund, fund.flows.management_fee, t), fee[t]);
        near_eur(at(&fund, fund.flows.other_cost, t), other[t]);
        near_eur(at(&fund, fund.flows.cost_paid, t), fee[t] + other[t]);
        near_eur(at(&fund, fund.flows.paid_management, t), fee[t]);
        near_eur(at(&fund, fund.flows.paid_other, t), other[t]);
        near_eur(at(&fund, fund.flows.cost_waiting, t), 0.0);
        near_eur(at(&fund, fund.flows.call, t), call[t]);
        near_eur(at(&fund, fund.flows.cash, t), cash[t]);
        near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_A], t), to_a[t]);
        near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_C], t), to_c[t]);
    }
    /*
     * A's account: ((331,650·1.08 − 37,000)·1.08 − 44,000)·1.08² = 353,275.219584; 250,650 of
     * capital not returned.
     */
    near_eur(tier_paid(&fund, 0, 4, 0), 250650.0);
    near_eur(tier_paid(&fund, 1, 4, 0), 102625.219584);
    near_eur(tier_paid(&fund, 2, 4, 0), 3350.0);
    near_eur(tier_paid(&fund, 3, 4, 0), 25656.304896);
    near_eur(tier_paid(&fund, 4, 4, 0), 109718.47552);
    /* 20 % of the profit of 238,000 after A's and C's capital */
    near_eur(at(&fund, fund.flows.carry, 4), 47600.0);
    /* Nothing happens after the last period. */
    near_eur(at(&fund, fund.flows.cost_paid, 5), 0.0);
    near_eur(at(&fund, fund.flows.management_fee, 5), 0.0);
    near_eur(at(&fund, fund.flows.cash, 5), 0.0);
    case_close(&fund);
}

/*
 * The same fund by quarter, one year of investment: a quarter of each rate a period; the fee after
 * the investment period is on the outstanding at the end of the quarter before; the reserve is four
 * quarters. The hurdle compounds by (1.08)^(1/4) a quarter: a call in quarter 0 owes 1.08^(19/4) in
 * quarter 19.
 */
static void small_fund_by_quarter(void **state)
{
    (void)state;
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(4, 5, 1, 990000.0, 0.0, 10000.0);
    costs_of_small_fund(&plan->fund);
    case_open(&fund, plan, 1);
    *cell(&fund, fund.flows.invested, 0, 0) = 400000.0;
    for (int t = 0; t < 19; t++)
        *cell(&fund, fund.flows.outstanding, t, 0) = t < 4 ? 400000.0 : 100000.0;
    *cell(&fund, fund.flows.capital, 4, 0) = 300000.0;
    *cell(&fund, fund.flows.capital, 19, 0) = 600000.0;
    case_run(&fund);
    near_eur(at(&fund, fund.flows.call, 0), 400000.0 + 10000.0 + 5000.0 + 1250.0);
    near_eur(at(&fund, fund.flows.call, 1), 6250.0);
    near_eur(at(&fund, fund.flows.management_fee, 3), 5000.0);
    near_eur(at(&fund, fund.flows.management_fee, 4), 1500.0); /* 400,000 after quarter 3 */
    near_eur(at(&fund, fund.flows.management_fee, 5), 375.0);
    near_eur(at(&fund, fund.flows.cash, 4), 4.0 * (1500.0 + 1250.0));
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_A], 4), 300000.0 - 2750.0 - 11000.0);
    /* The reserve is now worth more than four of the smaller costs: the difference goes out. */
    near_eur(at(&fund, fund.flows.cash, 5), 4.0 * (375.0 + 1250.0));
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_A], 5), 11000.0 - 1625.0 - 6500.0);
    /* Then it pays four quarters, and calls pay the others. */
    near_eur(at(&fund, fund.flows.cash, 9), 0.0);
    near_eur(at(&fund, fund.flows.call, 9), 0.0);
    near_eur(at(&fund, fund.flows.call, 10), 1625.0);
    near_eur(total(&fund, fund.flows.call), 416250.0 + 3.0 * 6250.0 + 9.0 * 1625.0);
    double q = pow(1.08, 0.25), owed = 0.0, share = 0.99;
    for (int t = 0; t <= 19; t++)
        owed = owed * q + share * at(&fund, fund.flows.call, t) -
               (t < 19 ? at(&fund, fund.flows.distribution[MLD_CLASS_A], t) : 0.0);
    double called = total(&fund, fund.flows.call), returned = 286250.0 + 2875.0,
           left = 600000.0 - 1625.0;
    near_eur(tier_paid(&fund, 0, 19, 0), share * called - returned);
    near_eur(tier_paid(&fund, 1, 19, 0), owed - (share * called - returned));
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_A], 19) +
                 at(&fund, fund.flows.distribution[MLD_CLASS_C], 19),
             left);
    case_close(&fund);
}

/* What comes in during the investment period pays the next investment before anything is called. */
static void cash_is_recycled(void **state)
{
    (void)state;
    static const struct flow flow[] = {
        { 0, 200000.0, 0.0, 0.0, 200000.0 },
        { 1, 0.0, 0.0, 130000.0, 70000.0 },
        { 2, 150000.0, 5000.0, 0.0, 220000.0 },
        { 4, 0.0, 0.0, 220000.0, 0.0 },
    };
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(1, 5, 3, 1000000.0, 0.0, 0.0);
    plan->fund.recycling_limit = 0.1;
    case_open(&fund, plan, 1);
    give(&fund, 4, flow);
    case_run(&fund);
    near_eur(at(&fund, fund.flows.cash, 1), 100000.0);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_A], 1), 30000.0);
    near_eur(at(&fund, fund.flows.call, 2), 45000.0);
    near_eur(at(&fund, fund.flows.cash, 2), 0.0);
    near_eur(total(&fund, fund.flows.call), 245000.0);
    case_close(&fund);
}

/*
 * All is called in year 0: costs wait, without interest, and are paid in the order guarantor,
 * other, management as money comes; nothing is distributed while one waits.
 */
static void costs_wait(void **state)
{
    (void)state;
    static const struct flow flow[] = {
        { 0, 970000.0, 0.0, 0.0, 970000.0 },
        { 2, 0.0, 12000.0, 0.0, 970000.0 },
        { 3, 0.0, 31000.0, 0.0, 970000.0 },
        { 4, 0.0, 0.0, 1000000.0, 0.0 },
    };
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(1, 5, 4, 1000000.0, 0.0, 0.0);
    plan->fund.management_fee = 0.02;
    plan->fund.running_costs = 0.01;
    case_open(&fund, plan, 1);
    give(&fund, 4, flow);
    *cell(&fund, fund.flows.guarantee_cost, 1, 0) = 4000.0;
    *cell(&fund, fund.flows.guarantee_cost, 2, 0) = 1000.0;
    case_run(&fund);
    near_eur(at(&fund, fund.flows.call, 0), 1000000.0);
    near_eur(at(&fund, fund.flows.cost_waiting, 1), 34000.0);
    near_eur(at(&fund, fund.flows.paid_guarantee, 2), 5000.0);
    near_eur(at(&fund, fund.flows.paid_other, 2), 7000.0);
    near_eur(at(&fund, fund.flows.paid_management, 2), 0.0);
    near_eur(at(&fund, fund.flows.cost_waiting, 2), 53000.0);
    near_eur(at(&fund, fund.flows.paid_other, 3), 23000.0);
    near_eur(at(&fund, fund.flows.paid_management, 3), 8000.0);
    near_eur(at(&fund, fund.flows.cost_waiting, 3), 52000.0);
    near_eur(total(&fund, fund.flows.call), 1000000.0);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_A], 3), 0.0);
    near_eur(at(&fund, fund.flows.cost_paid, 4), 62000.0);
    near_eur(at(&fund, fund.flows.cost_waiting, 4), 0.0);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_A], 4), 938000.0);
    case_close(&fund);
}

/*
 * The reserve counts the guarantee's fee, not the share of gains nor what is owed back; the payout
 * pays costs.
 */
static void guarantee_flows_count(void **state)
{
    (void)state;
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(1, 5, 1, 1000000.0, 0.0, 0.0);
    plan->fund.reserve_years = 2.0;
    plan->fund.running_costs = 0.001;
    case_open(&fund, plan, 1);
    *cell(&fund, fund.flows.invested, 0, 0) = 500000.0;
    *cell(&fund, fund.flows.payout, 2, 0) = 100000.0;
    *cell(&fund, fund.flows.guarantee_cost, 2, 0) = 9000.0;
    *cell(&fund, fund.flows.guarantee_fee, 2, 0) = 3000.0;
    case_run(&fund);
    near_eur(at(&fund, fund.flows.paid_guarantee, 2), 9000.0);
    near_eur(at(&fund, fund.flows.cash, 2), 2.0 * (3000.0 + 1000.0));
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_A], 2), 100000.0 - 10000.0 - 8000.0);
    case_close(&fund);
}

/* ---- class C ---- */

/*
 * 100,000 of A and 1,000 of C, m = 1, χ = 0.5, a score of 0.7: C gets 85 % of its carry. 101,000
 * invested in year 0 bring 150,000 in year 2: A's capital, A's yield 16,640, then C's capital,
 * 4,160 of catch-up and 20 % of the remaining 28,200, all set aside until year 4. Year 3's need of
 * 1,010 is taken from the carry in it rather than called, and the tiers count it as not given.
 */
static struct fund_case carry_before_year_5(int impact_to)
{
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(1, 6, 4, 102000.0, 0.0, 1020.0);
    plan->fund.impact_share = 0.5;
    plan->fund.score_mean = 0.7;
    plan->fund.impact_to = impact_to;
    case_open(&fund, plan, 1);
    *cell(&fund, fund.flows.invested, 0, 0) = 101000.0;
    *cell(&fund, fund.flows.capital, 2, 0) = 150000.0;
    *cell(&fund, fund.flows.invested, 3, 0) = 1010.0;
    *cell(&fund, fund.flows.capital, 5, 0) = 2010.0;
    case_run(&fund);
    return fund;
}

static void carry_waits_for_year_5(void **state)
{
    (void)state;
    struct fund_case fund = carry_before_year_5(MLD_IMPACT_TO_BENEFICIARY);
    double carry = 4160.0 + 0.2 * (150000.0 - 101000.0 - 16640.0 - 4160.0);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_A], 2), 150000.0 - 1000.0 - carry);
    near_eur(at(&fund, fund.flows.set_aside, 2), 1000.0 + carry);
    near_eur(at(&fund, fund.flows.cash, 2), 1000.0 + carry);
    near_eur(at(&fund, fund.flows.call, 3), 0.0);
    near_eur(at(&fund, fund.flows.aside_used, 3), 1010.0);
    carry -= 1010.0;
    near_eur(at(&fund, fund.flows.set_aside, 3), 1000.0 + carry);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_C], 3), 0.0);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_C], 4), 1000.0 + 0.85 * carry);
    near_eur(at(&fund, fund.flows.carry, 4), 0.85 * carry);
    near_eur(at(&fund, fund.flows.beneficiary, 4), 0.15 * carry);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_A], 4), 0.0);
    near_eur(at(&fund, fund.flows.set_aside, 4), 0.0);
    near_eur(at(&fund, fund.flows.cash, 4), 0.0);
    /*
     * Year 5: nothing was called that were to be returned, so the 1,010 are caught up, and 20 % of
     * the other 1,000.
     */
    near_eur(tier_paid(&fund, 0, 5, 0) + tier_paid(&fund, 1, 5, 0) + tier_paid(&fund, 2, 5, 0),
             0.0);
    near_eur(tier_paid(&fund, 3, 5, 0), 1010.0);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_A], 5), 800.0);
    near_eur(at(&fund, fund.flows.carry, 5), 0.85 * (1010.0 + 200.0));
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_C], 5), 0.85 * 1210.0);
    case_close(&fund);
}

/*
 * As above, but year 3 needs 12,820: the 10,800 that wait are used, C's capital too, and 2,020 are
 * called, 20 of them of C. Year 5 brings 30,000: A's 2,000 and nothing of yield, C's 1,020, then to
 * C until it has 20 % of the profit.
 */
static void all_that_waits_is_used_before_a_call(void **state)
{
    (void)state;
    struct fund_case fund;
    case_open(&fund, fund_plan(1, 6, 4, 150000.0, 0.0, 1500.0), 1);
    *cell(&fund, fund.flows.invested, 0, 0) = 101000.0;
    *cell(&fund, fund.flows.capital, 2, 0) = 150000.0;
    *cell(&fund, fund.flows.invested, 3, 0) = 12820.0;
    *cell(&fund, fund.flows.capital, 5, 0) = 30000.0;
    case_run(&fund);
    near_eur(at(&fund, fund.flows.aside_used, 3), 10800.0);
    near_eur(at(&fund, fund.flows.call, 3), 2020.0);
    near_eur(at(&fund, fund.flows.set_aside, 3), 0.0);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_C], 4), 0.0);
    near_eur(tier_paid(&fund, 0, 5, 0), 2000.0);
    near_eur(tier_paid(&fund, 2, 5, 0), 1020.0);
    near_eur(total(&fund, fund.flows.carry), 0.2 * (150000.0 + 30000.0 - 101000.0 - 12820.0));
    case_close(&fund);
}

/*
 * A list that gives C its capital before A its yield: 1,000 wait from year 2 on, when A has its
 * 100,000 back and lacks 16,640 of yield. Nothing comes until the date, year 4, when A's account is
 * 16,640·1.08² = 19,408.896: the 1,000 are A's.
 */
static void at_its_date_c_waits_for_a(void **state)
{
    (void)state;
    static const struct listed_tier tier[] = { { MLD_TIER_return_of_capital, MLD_TO_A_AND_B },
                                               { MLD_TIER_return_of_capital, MLD_TO_C },
                                               { MLD_TIER_preferred_return, MLD_TO_A_AND_B },
                                               { MLD_TIER_catch_up, MLD_TO_C },
                                               { MLD_TIER_split, MLD_TO_C } };
    static const double left_in_year_4[] = { 0.0, 18908.896 };
    for (int i = 0; i < 2; i++) {
        struct fund_case fund;
        case_open(&fund, fund_plan(1, 6, 4, 100000.0, 0.0, 1000.0), 1);
        set_tiers(&fund.plan->fund, 5, tier);
        mld_resolve_tiers(&fund.plan->fund);
        *cell(&fund, fund.flows.invested, 0, 0) = 101000.0;
        *cell(&fund, fund.flows.capital, 2, 0) = 101000.0;
        *cell(&fund, fund.flows.capital, 4, 0) = left_in_year_4[i];
        *cell(&fund, fund.flows.capital, 5, 0) = 60000.0;
        case_run(&fund);
        double served = i == 0 ? 1000.0 : 500.0,
               account = 16640.0 * 1.1664 - left_in_year_4[i] - served;
        near_eur(at(&fund, fund.flows.set_aside, 3), 1000.0);
        near_eur(at(&fund, fund.flows.aside_used, 4), served);
        near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_A], 4), left_in_year_4[i] + served);
        near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_C], 4), 1000.0 - served);
        near_eur(at(&fund, fund.flows.set_aside, 4), 0.0);
        /*
         * C's capital is still to be returned, A's yield counts in the profit that C has a share
         * of.
         */
        near_eur(tier_paid(&fund, 1, 5, 0), served);
        near_eur(tier_paid(&fund, 2, 5, 0), account * 1.08);
        near_eur(total(&fund, fund.flows.carry), 0.2 * (60000.0 + left_in_year_4[i]));
        case_close(&fund);
    }
}

/* A fund that ends before year 5 pays C at its end. */
static void c_is_paid_at_the_end_of_a_short_fund(void **state)
{
    (void)state;
    struct fund_case fund;
    case_open(&fund, fund_plan(1, 3, 2, 100000.0, 0.0, 1000.0), 1);
    *cell(&fund, fund.flows.invested, 0, 0) = 101000.0;
    *cell(&fund, fund.flows.capital, 1, 0) = 150000.0;
    case_run(&fund);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_C], 1), 0.0);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_C], 2), 1000.0 + 0.2 * 49000.0);
    case_close(&fund);
}

static void impact_share_to_a(void **state)
{
    (void)state;
    struct fund_case to_other = carry_before_year_5(MLD_IMPACT_TO_BENEFICIARY),
                     to_a = carry_before_year_5(MLD_IMPACT_TO_A);
    for (int t = 0; t < 6; t++) {
        double share = at(&to_other, to_other.flows.beneficiary, t);
        near_eur(at(&to_a, to_a.flows.impact_to_a, t), share);
        near_eur(at(&to_a, to_a.flows.beneficiary, t), 0.0);
        near_eur(at(&to_a, to_a.flows.distribution[MLD_CLASS_A], t),
                 at(&to_other, to_other.flows.distribution[MLD_CLASS_A], t) + share);
        near_eur(at(&to_a, to_a.flows.distribution[MLD_CLASS_C], t),
                 at(&to_other, to_other.flows.distribution[MLD_CLASS_C], t));
    }
    near_eur(at(&to_a, to_a.flows.impact_to_a, 4), 0.15 * (4160.0 + 0.2 * 28200.0 - 1010.0));
    case_close(&to_other);
    case_close(&to_a);
}

/* The score of a path is the quantile of the Beta at one normal of its own, whatever the batch. */
static void score_is_beta(void **state)
{
    (void)state;
    enum { PATHS = 40, FIRST = 17 };
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(1, 5, 4, 100.0, 0.0, 1.0);
    struct mld_quantile_table *table = mld_quantile_table_beta(0.7, 0.2);
    assert_non_null(table);
    plan->fund.score_table = table;
    plan->model.seed = 5;
    case_open(&fund, plan, PATHS);
    case_fill(&fund, FIRST);
    /*
     * Mean 0.7 and sd 0.2: α = 0.7 (0.7·0.3/0.04 − 1) = 2.975, β = 1.275. The table is right to
     * 1e-6.
     */
    for (int i = 0; i < PATHS; i++) {
        double z = mld_draw_normal(5, MLD_STREAM_IMPACT, (uint32_t)(FIRST + i), 0, 0);
        assert_float_equal_at(fund.flows.score[i],
                              gsl_cdf_beta_Pinv(gsl_cdf_ugaussian_P(z), 2.975, 1.275), 1e-6,
                              "score", __LINE__);
    }
    mld_quantile_table_free(table);
    case_close(&fund);
}

/* ---- class B ---- */

/*
 * 60,000 of A and 40,000 of B, all invested in year 0, hurdle 10 %. 50,000 in year 1 are A's alone.
 * In year 4: A's last 10,000, B's 40,000; A's yield 16,000·1.331 − 10,000, then B's 40,000·1.4641 −
 * 40,000; of the other 10,140, 7,465 of catch-up, and 2,675 shared 20 : 48 : 32.
 */
static void b_takes_the_first_losses(void **state)
{
    (void)state;
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(1, 5, 4, 60000.0, 40000.0, 0.0);
    plan->fund.hurdle = 0.1;
    plan->fund.first_loss = 1;
    case_open(&fund, plan, 2);
    for (int path = 0; path < 2; path++) {
        *cell(&fund, fund.flows.invested, 0, path) = 100000.0;
        *cell(&fund, fund.flows.capital, 1, path) = 50000.0;
        *cell(&fund, fund.flows.capital, 4, path) = path == 0 ? 90000.0 : 65000.0;
    }
    case_run(&fund);
    double *to_a = fund.flows.distribution[MLD_CLASS_A],
           *to_b = fund.flows.distribution[MLD_CLASS_B];
    near_eur(at(&fund, to_a, 1), 50000.0);
    near_eur(at(&fund, to_b, 1), 0.0);
    near_eur(at(&fund, to_a, 4), 10000.0 + 11296.0 + 1284.0);
    near_eur(at(&fund, to_b, 4), 40000.0 + 18564.0 + 856.0);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_C], 4), 7465.0 + 535.0);
    /* With 65,000 only, A's yield is whole and B's is what remains. */
    near_eur(*cell(&fund, to_a, 4, 1), 21296.0);
    near_eur(*cell(&fund, to_b, 4, 1), 65000.0 - 21296.0);
    case_close(&fund);
}

/*
 * Without it, capital is returned pro rata to what is not yet returned, and the rest pro rata to
 * paid-in.
 */
static void a_and_b_pro_rata(void **state)
{
    (void)state;
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(1, 5, 4, 60000.0, 40000.0, 1000.0);
    plan->fund.hurdle = 0.1;
    case_open(&fund, plan, 1);
    *cell(&fund, fund.flows.invested, 0, 0) = 101000.0;
    *cell(&fund, fund.flows.capital, 1, 0) = 50000.0;
    *cell(&fund, fund.flows.capital, 4, 0) = 91000.0;
    case_run(&fund);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_A], 1), 30000.0);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_B], 1), 20000.0);
    /*
     * Account (110,000 − 50,000)·1.331 = 79,860; C's 1,000; catch-up 29,860/4; 20 % of the other
     * 2,675.
     */
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_C], 4), 1000.0 + 7465.0 + 535.0);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_A], 4), 0.6 * 82000.0);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_B], 4), 0.4 * 82000.0);
    case_close(&fund);
}

/*
 * B's return is capped at 2 %: of 200,000 in year 4 it gets 40,000·1.02^4 and no more. A's yield is
 * 27,846; at a catch-up of one half, x = 0.2·31,143.2864/0.3 = 20,762.190933, half of it A's, B's
 * part included.
 */
static void b_is_capped(void **state)
{
    (void)state;
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(1, 5, 4, 60000.0, 40000.0, 0.0);
    plan->fund.hurdle = 0.1;
    plan->fund.catch_up = 0.5;
    plan->fund.capped_return = 1;
    plan->fund.cap = 0.02;
    case_open(&fund, plan, 1);
    *cell(&fund, fund.flows.invested, 0, 0) = 100000.0;
    *cell(&fund, fund.flows.capital, 4, 0) = 200000.0;
    case_run(&fund);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_B], 4), 43297.2864);
    near_eur(tier_paid(&fund, 3, 4, 0), 0.2 * 31143.2864 / 0.3);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_C], 4), 20000.0);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_A], 4), 136702.7136);
    case_close(&fund);
}

/*
 * Inside one payment B gets at most its account: 40 % of 100,000 would exceed 40,000·1.05^4 −
 * 40,000.
 */
static void cap_holds_inside_a_payment(void **state)
{
    (void)state;
    static const struct listed_tier tier[] = { { MLD_TIER_return_of_capital, MLD_TO_A_AND_B },
                                               { MLD_TIER_split, MLD_TO_A } };
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(1, 6, 4, 60000.0, 40000.0, 0.0);
    plan->fund.carry = 0.0;
    plan->fund.capped_return = 1;
    plan->fund.cap = 0.05;
    set_tiers(&plan->fund, 2, tier);
    case_open(&fund, plan, 1);
    *cell(&fund, fund.flows.invested, 0, 0) = 100000.0;
    *cell(&fund, fund.flows.capital, 4, 0) = 200000.0;
    *cell(&fund, fund.flows.capital, 5, 0) = 7000.0;
    case_run(&fund);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_B], 4), 48620.25);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_A], 4), 151379.75);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_B], 5), 0.0);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_A], 5), 7000.0);
    case_close(&fund);
}

/* The order of the list is the order of payment: A alone first, then B. */
static void tiers_in_the_order_given(void **state)
{
    (void)state;
    static const struct listed_tier tier[] = {
        { MLD_TIER_return_of_capital, MLD_TO_A },
        { MLD_TIER_preferred_return, MLD_TO_A },
        { MLD_TIER_return_of_capital, MLD_TO_B },
        { MLD_TIER_preferred_return, MLD_TO_B },
        { MLD_TIER_split, MLD_TO_A },
    };
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(1, 5, 4, 60000.0, 40000.0, 0.0);
    plan->fund.hurdle = 0.1;
    set_tiers(&plan->fund, 5, tier);
    case_open(&fund, plan, 1);
    *cell(&fund, fund.flows.invested, 0, 0) = 100000.0;
    *cell(&fund, fund.flows.capital, 4, 0) = 120000.0;
    case_run(&fund);
    near_eur(tier_paid(&fund, 0, 4, 0), 60000.0);
    near_eur(tier_paid(&fund, 1, 4, 0), 27846.0);
    near_eur(tier_paid(&fund, 2, 4, 0), 32154.0);
    near_eur(tier_paid(&fund, 3, 4, 0), 0.0);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_B], 4), 32154.0);
    case_close(&fund);
}

/*
 * A list may pay the yield before the capital: the yield is then what exceeds the capital, still to
 * come.
 */
static void yield_before_capital(void **state)
{
    (void)state;
    static const struct listed_tier tier[] = {
        { MLD_TIER_preferred_return, MLD_TO_A_AND_B },
        { MLD_TIER_return_of_capital, MLD_TO_A_AND_B },
        { MLD_TIER_split, MLD_TO_A },
    };
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(1, 5, 4, 60000.0, 40000.0, 0.0);
    plan->fund.hurdle = 0.1;
    set_tiers(&plan->fund, 3, tier);
    case_open(&fund, plan, 1);
    *cell(&fund, fund.flows.invested, 0, 0) = 100000.0;
    *cell(&fund, fund.flows.capital, 1, 0) = 25000.0;
    *cell(&fund, fund.flows.capital, 2, 0) = 8500.0;
    case_run(&fund);
    near_eur(tier_paid(&fund, 0, 1, 0), 10000.0);
    near_eur(tier_paid(&fund, 1, 1, 0), 15000.0);
    near_eur(tier_paid(&fund, 0, 2, 0), 8500.0); /* 10 % of the 85,000 that are left */
    near_eur(tier_paid(&fund, 1, 2, 0), 0.0);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_B], 1), 10000.0);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_B], 2), 3400.0);
    case_close(&fund);
}

/*
 * A capped B that was paid profit before its capital gets its account, not its capital:
 * 40,000·1.02^4 less 40 % of A and B's half of the catch-up x = 0.2·27,846/0.3 = 18,564.
 */
static void cap_holds_for_capital(void **state)
{
    (void)state;
    static const struct listed_tier tier[] = {
        { MLD_TIER_return_of_capital, MLD_TO_A },
        { MLD_TIER_preferred_return, MLD_TO_A },
        { MLD_TIER_catch_up, MLD_TO_A },
        { MLD_TIER_return_of_capital, MLD_TO_B },
        { MLD_TIER_split, MLD_TO_A },
    };
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(1, 5, 4, 60000.0, 40000.0, 0.0);
    plan->fund.hurdle = 0.1;
    plan->fund.catch_up = 0.5;
    plan->fund.capped_return = 1;
    plan->fund.cap = 0.02;
    set_tiers(&plan->fund, 5, tier);
    case_open(&fund, plan, 1);
    *cell(&fund, fund.flows.invested, 0, 0) = 100000.0;
    *cell(&fund, fund.flows.capital, 4, 0) = 200000.0;
    case_run(&fund);
    near_eur(tier_paid(&fund, 2, 4, 0), 18564.0);
    near_eur(tier_paid(&fund, 3, 4, 0), 40000.0 * 1.08243216 - 0.4 * 9282.0);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_B], 4), 43297.2864);
    case_close(&fund);
}

/*
 * All profit counts in the catch-up, that of an earlier split too. Year 1: 1,000 called in year 0
 * bring 2,080: yield 80, catch-up 20, 980 shared, so that A's account is at −784. Year 5: 10,000
 * invested in year 2, of which 216 are C's that waited and 9,784 called, bring 20,000; the account
 * is 9,784·1.08³ − 784·1.08⁴ = 11,258.39886…, the yield what exceeds 9,784, the catch-up a quarter
 * of it and of the 864 of profit that A kept.
 */
static void profit_is_counted_since_the_start(void **state)
{
    (void)state;
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(1, 6, 6, 11000.0, 0.0, 0.0);
    case_open(&fund, plan, 1);
    *cell(&fund, fund.flows.invested, 0, 0) = 1000.0;
    *cell(&fund, fund.flows.capital, 1, 0) = 2080.0;
    *cell(&fund, fund.flows.invested, 2, 0) = 10000.0;
    *cell(&fund, fund.flows.capital, 5, 0) = 20000.0;
    case_run(&fund);
    near_eur(tier_paid(&fund, 3, 1, 0), 20.0);
    near_eur(tier_paid(&fund, 4, 1, 0), 980.0);
    near_eur(tier_paid(&fund, 1, 5, 0), 9784.0 * 1.259712 - 784.0 * 1.36048896 - 9784.0);
    near_eur(tier_paid(&fund, 3, 5, 0), (tier_paid(&fund, 1, 5, 0) + 864.0) / 4.0);
    near_eur(total(&fund, fund.flows.carry), 0.2 * (1080.0 + 10000.0));
    case_close(&fund);
}

/* A catch-up share equal to the carry never catches up: as without one, the hurdle is hard. */
static void equal_catch_up_is_a_hard_hurdle(void **state)
{
    (void)state;
    double carry[2];
    for (int i = 0; i < 2; i++) {
        struct fund_case fund;
        struct mld_plan *plan = fund_plan(1, 6, 6, 100.0, 0.0, 0.0);
        plan->fund.catch_up = i == 0 ? 0.0 : 0.2;
        case_open(&fund, plan, 1);
        *cell(&fund, fund.flows.invested, 0, 0) = 100.0;
        *cell(&fund, fund.flows.capital, 5, 0) = 200.0;
        case_run(&fund);
        near_eur(tier_paid(&fund, 3, 5, 0), 0.0);
        carry[i] = total(&fund, fund.flows.carry);
        case_close(&fund);
    }
    near_eur(carry[0], 0.2 * (200.0 - 146.93280768));
    assert_true(carry[0] == carry[1]);
}

/* What no tier takes stays in the cash, and the check tells it at the end. */
static void money_without_a_tier_stays(void **state)
{
    (void)state;
    static const struct listed_tier tier[] = { { MLD_TIER_return_of_capital, MLD_TO_A_AND_B } };
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(1, 5, 4, 1000.0, 0.0, 0.0);
    set_tiers(&plan->fund, 1, tier);
    case_open(&fund, plan, 1);
    *cell(&fund, fund.flows.invested, 0, 0) = 1000.0;
    *cell(&fund, fund.flows.capital, 3, 0) = 1500.0;
    case_fill(&fund, 0);
    near_eur(at(&fund, fund.flows.distribution[MLD_CLASS_A], 3), 1000.0);
    near_eur(at(&fund, fund.flows.cash, 3), 500.0);
    near_eur(at(&fund, fund.flows.cash, 4), 500.0);
    assert_string_equal(check_of(&fund).what, "the fund's last cash is not distributed");
    case_close(&fund);
}

/* ---- terms of a tier's own ---- */

/* 1,000 in at the end of year 0, 2,500 back at the end of year 5, as tiers or the fund say. */
static void own_terms_case(struct fund_case *fund, double own_hurdle, double own_catch_up,
                           double own_carry)
{
    struct mld_plan *plan = fund_plan(1, 6, 5, 1000.0, 0.0, 0.0);
    case_open(fund, plan, 1);
    plan->fund.tier[1].rate = own_hurdle;
    plan->fund.tier[3].share = own_catch_up;
    plan->fund.tier[3].carry = plan->fund.tier[4].carry = own_carry;
    *cell(fund, fund->flows.invested, 0, 0) = 1000.0;
    *cell(fund, fund->flows.capital, 5, 0) = 2500.0;
    case_run(fund);
}

/*
 * A hurdle of 10 %: 1,000·(1.1^5 − 1) = 610.51. Half to C until it has 30 % of the profit:
 * 0.5 x = 0.3 (610.51 + x), x = 915.765; then 2500 − 1000 − 610.51 − 915.765 < 0, so that the
 * catch-up takes the 889.49 that are left, 444.745 of it for C.
 */
static void tiers_have_terms_of_their_own(void **state)
{
    (void)state;
    struct fund_case own;
    own_terms_case(&own, 0.1, 0.5, 0.3);
    near_eur(tier_paid(&own, 1, 5, 0), 610.51);
    near_eur(tier_paid(&own, 3, 5, 0), 889.49);
    near_eur(total(&own, own.flows.carry), 444.745);
    case_close(&own);
}

/* The same numbers, said by the fund or by the tiers, give the same bits. */
static void terms_of_tiers_are_those_of_the_fund(void **state)
{
    (void)state;
    struct fund_case own, fund;
    struct mld_plan *plan = fund_plan(1, 6, 5, 1000.0, 0.0, 0.0);
    plan->fund.hurdle = 0.06;
    plan->fund.catch_up = 0.7;
    plan->fund.carry = 0.15;
    case_open(&fund, plan, 1);
    *cell(&fund, fund.flows.invested, 0, 0) = 1000.0;
    *cell(&fund, fund.flows.capital, 5, 0) = 2500.0;
    case_run(&fund);
    own_terms_case(&own, 0.06, 0.7, 0.15);
    for (int i = 0; i < 5; i++)
        for (int t = 0; t < 6; t++)
            assert_true(tier_paid(&own, i, t, 0) == tier_paid(&fund, i, t, 0));
    assert_true(total(&own, own.flows.carry) == total(&fund, fund.flows.carry));
    case_close(&own);
    case_close(&fund);
}

/* Each part of the profit has its k: a catch-up to 10 %, 25 % of what is left. */
static void each_tier_has_its_carry(void **state)
{
    (void)state;
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(1, 6, 5, 1000.0, 0.0, 0.0);
    plan->fund.tier[3].carry = 0.1;
    plan->fund.tier[4].carry = 0.25;
    plan->fund.hurdle = 0.1;
    case_open(&fund, plan, 1);
    *cell(&fund, fund.flows.invested, 0, 0) = 1000.0;
    *cell(&fund, fund.flows.capital, 5, 0) = 2500.0;
    case_run(&fund);
    double caught_up = 610.51 / 9; /* x = 0.1 (610.51 + x) */
    near_eur(tier_paid(&fund, 3, 5, 0), caught_up);
    near_eur(total(&fund, fund.flows.carry), caught_up + 0.25 * (2500.0 - 1610.51 - caught_up));
    case_close(&fund);
}

/* The account of a class grows at the rate of the first tier that pays its yield. */
static void each_class_has_its_rate(void **state)
{
    (void)state;
    static const struct listed_tier tier[] = {
        { MLD_TIER_return_of_capital, MLD_TO_A_AND_B },
        { MLD_TIER_preferred_return, MLD_TO_A },
        { MLD_TIER_preferred_return, MLD_TO_B },
        { MLD_TIER_return_of_capital, MLD_TO_C },
        { MLD_TIER_split, MLD_TO_C },
    };
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(1, 6, 5, 600.0, 400.0, 0.0);
    set_tiers(&plan->fund, 5, tier);
    plan->fund.tier[1].rate = 0.1;
    plan->fund.tier[2].rate = 0.05;
    case_open(&fund, plan, 1);
    *cell(&fund, fund.flows.invested, 0, 0) = 1000.0;
    *cell(&fund, fund.flows.capital, 5, 0) = 2500.0;
    case_run(&fund);
    near_eur(tier_paid(&fund, 1, 5, 0), 600.0 * 0.61051);
    near_eur(tier_paid(&fund, 2, 5, 0), 400.0 * 0.2762815625);
    plan->fund.capped_return = 1;
    plan->fund.cap = 0.02;
    assert_true(mld_fund_hurdle(&plan->fund, MLD_CLASS_A).rate == 0.1);
    assert_true(mld_fund_hurdle(&plan->fund, MLD_CLASS_B).rate == 0.02);
    case_close(&fund);
}

/* ---- pacing ---- */

/*
 * Takahashi and Alexander's model has contributions and distributions paid one beside the other;
 * here what comes in pays first. The investors' cumulated position is the same in every year, and
 * so is the last multiple.
 */
static void takahashi_alexander(void **state)
{
    (void)state;
    enum { YEARS = 15 };
    struct fund_case fund;
    struct mld_plan *plan = fund_plan(1, YEARS, YEARS, 100.0, 0.0, 0.0);
    plan->fund.carry = 0.0;
    case_open(&fund, plan, 1);
    start_oracle();
    FILE *file = fopen(TEST_DATA "/fund/takahashi_alexander_base_vc_1_3.csv", "r");
    assert_non_null(file);
    char line[512];
    double paid[YEARS], received[YEARS];
    int n = 0;
    while (fgets(line, sizeof line, file)) {
        int year;
        if (sscanf(line, "%d,%*f,%lf,%*f,%lf", &year, &paid[n < YEARS ? n : 0],
                   &received[n < YEARS ? n : 0]) != 3)
            continue;
        assert_int_equal(year, n + 1);
        *cell(&fund, fund.flows.invested, n, 0) = paid[n];
        *cell(&fund, fund.flows.capital, n, 0) = received[n];
        n++;
    }
    fclose(file);
    assert_int_equal(n, YEARS);
    case_run(&fund);
    double position = 0.0, expected = 0.0;
    for (int t = 0; t < YEARS; t++) {
        position += at(&fund, fund.flows.distribution[MLD_CLASS_A], t) -
                    at(&fund, fund.flows.call, t);
        expected += received[t] - paid[t];
        assert_float_equal_at(position, expected, 1e-11, "position of the investors", __LINE__);
        assert_float_equal_at(at(&fund, fund.flows.call, t),
                              paid[t] > received[t] ? paid[t] - received[t] : 0.0, 1e-12, "call",
                              __LINE__);
    }
    oracle("Calls and investors' position of given flows", "Takahashi, Alexander 2001, base case",
           "1e-11 of 100", "largest deviation %.0e", furthest);
    furthest = 0;
    case_close(&fund);
}

/* ---- taking the pools and the guarantee ---- */

enum { TAKE_PATHS = 11, TAKE_WIDTH = 16, TAKE_PERIODS = 20 };

/* Period t of what is taken on eleven paths, nothing on the others; nothing at all when not
 * `taken`. */
static void assert_taken(const struct fund_case *fund, int t, int taken, int with)
{
    const struct mld_fund_flows *flows = &fund->flows;
    assert_int_equal(flows->width, TAKE_WIDTH);
    for (int path = 0; path < flows->width; path++) {
        double made = taken && path < TAKE_PATHS ? 1.0 : 0.0,
               place = made * (t * TAKE_WIDTH + path);
        double by_guarantee = with ? made : 0.0;
        assert_true(*cell(fund, flows->invested, t, path) == place);
        assert_true(*cell(fund, flows->income, t, path) == made * 1000.0 + place);
        assert_true(*cell(fund, flows->capital, t, path) == made * 2000.0 + place);
        assert_true(*cell(fund, flows->nav_deals, t, path) == made * 3000.0 + place);
        assert_true(*cell(fund, flows->outstanding, t, path) == made * 4000.0 + place);
        assert_true(*cell(fund, flows->payout, t, path) == by_guarantee * (5000.0 + place));
        assert_true(*cell(fund, flows->guarantee_fee, t, path) == by_guarantee * (6000.0 + place));
        assert_true(*cell(fund, flows->guarantee_cost, t, path) ==
                    by_guarantee * (21000.0 + 3.0 * place));
    }
}

/* Each period in its turn, with a guarantee and then without: what was taken before stays, what
 * comes later is not there yet. */
static void periods_are_taken_one_by_one(void **state)
{
    (void)state;
    static double cells[9][TAKE_WIDTH * TAKE_PERIODS];
    for (int s = 0; s < 9; s++)
        for (int i = 0; i < TAKE_WIDTH * TAKE_PERIODS; i++)
            cells[s][i] = i % TAKE_WIDTH < TAKE_PATHS ? 1000.0 * s + i : 0.0;
    struct mld_pools pools = { .width = TAKE_WIDTH,
                               .periods = TAKE_PERIODS,
                               .invested = cells[0],
                               .income = cells[1],
                               .capital = cells[2],
                               .nav = cells[3],
                               .outstanding = cells[4] };
    struct mld_guarantee_flows guarantee = { .width = TAKE_WIDTH,
                                             .stride = TAKE_WIDTH,
                                             .payout = cells[5],
                                             .fee_fund = cells[6],
                                             .upside = cells[7],
                                             .owed_back = cells[8] };
    struct fund_case fund;
    case_open(&fund, fund_plan(4, 5, 4, 100.0, 0.0, 1.0), TAKE_WIDTH);
    for (int with = 1; with >= 0; with--)
        for (int now = 0; now < TAKE_PERIODS; now++) {
            mld_fund_take(&fund.flows, now, &pools, with ? &guarantee : NULL);
            for (int t = 0; t < TAKE_PERIODS; t++)
                assert_taken(&fund, t, !with || t <= now, with || t > now);
        }
    case_close(&fund);
}

/* ---- the check itself ---- */

struct fault {
    double *series;
    int t, path;
    double amount;
    const char *said;
    int period;
};

/* Each identity, broken by hand on path 3 (and on path 5, which must not be the one told). */
static void check_finds_each_fault(void **state)
{
    (void)state;
    struct fund_case fund;
    case_open(&fund, fund_plan(1, 7, 4, 99000.0, 0.0, 1000.0), 12);
    fund.plan->fund.running_costs = 0.01;
    for (int path = 0; path < 12; path++) {
        *cell(&fund, fund.flows.invested, 0, path) = 50000.0;
        *cell(&fund, fund.flows.capital, 5, path) = 90000.0;
        *cell(&fund, fund.flows.capital, 6, path) = 2000.0;
    }
    case_run(&fund);
    struct mld_fund_flows *flows = &fund.flows;
    const struct fault faults[] = {
        { flows->cash, 5, 3, 0.01, "money", 5 },
        { flows->distribution[MLD_CLASS_A], 5, 3, NAN, "money", 5 },
        { flows->cost_paid, 2, 3, 1.0, "money", 2 },
        { flows->cost_waiting, 2, 3, 1.0, "waiting", 2 },
        { flows->call, 1, 3, 60000.0, "money", 1 },
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        double *broken = cell(&fund, faults[i].series, faults[i].t, 3),
               *later = cell(&fund, faults[i].series, 0, 5);
        double kept = *broken, kept_later = *later;
        *broken += faults[i].amount;
        *later += faults[i].amount;
        struct mld_violation violation = check_of(&fund);
        if (!violation.what || !strstr(violation.what, faults[i].said) || violation.path != 3 ||
            violation.period != faults[i].period)
            fail_msg("fault %zu: %s, path %u, period %d", i,
                     violation.what ? violation.what : "nothing", violation.path, violation.period);
        *broken = kept;
        *later = kept_later;
        assert_null(check_of(&fund).what);
    }
    case_close(&fund);
}

/* Moves an amount between two series of a period, so that money in and out still agree. */
static void check_moved(struct fund_case *fund, double *from, double *to, int t, double amount,
                        const char *said)
{
    *cell(fund, from, t, 0) -= amount;
    *cell(fund, to, t, 0) += amount;
    struct mld_violation violation = check_of(fund);
    if (!violation.what || !strstr(violation.what, said))
        fail_msg("expected \"%s\", found \"%s\"", said,
                 violation.what ? violation.what : "nothing");
    *cell(fund, from, t, 0) += amount;
    *cell(fund, to, t, 0) -= amount;
    assert_null(check_of(fund).what);
}

static void check_finds_misplaced_money(void **state)
{
    (void)state;
    struct fund_case fund;
    case_open(&fund, fund_plan(1, 7, 4, 99000.0, 0.0, 1000.0), 1);
    *cell(&fund, fund.flows.invested, 0, 0) = 100000.0;
    *cell(&fund, fund.flows.capital, 2, 0) = 30000.0;
    *cell(&fund, fund.flows.capital, 5, 0) = 40000.0;
    *cell(&fund, fund.flows.capital, 6, 0) = 90000.0;
    case_run(&fund);
    struct mld_fund_flows *flows = &fund.flows;
    double *to_a = flows->distribution[MLD_CLASS_A], *to_c = flows->distribution[MLD_CLASS_C];
    check_moved(&fund, to_a, to_c, 5, 1.0, "lacks capital or hurdle");
    check_moved(&fund, to_a, to_c, 2, 1.0, "lacks capital or hurdle");
    check_moved(&fund, to_a, flows->cash, 6, 1.0, "last cash");
    check_moved(&fund, flows->cash, to_a, 6, 1.0, "negative");
    /* An investment that cannot be paid leaves the cash below zero. */
    *cell(&fund, flows->invested, 0, 0) = 100001.0;
    case_fill(&fund, 0);
    assert_non_null(strstr(check_of(&fund).what, "negative"));
    /* A violation already told stays, unless a lower path has one. */
    struct mld_violation violation = { .what = "earlier", .path = 4 };
    case_check(&fund, 6, MLD_WITH, &violation);
    assert_string_equal(violation.what, "earlier");
    case_check(&fund, 2, MLD_WITH, &violation);
    assert_int_equal(violation.path, 2);
    assert_int_equal(violation.design, MLD_WITH);
    case_close(&fund);
}

/* What is early but not premature: the order holds, the date does not. */
static void check_finds_early_money(void **state)
{
    (void)state;
    struct fund_case fund;
    case_open(&fund, fund_plan(1, 8, 4, 99000.0, 0.0, 1000.0), 1);
    *cell(&fund, fund.flows.invested, 0, 0) = 100000.0;
    *cell(&fund, fund.flows.capital, 5, 0) = 160000.0;
    case_run(&fund);
    fund.plan->fund.carry_from = 7;
    assert_string_equal(check_of(&fund).what, "class C is paid before the end of year 5");
    case_close(&fund);
    fund = carry_before_year_5(MLD_IMPACT_TO_A);
    *cell(&fund, fund.flows.call, 3, 0) += 1.0;
    *cell(&fund, fund.flows.cash, 3, 0) += 1.0;
    assert_string_equal(check_of(&fund).what, "money is called while some waits for class C");
    case_close(&fund);
    /* C is paid at its date what waited, though A is called again and lacks it. */
    case_open(&fund, fund_plan(1, 6, 5, 150000.0, 0.0, 1500.0), 1);
    *cell(&fund, fund.flows.invested, 0, 0) = 101000.0;
    *cell(&fund, fund.flows.capital, 2, 0) = 150000.0;
    case_run(&fund);
    *cell(&fund, fund.flows.call, 4, 0) += 50000.0;
    *cell(&fund, fund.flows.invested, 4, 0) += 50000.0;
    assert_string_equal(check_of(&fund).what,
                        "class C is given money while A or B lacks capital or hurdle");
    case_close(&fund);
}

static int tell_worked_examples(void **state)
{
    (void)state;
    start_oracle();
    oracle("Funds worked by hand: calls, costs, reserve, recycling, classes A, B and C, tiers in "
           "any order",
           "model, section 8; arithmetic beside each line", "1e-6 EUR",
           "largest deviation %.0e EUR", furthest_by_hand);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_waterfalls),
        cmocka_unit_test(expected_carry),
        cmocka_unit_test(small_fund_by_year),
        cmocka_unit_test(small_fund_by_quarter),
        cmocka_unit_test(cash_is_recycled),
        cmocka_unit_test(costs_wait),
        cmocka_unit_test(guarantee_flows_count),
        cmocka_unit_test(carry_waits_for_year_5),
        cmocka_unit_test(all_that_waits_is_used_before_a_call),
        cmocka_unit_test(at_its_date_c_waits_for_a),
        cmocka_unit_test(c_is_paid_at_the_end_of_a_short_fund),
        cmocka_unit_test(impact_share_to_a),
        cmocka_unit_test(score_is_beta),
        cmocka_unit_test(b_takes_the_first_losses),
        cmocka_unit_test(a_and_b_pro_rata),
        cmocka_unit_test(b_is_capped),
        cmocka_unit_test(cap_holds_inside_a_payment),
        cmocka_unit_test(tiers_in_the_order_given),
        cmocka_unit_test(yield_before_capital),
        cmocka_unit_test(cap_holds_for_capital),
        cmocka_unit_test(profit_is_counted_since_the_start),
        cmocka_unit_test(equal_catch_up_is_a_hard_hurdle),
        cmocka_unit_test(money_without_a_tier_stays),
        cmocka_unit_test(tiers_have_terms_of_their_own),
        cmocka_unit_test(terms_of_tiers_are_those_of_the_fund),
        cmocka_unit_test(each_tier_has_its_carry),
        cmocka_unit_test(each_class_has_its_rate),
        cmocka_unit_test(takahashi_alexander),
        cmocka_unit_test(periods_are_taken_one_by_one),
        cmocka_unit_test(check_finds_each_fault),
        cmocka_unit_test(check_finds_misplaced_money),
        cmocka_unit_test(check_finds_early_money),
    };
    return cmocka_run_group_tests(tests, NULL, tell_worked_examples);
}
