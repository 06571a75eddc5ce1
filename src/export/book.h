/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A workbook before it is a file: sheets of cells, and charts that name ranges of them. Row 0 of a
 * sheet is its head.
 */
#ifndef MILLIARD_EXPORT_BOOK_H
#define MILLIARD_EXPORT_BOOK_H

#include "milliard/export.h"
#include "milliard/results.h"
#include "core/format.h"

/** How a cell looks. */
enum mld_style {
    MLD_STYLE_TEXT,
    MLD_STYLE_LINE,
    MLD_STYLE_STRONG,
    MLD_STYLE_HEAD,
    MLD_STYLE_SECTION,
    MLD_STYLE_WRAP,
    MLD_STYLE_FOLD,
    MLD_STYLE_DATE,
    MLD_STYLE_MONEY,
    MLD_STYLE_FLOW,
    MLD_STYLE_TOTAL,
    MLD_STYLE_CHECK,
    MLD_STYLE_RATE,
    MLD_STYLE_POINTS,
    MLD_STYLE_MULTIPLE,
    MLD_STYLE_NUMBER,
    MLD_STYLE_YEARS,
    MLD_STYLE_WHOLE,
    MLD_STYLE_RATE_ERROR,
    MLD_STYLE_FINE,
    MLD_STYLE_THOUSANDS,
    MLD_STYLE_AMOUNT, /* in M€, k€ or € as it is large */
    MLD_STYLE_YEAR,
    MLD_STYLES
};

/**
 * Owned: the text, or NULL; how the number is worked out from other cells, without the "=", or
 * NULL.
 */
struct mld_cell {
    int row, column;
    enum mld_style style;
    char *text, *formula;
    double number;
};

enum { MLD_BOOK_SHEETS = 32, MLD_BOOK_CHARTS = 7, MLD_CHART_LINES = 8, MLD_SHEET_COLUMNS = 384 };

struct mld_sheet {
    const char *name, *file; /**< in the workbook, and as a CSV file without ".csv" */
    int rows, columns;
    /* columns that stay in sight; 1: the head filters the rows below */
    int frozen_columns, filter;
    size_t n_cells, capacity;
    /* in the order of rows, then columns, once the book has been sorted */
    struct mld_cell *cell;
};

/** One line or row of bars: cells first … last of a row or column. */
struct mld_chart_line {
    const char *name;
    int first_row, first_column, last_row, last_column;
    unsigned colour; /**< 0xRRGGBB */
    int thin;        /**< a quantile: a thin broken line */
};
struct mld_chart {
    const char *title;
    int bars;             /**< of years; else lines over years since the first closing */
    enum mld_style style; /**< of the values */
    int sheet;            /**< where its numbers stand */
    int first_row, first_column, last_row, last_column; /**< of its categories */
    int n_lines;
    struct mld_chart_line line[MLD_CHART_LINES];
};

struct mld_book {
    int french;
    enum mld_export_unit unit; /* in which amounts are shown */
    const struct mld_results *results;
    const struct mld_summary *summary;
    const struct mld_grid *grid;
    int n_sheets;
    struct mld_sheet sheet[MLD_BOOK_SHEETS];
    int n_charts;
    struct mld_chart chart[MLD_BOOK_CHARTS];
    int no_memory;
};

/**
 * The text of the book's language; both may be formats of the same arguments, and are checked as
 * such.
 */
__attribute__((format_arg(2), format_arg(3))) static inline const char *mld_book_say(
    const struct mld_book *book, const char *french, const char *english)
{
    return book->french ? french : english;
}

/** Adds an empty sheet. `french`, `english` and `file` outlive the book. */
struct mld_sheet *mld_book_sheet(struct mld_book *book, const char *french, const char *english,
                                 const char *file);
/**
 * Valid UTF-8 without control characters, cut at what a spreadsheet cell holds; the caller's to
 * free, or NULL.
 */
char *mld_clean_copy(const char *text);
/**
 * Text cells: made valid UTF-8 without control characters, cut at what a spreadsheet cell holds.
 */
void mld_put_text(struct mld_book *book, struct mld_sheet *sheet, int row, int column,
                  enum mld_style style, const char *text);
/** A number; NaN and infinities leave the cell empty. */
void mld_put_number(struct mld_book *book, struct mld_sheet *sheet, int row, int column,
                    enum mld_style style, double number);
/**
 * A number that a workbook works out too: `formula` in English, without the "=". Ours alone, never
 * of a file.
 */
