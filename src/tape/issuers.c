/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The issuers of a tape, by their names, and those whose names look alike. */
#include "tape/reader.h"

#include "core/text.h"
#include "milliard/draws.h"
#include "params/range.h"

#include <stdio.h>
#include <string.h>

uint64_t mld_tape_entity(const char *kind, const char *name)
{
    char text[MLD_MAX_NAME + 8];
    snprintf(text, sizeof text, "%s:%s", kind, name);
    return mld_entity_named(text);
}

/* ---- names that look alike ---- */

static uint64_t likeness_of(const void *reader, uint32_t i)
{
    return ((const struct mld_tape_reader *)reader)->likeness[i];
}

/* Hashes of 64 bits stand for the names: for a warning that is enough. */
static int looks_same(const void *reader, uint32_t i, const void *likeness)
{
    return ((const struct mld_tape_reader *)reader)->likeness[i] == *(const uint64_t *)likeness;
}

static void warn_alike(struct mld_tape_reader *reader, int twin, int issuer)
{
    struct mld_tape_issuer *all = reader->tape->issuer;
    const struct mld_warning_value value[] = { { .text = all[twin].name },
                                               { .text = all[issuer].name } };
    char where[MLD_MAX_TEXT + 32];
    struct mld_tape_place place = mld_tape_cell_place(reader, reader->place[MLD_TAPE_ISSUER]);
    snprintf(where, sizeof where, "%.*s:%d:%d", MLD_MAX_TEXT, reader->name, place.line,
             place.column);
    mld_warn(reader->warnings, MLD_WARN_SIMILAR_ISSUERS, where, "issuer", value);
}

/* Of issuers that look alike the first is remembered, and each other is held against it. */
static void compare_names(struct mld_tape_reader *reader, int issuer)
{
    uint64_t likeness = mld_name_likeness(reader->tape->issuer[issuer].name);
    reader->likeness = mld_tape_room(reader, reader->likeness, issuer, &reader->likeness_capacity,
                                     sizeof *reader->likeness);
    if (reader->no_memory)
        return;
    reader->likeness[issuer] = likeness;
    int twin = likeness ? mld_finder_find(&reader->alike, likeness, looks_same, reader, &likeness)
                        : -1;
    if (twin >= 0)
        warn_alike(reader, twin, issuer);
    else if (likeness)
        reader->no_memory |= mld_finder_add(&reader->alike, likeness, (uint32_t)issuer, likeness_of,
                                            reader) != 0;
}

/* ---- issuers ---- */

static uint64_t issuer_hash(const void *tape, uint32_t i)
{
    return ((const struct mld_tape *)tape)->issuer[i].entity;
}
static int same_issuer(const void *tape, uint32_t i, const void *deal)
{
    return !strcmp(((const struct mld_tape *)tape)->issuer[i].name,
                   ((const struct mld_tape_deal *)deal)->issuer_name);
}

static void add_issuer(struct mld_tape_reader *reader, struct mld_tape_deal *deal, uint64_t entity)
{
    struct mld_tape *tape = reader->tape;
    tape->issuer = mld_tape_room(reader, tape->issuer, tape->n_issuers, &reader->issuer_capacity,
                                 sizeof *tape->issuer);
    if (reader->no_memory)
        return;
    struct mld_tape_issuer *issuer = &tape->issuer[tape->n_issuers];
    *issuer = (struct mld_tape_issuer){ .form = deal->form,
                                        .sector = deal->sector,
                                        .first_period = deal->period,
                                        .terms = deal->terms,
                                        .rating = reader->rating,
                                        .rating_line = reader->csv.line,
                                        .entity = entity };
    memcpy(issuer->name, deal->issuer_name, MLD_MAX_NAME);
    deal->issuer = tape->n_issuers++;
    reader->no_memory |= mld_finder_add(&reader->issuers, entity, (uint32_t)deal->issuer,
                                        issuer_hash, tape) != 0;
    compare_names(reader, deal->issuer);
}

static void join_rating(struct mld_tape_reader *reader, struct mld_tape_issuer *issuer)
{
    if (reader->rating < 0 || reader->rating == issuer->rating)
        return;
    if (issuer->rating < 0) {
        issuer->rating = reader->rating;
        issuer->rating_line = reader->csv.line;
        return;
    }
    const struct mld_param *row = reader->column[reader->rating_cell].rating;
    size_t length[2];
    const char *given = mld_choice_word(row->choices, reader->rating, &length[0]);
    const char *before = mld_choice_word(row->choices, issuer->rating, &length[1]);
    mld_tape_mistake(reader, mld_tape_cell_place(reader, reader->rating_cell),
                     "%s = \"%.*s\": issuer \"%s\" is \"%.*s\" on line %d", row->key,
                     (int)length[0], given, issuer->name, (int)length[1], before,
                     issuer->rating_line);
}

/* Deals of one issuer share form, sector and rating; its first deal, by period then by row, gives
 * its terms. */
static void join_issuer(struct mld_tape_reader *reader, struct mld_tape_deal *deal, int index)
{
    const struct mld_model *model = reader->model;
    struct mld_tape_issuer *issuer = &reader->tape->issuer[index];
    deal->issuer = index;
    if (issuer->form != deal->form)
        mld_tape_mistake(reader, mld_tape_cell_place(reader, reader->place[MLD_TAPE_FORM]),
                         "legal_form = \"%s\": issuer \"%s\" is \"%s\" in an earlier row",
                         model->form[deal->form].name, issuer->name,
                         model->form[issuer->form].name);
    if (issuer->sector != deal->sector)
        mld_tape_mistake(reader, mld_tape_cell_place(reader, reader->place[MLD_TAPE_SECTOR]),
                         "sector = \"%s\": issuer \"%s\" is in \"%s\" in an earlier row",
                         model->factors.sector[deal->sector], issuer->name,
                         model->factors.sector[issuer->sector]);
    join_rating(reader, issuer);
    if (deal->period < issuer->first_period) {
        issuer->first_period = deal->period;
        issuer->terms = deal->terms;
    }
}

void mld_tape_find_issuer(struct mld_tape_reader *reader, struct mld_tape_deal *deal)
{
    uint64_t entity = mld_tape_entity("issuer", deal->issuer_name);
    int index = mld_finder_find(&reader->issuers, entity, same_issuer, reader->tape, deal);
    if (index >= 0)
        join_issuer(reader, deal, index);
    else
        add_issuer(reader, deal, entity);
}

void mld_tape_finish_issuers(struct mld_tape_reader *reader)
{
    struct mld_tape *tape = reader->tape;
    for (int i = 0; i < tape->n_issuers; i++)
        if (tape->issuer[i].rating < 0)
            tape->issuer[i].rating = reader->model->form[tape->issuer[i].form].rating;
}
