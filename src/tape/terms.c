/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a deal of a tape overrides: parameters of its instrument, its resolution, the credit class
 * of its issuer. */
#include "tape/reader.h"

#include "core/hash.h"
#include "core/text.h"
#include "params/range.h"
#include "params/rows.h"
#include "tape/typed.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- cells ---- */

int mld_tape_number(struct mld_tape_reader *reader, int cell, const struct mld_param *row,
                    double *value)
{
    const char *text = mld_csv_text(&reader->csv, cell), *key = reader->column[cell].name, *problem;
    struct mld_tape_place place = mld_tape_cell_place(reader, cell);
    char why[200], shown[MLD_TAPE_SHOWN];
    if (isinf(row->max) && !strcmp(text, "none")) {
        *value = INFINITY;
        return 1;
    }
    double number = mld_typed_number(text, !strcmp(row->unit, "EUR"), &problem);
    if (problem)
        mld_tape_mistake(reader, place, "%s = \"%s\": %s", key,
                         mld_text_shown(shown, sizeof shown, text), problem);
    else if (mld_range_problem(row, number, why, sizeof why))
        mld_tape_mistake(reader, place, "%s%s", key, why);
    else {
        *value = number;
        return 1;
    }
    return 0;
}

/* Index of a choice, or -1 after a message. */
static int read_choice(struct mld_tape_reader *reader, int cell, const struct mld_param *row)
{
    const char *choices = row->kind == MLD_BOOL ? "false|true" : row->choices;
    char plain[MLD_TAPE_PLAIN], shown[MLD_TAPE_SHOWN];
    const char *text = mld_tape_plain(reader, cell, plain);
    int index = mld_choice_index(choices, text);
    if (index < 0)
        mld_tape_mistake(reader, mld_tape_cell_place(reader, cell),
                         "%s = \"%s\": one of \"%s\" is expected", reader->column[cell].name,
                         mld_text_shown(shown, sizeof shown, text), choices);
    return index;
}

/* A cell into the member of a struct that its row describes. */
static void override(struct mld_tape_reader *reader, int cell, const struct mld_param *row,
                     void *into)
{
    char *at = (char *)into + row->offset;
    double value;
    if (row->kind == MLD_REAL)
        mld_tape_number(reader, cell, row, (double *)at);
    else if (row->kind == MLD_CHOICE || row->kind == MLD_BOOL)
        *(int *)at = read_choice(reader, cell, row);
    else if (mld_tape_number(reader, cell, row, &value))
        *(int *)at = (int)value;
}

void mld_tape_read_rating(struct mld_tape_reader *reader)
{
    int cell = reader->rating_cell;
    reader->rating = cell >= 0 && reader->csv.cell[cell].length
                         ? read_choice(reader, cell, reader->column[cell].rating)
                         : -1;
}

/* ---- the one resolution of a deal ---- */

/*
 * What the cells left empty mean: the scenario's, where the instrument has one resolution; else, as
 * in a scenario, the default of the key, and no mean.
 */
static void start_resolution(const struct mld_terms *terms, struct mld_resolution *one)
{
    memset(one, 0, sizeof *one); /* its padding too: equal terms are equal bytes */
    if (terms->n_resolutions == 1) {
        memcpy(one, &terms->resolution[0], sizeof *one);
        return;
    }
    strcpy(one->name, "tape");
    one->recovery_mean = NAN;
    for (const struct mld_param *row = mld_tape_resolutions(); row->key; row++)
        if (row->flags & MLD_TAPE && !(row->flags & MLD_REQUIRED))
            memcpy((char *)one + row->offset, &row->fallback, sizeof row->fallback);
}

static void override_resolution(struct mld_tape_reader *reader, int given, struct mld_terms *terms,
                                int instrument)
{
    struct mld_resolution one;
    start_resolution(terms, &one);
    for (int cell = 0; cell < reader->n_columns; cell++)
        if (reader->column[cell].resolution && reader->csv.cell[cell].length)
            override(reader, cell, reader->column[cell].resolution, &one);
    if (isnan(one.recovery_mean))
        mld_tape_mistake(
            reader, mld_tape_cell_place(reader, given),
            "%s without recovery_mean: the deal's own resolution takes the place of the %d of %s",
            reader->column[given].name, terms->n_resolutions, mld_instruments[instrument]->name);
    one.probability = 1;
    memset(terms->resolution, 0, sizeof terms->resolution);
    memcpy(&terms->resolution[0], &one, sizeof one);
    terms->n_resolutions = 1;
}

