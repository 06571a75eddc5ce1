/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Many blocks of Philox4x32-10 at once (private). The same words as Random123's function, block by
 * block.
 */
#ifndef MILLIARD_DRAWS_PHILOX_LANES_H
#define MILLIARD_DRAWS_PHILOX_LANES_H

#include <stdint.h>

enum { MLD_LANES = 64 };

/** Four words of each block, in the low halves of 64 bits: counters, or what comes of them. */
struct mld_philox_lanes {
    _Alignas(64) uint64_t word[4][MLD_LANES];
};

/**
 * Enciphers the blocks of the first n lanes, n ≤ MLD_LANES.
 * Given: key, low word first; counters below 2^32. Gives: outputs in the low halves, rubbish in the
 * high ones, and in the lanes that fill up a vector.
 */
void mld_philox_lanes(uint64_t key, int n, const struct mld_philox_lanes *counters,
                      struct mld_philox_lanes *blocks);

#endif
