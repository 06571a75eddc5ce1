/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheets as an Excel workbook. The only user of libxlsxwriter. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "core/signals.h"
#include "core/target.h"
#include "export/book.h"
#include "core/plain.h"
#include "export/workbook.h"
#include "milliard/export.h"

enum {
    HEAD_FILL = 0x1F3A5F,
    SECTION_FILL = 0xE6ECF3,
    CHECK_INK = 0x5B6470,
    A4 = 9,
    /* characters; points */
    WIDEST = 90,
    FOLD = 44,
    WIDEST_PAGE = 300,
    MOST_WORD = 255,
    LINE_HEIGHT = 15
};

struct writer {
    const struct mld_book *book;
    lxw_workbook *workbook;
    lxw_worksheet *worksheet[MLD_BOOK_SHEETS];
    lxw_format *format[MLD_STYLES], *number_head;
    lxw_error error; /* the first one */
};

int mld_export_has_xlsx(void) { return 1; }

static void keep(struct writer *writer, lxw_error error)
{
    if (writer->error == LXW_NO_ERROR)
        writer->error = error;
}

/* Amounts in euros, thousands and millions: the cells hold euros. The last is of flows, of which
 * exactly nothing is a dash. */
static const char *money_format(const struct mld_book *book, int is_flow)
{
    static const char *const code[][2][2] = {
        [MLD_IN_EUR] = { { "[$€-809]#,##0;\\-[$€-809]#,##0", "[$€-809]#,##0;\\-[$€-809]#,##0;\\–" },
                         { "#,##0\\ [$€-40C];\\-#,##0\\ [$€-40C]",
                           "#,##0\\ [$€-40C];\\-#,##0\\ [$€-40C];\\–" } },
        [MLD_IN_THOUSANDS] = { { "\"€\"#,##0.0,\"k\";\\-\"€\"#,##0.0,\"k\"",
                                 "\"€\"#,##0.0,\"k\";\\-\"€\"#,##0.0,\"k\";\\–" },
                               { "#,##0.0,\\ \"k€\";\\-#,##0.0,\\ \"k€\"",
                                 "#,##0.0,\\ \"k€\";\\-#,##0.0,\\ \"k€\";\\–" } },
        [MLD_IN_MILLIONS] = { { "\"€\"#,##0.00,,\"m\";\\-\"€\"#,##0.00,,\"m\"",
                                "\"€\"#,##0.00,,\"m\";\\-\"€\"#,##0.00,,\"m\";\\–" },
                              { "#,##0.00,,\\ \"M€\";\\-#,##0.00,,\\ \"M€\"",
                                "#,##0.00,,\\ \"M€\";\\-#,##0.00,,\\ \"M€\";\\–" } }
    };
    return code[book->unit][book->french][is_flow];
}

/*
 * Codes of number formats are written the American way; the spreadsheet shows them in its own
 * language. The place of the euro and the order of a date are ours.
 */
static const char *number_format(const struct mld_book *book, enum mld_style style)
{
    int french = book->french;
    switch (style) {
    case MLD_STYLE_MONEY: return money_format(book, 0);
    case MLD_STYLE_FLOW:
    case MLD_STYLE_TOTAL: return money_format(book, 1);
    case MLD_STYLE_CHECK: return french ? "0.00\\ [$€-40C]" : "[$€-809]0.00";
    case MLD_STYLE_RATE: return french ? "0.00\\ %" : "0.00%";
    case MLD_STYLE_POINTS:
        return french ? "+0.00\\ %;\\-0.00\\ %;0.00\\ %" : "+0.00%;\\-0.00%;0.00%";
    case MLD_STYLE_RATE_ERROR: return french ? "0.000\\ %" : "0.000%";
    case MLD_STYLE_FINE: return "#,##0.0000";
    case MLD_STYLE_THOUSANDS: return "#,##0.0,;\\-#,##0.0,;\\–"; /* thousands */
    case MLD_STYLE_AMOUNT:
        if (book->unit != MLD_IN_EUR)
            return money_format(book, 0);
        return french ? "[>=1000000]#,##0.00,,\\ \"M€\";[>=1000]#,##0.0,\\ \"k€\";"
                        "#,##0\\ [$€-40C]"
                      : "[>=1000000]\"€\"#,##0.00,,\"m\";[>=1000]\"€\"#,##0.0,\"k\";"
                        "[$€-809]#,##0";
    case MLD_STYLE_YEAR: return "0";
    case MLD_STYLE_MULTIPLE: return "#,##0.00";
    case MLD_STYLE_YEARS: return "0.00";
    case MLD_STYLE_WHOLE: return "#,##0";
    case MLD_STYLE_DATE: return french ? "dd/mm/yyyy" : "yyyy\\-mm\\-dd";
    default: return NULL;
    }
}

