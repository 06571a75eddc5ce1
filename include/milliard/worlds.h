/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Worlds: the judgements of a scenario drawn together (model, section 15). A world is one joint
 * draw and the scenario that it makes. Draws are addressed by the name of the row and the number of
 * the world: the order of rows moves nothing, and a row that is added moves no other.
 */
#ifndef MILLIARD_WORLDS_H
#define MILLIARD_WORLDS_H

#include "milliard/language.h"
#include "milliard/plan.h"
#include "milliard/scenario.h"
#include "milliard/status.h"

MLD_BEGIN_DECLARATIONS

/** A judgement that is drawn: a row of `sensitivity` whose law is not fixed. */
struct mld_world_input {
    char name[MLD_MAX_NAME], label_en[160], label_fr[160];
    int is_choice;      /**< 1: of two values that are no numbers */
    double probability; /**< then: of its high */
    int block;          /**< inputs that rank correlations tie together have one number */
    int centred;        /**< 1: the mean of its law is what the scenario says */
};

/** Values of worlds that were kept within their bounds, over all worlds made. */
struct mld_world_kept {
    double means; /**< of recoveries, kept in [0.02, 0.98] */
    double sds;   /**< lowered to √(0.9 mean (1 − mean)) */
};

struct mld_worlds;

/**
 * What is drawn of a scenario, which outlives it with its judgements: rows in the order of the
 * scenario, those that are fixed left out. Every row is tried about what the scenario says.
 * *worlds: the caller's, mld_worlds_free().
 * Fails: MLD_ERR_INPUT (a law that cannot be, each told with its place), MLD_ERR_MEMORY.
 */
enum mld_status mld_worlds_create(const struct mld_scenario *scenario,
                                  const struct mld_judgements *judgements, uint64_t seed,
                                  struct mld_worlds **worlds, struct mld_messages *messages);
void mld_worlds_free(struct mld_worlds *worlds);
/** The inputs drawn; owned by the worlds. */
const struct mld_world_input *mld_worlds_inputs(const struct mld_worlds *worlds, int *n);

/**
 * What is drawn of world w in a set of worlds (0; pick-freeze has two). Gives: own[input],
 * independent uniforms; u[input], the ranks of the values, which rank correlations tie together and
 * which else are the own ones. Any number of threads.
 */
void mld_worlds_draw(const struct mld_worlds *worlds, uint32_t w, int set, double *own, double *u);
/** The ranks that independent uniforms make. */
void mld_worlds_tie(const struct mld_worlds *worlds, const double *own, double *u);

/**
 * The scenario of these ranks: the caller's, mld_scenario_free(). `kept` is added to. Any number of
 * threads. Fails: MLD_ERR_INPUT (a key that matches nothing), MLD_ERR_MEMORY.
 */
enum mld_status mld_worlds_scenario(const struct mld_worlds *worlds, const double *u,
                                    struct mld_world_kept *kept, struct mld_scenario **world,
                                    struct mld_messages *messages);

MLD_END_DECLARATIONS

#endif
