/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * How many paths a run needs for the errors that are asked of it (model, section 19): as many as
 * the scenario has, doubled until every error is small enough. The run is then any run of so many
 * paths.
 */
#ifndef MILLIARD_PRECISION_H
#define MILLIARD_PRECISION_H

#include "milliard/language.h"
#include "milliard/run.h"
#include "milliard/study.h"

MLD_BEGIN_DECLARATIONS

/** The largest standard error that a statistic may have. */
struct mld_precision {
    struct mld_statistic statistic;
    double wanted;
    double error; /**< that of the paths tried last; of a quantile half its interval over 1.96 */
};

/**
 * Reads "STATISTIC <= X", X the error, in the grammar of mld_goal_read(). Fails: likewise, and
 * MLD_ERR_INPUT for what no error can be.
 */
enum mld_status mld_precision_read(const char *text, const struct mld_plan *plan, const char *place,
                                   struct mld_precision *precision, struct mld_messages *messages);

/**
 * Reads all that run.precision of a plan asks for, each mistake with its place. Gives
 * precision[run.n_precisions]. Fails: as mld_precision_read().
 */
enum mld_status mld_precision_read_plan(
    const struct mld_plan *plan, struct mld_precision *precision, struct mld_messages *messages);

struct mld_precision_options {
    int threads;
    const volatile sig_atomic_t *stop;
    /**
     * Paths simulated, those after which errors are looked at next, and those that will do, if
     * errors fall as one over the root of the paths: NaN at first. May be NULL.
     */
    void (*progress)(void *context, double done, double next, double forecast);
    void *context;
};

/**
 * Finds the number of paths: `start`, doubled until all n errors are met, the plan's at most.
 * Every path is simulated once, for the measures asked about alone: it costs less than a run of the
 * number found, and 8 bytes a path and measure. Where a price is passed through, it is found anew
 * at each doubling, and all paths are simulated again: four times as much.
 * Gives: *paths, and the error of each.
 * Fails: MLD_NOT_REACHED, when the plan's paths are not enough, which *paths is then;
 * MLD_INTERRUPTED, MLD_ERR_CONSERVATION, MLD_ERR_MEMORY.
 */
enum mld_status mld_precision_find(struct mld_plan *plan, uint32_t start, int n,
                                   struct mld_precision *precision,
                                   const struct mld_precision_options *options, uint32_t *paths,
                                   struct mld_messages *messages);

/**
 * How many paths will do, from the errors of the first segment of them, or of the plan's when these
 * are fewer. Gives *forecast; infinite when an error is not defined there. Fails: MLD_INTERRUPTED,
 * MLD_ERR_CONSERVATION, MLD_ERR_MEMORY.
 */
enum mld_status mld_precision_forecast(const struct mld_plan *plan, int n,
                                       struct mld_precision *precision,
                                       const struct mld_precision_options *options,
                                       double *forecast, struct mld_messages *messages);

MLD_END_DECLARATIONS

#endif
