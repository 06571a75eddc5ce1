/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What the parts of the writer share. Private to src/results.
 *
 * A writer is a file that is open, the axes its datasets attach to, the datasets of the paths, and
 * the paths that wait to be written; writer.c says in which order it is filled. Every function here
 * takes the writer, does nothing once something has failed, and keeps the first failure in
 * writer->h5 (HDF5, memory) or writer->output (disk). Identifiers of HDF5 that a function gives are
 * closed by the caller with mld_h5_close(), or at the latest by mld_results_abandon().
 */
#ifndef MILLIARD_RESULTS_WRITE_H
#define MILLIARD_RESULTS_WRITE_H

#include <hdf5.h>

#include "core/target.h"
#include "milliard/results.h"
#include "results/driver.h"
#include "results/h5.h"

/**
 * Paths of a chunk in the file, and paths of the columns held in memory: a measure is written 32 kB
 * at a time, four chunks, and a series of trajectories about 100 kB at a time.
 */
enum { MLD_COLUMN_CHUNK = 1024, MLD_COLUMN_HELD = 4096, MLD_TRAJECTORY_CHUNK = 256 };

/** What a dataset is over. */
enum mld_file_axis {
    MLD_OVER_DESIGN,
    MLD_OVER_PATH,
    MLD_OVER_TRAJECTORY,
    MLD_OVER_PERIOD,
    MLD_OVER_YEAR,
    MLD_OVER_QUANTILE,
    MLD_OVER_MEASURE,
    MLD_OVER_LEVEL,
    MLD_OVER_PARAMETER,
    MLD_OVER_WARNING,
    MLD_OVER_SERIES,
    MLD_OVER_RATIO,
    MLD_OVER_GROUP,
    MLD_OVER_CHECKSUM,
    MLD_OVER_INPUT,
    MLD_OVER_WORLD,
    MLD_OVER_BAND,
    MLD_OVER_INDEXED,
    MLD_FILE_AXES
};
enum { MLD_MOST_AXES = 3 /**< of one dataset: design, measure, quantile */ };

/**
 * A dataset over paths, -1 where there is none, and the checksum of the rows written so far. One
 * that is `shared` is the first design's under another name: the writer leaves it alone.
 */
struct mld_path_rows {
    hid_t dataset;
    int shared;
    uint32_t crc;
};

struct mld_results_writer {
    struct mld_h5 h5;
    struct mld_checksums checksums;
    struct mld_output output;
    struct mld_target target;
    struct mld_messages *messages; /**< the caller's, of the step under way */
    const struct mld_plan *plan;   /**< the caller's */
    int designs, n_measures, n_series;
    size_t paths;        /**< appended so far */
    size_t trajectories; /**< kept at most */
    size_t held;         /**< most paths of the columns in memory */
    size_t flushed;      /**< paths of the columns already in the file */
    double *column;      /**< [design][measure][held]: paths flushed … paths-1 */
    double *transposed;  /**< [path][step] of one series and batch */
    size_t transposed_size;
    hid_t driver, file, axes;
    struct mld_path_rows *value[MLD_MAX_DESIGNS];      /**< by measure */
    struct mld_path_rows *trajectory[MLD_MAX_DESIGNS]; /**< by series */
    hid_t period_end, period_years;
    struct mld_scale scale[MLD_FILE_AXES]; /**< dataset -1: not made yet, or not of this run */
};

/* ---- a file, whatever it is of (writer.c) ---- */

/** A writer without a file and columns, for mld_results_abandon(); NULL when memory is short. */
struct mld_results_writer *mld_writer_new(const struct mld_plan *plan,
                                          struct mld_messages *messages);
/** The temporary file of a target of `size` bytes, open. Fails: as mld_target_create(). */
enum mld_status mld_writer_open(struct mld_results_writer *writer, const char *path,
                                const struct mld_file_kind *kind, uint64_t size);
/** Checksums, axes; closes and renames. Fails: as mld_results_finish(). */
enum mld_status mld_writer_end(struct mld_results_writer *writer, int interrupted, char *final_path,
                               size_t final_path_size);
/** Whether a file is one that this program wrote of that kind (schema.h), sound or not. */
int mld_file_says(int descriptor, const char *kind);

/* ---- failures (writer.c) ---- */

/** Whether anything has failed. */
int mld_writer_failed(const struct mld_results_writer *writer);
/**
 * Tells the first failure, once: the disk's errno before what HDF5 made of it. Gives its status.
 */
enum mld_status mld_writer_told(struct mld_results_writer *writer);

/* ---- axes (write_axes.c) ---- */

/** The axes that are known before the first path. */
void mld_write_axes(struct mld_results_writer *writer);
/** Makes an open dataset of /axes an axis; the writer owns it from then on. */
void mld_write_axis(struct mld_results_writer *writer, enum mld_file_axis axis, hid_t dataset);
/**
 * Names an axis in a group that uses it, with the dates where it is the period: netCDF looks no
 * further.
 */
