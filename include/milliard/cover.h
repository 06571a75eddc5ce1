/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What a guarantee counts of the deals (model, section 7), free of its price: for each distinct
 * cover, rows by period of what it covers and of the losses it counts. Made once from the lives of
 * a batch; any number of designs read them.
 */
#ifndef MILLIARD_COVER_H
#define MILLIARD_COVER_H

#include "milliard/language.h"
#include "milliard/grid.h"
#include "milliard/instrument.h"
#include "milliard/limits.h"

MLD_BEGIN_DECLARATIONS

enum mld_payout { MLD_FINAL_LOSS, MLD_ON_DEFAULT };

/**
 * Which deals, at which ages, and how their losses count. Two layers that agree in all of it share
 * their rows.
 */
struct mld_cover {
    /* 1: covered */
    unsigned char instrument[MLD_INSTRUMENTS], form[MLD_MAX_FORMS], sector[MLD_MAX_SECTORS];
    double ticket_min, ticket_max; /**< EUR, closed range */
    int waiting_periods, term_periods, delay_periods;
    int payout;                    /**< enum mld_payout */
    int exit_losses, net_of_gains; /**< 1: exit losses count; gains are taken off */
    double max_loss_per_issuer;    /**< EUR, +inf when none */
};

/** Whether two covers count the same. */
int mld_cover_equal(const struct mld_cover *a, const struct mld_cover *b);
/** Whether a cover takes a deal of these traits. */
int mld_cover_takes(const struct mld_cover *cover, int instrument, int form, int sector,
                    double amount);

/**
 * How the losses of a default are counted: names, texts and law of each mode, in the order of enum
 * mld_payout.
 */
struct mld_claim {
    int period;
    double amount;
};
struct mld_payout_mode {
    const char *name, *summary_en, *summary_fr, *source;
    /** Claims of a covered default: at most two, none after `last`; returns their number. */
    int (*claims)(const struct mld_cover *cover, const struct mld_life *life, int last,
                  struct mld_claim claim[2]);
};
extern const struct mld_payout_mode mld_payouts[]; /**< ended by a NULL name */

/** Most claims of one deal. */
enum { MLD_MOST_CLAIMS = 2 };
/**
 * What a cover counts of a deal it takes: a default's claims, or an exit's loss, or a gain netted
 * (negative).
 * Given t_L as `last`. Gives claims in order of period; returns their number. Source: model,
 * section 7.
 */
int mld_cover_claims(const struct mld_cover *cover, const struct mld_deal *deal,
                     const struct mld_life *life, int last,
                     struct mld_claim claim[MLD_MOST_CLAIMS]);

/** Rows of one cover: [period][path], `width` of the covers wide; EUR. */
struct mld_cover_rows {
    double *exposure; /**< outstanding after t that is still covered in t+1, before q */
    double *made;     /**< tickets of the deals made in t */
    double *gain;     /**< gains on covered shares sold in t */
    /* of the deals made in t: Σ over later periods of the outstanding that bears a fee, before q */
    double *fee_base;
    /* C(t): losses counted up to t, within each issuer's ceiling, less gains netted; ≥ 0 */
    double *covered_loss;
    /* losses counted of the deals made in t, within each issuer's ceiling */
    double *loss_made;
    double *volume; /**< [path] V: covered volume, once all is invested */
    /* [path] of debt, where it is wanted: Σ over periods of the outstanding that bears a fee, and
     * tickets, before q */
    double *debt_base, *debt_made;
};

/**
 * What the grant equivalent needs of a covered deal of debt (model, section 9): sums over its
 * contract, free of price. `issuer` of the batch; `next`: the grant before it of the same path and
 * period, −1: none.
 */
struct mld_cover_grant {
    int cover, path, period, issuer, next;
    double amount;       /**< A, EUR */
    double outstanding;  /**< Σ contractual outstanding over the covered ages, EUR */
    double discounted;   /**< the same, each age n times (1+r)^(−n/m)/m, EUR */
    double safe_harbour; /**< p_safe of the issuer's rating, a year */
};

/** The covers of a batch. Owner: the lives they are part of. */
struct mld_covers {
    /* covers; paths, a multiple of 8; periods of the grid */
    int n, width, periods;
    const struct mld_cover *cover; /**< [n], the lives' */
    struct mld_cover_rows *rows;   /**< [n], filled by mld_covers_close() */
    int n_grants;
    struct mld_cover_grant *grant; /**< in the order of the deals: path after path */
    int *grants;                   /**< [path][period] latest grant, or −1 */
    /* scratch of those who price, by issuer of the batch */
    double *issuer_grant;
    void *work; /**< private to src/guarantee */
};

/** The covers that lives count: each once. */
struct mld_cover_list {
    int n;
    struct mld_cover cover[MLD_MAX_COVERS];
    int overlap;           /**< most covers that one deal may be in */
    double reference_rate; /**< discounts the grants of covered deals */
    int debt;              /**< 1: sums of covered debt, deals with a fixed rate, are wanted */
};

/**
 * Storage for up to `paths` paths. The list outlives it. Fails: MLD_ERR_MEMORY, and then holds
 * nothing.
 */
enum mld_status mld_covers_init(struct mld_covers *covers, const struct mld_grid *grid,
                                const struct mld_cover_list *list, int max_deals, int max_issuers,
                                int paths);
void mld_covers_clear(struct mld_covers *covers);
/** Empties the covers of `paths` paths. */
void mld_covers_reset(struct mld_covers *covers, int paths);
/**
 * Adds one settled deal; `contract` as its instrument wrote it; `safe_harbour` of its issuer's
 * rating. Deals come path after path.
 */
void mld_covers_add(struct mld_covers *covers, const struct mld_deal *deal,
                    const struct mld_contract *contract, const struct mld_life *life,
                    double safe_harbour);
/**
 * Turns what was added into rows, and may be called again after a change of a ceiling. Cannot fail.
 */
void mld_covers_close(struct mld_covers *covers, int paths);
/**
 * The volume of the deals made before period t, in the place of V: call for t = 0, 1, … in turn; up
 * to the number of periods, it is V again, as rounded. Given closed rows. Cannot fail.
 */
void mld_covers_grow(struct mld_covers *covers, int t);
/**
 * What is still to come, after each period, of the dues of a path on the deals made by then. Given
 * the covers that a guarantee prices, priced[cover] 1, and its due(u) [period] over their layers.
 * Gives stock [period], EUR: Σ_{u > t} due(u) · losses counted in u of deals made by t / losses
 * counted in u, gains left out; of a period without a loss, nothing. Call after closing. Cannot
 * fail. Source: model, section 12.
 */
void mld_covers_provision(const struct mld_covers *covers, const unsigned char *priced, int path,
                          const double *due, double *stock);
/**
 * What of the dues of a path is allotted to deals of debt, those with a fixed rate, EUR. Given
 * likewise. Source: model, sections 12 and 14.
 */
double mld_covers_debt_due(const struct mld_covers *covers, const unsigned char *priced, int path,
                           const double *due);

MLD_END_DECLARATIONS

#endif
