/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sheets as CSV files (RFC 4180), as a spreadsheet of the language opens them: in French
 * semicolons, decimal commas and a byte-order mark, which the deal tape reads too.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/signals.h"
#include "core/target.h"
#include "core/csv_text.h"
#include "export/book.h"
#include "core/plain.h"
#include "milliard/export.h"

#define MARK "\xEF\xBB\xBF" /* of UTF-8 */

struct dialect {
    char separator, decimal;
    const char *mark;
};

static struct dialect dialect_of(const char *language)
{
    return strcmp(language, "fr") == 0 ? (struct dialect){ ';', ',', MARK }
                                       : (struct dialect){ ',', '.', "" };
}

struct page {
    const struct mld_sheet *sheet;
    struct dialect dialect;
};

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
                    mld_csv_text(out, cell->text, MLD_QUOTES_NEEDED);
                else
                    mld_csv_number(out, cell->number, dialect.decimal);
                next++;
            }
            fputs(column == sheet->columns - 1 ? "\r\n" : "", out);
        }
    return MLD_OK;
}

/* ---- the folder ---- */

#define SHEET(name, french, english)                                                               \
    {                                                                                              \
        name,                                                                                      \
        {                                                                                          \
            .other = "not of milliard export", .suffix = ".csv", .start = { MARK french, english } \
        }                                                                                          \
    }

/*
 * Every sheet there may be, and how its file starts in French and in English: a tape, or a table of
 * somebody else, starts otherwise.
 */
static const struct {
    const char *file;
    struct mld_file_kind kind;
} files[] = {
    SHEET("notes", "sujet;texte\r\n", "subject,text\r\n"),
    SHEET("summary", "mesure;unité;sans garantie\u00a0: moyenne;",
          "measure,unit,without guarantee: mean,"),
    SHEET("terms", "terme;valeur (montants en euros);", "term,value (amounts in euros),"),
    SHEET("returns", "regroupement;groupe;part des trajectoires;",
          "kind of group,group,share of paths,"),
    SHEET("flows-by-year", "ligne;montage;statistique;total;", "line,design,statistic,total,"),
    SHEET("fund-by-period", "fin de période;années depuis le premier closing;",
          "end of period,years since the first closing,"),
    SHEET("value-by-class", "fin de période;années depuis le premier closing;",
          "end of period,years since the first closing,"),
    SHEET("other-vehicles", "ligne;montage;statistique;total;", "line,design,statistic,total,"),
    SHEET("state-by-year", "ligne;montage;statistique;total;", "line,design,statistic,total,"),
    SHEET("dotation", "grandeur;valeur;erreur type;", "quantity,value,standard error,"),
    SHEET("uncertain-inputs", "mesure;nom;montage;unité;", "measure,name,design,unit,"),
    SHEET("indices", "mesure;nom;montage;unité;", "measure,name,design,unit,"),
    SHEET("study", "variante;statistique;nom;unité;", "variant,statistic,name,unit,"),
    SHEET("statistics", "mesure;nom;montage;unité;", "measure,name,design,unit,"),
    SHEET("parameters", "clé;valeur;unité;origine;jugement;", "key,value,unit,origin,judgement,"),
    SHEET("tape", "dossier;émetteur;instrument;forme juridique;secteur;fin de sa période;",
          "deal,issuer,instrument,legal form,sector,end of its period,")
};
enum { FILES = sizeof files / sizeof *files };

static const struct mld_sheet *sheet_of(const struct mld_book *book, int file)
{
    for (int i = 0; i < book->n_sheets; i++)
        if (strcmp(book->sheet[i].file, files[file].file) == 0)
            return &book->sheet[i];
    return NULL;
}

static const char *path_of(const char *folder, int file, char path[MLD_PATH_SIZE])
{
    snprintf(path, MLD_PATH_SIZE, "%s/%s.csv", folder, files[file].file);
    return path;
}

/*
 * Every sheet under its temporary name, the n-th target being that of sheet n of the book: what is
 * in the way, or a disk that is full, is known before any of them is in its place. Gives how many
 * are to be abandoned, or committed.
 */
static enum mld_status fill_all(const struct mld_book *book, const char *folder,
                                struct dialect dialect, struct mld_target *target, int *n,
                                struct mld_messages *messages)
{
    char path[MLD_PATH_SIZE];
    enum mld_status status = MLD_OK;
    for (int i = 0; i < FILES && status == MLD_OK; i++) {
        const struct page page = { sheet_of(book, i), dialect };
        if (!page.sheet)
            continue;
        status = mld_target_create(&target[*n], path_of(folder, i, path), &files[i].kind, 0,
                                   messages);
        if (status == MLD_OK)
            status = mld_target_fill(&target[(*n)++], put_sheet, &page, messages);
    }
    return status;
}

/* All, or none of them unless the disk fails in that very moment. */
static enum mld_status write_files(const struct mld_book *book, const char *folder,
                                   struct dialect dialect, struct mld_messages *messages)
{
    struct mld_target *target = calloc(FILES, sizeof *target);
    int n = 0;
    if (!target)
        return MLD_ERR_MEMORY;
    enum mld_status status = fill_all(book, folder, dialect, target, &n, messages);
    for (int i = 0; i < n; i++)
        if (status == MLD_OK)
            status = mld_target_commit(&target[i], messages);
        else
            mld_target_abandon(&target[i]);
    free(target);
    return status;
}

/*
 * Sheets that an export of other results has left: beside the new ones they would be taken for
 * theirs.
 */
static enum mld_status remove_others(const struct mld_book *book, const char *folder,
                                     struct mld_messages *messages)
{
    char path[MLD_PATH_SIZE];
    for (int i = 0; i < FILES; i++)
        if (!sheet_of(book, i) && mld_place_holds(path_of(folder, i, path), &files[i].kind) &&
            unlink(path) != 0) {
            mld_messages_add(messages, "%s: of other results, cannot be removed: %s", path,
                             strerror(errno));
            return MLD_ERR_FILE;
        }
    return MLD_OK;
}

static enum mld_status write_folder(const struct mld_book *book, const char *folder,
                                    struct dialect dialect, struct mld_messages *messages)
{
    int too_long = strlen(folder) > MLD_PATH_SIZE - 64,
        made = !too_long && mkdir(folder, 0777) == 0;
    if (too_long || (!made && errno != EEXIST)) {
        mld_messages_add(messages, "'%s': the folder cannot be made: %s", folder,
                         strerror(too_long ? ENAMETOOLONG : errno));
        return MLD_ERR_FILE;
    }
    enum mld_status status = write_files(book, folder, dialect, messages);
    if (status == MLD_OK)
        status = remove_others(book, folder, messages);
    else if (made)
        rmdir(folder); /* unless a file of it is kept there */
    return status;
}

enum mld_status mld_export_csv(const struct mld_results *results, const char *folder,
                               const char *language, struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    struct mld_book book;
    mld_signals_hold();
    enum mld_status status = mld_book_make(&book, results, NULL, language, messages);
    if (!status)
        status = write_folder(&book, folder, dialect_of(language), messages);
    mld_book_clear(&book);
    mld_signals_release();
    return status;
}
