/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The numbers at some ranks of a column too long to sort, exactly: private to src/measure.
 *
 * The column is read a few times. The first read counts numbers by the leading bits of their keys
 * (measure/key.h); each further one counts those that share the bits read so far with a wanted rank
 * by the next bits at which they differ. As soon as these are few, a last read gathers and sorts
 * them; numbers that are all the same (an atom) are known without. Counts are integers: the order
 * of the numbers does not matter.
 */
#ifndef MILLIARD_MEASURE_SELECTION_H
#define MILLIARD_MEASURE_SELECTION_H

#include <stddef.h>

#include "milliard/status.h"

struct mld_selection;

/**
 * For a column of n < 2³² values, NaN among them, of which at most `ranks` ranks will be wanted.
 * NULL when there is no memory.
 */
struct mld_selection *mld_selection_create(size_t n, size_t ranks);
void mld_selection_free(struct mld_selection *selection);

/** The next n numbers of a read, none NaN. Every read feeds the same numbers. */
void mld_selection_feed(struct mld_selection *selection, size_t n, const double *value);

/** After the first read: the number of this rank, from 0 below the count of numbers. */
void mld_selection_want(struct mld_selection *selection, size_t rank);

/**
 * After the first read, instead of asking for each: the `tail` ≥ 1 smallest numbers, or largest,
 * and the next one, which there has to be. They are all gathered: 2 `tail` doubles.
 */
void mld_selection_want_tail(struct mld_selection *selection, size_t tail, int largest);

/** Ends a read. MLD_OK, or MLD_ERR_MEMORY. */
enum mld_status mld_selection_turn(struct mld_selection *selection);

/** 1 when no further read is needed. */
int mld_selection_is_done(const struct mld_selection *selection);

/** When done: the number at a rank that was wanted. */
double mld_selection_at(const struct mld_selection *selection, size_t rank);

#endif
