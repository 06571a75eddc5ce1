/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/sort.h"

#include <stdint.h>

#include "measure/key.h"

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, PASSES = 6 };

/* Keys take the place of the values they come from. */
typedef uint64_t __attribute__((may_alias)) sort_key;

static unsigned digit_of(uint64_t key, int pass)
{
    return (unsigned)(key >> (pass * DIGIT_BITS)) & (DIGITS - 1);
}

/* Keys in place of the values, and how often each digit stands at each place, in one pass. */
static void read_keys(size_t n, double *value, size_t count[PASSES][DIGITS])
{
    sort_key *key = (sort_key *)value;
    for (size_t i = 0; i < n; i++) {
        uint64_t mine = mld_key_of(value[i]);
        key[i] = mine;
        for (int pass = 0; pass < PASSES; pass++)
            count[pass][digit_of(mine, pass)]++;
    }
}

/* One stable distribution by one digit. Returns 0, moving nothing, when all share that digit. */
static int distribute(size_t n, const sort_key *from, sort_key *to, int pass, size_t start[DIGITS])
{
    if (start[digit_of(from[0], pass)] == n)
        return 0;
    size_t sum = 0;
    for (size_t d = 0; d < DIGITS; d++) {
        size_t count = start[d];
        start[d] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++)
        to[start[digit_of(from[i], pass)]++] = from[i];
    return 1;
}

static void insertion_sort(size_t n, double *value)
{
    for (size_t i = 1; i < n; i++) {
        double x = value[i];
        size_t j = i;
        for (; j > 0 && mld_key_of(value[j - 1]) > mld_key_of(x); j--)
            value[j] = value[j - 1];
        value[j] = x;
    }
}

static int all_equal(size_t n, const double *value)
{
    for (size_t i = 1; i < n; i++)
        if (mld_key_of(value[i]) != mld_key_of(value[0]))
            return 0;
    return 1;
}

void mld_sort(size_t n, double *value, double *spare)
{
    if (all_equal(n, value))
        return;
    if (n < 64) {
        insertion_sort(n, value);
        return;
    }
    size_t count[PASSES][DIGITS] = { { 0 } };
    sort_key *from = (sort_key *)value, *to = (sort_key *)spare;
    read_keys(n, value, count);
    for (int pass = 0; pass < PASSES; pass++)
        if (distribute(n, from, to, pass, count[pass])) {
            sort_key *swap = from;
            from = to;
            to = swap;
        }
    for (size_t i = 0; i < n; i++)
        value[i] = mld_value_of(from[i]);
}

double mld_between(double part, double below, double above)
{
    double step = above - below;
    return below + (part > 0 && step > 0 ? part * step : 0);
}

double mld_sorted_quantile(size_t n, const double *sorted, double level)
{
    double rank = level * (double)(n - 1);
    size_t low = (size_t)rank;
    if (low + 1 >= n)
        return sorted[n - 1];
    return mld_between(rank - (double)low, sorted[low], sorted[low + 1]);
}
