/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A piece of a study: what each design was on each path of the segments that were asked for, in a
 * file of its own, from which a merge (study_merge.c) adds all paths up in their order. Until it is
 * whole it is "<path>.part", which another program of the same study goes on with.
 *
 *     milliard study part 1           what it is
 *     segments 4-7                    first and last, from 0
 *     identity 45678                  bytes of mld_study_saved_identity(), which follow
 *     origins 901                     bytes of where the base's parameters come from, after them
 *     { group, first path, paths, bytes, crc }   numbers, [entry][column that it has][path]
 *
 * Groups come one after the other, each with its paths in their order, in blocks of
 * MLD_STUDY_BATCH. What follows the last whole record is of a program that was killed, and is
 * dropped.
 */
#ifndef MILLIARD_RUN_STUDY_PIECE_H
#define MILLIARD_RUN_STUDY_PIECE_H

#include "core/target.h"
#include "milliard/study.h"
#include "run/part.h"

/** Which study a piece is of; mld_part_names_clear(). Fails: MEMORY, with nothing to clear. */
enum mld_status mld_study_names_init(struct mld_part_names *names, const struct mld_study *study,
                                     double budget);

struct mld_study_piece {
    const char *name; /**< of a piece that is read */
    uint32_t first, last;
    int descriptor;
    int64_t end; /**< where the next record goes, or is */
    /* what comes next: paths from `from` on of the group of this number */
    uint32_t group, from;
    struct mld_target target;
};

/** A block of a group. */
struct mld_study_piece_record {
    uint32_t group, first, paths, checksum;
    uint64_t bytes;
};

/**
 * Opens the piece that is to be at `path`, and takes up what a former program left of it: group and
 * from say where to go on.
 * Fails: FILE, INPUT (a part of another study, or of other segments, is there), MEMORY. Nothing to
 * close then.
 */
enum mld_status mld_study_piece_open(struct mld_study_piece *piece, const char *path,
                                     const struct mld_part_names *names, const uint32_t segments[2],
                                     struct mld_messages *messages);
/** Appends a block, whose checksum is filled. Fails: FILE; the piece is then as it was. */
enum mld_status mld_study_piece_append(struct mld_study_piece *piece,
                                       struct mld_study_piece_record record, const double *numbers,
                                       struct mld_messages *messages);
/** Gives a whole piece its name. Fails: FILE. */
enum mld_status mld_study_piece_commit(struct mld_study_piece *piece,
                                       struct mld_messages *messages);
/** Ends; the part of one that is not whole stays where it holds something. */
void mld_study_piece_close(struct mld_study_piece *piece);

/** Opens a piece for reading. Fails: FILE, FORMAT, MEMORY. */
enum mld_status mld_study_piece_load(struct mld_study_piece *piece, const char *path,
                                     struct mld_part_names *names, struct mld_messages *messages);
/** Reads the next block, which has to be this one. Fails: FORMAT, with a message. */
enum mld_status mld_study_piece_read(struct mld_study_piece *piece,
                                     struct mld_study_piece_record record, double *numbers,
                                     struct mld_messages *messages);

#endif
