/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A rank beside rank 0: it waits for a run, makes the plan from the text that comes with it,
 * simulates the segments that it is given and sends them back. It reads no file and prints nothing:
 * what goes wrong is sent instead of a segment.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/large.h"
#include "core/signals.h"
#include "run/crew.h"
#include "run/ranks.h"
#include "run/take_up.h"
#include "run/threads.h"

struct worker {
    struct mld_scenario *scenario;
    struct mld_plan *plan;
    struct mld_run_options options;
    struct mld_engine engine;
    struct mld_buffers buffers; /* counts: those of all segments so far */
    uint32_t *before;           /* the counts before the segment at hand */
    char *bytes;                /* of a segment that is sent */
    volatile sig_atomic_t ended;
    enum mld_status status; /* unless OK no segment can be simulated */
    struct mld_messages messages;
};

/* ---- a run ---- */

/* The plan of the run that an identity tells, and whether it is the same here. */
static enum mld_status make_plan(struct worker *worker, const char *identity)
{
    char difference[256];
    struct mld_part_names here;
    const char *text = strstr(identity, "\n\n");
    enum mld_status status = text ? mld_scenario_restore(text + 2, &worker->scenario,
                                                         &worker->messages)
                                  : MLD_ERR_FORMAT;
    if (status == MLD_OK)
        status = mld_scenario_plan(worker->scenario, &worker->plan, &worker->messages);
    if (status == MLD_OK)
        status = mld_part_names_init(&here, worker->plan, worker->scenario);
    if (status != MLD_OK)
        return status;
    if (strcmp(here.identity, identity) != 0) {
        mld_part_tell_difference(identity, here.identity, difference, sizeof difference);
        mld_messages_add(&worker->messages, "is not of the same program as rank 0: %s", difference);
        status = MLD_ERR_INPUT;
    }
    mld_part_names_clear(&here);
    return status;
}

static enum mld_status make_room(struct worker *worker, uint32_t first)
{
    const struct mld_part_layout *layout = &worker->engine.layout;
    enum mld_status status = mld_buffers_init(&worker->buffers, layout);
    worker->bytes = mld_large_alloc(mld_passage_lay(layout, first, NULL).bytes);
    worker->before = calloc((size_t)layout->fans * MLD_SKETCH_BINS + 1, sizeof *worker->before);
    return worker->bytes && worker->before ? status : MLD_ERR_MEMORY;
}

/* Between two waves: is the run over? */
static void look_up(void *context, uint32_t done, uint32_t paths)
{
    struct worker *worker = context;
    (void)done, (void)paths;
    worker->ended = mld_ranks_listen(0, MLD_ABOUT_END).rank == 0;
}

static enum mld_status open_run(struct worker *worker, const struct mld_job *job,
                                const char *identity)
{
    worker->options = (struct mld_run_options){ .threads = job->threads,
                                                .batch = job->batch,
                                                .stop = &worker->ended,
                                                .progress = look_up,
                                                .context = worker };
    enum mld_status status = make_plan(worker, identity);
    if (status == MLD_OK)
        status = mld_engine_open(&worker->engine, worker->plan, &worker->options,
                                 mld_threads_start(mld_threads_asked(job->threads)));
    if (status == MLD_OK)
        status = make_room(worker, job->first);
    if (status == MLD_OK)
        status = mld_engine_count(&worker->engine, job->first, job->last);
    return status == MLD_OK ? mld_complete_pilot(&worker->engine, &worker->messages) : status;
}

static void close_run(struct worker *worker)
{
    mld_engine_close(&worker->engine);
    mld_buffers_clear(&worker->buffers);
    free(worker->before);
    free(worker->bytes);
    if (worker->plan)
        mld_plan_clear(worker->plan);
    free(worker->plan);
    mld_scenario_free(worker->scenario);
    mld_messages_clear(&worker->messages);
}

