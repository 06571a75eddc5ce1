/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scenario/scan.h"

#include "params/guess.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/*
 * libconfig 1.5 wraps an integer beyond its bits (5000000000 becomes 705032704) and refuses an
 * array that mixes 1 and 0.5. Such integers are given the decimal point that their author meant, in
 * place and without moving a line. The same pass finds NUL bytes in texts, @include, and what is no
 * number, no word and no bracket where one must be.
 */
enum {
    MOST_SETTINGS = 20000, /* libconfig looks for each new key among all of its group */
    MOST_OPEN = 128,
    LONGEST_SHOWN = 40
};

struct pass {
    struct mld_scan *scan;
    const char *text;
    size_t length, at;
    size_t used, room; /* of scan->ready, which keeps a byte for its NUL */
    int line, settings, no_memory;
    char before; /* last character that is no space and no comment */
    const char *key;
    size_t key_length; /* last word before = or : */
    int depth;
    struct {
        char bracket;
        int line;
    } open[MOST_OPEN];
};

static char ahead(const struct pass *pass, size_t offset)
{
    return pass->at + offset < pass->length ? pass->text[pass->at + offset] : '\0';
}

static const char *here(const struct pass *pass) { return pass->text + pass->at; }
static size_t left(const struct pass *pass) { return pass->length - pass->at; }

static int make_room(struct pass *pass, size_t more)
{
    if (pass->room - pass->used > more)
        return 1;
    size_t room = 2 * (pass->room + more);
    char *larger = realloc(pass->scan->ready, room);
    if (!larger) {
        pass->no_memory = 1;
        return 0;
    }
    pass->scan->ready = larger;
    pass->room = room;
    return 1;
}

static void copy(struct pass *pass, size_t count)
{
    if (!make_room(pass, count))
        return;
    for (size_t i = 0; i < count && pass->at < pass->length; i++) {
        char c = pass->text[pass->at++];
        if (c == '\n')
            pass->line++;
        pass->scan->ready[pass->used++] = c;
    }
}

