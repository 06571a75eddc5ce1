/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Returns by group of deals, and the sums by which they are made: multiples are live formulas. */
#include "export/book.h"

#include <math.h>
#include <stdio.h>

#include "rows/returns.h"

enum { KIND, GROUP, PRESENT, DEALS, INVESTED, INCOME, CAPITAL, LOSSES, GAINS, MULTIPLE, MEDIAN };
enum { MEAN = MEDIAN + 1, ERROR, OF_MEANS };

static const char *kind_text(const struct mld_book *book, enum mld_group_kind kind)
{
    static const char *const text[MLD_GROUP_KINDS][2] = {
        { "instrument", "instrument" },
        { "forme juridique", "legal form" },
        { "année d'investissement", "year of investment" },
    };
    return text[kind][!book->french];
}

static void put_heads(struct mld_book *book, struct mld_sheet *sheet)
{
    static const char *const head[][2] = {
        { "regroupement", "kind of group" },
        { "groupe", "group" },
        { "part des trajectoires", "share of paths" },
        { "investissements", "deals" },
        { "investi", "invested" },
        { "revenus", "income" },
        { "capital revenu", "capital back" },
        { "pertes", "losses" },
        { "plus-values", "gains" },
        { "multiple", "multiple" },
        { "TRI médian", "median IRR" },
        { "TRI moyen", "mean IRR" },
        { "erreur type", "standard error" },
        { "TRI des flux moyens", "IRR of mean flows" },
    };
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        mld_put_head(book, sheet, head[i][!book->french]);
}

static void put_return(struct mld_book *book, struct mld_sheet *sheet, int row, const char *kind,
                       const char *group, const struct mld_rows_return *of)
{
    char formula[64];
    mld_put_text(book, sheet, row, KIND, MLD_STYLE_TEXT, kind);
    mld_put_text(book, sheet, row, GROUP, MLD_STYLE_TEXT, group);
    mld_put_number(book, sheet, row, PRESENT, MLD_STYLE_RATE, of->present);
    mld_put_number(book, sheet, row, DEALS, MLD_STYLE_NUMBER, of->deals);
    mld_put_number(book, sheet, row, INVESTED, MLD_STYLE_MONEY, of->invested);
    mld_put_number(book, sheet, row, INCOME, MLD_STYLE_MONEY, of->income);
    mld_put_number(book, sheet, row, CAPITAL, MLD_STYLE_MONEY, of->capital);
    mld_put_number(book, sheet, row, LOSSES, MLD_STYLE_MONEY, of->losses);
    mld_put_number(book, sheet, row, GAINS, MLD_STYLE_MONEY, of->gains);
    snprintf(formula, sizeof formula, "(F%d+G%d)/E%d", row + 1, row + 1, row + 1);
    if (of->invested > 0)
        mld_put_formula(book, sheet, row, MULTIPLE, MLD_STYLE_MULTIPLE, of->multiple, formula);
    mld_put_number(book, sheet, row, MEDIAN, MLD_STYLE_RATE, of->irr_median);
    mld_put_number(book, sheet, row, MEAN, MLD_STYLE_RATE, of->irr);
    mld_put_number(book, sheet, row, ERROR, mld_error_style(MLD_STYLE_RATE), of->irr_error);
    mld_put_number(book, sheet, row, OF_MEANS, MLD_STYLE_RATE, of->irr_of_means);
}

void mld_sheet_returns(struct mld_book *book)
{
    const struct mld_group_table *groups = &book->summary->groups;
    if (groups->n == 0)
        return;
    struct mld_sheet *sheet = mld_book_sheet(book, "Rendements", "Returns", "returns");
    sheet->frozen_columns = GROUP + 1;
    sheet->filter = 1;
    put_heads(book, sheet);
    for (int g = 0; g < groups->n; g++) {
        struct mld_rows_return of = mld_rows_return(book->summary, MLD_WITHOUT, g);
        put_return(book, sheet, g + 1, kind_text(book, groups->name[g].kind),
                   mld_group_label(&groups->name[g], book->french), &of);
    }
    struct mld_rows_return all = mld_rows_return_of_all(book->results, MLD_WITHOUT);
    put_return(book, sheet, groups->n + 1, mld_book_say(book, "ensemble", "all"),
               mld_book_say(book, "tous les investissements", "all deals"), &all);
}
