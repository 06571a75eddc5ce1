/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Guarantee (model, section 7): layers on deals, counter-guarantees, the guarantee fund.
 * Computed before the fund of the branch `with`: what it pays does not depend on what the fund can pay.
 */
#ifndef MILLIARD_GUARANTEE_H
#define MILLIARD_GUARANTEE_H

#include "milliard/instrument.h"
#include "milliard/limits.h"

enum mld_payout { MLD_FINAL_LOSS, MLD_ON_DEFAULT };
enum mld_fee_payer { MLD_FEE_BY_FUND, MLD_FEE_BY_ISSUER };

struct mld_layer {
    char name[MLD_MAX_NAME];
    /* filters: names; an empty list covers all */
    int n_instruments; char instrument[MLD_INSTRUMENTS][MLD_MAX_NAME];
    int n_forms; char form[MLD_MAX_FORMS][MLD_MAX_NAME];
    int n_sectors; char sector[MLD_MAX_SECTORS][MLD_MAX_NAME];
    double ticket_min, ticket_max;      /**< EUR, closed range */
    double quotite, attachment, cap_rate, max_loss_per_issuer; /**< the last in EUR, +inf when none */
    double waiting_years, term_years, claim_delay_years;
    int payout, cover_exit_losses, net_of_gains;
    double fee_rate, fee_upfront; int fee_payer;
    double upside_share, operator_cost;
    char covers_layer[MLD_MAX_NAME];    /**< counter-guarantee of that layer; "" for a layer on deals */
    double share;                       /**< of a counter-guarantee */
    /* derived */
    int covers;                         /**< index of the counter-guaranteed layer, or -1 */
    unsigned char covers_instrument[MLD_INSTRUMENTS], covers_form[MLD_MAX_FORMS], covers_sector[MLD_MAX_SECTORS];
    int waiting_periods, term_periods, delay_periods;
};

struct mld_dotation { int year; double amount; };

struct mld_guarantee_spec {
    int present;                        /**< the scenario has a `guarantee` group */
    int n_layers; struct mld_layer layer[MLD_MAX_LAYERS];
    int n_dotations; struct mld_dotation dotation[MLD_MAX_DOTATIONS]; /**< none: the State pays what is due */
    double dotation_yield, moral_hazard, reference_rate;
    int de_minimis;                     /**< choice: general (300,000 EUR) | sgei (750,000 EUR) */
};

/** What the guarantee does on a batch. Series [path][period], `stride` wide, EUR ≥ 0 unless said. */
struct mld_guarantee_flows {
    int stride;
    double *payout;          /**< paid to the fund (or lenders) */
    double *due;             /**< P(t) − P(t−1) over layers; negative when money is owed back */
    double *owed_back;       /**< charged to the fund: negative dues beyond what waited */
    double *fee;             /**< annual and upfront fees charged, whoever pays */
    double *fee_fund;        /**< the part the fund pays */
    double *upside;          /**< share of gains given to the guarantor */
    double *operator_cost;
    double *counter;         /**< received from counter-guarantors, net of their fee, in t */
    double *dotation;        /**< entering in t */
    double *interest;        /**< yield credited to the balance in t */
    double *balance;         /**< of the guarantee fund after t (0 without a dotation) */
    double *waiting;         /**< payouts due and not yet paid, after t */
    double *guaranteed;      /**< q × outstanding of covered deals after t (encours) */
    double *new_guaranteed;  /**< q × A of covered deals made in t */
    double *fee_base;        /**< Σ q × outstanding at the start of t of the fee base */
    double *covered_loss;    /**< C(t) over layers (cumulated, before q, attachment and cap) */
    double *cumulated_due;   /**< P(t) over layers */
    double *booked;          /**< of the deals made in t: their part of P(t_L), in proportion to covered losses, less all fees they are charged */
    double *volume;          /**< [path] V: covered volume */
    double *commitment;      /**< [path] Σ q·min(cap_rate, 1 − attachment)·V */
    double *grant;           /**< [path] gross grant equivalent, summed over the deals that have one; NaN when no covered deal has */
    double *above_de_minimis;/**< [path] issuers whose grants over three years exceed the de minimis ceiling; NaN likewise */
    double *dotation_needed; /**< [path] smallest dotation in year 0 that pays every due in its period */
    void *work;              /**< events and per-layer scratch, private to src/guarantee */
};

