/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What was probably meant by something that a scenario does not read. */
#ifndef MILLIARD_PARAMS_GUESS_H
#define MILLIARD_PARAMS_GUESS_H

#include <stddef.h>

/**
 * Bytes of a number as people type it, "80 000 000", "0,05", "1.5 M€", "5 %", from its first digit
 * or sign; `in_list`: commas part numbers.
 */
size_t mld_typed_length(const char *text, size_t left, int in_list);
/** Whether libconfig reads these bytes as one number. */
int mld_is_plain_number(const char *text, size_t length);
/**
 * Whether a plain number is the whole number `value` to its last digit: a double holds none beyond
 * 2^53, and half of one there.
 */
int mld_is_written(const char *text, size_t length, double value);
/**
 * The number that such a text means, as a scenario writes it, in `guess`; 0 when it could mean two,
 * or none.
 */
int mld_typed_guess(const char *text, size_t length, char guess[40]);

#endif
