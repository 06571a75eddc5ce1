/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A run: all paths of a plan, in parallel, into a results file. The only OpenMP.
 */
#ifndef MILLIARD_RUN_H
#define MILLIARD_RUN_H

#include <signal.h>

#include "milliard/language.h"
#include "milliard/results.h"
#include "milliard/simulate.h"

MLD_BEGIN_DECLARATIONS

/** A measure to hand back: column has room for all the run's paths. */
struct mld_keep {
    int design;
    int measure;
    double *column;
};

struct mld_run_options {
    /* 0: as many as the machine has; fewer where the system allows fewer */
    int threads;
    int batch;                         /**< paths a batch; 0: 64 */
    const volatile sig_atomic_t *stop; /**< non-zero asks to stop; may be NULL */
    /* called by one thread, may be NULL */
    void (*progress)(void *context, uint32_t done, uint32_t paths);
    void *context;
    /* per-path columns wanted beside the summary; may be NULL, 0 */
    const struct mld_keep *keep;
    int n_keep;
};

struct mld_run_result {
    uint32_t paths;
    double seconds;
    char file[4096];
    int interrupted;
};

/** Simulates, spools to `output`, summarises. `output` NULL: no file, the summary only. */
enum mld_status mld_run(const struct mld_plan *plan, const struct mld_scenario *scenario,
                        const struct mld_run_options *options, const char *output,
                        struct mld_summary *summary, struct mld_run_result *result,
                        struct mld_messages *messages);

/**
 * Bytes of memory and disk that a run of this plan takes into a file, about; memory with what the
 * process holds now. threads 0: as many as the machine has.
 */
enum mld_status mld_run_needs(const struct mld_plan *plan, const struct mld_scenario *scenario,
                              int threads, double *memory, double *disk);

MLD_END_DECLARATIONS

#endif
