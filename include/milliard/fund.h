/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The fund (model, section 8): calls, costs, recycling, waterfall, impact carry. Kernels over
 * batches of paths: series are [period][path], path contiguous, `width` wide (a multiple of 8;
 * paths beyond the batch hold zeros and cost nothing but time).
 */
#ifndef MILLIARD_FUND_H
#define MILLIARD_FUND_H

#include "milliard/language.h"
#include "milliard/guarantee.h"
#include "milliard/limits.h"
#include "milliard/params.h"
#include "milliard/pools.h"

MLD_BEGIN_DECLARATIONS

enum mld_class_index { MLD_CLASS_A, MLD_CLASS_B, MLD_CLASS_C };
/** Types of tiers, and their number. */
enum mld_tier_type {
#define TIER(name) MLD_TIER_##name,
#include "milliard/tiers.def"
#undef TIER
    MLD_TIERS
};
enum mld_tier_to { MLD_TO_A, MLD_TO_B, MLD_TO_A_AND_B, MLD_TO_C };
/** What a tier pays off before anything goes on to the next; REST: all, nothing goes on. */
enum mld_settles { MLD_SETTLES_CAPITAL = 1, MLD_SETTLES_YIELD = 2, MLD_SETTLES_REST = 4 };
/** What of A comes before B's capital: nothing, its capital, its preferred return too. */
enum mld_first_loss { MLD_FIRST_LOSS_NONE, MLD_FIRST_LOSS_CAPITAL, MLD_FIRST_LOSS_HURDLE };
enum mld_impact_to { MLD_IMPACT_TO_A, MLD_IMPACT_TO_BENEFICIARY };

struct mld_share_class {
    double commitment;
    double public_share; /**< held by the State; NaN where it is not said: mld_public_share() */
};
/** What a row of fees pays for, and what it is a rate of. */
enum mld_fee_kind { MLD_FEE_MANAGEMENT, MLD_FEE_OTHER };
enum mld_fee_base {
    MLD_BASE_COMMITMENTS, /**< and grants */
    MLD_BASE_WITHOUT_C,   /**< the same less the commitments of C */
    /* after the period before, 0 in the first; NAV up to commitments while the fund invests */
    MLD_BASE_CALLED,
    MLD_BASE_NET_INVESTED, /**< outstanding, or cost of shares, of deals not in default */
    MLD_BASE_NAV           /**< deals and cash, less costs that wait */
};
/** A row: a period of [from_year, to_year) costs max(rate × base, minimum)/m + amount/m. */
struct mld_fund_fee {
    char name[MLD_MAX_NAME];
    int kind, base;            /**< enum mld_fee_kind, mld_fee_base */
    double rate;               /**< a year */
    double amount, minimum;    /**< EUR a year */
    double from_year, to_year; /**< since the first closing; infinite: to the end */
};
/** What the State gives to the fund in the first period of a year, EUR. */
struct mld_fund_grant {
    int year;
    double amount;
};
/** A date on which investors are admitted, and their part of the commitments of every class. */
struct mld_closing {
    struct mld_date date;
    double share;
    int period; /**< derived: the one that holds the date */
};
/** What a bank lends in the place of calls; a limit of 0 is no line. */
struct mld_credit_line {
    double limit;     /**< most drawn, a fraction of what may still be called */
    double rate, fee; /**< on what is drawn, and on what is not in the investment period; a year */
    int periods;      /**< after which what is borrowed falls due */
};
/**
 * A tier: its type, whom it pays, its terms. Terms that its type has not mean nothing; of those
 * that it has, one that a scenario leaves out is NaN until the plan is resolved, then the fund's.
 */
struct mld_tier {
    int type;        /**< enum mld_tier_type */
    int to;          /**< enum mld_tier_to */
    double rate;     /**< of one that settles a yield: h a year */
    double share;    /**< g, C's part of a catch-up */
    double carry;    /**< k, C's part of the profit */
    double multiple; /**< of paid-in, instead of a rate; NaN: a rate */
    /** of one that settles a yield; of a split, that at which it ends; "" for none */
    char name[MLD_MAX_NAME], until[MLD_MAX_NAME];
};
/** Tiers of a plan: those of a scenario, and B's where they are parted from A's. */
enum { MLD_TIER_ROOM = MLD_MAX_TIERS + MLD_MAX_HURDLES + 1 };
/**
 * What a hurdle account does: × (1 + rate)^(1/m) a period, + multiple × call, − all that the class
 * receives. One of a rate has the multiple 1, one of a multiple the rate 0.
 */
