/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each identity is one loop that writes, for each path, by how much it fails beyond its tolerance (`excess`, ≤ 0
 * when it holds) and says whether any does. Nothing here reads the accounts that the fund kept: capital and
 * hurdle are followed again from calls and distributions.
 */
#include "audit/fund.h"

#include <math.h>
#include <string.h>

#include "core/vector.h"
#include "fund/accounts.h"

#define TOLERANCE_EUR 1e-6
#define TOLERANCE_RELATIVE 1e-12

/* What the check follows over the periods of each path; `nothing` is a row of zeros. */
struct followed { double *called, *capital_a, *capital_b, *hurdle_a, *hurdle_b, *waiting, *excess, *nothing; };

static struct followed follow(const struct mld_fund_flows *flows)
{
    size_t n = (size_t)flows->width;
    double *row = flows->state + n * MLD_FUND_ACCOUNTS;
    memset(row, 0, n * MLD_CHECK_ACCOUNTS * sizeof *row);
    return (struct followed){ row, row + n, row + 2 * n, row + 3 * n, row + 4 * n, row + 5 * n, row + 6 * n, row + 7 * n };
}

/* An excess that is not a number counts as a failure. */
#define FAILS(excess) ((excess) <= 0.0 ? 0 : 1)

/* calls + proceeds + payouts + cash before = investments + costs paid + distributions + cash after */
MLD_CLONES
static int imbalance(int n, const double *restrict call, const double *restrict income, const double *restrict capital,
                     const double *restrict payout, const double *restrict cash_before,
                     const double *restrict invested, const double *restrict cost_paid, const double *restrict to_a,
                     const double *restrict to_b, const double *restrict to_c, const double *restrict beneficiary,
                     const double *restrict cash, double *restrict excess)
{
    int failures = 0;
    for (int i = 0; i < n; i++) {
        double in = call[i] + income[i] + capital[i] + payout[i] + cash_before[i];
        double out = invested[i] + cost_paid[i] + to_a[i] + to_b[i] + to_c[i] + beneficiary[i] + cash[i];
        excess[i] = fabs(in - out) - TOLERANCE_EUR - TOLERANCE_RELATIVE * in;
        failures += FAILS(excess[i]);
    }
    return failures;
}

/* waiting before + charged = paid + waiting after, and the parts of what is paid add up */
MLD_CLONES
static int costs_lost(int n, const double *restrict management, const double *restrict other,
                      const double *restrict guarantor, const double *restrict paid_management,
                      const double *restrict paid_other, const double *restrict paid_guarantor,
                      const double *restrict paid, const double *restrict waiting_after, double *restrict waiting,
                      double *restrict excess)
{
    int failures = 0;
    for (int i = 0; i < n; i++) {
        double in = waiting[i] + management[i] + other[i] + guarantor[i];
        double parts = paid_management[i] + paid_other[i] + paid_guarantor[i];
        double lost = fabs(in - paid[i] - waiting_after[i]) + fabs(paid[i] - parts);
        waiting[i] = waiting_after[i];
        excess[i] = lost - TOLERANCE_EUR - TOLERANCE_RELATIVE * in;
        failures += FAILS(excess[i]);
    }
    return failures;
}

/* Nothing is below zero: calls, distributions, what is set aside, and the cash beside it, which an investment
   that could not be paid would leave negative. */
MLD_CLONES
static int below_zero(int n, double tolerance, const double *restrict call, const double *restrict to_a,
                      const double *restrict to_b, const double *restrict to_c, const double *restrict set_aside,
                      const double *restrict cash, double *restrict excess)
{
    int failures = 0;
    for (int i = 0; i < n; i++) {
        double lowest = mld_least(mld_least(call[i], to_a[i]), mld_least(to_b[i], to_c[i]));
        lowest = mld_least(lowest, mld_least(set_aside[i], cash[i] - set_aside[i]));
        excess[i] = -lowest - tolerance;
        failures += FAILS(excess[i]);
    }
    return failures;
}

MLD_CLONES
static int above_zero(int n, double tolerance, const double *restrict amount, double *restrict excess)
{
    int failures = 0;
    for (int i = 0; i < n; i++) {
        excess[i] = amount[i] - tolerance;
        failures += FAILS(excess[i]);
    }
    return failures;
}

