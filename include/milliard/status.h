/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Status codes and messages.
 *
 * Three tiers. The user's fault: a status and one message per mistake, collected in a
 * `struct mld_messages` so that every mistake of a scenario is told at once. The machine's
 * fault (memory, disk): a status and the path. Ours: assert().
 */
#ifndef MILLIARD_STATUS_H
#define MILLIARD_STATUS_H

#include <stddef.h>

#include "milliard/language.h"

MLD_BEGIN_DECLARATIONS

enum mld_status {
    MLD_OK = 0,
    /* the command line is wrong                           (exit code 2) */
    MLD_ERR_USAGE = 2,
    /* scenario, tape or --set: the user's mistake          (exit code 3) */
    MLD_ERR_INPUT = 3,
    /* a file cannot be read or written, disk full          (exit code 4) */
    MLD_ERR_FILE = 4,
    /* a results file is foreign, truncated or of another version (exit code 5) */
    MLD_ERR_FORMAT = 5,
    /* an allocation failed                                 (exit code 6) */
    MLD_ERR_MEMORY = 6,
    MLD_ERR_CONSERVATION =
        7, /**< money was not conserved: our fault, the run stops    (exit code 7) */
    /* a target, of a statistic or of its error, is not reached (exit code 8) */
    MLD_NOT_REACHED = 8,
    /* Ctrl-C, SIGTERM, SIGHUP …; a valid shorter file is kept (exit code 130) */
    MLD_INTERRUPTED = 130
};

/** The messages of one operation, in order. Owner: the caller, with mld_messages_clear(). */
struct mld_messages {
    char **text; /**< count strings, owned */
    size_t count;
    size_t capacity;
    int lost; /**< messages that could not be kept for lack of memory */
};

/** None yet; asks for no memory. */
void mld_messages_init(struct mld_messages *messages);
/** Frees the texts, and leaves none. */
void mld_messages_clear(struct mld_messages *messages);

/**
 * Appends one formatted message, control characters of what users gave as escapes. `messages` may
 * be NULL: the message is dropped.
 */
void mld_messages_add(struct mld_messages *messages, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** One short English sentence for a status, never NULL. */
const char *mld_status_text(enum mld_status status);

MLD_END_DECLARATIONS

#endif
