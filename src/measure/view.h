/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What the rows of measures and series read: the flows of one design over a batch, laid out
 * [period][path], and what several rows share, computed once.
 */
#ifndef MILLIARD_MEASURE_VIEW_H
#define MILLIARD_MEASURE_VIEW_H

#include "milliard/measure.h"

struct mld_measure_view {
    const struct mld_grid *grid;
    const struct mld_fund_spec *fund_spec;           /**< NULL without a fund, as its flows */
    const struct mld_guarantee_spec *guarantee_spec; /**< NULL without a guarantee, as its flows */
    const struct mld_pools *pools;
    const struct mld_fund_flows *fund, *without_line;
    const struct mld_guarantee_flows *guarantee;
    double volume;                             /**< the design's */
    const struct mld_holdings *holdings;       /**< filled where series or limits are asked for */
    const struct mld_nav *nav;                 /**< where series are */
    const struct mld_feeder_spec *feeder_spec; /**< likewise */
    const struct mld_feeder *feeder;
    const struct mld_endowment_spec *endowment_spec; /**< NULL without one, as its flows */
    const struct mld_endowment *endowment;
    const struct mld_indicators *indicators; /**< without any, of no path */
    const double *tmo;                       /**< of the input */
    int tmo_stride;
    int paths, width, periods, years;
    /* shared: [path] */
    double *cost; /**< Σ investments */
    double *class_paid_in[MLD_CLASSES], *class_received[MLD_CLASSES];
    double *irr[MLD_CLASSES], *irr_gross, *roots_a, *roots_gross;
    /* shared: [period][path] */
    double *net;                   /**< scratch: one class's net flows */
    double *paid_in, *distributed; /**< cumulated, whole fund */
    int *roots;
    double *followed; /**< scratch, [class or costs][path]: what a quota by date follows */
    /* scratch of closings: what newcomers pay, what the members of one pay and receive; [path] */
    double *principal, *interest, *member_paid, *member_received;
};

/**
 * What the wanted measures read of what is shared: of class k the IRR (bit k) and what it pays in
 * and receives; the IRR of the deals; all the rest. A measure of the guarantor reads nothing.
 */
enum {
    MLD_SHARED_IRR = 1,
    MLD_SHARED_CLASS = MLD_SHARED_IRR << MLD_CLASSES,
    MLD_SHARED_GROSS = MLD_SHARED_CLASS << MLD_CLASSES,
    MLD_SHARED_REST = MLD_SHARED_GROSS << 1
};
unsigned mld_measure_shared(const unsigned char *wanted);

/**
 * What the fund of a path still owes the guarantor after t_L, EUR ≥ 0: lost. 0 without a fund.
 * Source: model, section 7.
 */
double mld_lost_receivable(const struct mld_measure_view *view, int path);
/** Net cost of the guarantee of a path, discounted or not, that receivable included; EUR. */
double mld_net_cost(const struct mld_measure_view *view, int path, int discounted);

#endif
