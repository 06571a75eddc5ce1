/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A file that appears whole or not at all: written under a temporary name in the folder of its target,
 * synced, then renamed over it. Knows nothing of HDF5.
 */
#ifndef MILLIARD_RESULTS_TARGET_H
#define MILLIARD_RESULTS_TARGET_H

#include <stdint.h>

#include "milliard/status.h"

enum { MLD_PATH_SIZE = 4096 };

struct mld_target {
    char path[MLD_PATH_SIZE];        /**< where the file will be */
    char folder[MLD_PATH_SIZE];
    char temporary[MLD_PATH_SIZE];   /**< "<folder>/.<name>.<pid>.tmp"; "" when there is none */
    int descriptor;                  /**< of the temporary file, locked; -1 when closed */
};

/**
 * Checks that `path` can be a results file, removes temporary files that dead runs left for it, asks for
 * `needed` bytes of free disk, and creates the temporary file. Fails: FILE, with a message; nothing is left behind.
 */
enum mld_status mld_target_create(struct mld_target *target, const char *path, uint64_t needed,
                                  struct mld_messages *messages);
/** Turns the target into "<path without .h5>.interrupted.h5" if its path exists already. */
enum mld_status mld_target_set_interrupted(struct mld_target *target, struct mld_messages *messages);
/** Syncs the file, renames it over the target, syncs the folder. On failure the temporary file is removed. */
enum mld_status mld_target_commit(struct mld_target *target, struct mld_messages *messages);
/** Removes the temporary file. Safe after commit, and twice. */
void mld_target_abandon(struct mld_target *target);

#endif
