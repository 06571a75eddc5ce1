/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Warnings: what a scenario or a tape may say and yet hardly means. The run goes on, and who reads
 * its results is told too: a plan keeps them, the results file bears them. Each kind is a row of
 * mld_warning_kinds.
 */
#ifndef MILLIARD_WARNING_H
#define MILLIARD_WARNING_H

#include <stddef.h>

#include "milliard/language.h"

MLD_BEGIN_DECLARATIONS

enum mld_warning_id {
    MLD_WARN_UNIT,    /**< values: the amount, the same in the likely unit */
    MLD_WARN_TICKETS, /**< mean, min, max */
    /* volume, its part of the commitments, commitments, the volume that they bear */
    MLD_WARN_UNUSED_COMMITMENTS,
    /* volume of the candidates, what the commitments bear once, what may be invested in all */
    MLD_WARN_CANDIDATES,
    MLD_WARN_QUOTA,        /**< what counts for it, what is asked */
    MLD_WARN_LOANS,        /**< part of the volume, the limit */
    MLD_WARN_LARGE_ISSUER, /**< name, cost, part of the commitments, the limit */
    /* largest ticket, part of the commitments, the limit, the largest within it */
    MLD_WARN_LARGE_TICKET,
    /* an issuer's name, one that differs by case, accents, spaces or punctuation only */
    MLD_WARN_SIMILAR_ISSUERS,
    MLD_WARN_PUBLIC_SHARE, /**< no values */
    MLD_WARN_BORROWING,    /**< most that the line lends, its part of the commitments */
    MLD_WARN_WAITING,      /**< share of paths on which a deal waits, mean wait in years */
    MLD_WARN_SENSITIVITY,  /**< why a judgement cannot be run, a text */
    MLD_WARNINGS
};

/**
 * A kind of warning. In its texts {k} is the key, {n1} the first value as a scenario writes it,
 * {m1} as money (80,0 M€), {s1} as a share (20 %), {t1} as a text; {n2} … the second.
 */
struct mld_warning_kind {
    const char *id;                  /**< of the kind, in JSON and in the results file */
    const char *text_en, *text_fr;   /**< what was found: one sentence */
    const char *meant_en, *meant_fr; /**< what was probably meant: one sentence */
};
extern const struct mld_warning_kind mld_warning_kinds[MLD_WARNINGS];

struct mld_warning_value {
    double number;
    const char *text;
};

/** A warning as it is read. Its texts but `id` are owned by whoever holds it. */
struct mld_warning {
    const char *id;
    char *key;
    char *where; /**< "file:line", "--set", or "" */
    char *text_en, *text_fr, *meant_en, *meant_fr;
};

/** The warnings of a plan, in the order they were found. */
struct mld_warnings {
    struct mld_warning *item;
    size_t count, capacity;
    /* of each kind; the last of those kept says how many more there are */
    size_t found[MLD_WARNINGS];
    int lost; /**< some could not be kept for lack of memory */
};
/**
 * Most of one kind that are kept one by one: a column in thousands of euros is one mistake, not
 * 50,000.
 */
enum { MLD_WARNINGS_KEPT = 10 };

/**
 * Adds one; `where` may be NULL, and every text is copied. `value`: as many as the texts of its
 * kind name.
 */
void mld_warn(struct mld_warnings *warnings, enum mld_warning_id kind, const char *where,
              const char *key, const struct mld_warning_value *value);
void mld_warnings_clear(struct mld_warnings *warnings);

MLD_END_DECLARATIONS

#endif