struct mld_hurdle {
    double rate, multiple;
};
/** The hurdle accounts of class A or B: the first is that of its first preferred return. */
struct mld_hurdles {
    int n; /**< above MLD_MAX_HURDLES: more than there is room for */
    struct mld_hurdle account[MLD_MAX_HURDLES];
    int of_tier[MLD_TIER_ROOM]; /**< account that a tier pays, or ends at; else 0 */
};

/** Recycling that invests again (model, section 16): the portfolio is a list of candidates. */
struct mld_recycling {
    int present;
    double total;      /**< most that is invested, of commitments and grants */
    double until_year; /**< before which candidates are dated; NaN: investment_years */
    /* derived */
    int until; /**< first period in which none is made */
};

struct mld_fund_spec {
    int present;
    double term_years, extension_years, investment_years; /**< whole numbers of periods */
    struct mld_share_class share_class[MLD_CLASSES];      /**< A, B (0 when absent), C */
    /*
     * fractions: of commitments; a year of commitments; a year of net invested cost; a year of
     * commitments
     */
    double setup, management_fee, management_fee_after, running_costs;
    int n_fees; /**< 0: the three rows that these rates stand for */
    struct mld_fund_fee fee[MLD_MAX_FEES];
    double recycling_limit, reserve_years, max_issuer_share;
    double cash_rate;   /**< a year, of all cash */
    double cash_margin; /**< NaN: none; else cash earns the TMO less that, not cash_rate */
    double claw_back;   /**< part of its carry that C pays back at most */
    double recallable_share, recallable_until; /**< of capital given back; years */
    double quota_until;             /**< years from the first closing in which the quota is due */
    double hurdle, catch_up, carry; /**< h a year, g, k of the tiers that give none */
    int first_loss;                 /**< enum mld_first_loss */
    int capped_return;
    double cap;                                /**< concessional class B */
    double impact_share, score_mean, score_sd; /**< χ; Beta score */
    /* enum mld_impact_to; choice: class_a | beneficiary */
    int impact_to;
    char impact_beneficiary[MLD_MAX_NAME];
    int n_tiers;
    struct mld_tier tier[MLD_TIER_ROOM];
    int n_grants;
    struct mld_fund_grant grant[MLD_MAX_DOTATIONS];
    struct mld_recycling recycling;
    int grants_to_carry;          /**< 1: the carry counts what was given as profit */
    double reference_rate_equity; /**< a year; NaN: no present value at it */
    /* dates ascending, shares adding up to 1; none: all are admitted in period 0 */
    int n_closings;
    struct mld_closing closing[MLD_MAX_CLOSINGS];
    double equalisation_rate; /**< simple interest that newcomers pay, a year */
    struct mld_credit_line credit_line;
    /* derived */
    double commitments;    /**< A + B + C */
    double size;           /**< commitments and grants: what rates and limits are of */
    double reference_rate; /**< the guarantee's, a year */
    int investment_periods;
    int carry_from; /**< period in which C may first be paid: 5m − 1 */
    const struct mld_quantile_table *score_table; /**< NULL when sd = 0 */
};

/** The fund of one design over a batch. Series [period][path]. EUR. Owner: the workspace. */
struct mld_fund_flows {
    int width;
    /* given to the fund: transposed from the pools and the guarantee */
    double *invested, *income, *capital, *nav_deals, *outstanding, *payout;
    double *guarantee_cost; /**< all the fund owes the guarantor in t: fees, upside, owed back */
    double *guarantee_fee;  /**< the annual and upfront fees in it */
    double *score;          /**< [path] impact score */
    /* made by the fund */
    double *call;           /**< all classes, pro rata to commitments */
    double *management_fee; /**< charged in t */
    double *other_cost;     /**< set-up and fees of other kinds charged in t */
    double *cost_paid;      /**< all costs paid in t */
    double *cost_waiting;   /**< costs waiting after t */
    double *paid_management, *paid_other, *paid_guarantee; /**< parts of cost_paid */
    double *distribution[MLD_CLASSES];                     /**< paid to A, B, C in t */
    double *carry;       /**< part of C's that is carry, after impact share */
    double *beneficiary; /**< impact share paid to the beneficiary */
    /* impact share paid to A, part of its distribution, outside the tiers */
    double *impact_to_a;
    double *cash;      /**< after t, what is set aside for C and grants unspent included */
    double *set_aside; /**< part of cash that waits for C */
    double *unspent;   /**< part of cash that is grants kept apart */
    /* of what waited for C: met a need in t, or went to A and B */
    double *aside_used;
    /* [tier][period][path], all that each tier paid or set aside; NULL unless traced */
    double *tier_paid;
    double *interest; /**< on cash, earned in t */
    double *clawed;   /**< carry that C pays back in t_L, taken off its distribution */
    double *recalled; /**< part of what was distributed in t that may be called again */
    /* given, for cash that earns it: TMO after its floor, [path][year + 3] as in mld_factor_rows */
    const double *tmo;
    int tmo_stride;
    double *hurdle_a; /**< [path] A's hurdle account after the last period advanced */
    /* private: accounts to date, and the memory of all series */
    double *state;
    /* with a credit line, else NULL: drawn and repaid in t; its cost charged in t, an other cost */
    double *borrowed, *repaid, *line_cost;
    int borrows_nothing; /**< 1: as if there were no line; 0 at first */
    double *debt; /**< costs waiting and what is drawn, after t; without a line cost_waiting */
    /* private: [period][path], what tickets and costs to come need of what is admitted; or NULL */
    double *promised;
    struct mld_fund_rates *rates; /**< private: what the terms come to, a period */
};

