/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables of other commands as sheets beside the results that they are of: sensitivity, bridge,
 * alternatives. One of another scenario, seed or build is refused.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "export/book.h"
#include "export/given.h"
#include "milliard/export.h"

/* A kind of table, known by its first head; its sheet. */
static const struct kind {
    const char *head, *french, *english, *file;
} kinds[] = { { "judgement", "Sensibilité", "Sensitivity", "sensitivity" },
              { "bridge", "Du brut au net", "Gross to net", "bridge" },
              { "sizing", "Autres formes", "Alternatives", "alternatives" } };

/* Columns that say of which run a table is, the same on every line. */
static const char *const about[] = { "scenario", "branch", "paths",       "counted",
                                     "seed",     "commit", "fingerprint", NULL };

static int is_about(const char *head)
{
    for (const char *const *name = about; *name; name++)
        if (strcmp(*name, head) == 0)
            return 1;
    return 0;
}

static const struct kind *kind_of(const struct mld_given *table)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (table->rows > 1 && strcmp(mld_given_at(table, 0, 0), kinds[i].head) == 0)
            return &kinds[i];
    return NULL;
}

/* Whether the table and the file agree in an attribute; a commit of the table may be shortened. */
static int agrees(const struct mld_book *book, const struct mld_given *table, const char *name)
{
    int column = mld_given_column(table, name);
    const char *mine = mld_results_attribute(book->results, name);
    return column >= 0 && strcmp(mld_given_at(table, 1, column), mine) == 0;
}

static enum mld_status check(const struct mld_book *book, const struct mld_given *table,
                             const char *path, struct mld_messages *messages)
{
    static const char *const same[] = { "fingerprint", "seed", "commit" };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (!agrees(book, table, same[i])) {
            mld_messages_add(messages, "%s: its %s is not that of the results file: of another %s",
                             path, same[i],
                             i == 0   ? "scenario"
                             : i == 1 ? "seed"
                                      : "version");
            return MLD_ERR_INPUT;
        }
    return MLD_OK;
}

static int begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* As what a column is written, by its name. */
static enum mld_style style_of(const char *head)
{
    static const char *const rates[] = { "irr", "net_irr", "loss_a", "state_loses", "unpaid" };
    static const char *const multiples[] = { "tvpi", "private_per_public", "break_even_pd" };
    if (strcmp(head, "applied") == 0)
        return MLD_STYLE_NUMBER;
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
        if (begins(head, rates[i]))
            return strstr(head, "_error") ? MLD_STYLE_RATE_ERROR : MLD_STYLE_RATE;
    for (size_t i = 0; i < sizeof multiples / sizeof *multiples; i++)
        if (begins(head, multiples[i]))
            return MLD_STYLE_MULTIPLE;
    return MLD_STYLE_MONEY;
}

/* A text that a command kept from being a formula is itself again: a cell of ours never is one. */
static const char *plain(const char *text)
{
    return text[0] == '\'' && text[1] && strchr("=+-@", text[1]) ? text + 1 : text;
}

static void put_cell(struct mld_book *book, struct mld_sheet *sheet, int row, int column,
                     const char *head, const char *text)
{
    char *end;
    double number = strtod(text, &end);
    if (*text && *end == '\0')
        mld_put_number(book, sheet, row, column, style_of(head), number);
    else if (*text)
        mld_put_text(book, sheet, row, column, MLD_STYLE_TEXT, plain(text));
}

static void put_table(struct mld_book *book, const struct kind *kind, const struct mld_given *table)
{
    struct mld_sheet *sheet = mld_book_sheet(book, kind->french, kind->english, kind->file);
    const char *other = book->french ? "label_en" : "label_fr";
    int column = 0;
    for (int j = 0; j < table->columns; j++) {
        const char *head = mld_given_at(table, 0, j);
        if (is_about(head) || strcmp(head, other) == 0)
            continue;
        mld_put_head(book, sheet,
                     begins(head, "label_") ? mld_book_say(book, "libellé", "label") : head);
        for (int i = 1; i < table->rows; i++)
            put_cell(book, sheet, i, column, head, mld_given_at(table, i, j));
        column++;
    }
    sheet->frozen_columns = 2;
}

enum mld_status mld_sheet_table(struct mld_book *book, const char *path,
                                struct mld_messages *messages)
{
    struct mld_given table;
    enum mld_status status = mld_given_read(path, &table, messages);
    if (status)
        return status;
    const struct kind *kind = kind_of(&table);
    if (!kind) {
        mld_messages_add(messages,
                         "%s: no table of milliard sensitivity, bridge or alternatives "
                         "(-o FILE.csv)",
                         path);
        status = MLD_ERR_INPUT;
    } else
        status = check(book, &table, path, messages);
    if (!status)
        put_table(book, kind, &table);
    mld_given_clear(&table);
    return status;
}
