/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/trials.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "run/engine.h"
#include "run/threads.h"

enum { BATCH = 64, WAVE = 64 };

/* What a pass works with. */
struct pass {
    struct mld_trials *trials;
    struct mld_workspace **workspace; /* one a thread */
    unsigned char *wanted[2];         /* what a trial reads; what a full one does */
    int n;
    struct mld_trial *trial;
};

static int allocate_wanted(struct pass *pass)
{
    for (int full = 0; full < 2; full++) {
        pass->wanted[full] = calloc((size_t)mld_measure_count(), 1);
        if (!pass->wanted[full])
            return 0;
        for (int i = 0; i < (full ? MLD_TRIAL_READS : MLD_READ_ALWAYS); i++)
            pass->wanted[full][mld_measure_named(mld_trial_reads[i])] = 1;
    }
    return 1;
}

static enum mld_status open_pass(struct pass *pass)
{
    int threads = pass->trials->threads;
    pass->workspace = calloc((size_t)threads, sizeof *pass->workspace);
    if (!pass->workspace || !allocate_wanted(pass))
        return MLD_ERR_MEMORY;
    enum mld_status status = MLD_OK;
    for (int i = 0; i < threads && status == MLD_OK; i++) {
        status = mld_workspace_create(pass->trials->plan, BATCH, MLD_KEEP_SERIES,
                                      &pass->workspace[i]);
        if (status == MLD_OK)
            pass->workspace[i]->no_series = 1; /* of measures: those of flows are read */
    }
    return status;
}

static void close_pass(struct pass *pass)
{
    for (int i = 0; pass->workspace && i < pass->trials->threads; i++)
        mld_workspace_free(pass->workspace[i]);
    free(pass->workspace);
    free(pass->wanted[0]);
    free(pass->wanted[1]);
}

static void price(const struct pass *pass, const struct mld_trial *trial, uint32_t first, int paths,
                  struct mld_workspace *workspace)
{
    const struct mld_plan *plan = pass->trials->plan;
    struct mld_design design = plan->design[trial->place];
    design.fund = &trial->fund;
    workspace->wanted[trial->place] = pass->wanted[trial->full];
    workspace->design[trial->place].guarantee.no_grants = 1;
    mld_simulate_design(&plan->model, &design, trial->place, first, paths, workspace);
    mld_outcomes_fill(plan, trial, workspace, first, paths);
}

static struct mld_violation simulate_batch(const struct pass *pass, uint32_t first, int paths,
                                           struct mld_workspace *workspace)
{
    mld_simulate_losses(pass->trials->plan, first, paths, workspace);
    for (int i = 0; i < pass->n; i++)
        price(pass, &pass->trial[i], first, paths, workspace);
    return workspace->violation;
}

/* A wave of batches, in parallel; the first violation of them in the order of paths. */
static struct mld_violation simulate_wave(const struct pass *pass, uint32_t from, int blocks)
{
    struct mld_violation found[WAVE] = { { .what = NULL } };
    uint32_t all = pass->trials->plan->paths;
#pragma omp parallel for schedule(dynamic) num_threads(pass->trials->threads)
    for (int b = 0; b < blocks; b++) {
        uint32_t first = from + (uint32_t)b * BATCH, left = all - first;
        found[b] = simulate_batch(pass, first, left < BATCH ? (int)left : BATCH,
                                  pass->workspace[omp_get_thread_num()]);
    }
    for (int b = 0; b < blocks; b++)
        if (found[b].what)
            return found[b];
    return (struct mld_violation){ .what = NULL };
}

static enum mld_status simulate(const struct pass *pass)
{
    struct mld_trials *trials = pass->trials;
    const struct mld_alternatives_options *options = trials->options;
    uint32_t all = trials->plan->paths;
    for (uint32_t from = 0; from < all; from += WAVE * BATCH) {
        if (options->stop && *options->stop)
            return MLD_INTERRUPTED;
        uint32_t left = (all - from + BATCH - 1) / BATCH;
        struct mld_violation violation = simulate_wave(pass, from, left < WAVE ? (int)left : WAVE);
        if (violation.what)
            return mld_violation_tell(&violation, trials->messages);
        if (options->progress)
            options->progress(options->context, trials->pass,
                              from + WAVE * BATCH < all ? from + WAVE * BATCH : all, all);
        if (all - from <= WAVE * BATCH)
            break;
    }
    return MLD_OK;
}

enum mld_status mld_trials_run(struct mld_trials *trials, int n, struct mld_trial *trial)
{
    struct pass pass = { .trials = trials, .n = n, .trial = trial };
    trials->pass++;
    enum mld_status status = open_pass(&pass);
    if (status == MLD_OK)
        status = simulate(&pass);
    close_pass(&pass);
    return status;
}
