/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The model: all that the losses of a path depend on, whatever a guarantee pays and a fund
 * distributes. Factors, portfolio, issuers and lives read it; designs are priced upon what they
 * make of it. Read-only once resolved.
 */
#ifndef MILLIARD_MODEL_H
#define MILLIARD_MODEL_H

#include "milliard/language.h"
#include "milliard/factors.h"
#include "milliard/grid.h"
#include "milliard/group.h"
#include "milliard/indicators.h"
#include "milliard/instrument.h"
#include "milliard/portfolio.h"

MLD_BEGIN_DECLARATIONS

/** Quantiles of the Beta law of that mean and standard deviation, fractions in (0, 1). */
struct mld_beta_table {
    double mean, sd;
    struct mld_quantile_table *quantile; /**< owned */
};

/** Owned by its plan, which frees what it points to (mld_plan_clear()). */
struct mld_model {
    struct mld_grid grid;
    struct mld_factors_spec factors;
    int n_forms;
    struct mld_form form[MLD_MAX_FORMS];
    double recovery_correlation; /**< ρ_R in [0, 0.99] (model, section 4) */
    /* as read; the first MLD_INSTRUMENTS of `terms` */
    struct mld_terms instrument_terms[MLD_INSTRUMENTS];
    int has_instrument[MLD_INSTRUMENTS];
    /* terms[i < MLD_INSTRUMENTS] of the registry; then the tape's overrides */
    int n_terms;
    struct mld_terms *terms;
    /* deals to be drawn on each path; deals that a tape lists */
    int has_thesis;
    struct mld_thesis thesis;
    int has_tape;
    struct mld_tape tape;
    struct mld_indicators_spec indicators;
    /* derived */
    uint64_t seed;              /**< of all draws */
    int max_deals, max_issuers; /**< per path */
    /*
     * with several closings: the periods of the investment period, the last closing's, and the most
     * that tickets up to each may cost together, EUR; 0 periods: no deal waits
     */
    int waiting_periods, last_inflow;
    double room[MLD_MAX_PERIODS];
    struct mld_group_list groups;
    /* owned: Beta laws of recoveries and of the score, equal ones once */
    int n_tables;
    struct mld_beta_table *table;
    /* multiples of x·PD: 1 first, then those that a guarantee gives rise to, each once */
    int n_hazards;
    double hazard[1 + MLD_MAX_LAYERS];
    int threshold_stride;
    /*
     * owned: Φ⁻¹ (or t_ν⁻¹) of min(x·PD_a·hazard, 0.9999): [terms][form][hazard][a], rows of
     * threshold_stride
     */
    double *threshold;
    struct mld_quantile_table *mixing_table; /**< chi-square(dof), or NULL */
};

MLD_END_DECLARATIONS

#endif
