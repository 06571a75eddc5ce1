/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Worlds, simulated: each by one thread, which makes its scenario, its plan and its workspace and
 * lets go of them again; a wave of them at a time, taken in their order.
 */
#include "run/worlds.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "core/large.h"
#include "milliard/first_pass.h"
#include "run/engine.h"
#include "run/threads.h"

/* Worlds of a wave: as many as keep threads busy, and fill a write. */
enum { WAVE = 64 };

struct world {
    uint32_t number;
    enum mld_status status;
    struct mld_messages messages;
    struct mld_violation violation;
    struct mld_world_kept kept;
};

struct wave {
    struct mld_worlds_run *run;
    struct mld_world_set *set;
    struct world world[WAVE];
    int n;
    double *value; /* [column][world of the wave][path] */
};

/* ---- a world ---- */

static uint32_t paths_of(const struct wave *wave)
{
    return (uint32_t)wave->run->plan->uncertainty.paths_per_world;
}

/* Ranks of the judgements: of one set, or a block of set 0 among those of set 1. */
static void draw(const struct wave *wave, uint32_t w, double *u)
{
    const struct mld_worlds_run *run = wave->run;
    const struct mld_world_set *set = wave->set;
    double own[MLD_MAX_SENSITIVITIES], other[MLD_MAX_SENSITIVITIES];
    if (set->mixed < 0) {
        mld_worlds_draw(run->worlds, w, set->drawn, own, u);
        return;
    }
    mld_worlds_draw(run->worlds, w, 1, own, u);
    mld_worlds_draw(run->worlds, w, 0, other, u);
    for (int j = 0; j < run->inputs; j++)
        if (run->input[j].block == set->mixed)
            own[j] = other[j];
    mld_worlds_tie(run->worlds, own, u);
}

/* Whether its results are those of the scenario, another number of them being another table. */
static enum mld_status check_shape(const struct mld_plan *plan, const struct mld_plan *world,
                                   struct mld_messages *messages)
{
    int same = plan->n_designs == world->n_designs && plan->model.n_forms == world->model.n_forms &&
               plan->fund.present == world->fund.present;
    for (int d = 0; same && d < plan->n_designs; d++)
        for (int i = 0; same && i < mld_measure_count(); i++)
            same = mld_measure_applies(&plan->design[d], plan->model.n_forms, i) ==
                   mld_measure_applies(&world->design[d], world->model.n_forms, i);
    if (same)
        return MLD_OK;
    mld_messages_add(messages, "it has other results than the scenario");
    return MLD_ERR_INPUT;
}

static int is_stopped(const struct wave *wave)
{
    const struct mld_run_options *options = wave->run->options;
    return options->stop && *options->stop;
}

static void take(struct wave *wave, int at, uint32_t from, int paths,
                 const struct mld_workspace *workspace)
{
    const struct mld_columns *columns = wave->set->columns;
    size_t n = paths_of(wave);
    for (int d = 0; d < columns->designs; d++)
        for (int i = 0; i < columns->measures; i++)
            if (columns->fills[d * columns->measures + i]) {
                size_t column = (size_t)mld_columns_slot(columns, d, i);
                memcpy(wave->value + (column * WAVE + (size_t)at) * n + from,
                       workspace->design[d].value + (size_t)i * (size_t)workspace->width,
                       (size_t)paths * sizeof(double));
            }
}

static enum mld_status simulate_plan(struct wave *wave, int at, const struct mld_plan *plan)
{
    struct world *world = &wave->world[at];
    const struct mld_columns *columns = wave->set->columns;
    struct mld_workspace *workspace;
    uint32_t n = paths_of(wave), first = wave->set->first_path + world->number * n,
             batch = (uint32_t)mld_engine_batch(plan, wave->run->options->batch);
    batch = batch < n ? batch : n;
    enum mld_status status = mld_workspace_create(plan, (int)batch, MLD_KEEP_MEASURES, &workspace);
    if (status != MLD_OK)
        return status;
    for (int d = 0; d < plan->n_designs; d++)
        workspace->wanted[d] = columns->fills + d * columns->measures;
    for (uint32_t from = 0; status == MLD_OK && from < n && !world->violation.what; from += batch) {
        int paths = (int)(n - from < batch ? n - from : batch);
        if (is_stopped(wave)) {
            status = MLD_INTERRUPTED;
            break;
        }
        mld_simulate(plan, first + from, paths, workspace);
        world->violation = workspace->violation;
        take(wave, at, from, paths, workspace);
    }
    mld_workspace_free(workspace);
    return status;
}

