/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Whole files in memory, and paths beside other files. */
#ifndef MILLIARD_CORE_FILE_H
#define MILLIARD_CORE_FILE_H

#include "core/arena.h"
#include "milliard/status.h"

#include <sys/types.h>

struct mld_file_identity {
    dev_t device;
    ino_t inode;
};
int mld_file_same(const struct mld_file_identity *a, const struct mld_file_identity *b);

/**
 * The scenario that a user names may come through a pipe; what a scenario names is a file, which
 * nothing waits for.
 */
enum mld_file_source { MLD_FILE_REGULAR, MLD_FILE_ANY };

/**
 * Reads a file of at most `most` bytes whole, a final NUL added. *text on the heap.
 * Fails: MLD_ERR_FILE with a message, MLD_ERR_MEMORY.
 */
enum mld_status mld_file_read(const char *path, enum mld_file_source kind, size_t most, char **text,
                              size_t *length, struct mld_file_identity *identity,
                              struct mld_messages *messages);

/**
 * `path` from the root, links resolved; the path itself when it leads nowhere. NULL when memory is
 * short.
 */
char *mld_file_from_root(struct mld_arena *arena, const char *path);

/** `path` as seen from the folder of `file`; absolute paths stay. NULL when memory is short. */
char *mld_file_beside(struct mld_arena *arena, const char *file, const char *path);

#endif
