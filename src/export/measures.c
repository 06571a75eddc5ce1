/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures: the summary that people read, and every statistic of every measure. */
#include "export/book.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "rows/rows.h"

/* Statistics of a measure in a branch, or of the difference; NULL when the file has none. */
static const struct mld_statistics *statistics_of(const struct mld_book *book, int measure,
                                                  int branch)
{
    const char *name = mld_measures[measure].name;
    return branch == MLD_MAX_DESIGNS ? mld_rows_difference(book->summary, name)
                                     : mld_rows_statistics(book->summary, branch, name);
}

/*
 * 1 when the scenario has something of the kind: 0 on every path, in both branches, is no row.
 * Numbers of roots stand with the statistics.
 */
static int is_shown(const struct mld_book *book, int measure)
{
    const char *name = mld_measures[measure].name;
    if (strncmp(name, "roots_", 6) == 0)
        return 0;
    for (int branch = 0; branch < book->summary->designs; branch++)
        if (!mld_rows_is_nothing(mld_rows_statistics(book->summary, branch, name)))
            return 1;
    return 0;
}

static enum mld_quantity quantity_in(int measure, int branch)
{
    enum mld_quantity quantity = mld_measures[measure].quantity;
    return branch == MLD_MAX_DESIGNS ? mld_rows_difference_of(quantity) : quantity;
}

/* Branches of the file, then the difference with − without. */
static int branches(const struct mld_book *book)
{
    return book->summary->designs + (book->summary->designs > MLD_WITH);
}

static int branch_at(const struct mld_book *book, int i)
{
    return i < book->summary->designs ? i : MLD_MAX_DESIGNS;
}

static void put_summary_head(struct mld_book *book, struct mld_sheet *sheet, int branch)
{
    static const char *const column[][2] = {
        { "moyenne", "mean" },  { "erreur type", "standard error" },
        { "5\u00a0%", "5%" },   { "médiane", "median" },
        { "95\u00a0%", "95%" }, { "moyenne des 5\u00a0% pires", "mean of the worst 5%" }
    };
    char text[96];
    for (size_t i = 0; i < sizeof column / sizeof *column; i++) {
        snprintf(text, sizeof text, mld_book_say(book, "%s\u00a0: %s", "%s: %s"),
                 mld_branch_text(book, branch), column[i][!book->french]);
        mld_put_head(book, sheet, text);
    }
}

/* NaN, an empty cell, when the paths are too few for it. */
static double quantile_of(const struct mld_statistics *s, int quantile)
{
    return mld_rows_is_estimable(s, quantile) ? s->quantile[quantile] : (double)NAN;
}

static void put_summary_cells(struct mld_book *book, struct mld_sheet *sheet, int row, int column,
                              int measure, int branch)
{
    const struct mld_statistics *s = statistics_of(book, measure, branch);
    if (!s || !s->count)
        return;
    enum mld_style style = mld_style_of(quantity_in(measure, branch));
    const double value[] = { s->mean,
                             s->mean_error,
                             quantile_of(s, MLD_QUANTILE_5),
                             quantile_of(s, MLD_QUANTILE_50),
                             quantile_of(s, MLD_QUANTILE_95),
                             mld_measures[measure].tail == MLD_TAIL_NONE ? (double)NAN
                                                                         : s->shortfall };
    for (int i = 0; i < 6; i++)
        mld_put_number(book, sheet, row, column + i, i == 1 ? mld_error_style(style) : style,
                       value[i]);
}

static void put_summary_row(struct mld_book *book, struct mld_sheet *sheet, int measure)
{
    char label[MLD_LABEL_SIZE];
    int r = sheet->rows;
    mld_put_text(book, sheet, r, 0, MLD_STYLE_LINE,
                 mld_rows_label_in(book->results, measure, book->french, label));
    mld_put_text(book, sheet, r, 1, MLD_STYLE_TEXT,
                 mld_unit_text(book, mld_measures[measure].quantity, mld_measures[measure].unit));
    for (int i = 0; i < branches(book); i++)
        put_summary_cells(book, sheet, r, 2 + 6 * i, measure, branch_at(book, i));
}

/* Measures whose scope has the bits of `mask` as in `scope`. */
static void put_section(struct mld_book *book, struct mld_sheet *sheet, const char *title,
                        unsigned mask, unsigned scope)
{
    int started = 0;
    for (int i = 0; mld_measures[i].name; i++) {
        if ((mld_measures[i].scope & mask) != scope || !is_shown(book, i))
            continue;
        if (!started++)
            mld_put_text(book, sheet, sheet->rows, 0, MLD_STYLE_SECTION, title);
        put_summary_row(book, sheet, i);
    }
}

