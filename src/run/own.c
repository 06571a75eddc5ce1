/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/own.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "core/large.h"
#include "run/passage.h"
#include "run/ranks.h"
#include "run/threads.h"

enum state { IDLE, GIVEN, DONE };

struct mld_own {
    struct mld_engine engine; /* the run's, with fans of its own */
    struct mld_run_options options;
    char *bytes;
    uint32_t segment;
    atomic_int state; /* who may touch these: the thread while GIVEN, else the other */
    atomic_int over;
    volatile sig_atomic_t ended; /* the same, for the engine */
    pthread_t thread;
    int is_running;
    struct mld_messages messages;
};

/* After each wave. */
static void look_up(void *context, uint32_t done, uint32_t paths)
{
    struct mld_own *own = context;
    (void)done, (void)paths;
    own->ended = atomic_load(&own->over);
}

static void *simulate(void *context)
{
    struct mld_own *own = context;
    enum mld_status status = MLD_OK;
    own->engine.threads = mld_threads_start(own->engine.threads);
    while (!atomic_load(&own->over))
        if (atomic_load(&own->state) == GIVEN) {
            mld_passage_simulate(&own->engine, own->segment, "rank 0", own->bytes, &status,
                                 &own->messages);
            atomic_store(&own->state, DONE);
        } else {
            mld_ranks_nap();
        }
    return NULL;
}

static enum mld_status make_room(struct mld_own *own, uint32_t first)
{
    const struct mld_part_layout *layout = &own->engine.layout;
    own->bytes = mld_large_alloc(mld_passage_lay(layout, first, NULL).bytes);
    own->engine.fans = mld_fans_like(own->engine.fans);
    return own->bytes && own->engine.fans ? MLD_OK : MLD_ERR_MEMORY;
}

enum mld_status mld_own_start(struct mld_own **started, const struct mld_engine *engine,
                              uint32_t first)
{
    struct mld_own *own = calloc(1, sizeof *own);
    *started = NULL;
    if (!own)
        return MLD_ERR_MEMORY;
    own->engine = *engine;
    own->options =
        (struct mld_run_options){ .stop = &own->ended, .progress = look_up, .context = own };
    own->engine.options = &own->options;
    mld_messages_init(&own->messages);
    enum mld_status status = make_room(own, first);
    if (status == MLD_OK)
        own->is_running = pthread_create(&own->thread, NULL, simulate, own) == 0;
    if (own->is_running)
        *started = own;
    else
        mld_own_end(own);
    return status;
}

void mld_own_end(struct mld_own *own)
{
    if (!own)
        return;
    atomic_store(&own->over, 1);
    if (own->is_running)
        pthread_join(own->thread, NULL);
    mld_fans_free(own->engine.fans);
    mld_messages_clear(&own->messages);
    free(own->bytes);
    free(own);
}

void mld_own_give(struct mld_own *own, uint32_t segment)
{
    own->segment = segment;
    atomic_store(&own->state, GIVEN);
}

int mld_own_take(struct mld_own *own, char **bytes)
{
    if (atomic_load(&own->state) != DONE)
        return 0;
    char *done = own->bytes;
    own->bytes = *bytes;
    *bytes = done;
    atomic_store(&own->state, IDLE);
    return 1;
}
