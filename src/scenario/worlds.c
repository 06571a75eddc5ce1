/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A world: every judgement that is drawn, changed as `sensitivity` would at one end, but by its law
 * at one rank. What is drawn of a row depends on its name and the world alone.
 */
#include "milliard/worlds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/plain.h"
#include "milliard/draws.h"
#include "milliard/numerics.h"
#include "scenario/law.h"
#include "scenario/ranks.h"
#include "scenario/resolve.h"
#include "scenario/scenario_internal.h"

enum { MOST_KEYS = sizeof((struct mld_sensitivity *)0)->key / sizeof(char[128]) };

/* A row that is drawn, with the range of each of its keys or both of its choices. */
struct drawn {
    const struct mld_sensitivity *row;
    uint64_t entity;
    const char *place; /* "sensitivity.pd, drawn" */
    struct mld_law_range range[MOST_KEYS];
    const struct mld_node *choice[2][MOST_KEYS];
};

struct mld_worlds {
    const struct mld_scenario *scenario;
    uint64_t seed;
    struct mld_arena arena;
    int n, changes; /* rows, and keys of all of them */
    struct mld_world_input input[MLD_MAX_SENSITIVITIES];
    struct drawn drawn[MLD_MAX_SENSITIVITIES];
    int order[MLD_MAX_SENSITIVITIES]; /* of names, in which `factor` has its rows */
    double *factor;                   /* [n][n] Cholesky's; owned */
};

/* ---- a row ---- */

static struct mld_law_range range_of(const struct mld_sensitivity *row, int key)
{
    struct mld_law_range range = { .law = row->law == MLD_LAW_USUAL ? MLD_LAW_TWO_PIECE
                                                                    : (enum mld_law)row->law,
                                   .logarithmic = row->operation == MLD_SENSITIVITY_SCALE };
    mld_judgement_end(row, 0, key, &range.low);
    mld_judgement_end(row, 1, key, &range.high);
    return range;
}

static int take_choices(struct mld_worlds *worlds, struct drawn *drawn)
{
    for (int high = 0; high < 2; high++)
        for (int i = 0; i < drawn->row->n_keys; i++)
            if (!(drawn->choice[high][i] = mld_judgement_choice(&worlds->arena, drawn->row, high, i,
                                                                drawn->place)))
                return 0;
    return 1;
}

static int take_row(struct mld_worlds *worlds, const struct mld_sensitivity *row)
{
    struct mld_world_input *input = &worlds->input[worlds->n];
    struct drawn *drawn = &worlds->drawn[worlds->n++];
    *input = (struct mld_world_input){ .is_choice = mld_judgement_is_choice(row),
                                       .probability = row->n_probabilities ? row->probability[1]
                                                                           : 0.5 };
    memcpy(input->name, row->name, sizeof input->name);
    memcpy(input->label_en, row->label_en, sizeof input->label_en);
    memcpy(input->label_fr, row->label_fr, sizeof input->label_fr);
    *drawn = (struct drawn){ .row = row, .entity = mld_entity_named(row->name) };
    drawn->place = mld_arena_print(&worlds->arena, "sensitivity.%s, drawn", row->name);
    worlds->changes += row->n_keys;
    for (int i = 0; i < row->n_keys && !input->is_choice; i++)
        drawn->range[i] = range_of(row, i);
    return drawn->place && (!input->is_choice || take_choices(worlds, drawn));
}

/* ---- the changes of a world ---- */

/* What a number becomes; of a check also whether the mean of its law is what the scenario says. */
struct drawing {
    const struct mld_law_range *range;
    double u;
    int *centred; /* of a check; NULL else */
};

static void note_centre(const struct mld_law_range *range, double centre, int *centred)
{
    double width = isinf(range->high) ? 1 : range->high - range->low;
    if (!(fabs(mld_law_mean(range, centre) - centre) <= 1e-9 * width))
        *centred = 0;
}

static double draw(void *context, double number, const char **problem)
{
    const struct drawing *drawing = context;
    *problem = mld_law_problem(drawing->range, number);
    if (*problem)
        return number;
    if (drawing->centred)
        note_centre(drawing->range, number, drawing->centred);
    return mld_law_value(drawing->range, number, drawing->u);
}

/* The changes of one row at a rank; `drawing` lasts as long as they do. */
static void fill_changes(const struct mld_worlds *worlds, int j, double u, int *centred,
                         struct drawing *drawing, struct mld_change *change)
{
    const struct drawn *drawn = &worlds->drawn[j];
    const struct mld_world_input *input = &worlds->input[j];
    for (int i = 0; i < drawn->row->n_keys; i++) {
        double neutral = drawn->row->operation == MLD_SENSITIVITY_SCALE;
        drawing[i] = (struct drawing){ &drawn->range[i], u, centred };
        change[i] = (struct mld_change){
            .key = drawn->row->key[i],
            .place = drawn->place,
            .operation = (enum mld_sensitivity_operation)drawn->row->operation
        };
        if (input->is_choice)
            change[i].value = drawn->choice[u >= 1 - input->probability][i];
        else if (drawn->row->operation == MLD_SENSITIVITY_SET) {
            change[i].draw = draw;
            change[i].context = &drawing[i];
        } else
            change[i].amount = mld_law_value(&drawn->range[i], neutral, u);
    }
}

