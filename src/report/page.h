/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A page of text: titles, paragraphs, tables whose columns line up. In two languages.
 */
#ifndef MILLIARD_REPORT_PAGE_H
#define MILLIARD_REPORT_PAGE_H

#include <stdio.h>

#include "core/format.h"

/** Where a report is printed, in which language, how wide. */
struct mld_page {
    FILE *out;
    int french, width;
};

/** The text of the page's language; both are formats of the same arguments, and checked as such. */
__attribute__((format_arg(2), format_arg(3))) static inline const char *mld_say(
    const struct mld_page *page, const char *french, const char *english)
{
    return page->french ? french : english;
}

void mld_page_title(const struct mld_page *page, const char *french, const char *english);
/**
 * One line, however long. What comes from a user is shown, never sent as it is, here and in all
 * that follows.
 */
void mld_page_line(const struct mld_page *page, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/** An empty line, between a table and what follows. */
void mld_page_gap(const struct mld_page *page);
/** A paragraph, broken into lines of the page's width. Spaces inside numbers do not break. */
void mld_page_paragraph(const struct mld_page *page, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

enum { MLD_TABLE_MOST_ROWS = 136, MLD_TABLE_MOST_COLUMNS = 16, MLD_CELL_SIZE = 112 };
/** A table under construction; row 0 is its head. The first column is text, the others numbers. */
struct mld_page_table {
    int rows, columns;
    char cell[MLD_TABLE_MOST_ROWS][MLD_TABLE_MOST_COLUMNS][MLD_CELL_SIZE];
};
void mld_table_start(struct mld_page_table *table, int columns);
/** Adds a row and gives its number, or the last row again when the table is full. */
int mld_table_row(struct mld_page_table *table, const char *label);
void mld_table_set(struct mld_page_table *table, int row, int column, const char *text);
/** Prints the table, unless it has no row but its head. */
void mld_page_table(const struct mld_page *page, const struct mld_page_table *table);

#endif
