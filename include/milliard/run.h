/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A run: all paths of a plan, in parallel, into a results file. The only OpenMP.
 *
 * Batches of consecutive paths are simulated by threads and appended in the order of the paths, and
 * sums over paths are made in that order: neither the number of threads nor the size of a batch
 * moves a bit of what is written.
 */
#ifndef MILLIARD_RUN_H
#define MILLIARD_RUN_H

#include <signal.h>

#include "milliard/language.h"
#include "milliard/results.h"
#include "milliard/simulate.h"

MLD_BEGIN_DECLARATIONS

/**
 * A measure to hand back, one value a path. `column` is the caller's, with room for all the paths
 * of the plan; of an interrupted run the first result->paths are filled. NaN: undefined.
 */
struct mld_keep {
    int design;  /**< place in plan->design */
    int measure; /**< place in mld_measures */
    double *column;
};

/** All zero: as many threads as there are processors, nothing told, nothing kept. */
struct mld_run_options {
    /* 0: as many as the machine has; fewer where the system allows fewer */
    int threads;
    int batch;                         /**< paths a batch; 0: 64, fewer with many deals */
    const volatile sig_atomic_t *stop; /**< non-zero asks to stop; may be NULL */
    /*
     * Called after each wave of batches, outside the parallel part, with the paths done and all
     * those wanted. May be NULL.
     */
    void (*progress)(void *context, uint32_t done, uint32_t paths);
    void *context;
    /* per-path columns wanted beside the summary; may be NULL, 0 */
    const struct mld_keep *keep;
    int n_keep;
    /*
     * 1: nothing but these columns is wanted, no statistics, fans or trajectories; without a file
     */
    int lean;
    /* 1: go on with what an interrupted run left beside the output */
    int resume;
    /*
     * piece: only the segments first … last of the run, from 0, into a piece for mld_merge()
     * instead of a results file
     */
    int piece;
    uint32_t first, last;
    /* what worlds found, for the file and the summary (run_worlds.h); NULL: no worlds */
    const struct mld_uncertain *uncertain;
};

struct mld_run_result {
    uint32_t paths;  /**< simulated and kept: the first ones of the plan, none left out */
    double seconds;  /**< of the clock, from the call to the return */
    char file[4096]; /**< where the results lie, beside `output` when that is taken; "" without */
    int interrupted; /**< 1: fewer paths than asked for */
    /* of an interrupted run: what another goes on from, "" for nothing, and segments it holds */
    char part[4096];
    uint32_t segments;
    int finished; /**< 1: resuming, what was asked for was there already */
};

/**
 * Simulates the paths of a plan, writes them to a results file and summarises them. On its way a
 * run is in "<output>.part", from which another goes on should this one be killed.
 * Given: `scenario`, whose text the file keeps (NULL without a file); `output`, the file's name, or
 * NULL for the summary alone, when values of all measures stay in memory.
 * Gives: `summary`, the caller's to clear with mld_summary_clear(), whatever the status; `result`.
 * Fails: MLD_ERR_USAGE, of a plan that waits for its first pass (first_pass.h); MLD_INTERRUPTED
 * after options->stop, with a valid shorter file unless it is a piece, or
 * with result->paths = 0 and nothing kept; MLD_ERR_INPUT when a part of another run is there, or
 * one that options->resume would take up; MLD_ERR_MEMORY; MLD_ERR_FILE; MLD_ERR_CONSERVATION when
 * an account of a path does not close (model, section 10). Messages name the place; a part of
 * several segments stays, but for money that is not conserved.
 */
enum mld_status mld_run(const struct mld_plan *plan, const struct mld_scenario *scenario,
                        const struct mld_run_options *options, const char *output,
                        struct mld_summary *summary, struct mld_run_result *result,
                        struct mld_messages *messages);

/**
 * Whether mld_run() of the same arguments could begin, before something else is made for it: its
 * files can be written, and what a former run left is what options->resume would take up. Simulates
 * nothing, and leaves all as it was. Gives *finished: 1 when nothing is left to do.
 * Fails: as mld_run() before its first path.
 */
enum mld_status mld_run_check(const struct mld_plan *plan, const struct mld_scenario *scenario,
                              const struct mld_run_options *options, const char *output,
                              int *finished, struct mld_messages *messages);

/**
 * Puts the n pieces of a run together: the results of the whole run, to the bit.
 * Fails: FORMAT (no piece, or not a whole one), INPUT (pieces of different runs, or of another
 * build; some that overlap; missing segments), else as mld_run().
 */
enum mld_status mld_merge(int n, const char *const *pieces, const struct mld_run_options *options,
                          const char *output, struct mld_summary *summary,
                          struct mld_run_result *result, struct mld_messages *messages);

/**
 * A program that mpirun starts several times is one of these ranks: rank 0 does what the program is
 * for, the others mld_ranks_work(), and all of them mld_ranks_end(). The first run of rank 0 into a
 * file is then shared: the others simulate segments of it. Not called, or in a library built
 * without MPI, a run is of one process, rank 0.
 * mld_ranks_start() gives the rank. Only the processes of one launcher, with the same build.
 */
int mld_ranks_start(void);
/**
 * Of a rank beside rank 0: simulates what it is told until rank 0 ends; needs no file. Errors are
 * sent to rank 0, whose run fails with them.
 */
enum mld_status mld_ranks_work(void);
/** Rank 0 tells the others to end. Nothing when mld_ranks_start() has found no others. */
void mld_ranks_end(void);

/** What a run takes, about, in bytes. */
struct mld_needs {
    double memory;  /**< at the peak, with what the process holds now */
    double disk;    /**< of the results file */
    double passing; /**< of disk besides, while it runs: of its part */
};
/**
 * What a run of this plan into a file would take.
 * Given: threads, 0 for as many as there are processors.
 * Fails: MLD_ERR_MEMORY when what the threads work with cannot be had even now.
 */
enum mld_status mld_run_needs(const struct mld_plan *plan, const struct mld_scenario *scenario,
                              int threads, struct mld_needs *needs);

MLD_END_DECLARATIONS

#endif
