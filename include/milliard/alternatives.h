/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What else the same public money could do (model, section 13): the guarantee of a scenario, every
 * due paid, beside a first-loss class in both orders, shares pari passu, a grant, and nothing, on
 * the same draws; each sized so that it costs the State as much. Then the additionality at which
 * the guarantee costs no more than another use of the money.
 */
#ifndef MILLIARD_ALTERNATIVES_H
#define MILLIARD_ALTERNATIVES_H

#include <signal.h>

#include "milliard/language.h"
#include "milliard/fund.h"
#include "milliard/plan.h"
#include "milliard/ratio.h"
#include "milliard/scenario.h"
#include "milliard/status.h"

MLD_BEGIN_DECLARATIONS

/** Forms of public money, in the order of the page: (a), (b) twice, (c), (d), (e). */
enum mld_support {
    MLD_SUPPORT_GUARANTEE,
    MLD_SUPPORT_CAPITAL, /**< a class B of the State, its capital back after A's capital */
    MLD_SUPPORT_HURDLE,  /**< likewise, after A's preferred return too */
    MLD_SUPPORT_PARI_PASSU,
    MLD_SUPPORT_GRANT,
    MLD_SUPPORT_NOTHING,
    MLD_SUPPORTS
};
extern const struct mld_support_row {
    const char *name, *label_en, *label_fr;
} mld_supports[MLD_SUPPORTS];

/** What the forms have in common. Those below MONEY leave all administration out. */
enum mld_sizing {
    MLD_SIZED_COST,   /**< mean present value of (a)'s net cost due */
    MLD_SIZED_BUDGET, /**< that of the budget which pays the dotation */
    MLD_SIZED_MONEY,  /**< the sum of the dotation */
    MLD_SIZED_COST_BARE,
    MLD_SIZED_BUDGET_BARE,
    MLD_SIZINGS
};
extern const struct mld_sizing_row {
    const char *name, *label_en, *label_fr;
} mld_sizings[MLD_SIZINGS];

/** Numbers of a form on a path. EUR, but IRR and LOSS, LOSES, UNPAID (0 or 1). */
enum mld_outcome {
    MLD_OUT_COST,       /**< public cost */
    MLD_OUT_PV,         /**< discounted at the reference rate */
    MLD_OUT_PEAK,       /**< most that has left the budget and not come back */
    MLD_OUT_PEAK_DUES,  /**< (a): peak of cumulated dues less receipts; else NaN */
    MLD_OUT_PRIVATE,    /**< calls of the private parts of A and B: C's are the managers' */
    MLD_OUT_PRIVATE_PV, /**< discounted */
    MLD_OUT_IRR,        /**< net, of A */
    MLD_OUT_LOSS,       /**< 1: A gets back less than it paid */
    MLD_OUT_CARRY,
    MLD_OUT_LOSES,  /**< 1: the State loses, administration and operator cost left out */
    MLD_OUT_EQUITY, /**< cost at the reference rate of equity; NaN without one */
    MLD_OUT_UNPAID, /**< (a): 1 where something due is not paid; else NaN */
    MLD_OUTCOMES
};

/** Whether a size was found. */
enum mld_sized {
    MLD_IS_SIZED,
    MLD_SIZE_NOT_NEEDED,  /**< (a) and (e) have none */
    MLD_COSTS_NOTHING,    /**< what it is to cost is not above 0 */
    MLD_COSTS_TOO_LITTLE, /**< not even 99 % of A's commitments cost as much */
    MLD_COMES_TOO_LATE    /**< a grant in the years of the dotation, after what it is to pay */
};

struct mld_alternative {
    enum mld_sized sized;
    double x, low, high;     /**< EUR; sizes whose mean difference is within 1.96 of its error */
    int low_open, high_open; /**< 1: the end of the range still is */
    struct mld_estimate mean[MLD_OUTCOMES];
    double cost_95, cost_95_low, cost_95_high; /**< with its order-statistic interval */
    /* mean PV of private calls over that of the cost; NaN when the interval of the cost has 0 */
    struct mld_estimate private_per_public;
    double *column[MLD_OUTCOMES]; /**< [path], where they are kept; owned */
};

/** Break-even additionality at one multiple of all PDs. */
enum { MLD_ADDITIONAL_PARTS = 5, MLD_ADDITIONAL_SCALES = 3 };
extern const double mld_additional_parts[MLD_ADDITIONAL_PARTS]; /**< 0.05 … 1 */
struct mld_additionality {
    double pd_scale;
    struct mld_estimate cost, financing;        /**< present values, EUR */
    struct mld_estimate part[MLD_MAX_COMPARED]; /**< α* beside each use compared */
    double per_euro[MLD_ADDITIONAL_PARTS];      /**< public EUR per additional EUR */
};

struct mld_alternatives {
    char scenario[MLD_MAX_NAME];
    uint32_t paths;
    uint64_t seed, fingerprint;
    double admin, reference_rate, reference_rate_equity, money, commitment_a;
    int has_dotation;
    int left_out_b, left_out_grants; /**< 1: the scenario has some, which the forms leave out */
    int has_sizing[MLD_SIZINGS];
    struct mld_alternative form[MLD_SIZINGS][MLD_SUPPORTS];
    int has_private; /**< 0: public_share of A is not given, and no additionality is had */
    int n_compared;
    struct mld_compared compared[MLD_MAX_COMPARED];
    struct mld_additionality additionality[MLD_ADDITIONAL_SCALES];
};

struct mld_alternatives_options {
    int threads;  /**< 0: as many as there are processors */
    double admin; /**< a year; NaN: the scenario's */
    int columns;  /**< 1: the numbers of every path are kept */
    const volatile sig_atomic_t *stop;
    /** Paths priced so far of this pass; may be NULL. */
    void (*progress)(void *context, int pass, double done, double all);
    void *context;
};

/**
 * The fund of a form of size x (of (a) and (e): none), from that of a plan without class B and
 * grants, whose commitments and grants but C's are A's. `rows`: a grant is paid in the years of
 * the dotation, else in year 0.
 */
void mld_support_fund(const struct mld_plan *plan, enum mld_support form, double x, int rows,
                      struct mld_fund_spec *fund);

/**
 * Sizes and compares the forms of a scenario that has a fund and a guarantee.
 * Gives: `table`, the caller's to clear whatever the status.
 * Fails: MLD_ERR_INPUT (no fund or no guarantee), MLD_INTERRUPTED, MLD_ERR_CONSERVATION,
 * MLD_ERR_MEMORY.
 */
enum mld_status mld_alternatives_fill(const struct mld_scenario *scenario,
                                      const struct mld_alternatives_options *options,
                                      struct mld_alternatives *table,
                                      struct mld_messages *messages);
void mld_alternatives_clear(struct mld_alternatives *table);

MLD_END_DECLARATIONS

#endif
