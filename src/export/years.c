/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/years.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "rows/rows.h"

/* Columns. */
enum { TOTAL = 3, FIRST_YEAR = 4 };
enum statistic { MEAN, ERROR, LOW, HIGH, STATISTICS };

static int first_year(const struct mld_book *book) { return mld_grid_calendar_year(book->grid, 0); }

static int n_years(const struct mld_book *book)
{
    return mld_grid_calendar_year(book->grid, book->grid->periods - 1) - first_year(book) + 1;
}

void mld_years_begin(struct mld_years *years, struct mld_book *book, struct mld_sheet *sheet,
                     int n_rows, const struct mld_year_row *row)
{
    *years = (struct mld_years){ .book = book, .sheet = sheet, .n_rows = n_rows, .row = row };
    sheet->frozen_columns = FIRST_YEAR;
    sheet->filter = 1;
    mld_put_head(book, sheet, mld_book_say(book, "ligne", "line"));
    mld_put_head(book, sheet, mld_book_say(book, "montage", "design"));
    mld_put_head(book, sheet, mld_book_say(book, "statistique", "statistic"));
    mld_put_head(book, sheet, "total");
    for (int y = 0; y < n_years(book); y++)
        mld_put_number(book, sheet, 0, FIRST_YEAR + y, MLD_STYLE_HEAD, first_year(book) + y);
}

/* ---- values ---- */

static double at(const struct mld_fan *fan, enum statistic statistic, int step)
{
    switch (statistic) {
    case MEAN: return fan->mean[step];
    case ERROR: return fan->mean_error[step];
    case LOW: return fan->quantile[MLD_QUANTILE_5 * fan->length + step];
    default: return fan->quantile[MLD_QUANTILE_95 * fan->length + step];
    }
}

/*
 * Fills one number a year; NaN where there is none. Means of flows add up over the periods of a
 * year. Their quantiles and errors do not, and are left out unless a year is one period. A stock is
 * the one of the year's last period.
 */
static void fill_years(const struct mld_book *book, const struct mld_fan *fan,
                       enum mld_year_kind kind, enum statistic statistic, double *value)
{
    for (int y = 0; y < n_years(book); y++)
        value[y] = (double)NAN;
    if (mld_series[fan->series].axis == MLD_AXIS_YEAR) {
        for (int y = 0; y < n_years(book) && y < fan->length; y++)
            value[y] = at(fan, statistic, y);
        return;
    }
    for (int t = 0; t < fan->length; t++) {
        double *year = &value[mld_grid_calendar_year(book->grid, t) - first_year(book)];
        if (kind == MLD_YEAR_STOCK || book->grid->periods_per_year == 1)
            *year = at(fan, statistic, t);
        else if (statistic == MEAN)
            *year = (isnan(*year) ? 0 : *year) + at(fan, statistic, t);
    }
}

static int any_number(int n, const double *value)
{
    for (int i = 0; i < n; i++)
        if (!isnan(value[i]))
            return 1;
    return 0;
}

static int all_zero(int n, const double *value)
{
    for (int i = 0; i < n; i++)
        if (!isnan(value[i]) && value[i] != 0)
            return 0;
    return 1;
}

/* 1 when it is 0 in every step, on average and in its tails: nothing of the kind in this branch. */
static int is_nothing(const struct mld_fan *fan)
{
    return all_zero(fan->length, fan->mean) && all_zero(fan->length, fan->mean_error);
}

/* ---- formulas ---- */

/* "F7" of row 6, column 5. */
static const char *cell_name(int row, int column, char text[32])
{
    char letters[4] = "";
    for (int c = column + 1, i = c > 26; c > 0; c = (c - 1) / 26)
        letters[i--] = (char)('A' + (c - 1) % 26);
    snprintf(text, 32, "%s%d", letters, row + 1);
    return text;
}

struct formula {
    char text[512];
    size_t length;
};

