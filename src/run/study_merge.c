/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A study in pieces: the numbers of some segments are written instead of being added up, and a
 * merge adds those of all pieces up as if it had simulated them. The study is in each of them.
 */
#include <stdlib.h>
#include <string.h>

#include "run/segments.h"
#include "run/study_engine.h"

/* ---- a piece ---- */

static enum mld_status open_piece(struct mld_study_piece *piece, const struct mld_study *study,
                                  const struct mld_study_options *options, const char *path,
                                  const uint32_t segments[2], struct mld_messages *messages)
{
    struct mld_part_names names;
    enum mld_status status = mld_segments_check(segments[0], segments[1], study->plan->paths,
                                                messages);
    if (status == MLD_OK)
        status = mld_study_names_init(&names, study, options->budget);
    if (status != MLD_OK)
        return status;
    status = mld_study_piece_open(piece, path, &names, segments, messages);
    mld_part_names_clear(&names);
    return status;
}

enum mld_status mld_study_run_piece(const struct mld_study *study,
                                    const struct mld_study_options *options,
                                    const uint32_t segments[2], const char *path,
                                    struct mld_study_result *result, struct mld_messages *messages)
{
    struct mld_study_piece piece;
    *result = (struct mld_study_result){ 0 };
    enum mld_status status = open_piece(&piece, study, options, path, segments, messages);
    if (status != MLD_OK)
        return status;
    uint32_t paths = study->plan->paths, last = segments[1];
    struct mld_study_engine engine = { .study = study,
                                       .options = options,
                                       .result = result,
                                       .writes = &piece,
                                       .first = segments[0] * MLD_SEGMENT,
                                       .end = last + 1 < mld_segments(paths)
                                                  ? (last + 1) * MLD_SEGMENT
                                                  : paths };
    status = mld_study_go_through(&engine, messages);
    if (status == MLD_OK)
        status = mld_study_piece_commit(&piece, messages);
    mld_study_piece_close(&piece);
    return status;
}

/* ---- all of them ---- */

struct merge {
    int n, loaded;
    struct mld_study_piece *piece;
    struct mld_part_names names; /* of the first */
};

/* Whether a piece is of the same study as the first. */
static enum mld_status compare(const struct merge *merge, const struct mld_study_piece *piece,
                               const struct mld_part_names *names, struct mld_messages *messages)
{
    char difference[256];
    if (strcmp(names->identity, merge->names.identity) == 0)
        return MLD_OK;
    mld_part_tell_difference(names->identity, merge->names.identity, difference, sizeof difference);
    mld_messages_add(messages, "%s: is of another study than %s: %s", piece->name,
                     merge->piece[0].name, difference);
    return MLD_ERR_INPUT;
}

static enum mld_status load(struct merge *merge, const char *const *path,
                            struct mld_messages *messages)
{
    enum mld_status status = mld_study_piece_load(&merge->piece[0], path[0], &merge->names,
                                                  messages);
    merge->loaded = status == MLD_OK;
    while (status == MLD_OK && merge->loaded < merge->n) {
        struct mld_part_names names;
        struct mld_study_piece *piece = &merge->piece[merge->loaded];
        status = mld_study_piece_load(piece, path[merge->loaded], &names, messages);
        merge->loaded += status == MLD_OK;
        if (status == MLD_OK)
            status = compare(merge, piece, &names, messages);
        mld_part_names_clear(&names);
    }
    return status;
}

/* The study of the pieces, and whether this program would make the very same. */
static enum mld_status restore(const struct merge *merge, double budget, struct mld_study **study,
                               struct mld_messages *messages)
{
    char difference[256];
    struct mld_part_names here;
    enum mld_status status = mld_study_identity_restore(merge->names.identity, study, messages);
    if (status == MLD_OK)
        status = mld_study_names_init(&here, *study, budget);
    if (status != MLD_OK)
        return status;
    if (strcmp(here.identity, merge->names.identity) != 0) {
        mld_part_tell_difference(merge->names.identity, here.identity, difference,
                                 sizeof difference);
        mld_messages_add(messages, "%s: was not made by this program: %s", merge->piece[0].name,
                         difference);
        status = MLD_ERR_INPUT;
    }
    mld_part_names_clear(&here);
    return status == MLD_OK ? mld_plan_restore_origins((*study)->plan, merge->names.origins)
                            : status;
}

static int by_segment(const void *first, const void *second)
{
    const struct mld_study_piece *a = first, *b = second;
    return a->first != b->first ? (a->first < b->first ? -1 : 1) : strcmp(a->name, b->name);
}

static enum mld_status check_cover(struct merge *merge, uint32_t paths,
                                   struct mld_messages *messages)
{
    struct mld_segment_range *range = malloc((size_t)merge->n * sizeof *range);
    if (!range)
        return MLD_ERR_MEMORY;
    qsort(merge->piece, (size_t)merge->n, sizeof *merge->piece, by_segment);
    for (int i = 0; i < merge->n; i++)
        range[i] = (struct mld_segment_range){ merge->piece[i].name, merge->piece[i].first,
                                               merge->piece[i].last };
    enum mld_status status = mld_segments_cover(merge->n, range, paths, messages);
    free(range);
    return status;
}

static enum mld_status put_together(struct merge *merge, const char *const *path,
                                    const struct mld_study_options *options,
                                    struct mld_study **study, struct mld_study_result *result,
                                    struct mld_messages *messages)
{
    enum mld_status status = load(merge, path, messages);
    if (status == MLD_OK)
        status = restore(merge, options->budget, study, messages);
    if (status == MLD_OK)
        status = check_cover(merge, (*study)->plan->paths, messages);
    if (status != MLD_OK)
        return status;
    struct mld_study_engine engine = { .study = *study,
                                       .options = options,
                                       .result = result,
                                       .reads = merge->piece,
                                       .end = (*study)->plan->paths };
    return mld_study_go_through(&engine, messages);
}

enum mld_status mld_study_merge(int n, const char *const *pieces,
                                const struct mld_study_options *options, struct mld_study **study,
                                struct mld_study_result *result, struct mld_messages *messages)
{
    struct merge merge = { .n = n, .piece = calloc((size_t)n, sizeof *merge.piece) };
    *study = NULL;
    *result = (struct mld_study_result){ 0 };
    enum mld_status status = merge.piece
                                 ? put_together(&merge, pieces, options, study, result, messages)
                                 : MLD_ERR_MEMORY;
    for (int i = 0; i < merge.loaded; i++)
        mld_study_piece_close(&merge.piece[i]);
    free(merge.piece);
    mld_part_names_clear(&merge.names);
    return status;
}
