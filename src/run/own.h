/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The share of rank 0 in a run that ranks share: a thread beside the one that takes and saves
 * segments leads OpenMP's threads through segments of its own.
 */
#ifndef MILLIARD_RUN_OWN_H
#define MILLIARD_RUN_OWN_H

#include "run/engine.h"

struct mld_own;

/**
 * Takes over the engine, whose pilot is full, but for its fans. Gives NULL where there is no thread
 * to be had. Fails: MEMORY, NULL too.
 */
enum mld_status mld_own_start(struct mld_own **own, const struct mld_engine *engine,
                              uint32_t first);
/** Ends the thread, amid a segment if need be, and gives the engine back. NULL is allowed. */
void mld_own_end(struct mld_own *own);
/** The next segment to simulate; the one before has been taken. */
void mld_own_give(struct mld_own *own, uint32_t segment);
/** Exchanges the segment given, when it is done, for other bytes of that size. 0: it is not. */
int mld_own_take(struct mld_own *own, char **bytes);

#endif
