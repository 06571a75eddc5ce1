/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Many blocks of Philox4x32-10 at once (private). The same words as Random123's function, block by
 * block.
 */
#ifndef MILLIARD_DRAWS_PHILOX_LANES_H
#define MILLIARD_DRAWS_PHILOX_LANES_H

#include <stdint.h>

enum { MLD_LANES = 64 };

/** Four words of each block, in the low halves of 64 bits: counters before, outputs after. */
struct mld_philox_lanes {
    _Alignas(64) uint64_t word[4][MLD_LANES];
};

/**
 * Enciphers all MLD_LANES blocks in place.
 * Given: key, low word first; counters below 2^32 in every lane. Gives: outputs in the low halves,
 * rubbish in the high ones.
 */
void mld_philox_lanes(uint64_t key, struct mld_philox_lanes *lanes);

#endif
