/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Where a run keeps its per-path measures, and the statistics made of them. */
#ifndef MILLIARD_RUN_SUMMARY_H
#define MILLIARD_RUN_SUMMARY_H

#include "milliard/results.h"
#include "milliard/simulate.h"
#include "milliard/summary.h"

/** The results file, or memory when there is none: [design][measure][path], `paths` allotted. */
struct mld_spool {
    struct mld_results_writer *writer;
    double *memory;
    size_t paths;
};

/** Reads one measure of one design of the paths kept so far. Not thread-safe. */
enum mld_status mld_spool_column(const struct mld_spool *spool, int design, int measure,
                                 double *column);

/** Allocates the tables of a summary (fans empty). */
enum mld_status mld_summary_init(struct mld_summary *summary, const struct mld_plan *plan,
                                 size_t paths);
/** Statistics of every measure from the spool, on `threads` threads. Fans are the run's. */
enum mld_status mld_summary_fill(struct mld_summary *summary, const struct mld_plan *plan,
                                 const struct mld_spool *spool, int threads);

#endif
