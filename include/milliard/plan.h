/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The plan: a scenario and its tape, resolved and checked: a model, the designs that are priced
 * upon it, and the run. Read-only from here on. Stages read of it what their arguments say.
 */
#ifndef MILLIARD_PLAN_H
#define MILLIARD_PLAN_H

#include "milliard/language.h"
#include "milliard/design.h"
#include "milliard/lives.h"
#include "milliard/model.h"
#include "milliard/warning.h"

MLD_BEGIN_DECLARATIONS

enum mld_trajectories { MLD_TRAJECTORIES_NONE, MLD_TRAJECTORIES_FIRST, MLD_TRAJECTORIES_ALL };

struct mld_run_spec {
    double paths; /**< number of paths, a whole number in [1, 2^32 − 2] */
    double seed;  /**< whole number in [0, 2^53] */
    int trajectories;
    double trajectories_first;
};

enum mld_sensitivity_operation { MLD_SENSITIVITY_SET, MLD_SENSITIVITY_SCALE, MLD_SENSITIVITY_ADD };

/** One row of the sensitivity table: a judgement of the scenario with its low and high. */
struct mld_sensitivity {
    char name[MLD_MAX_NAME], label_en[160], label_fr[160];
    int n_keys;
    char key[16][128]; /**< dotted keys, `*` for any name: "legal_forms.*.pd" */
    int operation;     /**< enum mld_sensitivity_operation */
    double low, high;
    /*
     * values that are no numbers, as written right of "="; one for all keys or one for each with
     * ";" between; "" when low and high are meant
     */
    char choice_low[256], choice_high[256];
};

struct mld_plan {
    char name[MLD_MAX_NAME], title_en[256], title_fr[256], description_en[MLD_MAX_TEXT],
        description_fr[MLD_MAX_TEXT];
    struct mld_run_spec run;
    struct mld_model model;
    struct mld_fund_spec fund;
    struct mld_guarantee_spec guarantee;
    int n_sensitivities;
    struct mld_sensitivity sensitivity[MLD_MAX_SENSITIVITIES];
    struct mld_warnings warnings; /**< what it may hardly mean; owned */
    /* derived */
    /* of this plan's guarantee and fund: a plan is not copied */
    int n_designs;
    struct mld_design design[MLD_MAX_DESIGNS];
    int n_lives;
    struct mld_lives_spec lives[MLD_MAX_DESIGNS];
    uint32_t paths;
};

/**
 * Computes every derived field of a plan whose read fields are set, and checks what rows alone
 * cannot: correlation matrix, weights, legal caps across terms, volume against commitments, layers,
 * tiers.
 * Fails with MLD_ERR_INPUT and one message per mistake, or MLD_ERR_MEMORY.
 * `where` gives "file:line" of a dotted key for messages, or NULL.
 */
struct mld_messages;
enum mld_status mld_plan_resolve(struct mld_plan *plan,
                                 const char *(*where)(const void *, const char *),
                                 const void *context, struct mld_messages *messages);
/**
 * Lists the designs of the guarantee and fund of a plan, and the lives they read. Part of
 * resolving.
 */
void mld_plan_list_designs(struct mld_plan *plan);
void mld_plan_clear(struct mld_plan *plan);

MLD_END_DECLARATIONS

#endif