/* What waits for C is used before anything is called. */
MLD_CLONES
static int called_too_early(int n, double tolerance, const double *restrict call,
                            const double *restrict set_aside, double *restrict excess)
{
    int failures = 0;
    for (int i = 0; i < n; i++) {
        excess[i] = mld_least(call[i], set_aside[i]) - tolerance;
        failures += FAILS(excess[i]);
    }
    return failures;
}

MLD_CLONES
static int called_too_much(int n, double commitments, double tolerance, const double *restrict call,
                           double *restrict called, double *restrict excess)
{
    int failures = 0;
    for (int i = 0; i < n; i++) {
        called[i] += call[i];
        excess[i] = called[i] - commitments - tolerance;
        failures += FAILS(excess[i]);
    }
    return failures;
}

/*
 * What a class lacks, from its calls and what the tiers gave it: of its capital, paid in less received;
 * of capital and yield together, its hurdle account.
 */
MLD_CLONES
static void follow_class(int n, double share, double growth, const double *restrict call, const double *restrict paid,
                         const double *restrict impact, double *restrict capital, double *restrict hurdle)
{
    for (int i = 0; i < n; i++) {
        double received = paid[i] - impact[i];
        capital[i] += share * call[i] - received;
        hurdle[i] = hurdle[i] * growth + share * call[i] - received;
    }
}

/* What C is given in t, paid or newly set aside, while A or B still lack capital or hurdle after t */
MLD_CLONES
static int carry_too_early(int n, double tolerance, const double *restrict to_c, const double *restrict impact_to_a,
                           const double *restrict beneficiary, const double *restrict aside_before,
                           const double *restrict aside, const double *restrict capital_a,
                           const double *restrict capital_b, const double *restrict hurdle_a,
                           const double *restrict hurdle_b, double *restrict excess)
{
    int failures = 0;
    for (int i = 0; i < n; i++) {
        double paid = to_c[i] + impact_to_a[i] + beneficiary[i];
        double given = paid + mld_positive(aside[i] - aside_before[i]);
        double lacking = mld_positive(capital_a[i]) + mld_positive(capital_b[i]) + mld_positive(hurdle_a[i])
                       + mld_positive(hurdle_b[i]);
        excess[i] = (given < lacking ? given : lacking) - tolerance;
        failures += FAILS(excess[i]);
    }
    return failures;
}

/* Where a violation found in one loop is told. */
struct finding {
    uint32_t first;
    int paths;
    int design;
    const double *excess;
    struct mld_violation *violation;
};

static void tell(const struct finding *finding, int failures, int t, const char *what)
{
    if (!failures)
        return;
    for (int i = 0; i < finding->paths; i++)
        if (FAILS(finding->excess[i])) {
            mld_violation_keep(finding->violation, (struct mld_violation){ what, finding->first + (uint32_t)i, t, finding->design,
                                                                           finding->excess[i] });
            return;
        }
}

/* Only lists in which C comes after the capital and the yield of A and B promise it (CGI 150-0 A, II, 8). */
static int carry_comes_last(const struct mld_fund_spec *fund)
{
    enum { CAPITAL_A = 1, CAPITAL_B = 2, YIELD_A = 4, YIELD_B = 8, ALL = 15 };
    int paid = fund->share_class[MLD_CLASS_B].commitment > 0.0 ? 0 : CAPITAL_B | YIELD_B;
    for (int i = 0; i < fund->n_tiers; i++) {
        const struct mld_tier *tier = &fund->tier[i];
        int to_a = tier->to != MLD_TO_B, to_b = tier->to != MLD_TO_A;
        if (!mld_tiers[tier->type].pays || tier->to == MLD_TO_C)
            return paid == ALL;
        if (tier->type == MLD_TIER_RETURN_OF_CAPITAL)
            paid |= (to_a ? CAPITAL_A : 0) | (to_b ? CAPITAL_B : 0);
        else
            paid |= (to_a ? YIELD_A : 0) | (to_b ? YIELD_B : 0);
    }
    return 0;
}

/* Rows of one period that several identities read. */
struct period { double *call, *to_a, *to_b, *to_c, *beneficiary, *impact_to_a, *cash, *set_aside; };

static struct period period_of(const struct mld_fund_flows *flows, int t)
{
    return (struct period){
        .call = mld_fund_row(flows, flows->call, t),
        .to_a = mld_fund_row(flows, flows->distribution[MLD_CLASS_A], t),
        .to_b = mld_fund_row(flows, flows->distribution[MLD_CLASS_B], t),
        .to_c = mld_fund_row(flows, flows->distribution[MLD_CLASS_C], t),
        .beneficiary = mld_fund_row(flows, flows->beneficiary, t),
        .impact_to_a = mld_fund_row(flows, flows->impact_to_a, t),
        .cash = mld_fund_row(flows, flows->cash, t),
        .set_aside = mld_fund_row(flows, flows->set_aside, t),
    };
}

