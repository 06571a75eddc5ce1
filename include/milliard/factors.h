/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Systematic factors (model, section 2), annual: named factors, sectors, the TMO, stresses, the
 * Student mixture. Everything a later stage reads of a path is a row of years, contiguous, padded
 * to `stride`.
 */
#ifndef MILLIARD_FACTORS_H
#define MILLIARD_FACTORS_H

#include <stdint.h>

#include "milliard/language.h"
#include "milliard/limits.h"
#include "milliard/params.h"
#include "milliard/status.h"

MLD_BEGIN_DECLARATIONS

struct mld_factor {
    char name[MLD_MAX_NAME];
    double persistence; /**< φ in [0, 1) */
};
struct mld_correlation {
    char first[MLD_MAX_NAME], second[MLD_MAX_NAME];
    double value;
};

/**
 * A stress: `shift` is added to F(year) after the recursion, `value_shift` to e(year) where share
 * values read it.
 */
struct mld_stress {
    int year;
    char factor[MLD_MAX_NAME];
    double shift, value_shift;
    int index; /**< derived: named factor, or n_factors + sector */
};

struct mld_tmo {
    double start, long_run, reversion, volatility, floor;
    double history[2];
    int n_history; /**< r(-1), r(-2) */
};

enum mld_dependence { MLD_GAUSSIAN, MLD_STUDENT };

struct mld_factors_spec {
    int n_factors;
    struct mld_factor factor[MLD_MAX_FACTORS];
    int n_correlations;
    struct mld_correlation correlation[(MLD_MAX_FACTORS + 1) * MLD_MAX_FACTORS / 2];
    int n_sectors;
    char sector[MLD_MAX_SECTORS][MLD_MAX_NAME];
    double sector_persistence;
    struct mld_tmo tmo;
    int n_stress;
    struct mld_stress stress[MLD_MAX_STRESS];
    int dependence;
    double dof;
    /* derived */
    /* R over named factors, then the TMO */
    double matrix[(MLD_MAX_FACTORS + 1) * (MLD_MAX_FACTORS + 1)];
    /* its lower factor, row-major, n_factors + 1 wide */
    double cholesky[(MLD_MAX_FACTORS + 1) * (MLD_MAX_FACTORS + 1)];
    uint64_t entity[MLD_MAX_FACTORS + 1], sector_entity[MLD_MAX_SECTORS];
};

/** A legal form's exposure to default and performance (model, section 3). */
struct mld_form {
    char name[MLD_MAX_NAME];
    /* annual PD by year since investment; the last goes on */
    int n_pd;
    double pd[MLD_MAX_YEARS];
    double asset_correlation;        /**< ρ_g in [0, 1) */
    double weight[MLD_MAX_FACTORS];  /**< w_gk */
    double sector_weight;            /**< w_gs */
    double surplus_mean, surplus_sd; /**< μ_g, σ_g, fractions of the nominal a year */
    double performance_correlation;  /**< ρ_gQ in [0, 1] */
    /* EU Notice 2008/C 155/02 class, for the grant equivalent */
    int rating;
    /* derived */
    /* n: sd of the bracket under the stationary covariance */
    double norm;
    /* sd of the bracket of innovations (w'Rw + w_s²)^½ */
    double innovation_norm;
};
/** Rows of a legal form; those flagged MLD_TAPE may be columns of a tape. */
extern const struct mld_param mld_form_params[];

struct mld_model;

/**
 * Rows of years of a batch of paths: [path][form][year], [path][sector][year] …, year contiguous
 * with `stride`. A stress's `shift` is in `named`, `sector` and `index`; its `value_shift` only in
 * the two rows that share values read, `sector_innovation` and `value_innovation`. The recursions
 * of F read neither.
 */
struct mld_factor_rows {
    /* years simulated; stride, a multiple of 8 ≥ years + 3; zeros from `years` on */
    int years, stride;
    /* F_k, stressed, and e_k, not stressed: [path][factor][year] */
    double *named, *innovation;
    double *sector,
        *sector_innovation; /**< F_s, stressed; e_s + value_shift: [path][sector][year] */
    /* Σ_k w_gk F_k / n_g: [path][form][year]; add w_gs/n_g F_s for Y */
    double *index;
    /* Σ_k w_gk (e_k + value_shift) / n_e: [path][form][year] */
    double *value_innovation;
    /*
     * r(y) after the floor: [path][year + 3], entries 0, 1, 2 are r(-3), r(-2), r(-1); where the
     * history stops, its oldest rate goes on (r(0) without any)
     */
    double *tmo;
    double *mixing; /**< W(y), 1 under Gaussian dependence: [path][year] */
    /*
     * private: the draws of a batch, rows of `drawn` years: factors and TMO, then sectors, then the
     * mixture
     */
    int drawn;
    double *uniform, *normal;
    uint32_t *draw_path;
    uint64_t *draw_entity;
    double tmo_decay, tmo_step; /* e^(−κ); σ sqrt((1−e^(−2κ))/(2κ)) */
    void *memory;
};

/**
 * Storage for up to `paths` paths of a resolved model. Fails: MLD_ERR_MEMORY, and then holds
 * nothing.
 */
enum mld_status mld_factor_rows_init(struct mld_factor_rows *rows, const struct mld_model *model,
                                     int paths);
void mld_factor_rows_clear(struct mld_factor_rows *rows);

/**
 * Fills the rows of paths first … first+paths-1, `paths` at most those of init; each path has the
 * same bits in any batch. Cannot fail. Source: model, section 2.
 */
void mld_factors_fill(const struct mld_model *model, uint32_t first, int paths,
                      struct mld_factor_rows *rows);

MLD_END_DECLARATIONS

#endif
