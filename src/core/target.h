/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A file that appears whole or not at all: written under a hidden name in the folder of its target,
 * synced, then renamed. Only a file of its own kind, or an empty one, is replaced by it, and
 * whether there is another is looked at when the work begins and again when it ends. Nothing here
 * knows what is in the file.
 */
#ifndef MILLIARD_CORE_TARGET_H
#define MILLIARD_CORE_TARGET_H

#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "core/place.h"
#include "milliard/status.h"

enum { MLD_PATH_SIZE = 4096 };

struct mld_target {
    const struct mld_file_kind *kind;
    char path[MLD_PATH_SIZE]; /**< where the file will be, then where it is */
    char folder[MLD_PATH_SIZE];
    /* "<folder>/.<name>.<pid>.tmp", a long name being cut; "" when there is none */
    char temporary[MLD_PATH_SIZE];
    int descriptor;          /**< of the temporary file, locked; -1 when closed */
    mode_t mode;             /**< permissions of the file that was there, or 0 */
    struct mld_target *next; /**< of those that have a temporary file */
};

/**
 * Checks that a file of that kind can be at `path`, removes temporary files that dead programs left
 * for it, asks for `needed` bytes of free disk, and creates the temporary file. A link is followed.
 * `kind` outlives the target. The target stays at its place in memory until it is committed or
 * abandoned.
 * Fails: FILE, with a message; nothing is left behind, and the target need not be abandoned.
 */
enum mld_status mld_target_create(struct mld_target *target, const char *path,
                                  const struct mld_file_kind *kind, uint64_t needed,
                                  struct mld_messages *messages);
/**
 * Whether mld_target_create() would succeed, so that it is known before any work. Fails as it;
 * leaves nothing.
 */
enum mld_status mld_target_check(const char *path, const struct mld_file_kind *kind,
                                 struct mld_messages *messages);

/**
 * Opens "<path>.part", or creates it: what is on its way to `path`, under a name by which a later
 * program finds it and goes on. Its bytes are as they were found; one program at a time holds it.
 * Asks for `needed` bytes of free disk beyond those it has. Until mld_target_keep_part() it is
 * removed when the program ends, unless there was something in it.
 * Fails: FILE, with a message (another program holds it, or it is no file of that kind).
 */
enum mld_status mld_target_open_part(struct mld_target *target, const char *path,
                                     const struct mld_file_kind *kind, uint64_t needed,
                                     struct mld_messages *messages);
/** From now on the part stays when the program ends, however it does. */
void mld_target_keep_part(struct mld_target *target);
/** Lets go of a part, which stays where it is. */
void mld_target_leave_part(struct mld_target *target);

/**
 * Syncs the file and renames it; who may read the file it replaces may read it. Fails: FILE, with a
 * message. When it is only the place that fails, or is taken by another's file meanwhile, the file
 * is kept beside it, as "<name>.kept<suffix>", and is named.
 */
enum mld_status mld_target_commit(struct mld_target *target, struct mld_messages *messages);
/**
 * The same for a file that must replace nothing: where something is at its place, it becomes
 * "<name>.<word><suffix>", or "<name>.<word>-2<suffix>" …, and target->path says so.
 */
enum mld_status mld_target_commit_beside(struct mld_target *target, const char *word,
                                         struct mld_messages *messages);
/** Removes the temporary file. Safe after commit, and twice. */
void mld_target_abandon(struct mld_target *target);

/**
 * Removes the temporary files of all targets of the program, for one that ends at once. May be
 * called anywhere.
 */
void mld_targets_remove_temporaries(void);

/** Writes a whole file to a stream; what the disk does of it is not its concern. */
typedef enum mld_status mld_file_fill(FILE *file, const void *context);
/**
 * Has `fill` write the temporary file. Fails: as `fill`; FILE, with a message. The target is still
 * to be committed or abandoned.
 */
enum mld_status mld_target_fill(struct mld_target *target, mld_file_fill *fill, const void *context,
                                struct mld_messages *messages);
/**
 * Creates, fills and commits; signals that end a program wait meanwhile (core/signals.h). Fails as
 * these.
 */
enum mld_status mld_target_write(const char *path, const struct mld_file_kind *kind,
                                 mld_file_fill *fill, const void *context,
                                 struct mld_messages *messages);

#endif
