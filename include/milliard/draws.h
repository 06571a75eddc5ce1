/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Draws: addressed, never consumed. Philox4x32-10 of Random123 (Salmon et al. 2011), key = seed (64
 * bits), counter = { stream << 24 | index / 2, path, low and high words of the entity }. Each block
 * of 128 bits gives two draws: index even → words 0 (low) and 1 (high), odd → words 2 and 3.
 * Uniforms are (k + 1/2) 2^-52, k the 52 high bits: exact in double, never 0 nor 1, symmetric about
 * 1/2. Adding an entity or an index moves no other draw. Entities are named: FNV-1a (64 bits) of
 * the name.
 */
#ifndef MILLIARD_DRAWS_H
#define MILLIARD_DRAWS_H

#include <stdint.h>

#include "milliard/language.h"

MLD_BEGIN_DECLARATIONS

/** Version of the addressing: changes when the same seed would give other numbers. */
#define MLD_STREAM_VERSION 1

enum mld_stream {
    /* entity: factor's name ("tmo" too); index: year; standard normal before correlation */
    MLD_STREAM_FACTOR = 1,
    MLD_STREAM_SECTOR = 2, /**< entity: sector's name; index: year */
    /* entity 0; index: year; chi-square of the Student mixture, by quantile */
    MLD_STREAM_MIXING = 3,
    MLD_STREAM_PORTFOLIO = 4,   /**< entity: thesis slot; index: enum mld_portfolio_index */
    MLD_STREAM_ISSUER = 5,      /**< entity: issuer; index: enum mld_issuer_index */
    MLD_STREAM_PERFORMANCE = 6, /**< entity: issuer; index: anniversary a = 1, 2, … */
    /* entity: deal; index 0: holding or delay; a: call at anniversary a */
    MLD_STREAM_INSTRUMENT = 7,
    MLD_STREAM_IMPACT = 8,     /**< entity 0; index 0: the fund's impact score */
    MLD_STREAM_FOLLOW_ON = 9,  /**< entity: first deal; index 0: whether a second one follows it */
    MLD_STREAM_CANDIDATE = 10, /**< entity: deal; index 0: its place among those of its period */
    /* entity: "donations"; index: year. Entity: slot of "grants" and a year; index: grant */
    MLD_STREAM_ENDOWMENT = 11,
    /* entity: a judgement's name; path: world; index: set of worlds, 0 but for pick-freeze */
    MLD_STREAM_WORLD = 12,
    MLD_STREAM_BOOTSTRAP = 13, /**< entity 0; path: replicate; index: worlds drawn again */
    MLD_STREAM_FEEDER = 15,    /**< entity: "requests"; index: year */
    MLD_STREAM_INDICATOR = 14 /**< entity: issuer joined to indicator's name; index 0: its normal */
};

enum mld_portfolio_index {
    MLD_DRAW_YEAR = 0,
    MLD_DRAW_PERIOD = 1,
    MLD_DRAW_FORM = 2,
    MLD_DRAW_SECTOR = 3,
    MLD_DRAW_TICKET = 4 /**< and 5, 6 … when redrawn */
};
enum mld_issuer_index {
    MLD_DRAW_DEFAULT = 0,
    MLD_DRAW_RESOLUTION = 1,
    MLD_DRAW_ZETA = 2,
    MLD_DRAW_XI = 3
};

/** Path number of the one portfolio of `resample = "run"`: no simulated path bears it. */
#define MLD_PATH_OF_RUN UINT32_MAX

/** FNV-1a of a name, 64 bits. */
uint64_t mld_entity_named(const char *name);

/**
 * Entity of slot `slot` of the instrument `name` in a thesis: the name's hash with the slot mixed
 * in.
 */
uint64_t mld_entity_slot(const char *name, uint32_t slot);

/** Entity of two together: the hash of the first goes on over the bytes of the second. */
uint64_t mld_entity_joined(uint64_t entity, uint64_t other);

/** Entity of the deal that follows one: its hash goes on over "+". */
uint64_t mld_entity_following(uint64_t entity);

/** One uniform in (0,1). Source: model section 8 of design, Random123. */
double mld_draw_uniform(uint64_t seed, enum mld_stream stream, uint32_t path, uint64_t entity,
                        uint32_t index);

/**
 * One standard normal: quantile of the uniform at that address (bit-identical to the array form).
 */
double mld_draw_normal(uint64_t seed, enum mld_stream stream, uint32_t path, uint64_t entity,
                       uint32_t index);

/**
 * Uniforms for n addresses that share seed and stream: u[i] at (path[i], entity[i], index[i]).
 * Same bits as mld_draw_uniform for each i, whatever n.
 */
void mld_draws_uniform(uint64_t seed, enum mld_stream stream, int n,
                       const uint32_t *__restrict path, const uint64_t *__restrict entity,
                       const uint32_t *__restrict index, double *__restrict u);

/**
 * Runs of consecutive indices: for each of n (path, entity) pairs, uniforms at index first …
 * first+count-1 (first even, count even) at u[i*count …]. Same bits as mld_draw_uniform.
 */
void mld_draws_uniform_rows(uint64_t seed, enum mld_stream stream, int n,
                            const uint32_t *__restrict path, const uint64_t *__restrict entity,
                            uint32_t first, int count, double *__restrict u);

MLD_END_DECLARATIONS

#endif
