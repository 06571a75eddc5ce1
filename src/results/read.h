/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What the parts of the reader share. Private to src/results.
 *
 * Every function that reads takes the results, does nothing once results->status is set, and sets
 * it, with a message, at the first thing that is wrong: FORMAT when the file is not what it should
 * be, MEMORY. Paths are names in the file without a leading slash ("summary/mean"); they and what
 * the functions are asked for are the program's own, never the file's.
 */
#ifndef MILLIARD_RESULTS_READ_H
#define MILLIARD_RESULTS_READ_H

#include <hdf5.h>

#include "milliard/grid.h"
#include "milliard/results.h"
#include "results/driver.h"
#include "results/h5.h"

/** A column of texts: n cells of `width` bytes, each ended by a NUL. Owner: the results. */
struct mld_text_column {
    size_t n, width;
    char *cell;
};

enum {
    MLD_ATTRIBUTES = 30,    /**< rows of the table of read_attributes.c */
    MLD_ECHO_COLUMNS = 10,  /**< of /scenario/parameters */
    MLD_WARNING_COLUMNS = 7 /**< of /scenario/warnings */
};

/** What is found when paths are read, of a file that is open and const by then. */
struct mld_read_late {
    struct mld_messages messages; /**< mld_results_refusal() */
    /* [design][series] whether its trajectories have been compared with their checksum */
    unsigned char *compared;
};

struct mld_read_study;

struct mld_results {
    struct mld_output input;
    hid_t driver, file;
    struct mld_h5 h5;
    char *path;                    /**< as it was given */
    struct mld_messages *messages; /**< of the call under way */
    enum mld_status status;
    struct mld_checksums checksums; /**< no rows: of an earlier version */
    struct mld_read_late *late;
    char *attribute[MLD_ATTRIBUTES]; /**< as texts, numbers too */
    int format;                      /**< version of the schema */
    size_t paths, trajectories;
    struct mld_grid grid;
    char *scenario_text;
    struct mld_text_column parameter[MLD_ECHO_COLUMNS];
    struct mld_echo *echo; /**< points into the columns */
    struct mld_text_column warned[MLD_WARNING_COLUMNS];
    struct mld_warning *warning;    /**< likewise */
    struct mld_text_column measure; /**< names of the measures of the file, in its order */
    struct mld_summary summary;
    struct mld_uncertain *uncertain; /**< the summary's, owned here */
    int takes_studies;               /**< 1: a study's file is read as well as a run's */
    struct mld_read_study *study;    /**< of a study's file; NULL of a run's */
};

/* ---- failures, numbers (read_numbers.c) ---- */

/** "FILE: damaged, or not a results file of milliard: WHAT WHY", and FORMAT. */
void mld_read_refuse(struct mld_results *results, const char *what, const char *why);
void mld_read_no_memory(struct mld_results *results);
/** "FILE: /PLACE was changed after the run", and FORMAT. */
void mld_read_refuse_changed(struct mld_results *results, const char *place);
/**
 * Refuses a place whose checksum is not that of these bytes, or that has none in a file of them.
 */
void mld_read_compare(struct mld_results *results, const char *place, const void *bytes, size_t n);
void mld_read_compare_crc(struct mld_results *results, const char *place, uint32_t crc);
/** Whether every link to an object is a hard one: another could lead into another file. */
int mld_read_exists(hid_t file, const char *path);
/** Whether a dataset is of that rank and size. */
int mld_has_shape(hid_t dataset, int rank, const hsize_t *size);
/**
 * A dataset by its path, whose bytes are in this file, all of them: what is allocated for them is
 * bounded by what the disk holds. -1 with what is wrong.
 */
hid_t mld_read_open(const struct mld_results *results, const char *path, const char **why);
/** A dataset of that shape and of that very type; -1 when it is refused. */
hid_t mld_read_open_numbers(struct mld_results *results, const char *path, hid_t type, int rank,
                            const hsize_t *size);
/** Fills value[product of size] from a dataset of that shape, and compares it with its checksum. */
void mld_read_numbers(struct mld_results *results, const char *path, hid_t file_type,
                      hid_t memory_type, int rank, const hsize_t *size, void *value);
void mld_read_reals(struct mld_results *results, const char *path, int rank, const hsize_t *size,
                    double *value);

/* ---- texts (read_texts.c) ---- */

/** Replaces what a terminal or a page would obey rather than show. */
void mld_disarm(char *text);
int mld_is_scalar(hid_t space);
/**
 * A text of the root, disarmed, the caller's to free; NULL: it has none of that name, or no memory.
 */
char *mld_read_text_attribute(struct mld_results *results, const char *name);
/** A whole number of an object; 0: it has none of that name. */
int mld_read_integer_attribute(hid_t object, const char *name, int64_t *value);
/** The text of a scalar dataset, the caller's to free; NULL when refused. */
char *mld_read_text(struct mld_results *results, const char *path);

/** A table of texts of fixed length: its n rows as they are in the file, `row` bytes each. */
struct mld_text_table {
    const char *path;
    hid_t type;
    size_t n, row;
    char *bytes;
};
struct mld_text_table mld_read_table(struct mld_results *results, const char *path);
int mld_table_has(const struct mld_text_table *table, const char *name);
/** Fills a column of the table, by its name. */
void mld_read_column(struct mld_results *results, const struct mld_text_table *table,
                     const char *name, struct mld_text_column *column);
void mld_table_close(struct mld_text_table *table);
char *mld_cell(const struct mld_text_column *column, size_t i);

/* ---- the parts, in the order in which they are read ---- */

/**
 * Whether it is a results file, of a version that is read; *is_study: that of a study, which is
 * refused unless it is taken.
 */
enum mld_status mld_read_kind(struct mld_results *results, int *is_study);
/** The checksums, their seal, and that there is all they are of. */
void mld_read_checksums(struct mld_results *results);
void mld_read_attributes(struct mld_results *results);
/** A root attribute that is a whole number, in its range. */
int64_t mld_read_number_of(const struct mld_results *results, const char *name);
void mld_read_scenario(struct mld_results *results);
void mld_read_warnings(struct mld_results *results);
/** Statistics of a group, [design][measure], which count no more than `most` paths. */
void mld_read_statistics(struct mld_results *results, const char *group, int designs, size_t most,
                         struct mld_statistics *const *statistics);
/** Worlds, if there are any (read_uncertain.c). */
void mld_read_uncertain(struct mld_results *results);
/** Ratios, if there are any. */
void mld_read_ratios(struct mld_results *results);
/** Dictionary, statistics, differences, fans, dotation. */
void mld_read_summary(struct mld_results *results);
void mld_read_fans(struct mld_results *results, int design);
/** A fan over so many steps, with quantiles or not, into its room or one that is made. */
void mld_read_fan(struct mld_results *results, const char *group, int length, int quantiles,
                  struct mld_fan *fan);
/** Returns by group, if there are any. */
void mld_read_groups(struct mld_results *results);
/** Periods, or calendar years, of a series. */
int mld_read_fan_length(const struct mld_results *results, int series);
/** All that a study found. */
void mld_read_study(struct mld_results *results);
void mld_read_study_free(struct mld_read_study *study);
/** A measure that the summary counts must have its paths, all of them. */
void mld_read_check_columns(struct mld_results *results);

#endif
