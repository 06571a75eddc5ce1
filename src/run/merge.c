/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pieces of a run put together: all of one run and of this build, whole, each segment once. The
 * scenario is in each of them; the first paths are simulated again for the edges of the fans.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "run/finish.h"
#include "run/segments.h"
#include "run/take_up.h"
#include "run/threads.h"

struct piece {
    const char *name;
    struct mld_part_names names;
    struct mld_part part;
};

struct merge {
    int n;
    struct piece *piece;
    struct mld_part *part; /* [n] the parts, in order of segments */
    struct mld_scenario *scenario;
    struct mld_plan *plan;
    struct mld_engine engine;
    struct mld_buffers buffers;
};

/* ---- what the pieces are ---- */

static enum mld_status load(struct merge *merge, const char *const *names,
                            struct mld_messages *messages)
{
    enum mld_status worst = MLD_OK;
    for (int i = 0; i < merge->n && worst != MLD_ERR_MEMORY; i++) {
        struct piece *piece = &merge->piece[i];
        piece->name = names[i];
        enum mld_status status = mld_part_load(&piece->part, names[i], &piece->names, messages);
        worst = status == MLD_OK ? worst : status;
    }
    return worst;
}

static enum mld_status check_identities(const struct merge *merge, struct mld_messages *messages)
{
    char difference[256];
    enum mld_status status = MLD_OK;
    for (int i = 1; i < merge->n; i++) {
        const struct piece *first = &merge->piece[0], *piece = &merge->piece[i];
        if (strcmp(piece->names.identity, first->names.identity) == 0)
            continue;
        mld_part_tell_difference(piece->names.identity, first->names.identity, difference,
                                 sizeof difference);
        mld_messages_add(messages, "%s: is of another run than %s: %s", piece->name, first->name,
                         difference);
        status = MLD_ERR_INPUT;
    }
    return status;
}

/* Whether this program would make the very same run of the pieces' scenario. */
static enum mld_status check_build(const struct merge *merge, struct mld_messages *messages)
{
    char difference[256];
    struct mld_part_names here;
    const struct piece *first = &merge->piece[0];
    enum mld_status status = mld_part_names_init(&here, merge->plan, merge->scenario);
    if (status != MLD_OK)
        return status;
    if (strcmp(here.identity, first->names.identity) != 0) {
        mld_part_tell_difference(first->names.identity, here.identity, difference,
                                 sizeof difference);
        mld_messages_add(messages, "%s: was not made by this program: %s", first->name, difference);
        status = MLD_ERR_INPUT;
    }
    mld_part_names_clear(&here);
    return status;
}

/* The plan that the pieces are of. */
static enum mld_status plan(struct merge *merge, struct mld_messages *messages)
{
    const struct mld_part_names *names = &merge->piece[0].names;
    const char *text = strstr(names->identity, "\n\n");
    enum mld_status status = text ? mld_scenario_restore(text + 2, &merge->scenario, messages)
                                  : MLD_ERR_FORMAT;
    if (status == MLD_OK)
        status = mld_scenario_plan(merge->scenario, &merge->plan, messages);
    if (status == MLD_OK)
        status = mld_part_take_price(names->identity, merge->plan);
    if (status == MLD_OK)
        status = check_build(merge, messages);
    return status == MLD_OK ? mld_plan_restore_origins(merge->plan, names->origins) : status;
}

static int by_segment(const void *first, const void *second)
{
    const struct piece *a = first, *b = second;
    return a->part.first != b->part.first ? (a->part.first < b->part.first ? -1 : 1)
                                          : strcmp(a->name, b->name);
}

/* Every segment of the run, once. */
static enum mld_status check_cover(struct merge *merge, struct mld_messages *messages)
{
    struct mld_segment_range *range = malloc((size_t)merge->n * sizeof *range);
    if (!range)
        return MLD_ERR_MEMORY;
    qsort(merge->piece, (size_t)merge->n, sizeof *merge->piece, by_segment);
    for (int i = 0; i < merge->n; i++)
        range[i] = (struct mld_segment_range){ merge->piece[i].name, merge->piece[i].part.first,
                                               merge->piece[i].part.last };
    enum mld_status status = mld_segments_cover(merge->n, range, merge->plan->paths, messages);
    free(range);
    return status;
}

