/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/book.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rows/rows.h"

/* characters of a cell of a workbook; bytes here, which are as many or more */
enum { MOST_TEXT = 32767 };

struct mld_sheet *mld_book_sheet(struct mld_book *book, const char *french, const char *english,
                                 const char *file)
{
    struct mld_sheet *sheet = &book->sheet[book->n_sheets++];
    *sheet = (struct mld_sheet){ .name = mld_book_say(book, french, english),
                                 .file = file,
                                 .frozen_columns = 1 };
    return sheet;
}

static struct mld_cell *new_cell(struct mld_book *book, struct mld_sheet *sheet, int row,
                                 int column, enum mld_style style)
{
    if (sheet->n_cells == sheet->capacity) {
        size_t capacity = sheet->capacity ? 2 * sheet->capacity : 256;
        struct mld_cell *cell = realloc(sheet->cell, capacity * sizeof *cell);
        if (!cell) {
            book->no_memory = 1;
            return NULL;
        }
        sheet->cell = cell;
        sheet->capacity = capacity;
    }
    struct mld_cell *cell = &sheet->cell[sheet->n_cells++];
    *cell = (struct mld_cell){ row, column, style, NULL, NULL, NAN };
    sheet->rows = row >= sheet->rows ? row + 1 : sheet->rows;
    sheet->columns = column >= sheet->columns ? column + 1 : sheet->columns;
    return cell;
}

/*
 * Bytes of the character at `text` when it is well-formed UTF-8 (Unicode, table 3-7) that XML 1.0
 * allows, else 0.
 */
static size_t character_length(const unsigned char *text)
{
    unsigned char c = text[0], d = c ? text[1] : 0;
    if (c < 0x80)
        return c >= 0x20 && c != 0x7f;
    if (c >= 0xc2 && c <= 0xdf)
        return (d & 0xc0) == 0x80 ? 2 : 0;
    int second = c == 0xe0   ? d >= 0xa0 && d <= 0xbf
                 : c == 0xed ? d >= 0x80 && d <= 0x9f
                 : c == 0xf0 ? d >= 0x90 && d <= 0xbf
                 : c == 0xf4 ? d >= 0x80 && d <= 0x8f
                             : (d & 0xc0) == 0x80;
    if (c < 0xe0 || c > 0xf4 || !second || (text[2] & 0xc0) != 0x80)
        return 0;
    if (c < 0xf0)
        /* U+FFFE and U+FFFF are no characters */
        return c == 0xef && d == 0xbf && text[2] >= 0xbe ? 0 : 3;
    return (text[3] & 0xc0) == 0x80 ? 4 : 0;
}

/* What is no character becomes a space: a results file may hold any bytes. */
char *mld_clean_copy(const char *text)
{
    char *copy = malloc(strlen(text) + 1);
    size_t length = 0;
    if (!copy)
        return NULL;
    for (const unsigned char *c = (const unsigned char *)text; *c && length < MOST_TEXT - 4;) {
        size_t n = character_length(c);
        if (n)
            memcpy(copy + length, c, n);
        else
            copy[length] = ' ';
        length += n ? n : 1;
        c += n ? n : 1;
    }
    copy[length] = '\0';
    return copy;
}

void mld_put_text(struct mld_book *book, struct mld_sheet *sheet, int row, int column,
                  enum mld_style style, const char *text)
{
    struct mld_cell *cell = text ? new_cell(book, sheet, row, column, style) : NULL;
    if (cell && !(cell->text = mld_clean_copy(text)))
        book->no_memory = 1;
}

void mld_put_number(struct mld_book *book, struct mld_sheet *sheet, int row, int column,
                    enum mld_style style, double number)
{
    struct mld_cell *cell = isfinite(number) ? new_cell(book, sheet, row, column, style) : NULL;
    if (cell)
        cell->number = number;
}

void mld_put_formula(struct mld_book *book, struct mld_sheet *sheet, int row, int column,
                     enum mld_style style, double number, const char *formula)
{
    struct mld_cell *cell = isfinite(number) ? new_cell(book, sheet, row, column, style) : NULL;
    if (!cell)
        return;
    cell->number = number;
    if (!(cell->formula = strdup(formula)))
        book->no_memory = 1;
}

