/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Guarantee (model, section 7): layers on deals, counter-guarantees, the guarantee fund. It prices,
 * period by period, the rows of cover.h: what is due, charged, paid and what waits. Any number of
 * designs may price the rows of one batch; what one pays does not depend on what the fund can pay.
 */
#ifndef MILLIARD_GUARANTEE_H
#define MILLIARD_GUARANTEE_H

#include "milliard/language.h"
#include "milliard/cover.h"

MLD_BEGIN_DECLARATIONS

/** Whose a dotation's residual balance is: the budget's again, or kept as a public asset. */
enum mld_residual { MLD_RESIDUAL_STATE, MLD_RESIDUAL_KEPT };
enum mld_fee_payer { MLD_FEE_BY_FUND, MLD_FEE_BY_ISSUER };

struct mld_layer {
    char name[MLD_MAX_NAME];
    /* filters: names; an empty list covers all */
    int n_instruments;
    char instrument[MLD_INSTRUMENTS][MLD_MAX_NAME];
    int n_forms;
    char form[MLD_MAX_FORMS][MLD_MAX_NAME];
    int n_sectors;
    char sector[MLD_MAX_SECTORS][MLD_MAX_NAME];
    double waiting_years, term_years, claim_delay_years;
    /* which deals, how their losses count; ages and masks are derived */
    struct mld_cover cover;
    double quotite, attachment, cap_rate;
    double fee_rate, fee_upfront;
    int fee_payer;
    double upside_share, operator_cost;
    /* counter-guarantee of that layer; "" for a layer on deals */
    char covers_layer[MLD_MAX_NAME];
    double share; /**< of a counter-guarantee */
    /* derived */
    int covers; /**< index of the counter-guaranteed layer, or -1 */
    /* of a layer on deals: its rows, an index of mld_covers.rows */
    int rows;
};

/** A payment into the guarantee fund; a line of the budget of its year. */
struct mld_dotation {
    int year;
    double amount;         /**< EUR paid: CP, crédits de paiement */
    double ae;             /**< EUR that may be committed: AE, autorisations d'engagement */
    int programme, action; /**< of the budget; action 0: not given */
};
/** The programme of a dotation where the scenario gives none: 305, of the amendment of 2025. */
enum { MLD_PROGRAMME = 305 };

/** What the finance act of the first payment takes from another programme, EUR. */
struct mld_gage {
    int programme;
    double amount, ae; /**< CP and AE */
};

/** Another use of public money, beside which additionality is put (model, section 13). */
struct mld_compared {
    char name[MLD_MAX_NAME];
    double cost;       /**< κ, EUR of public money a euro of private financing */
    double additional; /**< α₀, the part of that financing that it made possible */
    char source[MLD_MAX_NAME * 4];
};

struct mld_guarantee_spec {
    int present; /**< the scenario has a `guarantee` group */
    int n_layers;
    struct mld_layer layer[MLD_MAX_LAYERS];
    /* none: the State pays what is due */
    int n_dotations;
    struct mld_dotation dotation[MLD_MAX_DOTATIONS];
    int n_gages;
    struct mld_gage gage[MLD_MAX_GAGES];
    double dotation_yield, moral_hazard, hazard_slope, reference_rate;
    /* part of the price of cover that issuers of debt get back; that price a year, NaN: computed */
    double pass_through, pass_through_price;
    int residual_to; /**< choice: whose the balance left after t_L is, enum mld_residual */
    int de_minimis;  /**< choice: general (300,000 EUR) | sgei (750,000 EUR) */
    double admin;    /**< of alternatives, a year of public money outstanding; NaN: operator_cost */
    int n_compared;
    struct mld_compared compared[MLD_MAX_COMPARED];
};

/** What a guarantee comes to over a path's life, [path], EUR ≥ 0 unless said. */
struct mld_guarantee_totals {
    /* sums of the flows of those names */
    double *payout, *due, *owed_back, *fee, *upside, *operator_cost, *counter, *interest, *fee_base;
    /*
     * net cost before what the fund fails to pay, any sign; and with each flow of t discounted from
     * the end of t at the reference rate
     */
    double *cost, *cost_discounted;
    /* dotations and operator cost, discounted likewise: the budget before what is left of it */
    double *budget_discounted;
    double *peak;      /**< largest amount guaranteed */
    double *exhausted; /**< periods up to the first in which a due is not paid in full; 0: none */
    double factor, discount; /**< of a period; of the last one so far */
};
enum { MLD_GUARANTEE_TOTALS = 14 };

/** Tranches of 2 to 5 years whose smallest amount is measured; one year is the dotation needed. */
enum { MLD_FIRST_TRANCHE = 2, MLD_LAST_TRANCHE = 5, MLD_TRANCHES = 4 };

/**
 * What the guarantee does on a batch. Series [period][path], `width` wide, EUR ≥ 0 unless said.
 * After t_L stocks stand still and flows are 0.
 */
