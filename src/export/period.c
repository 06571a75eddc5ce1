/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fund by period: mean, error and quantiles of its series, and the charts of them. */
#include "export/book.h"

#include <math.h>
#include <stdio.h>

#include "rows/returns.h"
#include "rows/rows.h"

static const char *const period_series[] = { "calls", "distributions", "cash",          "nav",
                                             "tvpi",  "dpi",           "net_position_a" };
/* What the tiers would pay, at value and after the discounts of a forced sale. */
static const char *const value_series[] = {
    "nav",      "nav_a",      "nav_b",      "nav_c",      "nav_beneficiary",
    "nav_sold", "nav_sold_a", "nav_sold_b", "nav_sold_c", "nav_sold_beneficiary"
};
enum {
    PERIOD_SERIES = sizeof period_series / sizeof *period_series,
    VALUE_SERIES = sizeof value_series / sizeof *value_series
};

/* Charts are of the designs without and with, lest nobody tells their lines apart. */
enum { CHARTED = MLD_WITH + 1 };

_Static_assert(2 + VALUE_SERIES * (2 + MLD_QUANTILES) * (MLD_KEPT + 1) <= MLD_SHEET_COLUMNS &&
                   PERIOD_SERIES <= VALUE_SERIES,
               "the columns of every design fit");

static void put_period_head(struct mld_book *book, struct mld_sheet *sheet,
                            const struct mld_fan *fan, int branch, const char *statistic)
{
    char text[512], label[MLD_LABEL_SIZE];
    snprintf(text, sizeof text, "%s, %s, %s",
             mld_book_series_label(book, mld_series[fan->series].name, label),
             mld_branch_text(book, branch), statistic);
    mld_put_head(book, sheet, text);
}

/* Mean, error, quantiles of a series down the periods. */
static void put_period_columns(struct mld_book *book, struct mld_sheet *sheet,
                               const struct mld_fan *fan, int branch)
{
    int column = sheet->columns;
    char level[32];
    enum mld_style style = mld_style_of(mld_quantity_of_series(mld_series[fan->series].name));
    put_period_head(book, sheet, fan, branch, mld_book_say(book, "moyenne", "mean"));
    put_period_head(book, sheet, fan, branch, mld_book_say(book, "erreur type", "standard error"));
    for (int q = 0; q < MLD_QUANTILES; q++)
        put_period_head(book, sheet, fan, branch,
                        mld_level_text(book, level, sizeof level, mld_quantile_levels[q]));
    for (int t = 0; t < fan->length; t++) {
        mld_put_number(book, sheet, t + 1, column, style, fan->mean[t]);
        mld_put_number(book, sheet, t + 1, column + 1, mld_error_style(style), fan->mean_error[t]);
        for (int q = 0; q < MLD_QUANTILES; q++)
            if (mld_rows_is_long_enough(book->summary->paths, mld_quantile_levels[q]))
                mld_put_number(book, sheet, t + 1, column + 2 + q, style,
                               fan->quantile[q * fan->length + t]);
    }
}

/* Of a series that is a mean of ratios, the ratio of means beside it. */
static void put_ratio_of_means(struct mld_book *book, struct mld_sheet *sheet,
                               const struct mld_fan *fan, int branch)
{
    const char *series = mld_series[fan->series].name;
    int column = sheet->columns;
    if (isnan(mld_rows_ratio_of_means(book->summary, branch, series, fan->length - 1)))
        return;
    put_period_head(book, sheet, fan, branch,
                    mld_book_say(book, "rapport des moyennes", "ratio of means"));
    for (int t = 0; t < fan->length; t++)
        mld_put_number(book, sheet, t + 1, column, MLD_STYLE_MULTIPLE,
                       mld_rows_ratio_of_means(book->summary, branch, series, t));
}

