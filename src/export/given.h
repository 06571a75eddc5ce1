/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A table of another command, as CSV, read whole: cells as texts. */
#ifndef MILLIARD_EXPORT_GIVEN_H
#define MILLIARD_EXPORT_GIVEN_H

#include "milliard/status.h"

/** Owned by whoever reads it; cleared by mld_given_clear(). */
struct mld_given {
    int rows, columns; /**< the head is row 0 */
    char **cell;       /**< [row × columns], never NULL */
};

/** Fails: FILE, INPUT (no CSV table, or longer than 16 MiB), each with a message; MEMORY. */
enum mld_status mld_given_read(const char *path, struct mld_given *table,
                               struct mld_messages *messages);
void mld_given_clear(struct mld_given *table);
/** The text of a cell, and the column of a head, or -1. */
const char *mld_given_at(const struct mld_given *table, int row, int column);
int mld_given_column(const struct mld_given *table, const char *head);

#endif
