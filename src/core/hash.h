/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Fowler, Noll and Vo's hash, variant 1a, 64 bits (RFC 9923), of bytes one after the other. */
#ifndef MILLIARD_CORE_HASH_H
#define MILLIARD_CORE_HASH_H

#include <stdint.h>

#define MLD_HASH_OF_NOTHING UINT64_C(0xcbf29ce484222325)

/** The hash of what has been hashed so far and of one part more: a byte, or a character. */
static inline uint64_t mld_hash_add(uint64_t hash, uint64_t part)
{
    return (hash ^ part) * UINT64_C(0x100000001b3);
}

#endif