void mld_write_axis_link(struct mld_results_writer *writer, enum mld_file_axis axis, hid_t group);
/** Another name, in `group`, of a dataset. */
void mld_write_link(struct mld_results_writer *writer, hid_t dataset, hid_t group,
                    const char *name);
/** Says what each dimension of a dataset is over; axis[rank]. */
void mld_write_labels(struct mld_results_writer *writer, hid_t dataset, int rank,
                      const enum mld_file_axis *axis);
/** The name of an axis in the file. */
const char *mld_file_axis_name(enum mld_file_axis axis);
/** Fills an axis of paths, 0 … n-1, known at the end only. */
void mld_write_path_axis(struct mld_results_writer *writer, enum mld_file_axis axis, size_t n);
/** Unit, labels and sentences of an object, in both languages, as attributes. */
void mld_write_description(struct mld_h5 *h5, hid_t object, const char *unit, const char *label_en,
                           const char *label_fr, const char *doc_en, const char *doc_fr);
/** A dataset in chunks of `chunk` rows, so that an interrupted run can shorten it. rank 1 or 2. */
hid_t mld_write_chunked(struct mld_results_writer *writer, hid_t group, const char *name,
                        hid_t type, int rank, const hsize_t *size, hsize_t chunk);

/* ---- attributes, scenario, dictionary ---- */

/** What the root says of program, scenario and run; kind: schema.h. */
void mld_write_attributes(struct mld_results_writer *writer, const char *kind,
                          const struct mld_scenario *scenario);
/** What it says at the end. */
void mld_write_outcome(struct mld_results_writer *writer, size_t paths, size_t trajectories,
                       int interrupted);
/** /scenario: its text (mld_scenario_text()), parameters, warnings. */
void mld_write_scenario(struct mld_results_writer *writer, const char *text);
/** /measures. */
void mld_write_dictionary(struct mld_results_writer *writer);
/** /axes/series, and the table of the series in `group`. */
void mld_write_series_table(struct mld_results_writer *writer, hid_t group);
/** A table of texts over one axis. */
void mld_write_table(struct mld_results_writer *writer, hid_t group, const char *name,
                     enum mld_file_axis axis, size_t n, int columns,
                     const struct mld_table_column *column);
/** What a dataset of a measure, or of a series, tells of itself. */
void mld_describe_measure(struct mld_results_writer *writer, hid_t dataset, int measure);
void mld_describe_series(struct mld_results_writer *writer, hid_t dataset, int series);
/** Periods or years, as the series is. */
enum mld_file_axis mld_step_axis(int series);

/* ---- paths (write_paths.c) ---- */

/** The datasets of paths and trajectories, empty. */
void mld_write_paths(struct mld_results_writer *writer);
/** Writes the columns that wait in memory. */
void mld_write_held(struct mld_results_writer *writer);
/** Cuts every dataset over paths to those appended: an interrupted run keeps what it has. */
void mld_write_shortened(struct mld_results_writer *writer);

/* ---- checksums (write_checksums.c) ---- */

/** The table of checksums and the seal: the last that is written. */
void mld_write_checksums(struct mld_results_writer *writer);

/* ---- summary (write_summary.c), fans (write_series.c), groups (write_groups.c) ---- */

/** /summary and, of more than one design, /difference. */
void mld_write_summary(struct mld_results_writer *writer, const struct mld_summary *summary);
/** A group of statistics, design by design. */
void mld_write_statistics(struct mld_results_writer *writer, hid_t group,
                          struct mld_statistics *const *statistics);
/** Dotations needed, at each level: a group "dotation" of `parent`. */
void mld_write_dotation(struct mld_results_writer *writer, hid_t parent, const double *value,
                        const double *low, const double *high);
/** /uncertain, of a run of worlds (write_uncertain.c). */
void mld_write_uncertain(struct mld_results_writer *writer, const struct mld_summary *summary);
/** /ratios, with a guarantee. */
void mld_write_ratios(struct mld_results_writer *writer, const struct mld_summary *summary);
/** /series. */
void mld_write_fans(struct mld_results_writer *writer, const struct mld_summary *summary);
/** What the datasets of a fan tell of themselves. */
struct mld_fan_text {
    const char *name, *unit, *label_en, *label_fr, *doc_en, *doc_fr;
};
/** One fan over an axis, as a group of its name. */
void mld_write_fan(struct mld_results_writer *writer, hid_t parent, const struct mld_fan_text *text,
                   enum mld_file_axis axis, const struct mld_fan *fan);
/** /groups. */
void mld_write_groups(struct mld_results_writer *writer, const struct mld_summary *summary);

#endif
