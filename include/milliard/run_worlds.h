/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A run of worlds (model, section 15): in each the judgements are another joint draw, and its paths
 * are the scenario's own ones of these numbers: world w has paths w n … w n + n − 1. A world is a
 * model: its scenario is planned as any other, and a world in which nothing is drawn has the very
 * values of the run. What covered debt costs its guarantor, where issuers get part of it back, is
 * known to nobody but by the scenario: worlds have the price of the plan.
 */
#ifndef MILLIARD_RUN_WORLDS_H
#define MILLIARD_RUN_WORLDS_H

#include "milliard/language.h"
#include "milliard/run.h"
#include "milliard/uncertain.h"

MLD_BEGIN_DECLARATIONS

/** Paths of the worlds of a plan, which a run beside them is to have too. */
static inline uint32_t mld_worlds_each(const struct mld_plan *plan)
{
    return plan->uncertainty.n_worlds * (uint32_t)plan->uncertainty.paths_per_world;
}
/** Paths that they take, pick-freeze with its sets. */
double mld_worlds_paths(const struct mld_plan *plan, int blocks);

/**
 * Simulates the worlds that a plan asks for, of the scenario it is of. Given: options->threads,
 * batch, stop and progress; `output`, beside which a file without a name holds the values of all
 * paths meanwhile. Gives *uncertain, the caller's, mld_uncertain_free(); NULL after a failure.
 * Fails: MLD_ERR_INPUT (a judgement that cannot be drawn, a world that the scenario's rules
 * refuse, which is named), MLD_INTERRUPTED after options->stop, within a batch of paths and with
 * nothing kept, MLD_ERR_CONSERVATION, MLD_ERR_FILE, MLD_ERR_MEMORY.
 */
enum mld_status mld_run_worlds(const struct mld_plan *plan, const struct mld_scenario *scenario,
                               const struct mld_run_options *options, const char *output,
                               struct mld_uncertain **uncertain, struct mld_messages *messages);

MLD_END_DECLARATIONS

#endif
