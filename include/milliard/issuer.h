/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Issuers (model, sections 3 and 4): period of default, resolution, performance.
 */
#ifndef MILLIARD_ISSUER_H
#define MILLIARD_ISSUER_H

#include "milliard/factors.h"
#include "milliard/portfolio.h"

/** What happens to the issuers of a batch. Arrays by issuer; rows by anniversary a, 0 unused, `stride` wide. */
struct mld_issuer_outcomes {
    int stride;
    int *default_period;       /**< first t > t0 at which the cumulated hazard reaches E; T if none */
    double *hazard;            /**< cumulated hazard at default, or at the end */
    double *threshold;         /**< E */
    double *resolution;        /**< the uniform that picks it */
    double *zeta, *xi;
    double *quality;           /**< Q(a), [issuer][a], a = 1 … while the anniversary lies in the horizon */
    double *surplus;           /**< s(a), likewise */
    double *systematic;        /**< Y(year), [issuer][year], calendar year of the grid */
    double *scratch; int *scratch_int;
};

enum mld_status mld_issuer_outcomes_init(struct mld_issuer_outcomes *outcomes, const struct mld_plan *plan, int paths);
void mld_issuer_outcomes_clear(struct mld_issuer_outcomes *outcomes);

/**
 * Fills every issuer's outcomes.
 * `hazard_scale`: NULL, or for each issuer the multiple of x·PD (moral hazard, branch with).
 * Draws are the same whatever the scale. Cannot fail. Source: model, section 3.
 */
void mld_issuers_fill(const struct mld_plan *plan, uint32_t first, int paths, const struct mld_factor_rows *rows,
                      const struct mld_portfolio *portfolio, const double *hazard_scale,
                      struct mld_issuer_outcomes *outcomes);

#endif
