/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Holdings: what a fund's deals would fetch in each period, and what is held at each year's end of
 * what the limits of an FPCI are about (model, sections 6 and 18). EUR. Filled where they are asked
 * for: no flow depends on them.
 */
#ifndef MILLIARD_HOLDINGS_H
#define MILLIARD_HOLDINGS_H

#include "milliard/language.h"
#include "milliard/limits.h"
#include "milliard/status.h"

MLD_BEGIN_DECLARATIONS

/** At the end of a calendar year, cost of deals made: */
enum mld_holding {
    MLD_HOLDING_FULL,   /**< that count for the quota in full, held or sold less than 2 years ago */
    MLD_HOLDING_POCKET, /**< that count up to 20 %, likewise */
    MLD_HOLDING_LOANS,  /**< loans held */
    MLD_HOLDING_ISSUER, /**< held of the issuer of which most is held */
    MLD_HOLDING_KINDS
};

struct mld_holdings {
    int width, paths, periods, years;
    double *discounted;              /**< [period][path]: value after t less sales' discounts */
    double *held[MLD_HOLDING_KINDS]; /**< [year][path] */
    int year_end[MLD_MAX_YEARS + 1]; /**< last period of a calendar year, from period 0's */
    /* private: [path][period]; [issuer of the path][year], of the path that is being filled */
    double *sum, *issuer_cost;
    int stride, path, remembered; /* periods in which a sale is remembered */
    int year[MLD_MAX_PERIODS];    /* of a period, from period 0's */
    const int *first_issuer;
};

struct mld_deal;
struct mld_life;
struct mld_model;
struct mld_portfolio;
/** Storage for up to `paths` paths. Fails: MLD_ERR_MEMORY, and then holds nothing. */
enum mld_status mld_holdings_init(struct mld_holdings *holdings, const struct mld_model *model,
                                  int paths);
void mld_holdings_clear(struct mld_holdings *holdings);
/** Empties the holdings of `paths` paths of a portfolio, which lasts until they are closed. */
void mld_holdings_reset(struct mld_holdings *holdings, const struct mld_portfolio *portfolio,
                        int paths);
/** Adds one settled deal (nothing if it was not made); path after path. Cannot fail. */
void mld_holdings_add(struct mld_holdings *holdings, const struct mld_model *model,
                      const struct mld_deal *deal, const struct mld_life *life);
/** Fills the series of `paths` paths from what was added; zeros beyond. Cannot fail. */
void mld_holdings_close(struct mld_holdings *holdings, int paths);

MLD_END_DECLARATIONS

#endif
