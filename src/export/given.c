/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of a CSV table, copied while it is read. */
#include "export/given.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "tape/csv.h"

enum { MOST_BYTES = 1 << 24 };

/* One more row, of as many cells as the head has. */
static enum mld_status keep_row(struct mld_given *table, struct mld_csv *csv)
{
    if (table->rows == 0)
        table->columns = csv->n_cells;
    mld_csv_fill(csv, table->columns);
    size_t n = (size_t)table->rows * (size_t)table->columns, more = (size_t)table->columns;
    char **cell = csv->no_memory ? NULL : realloc(table->cell, (n + more) * sizeof *cell);
    if (!cell)
        return MLD_ERR_MEMORY;
    table->cell = cell;
    for (size_t i = 0; i < more; i++)
        if (!(cell[n + i] = strdup(mld_csv_text(csv, (int)i)))) {
            while (i > 0)
                free(cell[n + --i]);
            return MLD_ERR_MEMORY;
        }
    table->rows++;
    return MLD_OK;
}

static enum mld_status read_rows(const char *path, const char *text, size_t length,
                                 struct mld_given *table, struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    struct mld_csv *csv = malloc(sizeof *csv);
    if (!csv)
        return MLD_ERR_MEMORY;
    mld_csv_init(csv, text, length);
    while (!status && mld_csv_row(csv)) {
        if (csv->problem || (table->rows && csv->n_cells > table->columns)) {
            mld_messages_add(messages, "%s:%d: %s", path, csv->line,
                             csv->problem ? csv->problem : "more cells than the head");
            status = MLD_ERR_INPUT;
        } else
            status = keep_row(table, csv);
    }
    if (csv->no_memory)
        status = MLD_ERR_MEMORY;
    mld_csv_clear(csv);
    free(csv);
    return status;
}

enum mld_status mld_given_read(const char *path, struct mld_given *table,
                               struct mld_messages *messages)
{
    char *text = NULL;
    size_t length = 0;
    struct mld_file_identity identity;
    *table = (struct mld_given){ 0 };
    enum mld_status status = mld_file_read(path, MLD_FILE_REGULAR, MOST_BYTES, &text, &length,
                                           &identity, messages);
    if (!status)
        status = read_rows(path, text, length, table, messages);
    free(text);
    if (status)
        mld_given_clear(table);
    return status;
}

void mld_given_clear(struct mld_given *table)
{
    for (int i = 0; i < table->rows * table->columns; i++)
        free(table->cell[i]);
    free(table->cell);
    *table = (struct mld_given){ 0 };
}

const char *mld_given_at(const struct mld_given *table, int row, int column)
{
    return table->cell[row * table->columns + column];
}

int mld_given_column(const struct mld_given *table, const char *head)
{
    for (int i = 0; table->rows && i < table->columns; i++)
        if (strcmp(table->cell[i], head) == 0)
            return i;
    return -1;
}
