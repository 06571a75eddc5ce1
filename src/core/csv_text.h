/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A text or a number as a cell of a CSV file (RFC 4180), for every writer of such files. A
 * spreadsheet runs a cell that begins with = + - @, or their full-width forms, or a tab or a line
 * break, as a formula, quoted or not; with an apostrophe in front it is a text (OWASP, "CSV
 * injection").
 */
#ifndef MILLIARD_CORE_CSV_TEXT_H
#define MILLIARD_CORE_CSV_TEXT_H

#include <stdio.h>

enum mld_csv_quotes {
    /* around a text with a separator of either language, a quote or a line break */
    MLD_QUOTES_NEEDED,
    MLD_QUOTES_ALWAYS
};

/** Whether a spreadsheet may take a cell of that text for a formula. */
int mld_csv_is_formula(const char *text);
void mld_csv_text(FILE *out, const char *text, enum mld_csv_quotes quotes);
/**
 * The fewest of 15, 16 or 17 digits that read back as the same double, so that 0.6 is no
 * 0.59999999999999998. `decimal` stands for the point; NaN and infinities are an empty cell. In the
 * C locale.
 */
void mld_csv_number(FILE *out, double value, char decimal);

#endif
