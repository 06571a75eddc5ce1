/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The deal tape (model, section 6): a CSV file, one deal a row, its names matched to the
 * scenario's. Time is linear in its length: names are found by hashing. Every mistake is told as
 * file:line:column.
 */
#include "tape/reader.h"

#include "core/encoding.h"
#include "core/text.h"
#include "core/file.h"
#include "params/names.h"
#include "tape/typed.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_FILE = 1 << 29 }; /* 512 MiB */

/* ---- mistakes ---- */

struct mld_tape_place mld_tape_row_place(const struct mld_tape_reader *reader)
{
    return (struct mld_tape_place){ reader->csv.line, 1 };
}

struct mld_tape_place mld_tape_cell_place(const struct mld_tape_reader *reader, int cell)
{
    return (struct mld_tape_place){ reader->csv.cell[cell].line, reader->csv.cell[cell].column };
}

void mld_tape_mistake(struct mld_tape_reader *reader, struct mld_tape_place place,
                      const char *format, ...)
{
    char text[512];
    if (++reader->mistakes > MLD_TAPE_TOLD)
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    mld_messages_add(reader->messages, "%s:%d:%d: %s", reader->name, place.line, place.column,
                     text);
}

static void tell_rest(struct mld_tape_reader *reader)
{
    if (reader->mistakes > MLD_TAPE_TOLD)
        mld_messages_add(reader->messages, "%s: and %d more mistakes", reader->name,
                         reader->mistakes - MLD_TAPE_TOLD);
}

static void tell_problem(struct mld_tape_reader *reader)
{
    const struct mld_csv *csv = &reader->csv;
    mld_tape_mistake(reader, (struct mld_tape_place){ csv->problem_line, csv->problem_column },
                     "%s", csv->problem);
}

/* ---- room ---- */

void *mld_tape_room(struct mld_tape_reader *reader, void *items, int count, int *capacity,
                    size_t size)
{
    if (count < *capacity)
        return items;
    int larger = *capacity ? *capacity > INT_MAX / 2 ? INT_MAX : 2 * *capacity : 64;
    void *moved = larger > count ? realloc(items, (size_t)larger * size) : NULL;
    if (!moved) {
        reader->no_memory = 1;
        return items;
    }
    *capacity = larger;
    return moved;
}

/* ---- cells ---- */

const char *mld_tape_plain(const struct mld_tape_reader *reader, int cell, char out[MLD_TAPE_PLAIN])
{
    const char *text = mld_csv_text(&reader->csv, cell);
    return mld_name_plain(out, MLD_TAPE_PLAIN, text) < 0 ? text : out;
}

static struct mld_tape_place place_of(const struct mld_tape_reader *reader,
                                      enum mld_tape_known known)
{
    return mld_tape_cell_place(reader, reader->place[known]);
}

/* C0, DEL and C1, which no name holds; what merely hides is gone from a plain one. */
static int has_control(const char *plain)
{
    for (size_t bytes; *plain; plain += bytes) {
        bytes = mld_utf8_length(plain, 4);
        int32_t c = bytes ? mld_utf8_character(plain, bytes) : 0;
        if (c < ' ' || (c >= 127 && c < 160))
            return 1;
    }
    return 0;
}

static void read_name(struct mld_tape_reader *reader, enum mld_tape_known known,
                      char name[MLD_MAX_NAME])
{
    char plain[MLD_TAPE_PLAIN];
    const char *text = mld_tape_plain(reader, reader->place[known], plain),
               *key = mld_tape_columns[known].key;
    if (!*text)
        mld_tape_mistake(reader, place_of(reader, known), "%s is empty", key);
    else if (strlen(text) >= MLD_MAX_NAME)
        mld_tape_mistake(reader, place_of(reader, known),
                         "%s is %zu bytes long; at most %d are kept", key, strlen(text),
                         MLD_MAX_NAME - 1);
    else if (has_control(text))
        mld_tape_mistake(reader, place_of(reader, known), "%s holds a control character", key);
    else
        strcpy(name, text);
}

static const char *instrument_at(const void *model, int i)
{
    (void)model;
    return mld_instruments[i]->name;
}
static const char *form_at(const void *model, int i)
{
    return ((const struct mld_model *)model)->form[i].name;
}
static const char *sector_at(const void *model, int i)
{
    return ((const struct mld_model *)model)->factors.sector[i];
}

