/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sheets as CSV files (RFC 4180), as a spreadsheet of the language opens them: in French semicolons, decimal commas
 * and a byte-order mark, which the deal tape reads too. Numbers have the 17 digits that give the same double back.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "export/book.h"
#include "export/place.h"
#include "milliard/export.h"

struct dialect { char separator, decimal; const char *mark; };

static struct dialect dialect_of(const char *language)
{
    return strcmp(language, "fr") == 0 ? (struct dialect){ ';', ',', "\xEF\xBB\xBF" } : (struct dialect){ ',', '.', "" };
}

/* A spreadsheet runs a cell that begins so as a formula, quoted or not; with ' before it, it is a text. */
static int looks_like_formula(const char *text)
{
    return *text && strchr("=+-@", *text);
}

static void put_text(FILE *out, const char *text)
{
    int quoted = strpbrk(text, ",;\"\r\n") != NULL;
    fputs(quoted ? "\"" : "", out);
    fputs(looks_like_formula(text) ? "'" : "", out);
    for (; *text; text++) {
        fputs(*text == '"' ? "\"" : "", out);
        fputc(*text, out);
    }
    fputs(quoted ? "\"" : "", out);
}

static void put_number(FILE *out, double number, char decimal)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%.17g", number);
    char *point = strchr(digits, '.');
    if (point)
        *point = decimal;
    fputs(digits, out);
}

struct page { const struct mld_sheet *sheet; struct dialect dialect; };

static enum mld_status put_sheet(FILE *out, const void *context)
{
    const struct page *page = context;
    const struct mld_sheet *sheet = page->sheet;
    struct dialect dialect = page->dialect;
    size_t next = 0;
    fputs(dialect.mark, out);
    for (int row = 0; row < sheet->rows; row++)
        for (int column = 0; column < sheet->columns; column++) {
            const struct mld_cell *cell = next < sheet->n_cells ? &sheet->cell[next] : NULL;
            if (column)
                fputc(dialect.separator, out);
            if (cell && cell->row == row && cell->column == column) {
                if (cell->text)
                    put_text(out, cell->text);
                else
                    put_number(out, cell->number, dialect.decimal);
                next++;
            }
            fputs(column == sheet->columns - 1 ? "\r\n" : "", out);
        }
    return MLD_OK;
}

static enum mld_status write_sheet(const struct mld_sheet *sheet, const char *folder, struct dialect dialect, struct mld_messages *messages)
{
    char path[MLD_PLACE_SIZE];
    snprintf(path, sizeof path, "%s/%s.csv", folder, sheet->file);
    return mld_place_write(path, put_sheet, &(struct page){ sheet, dialect }, messages);
}

enum mld_status mld_export_csv(const struct mld_results *results, const char *folder, const char *language,
                               struct mld_messages *messages)
{
    struct mld_book book;
    int too_long = strlen(folder) > MLD_PLACE_SIZE - 64;
    if (too_long || (mkdir(folder, 0777) != 0 && errno != EEXIST)) {
        mld_messages_add(messages, "'%s': the folder cannot be made: %s", folder, strerror(too_long ? ENAMETOOLONG : errno));
        return MLD_ERR_FILE;
    }
    enum mld_status status = mld_book_make(&book, results, language, messages);
    for (int i = 0; i < book.n_sheets && !status; i++)
        status = write_sheet(&book.sheet[i], folder, dialect_of(language), messages);
    mld_book_clear(&book);
    return status;
}
