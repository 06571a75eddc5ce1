/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run. Paths are cut into batches of consecutive paths; a wave of batches is simulated in
 * parallel, each by one thread, into its own place; then the wave is appended to the results in
 * path order by one thread. So nothing depends on the order of threads, and the paths kept so far
 * are always an unbroken run.
 */
#include "milliard/run.h"

#include <malloc.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/plain.h"
#include "core/large.h"
#include "run/fans.h"
#include "run/summary.h"
#include "run/threads.h"

enum {
    DEFAULT_BATCH = 64,
    LARGEST_BATCH = 1024,
    WAVE_BYTES = 48 << 20,
    LONGEST_WAVE = 256,
    LIKELY_MARGIN = 64
};

/* The outputs of one batch: [measure][path] and [step][path], run->batch wide. */
struct block {
    uint32_t first;
    int paths;
    double *value[MLD_MAX_DESIGNS], *series[MLD_MAX_DESIGNS];
    struct mld_violation violation;
};

struct run {
    const struct mld_plan *plan;
    const struct mld_run_options *options;
    int threads, batch, designs, wave;
    int measures, steps;
    struct block *block;              /* [wave] */
    double *outputs;                  /* of all blocks */
    struct mld_workspace **workspace; /* [thread] */
    struct mld_fans *fans;
    struct mld_spool spool;
    uint32_t done;
};

static int thread_count(const struct mld_run_options *options)
{
    return options->threads > 0 ? options->threads : omp_get_num_procs();
}

static size_t block_bytes(const struct run *run)
{
    return (size_t)run->designs * (size_t)(run->measures + run->steps) * (size_t)run->batch *
           sizeof(double);
}

/* Blocks a wave: enough to keep every thread busy, few enough to fit in WAVE_BYTES. */
static int wave_length(const struct run *run)
{
    size_t fits = WAVE_BYTES / block_bytes(run);
    size_t wave = fits < LONGEST_WAVE ? fits : LONGEST_WAVE;
    size_t blocks = ((size_t)run->plan->paths + (size_t)run->batch - 1) / (size_t)run->batch;
    wave = wave < (size_t)run->threads ? (size_t)run->threads : wave;
    return (int)(wave < blocks ? wave : blocks);
}

/* One piece of memory for the outputs of a whole wave, cut into blocks and designs. */
static int allocate_blocks(struct run *run)
{
    size_t values = (size_t)run->measures * (size_t)run->batch,
           steps = (size_t)run->steps * (size_t)run->batch;
    run->block = calloc((size_t)run->wave, sizeof *run->block);
    run->outputs = mld_large_alloc((size_t)run->wave * block_bytes(run));
    if (!run->block || !run->outputs)
        return 0;
    double *next = run->outputs;
    for (int b = 0; b < run->wave; b++)
        for (int design = 0; design < run->designs; design++) {
            run->block[b].value[design] = next;
            run->block[b].series[design] = next + values;
            next += values + steps;
        }
    return 1;
}

static enum mld_status allocate(struct run *run)
{
    run->workspace = calloc((size_t)run->threads, sizeof *run->workspace);
    if (!run->workspace || !allocate_blocks(run))
        return MLD_ERR_MEMORY;
    run->fans = mld_fans_create(run->plan, run->plan->paths);
    if (!run->fans)
        return MLD_ERR_MEMORY;
    enum mld_status status = MLD_OK;
    for (int i = 0; status == MLD_OK && i < run->threads; i++)
        status = mld_workspace_create(run->plan, run->batch, 0, &run->workspace[i]);
    return status;
}

static void release(struct run *run)
{
    for (int i = 0; run->workspace && i < run->threads; i++)
        mld_workspace_free(run->workspace[i]);
    free(run->workspace);
    free(run->block);
    free(run->outputs);
    mld_fans_free(run->fans);
    free(run->spool.memory);
}

static void swap(double **first, double **second)
{
    double *kept = *first;
    *first = *second;
    *second = kept;
}

/* Exchanges the outputs of a workspace with those of a block. */
static void exchange_outputs(const struct run *run, struct block *block,
                             struct mld_workspace *workspace)
{
    for (int design = 0; design < run->designs; design++) {
        swap(&block->value[design], &workspace->design[design].value);
        swap(&block->series[design], &workspace->design[design].series);
    }
}

/* One batch by one thread, which is lent the place of the block's outputs. */
static void simulate_block(const struct run *run, struct block *block,
                           struct mld_workspace *workspace)
{
    exchange_outputs(run, block, workspace);
    mld_simulate(run->plan, block->first, block->paths, workspace);
    exchange_outputs(run, block, workspace);
    block->violation = workspace->violation;
}

