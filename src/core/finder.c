/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/finder.h"

#include <stdlib.h>

/* Bits of a hash that FNV-1a leaves uneven are mixed before they choose a slot. */
static size_t first_slot(const struct mld_finder *finder, uint64_t hash)
{
    hash ^= hash >> 32;
    hash *= 0x9E3779B97F4A7C15u;
    return (size_t)(hash >> 20) & (finder->size - 1);
}

static void insert(struct mld_finder *finder, uint64_t hash, uint32_t index)
{
    size_t slot = first_slot(finder, hash);
    while (finder->slot[slot])
        slot = (slot + 1) & (finder->size - 1);
    finder->slot[slot] = index + 1;
    finder->used++;
}

static int grow(struct mld_finder *finder, uint64_t (*hash_of)(const void *, uint32_t),
                const void *things)
{
    struct mld_finder larger = { .size = finder->size ? 2 * finder->size : 1024 };
    larger.slot = calloc(larger.size, sizeof *larger.slot);
    if (!larger.slot)
        return -1;
    for (size_t i = 0; i < finder->size; i++)
        if (finder->slot[i])
            insert(&larger, hash_of(things, finder->slot[i] - 1), finder->slot[i] - 1);
    free(finder->slot);
    *finder = larger;
    return 0;
}

int mld_finder_find(const struct mld_finder *finder, uint64_t hash,
                    int (*same)(const void *, uint32_t, const void *), const void *things,
                    const void *what)
{
    if (!finder->size)
        return -1;
    for (size_t slot = first_slot(finder, hash); finder->slot[slot];
         slot = (slot + 1) & (finder->size - 1))
        if (same(things, finder->slot[slot] - 1, what))
            return (int)(finder->slot[slot] - 1);
    return -1;
}

int mld_finder_add(struct mld_finder *finder, uint64_t hash, uint32_t index,
                   uint64_t (*hash_of)(const void *, uint32_t), const void *things)
{
    if (2 * finder->used >= finder->size && grow(finder, hash_of, things))
        return -1;
    insert(finder, hash, index);
    return 0;
}

void mld_finder_clear(struct mld_finder *finder)
{
    free(finder->slot);
    *finder = (struct mld_finder){ 0 };
}
