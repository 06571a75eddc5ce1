/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/crew.h"

#include <stdlib.h>
#include <string.h>

#include "core/large.h"
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

struct worker {
    uint32_t segment[AHEAD]; /* in their order */
    int segments;
};

struct mld_crew {
    const struct mld_engine *engine;
    uint32_t first, next, last; /* segments shared; the first that nobody has */
    int workers, slots;
    struct worker *worker; /* [rank − 1] */
    struct slot slot[MOST_SLOTS];
    struct slot *taken; /* what was asked for last */
};

struct mld_passage mld_passage_lay(const struct mld_part_layout *layout, uint32_t segment,
                                   char *bytes)
{
    uint64_t n[3], columns = sizeof(struct mld_segment_head);
    mld_part_sizes(layout, segment, n);
    uint64_t sums = columns + n[0], trajectories = sums + n[1], counts = trajectories + n[2];
    struct mld_passage passage = { .bytes = counts + (uint64_t)layout->fans * MLD_SKETCH_BINS *
                                                         sizeof(uint16_t) };
    if (!bytes)
        return passage;
    passage.head = (struct mld_segment_head *)bytes;
    passage.columns = (double *)(bytes + columns);
    passage.sums = (struct mld_sketch_sums *)(bytes + sums);
    passage.trajectories = (double *)(bytes + trajectories);
    passage.counts = (uint16_t *)(bytes + counts);
    return passage;
}

/* ---- handing out ---- */

static void hand_out(struct mld_crew *crew, int worker)
{
    struct worker *to = &crew->worker[worker];
    if (crew->next > crew->last)
        return;
    to->segment[to->segments++] = crew->next;
    mld_ranks_tell(worker + 1, MLD_ABOUT_SEGMENT, &crew->next, sizeof crew->next);
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
    for (int i = 0; i < crew->workers; i++)
        mld_ranks_tell(i + 1, MLD_ABOUT_RUN, bytes, sizeof job + length);
    free(bytes);
    for (int i = 0; i < AHEAD * crew->workers; i++)
        hand_out(crew, i % crew->workers);
    return MLD_OK;
}

/* Segments further on are no longer: fewer trajectories are kept. */
static enum mld_status make_room(struct mld_crew *crew)
{
    struct mld_passage longest = mld_passage_lay(&crew->engine->layout, crew->first, NULL);
    crew->slots = AHEAD * crew->workers < MOST_SLOTS ? AHEAD * crew->workers : MOST_SLOTS;
    crew->worker = calloc((size_t)crew->workers, sizeof *crew->worker);
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
    int i = 0;
    while (crew->worker[i].segments == 0 || crew->worker[i].segment[0] != segment)
        i++;
    return i + 1;
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
    struct mld_heard heard = mld_ranks_listen(unused > 1 ? -1 : rank_of(crew, turn),
                                              MLD_ABOUT_RESULT);
    if (heard.rank < 0)
        return 0;
    mld_ranks_take(heard, MLD_ABOUT_RESULT, slot->bytes);
    slot->is_full = 1;
    struct worker *from = &crew->worker[heard.rank - 1];
    from->segments--;
    memmove(from->segment, from->segment + 1, (AHEAD - 1) * sizeof *from->segment);
    hand_out(crew, heard.rank - 1);
    return 1;
}

enum mld_status mld_crew_take(struct mld_crew *crew, uint32_t segment, struct mld_passage *passage,
                              struct mld_messages *messages)
{
    const volatile sig_atomic_t *stop = crew->engine->options->stop;
    if (crew->taken)
        crew->taken->is_full = 0;
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
