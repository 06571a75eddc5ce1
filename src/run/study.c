/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A study: group after group, the losses of a batch once and every design of the group upon them.
 * Numbers are added up design by design in the order of the paths, so that the bits are those of a
 * run, whatever the threads.
 */
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/large.h"
#include "core/numbers.h"
#include "milliard/simulate.h"
#include "run/engine.h"
#include "run/study_group.h"
#include "run/study_saved.h"
#include "run/study_tally.h"
#include "run/threads.h"

/* Saved so often, in seconds, and not so that it takes more than a part of the time. */
static const double EVERY = 20, SHARE = 20;

enum { BATCH = 64, WAVE_BYTES = 64 << 20, LONGEST_WAVE = 64, MOST_VARIANTS = 4096 };

static const double USUAL_BUDGET = 512 << 20;

struct block {
    uint32_t first;
    int paths;
    struct mld_violation violation;
    double *value; /* [entry][column][BATCH]; of columns of another place nothing */
};

struct engine {
    const struct mld_study *study;
    const struct mld_study_options *options;
    struct mld_study_result *result;
    struct mld_study_columns columns;
    uint32_t paths;
    int threads;
    double done, all;
    /* what was done so far, by which another goes on */
    char *identity;
    struct mld_study_position position;
    FILE *saved;           /* opened part, before the paths of the group that it is in */
    double saved_at, cost; /* seconds of the clock; what saving took */
    /* of the base, from the group that it is in on: numbers [column][path], and [statistic] */
    double *base;
    mld_study_sections *sections;
    struct mld_study_asked asked[MLD_MAX_STATISTICS]; /* of each column */
    /* of the group at hand */
    struct mld_study_group group;
    struct mld_workspace **workspace;
    int wave;
    struct block *block;
    double *outputs, *wholes;
    struct mld_study_tally *tally; /* [entry][column] */
    struct mld_study_cell *cell;   /* [entry][statistic] */
};

/* ---- memory ---- */

static int whole_columns(const struct engine *engine)
{
    int n = 0;
    for (int c = 0; c < engine->columns.n; c++)
        n += engine->columns.column[c].whole;
    return n;
}

/* Variants of a group: as many as the numbers that quantiles need fit in the budget. */
static int most_variants(const struct engine *engine)
{
    double budget = engine->options->budget > 0 ? engine->options->budget : USUAL_BUDGET,
           each = (double)whole_columns(engine) * engine->paths * sizeof(double),
           fits = each > 0 ? budget / each : MOST_VARIANTS;
    return fits < 1 ? 1 : fits < MOST_VARIANTS ? (int)fits : MOST_VARIANTS;
}

static size_t block_numbers(const struct engine *engine)
{
    return (size_t)engine->group.n_entries * (size_t)engine->columns.n * BATCH;
}

static int wave_length(const struct engine *engine)
{
    size_t fits = WAVE_BYTES / (block_numbers(engine) * sizeof(double) + 1),
           blocks = (engine->paths + BATCH - 1) / BATCH, wave = fits;
    wave = wave < LONGEST_WAVE ? wave : LONGEST_WAVE;
    wave = wave < (size_t)engine->threads ? (size_t)engine->threads : wave;
    return (int)(wave < blocks ? wave : blocks);
}

/* Whether an entry has a number in a column: the place, and what its scenario has. */
static int has(const struct engine *engine, int entry, int column)
{
    const struct mld_study_column *of = &engine->columns.column[column];
    const struct mld_study_entry *mine = &engine->group.entry[entry];
    return of->place == mine->place &&
           mld_measure_applies(&mine->design, engine->group.plan->model.n_forms, of->measure);
}

static size_t count_wholes(const struct engine *engine)
{
    size_t n = 0;
    for (int e = 0; e < engine->group.n_entries; e++)
        for (int c = 0; c < engine->columns.n; c++)
            n += (size_t)(has(engine, e, c) && engine->columns.column[c].whole);
    return n;
}

static int allocate_tallies(struct engine *engine)
{
    size_t entries = (size_t)engine->group.n_entries, columns = (size_t)engine->columns.n,
           wholes = count_wholes(engine) * engine->paths;
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
            if (has(engine, e, c) && engine->columns.column[c].whole) {
                tally->whole = next;
                next += engine->paths;
            }
        }
    return 1;
}

