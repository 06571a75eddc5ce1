/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each identity is one loop that writes, for each path, by how much it fails beyond its tolerance
 * (`excess`, ≤ 0 when it holds) and says whether any does. Nothing here reads the accounts that the
 * fund kept, nor the rates it worked with: capital and hurdle are followed again from calls and
 * distributions, by the terms.
 */
#include "audit/fund.h"

#include <math.h>
#include <string.h>

#include "core/numbers.h"
#include "core/vector.h"
#include "milliard/numerics.h"

#define TOLERANCE_EUR 1e-6
#define TOLERANCE_RELATIVE 1e-12

/* What the check follows over the periods of each path; `nothing` is a row of zeros. */
struct followed {
    double *called, *capital_a, *capital_b, *hurdle_a, *hurdle_b, *waiting, *excess, *nothing,
        *carry, *given, *balance, *room, *recalled, *kept;
};

static struct followed follow(double *row, size_t n)
{
    _Static_assert(sizeof(struct followed) == MLD_FUND_AUDIT_ROWS * sizeof(double *), "a row each");
    memset(row, 0, n * MLD_FUND_AUDIT_ROWS * sizeof *row);
    return (struct followed){ row,          row + n,      row + 2 * n,  row + 3 * n, row + 4 * n,
                              row + 5 * n,  row + 6 * n,  row + 7 * n,  row + 8 * n, row + 9 * n,
                              row + 10 * n, row + 11 * n, row + 12 * n, row + 13 * n };
}

/* Rows of one period. */
struct period {
    const double *call, *income, *capital, *payout, *invested, *cost_paid, *cost_waiting;
    const double *management, *other, *guarantor, *paid_management, *paid_other, *paid_guarantor;
    const double *to_a, *to_b, *to_c, *beneficiary, *impact_to_a, *carry, *cash, *set_aside,
        *unspent, *interest, *clawed, *recalled;
    const double *borrowed, *repaid, *line_cost; /* zeros without a line */
    double granted;                              /* in t */
};

static struct period period_of(const struct mld_fund_flows *flows, const struct mld_grid *grid,
                               const struct mld_fund_spec *spec, int t, const double *nothing)
{
    int lends = spec->credit_line.limit > 0;
    return (struct period){
        .borrowed = lends ? mld_fund_row(flows, flows->borrowed, t) : nothing,
        .repaid = lends ? mld_fund_row(flows, flows->repaid, t) : nothing,
        .line_cost = lends ? mld_fund_row(flows, flows->line_cost, t) : nothing,
        .call = mld_fund_row(flows, flows->call, t),
        .income = mld_fund_row(flows, flows->income, t),
        .capital = mld_fund_row(flows, flows->capital, t),
        .payout = mld_fund_row(flows, flows->payout, t),
        .invested = mld_fund_row(flows, flows->invested, t),
        .cost_paid = mld_fund_row(flows, flows->cost_paid, t),
        .cost_waiting = mld_fund_row(flows, flows->cost_waiting, t),
        .management = mld_fund_row(flows, flows->management_fee, t),
        .other = mld_fund_row(flows, flows->other_cost, t),
        .guarantor = mld_fund_row(flows, flows->guarantee_cost, t),
        .paid_management = mld_fund_row(flows, flows->paid_management, t),
        .paid_other = mld_fund_row(flows, flows->paid_other, t),
        .paid_guarantor = mld_fund_row(flows, flows->paid_guarantee, t),
        .to_a = mld_fund_row(flows, flows->distribution[MLD_CLASS_A], t),
        .to_b = mld_fund_row(flows, flows->distribution[MLD_CLASS_B], t),
        .to_c = mld_fund_row(flows, flows->distribution[MLD_CLASS_C], t),
        .beneficiary = mld_fund_row(flows, flows->beneficiary, t),
        .impact_to_a = mld_fund_row(flows, flows->impact_to_a, t),
        .cash = mld_fund_row(flows, flows->cash, t),
        .set_aside = mld_fund_row(flows, flows->set_aside, t),
        .carry = mld_fund_row(flows, flows->carry, t),
        .unspent = mld_fund_row(flows, flows->unspent, t),
        .interest = mld_fund_row(flows, flows->interest, t),
        .clawed = mld_fund_row(flows, flows->clawed, t),
        .recalled = mld_fund_row(flows, flows->recalled, t),
        .granted = mld_fund_granted_in(grid, spec, t),
    };
}

