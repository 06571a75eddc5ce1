/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/engine.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "core/large.h"
#include "core/plain.h"

enum { LARGEST_BATCH = 1024, WAVE_BYTES = 48 << 20, LONGEST_WAVE = 256 };

/*
 * Of a batch that nobody asked for: 64 paths fill the vectors and what is done once a batch is done
 * seldom; but the lives of a batch are gone through once a deal and once a period, in arrays
 * [deal][path], and beyond 2 MB each of them falls out of the caches in between. Measured on
 * scheme-national (10007 deals): 24 paths take a tenth less than 64.
 */
enum { USUAL_BATCH = 64, BATCH_DEALS = 1 << 18, KEPT_DEALS = 1 << 12 };

/* ---- sizes ---- */

static size_t block_bytes(const struct mld_engine *engine)
{
    return (size_t)(engine->layout.fans + 1) * (size_t)engine->batch * sizeof(double);
}

/*
 * Blocks a wave: enough to keep every thread busy, few enough for what fans are fed to fit in
 * WAVE_BYTES. Each column of the fans has counts and edges, 50 kB in all: the longer a wave is, the
 * more values find them in cache.
 */
static int wave_length(const struct mld_engine *engine)
{
    size_t fits = WAVE_BYTES / block_bytes(engine);
    size_t wave = fits < LONGEST_WAVE ? fits : LONGEST_WAVE;
    uint32_t paths = engine->plan->paths < MLD_SEGMENT ? engine->plan->paths : MLD_SEGMENT;
    size_t blocks = ((size_t)paths + (size_t)engine->batch - 1) / (size_t)engine->batch;
    wave = wave < (size_t)engine->threads ? (size_t)engine->threads : wave;
    return (int)(wave < blocks ? wave : blocks);
}

int mld_engine_batch(const struct mld_plan *plan, int asked)
{
    int deals = plan->lives[0].candidates ? KEPT_DEALS : BATCH_DEALS,
        fits = deals / (plan->model.max_deals > 0 ? plan->model.max_deals : 1),
        usual = fits < USUAL_BATCH ? fits / 8 * 8 : USUAL_BATCH,
        batch = asked > 0 ? (asked < LARGEST_BATCH ? asked + 7 : LARGEST_BATCH) / 8 * 8 : usual;
    return batch > 8 ? batch : 8;
}

static void prepare(struct mld_engine *engine, const struct mld_plan *plan,
                    const struct mld_run_options *options, int threads)
{
    *engine = (struct mld_engine){ .plan = plan, .options = options, .threads = threads };
    engine->measures = mld_measure_count();
    engine->steps = mld_output_steps(&plan->model);
    engine->kept = mld_series_total(&plan->model.grid);
    engine->batch = mld_engine_batch(plan, options->batch);
}

/* ---- memory ---- */

static size_t wave_paths(const struct mld_engine *engine)
{
    return (size_t)engine->wave * (size_t)engine->batch;
}

static int allocate_blocks(struct mld_engine *engine)
{
    engine->block = calloc((size_t)engine->wave, sizeof *engine->block);
    engine->fed = mld_large_alloc((size_t)engine->wave * block_bytes(engine));
    return engine->block && engine->fed;
}

static int allocate_segment(struct mld_engine *engine)
{
    struct mld_part_layout *layout = &engine->layout;
    size_t kept = mld_segment_kept(layout, 0), columns = (size_t)layout->columns;
    engine->column = mld_large_alloc((columns + 1) * MLD_SEGMENT * sizeof(double));
    if (kept)
        engine->trajectories = mld_large_alloc((size_t)layout->steps * kept * sizeof(double));
    return engine->column && (engine->trajectories || !kept);
}

static enum mld_status allocate_workspaces(struct mld_engine *engine)
{
    engine->workspace = calloc((size_t)engine->threads, sizeof *engine->workspace);
    enum mld_status status = engine->workspace ? MLD_OK : MLD_ERR_MEMORY;
    for (int i = 0; status == MLD_OK && i < engine->threads; i++) {
        status = mld_workspace_create(engine->plan, engine->batch, MLD_KEEP_SERIES,
                                      &engine->workspace[i]);
        for (int d = 0; status == MLD_OK && d < engine->plan->n_designs; d++)
            engine->workspace[i]->wanted[d] = engine->columns.fills + d * engine->measures;
    }
    return status;
}

