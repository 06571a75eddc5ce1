/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Net asset value by class (model, section 18): what the tiers would pay A, B and C after a period
 * if deals were sold and all were paid then. The tiers run upon copies of a fund's accounts, so
 * that every tier is followed and no path is disturbed. Series [period][path], EUR ≥ 0.
 */
#ifndef MILLIARD_NAV_H
#define MILLIARD_NAV_H

#include "milliard/language.h"
#include "milliard/fund.h"

MLD_BEGIN_DECLARATIONS

/** What deals are sold at: their value; or that less the discount of a forced sale, its own. */
enum mld_nav_sale { MLD_NAV_AT_VALUE, MLD_NAV_DISCOUNTED, MLD_NAV_SALES };
/** Whom it is shared among: the classes, and the beneficiary of the impact share. */
enum { MLD_NAV_BENEFICIARY = MLD_CLASSES, MLD_NAV_PARTS };

struct mld_nav {
    int width;
    double *whole[MLD_NAV_SALES];               /**< the fund's, negative where costs wait */
    double *part[MLD_NAV_SALES][MLD_NAV_PARTS]; /**< adds up to max(0, whole) */
    struct mld_fund_flows hypothetical;         /* private: accounts that the tiers run upon */
    double *memory;
};

/** Storage for up to `paths` paths. Fails: MLD_ERR_MEMORY, and then holds nothing. */
enum mld_status mld_nav_init(struct mld_nav *nav, const struct mld_grid *grid, int paths);
void mld_nav_clear(struct mld_nav *nav);
/**
 * After period t of a fund. Given: flows that were advanced to t and no further; `discounted`:
 * [path], the value of its deals after t less the discounts of their sale. Leaves the flows as they
 * are. C is paid whatever the date, of its carry what the mean score leaves it. Cannot fail.
 * Source: model, section 18.
 */
void mld_nav_fill(struct mld_nav *nav, const struct mld_grid *grid,
                  const struct mld_fund_spec *spec, const struct mld_fund_flows *flows, int t,
                  const double *discounted);

MLD_END_DECLARATIONS

#endif
