/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What a plan without a mistake says and hardly means: warnings that need the plan as a whole. */
#ifndef MILLIARD_SCENARIO_DOUBTFUL_H
#define MILLIARD_SCENARIO_DOUBTFUL_H

#include "scenario/resolve.h"
#include "scenario/scenario_internal.h"

/** All of them. */
void mld_find_doubtful(const struct mld_scenario *scenario, struct mld_reading *reading);
/** Amounts that look given in thousands or millions of euros. */
void mld_doubt_units(const struct mld_scenario *scenario, struct mld_plan *plan);
/** Rows of `sensitivity` that cannot be run, at their low or high. */
void mld_doubt_judgements(const struct mld_scenario *scenario,
                          const struct mld_judgements *judgements, struct mld_plan *plan);
/** Deals that wait for a closing on more than 5 % of paths. */
void mld_doubt_closings(const struct mld_scenario *scenario, struct mld_plan *plan);
/** A credit line, whose legal limit nobody has checked. */
void mld_doubt_credit_line(const struct mld_scenario *scenario, struct mld_plan *plan);

/** Whether a volume looks given in another unit, by its own size or by that of the commitments. */
int mld_is_small_volume(const struct mld_plan *plan, double volume);
/** "tape.csv:12" of a line of the tape, in `where`. */
void mld_tape_where(const struct mld_scenario *scenario, const struct mld_plan *plan, int line,
                    char *where, size_t size);

#endif
