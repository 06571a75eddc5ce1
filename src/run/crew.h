/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A run that several processes share, where MPI started them: rank 0 runs it, hands segments out,
 * takes them in their order, and alone prints, reads and writes files; the others wait for segments
 * and simulate them, and so does a thread of rank 0. Every rank simulates the first paths itself,
 * for the edges of the fans; so a run of no more is not shared. A program without MPI has no crew
 * (alone.c).
 */
#ifndef MILLIARD_RUN_CREW_H
#define MILLIARD_RUN_CREW_H

#include "run/passage.h"

struct mld_crew;

/** What rank 0 tells the others of a run; its identity follows. */
struct mld_job {
    uint32_t first, last; /**< segments that are shared */
    int32_t threads, batch;
};

/**
 * Shares the segments first … last of a run of that identity with the ranks that wait, if there are
 * any: NULL without. Fails: MEMORY, with a crew to close or none.
 */
enum mld_status mld_crew_open(struct mld_crew **crew, const struct mld_engine *engine,
                              const char *identity, uint32_t first, uint32_t last);
void mld_crew_close(struct mld_crew *crew);
/** Whether others simulate this segment. */
int mld_crew_has(const struct mld_crew *crew, uint32_t segment);
/**
 * Waits for a segment, each in its turn; it is there until the next is asked for. Fails:
 * INTERRUPTED, when asked to stop; or as the rank that had it, with its message.
 */
enum mld_status mld_crew_take(struct mld_crew *crew, uint32_t segment, struct mld_passage *passage,
                              struct mld_messages *messages);

#endif
