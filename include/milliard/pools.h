/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Pools: the lives of a path's deals added up by period, and its losses by instrument and legal
 * form; EUR. Deals add to sums that lie as their lives do; mld_pools_close() turns them into series
 * [period][path], `width` wide.
 */
#ifndef MILLIARD_POOLS_H
#define MILLIARD_POOLS_H

#include "milliard/language.h"
#include "milliard/grid.h"
#include "milliard/instrument.h"

MLD_BEGIN_DECLARATIONS

enum mld_loss { MLD_LOSS_DEFAULT, MLD_LOSS_EXIT, MLD_LOSS_FORCED, MLD_LOSSES };

struct mld_pools {
    int width, periods;
    double *invested;    /**< tickets paid in t */
    double *income;      /**< interest, coupons, dividends received */
    double *capital;     /**< principal, redemptions, exits, recoveries, forced sales received */
    double *outstanding; /**< net invested cost after the flows of t (non-defaulted) */
    double *nav;         /**< value of deals after the flows of t */
    double *loss_by_instrument; /**< [path][instrument][loss kind] */
    double *loss_by_form;       /**< [path][form][loss kind], MLD_MAX_FORMS forms wide */
    double *cost_by_instrument; /**< [path][instrument]: cost of deals made */
    double *largest_issuer;     /**< [path]: largest cost over issuers */
    double *quota_cost;         /**< [path][quota class]: cost by enum mld_quota, plain sums */
    double *loan_cost;          /**< [path]: cost of loans */
    double *second_cost;        /**< [path]: cost of deals that follow others */
    /* of candidates: [path][instrument] cost of those that the fund cannot pay; [path] 1 where it
     * could pay all of them. Written by who chooses, after the sums */
    double *skipped_by_instrument, *ran_out;
    /* [path]: interest that issuers of covered debt pay less, and deals whose rate is down to 0 */
    double *interest_spared, *rates_at_zero;
    int *deals, *defaults; /**< [path]: deals made, deals in default */
    /* [path], the portfolio's: deals that wait for a closing, and by how many periods together */
    const int *waited, *periods_waited;
    /* private: [series][path][period], period contiguous, `stride` wide */
    double *sum;
    int stride, paths;   /**< of the sums */
    double *issuer_cost; /**< scratch, by issuer of the batch */
    /* issuers that may have a cost since the last reset: 0 … issuers - 1 */
    int issuers;
};

/**
 * Storage for up to `paths` paths of up to `max_issuers` each. Fails: MLD_ERR_MEMORY, and then
 * holds nothing.
 */
enum mld_status mld_pools_init(struct mld_pools *pools, const struct mld_grid *grid,
                               int max_issuers, int paths);
void mld_pools_clear(struct mld_pools *pools);
/** Empties the pools of `paths` paths. */
void mld_pools_reset(struct mld_pools *pools, int paths);
/** Adds one settled deal (nothing if it was not made). */
void mld_pools_add(struct mld_pools *pools, const struct mld_deal *deal,
                   const struct mld_life *life);
/** Fills the series of `paths` paths from what was added; zeros beyond. Cannot fail. */
void mld_pools_close(struct mld_pools *pools, int paths);

MLD_END_DECLARATIONS

#endif
