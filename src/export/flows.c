/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flows: the fund and the State by calendar year, line by line as in a fund model, and the fund by period. */
#include "export/book.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { QUANTILE_5 = 1, QUANTILE_95 = 7, FIRST_YEAR = 4 };   /* of mld_quantile_levels; column of the first year */

/* How a series by period becomes one by year; `sign`: what it adds to the fund's cash. */
enum year_rule { FLOW, AT_YEAR_END };
struct line { const char *series; enum year_rule rule; int sign; };

/* In the order of a fund's cash account: what comes in and goes out, what is left, what it is worth. */
static const struct line fund_lines[] = {
    { "calls", FLOW, 1 }, { "invested", FLOW, -1 }, { "income", FLOW, 1 }, { "capital", FLOW, 1 }, { "state_payouts", FLOW, 1 },
    { "management_fees", FLOW, -1 }, { "other_costs", FLOW, -1 }, { "guarantee_costs", FLOW, -1 }, { "distributions", FLOW, -1 },
    { "cash", AT_YEAR_END, 0 }, { "nav", AT_YEAR_END, 0 }, { "tvpi", AT_YEAR_END, 0 }, { "dpi", AT_YEAR_END, 0 },
    { "net_position_a", AT_YEAR_END, 0 }, { NULL, FLOW, 0 }
};
static const struct line state_lines[] = {
    { "state_budget", FLOW, 0 }, { "state_operator_cost", FLOW, 0 }, { "state_payouts", FLOW, 0 }, { "state_fees", FLOW, 0 },
    { "state_net_cost", FLOW, 0 }, { "state_new_guaranteed", FLOW, 0 }, { "state_guaranteed", AT_YEAR_END, 0 },
    { "state_balance", AT_YEAR_END, 0 }, { "state_waiting", AT_YEAR_END, 0 }, { NULL, FLOW, 0 }
};

static const struct mld_fan *fan_of(const struct mld_book *book, int branch, const char *series)
{
    int i = mld_series_named(series);
    if (i < 0 || branch >= book->summary->branches || !book->summary->fan[branch])
        return NULL;
    const struct mld_fan *fan = &book->summary->fan[branch][i];
    return fan->length > 0 ? fan : NULL;
}

static const struct mld_series *series_of(const struct mld_fan *fan)
{
    return &mld_series[fan->series];
}

static const char *series_label(const struct mld_book *book, const struct mld_fan *fan)
{
    return book->french ? series_of(fan)->label_fr : series_of(fan)->label_en;
}

static enum mld_quantity quantity_of(const struct mld_fan *fan)
{
    enum mld_quantity quantity = mld_quantity_of_unit(series_of(fan)->unit);
    return quantity == MLD_NUMBER ? MLD_MULTIPLE : quantity;   /* TVPI, DPI */
}

static int first_year(const struct mld_book *book)
{
    return mld_grid_calendar_year(book->grid, 0);
}

static int years(const struct mld_book *book)
{
    return mld_grid_calendar_year(book->grid, book->grid->periods - 1) - first_year(book) + 1;
}

/* ---- by year ---- */

enum statistic { MEAN, ERROR, LOW, HIGH, STATISTICS };

static double at(const struct mld_fan *fan, enum statistic statistic, int step)
{
    switch (statistic) {
    case MEAN: return fan->mean[step];
    case ERROR: return fan->mean_error[step];
    case LOW: return fan->quantile[QUANTILE_5 * fan->length + step];
    default: return fan->quantile[QUANTILE_95 * fan->length + step];
    }
}

/*
 * Fills one number a year; NaN where there is none. Means of flows add up over the periods of a year. Their quantiles and
 * errors do not, and are left out unless a year is one period. A stock is the one of the year's last period.
 */
