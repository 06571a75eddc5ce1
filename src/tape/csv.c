/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tape/csv.h"

#include <stdlib.h>
#include <string.h>

static int is_tail(unsigned char c) { return (c & 0xC0) == 0x80; }

static int at_end(const struct mld_csv *csv) { return csv->at >= csv->length; }
static char here(const struct mld_csv *csv) { return at_end(csv) ? '\0' : csv->text[csv->at]; }
static int is_line_end(char c) { return c == '\n' || c == '\r'; }

/*
 * The commonest of the first line that is not empty, outside quotes; semicolons win a tie, as
 * decimal commas then stand beside them.
 */
static char find_separator(const struct mld_csv *csv)
{
    static const char known[] = ";,\t";
    int count[3] = { 0 }, quoted = 0, best = 0;
    size_t first = csv->at;
    while (first < csv->length && is_line_end(csv->text[first]))
        first++;
    for (size_t i = first; i < csv->length && (quoted || !is_line_end(csv->text[i])); i++) {
        const char *match = csv->text[i] ? strchr(known, csv->text[i]) : NULL;
        quoted ^= csv->text[i] == '"';
        if (match && !quoted)
            count[match - known]++;
    }
    for (int i = 1; i < 3; i++)
        best = count[i] > count[best] ? i : best;
    return count[best] ? known[best] : ',';
}

static void skip_line_end(struct mld_csv *csv)
{
    if (at_end(csv))
        return;
    int pair = here(csv) == '\r' && csv->at + 1 < csv->length && csv->text[csv->at + 1] == '\n';
    csv->at += pair ? 2 : 1;
    csv->next_line++;
}

void mld_csv_init(struct mld_csv *csv, const char *text, size_t length)
{
    *csv = (struct mld_csv){ .text = text, .length = length, .line = 1, .next_line = 1 };
    if (length >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3))
        csv->at = 3;
    /* a spreadsheet's own hint */
    if (length - csv->at >= 5 && !memcmp(text + csv->at, "sep=", 4)) {
        csv->separator = text[csv->at + 4];
        csv->at += 5;
        skip_line_end(csv);
    } else {
        csv->separator = find_separator(csv);
    }
}

void mld_csv_clear(struct mld_csv *csv)
{
    free(csv->bytes);
    csv->bytes = NULL;
}

static void put(struct mld_csv *csv, char c)
{
    if (csv->used == csv->capacity) {
        size_t capacity = csv->capacity ? 2 * csv->capacity : 1024;
        char *bytes = realloc(csv->bytes, capacity);
        if (!bytes) {
            csv->no_memory = 1;
            return;
        }
        csv->bytes = bytes;
        csv->capacity = capacity;
    }
    csv->bytes[csv->used++] = c;
}

static void complain(struct mld_csv *csv, const char *problem, int column)
{
    if (!csv->problem) {
        csv->problem = problem;
        csv->problem_line = csv->next_line;
        csv->problem_column = column;
    }
}

/* One byte further; columns count characters. */
static void take(struct mld_csv *csv, int *column)
{
    *column += !is_tail((unsigned char)here(csv));
    csv->at++;
}

/*
 * Whether the quotes that surround `at` close on a later line where a cell ends. If not, the quote
 * is one too many, and the lines that follow are rows.
 */
static int closes_later(const struct mld_csv *csv)
{
    size_t at = csv->at, length = csv->length;
    while (at < length && (csv->text[at] != '"' || (at + 1 < length && csv->text[at + 1] == '"')))
        at += csv->text[at] == '"' ? 2 : 1;
    if (at >= length)
        return 0;
    for (at++; at < length && csv->text[at] == ' ';)
        at++;
    return at == length || csv->text[at] == csv->separator || is_line_end(csv->text[at]);
}

