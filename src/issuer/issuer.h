/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The parts of mld_issuers_fill(), each over a chunk of issuers from … from+n-1, n ≤
 * MLD_ISSUERS_TOGETHER. Private to src/issuer. Source: model, section 3.
 */
#ifndef MILLIARD_ISSUER_PARTS_H
#define MILLIARD_ISSUER_PARTS_H

#include "milliard/model.h"

/** Issuers whose draws and hazards share a run of the array kernels: the scratch stays in cache. */
enum { MLD_ISSUERS_TOGETHER = 128 };

/**
 * Annual hazards −ln(1−Φ(x)) grow with x: that of the right end of an interval bounds them all.
 * ceiling[j + 1] is that of the j-th interval of length 1/MLD_CEILING_STEPS from MLD_CEILING_LOW
 * on, and infinite beyond the last.
 */
enum {
    MLD_CEILING_LOW = -8,
    MLD_CEILING_HIGH = 4,
    MLD_CEILING_STEPS = 64,
    MLD_CEILINGS = (MLD_CEILING_HIGH - MLD_CEILING_LOW) * MLD_CEILING_STEPS
};

/** An issuer's thresholds, and the calendar years in which it may default. */
struct mld_exposure {
    const double *threshold; /**< by age in years */
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
    const struct mld_issuer *issuer; /**< of the batch */
    const double *hazard_scale;      /**< NULL, or by issuer of the batch */
    uint32_t first;
    int from, n;
    int last_year;                                        /**< calendar year of t_L */
    double loading[MLD_MAX_FORMS], spread[MLD_MAX_FORMS]; /**< √ρ/√(1−ρ) and 1/√(1−ρ) */
};

/**
 * Addresses of n issuers, given by index in the batch, into outcomes->draw_path and draw_entity.
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