static void colour_head(lxw_format *format)
{
    format_set_font_color(format, LXW_COLOR_WHITE);
    format_set_bg_color(format, HEAD_FILL);
    format_set_bold(format);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
}

static void make_formats(struct writer *writer)
{
    for (int style = 0; style < MLD_STYLES; style++) {
        lxw_format *format = writer->format[style] = workbook_add_format(writer->workbook);
        const char *code = number_format(writer->book, (enum mld_style)style);
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        if (code)
            format_set_num_format(format, code);
        if (style == MLD_STYLE_STRONG || style == MLD_STYLE_SECTION || style == MLD_STYLE_TOTAL)
            format_set_bold(format);
    }
    writer->number_head = workbook_add_format(writer->workbook);
    format_set_align(writer->number_head, LXW_ALIGN_RIGHT);
    colour_head(writer->number_head);
    colour_head(writer->format[MLD_STYLE_HEAD]);
    format_set_text_wrap(writer->format[MLD_STYLE_WRAP]);
    format_set_text_wrap(writer->format[MLD_STYLE_FOLD]);
    /* parameters, among texts */
    format_set_align(writer->format[MLD_STYLE_NUMBER], LXW_ALIGN_LEFT);
    format_set_bg_color(writer->format[MLD_STYLE_SECTION], SECTION_FILL);
    format_set_align(writer->format[MLD_STYLE_DATE], LXW_ALIGN_LEFT);
    format_set_indent(writer->format[MLD_STYLE_LINE], 1);
    format_set_top(writer->format[MLD_STYLE_TOTAL], LXW_BORDER_THIN);
    format_set_italic(writer->format[MLD_STYLE_CHECK]);
    format_set_font_color(writer->format[MLD_STYLE_CHECK], CHECK_INK);
}

static void put_cell(struct writer *writer, lxw_worksheet *sheet, const struct mld_cell *cell,
                     lxw_format *format)
{
    lxw_row_t row = (lxw_row_t)cell->row;
    lxw_col_t column = (lxw_col_t)cell->column;
    lxw_datetime date = { 0 };
    if (cell->style == MLD_STYLE_DATE &&
        sscanf(cell->text, "%d-%d-%d", &date.year, &date.month, &date.day) == 3)
        keep(writer, worksheet_write_datetime(sheet, row, column, &date, format));
    else if (cell->text)
        keep(writer, worksheet_write_string(sheet, row, column, cell->text, format));
    else if (cell->formula)
        keep(writer,
             worksheet_write_formula_num(sheet, row, column, cell->formula, format, cell->number));
    else
        keep(writer, worksheet_write_number(sheet, row, column, cell->number, format));
}

/* A head is broken between words only. Bytes, as many as characters or more; bold. */
static double head_width(const char *text)
{
    size_t longest = 9;
    for (size_t n; *text; text += n + (text[n] != '\0')) {
        n = strcspn(text, " ");
        longest = n > longest ? n : longest;
    }
    return 1.2 * (double)longest + 1;
}

/* Characters a cell takes when shown; money is counted with its separators and sign. */
static double shown_width(const struct mld_cell *cell)
{
    char digits[64];
    switch (cell->style) {
    case MLD_STYLE_MONEY:
    case MLD_STYLE_FLOW:
    case MLD_STYLE_TOTAL:
        snprintf(digits, sizeof digits, "%.0f", cell->number);
        return (double)strlen(digits) * 4 / 3 + 3;
    case MLD_STYLE_THOUSANDS:
    case MLD_STYLE_YEAR:
    case MLD_STYLE_AMOUNT:
    case MLD_STYLE_WHOLE: return 11;
    case MLD_STYLE_CHECK:
    case MLD_STYLE_RATE_ERROR:
    case MLD_STYLE_FINE:
    case MLD_STYLE_RATE:
    case MLD_STYLE_POINTS:
    case MLD_STYLE_MULTIPLE:
    case MLD_STYLE_YEARS: return 10;
    case MLD_STYLE_DATE: return 12;
    case MLD_STYLE_HEAD: return cell->text ? head_width(cell->text) : 8;
    case MLD_STYLE_SECTION: return 8;
    case MLD_STYLE_LINE: return (double)mld_text_width(cell->text) + 4;
    case MLD_STYLE_WRAP: return WIDEST;
    case MLD_STYLE_FOLD: return FOLD;
    default: return cell->text ? (double)mld_text_width(cell->text) + 2 : 12;
    }
}

