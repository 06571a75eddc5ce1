/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What nobody knows (model, section 15): results over worlds, each of whose judgements are a joint
 * draw. How much of the spread of a result is chance and how much ignorance, and which judgement
 * it comes from. The statistics here are functions of numbers of worlds, and know no simulator.
 *
 * Numbers of worlds are in their order; blocks are twentieths of them, in that order.
 */
#ifndef MILLIARD_UNCERTAIN_H
#define MILLIARD_UNCERTAIN_H

#include <stddef.h>
#include <stdint.h>

#include "milliard/language.h"
#include "milliard/measure.h"
#include "milliard/summary.h"
#include "milliard/worlds.h"

MLD_BEGIN_DECLARATIONS

/* ---- chance and ignorance ---- */

enum { MLD_WORLD_BLOCKS = 20, MLD_BAND = 5, MLD_FEWEST_EVENTS = 20 };
/** 0.975 quantile of Student's law with 19 degrees of freedom: of errors of blocks. */
extern const double mld_student_19;
/** Of the band: 0.05, 0.25, 0.5, 0.75, 0.95. */
extern const double mld_band_levels[MLD_BAND];

/** Paths of each world on which a measure is defined, with their mean and sample variance. */
struct mld_world_moments {
    uint32_t worlds;
    const double *count, *mean, *variance; /**< [world]; NaN: mean of none, variance of one */
};

/** An estimate with its 95 % interval. NaN: not known. */
struct mld_between {
    double value, low, high;
};

/** The variance of the result of one fund, or scheme, split. */
struct mld_split {
    double mean_error;            /**< of the mean over all paths, worlds being clusters */
    double chance;                /**< mean variance within a world */
    struct mld_between ignorance; /**< variance of world means, less chance / n: may be below 0 */
    struct mld_between share;     /**< of ignorance in the two together */
    /*
     * what the mean could be: world means shrunk to their mean, quantiles at mld_band_levels; NaN
     * where ignorance is not above 0
     */
    double band[MLD_BAND];
};

/** One number of struct mld_split, or one by level of the band. */
struct mld_split_row {
    const char *name;
    size_t offset;
    int by_band;      /**< 1: at each of mld_band_levels */
    const char *unit; /**< "1"; "": of the measure; "2": its square */
    const char *label_en, *label_fr, *doc_en, *doc_fr;
};
extern const struct mld_split_row mld_split_rows[]; /**< ended by a NULL name */

/**
 * Splits; intervals by jackknife over blocks. Worlds in which the measure is never defined are left
 * out. Fails: MEMORY.
 */
enum mld_status mld_split_fill(const struct mld_world_moments *moments, struct mld_split *split);

/**
 * Replaces the errors of statistics over n values, paths_per_world of each world after the other
 * (NaN: undefined), by those of a jackknife over blocks of worlds: sd_error, shortfall_error,
 * bounds of quantiles; and the mean_error where `is_probability`. Fails: MEMORY.
 */
enum mld_status mld_cluster_errors(size_t n, const double *value, size_t paths_per_world,
                                   enum mld_tail tail, int is_probability,
                                   struct mld_statistics *statistics);
/** Quantiles at some levels, with bounds likewise. Fails: MEMORY. */
enum mld_status mld_cluster_quantiles(size_t n, const double *value, size_t paths_per_world,
                                      int levels, const double *level, double *quantile,
                                      double *low, double *high);

/* ---- which judgement ---- */

/** What a world draws for one judgement: a number, or one of two with a probability. */
struct mld_index_input {
    int is_choice;
    double probability; /**< of the second of two: the upper end of u */
};

/** Sobol's indices of the mean of a world, of one input or block of inputs. */
struct mld_index {
    struct mld_between first, total;
};

/** Terms of a regression: constant, up to degree 2 of each input, and all pairs. */
int mld_regression_terms(int inputs, const struct mld_index_input *input);