static void lay_out(struct mld_engine *engine)
{
    const struct mld_plan *plan = engine->plan;
    int lean = engine->options->lean;
    engine->layout = (struct mld_part_layout){ .paths = plan->paths,
                                               .trajectories = lean ? 0
                                                                    : mld_plan_trajectories(plan),
                                               .columns = engine->columns.count,
                                               .fans = lean ? 0 : mld_fans_columns(plan),
                                               .counted = lean ? 0 : mld_fans_counted(plan),
                                               .steps = plan->n_designs * engine->kept };
    engine->wave = wave_length(engine);
}

enum mld_status mld_engine_open(struct mld_engine *engine, const struct mld_plan *plan,
                                const struct mld_run_options *options, int threads)
{
    prepare(engine, plan, options, threads);
    enum mld_status status = mld_columns_init(&engine->columns, plan, options);
    if (status != MLD_OK)
        return status;
    lay_out(engine);
    if (!allocate_blocks(engine) || !allocate_segment(engine))
        return MLD_ERR_MEMORY;
    return allocate_workspaces(engine);
}

enum mld_status mld_engine_count(struct mld_engine *engine, uint32_t first, uint32_t last)
{
    if (engine->options->lean)
        return MLD_OK;
    uint32_t end = last * MLD_SEGMENT + mld_segment_paths(&engine->layout, last);
    uint32_t fed = mld_plan_fan_paths(engine->plan);
    engine->fans = mld_fans_create(engine->plan, first > last ? end : first * MLD_SEGMENT,
                                   end < fed ? end : fed);
    return engine->fans ? MLD_OK : MLD_ERR_MEMORY;
}

void mld_engine_close(struct mld_engine *engine)
{
    for (int i = 0; engine->workspace && i < engine->threads; i++)
        mld_workspace_free(engine->workspace[i]);
    free(engine->workspace);
    free(engine->block);
    free(engine->fed);
    free(engine->column);
    free(engine->trajectories);
    mld_fans_free(engine->fans);
    mld_columns_clear(&engine->columns);
    *engine = (struct mld_engine){ 0 };
}

/* ---- a wave ---- */

/* The batch's own columns into the segment's. */
static void keep_columns(const struct mld_engine *engine, const struct mld_block *block,
                         const struct mld_workspace *workspace)
{
    size_t at = block->first % MLD_SEGMENT;
    for (int design = 0; design < engine->plan->n_designs; design++)
        for (int i = 0; i < engine->measures; i++)
            if (engine->columns.fills[design * engine->measures + i]) {
                int column = mld_columns_slot(&engine->columns, design, i);
                memcpy(engine->column + (size_t)column * MLD_SEGMENT + at,
                       workspace->design[design].value + (size_t)i * (size_t)workspace->width,
                       (size_t)block->paths * sizeof(double));
            }
}

/* Series of the batch's paths that are kept. */
static void keep_trajectories(const struct mld_engine *engine, const struct mld_block *block,
                              const struct mld_workspace *workspace)
{
    size_t kept = mld_segment_kept(&engine->layout, engine->segment),
           at = block->first % MLD_SEGMENT;
    if (at >= kept)
        return;
    size_t n = kept - at < (size_t)block->paths ? kept - at : (size_t)block->paths;
    for (int design = 0; design < engine->plan->n_designs; design++)
        for (int step = 0; step < engine->kept; step++)
            memcpy(engine->trajectories + (size_t)(design * engine->kept + step) * kept + at,
                   workspace->design[design].series + (size_t)step * (size_t)workspace->width,
                   n * sizeof(double));
}

/* Block b of the wave, by one thread: what is kept of it goes to places of its own. */
static void simulate_block(const struct mld_engine *engine, int b, struct mld_workspace *workspace)
{
    struct mld_block *block = &engine->block[b];
    mld_simulate(engine->plan, block->first, block->paths, workspace);
    block->violation = workspace->violation;
    keep_columns(engine, block, workspace);
    keep_trajectories(engine, block, workspace);
    if (engine->fans)
        mld_fans_keep(engine->fans, block->first, block->paths, workspace, wave_paths(engine),
                      engine->fed + (size_t)b * (size_t)engine->batch);
}

/* Simulates the wave's blocks in parallel. */
static void simulate_wave(struct mld_engine *engine, int blocks)
{
#pragma omp parallel for schedule(dynamic) num_threads(engine->threads)
    for (int b = 0; b < blocks; b++)
        simulate_block(engine, b, engine->workspace[omp_get_thread_num()]);
}

