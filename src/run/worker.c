/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A rank beside rank 0: it waits for a run, makes the plan from the text that comes with it,
 * simulates the segments that it is given and sends them back. It reads no file and prints nothing:
 * what goes wrong is sent instead of a segment.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "core/large.h"
#include "core/signals.h"
#include "run/crew.h"
#include "run/ranks.h"
#include "run/study_crew.h"
#include "run/take_up.h"
#include "run/threads.h"

struct worker {
    struct mld_scenario *scenario;
    struct mld_plan *plan;
    struct mld_run_options options;
    struct mld_engine engine;
    char *bytes; /* of a segment that is sent */
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
        status = mld_part_take_price(identity, worker->plan);
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
    worker->bytes = mld_large_alloc(mld_passage_lay(&worker->engine.layout, first, NULL).bytes);
    return worker->bytes ? MLD_OK : MLD_ERR_MEMORY;
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

static void take_segment(struct worker *worker, struct mld_heard heard)
{
    struct mld_segment_head failed; /* where there is no room for more */
    char name[256] = "", *bytes = worker->bytes ? worker->bytes : (char *)&failed;
    uint32_t segment;
    mld_ranks_take(heard, MLD_ABOUT_SEGMENT, &segment);
    mld_ranks_name(name, sizeof name);
    uint64_t n = mld_passage_simulate(&worker->engine, segment, name, bytes, &worker->status,
                                      &worker->messages);
    mld_ranks_tell(0, MLD_ABOUT_RESULT, bytes, n);
}

/* ---- waiting ---- */

static void take_study(struct mld_heard heard)
{
    char *bytes = mld_ranks_fetch(heard, MLD_ABOUT_STUDY);
    mld_study_crew_work(bytes);
    free(bytes);
}

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
    heard = mld_ranks_listen(0, MLD_ABOUT_STUDY);
    if (heard.rank == 0) {
        take_study(heard);
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
