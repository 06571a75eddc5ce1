/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A part of a run: the segments that have been simulated, in a file of their own. A run writes one
 * beside its results file to be; whoever is killed goes on from it. A piece is a whole one, of
 * segments that were asked for; pieces are merged.
 *
 * The file: a head of text, then records one after the other, each with its length and a checksum.
 *
 *     milliard part 1                 what it is
 *     segments 4-7                    first and last, from 0
 *     identity 12345                  bytes of build, draws, seed, paths, scenario, which follow
 *     origins 6789                    bytes of where the parameters come from, after them
 *     { SEGMENT, s, bytes, crc }      columns [column][path], sums [fan column] of sum, square and
 *                                     count, trajectories [step][path kept]
 *     { COUNTS, s, bytes, crc }       counts of the fans after segment s: [counted column][bin]
 *
 * What follows the last whole record is of a program that was killed, and is dropped. Numbers are
 * as the machine has them: one of another byte order finds no whole record.
 */
#ifndef MILLIARD_RUN_PART_H
#define MILLIARD_RUN_PART_H

#include "core/target.h"
#include "measure/sketch.h"
#include "milliard/scenario.h"

/** Counts of the fans are saved after every so many segments: they are as large as a segment. */
enum { MLD_COUNTED_EVERY = 8 };

/** What its records hold. Segments are of MLD_SEGMENT paths but for the last of a run. */
struct mld_part_layout {
    uint32_t paths;        /**< of the whole run */
    uint32_t trajectories; /**< paths whose series are kept */
    int columns;           /**< of per-path values */
    int fans, counted;     /**< columns of the fans, and those of them that are not plain */
    int steps;             /**< of all series of all designs */
};

struct mld_part {
    struct mld_part_layout layout;
    uint32_t first, last; /**< segments it is to hold */
    uint32_t whole;       /**< segments it holds: first … first + whole − 1 */
    uint32_t counted;     /**< of these, those that its last counts are of */
    int descriptor;
    int64_t end, counts; /**< where the next record goes; where the last counts are, or 0 */
    int64_t *at;         /**< [segment − first] where its columns begin; owned */
    struct mld_target target;
};

/** Segments of a run of so many paths. */
uint32_t mld_segments(uint32_t paths);
/** Paths of a segment. */
uint32_t mld_segment_paths(const struct mld_part_layout *layout, uint32_t segment);
/** Those of its paths whose series are kept. */
uint32_t mld_segment_kept(const struct mld_part_layout *layout, uint32_t segment);
/** Bytes of the columns, sums and trajectories of a segment, as mld_part_append() takes them. */
void mld_part_sizes(const struct mld_part_layout *layout, uint32_t segment, uint64_t bytes[3]);
/** Bytes of a part of all segments from first to last, but for the counts at a piece's end. */
uint64_t mld_part_size(const struct mld_part_layout *layout, uint32_t first, uint32_t last);

/** Which run a part is of. Owned. */
struct mld_part_names {
    /*
     * what must be the same for two programs to work on one run: build, draws, model, seed, paths,
     * scenario with its tape
     */
    char *identity;
    char *origins; /**< where its parameters come from: mld_plan_origins() */
};
/** Fails: MEMORY, with nothing to clear. */
enum mld_status mld_part_names_init(struct mld_part_names *names, const struct mld_plan *plan,
                                    const struct mld_scenario *scenario);
void mld_part_names_clear(struct mld_part_names *names);
/**
 * Gives a plan, made of the scenario of an identity, the price that its run passes through, where
 * it waits for one. Fails: FORMAT (the identity has none).
 */
enum mld_status mld_part_take_price(const char *identity, struct mld_plan *plan);

/**
 * Opens "<path>.part" for the segments first … last. With `resume` the segments that a former
 * program left in it are taken up; without, there must be none. `besides`: bytes of disk that are
 * needed beside it.
 * Fails: FILE (disk, or another run is writing it), INPUT (segments are there that `resume` would
 * take up; or they are of another run: the message says in what it differs), MEMORY. Nothing to
 * close then.
 */
enum mld_status mld_part_open(struct mld_part *part, const char *path,
                              const struct mld_part_names *names,
                              const struct mld_part_layout *layout, const uint32_t segments[2],
                              uint64_t besides, int resume, struct mld_messages *messages);
/** Whether a piece can be written to `path`. Fails: FILE, with a message. */
enum mld_status mld_part_check(const char *path, struct mld_messages *messages);
/**
 * Ends: the file is removed, or stays if `keep` is 1 and it holds one of several segments. Safe on
 * a part that was not opened, whose descriptor is -1.
 */
void mld_part_close(struct mld_part *part, int keep);
/** Gives a whole part the name it was opened for, and closes it. Fails: FILE. */
enum mld_status mld_part_commit(struct mld_part *part, struct mld_messages *messages);

/**
 * Opens a piece for reading: its segments and names. Fails: FILE, FORMAT (no piece, or a damaged
 * one), MEMORY.
 */
enum mld_status mld_part_load(struct mld_part *part, const char *path, struct mld_part_names *names,
                              struct mld_messages *messages);
/**
 * Notes the records of a loaded part, which are laid out so: part->whole says how many segments are
 * there. Fails: MEMORY.
 */
enum mld_status mld_part_scan(struct mld_part *part, const struct mld_part_layout *layout);
/** What differs between two identities, as text for a message: "seed 1 there, 2 here". */
void mld_part_tell_difference(const char *there, const char *here, char *text, size_t size);

/**
 * Appends the next segment: columns [column][paths of the segment], sums [fan column],
 * trajectories [step][paths kept]. 0, or an errno; the part is then as it was.
 */
int mld_part_append(struct mld_part *part, const double *columns,
                    const struct mld_sketch_sums *sums, const double *trajectories);
/** Appends the counts of the fans after the last segment. 0, or an errno. */
int mld_part_append_counts(struct mld_part *part, const uint32_t *counts);

/** Values of one column, of paths of one segment. 0, or an errno. For several threads at once. */
int mld_part_column(const struct mld_part *part, int column, uint32_t first, uint32_t n,
                    double *value);
int mld_part_sums(const struct mld_part *part, uint32_t segment, struct mld_sketch_sums *sums);
/** Series of paths first … first+n−1 of those kept of a segment: [step][n]. */
int mld_part_trajectories(const struct mld_part *part, uint32_t segment, uint32_t first, uint32_t n,
                          double *series);
int mld_part_counts(const struct mld_part *part, uint32_t *counts);

#endif
