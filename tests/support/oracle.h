/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What a test compared with a reference, for docs/trust.md: tools/trust.py reads these lines from
 * the output of the tests.
 *
 *     double largest = 0;
 *     for (...) { assert_near(got, exact, 1e-9); widen(&largest, got - exact); }
 *     oracle("Annuities", "closed form", "1e-9 EUR", "largest deviation %.1e EUR", largest);
 *
 * One call for each reference, at the end of its test, once every assertion has passed. No `|` in
 * the texts.
 */
#ifndef TEST_SUPPORT_ORACLE_H
#define TEST_SUPPORT_ORACLE_H

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

/** Prints `oracle: NAME | SOURCE | TOLERANCE | RESULT`, the result in the manner of printf. */
__attribute__((format(printf, 4, 5))) static inline void oracle(
    const char *name, const char *source, const char *tolerance, const char *result, ...)
{
    va_list arguments;
    va_start(arguments, result);
    /* cmocka may have left a line open */
    printf("\noracle: %s | %s | %s | ", name, source, tolerance);
    vprintf(result, arguments);
    printf("\n");
    fflush(stdout);
    va_end(arguments);
}

/** The largest of the deviations met so far; NaN once one was. */
static inline void widen(double *largest, double deviation)
{
    if (!(fabs(deviation) <= *largest) && !isnan(*largest))
        *largest = fabs(deviation);
}

#endif