static void append(struct formula *formula, const char *text)
{
    formula->length += (size_t)snprintf(formula->text + formula->length,
                                        sizeof formula->text - formula->length, "%s", text);
}

static void append_range(struct formula *formula, int first_row, int first_column, int last_row,
                         int last_column)
{
    char a[32], b[32], text[80];
    snprintf(text, sizeof text, "SUM(%s:%s)", cell_name(first_row, first_column, a),
             cell_name(last_row, last_column, b));
    append(formula, text);
}

/*
 * What is left of roundings is no money: sums that cancel are kept to a hundredth of a cent, totals
 * and checks to the cent.
 */
enum { AS_IT_IS = 0, HUNDREDTH = 4, CENT = 2 };

static double kept(double value, int decimals)
{
    double scale = decimals == CENT ? 1e2 : 1e4;
    return decimals == AS_IT_IS ? value : round(scale * value) / scale + 0.0; /* no −0 */
}

/*
 * A number a reader can follow to its cells. `decimals`: AS_IT_IS, or how many are kept. Gives the
 * number.
 */
static double put_formula(struct mld_years *years, int row, int column, enum mld_style style,
                          int decimals, const struct formula *formula, double value)
{
    struct formula rounded = *formula;
    if (decimals != AS_IT_IS)
        snprintf(rounded.text, sizeof rounded.text, "ROUND(%.*s,%d)", (int)sizeof rounded.text - 16,
                 formula->text, decimals);
    value = kept(value, decimals);
    mld_put_formula(years->book, years->sheet, row, column, style, value, rounded.text);
    return value;
}

static int is_ratio(enum mld_style style) { return style == MLD_STYLE_MULTIPLE; }

/* The terms of a row that are in the sheet, in the order of the table. */
static int terms_of(const struct mld_years *years, int branch, int i, struct mld_year_term *term)
{
    int n = 0;
    for (const struct mld_year_term *t = years->row[i].term; t->sign; t++)
        if (years->place[branch][t->row])
            term[n++] = *t;
    return n;
}

/* Rows that are added up one under the other are a SUM, as in any account. */
static int is_range(const struct mld_years *years, int branch, int n,
                    const struct mld_year_term *term)
{
    for (int i = 0; i < n; i++)
        if (term[i].sign < 0 || term[i].years_before ||
            years->place[branch][term[i].row] != years->place[branch][term[0].row] + i)
            return 0;
    return n > 1;
}

/* The sum as a part of the row below the line of the fraction; NaN where that is nothing. */
static double put_over(const struct mld_years *years, int branch, int i, int year, double sum,
                       struct formula *formula)
{
    struct formula whole = { "", 0 };
    char name[32];
    int over = years->row[i].over, several = strchr(formula->text, '+') != NULL;
    double under = over ? years->value[branch][over][year] : 1;
    if (!over)
        return sum;
    append(&whole, several ? "(" : "");
    append(&whole, formula->text);
    append(&whole, several ? ")/" : "/");
    append(&whole, cell_name(years->place[branch][over], FIRST_YEAR + year, name));
    *formula = whole;
    return under > 0 ? sum / under : (double)NAN;
}

