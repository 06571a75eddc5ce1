/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Trials of alternatives: funds, or guarantee and fund, priced on the losses of the same paths,
 * with the numbers of each on every path. Private to src/run.
 */
#ifndef MILLIARD_RUN_TRIALS_H
#define MILLIARD_RUN_TRIALS_H

#include "milliard/alternatives.h"
#include "milliard/simulate.h"

/** One form of one size. */
struct mld_trial {
    int place; /**< of its design in the plan: MLD_WITHOUT, or a guarantee's */
    struct mld_fund_spec fund;
    /* a year of public money outstanding; of (a) NaN: the operator costs what it does, 0: none */
    double admin;
    int full; /**< 1: every number; 0: the present values alone, which take less */
    double *column[MLD_OUTCOMES]; /**< [path] what is asked for; NULL: not asked for */
    double *bare;                 /**< [path] PV without administration; NULL likewise */
    double *financing;            /**< of (a): [path] PV of covered tickets; NULL likewise */
};

/** Measures that a trial reads: the guarantee's always, class A's of a full one. */
enum {
    MLD_READ_NET_COST,
    MLD_READ_BUDGET,
    MLD_READ_ALWAYS,
    MLD_READ_IRR = MLD_READ_ALWAYS,
    MLD_READ_LOSS,
    MLD_READ_CARRY,
    MLD_TRIAL_READS
};
extern const char *const mld_trial_reads[MLD_TRIAL_READS];

struct mld_trials {
    const struct mld_plan *plan;
    const struct mld_alternatives_options *options;
    int threads, pass; /**< passes over the paths so far */
    struct mld_messages *messages;
};

/**
 * Prices n trials on every path of the plan, in parallel, each path into its own place.
 * Fails: MLD_INTERRUPTED, MLD_ERR_CONSERVATION, MLD_ERR_MEMORY.
 */
enum mld_status mld_trials_run(struct mld_trials *trials, int n, struct mld_trial *trial);

/** Numbers of one trial upon a batch that is priced at its place (outcomes.c). */
void mld_outcomes_fill(const struct mld_plan *plan, const struct mld_trial *trial,
                       const struct mld_workspace *workspace, uint32_t first, int paths);

#endif
