/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study as one long table: a row for each variant and statistic, the base's first. */
#include "export/book.h"

#include <stdio.h>
#include <string.h>

#include "rows/rows.h"

enum { MOST_ROWS = 1000000 }; /* a sheet has 1,048,576 */

static void put_head(struct mld_book *book, struct mld_sheet *sheet,
                     const struct mld_study_record *study)
{
    static const char *const head[][2] = { { "variante", "variant" },
                                           { "statistique", "statistic" },
                                           { "nom", "name" },
                                           { "unité", "unit" },
                                           { "valeur", "value" },
                                           { "erreur type", "standard error" },
                                           { "borne basse à 95\u00a0%", "low end, 95%" },
                                           { "borne haute à 95\u00a0%", "high end, 95%" },
                                           { "écart à la base", "difference from the base" },
                                           { "erreur de l'écart", "error of the difference" },
                                           { "trajectoires", "paths" } };
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        mld_put_head(book, sheet, head[i][!book->french]);
    for (int i = 0; i < study->n_axes; i++)
        mld_put_head(book, sheet, study->axis[i].name);
}

static void put_numbers(struct mld_book *book, struct mld_sheet *sheet, int row,
                        const struct mld_record_statistic *statistic,
                        const struct mld_study_cell *cell)
{
    enum mld_style style = mld_style_of(statistic->quantity), error = mld_error_style(style),
                   change = mld_style_of(mld_rows_difference_of(statistic->quantity));
    const struct {
        double number;
        enum mld_style style;
    } of[] = { { cell->value, style },
               { cell->error, error },
               { cell->low, style },
               { cell->high, style },
               { cell->change, change },
               { cell->change_error, mld_error_style(change) },
               { cell->count, MLD_STYLE_WHOLE } };
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        mld_put_number(book, sheet, row, 4 + (int)i, of[i].style, of[i].number);
}

static void put_row(struct mld_book *book, struct mld_sheet *sheet, int row,
                    const struct mld_record_statistic *statistic, const struct mld_study_cell *cell)
{
    mld_put_text(book, sheet, row, 1, MLD_STYLE_TEXT, statistic->name);
    mld_put_text(book, sheet, row, 2, MLD_STYLE_TEXT,
                 book->french ? statistic->label_fr : statistic->label_en);
    mld_put_text(book, sheet, row, 3, MLD_STYLE_TEXT, mld_plain_unit(book, statistic->unit));
    put_numbers(book, sheet, row, statistic, cell);
}

static void put_points(struct mld_book *book, struct mld_sheet *sheet, int row, size_t variant)
{
    enum { FIRST = 11 };
    const struct mld_study_record *study = mld_results_study(book->results);
    for (int i = study->n_axes - 1; i >= 0; i--) {
        const struct mld_record_axis *axis = &study->axis[i];
        size_t point = variant % (size_t)axis->n;
        variant /= (size_t)axis->n;
        if (axis->is_numbers)
            mld_put_number(book, sheet, row, FIRST + i, MLD_STYLE_NUMBER, axis->number[point]);
        else
            mld_put_text(book, sheet, row, FIRST + i, MLD_STYLE_TEXT, axis->label[point]);
    }
}

enum mld_status mld_sheet_study(struct mld_book *book, struct mld_messages *messages)
{
    const struct mld_study_record *study = mld_results_study(book->results);
    size_t statistics = (size_t)study->n_statistics;
    if ((study->n_variants + 1) * statistics > MOST_ROWS) {
        mld_messages_add(messages,
                         "%zu variants of %zu statistics are more rows than a sheet has: read the "
                         "file with xarray (docs/results-file.md)",
                         study->n_variants, statistics);
        return MLD_ERR_INPUT;
    }
    struct mld_sheet *sheet = mld_book_sheet(book, "Étude", "Study", "study");
    sheet->filter = 1;
    put_head(book, sheet, study);
    for (size_t s = 0; s < statistics; s++) {
        int row = sheet->rows;
        mld_put_text(book, sheet, row, 0, MLD_STYLE_TEXT, "base");
        put_row(book, sheet, row, &study->statistic[s], &study->base[s]);
    }
    for (size_t v = 0; v < study->n_variants && !book->no_memory; v++)
        for (size_t s = 0; s < statistics; s++) {
            int row = sheet->rows;
            put_row(book, sheet, row, &study->statistic[s], &study->cell[v * statistics + s]);
            mld_put_number(book, sheet, row, 0, MLD_STYLE_WHOLE, (double)v);
            put_points(book, sheet, row, v);
        }
    return MLD_OK;
}
