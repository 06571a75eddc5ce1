/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The value of a key at which a statistic reaches a target (model, section 19), on common draws: a
 * coarse scan of the range, priced together, then the stretches in which the target is crossed are
 * cut finer until they are shorter than a tolerance. What is found is what a bisection around
 * `milliard run` finds.
 */
#ifndef MILLIARD_SOLVE_H
#define MILLIARD_SOLVE_H

#include <signal.h>
#include <stdint.h>

#include "milliard/language.h"
#include "milliard/study.h"

MLD_BEGIN_DECLARATIONS

struct mld_solve_question {
    const char *keys; /**< "KEY" or "KEY,KEY …", dotted: they take the same value */
    double from, to;  /**< from < to */
    /* of the value; 0: a 2,000th of the range. Of a whole number at least 1 */
    double tolerance;
    const char *until; /**< a goal: mld_goal_read() */
};

struct mld_solve_options {
    int threads; /**< 0: as many as there are processors */
    const volatile sig_atomic_t *stop;
    /** The round at hand, from 1, and the paths of it that are priced and to price. May be NULL. */
    void (*progress)(void *context, int round, double done, double all);
    void *context;
};

/** A value that was tried, and the statistic there. */
struct mld_solve_point {
    double at;
    struct mld_study_cell cell;
};

/** A place where the target is crossed. */
struct mld_crossing {
    double met, unmet; /**< values that were tried on its two sides, a tolerance apart at most */
    double low, high;  /**< values whose statistic lies within 1.96 of its error of the target */
    int low_open, high_open;    /**< 1: the end of the range still does */
    struct mld_study_cell cell; /**< the statistic at `met` */
    int again;                  /**< 1: within the interval of the crossing before it */
};

enum { MLD_MAX_CROSSINGS = 16, MLD_MAX_SOLVE_KEYS = 512 };

struct mld_solve_table {
    char scenario[MLD_MAX_NAME], keys[MLD_MAX_SOLVE_KEYS];
    uint32_t paths;
    uint64_t seed, fingerprint; /**< of the base: mld_scenario_fingerprint() */
    struct mld_goal goal;
    double from, to, tolerance;
    double step; /**< a power of ten: values tried and intervals are multiples of it */
    struct mld_study_cell base;
    int n_points, undefined;       /**< tried; of them without the statistic */
    struct mld_solve_point *point; /**< ascending; owned */
    int n_crossings, more;         /**< told, and found beside those */
    struct mld_crossing crossing[MLD_MAX_CROSSINGS];
    double turn; /**< where the statistic turns, by more than its error; NaN: nowhere */
    int rounds, interrupted;
};

/**
 * Solves a question over a scenario, with its own paths and seed.
 * Gives: `table`, the caller's to clear with mld_solve_clear() whatever the status; of an
 * interrupted search what was known, wider than the tolerance.
 * Fails: MLD_ERR_INPUT (an unknown key, a value of the range that the scenario's rules refuse,
 * named; bounds that are reversed or equal; a goal that is none; a statistic that no value has),
 * MLD_INTERRUPTED, else as mld_study_run(). Without a crossing it is MLD_OK: see n_crossings.
 */
enum mld_status mld_solve(struct mld_scenario *scenario, const struct mld_solve_question *question,
                          const struct mld_solve_options *options, struct mld_solve_table *table,
                          struct mld_messages *messages);
void mld_solve_clear(struct mld_solve_table *table);

MLD_END_DECLARATIONS

#endif
