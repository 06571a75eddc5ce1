/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/page.h"

#include <stdarg.h>
#include <string.h>

#include "core/encoding.h"
#include "core/text.h"

enum { MOST_TEXT = 4096 };

static void repeat(FILE *out, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fputs(text, out);
}

void mld_page_title(const struct mld_page *page, const char *french, const char *english)
{
    const char *title = mld_say(page, french, english);
    fprintf(page->out, "\n%s\n", title);
    repeat(page->out, "─", mld_text_width(title));
    fputc('\n', page->out);
}

void mld_page_gap(const struct mld_page *page) { fputc('\n', page->out); }

/* What does not fit is left out from a whole character on. */
__attribute__((format(printf, 2, 0))) static void format_text(char text[MOST_TEXT],
                                                              const char *format, va_list arguments)
{
    if (vsnprintf(text, MOST_TEXT, format, arguments) >= MOST_TEXT)
        text[mld_utf8_check(text, MOST_TEXT - 1)] = '\0';
}

void mld_page_line(const struct mld_page *page, const char *format, ...)
{
    char text[MOST_TEXT], shown[MOST_TEXT];
    va_list arguments;
    va_start(arguments, format);
    format_text(text, format, arguments);
    va_end(arguments);
    fprintf(page->out, "%s\n", mld_text_shown(shown, sizeof shown, text));
}

void mld_page_paragraph(const struct mld_page *page, const char *format, ...)
{
    char text[MOST_TEXT];
    va_list arguments;
    va_start(arguments, format);
    format_text(text, format, arguments);
    va_end(arguments);
    size_t column = 0;
    for (char *rest = text, *word; (word = strtok_r(rest, " \n", &rest));) {
        char shown[sizeof text];
        size_t width = mld_text_width(mld_text_shown(shown, sizeof shown, word));
        if (column > 0 && column + 1 + width > (size_t)page->width) {
            fputc('\n', page->out);
            column = 0;
        }
        column += (size_t)fprintf(page->out, "%s", column ? " " : "") + width;
        fputs(shown, page->out);
    }
    fputc('\n', page->out);
}

void mld_table_start(struct mld_page_table *table, int columns)
{
    memset(table, 0, sizeof *table);
    table->columns = columns;
}

int mld_table_row(struct mld_page_table *table, const char *label)
{
    int row = table->rows < MLD_TABLE_MOST_ROWS ? table->rows++ : MLD_TABLE_MOST_ROWS - 1;
    mld_table_set(table, row, 0, label);
    return row;
}

void mld_table_set(struct mld_page_table *table, int row, int column, const char *text)
{
    mld_text_shown(table->cell[row][column], MLD_CELL_SIZE, text);
}

static size_t column_width(const struct mld_page_table *table, int column)
{
    size_t widest = 0;
    for (int row = 0; row < table->rows; row++) {
        size_t width = mld_text_width(table->cell[row][column]);
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void print_row(const struct mld_page *page, const struct mld_page_table *table, int row,
                      const size_t *width)
{
    for (int column = 0; column < table->columns; column++) {
        const char *text = table->cell[row][column];
        size_t blank = width[column] - mld_text_width(text);
        if (column == 0) {
            fprintf(page->out, "  %s", text);
            repeat(page->out, " ", blank);
        } else {
            repeat(page->out, " ", blank + 3);
            fputs(text, page->out);
        }
    }
    fputc('\n', page->out);
}

void mld_page_table(const struct mld_page *page, const struct mld_page_table *table)
{
    size_t width[MLD_TABLE_MOST_COLUMNS] = { 0 }, total = 0;
    if (table->rows < 2)
        return;
    for (int column = 0; column < table->columns; column++) {
        width[column] = column_width(table, column);
        total += width[column] + (column ? 3 : 0);
    }
    print_row(page, table, 0, width);
    fputs("  ", page->out);
    repeat(page->out, "─", total);
    fputc('\n', page->out);
    for (int row = 1; row < table->rows; row++)
        print_row(page, table, row, width);
}