/* ---- recoveries that a draw has moved ---- */

static const double LEAST_MEAN = 0.02, MOST_MEAN = 0.98, MOST_VARIANCE = 0.9;

static int is_drawn(const struct mld_node *node)
{
    return node && mld_node_is_number(node) && node->line == 0 && node->file &&
           !strncmp(node->file, "sensitivity.", strlen("sensitivity."));
}

static void set_number(struct mld_node *node, double number)
{
    node->real = number;
    node->kind = MLD_NODE_REAL;
    node->text = NULL;
    node->length = 0;
}

static void keep_recovery(struct mld_node *resolution, struct mld_world_kept *kept)
{
    struct mld_node *mean = mld_node_child(resolution, "recovery_mean", strlen("recovery_mean")),
                    *sd = mld_node_child(resolution, "recovery_sd", strlen("recovery_sd"));
    if (!is_drawn(mean))
        return;
    double m = mld_node_number(mean),
           inside = m < LEAST_MEAN  ? LEAST_MEAN
                    : m > MOST_MEAN ? MOST_MEAN
                                    : m,
           most = sqrt(MOST_VARIANCE * inside * (1 - inside));
    if (inside != m) {
        set_number(mean, inside);
        kept->means++;
    }
    if (sd && mld_node_is_number(sd) && mld_node_number(sd) > most) {
        set_number(sd, most);
        kept->sds++;
    }
}

static void keep_recoveries(struct mld_node *root, struct mld_world_kept *kept)
{
    struct mld_node *instruments = mld_node_child(root, "instruments", strlen("instruments"));
    for (struct mld_node *one = instruments ? instruments->first : NULL; one; one = one->next) {
        struct mld_node *list = mld_node_child(one, "resolutions", strlen("resolutions"));
        for (struct mld_node *item = list ? list->first : NULL; item; item = item->next)
            keep_recovery(item, kept);
    }
}

/* ---- a world ---- */

enum mld_status mld_worlds_scenario(const struct mld_worlds *worlds, const double *u,
                                    struct mld_world_kept *kept, struct mld_scenario **world,
                                    struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    size_t n = (size_t)worlds->changes + 1;
    struct mld_change *change = malloc(n * sizeof *change);
    struct drawing *drawing = malloc(n * sizeof *drawing);
    enum mld_status status = change && drawing ? MLD_OK : MLD_ERR_MEMORY;
    int at = 0;
    for (int j = 0; j < worlds->n && status == MLD_OK; j++) {
        fill_changes(worlds, j, u[j], NULL, drawing + at, change + at);
        at += worlds->drawn[j].row->n_keys;
    }
    if (status == MLD_OK)
        status = mld_scenario_change(worlds->scenario, at, change, world, messages);
    if (status == MLD_OK)
        keep_recoveries((*world)->root, kept);
    free(change);
    free(drawing);
    return status;
}

/* ---- draws ---- */

void mld_worlds_tie(const struct mld_worlds *worlds, const double *own, double *u)
{
    int n = worlds->n;
    memcpy(u, own, (size_t)n * sizeof *u);
    for (int i = 0; i < n && worlds->factor; i++) {
        double sum = 0;
        int tied = 0;
        for (int k = 0; k <= i; k++) {
            double weight = worlds->factor[i * n + k];
            tied |= k < i && weight != 0;
            sum += weight != 0 ? weight * mld_normal_quantile(own[worlds->order[k]]) : 0;
        }
        if (tied)
            u[worlds->order[i]] = mld_normal_cdf(sum);
    }
}

void mld_worlds_draw(const struct mld_worlds *worlds, uint32_t w, int set, double *own, double *u)
{
    for (int j = 0; j < worlds->n; j++)
        own[j] = mld_draw_uniform(worlds->seed, MLD_STREAM_WORLD, w, worlds->drawn[j].entity,
                                  (uint32_t)set);
    mld_worlds_tie(worlds, own, u);
}

/* ---- what ties rows together ---- */

/* By name: insertion, of at most MLD_MAX_SENSITIVITIES rows. */
static void order_names(struct mld_worlds *worlds)
{
    for (int i = 0; i < worlds->n; i++) {
        int at = i;
        for (;
             at > 0 && strcmp(worlds->input[worlds->order[at - 1]].name, worlds->input[i].name) > 0;
             at--)
            worlds->order[at] = worlds->order[at - 1];
        worlds->order[at] = i;
    }
}

static void join_blocks(struct mld_worlds *worlds, int from, int to)
{
    for (int j = 0; j < worlds->n; j++)
        if (worlds->input[j].block == from)
            worlds->input[j].block = to;
}