struct mld_regression;
/**
 * Prepares a regression on u [world][input], independent uniforms; at least three worlds a term.
 * *regression: the caller's, mld_regression_free(). Fails: MEMORY; INPUT (too few worlds, or terms
 * that they do not tell apart), without a message.
 */
enum mld_status mld_regression_create(uint32_t worlds, int inputs,
                                      const struct mld_index_input *input, const double *u,
                                      struct mld_regression **regression);
void mld_regression_free(struct mld_regression *regression);

/** What a regression says of a measure. */
struct mld_indices {
    double explained; /**< part of the ignorance that its terms explain */
    double variance;  /**< the ignorance itself, which indices are parts of */
    /* parts of the ignorance by inputs that are numbers alone, choices alone, both together */
    double numbers, choices, both;
};

/**
 * Indices of one measure. Given: mean [world], and noise [world], the variance of each of these
 * means by chance alone; block [input], numbers below `blocks`, of what an index is of; the seed of
 * the bootstrap. Gives index [block]. Fails: MEMORY; INPUT (a mean that is not defined), without a
 * message.
 */
enum mld_status mld_regression_indices(const struct mld_regression *regression, const double *mean,
                                       const double *noise, const int *block, int blocks,
                                       uint64_t seed, struct mld_indices *indices,
                                       struct mld_index *index);

/** World means of the sets of a pick-freeze design, each on paths of its own. */
struct mld_pick_freeze {
    uint32_t worlds;
    int inputs;                      /**< or blocks of them */
    const double *a, *b;             /**< [world] */
    const double *mixed;             /**< [input][world]: that input of a, all others of b */
    const double *noise_a, *noise_b; /**< [world] variance of the means by chance alone */
};
/** Indices by covariances between sets. Fails: MEMORY; INPUT, without a message. */
enum mld_status mld_pick_freeze_indices(const struct mld_pick_freeze *sets, uint64_t seed,
                                        struct mld_indices *indices, struct mld_index *index);

/* ---- what a run of worlds found ---- */

enum { MLD_MAX_INDEXED = 16 };
/** Below it the indices of a regression carry a warning. */
extern const double mld_least_explained;

/** Indices of one measure. */
struct mld_indexed {
    int design, measure;
    int known; /**< 0: the measure is undefined in some world, or does not vary with the inputs */
    struct mld_indices of;
    struct mld_index *index; /**< [block]; owned */
};

/** Owned by the summary. */
struct mld_uncertain {
    uint32_t worlds;
    int paths_per_world, method; /**< enum mld_index_method */
    int inputs, blocks, designs, terms;
    struct mld_world_input *input; /**< [inputs] those drawn */
    double *u;                     /**< [world][input] ranks of the values drawn */
    struct mld_world_kept kept;
    /* [measure] over all paths of all worlds; count 0 where a measure does not apply */
    struct mld_statistics *measure[MLD_MAX_DESIGNS];
    struct mld_split *split[MLD_MAX_DESIGNS];
    unsigned char *is_probability[MLD_MAX_DESIGNS]; /**< [measure] 1: each path says yes or no */
    double *mean[MLD_MAX_DESIGNS];                  /**< [measure][world] */
    double dotation[MLD_DOTATION_LEVELS], dotation_low[MLD_DOTATION_LEVELS],
        dotation_high[MLD_DOTATION_LEVELS];
    int n_indexed;
    struct mld_indexed indexed[MLD_MAX_INDEXED];
};

/** One number of struct mld_indexed, or one by input. */
struct mld_index_row {
    const char *name;
    size_t offset; /**< in struct mld_indices, or in struct mld_index where by_input */
    int by_input;
    const char *unit; /**< as of a split */
    const char *label_en, *label_fr, *doc_en, *doc_fr;
};
extern const struct mld_index_row mld_index_rows[]; /**< ended by a NULL name */

/** Room for so many; all zero. Fails: MEMORY, what is there being still to be freed. */
enum mld_status mld_uncertain_init(struct mld_uncertain *uncertain);
void mld_uncertain_free(struct mld_uncertain *uncertain);

MLD_END_DECLARATIONS

#endif
