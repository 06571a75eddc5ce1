/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The deal tape (model, section 6): the deals of a fund one by one, from a CSV file that a scenario
 * names.
 */
#ifndef MILLIARD_TAPE_H
#define MILLIARD_TAPE_H

#include <stddef.h>
#include <stdint.h>

#include "milliard/language.h"
#include "milliard/limits.h"
#include "milliard/params.h"

MLD_BEGIN_DECLARATIONS

/** One deal of a tape, resolved. */
struct mld_tape_deal {
    char name[MLD_MAX_NAME], issuer_name[MLD_MAX_NAME];
    /* terms: index in the model's terms */
    int instrument, form, sector, period, issuer, terms, line;
    double amount;
    size_t note; /**< of its own columns, in the tape's `note` */
    uint64_t entity;
};
struct mld_tape_issuer {
    char name[MLD_MAX_NAME];
    int form, sector, first_period, terms; /**< terms: of its first deal */
    /* credit class, enum mld_rating; the line that gives it */
    int rating, rating_line;
    uint64_t entity;
};

/**
 * A tape. Owner: the model. Deals in file order; issuers in order of their first appearance. Names
 * are in plain form: one space for spaces of any kind, nothing that hides, accents composed. Notes
 * are the columns that are the user's own.
 */
struct mld_tape {
    char path[MLD_MAX_TEXT];
    int n_deals, n_issuers, n_notes;
    struct mld_tape_deal *deal;
    struct mld_tape_issuer *issuer;
    char (*note_name)[MLD_MAX_NAME]; /**< "#comment" */
    /* cells, deal after deal, each ended by a NUL */
    char *note;
};
/** The cell of a deal in one of the user's own columns. */
const char *mld_tape_note(const struct mld_tape *tape, int deal, int note);
void mld_tape_clear(struct mld_tape *tape);

/**
 * Columns every tape has; any row of an instrument flagged MLD_TAPE may be a further one. `offset`
 * is unused.
 */
extern const struct mld_param mld_tape_columns[];

MLD_END_DECLARATIONS

#endif
