/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The losses of a batch once, and every design of the group upon them. Numbers are added up design
 * by design in the order of the paths, so that the bits are those of a run, whatever the threads.
 */
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "core/large.h"
#include "run/engine.h"
#include "run/study_engine.h"

enum { WAVE_BYTES = 64 << 20, LONGEST_WAVE = 64, MOST_VARIANTS = 4096 };

static const double USUAL_BUDGET = 512 << 20;

/* ---- memory ---- */

static int whole_columns(const struct mld_study_engine *engine)
{
    int n = 0;
    for (int c = 0; c < engine->columns.n; c++)
        n += engine->columns.column[c].whole;
    return n;
}

int mld_study_most_variants(const struct mld_study_engine *engine)
{
    double budget = engine->options->budget > 0 ? engine->options->budget : USUAL_BUDGET,
           each = (double)whole_columns(engine) * engine->paths * sizeof(double),
           fits = each > 0 ? budget / each : MOST_VARIANTS;
    return fits < 1 ? 1 : fits < MOST_VARIANTS ? (int)fits : MOST_VARIANTS;
}

static int wave_length(const struct mld_study_engine *engine)
{
    size_t sharing = (size_t)engine->threads * (size_t)engine->ranks,
           fits = WAVE_BYTES / (engine->numbers * MLD_STUDY_BATCH * sizeof(double) + 1),
           paths = engine->end - engine->first,
           blocks = (paths + MLD_STUDY_BATCH - 1) / MLD_STUDY_BATCH, wave = fits;
    wave = wave < LONGEST_WAVE ? wave : LONGEST_WAVE;
    wave = wave < sharing ? sharing : wave;
    return (int)(wave < blocks ? wave : blocks);
}

/* A column of the entry's place, of a measure that its scenario has. */
static int applies(const struct mld_study_engine *engine, int entry, int column)
{
    const struct mld_study_column *of = &engine->columns.column[column];
    const struct mld_study_entry *mine = &engine->group.entry[entry];
    return of->place == mine->place &&
           mld_measure_applies(&mine->design, engine->group.plan->model.n_forms, of->measure);
}

/* Where the numbers of each entry are in a block. */
static int place_numbers(struct mld_study_engine *engine)
{
    int entries = engine->group.n_entries, columns = engine->columns.n;
    engine->place = malloc((size_t)entries * (size_t)columns * sizeof *engine->place);
    engine->numbers = 0;
    for (int e = 0; engine->place && e < entries; e++)
        for (int c = 0; c < columns; c++)
            engine->place[e * columns + c] = applies(engine, e, c) ? (int)engine->numbers++ : -1;
    return engine->place != NULL;
}

int mld_study_has(const struct mld_study_engine *engine, int entry, int column)
{
    return engine->place[entry * engine->columns.n + column] >= 0;
}

size_t mld_study_count_wholes(const struct mld_study_engine *engine)
{
    size_t n = 0;
    for (int e = 0; e < engine->group.n_entries; e++)
        for (int c = 0; c < engine->columns.n; c++)
            n += (size_t)(mld_study_has(engine, e, c) && engine->columns.column[c].whole);
    return n;
}

static int allocate_tallies(struct mld_study_engine *engine)
{
    size_t entries = (size_t)engine->group.n_entries, columns = (size_t)engine->columns.n,
           wholes = engine->writes || engine->rank > 0
                        ? 0
                        : mld_study_count_wholes(engine) * engine->paths;
    engine->tally = calloc(entries * columns, sizeof *engine->tally);
    engine->cell = calloc(entries * (size_t)engine->study->n_statistics, sizeof *engine->cell);
    engine->wholes = wholes ? mld_large_alloc(wholes * sizeof(double)) : NULL;
    if (!engine->tally || !engine->cell || (wholes && !engine->wholes))
        return 0;
    double *next = engine->wholes;
    for (int e = 0; e < engine->group.n_entries; e++)
        for (int c = 0; c < engine->columns.n; c++) {
            struct mld_study_tally *tally = &engine->tally[(size_t)e * columns + (size_t)c];
            tally->ranks_alone = !engine->columns.column[c].mean;
            if (wholes && mld_study_has(engine, e, c) && engine->columns.column[c].whole) {
                tally->whole = next;
                next += engine->paths;
            }
        }
    return 1;
}

