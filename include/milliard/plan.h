/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The plan: a scenario and its tape, resolved and checked: a model, the designs that are priced
 * upon it, and the run. Read-only from here on. Stages read of it what their arguments say.
 *
 * mld_scenario_plan() makes one on the heap; it is cleared with mld_plan_clear(), then freed.
 * Amounts are EUR, rates fractions a year, times years from the first closing. Any number of
 * threads may read one.
 */
#ifndef MILLIARD_PLAN_H
#define MILLIARD_PLAN_H

#include "milliard/language.h"
#include "milliard/design.h"
#include "milliard/lives.h"
#include "milliard/model.h"
#include "milliard/warning.h"

MLD_BEGIN_DECLARATIONS

/** Of which paths the results file keeps every series: run.trajectories. */
enum mld_trajectories { MLD_TRAJECTORIES_NONE, MLD_TRAJECTORIES_FIRST, MLD_TRAJECTORIES_ALL };

/** Of which measures it keeps the value on every path: run.measures. */
enum mld_kept { MLD_KEPT_ALL, MLD_KEPT_NONE, MLD_KEPT_LISTED };
/** How it keeps them: run.storage. */
enum mld_storage { MLD_STORED_DOUBLE, MLD_STORED_SINGLE };
/** What the fans are made of: run.fans. */
enum mld_fan_paths { MLD_FANS_ALL, MLD_FANS_FIRST };
enum { MLD_MAX_LISTED = 64, MLD_FANS_FIRST_PATHS = 65536 };
enum { MLD_MAX_PRECISIONS = 16, MLD_PRECISION_SIZE = 128 };

struct mld_run_spec {
    double paths;              /**< number of paths, a whole number in [1, 2^32 − 2] */
    double seed;               /**< whole number in [0, 2^53] */
    int trajectories;          /**< enum mld_trajectories */
    double trajectories_first; /**< with FIRST: of how many, from path 0 */
    int measures;              /**< enum mld_kept */
    char listed[MLD_MAX_LISTED][MLD_MAX_NAME]; /**< with LISTED: their names */
    int n_listed;
    int storage; /**< enum mld_storage */
    int fans;    /**< enum mld_fan_paths */
    /* errors that the paths double until they are met: mld_precision_read() */
    char precision[MLD_MAX_PRECISIONS][MLD_PRECISION_SIZE];
    int n_precisions;
    double paths_at_most; /**< beyond which they do not, a whole number */
};

/** How the indices of uncertain inputs are found: uncertainty.method. */
enum mld_index_method { MLD_BY_REGRESSION, MLD_BY_PICK_FREEZE };

enum { MLD_FEWEST_WORLDS = 40 };

/** Worlds beside the scenario's own inputs (model, section 15). */
struct mld_uncertainty {
    int present;
    double worlds; /**< a whole number; NaN: as many as fill run.paths */
    int paths_per_world;
    int method;        /**< enum mld_index_method */
    uint32_t n_worlds; /**< derived; a run of them is of as many paths as they have */
};

struct mld_echoes;

/**
 * What covered debt costs its guarantor, and what of it the fund pays: a year, per euro guaranteed.
 * Issuers get pass_through × max(0, price − fee) × quotité off their fixed rates. Source: model,
 * section 14.
 */
struct mld_cover_price {
    int known; /**< 0: not yet, and rates are full */
    double price, fee;
};

struct mld_plan {
    char name[MLD_MAX_NAME], title_en[256], title_fr[256], description_en[MLD_MAX_TEXT],
        description_fr[MLD_MAX_TEXT];
    struct mld_run_spec run;
    struct mld_uncertainty uncertainty;
    struct mld_model model;              /**< all that losses depend on */
    struct mld_fund_spec fund;           /**< with fund.present 0: a scheme without a fund */
    struct mld_guarantee_spec guarantee; /**< likewise */
    struct mld_feeder_spec feeder;       /**< likewise; upon the fund */
    struct mld_endowment_spec endowment; /**< likewise; beside the portfolio */
    struct mld_warnings warnings;        /**< what it may hardly mean; owned */
    struct mld_echoes *echo; /**< its parameters as they were read, mld_plan_echo(); owned */
    /* derived */
    struct mld_guarantee_spec kept; /**< the guarantee without its dotation */
    /* of this plan's guarantee and fund: a plan is not copied */
    int n_designs;
    struct mld_design design[MLD_MAX_DESIGNS];
    /* what distinguishes the lives that designs read; design[].lives is a place in it */
    int n_lives;
    struct mld_lives_spec lives[MLD_MAX_DESIGNS];
    uint32_t paths; /**< run.paths as a whole number */
    /* where part of it is passed through: found by mld_first_pass() */
    struct mld_cover_price cover_price;
};

/**
 * Lists the designs of the guarantee and fund of a plan, and the lives they read. Part of
 * resolving.
 */
void mld_plan_list_designs(struct mld_plan *plan);
/**
 * Gives a plan whose guarantee passes part of its price through that price, and lists its designs
 * again; known 0: none, and rates are full.
 */
void mld_plan_pass_through(struct mld_plan *plan, struct mld_cover_price price);
/** What fixed rates of covered debt fall by for a quotité of 1, a year; 0 where nothing falls. */
double mld_plan_rate_cut(const struct mld_plan *plan);
/**
 * Place of the design in which every due is paid in its period, of as many designs as a scenario
 * has: kept, or with where no dotation is there to run out; that without a guarantee, where there
 * is none.
 */
int mld_design_fully_paid(int n_designs);
/** The first design that reads some lives: what comes from these alone is told under its name. */
int mld_plan_reader(const struct mld_plan *plan, int lives);
/** Paths of a run whose series are kept: 0 … n−1. */
uint32_t mld_plan_trajectories(const struct mld_plan *plan);
/** Whether the results file of a run keeps a measure's value on every path. */
int mld_plan_keeps(const struct mld_plan *plan, int measure);
/** A measure's value on a path as that file keeps it: rounded, where in single precision. */
double mld_plan_stored(const struct mld_plan *plan, double value);
/** Paths of which fans are made: 0 … n−1. */
uint32_t mld_plan_fan_paths(const struct mld_plan *plan);
/** Paths of which the returns of groups of deals are made, the first ones. */
uint32_t mld_plan_group_paths(const struct mld_plan *plan);
/** Frees what the plan owns, and leaves it all zero; NULL is no mistake. */
void mld_plan_clear(struct mld_plan *plan);

MLD_END_DECLARATIONS

#endif
