/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "params/guess.h"

#include "params/tree.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 64 };

static int is_digit(char c) { return isdigit((unsigned char)c); }

/* Bytes of a space that may part thousands: U+0020, U+00A0, U+202F, U+2009. */
static size_t space_length(const char *s, size_t left)
{
    static const char *const spaces[] = { " ", "\u00a0", "\u202f", "\u2009" };
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++)
        if (left >= strlen(spaces[i]) && !memcmp(s, spaces[i], strlen(spaces[i])))
            return strlen(spaces[i]);
    return 0;
}

static size_t spaces_length(const char *s, size_t left)
{
    size_t all = 0, one;
    while ((one = space_length(s + all, left - all)))
        all += one;
    return all;
}

/* ---- units after a number ---- */

static const struct {
    const char *name;
    double worth;
} units[] = {
    { "%", 0.01 }, { "€", 1 },     { "EUR", 1 },    { "euros", 1 },  { "k", 1e3 },  { "K", 1e3 },
    { "k€", 1e3 }, { "K€", 1e3 },  { "kEUR", 1e3 }, { "M", 1e6 },    { "M€", 1e6 }, { "MEUR", 1e6 },
    { "Md", 1e9 }, { "Md€", 1e9 }, { "Mds", 1e9 },  { "Mds€", 1e9 }, { "bn", 1e9 }, { "G€", 1e9 },
};

/* Letters, % and € from `s` on. */
static size_t word_length(const char *s, size_t left)
{
    size_t n = 0;
    while (n < left && (isalpha((unsigned char)s[n]) || s[n] == '%' ||
                        (left - n >= strlen("€") && !memcmp(s + n, "€", strlen("€")))))
        n += isalpha((unsigned char)s[n]) || s[n] == '%' ? 1 : strlen("€");
    return n;
}

/* 0 when it is no unit. */
static double worth_of(const char *word, size_t length)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strlen(units[i].name) == length && !memcmp(units[i].name, word, length))
            return units[i].worth;
    return 0;
}

/*
 * A unit that stands apart is one only if it is known and no key: "a = 5 M = 6" has two settings.
 */
static size_t unit_length(const char *s, size_t left)
{
    size_t space = spaces_length(s, left), word = word_length(s + space, left - space);
    if (!space)
        return word;
    size_t after = space + word + spaces_length(s + space + word, left - space - word);
    int is_key = after < left && (s[after] == '=' || s[after] == ':');
    return word && worth_of(s + space, word) > 0 && !is_key ? space + word : 0;
}

/* ---- extent ---- */

static size_t exponent_length(const char *s, size_t left)
{
    size_t n = left > 1 && (s[0] == 'e' || s[0] == 'E') ? 1 + (s[1] == '+' || s[1] == '-') : 0;
    return n && n < left && is_digit(s[n]) ? n : 0;
}

/* A mark or space within a number, with a digit after it. */
static size_t mark_length(const char *s, size_t left, int in_list)
{
    size_t n = *s == '.' || *s == '\'' || *s == '_' || (*s == ',' && !in_list)
                   ? 1
                   : spaces_length(s, left);
    return n && n < left && is_digit(s[n]) ? n : 0;
}

size_t mld_typed_length(const char *text, size_t left, int in_list)
{
    size_t n = *text == '-' || *text == '+', more;
    if (left - n > 2 && text[n] == '0' && (text[n + 1] == 'x' || text[n + 1] == 'X'))
        for (n += 2; n < left && isalnum((unsigned char)text[n]);)
            n++;
    for (;; n += more) {
        more = n < left && (is_digit(text[n]) || text[n] == '.') ? 1 : 0;
        if (!more && n < left)
            more = mark_length(text + n, left - n, in_list) + exponent_length(text + n, left - n);
        if (!more)
            return n + unit_length(text + n, left - n);
    }
}

/* ---- meaning ---- */

static size_t digits_length(const char *s, size_t left)
{
    size_t n = 0;
    while (n < left && is_digit(s[n]))
        n++;
    return n;
}

static int is_whole(const char *s, size_t left)
{
    size_t n = digits_length(s, left);
    return n &&
           (n == left || (s[n] == 'L' && (n + 1 == left || (s[n + 1] == 'L' && n + 2 == left))));
}

static int is_hexadecimal(const char *s, size_t left)
{
    size_t n = 2;
    if (left < 3 || s[0] != '0' || (s[1] != 'x' && s[1] != 'X'))
        return 0;
    while (n < left && isxdigit((unsigned char)s[n]))
        n++;
    return n > 2 &&
           (n == left || (s[n] == 'L' && (n + 1 == left || (s[n + 1] == 'L' && n + 2 == left))));
}