static void refuse_at(struct pass *pass, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void refuse_at(struct pass *pass, int line, const char *format, ...)
{
    va_list arguments;
    if (*pass->scan->why)
        return;
    va_start(arguments, format);
    vsnprintf(pass->scan->why, sizeof pass->scan->why, format, arguments);
    va_end(arguments);
    pass->scan->line = line;
}

/* "key = value: why", of a value of `length` bytes that starts here. */
static void refuse_value(struct pass *pass, size_t length, const char *why, const char *meant)
{
    int shown = length < LONGEST_SHOWN ? (int)length : LONGEST_SHOWN;
    refuse_at(pass, pass->line, "%.*s = %.*s: %s%s%s%s", (int)pass->key_length,
              pass->key ? pass->key : "", shown, here(pass), why, meant ? "; did you mean " : "",
              meant ? meant : "", meant ? "?" : "");
}

/* ---- what is copied as it is ---- */

static void copy_comment(struct pass *pass)
{
    if (ahead(pass, 0) == '/' && ahead(pass, 1) == '*') {
        int line = pass->line;
        copy(pass, 2);
        while (pass->at < pass->length && !(ahead(pass, 0) == '*' && ahead(pass, 1) == '/'))
            copy(pass, 1);
        if (pass->at == pass->length)
            refuse_at(pass, line, "this comment, /* …, is not closed");
        copy(pass, 2);
        return;
    }
    while (pass->at < pass->length && ahead(pass, 0) != '\n')
        copy(pass, 1);
}

static void copy_string(struct pass *pass)
{
    int line = pass->line;
    copy(pass, 1);
    while (pass->at < pass->length && ahead(pass, 0) != '"') {
        if (ahead(pass, 0) == '\\' && ahead(pass, 1) == 'x' && ahead(pass, 2) == '0' &&
            ahead(pass, 3) == '0')
            refuse_at(pass, pass->line, "\\x00 in a text");
        copy(pass, ahead(pass, 0) == '\\' ? 2 : 1);
    }
    if (pass->at == pass->length)
        refuse_at(pass, line, "this text, \"…, is not closed");
    copy(pass, 1);
}

/* ---- numbers ---- */

static int in_list(const struct pass *pass)
{
    return pass->depth && pass->open[pass->depth - 1].bracket != '{';
}

static void keep_number(struct pass *pass, size_t length)
{
    struct mld_scan *scan = pass->scan;
    if (scan->n_numbers == scan->capacity) {
        size_t capacity = scan->capacity ? 2 * scan->capacity : 256;
        struct mld_token *larger = realloc(scan->number, capacity * sizeof *larger);
        if (!larger) {
            pass->no_memory = 1;
            return;
        }
        scan->number = larger;
        scan->capacity = capacity;
    }
    scan->number[scan->n_numbers++] = (struct mld_token){ here(pass), length };
}

/*
 * Bytes of 2027-01-31, 31/01/2027 or 31.01.2027, or 0: a year of four digits at one end, and one
 * mark twice.
 */
static size_t date_length(const struct pass *pass)
{
    size_t at = 0, digits[3] = { 0 };
    char mark = '\0';
    for (int part = 0; part < 3; part++) {
        while (isdigit((unsigned char)ahead(pass, at + digits[part])))
            digits[part]++;
        at += digits[part];
        char c = ahead(pass, at);
        if (part < 2 && (!c || !strchr("-/.", c) || (mark && c != mark)))
            return 0;
        mark = part < 2 ? c : mark;
        at += part < 2;
    }
    int short_parts = (digits[0] <= 2) + (digits[1] <= 2) + (digits[2] <= 2);
    return short_parts == 2 && digits[1] && digits[1] <= 2 && digits[0] + digits[2] > 4 &&
                   (digits[0] == 4 || digits[2] == 4)
               ? at
               : 0;
}

static int is_refused_number(struct pass *pass, size_t length)
{
    char guess[40];
    size_t date = date_length(pass);
    if (date) {
        refuse_value(pass, date, "a date is a text, in quotes, such as \"2027-01-31\"", NULL);
        return 1;
    }
    if (mld_is_plain_number(here(pass), length))
        return 0;
    refuse_value(pass, length, "a number has digits, a decimal point and nothing else",
                 mld_typed_guess(here(pass), length, guess) ? guess : NULL);
    return 1;
}

static void append(struct pass *pass, const char *text)
{
    size_t length = strlen(text);
    if (make_room(pass, length))
        memcpy(pass->scan->ready + pass->used, text, length);
    pass->used += pass->no_memory ? 0 : length;
}

/*
 * An integer that is none of C's int becomes a real number, unless its author says L; in arrays,
 * whose values are all of one type, any does.
 */
static void copy_integer(struct pass *pass, size_t length)
{
    const char *start = here(pass);
    int hexadecimal = length > 1 && (start[1] == 'x' || start[1] == 'X');
    char *end, decimal[32];
    errno = 0;
    long long value = strtoll(start, &end, hexadecimal ? 16 : 10);
    int wide = *end == 'L', in_array = in_list(pass) && pass->open[pass->depth - 1].bracket == '[';
    if (errno && (hexadecimal || wide))
        refuse_value(pass, length, "too large a number", NULL);
    if (hexadecimal) {
        snprintf(decimal, sizeof decimal, "%lld%s", value, wide ? "L" : "");
        append(pass, decimal);
        pass->at += length;
    } else {
        copy(pass, length);
    }
    if (!wide && (errno || value > INT_MAX || value < INT_MIN || in_array))
        append(pass, ".0");
}

static int is_integer(const char *text, size_t length)
{
    size_t n = 0;
    int hexadecimal = length > 1 && (text[1] == 'x' || text[1] == 'X');
    while (n < length && (hexadecimal || (text[n] != '.' && text[n] != 'e' && text[n] != 'E')))
        n++;
    return n == length;
}

static void copy_number(struct pass *pass)
{
    size_t length = mld_typed_length(here(pass), left(pass), in_list(pass));
    keep_number(pass, length);
    if (!is_refused_number(pass, length) && is_integer(here(pass), length))
        copy_integer(pass, length);
    else
        copy(pass, length);
}

/* ---- words ---- */

static int is_word(char c) { return isalnum((unsigned char)c) || c == '_' || c == '-' || c == '*'; }

static int is_boolean(const char *word, size_t length)
{
    static const char *const values[] = { "true", "false" };
    for (size_t i = 0; i < 2; i++)
        if (strlen(values[i]) == length && !strncasecmp(values[i], word, length))
            return 1;
    return 0;
}

/*
 * A word is a key, or true or false: where a value has to be, any other is a text without its
 * quotes.
 */
static void copy_word(struct pass *pass)
{
    size_t length = 0;
    while (is_word(ahead(pass, length)))
        length++;
    int is_value = in_list(pass) || pass->before == '=' || pass->before == ':';
    if (!is_value) {
        pass->key = here(pass);
        pass->key_length = length;
    } else if (!is_boolean(here(pass), length)) {
        refuse_value(pass, length,
                     "a text has quotes, \"…\"; without them stand numbers, true and false", NULL);
    }
    copy(pass, length);
}

/* ---- brackets and the rest ---- */

static void open_bracket(struct pass *pass, char bracket)
{
    if (pass->depth == MOST_OPEN) {
        refuse_at(pass, pass->line, "brackets within brackets within brackets, too many deep");
        return;
    }
    pass->open[pass->depth].bracket = bracket;
    pass->open[pass->depth++].line = pass->line;
}

static void close_bracket(struct pass *pass, char bracket)
{
    static const char opening[] = "{([", closing[] = "})]";
    char open = opening[strchr(closing, bracket) - closing];
    if (!pass->depth)
        refuse_at(pass, pass->line, "%c closes nothing", bracket);
    else if (pass->open[pass->depth - 1].bracket != open)
        refuse_at(pass, pass->line, "%c closes the %c of line %d", bracket,
                  pass->open[pass->depth - 1].bracket, pass->open[pass->depth - 1].line);
    else
        pass->depth--;
}

static void check_sign(struct pass *pass, char c)
{
    static const char *const quotes[] = { "“", "”", "«", "»", "„", "‘", "’" };
    if (c == '@')
        refuse_at(
            pass, pass->line,
            "@include is not read here; name the scenario it builds upon with base = \"file.cfg\"");
    if ((c == '=' || c == ':') && ++pass->settings == MOST_SETTINGS)
        refuse_at(pass, pass->line, "more than 20000 settings: this is no scenario");
    if (c == '\'')
        refuse_at(pass, pass->line, "a text has straight double quotes, \"…\"");
    for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++)
        if (left(pass) >= strlen(quotes[i]) && !memcmp(here(pass), quotes[i], strlen(quotes[i])))
            refuse_at(pass, pass->line, "a text has straight quotes, \"…\", not %s", quotes[i]);
}

