/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Tables written one after the other, cell by cell, as aligned text, CSV or JSON.
 *
 * CSV (RFC 4180, UTF-8, decimal points): every record begins with its table's name, so that lines
 * that begin with "flows," are one table with its head. An undefined number is an empty cell. Texts
 * are quoted; one that a spreadsheet would take for a formula gets an apostrophe in front. JSON:
 * {"tables": {NAME: {"columns": […], "rows": [[…], …]}}}, numbers with 17 digits, undefined ones
 * null; in CSV the fewest digits that read back the same.
 */
#ifndef MILLIARD_REPORT_TABLE_H
#define MILLIARD_REPORT_TABLE_H

#include <stddef.h>
#include <stdio.h>

#include "milliard/report.h"
#include "milliard/status.h"

/**
 * `unit`: "" for texts and dates; "period", "year" or "index" for whole numbers without separators;
 * else as for measures.
 */
struct mld_table_column {
    const char *name, *unit, *label_en, *label_fr;
};

struct mld_tables {
    FILE *out;
    enum mld_layout layout;
    int french;
    /* private: the table under construction; aligned text needs all of it before its first line */
    const char *name;
    const struct mld_table_column *column;
    int columns, at, tables, failed;
    size_t rows, used, capacity;
    char *cells; /* of aligned text: one after the other, each with its NUL */
};

void mld_tables_open(struct mld_tables *tables, FILE *out, enum mld_layout layout, int french);
/** Starts a table; `columns` outlive it. */
void mld_tables_begin(struct mld_tables *tables, const char *name, const char *title_en,
                      const char *title_fr, int n, const struct mld_table_column *columns);
/** The next cell, from left to right, row after row. A NULL text is empty. */
void mld_tables_number(struct mld_tables *tables, double value);
void mld_tables_text(struct mld_tables *tables, const char *text);
/** Ends the table. */
void mld_tables_end(struct mld_tables *tables);
/** Fails: MEMORY, when some aligned text could not be kept. */
enum mld_status mld_tables_close(struct mld_tables *tables);

#endif