/* What the columns of a sheet hold: their width, and whether it is numbers. */
struct columns {
    double width[MLD_SHEET_COLUMNS];
    int numbers[MLD_SHEET_COLUMNS];
};

static void set_columns(struct writer *writer, lxw_worksheet *worksheet,
                        const struct mld_sheet *sheet, struct columns *columns)
{
    *columns = (struct columns){ 0 };
    for (size_t i = 0; i < sheet->n_cells; i++) {
        const struct mld_cell *cell = &sheet->cell[i];
        double wanted = shown_width(cell), *width = &columns->width[cell->column];
        *width = wanted > *width ? wanted < WIDEST ? wanted : WIDEST : *width;
        columns->numbers[cell->column] |= !cell->text && cell->style != MLD_STYLE_NUMBER;
    }
    for (int column = 0; column < sheet->columns; column++)
        keep(writer, worksheet_set_column(worksheet, (lxw_col_t)column, (lxw_col_t)column,
                                          columns->width[column], NULL));
}

/* Lines that a text broken between words takes in `width` characters. */
static int lines_of_text(const char *text, double width)
{
    double used = 0;
    int lines = 1;
    for (size_t n; *text; text += n + (text[n] != '\0')) {
        n = strcspn(text, " ");
        char word[MOST_WORD + 1];
        snprintf(word, sizeof word, "%.*s", (int)n, text);
        double length = (double)mld_text_width(word);
        lines += used > 0 && used + 1 + length > width;
        used = used > 0 && used + 1 + length <= width ? used + 1 + length : length;
        for (; used > width; used -= width)
            lines++;
    }
    return lines;
}

/* Only texts and heads are broken; a head is bold, and no two programs measure letters alike. */
static int lines_of(const struct mld_cell *cell, double width)
{
    if (!cell->text || (cell->style != MLD_STYLE_WRAP && cell->style != MLD_STYLE_FOLD &&
                        cell->style != MLD_STYLE_HEAD))
        return 1;
    return lines_of_text(cell->text, width / (cell->style == MLD_STYLE_HEAD ? 1.2 : 1.05));
}

/* Not every spreadsheet makes room for broken texts when it opens a file. */
static void set_heights(struct writer *writer, lxw_worksheet *worksheet,
                        const struct mld_sheet *sheet, const struct columns *columns)
{
    for (size_t i = 0; i < sheet->n_cells;) {
        int row = sheet->cell[i].row, lines = 1;
        for (; i < sheet->n_cells && sheet->cell[i].row == row; i++) {
            int wanted = lines_of(&sheet->cell[i], columns->width[sheet->cell[i].column]);
            lines = wanted > lines ? wanted : lines;
        }
        if (lines > 1)
            keep(writer, worksheet_set_row(worksheet, (lxw_row_t)row,
                                           LINE_HEIGHT * (lines < 27 ? lines : 27), NULL));
    }
}

/* Codes of a header begin with &, which is doubled where it is meant. */
static void append_plain(char *text, size_t size, const char *plain)
{
    size_t length = strlen(text);
    for (; *plain && length + 3 < size; plain++) {
        text[length++] = *plain;
        if (*plain == '&')
            text[length++] = '&';
    }
    text[length] = '\0';
}

/* A results file may hold any bytes. */
static void set_clean(struct writer *writer, lxw_worksheet *worksheet,
                      lxw_error (*set)(lxw_worksheet *, const char *), const char *text)
{
    char *clean = mld_clean_copy(text);
    keep(writer, clean ? set(worksheet, clean) : LXW_ERROR_MEMORY_MALLOC_FAILED);
    free(clean);
}

