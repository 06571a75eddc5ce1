/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The deal tape (model, section 6): a CSV file, one deal a row, its names matched to the scenario's. Time is linear in
 * its length: names are found by hashing. Every mistake is told as file:line:column.
 */
#include "portfolio/tape.h"

#include "core/encoding.h"
#include "core/text.h"
#include "portfolio/typed.h"
#include "scenario/file.h"
#include "scenario/names.h"
#include "scenario/resolve.h"
#include "scenario/tables.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TOLD = 50, SHOWN = 64 };      /* mistakes; bytes of a cell in one of them */
enum column { DEAL, ISSUER, INSTRUMENT, FORM, SECTOR, DATE, AMOUNT, COLUMNS };

#define TEXT_COLUMN(name, range, en, fr) \
    { .key = name, .kind = MLD_TEXT, .unit = "", .capacity = MLD_MAX_NAME, .domain = range, .flags = MLD_REQUIRED | MLD_TAPE, \
      .doc_en = en, .doc_fr = fr, .source = "model, section 6" }

const struct mld_param mld_tape_columns[] = {
    TEXT_COLUMN("deal", MLD_DOMAIN_NONE, "Name of the deal, no other bears it.", "Nom du dossier, qu'aucun autre ne porte."),
    TEXT_COLUMN("issuer", MLD_DOMAIN_NONE, "Name of its issuer; deals of one issuer default together.",
                "Nom de l'émetteur ; les dossiers d'un même émetteur font défaut ensemble."),
    TEXT_COLUMN("instrument", MLD_DOMAIN_INSTRUMENT, "One of the instruments.", "Un des instruments."),
    TEXT_COLUMN("legal_form", MLD_DOMAIN_FORM, "One of the legal forms of the scenario.", "Une des formes juridiques du scénario."),
    TEXT_COLUMN("sector", MLD_DOMAIN_SECTOR, "One of the sectors of the scenario.", "Un des secteurs du scénario."),
    { .key = "date", .kind = MLD_DATE, .unit = "", .flags = MLD_REQUIRED | MLD_TAPE,
      .doc_en = "Date of the investment, 2027-01-31 or 31/01/2027, from the first closing on.",
      .doc_fr = "Date de l'investissement, 2027-01-31 ou 31/01/2027, à partir du premier closing.", .source = "model, section 6" },
    { .key = "amount", .kind = MLD_REAL, .unit = "EUR", .min = 1, .max = 1e12, .flags = MLD_REQUIRED | MLD_TAPE,
      .doc_en = "Amount invested.", .doc_fr = "Montant investi.", .source = "model, section 6" },
    MLD_PARAM_END
};

/* Numbers of things found by name: open addressing, never more than half full. */
struct finder { uint32_t *slot; size_t size, used; };

struct reader {
    struct mld_csv csv;
    const char *name;
    struct mld_plan *plan;
    struct mld_tape *tape;
    struct mld_messages *messages;
    int mistakes, no_memory;
    int n_columns, place[COLUMNS];                  /* cell of each known column, or -1 */
    const struct mld_param *row[MLD_CSV_COLUMNS][MLD_INSTRUMENTS]; /* what a further column overrides */
    char header[MLD_CSV_COLUMNS][MLD_MAX_NAME];
    int terms_right[MLD_INSTRUMENTS];               /* the scenario's own terms pass the instrument's checks */
    int deal_capacity, issuer_capacity, terms_capacity;
    struct finder deals, issuers, terms;
};

/* ---- mistakes ---- */

struct place { int line, column; };

static struct place row_place(const struct reader *reader)
{
    return (struct place){ reader->csv.line, 1 };
}

static struct place cell_place(const struct reader *reader, int cell)
{
    return (struct place){ reader->csv.cell[cell].line, reader->csv.cell[cell].column };
}

static void mistake(struct reader *reader, struct place place, const char *format, ...) __attribute__((format(printf, 3, 4)));
static void mistake(struct reader *reader, struct place place, const char *format, ...)
{
    char text[512];
    if (++reader->mistakes > MLD_TAPE_TOLD)
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    mld_messages_add(reader->messages, "%s:%d:%d: %s", reader->name, place.line, place.column, text);
}

static void tell_rest(struct mld_tape_reader *reader)
{
    if (reader->mistakes > MLD_TAPE_TOLD)
        mld_messages_add(reader->messages, "%s: and %d more mistakes", reader->name, reader->mistakes - MLD_TAPE_TOLD);
}