static int allocate_blocks(struct mld_study_engine *engine)
{
    size_t numbers = engine->numbers * MLD_STUDY_BATCH;
    if (engine->rank == 0) /* which the others are told */
        engine->wave = wave_length(engine);
    engine->block = calloc((size_t)engine->wave, sizeof *engine->block);
    engine->outputs = mld_large_alloc(((size_t)engine->wave * numbers + 1) * sizeof(double));
    for (int b = 0; engine->block && b < engine->wave; b++)
        engine->block[b].value = engine->outputs + (size_t)b * numbers;
    return engine->block && engine->outputs;
}

/* The measures of a place; grants, which take long, only where one of them is about them. */
static void want(const struct mld_study_engine *engine, struct mld_workspace *workspace, int place)
{
    const unsigned char *wanted = engine->columns.wanted[place];
    workspace->wanted[place] = wanted;
    workspace->design[place].guarantee.no_grants = !wanted[mld_measure_named("grant_equivalent")] &&
                                                   !wanted[mld_measure_named("above_de_minimis")];
}

static enum mld_status allocate_workspaces(struct mld_study_engine *engine)
{
    engine->workspace = calloc((size_t)engine->threads, sizeof *engine->workspace);
    enum mld_status status = engine->workspace ? MLD_OK : MLD_ERR_MEMORY;
    for (int i = 0; status == MLD_OK && i < engine->threads; i++) {
        status = mld_workspace_create(engine->group.plan, MLD_STUDY_BATCH, MLD_KEEP_MEASURES,
                                      &engine->workspace[i]);
        for (int d = 0; status == MLD_OK && d < MLD_MAX_DESIGNS; d++)
            want(engine, engine->workspace[i], d);
    }
    return status;
}

enum mld_status mld_study_group_open(struct mld_study_engine *engine)
{
    if (!place_numbers(engine) || !allocate_tallies(engine) || !allocate_blocks(engine))
        return MLD_ERR_MEMORY;
    return engine->reads ? MLD_OK : allocate_workspaces(engine);
}

void mld_study_group_close(struct mld_study_engine *engine)
{
    for (int i = 0; engine->workspace && i < engine->threads; i++)
        mld_workspace_free(engine->workspace[i]);
    free(engine->workspace);
    free(engine->block);
    free(engine->outputs);
    free(engine->wholes);
    free(engine->place);
    free(engine->tally);
    free(engine->cell);
    engine->workspace = NULL;
    engine->block = NULL;
    engine->outputs = engine->wholes = NULL;
    engine->place = NULL;
    engine->tally = NULL;
    engine->cell = NULL;
    mld_study_group_clear(&engine->group);
}

/* ---- a wave ---- */

static double *output(const struct mld_study_engine *engine, const struct mld_study_block *block,
                      int entry, int column)
{
    int place = engine->place[entry * engine->columns.n + column];
    return block->value + (size_t)place * MLD_STUDY_BATCH;
}

/* One design upon the losses of a batch, and its numbers. */
static void simulate_entry(const struct mld_study_engine *engine, struct mld_study_block *block,
                           struct mld_workspace *workspace, int e)
{
    const struct mld_study_entry *entry = &engine->group.entry[e];
    mld_simulate_design(&engine->group.plan->model, &entry->design, entry->place, block->first,
                        block->paths, workspace);
    const double *value = workspace->design[entry->place].value;
    size_t paths = (size_t)block->paths, width = (size_t)workspace->width;
    for (int c = 0; c < engine->columns.n; c++) {
        if (!mld_study_has(engine, e, c))
            continue;
        double *out = output(engine, block, e, c);
        memcpy(out, value + (size_t)engine->columns.column[c].measure * width, paths * sizeof *out);
        memset(out + paths, 0, (MLD_STUDY_BATCH - paths) * sizeof *out); /* a piece has all */
    }
}

