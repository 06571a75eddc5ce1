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
    struct mld_philox_lanes lanes = { 0 };
    for (int i = 0; i < n; i++) {
        lanes.word[0][i] = counter_word(stream, index[i]);
        lanes.word[1][i] = path[i];
        lanes.word[2][i] = entity[i] & 0xffffffffU;
        lanes.word[3][i] = entity[i] >> 32;
    }
    mld_philox_lanes(seed, &lanes);
    for (int i = 0; i < n; i++) {
        uint64_t low = index[i] & 1U ? lanes.word[2][i] : lanes.word[0][i];
        uint64_t high = index[i] & 1U ? lanes.word[3][i] : lanes.word[1][i];
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

/** A stretch of blocks of one row, beside each other in the lanes. */
struct stretch {
    int row, block, lane, length;
};

/** The first stretch of some lanes, from a block counted over all rows. */
MLD_INLINE struct stretch stretch_at(int block, int blocks, int used)
{
    int row = block / blocks, inside = block - row * blocks;
    int length = blocks - inside < used ? blocks - inside : used;
    return (struct stretch){ row, inside, 0, length };
}

/** The one after it, at the start of the next row; of length 0 after the last. */
MLD_INLINE struct stretch stretch_next(struct stretch now, int blocks, int used)
{
    int lane = now.lane + now.length;
    return (struct stretch){ now.row + 1, 0, lane, used - lane < blocks ? used - lane : blocks };
}

/** Both draws of every lane. */
MLD_CLONES static void lanes_to_uniforms(const struct mld_philox_lanes *restrict lanes,
                                         double *restrict even, double *restrict odd)
{
    for (int i = 0; i < MLD_LANES; i++) {
        even[i] = uniform_of(lanes->word[0][i], lanes->word[1][i]);
        odd[i] = uniform_of(lanes->word[2][i], lanes->word[3][i]);
    }
}

void mld_draws_uniform_rows(uint64_t seed, enum mld_stream stream, int n,
                            const uint32_t *restrict path, const uint64_t *restrict entity,
                            uint32_t first, int count, double *restrict u)
{
    const int blocks = count / 2, total = n * blocks;
    const uint32_t word0 = counter_word(stream, first);
    struct mld_philox_lanes lanes = { 0 };
    double even[MLD_LANES], odd[MLD_LANES];
    for (int done = 0; done < total; done += MLD_LANES) {
        int used = total - done < MLD_LANES ? total - done : MLD_LANES;
        struct stretch start = stretch_at(done, blocks, used);
        for (struct stretch s = start; s.length > 0; s = stretch_next(s, blocks, used))
            for (int i = 0; i < s.length; i++) {
                lanes.word[0][s.lane + i] = word0 + (uint32_t)(s.block + i);
                lanes.word[1][s.lane + i] = path[s.row];
                lanes.word[2][s.lane + i] = entity[s.row] & 0xffffffffU;
                lanes.word[3][s.lane + i] = entity[s.row] >> 32;
            }
        mld_philox_lanes(seed, &lanes);
        lanes_to_uniforms(&lanes, even, odd);
        for (struct stretch s = start; s.length > 0; s = stretch_next(s, blocks, used)) {
            double *restrict pair = u + (size_t)s.row * (size_t)count + 2 * (size_t)s.block;
            for (int i = 0; i < s.length; i++) {
                pair[2 * i] = even[s.lane + i];
                pair[2 * i + 1] = odd[s.lane + i];
            }
        }
    }
}