/* An excess that is not a number counts as a failure. */
#define FAILS(excess) ((excess) <= 0.0 ? 0 : 1)

/*
 * calls + grants + borrowed + proceeds + payouts + interest + claw-back + cash before = investments
 * + costs paid + repaid + distributions + cash after; C's is what is left of it once it paid back
 */
MLD_CLONES
static int imbalance(int n, const struct period *now, const double *cash_before, double *excess)
{
    const struct period of = *now;
    int failures = 0;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double in = of.call[i] + of.granted + of.income[i] + of.capital[i] + of.payout[i] +
                    of.interest[i] + of.clawed[i] + cash_before[i] + of.borrowed[i];
        double out = of.invested[i] + of.cost_paid[i] + of.to_a[i] + of.to_b[i] + of.to_c[i] +
                     of.clawed[i] + of.beneficiary[i] + of.cash[i] + of.repaid[i];
        excess[i] = fabs(in - out) - TOLERANCE_EUR - TOLERANCE_RELATIVE * in;
        failures += FAILS(excess[i]);
    }
    return failures;
}

/* waiting before + charged = paid + waiting after, and the parts of what is paid add up */
MLD_CLONES
static int costs_lost(int n, const struct period *now, double *waiting, double *excess)
{
    const struct period of = *now;
    int failures = 0;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double in = waiting[i] + of.management[i] + of.other[i] + of.guarantor[i];
        double parts = of.paid_management[i] + of.paid_other[i] + of.paid_guarantor[i];
        double lost = fabs(in - of.cost_paid[i] - of.cost_waiting[i]) +
                      fabs(of.cost_paid[i] - parts);
        waiting[i] = of.cost_waiting[i];
        excess[i] = lost - TOLERANCE_EUR - TOLERANCE_RELATIVE * in;
        failures += FAILS(excess[i]);
    }
    return failures;
}

/*
 * Nothing is below zero: calls, distributions, what is set aside, grants unspent, and the cash
 * beside them, which an investment that could not be paid would leave negative.
 */
MLD_CLONES
static int below_zero(int n, double tolerance, const struct period *now, double *excess)
{
    const struct period of = *now;
    int failures = 0;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double lowest = mld_least(mld_least(of.call[i], of.to_a[i]),
                                  mld_least(of.to_b[i], of.to_c[i] + of.clawed[i]));
        double free = of.cash[i] - of.set_aside[i] - of.unspent[i];
        lowest = mld_least(mld_least(lowest, of.unspent[i]), mld_least(of.set_aside[i], free));
        excess[i] = -lowest - tolerance;
        failures += FAILS(excess[i]);
    }
    return failures;
}

MLD_CLONES
static int above_zero(int n, double tolerance, const double *restrict amount,
                      double *restrict excess)
{
    int failures = 0;
    for (int i = 0; i < n; i++) {
        excess[i] = amount[i] - tolerance;
        failures += FAILS(excess[i]);
    }
    return failures;
}

/*
 * Grants are used before what waits for C and before anything is called, and kept apart until the
 * investment period ends and no longer.
 */
MLD_CLONES
static int kept_too_long(int n, double tolerance, int ended, const double *restrict call,
                         const double *restrict used, const double *restrict unspent,
                         double *restrict excess)
{
    int failures = 0;
    for (int i = 0; i < n; i++) {
        double needed = call[i] + used[i],
               kept = ended ? unspent[i] : mld_least(needed, unspent[i]);
        excess[i] = kept - tolerance;
        failures += FAILS(excess[i]);
    }
    return failures;
}

/* Cash, what waits for C and grants unspent after the period before. */
struct money_before {
    const double *cash, *aside, *unspent;
};