static void check_money(const struct mld_fund_flows *flows, int t, const struct period *now,
                        const double *cash_before, const struct followed *followed, const struct finding *finding)
{
    int n = flows->width;
    tell(finding, imbalance(n, now->call, mld_fund_row(flows, flows->income, t), mld_fund_row(flows, flows->capital, t),
                            mld_fund_row(flows, flows->payout, t), cash_before, mld_fund_row(flows, flows->invested, t),
                            mld_fund_row(flows, flows->cost_paid, t), now->to_a, now->to_b, now->to_c,
                            now->beneficiary, now->cash, followed->excess),
         t, "the fund's money in and out differ");
    tell(finding, costs_lost(n, mld_fund_row(flows, flows->management_fee, t), mld_fund_row(flows, flows->other_cost, t),
                             mld_fund_row(flows, flows->guarantee_cost, t), mld_fund_row(flows, flows->paid_management, t),
                             mld_fund_row(flows, flows->paid_other, t), mld_fund_row(flows, flows->paid_guarantee, t),
                             mld_fund_row(flows, flows->cost_paid, t), mld_fund_row(flows, flows->cost_waiting, t),
                             followed->waiting, followed->excess),
         t, "the fund's costs charged are neither paid nor waiting");
}

/* The order in which C is paid, and the date before which it is not. */
static void check_carry(const struct mld_grid *grid, const struct mld_fund_spec *spec, const struct mld_fund_rates *rates, double tolerance, int n, int t,
                        const struct period *now, const double *aside_before, const struct followed *followed,
                        const struct finding *finding)
{
    follow_class(n, rates->share[MLD_CLASS_A], rates->growth_a, now->call, now->to_a, now->impact_to_a,
                 followed->capital_a, followed->hurdle_a);
    follow_class(n, rates->share[MLD_CLASS_B], rates->growth_b, now->call, now->to_b, followed->nothing,
                 followed->capital_b, followed->hurdle_b);
    if (carry_comes_last(spec))
        tell(finding, carry_too_early(n, tolerance, now->to_c, now->impact_to_a, now->beneficiary, aside_before,
                                      now->set_aside, followed->capital_a, followed->capital_b, followed->hurdle_a,
                                      followed->hurdle_b, followed->excess),
             t, "class C is given money while A or B lacks capital or hurdle");
    if (t < mld_fund_date_of_c(grid, spec))
        tell(finding, above_zero(n, tolerance, now->to_c, followed->excess), t,
             "class C is paid before the end of year 5");
}

void mld_fund_check(const struct mld_fund_flows *flows, const struct mld_grid *grid, const struct mld_fund_spec *spec,
                    uint32_t first, int paths, int design, struct mld_violation *violation)
{
    const struct mld_fund_rates rates = mld_fund_rates(grid, spec);
    const struct followed followed = follow(flows);
    const struct finding finding = { first, paths, design, followed.excess, violation };
    const double tolerance = TOLERANCE_EUR + TOLERANCE_RELATIVE * rates.commitments;
    const double *cash_before = followed.nothing, *aside_before = followed.nothing;
    int n = flows->width;
    for (int t = 0; t <= grid->last; t++) {
        const struct period now = period_of(flows, t);
        check_money(flows, t, &now, cash_before, &followed, &finding);
        tell(&finding, below_zero(n, tolerance, now.call, now.to_a, now.to_b, now.to_c, now.set_aside, now.cash,
                                  followed.excess), t, "the fund's cash, a call or a distribution is negative");
        tell(&finding, called_too_much(n, rates.commitments, tolerance, now.call, followed.called, followed.excess), t,
             "more is called than committed");
        tell(&finding, called_too_early(n, tolerance, now.call, now.set_aside, followed.excess), t,
             "money is called while some waits for class C");
        check_carry(grid, spec, &rates, tolerance, n, t, &now, aside_before, &followed, &finding);
        cash_before = now.cash;
        aside_before = now.set_aside;
    }
    tell(&finding, above_zero(n, tolerance, cash_before, followed.excess), grid->last,
         "the fund's last cash is not distributed");
}
