/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run: what a former one left is taken up, segments are simulated in order and saved, then all is
 * summarised and written. A piece of a run ends when its segments are saved.
 */
#include "milliard/run.h"

#include "milliard/first_pass.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/large.h"
#include "run/crew.h"
#include "run/finish.h"
#include "run/finished.h"
#include "run/segments.h"
#include "run/take_up.h"
#include "run/threads.h"

struct run {
    struct mld_engine engine;
    struct mld_part part;
    struct mld_part_names names; /* of the part */
    struct mld_store store;
    struct mld_buffers buffers;
    struct mld_crew *crew; /* of the segments that other ranks simulate, or NULL */
    double *memory;        /* [column][path], without an output */
    uint32_t first, last;  /* segments asked for */
    uint32_t next;         /* the first that is not saved */
};

/* ---- opening ---- */

static enum mld_status open_memory(struct run *run)
{
    size_t paths = run->engine.plan->paths, columns = (size_t)run->engine.columns.count;
    run->memory = mld_large_alloc((columns + 1) * paths * sizeof(double));
    run->store.memory = run->memory;
    run->store.room = paths;
    return run->memory ? MLD_OK : MLD_ERR_MEMORY;
}

/* Nothing is left to go on with: has all been done before? */
static enum mld_status look_finished(struct run *run, const struct mld_scenario *scenario,
                                     const char *identity, const char *output, int *finished,
                                     struct mld_messages *messages)
{
    const uint32_t segments[2] = { run->first, run->last };
    const struct mld_run_options *options = run->engine.options;
    if (!options->resume || run->part.whole)
        return MLD_OK;
    return options->piece ? mld_finished_piece(output, identity, segments, finished, messages)
                          : mld_finished_results(output, scenario, finished, messages);
}

/*
 * The segments that other ranks can simulate: those beyond the pilot, which all of them simulate.
 */
static enum mld_status open_crew(struct run *run)
{
    const uint32_t pilot = MLD_SKETCH_PILOT / MLD_SEGMENT, next = run->first + run->part.whole;
    return mld_crew_open(&run->crew, &run->engine, run->names.identity, next > pilot ? next : pilot,
                         run->last);
}

static enum mld_status open_part(struct run *run, const struct mld_scenario *scenario,
                                 const char *output, int *finished, struct mld_messages *messages)
{
    const struct mld_run_options *options = run->engine.options;
    uint64_t file = options->piece ? 0 : mld_results_size(run->engine.plan, scenario);
    enum mld_status status = mld_part_names_init(&run->names, run->engine.plan, scenario);
    if (status == MLD_OK && !options->piece && !file)
        status = MLD_ERR_MEMORY;
    if (status == MLD_OK)
        status = options->piece ? mld_part_check(output, messages)
                                : mld_results_check(output, messages);
    if (status == MLD_OK)
        status = mld_part_open(&run->part, output, &run->names, &run->engine.layout,
                               (uint32_t[]){ run->first, run->last }, file, options->resume,
                               messages);
    if (status == MLD_OK)
        status = look_finished(run, scenario, run->names.identity, output, finished, messages);
    run->store.part = &run->part;
    run->store.parts = 1;
    return status;
}

static enum mld_status open_run(struct run *run, const struct mld_plan *plan,
                                const struct mld_scenario *scenario,
                                const struct mld_run_options *options, const char *output,
                                int *finished, struct mld_messages *messages)
{
    uint32_t segments = mld_segments(plan->paths);
    run->last = options->piece ? options->last : segments - 1;
    run->first = options->piece ? options->first : 0;
    run->part.descriptor = run->part.target.descriptor = -1;
    enum mld_status status = options->piece
                                 ? mld_segments_check(run->first, run->last, plan->paths, messages)
                                 : MLD_OK;
    if (status == MLD_OK)
        status = mld_engine_open(&run->engine, plan, options,
                                 mld_threads_start(mld_threads_asked(options->threads)));
    run->store.columns = &run->engine.columns;
    if (status == MLD_OK)
        status = mld_buffers_init(&run->buffers, &run->engine.layout);
    if (status == MLD_OK)
        status = output ? open_part(run, scenario, output, finished, messages) : open_memory(run);
    return status;
}

