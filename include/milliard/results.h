/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Results files (HDF5; docs/results-file.md). The only user of HDF5.
 *
 * What a results file promises. It is whole: written under a temporary name, synced, renamed. It is
 * enough: scenario with its tape, parameters and where each came from, who made it, every measure
 * on every path and their statistics are inside, and nothing outside is read with it. It is a
 * function of scenario, seed and build: equal runs give equal bytes. It lasts: within a format
 * names, shapes, units and meanings stay, things are added only, and each format since
 * MLD_RESULTS_OLDEST is read. It is what the program wrote: each number and text that a command
 * reads is compared with a checksum, and what was changed since is refused by its place. That holds
 * against accidents, not against somebody who means to deceive; the bytes of a second run do.
 */
#ifndef MILLIARD_RESULTS_H
#define MILLIARD_RESULTS_H

#include <stdint.h>

#include "milliard/language.h"
#include "milliard/measure.h"
#include "milliard/scenario.h"
#include "milliard/status.h"
#include "milliard/study.h"
#include "milliard/summary.h"

MLD_BEGIN_DECLARATIONS

#define MLD_RESULTS_FORMAT 2 /**< version of the schema */
#define MLD_RESULTS_OLDEST 1 /**< oldest that is still read */
/** What a piece of a run starts with, which is no results file: mld_merge() makes one of pieces. */
#define MLD_PIECE_START "milliard part 1\n"
/** The same of a study: mld_study_merge(). */
#define MLD_STUDY_PIECE_START "milliard study part 1\n"

struct mld_results_writer;

/**
 * Opens a temporary file beside `path`, writes scenario, parameters, provenance, tables. Nothing of
 * the file depends on the clock, the machine or the number of threads: equal runs give equal bytes.
 * Given: plan and messages outlive the writer, for what append and column have to say.
 * Fails: FILE (folder, full disk, `path` is a folder or a file of another's making), MEMORY. One
 * writer a program at a time for one path.
 */
enum mld_status mld_results_create(const char *path, const struct mld_plan *plan,
                                   const struct mld_scenario *scenario,
                                   struct mld_results_writer **writer,
                                   struct mld_messages *messages);
/** Whether results can be written to `path`, before any work. Fails: FILE, with a message. */
enum mld_status mld_results_check(const char *path, struct mld_messages *messages);
/**
 * Appends a block of paths in order. value[design]: [measure][width]; series[design]: [step][width]
 * as mld_simulate leaves them (the writer transposes, and keeps trajectories as the plan says).
 */
enum mld_status mld_results_append(struct mld_results_writer *writer, int paths, int width,
                                   double *const value[MLD_MAX_DESIGNS],
                                   double *const series[MLD_MAX_DESIGNS]);
/**
 * Writes the summary, closes, syncs and renames. interrupted: to `<path without
 * .h5>.interrupted.h5`, or the first free of `….interrupted-2.h5` …, when something is at `path`.
 * On failure what was at `path` is still there, whole; where only the renaming fails the results
 * are kept beside it, and the message says where. The writer is still to be freed by
 * mld_results_abandon().
 */
enum mld_status mld_results_finish(struct mld_results_writer *writer,
                                   const struct mld_summary *summary, int interrupted,
                                   char *final_path, size_t final_path_size,
                                   struct mld_messages *messages);
/**
 * Frees the writer, and removes the temporary file unless finish has made it the results. Safe on
 * NULL.
 */
void mld_results_abandon(struct mld_results_writer *writer);

/** Bytes of the file that a whole run leaves, and somewhat more; 0 when memory is short. */
uint64_t mld_results_size(const struct mld_plan *plan, const struct mld_scenario *scenario);

/* ---- of a study ---- */

/**
 * Writes what a study has found: its statistics over labelled axes, its own text and that of its
 * base, and what a results file says of program, scenario and run. Equal studies give equal bytes.
 * An interrupted one goes to `<path without .h5>.interrupted.h5`, as a run. A run's file is not
 * replaced, nor is a study's by a run's.
 * Fails: FILE, MEMORY; what was at `path` is then still there.
 */
enum mld_status mld_study_write(const char *path, const struct mld_study *study,
                                const struct mld_study_result *result, char *final_path,
                                size_t final_path_size, struct mld_messages *messages);
/** Whether it can be written to `path`, before any work. Fails: FILE, with a message. */
enum mld_status mld_study_write_check(const char *path, struct mld_messages *messages);