/** Classes of EU Notice 2008/C 155/02, section 3.3, for mld_form.rating; rows of mld_ratings in the same order. */
enum mld_rating { MLD_RATING_AAA_AA, MLD_RATING_A, MLD_RATING_BBB, MLD_RATING_BB, MLD_RATING_BB_MINUS, MLD_RATING_B,
                  MLD_RATING_START_UP, MLD_RATINGS };
#define MLD_RATING_CHOICES "aaa_aa|a|bbb|bb|bb_minus|b|start_up"
extern const struct mld_rating_row {
    const char *name;
    double safe_harbour;                /**< p_safe: annual premium on the guaranteed outstanding */
    const char *label_en, *label_fr;
} mld_ratings[];                        /**< MLD_RATINGS rows, then a NULL name */

/** De minimis ceilings over three years, EUR, in the order of mld_guarantee_spec.de_minimis; then a NULL name. */
extern const struct mld_ceiling_row { const char *name; double ceiling_eur; const char *label_en, *label_fr, *source; } mld_ceilings[];

/** How the losses of a default are counted: names, texts and law of each mode, in the order of enum mld_payout. */
struct mld_claim { int period; double amount; };
struct mld_payout_mode {
    const char *name, *summary_en, *summary_fr, *source;
    /** Claims of a covered default: at most two, none after `last`; returns their number. */
    int (*claims)(const struct mld_layer *layer, const struct mld_life *life, int last, struct mld_claim claim[2]);
};
extern const struct mld_payout_mode mld_payouts[];      /**< ended by a NULL name */

/** Most claims of one deal. */
enum { MLD_MOST_CLAIMS = 2 };
/**
 * What a layer counts of a deal it covers: a default's claims, or an exit's loss, or a gain netted (negative).
 * Given t_L as `last`. Gives claims in order of period; returns their number. Source: model, section 7.
 */
int mld_layer_claims(const struct mld_layer *layer, const struct mld_deal *deal, const struct mld_life *life, int last,
                     struct mld_claim claim[MLD_MOST_CLAIMS]);

/** The designs in use that one formula serves (table of section 7), and counter-guarantees. */
struct mld_layer_design { const char *name, *summary_en, *summary_fr, *source; int (*matches)(const struct mld_layer *layer); };
extern const struct mld_layer_design mld_layer_designs[]; /**< ended by a NULL name */
/** First design of the table that a layer matches; never NULL (the last matches all). */
const struct mld_layer_design *mld_layer_design_of(const struct mld_layer *layer);

struct mld_plan;
enum mld_status mld_guarantee_init(struct mld_guarantee_flows *flows, const struct mld_plan *plan, int paths);
void mld_guarantee_clear(struct mld_guarantee_flows *flows);

/** The layer on deals that covers a deal of these traits, or -1. */
int mld_guarantee_layer_of(const struct mld_plan *plan, int instrument, int form, int sector, double amount);

/** hazard_scale[issuer] = moral hazard for issuers with a covered deal, 1 for others. */
void mld_guarantee_hazard(const struct mld_plan *plan, const struct mld_portfolio *portfolio, double *hazard_scale);

void mld_guarantee_reset(struct mld_guarantee_flows *flows, const struct mld_plan *plan, int paths);
/** Adds one settled deal of the branch with; `contract` as its instrument wrote it (before default and sale). */
void mld_guarantee_add(struct mld_guarantee_flows *flows, const struct mld_plan *plan, const struct mld_deal *deal,
                       const struct mld_contract *contract, const struct mld_life *life);
/** Turns what was added into flows, path by path. Cannot fail. */
void mld_guarantee_close(struct mld_guarantee_flows *flows, const struct mld_plan *plan, int paths);
/** C(t) and P(t) of a layer on deals, by period up to t_L, and its V. Given the last path of the batch: the others' are not kept. */
struct mld_layer_count { const double *covered_loss, *cumulated_due; double volume; };
struct mld_layer_count mld_guarantee_layer_count(const struct mld_guarantee_flows *flows, int layer, int path);

#endif