static void close_run(struct run *run, int keep)
{
    mld_part_close(&run->part, keep);
    mld_part_names_clear(&run->names);
    mld_crew_close(run->crew);
    mld_buffers_clear(&run->buffers);
    mld_engine_close(&run->engine);
    free(run->memory);
}

/* ---- segments ---- */

static void keep_in_memory(struct run *run)
{
    const struct mld_engine *engine = &run->engine;
    for (int i = 0; i < engine->columns.count; i++)
        memcpy(run->memory + (size_t)i * run->store.room + (size_t)engine->segment * MLD_SEGMENT,
               engine->column + (size_t)i * MLD_SEGMENT, engine->paths * sizeof(double));
}

static enum mld_status tell(const struct run *run, int error, struct mld_messages *messages)
{
    mld_messages_add(messages, "%s: cannot write the results: %s", run->part.target.path,
                     strerror(error));
    return MLD_ERR_FILE;
}

static enum mld_status append(struct run *run, const double *columns,
                              const struct mld_sketch_sums *sums, const double *trajectories,
                              struct mld_messages *messages)
{
    int error = mld_part_append(&run->part, columns, sums, trajectories);
    if (!error && (run->next + 1) % MLD_COUNTED_EVERY == 0 && run->next < run->last)
        error = mld_save_counts(&run->engine, &run->part, &run->buffers);
    return error ? tell(run, error, messages) : MLD_OK;
}

/* The segment that this rank has simulated. */
static enum mld_status save(struct run *run, struct mld_messages *messages)
{
    struct mld_engine *engine = &run->engine;
    mld_engine_close_ranks(engine);
    if (engine->fans)
        mld_fans_segment(engine->fans, run->buffers.sums);
    return append(run, engine->column, run->buffers.sums, engine->trajectories, messages);
}

/* The next segment, simulated by another rank. */
static enum mld_status take_and_save(struct run *run, double before, struct mld_messages *messages)
{
    const struct mld_engine *engine = &run->engine;
    const struct mld_run_options *options = engine->options;
    struct mld_passage passage;
    enum mld_status status = mld_crew_take(run->crew, run->next, &passage, messages);
    if (status != MLD_OK)
        return status;
    mld_fans_add_segment(engine->fans, passage.sums);
    for (int i = 0; i < engine->layout.counted; i++)
        mld_fans_add_few(engine->fans, i, passage.counts + (size_t)i * MLD_SKETCH_BINS);
    if (options->progress)
        options->progress(options->context,
                          (uint32_t)before + mld_segment_paths(&engine->layout, run->next),
                          engine->goal);
    return append(run, passage.columns, passage.sums, passage.trajectories, messages);
}

static enum mld_status simulate_all(struct run *run, struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    for (; status == MLD_OK && run->next <= run->last; run->next += status == MLD_OK) {
        double before = (double)(run->next - run->first) * MLD_SEGMENT;
        if (mld_crew_has(run->crew, run->next)) {
            status = take_and_save(run, before, messages);
            continue;
        }
        status = mld_engine_simulate(&run->engine, run->next, before, messages);
        if (status == MLD_OK && run->memory)
            keep_in_memory(run);
        else if (status == MLD_OK)
            status = save(run, messages);
    }
    return status;
}

/* ---- the end ---- */

/* All that was simulated, the paths of a segment that was cut short with it. */
static void hold(struct run *run, int interrupted)
{
    struct mld_engine *engine = &run->engine;
    run->store.paths = run->next > run->last ? engine->plan->paths
                                             : (size_t)run->next * MLD_SEGMENT;
    if (!interrupted || engine->segment != run->next)
        return;
    run->store.tail = engine->column;
    run->store.tail_first = run->store.paths;
    run->store.paths += engine->paths;
}