static void fill_years(const struct mld_book *book, const struct mld_fan *fan, enum year_rule rule, enum statistic statistic, double *value)
{
    for (int y = 0; y < years(book); y++)
        value[y] = (double)NAN;
    if (series_of(fan)->axis == MLD_AXIS_YEAR) {
        for (int y = 0; y < years(book) && y < fan->length; y++)
            value[y] = at(fan, statistic, y);
        return;
    }
    for (int t = 0; t < fan->length; t++) {
        double *year = &value[mld_grid_calendar_year(book->grid, t) - first_year(book)];
        if (rule == AT_YEAR_END || book->grid->periods_per_year == 1)
            *year = at(fan, statistic, t);
        else if (statistic == MEAN)
            *year = (isnan(*year) ? 0 : *year) + at(fan, statistic, t);
    }
}

static void put_years_head(struct mld_book *book, struct mld_sheet *sheet)
{
    sheet->frozen_columns = FIRST_YEAR;
    sheet->filter = 1;
    mld_put_head(book, sheet, mld_book_say(book, "ligne", "line"));
    mld_put_head(book, sheet, mld_book_say(book, "branche", "branch"));
    mld_put_head(book, sheet, mld_book_say(book, "statistique", "statistic"));
    mld_put_head(book, sheet, "total");
    for (int y = 0; y < years(book); y++) {
        char text[16];
        snprintf(text, sizeof text, "%d", first_year(book) + y);
        mld_put_head(book, sheet, text);
    }
}

/* What is left of roundings is no money. */
static double without_dust(double sum, double size)
{
    return fabs(sum) > 1e-12 * size ? sum : 0;
}

static double sum_of(int n, const double *value)
{
    double sum = 0, size = 0;
    for (int i = 0; i < n; i++) {
        sum += isnan(value[i]) ? 0 : value[i];
        size += isnan(value[i]) ? 0 : fabs(value[i]);
    }
    return without_dust(sum, size);
}

/* A row of years, unless no year has a number. Gives the row, or 0. */
static int put_years_row(struct mld_book *book, struct mld_sheet *sheet, const char *label, int branch, const char *statistic,
                          int is_mean, int has_total, enum mld_style style, const double *value)
{
    int n = years(book), row = sheet->rows, known = 0;
    for (int y = 0; y < n; y++)
        known += !isnan(value[y]);
    if (!known)
        return 0;
    mld_put_text(book, sheet, row, 0, is_mean ? MLD_STYLE_STRONG : MLD_STYLE_TEXT, label);
    mld_put_text(book, sheet, row, 1, MLD_STYLE_TEXT, mld_branch_text(book, branch));
    mld_put_text(book, sheet, row, 2, MLD_STYLE_TEXT, statistic);
    if (has_total)
        mld_put_number(book, sheet, row, 3, style, sum_of(n, value));
    for (int y = 0; y < n; y++)
        mld_put_number(book, sheet, row, FIRST_YEAR + y, style, value[y]);
    return row;
}

/* "(+)" and "(−)": what the line does to the fund's cash. */
static const char *signed_label(const struct mld_book *book, const struct mld_fan *fan, int sign, char *text, size_t size)
{
    snprintf(text, size, "%s%s", series_label(book, fan), sign > 0 ? " (+)" : sign < 0 ? " (−)" : "");
    return text;
}

/* Gives the row of each statistic, or 0. */
static void put_line(struct mld_book *book, struct mld_sheet *sheet, const struct line *line, const struct mld_fan *fan, int branch,
                     int row[STATISTICS])
{
    const char *const name[STATISTICS] = { mld_book_say(book, "moyenne", "mean"), mld_book_say(book, "erreur type", "standard error"),
                                 mld_book_say(book, "5\u00a0%", "5%"), mld_book_say(book, "95\u00a0%", "95%") };
    double value[MLD_MAX_PERIODS];
    char label[256];
    signed_label(book, fan, line->sign, label, sizeof label);
    for (int s = MEAN; s < STATISTICS; s++) {
        fill_years(book, fan, line->rule, (enum statistic)s, value);
        row[s] = put_years_row(book, sheet, label, branch, name[s], s == MEAN, s == MEAN && line->rule == FLOW,
                               mld_style_of(quantity_of(fan)), value);
    }
}

