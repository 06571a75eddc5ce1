/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Sensitivity: each judgement of a scenario at its stated low and high, on the same draws as the
 * scenario itself. Effects are those of the design with the guarantee and every due paid, where
 * there is one, but for the net cost that a dotation pays.
 */
#ifndef MILLIARD_SENSITIVITY_H
#define MILLIARD_SENSITIVITY_H

#include "milliard/language.h"
#include "milliard/run.h"
#include "milliard/scenario.h"

MLD_BEGIN_DECLARATIONS

enum mld_effect_index {
    MLD_EFFECT_IRR,          /**< mean net IRR of class A */
    MLD_EFFECT_LOSS,         /**< probability that class A loses money */
    MLD_EFFECT_NET_COST_DUE, /**< mean net cost to the State, all dues paid, EUR */
    MLD_EFFECT_NET_COST, /**< mean net cost that it pays, from its dotation if it has one, EUR */
    MLD_EFFECT_DOTATION, /**< smallest dotation that holds on 95 % of the paths, EUR */
    MLD_EFFECTS
};

/**
 * A value, or the change of one, with its standard error (of paired differences for a change); NaN
 * where undefined.
 */
struct mld_effect {
    double value, error;
};

/* bytes of what was applied, as text: those of a choice in a scenario */
enum { MLD_APPLIED = 256 };

struct mld_sensitivity_row {
    char name[MLD_MAX_NAME], label_en[160], label_fr[160];
    /* what was applied: "× 0.5", "+0.15", "0.2", "student", "[ 0.6, 0.4 ]; 4" */
    char low[MLD_APPLIED], high[MLD_APPLIED];
    struct mld_effect change[2][MLD_EFFECTS]; /**< [low, high] */
};

struct mld_sensitivity_table {
    char scenario[MLD_MAX_NAME];
    size_t paths;
    uint64_t seed;
    uint64_t fingerprint;         /**< of the scenario: mld_scenario_fingerprint() */
    enum mld_design_place design; /**< of the effects, but for the net cost paid */
    struct mld_effect base[MLD_EFFECTS];
    /* owned; largest change of IRR (of net cost due without a fund) first */
    int n_rows;
    struct mld_sensitivity_row *row;
    /* multiple of all PDs at which the median TVPI of class A is 1; NaN if there is none */
    struct mld_effect break_even_pd;
    double break_even_low, break_even_high; /**< range searched */
};

/**
 * Runs the scenario, then each row of its `sensitivity` list twice. `progress`, when not NULL, is
 * told runs done and to do.
 * Fails as mld_run does; MLD_ERR_INPUT when the scenario lists no sensitivity, or has a row that
 * cannot be run: told before the first run.
 */
enum mld_status mld_sensitivity_fill(const struct mld_scenario *scenario,
                                     const struct mld_run_options *options,
                                     void (*progress)(void *context, int done, int runs),
                                     void *context, struct mld_sensitivity_table *table,
                                     struct mld_messages *messages);
void mld_sensitivity_clear(struct mld_sensitivity_table *table);

MLD_END_DECLARATIONS

#endif
