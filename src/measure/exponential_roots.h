/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Real roots of sums of exponentials (private): what an equation of internal rates of return is.
 */
#ifndef MILLIARD_MEASURE_EXPONENTIAL_ROOTS_H
#define MILLIARD_MEASURE_EXPONENTIAL_ROOTS_H

#include "milliard/limits.h"

/**
 * Distinct real roots s of Σ coefficient[i] e^(s exponent[i]), in increasing order.
 *
 * Given: n ≤ MLD_MAX_PERIODS terms, exponents strictly increasing, no coefficient 0.
 * Gives: their number, root[0 … number−1] and whether the sum rises through 0 at each, both with
 * room for n. Roots that rounding cannot tell apart (some 1e-6 times the span of exponents) count
 * as one, a double root as one.
 * Source: the proof of Descartes' rule of signs by Rolle's theorem (see the .c file).
 */
int mld_exponential_roots(int n, const double *exponent, const double *coefficient, double *root,
                          int *rises);

#endif
