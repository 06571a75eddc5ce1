/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The size at which a form costs as much as it is to (model, section 13): where the mean paired
 * difference of present values crosses 0, and its interval. Private to src/run.
 */
#ifndef MILLIARD_RUN_SIZES_H
#define MILLIARD_RUN_SIZES_H

#include "run/trials.h"

enum { MLD_MOST_TRIED = 64 };

/** One size that is sought, and what was tried: mean difference and its standard error. */
struct mld_sought {
    enum mld_support form;
    int bare;             /**< 1: without administration on either side */
    const double *target; /**< [path] present values that it is to have; the caller's */
    double most;          /**< largest size */
    int n;
    double x[MLD_MOST_TRIED], mean[MLD_MOST_TRIED], error[MLD_MOST_TRIED];
};

/** Starts: of size 0 a form costs nothing. */
void mld_sought_start(struct mld_sought *sought, size_t paths);
/** Takes the present values of size x, `scale` times those given. */
void mld_sought_add(struct mld_sought *sought, double x, size_t paths, const double *value,
                    double scale);
/**
 * The next size to try: of the size itself, then of the ends of its interval. NaN: all are known.
 */
double mld_sought_next(const struct mld_sought *sought);
/** What was found. */
void mld_sought_read(const struct mld_sought *sought, struct mld_alternative *found);

/* additionality.c */

/** The additionality of the guarantee of a scenario as it stands, every due paid. */
enum mld_status mld_additionality_fill(const struct mld_scenario *scenario,
                                       const struct mld_alternatives_options *options,
                                       struct mld_alternatives *table,
                                       struct mld_messages *messages);
/** Mean of the numbers that are defined, and its standard error. */
struct mld_estimate mld_mean_of(size_t n, const double *value);
/** The ratio of the means of y and x, its error by the delta method. */
struct mld_estimate mld_ratio_of(size_t n, const double *y, const double *x);

#endif
