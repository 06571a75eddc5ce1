/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * One batch of paths through every stage, in the order of the model. The workspace is allocated
 * once.
 */
#ifndef MILLIARD_SIMULATE_H
#define MILLIARD_SIMULATE_H

#include "milliard/language.h"
#include "milliard/measure.h"
#include "milliard/plan.h"
#include "milliard/violation.h"

MLD_BEGIN_DECLARATIONS

/** What one design makes of a batch. */
struct mld_design_flows {
    struct mld_guarantee_flows guarantee; /**< empty without a guarantee */
    struct mld_fund_flows fund;           /**< empty without a fund */
    struct mld_fund_flows without_line;   /**< it with nothing borrowed; empty without a line */
    struct mld_nav nav;                   /**< likewise, and where series are never wanted */
    struct mld_feeder feeder;             /**< empty without a feeder */
    struct mld_endowment endowment;       /**< empty without an endowment */
    double *value;                        /**< measures: [measure][path], width wide */
    /* series: [offset + step][path], width wide; then what mld_groups_fill() writes, of the first
     * design that reads some lives */
    double *series;
};

struct mld_recycler;
struct mld_workspace {
    int width; /**< paths a batch may hold, a multiple of 8 */
    struct mld_factor_rows factors;
    struct mld_portfolio portfolio;
    struct mld_lives lives[MLD_MAX_DESIGNS];         /**< in the order of the plan's list */
    struct mld_design_flows design[MLD_MAX_DESIGNS]; /**< likewise */
    struct mld_measures_workspace *measures;
    double *audited;               /**< private: scratch of the audit of funds */
    struct mld_recycler *recycler; /**< private: of a plan whose deals are candidates; else NULL */
    /* of each design: [measure] 1 where it is wanted; NULL: all. The others are left as they are */
    const unsigned char *wanted[MLD_MAX_DESIGNS];
    int no_series; /**< 1: series are not wanted */
    int groups;    /**< 1: groups of deals are wanted; 0 at first, and without series for good */
    struct mld_violation violation;
};

/** Rows of a design's series and groups. */
int mld_output_steps(const struct mld_model *model);

/** What of a batch lasts until the next one. */
enum mld_keeping {
    MLD_KEEP_SERIES, /**< measures and every series */
    /* also the lives of deals and what each tier pays: one path is run for its own sake */
    MLD_KEEP_TRACE,
    MLD_KEEP_MEASURES /**< measures alone, so the guarantee is not audited */
};
enum mld_status mld_workspace_create(const struct mld_plan *plan, int width,
                                     enum mld_keeping keeping, struct mld_workspace **workspace);
void mld_workspace_free(struct mld_workspace *workspace);

/**
 * The first half: the losses of paths first … first+paths-1, factors to lives, for all designs.
 */
void mld_simulate_losses(const struct mld_plan *plan, uint32_t first, int paths,
                         struct mld_workspace *workspace);
/**
 * The second half, of one design upon the losses that are there: priced, checked, measured into
 * place d of the workspace. It may be another than the plan's, with as many layers as the design
 * at that place, and the covers of its lives.
 */
void mld_simulate_design(const struct mld_model *model, const struct mld_design *design, int d,
                         uint32_t first, int paths, struct mld_workspace *workspace);

/**
 * Simulates paths first … first+paths-1 (paths ≤ width) in every design of the plan. Cannot fail;
 * see `violation`.
 */
void mld_simulate(const struct mld_plan *plan, uint32_t first, int paths,
                  struct mld_workspace *workspace);

MLD_END_DECLARATIONS

#endif
