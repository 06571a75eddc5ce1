/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "portfolio/encoding.h"

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

/* Characters 80 to 9F of Windows-1252; 0 for the five that it leaves without a meaning. From A0 on they are Unicode's. */
static const unsigned short windows[32] = {
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178
};

static unsigned character(unsigned char c)
{
    return c >= 0x80 && c < 0xA0 ? windows[c - 0x80] : c;
}

static int is_windows(const char *text, size_t length)
{
    int high = 0;
    for (size_t at = 0; at < length; at++) {
        if ((unsigned char)text[at] < 0x80)
            continue;
        if (mld_utf8_length(text + at, length - at) || !character((unsigned char)text[at]))
            return 0;
        high = 1;
    }
    return high;
}

/* Two bytes up to U+07FF, three beyond: all that Windows-1252 has. */
static size_t put(char *to, unsigned c)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xC0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    to[0] = (char)(0xE0 | c >> 12);
    to[1] = (char)(0x80 | (c >> 6 & 0x3F));
    to[2] = (char)(0x80 | (c & 0x3F));
    return 3;
}

int mld_utf8_from_windows(char **text, size_t *length)
{
    if (!is_windows(*text, *length))
        return 0;
    char *converted = malloc(3 * *length + 1);
    if (!converted)
        return -1;
    size_t used = 0;
    for (size_t at = 0; at < *length; at++)
        used += put(converted + used, character((unsigned char)(*text)[at]));
    converted[used] = '\0';
    free(*text);
    *text = converted;
    *length = used;
    return 0;
}
