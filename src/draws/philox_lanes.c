/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Philox4x32-10 over vectors of 64-bit lanes. Each round needs two products of 32 by 32 bits, for
 * which x86 has one instruction that compilers do not find by themselves (gcc 12 multiplies 64 by
 * 64 bits instead, three to four times slower): it is named here, the rest is written with vector
 * operators.
 */
#include "draws/philox_lanes.h"

#include <Random123/philox.h>

/** Every lane by Random123's own function, on any processor. */
static void philox_plain(uint32_t key0, uint32_t key1, int n,
                         const struct mld_philox_lanes *counters, struct mld_philox_lanes *blocks)
{
    for (int i = 0; i < n; i++) {
        philox4x32_ctr_t counter;
        for (int j = 0; j < 4; j++)
            counter.v[j] = (uint32_t)counters->word[j][i];
        philox4x32_key_t key = { { key0, key1 } };
        philox4x32_ctr_t block = philox4x32(counter, key);
        for (int j = 0; j < 4; j++)
            blocks->word[j][i] = block.v[j];
    }
}

#if defined(__x86_64__)
#include <immintrin.h>

typedef uint64_t vector256 __attribute__((vector_size(32), may_alias));
typedef uint64_t vector512 __attribute__((vector_size(64), may_alias));

#define MULTIPLY_256(a, b) ((vector256)_mm256_mul_epu32((__m256i)(a), (__m256i)(b)))
#define MULTIPLY_512(a, b) ((vector512)_mm512_mul_epu32((__m512i)(a), (__m512i)(b)))

/*
 * One round (Salmon et al. 2011, section 3.3): products p0 = M0 c0, p1 = M1 c2, then c = (high p1 ^
 * c1 ^ k0, low p1, high p0 ^ c3 ^ k1, low p0), keys growing by the golden ratio and sqrt(3) − 1.
 * High halves of c hold rubbish, which the multiplication does not read.
 */
#define PHILOX_VECTOR(name, isa, vector, multiply)                                         \
    __attribute__((target(isa))) static void name(uint32_t key0, uint32_t key1, int n,     \
                                                  const struct mld_philox_lanes *counters, \
                                                  struct mld_philox_lanes *blocks)         \
    {                                                                                      \
        const vector multiplier0 = (vector){ 0 } + PHILOX_M4x32_0;                         \
        const vector multiplier1 = (vector){ 0 } + PHILOX_M4x32_1;                         \
        const int lanes = sizeof(vector) / sizeof(uint64_t);                               \
        for (int i = 0; i < n; i += lanes) {                                               \
            vector c0 = *(const vector *)&counters->word[0][i],                            \
                   c1 = *(const vector *)&counters->word[1][i],                            \
                   c2 = *(const vector *)&counters->word[2][i],                            \
                   c3 = *(const vector *)&counters->word[3][i];                            \
            uint32_t k0 = key0, k1 = key1;                                                 \
            for (int round = 0; round < 10; round++) {                                     \
                vector p0 = multiply(c0, multiplier0), p1 = multiply(c2, multiplier1);     \
                c0 = (p1 >> 32) ^ c1 ^ ((vector){ 0 } + k0);                               \
                c2 = (p0 >> 32) ^ c3 ^ ((vector){ 0 } + k1);                               \
                c1 = p1;                                                                   \
                c3 = p0;                                                                   \
                k0 += PHILOX_W32_0;                                                        \
                k1 += PHILOX_W32_1;                                                        \
            }                                                                              \
            *(vector *)&blocks->word[0][i] = c0;                                           \
            *(vector *)&blocks->word[1][i] = c1;                                           \
            *(vector *)&blocks->word[2][i] = c2;                                           \
            *(vector *)&blocks->word[3][i] = c3;                                           \
        }                                                                                  \
    }

PHILOX_VECTOR(philox_avx2, "avx2", vector256, MULTIPLY_256)
PHILOX_VECTOR(philox_avx512, "avx512f", vector512, MULTIPLY_512)
#endif

void mld_philox_lanes(uint64_t key, int n, const struct mld_philox_lanes *counters,
                      struct mld_philox_lanes *blocks)
{
    uint32_t key0 = (uint32_t)key, key1 = (uint32_t)(key >> 32);
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) {
        philox_avx512(key0, key1, n, counters, blocks);
        return;
    }
    if (__builtin_cpu_supports("avx2")) {
        philox_avx2(key0, key1, n, counters, blocks);
        return;
    }
#endif
    philox_plain(key0, key1, n, counters, blocks);
}
