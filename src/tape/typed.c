/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tape/typed.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 64 };
static const char EURO[] = "\xE2\x82\xAC";

static int is_digit(char c) { return isdigit((unsigned char)c); }

static size_t space_length(const char *s)
{
    if (*s == ' ')
        return 1;
    if (!strncmp(s, "\xC2\xA0", 2))
        return 2;
    return !strncmp(s, "\xE2\x80\xAF", 3) ? 3 : 0;
}

/* Spaces stand between a digit and a group of three digits only. */
static int is_group(const char *after, const char *first, const char *out)
{
    return out > first && is_digit(out[-1]) && is_digit(after[0]) && is_digit(after[1]) &&
           is_digit(after[2]) && !is_digit(after[3]);
}

/*
 * Copies without the spaces between groups; 0 when a space stands elsewhere or the text is too
 * long.
 */
static int close_up(const char *text, char out[LONGEST])
{
    char *to = out;
    while (*text) {
        size_t space = space_length(text);
        if (to - out + 1 >= LONGEST || (space && !is_group(text + space, out, to)))
            return 0;
        if (space)
            text += space;
        else
            *to++ = *text++;
    }
    *to = '\0';
    return 1;
}

/* Sign, digits, point, digits, exponent: nothing else, so neither "nan" nor "0x10". */
static int is_plain(const char *s)
{
    int digits = 0;
    s += *s == '-' || *s == '+';
    for (; is_digit(*s); s++)
        digits++;
    s += *s == '.';
    for (; is_digit(*s); s++)
        digits++;
    if (digits && (*s == 'e' || *s == 'E')) {
        s++;
        s += *s == '-' || *s == '+';
        if (!is_digit(*s))
            return 0;
        while (is_digit(*s))
            s++;
    }
    return digits && !*s;
}

/* "1.500": one to three digits that are not 0, a mark, exactly three digits. */
static int is_ambiguous(const char *s)
{
    s += *s == '-' || *s == '+';
    size_t whole = strspn(s, "0123456789");
    const char *mark = s + whole;
    return whole >= 1 && whole <= 3 && *s != '0' && *mark == '.' && strlen(mark + 1) == 3 &&
           strspn(mark + 1, "0123456789") == 3;
}

static void drop_euro(char *text)
{
    size_t length = strlen(text), sign = strlen(EURO);
    if (length > sign && !strcmp(text + length - sign, EURO)) {
        text[length -= sign] = '\0';
        while (length && text[length - 1] == ' ')
            text[--length] = '\0';
        if (length > 2 && !strcmp(text + length - 3, "\xE2\x80\xAF"))
            text[length - 3] = '\0';
        else if (length > 1 && !strcmp(text + length - 2, "\xC2\xA0"))
            text[length - 2] = '\0';
    }
}

double mld_typed_number(const char *text, int eur, const char **problem)
{
    char copy[LONGEST], number[LONGEST];
    *problem = "a number is expected";
    if (strlen(text) >= LONGEST)
        return NAN;
    strcpy(copy, text);
    if (eur)
        drop_euro(copy);
    if (*copy && copy[strlen(copy) - 1] == '%') {
        *problem = "fractions are expected: 0.05 for 5 %";
        return NAN;
    }
    if (!close_up(copy, number))
        return NAN;
    char *comma = strchr(number, ',');
    if (comma && (strchr(number, '.') || strchr(comma + 1, ','))) {
        *problem = "one decimal point or comma at most; spaces may part thousands";
        return NAN;
    }
    if (comma)
        *comma = '.';
    if (!is_plain(number))
        return NAN;
    if (eur && is_ambiguous(number)) {
        *problem = "thousands or decimals? Write 1500 or 1500.00, without a mark between thousands";
        return NAN;
    }
    double value = strtod(number, NULL);
    if (!isfinite(value))
        return NAN;
    *problem = NULL;
    return value;
}

int mld_typed_date(const char *text, struct mld_date *date)
{
    char iso[11];
    if (strlen(text) != 10 || text[2] != '/' || text[5] != '/')
        return mld_date_parse(text, date);
    snprintf(iso, sizeof iso, "%.4s-%.2s-%.2s", text + 6, text + 3, text);
    return mld_date_parse(iso, date);
}