static enum mld_status simulate_scenario(struct wave *wave, int at,
                                         const struct mld_scenario *scenario)
{
    const struct mld_plan *usual = wave->run->plan;
    struct mld_messages *messages = &wave->world[at].messages;
    struct mld_plan *plan = NULL;
    enum mld_status status = mld_scenario_plan(scenario, &plan, messages);
    if (status == MLD_OK)
        status = check_shape(usual, plan, messages);
    if (status == MLD_OK && mld_first_pass_needed(plan))
        mld_plan_pass_through(plan, usual->cover_price);
    if (status == MLD_OK)
        status = simulate_plan(wave, at, plan);
    if (plan)
        mld_plan_clear(plan);
    free(plan);
    return status;
}

/* ---- its moments ---- */

static void fill_moments(const struct wave *wave, int at, int column)
{
    struct mld_world_set *set = wave->set;
    size_t n = paths_of(wave), worlds = wave->run->plan->uncertainty.n_worlds,
           to = (size_t)column * worlds + wave->world[at].number;
    const double *value = wave->value + ((size_t)column * WAVE + (size_t)at) * n;
    double count = 0, sum = 0, square = 0;
    for (size_t i = 0; i < n; i++)
        if (value[i] == value[i]) {
            sum += value[i];
            count++;
        }
    double mean = count > 0 ? sum / count : (double)NAN;
    for (size_t i = 0; i < n; i++)
        if (value[i] == value[i])
            square += (value[i] - mean) * (value[i] - mean);
    set->count[to] = count;
    set->mean[to] = mean;
    set->variance[to] = count > 1 ? square / (count - 1) : (double)NAN;
}

static void simulate_world(struct wave *wave, int at)
{
    struct world *world = &wave->world[at];
    const struct mld_worlds_run *run = wave->run;
    double u[MLD_MAX_SENSITIVITIES];
    struct mld_scenario *scenario = NULL;
    draw(wave, world->number, u);
    if (wave->set->u)
        memcpy(wave->set->u + (size_t)world->number * (size_t)run->inputs, u,
               (size_t)run->inputs * sizeof *u);
    world->status = mld_worlds_scenario(run->worlds, u, &world->kept, &scenario, &world->messages);
    if (world->status == MLD_OK)
        world->status = simulate_scenario(wave, at, scenario);
    mld_scenario_free(scenario);
    for (int c = 0; c < wave->set->columns->count && world->status == MLD_OK; c++)
        fill_moments(wave, at, c);
}

/* ---- a wave ---- */

static enum mld_status tell_world(const struct wave *wave, const struct world *world,
                                  struct mld_messages *messages)
{
    uint32_t n = paths_of(wave), first = wave->set->first_path + world->number * n;
    for (size_t i = 0; i < world->messages.count && world->status == MLD_ERR_INPUT; i++)
        mld_messages_add(messages, "world %u, paths %u to %u, is refused: %s", world->number, first,
                         first + n - 1, world->messages.text[i]);
    if (world->status == MLD_OK && world->violation.what)
        return mld_violation_tell(&world->violation, messages);
    return world->messages.lost ? MLD_ERR_MEMORY : world->status;
}

static enum mld_status keep_wave(const struct wave *wave, struct mld_messages *messages)
{
    size_t n = paths_of(wave), first = wave->world[0].number * n;
    enum mld_status status = MLD_OK;
    for (int c = 0; c < wave->set->columns->count && wave->set->spool && status == MLD_OK; c++)
        status = mld_spool_write(wave->set->spool, c, first, (size_t)wave->n * n,
                                 wave->value + (size_t)c * WAVE * n, messages);
    return status;
}