static void tell_problem(struct reader *reader)
{
    const struct mld_csv *csv = &reader->csv;
    mistake(reader, (struct place){ csv->problem_line, csv->problem_column }, "%s", csv->problem);
}

/* ---- finding by name ---- */

/* Bits of a hash that FNV-1a leaves uneven are mixed before they choose a slot. */
static size_t first_slot(const struct finder *finder, uint64_t hash)
{
    const struct mld_csv *csv = &reader->csv;
    mld_tape_mistake(reader, (struct mld_tape_place){ csv->problem_line, csv->problem_column }, "%s", csv->problem);
}

/* ---- room ---- */

void *mld_tape_room(struct mld_tape_reader *reader, void *items, int count, int *capacity, size_t size)
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

/* ---- the header ---- */

static const char *tape_key_at(const void *keys, int i) { return ((const char *const *)keys)[i]; }

/* All keys a column may have, for the nearest one. */
static int tape_keys(const char *keys[], int most)
{
    int count = 0;
    for (int i = 0; i < COLUMNS; i++)
        keys[count++] = mld_tape_columns[i].key;
    for (int i = 0; i < MLD_INSTRUMENTS; i++) {
        const struct mld_param *tables[2] = { mld_common_params, mld_instruments[i]->params };
        for (int t = 0; t < 2; t++)
            for (const struct mld_param *row = tables[t]; row->key && count < most; row++)
                if (row->flags & MLD_TAPE)
                    keys[count++] = row->key;
    }
    return count;
}

static int known_column(const char *key)
{
    for (int i = 0; i < COLUMNS; i++)
        if (!strcmp(key, mld_tape_columns[i].key))
            return i;
    return -1;
}

/* Rows of the instruments that have a parameter of that name. */
static int find_rows(struct reader *reader, int cell, const char *key)
{
    int found = 0;
    for (int i = 0; i < MLD_INSTRUMENTS; i++) {
        struct mld_rows rows = { mld_common_params, mld_instruments[i]->params };
        const struct mld_param *row = mld_row_named(rows, key, strlen(key));
        reader->row[cell][i] = row && row->flags & MLD_TAPE ? row : NULL;
        found += reader->row[cell][i] != NULL;
    }
    return found;
}