/* Cash left over by the year: the signed sum of the lines, which is what the cash of the fund changes by. */
static void put_net_flow(struct mld_book *book, struct mld_sheet *sheet, const struct line *lines, int branch)
{
    double sum[MLD_MAX_PERIODS] = { 0 }, size[MLD_MAX_PERIODS] = { 0 }, value[MLD_MAX_PERIODS];
    for (const struct line *line = lines; line->series; line++) {
        const struct mld_fan *fan = line->sign ? fan_of(book, branch, line->series) : NULL;
        if (!fan)
            continue;
        fill_years(book, fan, line->rule, MEAN, value);
        for (int y = 0; y < years(book); y++) {
            sum[y] += isnan(value[y]) ? 0 : line->sign * value[y];
            size[y] += isnan(value[y]) ? 0 : fabs(value[y]);
        }
    }
    for (int y = 0; y < years(book); y++)
        sum[y] = without_dust(sum[y], size[y]);
    put_years_row(book, sheet, mld_book_say(book, "Variation de trésorerie de l'année", "Change in cash over the year"), branch,
                  mld_book_say(book, "moyenne", "mean"), 1, 1, MLD_STYLE_MONEY, sum);
}

/* 1 when it is 0 in every step, on average and in its tails: nothing of the kind in this branch. */
static int is_nothing(const struct mld_fan *fan)
{
    for (int t = 0; t < fan->length; t++)
        if (fan->mean[t] != 0 || fan->mean_error[t] != 0)
            return 0;
    return 1;
}

static void put_branch(struct mld_book *book, struct mld_sheet *sheet, const struct line *lines, int branch,
                       int row[][STATISTICS])
{
    for (int i = 0; lines[i].series; i++) {
        const struct mld_fan *fan = fan_of(book, branch, lines[i].series);
        if (i > 0 && lines[i - 1].sign && !lines[i].sign && fan_of(book, branch, "cash"))
            put_net_flow(book, sheet, lines, branch);
        if (fan && !is_nothing(fan))
            put_line(book, sheet, &lines[i], fan, branch, row[i]);
    }
}

/* with − without: differences of means are the means of differences. */
static void put_differences(struct mld_book *book, struct mld_sheet *sheet, const struct line *lines)
{
    double with[MLD_MAX_PERIODS], without[MLD_MAX_PERIODS];
    char label[256];
    for (const struct line *line = lines; line->series; line++) {
        const struct mld_fan *a = fan_of(book, MLD_WITH, line->series), *b = fan_of(book, MLD_WITHOUT, line->series);
        if (!a || !b || (is_nothing(a) && is_nothing(b)))
            continue;
        fill_years(book, a, line->rule, MEAN, with);
        fill_years(book, b, line->rule, MEAN, without);
        for (int y = 0; y < years(book); y++)
            with[y] = without_dust(with[y] - without[y], fabs(with[y]) + fabs(without[y]));
        put_years_row(book, sheet, signed_label(book, a, line->sign, label, sizeof label), MLD_BRANCHES,
                      mld_book_say(book, "moyenne", "mean"), 1, line->rule == FLOW, mld_style_of(quantity_of(a)), with);
    }
}

static struct mld_chart *new_chart(struct mld_book *book, const char *french, const char *english, int sheet, int bars)
{
    struct mld_chart *chart = &book->chart[book->n_charts++];
    *chart = (struct mld_chart){ .title = mld_book_say(book, french, english), .bars = bars, .style = MLD_STYLE_MONEY, .sheet = sheet };
    return chart;
}

static struct mld_chart *years_chart(struct mld_book *book, const char *french, const char *english)
{
    struct mld_chart *chart = new_chart(book, french, english, book->n_sheets - 1, 1);
    chart->first_column = FIRST_YEAR;
    chart->last_column = FIRST_YEAR + years(book) - 1;
    return chart;
}