/* What was run, on each page, so that a sheet of paper can be traced. */
static void set_header(struct writer *writer, lxw_worksheet *worksheet)
{
    const struct mld_results *results = writer->book->results;
    char header[200] = "&L", run[160];
    snprintf(run, sizeof run,
             mld_book_say(writer->book, "%.40s trajectoires, graine %.24s",
                          "%.40s paths, seed %.24s"),
             mld_results_attribute(results, "paths"), mld_results_attribute(results, "seed"));
    append_plain(header, sizeof header - 80, mld_results_attribute(results, "name"));
    strcat(header, "&R");
    append_plain(header, sizeof header, run);
    set_clean(writer, worksheet, worksheet_set_header, header);
    snprintf(header, sizeof header, "&L&A&C");
    snprintf(run, sizeof run, "milliard %.24s, %.40s",
             mld_results_attribute(results, "program_version"),
             mld_results_attribute(results, "commit"));
    append_plain(header, sizeof header - 16, run);
    strcat(header, "&R&P / &N");
    set_clean(writer, worksheet, worksheet_set_footer, header);
}

/* Printed: landscape, over as few pages as can be read, the head and the labels on each. */
static void set_page(struct writer *writer, lxw_worksheet *worksheet, double width)
{
    worksheet_set_landscape(worksheet);
    worksheet_set_paper(worksheet, A4);
    worksheet_set_margins(worksheet, 0.4, 0.4, 0.8, 0.7);
    worksheet_fit_to_pages(worksheet, (uint16_t)(1 + width / WIDEST_PAGE), 0);
    set_header(writer, worksheet);
}

/* The title of a block is a band across the sheet. */
static void put_bands(struct writer *writer, lxw_worksheet *worksheet,
                      const struct mld_sheet *sheet)
{
    for (size_t i = 0; i < sheet->n_cells; i++)
        for (int column = 1; sheet->cell[i].style == MLD_STYLE_SECTION && column < sheet->columns;
             column++)
            keep(writer,
                 worksheet_write_blank(worksheet, (lxw_row_t)sheet->cell[i].row, (lxw_col_t)column,
                                       writer->format[MLD_STYLE_SECTION]));
}

static void put_sheet(struct writer *writer, int i)
{
    const struct mld_sheet *sheet = &writer->book->sheet[i];
    lxw_worksheet *worksheet = writer->worksheet[i];
    struct columns columns;
    double width = 0;
    set_columns(writer, worksheet, sheet, &columns);
    set_heights(writer, worksheet, sheet, &columns);
    for (size_t j = 0; j < sheet->n_cells; j++) {
        const struct mld_cell *cell = &sheet->cell[j];
        put_cell(writer, worksheet, cell,
                 cell->row == 0 && columns.numbers[cell->column] ? writer->number_head
                                                                 : writer->format[cell->style]);
    }
    worksheet_freeze_panes(worksheet, 1, (lxw_col_t)sheet->frozen_columns);
    if (sheet->filter && sheet->rows > 1)
        keep(writer, worksheet_autofilter(worksheet, 0, 0, (lxw_row_t)sheet->rows - 1,
                                          (lxw_col_t)sheet->columns - 1));
    put_bands(writer, worksheet, sheet);
    for (int column = 0; column < sheet->columns; column++)
        width += columns.width[column];
    set_page(writer, worksheet, width);
    keep(writer, worksheet_repeat_rows(worksheet, 0, 0));
    keep(writer, worksheet_repeat_columns(worksheet, 0, (lxw_col_t)(sheet->frozen_columns - 1)));
}

/* ---- charts ---- */