static void copy_sign(struct pass *pass)
{
    char c = ahead(pass, 0);
    check_sign(pass, c);
    if (c == '{' || c == '(' || c == '[')
        open_bracket(pass, c);
    if (c == '}' || c == ')' || c == ']')
        close_bracket(pass, c);
    copy(pass, 1);
    if (!isspace((unsigned char)c))
        pass->before = c;
}

static void copy_token(struct pass *pass)
{
    char c = ahead(pass, 0), next = ahead(pass, 1);
    int is_signed = (c == '-' || c == '+') && (isdigit((unsigned char)next) || next == '.');
    if (c == '#' || (c == '/' && (next == '/' || next == '*'))) {
        copy_comment(pass);
        return;
    }
    if (c == '"')
        copy_string(pass);
    else if (isdigit((unsigned char)c) || is_signed || (c == '.' && isdigit((unsigned char)next)))
        copy_number(pass);
    else if (is_word(c))
        copy_word(pass);
    else {
        copy_sign(pass);
        return;
    }
    pass->before = 'x';
}

int mld_scan(struct mld_scan *scan, const char *text, size_t length)
{
    struct pass pass = { .scan = scan, .text = text, .length = length, .line = 1 };
    *scan = (struct mld_scan){ 0 };
    if (length >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3))
        pass.at = 3; /* the byte-order mark some editors put first */
    if (!make_room(&pass, length))
        return -1;
    while (pass.at < length && !pass.no_memory)
        copy_token(&pass);
    scan->ready[pass.used] = '\0';
    if (pass.depth)
        refuse_at(&pass, pass.open[pass.depth - 1].line, "this %c is not closed",
                  pass.open[pass.depth - 1].bracket);
    return pass.no_memory ? -1 : 0;
}

void mld_scan_clear(struct mld_scan *scan)
{
    free(scan->ready);
    free(scan->number);
    *scan = (struct mld_scan){ 0 };
}
