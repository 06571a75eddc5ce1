/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A tape being read, for the files that share the work: tape.c its rows, columns.c its first row,
 * terms.c what a deal overrides, issuers.c its issuers.
 */
#ifndef MILLIARD_TAPE_READER_H
#define MILLIARD_TAPE_READER_H

#include "core/finder.h"
#include "tape/csv.h"
#include "tape/tape.h"

/** Mistakes told one by one; bytes of a cell shown in one of them. */
enum { MLD_TAPE_TOLD = 50, MLD_TAPE_SHOWN = 64 };

/** Columns every tape has, the rows of mld_tape_columns. */
enum mld_tape_known {
    MLD_TAPE_DEAL,
    MLD_TAPE_ISSUER,
    MLD_TAPE_INSTRUMENT,
    MLD_TAPE_FORM,
    MLD_TAPE_SECTOR,
    MLD_TAPE_DATE,
    MLD_TAPE_AMOUNT,
    MLD_TAPE_KNOWN
};

/** What a column holds. */
struct mld_tape_column {
    char name[MLD_MAX_NAME];
    int known;                                     /**< enum mld_tape_known, or -1 */
    int is_note;                                   /**< the user's own: its name begins with # */
    const struct mld_param *rating;                /**< the issuer's credit class */
    const struct mld_param *resolution;            /**< of the only one the deal then has */
    const struct mld_param *term[MLD_INSTRUMENTS]; /**< of the instruments that have such a term */
};

struct mld_tape_reader {
    struct mld_csv csv;
    const char *name;
    struct mld_model *model;
    struct mld_tape *tape;  /**< of the model */
    int investment_periods; /**< 0: a deal may lie in any */
    struct mld_warnings *warnings;
    struct mld_messages *messages;
    int mistakes, no_memory;
    int n_columns, place[MLD_TAPE_KNOWN]; /* cell of each known column, or -1 */
    struct mld_tape_column column[MLD_CSV_COLUMNS];
    int rating_cell, rating;          /* of the row being read; -1 for none, for empty */
    int terms_right[MLD_INSTRUMENTS]; /* the scenario's terms pass the checks */
    int deal_capacity, issuer_capacity, terms_capacity, likeness_capacity;
    size_t note_used, note_capacity;
    uint64_t *likeness; /* of each issuer's name */
    struct mld_finder deals, issuers, terms, alike;
};

/* ---- tape.c ---- */

/** Line and column of a character, from 1. */
struct mld_tape_place {
    int line, column;
};
struct mld_tape_place mld_tape_row_place(const struct mld_tape_reader *reader);
struct mld_tape_place mld_tape_cell_place(const struct mld_tape_reader *reader, int cell);
/** Tells a mistake, the first MLD_TAPE_TOLD of them. */
void mld_tape_mistake(struct mld_tape_reader *reader, struct mld_tape_place place,
                      const char *format, ...) __attribute__((format(printf, 3, 4)));
/** Room for one more item of an array, whose address may change; sets no_memory. */
void *mld_tape_room(struct mld_tape_reader *reader, void *items, int count, int *capacity,
                    size_t size);
/** A cell's text in plain form (mld_name_plain), in `out`; as it is when too long for that. */
enum { MLD_TAPE_PLAIN = 1100 };
const char *mld_tape_plain(const struct mld_tape_reader *reader, int cell,
                           char out[MLD_TAPE_PLAIN]);

/* ---- columns.c ---- */

/** Reads the names of the columns; tells what is unknown, missing or given twice. */
void mld_tape_read_head(struct mld_tape_reader *reader);
/** The rows of a resolution, those flagged MLD_TAPE may be columns. */
const struct mld_param *mld_tape_resolutions(void);

/* ---- terms.c ---- */

/** A number in its row's range; 0 after a message. */
int mld_tape_number(struct mld_tape_reader *reader, int cell, const struct mld_param *row,
                    double *value);
/** The scenario's terms as the model's first; 0 when memory is short. */
int mld_tape_start_terms(struct mld_tape_reader *reader);
/** deal->terms: the scenario's, or those of the row. */
void mld_tape_read_terms(struct mld_tape_reader *reader, struct mld_tape_deal *deal);
/** reader->rating of the row. */
void mld_tape_read_rating(struct mld_tape_reader *reader);

/* ---- issuers.c ---- */

/** The address of the draws of "deal" or "issuer" of that name. */
uint64_t mld_tape_entity(const char *kind, const char *name);
/** deal->issuer: of an earlier row, with which it has to agree, or a new one. */
void mld_tape_find_issuer(struct mld_tape_reader *reader, struct mld_tape_deal *deal);
/** Once every row is read: ratings not given are those of the legal forms. */
void mld_tape_finish_issuers(struct mld_tape_reader *reader);

#endif