/* Simulates the wave's blocks in parallel. */
static void simulate_wave(struct run *run, int blocks)
{
#pragma omp parallel for schedule(dynamic) num_threads(run->threads)
    for (int b = 0; b < blocks; b++)
        simulate_block(run, &run->block[b], run->workspace[omp_get_thread_num()]);
}

/* Feeds the wave to the fans, design by design: each column by one thread, in path order. */
static void feed_fans(struct run *run, int blocks)
{
    for (int design = 0; design < run->designs; design++)
#pragma omp parallel for schedule(static) num_threads(run->threads)
        for (int column = 0; column < mld_fans_columns(run->fans, design); column++)
            for (int b = 0; b < blocks; b++)
                mld_fans_feed(run->fans, design, column, run->block[b].first, run->block[b].paths,
                              run->batch, run->block[b].series[design]);
}

static void keep_in_memory(struct run *run, const struct block *block)
{
    for (int design = 0; design < run->designs; design++)
        for (int i = 0; i < run->measures; i++) {
            if (!mld_measure_applies(&run->plan->design[design], run->plan->model.n_forms, i))
                continue;
            memcpy(run->spool.memory +
                       ((size_t)design * (size_t)run->measures + (size_t)i) * run->spool.paths +
                       block->first,
                   block->value[design] + (size_t)i * (size_t)run->batch,
                   (size_t)block->paths * sizeof(double));
        }
}

static enum mld_status append_block(struct run *run, struct block *block,
                                    struct mld_messages *messages)
{
    if (block->violation.what) {
        MLD_PLAIN_NUMBERS;
        const struct mld_violation *v = &block->violation;
        mld_messages_add(
            messages,
            "money is not conserved: %s, path %u, period %d, design %s, by %.6f EUR; "
            "this is a defect of milliard, please report it with the scenario and seed",
            v->what, v->path, v->period, mld_design_names[v->design], v->amount);
        return MLD_ERR_CONSERVATION;
    }
    if (!run->spool.writer) {
        keep_in_memory(run, block);
        return MLD_OK;
    }
    return mld_results_append(run->spool.writer, block->paths, run->batch, block->value,
                              block->series);
}

/* Appends the wave in path order. */
static enum mld_status append_wave(struct run *run, int blocks, struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    for (int b = 0; status == MLD_OK && b < blocks; b++) {
        status = append_block(run, &run->block[b], messages);
        if (status == MLD_OK)
            run->done += (uint32_t)run->block[b].paths;
    }
    return status;
}

static int lay_out_wave(struct run *run)
{
    int blocks = 0;
    uint32_t batch = (uint32_t)run->batch;
    for (uint32_t first = run->done; first < run->plan->paths && blocks < run->wave;
         first += batch, blocks++) {
        uint32_t left = run->plan->paths - first;
        run->block[blocks].first = first;
        run->block[blocks].paths = (int)(left < batch ? left : batch);
    }
    return blocks;
}

static int asked_to_stop(const struct run *run)
{
    return run->options->stop && *run->options->stop;
}

static enum mld_status simulate_all(struct run *run, struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    while (status == MLD_OK && run->done < run->plan->paths && !asked_to_stop(run)) {
        int blocks = lay_out_wave(run);
        simulate_wave(run, blocks);
        feed_fans(run, blocks);
        status = append_wave(run, blocks, messages);
        if (run->options->progress)
            run->options->progress(run->options->context, run->done, run->plan->paths);
    }
    return status;
}

static enum mld_status open_spool(struct run *run, const struct mld_scenario *scenario,
                                  const char *output, struct mld_messages *messages)
{
    run->spool.paths = run->plan->paths;
    if (output)
        return mld_results_create(output, run->plan, scenario, &run->spool.writer, messages);
    run->spool.memory = mld_large_alloc((size_t)run->designs * (size_t)run->measures *
                                        run->spool.paths * sizeof(double));
    return run->spool.memory ? MLD_OK : MLD_ERR_MEMORY;
}

enum mld_status mld_spool_column(const struct mld_spool *spool, int design, int measure,
                                 double *column)
{
    if (spool->writer)
        return mld_results_column(spool->writer, design, measure, column);
    memcpy(column,
           spool->memory +
               ((size_t)design * (size_t)mld_measure_count() + (size_t)measure) * spool->paths,
           spool->paths * sizeof(double));
    return MLD_OK;
}

