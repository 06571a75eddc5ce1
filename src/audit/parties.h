/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Conservation of money over all parties at once: what issuers, investors, managers, those who pay
 * or are paid by the guarantee, and the State as guarantor, investor and donor have received less
 * what they have paid adds up to nothing, on every path. The State's part is the measure that is
 * reported, so that no cost printed is another than the one that was borne.
 */
#ifndef MILLIARD_AUDIT_PARTIES_H
#define MILLIARD_AUDIT_PARTIES_H

#include "milliard/fund.h"
#include "milliard/violation.h"

/** One design of a batch. Series [period][path], measures [path]; all EUR. */
struct mld_parties {
    const struct mld_pools *pools;
    const struct mld_fund_spec *spec;            /**< NULL without a fund, as its flows */
    const struct mld_fund_flows *fund;           /**< of a closed batch */
    const struct mld_guarantee_flows *guarantee; /**< likewise; NULL without */
    const double *net_cost;    /**< the guarantee's, all series kept; NULL without a guarantee */
    const double *public_cost; /**< with investments and grants; NULL where it is not measured */
    const double *investor;    /**< cost of the State's shares in it; NULL where it has none */
};

/**
 * Given: `paths` paths numbered from `first`; `sum` and `moved`, room for a padded row each; the
 * design's place, to tell it.
 * Gives: the first violation in *violation; one that is already there stays unless a lower path
 * violates something.
 * Source: model, sections 7, 8, 10, 12 and 13.
 */
void mld_parties_check(const struct mld_parties *parties, const struct mld_grid *grid,
                       uint32_t first, int paths, int design, double *sum, double *moved,
                       struct mld_violation *violation);

#endif