/** Row `t` of a series of a fund's flows. */
static inline double *mld_fund_row(const struct mld_fund_flows *flows, double *series, int t)
{
    return series + (size_t)t * (size_t)flows->width;
}

/** The State's part of a class: 0 where it is not said. */
static inline double mld_public_share(const struct mld_share_class *of)
{
    return of->public_share == of->public_share ? of->public_share : 0.0;
}
/** What of the fund's commitments and grants is the State's, EUR. */
double mld_fund_public_money(const struct mld_fund_spec *spec);
/** Its private part: 1 − that over commitments and grants; NaN: A's public share is not said. */
double mld_fund_private_part(const struct mld_fund_spec *spec);
/** All rows of fees, and their number: those listed, else three that rates stand for. */
int mld_fund_fees(const struct mld_fund_spec *spec, struct mld_fund_fee row[MLD_MAX_FEES]);
/** Grants paid in period t, or in periods 0 … t, EUR. */
double mld_fund_granted_in(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t);
double mld_fund_granted_by(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t);
/** First period in which grants are no longer kept apart: after the investment period, or t_L. */
static inline int mld_fund_grants_end(const struct mld_grid *grid, const struct mld_fund_spec *spec)
{
    return spec->investment_periods < grid->last ? spec->investment_periods : grid->last;
}

/**
 * Whether investors are admitted, or grants given, after the first period and while the fund
 * invests, so that deals may have to wait for money. A fund that chooses its deals waits for no
 * grant: it skips what it cannot pay.
 */
int mld_fund_grows(const struct mld_fund_spec *spec);
/** The last period in which it does; 0 where it does not. */
int mld_fund_last_inflow(const struct mld_grid *grid, const struct mld_fund_spec *spec);
/**
 * Whether money is kept for what is promised: money is still to come, or a bank is owed. A
 * fund that chooses its deals keeps all costs to come, and promises nothing.
 */
static inline int mld_fund_looks_ahead(const struct mld_fund_spec *spec)
{
    return !spec->recycling.present && (mld_fund_grows(spec) || spec->credit_line.limit > 0);
}
/** Part of the commitments admitted by the end of period t; exactly 1 from the last closing on. */
double mld_fund_admitted(const struct mld_fund_spec *spec, int t);
/**
 * The most that tickets dated up to t may cost together, EUR: commitments admitted and grants
 * given, less set-up and the costs on commitments charged by then; infinite once nobody and nothing
 * is still to come while the fund invests. Source: model, section 16.
 */
double mld_fund_room(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t);
/**
 * What the newcomers of closing k ≥ 1 pay to the earlier members of a class, per path: `principal`,
 * which these have not paid in any longer, and `interest`. EUR, neither below 0.
 * Source: model, section 16.
 */
void mld_fund_equalise(const struct mld_fund_flows *flows, const struct mld_grid *grid,
                       const struct mld_fund_spec *spec, int class_index, int k, double *principal,
                       double *interest);

/** C's date: the end of year 5, or t_L where that comes first. What it is due before waits. */
static inline int mld_fund_date_of_c(const struct mld_grid *grid, const struct mld_fund_spec *spec)
{
    return spec->carry_from < grid->last ? spec->carry_from : grid->last;
}

/**
 * Storage for up to `paths` paths; `traced`: keep what each tier pays. Fails: MLD_ERR_MEMORY, and
 * then holds nothing.
 */
enum mld_status mld_fund_init(struct mld_fund_flows *flows, const struct mld_grid *grid,
                              const struct mld_fund_spec *spec, int paths, int traced);
