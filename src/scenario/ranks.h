/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Rank correlations of judgements by a Gaussian copula (model, section 15). Rows are gone through
 * in the order of their names, so that the order of a file moves nothing.
 */
#ifndef MILLIARD_SCENARIO_RANKS_H
#define MILLIARD_SCENARIO_RANKS_H

#include "milliard/scenario.h"

/** Pearson's correlation of the normals whose ranks have Spearman's `rank`: 2 sin(π rank / 6). */
double mld_ranks_pearson(double rank);

/**
 * The correlation matrix [n][n] of rows of these names; correlations of others are left out.
 */
void mld_ranks_matrix(const struct mld_judgements *judgements, int n, const char *const *name,
                      double *matrix);

#endif
