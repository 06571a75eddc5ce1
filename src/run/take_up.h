/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Fans that begin in the middle. Their edges come from the first paths of the run, the pilot, which
 * are simulated first whatever segments are wanted; sums and counts of segments that were saved are
 * added; segments saved after the last counts are simulated again.
 */
#ifndef MILLIARD_RUN_TAKE_UP_H
#define MILLIARD_RUN_TAKE_UP_H

#include "run/engine.h"
#include "run/part.h"

/** Room for what is saved of the fans; owned. */
struct mld_buffers {
    struct mld_sketch_sums *sums; /**< [fan column] */
    uint32_t *counts;             /**< [fan column][bin] */
};
/** Fails: MEMORY, with nothing to clear. */
enum mld_status mld_buffers_init(struct mld_buffers *buffers, const struct mld_part_layout *layout);
void mld_buffers_clear(struct mld_buffers *buffers);

/**
 * Begins the fans of the segments first … last, of which the part holds some, in memory none. Gives
 * the next segment to simulate. Fails: FILE, MEMORY, and as mld_engine_simulate().
 */
enum mld_status mld_take_up(struct mld_engine *engine, const struct mld_part *part, uint32_t first,
                            uint32_t last, struct mld_buffers *buffers, uint32_t *next,
                            struct mld_messages *messages);
/** The rest of the pilot, for the edges of a piece that ends inside it. */
enum mld_status mld_complete_pilot(struct mld_engine *engine, struct mld_messages *messages);
/**
 * Adds what a part has saved of the fans, whose pilot is full if it has counts. Fails: FILE.
 */
enum mld_status mld_add_saved(struct mld_engine *engine, const struct mld_part *part,
                              struct mld_buffers *buffers);
/** Appends the counts of the fans, unless they are exact and have none. 0, or an errno. */
int mld_save_counts(const struct mld_engine *engine, struct mld_part *part,
                    struct mld_buffers *buffers);

#endif
