/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first row of a tape: which column holds what. */
#include "tape/reader.h"

#include "core/text.h"
#include "params/names.h"
#include "params/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SOURCE .stage = MLD_STAGE_PORTFOLIO, .source = "model, section 6"
#define TEXT_COLUMN(name, range)                                                          \
    .key = name, .kind = MLD_TEXT, .unit = "", .capacity = MLD_MAX_NAME, .domain = range, \
    .flags = MLD_REQUIRED | MLD_TAPE, SOURCE

const struct mld_param mld_tape_columns[] = {
    [MLD_TAPE_DEAL] = { TEXT_COLUMN("deal", MLD_DOMAIN_NONE),
                        .doc_en = "Name of the deal, no other bears it.",
                        .doc_fr = "Nom du dossier, qu'aucun autre ne porte." },
    [MLD_TAPE_ISSUER] = { TEXT_COLUMN("issuer", MLD_DOMAIN_NONE),
                          .doc_en = "Name of its issuer; deals of one issuer default together.",
                          .doc_fr = "Nom de l'émetteur ; les dossiers d'un même émetteur font "
                                    "défaut ensemble." },
    [MLD_TAPE_INSTRUMENT] = { TEXT_COLUMN("instrument", MLD_DOMAIN_INSTRUMENT),
                              .doc_en = "One of the instruments.",
                              .doc_fr = "Un des instruments." },
    [MLD_TAPE_FORM] = { TEXT_COLUMN("legal_form", MLD_DOMAIN_FORM),
                        .doc_en = "One of the legal forms of the scenario.",
                        .doc_fr = "Une des formes juridiques du scénario." },
    [MLD_TAPE_SECTOR] = { TEXT_COLUMN("sector", MLD_DOMAIN_SECTOR),
                          .doc_en = "One of the sectors of the scenario.",
                          .doc_fr = "Un des secteurs du scénario." },
    [MLD_TAPE_DATE] = { .key = "date",
                        .kind = MLD_DATE,
                        .unit = "",
                        .flags = MLD_REQUIRED | MLD_TAPE,
                        SOURCE,
                        .doc_en = "Date of the investment, 2027-01-31 or 31/01/2027, from the "
                                  "first closing on.",
                        .doc_fr = "Date de l'investissement, 2027-01-31 ou 31/01/2027, à partir du "
                                  "premier closing." },
    [MLD_TAPE_AMOUNT] = { .key = "amount",
                          .kind = MLD_REAL,
                          .unit = "EUR",
                          .min = 1,
                          .max = 1e12,
                          .flags = MLD_REQUIRED | MLD_TAPE,
                          SOURCE,
                          .doc_en = "Amount invested.",
                          .doc_fr = "Montant investi." },
    [MLD_TAPE_KNOWN] = MLD_PARAM_END
};

/* The row of a table whose key it is and that a tape may give; NULL for none. */
static const struct mld_param *row_named(const struct mld_param *table, const char *key)
{
    const struct mld_param *row = mld_row_named((struct mld_rows){ .table = table }, key,
                                                strlen(key));
    return row && row->flags & MLD_TAPE ? row : NULL;
}

const struct mld_param *mld_tape_resolutions(void)
{
    return mld_row_named((struct mld_rows){ .table = mld_common_params }, "resolutions",
                         strlen("resolutions"))
        ->table;
}

/* ---- the nearest name ---- */

struct names {
    const char *key[256];
    int count;
};

static void add_names(struct names *names, const struct mld_param *table)
{
    for (; table->key && names->count < (int)(sizeof names->key / sizeof *names->key); table++)
        if (table->flags & MLD_TAPE)
            names->key[names->count++] = table->key;
}

static const char *name_at(const void *names, int i)
{
    return ((const struct names *)names)->key[i];
}

static const char *nearest_name(const char *key)
{
    struct names names = { .count = 0 };
    add_names(&names, mld_tape_columns);
    add_names(&names, mld_form_params);
    add_names(&names, mld_tape_resolutions());
    add_names(&names, mld_common_params);
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        add_names(&names, mld_instruments[i]->params);
    return mld_name_nearest(key, names.count, name_at, &names);
}