static void put_worked_out(struct mld_years *years, int branch, int i, int year, int n,
                           const struct mld_year_term *term)
{
    const int *place = years->place[branch];
    int column = FIRST_YEAR + year, known = 0, cancels = 0;
    struct formula formula = { "", 0 };
    char name[32];
    double sum = 0;
    for (int k = 0; k < n; k++) {
        double value = year < term[k].years_before
                           ? 0
                           : years->value[branch][term[k].row][year - term[k].years_before];
        known += !isnan(value);
        cancels |= term[k].sign < 0;
        sum += isnan(value) ? 0 : term[k].sign * value;
        if (year < term[k].years_before)
            continue;
        append(&formula, term[k].sign < 0 ? "-" : formula.length ? "+" : "");
        append(&formula, cell_name(place[term[k].row], column - term[k].years_before, name));
    }
    if (!years->row[i].over && is_range(years, branch, n, term)) {
        formula = (struct formula){ "", 0 };
        append_range(&formula, place[term[0].row], column, place[term[n - 1].row], column);
    }
    int decimals = years->row[i].kind == MLD_YEAR_CHECK        ? CENT
                   : cancels && !is_ratio(years->row[i].style) ? HUNDREDTH
                                                               : AS_IT_IS;
    double *value = &years->value[branch][i][year];
    sum = put_over(years, branch, i, year, sum, &formula);
    *value = known ? sum : (double)NAN;
    if (!isnan(*value) && formula.length)
        *value = put_formula(years, place[i], column, years->row[i].style, decimals, &formula, sum);
    else
        mld_put_number(years->book, years->sheet, place[i], column, years->row[i].style, *value);
}

/* ---- rows ---- */

static const char *row_label(const struct mld_years *years, int i, char text[MLD_LABEL_SIZE])
{
    const struct mld_year_row *row = &years->row[i];
    return row->french ? mld_book_say(years->book, row->french, row->english)
                       : mld_book_series_label(years->book, row->series, text);
}

static void put_labels(struct mld_years *years, int place, int i, int branch, const char *statistic)
{
    const struct mld_year_row *row = &years->row[i];
    char text[MLD_LABEL_SIZE];
    mld_put_text(years->book, years->sheet, place, 0,
                 row->style == MLD_STYLE_TOTAL ? MLD_STYLE_STRONG : MLD_STYLE_LINE,
                 row_label(years, i, text));
    mld_put_text(years->book, years->sheet, place, 1, MLD_STYLE_TEXT,
                 mld_branch_text(years->book, branch));
    mld_put_text(years->book, years->sheet, place, 2, MLD_STYLE_TEXT, statistic);
}

static void put_total(struct mld_years *years, int branch, int i, enum mld_style style)
{
    struct formula formula = { "", 0 };
    double sum = 0;
    int row = years->place[branch][i], cancels = 0;
    for (int y = 0; y < n_years(years->book); y++) {
        double value = years->value[branch][i][y];
        sum += isnan(value) ? 0 : value;
        cancels |= value < 0;
    }
    append_range(&formula, row, FIRST_YEAR, row, FIRST_YEAR + n_years(years->book) - 1);
    put_formula(years, row, TOTAL, style, cancels ? CENT : AS_IT_IS, &formula, sum);
}

static enum mld_style style_of(const struct mld_years *years, int i)
{
    const char *series = years->row[i].series;
    enum mld_style style = series ? mld_style_of(mld_quantity_of_series(series))
                                  : years->row[i].style;
    return style == MLD_STYLE_MONEY ? MLD_STYLE_FLOW : style;
}

static const char *mean_text(const struct mld_book *book)
{
    return mld_book_say(book, "moyenne", "mean");
}

/* 1 when the file gives the means of the row, which are then filled in. */
static int has_series(struct mld_years *years, int branch, int i)
{
    const struct mld_fan *fan = mld_book_fan(years->book, branch, years->row[i].series);
    if (!fan || is_nothing(fan))
        return 0;
    fill_years(years->book, fan, years->row[i].kind, MEAN, years->value[branch][i]);
    return any_number(n_years(years->book), years->value[branch][i]);
}

/*
 * A row is worked out when there is something to work it out from; a check when there is what it
 * checks, its last term.
 */
static int has_terms(const struct mld_years *years, int i, const int *there)
{
    int found = 0;
    for (const struct mld_year_term *term = years->row[i].term; term->sign; term++)
        found = years->row[i].kind == MLD_YEAR_CHECK ? there[term->row] : found || there[term->row];
    return found;
}

/*
 * Formulas may name rows below their own: places come first. Row 0 is the head, the next one the
 * title of the block.
 */