static int allocate_blocks(struct engine *engine)
{
    size_t numbers = block_numbers(engine);
    engine->wave = wave_length(engine);
    engine->block = calloc((size_t)engine->wave, sizeof *engine->block);
    engine->outputs = mld_large_alloc((size_t)engine->wave * numbers * sizeof(double));
    for (int b = 0; engine->block && b < engine->wave; b++)
        engine->block[b].value = engine->outputs + (size_t)b * numbers;
    return engine->block && engine->outputs;
}

/* The measures of a place; grants, which take long, only where one of them is about them. */
static void want(const struct engine *engine, struct mld_workspace *workspace, int place)
{
    const unsigned char *wanted = engine->columns.wanted[place];
    workspace->wanted[place] = wanted;
    workspace->design[place].guarantee.no_grants = !wanted[mld_measure_named("grant_equivalent")] &&
                                                   !wanted[mld_measure_named("above_de_minimis")];
}

static enum mld_status allocate_workspaces(struct engine *engine)
{
    engine->workspace = calloc((size_t)engine->threads, sizeof *engine->workspace);
    enum mld_status status = engine->workspace ? MLD_OK : MLD_ERR_MEMORY;
    for (int i = 0; status == MLD_OK && i < engine->threads; i++) {
        status = mld_workspace_create(engine->group.plan, BATCH, MLD_KEEP_MEASURES,
                                      &engine->workspace[i]);
        for (int d = 0; status == MLD_OK && d < MLD_MAX_DESIGNS; d++)
            want(engine, engine->workspace[i], d);
    }
    return status;
}

static enum mld_status open_group(struct engine *engine)
{
    if (!allocate_tallies(engine) || !allocate_blocks(engine))
        return MLD_ERR_MEMORY;
    return allocate_workspaces(engine);
}

static void close_group(struct engine *engine)
{
    for (int i = 0; engine->workspace && i < engine->threads; i++)
        mld_workspace_free(engine->workspace[i]);
    free(engine->workspace);
    free(engine->block);
    free(engine->outputs);
    free(engine->wholes);
    free(engine->tally);
    free(engine->cell);
    engine->workspace = NULL;
    engine->block = NULL;
    engine->outputs = engine->wholes = NULL;
    engine->tally = NULL;
    engine->cell = NULL;
    mld_study_group_clear(&engine->group);
}

/* ---- a wave ---- */

static double *output(const struct engine *engine, const struct block *block, int entry, int column)
{
    return block->value + ((size_t)entry * (size_t)engine->columns.n + (size_t)column) * BATCH;
}

/* One design upon the losses of a batch, and its numbers. */
static void simulate_entry(const struct engine *engine, struct block *block,
                           struct mld_workspace *workspace, int e)
{
    const struct mld_study_entry *entry = &engine->group.entry[e];
    mld_simulate_design(&engine->group.plan->model, &entry->design, entry->place, block->first,
                        block->paths, workspace);
    const double *value = workspace->design[entry->place].value;
    for (int c = 0; c < engine->columns.n; c++)
        if (has(engine, e, c))
            memcpy(output(engine, block, e, c),
                   value + (size_t)engine->columns.column[c].measure * (size_t)workspace->width,
                   (size_t)block->paths * sizeof(double));
}

static void simulate_block(const struct engine *engine, struct block *block,
                           struct mld_workspace *workspace)
{
    mld_simulate_losses(engine->group.plan, block->first, block->paths, workspace);
    for (int e = 0; e < engine->group.n_entries; e++)
        simulate_entry(engine, block, workspace, e);
    block->violation = workspace->violation;
}

static void simulate_wave(struct engine *engine, int blocks)
{
#pragma omp parallel for schedule(dynamic) num_threads(engine->threads)
    for (int b = 0; b < blocks; b++)
        simulate_block(engine, &engine->block[b], engine->workspace[omp_get_thread_num()]);
}

/* Keeps the base's numbers, from which all others are taken. */
static void keep_base(struct engine *engine, int blocks)
{
    if (engine->group.variant[0] != MLD_STUDY_BASE)
        return;
    for (int c = 0; c < engine->columns.n; c++) {
        int e = engine->group.entry_of[0][engine->columns.column[c].place];
        for (int b = 0; b < blocks; b++) {
            const struct block *block = &engine->block[b];
            double *base = engine->base + (size_t)c * engine->paths + block->first;
            if (e >= 0 && has(engine, e, c))
                memcpy(base, output(engine, block, e, c), (size_t)block->paths * sizeof *base);
        }
    }
}