/* No grant is distributed while it is kept apart: what is spent met a need. */
MLD_CLONES
static int given_away(int n, double tolerance, const struct period *now,
                      const struct money_before *before, double *excess)
{
    const struct period of = *now;
    const struct money_before had = *before;
    int failures = 0;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double spent = had.unspent[i] + of.granted - of.unspent[i];
        double own = had.cash[i] - had.aside[i] - had.unspent[i] + of.income[i] + of.capital[i] +
                     of.payout[i] + of.interest[i];
        double needed = of.invested[i] + of.cost_paid[i] + of.repaid[i] - own;
        excess[i] = spent - mld_positive(needed) - tolerance;
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
static int called_too_much(int n, double commitments, double tolerance, const struct period *now,
                           const struct followed *followed)
{
    const struct period of = *now;
    const struct followed has = *followed;
    int failures = 0;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        has.called[i] += of.call[i];
        has.excess[i] = has.called[i] - has.recalled[i] - commitments - tolerance;
        has.recalled[i] += of.recalled[i];
        failures += FAILS(has.excess[i]);
    }
    return failures;
}

/* C pays back no more than the part of its carry that it promised, and only in t_L. */
MLD_CLONES
static int clawed_wrong(int n, double part, double tolerance, const struct period *now,
                        const struct followed *followed)
{
    const struct period of = *now;
    const struct followed has = *followed;
    int failures = 0;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        has.kept[i] += of.carry[i] + of.clawed[i];
        double beyond = of.clawed[i] - part * has.kept[i];
        has.excess[i] = (beyond > -of.clawed[i] ? beyond : -of.clawed[i]) - tolerance;
        failures += FAILS(has.excess[i]);
    }
    return failures;
}

/*
 * What a class pays of a call; (1 + h)^(1/m), by which its first hurdle account grows a period, and
 * what each euro called adds to it.
 */
struct class_rates {
    double share, growth, per_call;
};

/*
 * The line costs interest on the balance and a fee on what could be drawn, both before t; nothing
 * is distributed while it is drawn; it is drawn up to its limit, and can be repaid by a call.
 */
MLD_CLONES
static int line_astray(int n, double tolerance, const struct mld_credit_line *line, double admitted,
                       const double fees[2], const struct period *now,
                       const struct followed *followed)
{
    const struct period of = *now;
    const struct followed has = *followed;
    const double limit = line->limit, rate = fees[0], fee = fees[1];
    int failures = 0;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double before = has.balance[i], balance = before + of.borrowed[i] - of.repaid[i];
        double undrawn = mld_positive(limit * (has.room[i] - before) - before);
        double charged = fabs(of.line_cost[i] - rate * before - fee * undrawn);
        double given = of.to_a[i] + of.to_b[i] + of.to_c[i] + of.beneficiary[i];
        double left = admitted - has.called[i] + (has.recalled[i] - of.recalled[i]),
               beyond = of.borrowed[i] > tolerance ? balance - limit * left : balance - left;
        double worst = charged > -balance ? charged : -balance;
        worst = worst > beyond ? worst : beyond;
        has.balance[i] = balance;
        has.room[i] = left + of.recalled[i];
        has.excess[i] = (worst > mld_least(given, balance) ? worst : mld_least(given, balance)) -
                        tolerance;
        failures += FAILS(has.excess[i]);
    }
    return failures;
}

/*
 * What a class lacks, from its calls and what the tiers gave it: of its capital, paid in less
 * received; of capital and yield together, its hurdle account.
 */
MLD_CLONES
static void follow_class(int n, struct class_rates class, const double *restrict call,
                         const double *restrict paid, const double *restrict impact,
                         double *restrict capital, double *restrict hurdle)
{
    for (int i = 0; i < n; i++) {
        double received = paid[i] - impact[i];
        capital[i] += class.share * call[i] - received;
        hurdle[i] = hurdle[i] * class.growth + class.per_call * call[i] - received;
    }
}

/*
 * What C is given in t, paid or newly set aside, while A or B still lack capital or hurdle after t
 */
MLD_CLONES
static int carry_too_early(int n, double tolerance, const struct period *now,
                           const double *aside_before, const struct followed *followed)
{
    const struct period of = *now;
    const struct followed has = *followed;
    int failures = 0;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double paid = of.to_c[i] + of.impact_to_a[i] + of.beneficiary[i];
        double given = paid + mld_positive(of.set_aside[i] - aside_before[i]);
        double lacking = mld_positive(has.capital_a[i]) + mld_positive(has.capital_b[i]) +
                         mld_positive(has.hurdle_a[i]) + mld_positive(has.hurdle_b[i]);
        has.excess[i] = (given < lacking ? given : lacking) - tolerance;
        failures += FAILS(has.excess[i]);
    }
    return failures;
}

