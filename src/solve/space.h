/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Where a search may go: keys within bounds, weights of a mix that keep their sum. A point has a
 * place, numbers from 0 to 1 of the keys that are free; the last weight is what the others leave.
 */
#ifndef MILLIARD_SOLVE_SPACE_H
#define MILLIARD_SOLVE_SPACE_H

#include "milliard/frontier.h"

struct mld_space {
    int n, n_free;
    double from[MLD_MAX_FRONTIER_KEYS], to[MLD_MAX_FRONTIER_KEYS];
    /* of which values are multiples: powers of ten, or periods of a year */
    double step[MLD_MAX_FRONTIER_KEYS];
    int n_weights;
    int weight[MLD_MAX_FRONTIER_KEYS]; /**< the keys that are weights; the last is not free */
    double sum;
    int free[MLD_MAX_FRONTIER_KEYS]; /**< key of each number of a place */
};

/** The power of ten at or below a length, or the least step where it is less. */
double mld_step_below(double length, double least);
/** The nearest multiple of a power of ten, or of a part of 1, as one would type it. */
double mld_step_round(double value, double step);

/** The weights, the free keys and their steps follow from bounds, `is_weight` and least steps. */
void mld_space_init(struct mld_space *space, const int *is_weight, const double *least);
/** The point at a place: within the bounds, weights moved as little as their sum asks. */
void mld_space_point(const struct mld_space *space, const double *place, double *value);
/** The place of a point. */
void mld_space_place(const struct mld_space *space, const double *value, double *place);
/** How far below its lower bound, and above its upper one, the last weight is at a place. */
void mld_space_beyond(const struct mld_space *space, const double *place, double beyond[2]);
/** The i-th of a sequence of points that fills the space evenly, its corners of the mix first. */
void mld_space_scan(const struct mld_space *space, int i, double *value);

#endif