static void add_entry(struct engine *engine, int blocks, int e)
{
    for (int c = 0; c < engine->columns.n; c++)
        for (int b = 0; b < blocks && has(engine, e, c); b++) {
            const struct block *block = &engine->block[b];
            mld_study_tally_add(&engine->tally[e * engine->columns.n + c], block->first,
                                block->paths, output(engine, block, e, c),
                                engine->base + (size_t)c * engine->paths + block->first);
        }
}

/* Each design by one thread, in the order of the paths. */
static void add_wave(struct engine *engine, int blocks)
{
#pragma omp parallel for schedule(dynamic) num_threads(engine->threads)
    for (int e = 0; e < engine->group.n_entries; e++)
        add_entry(engine, blocks, e);
}

static int lay_out_wave(struct engine *engine, uint32_t from)
{
    int blocks = 0;
    for (; from < engine->paths && blocks < engine->wave; from += BATCH, blocks++) {
        uint32_t left = engine->paths - from;
        engine->block[blocks].first = from;
        engine->block[blocks].paths = left < BATCH ? (int)left : BATCH;
    }
    return blocks;
}

static enum mld_status check_wave(const struct engine *engine, int blocks,
                                  struct mld_messages *messages)
{
    for (int b = 0; b < blocks; b++)
        if (engine->block[b].violation.what)
            return mld_violation_tell(&engine->block[b].violation, messages);
    return MLD_OK;
}

/* ---- what another goes on from ---- */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* What lasts over groups. */
static int spans_of_study(struct engine *engine, struct mld_study_span *span)
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
static int spans_of_group(struct engine *engine, uint32_t from, struct mld_study_span *span)
{
    int n = 0;
    uint64_t tallies = (uint64_t)engine->group.n_entries * (uint64_t)engine->columns.n;
    span[n++] = (struct mld_study_span){ engine->tally, tallies * sizeof *engine->tally };
    for (uint64_t i = 0; i < tallies; i++)
        if (engine->tally[i].whole)
            span[n++] = (struct mld_study_span){ engine->tally[i].whole, from * sizeof(double) };
    return n;
}

static enum mld_status save(struct engine *engine, uint32_t from, struct mld_messages *messages)
{
    double before = now();
    size_t most = 8 + (from ? count_wholes(engine) : 0);
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
    engine->saved_at = now();
    engine->cost = engine->saved_at - before;
    return status;
}

static enum mld_status save_at_times(struct engine *engine, uint32_t from,
                                     struct mld_messages *messages)
{
    double since = now() - engine->saved_at;
    if (!engine->options->part || since < EVERY || since < SHARE * engine->cost)
        return MLD_OK;
    return save(engine, from, messages);
}