/* Index of a name of the scenario, or -1 after a message. */
static int read_index(struct mld_tape_reader *reader, enum mld_tape_known known, int count,
                      const char *(*name_at)(const void *, int))
{
    char plain[MLD_TAPE_PLAIN], shown[MLD_TAPE_SHOWN];
    const char *text = mld_tape_plain(reader, reader->place[known], plain),
               *key = mld_tape_columns[known].key;
    for (int i = 0; i < count; i++)
        if (!strcmp(text, name_at(reader->model, i)))
            return i;
    const char *nearest = mld_name_nearest(text, count, name_at, reader->model);
    if (!*text)
        mld_tape_mistake(reader, place_of(reader, known), "%s is empty", key);
    else
        mld_tape_mistake(reader, place_of(reader, known), "%s = \"%s\": no such %s%s%s%s", key,
                         mld_text_shown(shown, sizeof shown, text), key,
                         nearest ? "; did you mean " : "", nearest ? nearest : "",
                         nearest ? "?" : "");
    return -1;
}

static void iso(char text[16], struct mld_date date)
{
    snprintf(text, 16, "%04d-%02d-%02d", date.year, date.month, date.day);
}

static void read_date(struct mld_tape_reader *reader, struct mld_tape_deal *deal)
{
    const struct mld_grid *grid = &reader->model->grid;
    int periods = reader->investment_periods;
    const char *text = mld_csv_text(&reader->csv, reader->place[MLD_TAPE_DATE]);
    struct mld_tape_place place = place_of(reader, MLD_TAPE_DATE);
    struct mld_date date;
    char limit[16], shown[MLD_TAPE_SHOWN];
    if (mld_typed_date(text, &date)) {
        mld_tape_mistake(reader, place,
                         "date = \"%s\": a date such as 2027-01-31 or 31/01/2027 is expected",
                         mld_text_shown(shown, sizeof shown, text));
        return;
    }
    deal->period = mld_grid_period_of(grid, date);
    if (deal->period < 0) {
        iso(limit, grid->first_closing);
        mld_tape_mistake(reader, place, "date = %s is before the first closing, %s", text, limit);
    } else if (periods && deal->period >= periods) {
        iso(limit, mld_grid_period_end(grid, periods - 1));
        mld_tape_mistake(reader, place,
                         "date = %s is after the investment period, which ends on %s", text, limit);
    } else if (deal->period > grid->last) {
        iso(limit, mld_grid_period_end(grid, grid->last));
        mld_tape_mistake(reader, place, "date = %s is after the last period, which ends on %s",
                         text, limit);
    }
}

static void read_amount(struct mld_tape_reader *reader, struct mld_tape_deal *deal)
{
    int cell = reader->place[MLD_TAPE_AMOUNT];
    if (!reader->csv.cell[cell].length)
        mld_tape_mistake(reader, place_of(reader, MLD_TAPE_AMOUNT), "amount is empty");
    else
        mld_tape_number(reader, cell, &mld_tape_columns[MLD_TAPE_AMOUNT], &deal->amount);
}

/* ---- notes ---- */

static int note_room(struct mld_tape_reader *reader, size_t more)
{
    struct mld_tape *tape = reader->tape;
    if (reader->note_used + more <= reader->note_capacity)
        return 1;
    size_t capacity = 2 * (reader->note_used + more);
    char *moved = realloc(tape->note, capacity);
    reader->no_memory |= !moved;
    if (!moved)
        return 0;
    tape->note = moved;
    reader->note_capacity = capacity;
    return 1;
}

/* The cells of the user's own columns, one after the other. */
static void read_notes(struct mld_tape_reader *reader, struct mld_tape_deal *deal)
{
    deal->note = reader->note_used;
    for (int cell = 0; cell < reader->n_columns; cell++) {
        size_t size = reader->csv.cell[cell].length + 1;
        if (!reader->column[cell].is_note)
            continue;
        if (size > MLD_MAX_TEXT)
            mld_tape_mistake(reader, mld_tape_cell_place(reader, cell),
                             "%s is %zu bytes long; at most %d are kept", reader->column[cell].name,
                             size - 1, MLD_MAX_TEXT - 1);
        else if (note_room(reader, size)) {
            memcpy(reader->tape->note + reader->note_used, mld_csv_text(&reader->csv, cell), size);
            reader->note_used += size;
        }
    }
}

