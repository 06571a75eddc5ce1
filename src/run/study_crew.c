/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/study_crew.h"

#include <stdlib.h>
#include <string.h>

#include "core/large.h"
#include "run/ranks.h"
#include "run/study_engine.h"
#include "run/threads.h"

/* What rank 0 tells the others of a study; its identity follows. */
struct job {
    uint32_t first, end;
    int32_t threads, no_base;
    double budget;
};

/* The next group, or that there is none. */
struct task {
    int32_t is_over, early, late, based; /* the place of the walk before it */
    int32_t wave;                        /* blocks at a time */
    uint32_t from;
};

/* What a rank makes of its blocks of a wave; their numbers follow, block by block. */
struct share {
    int32_t status; /* enum mld_status; unless OK nothing follows */
    char text[508];
};

static size_t numbers_of(const struct mld_study_engine *engine)
{
    return engine->numbers * MLD_STUDY_BATCH;
}

/* Blocks of a wave that a rank has. */
static size_t count_blocks(const struct mld_study_engine *engine, int blocks, int rank)
{
    return blocks > rank ? (size_t)(blocks - rank - 1) / (size_t)engine->ranks + 1 : 0;
}

/* ---- rank 0 ---- */

/* Judgements have no text to be told by. */
static int can_be_told(const struct mld_study_engine *engine)
{
    const struct mld_study *study = engine->study;
    return !engine->options->take && !engine->reads && !study->axis[0].point[0].judgement;
}

enum mld_status mld_study_crew_open(struct mld_study_engine *engine)
{
    const struct mld_study_options *options = engine->options;
    int others = can_be_told(engine) ? mld_ranks_waiting() : 0;
    const struct job job = { engine->first, engine->end, options->threads, options->no_base,
                             options->budget };
    if (others == 0)
        return MLD_OK;
    char *identity = mld_study_saved_identity(engine->study, options->budget);
    size_t length = identity ? strlen(identity) + 1 : 0;
    char *bytes = identity ? malloc(sizeof job + length) : NULL;
    if (bytes) {
        memcpy(bytes, &job, sizeof job);
        memcpy(bytes + sizeof job, identity, length);
        engine->ranks = others + 1;
    }
    for (int rank = 1; rank < engine->ranks; rank++)
        mld_ranks_tell(rank, MLD_ABOUT_STUDY, bytes, sizeof job + length);
    free(bytes);
    free(identity);
    return bytes ? MLD_OK : MLD_ERR_MEMORY;
}

void mld_study_crew_begin(const struct mld_study_engine *engine, unsigned from)
{
    const struct mld_study_position *at = &engine->position;
    const struct task task = { 0, at->early, at->late, at->based, engine->wave, from };
    for (int rank = 1; rank < engine->ranks; rank++)
        mld_ranks_tell(rank, MLD_ABOUT_GROUP, &task, sizeof task);
}

/* The blocks of one rank, each to its place. */
static enum mld_status take_share(struct mld_study_engine *engine, int blocks, int rank,
                                  struct mld_messages *messages)
{
    struct mld_heard heard;
    while ((heard = mld_ranks_listen(rank, MLD_ABOUT_RESULT)).rank < 0)
        mld_ranks_nap();
    struct share *share = mld_ranks_fetch(heard, MLD_ABOUT_RESULT);
    enum mld_status status = (enum mld_status)share->status;
    const double *value = (const double *)(share + 1);
    if (status != MLD_OK)
        mld_messages_add(messages, "%s", share->text);
    for (int b = rank; status == MLD_OK && b < blocks; b += engine->ranks) {
        memcpy(engine->block[b].value, value, numbers_of(engine) * sizeof *value);
        value += numbers_of(engine);
    }
    free(share);
    return status;
}

enum mld_status mld_study_crew_take(struct mld_study_engine *engine, int blocks,
                                    struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    for (int rank = 1; rank < engine->ranks && status == MLD_OK; rank++)
        status = take_share(engine, blocks, rank, messages);
    return status;
}

/* After a study that was not gone through to its end the others are told with the program's. */
void mld_study_crew_close(struct mld_study_engine *engine, enum mld_status status)
{
    const struct task over = { .is_over = 1 };
    for (int rank = 1; status == MLD_OK && rank < engine->ranks; rank++)
        mld_ranks_tell(rank, MLD_ABOUT_GROUP, &over, sizeof over);
    if (status != MLD_OK && engine->ranks > 1)
        mld_ranks_engage();
    engine->ranks = 1;
}

/* ---- another rank ---- */

struct helper {
    struct mld_study *study;
    struct mld_study_options options;
    struct mld_first_pass_options first;
    struct mld_study_engine engine;
    struct share *share; /* room for what is sent of a wave */
    enum mld_status status;
    struct mld_messages messages;
};

static int is_ended(void) { return mld_ranks_listen(0, MLD_ABOUT_END).rank == 0; }