/* Whether each holds what it says. Counts are needed where the fans are not exact. */
static enum mld_status scan(struct merge *merge, struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    int exact = merge->plan->paths <= MLD_SKETCH_PILOT;
    for (int i = 0; i < merge->n && status != MLD_ERR_MEMORY; i++) {
        struct piece *piece = &merge->piece[i];
        struct mld_part *part = &piece->part;
        if (part->last >= mld_segments(merge->plan->paths) ||
            mld_part_scan(part, &merge->engine.layout) != MLD_OK)
            return MLD_ERR_MEMORY;
        if (part->whole == part->last - part->first + 1 && (exact || part->counted == part->whole))
            continue;
        mld_messages_add(messages,
                         "%s: is damaged, or not whole: %" PRIu32 " of its %" PRIu32
                         " segments are",
                         piece->name, part->whole, part->last - part->first + 1);
        status = MLD_ERR_FORMAT;
    }
    for (int i = 0; i < merge->n; i++)
        merge->part[i] = merge->piece[i].part;
    return status;
}

/* ---- the whole ---- */

/* Fans that are exact are made of the paths again; others of what the pieces saved. */
static enum mld_status fill_fans(struct merge *merge, struct mld_messages *messages)
{
    struct mld_engine *engine = &merge->engine;
    uint32_t segments = mld_segments(merge->plan->paths);
    int exact = merge->plan->paths <= MLD_SKETCH_PILOT;
    enum mld_status status = mld_engine_count(engine, exact ? 0 : segments, segments - 1);
    if (status == MLD_OK)
        status = mld_complete_pilot(engine, messages);
    for (int i = 0; !exact && status == MLD_OK && i < merge->n; i++)
        status = mld_add_saved(engine, &merge->part[i], &merge->buffers);
    return status;
}

static enum mld_status put_together(struct merge *merge, const char *const *names,
                                    const struct mld_run_options *options,
                                    struct mld_messages *messages)
{
    enum mld_status status = load(merge, names, messages);
    if (status == MLD_OK)
        status = check_identities(merge, messages);
    if (status == MLD_OK)
        status = plan(merge, messages);
    if (status == MLD_OK)
        status = check_cover(merge, messages);
    if (status == MLD_OK)
        status = mld_engine_open(&merge->engine, merge->plan, options,
                                 mld_threads_start(mld_threads_asked(options->threads)));
    if (status == MLD_OK)
        status = mld_buffers_init(&merge->buffers, &merge->engine.layout);
    if (status == MLD_OK)
        status = scan(merge, messages);
    return status == MLD_OK ? fill_fans(merge, messages) : status;
}

static enum mld_status open_merge(struct merge *merge, int n)
{
    *merge = (struct merge){ .n = n };
    merge->piece = calloc((size_t)n, sizeof *merge->piece);
    merge->part = calloc((size_t)n, sizeof *merge->part);
    for (int i = 0; merge->piece && i < n; i++)
        merge->piece[i].part.descriptor = merge->piece[i].part.target.descriptor = -1;
    return merge->piece && merge->part ? MLD_OK : MLD_ERR_MEMORY;
}

static void close_merge(struct merge *merge)
{
    for (int i = 0; merge->piece && i < merge->n; i++) {
        mld_part_close(&merge->piece[i].part, 1);
        mld_part_names_clear(&merge->piece[i].names);
    }
    free(merge->piece);
    free(merge->part);
    mld_buffers_clear(&merge->buffers);
    mld_engine_close(&merge->engine);
    mld_plan_clear(merge->plan);
    free(merge->plan);
    mld_scenario_free(merge->scenario);
}

enum mld_status mld_merge(int n, const char *const *pieces, const struct mld_run_options *options,
                          const char *output, struct mld_summary *summary,
                          struct mld_run_result *result, struct mld_messages *messages)
{
    struct merge merge;
    *result = (struct mld_run_result){ 0 };
    *summary = (struct mld_summary){ 0 };
    enum mld_status status = open_merge(&merge, n);
    if (status == MLD_OK)
        status = mld_results_check(output, messages);
    if (status == MLD_OK)
        status = put_together(&merge, pieces, options, messages);
    if (status == MLD_OK) {
        const struct mld_store store = { .columns = &merge.engine.columns,
                                         .paths = merge.plan->paths,
                                         .part = merge.part,
                                         .parts = n };
        status = mld_finish(&merge.engine, &store, merge.scenario, output, summary, result,
                            messages);
    }
    close_merge(&merge);
    return status;
}
