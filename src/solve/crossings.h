/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What values that were tried say: where a target is crossed, how surely, and where to look on. */
#ifndef MILLIARD_SOLVE_CROSSINGS_H
#define MILLIARD_SOLVE_CROSSINGS_H

#include "milliard/solve.h"

/** Fills crossings, `undefined` and `turn` of a table from its points. */
void mld_crossings_fill(struct mld_solve_table *table);

/**
 * The error of a statistic beside a goal: its own, or the paired one of a target counted from the
 * base. Where that is not known, of an sd, or a quantile of few paths, that of independent runs,
 * which is larger.
 */
double mld_goal_error(const struct mld_goal *goal, const struct mld_study_cell *base,
                      const struct mld_study_cell *cell);
/** What two values differ by, beside what chance makes them differ by: beyond ±1 they do. */
double mld_cells_apart(const struct mld_study_cell *one, const struct mld_study_cell *other);

/** A stretch between two values tried one after the other that is to be cut finer. */
struct mld_stretch {
    double from, to;
    double guess; /**< where, within it, what is looked for lies if all is straight */
};
/** Of each crossing there are three at most: its own, and the ends of its interval. */
enum { MLD_MAX_STRETCHES = 3 * MLD_MAX_CROSSINGS };
/** The stretches to cut, in order; gives how many, 0 when all is known to the tolerance. */
int mld_crossings_open(const struct mld_solve_table *table,
                       struct mld_stretch stretch[MLD_MAX_STRETCHES]);

#endif
