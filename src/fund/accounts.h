/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Private to src/fund: the accounts a path carries from one period to the next, the constants of a
 * fund, and the steps of a period. Every account is a row of `width` paths.
 */
#ifndef MILLIARD_FUND_ACCOUNTS_H
#define MILLIARD_FUND_ACCOUNTS_H

#include "core/numbers.h"
#include "milliard/fund.h"

/** The hurdle accounts of a class: (1+h)^(1/m), and what each euro called adds to them. */
struct mld_hurdle_rates {
    int n;
    double growth[MLD_MAX_HURDLES], per_call[MLD_MAX_HURDLES];
    int of_tier[MLD_TIER_ROOM]; /**< account of each tier */
};

/** A row of fees, a period; charged in from … to − 1. */
struct mld_fee_rates {
    int kind, base; /**< enum mld_fee_kind, mld_fee_base */
    double rate, minimum, amount;
    int from, to;
};

/** What a fund's terms come to, a period: computed once a batch. */
struct mld_fund_rates {
    double share[MLD_CLASSES]; /**< of each class in the commitments: what it pays of a call */
    double paid_in_b;          /**< of B in what A and B paid in; the rest is A's */
    struct mld_hurdle_rates hurdle[2]; /**< of A, of B */
    double setup;
    int n_fees;
    struct mld_fee_rates fee[MLD_MAX_FEES];
    double recycled;        /**< EUR kept at most in the investment period */
    double reserve_periods; /**< periods of costs kept afterwards */
    double commitments;
    double carry; /**< k: the largest of the tiers */
    /*
     * periods in which money is kept for what is promised, 0 for none; costs of each that are known
     * beforehand, less the commitments admitted and grants given in it, EUR
     */
    int lends;                  /**< 1: there is a credit line */
    double line_rate, line_fee; /**< a period */
    int planned;
    double need[MLD_MAX_PERIODS];
};

/** Accounts of each path, EUR. The second group lives for one period only. */
struct mld_fund_accounts {
    double *cash; /**< free: what is set aside for C is not in it */
    double *uncalled;
    double *called;   /**< to date */
    double *recalled; /**< of distributions, to date: may be called again */
    double *owed_guarantor, *owed_other, *owed_management; /**< costs that wait, by kind */
    double *capital_a, *capital_b, *capital_c;             /**< called and not yet returned */
    /* hurdle accounts: capital and yield still due, negative once exceeded */
    double *hurdle_a, *hurdle_b;
    /* those after the first, of which what a period gives is taken off at its end */
    double *later_a[MLD_MAX_HURDLES - 1], *later_b[MLD_MAX_HURDLES - 1];
    /* paid to date by preferred, catch-up and split tiers, C's part included */
    double *profit;
    double *carry;                       /**< C's part of it, paid or set aside */
    double *aside_capital, *aside_carry; /**< due to C and waiting for the end of year 5 */
    double *unspent;                     /**< grants kept apart */
    double *allotted; /**< given by the tiers to date, less what C gave back before its date */
    /* what a need may take of what is uncalled, granted or set aside; infinite: all there is */
    double *spendable;
    /* of the credit line: to date, and what of it has fallen due; what may be called for a need */
    double *borrowed, *repaid, *fallen, *callable;

    double *left;        /**< still to be distributed in this period */
    double *to_a, *to_b; /**< given by the tiers */
    /* given by the tiers to C: its capital, its carry before the impact share */
    double *c_capital, *c_carry;
    double *before;         /**< what was left before a tier, to trace it */
    double *now_a, *now_b;  /**< a later account with what the period gave so far */
    double *beyond;         /**< what a split leaves once its hurdle is reached */
    double *capital_before; /**< capital of A and B before the tiers */
};

/** Rows of mld_fund_flows.state. */
enum { MLD_FUND_ACCOUNTS = sizeof(struct mld_fund_accounts) / sizeof(double *) };

/**
 * What fees come to in periods t … of the investment period, each at its base of t, before it is
 * charged: sum, [path] (fees.c).
 */
void mld_fund_fees_ahead(const struct mld_fund_spec *spec, int t, struct mld_fund_flows *flows,
                         const struct mld_fund_accounts *accounts, double *sum);

/** The accounts of a fund's flows, each a row of the state (fund.c). */
struct mld_fund_accounts mld_fund_accounts_of(const struct mld_fund_flows *flows);

struct mld_fund_rates mld_fund_rates(const struct mld_grid *grid, const struct mld_fund_spec *spec);

/** The accounts, each a row of the state of these flows (fund.c). */
struct mld_fund_accounts mld_fund_accounts_of(const struct mld_fund_flows *flows);

/** total = a + b, on n paths (fund.c). */
void mld_fund_sum(int n, const double *restrict a, const double *restrict b,
                  double *restrict total);

/** total += amount, on n paths (fund.c). */
void mld_fund_add(int n, const double *restrict amount, double *restrict total);

/** Nothing in period t: another fund may have left something there (fund.c). */
void mld_fund_zero(const struct mld_fund_flows *flows, double *series, int t);

/* cash.c */

/** Interest of period t on the cash of its start. */
void mld_fund_earn(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                   struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts);

/* claw_back.c */

/** What C pays back to A and B after the last period. */
void mld_fund_claw_back(const struct mld_grid *grid, const struct mld_fund_spec *spec,
                        struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts);