static void simulate_block(const struct mld_study_engine *engine, struct mld_study_block *block,
                           struct mld_workspace *workspace)
{
    mld_simulate_losses(engine->group.plan, block->first, block->paths, workspace);
    for (int e = 0; e < engine->group.n_entries; e++)
        simulate_entry(engine, block, workspace, e);
    block->violation = workspace->violation;
}

enum mld_status mld_study_wave_simulate(struct mld_study_engine *engine, int blocks,
                                        struct mld_messages *messages)
{
#pragma omp parallel for schedule(dynamic) num_threads(engine->threads)
    for (int b = engine->rank; b < blocks; b += engine->ranks)
        simulate_block(engine, &engine->block[b], engine->workspace[omp_get_thread_num()]);
    for (int b = engine->rank; b < blocks; b += engine->ranks)
        if (engine->block[b].violation.what)
            return mld_violation_tell(&engine->block[b].violation, messages);
    return MLD_OK;
}

/* Keeps the base's numbers, from which all others are taken. */
static void keep_base(struct mld_study_engine *engine, int blocks)
{
    if (engine->group.variant[0] != MLD_STUDY_BASE)
        return;
    for (int c = 0; c < engine->columns.n; c++) {
        int e = engine->group.entry_of[0][engine->columns.column[c].place];
        for (int b = 0; b < blocks; b++) {
            const struct mld_study_block *block = &engine->block[b];
            double *base = engine->base + (size_t)c * engine->paths + block->first;
            if (e >= 0 && mld_study_has(engine, e, c))
                memcpy(base, output(engine, block, e, c), (size_t)block->paths * sizeof *base);
        }
    }
}

static void add_entry(struct mld_study_engine *engine, int blocks, int e)
{
    for (int c = 0; c < engine->columns.n; c++)
        for (int b = 0; b < blocks && mld_study_has(engine, e, c); b++) {
            const struct mld_study_block *block = &engine->block[b];
            mld_study_tally_add(&engine->tally[e * engine->columns.n + c], block->first,
                                block->paths, output(engine, block, e, c),
                                engine->base + (size_t)c * engine->paths + block->first);
        }
}

void mld_study_wave_add(struct mld_study_engine *engine, int blocks)
{
    keep_base(engine, blocks);
#pragma omp parallel for schedule(dynamic) num_threads(engine->threads)
    for (int e = 0; e < engine->group.n_entries; e++)
        add_entry(engine, blocks, e);
}

int mld_study_wave_lay(struct mld_study_engine *engine, uint32_t from)
{
    int blocks = 0;
    for (; from < engine->end && blocks < engine->wave; from += MLD_STUDY_BATCH, blocks++) {
        uint32_t left = engine->end - from;
        engine->block[blocks].first = from;
        engine->block[blocks].paths = left < MLD_STUDY_BATCH ? (int)left : MLD_STUDY_BATCH;
    }
    return blocks;
}

/* ---- pieces ---- */

static struct mld_study_piece_record record_of(const struct mld_study_engine *engine,
                                               const struct mld_study_block *block)
{
    return (struct mld_study_piece_record){ .group = engine->number,
                                            .first = block->first,
                                            .paths = (uint32_t)block->paths,
                                            .bytes = engine->numbers * MLD_STUDY_BATCH *
                                                     sizeof(double) };
}

enum mld_status mld_study_wave_write(struct mld_study_engine *engine, int blocks,
                                     struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    for (int b = 0; b < blocks && status == MLD_OK; b++)
        status = mld_study_piece_append(engine->writes, record_of(engine, &engine->block[b]),
                                        engine->block[b].value, messages);
    return status;
}

enum mld_status mld_study_wave_read(struct mld_study_engine *engine, int blocks,
                                    struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    for (int b = 0; b < blocks && status == MLD_OK; b++) {
        const struct mld_study_block *block = &engine->block[b];
        struct mld_study_piece *piece = engine->reads;
        while (piece->last < block->first / MLD_SEGMENT)
            piece++;
        status = mld_study_piece_read(piece, record_of(engine, block), block->value, messages);
    }
    return status;
}