/* Feeds the wave to the fans: each column by one thread, in path order. */
static void feed_fans(struct mld_engine *engine, int blocks)
{
    const struct mld_block *first = engine->block, *last = first + blocks - 1;
    int paths = (int)(last->first - first->first) + last->paths;
    int columns = engine->fans ? engine->layout.fans : 0;
#pragma omp parallel for schedule(static) num_threads(engine->threads)
    for (int column = 0; column < columns; column++)
        mld_fans_feed(engine->fans, column, first->first, paths,
                      engine->fed + (size_t)column * wave_paths(engine));
}

/* The blocks from path `from` of the segment on: as many as a wave has. */
static int lay_out_wave(struct mld_engine *engine, uint32_t from, uint32_t paths)
{
    int blocks = 0;
    uint32_t batch = (uint32_t)engine->batch;
    for (; from < paths && blocks < engine->wave; from += batch, blocks++) {
        uint32_t left = paths - from;
        engine->block[blocks].first = engine->segment * MLD_SEGMENT + from;
        engine->block[blocks].paths = (int)(left < batch ? left : batch);
    }
    return blocks;
}

/* ---- taking it ---- */

enum mld_status mld_violation_tell(const struct mld_violation *v, struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    mld_messages_add(messages,
                     "money is not conserved: %s, path %u, period %d, design %s, by %.6f EUR; "
                     "this is a defect of milliard, please report it with the scenario and seed",
                     v->what, v->path, v->period, mld_design_names[v->design], v->amount);
    return MLD_ERR_CONSERVATION;
}

static enum mld_status take_wave(struct mld_engine *engine, int blocks,
                                 struct mld_messages *messages)
{
    for (int b = 0; b < blocks; b++) {
        const struct mld_block *block = &engine->block[b];
        if (block->violation.what)
            return mld_violation_tell(&block->violation, messages);
        engine->paths += (uint32_t)block->paths;
    }
    return MLD_OK;
}

/* ---- a segment ---- */

static int asked_to_stop(const struct mld_engine *engine)
{
    return engine->options->stop && *engine->options->stop;
}

static void tell_progress(const struct mld_engine *engine, double told)
{
    const struct mld_run_options *options = engine->options;
    if (options->progress && told == told)
        options->progress(options->context, (uint32_t)told + engine->paths, engine->goal);
}

/*
 * Series are of no use where no fan is made of them, nor any trajectory kept; groups where their
 * returns are not told.
 */
static void choose_outputs(struct mld_engine *engine)
{
    uint32_t first = engine->segment * MLD_SEGMENT;
    int lean = engine->options->lean,
        fed = first<mld_plan_fan_paths(engine->plan),
                    kept = mld_segment_kept(&engine->layout, engine->segment)> 0;
    for (int i = 0; i < engine->threads; i++) {
        engine->workspace[i]->no_series = lean || (!fed && !kept);
        engine->workspace[i]->groups = !lean && first < mld_plan_group_paths(engine->plan);
    }
}

enum mld_status mld_engine_simulate(struct mld_engine *engine, uint32_t segment, double told,
                                    struct mld_messages *messages)
{
    uint32_t paths = mld_segment_paths(&engine->layout, segment);
    enum mld_status status = MLD_OK;
    engine->segment = segment;
    engine->paths = 0;
    choose_outputs(engine);
    while (status == MLD_OK && engine->paths < paths) {
        if (asked_to_stop(engine))
            return MLD_INTERRUPTED;
        int blocks = lay_out_wave(engine, engine->paths, paths);
        simulate_wave(engine, blocks);
        feed_fans(engine, blocks);
        status = take_wave(engine, blocks, messages);
        tell_progress(engine, told);
    }
    if (status == MLD_OK && engine->fans && paths < MLD_SEGMENT)
        mld_fans_close_segment(engine->fans);
    engine->pilot += status == MLD_OK && segment == engine->pilot;
    return status;
}

void mld_engine_close_ranks(struct mld_engine *engine)
{
    for (int i = 1; engine->paths < MLD_SEGMENT && i < engine->columns.count; i++)
        memmove(engine->column + (size_t)i * engine->paths,
                engine->column + (size_t)i * MLD_SEGMENT, engine->paths * sizeof(double));
}