/*
 * What C is paid in t beside its capital is a share of profit, and grants are none: all its carry,
 * before the impact share, is at most k × max(0, distributions − calls − grants) when some is paid.
 */
MLD_CLONES
static int carry_of_grants(int n, double k, double granted, double tolerance,
                           const struct period *now, const struct followed *followed)
{
    const struct period of = *now;
    const struct followed has = *followed;
    int failures = 0;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double paid = of.carry[i] + of.impact_to_a[i] + of.beneficiary[i];
        has.carry[i] += paid;
        has.given[i] += of.to_a[i] + of.to_b[i] + of.to_c[i] + of.beneficiary[i];
        double most = k * mld_positive(has.given[i] - has.called[i] - granted);
        has.excess[i] = mld_least(paid, has.carry[i] - most) - tolerance;
        failures += FAILS(has.excess[i]);
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
            mld_violation_keep(finding->violation,
                               (struct mld_violation){ what, finding->first + (uint32_t)i, t,
                                                       finding->design, finding->excess[i] });
            return;
        }
}

/*
 * Only lists in which C comes after the capital and the yield of A and B promise it (CGI 150-0 A,
 * II, 8). What a tier settles is its descriptor's to say.
 */
static int carry_comes_last(const struct mld_fund_spec *fund)
{
    enum { ALL = MLD_SETTLES_CAPITAL | MLD_SETTLES_YIELD };
    unsigned settled_a = 0, settled_b = fund->share_class[MLD_CLASS_B].commitment > 0.0 ? 0 : ALL;
    for (int i = 0; i < fund->n_tiers; i++) {
        const struct mld_tier *tier = &fund->tier[i];
        const struct mld_tier_descriptor *is = mld_tiers[tier->type];
        if (!is->pays || tier->to == MLD_TO_C)
            return settled_a == ALL && settled_b == ALL;
        settled_a |= tier->to != MLD_TO_B ? is->settles & ALL : 0;
        settled_b |= tier->to != MLD_TO_A ? is->settles & ALL : 0;
    }
    return 0;
}

static struct class_rates rates_of(const struct mld_grid *grid, const struct mld_fund_spec *spec,
                                   int class)
{
    double m = grid->periods_per_year,
           share = spec->share_class[class].commitment / spec->commitments;
    struct mld_hurdle hurdle = mld_fund_hurdle(spec, class);
    return (struct class_rates){ share, mld_pow(1.0 + hurdle.rate, 1.0 / m),
                                 hurdle.multiple * share };
}

/* What the audit of one fund reads in every period. */
struct audit {
    const struct mld_grid *grid;
    const struct mld_fund_spec *spec;
    struct class_rates a, b;
    struct followed followed;
    struct finding finding;
    double tolerance;
    int n, date_of_c;
};

static void check_money(const struct audit *audit, int t, const struct period *now,
                        const double *cash_before)
{
    double *excess = audit->followed.excess;
    int n = audit->n;
    tell(&audit->finding, imbalance(n, now, cash_before, excess), t,
         "the fund's money in and out differ");
    tell(&audit->finding, costs_lost(n, now, audit->followed.waiting, excess), t,
         "the fund's costs charged are neither paid nor waiting");
    tell(&audit->finding, below_zero(n, audit->tolerance, now, excess), t,
         "the fund's cash, a call or a distribution is negative");
    tell(&audit->finding,
         called_too_much(n, audit->spec->commitments * mld_fund_admitted(audit->spec, t),
                         audit->tolerance, now, &audit->followed),
         t, "more is called than committed");
    tell(&audit->finding,
         clawed_wrong(n, t == audit->grid->last ? audit->spec->claw_back : 0, audit->tolerance, now,
                      &audit->followed),
         t, "class C pays back more than it may");
    tell(&audit->finding, called_too_early(n, audit->tolerance, now->call, now->set_aside, excess),
         t, "money is called while some waits for class C");
}