int mld_is_plain_number(const char *text, size_t length)
{
    size_t at = *text == '-' || *text == '+';
    if (is_whole(text + at, length - at) || (!at && is_hexadecimal(text, length)))
        return 1;
    size_t whole = digits_length(text + at, length - at), part = 0;
    at += whole;
    int point = at < length && text[at] == '.';
    if (point) {
        part = digits_length(text + at + 1, length - at - 1);
        at += 1 + part;
    }
    size_t exponent = at < length ? exponent_length(text + at, length - at) : 0;
    if (exponent)
        at += exponent + digits_length(text + at + exponent, length - at - exponent);
    return at == length && whole + part > 0 && (point || exponent);
}

/* ---- exactness ---- */

/*
 * A number as its digits, without zeros at either end, and the power of ten of the last: 1200 is 12
 * and 2.
 */
struct decimal {
    char digit[LONGEST];
    size_t n;
    long power;
};

static void keep_digit(struct decimal *decimal, char digit, int is_fraction)
{
    decimal->power -= is_fraction;
    if ((decimal->n || digit != '0') && decimal->n < LONGEST)
        decimal->digit[decimal->n++] = digit;
}

static struct decimal decimal_of(const char *text, size_t length)
{
    struct decimal decimal = { .n = 0 };
    int is_fraction = 0;
    size_t at = 0;
    for (; at < length && !exponent_length(text + at, length - at); at++)
        if (is_digit(text[at]))
            keep_digit(&decimal, text[at], is_fraction);
        else
            is_fraction |= text[at] == '.';
    if (at < length)
        decimal.power += strtol(text + at + 1, NULL, 10);
    while (decimal.n && decimal.digit[decimal.n - 1] == '0') {
        decimal.n--;
        decimal.power++;
    }
    return decimal;
}

int mld_is_written(const char *text, size_t length, double value)
{
    char exact[400];
    if (is_hexadecimal(text, length))
        return fabs(value) < 0x1p63 && strtoull(text, NULL, 16) == (unsigned long long)fabs(value);
    int n = snprintf(exact, sizeof exact, "%.0f", fabs(value));
    struct decimal written = decimal_of(text, length), held = decimal_of(exact, (size_t)n);
    return written.n == held.n &&
           (!held.n || (written.power == held.power && !memcmp(written.digit, held.digit, held.n)));
}

/* ---- meaning of marks ---- */

/*
 * Which mark parts the decimals: the only one that stands once, or the last of two kinds; '\0' for
 * none, '?' for a riddle.
 */
static char decimal_mark(const char *s)
{
    const char *comma = strchr(s, ','), *point = strchr(s, '.');
    int commas = comma && strchr(comma + 1, ','), points = point && strchr(point + 1, '.');
    if (comma && point)
        return commas && points ? '?' : strrchr(s, ',') > strrchr(s, '.') ? ',' : '.';
    if (commas || points)
        return '\0';
    if (comma && strlen(comma) == 4 && *s != '0')
        return '?'; /* 1,500: thousands or decimals? */
    return comma ? ',' : point ? '.' : '\0';
}

/* A mark between thousands, which has three digits after it; `mark` is that of the decimals. */
static size_t group_mark_length(const char *s, size_t left, char mark)
{
    size_t n = *s != mark && strchr(",.'_", *s) ? 1 : space_length(s, left);
    return n && digits_length(s + n, left - n) == 3 ? n : 0;
}

/* The digits of a typed number with a point at most, in `plain`; 0 when its marks make no sense. */
static int close_up(const char *text, char plain[LONGEST])
{
    char mark = decimal_mark(text), *to = plain;
    size_t length = strlen(text), skip;
    for (size_t at = 0; at < length; at += skip) {
        skip = at ? group_mark_length(text + at, length - at, mark) : 0;
        if (!skip)
            *to++ = text[at] == mark ? '.' : text[at];
        skip += !skip;
    }
    *to = '\0';
    return mark != '?' && mld_is_plain_number(plain, strlen(plain));
}

int mld_typed_guess(const char *text, size_t length, char guess[40])
{
    char number[LONGEST], plain[LONGEST];
    size_t end = length;
    while (end && !is_digit(text[end - 1]))
        end--;
    size_t space = spaces_length(text + end, length - end);
    double worth = end + space == length ? 1 : worth_of(text + end + space, length - end - space);
    if (!(worth > 0) || !end || end >= LONGEST)
        return 0;
    memcpy(number, text, end);
    number[end] = '\0';
    if (!close_up(number, plain))
        return 0;
    double value = strtod(plain, NULL);
    mld_number_text(guess, worth < 1 ? value / 100 : value * worth, 0);
    return 1;
}