void mld_put_formula(struct mld_book *book, struct mld_sheet *sheet, int row, int column,
                     enum mld_style style, double number, const char *formula);
/** "2027-03-31" as text and as a date. */
void mld_put_date(struct mld_book *book, struct mld_sheet *sheet, int row, int column,
                  struct mld_date date);
/** The head, cell after cell. */
void mld_put_head(struct mld_book *book, struct mld_sheet *sheet, const char *text);

enum mld_style mld_style_of(enum mld_quantity quantity);
/** Of the error of such a number: it is smaller, and has no sign. */
enum mld_style mld_error_style(enum mld_style style);
/** What a measure is: as reports show it, else by its unit. */
enum mld_quantity mld_quantity_of_unit(const char *unit);
/** "€/an" … for people; "" for a pure number. */
const char *mld_unit_text(const struct mld_book *book, enum mld_quantity quantity,
                          const char *unit);
/** The unit of a plain number: rates are fractions a year; euros as the book shows them. */
const char *mld_plain_unit(const struct mld_book *book, const char *unit);
/** The fan of a series, or NULL when the file has none. */
const struct mld_fan *mld_book_fan(const struct mld_book *book, int branch, const char *series);
const char *mld_book_series_label(const struct mld_book *book, const char *series,
                                  char text[MLD_LABEL_SIZE]);
enum mld_quantity mld_quantity_of_series(const char *series);
/**
 * An empty chart of the sheet added last; taken back by mld_book_drop_empty() when it has got no
 * line.
 */
struct mld_chart *mld_book_chart(struct mld_book *book, const char *french, const char *english,
                                 int bars);
void mld_book_drop_empty(struct mld_book *book, const struct mld_chart *chart);
/* MLD_MAX_DESIGNS: the difference */
const char *mld_branch_text(const struct mld_book *book, int branch);
/** "5 %", "median" … of a level of mld_quantile_levels. Gives `text`. */
const char *mld_level_text(const struct mld_book *book, char *text, size_t size, double level);

/** Colours of the branches, those of the figures (notebooks/milliard_report/style.py). */
enum {
    MLD_COLOUR_WITHOUT = 0xE69F00,
    MLD_COLOUR_WITH = 0x0072B2,
    MLD_COLOUR_WITH_TAIL = 0xA6CDE6,
    MLD_COLOUR_CALLS = 0x9AA3B2
};

/* The sheets, in their order; charts come with the sheet of their numbers. */
void mld_sheet_notes(struct mld_book *book);
void mld_sheet_study_notes(struct mld_book *book);
/** Fails: INPUT, with a message, when there are more rows than a sheet has. */
enum mld_status mld_sheet_study(struct mld_book *book, struct mld_messages *messages);
/** The terms of fund, guarantee and portfolio, as they were agreed. */
void mld_sheet_terms(struct mld_book *book);
void mld_sheet_summary(struct mld_book *book);
void mld_sheet_statistics(struct mld_book *book);
void mld_sheet_returns(struct mld_book *book);
void mld_sheet_fund_by_year(struct mld_book *book);
void mld_sheet_fund_by_period(struct mld_book *book);
void mld_sheet_value_by_class(struct mld_book *book);
void mld_sheet_vehicles(struct mld_book *book);
void mld_sheet_state_by_year(struct mld_book *book);
/** Of a run of worlds: every measure twice, and indices by judgement. */
void mld_sheet_uncertain(struct mld_book *book);
void mld_sheet_indices(struct mld_book *book);
enum mld_status mld_sheet_dotation(struct mld_book *book);
void mld_sheet_parameters(struct mld_book *book);
enum mld_status mld_sheet_tape(struct mld_book *book, struct mld_messages *messages);

/** Those of a path run again (path.c). Fails: MEMORY. */
enum mld_status mld_sheets_path(struct mld_book *book, const struct mld_replay *replay);

/** That of a table of another command (tables.c). Fails: FILE, INPUT, with a message; MEMORY. */
enum mld_status mld_sheet_table(struct mld_book *book, const char *path,
                                struct mld_messages *messages);

/** Every sheet; those that `more` asks for too, NULL: none. To be cleared, whatever the status. */
enum mld_status mld_book_make(struct mld_book *book, const struct mld_results *results,
                              const struct mld_export_more *more, const char *language,
                              struct mld_messages *messages);
void mld_book_clear(struct mld_book *book);

#endif