/** An axis of a study's file. */
struct mld_record_axis {
    const char *name, *keys; /**< "fee"; "fund.management_fee, …", or "" of points */
    int n, is_numbers;       /**< 1: every point is a number */
    const char **label;
    double *number; /**< NaN where a point is none */
};
/** A statistic of a study's file. */
struct mld_record_statistic {
    const char *name, *design, *label_en, *label_fr; /**< label: without the design */
    const char *unit;
    enum mld_quantity quantity;
};
/** What the variants of a study are looked through for. */
struct mld_record_goal {
    int statistic;        /**< place among those of the study */
    struct mld_goal goal; /**< without the statistic */
};
/** What a study's file holds. The last axis varies fastest, then the statistic. */
struct mld_study_record {
    const char *name, *text; /**< text: a study file, whose base is the scenario of the results */
    int n_axes, n_statistics;
    size_t n_variants, n_done;
    struct mld_record_axis axis[MLD_MAX_AXES];
    struct mld_record_statistic *statistic;
    struct mld_study_cell *base, *cell; /**< [statistic], [variant][statistic] */
    unsigned char *done;                /**< [variant] 0: the study was interrupted before it */
    int n_goals;
    struct mld_record_goal goal[MLD_MAX_GOALS];
};

/** A results file open for reading. */
struct mld_results;
/**
 * Opens and checks a file, and loads all but the paths. Nothing in a damaged or hostile file is
 * trusted.
 * Fails: FILE (cannot be read), FORMAT (no results file, truncated, damaged, of another version:
 * the message says which), MEMORY.
 */
enum mld_status mld_results_open(const char *path, struct mld_results **results,
                                 struct mld_messages *messages);
/** The same for a run's file or a study's, which the other refuses. */
enum mld_status mld_results_open_any(const char *path, struct mld_results **results,
                                     struct mld_messages *messages);
/** What a study's file holds, owned by the results; NULL of a run's, which has no such thing. */
const struct mld_study_record *mld_results_study(const struct mld_results *results);
void mld_results_close(struct mld_results *results);
/** Whether a file begins as a results file does: it is one, or a damaged one, or another's. */
int mld_results_begins(const char *path);
/** The descriptor through which the file is read, from opening to closing. */
int mld_results_descriptor(const struct mld_results *results);
const struct mld_summary *mld_results_summary(const struct mld_results *results);
/**
 * Root attribute of the file as text ("name", "title_fr", "seed", "commit", "interrupted" …), or
 * NULL.
 */
const char *mld_results_attribute(const struct mld_results *results, const char *name);
/** The price that the run passed through to issuers (model, section 14); 0: it passed none. */
int mld_results_cover_price(const struct mld_results *results, struct mld_cover_price *price);
/**
 * Title of the scenario in French or English, in the other language when it has none in that one,
 * else its name.
 */
const char *mld_results_title(const struct mld_results *results, int french);
/** The parameters of the run, in table order; count in *n. Owned by the results. */
const struct mld_echo *mld_results_echo(const struct mld_results *results, size_t *n);
/** The warnings of the run's scenario; count in *n, often 0. Owned by the results. */
const struct mld_warning *mld_results_warnings(const struct mld_results *results, size_t *n);
const struct mld_grid *mld_results_grid(const struct mld_results *results);
const char *mld_results_scenario_text(const struct mld_results *results);
size_t mld_results_paths(const struct mld_results *results);
/**
 * One measure by design for every path (paths doubles, also of a file in single precision).
 * Fails: FORMAT (the file has none of that name, or mld_results_refusal() says what is wrong with
 * it), MEMORY.
 */
enum mld_status mld_results_measure(const struct mld_results *results, int design, const char *name,
                                    double *column);
/**
 * Whether the file has a measure; one of an earlier version may not. What is there may still be
 * damaged.
 */
int mld_results_has_measure(const struct mld_results *results, int design, const char *name);
/**
 * Whether the run kept the values of all measures on its paths, as it does unless run.measures asks
 * for less.
 */
int mld_results_keeps_all(const struct mld_results *results);
/**
 * What was wrong with the first measure or series that was refused since the file is open, as a
 * message with the file's name; NULL: none was. Owned by the results.
 */
const char *mld_results_refusal(const struct mld_results *results);
/** Paths whose series are kept: paths 0 … n-1. */
size_t mld_results_trajectories(const struct mld_results *results);
/** Whether the file has a series on those paths, likewise. */
int mld_results_has_trajectory(const struct mld_results *results, int design, int series);
/**
 * One series on one of those paths, period by period or year by year. The first row of a series
 * reads all of them, for the checksum is of all.
 * Fails: as mld_results_measure().
 */
enum mld_status mld_results_trajectory(const struct mld_results *results, int design, int series,
                                       size_t path, double *value);

MLD_END_DECLARATIONS

#endif
