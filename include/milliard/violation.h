/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * An identity of the model (section 10) that a path breaks: a defect of the program, never the
 * user's fault.
 */
#ifndef MILLIARD_VIOLATION_H
#define MILLIARD_VIOLATION_H

#include <stdint.h>

#include "milliard/language.h"

MLD_BEGIN_DECLARATIONS

/**
 * The first of a batch: lowest path, and of it the earliest period; `what` is NULL when there is
 * none.
 */
struct mld_violation {
    const char *what; /**< the identity, as a sentence; a constant */
    uint32_t path;
    int period, design; /**< design: its place among those of the plan */
    double amount;      /**< by how much, EUR */
};

/** Keeps `found` in `kept` when it comes before what is there. */
static inline void mld_violation_keep(struct mld_violation *kept, struct mld_violation found)
{
    if (found.what && (!kept->what || found.path < kept->path))
        *kept = found;
}

MLD_END_DECLARATIONS

#endif
