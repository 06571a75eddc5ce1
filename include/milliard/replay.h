/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * One path of a results file run again alone, in full: from the scenario that the file keeps,
 * checked against the numbers that it keeps. What the stages leave in the workspace is then there
 * to be read (mld_report_replay).
 */
#ifndef MILLIARD_REPLAY_H
#define MILLIARD_REPLAY_H

#include "milliard/language.h"
#include "milliard/results.h"
#include "milliard/simulate.h"

MLD_BEGIN_DECLARATIONS

struct mld_replay {
    const struct mld_results *results; /**< the file, which outlives the replay */
    uint32_t path;
    struct mld_scenario *scenario;
    struct mld_plan *plan;
    /* holds this path alone, as path 0 of its batch, tiers traced */
    struct mld_workspace *workspace;
    /* found equal, over designs: measures; series of a path that keeps them */
    int measures, series;
    /* measures and series that the file, of an earlier version, has not */
    int absent;
    /* by measure, what the file says; NaN where it says nothing */
    double *kept[MLD_MAX_DESIGNS];
};

/**
 * Runs path `path` of a file again, and compares every measure of every design, and the
 * trajectories where the file keeps those of this path, with the file's, as far as it has them: to
 * the last bit, an undefined number being equal to another. Owner of *replay: the caller,
 * mld_replay_free(); NULL on failure.
 * Fails: USAGE (no such path), INPUT (a scenario that this version refuses), FORMAT (a number
 * differs: the message tells which, and what built the file and this program), FILE, MEMORY,
 * CONSERVATION.
 */
enum mld_status mld_replay_create(const struct mld_results *results, size_t path,
                                  struct mld_replay **replay, struct mld_messages *messages);
void mld_replay_free(struct mld_replay *replay);

MLD_END_DECLARATIONS

#endif
