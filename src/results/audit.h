/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What HDF5 can do that a results file never does: keep its bytes elsewhere, lead into another
 * file, unpack a little into a lot. The writer uses none of it, so a file that does was made by
 * another hand, and nothing of it is read.
 */
#ifndef MILLIARD_RESULTS_AUDIT_H
#define MILLIARD_RESULTS_AUDIT_H

#include <hdf5.h>
#include <stddef.h>

/**
 * What is wrong with a dataset, after its name; NULL: its bytes are in this file, all of them and
 * as they are.
 */
const char *mld_audit_dataset(hid_t dataset);

/** The first thing in a file that is none of ours. */
struct mld_audit {
    char place[256];
    const char *what;
};

/**
 * Looks at every link and object of the file; 1 when each is one that the writer could have made.
 */
int mld_audit_file(hid_t file, struct mld_audit *found);

#endif
