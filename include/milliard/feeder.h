/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The citizens' fund (model, section 20): a feeder that commits at the start to a part of class A
 * and holds cash beside it. Savers buy units at their value, may ask for them to be paid back, and
 * wait where cash does not reach. It reads flows and values of class A of the same path, and
 * touches neither. Series [period][path] or [year][path]; EUR, but for units. Being defined: every
 * input of it is a judgement.
 */
#ifndef MILLIARD_FEEDER_H
#define MILLIARD_FEEDER_H

#include <stdint.h>

#include "milliard/fund.h"
#include "milliard/grid.h"
#include "milliard/language.h"
#include "milliard/limits.h"
#include "milliard/nav.h"
#include "milliard/params.h"
#include "milliard/status.h"

MLD_BEGIN_DECLARATIONS

/** What savers bring in the first period of a year, before its call. */
struct mld_subscription {
    int year; /**< from 0 */
    double amount;
};

struct mld_feeder_spec {
    int present;
    double class_a_share; /**< of A's commitments, and so of its calls and distributions */
    int n_subscriptions;
    struct mld_subscription subscription[MLD_MAX_DOTATIONS];
    double cash_margin; /**< cash earns the TMO less that, 0 at least; a year */
    double pocket;      /**< λ: requests are served down to that part of the value */
    double fee;         /**< of the value, a year */
    /* units asked back in a year, as a part of those not waiting: mean, sd; ρ with the cycle */
    double request_mean, request_sd, request_load;
    double exit_fee; /**< of the price of a unit paid back; stays in */
    double gate;     /**< most paid back in a year, as a part of the units */
    /* derived */
    double share_of_calls;   /**< of all calls of the fund */
    double request_residual; /**< √(1 − load²) */
    int cycle;               /**< place of the factor; -1: no load, and none is read */
};

/** Rows of `feeder`; offsets in struct mld_feeder_spec. */
extern const struct mld_param mld_feeder_params[];

/** Series of a period; then those of a year. */
enum mld_feeder_series {
    MLD_FEEDER_SUBSCRIBED, /**< paid in by savers */
    MLD_FEEDER_BOUGHT,     /**< units for it */
    MLD_FEEDER_INTEREST,   /**< on cash */
    MLD_FEEDER_RECEIVED,   /**< distributions of A */
    MLD_FEEDER_CALLED,     /**< its part of A's call */
    MLD_FEEDER_PAID,       /**< of it, paid */
    MLD_FEEDER_FEES,       /**< of running it, paid */
    MLD_FEEDER_SERVED,     /**< units paid back */
    MLD_FEEDER_PAID_OUT,   /**< for them, less the exit fee */
    MLD_FEEDER_FINAL,      /**< paid to all units left, in t_L */
    MLD_FEEDER_CASH,       /**< after the period: the pocket */
    MLD_FEEDER_UNITS,      /**< after the period; in t_L those that are paid then */
    MLD_FEEDER_WAITING,    /**< units asked back and not paid yet */
    MLD_FEEDER_VALUE, /**< its part of A's value, and cash less fees owed; in t_L what is paid */
    MLD_FEEDER_PERIOD_SERIES,
    MLD_FEEDER_REQUESTED = MLD_FEEDER_PERIOD_SERIES, /**< units asked back in the year */
    MLD_FEEDER_IN_YEAR,                              /**< of them, paid back at its end */
    MLD_FEEDER_DUE,    /**< units that the gate lets through at its end */
    MLD_FEEDER_NEEDED, /**< cash at its start that calls and dues would take, over value; or NaN */
    MLD_FEEDER_SERIES
};

/** A feeder of one design over a batch. Owner: the workspace. */
struct mld_feeder {
    int width, periods, years;
    uint32_t first;                    /**< number of the batch's first path */
    double *series[MLD_FEEDER_SERIES]; /**< [period][path], those of a year [year][path] */
    double *state;                     /* private: accounts of a path, by row */
    double *memory;
};

/** Derived fields of a spec whose read fields are valid, but for `cycle`. */
void mld_feeder_prepare(struct mld_feeder_spec *spec, const struct mld_fund_spec *fund);

/** Storage for up to `paths` paths. Fails: MLD_ERR_MEMORY, and then holds nothing. */
enum mld_status mld_feeder_init(struct mld_feeder *feeder, const struct mld_grid *grid, int paths);
void mld_feeder_clear(struct mld_feeder *feeder);

/** What a feeder reads of the same paths. */
struct mld_feeder_source {
    const struct mld_fund_flows *fund; /**< advanced to t_L, its TMO given */
    const struct mld_nav *nav;         /**< of it */
    const double *cycle; /**< F of the cycle: [path × cycle_stride + year]; or NULL */
    int cycle_stride;
    uint64_t seed;
};
/**
 * Paths first … first + paths − 1. Draws: stream FEEDER, requests of a year. Cannot fail. Source:
 * model, section 20.
 */
void mld_feeder_fill(struct mld_feeder *feeder, const struct mld_grid *grid,
                     const struct mld_feeder_spec *spec, const struct mld_feeder_source *source,
                     uint32_t first, int paths);

/** Row of a series: of a period, or of a year. */
static inline double *mld_feeder_row(const struct mld_feeder *feeder, enum mld_feeder_series series,
                                     int step)
{
    return feeder->series[series] + (size_t)step * (size_t)feeder->width;
}

MLD_END_DECLARATIONS

#endif
