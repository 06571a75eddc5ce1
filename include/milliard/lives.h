/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Lives: what happens to the issuers and deals of a batch, added up in pools and in the rows of
 * covers. Designs that agree in all that lives depend on (struct mld_lives_spec) read the same
 * ones: losses once, designs many.
 */
#ifndef MILLIARD_LIVES_H
#define MILLIARD_LIVES_H

#include "milliard/language.h"
#include "milliard/cover.h"
#include "milliard/group.h"
#include "milliard/holdings.h"
#include "milliard/indicators.h"
#include "milliard/pools.h"

MLD_BEGIN_DECLARATIONS

/** All that lives depend on beside the model: their key. */
struct mld_lives_spec {
    struct mld_cover_list covers; /**< of all the designs that read these lives */
    /* by cover: the multiple of x·PD of issuers whose first covered deal it takes, a place in
     * model->hazard */
    int hazard[MLD_MAX_COVERS];
    int changes_hazards; /**< 1: one of them is not 1 */
    /* by cover: what the fixed rates of the debt it takes fall by, a year */
    double rate_cut[MLD_MAX_COVERS];
    int cuts_rates; /**< 1: one of them is not 0 */
    /* 1: deals are candidates, of which the fund makes those that it can pay: they are kept */
    int candidates;
};

/** A deal as its instrument wrote it, and as it went. */
struct mld_deal_life {
    struct mld_contract contract;
    struct mld_life life;
    /* what its issuer pays less where its rate has fallen, EUR; 1: that rate is down to 0 */
    double interest_spared;
    int rate_at_zero;
};

struct mld_follow_ons;

struct mld_lives {
    /* the deals that live: those of the batch's portfolio, and where a thesis has second deals,
     * those too, which differ as default dates do; set by mld_lives_fill() */
    const struct mld_portfolio *portfolio;
    struct mld_follow_ons *follow_ons; /**< private: NULL without second deals */
    /* of all issuers of the batch when deals are kept, else of those of its last paths */
    struct mld_issuer_outcomes outcomes;
    struct mld_pools pools;
    struct mld_covers covers;
    struct mld_groups groups;         /**< of no path where they are not asked for */
    int pooled;                       /**< whether they are added up; 0 at first */
    struct mld_holdings holdings;     /**< likewise of no path, where nothing asks for them */
    int held;                         /**< whether they are added up; 0 at first */
    struct mld_indicators indicators; /**< likewise */
    int counted;                      /**< whether they are added up; 0 at first */
    uint32_t first;                   /* number of the batch's first path */
    /*
     * [deal of `portfolio`] when they are kept (a path replayed), else one that is filled again and
     * again
     */
    struct mld_deal_life *deal;
    int kept;
    unsigned char *chosen;     /**< [deal of `portfolio`] of candidates: 1, it is made; else NULL */
    struct mld_hazard *hazard; /**< by issuer of the batch; NULL where none differs */
    /* of a deal whose rate falls, its life at the full rate; NULL where none falls */
    struct mld_deal_life *full;
    double *memory, *full_memory; /* of the series of `deal` and `full` */
};

struct mld_model;
/**
 * Storage for up to `paths` paths. `kept`: the life of every deal lasts. Fails: MLD_ERR_MEMORY, and
 * then holds nothing.
 */
enum mld_status mld_lives_init(struct mld_lives *lives, const struct mld_model *model,
                               const struct mld_lives_spec *spec, int paths, int kept);
void mld_lives_clear(struct mld_lives *lives);

/**
 * Issuers, then every deal into its pools and covers. Cannot fail. Source: model, sections 3 to 7.
 */
void mld_lives_fill(struct mld_lives *lives, const struct mld_model *model,
                    const struct mld_lives_spec *spec, uint32_t first, int paths,
                    const struct mld_factor_rows *factors, const struct mld_portfolio *portfolio);

/**
 * Of lives whose deals are kept, the sums of some of them: empties pools, covers and groups; adds
 * deal d of `portfolio`, of each path in one order; turns the sums into rows, which may be done
 * again after more are added.
 */
void mld_lives_empty(struct mld_lives *lives, int paths);
void mld_lives_add(struct mld_lives *lives, const struct mld_model *model, int d);
void mld_lives_close(struct mld_lives *lives, int paths);

MLD_END_DECLARATIONS

#endif
