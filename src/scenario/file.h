/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Whole files in memory, and paths beside other files. */
#ifndef MILLIARD_SCENARIO_FILE_H
#define MILLIARD_SCENARIO_FILE_H

#include "scenario/arena.h"
#include "milliard/status.h"

#include <sys/types.h>

enum { MLD_SCENARIO_BYTES = 4 << 20, MLD_TAPE_BYTES = 1 << 29 };  /* largest files read: 4 MiB, 512 MiB */

struct mld_file_identity { dev_t device; ino_t inode; };
int mld_file_same(const struct mld_file_identity *a, const struct mld_file_identity *b);

/** Reads a file whole, a final NUL added. *text on the heap. Fails: MLD_ERR_FILE with a message, MLD_ERR_MEMORY. */
enum mld_status mld_file_read(const char *path, size_t most, char **text, size_t *length, struct mld_file_identity *identity,
                              struct mld_messages *messages);

/** `path` as seen from the folder of `file`; absolute paths stay. NULL when memory is short. */
char *mld_file_beside(struct mld_arena *arena, const char *file, const char *path);

#endif