static void read_quoted(struct mld_csv *csv, int *column)
{
    int opened = *column, broken = 0;
    take(csv, column);
    for (;;) {
        int breaks = !at_end(csv) && is_line_end(here(csv));
        if (at_end(csv) || (breaks && !broken && !closes_later(csv))) {
            complain(csv, "a quote is not closed on its line", opened);
            return;
        }
        if (here(csv) == '"') {
            take(csv, column);
            if (here(csv) != '"')
                return;
        }
        put(csv, breaks ? ' ' : here(csv));
        if (breaks) {
            skip_line_end(csv);
            *column = 1;
            broken = 1;
        } else
            take(csv, column);
    }
}

/* Length of the space at `s`: ASCII, no-break (U+00A0) or narrow no-break (U+202F). */
static size_t space_at(const char *s, size_t left)
{
    if (left && (*s == ' ' || *s == '\t'))
        return 1;
    if (left > 1 && !memcmp(s, "\xC2\xA0", 2))
        return 2;
    return left > 2 && !memcmp(s, "\xE2\x80\xAF", 3) ? 3 : 0;
}

/* Length of the spaces that end `text`. */
static size_t trailing_space(const char *text, size_t length)
{
    size_t end = length;
    for (;;) {
        size_t back = 0;
        for (size_t n = 1; n <= 3 && n <= end; n++)
            if (space_at(text + end - n, n) == n)
                back = n;
        if (!back)
            return length - end;
        end -= back;
    }
}

static void trim(struct mld_csv *csv, struct mld_cell *cell)
{
    char *text = csv->bytes + cell->offset;
    size_t space;
    while ((space = space_at(text, cell->length)) > 0) {
        text += space;
        cell->offset += space;
        cell->length -= space;
    }
    cell->length -= trailing_space(text, cell->length);
    text[cell->length] = '\0';
}

/* Reads up to the separator or the line's end, which it leaves. */
static void read_cell(struct mld_csv *csv, int *column)
{
    struct mld_cell cell = { .offset = csv->used, .line = csv->next_line, .column = *column };
    while (here(csv) == ' ' && csv->separator != ' ')
        take(csv, column);
    if (here(csv) == '"') {
        read_quoted(csv, column);
        while (here(csv) == ' ')
            take(csv, column);
        if (!at_end(csv) && here(csv) != csv->separator && !is_line_end(here(csv)))
            complain(csv, "text follows a closing quote", *column);
    }
    while (!at_end(csv) && here(csv) != csv->separator && !is_line_end(here(csv))) {
        put(csv, here(csv));
        take(csv, column);
    }
    cell.length = csv->used - cell.offset;
    put(csv, '\0');
    if (csv->no_memory)
        return;
    trim(csv, &cell);
    if (csv->n_cells < MLD_CSV_COLUMNS)
        csv->cell[csv->n_cells++] = cell;
    else if (cell.length)
        complain(csv, "more columns than a tape can have", cell.column);
}

static void read_row(struct mld_csv *csv)
{
    int column = 1;
    csv->line = csv->next_line;
    csv->used = 0;
    csv->n_cells = 0;
    csv->problem = NULL;
    for (;;) {
        read_cell(csv, &column);
        if (at_end(csv) || here(csv) != csv->separator)
            break;
        take(csv, &column);
    }
    skip_line_end(csv);
}

static int is_blank(const struct mld_csv *csv)
{
    for (int i = 0; i < csv->n_cells; i++)
        if (csv->cell[i].length)
            return 0;
    return !csv->problem;
}

int mld_csv_row(struct mld_csv *csv)
{
    while (!at_end(csv) && !csv->no_memory) {
        read_row(csv);
        if (!is_blank(csv) && !csv->no_memory)
            return 1;
    }
    return 0;
}

void mld_csv_fill(struct mld_csv *csv, int cells)
{
    while (csv->n_cells < cells) /* the byte before csv->used is the NUL of the last cell */
        csv->cell[csv->n_cells++] =
            (struct mld_cell){ .offset = csv->used - 1, .line = csv->line, .column = 1 };
}
