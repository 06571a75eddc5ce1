/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Issuers (model, sections 3 and 4): period of default, resolution, performance.
 */
#ifndef MILLIARD_ISSUER_H
#define MILLIARD_ISSUER_H

#include "milliard/language.h"
#include "milliard/factors.h"
#include "milliard/portfolio.h"

MLD_BEGIN_DECLARATIONS

/** How a guarantee changes the PDs of an issuer. */
struct mld_hazard {
    int level; /**< place of the multiple in model->hazard; 0: none */
    int from;  /**< t0 of the deal it comes with: hazards of t > from have it */
};

/**
 * What happens to the issuers of a batch. Arrays by issuer; rows by anniversary a or year, `stride`
 * wide. Draws that nobody reads are not made (they are addressed: no other moves), and are NaN
 * here.
 */
struct mld_issuer_outcomes {
    int stride;
    int first; /**< issuer of the batch that comes first in every array */
    /* first t > t0, up to t_L, at which the cumulated hazard reaches E; T if none */
    int *default_period;
    double *threshold;  /**< E = −ln u, u the issuer's uniform MLD_DRAW_DEFAULT */
    double *resolution; /**< the uniform that picks it */
    double *zeta;       /**< of issuers in default; NaN for others */
    double *xi;         /**< where `reads` has MLD_READS_VALUE; NaN elsewhere */
    /*
     * Q(a), [issuer][a], a = 1 … while the anniversary lies in the horizon, where `reads` has
     * MLD_READS_PERFORMANCE; NaN elsewhere
     */
    double *quality;
    double *surplus;    /**< s(a), likewise */
    double *systematic; /**< Y(year), [issuer][year], calendar year of the grid */
    /*
     * private: ages at which each row of model->threshold changes, bounds, and scratch of a
     * chunk of issuers
     */
    int drawn; /* anniversaries drawn, from 0, even */
    unsigned char *change, *changes;
    struct mld_exposure *exposure;
    double *argument, *hazard, *uniform, *normal, *mixing_scale;
    /* of each row of model->threshold, `bounds` wide: for bounds of hazards */
    double *worst, *sure;
    int bounds;
    int *chosen;
    uint32_t *draw_path;
    uint64_t *draw_entity;
};

/**
 * Storage for up to `issuers` issuers of batches of up to `paths` paths of a resolved model. Fails:
 * MLD_ERR_MEMORY, and then holds nothing.
 */
enum mld_status mld_issuer_outcomes_init(struct mld_issuer_outcomes *outcomes,
                                         const struct mld_model *model, int issuers, int paths);
void mld_issuer_outcomes_clear(struct mld_issuer_outcomes *outcomes);

/**
 * Fills the outcomes of the issuers of paths from … to-1 of a batch, and of no other.
 * `hazard`: NULL, or for each issuer of the batch what changes its PDs. Draws are the same whatever
 * it is. Cannot fail. Source: model, sections 3 and 14.
 */
void mld_issuers_fill(const struct mld_model *model, uint32_t first, int from, int to,
                      const struct mld_factor_rows *rows, const struct mld_portfolio *portfolio,
                      const struct mld_hazard *hazard, struct mld_issuer_outcomes *outcomes);

MLD_END_DECLARATIONS

#endif