/* Statistics of what was simulated, then the file: whole, or marked interrupted. */
static enum mld_status finish(struct run *run, struct mld_summary *summary,
                              struct mld_run_result *result, struct mld_messages *messages)
{
    int interrupted = run->done < run->plan->paths;
    enum mld_status status = mld_summary_init(summary, run->plan, run->done);
    if (status == MLD_OK)
        status = mld_fans_finish(run->fans, summary);
    if (status == MLD_OK)
        status = mld_summary_fill(summary, run->plan, &run->spool, run->threads);
    for (int i = 0; status == MLD_OK && i < run->options->n_keep; i++) {
        const struct mld_keep *keep = &run->options->keep[i];
        status = mld_spool_column(&run->spool, keep->design, keep->measure, keep->column);
    }
    if (status == MLD_OK && run->spool.writer)
        status = mld_results_finish(run->spool.writer, summary, interrupted, result->file,
                                    sizeof result->file, messages);
    result->paths = run->done;
    result->interrupted = interrupted;
    return status == MLD_OK && interrupted ? MLD_INTERRUPTED : status;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void prepare(struct run *run, const struct mld_plan *plan,
                    const struct mld_run_options *options, int threads)
{
    *run = (struct run){ .plan = plan,
                         .options = options,
                         .threads = threads,
                         .designs = plan->n_designs,
                         .measures = mld_measure_count(),
                         .steps = mld_series_total(&plan->model.grid) };
    run->batch = options->batch > 0 ? (options->batch + 7) / 8 * 8 : DEFAULT_BATCH;
    run->batch = run->batch < LARGEST_BATCH ? run->batch : LARGEST_BATCH;
    run->wave = wave_length(run);
}

enum mld_status mld_run(const struct mld_plan *plan, const struct mld_scenario *scenario,
                        const struct mld_run_options *options, const char *output,
                        struct mld_summary *summary, struct mld_run_result *result,
                        struct mld_messages *messages)
{
    struct run run;
    double start = now();
    *result = (struct mld_run_result){ 0 };
    *summary = (struct mld_summary){ 0 };
    prepare(&run, plan, options, mld_threads_start(thread_count(options)));
    enum mld_status status = allocate(&run);
    if (status == MLD_OK)
        status = open_spool(&run, scenario, output, messages);
    if (status == MLD_OK)
        status = simulate_all(&run, messages);
    if (status == MLD_OK && run.done == 0)
        status = MLD_INTERRUPTED;
    else if (status == MLD_OK)
        status = finish(&run, summary, result, messages);
    mld_results_abandon(run.spool.writer);
    release(&run);
    result->seconds = now() - start;
    return status;
}

/* ---- what a run needs ---- */

/* Bytes that malloc holds. */
static double allocated(void)
{
    struct mallinfo2 info = mallinfo2();
    return (double)info.uordblks + (double)info.hblkhd;
}

/* Bytes of the process in memory, program and libraries too; 0 where the system does not tell. */
static double resident(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    long pages = 0;
    int read = file ? fscanf(file, "%*s %ld", &pages) : 0;
    if (file)
        fclose(file);
    return read == 1 ? (double)pages * (double)sysconf(_SC_PAGESIZE) : 0;
}

/*
 * The plan with room for as many deals as a path is likely to hold: memory for the most that it can
 * hold is asked for, but what no deal fills is never touched. A portfolio that is drawn once is
 * known.
 */
static enum mld_status likely_plan(const struct mld_plan *plan, struct mld_plan *likely)
{
    struct mld_portfolio portfolio;
    enum mld_status status = mld_portfolio_init(&portfolio, &plan->model, 1);
    if (status != MLD_OK)
        return status;
    double deals = portfolio.fixed_deals ? portfolio.fixed_deals
                                         : mld_thesis_likely_deals(&plan->model.thesis);
    mld_portfolio_clear(&portfolio);
    *likely = *plan;
    if (deals + LIKELY_MARGIN < likely->model.max_deals)
        likely->model.max_deals = likely->model.max_issuers = (int)deals + LIKELY_MARGIN;
    return MLD_OK;
}

enum mld_status mld_run_needs(const struct mld_plan *plan, const struct mld_scenario *scenario,
                              int threads, double *memory, double *disk)
{
    struct mld_run_options options = { .threads = threads };
    struct mld_plan likely;
    struct run run;
    *disk = (double)mld_results_size(plan, scenario);
    double before = allocated(), held = resident();
    enum mld_status status = *disk > 0 ? likely_plan(plan, &likely) : MLD_ERR_MEMORY;
    if (status != MLD_OK)
        return status;
    prepare(&run, &likely, &options, thread_count(&options));
    status = allocate(&run);
    *memory = held + allocated() - before + 4.0 * run.threads * sizeof(double) * plan->paths;
    release(&run);
    return status;
}
