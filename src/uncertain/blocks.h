/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The jackknife over blocks of worlds, and replicates of worlds drawn again. */
#ifndef MILLIARD_UNCERTAIN_BLOCKS_H
#define MILLIARD_UNCERTAIN_BLOCKS_H

#include "milliard/uncertain.h"

/** Block of a world. */
static inline int mld_block_of(uint32_t world, uint32_t worlds)
{
    return (int)((uint64_t)world * MLD_WORLD_BLOCKS / worlds);
}

/** Standard error of what was found without each of the blocks. NaN when one of them is. */
double mld_jackknife_error(const double without[MLD_WORLD_BLOCKS]);
/** value ± Student's quantile times the error. */
struct mld_between mld_jackknife_interval(double value, const double without[MLD_WORLD_BLOCKS]);

enum { MLD_REPLICATES = 200 };
/** How often each world is drawn in a replicate: times [world], which add up to `worlds`. */
void mld_draw_again(uint64_t seed, uint32_t replicate, uint32_t worlds, unsigned char *times);
/** 95 % interval about a value, from its values in the replicates. */
struct mld_between mld_replicate_interval(double value, const double replicate[MLD_REPLICATES]);

#endif
