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

struct mld_echoes;

struct mld_plan {
    char name[MLD_MAX_NAME], title_en[256], title_fr[256], description_en[MLD_MAX_TEXT],
        description_fr[MLD_MAX_TEXT];
    struct mld_run_spec run;
    struct mld_model model;
    struct mld_fund_spec fund;
    struct mld_guarantee_spec guarantee;
    struct mld_warnings warnings; /**< what it may hardly mean; owned */
    struct mld_echoes *echo;      /**< its parameters as they were read, mld_plan_echo(); owned */
    /* derived */
    /* of this plan's guarantee and fund: a plan is not copied */
    int n_designs;
    struct mld_design design[MLD_MAX_DESIGNS];
    int n_lives;
    struct mld_lives_spec lives[MLD_MAX_DESIGNS];
    uint32_t paths;
};

/**
 * Lists the designs of the guarantee and fund of a plan, and the lives they read. Part of
 * resolving.
 */
void mld_plan_list_designs(struct mld_plan *plan);
void mld_plan_clear(struct mld_plan *plan);

MLD_END_DECLARATIONS

#endif
