/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Keys and names by the French words that users know them by: those of the French sentences of the
 * tables.
 */
#ifndef MILLIARD_PARAMS_FRENCH_H
#define MILLIARD_PARAMS_FRENCH_H

#include <stddef.h>

/** One that may be meant: its name and what French says of it. */
struct mld_candidate {
    const char *name, *french;
};

/**
 * "hurdle", "bond or convertible": the candidates, three at most, whose sentences hold most of the
 * words of `wanted` ("frais_gestion"), at least half of them, and hold them first. NULL when there
 * is none, or too many.
 */
const char *mld_french_names(char *names, size_t size, const char *wanted, int count,
                             struct mld_candidate (*candidate)(const void *, int),
                             const void *context);

#endif