static void name_part(const struct run *run, struct mld_run_result *result)
{
    if (run->part.descriptor < 0 || !run->part.whole)
        return;
    snprintf(result->part, sizeof result->part, "%s", run->part.target.temporary);
    result->segments = run->part.whole;
}

/* Paths that are asked for. */
static uint32_t goal(const struct run *run)
{
    return (run->last - run->first) * MLD_SEGMENT +
           mld_segment_paths(&run->engine.layout, run->last);
}

static enum mld_status finish_piece(struct run *run, struct mld_run_result *result,
                                    struct mld_messages *messages)
{
    int error = mld_save_counts(&run->engine, &run->part, &run->buffers);
    result->paths = goal(run);
    if (error)
        return tell(run, error, messages);
    enum mld_status status = mld_part_commit(&run->part, messages);
    snprintf(result->file, sizeof result->file, "%s", run->part.target.path);
    return status;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* From what is saved to the last segment; `held`: what was simulated can be summarised. */
static enum mld_status simulate(struct run *run, int *held, struct mld_messages *messages)
{
    run->engine.goal = goal(run);
    enum mld_status status = mld_take_up(&run->engine, &run->part, run->first, run->last,
                                         &run->buffers, &run->next, messages);
    if (status != MLD_OK)
        return status;
    status = simulate_all(run, messages);
    *held = status == MLD_OK || status == MLD_INTERRUPTED;
    if (*held)
        hold(run, status == MLD_INTERRUPTED);
    return status == MLD_OK ? mld_complete_pilot(&run->engine, messages) : status;
}

static enum mld_status go(struct run *run, const struct mld_scenario *scenario, const char *output,
                          struct mld_summary *summary, struct mld_run_result *result,
                          struct mld_messages *messages)
{
    int held = 0, piece = run->engine.options->piece;
    enum mld_status status = simulate(run, &held, messages);
    if (status == MLD_INTERRUPTED)
        name_part(run, result);
    if (status == MLD_INTERRUPTED && (piece || run->crew || !held || run->store.paths == 0))
        result->interrupted = 1;
    else if (status == MLD_OK && piece)
        status = finish_piece(run, result, messages);
    else if (status == MLD_OK || status == MLD_INTERRUPTED)
        status = mld_finish(&run->engine, &run->store, scenario, output, summary, result, messages);
    return status;
}

enum mld_status mld_run_check(const struct mld_plan *plan, const struct mld_scenario *scenario,
                              const struct mld_run_options *options, const char *output,
                              int *finished, struct mld_messages *messages)
{
    struct run run = { 0 };
    *finished = 0;
    enum mld_status status = open_run(&run, plan, scenario, options, output, finished, messages);
    close_run(&run, 1);
    return status;
}

enum mld_status mld_run(const struct mld_plan *plan, const struct mld_scenario *scenario,
                        const struct mld_run_options *options, const char *output,
                        struct mld_summary *summary, struct mld_run_result *result,
                        struct mld_messages *messages)
{
    struct run run = { 0 };
    double start = now();
    *result = (struct mld_run_result){ 0 };
    *summary = (struct mld_summary){ 0 };
    if (mld_first_pass_needed(plan)) {
        mld_messages_add(messages, "the plan has not the price that it passes through: "
                                   "mld_first_pass() before the run");
        return MLD_ERR_USAGE;
    }
    enum mld_status status = open_run(&run, plan, scenario, options, output, &result->finished,
                                      messages);
    if (status == MLD_OK && result->finished)
        snprintf(result->file, sizeof result->file, "%s", output);
    else if (status == MLD_OK && output)
        status = open_crew(&run);
    if (status == MLD_OK && !result->finished)
        status = go(&run, scenario, output, summary, result, messages);
    /* money that is not conserved would not be so the next time either */
    close_run(&run, status != MLD_OK && status != MLD_ERR_CONSERVATION);
    result->seconds = now() - start;
    return status;
}
