/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Encodings of a tape: UTF-8, and the Windows-1252 in which spreadsheets of Western Europe save CSV by default. */
#ifndef MILLIARD_PORTFOLIO_ENCODING_H
#define MILLIARD_PORTFOLIO_ENCODING_H

#include <stddef.h>

/** Bytes of the UTF-8 character that starts `text`, 0 if none does; `left` > 0 bytes may be read. */
size_t mld_utf8_length(const char *text, size_t left);
/** Offset of the first byte that is no UTF-8, or `length`. */
size_t mld_utf8_check(const char *text, size_t length);

/**
 * Rewrites *text, heap and with a final NUL, from Windows-1252 to UTF-8 when that is what it is: some byte is no UTF-8, no
 * character beyond ASCII is, and every byte has a meaning in Windows-1252. Any other text is left as it is.
 * Returns 0, or -1 when memory is short.
 */
int mld_utf8_from_windows(char **text, size_t *length);

#endif
