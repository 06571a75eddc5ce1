/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Worlds beside the scenario's own inputs: each measure twice, if the inputs are right and as they
 * are known; and which judgement its ignorance comes from.
 */
#include "milliard/uncertain.h"

#include <math.h>

#include "export/book.h"
#include "rows/rows.h"

static void put_heads(struct mld_book *book, struct mld_sheet *sheet, size_t n,
                      const char *const head[][2])
{
    for (size_t i = 0; i < n; i++)
        mld_put_head(book, sheet, head[i][!book->french]);
}

/* Label, name, design and unit: the first four cells of a row. */
static void put_measure(struct mld_book *book, struct mld_sheet *sheet, int row, int design,
                        int measure)
{
    char label[MLD_LABEL_SIZE];
    mld_put_text(book, sheet, row, 0, MLD_STYLE_TEXT,
                 mld_rows_label_in(book->results, measure, book->french, label));
    mld_put_text(book, sheet, row, 1, MLD_STYLE_TEXT, mld_measures[measure].name);
    mld_put_text(book, sheet, row, 2, MLD_STYLE_TEXT, mld_branch_text(book, design));
    mld_put_text(book, sheet, row, 3, MLD_STYLE_TEXT,
                 mld_plain_unit(book, mld_measures[measure].unit));
}

/* ---- every measure twice ---- */

static int put_statistics(struct mld_book *book, struct mld_sheet *sheet, int row, int column,
                          enum mld_style style, const struct mld_statistics *of)
{
    const double value[] = { of->mean,
                             of->mean_error,
                             of->sd,
                             of->quantile[MLD_QUANTILE_5],
                             of->quantile[MLD_QUANTILE_50],
                             of->quantile[MLD_QUANTILE_95] };
    int n = sizeof value / sizeof *value;
    for (int i = 0; i < n; i++)
        mld_put_number(book, sheet, row, column + i, i == 1 ? mld_error_style(style) : style,
                       value[i]);
    return column + n;
}

static void put_row(struct mld_book *book, struct mld_sheet *sheet, int design, int measure)
{
    const struct mld_uncertain *uncertain = book->summary->uncertain;
    const struct mld_split *split = &uncertain->split[design][measure];
    enum mld_style style = mld_style_of(mld_measures[measure].quantity);
    int row = sheet->rows, column = 4;
    put_measure(book, sheet, row, design, measure);
    column = put_statistics(book, sheet, row, column, style,
                            &book->summary->measure[design][measure]);
    column = put_statistics(book, sheet, row, column, style, &uncertain->measure[design][measure]);
    const double share[] = { split->share.value, split->share.low, split->share.high };
    for (int i = 0; i < 3; i++)
        mld_put_number(book, sheet, row, column++, MLD_STYLE_RATE, share[i]);
    for (int i = 0; i < MLD_BAND; i++)
        mld_put_number(book, sheet, row, column++, style, split->band[i]);
}

void mld_sheet_uncertain(struct mld_book *book)
{
    static const char *const head[][2] = {
        { "mesure", "measure" },
        { "nom", "name" },
        { "montage", "design" },
        { "unité", "unit" },
        { "si les hypothèses sont justes\u00a0: moyenne", "if the inputs are right: mean" },
        { "erreur type", "standard error" },
        { "écart-type", "standard deviation" },
        { "5\u00a0%", "5%" },
        { "médiane", "median" },
        { "95\u00a0%", "95%" },
        { "telles qu'on les connaît\u00a0: moyenne", "as the inputs are known: mean" },
        { "erreur type", "standard error" },
        { "écart-type", "standard deviation" },
        { "5\u00a0%", "5%" },
        { "médiane", "median" },
        { "95\u00a0%", "95%" },
        { "part d'ignorance", "share of ignorance" },
        { "borne basse", "low bound" },
        { "borne haute", "high bound" },
        { "ce que la moyenne pourrait être\u00a0: 5\u00a0%", "what the mean could be: 5%" },
        { "25\u00a0%", "25%" },
        { "médiane", "median" },
        { "75\u00a0%", "75%" },
        { "95\u00a0%", "95%" }
    };
    const struct mld_uncertain *uncertain = book->summary->uncertain;
    if (!uncertain)
        return;
    struct mld_sheet *sheet = mld_book_sheet(book, "Hypothèses incertaines", "Uncertain inputs",
                                             "uncertain-inputs");
    sheet->filter = 1;
    put_heads(book, sheet, sizeof head / sizeof *head, head);
    for (int i = 0; i < mld_measure_count(); i++)
        for (int d = 0; d < uncertain->designs; d++)
            if (uncertain->measure[d][i].count)
                put_row(book, sheet, d, i);
}

/* ---- which judgement ---- */

static void put_index(struct mld_book *book, struct mld_sheet *sheet, const struct mld_indexed *one,
                      const struct mld_world_input *input)
{
    const struct mld_index *index = &one->index[input->block];
    const double value[] = { index->first.value, index->first.low, index->first.high,
                             index->total.value, index->total.low, index->total.high,
                             one->of.explained };
    const char *label = book->french ? input->label_fr : input->label_en;
    int row = sheet->rows;
    put_measure(book, sheet, row, one->design, one->measure);
    mld_put_text(book, sheet, row, 4, MLD_STYLE_TEXT, *label ? label : input->name);
    mld_put_text(book, sheet, row, 5, MLD_STYLE_TEXT, input->name);
    for (size_t i = 0; i < sizeof value / sizeof *value; i++)
        mld_put_number(book, sheet, row, 6 + (int)i, MLD_STYLE_RATE, value[i]);
}

void mld_sheet_indices(struct mld_book *book)
{
    static const char *const head[][2] = { { "mesure", "measure" },
                                           { "nom", "name" },
                                           { "montage", "design" },
                                           { "unité", "unit" },
                                           { "jugement", "judgement" },
                                           { "nom du jugement", "name of the judgement" },
                                           { "indice de premier ordre", "first-order index" },
                                           { "borne basse", "low bound" },
                                           { "borne haute", "high bound" },
                                           { "indice total", "total index" },
                                           { "borne basse", "low bound" },
                                           { "borne haute", "high bound" },
                                           { "expliqué par la régression",
                                             "explained by the regression" } };
    const struct mld_uncertain *uncertain = book->summary->uncertain;
    struct mld_sheet *sheet = NULL;
    for (int i = 0; uncertain && i < uncertain->n_indexed; i++) {
        if (!uncertain->indexed[i].known)
            continue;
        if (!sheet) {
            sheet = mld_book_sheet(book, "Indices", "Indices", "indices");
            sheet->filter = 1;
            put_heads(book, sheet, sizeof head / sizeof *head, head);
        }
        for (int j = 0; j < uncertain->inputs; j++)
            put_index(book, sheet, &uncertain->indexed[i], &uncertain->input[j]);
    }
}
