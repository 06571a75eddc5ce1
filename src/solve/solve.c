/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rounds of values, each a study of its own: the scan of the range, then values within the
 * stretches that are still too long. Values that touch guarantee and fund alone share the losses of
 * a round, so many of them cost little more than one, and a stretch becomes a sixteenth of itself
 * each round; where each value is a simulation of its own, three are placed about where a straight
 * line would cross. A method that tries one value at a time, as Brent's, would simulate the losses,
 * and the base, anew for each. Values are round decimals, as one would type them.
 */
#include "milliard/solve.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/plain.h"
#include "milliard/numerics.h"
#include "solve/crossings.h"
#include "solve/space.h"

enum {
    SCAN = 17,      /* values of the scan, where they share losses */
    EARLY_SCAN = 9, /* where each is a simulation */
    CUT = 15,       /* values within a stretch, likewise */
    EARLY_CUT = 3,
    MOST_ROUNDS = 60 /* each at least halves what is too long: never reached */
};

struct search {
    struct mld_scenario *scenario;
    const struct mld_solve_question *question;
    const struct mld_solve_options *options;
    struct mld_solve_table *table;
    struct mld_messages *messages;
    int early; /* 1: the keys touch losses */
};

/* ---- values ---- */

/* The power of ten at or below the tolerance. */
static void choose_step(struct search *search, int whole)
{
    struct mld_solve_table *table = search->table;
    double usual = (table->to - table->from) / 2000;
    table->tolerance = search->question->tolerance > 0 ? search->question->tolerance : usual;
    if (whole)
        table->tolerance = fmax(table->tolerance, 1);
    table->step = mld_step_below(table->tolerance, whole ? 1 : 0);
}

/* The nearest round decimal, within the range. */
static double rounded(const struct search *search, double value)
{
    double near = mld_step_round(value, search->table->step);
    return fmin(fmax(near, search->table->from), search->table->to);
}

static int by_value(const void *a, const void *b)
{
    const struct mld_solve_point *one = a, *other = b;
    return (one->at > other->at) - (one->at < other->at);
}

/* Values to try in a round: sorted, each once, none that was tried. */
struct values {
    int n;
    double at[CUT * MLD_MAX_STRETCHES];
};

static int was_tried(const struct search *search, const struct values *values, double value)
{
    const struct mld_solve_point wanted = { .at = value };
    const struct mld_solve_table *table = search->table;
    for (int i = 0; i < values->n; i++)
        if (!(values->at[i] < value) && !(values->at[i] > value))
            return 1;
    return table->n_points && bsearch(&wanted, table->point, (size_t)table->n_points,
                                      sizeof *table->point, by_value) != NULL;
}

static void add_value(const struct search *search, struct values *values, double value)
{
    value = rounded(search, value);
    if (!was_tried(search, values, value))
        values->at[values->n++] = value;
}

/* ---- a round ---- */

static char *write_axis(const struct search *search, const struct values *values)
{
    char *text = NULL;
    size_t length;
    FILE *memory = open_memstream(&text, &length);
    if (!memory)
        return NULL;
    fprintf(memory, "%s=", search->question->keys);
    for (int i = 0; i < values->n; i++)
        fprintf(memory, "%s%.17g", i ? "," : "", values->at[i]);
    if (fclose(memory)) {
        free(text);
        return NULL;
    }
    return text;
}

/* The study of these values, which borrows the scenario: end_study(). */
static enum mld_status open_study(const struct search *search, const struct values *values,
                                  struct mld_study **study)
{
    const char *name = search->table->goal.statistic.name;
    char *axis = write_axis(search, values);
    const char *vary[] = { axis };
    enum mld_status status = axis ? mld_study_quick(search->scenario, 1, vary, 1, &name, study,
                                                    search->messages)
                                  : MLD_ERR_MEMORY;
    free(axis);
    return status;
}

static void end_study(struct mld_study *study)
{
    if (study)
        study->base = NULL;
    mld_study_free(study);
}

static void tell_progress(void *context, double done, double all)
{
    const struct search *search = context;
    search->options->progress(search->options->context, search->table->rounds + 1, done, all);
}

static enum mld_status keep_points(struct search *search, const struct values *values,
                                   const struct mld_study_result *result)
{
    struct mld_solve_table *table = search->table;
    size_t n = (size_t)(table->n_points + values->n);
    struct mld_solve_point *larger = realloc(table->point, n * sizeof *larger);
    if (!larger)
        return MLD_ERR_MEMORY;
    table->point = larger;
    for (int i = 0; i < values->n; i++)
        larger[table->n_points++] = (struct mld_solve_point){ values->at[i], result->cell[i] };
    qsort(larger, n, sizeof *larger, by_value);
    table->base = result->base[0];
    table->rounds++;
    return MLD_OK;
}

static enum mld_status try_values(struct search *search, const struct values *values)
{
    const struct mld_solve_options *asked = search->options;
    const struct mld_study_options options = { .threads = asked->threads,
                                               .stop = asked->stop,
                                               .progress = asked->progress ? tell_progress : NULL,
                                               .context = search };
    struct mld_study *study = NULL;
    struct mld_study_result result = { 0 };
    enum mld_status status = open_study(search, values, &study);
    if (status == MLD_OK)
        status = mld_study_run(study, &options, &result, search->messages);
    if (status == MLD_OK)
        status = keep_points(search, values, &result);
    mld_study_result_clear(&result);
    end_study(study);
    return status;
}