void mld_fund_clear(struct mld_fund_flows *flows);

/** Before the first period: accounts at 0, impact scores drawn. Cannot fail. */
void mld_fund_open(struct mld_fund_flows *flows, const struct mld_grid *grid,
                   const struct mld_fund_spec *spec, uint64_t seed, uint32_t first, int paths);
/** What the pools and, when not NULL, the guarantee give to period t. */
void mld_fund_take(struct mld_fund_flows *flows, int t, const struct mld_pools *pools,
                   const struct mld_guarantee_flows *guarantee);
/** Period t ≤ t_L, in order: costs, calls, reserve, waterfall, given what it takes. Cannot fail. */
void mld_fund_advance(struct mld_fund_flows *flows, const struct mld_grid *grid,
                      const struct mld_fund_spec *spec, int t);
/**
 * room: [path] EUR that may be invested in t so that the costs of the investment period can be
 * paid: cash, what t was given by mld_fund_take(), grants that are left and the uncalled, less
 * costs that wait, those of t and those still to come until the investment period ends, which are
 * those on commitments and, at their present level, the others. Call before mld_fund_advance().
 * Cannot fail. Source: model, section 16.
 */
void mld_fund_affords(struct mld_fund_flows *flows, const struct mld_grid *grid,
                      const struct mld_fund_spec *spec, int t, double *room);
/** A whole life, when all periods have been given: open, then every period. */
void mld_fund_fill(struct mld_fund_flows *flows, const struct mld_grid *grid,
                   const struct mld_fund_spec *spec, uint64_t seed, uint32_t first, int paths);

/**
 * The hurdle accounts of class A or B: of a capped B that at its cap alone; else one for each
 * different preferred return that pays the class; without any, one at `hurdle`.
 */
void mld_fund_hurdles(const struct mld_fund_spec *spec, int class_index,
                      struct mld_hurdles *hurdles);
/** The first of them, on which C waits. */
struct mld_hurdle mld_fund_hurdle(const struct mld_fund_spec *spec, int class_index);
/** The largest carry of its tiers, a part of profit; 0 without one. */
double mld_fund_largest_carry(const struct mld_fund_spec *spec);

/** What a tier pays: name, texts, law, terms and function of each type. */
struct mld_fund_rates;
struct mld_fund_accounts;
struct mld_tier_descriptor {
    const char *name, *summary_en, *summary_fr, *source;
    const struct mld_param *params; /**< its terms, offsets in struct mld_tier; NULL: none */
    /**
     * Whom its `to` may name: bits of enum mld_tier_to; 0 for a tier that shares profit between C
     * and the others and names nobody.
     */
    unsigned pays;
    /**
     * What of those whom it pays is due no more once it is paid in full: bits of enum mld_settles.
     * The audit and the rules of a list of tiers ask it.
     */
    unsigned settles;
    /**
     * Terms that do not go together: the row of the one to change, and why, to be read after its
     * key; NULL when they do. No function: any do.
     */
    const struct mld_param *(*check)(const struct mld_tier *tier, char *why, size_t size);
    /** Takes from what is left in a period, on `n` paths. Cannot fail. */
    void (*pay)(const struct mld_fund_spec *fund, const struct mld_fund_rates *rates,
                const struct mld_tier *tier, int n, const struct mld_fund_accounts *accounts);
};
extern const struct mld_tier_descriptor *const mld_tiers[MLD_TIERS + 1]; /**< NULL at the end */
/** What a tier pays off, bits of enum mld_settles: a split until a hurdle leaves a rest. */
unsigned mld_tier_settles(const struct mld_tier *tier);
/** 1 where a tier leaves a term of its type to the key of the fund that stands for it. */
int mld_tier_leaves(const struct mld_tier *tier, const struct mld_param *row);
/** Place of the preferred return of A that has a name; -1 for none. */
int mld_fund_tier_named(const struct mld_fund_spec *spec, const char *name);
/** A tier all of whose terms are left out. */
struct mld_tier mld_tier_of(int type, int to);
/** Place after the last tier that pays A its capital or its first hurdle. */
int mld_fund_end_of_a(const struct mld_fund_spec *spec);
/**
 * Parts the tiers of a list that pay A and B what is due to each, up to A's first hurdle: A's stay,
 * B's come after all of them. Capital is returned once, and hurdles are few, which leaves room.
 */
void mld_put_hurdle_first(struct mld_fund_spec *spec);
/** Names of enum mld_tier_to, as a scenario writes them; then NULL. */
extern const char *const mld_tier_to_names[];

MLD_END_DECLARATIONS

#endif
