/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What an interrupted study leaves in "<output>.part": results of the groups that are finished, and
 * the accounts of the one at hand. It is read by the program that wrote it, on a machine of its
 * kind: numbers are bytes of memory.
 */
#ifndef MILLIARD_RUN_STUDY_SAVED_H
#define MILLIARD_RUN_STUDY_SAVED_H

#include <stdint.h>
#include <stdio.h>

#include "milliard/study.h"

/** Where a study is. */
struct mld_study_position {
    int32_t early, late, based; /**< of the walk, before the group at hand */
    int32_t entries;            /**< of that group, when paths of it are done */
    uint32_t from;              /**< paths of it that are done */
    uint32_t unused;
};

/** Memory that is saved. */
struct mld_study_span {
    void *bytes;
    uint64_t n;
};

/** Which study a part is of: its text, then the identity of a run of the base. NULL: no memory. */
char *mld_study_saved_identity(const struct mld_study *study, double budget);
/** The study of such a text. Fails: as mld_study_restore(), FORMAT. */
enum mld_status mld_study_identity_restore(const char *identity, struct mld_study **study,
                                           struct mld_messages *messages);

/**
 * Writes a part; one that is there is replaced. Fails: FILE, with a message.
 */
enum mld_status mld_study_saved_write(const char *path, const char *identity,
                                      const struct mld_study_position *position, int n,
                                      const struct mld_study_span *span,
                                      struct mld_messages *messages);
/**
 * Opens a part. *file: NULL when there is none, else the caller's, from which spans are read in
 * their order. Fails: FILE, INPUT (of another study or build, with what differs), FORMAT.
 */
enum mld_status mld_study_saved_open(const char *path, const char *identity,
                                     struct mld_study_position *position, FILE **file,
                                     struct mld_messages *messages);
/** Reads the next spans, with their checksum. Fails: FORMAT, with a message. */
enum mld_status mld_study_saved_read(FILE *file, const char *path, int n,
                                     const struct mld_study_span *span,
                                     struct mld_messages *messages);

#endif