/* Takes the paths of the group up that were done; the places of whole columns stay ours. */
static enum mld_status take_up_group(struct engine *engine, uint32_t *from,
                                     struct mld_messages *messages)
{
    const struct mld_study_position *at = &engine->position;
    size_t most = 1 + count_wholes(engine),
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

/* ---- a group ---- */

static void tell_progress(struct engine *engine, int blocks)
{
    const struct mld_study_options *options = engine->options;
    for (int b = 0; b < blocks; b++)
        engine->done += (double)engine->block[b].paths * engine->group.n_variants;
    if (options->progress)
        options->progress(options->context, engine->done, engine->all);
}

static enum mld_status simulate_paths(struct engine *engine, struct mld_messages *messages)
{
    const volatile sig_atomic_t *stop = engine->options->stop;
    uint32_t from = 0;
    enum mld_status status = take_up_group(engine, &from, messages);
    engine->done += (double)from * engine->group.n_variants;
    while (status == MLD_OK && from < engine->paths) {
        if (stop && *stop) {
            status = engine->options->part ? save(engine, from, messages) : MLD_OK;
            return status == MLD_OK ? MLD_INTERRUPTED : status;
        }
        int blocks = lay_out_wave(engine, from);
        simulate_wave(engine, blocks);
        status = check_wave(engine, blocks, messages);
        keep_base(engine, blocks);
        add_wave(engine, blocks);
        tell_progress(engine, blocks);
        from = engine->block[blocks - 1].first + (uint32_t)engine->block[blocks - 1].paths;
        if (status == MLD_OK && from < engine->paths)
            status = save_at_times(engine, from, messages);
    }
    return status;
}

/* The numbers of a design; of columns that it has not they are NaN. */
static enum mld_status read_entry(struct engine *engine, int e, int is_base)
{
    static const struct mld_study_tally none;
    struct mld_study_cell *cell = engine->cell + e * engine->study->n_statistics;
    enum mld_status status = MLD_OK;
    for (int c = 0; c < engine->columns.n && status == MLD_OK; c++)
        if (engine->columns.column[c].place == engine->group.entry[e].place)
            status = mld_study_tally_read(
                has(engine, e, c) ? &engine->tally[e * engine->columns.n + c] : &none,
                engine->paths, &engine->asked[c], is_base, engine->result->base, engine->sections,
                cell);
    return status;
}

/* The base's own designs, upon which the changes of the others wait. */
static enum mld_status read_base(struct engine *engine)
{
    const struct mld_study *study = engine->study;
    enum mld_status status = MLD_OK;
    for (int place = 0; place < MLD_MAX_DESIGNS && status == MLD_OK; place++) {
        int e = engine->group.entry_of[0][place];
        if (e >= 0)
            status = read_entry(engine, e, 1);
        for (int s = 0; s < study->n_statistics && e >= 0; s++)
            if (study->statistic[s].design == place)
                engine->result->base[s] = engine->cell[e * study->n_statistics + s];
    }
    return status;
}

static int is_base_entry(const struct engine *engine, int e)
{
    return engine->group.variant[0] == MLD_STUDY_BASE &&
           engine->group.entry_of[0][engine->group.entry[e].place] == e;
}

static enum mld_status read_entries(struct engine *engine)
{
    int no_memory = 0;
    if (engine->group.variant[0] == MLD_STUDY_BASE && read_base(engine) != MLD_OK)
        return MLD_ERR_MEMORY;
#pragma omp parallel for schedule(dynamic) num_threads(engine->threads) reduction(| : no_memory)
    for (int e = 0; e < engine->group.n_entries; e++)
        if (!is_base_entry(engine, e))
            no_memory |= read_entry(engine, e, 0) != MLD_OK;
    return no_memory ? MLD_ERR_MEMORY : MLD_OK;
}

static void give_variants(struct engine *engine)
{
    const struct mld_study *study = engine->study;
    struct mld_study_result *result = engine->result;
    for (int i = 0; i < engine->group.n_variants; i++) {
        int variant = engine->group.variant[i];
        if (variant == MLD_STUDY_BASE)
            continue;
        for (int s = 0; s < study->n_statistics; s++) {
            int e = engine->group.entry_of[i][study->statistic[s].design];
            if (e >= 0)
                result->cell[(size_t)variant * (size_t)study->n_statistics + (size_t)s] =
                    engine->cell[e * study->n_statistics + s];
        }
        result->done[variant] = 1;
    }
}

/* The group that is there, which is closed whatever comes. */
static enum mld_status simulate_group(struct engine *engine, enum mld_status status,
                                      struct mld_messages *messages)
{
    if (status == MLD_OK)
        status = open_group(engine);
    if (status == MLD_OK)
        status = simulate_paths(engine, messages);
    if (status == MLD_OK)
        status = read_entries(engine);
    if (status == MLD_OK)
        give_variants(engine);
    close_group(engine);
    return status;
}

/* ---- all of them ---- */

/* Begins where a former program ended. */
static enum mld_status take_up(struct engine *engine, struct mld_study_walk *walk,
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

static void note(struct engine *engine, const struct mld_study_walk *walk, int base)
{
    struct mld_study_position *at = &engine->position;
    if (engine->saved) /* where the former program was */
        return;
    at->early = walk->at_early;
    at->late = walk->at_late;
    at->based = base;
}

static void close_saved(struct engine *engine)
{
    if (engine->saved)
        fclose(engine->saved);
    engine->saved = NULL;
}

/* The next group; none of its paths are those of a former program after the first. */
static enum mld_status next_group(struct engine *engine, struct mld_study_walk *walk,
                                  struct mld_messages *messages)
{
    note(engine, walk, walk->based);
    enum mld_status status = mld_study_group_next(walk, &engine->columns, most_variants(engine),
                                                  &engine->group, messages);
    status = simulate_group(engine, status, messages);
    close_saved(engine);
    if (status != MLD_OK)
        return status;
    note(engine, walk, 1);
    return walk->at_early < walk->early ? save_at_times(engine, 0, messages) : MLD_OK;
}

static enum mld_status simulate_all(struct engine *engine, struct mld_messages *messages)
{
    const struct mld_study *study = engine->study;
    struct mld_study_walk walk;
    const struct mld_first_pass_options first = { .threads = engine->threads,
                                                  .stop = engine->options->stop };
    mld_study_walk_start(&walk, study, &first);
    int alone = walk.based && !engine->options->no_base; /* the base is a group of its own */
    walk.based = engine->options->no_base;
    enum mld_status status = engine->options->part ? take_up(engine, &walk, messages) : MLD_OK;
    if (status == MLD_OK && alone && !walk.based) {
        note(engine, &walk, 0);
        status = mld_study_group_base(&walk, &engine->columns, &engine->group, messages);
        status = simulate_group(engine, status, messages);
        close_saved(engine);
        walk.based = 1;
    }
    while (status == MLD_OK && walk.at_early < walk.early)
        status = next_group(engine, &walk, messages);
    close_saved(engine);
    if (status == MLD_OK && engine->options->part)
        remove(engine->options->part);
    return status;
}

/* NaN where a number never comes. */
static void blank(size_t n, struct mld_study_cell *cell)
{
    const double none = (double)NAN;
    for (size_t i = 0; i < n; i++)
        cell[i] = (struct mld_study_cell){ none, none, none, none, none, none, 0 };
}

static int allocate_result(const struct mld_study *study, struct mld_study_result *result)
{
    size_t statistics = (size_t)study->n_statistics, variants = (size_t)study->n_variants;
    result->base = malloc(statistics * sizeof *result->base);
    result->cell = malloc(variants * statistics * sizeof *result->cell);
    result->done = calloc(variants, 1);
    if (!result->base || !result->cell || !result->done)
        return 0;
    blank(statistics, result->base);
    blank(variants * statistics, result->cell);
    return 1;
}

static enum mld_status open_study(struct engine *engine)
{
    enum mld_status status = mld_study_columns_init(&engine->columns, engine->study);
    if (status != MLD_OK)
        return status;
    size_t numbers = (size_t)engine->columns.n * engine->paths;
    for (int i = 0; i < engine->study->n_statistics; i++) {
        struct mld_study_asked *asked = &engine->asked[engine->columns.of[i]];
        asked->statistic = engine->study->statistic;
        asked->place[asked->n++] = i;
    }
    if (engine->options->part)
        engine->identity = mld_study_saved_identity(engine->study, engine->options->budget);
    if (engine->options->part && !engine->identity)
        return MLD_ERR_MEMORY;
    engine->saved_at = now();
    engine->sections = calloc((size_t)engine->study->n_statistics, sizeof *engine->sections);
    engine->base = mld_large_alloc(numbers * sizeof(double));
    for (size_t i = 0; engine->base && i < numbers; i++)
        engine->base[i] = (double)NAN;
    return engine->base && engine->sections && allocate_result(engine->study, engine->result)
               ? MLD_OK
               : MLD_ERR_MEMORY;
}

enum mld_status mld_study_run(const struct mld_study *study,
                              const struct mld_study_options *options,
                              struct mld_study_result *result, struct mld_messages *messages)
{
    double before = now();
    struct engine engine = { .study = study,
                             .options = options,
                             .result = result,
                             .paths = study->plan->paths,
                             .threads = mld_threads_start(mld_threads_asked(options->threads)) };
    engine.all = (double)engine.paths * (study->n_variants + (options->no_base ? 0.0 : 1.0));
    *result = (struct mld_study_result){ .paths = engine.paths };
    enum mld_status status = open_study(&engine);
    if (status == MLD_OK)
        status = simulate_all(&engine, messages);
    result->interrupted = status == MLD_INTERRUPTED;
    result->seconds = now() - before;
    mld_study_columns_clear(&engine.columns);
    free(engine.base);
    free(engine.sections);
    free(engine.identity);
    return status;
}

void mld_study_result_clear(struct mld_study_result *result)
{
    free(result->base);
    free(result->cell);
    free(result->done);
    *result = (struct mld_study_result){ 0 };
}
