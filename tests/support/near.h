/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Closeness of doubles. cmocka's assert_float_equal() compares floats, 7 digits whatever tolerance
 * it is given.
 */
#ifndef TEST_SUPPORT_NEAR_H
#define TEST_SUPPORT_NEAR_H

#include <math.h>

#define assert_near(a, b, tolerance) assert_true(fabs((double)(a) - (double)(b)) <= (tolerance))

#endif
