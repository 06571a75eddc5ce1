/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Rows and cells of a CSV text: commas, semicolons or tabs, any line end, a byte-order mark,
 * quotes. A line break within quotes is read as a space.
 */
#ifndef MILLIARD_TAPE_CSV_H
#define MILLIARD_TAPE_CSV_H

#include <stddef.h>

enum { MLD_CSV_COLUMNS = 256 };

struct mld_cell {
    /* in the row's bytes, without quotes and outer spaces; a NUL follows */
    size_t offset, length;
    int line, column; /**< of its first character, from 1 */
};

struct mld_csv {
    const char *text;
    size_t length, at;
    int line; /**< where the row just read starts, from 1 */
    int next_line;
    char separator; /**< ',' ';' or tab, the commonest in the first line */
    char *bytes;
    size_t used, capacity; /**< of the row's cells, owned */
    int n_cells;
    struct mld_cell cell[MLD_CSV_COLUMNS];
    const char *problem; /**< why a row could not be read, or NULL */
    int problem_line, problem_column;
    int no_memory;
};

/** Starts at the first row; `text` must live as long. */
void mld_csv_init(struct mld_csv *csv, const char *text, size_t length);
void mld_csv_clear(struct mld_csv *csv);
/**
 * Reads the next row that has something in it: 1, or 0 at the end. A row with a `problem` is
 * skipped to its end.
 */
int mld_csv_row(struct mld_csv *csv);
/** Gives the row just read empty cells at its end, up to `cells` of them. */
void mld_csv_fill(struct mld_csv *csv, int cells);
static inline const char *mld_csv_text(const struct mld_csv *csv, int cell)
{
    return csv->bytes + csv->cell[cell].offset;
}

#endif
