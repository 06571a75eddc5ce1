/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A set of worlds, simulated: what worlds.c gives to worlds_found.c. */
#ifndef MILLIARD_RUN_WORLDS_INTERNAL_H
#define MILLIARD_RUN_WORLDS_INTERNAL_H

#include "milliard/run_worlds.h"
#include "run/columns.h"
#include "run/spool.h"

/** What all sets of a run have in common. */
struct mld_worlds_run {
    const struct mld_plan *plan;
    const struct mld_run_options *options;
    const struct mld_worlds *worlds;
    const struct mld_world_input *input;
    int inputs, blocks;
    int threads;
    double done, all; /**< paths */
};

/** A set of worlds, each with paths_per_world paths from first_path on. */
struct mld_world_set {
    uint32_t first_path;
    int mixed; /**< −1: drawn as `drawn` says; else the block that is of set 0, all others of 1 */
    int drawn; /**< 0 or 1 */
    const struct mld_columns *columns;
    const struct mld_spool *spool; /**< where values go; NULL: nowhere */
    /* [column][world] */
    double *count, *mean, *variance;
    double *u; /**< [world][input] ranks; NULL: not kept */
    struct mld_world_kept kept;
};

/** Room for the moments of a set. Fails: MEMORY. */
enum mld_status mld_world_set_init(struct mld_world_set *set, uint32_t worlds,
                                   const struct mld_columns *columns);
void mld_world_set_clear(struct mld_world_set *set);
/** Simulates it. Fails: as mld_run_worlds(). */
enum mld_status mld_world_set_simulate(struct mld_worlds_run *run, struct mld_world_set *set,
                                       struct mld_messages *messages);

/** Statistics of a simulated set over all its paths. Fails: FILE, MEMORY. */
enum mld_status mld_worlds_summarise(const struct mld_worlds_run *run,
                                     const struct mld_world_set *set,
                                     struct mld_uncertain *uncertain);
/** Which measures have indices: place in uncertain->indexed. */
void mld_worlds_choose(const struct mld_plan *plan, struct mld_uncertain *uncertain);
/** Indices from the worlds of a set. Fails: MEMORY. */
enum mld_status mld_worlds_regress(const struct mld_worlds_run *run,
                                   const struct mld_world_set *set,
                                   struct mld_uncertain *uncertain);
/** Indices from further sets, on paths beyond those of the first. Fails: as mld_run_worlds(). */
enum mld_status mld_worlds_pick_freeze(struct mld_worlds_run *run,
                                       const struct mld_world_set *first,
                                       struct mld_uncertain *uncertain,
                                       struct mld_messages *messages);

#endif
