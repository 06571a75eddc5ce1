/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The bridge from gross to net (model, section 18): from what the contracts promise to what class A
 * receives, one step after the other, on the same draws. Each step is a run of the scenario with
 * some keys changed; steps add up to the whole.
 */
#ifndef MILLIARD_BRIDGE_H
#define MILLIARD_BRIDGE_H

#include "milliard/language.h"
#include "milliard/run.h"
#include "milliard/scenario.h"
#include "milliard/sensitivity.h"

MLD_BEGIN_DECLARATIONS

/**
 * The steps, in their order. The first is a level, the others are differences from the one before.
 */
enum mld_bridge_step_index {
    MLD_BRIDGE_CONTRACTS, /**< the deals without defaults or forced sales */
    MLD_BRIDGE_DEFAULTS,  /**< with defaults */
    MLD_BRIDGE_FORCED,    /**< with the discounts of forced sales: the gross return */
    /* class A without fees, costs, guarantee, carry: calls, cash, its rank before C's capital */
    MLD_BRIDGE_TIMING,
    MLD_BRIDGE_MANAGEMENT, /**< with management fees */
    MLD_BRIDGE_COSTS,      /**< with set-up and running costs */
    MLD_BRIDGE_LINE,       /**< with the credit line */
    MLD_BRIDGE_GRANTS,     /**< with grants in the place of commitments of A */
    MLD_BRIDGE_CLASS_B,    /**< with class B likewise */
    MLD_BRIDGE_GUARANTEE,  /**< with the guarantee, every due paid */
    MLD_BRIDGE_CARRY,      /**< with carry and its impact: class A itself */
    MLD_BRIDGE_STEPS
};
extern const char *const mld_bridge_steps[MLD_BRIDGE_STEPS]; /**< "contracts" … */

/** In what a step is told. */
enum mld_bridge_unit {
    MLD_BRIDGE_IRR,   /**< mean of IRRs */
    MLD_BRIDGE_TVPI,  /**< mean multiple: of cost, then of what is paid in */
    MLD_BRIDGE_MONEY, /**< received less paid, EUR, undiscounted: of the deals, then of class A */
    MLD_BRIDGE_UNITS
};

/** A level and what leads to it, each with its standard error (paired, for what leads to it). */
struct mld_bridge_step {
    int present; /**< 0: nothing of the kind in the scenario */
    struct mld_effect level[MLD_BRIDGE_UNITS], change[MLD_BRIDGE_UNITS];
};

struct mld_bridge {
    char scenario[MLD_MAX_NAME];
    size_t paths, counted; /**< simulated; those of them on which every IRR is defined */
    uint64_t seed, fingerprint;
    int design; /**< of the last step */
    struct mld_bridge_step step[MLD_BRIDGE_STEPS];
};

/**
 * Runs the steps. `progress`, when not NULL, is told levels done and to do. Nothing to clear.
 * Fails as mld_run() does; INPUT for a scheme without a fund.
 */
enum mld_status mld_bridge_fill(const struct mld_scenario *scenario,
                                const struct mld_run_options *options,
                                void (*progress)(void *context, int done, int runs), void *context,
                                struct mld_bridge *bridge, struct mld_messages *messages);

MLD_END_DECLARATIONS

#endif