const char *mld_tape_note(const struct mld_tape *tape, int deal, int note)
{
    const char *text = tape->note + tape->deal[deal].note;
    for (; note > 0; note--)
        text += strlen(text) + 1;
    return text;
}

void mld_tape_clear(struct mld_tape *tape)
{
    free(tape->deal);
    free(tape->issuer);
    free(tape->note_name);
    free(tape->note);
    *tape = (struct mld_tape){ 0 };
}

/* ---- rows ---- */

static uint64_t deal_hash(const void *tape, uint32_t i)
{
    return ((const struct mld_tape *)tape)->deal[i].entity;
}
static int same_deal(const void *tape, uint32_t i, const void *deal)
{
    return !strcmp(((const struct mld_tape *)tape)->deal[i].name,
                   ((const struct mld_tape_deal *)deal)->name);
}

static void add_deal(struct mld_tape_reader *reader, struct mld_tape_deal *deal)
{
    struct mld_tape *tape = reader->tape;
    deal->entity = mld_tape_entity("deal", deal->name);
    int twin = mld_finder_find(&reader->deals, deal->entity, same_deal, tape, deal);
    if (twin >= 0) {
        mld_tape_mistake(reader, place_of(reader, MLD_TAPE_DEAL),
                         "deal \"%s\" is already on line %d", deal->name, tape->deal[twin].line);
        return;
    }
    tape->deal = mld_tape_room(reader, tape->deal, tape->n_deals, &reader->deal_capacity,
                               sizeof *tape->deal);
    if (reader->no_memory)
        return;
    tape->deal[tape->n_deals] = *deal;
    reader->no_memory |= mld_finder_add(&reader->deals, deal->entity, (uint32_t)tape->n_deals++,
                                        deal_hash, tape) != 0;
}

static int is_wide(struct mld_tape_reader *reader)
{
    const struct mld_csv *csv = &reader->csv;
    for (int cell = reader->n_columns; cell < csv->n_cells; cell++)
        if (csv->cell[cell].length) {
            mld_tape_mistake(reader, mld_tape_cell_place(reader, cell),
                             "%d cells, where the first row has %d", csv->n_cells,
                             reader->n_columns);
            return 1;
        }
    return 0;
}

/* Spreadsheets leave out the separators of empty cells at the end of a row: only what every deal
 * needs may not lack. */
static int has_all_cells(struct mld_tape_reader *reader)
{
    struct mld_csv *csv = &reader->csv;
    if (is_wide(reader))
        return 0;
    for (int cell = csv->n_cells; cell < reader->n_columns; cell++)
        if (reader->column[cell].known >= 0) {
            mld_tape_mistake(reader, mld_tape_row_place(reader),
                             "%d cell%s, where the first row has %d: %s is missing", csv->n_cells,
                             csv->n_cells > 1 ? "s" : "", reader->n_columns,
                             reader->column[cell].name);
            return 0;
        }
    mld_csv_fill(csv, reader->n_columns);
    return 1;
}

static void read_cells(struct mld_tape_reader *reader, struct mld_tape_deal *deal)
{
    const struct mld_model *model = reader->model;
    char shown[MLD_TAPE_SHOWN];
    read_name(reader, MLD_TAPE_DEAL, deal->name);
    read_name(reader, MLD_TAPE_ISSUER, deal->issuer_name);
    deal->instrument = read_index(reader, MLD_TAPE_INSTRUMENT, MLD_INSTRUMENTS, instrument_at);
    deal->form = read_index(reader, MLD_TAPE_FORM, model->n_forms, form_at);
    deal->sector = read_index(reader, MLD_TAPE_SECTOR, model->factors.n_sectors, sector_at);
    read_date(reader, deal);
    read_amount(reader, deal);
    mld_tape_read_rating(reader);
    read_notes(reader, deal);
    if (deal->instrument >= 0 && !model->has_instrument[deal->instrument])
        mld_tape_mistake(reader, place_of(reader, MLD_TAPE_INSTRUMENT),
                         "instrument = \"%s\": the scenario gives no terms for it",
                         mld_text_shown(shown, sizeof shown,
                                        mld_instruments[deal->instrument]->name));
    else if (deal->instrument >= 0)
        mld_tape_read_terms(reader, deal);
}

