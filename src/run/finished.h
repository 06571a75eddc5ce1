/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Whether a run that is to be resumed has been finished before. */
#ifndef MILLIARD_RUN_FINISHED_H
#define MILLIARD_RUN_FINISHED_H

#include "milliard/scenario.h"

/**
 * Looks at what is at `path`. *finished: 1 for the whole results of this very scenario, paths and
 * seed. Fails: INPUT, when they are those of another run, for there is nothing to go on with then;
 * MEMORY. What is no results file, or only some of the paths, is no finished run.
 */
enum mld_status mld_finished_results(const char *path, const struct mld_scenario *scenario,
                                     int *finished, struct mld_messages *messages);
/** The same for a piece of the segments given. */
enum mld_status mld_finished_piece(const char *path, const char *identity,
                                   const uint32_t segments[2], int *finished,
                                   struct mld_messages *messages);

#endif
