/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Ratios: numbers worked out from sums of measures with the guarantee (where it has one only when
 * all dues are paid, of the design that pays them), mean over mean, each with
 * its Monte-Carlo error. One table, which a run fills and the results file keeps; reports,
 * workbooks, JSON and pages read it there.
 */
#ifndef MILLIARD_RATIO_H
#define MILLIARD_RATIO_H

#include <stddef.h>

#include "milliard/language.h"
#include "milliard/measure.h"
#include "milliard/status.h"

MLD_BEGIN_DECLARATIONS

enum mld_ratio_id {
    MLD_RATIO_FEE_EVEN,
    MLD_RATIO_FEE_CHARGED,
    MLD_RATIO_COVERAGE,
    MLD_RATIO_COVERAGE_ALL,
    MLD_RATIO_PER_NET_COST_DUE,
    MLD_RATIO_PER_NET_COST,
    MLD_RATIO_PER_COMMITMENT,
    MLD_RATIOS
};

/** A row: measures by name, ended by NULL, whose sums are divided. */
struct mld_ratio {
    const char *name, *unit;
    const char *over[2], *under[4];
    const char *label_en, *label_fr;
};
extern const struct mld_ratio mld_ratios[MLD_RATIOS];

/** A number worked out from several, with its Monte-Carlo error (NaN when unknown). */
struct mld_estimate {
    double value, error;
};

/**
 * One measure with the guarantee on paths first … first + count − 1, or NaN on all where there is
 * none of that name. `first` is a multiple of MLD_COLUMN_PIECE, count at most that.
 */
typedef enum mld_status mld_piece_of(const void *context, const char *measure, size_t first,
                                     size_t count, double *value);
/**
 * A ratio over paths, its error by the delta method, paths being independent; NaN with fewer than
 * two on which both sums are defined. Reads twice, and takes memory for a piece only.
 * Fails: as `piece_of`.
 */
enum mld_status mld_ratio_fill(const struct mld_ratio *ratio, size_t paths, mld_piece_of *piece_of,
                               const void *context, struct mld_estimate *estimate);

MLD_END_DECLARATIONS

#endif
