/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Sorting of doubles, private to src/measure. */
#ifndef MILLIARD_MEASURE_SORT_H
#define MILLIARD_MEASURE_SORT_H

#include <stddef.h>

/** Sorts n doubles, none NaN, ascending, by radix; `spare` holds n more. −0 comes before 0. */
void mld_sort(size_t n, double *value, double *spare);

/** What lies a part of the way from one number to the next above: the lower one beside infinity. */
double mld_between(double part, double below, double above);

/** Type 7 quantile of n ≥ 1 sorted values. */
double mld_sorted_quantile(size_t n, const double *sorted, double level);

#endif
