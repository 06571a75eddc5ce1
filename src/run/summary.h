/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The statistics that are made of the columns of a run. */
#ifndef MILLIARD_RUN_SUMMARY_H
#define MILLIARD_RUN_SUMMARY_H

#include "milliard/summary.h"
#include "run/store.h"

/** Allocates the tables of a summary (fans empty). */
enum mld_status mld_summary_init(struct mld_summary *summary, const struct mld_plan *plan,
                                 size_t paths);
/** Statistics of every measure from the store, on `threads` threads. Fans are the run's. */
enum mld_status mld_summary_fill(struct mld_summary *summary, const struct mld_store *store,
                                 int threads);

#endif
