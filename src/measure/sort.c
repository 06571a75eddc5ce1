/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/sort.h"

#include <stdint.h>

#include "measure/key.h"

/*
 * Keys are sorted by two digits: the first 22 of the bits in which they differ. Those alike in
 * these then stand together, few of them as a rule, and are sorted in turn, by what follows.
 */
enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, PASSES = 2, KEY_BITS = 64, FEW = 32 };

/* Keys take the place of the values they come from. */
typedef uint64_t __attribute__((may_alias)) sort_key;

/* What of a key is looked at: its bits above `shift`, less what all have. */
struct window {
    uint64_t least;
    int shift;
};

static unsigned digit_of(const struct window *window, uint64_t key, int pass)
{
    return (unsigned)((key - window->least) >> window->shift >> (pass * DIGIT_BITS)) & (DIGITS - 1);
}

/* The first digits in which keys differ. Returns 0 when all are equal. */
static int find_window(size_t n, const sort_key *key, struct window *window)
{
    uint64_t least = UINT64_MAX, most = 0;
    for (size_t i = 0; i < n; i++) {
        least = key[i] < least ? key[i] : least;
        most = key[i] > most ? key[i] : most;
    }
    if (most == least)
        return 0;
    int bits = KEY_BITS - __builtin_clzll(most - least), seen = PASSES * DIGIT_BITS;
    *window = (struct window){ least, bits > seen ? bits - seen : 0 };
    return 1;
}

/* How often each digit stands at each place. */
static void count_digits(size_t n, const sort_key *key, const struct window *window,
                         size_t count[PASSES][DIGITS])
{
    for (size_t i = 0; i < n; i++)
        for (int pass = 0; pass < PASSES; pass++)
            count[pass][digit_of(window, key[i], pass)]++;
}

/* One stable distribution by one digit, counted before. */
static void distribute(size_t n, const sort_key *from, sort_key *to, const struct window *window,
                       int pass, size_t start[DIGITS])
{
    size_t sum = 0;
    for (size_t d = 0; d < DIGITS; d++) {
        size_t count = start[d];
        start[d] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++)
        to[start[digit_of(window, from[i], pass)]++] = from[i];
}

static void insertion_sort(size_t n, sort_key *key)
{
    for (size_t i = 1; i < n; i++) {
        uint64_t mine = key[i];
        size_t j = i;
        for (; j > 0 && key[j - 1] > mine; j--)
            key[j] = key[j - 1];
        key[j] = mine;
    }
}

/* Sorts by a window; then what is alike in it, by less and less: no deeper than thrice. */
static void sort_keys(size_t n, sort_key *key, sort_key *spare)
{
    struct window window;
    if (n < FEW) {
        insertion_sort(n, key);
        return;
    }
    if (!find_window(n, key, &window))
        return;
    size_t count[PASSES][DIGITS] = { { 0 } };
    count_digits(n, key, &window, count);
    distribute(n, key, spare, &window, 0, count[0]);
    distribute(n, spare, key, &window, 1, count[1]);
    for (size_t from = 0, to; window.shift > 0 && from < n; from = to) {
        uint64_t alike = (key[from] - window.least) >> window.shift;
        for (to = from + 1; to < n && (key[to] - window.least) >> window.shift == alike;)
            to++;
        sort_keys(to - from, key + from, spare);
    }
}

void mld_sort(size_t n, double *value, double *spare)
{
    sort_key *key = (sort_key *)value;
    for (size_t i = 0; i < n; i++)
        key[i] = mld_key_of(value[i]);
    sort_keys(n, key, (sort_key *)spare);
    for (size_t i = 0; i < n; i++)
        value[i] = mld_value_of(key[i]);
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