struct mld_guarantee_flows {
    int width;
    /* from a period to the next in a series: the width; 0: only the period at hand is there */
    int stride;
    int no_grants; /**< 1: grants are not wanted */
    /* 1: the covered volume still grows, that of the covers being the one made before the period at
     * hand: what is due to date never falls for that */
    int growing;
    struct mld_guarantee_totals total;
    double *payout;    /**< paid to the fund (or lenders) */
    double *due;       /**< P(t) − P(t−1) over layers; negative when money is owed back */
    double *owed_back; /**< charged to the fund: negative dues beyond what waited */
    double *fee;       /**< annual and upfront fees charged, whoever pays */
    double *fee_fund;  /**< the part the fund pays */
    double *upside;    /**< share of gains given to the guarantor */
    double *operator_cost;
    double *counter;        /**< received from counter-guarantors, net of their fee, in t */
    double *dotation;       /**< entering in t */
    double *interest;       /**< yield credited to the balance in t */
    double *balance;        /**< of the guarantee fund after t (0 without a dotation) */
    double *waiting;        /**< payouts due and not yet paid, after t */
    double *guaranteed;     /**< q × outstanding of covered deals after t (encours) */
    double *new_guaranteed; /**< q × A of covered deals made in t */
    double *fee_base;       /**< Σ q × outstanding at the start of t of the fee base */
    double *covered_loss;   /**< C(t) over layers (cumulated, before q, attachment and cap) */
    double *cumulated_due;  /**< P(t) over layers */
    /*
     * of the deals made in t: their part of P(t_L), in proportion to covered losses, less all fees
     * they are charged
     */
    double *booked;
    /* dues to come after t on deals made by then, of a guarantee that pays all; else 0 */
    double *provision;
    double *volume;     /**< [path] V: covered volume */
    double *commitment; /**< [path] Σ q·min(cap_rate, 1 − attachment)·V */
    /*
     * [path] of covered debt, where part of the price is passed through: dues allotted to it, Σ q
     * × outstanding / m of the fee base, fees the fund pays on it
     */
    double *debt_due, *debt_base, *debt_fee;
    /*
     * [path] gross grant equivalent, summed over the deals that have one; NaN when no covered deal
     * has
     */
    double *grant;
    double *
        /*
         * [path] issuers whose grants over three years exceed the de minimis ceiling; NaN likewise
         */
        above_de_minimis;
    /* [path] smallest dotation in year 0 that pays every due in its period */
    double *dotation_needed;
    /* [path] smallest amount, the same in each of so many years from year 0, that does as much */
    double *tranche_needed[MLD_TRANCHES];
    void *work; /**< accounts of the layers, private to src/guarantee */
};

/**
 * De minimis ceilings over three years, EUR, in the order of mld_guarantee_spec.de_minimis; then a
 * NULL name.
 */
extern const struct mld_ceiling_row {
    const char *name;
    double ceiling_eur;
    const char *label_en, *label_fr, *source;
} mld_ceilings[];

/** The designs in use that one formula serves (table of section 7), and counter-guarantees. */
struct mld_layer_design {
    const char *name, *summary_en, *summary_fr, *source;
    int (*matches)(const struct mld_layer *layer);
};
extern const struct mld_layer_design mld_layer_designs[]; /**< ended by a NULL name */
/** First design of the table that a layer matches; never NULL (the last matches all). */
const struct mld_layer_design *mld_layer_design_of(const struct mld_layer *layer);

/** The layer on deals that covers a deal of these traits, or -1. */
int mld_guarantee_layer_of(const struct mld_guarantee_spec *spec, int instrument, int form,
                           int sector, double amount);
/**
 * Adds the covers of the layers on deals to a list, those that it has not, and gives each layer its
 * `rows`. The list has room for MLD_MAX_LAYERS more.
 */
void mld_guarantee_list_covers(struct mld_guarantee_spec *spec, struct mld_cover_list *list);

/** Storage for up to `paths` paths. Fails: MLD_ERR_MEMORY, and then holds nothing. */
enum mld_status mld_guarantee_init(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                                   const struct mld_guarantee_spec *spec, int paths);
/**
 * The same without series and bookings, for those who want the totals and what is one number a
 * path, or price a fund beside it. Fails likewise.
 */
enum mld_status mld_guarantee_init_lean(struct mld_guarantee_flows *flows,
                                        const struct mld_grid *grid,
                                        const struct mld_guarantee_spec *spec, int paths);
void mld_guarantee_clear(struct mld_guarantee_flows *flows);

/**
 * Before the first period: accounts at 0. Ceilings are those of the covers; yield and dotations are
 * read here.
 */
void mld_guarantee_open(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                        const struct mld_guarantee_spec *spec);
/**
 * Period t ≤ t_L, in order: charges, what is due, the account. Given the rows of the covers,
 * closed. Cannot fail.
 */
void mld_guarantee_advance(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                           const struct mld_guarantee_spec *spec, const struct mld_covers *covers,
                           int t);
/**
 * The rows of period t as they would be if no deal were made in it, and accounts as they were:
 * `kept` has room for mld_guarantee_accounts() numbers. Cannot fail.
 */
void mld_guarantee_preview(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                           const struct mld_guarantee_spec *spec, const struct mld_covers *covers,
                           int t, double *kept);
/** Numbers of the accounts that pass from a period to the next. */
size_t mld_guarantee_accounts(const struct mld_guarantee_flows *flows);
/**
 * After t_L: what a path's whole life decides (bookings, grants, the dotation needed). Cannot fail.
 */
void mld_guarantee_close(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                         const struct mld_guarantee_spec *spec, struct mld_covers *covers,
                         int paths);
/** All of a life: open, every period, close. */
void mld_guarantee_price(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                         const struct mld_guarantee_spec *spec, struct mld_covers *covers,
                         int paths);

/** P(t) of a layer on deals, [period][path] of the flows' width. Given flows that are closed. */
const double *mld_guarantee_layer_due(const struct mld_guarantee_flows *flows, int layer);

MLD_END_DECLARATIONS

#endif
