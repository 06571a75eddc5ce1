/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Columns of values on the disk, [column][path], in a file that has no name once it is open: it
 * goes when the program does, however that ends.
 */
#ifndef MILLIARD_RUN_SPOOL_H
#define MILLIARD_RUN_SPOOL_H

#include <stddef.h>

#include "milliard/status.h"

struct mld_spool {
    int descriptor; /**< −1: closed */
    size_t paths;
    const char *beside; /**< the file that it lies beside; for messages */
};

/** Fails: FILE, with a message. */
enum mld_status mld_spool_open(struct mld_spool *spool, const char *beside, size_t paths,
                               struct mld_messages *messages);
/** Values first … first + n − 1 of a column. For several threads at once. Fails: FILE. */
enum mld_status mld_spool_write(const struct mld_spool *spool, int column, size_t first, size_t n,
                                const double *value, struct mld_messages *messages);
/** All values of a column. For several threads at once. Fails: FILE. */
enum mld_status mld_spool_read(const struct mld_spool *spool, int column, double *value);
void mld_spool_close(struct mld_spool *spool);

#endif
