/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Encodings of texts that people save: UTF-8; the Windows-1252 in which spreadsheets and editors of
 * Western Europe save by default; UTF-16 with its byte-order mark, which spreadsheets call "Unicode
 * text".
 */
#ifndef MILLIARD_CORE_ENCODING_H
#define MILLIARD_CORE_ENCODING_H

#include <stddef.h>
#include <stdint.h>

/** Bytes of the UTF-8 character that starts `text`, 0 for none; `left` > 0 bytes may be read. */
size_t mld_utf8_length(const char *text, size_t left);
/** The character of `bytes` > 0 bytes at `text`. */
int32_t mld_utf8_character(const char *text, size_t bytes);
/** Offset of the first byte that is no UTF-8, or `length`. */
size_t mld_utf8_check(const char *text, size_t length);

/**
 * Rewrites *text, heap and with a final NUL, as UTF-8 when it is in another encoding that can be
 * told: UTF-16 by its mark; Windows-1252 by the whole of the text, no few bytes of which decide. It
 * is no UTF-8 as a whole; every byte has a meaning in Windows-1252 that a word can have; no
 * sequence is a character which European texts in UTF-8 hold, and those that are UTF-8 by chance
 * ("é »" is a Chinese character) are no more than the bytes that are none. Any other text is left
 * as it is, for mld_utf8_check() to tell. Returns 0, or -1 when memory is short.
 */
int mld_text_to_utf8(char **text, size_t *length);

#endif