static void find_places(struct mld_years *years, int branch)
{
    int there[MLD_YEAR_ROWS] = { 0 }, place = years->sheet->rows + 1, titled = 0;
    for (int i = 0; i < years->n_rows; i++)
        there[i] = years->row[i].series &&
                   (!years->row[i].needs ||
                    mld_book_fan(years->book, branch, years->row[i].needs)) &&
                   has_series(years, branch, i);
    for (int i = 0; i < years->n_rows; i++)
        there[i] |= !years->row[i].series &&
                    (!years->row[i].needs ||
                     mld_book_fan(years->book, branch, years->row[i].needs)) &&
                    has_terms(years, i, there);
    for (int i = 0; i < years->n_rows; i++) {
        titled = years->row[i].kind == MLD_YEAR_TITLE ? 0 : titled;
        place += there[i] && !titled;
        titled |= there[i];
        years->place[branch][i] = there[i] ? place++ : 0;
    }
}

static void put_row(struct mld_years *years, int branch, int i)
{
    struct mld_year_term term[MLD_YEAR_TERMS];
    int place = years->place[branch][i], n = terms_of(years, branch, i, term);
    if (!place)
        return;
    put_labels(years, place, i, branch, mean_text(years->book));
    for (int y = 0; y < n_years(years->book); y++)
        if (years->row[i].series)
            mld_put_number(years->book, years->sheet, place, FIRST_YEAR + y, style_of(years, i),
                           years->value[branch][i][y]);
        else
            put_worked_out(years, branch, i, y, n, term);
    if (years->row[i].kind == MLD_YEAR_FLOW)
        put_total(years, branch, i, style_of(years, i));
}

/* A title, and the rows of it that there are; none without them. */
static void put_rows(struct mld_years *years, int branch,
                     void (*put)(struct mld_years *years, int branch, int i))
{
    struct mld_sheet *sheet = years->sheet;
    char text[MLD_LABEL_SIZE];
    for (int i = 0; i < years->n_rows;) {
        int title = i++, place = sheet->rows++;
        for (; i < years->n_rows && years->row[i].kind != MLD_YEAR_TITLE; i++)
            put(years, branch, i);
        if (sheet->rows == place + 1)
            sheet->rows = place;
        else
            mld_put_text(years->book, sheet, place, 0, MLD_STYLE_STRONG,
                         row_label(years, title, text));
    }
}

/* The same of a whole block; the title says of which branch, at "%s". */
static void put_block(struct mld_years *years, int branch, const char *title,
                      void (*put)(struct mld_years *years, int branch, int i))
{
    int place = years->sheet->rows++;
    put_rows(years, branch, put);
    if (years->sheet->rows == place + 1)
        years->sheet->rows = place;
    else
        mld_put_text(years->book, years->sheet, place, 0, MLD_STYLE_SECTION, title);
}

static const char *title_of(const struct mld_years *years, int branch, const char *what,
                            char text[128])
{
    /* begins with a letter of ASCII in both languages */
    const char *name = mld_branch_text(years->book, branch);
    snprintf(text, 128, mld_book_say(years->book, "%c%s\u00a0: %s", "%c%s: %s"), toupper(name[0]),
             name + 1, what);
    return text;
}

void mld_years_means(struct mld_years *years, int branch)
{
    char title[128];
    find_places(years, branch);
    put_block(years, branch,
              title_of(years, branch, mld_book_say(years->book, "moyennes", "means"), title),
              put_row);
}

/* ---- differences ---- */

