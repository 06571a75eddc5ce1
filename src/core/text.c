/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/text.h"

#include "core/encoding.h"
#include "core/hash.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { MOST_SHOWN = 10 }; /* bytes of "\U000E0001" */
static const char CUT[] = "…";

int mld_is_control(int32_t character)
{
    utf8proc_category_t category = utf8proc_category(character);
    return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF ||
           category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
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

/* The character that starts `text`, as it is shown; *bytes of the text it takes. Returns the length
 * written. */
static size_t show_one(char out[MOST_SHOWN + 1], const char *text, size_t *bytes)
{
    *bytes = mld_utf8_length(text, 4); /* which stops at the final NUL, no tail */
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

/* ---- names ---- */

/* Characters of the longest name looked at, decomposed: far more than any name that is kept has. */
enum { MOST_CHARACTERS = 4096, MOST_NAME = MOST_CHARACTERS / 4 };

static int is_space(int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

/* One space for several, none at the ends; returns how many characters are left. */
static utf8proc_ssize_t fold_spaces(utf8proc_int32_t *character, utf8proc_ssize_t n)
{
    utf8proc_ssize_t kept = 0;
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        int space = is_space(character[i]);
        if (!space || (kept && character[kept - 1] != ' '))
            character[kept++] = space ? ' ' : character[i];
    }
    return kept && character[kept - 1] == ' ' ? kept - 1 : kept;
}

/* Printable ASCII whose spaces are single: plain already, as most names are. */
static int is_plain(const char *text)
{
    for (const char *c = text; *c; c++)
        if (*c < ' ' || *c > '~' || (*c == ' ' && (c == text || c[1] == ' ' || !c[1])))
            return 0;
    return 1;
}

int mld_name_plain(char *out, size_t size, const char *text)
{
    utf8proc_int32_t character[MOST_CHARACTERS + 1]; /* and room for a final NUL once encoded */
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_IGNORE;
    size_t length = strlen(text);
    if (length > MOST_NAME)
        return -1;
    if (is_plain(text))
        return length < size ? (memcpy(out, text, length + 1), (int)length) : -1;
    utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)text,
                                            (utf8proc_ssize_t)length, character, MOST_CHARACTERS,
                                            options);
    if (n < 0 || n > MOST_CHARACTERS)
        return -1;
    n = utf8proc_reencode(character, fold_spaces(character, n), options);
    if (n < 0 || (size_t)n >= size)
        return -1;
    memcpy(out, character, (size_t)n + 1);
    return (int)n;
}

static uint64_t hash_of(uint64_t hash, int32_t c) { return mld_hash_add(hash, (uint64_t)c); }

static int is_number(int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_ND || category == UTF8PROC_CATEGORY_NL ||
           category == UTF8PROC_CATEGORY_NO;
}

/* Spaces and punctuation, but no symbol: "A+" is no "A". */
static int is_left_out(int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);
    return is_space(c) || (category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO);
}

static uint64_t hash_like(uint64_t hash, int32_t c)
{
    if (c == 0x153 || c == 0xE6) /* œ, æ, which no normalisation takes apart */
        return hash_of(hash_of(hash, c == 0xE6 ? 'a' : 'o'), 'e');
    return hash_of(hash, c);
}

uint64_t mld_name_likeness(const char *plain)
{
    static const uint64_t none = MLD_HASH_OF_NOTHING;
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                      UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK;
    utf8proc_int32_t character[MOST_CHARACTERS];
    utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)plain,
                                            (utf8proc_ssize_t)strlen(plain), character,
                                            MOST_CHARACTERS, options);
    uint64_t hash = none;
    int32_t last = 0;
    for (utf8proc_ssize_t i = 0, parted = 0; i < n && i < MOST_CHARACTERS; i++) {
        int32_t c = character[i];
        parted |= is_left_out(c);
        if (is_left_out(c))
            continue;
        if (parted && is_number(last) && is_number(c))
            hash = hash_of(hash, ' ');
        hash = hash_like(hash, c);
        last = c;
        parted = 0;
    }
    return hash == none ? 0 : hash;
}

/* ---- cuts ---- */

size_t mld_text_cut(const char *text, size_t most)
{
    size_t length = strnlen(text, most + 1);
    if (length <= most)
        return length;
    for (length = most; length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80;)
        length--;
    return length;
}

/* ---- numbers ---- */

/*
 * What 15 digits at most say is what 15 digits print, but for numbers so small that they have fewer
 * bits: digits between are not tried.
 */
static int more_digits(int digits, double value)
{
    return digits == 6 && fabs(value) >= DBL_MIN ? 15 : digits + 1;
}

void mld_digits_text(char text[MLD_DIGITS_SIZE], int least, double value)
{
    for (int digits = least; digits <= 17; digits = more_digits(digits, value)) {
        snprintf(text, MLD_DIGITS_SIZE, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
}
