/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A file that appears whole or not at all: written under a temporary name in the folder of its target, then renamed. */
#ifndef MILLIARD_EXPORT_PLACE_H
#define MILLIARD_EXPORT_PLACE_H

#include <signal.h>
#include <stdio.h>
#include <sys/types.h>

#include "milliard/status.h"

enum { MLD_PLACE_SIZE = 4096, MLD_PLACE_STARTS = 3 };
struct mld_place { char path[MLD_PLACE_SIZE], temporary[MLD_PLACE_SIZE]; sigset_t signals; mode_t mode; /* of the file that is replaced, or 0 */ };

/** A kind of file that this program writes: "no workbook", what any other is, and what one of it starts with, the list ended by NULL when it is shorter. */
struct mld_place_kind { const char *other, *start[MLD_PLACE_STARTS]; };

/**
 * Creates the temporary file; until it is committed or abandoned an interruption waits, so that none is left behind. A file that is
 * there is replaced when it is of that kind, or empty, and nothing else is; who may read it stays as it was.
 * Fails: FILE, with a message; nothing is left behind.
 */
enum mld_status mld_place_create(struct mld_place *place, const char *path, const struct mld_place_kind *kind, struct mld_messages *messages);
/** Whether mld_place_create() would succeed, so that it is known before any work. Fails as it; leaves nothing. */
enum mld_status mld_place_check(const char *path, const struct mld_place_kind *kind, struct mld_messages *messages);
/** 1 when a file of that kind is there. */
int mld_place_holds(const char *path, const struct mld_place_kind *kind);
/** Syncs and renames. On failure the temporary file is removed, and what was at the path is still there. */
enum mld_status mld_place_commit(struct mld_place *place, struct mld_messages *messages);
/** Removes the temporary file. Safe after commit. */
void mld_place_abandon(struct mld_place *place);

/** Writes a whole file to a stream; what the disk does of it is not its concern. */
typedef enum mld_status mld_place_fill(FILE *file, const void *context);
/** Has `fill` write the file of that path, which appears whole or stays what it was. Fails: as `fill`, or as mld_place_create(). */
enum mld_status mld_place_write(const char *path, const struct mld_place_kind *kind, mld_place_fill *fill, const void *context, struct mld_messages *messages);

#endif