static void read_deal(struct mld_tape_reader *reader)
{
    struct mld_tape_deal deal = { .line = reader->csv.line };
    int before = reader->mistakes;
    if (reader->csv.problem)
        tell_problem(reader);
    else if (has_all_cells(reader))
        read_cells(reader, &deal);
    if (reader->mistakes == before)
        mld_tape_find_issuer(reader, &deal);
    if (reader->mistakes == before && !reader->no_memory)
        add_deal(reader, &deal);
}

static void read_deals(struct mld_tape_reader *reader)
{
    while (!reader->no_memory && mld_csv_row(&reader->csv)) {
        if (reader->tape->n_deals == MLD_MAX_DEALS) {
            mld_tape_mistake(reader, mld_tape_row_place(reader),
                             "more than %d deals: the rest is not read", MLD_MAX_DEALS);
            return;
        }
        read_deal(reader);
    }
    if (!reader->tape->n_deals && !reader->mistakes && !reader->csv.no_memory && !reader->no_memory)
        mld_tape_mistake(reader, mld_tape_row_place(reader), "the tape has no deal");
}

static void read_rows(struct mld_tape_reader *reader)
{
    if (!mld_csv_row(&reader->csv)) {
        if (!reader->csv.no_memory)
            mld_tape_mistake(reader, mld_tape_row_place(reader), "the tape is empty");
        return;
    }
    if (reader->csv.problem) {
        tell_problem(reader);
        return;
    }
    mld_tape_read_head(reader);
    if (reader->mistakes || reader->no_memory)
        return; /* without its columns no row can be read */
    read_deals(reader);
    mld_tape_finish_issuers(reader);
}

/* ---- the file ---- */

/* Place of a byte: its line, and its column in characters. */
static void tell_bytes(struct mld_tape_reader *reader, const char *text, size_t at,
                       const char *problem)
{
    struct mld_tape_place place = { 1, 1 };
    for (size_t i = 0; i < at; i++) {
        int ends = text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n');
        place.column = ends ? 1 : place.column + (((unsigned char)text[i] & 0xC0) != 0x80);
        place.line += ends;
    }
    mld_tape_mistake(reader, place, "%s", problem);
}

static int is_text(struct mld_tape_reader *reader, const char *text, size_t length)
{
    const char *nul = memchr(text, '\0', length);
    size_t valid = mld_utf8_check(text, length);
    if (nul)
        tell_bytes(reader, text, (size_t)(nul - text),
                   "a NUL byte: this is no text file (a spreadsheet saves as CSV UTF-8)");
    else if (valid < length)
        tell_bytes(reader, text, valid, "no UTF-8: save the spreadsheet as CSV UTF-8");
    return !nul && valid == length;
}

static void reader_clear(struct mld_tape_reader *reader)
{
    mld_csv_clear(&reader->csv);
    mld_finder_clear(&reader->deals);
    mld_finder_clear(&reader->issuers);
    mld_finder_clear(&reader->terms);
    mld_finder_clear(&reader->alike);
    free(reader->likeness);
    free(reader);
}

enum mld_status mld_tape_parse(const struct mld_tape_text *text, int investment_periods,
                               struct mld_model *model, struct mld_warnings *warnings,
                               struct mld_messages *messages)
{
    struct mld_tape_reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return MLD_ERR_MEMORY;
    reader->name = text->name;
    reader->model = model;
    reader->tape = &model->tape;
    reader->investment_periods = investment_periods;
    reader->warnings = warnings;
    reader->messages = messages;
    reader->no_memory = !mld_tape_start_terms(reader);
    if (!reader->no_memory && is_text(reader, text->text, text->length)) {
        mld_csv_init(&reader->csv, text->text, text->length);
        read_rows(reader);
    }
    tell_rest(reader);
    enum mld_status status = reader->no_memory || reader->csv.no_memory ? MLD_ERR_MEMORY
                             : reader->mistakes                         ? MLD_ERR_INPUT
                                                                        : MLD_OK;
    reader_clear(reader);
    return status;
}

enum mld_status mld_tape_read(const char *path, char **text, size_t *length,
                              struct mld_messages *messages)
{
    struct mld_file_identity identity;
    enum mld_status status = mld_file_read(path, MLD_FILE_REGULAR, LARGEST_FILE, text, length,
                                           &identity, messages);
    if (status != MLD_OK || !mld_text_to_utf8(text, length))
        return status;
    free(*text);
    *text = NULL;
    return MLD_ERR_MEMORY;
}
