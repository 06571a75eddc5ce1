/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Texts of users: as a terminal may show them, and names as they are compared. Unicode's tables
 * are utf8proc's. */
#ifndef MILLIARD_CORE_TEXT_H
#define MILLIARD_CORE_TEXT_H

#include <stddef.h>
#include <stdint.h>

/** 1 for a character that a terminal may obey, or that hides: of categories Cc, Cf, Zl and Zp. */
int mld_is_control(int32_t character);

/**
 * `text` in `size` > 3 bytes, as it may be printed: control characters and bytes that are no UTF-8
 * as escapes (\x1B, \u202E); what does not fit ends between two characters, with "…". Returns
 * `out`.
 */
const char *mld_text_shown(char *out, size_t size, const char *text);
/** All of it, on the heap; NULL when memory is short. */
char *mld_text_shown_copy(const char *text);

/**
 * Plain form of a name, in which names are compared: composed (NFC), without characters that show
 * nothing (zero-width spaces, soft hyphens, marks of direction), spaces of any kind and number one
 * space, none at the ends. Writes at most `size` bytes with the final NUL. Returns its length, or
 * -1 when it is longer or the text no UTF-8.
 */
int mld_name_plain(char *out, size_t size, const char *text);
/**
 * Hash of what a plain name is without case, accents, spaces and punctuation (but between two
 * digits), œ as oe; 0 when nothing is left. Names of one hash look alike.
 */
uint64_t mld_name_likeness(const char *plain);

/** Bytes of the longest beginning of `text` that has at most `most` and cuts no character. */
size_t mld_text_cut(const char *text, size_t most);

enum { MLD_DIGITS_SIZE = 32 };
/**
 * A number with the fewest digits, from `least` (6 or 15) to 17, that read back as the same double
 * (Steele and White 1990: 15 digits survive a double, 17 suffice for each). In the C locale.
 */
void mld_digits_text(char text[MLD_DIGITS_SIZE], int least, double value);

#endif
