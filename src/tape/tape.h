/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * From the text of a deal tape to the deals, issuers and terms of a model. The only CSV parser of
 * the project.
 */
#ifndef MILLIARD_TAPE_TAPE_H
#define MILLIARD_TAPE_TAPE_H

#include "milliard/model.h"
#include "milliard/status.h"
#include "milliard/warning.h"

/** Reads a tape's file whole, as UTF-8 with a final NUL. *text on the heap. Fails: FILE, MEMORY. */
enum mld_status mld_tape_read(const char *path, char **text, size_t *length,
                              struct mld_messages *messages);

/** A tape's text, and what stands for its path in messages. */
struct mld_tape_text {
    const char *text;
    size_t length;
    const char *name;
};

/**
 * Fills `tape` and `terms` of a model of which grid, factors, forms and instruments are read.
 * `investment_periods`: those in which deals may lie; 0: all. What is read and hardly means it is
 * added to `warnings`. Fails: INPUT, MEMORY.
 */
enum mld_status mld_tape_parse(const struct mld_tape_text *text, int investment_periods,
                               struct mld_model *model, struct mld_warnings *warnings,
                               struct mld_messages *messages);

#endif
