/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Numbers of things found by a hash: open addressing, never more than half full. */
#ifndef MILLIARD_CORE_FINDER_H
#define MILLIARD_CORE_FINDER_H

#include <stddef.h>
#include <stdint.h>

struct mld_finder {
    uint32_t *slot;
    size_t size, used;
};

/** The thing of that hash that is the same as `what`, or -1. `things` is handed to `same`. */
int mld_finder_find(const struct mld_finder *finder, uint64_t hash,
                    int (*same)(const void *things, uint32_t index, const void *what),
                    const void *things, const void *what);
/** Adds thing `index`. `hash_of` gives the hash of those added before. Returns 0, or -1 when memory
 * is short. */
int mld_finder_add(struct mld_finder *finder, uint64_t hash, uint32_t index,
                   uint64_t (*hash_of)(const void *things, uint32_t index), const void *things);
void mld_finder_clear(struct mld_finder *finder);

#endif
