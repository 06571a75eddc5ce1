/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/encoding.h"

#include <stdlib.h>
#include <string.h>

static int is_tail(unsigned char c) { return (c & 0xC0) == 0x80; }

/* Neither overlong forms, nor surrogates, nor beyond U+10FFFF (RFC 3629). */
size_t mld_utf8_length(const char *text, size_t left)
{
    const unsigned char *s = (const unsigned char *)text;
    if (s[0] < 0x80)
        return 1;
    if (s[0] >= 0xC2 && s[0] <= 0xDF && left > 1 && is_tail(s[1]))
        return 2;
    if (s[0] >= 0xE0 && s[0] <= 0xEF && left > 2 && is_tail(s[1]) && is_tail(s[2]))
        return (s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) ? 0 : 3;
    if (s[0] >= 0xF0 && s[0] <= 0xF4 && left > 3 && is_tail(s[1]) && is_tail(s[2]) && is_tail(s[3]))
        return (s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F) ? 0 : 4;
    return 0;
}

int32_t mld_utf8_character(const char *text, size_t bytes)
{
    static const unsigned char lead[5] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
    int32_t c = (unsigned char)text[0] & lead[bytes];
    for (size_t i = 1; i < bytes; i++)
        c = c << 6 | ((unsigned char)text[i] & 0x3F);
    return c;
}

size_t mld_utf8_check(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        size_t bytes = mld_utf8_length(text + at, length - at);
        if (!bytes)
            return at;
        at += bytes;
    }
    return length;
}

/* Characters 80 to 9F of Windows-1252; 0 for the five that it leaves without a meaning. From A0 on
 * they are Unicode's. */
static const unsigned short windows[32] = { 0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020,
                                            0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
                                            0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D,
                                            0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
                                            0x0153, 0,      0x017E, 0x0178 };

static unsigned character(unsigned char c) { return c >= 0x80 && c < 0xA0 ? windows[c - 0x80] : c; }

/*
 * Characters that European texts hold, if they are UTF-8: U+00A0 to U+017F, combining accents,
 * U+1E00 to U+1EFF, general punctuation and currencies up to U+213F. In Windows-1252 their bytes
 * would be a capital or â before a sign ("Ã©").
 */
static int is_european(const unsigned char *s)
{
    return (s[0] >= 0xC2 && s[0] <= 0xC5) || s[0] == 0xCC || s[0] == 0xCD ||
           (s[0] == 0xE1 && s[1] >= 0xB8 && s[1] <= 0xBB) || (s[0] == 0xE2 && s[1] <= 0x84);
}

/*
 * Signs of Windows-1252 that stand within no word, but are é, è, à … where a spreadsheet saved "CSV
 * (Macintosh)" or "CSV (MS-DOS)": low quotes, daggers, ƒ, ˆ, ‰, ‹, ˜, › after a letter, Š and Ž
 * after a small one.
 */
static int is_foreign(unsigned char before, unsigned char c)
{
    int small = before >= 'a' && before <= 'z', letter = small || (before >= 'A' && before <= 'Z');
    return (letter && memchr("\x82\x83\x84\x86\x87\x88\x89\x8B\x98\x9B", c, 10)) ||
           (small && (c == 0x8A || c == 0x8E));
}

static int is_windows(const char *text, size_t length)
{
    size_t chance = 0, other = 0, bytes;
    for (size_t at = 0; at < length; at += bytes) {
        const unsigned char *s = (const unsigned char *)text + at;
        bytes = mld_utf8_length(text + at, length - at);
        if (bytes > 1 && is_european(s))
            return 0;
        chance += bytes > 1;
        other += bytes == 0;
        bytes = bytes ? bytes : 1;
        for (size_t i = 0; i < bytes; i++)
            if (!character(s[i]) || (at + i && is_foreign((unsigned char)text[at + i - 1], s[i])))
                return 0;
    }
    return other > 0 && other >= chance;
}

static size_t put(char *to, unsigned c)
{
    static const unsigned char lead[5] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    size_t bytes = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = bytes; i-- > 1; c >>= 6)
        to[i] = (char)(0x80 | (c & 0x3F));
    to[0] = (char)(lead[bytes] | c);
    return bytes;
}

static unsigned unit16(const char *text, int big)
{
    const unsigned char *s = (const unsigned char *)text;
    return (unsigned)(big ? s[0] << 8 | s[1] : s[1] << 8 | s[0]);
}

/* The character at `*at` of UTF-16, which moves beyond it; -1 for half a character. */
static int next16(const char *text, size_t length, int big, size_t *at)
{
    unsigned high = length - *at >= 2 ? unit16(text + *at, big) : 0xDC00;
    *at += 2;
    if (high < 0xD800 || high > 0xDFFF)
        return (int)high;
    unsigned low = high < 0xDC00 && length - *at >= 2 ? unit16(text + *at, big) : 0;
    *at += 2;
    return low < 0xDC00 || low > 0xDFFF ? -1
                                        : (int)(0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF));
}

/* Bytes written to `to`, room for half as many again as `length`; 0 when the text is no UTF-16. */
static size_t from_utf16(const char *text, size_t length, char *to)
{
    size_t used = 0;
    int big = (unsigned char)text[0] == 0xFE;
    for (size_t at = 2; at < length;) {
        int c = next16(text, length, big, &at);
        if (c < 0)
            return 0;
        used += put(to + used, (unsigned)c);
    }
    return used;
}

static size_t from_windows(const char *text, size_t length, char *to)
{
    size_t used = 0;
    for (size_t at = 0; at < length; at++)
        used += put(to + used, character((unsigned char)text[at]));
    return used;
}

int mld_text_to_utf8(char **text, size_t *length)
{
    int wide = *length >= 2 && (!memcmp(*text, "\xFF\xFE", 2) || !memcmp(*text, "\xFE\xFF", 2));
    if (!wide && !is_windows(*text, *length))
        return 0;
    char *converted = malloc(3 * *length + 1);
    if (!converted)
        return -1;
    size_t used = (wide ? from_utf16 : from_windows)(*text, *length, converted);
    if (!used && *length > 2) {
        free(converted);
        return 0;
    }
    converted[used] = '\0';
    free(*text);
    *text = converted;
    *length = used;
    return 0;
}
