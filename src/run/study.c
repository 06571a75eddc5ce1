/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A study: group after group, then what is found of each variant. Its engine is study_engine.h's.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/large.h"
#include "run/study_engine.h"
#include "run/threads.h"

/* ---- a group ---- */

static void tell_progress(struct mld_study_engine *engine, int blocks)
{
    const struct mld_study_options *options = engine->options;
    for (int b = 0; b < blocks; b++)
        engine->done += (double)engine->block[b].paths * engine->group.n_variants;
    if (options->progress)
        options->progress(options->context, engine->done, engine->all);
}

/* The first path of the group that is not done. */
static enum mld_status find_first(struct mld_study_engine *engine, uint32_t *from,
                                  struct mld_messages *messages)
{
    const struct mld_study_piece *piece = engine->writes;
    *from = engine->first;
    if (!piece)
        return mld_study_take_up_group(engine, from, messages);
    if (engine->number <= piece->group)
        *from = engine->number < piece->group ? engine->end : piece->from;
    return MLD_OK;
}

static enum mld_status go_through(struct mld_study_engine *engine, int blocks,
                                  struct mld_messages *messages)
{
    enum mld_status status = engine->reads ? mld_study_wave_read(engine, blocks, messages)
                                           : mld_study_wave_simulate(engine, blocks, messages);
    if (status == MLD_OK)
        status = mld_study_crew_take(engine, blocks, messages);
    if (status == MLD_OK && engine->writes)
        return mld_study_wave_write(engine, blocks, messages);
    if (status == MLD_OK)
        mld_study_wave_add(engine, blocks);
    return status;
}

static enum mld_status interrupt(struct mld_study_engine *engine, uint32_t from,
                                 struct mld_messages *messages)
{
    enum mld_status status = engine->options->part ? mld_study_save(engine, from, messages)
                                                   : MLD_OK;
    return status == MLD_OK ? MLD_INTERRUPTED : status;
}

static enum mld_status go_through_paths(struct mld_study_engine *engine,
                                        struct mld_messages *messages)
{
    const volatile sig_atomic_t *stop = engine->options->stop;
    uint32_t from = 0;
    enum mld_status status = find_first(engine, &from, messages);
    engine->done += (double)(from - engine->first) * engine->group.n_variants;
    if (status == MLD_OK)
        mld_study_crew_begin(engine, from);
    while (status == MLD_OK && from < engine->end) {
        if (stop && *stop)
            return interrupt(engine, from, messages);
        int blocks = mld_study_wave_lay(engine, from);
        status = go_through(engine, blocks, messages);
        if (status != MLD_OK)
            break;
        tell_progress(engine, blocks);
        from = engine->block[blocks - 1].first + (uint32_t)engine->block[blocks - 1].paths;
        if (from < engine->end)
            status = mld_study_save_at_times(engine, from, messages);
    }
    return status;
}

/* The numbers of a design; of columns that it has not they are NaN. */
static enum mld_status read_entry(struct mld_study_engine *engine, int e, int is_base)
{
    static const struct mld_study_tally none;
    struct mld_study_cell *cell = engine->cell + e * engine->study->n_statistics;
    enum mld_status status = MLD_OK;
    for (int c = 0; c < engine->columns.n && status == MLD_OK; c++)
        if (engine->columns.column[c].place == engine->group.entry[e].place)
            status = mld_study_tally_read(
                mld_study_has(engine, e, c) ? &engine->tally[e * engine->columns.n + c] : &none,
                engine->paths, &engine->asked[c], is_base, engine->result->base, engine->sections,
                cell);
    return status;
}

/* The base's own designs, upon which the changes of the others wait. */
static enum mld_status read_base(struct mld_study_engine *engine)
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

static int is_base_entry(const struct mld_study_engine *engine, int e)
{
    return engine->group.variant[0] == MLD_STUDY_BASE &&
           engine->group.entry_of[0][engine->group.entry[e].place] == e;
}

static enum mld_status read_entries(struct mld_study_engine *engine)
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

static void give_variants(struct mld_study_engine *engine)
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

/* The numbers of a design in the columns of its place. */
static void give_entry(const struct mld_study_engine *engine, int e, const double **value)
{
    for (int s = 0; s < engine->study->n_statistics && e >= 0; s++) {
        int c = engine->columns.of[s];
        if (engine->columns.column[c].place == engine->group.entry[e].place)
            value[s] = engine->tally[e * engine->columns.n + c].whole;
    }
}

/* Gives the numbers of every path to whoever takes them. */
static enum mld_status give_numbers(const struct mld_study_engine *engine)
{
    const struct mld_study_options *options = engine->options;
    enum mld_status status = MLD_OK;
    for (int i = 0; i < engine->group.n_variants && status == MLD_OK; i++) {
        struct mld_study_numbers numbers = { .variant = engine->group.variant[i],
                                             .n_designs = engine->group.plan->n_designs };
        for (int s = 0; s < engine->study->n_statistics; s++)
            numbers.base[s] = engine->base + (size_t)engine->columns.of[s] * engine->paths;
        for (int place = 0; place < MLD_MAX_DESIGNS; place++)
            give_entry(engine, engine->group.entry_of[i][place], numbers.value);
        status = options->take(options->context, &numbers);
    }
    return status;
}