static void begin_wave(struct wave *wave, uint32_t from)
{
    uint32_t left = wave->run->plan->uncertainty.n_worlds - from;
    wave->n = left < WAVE ? (int)left : WAVE;
    for (int i = 0; i < wave->n; i++) {
        wave->world[i] = (struct world){ .number = from + (uint32_t)i };
        mld_messages_init(&wave->world[i].messages);
    }
}

/* The first world that failed tells. */
static enum mld_status end_wave(struct wave *wave, struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    for (int i = 0; i < wave->n; i++) {
        if (status == MLD_OK)
            status = tell_world(wave, &wave->world[i], messages);
        wave->set->kept.means += wave->world[i].kept.means;
        wave->set->kept.sds += wave->world[i].kept.sds;
        mld_messages_clear(&wave->world[i].messages);
    }
    return status == MLD_OK ? keep_wave(wave, messages) : status;
}

static void tell_progress(struct mld_worlds_run *run, double paths)
{
    const struct mld_run_options *options = run->options;
    run->done += paths;
    if (options->progress)
        options->progress(options->context, (uint32_t)run->done, (uint32_t)run->all);
}

enum mld_status mld_world_set_simulate(struct mld_worlds_run *run, struct mld_world_set *set,
                                       struct mld_messages *messages)
{
    struct wave *wave = calloc(1, sizeof *wave);
    enum mld_status status = wave ? MLD_OK : MLD_ERR_MEMORY;
    if (wave) {
        *wave = (struct wave){ .run = run, .set = set };
        wave->value = mld_large_alloc((size_t)(set->columns->count + 1) * WAVE * paths_of(wave) *
                                      sizeof(double));
        status = wave->value ? MLD_OK : MLD_ERR_MEMORY;
    }
    for (uint32_t w = 0; status == MLD_OK && w < run->plan->uncertainty.n_worlds; w += WAVE) {
        begin_wave(wave, w);
#pragma omp parallel for schedule(dynamic) num_threads(run->threads)
        for (int i = 0; i < wave->n; i++)
            simulate_world(wave, i);
        status = end_wave(wave, messages);
        if (status == MLD_OK)
            tell_progress(run, (double)wave->n * paths_of(wave));
    }
    if (wave)
        free(wave->value);
    free(wave);
    return status;
}

/* ---- a set ---- */

enum mld_status mld_world_set_init(struct mld_world_set *set, uint32_t worlds,
                                   const struct mld_columns *columns)
{
    size_t n = (size_t)(columns->count + 1) * worlds;
    set->columns = columns;
    set->count = malloc(3 * n * sizeof(double));
    if (!set->count)
        return MLD_ERR_MEMORY;
    set->mean = set->count + n;
    set->variance = set->mean + n;
    return MLD_OK;
}

void mld_world_set_clear(struct mld_world_set *set)
{
    free(set->count);
    set->count = set->mean = set->variance = NULL;
}

/* ---- the run ---- */

double mld_worlds_paths(const struct mld_plan *plan, int blocks)
{
    double sets = plan->uncertainty.method == MLD_BY_PICK_FREEZE ? blocks + 2.0 : 1;
    return sets * mld_worlds_each(plan);
}

/* How many blocks there are, which are then numbered from 0 on. */
static int number_blocks(int inputs, struct mld_world_input *input)
{
    int number[MLD_MAX_SENSITIVITIES], blocks = 0;
    for (int j = 0; j < inputs; j++) {
        int k = 0;
        while (input[k].block != input[j].block)
            k++;
        number[j] = k == j ? blocks++ : number[k];
    }
    for (int j = 0; j < inputs; j++)
        input[j].block = number[j];
    return blocks;
}