/* A line along a row of years. */
static void add_row(struct mld_chart *chart, const char *name, int row, unsigned colour)
{
    if (row > 0 && chart->n_lines < MLD_CHART_LINES)
        chart->line[chart->n_lines++] = (struct mld_chart_line){ name, row, chart->first_column, row, chart->last_column, colour, 0 };
}

static void drop_if_empty(struct mld_book *book, const struct mld_chart *chart)
{
    book->n_charts -= chart->n_lines == 0;
}

void mld_sheet_fund_by_year(struct mld_book *book)
{
    enum { LINES = sizeof fund_lines / sizeof *fund_lines, CALLS = 0, DISTRIBUTIONS = 8 };
    int row[MLD_BRANCHES][LINES][STATISTICS] = { { { 0 } } };
    struct mld_sheet *sheet = mld_book_sheet(book, "Flux par an", "Flows by year", "flows-by-year");
    put_years_head(book, sheet);
    for (int branch = 0; branch < book->summary->branches; branch++)
        put_branch(book, sheet, fund_lines, branch, row[branch]);
    put_differences(book, sheet, fund_lines);
    struct mld_chart *chart = years_chart(book, "Appels et distributions par an, moyennes", "Calls and distributions by year, means");
    add_row(chart, mld_book_say(book, "Appels", "Calls"), row[MLD_WITHOUT][CALLS][MEAN], MLD_COLOUR_CALLS);
    add_row(chart, mld_book_say(book, "Distributions, sans garantie", "Distributions, without guarantee"),
            row[MLD_WITHOUT][DISTRIBUTIONS][MEAN], MLD_COLOUR_WITHOUT);
    add_row(chart, mld_book_say(book, "Distributions, avec garantie", "Distributions, with guarantee"),
            row[MLD_WITH][DISTRIBUTIONS][MEAN], MLD_COLOUR_WITH);
    drop_if_empty(book, chart);
}

void mld_sheet_state_by_year(struct mld_book *book)
{
    enum { LINES = sizeof state_lines / sizeof *state_lines, PAYOUTS = 2 };
    int row[LINES][STATISTICS] = { { 0 } };
    if (!fan_of(book, MLD_WITH, "state_payouts"))
        return;
    struct mld_sheet *sheet = mld_book_sheet(book, "Compte de l’État", "State account", "state-by-year");
    put_years_head(book, sheet);
    put_branch(book, sheet, state_lines, MLD_WITH, row);
    struct mld_chart *chart = years_chart(book, "Indemnités versées par an", "Payouts by year");
    add_row(chart, mld_book_say(book, "moyenne", "mean"), row[PAYOUTS][MEAN], MLD_COLOUR_WITH);
    add_row(chart, mld_book_say(book, "dépassé une fois sur vingt (95\u00a0%)", "exceeded once in twenty (95%)"),
            row[PAYOUTS][HIGH], MLD_COLOUR_WITH_TAIL);
    drop_if_empty(book, chart);
}

/* ---- by period ---- */

static const char *const period_series[] = { "calls", "distributions", "cash", "nav", "tvpi", "dpi", "net_position_a" };
enum { PERIOD_SERIES = sizeof period_series / sizeof *period_series };

static void put_period_head(struct mld_book *book, struct mld_sheet *sheet, const struct mld_fan *fan, int branch, const char *statistic)
{
    char text[256];
    snprintf(text, sizeof text, "%s, %s, %s", series_label(book, fan), mld_branch_text(book, branch), statistic);
    mld_put_head(book, sheet, text);
}