void mld_put_date(struct mld_book *book, struct mld_sheet *sheet, int row, int column,
                  struct mld_date date)
{
    char text[32];
    snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
    mld_put_text(book, sheet, row, column, MLD_STYLE_DATE, text);
}

void mld_put_head(struct mld_book *book, struct mld_sheet *sheet, const char *text)
{
    mld_put_text(book, sheet, 0, sheet->columns, MLD_STYLE_HEAD, text);
}

enum mld_style mld_style_of(enum mld_quantity quantity)
{
    switch (quantity) {
    case MLD_MONEY: return MLD_STYLE_MONEY;
    case MLD_RATE: return MLD_STYLE_RATE;
    case MLD_POINTS: return MLD_STYLE_POINTS;
    case MLD_MULTIPLE: return MLD_STYLE_MULTIPLE;
    case MLD_YEARS: return MLD_STYLE_YEARS;
    default: return MLD_STYLE_MULTIPLE;
    }
}

enum mld_style mld_error_style(enum mld_style style)
{
    return style == MLD_STYLE_RATE || style == MLD_STYLE_POINTS      ? MLD_STYLE_RATE_ERROR
           : style == MLD_STYLE_MULTIPLE || style == MLD_STYLE_YEARS ? MLD_STYLE_FINE
                                                                     : style;
}

enum mld_quantity mld_quantity_of_unit(const char *unit)
{
    return strcmp(unit, "EUR") == 0      ? MLD_MONEY
           : strcmp(unit, "1/year") == 0 ? MLD_RATE
           : strcmp(unit, "years") == 0  ? MLD_YEARS
                                         : MLD_NUMBER;
}

const char *mld_unit_text(const struct mld_book *book, enum mld_quantity quantity, const char *unit)
{
    switch (quantity) {
    case MLD_MONEY: return mld_plain_unit(book, "EUR");
    case MLD_RATE:
        return strcmp(unit, "1/year") == 0 ? mld_book_say(book, "%\u00a0par an", "% a year") : "%";
    case MLD_MULTIPLE: return "×";
    case MLD_YEARS: return mld_book_say(book, "ans", "years");
    default: return "";
    }
}

const char *mld_plain_unit(const struct mld_book *book, const char *unit)
{
    static const struct {
        const char *unit, *french, *english;
    } known[] = { { "1", "", "" }, { "1/year", "1/an", "1/year" }, { "years", "ans", "years" } };
    static const char *const money[][2] = { [MLD_IN_EUR] = { "€", "€" },
                                            [MLD_IN_THOUSANDS] = { "k€", "€k" },
                                            [MLD_IN_MILLIONS] = { "M€", "€m" } };
    if (strcmp(unit, "EUR") == 0)
        return mld_book_say(book, money[book->unit][0], money[book->unit][1]);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].unit, unit) == 0)
            return mld_book_say(book, known[i].french, known[i].english);
    return unit;
}

const char *mld_branch_text(const struct mld_book *book, int branch)
{
    return branch == MLD_WITHOUT ? mld_book_say(book, "sans garantie", "without guarantee")
           : branch == MLD_WITH  ? mld_book_say(book, "avec garantie", "with guarantee")
           : branch == MLD_KEPT
               ? mld_book_say(book, "garantie payée en entier", "guarantee paid in full")
               : mld_book_say(book, "différence", "difference");
}

const char *mld_level_text(const struct mld_book *book, char *text, size_t size, double level)
{
    if (level == 0.5)
        snprintf(text, size, "%s", mld_book_say(book, "médiane", "median"));
    else
        snprintf(text, size, mld_book_say(book, "%.0f\u00a0%%", "%.0f%%"), 100 * level);
    return text;
}

const struct mld_fan *mld_book_fan(const struct mld_book *book, int branch, const char *series)
{
    int i = mld_series_named(series);
    if (i < 0 || branch >= book->summary->designs || !book->summary->fan[branch])
        return NULL;
    const struct mld_fan *fan = &book->summary->fan[branch][i];
    return fan->length > 0 ? fan : NULL;
}

