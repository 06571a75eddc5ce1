/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The engine of a run: paths, segment by segment, in parallel. Paths are cut into batches of
 * consecutive paths; a wave of batches is simulated in parallel, each by one thread, which puts
 * what is kept of it into its own place; then fans are fed in path order. So nothing depends on the
 * order of threads, and the paths at hand are always an unbroken run. A segment ends a wave.
 */
#ifndef MILLIARD_RUN_ENGINE_H
#define MILLIARD_RUN_ENGINE_H

#include "milliard/run.h"
#include "run/columns.h"
#include "run/fans.h"
#include "run/part.h"

/** One batch of a wave. */
struct mld_block {
    uint32_t first;
    int paths;
    struct mld_violation violation;
};

struct mld_engine {
    const struct mld_plan *plan;
    const struct mld_run_options *options;
    int threads, batch, wave;
    int measures, steps; /**< rows of a design's outputs */
    int kept;            /**< of the steps, those of series: trajectories are of these */
    struct mld_columns columns;
    struct mld_part_layout layout;
    struct mld_fans *fans; /**< NULL for a lean run, and before mld_engine_count() */
    uint32_t goal;         /**< paths that progress is told of */
    uint32_t pilot;        /**< segments of the pilot that the fans were fed */
    /* the segment at hand, as a part keeps it, and the paths of it that are done */
    uint32_t segment, paths;
    double *column;       /**< [column][MLD_SEGMENT] */
    double *trajectories; /**< [step of all designs][paths kept], or NULL */
    /* owned: a wave, what fans are fed of it, [column][path of the wave], one workspace a thread */
    struct mld_block *block;
    double *fed;
    struct mld_workspace **workspace;
};

/** Paths of a batch, a multiple of 8: as many as asked for, or, with 0, what suits the deals. */
int mld_engine_batch(const struct mld_plan *plan, int asked);
/**
 * Allocates all that simulating takes, on at most `threads` threads, but the fans. Fails: MEMORY;
 * the engine is still to be closed.
 */
enum mld_status mld_engine_open(struct mld_engine *engine, const struct mld_plan *plan,
                                const struct mld_run_options *options, int threads);
/**
 * Begins the fans, for which the segments first … last count (none if first > last). Fails: MEMORY.
 */
enum mld_status mld_engine_count(struct mld_engine *engine, uint32_t first, uint32_t last);
void mld_engine_close(struct mld_engine *engine);

/**
 * Simulates one segment and feeds the fans, in order of segments; its columns and trajectories are
 * then at hand. `told`: paths done before it, for who watches progress, of `options`; NAN: it is
 * not progress, but done again.
 * Fails: INTERRUPTED, when asked to stop, the paths so far being at hand; CONSERVATION, with a
 * message.
 */
enum mld_status mld_engine_simulate(struct mld_engine *engine, uint32_t segment, double told,
                                    struct mld_messages *messages);
/** The columns at hand one after the other, of the segment's own length, as a part takes them. */
void mld_engine_close_ranks(struct mld_engine *engine);

/** Tells that money is not conserved, which is a defect. Gives MLD_ERR_CONSERVATION. */
enum mld_status mld_violation_tell(const struct mld_violation *violation,
                                   struct mld_messages *messages);

#endif
