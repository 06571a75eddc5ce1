/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The end of a run or a merge: statistics of all paths held, then the results file. */
#ifndef MILLIARD_RUN_FINISH_H
#define MILLIARD_RUN_FINISH_H

#include "milliard/run.h"
#include "run/engine.h"
#include "run/store.h"

/**
 * Statistics and fans into the summary; the columns asked for; and the file, when `output` is not
 * NULL: whole, or marked interrupted when the store holds less than all paths. `result` is filled.
 * Fails: as mld_results_finish(); INTERRUPTED when what it gives is.
 */
enum mld_status mld_finish(const struct mld_engine *engine, const struct mld_store *store,
                           const struct mld_scenario *scenario, const char *output,
                           struct mld_summary *summary, struct mld_run_result *result,
                           struct mld_messages *messages);

#endif