static void read_column(struct reader *reader, int cell)
{
    const char *key = mld_csv_text(&reader->csv, cell), *keys[256];
    struct place place = cell_place(reader, cell);
    int known = known_column(key);
    char shown[SHOWN];
    snprintf(reader->header[cell], MLD_MAX_NAME, "%s", key);
    for (int before = 0; *key && before < cell; before++)
        if (!strcmp(reader->header[before], reader->header[cell])) {
            mistake(reader, place, "column %s is given twice", mld_text_shown(shown, sizeof shown, key));
            return;
        }
    if (known >= 0)
        reader->place[known] = cell;
    else if (*key && !find_rows(reader, cell, key)) {
        const char *nearest = mld_name_nearest(key, tape_keys(keys, 256), tape_key_at, keys);
        mistake(reader, place, "column %s is unknown%s%s%s", mld_text_shown(shown, sizeof shown, key), nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
    }
}

static void read_header(struct reader *reader)
{
    for (int i = 0; i < COLUMNS; i++)
        reader->place[i] = -1;
    reader->n_columns = reader->csv.n_cells;
    for (int cell = 0; cell < reader->n_columns; cell++)
        read_column(reader, cell);
    for (int i = 0; i < COLUMNS; i++)
        if (reader->place[i] < 0)
            mistake(reader, row_place(reader), "column %s is missing", mld_tape_columns[i].key);
}

/* ---- cells ---- */

const char *mld_tape_plain(const struct mld_tape_reader *reader, int cell, char out[MLD_TAPE_PLAIN])
{
    const char *text = mld_csv_text(&reader->csv, cell);
    return mld_name_plain(out, MLD_TAPE_PLAIN, text) < 0 ? text : out;
}

static struct place place_of(const struct reader *reader, enum column column)
{
    return cell_place(reader, reader->place[column]);
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

static void read_name(struct mld_tape_reader *reader, enum mld_tape_known known, char name[MLD_MAX_NAME])
{
    char plain[MLD_TAPE_PLAIN];
    const char *text = mld_tape_plain(reader, reader->place[known], plain), *key = mld_tape_columns[known].key;
    if (!*text)
        mistake(reader, place_of(reader, column), "%s is empty", key);
    else if (strlen(text) >= MLD_MAX_NAME)
        mistake(reader, place_of(reader, column), "%s is %zu bytes long; at most %d are kept", key, strlen(text), MLD_MAX_NAME - 1);
    else if (has_control(text))
        mistake(reader, place_of(reader, column), "%s holds a control character", key);
    else
        strcpy(name, text);
}

static const char *instrument_at(const void *plan, int i) { (void)plan; return mld_instruments[i]->name; }
static const char *form_at(const void *plan, int i) { return ((const struct mld_plan *)plan)->model.form[i].name; }
static const char *sector_at(const void *plan, int i) { return ((const struct mld_plan *)plan)->model.factors.sector[i]; }

/* Index of a name of the scenario, or -1 after a message. */
static int read_index(struct mld_tape_reader *reader, enum mld_tape_known known, int count, const char *(*name_at)(const void *, int))
{
    const char *text = cell_text(reader, column), *key = mld_tape_columns[column].key;
    char shown[SHOWN];
    for (int i = 0; i < count; i++)
        if (!strcmp(text, name_at(reader->plan, i)))
            return i;
    const char *nearest = mld_name_nearest(text, count, name_at, reader->plan);
    if (!*text)
        mistake(reader, place_of(reader, column), "%s is empty", key);
    else
        mistake(reader, place_of(reader, column), "%s = \"%s\": no such %s%s%s%s", key, mld_text_shown(shown, sizeof shown, text), key,
                nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
    return -1;
}

static void iso(char text[16], struct mld_date date)
{
    snprintf(text, 16, "%04d-%02d-%02d", date.year, date.month, date.day);
}

static void read_date(struct mld_tape_reader *reader, struct mld_tape_deal *deal)
{
    const struct mld_grid *grid = &reader->plan->model.grid;
    const struct mld_fund_spec *fund = &reader->plan->fund;
    const char *text = cell_text(reader, DATE);
    struct place place = place_of(reader, DATE);
    struct mld_date date;
    char limit[16], shown[SHOWN];
    if (mld_typed_date(text, &date)) {
        mistake(reader, place, "date = \"%s\": a date such as 2027-01-31 or 31/01/2027 is expected", mld_text_shown(shown, sizeof shown, text));
        return;
    }
    deal->period = mld_grid_period_of(grid, date);
    if (deal->period < 0) {
        iso(limit, grid->first_closing);
        mistake(reader, place, "date = %s is before the first closing, %s", text, limit);
    } else if (fund->present && deal->period >= fund->investment_periods) {
        iso(limit, mld_grid_period_end(grid, fund->investment_periods - 1));
        mistake(reader, place, "date = %s is after the investment period, which ends on %s", text, limit);
    } else if (deal->period > grid->last) {
        iso(limit, mld_grid_period_end(grid, grid->last));
        mistake(reader, place, "date = %s is after the last period, which ends on %s", text, limit);
    }
}

/* A number in a row's range; 0 after a message. */
static int read_number(struct reader *reader, const char *key, const char *text, struct place place, const struct mld_param *row, double *value)
{
    const char *problem;
    char why[200], shown[SHOWN];
    if (isinf(row->max) && !strcmp(text, "none")) {
        *value = INFINITY;
        return 1;
    }
    double number = mld_typed_number(text, !strcmp(row->unit, "EUR"), &problem);
    if (problem)
        mistake(reader, place, "%s = \"%s\": %s", key, mld_text_shown(shown, sizeof shown, text), problem);
    else if (mld_range_problem(row, number, why, sizeof why))
        mistake(reader, place, "%s%s", key, why);
    else {
        *value = number;
        return 1;
    }
    return 0;
}

static void read_amount(struct reader *reader, struct mld_tape_deal *deal)
{
    const char *text = cell_text(reader, AMOUNT);
    if (!*text)
        mistake(reader, place_of(reader, AMOUNT), "amount is empty");
    else
        read_number(reader, "amount", text, place_of(reader, AMOUNT), &mld_tape_columns[AMOUNT], &deal->amount);
}

/* ---- notes ---- */

static void read_choice(struct reader *reader, const char *key, const char *text, struct place place, const struct mld_param *row, int *value)
{
    const char *choices = row->kind == MLD_BOOL ? "false|true" : row->choices;
    char shown[SHOWN];
    int index = mld_choice_index(choices, text);
    if (index < 0)
        mistake(reader, place, "%s = \"%s\": one of \"%s\" is expected", key, mld_text_shown(shown, sizeof shown, text), choices);
    else
        *value = index;
}

/* The cells of the user's own columns, one after the other. */
static void read_notes(struct mld_tape_reader *reader, struct mld_tape_deal *deal)
{
    const char *text = mld_csv_text(&reader->csv, cell), *key = reader->header[cell];
    struct place place = cell_place(reader, cell);
    char *at = (char *)terms + row->offset;
    double value;
    if (row->kind == MLD_REAL)
        read_number(reader, key, text, place, row, (double *)at);
    else if (row->kind == MLD_CHOICE || row->kind == MLD_BOOL)
        read_choice(reader, key, text, place, row, (int *)at);
    else if (read_number(reader, key, text, place, row, &value))
        *(int *)at = (int)value;
}

/* Index of equal terms among those known, or of new ones that have passed the instrument's checks. */
static int terms_index(struct reader *reader, int instrument, const struct mld_terms *terms)
{
    struct mld_plan *plan = reader->plan;
    uint64_t hash = bytes_hash(terms);
    char where[4096];
    if (!memcmp(terms, &plan->model.instrument_terms[instrument], sizeof *terms))
        return instrument;
    int index = find(reader, &reader->terms, hash, same_terms, terms);
    if (index >= 0)
        return index;
    snprintf(where, sizeof where, "%s:%d", reader->name, reader->csv.line);
    if (reader->terms_right[instrument])        /* else the scenario's own mistake would be told again for each deal */
        reader->mistakes += mld_instruments[instrument]->check(terms, where, reader->mistakes < MOST_TOLD ? reader->messages : NULL);
    plan->model.terms = room(reader, plan->model.terms, plan->model.n_terms, &reader->terms_capacity, sizeof *terms);
    if (reader->no_memory)
        return instrument;
    memcpy(&plan->model.terms[plan->model.n_terms], terms, sizeof *terms);
    remember(reader, &reader->terms, hash, plan->model.n_terms, terms_hash);
    return plan->model.n_terms++;
}

static void read_terms(struct reader *reader, struct mld_tape_deal *deal)
{
    struct mld_terms terms;
    int overridden = 0, before = reader->mistakes;
    memcpy(&terms, &reader->plan->model.instrument_terms[deal->instrument], sizeof terms);
    for (int cell = 0; cell < reader->n_columns; cell++) {
        size_t size = reader->csv.cell[cell].length + 1;
        if (!reader->column[cell].is_note)
            continue;
        if (row) {
            override(reader, cell, row, &terms);
            overridden = 1;
        } else if (!*reader->header[cell])
            mistake(reader, cell_place(reader, cell), "a value stands in a column without a name");
        else
            mistake(reader, cell_place(reader, cell), "%s is no parameter of %s", reader->header[cell], mld_instruments[deal->instrument]->name);
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

static uint64_t deal_hash(const void *tape, uint32_t i) { return ((const struct mld_tape *)tape)->deal[i].entity; }
static int same_deal(const void *tape, uint32_t i, const void *deal)
{
    return !strcmp(((const struct mld_tape *)tape)->deal[i].name, ((const struct mld_tape_deal *)deal)->name);
}

static void add_deal(struct mld_tape_reader *reader, struct mld_tape_deal *deal)
{
    struct mld_tape *tape = reader->tape;
    tape->issuer = room(reader, tape->issuer, tape->n_issuers, &reader->issuer_capacity, sizeof *tape->issuer);
    if (reader->no_memory)
        return;
    struct mld_tape_issuer *issuer = &tape->issuer[tape->n_issuers];
    *issuer = (struct mld_tape_issuer){ .form = deal->form, .sector = deal->sector, .first_period = deal->period,
                                        .terms = deal->terms, .entity = entity };
    memcpy(issuer->name, deal->issuer_name, MLD_MAX_NAME);
    deal->issuer = tape->n_issuers++;
    remember(reader, &reader->issuers, entity, deal->issuer, issuer_hash);
}

/* Deals of one issuer share form and sector; its first deal, by period then by row, gives its terms. */
static void join_issuer(struct reader *reader, struct mld_tape_deal *deal, int index)
{
    const struct mld_plan *plan = reader->plan;
    struct mld_tape_issuer *issuer = &reader->tape->issuer[index];
    deal->issuer = index;
    if (issuer->form != deal->form)
        mistake(reader, place_of(reader, FORM), "legal_form = \"%s\": issuer \"%s\" is \"%s\" in an earlier row",
                plan->model.form[deal->form].name, issuer->name, plan->model.form[issuer->form].name);
    if (issuer->sector != deal->sector)
        mistake(reader, place_of(reader, SECTOR), "sector = \"%s\": issuer \"%s\" is in \"%s\" in an earlier row",
                plan->model.factors.sector[deal->sector], issuer->name, plan->model.factors.sector[issuer->sector]);
    if (deal->period < issuer->first_period) {
        issuer->first_period = deal->period;
        issuer->terms = deal->terms;
    }
}

static void find_issuer(struct reader *reader, struct mld_tape_deal *deal)
{
    uint64_t entity = prefixed("issuer", deal->issuer_name);
    int index = find(reader, &reader->issuers, entity, same_issuer, deal);
    if (index >= 0)
        join_issuer(reader, deal, index);
    else
        add_issuer(reader, deal, entity);
}

static void add_deal(struct reader *reader, struct mld_tape_deal *deal)
{
    struct mld_tape *tape = reader->tape;
    deal->entity = prefixed("deal", deal->name);
    int twin = find(reader, &reader->deals, deal->entity, same_deal, deal);
    if (twin >= 0) {
        mistake(reader, place_of(reader, DEAL), "deal \"%s\" is already on line %d", deal->name, tape->deal[twin].line);
        return;
    }
    tape->deal = mld_tape_room(reader, tape->deal, tape->n_deals, &reader->deal_capacity, sizeof *tape->deal);
    if (reader->no_memory)
        return;
    tape->deal[tape->n_deals] = *deal;
    reader->no_memory |= mld_finder_add(&reader->deals, deal->entity, (uint32_t)tape->n_deals++, deal_hash, tape) != 0;
}

static int is_wide(struct reader *reader)
{
    const struct mld_csv *csv = &reader->csv;
    for (int cell = reader->n_columns; cell < csv->n_cells; cell++)
        if (csv->cell[cell].length) {
            mistake(reader, cell_place(reader, cell), "%d cells, where the first row has %d", csv->n_cells, reader->n_columns);
            return 1;
        }
    return 0;
}

/* Spreadsheets leave out the separators of empty cells at the end of a row: only what every deal needs may not lack. */
static int has_all_cells(struct reader *reader)
{
    struct mld_csv *csv = &reader->csv;
    if (is_wide(reader))
        return 0;
    for (int cell = csv->n_cells; cell < reader->n_columns; cell++)
        if (known_column(reader->header[cell]) >= 0) {
            mistake(reader, row_place(reader), "%d cell%s, where the first row has %d: %s is missing", csv->n_cells,
                    csv->n_cells > 1 ? "s" : "", reader->n_columns, reader->header[cell]);
            return 0;
        }
    mld_csv_fill(csv, reader->n_columns);
    return 1;
}

static void read_cells(struct mld_tape_reader *reader, struct mld_tape_deal *deal)
{
    const struct mld_plan *plan = reader->plan;
    char shown[MLD_TAPE_SHOWN];
    read_name(reader, MLD_TAPE_DEAL, deal->name);
    read_name(reader, MLD_TAPE_ISSUER, deal->issuer_name);
    deal->instrument = read_index(reader, MLD_TAPE_INSTRUMENT, MLD_INSTRUMENTS, instrument_at);
    deal->form = read_index(reader, MLD_TAPE_FORM, plan->model.n_forms, form_at);
    deal->sector = read_index(reader, MLD_TAPE_SECTOR, plan->model.factors.n_sectors, sector_at);
    read_date(reader, deal);
    read_amount(reader, deal);
    mld_tape_read_rating(reader);
    read_notes(reader, deal);
    if (deal->instrument >= 0 && !plan->model.has_instrument[deal->instrument])
        mld_tape_mistake(reader, place_of(reader, MLD_TAPE_INSTRUMENT), "instrument = \"%s\": the scenario gives no terms for it",
                         mld_text_shown(shown, sizeof shown, mld_instruments[deal->instrument]->name));
    else if (deal->instrument >= 0)
        mld_tape_read_terms(reader, deal);
}

static void read_deal(struct mld_tape_reader *reader)
{
    struct mld_tape_deal deal = { .line = reader->csv.line };
    int before = reader->mistakes;
    if (reader->csv.problem)
        tell_problem(reader);
    else if (has_all_cells(reader)) {
        read_name(reader, DEAL, deal.name);
        read_name(reader, ISSUER, deal.issuer_name);
        deal.instrument = read_index(reader, INSTRUMENT, MLD_INSTRUMENTS, instrument_at);
        deal.form = read_index(reader, FORM, reader->plan->model.n_forms, form_at);
        deal.sector = read_index(reader, SECTOR, reader->plan->model.factors.n_sectors, sector_at);
        read_date(reader, &deal);
        read_amount(reader, &deal);
        if (deal.instrument >= 0 && !reader->plan->model.has_instrument[deal.instrument])
            mistake(reader, place_of(reader, INSTRUMENT), "instrument = \"%s\": the scenario gives no terms for it", cell_text(reader, INSTRUMENT));
        else if (deal.instrument >= 0)
            read_terms(reader, &deal);
    }
    if (reader->mistakes == before)
        mld_tape_find_issuer(reader, &deal);
    if (reader->mistakes == before && !reader->no_memory)
        add_deal(reader, &deal);
}

static void read_deals(struct mld_tape_reader *reader)
{
    if (!mld_csv_row(&reader->csv)) {
        if (!reader->csv.no_memory)
            mistake(reader, row_place(reader), "the tape is empty");
        return;
    }
    if (reader->csv.problem) {
        tell_problem(reader);
        return;
    }
    read_header(reader);
    if (reader->mistakes)
        return;                 /* without its columns no row can be read */
    while (!reader->no_memory && mld_csv_row(&reader->csv)) {
        if (reader->tape->n_deals == MLD_MAX_DEALS) {
            mistake(reader, row_place(reader), "more than %d deals: the rest is not read", MLD_MAX_DEALS);
            return;
        }
        read_deal(reader);
    }
    if (!reader->tape->n_deals && !reader->mistakes && !reader->csv.no_memory && !reader->no_memory)
        mistake(reader, row_place(reader), "the tape has no deal");
}

/* ---- the file ---- */

/* Place of a byte: its line, and its column in characters. */
static void tell_bytes(struct mld_tape_reader *reader, const char *text, size_t at, const char *problem)
{
    struct place place = { 1, 1 };
    for (size_t i = 0; i < at; i++) {
        int ends = text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n');
        place.column = ends ? 1 : place.column + (((unsigned char)text[i] & 0xC0) != 0x80);
        place.line += ends;
    }
    mistake(reader, place, "%s", problem);
}

static int is_text(struct mld_tape_reader *reader, const char *text, size_t length)
{
    const char *nul = memchr(text, '\0', length);
    size_t valid = mld_utf8_check(text, length);
    if (nul)
        tell_bytes(reader, text, (size_t)(nul - text), "a NUL byte: this is no text file (a spreadsheet saves as CSV UTF-8)");
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

enum mld_status mld_tape_parse(const char *text, size_t length, const char *name, struct mld_plan *plan, struct mld_messages *messages)
{
    struct mld_tape_reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return MLD_ERR_MEMORY;
    reader->name = name;
    reader->plan = plan;
    reader->tape = &plan->model.tape;
    reader->messages = messages;
    reader->no_memory = !mld_tape_start_terms(reader);
    if (!reader->no_memory && is_text(reader, text, length)) {
        mld_csv_init(&reader->csv, text, length);
        read_rows(reader);
    }
    tell_rest(reader);
    enum mld_status status = reader->no_memory || reader->csv.no_memory ? MLD_ERR_MEMORY : reader->mistakes ? MLD_ERR_INPUT : MLD_OK;
    reader_clear(reader);
    return status;
}

enum mld_status mld_tape_read(const char *path, char **text, size_t *length, struct mld_messages *messages)
{
    struct mld_file_identity identity;
    enum mld_status status = mld_file_read(path, MLD_TAPE_BYTES, text, length, &identity, messages);
    if (status != MLD_OK || !mld_text_to_utf8(text, length))
        return status;
    free(*text);
    *text = NULL;
    return MLD_ERR_MEMORY;
}

enum mld_status mld_tape_load(const char *path, struct mld_plan *plan, struct mld_messages *messages)
{
    char *text = NULL;
    size_t length = 0;
    enum mld_status status = mld_tape_read(path, &text, &length, messages);
    if (status == MLD_OK)
        status = mld_tape_parse(text, length, path, plan, messages);
    free(text);
    return status;
}
