/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Numbers and dates as people and spreadsheets type them. */
#ifndef MILLIARD_TAPE_TYPED_H
#define MILLIARD_TAPE_TYPED_H

#include "milliard/grid.h"

/**
 * Number of "1500000", "1 500 000,50", "1.5e6": a decimal point or comma, spaces (U+00A0 and U+202F
 * too) between groups of three digits. *problem is NULL, or says what is wrong and what to write.
 * `eur`: a final € is dropped, and "1,500" or "1.500", which one reader takes for 1500 and another
 * for 1.5, is refused.
 */
double mld_typed_number(const char *text, int eur, const char **problem);

/** Date of "2027-01-31" or "31/01/2027"; returns 0, or -1. */
int mld_typed_date(const char *text, struct mld_date *date);

#endif