/* The group that is there, which is closed whatever comes. */
static enum mld_status go_through_group(struct mld_study_engine *engine, enum mld_status status,
                                        struct mld_messages *messages)
{
    if (status == MLD_OK)
        status = mld_study_group_open(engine);
    if (status == MLD_OK)
        status = go_through_paths(engine, messages);
    if (status == MLD_OK && !engine->writes)
        status = read_entries(engine);
    if (status == MLD_OK && !engine->writes)
        give_variants(engine);
    if (status == MLD_OK && engine->options->take)
        status = give_numbers(engine);
    mld_study_group_close(engine);
    mld_study_close_saved(engine);
    engine->number++;
    return status;
}

/* ---- all of them ---- */

/* The next group; none of its paths are those of a former program after the first. */
static enum mld_status next_group(struct mld_study_engine *engine, struct mld_study_walk *walk,
                                  struct mld_messages *messages)
{
    mld_study_note(engine, walk, walk->based);
    enum mld_status status = mld_study_group_next(
        walk, &engine->columns, mld_study_most_variants(engine), &engine->group, messages);
    status = go_through_group(engine, status, messages);
    if (status != MLD_OK)
        return status;
    mld_study_note(engine, walk, 1);
    return walk->at_early < walk->early ? mld_study_save_at_times(engine, 0, messages) : MLD_OK;
}

static enum mld_status go_through_groups(struct mld_study_engine *engine,
                                         struct mld_messages *messages)
{
    const struct mld_study *study = engine->study;
    struct mld_study_walk walk;
    const struct mld_first_pass_options first = { .threads = engine->threads,
                                                  .stop = engine->options->stop };
    mld_study_walk_start(&walk, study, &first);
    int alone = walk.based && !engine->options->no_base; /* the base is a group of its own */
    walk.based = engine->options->no_base;
    enum mld_status status = engine->options->part ? mld_study_take_up(engine, &walk, messages)
                                                   : MLD_OK;
    if (status == MLD_OK && alone && !walk.based) {
        mld_study_note(engine, &walk, 0);
        status = mld_study_group_base(&walk, &engine->columns, &engine->group, messages);
        status = go_through_group(engine, status, messages);
        walk.based = 1;
    }
    while (status == MLD_OK && walk.at_early < walk.early)
        status = next_group(engine, &walk, messages);
    mld_study_close_saved(engine);
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

/* What lasts over groups of what is added up. */
static enum mld_status allocate_base(struct mld_study_engine *engine)
{
    size_t numbers = (size_t)engine->columns.n * engine->paths;
    engine->sections = calloc((size_t)engine->study->n_statistics, sizeof *engine->sections);
    engine->base = mld_large_alloc(numbers * sizeof(double));
    for (size_t i = 0; engine->base && i < numbers; i++)
        engine->base[i] = (double)NAN;
    return engine->base && engine->sections && allocate_result(engine->study, engine->result)
               ? MLD_OK
               : MLD_ERR_MEMORY;
}

static enum mld_status open_study(struct mld_study_engine *engine)
{
    enum mld_status status = mld_study_columns_init(&engine->columns, engine->study);
    if (status != MLD_OK)
        return status;
    for (int c = 0; c < engine->columns.n && engine->options->take; c++)
        engine->columns.column[c].whole = 1;
    for (int i = 0; i < engine->study->n_statistics; i++) {
        struct mld_study_asked *asked = &engine->asked[engine->columns.of[i]];
        asked->statistic = engine->study->statistic;
        asked->place[asked->n++] = i;
    }
    if (engine->options->part)
        engine->identity = mld_study_saved_identity(engine->study, engine->options->budget);
    if (engine->options->part && !engine->identity)
        return MLD_ERR_MEMORY;
    engine->saved_at = mld_study_now();
    return engine->writes ? MLD_OK : allocate_base(engine);
}

enum mld_status mld_study_go_through(struct mld_study_engine *engine, struct mld_messages *messages)
{
    double before = mld_study_now();
    const struct mld_study_options *options = engine->options;
    uint32_t paths = engine->end - engine->first;
    engine->paths = engine->study->plan->paths;
    engine->ranks = 1;
    engine->threads = mld_threads_start(mld_threads_asked(options->threads));
    engine->all = (double)paths * (engine->study->n_variants + (options->no_base ? 0.0 : 1.0));
    *engine->result = (struct mld_study_result){ .paths = paths };
    enum mld_status status = open_study(engine);
    if (status == MLD_OK)
        status = mld_study_crew_open(engine);
    if (status == MLD_OK)
        status = go_through_groups(engine, messages);
    mld_study_crew_close(engine, status);
    engine->result->interrupted = status == MLD_INTERRUPTED;
    engine->result->seconds = mld_study_now() - before;
    mld_study_columns_clear(&engine->columns);
    free(engine->base);
    free(engine->sections);
    free(engine->identity);
    return status;
}

enum mld_status mld_study_run(const struct mld_study *study,
                              const struct mld_study_options *options,
                              struct mld_study_result *result, struct mld_messages *messages)
{
    struct mld_study_engine engine = {
        .study = study, .options = options, .result = result, .end = study->plan->paths
    };
    return mld_study_go_through(&engine, messages);
}

void mld_study_result_clear(struct mld_study_result *result)
{
    free(result->base);
    free(result->cell);
    free(result->done);
    *result = (struct mld_study_result){ 0 };
}