void mld_sheet_summary(struct mld_book *book)
{
    struct mld_sheet *sheet = mld_book_sheet(book, "Synthèse", "Summary", "summary");
    mld_put_head(book, sheet, mld_book_say(book, "mesure", "measure"));
    mld_put_head(book, sheet, mld_book_say(book, "unité", "unit"));
    for (int i = 0; i < branches(book); i++)
        put_summary_head(book, sheet, branch_at(book, i));
    put_section(book, sheet, mld_book_say(book, "Investisseurs et fonds", "Investors and fund"),
                MLD_SCOPE_FUND | MLD_SCOPE_GUARANTEE, MLD_SCOPE_FUND);
    put_section(book, sheet, mld_book_say(book, "Investissements", "Deals"),
                MLD_SCOPE_FUND | MLD_SCOPE_GUARANTEE, 0);
    put_section(book, sheet, mld_book_say(book, "État et garantie", "State and guarantee"),
                MLD_SCOPE_GUARANTEE, MLD_SCOPE_GUARANTEE);
}

/* ---- every statistic ---- */

static void put_statistics_head(struct mld_book *book, struct mld_sheet *sheet)
{
    char text[128], level[32];
    for (const struct mld_statistic_row *row = mld_statistic_rows; row->name; row++) {
        const char *label = book->french ? row->label_fr : row->label_en;
        for (int q = 0; q < (row->kind == MLD_STATISTIC_QUANTILES ? MLD_QUANTILES : 1); q++) {
            if (row->kind == MLD_STATISTIC_QUANTILES)
                snprintf(text, sizeof text, "%s, %s", label,
                         mld_level_text(book, level, sizeof level, mld_quantile_levels[q]));
            mld_put_head(book, sheet, row->kind == MLD_STATISTIC_QUANTILES ? text : label);
        }
    }
}

static void put_statistics_row(struct mld_book *book, struct mld_sheet *sheet, int measure,
                               int branch)
{
    const struct mld_statistics *s = statistics_of(book, measure, branch);
    const struct mld_measure *m = &mld_measures[measure];
    char label[MLD_LABEL_SIZE];
    if (!s)
        return;
    int row = sheet->rows, column = 4;
    enum mld_style style = mld_style_of(quantity_in(measure, branch));
    mld_put_text(book, sheet, row, 0, MLD_STYLE_TEXT,
                 mld_rows_label_in(book->results, measure, book->french, label));
    mld_put_text(book, sheet, row, 1, MLD_STYLE_TEXT, m->name);
    mld_put_text(book, sheet, row, 2, MLD_STYLE_TEXT, mld_branch_text(book, branch));
    mld_put_text(book, sheet, row, 3, MLD_STYLE_TEXT, mld_plain_unit(book, m->unit));
    for (const struct mld_statistic_row *r = mld_statistic_rows; r->name; r++) {
        const char *at = (const char *)s + r->offset;
        int is_error = strstr(r->name, "_error") != NULL;
        if (r->kind == MLD_STATISTIC_COUNT)
            mld_put_number(book, sheet, row, column, MLD_STYLE_WHOLE,
                           (double)*(const size_t *)(const void *)at);
        else
            for (int q = 0; q < (r->kind == MLD_STATISTIC_QUANTILES ? MLD_QUANTILES : 1); q++)
                mld_put_number(book, sheet, row, column + q,
                               is_error ? mld_error_style(style) : style,
                               ((const double *)(const void *)at)[q]);
        column += r->kind == MLD_STATISTIC_QUANTILES ? MLD_QUANTILES : 1;
    }
}

void mld_sheet_statistics(struct mld_book *book)
{
    struct mld_sheet *sheet = mld_book_sheet(book, "Statistiques", "Statistics", "statistics");
    sheet->filter = 1;
    mld_put_head(book, sheet, mld_book_say(book, "mesure", "measure"));
    mld_put_head(book, sheet, mld_book_say(book, "nom", "name"));
    mld_put_head(book, sheet, mld_book_say(book, "montage", "design"));
    mld_put_head(book, sheet, mld_book_say(book, "unité", "unit"));
    put_statistics_head(book, sheet);
    for (int i = 0; mld_measures[i].name; i++)
        for (int k = 0; k < branches(book); k++)
            put_statistics_row(book, sheet, i, branch_at(book, k));
}
