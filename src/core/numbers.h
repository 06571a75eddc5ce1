/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Small arithmetic that kernels share: choices that a compiler turns into masks. */
#ifndef MILLIARD_CORE_NUMBERS_H
#define MILLIARD_CORE_NUMBERS_H

/** Half of a 95 % interval of a normal law, in standard errors. */
static const double MLD_HALF_INTERVAL = 1.96;

/** Rows of 8 doubles end on cache lines. */
static inline int mld_padded(int n) { return (n + 7) / 8 * 8; }

static inline double mld_least(double a, double b) { return a < b ? a : b; }
static inline double mld_positive(double a) { return a > 0.0 ? a : 0.0; }

#endif