/* ---- one column ---- */

static int known_column(const char *key)
{
    for (int i = 0; i < MLD_TAPE_KNOWN; i++)
        if (!strcmp(key, mld_tape_columns[i].key))
            return i;
    return -1;
}

/* What a deal may give beside the columns every tape has; 0 when there is no such thing. */
static int find_rows(struct mld_tape_column *column, const char *key)
{
    int found = 0;
    column->rating = row_named(mld_form_params, key);
    column->resolution = row_named(mld_tape_resolutions(), key);
    for (int i = 0; i < MLD_INSTRUMENTS; i++) {
        const struct mld_param *common = row_named(mld_common_params, key);
        column->term[i] = common ? common : row_named(mld_instruments[i]->params, key);
        found += column->term[i] != NULL;
    }
    return found || column->rating || column->resolution;
}

/* A column of the user's own is kept as it is, for who reads the results. */
static void add_note(struct mld_tape_reader *reader, int cell, const char *name)
{
    struct mld_tape *tape = reader->tape;
    if (tape->n_notes == MLD_MAX_NOTES) {
        mld_tape_mistake(reader, mld_tape_cell_place(reader, cell),
                         "more than %d columns of your own", MLD_MAX_NOTES);
        return;
    }
    char(*larger)[MLD_MAX_NAME] = realloc(tape->note_name,
                                          ((size_t)tape->n_notes + 1) * sizeof *larger);
    if (!larger) {
        reader->no_memory = 1;
        return;
    }
    tape->note_name = larger;
    strcpy(tape->note_name[tape->n_notes++], name);
    reader->column[cell].is_note = 1;
}

static void tell_unknown(struct mld_tape_reader *reader, int cell, const char *key)
{
    const char *nearest = nearest_name(key);
    char shown[MLD_TAPE_SHOWN];
    mld_text_shown(shown, sizeof shown, key);
    if (nearest)
        mld_tape_mistake(reader, mld_tape_cell_place(reader, cell),
                         "column %s is unknown; did you mean %s?", shown, nearest);
    else
        mld_tape_mistake(reader, mld_tape_cell_place(reader, cell),
                         "column %s is unknown; a column of your own is named #%s", shown, shown);
}

static int is_given_twice(struct mld_tape_reader *reader, int cell)
{
    const char *name = reader->column[cell].name;
    for (int before = 0; *name && before < cell; before++)
        if (!strcmp(reader->column[before].name, name)) {
            mld_tape_mistake(reader, mld_tape_cell_place(reader, cell), "column %s is given twice",
                             name);
            return 1;
        }
    return 0;
}

static void read_column(struct mld_tape_reader *reader, int cell)
{
    struct mld_tape_column *column = &reader->column[cell];
    char plain[MLD_TAPE_PLAIN];
    const char *key = mld_tape_plain(reader, cell, plain);
    column->known = known_column(key);
    if (strlen(key) >= MLD_MAX_NAME) {
        mld_tape_mistake(reader, mld_tape_cell_place(reader, cell),
                         "the name of a column is %zu bytes long; at most %d are kept", strlen(key),
                         MLD_MAX_NAME - 1);
        return;
    }
    mld_text_shown(column->name, MLD_MAX_NAME, key);
    if (is_given_twice(reader, cell))
        return;
    if (column->known >= 0)
        reader->place[column->known] = cell;
    else if (*key == '#')
        add_note(reader, cell, column->name);
    else if (*key && !find_rows(column, key))
        tell_unknown(reader, cell, key);
    if (column->rating)
        reader->rating_cell = cell;
}

void mld_tape_read_head(struct mld_tape_reader *reader)
{
    reader->rating_cell = -1;
    for (int i = 0; i < MLD_TAPE_KNOWN; i++)
        reader->place[i] = -1;
    reader->n_columns = reader->csv.n_cells;
    for (int cell = 0; cell < reader->n_columns; cell++)
        read_column(reader, cell);
    for (int i = 0; i < MLD_TAPE_KNOWN; i++)
        if (reader->place[i] < 0)
            mld_tape_mistake(reader, mld_tape_row_place(reader), "column %s is missing",
                             mld_tape_columns[i].key);
}
