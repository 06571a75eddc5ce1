/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Doubles as integers in the same order, private to src/measure. −0 comes before 0, infinities at
 * the ends; a NaN lies beyond them: that with all its bits set, and only that, has the key 0 or
 * 2⁶⁴ − 1.
 */
#ifndef MILLIARD_MEASURE_KEY_H
#define MILLIARD_MEASURE_KEY_H

#include <stdint.h>
#include <string.h>

#define MLD_KEY_SIGN (UINT64_C(1) << 63)

/** Negative numbers reversed, the others above them; without a branch, signs being as they come. */
static inline uint64_t mld_key_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits ^ ((0 - (bits >> 63)) | MLD_KEY_SIGN);
}

static inline double mld_value_of(uint64_t key)
{
    uint64_t bits = key & MLD_KEY_SIGN ? key & ~MLD_KEY_SIGN : ~key;
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

#endif