/* The order in which C is paid, and the date before which it is not. */
static void check_carry(const struct audit *audit, int t, const struct period *now,
                        const double *aside_before)
{
    const struct followed *followed = &audit->followed;
    int n = audit->n;
    follow_class(n, audit->a, now->call, now->to_a, now->impact_to_a, followed->capital_a,
                 followed->hurdle_a);
    follow_class(n, audit->b, now->call, now->to_b, followed->nothing, followed->capital_b,
                 followed->hurdle_b);
    if (carry_comes_last(audit->spec))
        tell(&audit->finding, carry_too_early(n, audit->tolerance, now, aside_before, followed), t,
             "class C is given money while A or B lacks capital or hurdle");
    if (t < audit->date_of_c)
        tell(&audit->finding, above_zero(n, audit->tolerance, now->to_c, followed->excess), t,
             "class C is paid before the end of year 5");
}

/* Grants: kept apart, spent first, and no profit. */
static void check_grants(const struct audit *audit, int t, const struct period *now,
                         const double *used, const struct money_before *before)
{
    const struct mld_fund_spec *spec = audit->spec;
    double *excess = audit->followed.excess, k = 0;
    int n = audit->n, ended = t >= mld_fund_grants_end(audit->grid, spec);
    /* at C's date what waited for it is also given to A and B, which is no need */
    if (t == audit->date_of_c)
        used = audit->followed.nothing;
    tell(&audit->finding,
         kept_too_long(n, audit->tolerance, ended, now->call, used, now->unspent, excess), t,
         "a grant waits while money is called, or after the investment period");
    if (!ended)
        tell(&audit->finding, given_away(n, audit->tolerance, now, before, excess), t,
             "a grant is spent without a need");
    for (int i = 0; i < spec->n_tiers; i++)
        k = spec->tier[i].carry > k ? spec->tier[i].carry : k;
    int failures = carry_of_grants(n, k, mld_fund_granted_by(audit->grid, spec, t),
                                   audit->tolerance, now, &audit->followed);
    if (t > audit->date_of_c && spec->n_grants && !spec->grants_to_carry)
        tell(&audit->finding, failures, t, "class C is paid carry on a grant");
}

/* The line, after what is called is known. */
static void check_line(const struct audit *audit, int t, const struct period *now)
{
    const struct mld_fund_spec *spec = audit->spec;
    const struct mld_credit_line *line = &spec->credit_line;
    double m = audit->grid->periods_per_year,
           fees[] = { t > 0 ? line->rate / m : 0,
                      t > 0 && t < spec->investment_periods ? line->fee / m : 0 };
    tell(&audit->finding,
         line_astray(audit->n, audit->tolerance, line,
                     spec->commitments * mld_fund_admitted(spec, t), fees, now, &audit->followed),
         t, "the credit line is not drawn, charged or repaid as its terms say");
    if (t == audit->grid->last)
        tell(&audit->finding,
             above_zero(audit->n, audit->tolerance, audit->followed.balance,
                        audit->followed.excess),
             t, "the credit line is not repaid at the end");
}

void mld_fund_check(const struct mld_fund_flows *flows, const struct mld_grid *grid,
                    const struct mld_fund_spec *spec, uint32_t first, int paths, int design,
                    double *scratch, struct mld_violation *violation)
{
    const struct followed followed = follow(scratch, (size_t)flows->width);
    const struct audit audit = { .grid = grid,
                                 .spec = spec,
                                 .a = rates_of(grid, spec, MLD_CLASS_A),
                                 .b = rates_of(grid, spec, MLD_CLASS_B),
                                 .followed = followed,
                                 .finding = { first, paths, design, followed.excess, violation },
                                 .tolerance = TOLERANCE_EUR + TOLERANCE_RELATIVE * spec->size,
                                 .n = flows->width,
                                 .date_of_c = mld_fund_date_of_c(grid, spec) };
    struct money_before before = { followed.nothing, followed.nothing, followed.nothing };
    for (int t = 0; t <= grid->last; t++) {
        const struct period now = period_of(flows, grid, spec, t, followed.nothing);
        check_money(&audit, t, &now, before.cash);
        check_carry(&audit, t, &now, before.aside);
        if (spec->credit_line.limit > 0)
            check_line(&audit, t, &now);
        if (spec->n_grants)
            check_grants(&audit, t, &now, mld_fund_row(flows, flows->aside_used, t), &before);
        before = (struct money_before){ now.cash, now.set_aside, now.unspent };
    }
    tell(&audit.finding, above_zero(audit.n, audit.tolerance, before.cash, followed.excess),
         grid->last, "the fund's last cash is not distributed");
}
