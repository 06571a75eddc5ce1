/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The best that keys can do under constraints (model, section 19): weights of a mix, which keep
 * their sum, or other keys within bounds, such that a statistic is largest or smallest while others
 * reach their targets; for several levels of one target, a frontier. All on common draws, by
 * COBYLA, a method without derivatives; what is found is evaluated again on other draws, since
 * whoever searches finds what is good by chance too.
 */
#ifndef MILLIARD_FRONTIER_H
#define MILLIARD_FRONTIER_H

#include <signal.h>
#include <stdint.h>

#include "milliard/language.h"
#include "milliard/solve.h"
#include "milliard/study.h"

MLD_BEGIN_DECLARATIONS

enum { MLD_MAX_FRONTIER_KEYS = 12, MLD_MAX_CONSTRAINTS = 4, MLD_MAX_LEVELS = 24 };

struct mld_frontier_vary {
    const char *keys; /**< "KEY" or "KEY,KEY …", which take the same value */
    double from, to;  /**< from < to */
};

struct mld_frontier_question {
    int n_vary;
    struct mld_frontier_vary vary[MLD_MAX_FRONTIER_KEYS];
    const char *objective; /**< a statistic: mld_statistic_read() */
    int minimise;          /**< 1: the smallest, 0: the largest */
    int n_constraints;
    /*
     * goals (mld_goal_read()); the number of one of them may be "from:to:count" or "x,y …": its
     * levels, each a problem of its own
     */
    const char *constraint[MLD_MAX_CONSTRAINTS];
};

struct mld_frontier_options {
    int threads; /**< 0: as many as there are processors */
    const volatile sig_atomic_t *stop;
    /** Points simulated, and the most that may be. May be NULL. */
    void (*progress)(void *context, int done, int most);
    void *context;
};

/** What was found at a level. */
struct mld_frontier_best {
    double level;     /**< of the constraint that has several; NaN where none has */
    int point;        /**< among those tried */
    int feasible;     /**< 0: no point tried meets all constraints; this one misses them least */
    unsigned binding; /**< bits of the constraints whose target lies within 1.96 of their error */
    /* on other draws, where n_again is not 0: [statistic] */
    struct mld_study_cell again[1 + MLD_MAX_CONSTRAINTS];
    int missed; /**< 1: on them a constraint is missed, by more than 1.96 of its error */
    int worse;  /**< 1: on them it is worse than at the tighter level, by more than the error */
};

struct mld_frontier_table {
    char scenario[MLD_MAX_NAME];
    uint32_t paths;
    uint64_t seed, seed_again, fingerprint; /**< of the scenario: mld_scenario_fingerprint() */
    int minimise;
    /* what was varied, and how */
    int n_keys;
    char keys[MLD_MAX_FRONTIER_KEYS][MLD_MAX_SOLVE_KEYS];
    double from[MLD_MAX_FRONTIER_KEYS], to[MLD_MAX_FRONTIER_KEYS];
    int is_weight[MLD_MAX_FRONTIER_KEYS]; /**< 1: of a mix; those that are keep their sum */
    double sum;                           /**< of the weights that are varied */
    /* the first is the objective */
    int n_statistics;
    struct mld_statistic statistic[1 + MLD_MAX_CONSTRAINTS];
    int n_constraints;
    struct mld_goal constraint[MLD_MAX_CONSTRAINTS];
    int of[MLD_MAX_CONSTRAINTS]; /**< statistic of each constraint */
    int levelled;                /**< the constraint that has levels; −1: none */
    int n_levels;
    struct mld_frontier_best best[MLD_MAX_LEVELS]; /**< levels ascend */
    struct mld_study_cell base[1 + MLD_MAX_CONSTRAINTS];
    /* what was tried */
    int n_points, scanned, refused, undefined;
    double *value;               /**< [point][key]; owned */
    struct mld_study_cell *cell; /**< [point][statistic], NaN of one that is refused; owned */
    char why[512];               /**< of the first point that the scenario's rules refuse */
    int most;                    /**< points that could be tried */
    char optimiser[64];          /**< "COBYLA of NLopt 2.7.1" */
    int interrupted;
    int n_again; /**< levels that were evaluated on other draws: those that are feasible */
};

/**
 * Searches over a scenario, with its own paths and seed.
 * Gives: `table`, the caller's to clear with mld_frontier_clear() whatever the status; of an
 * interrupted search the best of what was tried. Without a feasible point it is MLD_OK.
 * Fails: MLD_ERR_INPUT (keys, bounds, statistics or constraints that are none; every point of the
 * first round refused by the scenario's rules), MLD_INTERRUPTED, else as mld_study_run().
 */
enum mld_status mld_frontier(struct mld_scenario *scenario,
                             const struct mld_frontier_question *question,
                             const struct mld_frontier_options *options,
                             struct mld_frontier_table *table, struct mld_messages *messages);
/**
 * Evaluates what was found on the draws of `scenario`, the same one with another seed, which
 * becomes the study's: a point a level, called by it. Given: a table with a feasible level.
 * Gives: the table's `again`; *study and `result`, the caller's to free and clear.
 * Fails: as mld_study_run().
 */
enum mld_status mld_frontier_again(struct mld_scenario *scenario,
                                   const struct mld_frontier_options *options,
                                   struct mld_frontier_table *table, struct mld_study **study,
                                   struct mld_study_result *result, struct mld_messages *messages);
void mld_frontier_clear(struct mld_frontier_table *table);

MLD_END_DECLARATIONS

#endif
