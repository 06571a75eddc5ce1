/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What a row says of a value: its range, its choices. The same words for scenarios and tapes. */
#ifndef MILLIARD_PARAMS_RANGE_H
#define MILLIARD_PARAMS_RANGE_H

#include "milliard/params.h"

/**
 * 0 when the value is in the row's range; else 1 and " = 2 is outside [0, 0.1] per year; did you
 * mean 0.02?".
 */
int mld_range_problem(const struct mld_param *row, double value, char *why, size_t size);

/** Default of a row as the reader reads it, in `text` or constant; NULL when it has none. */
enum { MLD_DEFAULT = 64 };
const char *mld_default_text(const struct mld_param *row, char text[MLD_DEFAULT]);

/** Word `index` of "first|second" and its length, or NULL. */
const char *mld_choice_word(const char *choices, int index, size_t *length);
/** Index of a word, or -1. */
int mld_choice_index(const char *choices, const char *text);

#endif
