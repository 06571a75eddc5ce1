/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What another program goes on from, should this one end before its study does. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "run/study_engine.h"

/* Saved so often, in seconds, and not so that it takes more than a part of the time. */
static const double EVERY = 20, SHARE = 20;

double mld_study_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* What lasts over groups. */
static int spans_of_study(struct mld_study_engine *engine, struct mld_study_span *span)
{
    const struct mld_study *study = engine->study;
    uint64_t statistics = (uint64_t)study->n_statistics, variants = (uint64_t)study->n_variants;
    struct mld_study_result *result = engine->result;
    const struct mld_study_span all[] = {
        { result->base, statistics * sizeof *result->base },
        { result->cell, variants * statistics * sizeof *result->cell },
        { result->done, variants },
        { engine->sections, statistics * sizeof *engine->sections },
        { engine->base, (uint64_t)engine->columns.n * engine->paths * sizeof(double) },
    };
    memcpy(span, all, sizeof all);
    return sizeof all / sizeof *all;
}

/* What the group at hand has of its paths up to `from`. */
static int spans_of_group(struct mld_study_engine *engine, uint32_t from,
                          struct mld_study_span *span)
{
    int n = 0;
    uint64_t tallies = (uint64_t)engine->group.n_entries * (uint64_t)engine->columns.n;
    span[n++] = (struct mld_study_span){ engine->tally, tallies * sizeof *engine->tally };
    for (uint64_t i = 0; i < tallies; i++)
        if (engine->tally[i].whole)
            span[n++] = (struct mld_study_span){ engine->tally[i].whole, from * sizeof(double) };
    return n;
}

enum mld_status mld_study_save(struct mld_study_engine *engine, uint32_t from,
                               struct mld_messages *messages)
{
    double before = mld_study_now();
    size_t most = 8 + (from ? mld_study_count_wholes(engine) : 0);
    struct mld_study_span *span = malloc(most * sizeof *span);
    if (!span)
        return MLD_ERR_MEMORY;
    int n = spans_of_study(engine, span);
    if (from)
        n += spans_of_group(engine, from, span + n);
    engine->position.from = from;
    engine->position.entries = from ? engine->group.n_entries : 0;
    enum mld_status status = mld_study_saved_write(engine->options->part, engine->identity,
                                                   &engine->position, n, span, messages);
    free(span);
    engine->saved_at = mld_study_now();
    engine->cost = engine->saved_at - before;
    return status;
}

enum mld_status mld_study_save_at_times(struct mld_study_engine *engine, uint32_t from,
                                        struct mld_messages *messages)
{
    double since = mld_study_now() - engine->saved_at;
    if (!engine->options->part || since < EVERY || since < SHARE * engine->cost)
        return MLD_OK;
    return mld_study_save(engine, from, messages);
}

/* Takes the paths of the group up that were done; the places of whole columns stay ours. */
enum mld_status mld_study_take_up_group(struct mld_study_engine *engine, uint32_t *from,
                                        struct mld_messages *messages)
{
    const struct mld_study_position *at = &engine->position;
    size_t most = 1 + mld_study_count_wholes(engine),
           tallies = (size_t)engine->group.n_entries * (size_t)engine->columns.n;
    if (!engine->saved || at->from == 0 || at->entries != engine->group.n_entries)
        return MLD_OK;
    struct mld_study_span *span = malloc(most * sizeof *span);
    double **whole = malloc(tallies * sizeof *whole);
    enum mld_status status = span && whole ? MLD_OK : MLD_ERR_MEMORY;
    for (size_t i = 0; status == MLD_OK && i < tallies; i++)
        whole[i] = engine->tally[i].whole;
    if (status == MLD_OK)
        status = mld_study_saved_read(engine->saved, engine->options->part,
                                      spans_of_group(engine, at->from, span), span, messages);
    for (size_t i = 0; status == MLD_OK && i < tallies; i++)
        engine->tally[i].whole = whole[i];
    *from = at->from;
    free(span);
    free(whole);
    return status;
}

/* Begins where a former program ended. */
enum mld_status mld_study_take_up(struct mld_study_engine *engine, struct mld_study_walk *walk,
                                  struct mld_messages *messages)
{
    struct mld_study_span span[8];
    struct mld_study_position *at = &engine->position;
    enum mld_status status = mld_study_saved_open(engine->options->part, engine->identity, at,
                                                  &engine->saved, messages);
    if (status != MLD_OK || !engine->saved)
        return status;
    status = mld_study_saved_read(engine->saved, engine->options->part,
                                  spans_of_study(engine, span), span, messages);
    walk->at_early = at->early;
    walk->at_late = at->late;
    walk->based = at->based;
    for (int v = 0; v < engine->study->n_variants; v++)
        engine->done += engine->result->done[v] ? engine->paths : 0;
    return status;
}

void mld_study_note(struct mld_study_engine *engine, const struct mld_study_walk *walk, int base)
{
    struct mld_study_position *at = &engine->position;
    if (engine->saved) /* where the former program was */
        return;
    at->early = walk->at_early;
    at->late = walk->at_late;
    at->based = base;
}

void mld_study_close_saved(struct mld_study_engine *engine)
{
    if (engine->saved)
        fclose(engine->saved);
    engine->saved = NULL;
}
