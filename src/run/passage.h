/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A segment on its way from who simulated it to who saves it, in one row of bytes: what a part is
 * given of it, and its own counts of the fans; or what went wrong.
 */
#ifndef MILLIARD_RUN_PASSAGE_H
#define MILLIARD_RUN_PASSAGE_H

#include "run/engine.h"
#include "run/part.h"

/** How it begins. */
struct mld_segment_head {
    uint32_t segment;
    int32_t status;  /**< enum mld_status; unless OK nothing follows */
    char text[1016]; /**< what is wrong */
};

/** Where things are in its bytes. */
struct mld_passage {
    struct mld_segment_head *head;
    double *columns;
    struct mld_sketch_sums *sums;
    double *trajectories;
    uint16_t *counts; /**< of this segment alone, [fan column][bin] */
    uint64_t bytes;   /**< of all */
};

/** Lays a segment out in `bytes`, which may be NULL for its size. */
struct mld_passage mld_passage_lay(const struct mld_part_layout *layout, uint32_t segment,
                                   char *bytes);
/**
 * Simulates a segment into `bytes`; or what is wrong, after the name of who tells it. Gives how
 * many bytes. The counts of the fans are then none again, as they have to be before.
 * `status`: unless OK, of an earlier failure, and it stays.
 */
uint64_t mld_passage_simulate(struct mld_engine *engine, uint32_t segment, const char *name,
                              char *bytes, enum mld_status *status, struct mld_messages *messages);

#endif
