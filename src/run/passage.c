/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/passage.h"

#include <stdio.h>
#include <string.h>

struct mld_passage mld_passage_lay(const struct mld_part_layout *layout, uint32_t segment,
                                   char *bytes)
{
    uint64_t n[3], columns = sizeof(struct mld_segment_head);
    mld_part_sizes(layout, segment, n);
    uint64_t sums = columns + n[0], trajectories = sums + n[1], counts = trajectories + n[2];
    struct mld_passage passage = { .bytes = counts + (uint64_t)layout->counted * MLD_SKETCH_BINS *
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

static void fill_counts(const struct mld_engine *engine, uint16_t *counts)
{
#pragma omp parallel for schedule(static) num_threads(engine->threads)
    for (int column = 0; column < engine->layout.counted; column++)
        mld_fans_take_few(engine->fans, column, counts + (size_t)column * MLD_SKETCH_BINS);
}

static uint64_t fill(struct mld_engine *engine, uint32_t segment, char *bytes)
{
    struct mld_passage passage = mld_passage_lay(&engine->layout, segment, bytes);
    uint64_t n[3];
    mld_part_sizes(&engine->layout, segment, n);
    mld_engine_close_ranks(engine);
    *passage.head = (struct mld_segment_head){ .segment = segment, .status = MLD_OK };
    memcpy(passage.columns, engine->column, n[0]);
    mld_fans_segment(engine->fans, passage.sums);
    if (n[2])
        memcpy(passage.trajectories, engine->trajectories, n[2]);
    fill_counts(engine, passage.counts);
    return passage.bytes;
}

/* Money that is not conserved is the run's matter, and told as a program alone would. */
static uint64_t fail(uint32_t segment, enum mld_status status, const char *name,
                     const struct mld_messages *messages, char *bytes)
{
    struct mld_segment_head *head = (struct mld_segment_head *)bytes;
    int is_plain = status == MLD_ERR_CONSERVATION;
    const char *why = messages->count ? messages->text[0] : mld_status_text(status);
    *head = (struct mld_segment_head){ .segment = segment, .status = (int32_t)status };
    snprintf(head->text, sizeof head->text, "%s%s%s", is_plain ? "" : name, is_plain ? "" : ": ",
             why);
    return sizeof *head;
}

uint64_t mld_passage_simulate(struct mld_engine *engine, uint32_t segment, const char *name,
                              char *bytes, enum mld_status *status, struct mld_messages *messages)
{
    if (*status == MLD_OK)
        *status = mld_engine_simulate(engine, segment, 0, messages);
    return *status == MLD_OK ? fill(engine, segment, bytes)
                             : fail(segment, *status, name, messages, bytes);
}