/* recall.c */

/** Keeps what capital was not returned before the tiers of a period. */
void mld_fund_note_capital(const struct mld_fund_spec *spec, const struct mld_fund_flows *flows,
                           const struct mld_fund_accounts *accounts);
/** Adds what may be called again of the distributions of period t to what is uncalled. */
void mld_fund_recall(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                     struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts);

/* aside.c: what waits for C serves others first. */

/** Takes `used` back from what waits for C, carry first: the tiers then count it as not given. */
void mld_fund_take_back(int n, const double *used, const struct mld_fund_accounts *accounts);
/** At C's date what waits for it goes through the tiers of A and B: the rest is C's. */
void mld_fund_serve(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                    struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts);

/* grants.c: what the State gives. */

/** Takes the grants of period t in, apart from the cash as long as they are kept apart. */
void mld_fund_take_grants(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                          struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts);
/** Gives A the carry of period t that is a share of grants and not of profit. */
void mld_fund_hold_carry(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                         struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts);

/* closings.c: who is admitted when. */

/** What a row of fees comes to in a period, of a base: max(rate × base, minimum) + amount. */
static inline double mld_fee_of(const struct mld_fee_rates *fee, double base)
{
    double share = fee->rate * base;
    return (share > fee->minimum ? share : fee->minimum) + fee->amount;
}
static inline int mld_fee_is_on_commitments(const struct mld_fee_rates *fee)
{
    return fee->base == MLD_BASE_COMMITMENTS || fee->base == MLD_BASE_WITHOUT_C;
}
/**
 * What a row on commitments charges in t: of those admitted, and in the period of a closing what
 * the newcomers would have been charged before. EUR.
 */
double mld_fee_charged(const struct mld_fund_spec *spec, const struct mld_fee_rates *fee, int t);

/** What is kept for tickets and known costs: periods and needs of `rates`. */
void mld_fund_plan_ahead(const struct mld_grid *grid, const struct mld_fund_spec *spec,
                         struct mld_fund_rates *rates);
/** Fills what is promised after each period from all that will be invested, [period][path]. */
void mld_fund_foresee(struct mld_fund_flows *flows, double *invested);
/** The commitments of period t, and what of all that is there its needs may take. */
void mld_fund_admit(const struct mld_fund_spec *spec, int t, struct mld_fund_flows *flows,
                    const struct mld_fund_accounts *accounts);

/* fees.c: what a period is charged. */

/** The rows of fees by period; returns their number. */
int mld_fee_rates(const struct mld_grid *grid, const struct mld_fund_spec *spec,
                  struct mld_fee_rates rates[MLD_MAX_FEES]);
/** Charges the costs of period t. */
void mld_fund_charge(const struct mld_fund_spec *spec, int t, struct mld_fund_flows *flows,
                     const struct mld_fund_accounts *accounts);
/* credit_line.c: what is borrowed. Nothing without a line. */

/** What may be invested in t, less the line's balance and its costs until the period ends. */
void mld_line_take_off(const struct mld_fund_spec *spec, int t, const struct mld_fund_flows *flows,
                       const struct mld_fund_accounts *accounts, double *room);
/** As if there were none: nothing is drawn, and costs that wait are all debt. */
void mld_line_close(struct mld_fund_flows *flows);
/** Charges what the line costs in t, as another cost. */
void mld_line_charge(const struct mld_fund_spec *spec, int t, struct mld_fund_flows *flows,
                     const struct mld_fund_accounts *accounts);
/** What falls due in t, and what may be called beside it. */
void mld_line_open_period(const struct mld_fund_spec *spec, int t, struct mld_fund_flows *flows,
                          const struct mld_fund_accounts *accounts);
/** Borrows what it may of what was called for a need. */
void mld_line_borrow(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                     struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts);
/** Repays from the cash left after costs, then what falls due. */
void mld_line_repay(int t, struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts);

/* costs.c: the first half of a period, until what may be distributed is known. */

/**
 * Takes what is short from what waits for C, then calls it; pays the investments, then the costs.
 */
void mld_fund_settle(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                     struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts);
/** Takes `used` from what waits for C, which was never allotted then. */
void mld_fund_give_back(int n, const double *used, const struct mld_fund_accounts *accounts);
/** Keeps the recycled cash or the reserve; the rest is `left` for the tiers. */
void mld_fund_reserve(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                      struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts);

/* tiers.c: the second half. */

/** Grows the hurdle accounts over the period and books its call. */
void mld_fund_accrue(int t, struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts);
/**
 * The account of A or B that a tier pays or ends at: a row to be read, valid until the next asked
 * for.
 */
const double *mld_fund_account(const struct mld_fund_spec *spec, const struct mld_fund_rates *rates,
                               const struct mld_tier *tier, int class_index, int n,
                               const struct mld_fund_accounts *accounts);
/** Runs one tier of the plan on what is left, and traces what it pays. */
void mld_fund_run_tier(const struct mld_grid *grid, const struct mld_fund_spec *spec, int tier,
                       int t, struct mld_fund_flows *flows,
                       const struct mld_fund_accounts *accounts);
/** Takes what the period gave off the hurdle accounts after the first. */
void mld_fund_book(const struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts);
/** Pays what is left through the tiers, in the order of the plan. */
void mld_fund_waterfall(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                        struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts);

#endif
