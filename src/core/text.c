/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/text.h"

#include "core/encoding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { MOST_SHOWN = 10 };       /* bytes of "\U000E0001" */
static const char CUT[] = "…";

int mld_is_control(int32_t character)
{
    utf8proc_category_t category = utf8proc_category(character);
    return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_ZL
        || category == UTF8PROC_CATEGORY_ZP;
}

static int escape(char out[MOST_SHOWN + 1], int32_t c)
{
    static const char known[] = "\n\r\t", letter[] = "nrt";
    const char *found = strchr(known, (int)c);
    if (c && c < 0x80 && found)
        return snprintf(out, MOST_SHOWN + 1, "\\%c", letter[found - known]);
    if (c < 0x80)
        return snprintf(out, MOST_SHOWN + 1, "\\x%02X", (unsigned)c);
    return snprintf(out, MOST_SHOWN + 1, c < 0x10000 ? "\\u%04X" : "\\U%08X", (unsigned)c);
}

/* The character that starts `text`, as it is shown; *bytes of the text it takes. Returns the length written. */
static size_t show_one(char out[MOST_SHOWN + 1], const char *text, size_t *bytes)
{
    *bytes = mld_utf8_length(text, 4);      /* which stops at the final NUL, no tail */
    if (!*bytes) {
        *bytes = 1;
        return (size_t)snprintf(out, MOST_SHOWN + 1, "\\x%02X", (unsigned char)*text);
    }
    int32_t c = mld_utf8_character(text, *bytes);
    if (mld_is_control(c))
        return (size_t)escape(out, c);
    memcpy(out, text, *bytes);
    return *bytes;
}

const char *mld_text_shown(char *out, size_t size, const char *text)
{
    char one[MOST_SHOWN + 1];
    size_t used = 0, safe = 0, bytes;
    for (; *text; text += bytes) {
        size_t length = show_one(one, text, &bytes);
        if (used + length >= size) {
            memcpy(out + safe, CUT, sizeof CUT);
            return out;
        }
        memcpy(out + used, one, length);
        used += length;
        safe = used + sizeof CUT <= size ? used : safe;
    }
    out[used] = '\0';
    return out;
}

char *mld_text_shown_copy(const char *text)
{
    size_t size = MOST_SHOWN * strlen(text) + sizeof CUT;
    char *copy = malloc(size);
    if (copy)
        mld_text_shown(copy, size, text);
    return copy;
}

size_t mld_text_cut(const char *text, size_t most)
{
    size_t length = strnlen(text, most + 1);
    if (length <= most)
        return length;
    for (length = most; length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80;)
        length--;
    return length;
}