static void take_run(struct worker *worker, struct mld_heard heard)
{
    char *bytes = mld_ranks_fetch(heard, MLD_ABOUT_RUN);
    struct mld_job job;
    memcpy(&job, bytes, sizeof job);
    worker->status = open_run(worker, &job, bytes + sizeof job);
    free(bytes);
}

/* ---- a segment ---- */

/* The counts of this segment: those of all less those before it. */
static void fill_counts(struct worker *worker, uint16_t *counts)
{
    uint32_t *now = worker->buffers.counts, *before = worker->before;
    size_t n = (size_t)worker->engine.layout.fans * MLD_SKETCH_BINS;
    mld_fans_counts(worker->engine.fans, now);
    for (size_t i = 0; i < n; i++)
        counts[i] = (uint16_t)(now[i] - before[i]);
    worker->buffers.counts = before;
    worker->before = now;
}

static void send_segment(struct worker *worker, uint32_t segment)
{
    struct mld_engine *engine = &worker->engine;
    struct mld_passage passage = mld_passage_lay(&engine->layout, segment, worker->bytes);
    uint64_t n[3];
    mld_part_sizes(&engine->layout, segment, n);
    mld_engine_close_ranks(engine);
    *passage.head = (struct mld_segment_head){ .segment = segment, .status = MLD_OK };
    memcpy(passage.columns, engine->column, n[0]);
    mld_fans_segment(engine->fans, passage.sums);
    if (n[2])
        memcpy(passage.trajectories, engine->trajectories, n[2]);
    fill_counts(worker, passage.counts);
    mld_ranks_tell(0, MLD_ABOUT_RESULT, worker->bytes, passage.bytes);
}

/* Money that is not conserved is the run's matter, and told as a program alone would. */
static void send_failure(struct worker *worker, uint32_t segment)
{
    char name[256] = "";
    struct mld_segment_head head = { .segment = segment, .status = (int32_t)worker->status };
    mld_ranks_name(name, sizeof name);
    const char *why = worker->messages.count ? worker->messages.text[0]
                                             : mld_status_text(worker->status);
    int is_plain = worker->status == MLD_ERR_CONSERVATION;
    snprintf(head.text, sizeof head.text, "%s%s%s", is_plain ? "" : name, is_plain ? "" : ": ",
             why);
    mld_ranks_tell(0, MLD_ABOUT_RESULT, &head, sizeof head);
}

static void take_segment(struct worker *worker, struct mld_heard heard)
{
    uint32_t segment;
    mld_ranks_take(heard, MLD_ABOUT_SEGMENT, &segment);
    if (worker->status == MLD_OK)
        worker->status = mld_engine_simulate(&worker->engine, segment, 0, &worker->messages);
    if (worker->status == MLD_OK)
        send_segment(worker, segment);
    else if (worker->status != MLD_INTERRUPTED)
        send_failure(worker, segment);
}

/* ---- waiting ---- */

/* 1: the end has come. */
static int take_next(struct worker *worker)
{
    struct mld_heard heard = mld_ranks_listen(0, MLD_ABOUT_END);
    if (heard.rank == 0) {
        mld_ranks_take(heard, MLD_ABOUT_END, NULL);
        return 1;
    }
    heard = mld_ranks_listen(0, MLD_ABOUT_RUN);
    if (heard.rank == 0) {
        take_run(worker, heard);
        return 0;
    }
    heard = mld_ranks_listen(0, MLD_ABOUT_SEGMENT);
    if (heard.rank == 0)
        take_segment(worker, heard);
    else
        mld_ranks_nap();
    return 0;
}

/* Ctrl-C and its like are for rank 0, which tells the others to end. */
enum mld_status mld_ranks_work(void)
{
    struct worker worker = { .status = MLD_OK };
    for (const int *one = mld_ending_signals; *one; one++)
        signal(*one, SIG_IGN);
    mld_messages_init(&worker.messages);
    while (!take_next(&worker))
        continue;
    close_run(&worker);
    return MLD_OK;
}
