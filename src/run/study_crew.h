/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A study that ranks share, where MPI started them. All go through the groups that rank 0 names,
 * and each simulates its blocks of every wave; rank 0 takes those of the others and alone adds
 * numbers up, saves and writes. A program without MPI has no crew (alone.c).
 */
#ifndef MILLIARD_RUN_STUDY_CREW_H
#define MILLIARD_RUN_STUDY_CREW_H

#include "milliard/status.h"

struct mld_study_engine;
struct mld_study_walk;

/**
 * Shares a study with the ranks that wait, if there are any: `ranks` of the engine says how many go
 * through it. Fails: MEMORY; the study is then not shared.
 */
enum mld_status mld_study_crew_open(struct mld_study_engine *engine);
/** Names the group at hand, that was opened, and its first path to do, where others share it. */
void mld_study_crew_begin(const struct mld_study_engine *engine, unsigned from);
/** Waits for the others' blocks of a wave. Fails: as the rank that had them, with its message. */
enum mld_status mld_study_crew_take(struct mld_study_engine *engine, int blocks,
                                    struct mld_messages *messages);
/** The study is over, well or not. */
void mld_study_crew_close(struct mld_study_engine *engine, enum mld_status status);

/** Goes through the study that this message of rank 0's begins. For a rank that waits. */
void mld_study_crew_work(const char *bytes);

#endif