static enum mld_status restore(struct helper *helper, const char *identity)
{
    char difference[256];
    enum mld_status status = mld_study_identity_restore(identity, &helper->study,
                                                        &helper->messages);
    if (status != MLD_OK)
        return status;
    char *here = mld_study_saved_identity(helper->study, helper->options.budget);
    if (!here)
        return MLD_ERR_MEMORY;
    if (strcmp(here, identity) != 0) {
        mld_part_tell_difference(identity, here, difference, sizeof difference);
        mld_messages_add(&helper->messages, "is not of the same program as rank 0: %s", difference);
        status = MLD_ERR_INPUT;
    }
    free(here);
    return status;
}

static enum mld_status open_study(struct helper *helper, const struct job *job,
                                  const char *identity)
{
    helper->options = (struct mld_study_options){ .threads = job->threads,
                                                  .budget = job->budget,
                                                  .no_base = job->no_base };
    enum mld_status status = restore(helper, identity);
    if (status != MLD_OK)
        return status;
    struct mld_study_engine *engine = &helper->engine;
    *engine = (struct mld_study_engine){ .study = helper->study,
                                         .options = &helper->options,
                                         .first = job->first,
                                         .end = job->end,
                                         .paths = helper->study->plan->paths };
    engine->rank = mld_ranks_place(&engine->ranks);
    engine->threads = mld_threads_start(mld_threads_asked(job->threads));
    helper->first = (struct mld_first_pass_options){ .threads = engine->threads };
    return mld_study_columns_init(&engine->columns, helper->study);
}

/* The group that rank 0 is at. */
static enum mld_status open_group(struct helper *helper, const struct task *task)
{
    struct mld_study_walk walk;
    struct mld_study_engine *engine = &helper->engine;
    mld_study_walk_start(&walk, helper->study, &helper->first);
    int is_base = walk.based && !helper->options.no_base && !task->based;
    walk.based = helper->options.no_base || task->based;
    walk.at_early = task->early;
    walk.at_late = task->late;
    engine->wave = task->wave;
    enum mld_status status =
        is_base ? mld_study_group_base(&walk, &engine->columns, &engine->group, &helper->messages)
                : mld_study_group_next(&walk, &engine->columns, mld_study_most_variants(engine),
                                       &engine->group, &helper->messages);
    if (status == MLD_OK)
        status = mld_study_group_open(engine);
    if (status != MLD_OK)
        return status;
    size_t most = count_blocks(engine, engine->wave, engine->rank) * numbers_of(engine);
    helper->share = mld_large_alloc(sizeof *helper->share + most * sizeof(double));
    return helper->share ? MLD_OK : MLD_ERR_MEMORY;
}

static void close_group(struct helper *helper)
{
    mld_study_group_close(&helper->engine);
    free(helper->share);
    helper->share = NULL;
}

static void send_failure(struct helper *helper)
{
    char name[256];
    struct share share = { .status = (int32_t)helper->status };
    const char *what = helper->messages.count ? helper->messages.text[0]
                                              : mld_status_text(helper->status);
    mld_ranks_name(name, sizeof name);
    snprintf(share.text, sizeof share.text, "%s: %s", name, what);
    mld_ranks_tell(0, MLD_ABOUT_RESULT, &share, sizeof share);
}

static void send_share(struct helper *helper, int blocks)
{
    const struct mld_study_engine *engine = &helper->engine;
    size_t n = numbers_of(engine);
    double *value = (double *)(helper->share + 1);
    *helper->share = (struct share){ .status = MLD_OK };
    for (int b = engine->rank; b < blocks; b += engine->ranks, value += n)
        memcpy(value, engine->block[b].value, n * sizeof *value);
    mld_ranks_tell(0, MLD_ABOUT_RESULT, helper->share,
                   (size_t)((char *)value - (char *)helper->share));
}

/* Until rank 0 has all of the group, or hears what is wrong, or all is ended. */
static void go_through(struct helper *helper, const struct task *task)
{
    struct mld_study_engine *engine = &helper->engine;
    if (helper->status == MLD_OK)
        helper->status = open_group(helper, task);
    for (uint32_t from = task->from; helper->status == MLD_OK && from < engine->end && !is_ended();
         from += (uint32_t)engine->wave * MLD_STUDY_BATCH) {
        int blocks = mld_study_wave_lay(engine, from);
        helper->status = mld_study_wave_simulate(engine, blocks, &helper->messages);
        if (helper->status == MLD_OK)
            send_share(helper, blocks);
    }
    if (helper->status != MLD_OK)
        send_failure(helper);
    close_group(helper);
}

/* The next group, or 0 when there is none. */
static int hear_task(struct task *task)
{
    struct mld_heard heard;
    while ((heard = mld_ranks_listen(0, MLD_ABOUT_GROUP)).rank < 0) {
        if (is_ended())
            return 0;
        mld_ranks_nap();
    }
    mld_ranks_take(heard, MLD_ABOUT_GROUP, task);
    return !task->is_over;
}

void mld_study_crew_work(const char *bytes)
{
    struct helper helper = { .study = NULL };
    struct job job;
    struct task task;
    memcpy(&job, bytes, sizeof job);
    mld_messages_init(&helper.messages);
    helper.status = open_study(&helper, &job, bytes + sizeof job);
    while (hear_task(&task))
        go_through(&helper, &task);
    mld_study_columns_clear(&helper.engine.columns);
    mld_study_free(helper.study);
    mld_messages_clear(&helper.messages);
}
