/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What a path cannot do without, at this machine's own rates. */
#ifndef MILLIARD_BENCH_LIMIT_H
#define MILLIARD_BENCH_LIMIT_H

#include "milliard/milliard.h"

/** Seconds of processor time of this process. */
double mld_bench_now(void);

/**
 * Prints, on one thread, what a draw, a normal, an exponential, a hazard and a byte of memory cost
 * here, how many of each a path of the plan needs, and the sum: what no layout of deals can save.
 * Gives 1 when there is no memory for that.
 */
int mld_bench_limit(const struct mld_plan *plan);

#endif