static void add_line(struct writer *writer, lxw_chart *chart, const struct mld_chart *spec,
                     const struct mld_chart_line *line)
{
    const char *sheet = writer->book->sheet[spec->sheet].name;
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    if (!series) {
        keep(writer, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    chart_series_set_categories(series, sheet, (lxw_row_t)spec->first_row,
                                (lxw_col_t)spec->first_column, (lxw_row_t)spec->last_row,
                                (lxw_col_t)spec->last_column);
    chart_series_set_values(series, sheet, (lxw_row_t)line->first_row,
                            (lxw_col_t)line->first_column, (lxw_row_t)line->last_row,
                            (lxw_col_t)line->last_column);
    chart_series_set_name(series, line->name);
    if (spec->bars) {
        lxw_chart_fill fill = { .color = line->colour };
        chart_series_set_fill(series, &fill);
    } else {
        lxw_chart_line stroke = { .color = line->colour,
                                  .width = line->thin ? 1.0f : 2.25f,
                                  .dash_type = line->thin ? LXW_CHART_LINE_DASH_DASH
                                                          : LXW_CHART_LINE_DASH_SOLID };
        chart_series_set_line(series, &stroke);
    }
}

static void add_chart(struct writer *writer, lxw_worksheet *worksheet, const struct mld_chart *spec,
                      int i)
{
    lxw_chart *chart = workbook_add_chart(
        writer->workbook, spec->bars ? LXW_CHART_COLUMN : LXW_CHART_SCATTER_STRAIGHT);
    lxw_chart_options place = { .x_scale = 1.7, .y_scale = 1.6 }; /* of 480 × 288 pixels */
    lxw_chart_line grid = { .color = 0xD9D9D9, .width = 0.5f };
    if (!chart) {
        keep(writer, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    for (int j = 0; j < spec->n_lines; j++)
        add_line(writer, chart, spec, &spec->line[j]);
    chart_title_set_name(chart, spec->title);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    chart_axis_set_num_format(chart->y_axis, spec->style != MLD_STYLE_MONEY ? "0.0"
                                             : writer->book->french         ? "#,##0.0,,\\ \"M€\""
                                                                    : "\"€\"#,##0.0,,\"m\"");
    chart_axis_major_gridlines_set_line(chart->y_axis, &grid);
    chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    if (!spec->bars) {
        chart_axis_set_name(chart->x_axis,
                            mld_book_say(writer->book, "années depuis le premier closing",
                                         "years since the first closing"));
        chart_axis_set_num_format(chart->x_axis, "0");
        chart_axis_set_min(chart->x_axis, 0);
        chart_axis_set_max(chart->x_axis, writer->book->grid->horizon_years);
        chart_axis_major_gridlines_set_visible(chart->x_axis, LXW_FALSE);
    }
    keep(writer, worksheet_insert_chart_opt(worksheet, (lxw_row_t)(2 + 24 * (i / 2)),
                                            (lxw_col_t)(13 * (i % 2)), chart, &place));
}

static int draws_quantiles(const struct mld_book *book)
{
    for (int i = 0; i < book->n_charts; i++)
        for (int j = 0; j < book->chart[i].n_lines; j++)
            if (book->chart[i].line[j].thin)
                return 1;
    return 0;
}

/* What the charts are of, above them. */
static void put_caption(struct writer *writer, lxw_worksheet *worksheet)
{
    const struct mld_book *book = writer->book;
    char text[1024], paths[MLD_NUMBER_SIZE];
    mld_format_number(paths, book->french,
                      strtod(mld_results_attribute(book->results, "paths"), NULL), 0, 0);
    snprintf(text, sizeof text,
             mld_book_say(book, "%.400s\u00a0: %s trajectoires, graine %.24s.%s",
                          "%.400s: %s paths, seed %.24s.%s"),
             mld_results_title(book->results, book->french), paths,
             mld_results_attribute(book->results, "seed"),
             !draws_quantiles(book)
                 ? ""
                 : mld_book_say(
                       book,
                       " Tirets\u00a0: quantiles à 5\u00a0% et 95\u00a0% de chaque période\u00a0; "
                       "ce ne sont pas des trajectoires.",
                       " Broken lines: 5% and 95% quantiles of each period; they are no paths."));
    char *clean = mld_clean_copy(text);
    keep(writer,
         clean ? worksheet_write_string(worksheet, 0, 0, clean, writer->format[MLD_STYLE_STRONG])
               : LXW_ERROR_MEMORY_MALLOC_FAILED);
    free(clean);
}

static void put_charts(struct writer *writer, lxw_worksheet *worksheet)
{
    put_caption(writer, worksheet);
    for (int i = 0; i < writer->book->n_charts; i++)
        add_chart(writer, worksheet, &writer->book->chart[i], i);
    worksheet_gridlines(worksheet, LXW_HIDE_ALL_GRIDLINES);
    set_page(writer, worksheet, 0);
}

/* Notes and summary come first, then the charts, then the sheets they draw. */
enum { BEFORE_CHARTS = 1 }; /* the summary */

static void add_worksheets(struct writer *writer)
{
    lxw_worksheet *charts = NULL;
    for (int i = 0; i < writer->book->n_sheets; i++) {
        writer->worksheet[i] = workbook_add_worksheet(writer->workbook,
                                                      writer->book->sheet[i].name);
        if (i == BEFORE_CHARTS && writer->book->n_charts)
            charts = workbook_add_worksheet(writer->workbook,
                                            mld_book_say(writer->book, "Graphiques", "Charts"));
        if (!writer->worksheet[i] || (i == BEFORE_CHARTS && writer->book->n_charts && !charts)) {
            keep(writer, LXW_ERROR_MEMORY_MALLOC_FAILED);
            return;
        }
    }
    for (int i = 0; i < writer->book->n_sheets; i++)
        put_sheet(writer, i);
    if (charts)
        put_charts(writer, charts);
}

static lxw_error write_book(const struct mld_book *book, const char *path)
{
    struct writer writer = { .book = book, .workbook = workbook_new(path) };
    char title[] = "milliard", comments[] = MLD_WORKBOOK_COMMENT;
    lxw_doc_properties properties = { .title = title,
                                      .comments = comments,
                                      .created = MLD_WORKBOOK_TIME };
    if (!writer.workbook)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    keep(&writer, workbook_set_properties(writer.workbook, &properties));
    make_formats(&writer);
    add_worksheets(&writer);
    keep(&writer, workbook_close(writer.workbook));
    return writer.error;
}

/*
 * The library keeps its sheets in temporary files, and does not see when they cannot be written:
 * the workbook is then cut short, without an error. So room for all of them is asked for first, and
 * given back. A cell is written with its place, format and number; the characters of a text may
 * become entities. 0, or an errno.
 */
static int room_for_sheets(const struct mld_book *book)
{
    enum { CELL = 128, ENTITY = 6 };
    size_t bytes = 1 << 16;
    for (int i = 0; i < book->n_sheets; i++)
        for (size_t j = 0; j < book->sheet[i].n_cells; j++) {
            const struct mld_cell *cell = &book->sheet[i].cell[j];
            bytes += CELL + ENTITY * ((cell->text ? strlen(cell->text) : 0) +
                                      (cell->formula ? strlen(cell->formula) : 0));
        }
    FILE *file = tmpfile();
    int reason = file ? posix_fallocate(fileno(file), 0, (off_t)bytes) : errno;
    if (file)
        fclose(file);
    return reason;
}

/*
 * What the system says of a failure is plainer than what the library makes of it and prints: it
 * gets another stream for that. In the GNU C library stderr is a variable like any other; what is
 * behind the stream stays for who has to say something meanwhile.
 */
static enum mld_status write_quietly(const struct mld_book *book, const char *temporary,
                                     const char *path, struct mld_messages *messages)
{
    int reason = room_for_sheets(book);
    if (reason) {
        mld_messages_add(messages,
                         "%s: cannot be written: no room for temporary files in " P_tmpdir ": %s",
                         path, strerror(reason));
        return MLD_ERR_FILE;
    }
    FILE *kept = stderr, *nowhere = fopen("/dev/null", "w");
    stderr = nowhere ? nowhere : kept;
    errno = 0;
    lxw_error error = write_book(book, temporary);
    reason = errno;
    stderr = kept;
    if (nowhere)
        fclose(nowhere);
    if (error == LXW_NO_ERROR)
        return MLD_OK;
    mld_messages_add(messages, "%s: cannot be written: %s", path,
                     reason ? strerror(reason) : lxw_strerror(error));
    return error == LXW_ERROR_MEMORY_MALLOC_FAILED ? MLD_ERR_MEMORY : MLD_ERR_FILE;
}

enum mld_status mld_export_xlsx_check(const char *path, struct mld_messages *messages)
{
    return mld_target_check(path, &mld_workbook_kind, messages);
}

static enum mld_status write_whole(const struct mld_book *book, const char *path,
                                   struct mld_messages *messages)
{
    struct mld_target target;
    enum mld_status status = mld_target_create(&target, path, &mld_workbook_kind, 0, messages);
    if (status)
        return status;
    status = write_quietly(book, target.temporary, path, messages);
    if (!status)
        return mld_target_commit(&target, messages);
    mld_target_abandon(&target);
    return status;
}

enum mld_status mld_export_xlsx_more(const struct mld_results *results,
                                     const struct mld_export_more *more, const char *path,
                                     const char *language, struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    struct mld_book book;
    mld_signals_hold();
    enum mld_status status = mld_book_make(&book, results, more, language, messages);
    if (!status)
        status = write_whole(&book, path, messages);
    mld_book_clear(&book);
    mld_signals_release();
    return status;
}

enum mld_status mld_export_xlsx(const struct mld_results *results, const char *path,
                                const char *language, struct mld_messages *messages)
{
    return mld_export_xlsx_more(results, &(struct mld_export_more){ 0 }, path, language, messages);
}
