/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/take_up.h"

#include <math.h>
#include <stdlib.h>

enum { PILOT_SEGMENTS = MLD_SKETCH_PILOT / MLD_SEGMENT };

enum mld_status mld_buffers_init(struct mld_buffers *buffers, const struct mld_part_layout *layout)
{
    size_t fans = (size_t)layout->fans + 1, counted = (size_t)layout->counted + 1;
    buffers->sums = calloc(fans, sizeof *buffers->sums);
    buffers->counts = malloc(counted * MLD_SKETCH_BINS * sizeof *buffers->counts);
    if (buffers->sums && buffers->counts)
        return MLD_OK;
    mld_buffers_clear(buffers);
    return MLD_ERR_MEMORY;
}

void mld_buffers_clear(struct mld_buffers *buffers)
{
    free(buffers->sums);
    free(buffers->counts);
    *buffers = (struct mld_buffers){ 0 };
}

static uint32_t least(uint32_t a, uint32_t b) { return a < b ? a : b; }

/* Segments first … end−1 for the fans alone. */
static enum mld_status simulate_again(struct mld_engine *engine, uint32_t first, uint32_t end,
                                      struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    for (; engine->fans && status == MLD_OK && first < end; first++)
        status = mld_engine_simulate(engine, first, (double)NAN, messages);
    return status;
}

/* The pilot up to segment end−1. */
static enum mld_status feed_pilot(struct mld_engine *engine, uint32_t end,
                                  struct mld_messages *messages)
{
    uint32_t segments = least(PILOT_SEGMENTS, mld_segments(engine->plan->paths));
    return simulate_again(engine, engine->pilot, least(end, segments), messages);
}

enum mld_status mld_add_saved(struct mld_engine *engine, const struct mld_part *part,
                              struct mld_buffers *buffers)
{
    for (uint32_t s = part->first; s < part->first + part->counted; s++) {
        if (mld_part_sums(part, s, buffers->sums))
            return MLD_ERR_FILE;
        mld_fans_add_segment(engine->fans, buffers->sums);
    }
    if (part->counted && mld_part_counts(part, buffers->counts))
        return MLD_ERR_FILE;
    if (part->counted)
        mld_fans_add_counts(engine->fans, buffers->counts);
    return MLD_OK;
}

enum mld_status mld_take_up(struct mld_engine *engine, const struct mld_part *part, uint32_t first,
                            uint32_t last, struct mld_buffers *buffers, uint32_t *next,
                            struct mld_messages *messages)
{
    uint32_t from = first + part->counted;
    *next = first + part->whole;
    enum mld_status status = mld_engine_count(engine, from, last);
    if (status == MLD_OK) /* counts are added upon the edges of the whole pilot */
        status = feed_pilot(engine, part->counted ? PILOT_SEGMENTS : from, messages);
    if (status == MLD_OK && engine->fans)
        status = mld_add_saved(engine, part, buffers);
    if (status == MLD_OK)
        status = simulate_again(engine, from, *next, messages);
    return status;
}

enum mld_status mld_complete_pilot(struct mld_engine *engine, struct mld_messages *messages)
{
    return feed_pilot(engine, PILOT_SEGMENTS, messages);
}

int mld_save_counts(const struct mld_engine *engine, struct mld_part *part,
                    struct mld_buffers *buffers)
{
    return engine->fans && mld_fans_counts(engine->fans, buffers->counts)
               ? mld_part_append_counts(part, buffers->counts)
               : 0;
}
