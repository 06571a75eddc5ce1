/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Where the columns of a run are: in parts on the disk, or in memory when there is no file; and in
 * the engine, of a segment that an interruption cut short.
 */
#ifndef MILLIARD_RUN_STORE_H
#define MILLIARD_RUN_STORE_H

#include "run/columns.h"
#include "run/part.h"

struct mld_store {
    const struct mld_columns *columns;
    size_t paths; /**< held, from path 0 on */
    /* in order of their segments, from 0 on; not owned */
    const struct mld_part *part;
    int parts;
    double *memory; /**< [column][room], without parts; not owned */
    size_t room;
    const double *tail; /**< [column][MLD_SEGMENT] of the paths from tail_first on, or NULL */
    size_t tail_first;
};

/**
 * Values of one measure of one design, of paths first … first+n−1 that do not cross a segment's
 * end. Fails: FILE. For several threads at once.
 */
enum mld_status mld_store_read(const struct mld_store *store, int design, int measure, size_t first,
                               size_t n, double *value);
/** The same of all paths held. */
enum mld_status mld_store_column(const struct mld_store *store, int design, int measure,
                                 double *value);
/** The part that holds a segment. */
const struct mld_part *mld_store_part(const struct mld_store *store, uint32_t segment);

#endif
