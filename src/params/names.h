/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Names near other names. */
#ifndef MILLIARD_PARAMS_NAMES_H
#define MILLIARD_PARAMS_NAMES_H

#include <stddef.h>

/**
 * Edits (insertions, deletions, replacements, swaps of neighbours) from `a` to `b`; at most 63
 * bytes of each are compared.
 */
int mld_name_distance(const char *a, const char *b);
/**
 * Nearest of `count` names, `name_at(context, i)`, or NULL when none is near (more than a third of
 * it differs).
 */
const char *mld_name_nearest(const char *name, int count, const char *(*name_at)(const void *, int),
                             const void *context);

#endif