const char *mld_book_series_label(const struct mld_book *book, const char *series,
                                  char text[MLD_LABEL_SIZE])
{
    return mld_rows_series_label_in(book->results, mld_series_named(series), book->french, text);
}

enum mld_quantity mld_quantity_of_series(const char *series)
{
    const struct mld_series *row = &mld_series[mld_series_named(series)];
    enum mld_quantity quantity = mld_quantity_of_unit(row->unit);
    int counts = (row->scope & (MLD_SCOPE_FEEDER | MLD_SCOPE_ENDOWMENT | MLD_SCOPE_INDICATORS)) !=
                 0;
    return quantity == MLD_NUMBER && !counts ? MLD_MULTIPLE : quantity; /* TVPI, DPI */
}

struct mld_chart *mld_book_chart(struct mld_book *book, const char *french, const char *english,
                                 int bars)
{
    struct mld_chart *chart = &book->chart[book->n_charts++];
    *chart = (struct mld_chart){ .title = mld_book_say(book, french, english),
                                 .bars = bars,
                                 .style = MLD_STYLE_MONEY,
                                 .sheet = book->n_sheets - 1 };
    return chart;
}

void mld_book_drop_empty(struct mld_book *book, const struct mld_chart *chart)
{
    book->n_charts -= chart->n_lines == 0;
}

static int by_place(const void *a, const void *b)
{
    const struct mld_cell *x = a, *y = b;
    return x->row != y->row ? (x->row > y->row) - (x->row < y->row)
                            : (x->column > y->column) - (x->column < y->column);
}

static enum mld_status run_sheets(struct mld_book *book)
{
    mld_sheet_notes(book);
    mld_sheet_summary(book);
    mld_sheet_terms(book);
    mld_sheet_returns(book);
    mld_sheet_fund_by_year(book);
    mld_sheet_fund_by_period(book);
    mld_sheet_value_by_class(book);
    mld_sheet_vehicles(book);
    mld_sheet_state_by_year(book);
    enum mld_status status = mld_sheet_dotation(book);
    mld_sheet_uncertain(book);
    mld_sheet_indices(book);
    mld_sheet_statistics(book);
    return status;
}

static enum mld_status study_sheets(struct mld_book *book, struct mld_messages *messages)
{
    mld_sheet_study_notes(book);
    return mld_sheet_study(book, messages);
}

enum mld_status mld_book_make(struct mld_book *book, const struct mld_results *results,
                              const struct mld_export_more *more, const char *language,
                              struct mld_messages *messages)
{
    *book = (struct mld_book){ .french = language && strcmp(language, "fr") == 0,
                               .unit = more ? more->unit : MLD_IN_EUR,
                               .results = results,
                               .summary = mld_results_summary(results),
                               .grid = mld_results_grid(results) };
    enum mld_status status = mld_results_study(results) ? study_sheets(book, messages)
                                                        : run_sheets(book);
    mld_sheet_parameters(book);
    if (!status)
        status = mld_sheet_tape(book, messages);
    for (int i = 0; !status && more && i < more->n_tables; i++)
        status = mld_sheet_table(book, more->table[i], messages);
    if (!status && more && more->replay)
        status = mld_sheets_path(book, more->replay);
    for (int i = 0; i < book->n_sheets; i++)
        if (book->sheet[i].n_cells)
            qsort(book->sheet[i].cell, book->sheet[i].n_cells, sizeof *book->sheet[i].cell,
                  by_place);
    return status ? status : book->no_memory ? MLD_ERR_MEMORY : MLD_OK;
}

void mld_book_clear(struct mld_book *book)
{
    for (int i = 0; i < book->n_sheets; i++) {
        for (size_t j = 0; j < book->sheet[i].n_cells; j++) {
            free(book->sheet[i].cell[j].text);
            free(book->sheet[i].cell[j].formula);
        }
        free(book->sheet[i].cell);
    }
    *book = (struct mld_book){ 0 };
}