static void put_difference(struct mld_years *years, int branch, int i)
{
    const int *place[] = { years->place[MLD_WITHOUT], years->place[MLD_WITH] };
    double *value = years->value[branch][i];
    int n = n_years(years->book), decimals = is_ratio(style_of(years, i)) ? AS_IT_IS : HUNDREDTH;
    char name[32];
    if (years->row[i].kind == MLD_YEAR_CHECK || (!place[0][i] && !place[1][i]))
        return;
    for (int y = 0; y < n; y++) {
        double with = place[1][i] ? years->value[MLD_WITH][i][y] : 0,
               without = place[0][i] ? years->value[MLD_WITHOUT][i][y] : 0;
        value[y] = kept(with - without, decimals);
    }
    if (all_zero(n, value))
        return;
    years->place[branch][i] = years->sheet->rows;
    put_labels(years, years->place[branch][i], i, branch, mean_text(years->book));
    for (int y = 0; y < n; y++) {
        struct formula formula = { "", 0 };
        append(&formula, place[1][i] ? cell_name(place[1][i], FIRST_YEAR + y, name) : "");
        append(&formula, place[0][i] ? "-" : "");
        append(&formula, place[0][i] ? cell_name(place[0][i], FIRST_YEAR + y, name) : "");
        if (!isnan(value[y]))
            put_formula(years, years->place[branch][i], FIRST_YEAR + y, style_of(years, i),
                        decimals, &formula, value[y]);
    }
    if (years->row[i].kind == MLD_YEAR_FLOW)
        put_total(years, branch, i, style_of(years, i));
}

void mld_years_differences(struct mld_years *years)
{
    put_block(years, MLD_MAX_DESIGNS,
              mld_book_say(years->book, "Différence, avec − sans\u00a0: moyennes",
                           "Difference, with − without: means"),
              put_difference);
}

/* ---- spread ---- */

static void put_spread(struct mld_years *years, int branch, int i)
{
    const char *const name[STATISTICS] = {
        NULL, mld_book_say(years->book, "erreur type", "standard error"),
        mld_book_say(years->book, "5\u00a0%", "5%"), mld_book_say(years->book, "95\u00a0%", "95%")
    };
    double value[MLD_YEAR_COLUMNS];
    if (!years->row[i].series || !years->place[branch][i])
        return;
    /* no dash: a quantile of 0 is not nothing */
    enum mld_style style = mld_style_of(mld_quantity_of_series(years->row[i].series));
    for (int s = ERROR; s < STATISTICS; s++) {
        fill_years(years->book, mld_book_fan(years->book, branch, years->row[i].series),
                   years->row[i].kind, (enum statistic)s, value);
        if (!any_number(n_years(years->book), value) ||
            (s != ERROR && !mld_rows_is_long_enough(years->book->summary->paths, 0.05)))
            continue;
        int place = years->sheet->rows;
        put_labels(years, place, i, branch, name[s]);
        for (int y = 0; y < n_years(years->book); y++)
            mld_put_number(years->book, years->sheet, place, FIRST_YEAR + y,
                           s == ERROR ? mld_error_style(style) : style, value[y]);
        if (s == HIGH)
            years->high_place[branch][i] = place;
    }
}

void mld_years_spread(struct mld_years *years, int branch)
{
    char title[128];
    put_block(years, branch,
              title_of(years, branch,
                       mld_book_say(years->book, "erreur et quantiles, qui ne s'ajoutent pas",
                                    "error and quantiles, which do not add up"),
                       title),
              put_spread);
}

/* ---- charts ---- */

struct mld_chart *mld_years_chart(const struct mld_years *years, const char *french,
                                  const char *english)
{
    struct mld_chart *chart = mld_book_chart(years->book, french, english, 1);
    chart->first_column = FIRST_YEAR;
    chart->last_column = FIRST_YEAR + n_years(years->book) - 1;
    return chart;
}

void mld_years_draw(struct mld_chart *chart, const char *name, int place, unsigned colour)
{
    if (place > 0 && chart->n_lines < MLD_CHART_LINES)
        chart->line[chart->n_lines++] = (struct mld_chart_line){
            name, place, chart->first_column, place, chart->last_column, colour, 0
        };
}