/* Mean, 5 % and 95 % of the columns that start at `column`. */
static void add_fan(struct mld_chart *chart, const struct mld_book *book, int branch, int column)
{
    const struct {
        int offset;
        const char *french[CHARTED], *english[CHARTED];
    } line[] = { { 0,
                   { "sans garantie, moyenne", "avec garantie, moyenne" },
                   { "without guarantee, mean", "with guarantee, mean" } },
                 { 2 + MLD_QUANTILE_5,
                   { "sans garantie, 5\u00a0%", "avec garantie, 5\u00a0%" },
                   { "without guarantee, 5%", "with guarantee, 5%" } },
                 { 2 + MLD_QUANTILE_95,
                   { "sans garantie, 95\u00a0%", "avec garantie, 95\u00a0%" },
                   { "without guarantee, 95%", "with guarantee, 95%" } } };
    int n = mld_rows_is_long_enough(book->summary->paths, mld_quantile_levels[MLD_QUANTILE_5]) ? 3
                                                                                               : 1;
    for (int i = 0; i < n; i++)
        chart->line[chart->n_lines++] = (struct mld_chart_line){
            mld_book_say(book, line[i].french[branch], line[i].english[branch]),
            chart->first_row,
            column + line[i].offset,
            chart->last_row,
            column + line[i].offset,
            branch == MLD_WITH ? MLD_COLOUR_WITH : MLD_COLOUR_WITHOUT,
            i > 0
        };
}

static void put_fan_chart(struct mld_book *book, const char *french, const char *english,
                          enum mld_style style, int last_row, const int *column)
{
    struct mld_chart *chart = mld_book_chart(book, french, english, 0);
    chart->style = style;
    chart->first_row = 1;
    chart->last_row = last_row;
    chart->first_column = chart->last_column = 1;
    for (int branch = 0; branch < CHARTED; branch++)
        if (column[branch])
            add_fan(chart, book, branch, column[branch]);
    mld_book_drop_empty(book, chart);
}

/* The periods down, then the series: of each the column of its mean by design, 0 for none. */
static void put_periods(struct mld_book *book, struct mld_sheet *sheet, int n,
                        const char *const *series, int column[][MLD_MAX_DESIGNS])
{
    sheet->frozen_columns = 2;
    mld_put_head(book, sheet, mld_book_say(book, "fin de période", "end of period"));
    mld_put_head(book, sheet,
                 mld_book_say(book, "années depuis le premier closing",
                              "years since the first closing"));
    for (int t = 0; t < book->grid->periods; t++) {
        mld_put_date(book, sheet, t + 1, 0, mld_grid_period_end(book->grid, t));
        mld_put_number(book, sheet, t + 1, 1, MLD_STYLE_YEARS,
                       (t + 1.0) / book->grid->periods_per_year);
    }
    for (int i = 0; i < n; i++)
        for (int branch = 0; branch < book->summary->designs; branch++) {
            const struct mld_fan *fan = mld_book_fan(book, branch, series[i]);
            if (!fan)
                continue;
            column[i][branch] = sheet->columns;
            put_period_columns(book, sheet, fan, branch);
            put_ratio_of_means(book, sheet, fan, branch);
        }
}

void mld_sheet_fund_by_period(struct mld_book *book)
{
    int column[PERIOD_SERIES][MLD_MAX_DESIGNS] = { { 0 } };
    if (!mld_book_fan(book, MLD_WITHOUT, "nav"))
        return;
    struct mld_sheet *sheet = mld_book_sheet(book, "Fonds par période", "Fund by period",
                                             "fund-by-period");
    put_periods(book, sheet, PERIOD_SERIES, period_series, column);
    put_fan_chart(book, "Courbe en J\u00a0: position cumulée des parts A",
                  "J-curve: cumulated position of class A", MLD_STYLE_MONEY, book->grid->periods,
                  column[6]);
    put_fan_chart(book, "TVPI du fonds", "TVPI of the fund", MLD_STYLE_MULTIPLE,
                  book->grid->periods, column[4]);
}

void mld_sheet_value_by_class(struct mld_book *book)
{
    int column[VALUE_SERIES][MLD_MAX_DESIGNS] = { { 0 } };
    if (!mld_book_fan(book, MLD_WITHOUT, "nav_a"))
        return;
    struct mld_sheet *sheet = mld_book_sheet(book, "Valeur par part", "Value by class",
                                             "value-by-class");
    put_periods(book, sheet, VALUE_SERIES, value_series, column);
    put_fan_chart(book, "Valeur liquidative des parts A", "Net asset value of class A",
                  MLD_STYLE_MONEY, book->grid->periods, column[1]);
}
