/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addressed draws: one block of Philox4x32-10 for each pair of indices (draws.h). */
#include "milliard/draws.h"

#include <Random123/philox.h>

#include "core/hash.h"
#include "core/vector.h"
#include "draws/philox_lanes.h"
#include "milliard/numerics.h"

uint64_t mld_entity_named(const char *name)
{
    uint64_t hash = MLD_HASH_OF_NOTHING;
    for (const unsigned char *byte = (const unsigned char *)name; *byte; byte++)
        hash = mld_hash_add(hash, *byte);
    return hash;
}

uint64_t mld_entity_slot(const char *name, uint32_t slot)
{
    /* The slot's four bytes, low first, go on where the name ended. */
    uint64_t hash = mld_entity_named(name);
    for (int shift = 0; shift < 32; shift += 8)
        hash = mld_hash_add(hash, slot >> shift & 0xffU);
    return hash;
}

uint64_t mld_entity_joined(uint64_t entity, uint64_t other)
{
    for (int shift = 0; shift < 64; shift += 8)
        entity = mld_hash_add(entity, other >> shift & 0xffU);
    return entity;
}

uint64_t mld_entity_following(uint64_t entity) { return mld_hash_add(entity, '+'); }

/**
 * (k + 1/2) 2^-52, k the 52 high bits of the two words: k goes into the mantissa of a number in [1,
 * 2).
 */
MLD_INLINE double uniform_of(uint64_t low, uint64_t high)
{
    uint64_t bits = (low & 0xffffffffU) | high << 32;
    return mld_double_of(0x3ff0000000000000U | bits >> 12) - (1.0 - 0x1p-53);
}

/** First word of the counter: stream << 24 | index / 2. */
MLD_INLINE uint32_t counter_word(enum mld_stream stream, uint32_t index)
{
    return (uint32_t)stream << 24 | index >> 1;
}

double mld_draw_uniform(uint64_t seed, enum mld_stream stream, uint32_t path, uint64_t entity,
                        uint32_t index)
{
    philox4x32_ctr_t counter = { { counter_word(stream, index), path, (uint32_t)entity,
                                   (uint32_t)(entity >> 32) } };
    philox4x32_key_t key = { { (uint32_t)seed, (uint32_t)(seed >> 32) } };
    philox4x32_ctr_t block = philox4x32(counter, key);
    return index & 1U ? uniform_of(block.v[2], block.v[3]) : uniform_of(block.v[0], block.v[1]);
}

double mld_draw_normal(uint64_t seed, enum mld_stream stream, uint32_t path, uint64_t entity,
                       uint32_t index)
{
    return mld_normal_quantile(mld_draw_uniform(seed, stream, path, entity, index));
}

/** At most MLD_LANES addresses. */
MLD_CLONES static void uniform_chunk(uint64_t seed, enum mld_stream stream, int n,
                                     const uint32_t *restrict path, const uint64_t *restrict entity,
                                     const uint32_t *restrict index, double *restrict u)
{
    struct mld_philox_lanes counter = { 0 }, drawn;
    for (int i = 0; i < n; i++) {
        counter.word[0][i] = counter_word(stream, index[i]);
        counter.word[1][i] = path[i];
        counter.word[2][i] = entity[i] & 0xffffffffU;
        counter.word[3][i] = entity[i] >> 32;
    }
    mld_philox_lanes(seed, n, &counter, &drawn);
    for (int i = 0; i < n; i++) {
        uint64_t low = index[i] & 1U ? drawn.word[2][i] : drawn.word[0][i];
        uint64_t high = index[i] & 1U ? drawn.word[3][i] : drawn.word[1][i];
        u[i] = uniform_of(low, high);
    }
}

void mld_draws_uniform(uint64_t seed, enum mld_stream stream, int n, const uint32_t *restrict path,
                       const uint64_t *restrict entity, const uint32_t *restrict index,
                       double *restrict u)
{
    for (int first = 0; first < n; first += MLD_LANES)
        uniform_chunk(seed, stream, n - first < MLD_LANES ? n - first : MLD_LANES, path + first,
                      entity + first, index + first, u + first);
}

/** Both draws of every lane, each lane's pair in its own row. */
MLD_CLONES static void put_pairs(int n, const struct mld_philox_lanes *restrict drawn, int stride,
                                 double *restrict pair)
{
    for (int i = 0; i < n; i++) {
        pair[i * stride] = uniform_of(drawn->word[0][i], drawn->word[1][i]);
        pair[i * stride + 1] = uniform_of(drawn->word[2][i], drawn->word[3][i]);
    }
}

/** At most MLD_LANES rows, side by side in the lanes, block after block. */
static void rows_chunk(uint64_t seed, uint32_t word0, int n, const uint32_t *restrict path,
                       const uint64_t *restrict entity, int blocks, double *restrict u)
{
    struct mld_philox_lanes counter = { 0 }, drawn;
    for (int i = 0; i < n; i++) {
        counter.word[1][i] = path[i];
        counter.word[2][i] = entity[i] & 0xffffffffU;
        counter.word[3][i] = entity[i] >> 32;
    }
    for (int block = 0; block < blocks; block++) {
        for (int i = 0; i < n; i++)
            counter.word[0][i] = word0 + (uint32_t)block;
        mld_philox_lanes(seed, n, &counter, &drawn);
        put_pairs(n, &drawn, 2 * blocks, u + 2 * block);
    }
}

void mld_draws_uniform_rows(uint64_t seed, enum mld_stream stream, int n,
                            const uint32_t *restrict path, const uint64_t *restrict entity,
                            uint32_t first, int count, double *restrict u)
{
    for (int row = 0; row < n; row += MLD_LANES)
        rows_chunk(seed, counter_word(stream, first), n - row < MLD_LANES ? n - row : MLD_LANES,
                   path + row, entity + row, count / 2, u + (size_t)row * (size_t)count);
}
