/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What the guarantee keeps to itself between two periods: the accounts of each layer, path beside
 * path. Private to src/guarantee.
 */
#ifndef MILLIARD_GUARANTEE_WORK_H
#define MILLIARD_GUARANTEE_WORK_H

#include "milliard/guarantee.h"

/** A layer's accounts to date, [path]. */
struct mld_layer_account {
    double *due;      /**< P(t) */
    double *waiting;  /**< due and not yet paid */
    double *paid;     /**< payouts made */
    double *returned; /**< owed back and, in a guarantee fund, upside, as charged */
    double *received; /**< counter-guarantee layers: paid back to date, net of the fee */
    double *gains;    /**< upside alone: all that a fund never short returns */
};
enum { MLD_LAYER_ACCOUNTS = sizeof(struct mld_layer_account) / sizeof(double *) };

struct mld_guarantee_work {
    int layers, periods;
    int has_fund;                  /**< 1: there is a dotation */
    double yield;                  /**< (1+y)^(1/m) − 1, of a period */
    double put_in;                 /**< dotations paid in to date */
    double discount;               /**< (1+y)^(−t/m), of the period that is priced */
    double *dotation;              /**< [period] */
    double *tranche[MLD_TRANCHES]; /**< [period] a tranche is this part of what it has to meet */
    double *cumulated_due;         /**< [layer][period][path] P(t) */
    struct mld_layer_account account[MLD_MAX_LAYERS];
    double *purse;                           /**< [path] */
    double *sum, *dues, *paid_back, *before; /**< [path], of the dotation needed */
    double *total, *losses;                  /**< [path], scratch of a step */
    double *nothing;                         /**< [path] zeros */
    double *lean_due; /**< [period][path] dues of flows without series, where they are read */
    void *memory;
};

/** 1 for a layer on deals, 0 for a counter-guarantee. */
static inline int mld_layer_on_deals(const struct mld_layer *layer) { return layer->covers < 0; }

/** Row of period t of a series; of flows without series, of the period at hand. */
static inline double *mld_flow_row(const struct mld_guarantee_flows *flows, double *series, int t)
{
    return series + (size_t)t * (size_t)flows->stride;
}

/** The rows that a layer on deals prices, and one period of one of their series. */
static inline const double *mld_cover_row(const struct mld_covers *covers, const double *series,
                                          int t)
{
    return series + (size_t)t * (size_t)covers->width;
}

/** Charges of period t: fees, operator cost, amounts guaranteed (charge.c). */
void mld_guarantee_charge(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                          const struct mld_guarantee_spec *spec, const struct mld_covers *covers,
                          int t);
/** Dues, base and fees of covered debt on the path's whole life (debt.c). */
void mld_guarantee_debt(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                        const struct mld_guarantee_spec *spec, const struct mld_covers *covers,
                        int paths);
/** National accounts of the path's whole life (charge.c). */
void mld_guarantee_book(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                        const struct mld_guarantee_spec *spec, const struct mld_covers *covers);

/** Dues to come on deals already made, of a guarantee that pays all of them (provision.c). */
void mld_guarantee_provide(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                           const struct mld_guarantee_spec *spec, const struct mld_covers *covers,
                           int paths);

/** The guarantee fund, or the State's purse, in period t (account.c). */
void mld_guarantee_settle(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                          const struct mld_guarantee_spec *spec, const struct mld_covers *covers,
                          int t);

/**
 * What a counter-guarantee has to have paid back, net of its fee, given what was paid and returned
 * to date (counter.c).
 */
double mld_counter_entitled(const struct mld_layer *layer, double paid, double returned,
                            double volume);

/**
 * Moves every counter-guarantee to what it owes, into the purses. Gives what moved, a row
 * `received`; negative when the guarantor gives money back, which it does as far as its purse goes
 * (counter.c).
 */
void mld_counter_move(struct mld_guarantee_flows *flows, const struct mld_guarantee_spec *spec,
                      const struct mld_covers *covers, double *received);

/** Smallest dotation in year 0 that no path exhausts up to t (needed.c). */
void mld_guarantee_need(struct mld_guarantee_flows *flows, const struct mld_guarantee_spec *spec,
                        const struct mld_covers *covers, int t);

/**
 * All periods at once, after opening (lives.c): whether that can be done, of flows without series
 * and no counter-guarantee; the same totals, to the bit.
 */
int mld_guarantee_can_live(const struct mld_guarantee_flows *flows,
                           const struct mld_guarantee_spec *spec);
void mld_guarantee_live(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                        const struct mld_guarantee_spec *spec, const struct mld_covers *covers);

/** Totals at 0; those of period t, once all of it is settled (total.c). */
void mld_guarantee_start_totals(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                                const struct mld_guarantee_spec *spec);
void mld_guarantee_add_totals(struct mld_guarantee_flows *flows, int t);

/** Grant equivalents of a batch, and issuers above the ceiling (grant.c). */
void mld_guarantee_grants(struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                          const struct mld_guarantee_spec *spec, struct mld_covers *covers,
                          int paths);

#endif