/* ---- the rounds ---- */

static enum mld_status scan(struct search *search)
{
    const struct mld_solve_table *table = search->table;
    struct values values = { 0 };
    int last = (search->early ? EARLY_SCAN : SCAN) - 1;
    values.at[values.n++] = table->from;
    for (int i = 1; i < last; i++)
        add_value(search, &values, table->from + (table->to - table->from) * i / last);
    add_value(search, &values, table->to);
    return try_values(search, &values);
}

/*
 * Values within a stretch: evenly, or two close about the guess and one in the middle of the longer
 * rest, so that the stretch is halved even where the line is far from straight.
 */
static void cut(const struct search *search, const struct mld_stretch *stretch,
                struct values *values)
{
    double length = stretch->to - stretch->from, about = length / 16,
           low = fmax(stretch->guess - about, stretch->from),
           high = fmin(stretch->guess + about, stretch->to);
    if (!search->early) {
        for (int i = 1; i <= CUT; i++)
            add_value(search, values, stretch->from + length * i / (CUT + 1));
        return;
    }
    add_value(search, values, low);
    add_value(search, values, high);
    add_value(search, values,
              low - stretch->from > stretch->to - high ? (stretch->from + low) / 2
                                                       : (high + stretch->to) / 2);
}

static enum mld_status refine(struct search *search)
{
    enum mld_status status = MLD_OK;
    for (int round = 0; status == MLD_OK && round < MOST_ROUNDS; round++) {
        struct mld_stretch stretch[MLD_MAX_STRETCHES];
        struct values values = { 0 };
        int n = mld_crossings_open(search->table, stretch);
        for (int i = 0; i < n; i++)
            cut(search, &stretch[i], &values);
        if (!values.n)
            break;
        status = try_values(search, &values);
    }
    return status;
}

/* ---- the question ---- */

static enum mld_status refuse(struct mld_messages *messages, const char *option, const char *why)
{
    mld_messages_add(messages, "%s: %s", option, why);
    return MLD_ERR_INPUT;
}

static enum mld_status check(const struct mld_solve_question *question,
                             struct mld_messages *messages)
{
    if (strchr(question->keys, '=') || !*question->keys)
        return refuse(messages, "--vary", "a key is expected; its values are given by --between");
    if (strlen(question->keys) >= MLD_MAX_SOLVE_KEYS)
        return refuse(messages, "--vary", "the keys are too long");
    if (!isfinite(question->from) || !isfinite(question->to))
        return refuse(messages, "--between", "two numbers are expected");
    if (question->from > question->to)
        return refuse(messages, "--between", "the bounds are reversed: the lower comes first");
    if (!(question->from < question->to))
        return refuse(messages, "--between", "the bounds are equal");
    return MLD_OK;
}

/* Plans the base, reads the goal and notes where all comes from. */
static enum mld_status open_base(struct search *search)
{
    struct mld_solve_table *table = search->table;
    struct mld_plan *plan = NULL;
    enum mld_status status = mld_scenario_plan(search->scenario, &plan, search->messages);
    if (status == MLD_OK) {
        snprintf(table->scenario, sizeof table->scenario, "%s", plan->name);
        table->paths = plan->paths;
        table->seed = plan->model.seed;
        table->fingerprint = mld_scenario_fingerprint(search->scenario, plan);
        status = mld_goal_read(search->question->until, plan, "--until", &table->goal,
                               search->messages);
        mld_plan_clear(plan);
    }
    free(plan);
    return status;
}

/* Whether the ends may be taken, and what the keys are. */
static enum mld_status look_at_keys(struct search *search)
{
    const struct values ends = { 2, { search->table->from, search->table->to } };
    struct mld_study *study = NULL;
    enum mld_status status = open_study(search, &ends, &study);
    if (status == MLD_OK) {
        search->early = study->axis[0].point[0].stage <= MLD_STAGE_COVERS;
        choose_step(search, study->axis[0].whole);
    }
    end_study(study);
    return status;
}

static enum mld_status tell_undefined(const struct search *search)
{
    const struct mld_solve_table *table = search->table;
    if (table->undefined < table->n_points)
        return MLD_OK;
    mld_messages_add(search->messages,
                     "--until: %s is not defined at any value from %.12g to %.12g",
                     table->goal.statistic.name, table->from, table->to);
    return MLD_ERR_INPUT;
}

enum mld_status mld_solve(struct mld_scenario *scenario, const struct mld_solve_question *question,
                          const struct mld_solve_options *options, struct mld_solve_table *table,
                          struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    struct search search = { .scenario = scenario,
                             .question = question,
                             .options = options,
                             .table = table,
                             .messages = messages };
    *table = (struct mld_solve_table){ .from = question->from, .to = question->to };
    enum mld_status status = check(question, messages);
    if (status == MLD_OK)
        status = open_base(&search);
    snprintf(table->keys, sizeof table->keys, "%s", question->keys);
    if (status == MLD_OK)
        status = look_at_keys(&search);
    if (status == MLD_OK)
        status = scan(&search);
    if (status == MLD_OK)
        status = refine(&search);
    table->interrupted = status == MLD_INTERRUPTED;
    if (table->n_points)
        mld_crossings_fill(table);
    return status == MLD_OK ? tell_undefined(&search) : status;
}

void mld_solve_clear(struct mld_solve_table *table)
{
    free(table->point);
    *table = (struct mld_solve_table){ 0 };
}