/* Mean, error, quantiles of a series down the periods. */
static void put_period_columns(struct mld_book *book, struct mld_sheet *sheet, const struct mld_fan *fan, int branch)
{
    int column = sheet->columns;
    char level[32];
    enum mld_style style = mld_style_of(quantity_of(fan));
    put_period_head(book, sheet, fan, branch, mld_book_say(book, "moyenne", "mean"));
    put_period_head(book, sheet, fan, branch, mld_book_say(book, "erreur type", "standard error"));
    for (int q = 0; q < MLD_QUANTILES; q++)
        put_period_head(book, sheet, fan, branch, mld_level_text(book, level, sizeof level, mld_quantile_levels[q]));
    for (int t = 0; t < fan->length; t++) {
        mld_put_number(book, sheet, t + 1, column, style, fan->mean[t]);
        mld_put_number(book, sheet, t + 1, column + 1, style, fan->mean_error[t]);
        for (int q = 0; q < MLD_QUANTILES; q++)
            mld_put_number(book, sheet, t + 1, column + 2 + q, style, fan->quantile[q * fan->length + t]);
    }
}

/* Mean, 5 % and 95 % of the columns that start at `column`. */
static void add_fan(struct mld_chart *chart, const struct mld_book *book, int branch, int column)
{
    const struct { int offset; const char *french[MLD_BRANCHES], *english[MLD_BRANCHES]; } line[] = {
        { 0, { "sans garantie, moyenne", "avec garantie, moyenne" }, { "without guarantee, mean", "with guarantee, mean" } },
        { 2 + QUANTILE_5, { "sans garantie, 5\u00a0%", "avec garantie, 5\u00a0%" }, { "without guarantee, 5%", "with guarantee, 5%" } },
        { 2 + QUANTILE_95, { "sans garantie, 95\u00a0%", "avec garantie, 95\u00a0%" }, { "without guarantee, 95%", "with guarantee, 95%" } }
    };
    for (int i = 0; i < 3; i++)
        chart->line[chart->n_lines++] = (struct mld_chart_line){
            mld_book_say(book, line[i].french[branch], line[i].english[branch]), chart->first_row, column + line[i].offset,
            chart->last_row, column + line[i].offset, branch == MLD_WITH ? MLD_COLOUR_WITH : MLD_COLOUR_WITHOUT, i > 0 };
}

static void put_fan_chart(struct mld_book *book, const char *french, const char *english, enum mld_style style, int last_row,
                          const int *column)
{
    struct mld_chart *chart = new_chart(book, french, english, book->n_sheets - 1, 0);
    chart->style = style;
    chart->first_row = 1;
    chart->last_row = last_row;
    chart->first_column = chart->last_column = 1;
    for (int branch = 0; branch < MLD_BRANCHES; branch++)
        if (column[branch])
            add_fan(chart, book, branch, column[branch]);
    drop_if_empty(book, chart);
}

void mld_sheet_fund_by_period(struct mld_book *book)
{
    int column[PERIOD_SERIES][MLD_BRANCHES] = { { 0 } };
    if (!fan_of(book, MLD_WITHOUT, "nav"))
        return;
    struct mld_sheet *sheet = mld_book_sheet(book, "Fonds par période", "Fund by period", "fund-by-period");
    sheet->frozen_columns = 2;
    mld_put_head(book, sheet, mld_book_say(book, "fin de période", "end of period"));
    mld_put_head(book, sheet, mld_book_say(book, "années depuis le premier closing", "years since the first closing"));
    for (int t = 0; t < book->grid->periods; t++) {
        mld_put_date(book, sheet, t + 1, 0, mld_grid_period_end(book->grid, t));
        mld_put_number(book, sheet, t + 1, 1, MLD_STYLE_YEARS, (t + 1.0) / book->grid->periods_per_year);
    }
    for (int i = 0; i < PERIOD_SERIES; i++)
        for (int branch = 0; branch < book->summary->branches; branch++) {
            const struct mld_fan *fan = fan_of(book, branch, period_series[i]);
            if (!fan)
                continue;
            column[i][branch] = sheet->columns;
            put_period_columns(book, sheet, fan, branch);
        }
    put_fan_chart(book, "Courbe en J\u00a0: position cumulée des parts A", "J-curve: cumulated position of class A", MLD_STYLE_MONEY,
                  book->grid->periods, column[6]);
    put_fan_chart(book, "TVPI du fonds", "TVPI of the fund", MLD_STYLE_MULTIPLE, book->grid->periods, column[4]);
}