static enum mld_status tie(struct mld_worlds *worlds, const struct mld_judgements *judgements)
{
    int n = worlds->n;
    size_t cells = (size_t)n * (size_t)n;
    const char *name[MLD_MAX_SENSITIVITIES] = { NULL };
    double smallest, *matrix = malloc((cells + 1) * sizeof *matrix);
    worlds->factor = malloc((cells + 1) * sizeof *worlds->factor);
    if (!matrix || !worlds->factor) {
        free(matrix);
        return MLD_ERR_MEMORY;
    }
    for (int i = 0; i < n; i++)
        name[i] = worlds->input[worlds->order[i]].name;
    mld_ranks_matrix(judgements, n, name, matrix);
    int bad = mld_cholesky(n, matrix, worlds->factor, &smallest);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < i; k++)
            if (matrix[i * n + k] != 0)
                join_blocks(worlds, worlds->input[worlds->order[i]].block,
                            worlds->input[worlds->order[k]].block);
    free(matrix);
    /* that there is a factor was seen when the scenario was resolved, but for memory */
    return bad ? MLD_ERR_MEMORY : MLD_OK;
}

/* ---- to begin with ---- */

/* Whether a row can be drawn about what the scenario says. */
static enum mld_status try_row(struct mld_worlds *worlds, int j, struct mld_messages *messages)
{
    struct mld_change change[MOST_KEYS];
    struct drawing drawing[MOST_KEYS];
    struct mld_world_input *input = &worlds->input[j];
    const struct drawn *drawn = &worlds->drawn[j];
    double neutral = drawn->row->operation == MLD_SENSITIVITY_SCALE;
    struct mld_scenario *varied = NULL;
    input->centred = !input->is_choice;
    for (int i = 0; i < drawn->row->n_keys && !input->is_choice; i++) {
        if (drawn->row->operation == MLD_SENSITIVITY_SET)
            continue;
        const char *problem = mld_law_problem(&drawn->range[i], neutral);
        if (problem) {
            mld_messages_add(messages, "%s: %s", drawn->place, problem);
            return MLD_ERR_INPUT;
        }
        note_centre(&drawn->range[i], neutral, &input->centred);
    }
    fill_changes(worlds, j, 0.5, &input->centred, drawing, change);
    enum mld_status status = mld_scenario_change(worlds->scenario, drawn->row->n_keys, change,
                                                 &varied, messages);
    mld_scenario_free(varied);
    return status;
}

/* The same, each message with the place of the row in front. */
static enum mld_status check_row(struct mld_worlds *worlds, int j, struct mld_messages *messages)
{
    char key[MLD_KEY];
    struct mld_messages told;
    const struct mld_places places = { worlds->scenario, &worlds->arena };
    const char *where = mld_scenario_where(&places, mld_check_key(key, "sensitivity.%s",
                                                                  worlds->input[j].name));
    mld_messages_init(&told);
    enum mld_status status = try_row(worlds, j, &told);
    for (size_t i = 0; i < told.count; i++)
        mld_messages_add(messages, "%s%s%s", where, *where ? ": " : "", told.text[i]);
    if (told.lost)
        status = MLD_ERR_MEMORY;
    mld_messages_clear(&told);
    return status;
}

static enum mld_status fill(struct mld_worlds *worlds, const struct mld_judgements *judgements,
                            struct mld_messages *messages)
{
    enum mld_status worst = MLD_OK;
    for (int i = 0; i < judgements->count; i++)
        if (judgements->row[i].law != MLD_LAW_FIXED && !take_row(worlds, &judgements->row[i]))
            return MLD_ERR_MEMORY;
    for (int j = 0; j < worlds->n && worst != MLD_ERR_MEMORY; j++) {
        worlds->input[j].block = j;
        enum mld_status status = check_row(worlds, j, messages);
        worst = status == MLD_OK ? worst : status;
    }
    order_names(worlds);
    return worst == MLD_OK && judgements->n_correlations ? tie(worlds, judgements) : worst;
}

enum mld_status mld_worlds_create(const struct mld_scenario *scenario,
                                  const struct mld_judgements *judgements, uint64_t seed,
                                  struct mld_worlds **out, struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    struct mld_worlds *worlds = *out = calloc(1, sizeof *worlds);
    if (!worlds)
        return MLD_ERR_MEMORY;
    worlds->scenario = scenario;
    worlds->seed = seed;
    enum mld_status status = fill(worlds, judgements, messages);
    if (status != MLD_OK) {
        mld_worlds_free(worlds);
        *out = NULL;
    }
    return status;
}

void mld_worlds_free(struct mld_worlds *worlds)
{
    if (!worlds)
        return;
    mld_arena_clear(&worlds->arena);
    free(worlds->factor);
    free(worlds);
}

const struct mld_world_input *mld_worlds_inputs(const struct mld_worlds *worlds, int *n)
{
    *n = worlds->n;
    return worlds->input;
}
