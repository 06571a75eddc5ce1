/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The consumable fonds de dotation (model, section 20): donations of a year, then its cost, then a
 * part of the balance shared in grants to projects, until less than the smallest grant is left; the
 * rest is carried over. It has no return, and touches no flow of a deal, fund or guarantee: it
 * stands beside the portfolio of its scenario, of which it only reads how many deals there are.
 * Years are counted from the first closing. EUR. Every input of it is a judgement.
 */
#ifndef MILLIARD_ENDOWMENT_H
#define MILLIARD_ENDOWMENT_H

#include <stdint.h>

#include "milliard/grid.h"
#include "milliard/language.h"
#include "milliard/limits.h"
#include "milliard/params.h"
#include "milliard/status.h"

MLD_BEGIN_DECLARATIONS

/** Donations of a year: lognormal, so that they are never negative; a constant where sd is 0. */
struct mld_donation {
    int year;        /**< from 0 */
    double mean, sd; /**< EUR */
};

struct mld_endowment_spec {
    int present;
    int horizon_years; /**< years that it lives, at most those simulated */
    double opening;    /**< EUR, at the start of year 0 */
    int n_donations;
    struct mld_donation donation[MLD_MAX_DOTATIONS];
    double operating_cost; /**< EUR a year */
    double co_funding;     /**< part of each grant that partners pay, in [0, 0.95] */
    double pace;           /**< part of the balance that a year's grants may take, in [0, 1] */
    /**
     * What a project gets, partners' part included: lognormal with that mean and sd before it is
     * truncated to [min, max].
     */
    double grant_mean, grant_sd, grant_min, grant_max;
    /* part x of the deals that helped projects are to supply, and the years n they have for it */
    double pipeline_share;
    int pipeline_years;
    /* derived */
    double donation_log_sd[MLD_MAX_DOTATIONS];
    double grant_log_mean, grant_log_sd;
    double grant_low, grant_span; /**< Φ at the smallest grant; what of the law is within bounds */
    int deal_years;               /**< first years in which deals are made */
};

/** Rows of `endowment`; offsets in struct mld_endowment_spec. */
extern const struct mld_param mld_endowment_params[];

/** Most grants of a year on a path; what they leave is carried over. */
enum { MLD_MAX_GRANTS = 1000000 };

/** An endowment over a batch: [year][path], `width` wide, zeros beyond its horizon. */
struct mld_endowment {
    int width, years;
    double *received;           /**< donations, and in year 0 the opening */
    double *cost, *cost_unpaid; /**< of operating: paid, and what the balance did not reach for */
    double *granted;            /**< of its own money, partners' part apart */
    double *projects;           /**< helped: number of grants */
    double *balance;            /**< after all of it, ≥ 0 */
    double *memory;             /* private: the block of these */
};

/** Derived fields of a spec whose read fields are valid, but for deal_years. */
void mld_endowment_prepare(struct mld_endowment_spec *spec);

/** Storage for up to `paths` paths. Fails: MLD_ERR_MEMORY, and then holds nothing. */
enum mld_status mld_endowment_init(struct mld_endowment *endowment, const struct mld_grid *grid,
                                   int paths);
void mld_endowment_clear(struct mld_endowment *endowment);
/**
 * Paths first … first + paths − 1. Draws: stream ENDOWMENT, of donations by year and of each grant.
 * Cannot fail. Source: model, section 20.
 */
void mld_endowment_fill(struct mld_endowment *endowment, const struct mld_endowment_spec *spec,
                        uint64_t seed, uint32_t first, int paths);

/**
 * Whether projects helped in a year have all the years of the pipeline until the last year in which
 * deals are made.
 */
static inline int mld_endowment_in_time(const struct mld_endowment_spec *spec, int year)
{
    return year + spec->pipeline_years < spec->deal_years;
}

MLD_END_DECLARATIONS

#endif
