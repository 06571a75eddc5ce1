/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The parts of mld_issuers_fill(), each over a chunk of n ≤ MLD_ISSUERS_TOGETHER issuers, which
 * are told by their place in it. Private to src/issuer. Source: model, section 3.
 */
#ifndef MILLIARD_ISSUER_PARTS_H
#define MILLIARD_ISSUER_PARTS_H

#include "milliard/model.h"

/** Issuers whose draws and hazards share a run of the array kernels: the scratch stays in cache. */
enum { MLD_ISSUERS_TOGETHER = 128 };

/** An issuer's thresholds, and the calendar years in which it may default. */
struct mld_exposure {
    const double *threshold; /**< by age in years */
    const double *worst;     /**< by calendar year: no lower than any of its periods' */
    const double *sure;      /**< what of its bound a year's hazard is at least */
    /* ages where it differs from the age before, `changes` of them */
    const unsigned char *change;
    int changes;
    int before; /**< periods of a calendar year that belong to the age before */
    /* first calendar year, and their number up to that of t_L; maybe none */
    int year, years;
    /* where its hazards start among those of the chunk; -1: none are needed */
    int start;
};

/** What every part reads. */
struct mld_issuer_chunk {
    const struct mld_model *model;
    const struct mld_factor_rows *rows;
    const struct mld_issuer *issuer; /**< [n] */
    const struct mld_hazard *hazard; /**< NULL, or [n] */
    uint32_t first;
    int row, n;                       /**< where the first is in the outcomes; how many they are */
    int last_year;                    /**< calendar year of t_L */
    double beyond[MLD_MAX_YEARS + 8]; /**< by calendar year: 0 up to t_L, −∞ after it */
    double loading[MLD_MAX_FORMS], spread[MLD_MAX_FORMS]; /**< √ρ/√(1−ρ) and 1/√(1−ρ) */
    double sector_weight[MLD_MAX_FORMS];                  /**< w_gs / n_g */
    double common[MLD_MAX_FORMS], own[MLD_MAX_FORMS];     /**< √ρ_Q and √(1−ρ_Q) */
};

/**
 * Addresses of n issuers into outcomes->draw_path and draw_entity.
 */
void mld_issuers_address(const struct mld_issuer_chunk *chunk, int n, const int *index,
                         struct mld_issuer_outcomes *outcomes);

/** E and the resolution's uniform; then the period of default. Reads `systematic`. */
void mld_issuers_default(const struct mld_issuer_chunk *chunk,
                         struct mld_issuer_outcomes *outcomes);

/** Q and s of the issuers whose performance is read. Reads `systematic`. */
void mld_issuers_perform(const struct mld_issuer_chunk *chunk,
                         struct mld_issuer_outcomes *outcomes);

/** ζ of issuers in default, ξ of those whose value is read. Reads `default_period`. */
void mld_issuers_characterise(const struct mld_issuer_chunk *chunk,
                              struct mld_issuer_outcomes *outcomes);

#endif
