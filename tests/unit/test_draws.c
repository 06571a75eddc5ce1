/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addressed draws: Random123's published answers, exact addressing, bit equality of all forms. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <Random123/philox.h>

#include "draws/philox_lanes.h"
#include "milliard/draws.h"
#include "milliard/numerics.h"
#include "support/oracle.h"

/** Published vectors of Philox4x32-10 (Random123, kat_vectors): counter, key, output. */
static const struct known {
    uint32_t counter[4];
    uint64_t key;
    uint32_t output[4];
} known[] = {
    { { 0, 0, 0, 0 }, 0, { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
    { { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
      0xffffffffffffffff,
      { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
    { { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
      0x299f31d0a4093822,
      { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
};

static void philox_gives_the_published_answers(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
        struct mld_philox_lanes lanes;
        for (int i = 0; i < MLD_LANES; i++)
            for (int j = 0; j < 4; j++)
                lanes.word[j][i] = known[k].counter[j];
        mld_philox_lanes(known[k].key, MLD_LANES, &lanes, &lanes);
        for (int i = 0; i < MLD_LANES; i++)
            for (int j = 0; j < 4; j++)
                assert_int_equal((uint32_t)lanes.word[j][i], known[k].output[j]);
    }
    oracle("Philox4x32-10, known answers", "Random123, kat_vectors (Salmon et al. 2011)",
           "every bit", "%zu vectors equal in %d lanes", sizeof known / sizeof known[0], MLD_LANES);
}

static void lanes_equal_the_function_of_random123(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < 200; round++) {
        philox4x32_key_t key = { { 77U * round, 0x9e3779b9U * round } };
        struct mld_philox_lanes lanes;
        philox4x32_ctr_t counter[MLD_LANES];
        for (uint32_t i = 0; i < MLD_LANES; i++)
            for (uint32_t j = 0; j < 4; j++)
                lanes.word[j][i] = counter[i].v[j] = 0x85ebca6bU * (i + 1) * (j + 3) +
                                                     0xc2b2ae35U * round;
        mld_philox_lanes((uint64_t)key.v[1] << 32 | key.v[0], MLD_LANES, &lanes, &lanes);
        for (int i = 0; i < MLD_LANES; i++) {
            philox4x32_ctr_t expected = philox4x32(counter[i], key);
            for (int j = 0; j < 4; j++)
                assert_int_equal((uint32_t)lanes.word[j][i], expected.v[j]);
        }
    }
    oracle("Philox4x32-10, our vector form", "Random123's own function", "every bit",
           "%d blocks equal", 200 * MLD_LANES);
}

/** The uniform as draws.h writes it, in arithmetic of its own. */
static double uniform_by_the_header(uint64_t seed, uint32_t stream, uint32_t path, uint64_t entity,
                                    uint32_t index)
{
    philox4x32_ctr_t counter = { { stream << 24 | index / 2, path, (uint32_t)entity,
                                   (uint32_t)(entity >> 32) } };
    philox4x32_key_t key = { { (uint32_t)seed, (uint32_t)(seed >> 32) } };
    philox4x32_ctr_t block = philox4x32(counter, key);
    int word = index % 2 ? 2 : 0;
    uint64_t bits = (uint64_t)block.v[word + 1] << 32 | block.v[word];
    return ldexp((double)(bits >> 12) + 0.5, -52);
}

static void addressing_is_the_one_of_the_header(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 1000; i++) {
        uint64_t seed = 0x123456789abcdefU * i, entity = mld_entity_slot("bond", i);
        enum mld_stream stream = (enum mld_stream)(1 + i % 8);
        double u = mld_draw_uniform(seed, stream, 7 * i, entity, i % 41);
        assert_true(u == uniform_by_the_header(seed, stream, 7 * i, entity, i % 41));
        assert_true(u > 0.0 && u < 1.0);
        assert_true(mld_draw_normal(seed, stream, 7 * i, entity, i % 41) == mld_normal_quantile(u));
    }
}

static void a_draw_of_a_known_address_never_changes(void **state)
{
    (void)state;
    /* Guards MLD_STREAM_VERSION. Values of an independent program in whole numbers of any size. */
    uint64_t bond = mld_entity_slot("bond", 5);
    assert_int_equal(MLD_STREAM_VERSION, 1);
    assert_true(mld_draw_uniform(42, MLD_STREAM_ISSUER, 3, bond, 0) == 0x1.58fd477ab784ap-2);
    assert_true(mld_draw_uniform(42, MLD_STREAM_ISSUER, 3, bond, 1) == 0x1.5733e50b8f832p-2);
    assert_int_equal(mld_entity_named(""), 0xcbf29ce484222325U);
    /* FNV-1a test vector of RFC 9923, appendix C. */
    assert_int_equal(mld_entity_named("foobar"), 0x85944171f73967e8U);
    oracle("Hash of names (FNV-1a)", "RFC 9923, appendix C", "every bit", "equal");
    assert_true(mld_entity_slot("bond", 0) != mld_entity_slot("bond", 1));
    assert_true(mld_entity_slot("bond", 1) != mld_entity_named("bond"));
}

enum { LONGEST = 67 };

static void arrays_equal_single_draws(void **state)
{
    (void)state;
    uint32_t path[LONGEST], index[LONGEST];
    uint64_t entity[LONGEST];
    for (uint32_t i = 0; i < LONGEST; i++) {
        path[i] = i * 13 % 17;
        index[i] = i * 5 % 12;
        entity[i] = mld_entity_slot("shares", i % 7);
    }
    for (int n = 1; n <= LONGEST; n++) {
        double u[LONGEST + 1];
        u[n] = -77.0;
        mld_draws_uniform(42, MLD_STREAM_ISSUER, n, path, entity, index, u);
        for (int i = 0; i < n; i++)
            assert_true(u[i] ==
                        mld_draw_uniform(42, MLD_STREAM_ISSUER, path[i], entity[i], index[i]));
        assert_true(u[n] == -77.0);
    }
}

static void rows_equal_single_draws(void **state)
{
    (void)state;
    enum { MOST = 22 };
    static double u[LONGEST * MOST + 1];
    uint32_t path[LONGEST];
    uint64_t entity[LONGEST];
    for (uint32_t i = 0; i < LONGEST; i++) {
        path[i] = 1000 - i;
        entity[i] = mld_entity_slot("convertible", i * i);
    }
    for (int n = 1; n <= LONGEST; n++)
        for (int count = 2; count <= MOST; count += 4) {
            u[n * count] = -77.0;
            mld_draws_uniform_rows(7, MLD_STREAM_PERFORMANCE, n, path, entity, 6, count, u);
            assert_true(u[n * count] == -77.0);
            for (int i = 0; i < n; i++)
                for (int j = 0; j < count; j++) {
                    double single = mld_draw_uniform(7, MLD_STREAM_PERFORMANCE, path[i], entity[i],
                                                     (uint32_t)(6 + j));
                    assert_true(u[i * count + j] == single);
                }
        }
    u[0] = -77.0;
    mld_draws_uniform_rows(7, MLD_STREAM_PERFORMANCE, 1, path, entity, 0, 0, u);
    assert_true(u[0] == -77.0);
}

static void uniforms_are_uniform(void **state)
{
    (void)state;
    /* Chi-square of 100 cells over 100,000 draws, 99 degrees: above 176.0 once in a million. */
    enum { CELLS = 100, DRAWS = 100000 };
    int cell[CELLS] = { 0 };
    double chi_square = 0.0;
    for (uint32_t i = 0; i < DRAWS; i++)
        cell[(int)(CELLS * mld_draw_uniform(1, MLD_STREAM_ISSUER, i / 4, 99, i % 4))]++;
    for (int i = 0; i < CELLS; i++)
        chi_square += pow(cell[i] - DRAWS / CELLS, 2.0) / (DRAWS / CELLS);
    assert_true(chi_square < 176.0);
    oracle("Uniform draws, 100 cells", "χ² law, 99 degrees", "below its 1 − 1e-6 quantile, 176",
           "χ² %.1f, %d draws", chi_square, DRAWS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(philox_gives_the_published_answers),
        cmocka_unit_test(lanes_equal_the_function_of_random123),
        cmocka_unit_test(addressing_is_the_one_of_the_header),
        cmocka_unit_test(a_draw_of_a_known_address_never_changes),
        cmocka_unit_test(arrays_equal_single_draws),
        cmocka_unit_test(rows_equal_single_draws),
        cmocka_unit_test(uniforms_are_uniform),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
