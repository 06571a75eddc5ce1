/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * HDF5 with every call checked. The first failure is kept, with the library's own reason; after it
 * the functions here do nothing, so that a writer reads as a list of what it writes.
 */
#ifndef MILLIARD_RESULTS_H5_H
#define MILLIARD_RESULTS_H5_H

#include <hdf5.h>
#include <stdint.h>

#include "milliard/status.h"
#include "results/checksum.h"

/** The first failure of a series of HDF5 calls. Zero-initialised: none yet. */
struct mld_h5 {
    int failed;
    int memory;     /**< the failure was an allocation of ours */
    char what[160]; /**< what was being done */
    char why[320];  /**< what HDF5 says of it */
    /* gets a row for each array written whole; NULL: none is kept */
    struct mld_checksums *checksums;
};

/** Silences HDF5's own printing; called by whoever opens or creates a file. */
void mld_h5_silence(void);
/** Keeps the failure if `result` is negative. Gives 1 after any failure, 0 while all goes well. */
int mld_h5_fails(struct mld_h5 *h5, long long result, const char *what);
/** Keeps a failed allocation. */
void mld_h5_no_memory(struct mld_h5 *h5);

/** A group whose links keep the order in which they were made. Close with mld_h5_close(). */
hid_t mld_h5_group(struct mld_h5 *h5, hid_t parent, const char *name);
/** A property list for datasets: no time stamps, so that equal runs give equal bytes. */
hid_t mld_h5_dataset_properties(struct mld_h5 *h5);
/** A new dataset of `rank` dimensions; `properties` may be H5P_DEFAULT for a contiguous one. */
hid_t mld_h5_dataset(struct mld_h5 *h5, hid_t parent, const char *name, hid_t type, int rank,
                     const hsize_t *size, hid_t properties);
/** Creates and writes a whole contiguous dataset; the dataset stays open. */
hid_t mld_h5_array(struct mld_h5 *h5, hid_t parent, const char *name, hid_t file_type,
                   hid_t memory_type, int rank, const hsize_t *size, const void *value);
/** Keeps the checksum of a dataset, or, with a suffix of its place, of something about it. */
void mld_h5_checksum(struct mld_h5 *h5, hid_t dataset, const char *suffix, uint32_t crc);
/** Closes a group, dataset, type, space … of any kind; negative ids are left alone. */
void mld_h5_close(hid_t id);

/**
 * Text of fixed length, which the reader reads back: HDF5 1.10 checks nothing in strings of
 * variable length.
 */
void mld_h5_fixed_text(struct mld_h5 *h5, hid_t object, const char *name, const char *value);
/** Text of variable length, for readers in Python, where it becomes a str. */
void mld_h5_text(struct mld_h5 *h5, hid_t object, const char *name, const char *value);
void mld_h5_integer(struct mld_h5 *h5, hid_t object, const char *name, int64_t value);
void mld_h5_real(struct mld_h5 *h5, hid_t object, const char *name, double value);

/** A dataset of one text of fixed length. */
hid_t mld_h5_fixed_scalar(struct mld_h5 *h5, hid_t parent, const char *name, const char *value);

/** Text i of a column of texts. */
typedef const char *mld_text_of(const void *context, size_t i);
/** A table of n rows of texts of fixed length: one compound, a member a column. */
struct mld_table_column {
    const char *name;
    mld_text_of *text;
    const void *context;
};
enum { MLD_TABLE_COLUMNS = 16 };
hid_t mld_h5_table(struct mld_h5 *h5, hid_t parent, const char *name, size_t n, int columns,
                   const struct mld_table_column *column);
/** A column of n texts of variable length, for axes that people label things by. */
hid_t mld_h5_text_column(struct mld_h5 *h5, hid_t parent, const char *name, size_t n,
                         mld_text_of *text, const void *context);

/**
 * A dimension scale. The scale's list of who uses it is gathered here and written once:
 * H5DSattach_scale would rewrite it each time, with bytes of the stack in its padding.
 */
struct mld_scale {
    hid_t dataset;
    struct mld_scale_use *use;
    size_t n_uses, capacity;
};
/** Makes an open dataset a dimension scale of that name; the scale owns the dataset. */
void mld_scale_init(struct mld_h5 *h5, struct mld_scale *scale, hid_t dataset, const char *name);
/** Attaches one scale to each dimension of a dataset. */
void mld_h5_label(struct mld_h5 *h5, hid_t dataset, int rank, struct mld_scale *const *scale);
/** Writes who uses the scale, and closes it. */
void mld_scale_finish(struct mld_h5 *h5, struct mld_scale *scale);
/** Closes and frees without writing. Safe after finish. */
void mld_scale_clear(struct mld_scale *scale);

#endif