/* ---- terms ---- */

/* Of the bytes of terms, whose padding is zero as they are copies of a model's. */
static uint64_t bytes_hash(const struct mld_terms *terms)
{
    const unsigned char *byte = (const unsigned char *)terms;
    uint64_t hash = MLD_HASH_OF_NOTHING;
    for (size_t i = 0; i < sizeof *terms; i++)
        hash = mld_hash_add(hash, byte[i]);
    return hash;
}
static uint64_t terms_hash(const void *model, uint32_t i)
{
    return bytes_hash(&((const struct mld_model *)model)->terms[i]);
}
static int same_terms(const void *model, uint32_t i, const void *terms)
{
    return !memcmp(&((const struct mld_model *)model)->terms[i], terms, sizeof(struct mld_terms));
}

/* Index of equal terms among those known, or of new ones that pass the instrument's checks. */
static int terms_index(struct mld_tape_reader *reader, int instrument,
                       const struct mld_terms *terms)
{
    struct mld_model *model = reader->model;
    uint64_t hash = bytes_hash(terms);
    char where[4096];
    if (!memcmp(terms, &model->instrument_terms[instrument], sizeof *terms))
        return instrument;
    int index = mld_finder_find(&reader->terms, hash, same_terms, model, terms);
    if (index >= 0)
        return index;
    snprintf(where, sizeof where, "%s:%d", reader->name, reader->csv.line);
    /* Wrong terms of the scenario itself are told once, not again for each deal. */
    if (reader->terms_right[instrument])
        reader->mistakes += mld_instruments[instrument]->check(
            terms, where, reader->mistakes < MLD_TAPE_TOLD ? reader->messages : NULL);
    model->terms = mld_tape_room(reader, model->terms, model->n_terms, &reader->terms_capacity,
                                 sizeof *terms);
    if (reader->no_memory)
        return instrument;
    memcpy(&model->terms[model->n_terms], terms, sizeof *terms);
    reader->no_memory |= mld_finder_add(&reader->terms, hash, (uint32_t)model->n_terms, terms_hash,
                                        model) != 0;
    return model->n_terms++;
}

int mld_tape_start_terms(struct mld_tape_reader *reader)
{
    struct mld_model *model = reader->model;
    reader->terms_capacity = 2 * MLD_INSTRUMENTS;
    model->terms = calloc((size_t)reader->terms_capacity, sizeof *model->terms);
    if (model->terms)
        memcpy(model->terms, model->instrument_terms, sizeof model->instrument_terms);
    model->n_terms = model->terms ? MLD_INSTRUMENTS : 0;
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        reader->terms_right[i] = model->has_instrument[i] && mld_instruments[i]->check &&
                                 !mld_instruments[i]->check(&model->instrument_terms[i], NULL,
                                                            NULL);
    return model->terms != NULL;
}

/* A filled cell that belongs to no column of the deal's instrument. */
static void tell_misplaced(struct mld_tape_reader *reader, int cell, int instrument)
{
    const char *name = reader->column[cell].name;
    if (!*name)
        mld_tape_mistake(reader, mld_tape_cell_place(reader, cell),
                         "a value stands in a column without a name");
    else
        mld_tape_mistake(reader, mld_tape_cell_place(reader, cell), "%s is no parameter of %s",
                         name, mld_instruments[instrument]->name);
}

void mld_tape_read_terms(struct mld_tape_reader *reader, struct mld_tape_deal *deal)
{
    struct mld_terms terms;
    int instrument = deal->instrument, overridden = 0, resolution = -1, before = reader->mistakes;
    memcpy(&terms, &reader->model->instrument_terms[instrument], sizeof terms);
    for (int cell = 0; cell < reader->n_columns; cell++) {
        const struct mld_tape_column *column = &reader->column[cell];
        if (!reader->csv.cell[cell].length || column->known >= 0 || column->is_note ||
            column->rating)
            continue;
        overridden = 1;
        if (column->term[instrument])
            override(reader, cell, column->term[instrument], &terms);
        else if (column->resolution)
            resolution = resolution < 0 ? cell : resolution;
        else
            tell_misplaced(reader, cell, instrument);
    }
    if (resolution >= 0)
        override_resolution(reader, resolution, &terms, instrument);
    deal->terms = instrument;
    if (overridden && reader->mistakes == before)
        deal->terms = terms_index(reader, instrument, &terms);
}
