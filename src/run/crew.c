/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/crew.h"

#include <stdlib.h>
#include <string.h>

#include "core/large.h"
#include "run/own.h"
#include "run/ranks.h"

/*
 * Segments that a rank has at a time, so that it need not wait for the next; and those that rank 0
 * holds while one before them is on its way.
 */
enum { AHEAD = 2, MOST_SLOTS = 16 };

struct slot {
    char *bytes;
    int is_full;
};

/* Another rank, or the thread of rank 0. */
struct worker {
    uint32_t segment[AHEAD]; /* in their order */
    int segments;
};

struct mld_crew {
    const struct mld_engine *engine;
    uint32_t first, next, last; /* segments shared; the first that nobody has */
    int workers, slots;
    struct worker *worker; /* [rank]; those of rank 0 are the thread's */
    struct mld_own *own;   /* that thread, from the first segment that is taken on; or NULL */
    int is_begun;
    struct slot slot[MOST_SLOTS];
    struct slot *taken; /* what was asked for last */
};

/* ---- handing out ---- */

static void hand_out(struct mld_crew *crew, int rank)
{
    struct worker *to = &crew->worker[rank];
    if (crew->next > crew->last)
        return;
    to->segment[to->segments++] = crew->next;
    if (rank > 0)
        mld_ranks_tell(rank, MLD_ABOUT_SEGMENT, &crew->next, sizeof crew->next);
    else
        mld_own_give(crew->own, crew->next);
    crew->next++;
}

static enum mld_status begin(struct mld_crew *crew, const char *identity)
{
    struct mld_job job = { crew->first, crew->last, crew->engine->options->threads,
                           crew->engine->options->batch };
    size_t length = strlen(identity) + 1;
    char *bytes = malloc(sizeof job + length);
    if (!bytes)
        return MLD_ERR_MEMORY;
    memcpy(bytes, &job, sizeof job);
    memcpy(bytes + sizeof job, identity, length);
    for (int rank = 1; rank <= crew->workers; rank++)
        mld_ranks_tell(rank, MLD_ABOUT_RUN, bytes, sizeof job + length);
    free(bytes);
    for (int i = 0; i < AHEAD * crew->workers; i++)
        hand_out(crew, i % crew->workers + 1);
    return MLD_OK;
}

/* Segments further on are no longer: fewer trajectories are kept. */
static enum mld_status make_room(struct mld_crew *crew)
{
    struct mld_passage longest = mld_passage_lay(&crew->engine->layout, crew->first, NULL);
    int wanted = AHEAD * crew->workers + 1;
    crew->slots = wanted < MOST_SLOTS ? wanted : MOST_SLOTS;
    crew->worker = calloc((size_t)crew->workers + 1, sizeof *crew->worker);
    enum mld_status status = crew->worker ? MLD_OK : MLD_ERR_MEMORY;
    for (int i = 0; status == MLD_OK && i < crew->slots; i++) {
        crew->slot[i].bytes = mld_large_alloc(longest.bytes);
        status = crew->slot[i].bytes ? MLD_OK : MLD_ERR_MEMORY;
    }
    return status;
}

enum mld_status mld_crew_open(struct mld_crew **crew, const struct mld_engine *engine,
                              const char *identity, uint32_t first, uint32_t last)
{
    int workers = first > last ? 0 : mld_ranks_engage();
    *crew = NULL;
    if (workers == 0)
        return MLD_OK;
    *crew = calloc(1, sizeof **crew);
    if (!*crew)
        return MLD_ERR_MEMORY;
    **crew = (struct mld_crew){
        .engine = engine, .first = first, .next = first, .last = last, .workers = workers
    };
    enum mld_status status = make_room(*crew);
    return status == MLD_OK ? begin(*crew, identity) : status;
}

void mld_crew_close(struct mld_crew *crew)
{
    if (!crew)
        return;
    mld_own_end(crew->own);
    for (int i = 0; i < crew->slots; i++)
        free(crew->slot[i].bytes);
    free(crew->worker);
    free(crew);
}

/* ---- taking ---- */

int mld_crew_has(const struct mld_crew *crew, uint32_t segment)
{
    return crew && segment >= crew->first;
}

static struct slot *find_slot(struct mld_crew *crew, uint32_t segment)
{
    for (int i = 0; i < crew->slots; i++)
        if (crew->slot[i].is_full &&
            ((struct mld_segment_head *)crew->slot[i].bytes)->segment == segment)
            return &crew->slot[i];
    return NULL;
}

static int rank_of(const struct mld_crew *crew, uint32_t segment)
{
    int rank = 0;
    while (crew->worker[rank].segments == 0 || crew->worker[rank].segment[0] != segment)
        rank++;
    return rank;
}

/* Into a slot that is free, from one rank or any, −1. Gives whose it is, −1 for nothing. */
static int take_from(struct mld_crew *crew, int rank, struct slot *slot)
{
    if (rank <= 0 && crew->own && mld_own_take(crew->own, &slot->bytes))
        return 0;
    if (rank == 0)
        return -1;
    struct mld_heard heard = mld_ranks_listen(rank, MLD_ABOUT_RESULT);
    if (heard.rank > 0)
        mld_ranks_take(heard, MLD_ABOUT_RESULT, slot->bytes);
    return heard.rank;
}

/* The last free slot is for the segment whose turn it is. 0: nothing has come. */
static int receive(struct mld_crew *crew, uint32_t turn)
{
    struct slot *slot = NULL;
    int unused = 0;
    for (int i = 0; i < crew->slots; i++)
        if (!crew->slot[i].is_full) {
            slot = &crew->slot[i];
            unused++;
        }
    int rank = take_from(crew, unused > 1 ? -1 : rank_of(crew, turn), slot);
    if (rank < 0)
        return 0;
    slot->is_full = 1;
    struct worker *from = &crew->worker[rank];
    from->segments--;
    memmove(from->segment, from->segment + 1, (AHEAD - 1) * sizeof *from->segment);
    hand_out(crew, rank);
    return 1;
}

/* The engine of rank 0 has gone through the pilot, and is the thread's from here on. */
static enum mld_status begin_own(struct mld_crew *crew)
{
    if (crew->is_begun || crew->next > crew->last)
        return MLD_OK;
    crew->is_begun = 1;
    enum mld_status status = mld_own_start(&crew->own, crew->engine, crew->first);
    if (crew->own)
        hand_out(crew, 0);
    return status;
}

enum mld_status mld_crew_take(struct mld_crew *crew, uint32_t segment, struct mld_passage *passage,
                              struct mld_messages *messages)
{
    const volatile sig_atomic_t *stop = crew->engine->options->stop;
    enum mld_status status = begin_own(crew);
    if (crew->taken)
        crew->taken->is_full = 0;
    if (status != MLD_OK)
        return status;
    while (!(crew->taken = find_slot(crew, segment))) {
        if (stop && *stop)
            return MLD_INTERRUPTED;
        if (!receive(crew, segment))
            mld_ranks_nap();
    }
    *passage = mld_passage_lay(&crew->engine->layout, segment, crew->taken->bytes);
    if (passage->head->status != MLD_OK)
        mld_messages_add(messages, "%s", passage->head->text);
    return (enum mld_status)passage->head->status;
}