static enum mld_status create_found(const struct mld_worlds_run *run,
                                    const struct mld_worlds *worlds, struct mld_uncertain **out)
{
    const struct mld_plan *plan = run->plan;
    struct mld_uncertain *uncertain = *out = calloc(1, sizeof *uncertain);
    if (!uncertain)
        return MLD_ERR_MEMORY;
    *uncertain = (struct mld_uncertain){ .worlds = plan->uncertainty.n_worlds,
                                         .paths_per_world = plan->uncertainty.paths_per_world,
                                         .method = plan->uncertainty.method,
                                         .inputs = run->inputs,
                                         .designs = plan->n_designs };
    enum mld_status status = mld_uncertain_init(uncertain);
    if (status != MLD_OK)
        return status;
    int n;
    memcpy(uncertain->input, mld_worlds_inputs(worlds, &n),
           (size_t)run->inputs * sizeof *uncertain->input);
    uncertain->blocks = number_blocks(run->inputs, uncertain->input);
    return MLD_OK;
}

/* The worlds themselves, with their values on the disk; then what they say. */
static enum mld_status run_set(struct mld_worlds_run *run, const char *output,
                               struct mld_uncertain *uncertain, struct mld_messages *messages)
{
    const struct mld_run_options all = { .lean = 0 };
    struct mld_columns columns;
    struct mld_spool spool;
    struct mld_world_set set = { .mixed = -1, .spool = &spool, .u = uncertain->u };
    enum mld_status status = mld_spool_open(&spool, output, mld_worlds_each(run->plan), messages);
    if (status != MLD_OK)
        return status;
    status = mld_columns_init(&columns, run->plan, &all);
    if (status == MLD_OK) {
        status = mld_world_set_init(&set, uncertain->worlds, &columns);
        if (status == MLD_OK)
            status = mld_world_set_simulate(run, &set, messages);
        uncertain->kept = set.kept;
        if (status == MLD_OK)
            status = mld_worlds_summarise(run, &set, uncertain);
        if (status == MLD_OK && uncertain->method == MLD_BY_REGRESSION)
            status = mld_worlds_regress(run, &set, uncertain);
        else if (status == MLD_OK)
            status = mld_worlds_pick_freeze(run, &set, uncertain, messages);
        mld_world_set_clear(&set);
        mld_columns_clear(&columns);
    }
    mld_spool_close(&spool);
    return status;
}

static enum mld_status check_count(const struct mld_plan *plan, struct mld_messages *messages)
{
    const struct mld_uncertainty *asked = &plan->uncertainty;
    if (asked->n_worlds >= MLD_FEWEST_WORLDS)
        return MLD_OK;
    mld_messages_add(messages,
                     "run.paths = %.15g are %u worlds of %d paths, of which no error is known: at "
                     "least %d are needed",
                     plan->run.paths, asked->n_worlds, asked->paths_per_world, MLD_FEWEST_WORLDS);
    return MLD_ERR_INPUT;
}

enum mld_status mld_run_worlds(const struct mld_plan *plan, const struct mld_scenario *scenario,
                               const struct mld_run_options *options, const char *output,
                               struct mld_uncertain **uncertain, struct mld_messages *messages)
{
    struct mld_judgements *judgements = NULL;
    struct mld_worlds *worlds = NULL;
    struct mld_worlds_run run = { .plan = plan, .options = options };
    *uncertain = NULL;
    enum mld_status status = check_count(plan, messages);
    if (status == MLD_OK)
        status = mld_scenario_sensitivities(scenario, &judgements, messages);
    if (status == MLD_OK)
        status = mld_worlds_create(scenario, judgements, plan->model.seed, &worlds, messages);
    if (status == MLD_OK) {
        mld_worlds_inputs(worlds, &run.inputs);
        run.worlds = worlds;
        run.threads = mld_threads_start(mld_threads_asked(options->threads));
        status = create_found(&run, worlds, uncertain);
    }
    if (status == MLD_OK) {
        run.input = (*uncertain)->input;
        run.blocks = (*uncertain)->blocks;
        run.all = mld_worlds_paths(plan, run.blocks);
        status = run_set(&run, output, *uncertain, messages);
    }
    if (status != MLD_OK) {
        mld_uncertain_free(*uncertain);
        *uncertain = NULL;
    }
    mld_worlds_free(worlds);
    free(judgements);
    return status;
}
