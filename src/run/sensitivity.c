/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each judgement at its low and high, on the same draws: a study, so that those of guarantee and
 * fund alone share the losses of the scenario. And how far all PDs may rise before class A's median
 * loses.
 */
#include "milliard/sensitivity.h"
#include "core/numbers.h"
#include "core/plain.h"
#include "core/text.h"
#include "milliard/first_pass.h"
#include "milliard/study.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECTIONS = 32, BISECTIONS = 12 };

/*
 * Per-path columns of one run: in the order of the effects, then class A's multiple. All are of the
 * design in which every due is paid, but for the net cost that a dotation pays.
 */
enum { MULTIPLE = MLD_EFFECTS, COLUMNS };

struct outcome {
    size_t paths;
    const double *column[COLUMNS]; /* NULL where the plan has no such measure */
};

static const char *const measure_of[COLUMNS] = {
    [MLD_EFFECT_IRR] = "net_irr_a",
    [MLD_EFFECT_LOSS] = "loss_a",
    [MLD_EFFECT_NET_COST_DUE] = "net_cost_due",
    [MLD_EFFECT_NET_COST] = "net_cost",
    [MLD_EFFECT_DOTATION] = "dotation_needed",
    [MULTIPLE] = "tvpi_a",
};

/* Of the outcome of a run, whose columns are its own. */
static void release(struct outcome *outcome)
{
    for (int i = 0; i < COLUMNS; i++)
        free((double *)outcome->column[i]);
    *outcome = (struct outcome){ 0 };
}

static int design_of(int n_designs, int column)
{
    int fully_paid = mld_design_fully_paid(n_designs);
    return column == MLD_EFFECT_NET_COST && fully_paid > MLD_WITH ? MLD_WITH : fully_paid;
}

/* Asks the run for the columns that the plan has. */
static int ask(const struct mld_plan *plan, struct outcome *outcome, struct mld_keep keep[COLUMNS])
{
    int asked = 0;
    for (int i = 0; i < COLUMNS; i++) {
        int measure = mld_measure_named(measure_of[i]), design = design_of(plan->n_designs, i);
        if (!mld_measure_applies(&plan->design[design], plan->model.n_forms, measure))
            continue;
        double *column = malloc((size_t)plan->paths * sizeof *column);
        outcome->column[i] = column;
        if (!column)
            return -1;
        keep[asked++] = (struct mld_keep){ design, measure, column };
    }
    return asked;
}

/* A lean run: these columns, and nothing that no row reads. */
static enum mld_status run_plan(struct mld_plan *plan, const struct mld_run_options *options,
                                struct outcome *outcome, struct mld_messages *messages)
{
    struct mld_keep keep[COLUMNS];
    struct mld_summary unused;
    struct mld_run_result result;
    const struct mld_first_pass_options first = { .threads = options->threads,
                                                  .stop = options->stop };
    enum mld_status status = mld_first_pass(plan, plan->paths, &first, messages);
    if (status != MLD_OK)
        return status;
    int asked = ask(plan, outcome, keep);
    if (asked < 0)
        return MLD_ERR_MEMORY;
    const struct mld_run_options mine = { .threads = options->threads,
                                          .batch = options->batch,
                                          .stop = options->stop,
                                          .keep = keep,
                                          .n_keep = asked,
                                          .lean = 1 };
    status = mld_run(plan, NULL, &mine, NULL, &unused, &result, messages);
    if (status == MLD_OK)
        outcome->paths = result.paths;
    return status;
}

static enum mld_status run_scenario(const struct mld_scenario *scenario,
                                    const struct mld_run_options *options, struct outcome *outcome,
                                    struct mld_messages *messages)
{
    struct mld_plan *plan = NULL;
    *outcome = (struct outcome){ 0 };
    enum mld_status status = mld_scenario_plan(scenario, &plan, messages);
    if (status == MLD_OK)
        status = run_plan(plan, options, outcome, messages);
    if (plan)
        mld_plan_clear(plan);
    free(plan);
    if (status != MLD_OK)
        release(outcome);
    return status;
}

/*
 * Mean of a column, or of the paired differences from another, over the paths where both are
 * defined.
 */
static struct mld_effect mean_effect(size_t n, const double *value, const double *base)
{
    double sum = 0, square = 0, count = 0;
    for (size_t p = 0; p < n; p++) {
        double x = base ? value[p] - base[p] : value[p];
        if (x != x)
            continue;
        count++;
        double step = x - sum / (count > 1 ? count - 1 : 1);
        if (count > 1)
            square += step * step * (count - 1) / count;
        sum += x;
    }
    if (count < 2)
        return (struct mld_effect){ (double)NAN, (double)NAN };
    return (struct mld_effect){ sum / count, sqrt(square / (count - 1) / count) };
}

/* The 95 % quantile of a column or, with a base, its change from that of the base. */
static enum mld_status quantile_95(size_t n, const double *value, const double *base,
                                   double *quantile)
{
    const double *level = &mld_dotation_levels[MLD_DOTATION_95];
    double from = 0, low, high;
    enum mld_status status = mld_quantiles_fill(n, value, 1, level, quantile, &low, &high);
    if (status == MLD_OK && base)
        status = mld_quantiles_fill(n, base, 1, level, &from, &low, &high);
    *quantile -= from;
    return status;
}

/*
 * 95 % quantile or its change; the error from SECTIONS runs of consecutive paths, each with its own
 * quantile.
 */
static enum mld_status quantile_effect(size_t n, const double *value, const double *base,
                                       struct mld_effect *effect)
{
    double part[SECTIONS];
    size_t length = n / SECTIONS;
    *effect = (struct mld_effect){ (double)NAN, (double)NAN };
    enum mld_status status = quantile_95(n, value, base, &effect->value);
    for (size_t s = 0; s < SECTIONS && length > 0 && status == MLD_OK; s++)
        status = quantile_95(length, value + s * length, base ? base + s * length : NULL, &part[s]);
    if (length >= 60 && status == MLD_OK)
        effect->error = mean_effect(SECTIONS, part, NULL).error;
    return status;
}

/* Effects of a run; with `base`, the changes from it, over the paths that both have. */
static enum mld_status fill_effects(const struct outcome *outcome, const struct outcome *base,
                                    struct mld_effect effect[MLD_EFFECTS])
{
    enum mld_status status = MLD_OK;
    size_t paths = base && base->paths < outcome->paths ? base->paths : outcome->paths;
    for (int i = 0; i < MLD_EFFECTS && status == MLD_OK; i++) {
        const double *from = base ? base->column[i] : NULL;
        if (!outcome->column[i] || (base && !from))
            effect[i] = (struct mld_effect){ (double)NAN, (double)NAN };
        else if (i == MLD_EFFECT_DOTATION)
            status = quantile_effect(paths, outcome->column[i], from, &effect[i]);
        else
            effect[i] = mean_effect(paths, outcome->column[i], from);
    }
    return status;
}

/* "× 0.5", "+0.15", "0.2", the name of a choice, or several values as the scenario gives them. */
static void describe_change(const struct mld_sensitivity *row, int high, char text[MLD_APPLIED])
{
    MLD_PLAIN_NUMBERS;
    const char *choice = high ? row->choice_high : row->choice_low;
    double amount = high ? row->high : row->low;
    if (choice[0])
        snprintf(text, MLD_APPLIED, "%.*s", (int)mld_text_cut(choice, MLD_APPLIED - 1), choice);
    else if (row->operation == MLD_SENSITIVITY_SCALE)
        snprintf(text, MLD_APPLIED, "\u00d7 %.15g", amount);
    else if (row->operation == MLD_SENSITIVITY_ADD)
        snprintf(text, MLD_APPLIED, "%+.15g", amount);
    else
        snprintf(text, MLD_APPLIED, "%.15g", amount);
}

static enum mld_status run_varied(const struct mld_scenario *scenario,
                                  const struct mld_sensitivity *row, int high,
                                  const struct mld_run_options *options, struct outcome *outcome,
                                  struct mld_messages *messages)
{
    struct mld_scenario *varied = NULL;
    enum mld_status status = mld_scenario_vary(scenario, row, high, &varied, messages);
    if (status == MLD_OK)
        status = run_scenario(varied, options, outcome, messages);
    mld_scenario_free(varied);
    return status;
}

static void name_row(const struct mld_sensitivity *input, struct mld_sensitivity_row *row)
{
    memcpy(row->name, input->name, sizeof row->name);
    memcpy(row->label_en, input->label_en, sizeof row->label_en);
    memcpy(row->label_fr, input->label_fr, sizeof row->label_fr);
    describe_change(input, 0, row->low);
    describe_change(input, 1, row->high);
}

/* ---- the multiple of all PDs at which class A's median multiple is 1 ---- */

static double largest_pd(const struct mld_plan *plan)
{
    double largest = 0;
    for (int g = 0; g < plan->model.n_forms; g++)
        for (int a = 0; a < plan->model.form[g].n_pd; a++)
            largest = plan->model.form[g].pd[a] > largest ? plan->model.form[g].pd[a] : largest;
    return largest;
}

/* Class A's median multiple, with its 95 % interval. */
struct median {
    double value, low, high;
};

static enum mld_status find_median(const struct outcome *outcome, struct median *median)
{
    static const double level = 0.5;
    return mld_quantiles_fill(outcome->paths, outcome->column[MULTIPLE], 1, &level, &median->value,
                              &median->low, &median->high);
}

static enum mld_status multiple_at(const struct mld_scenario *scenario,
                                   const struct mld_run_options *options, double scale,
                                   struct median *multiple, struct mld_messages *messages)
{
    struct mld_sensitivity row = { .name = "pd",
                                   .n_keys = 1,
                                   .key = { "legal_forms.*.pd" },
                                   .operation = MLD_SENSITIVITY_SCALE,
                                   .low = scale };
    struct outcome outcome;
    enum mld_status status = run_varied(scenario, &row, 0, options, &outcome, messages);
    if (status == MLD_OK) {
        status = find_median(&outcome, multiple);
        release(&outcome);
    }
    return status;
}

/*
 * Bisection on the scale; the median falls as PDs rise. Its error: the median's, over the slope of
 * the last bracket.
 */
static enum mld_status find_break_even(const struct mld_scenario *scenario,
                                       const struct mld_run_options *options, double largest,
                                       struct mld_sensitivity_table *table,
                                       struct mld_messages *messages)
{
    double low = 0.01, high = 0.98 / largest < 30 ? 0.98 / largest : 30;
    struct median at_low, at_high, at;
    table->break_even_low = low;
    table->break_even_high = high;
    table->break_even_pd = (struct mld_effect){ (double)NAN, (double)NAN };
    enum mld_status status = multiple_at(scenario, options, low, &at_low, messages);
    if (status == MLD_OK)
        status = multiple_at(scenario, options, high, &at_high, messages);
    if (status != MLD_OK || !(at_low.value > 1 && at_high.value < 1))
        return status;
    for (int i = 0; i < BISECTIONS; i++) {
        double middle = 0.5 * (low + high);
        status = multiple_at(scenario, options, middle, &at, messages);
        if (status != MLD_OK)
            return status;
        int above = at.value > 1;
        if (high - low > 0.2) {
            at_low = above ? at : at_low;
            at_high = above ? at_high : at;
            table->break_even_low = above ? middle : table->break_even_low;
            table->break_even_high = above ? table->break_even_high : middle;
        }
        low = above ? middle : low;
        high = above ? high : middle;
    }
    double slope = (at_low.value - at_high.value) /
                   (table->break_even_high - table->break_even_low);
    double error = (at.high - at.low) / (2 * MLD_HALF_INTERVAL);
    table->break_even_pd = (struct mld_effect){ 0.5 * (low + high),
                                                slope > 0 ? error / slope : (double)NAN };
    return MLD_OK;
}

/* ---- the table ---- */

static double weight_of(const struct mld_sensitivity_row *row)
{
    double largest = 0;
    for (int side = 0; side < 2; side++) {
        double irr = row->change[side][MLD_EFFECT_IRR].value;
        double change = fabs(irr == irr ? irr : row->change[side][MLD_EFFECT_NET_COST_DUE].value);
        largest = change > largest ? change : largest;
    }
    return largest;
}

static int by_weight(const void *first, const void *second)
{
    double a = weight_of(first), b = weight_of(second);
    return a < b   ? 1
           : a > b ? -1
                   : strcmp(((const struct mld_sensitivity_row *)first)->name,
                            ((const struct mld_sensitivity_row *)second)->name);
}

/* What the study of the judgements works with. */
struct judging {
    const struct mld_scenario *scenario;
    const struct mld_plan *plan;
    const struct mld_judgements *judgements;
    const struct mld_run_options *options;
    void (*progress)(void *context, int done, int runs);
    void *context;
    int n;
    int column[COLUMNS]; /* of each statistic */
    char name[COLUMNS][96];
    struct mld_sensitivity_table *table;
    struct mld_messages *messages;
};

/* The statistics whose paths the effects are taken of. */
static void list_statistics(struct judging *judging, const char *statistic[COLUMNS])
{
    const struct mld_plan *plan = judging->plan;
    for (int i = 0; i < MLD_EFFECTS; i++) {
        const struct mld_design *design = &plan->design[design_of(plan->n_designs, i)];
        if (!mld_measure_applies(design, plan->model.n_forms, mld_measure_named(measure_of[i])))
            continue;
        snprintf(judging->name[judging->n], sizeof *judging->name, "%s.%s", design->name,
                 measure_of[i]);
        statistic[judging->n] = judging->name[judging->n];
        judging->column[judging->n++] = i;
    }
}

static struct outcome outcome_of(const struct judging *judging,
                                 const double *const value[MLD_MAX_STATISTICS])
{
    struct outcome outcome = { .paths = judging->plan->paths };
    for (int i = 0; i < judging->n; i++)
        outcome.column[judging->column[i]] = value[i];
    return outcome;
}

/* An end whose plan has other designs than the scenario's, so that the study's are not its own. */
static enum mld_status run_end(struct judging *judging, int variant, const struct outcome *base,
                               struct mld_effect effect[MLD_EFFECTS])
{
    struct outcome outcome = { 0 };
    enum mld_status status = run_varied(judging->scenario, &judging->judgements->row[variant / 2],
                                        variant % 2, judging->options, &outcome, judging->messages);
    if (status == MLD_OK)
        status = fill_effects(&outcome, base, effect);
    release(&outcome);
    return status;
}

static enum mld_status take(void *context, const struct mld_study_numbers *numbers)
{
    struct judging *judging = context;
    const struct outcome base = outcome_of(judging, numbers->base),
                         here = outcome_of(judging, numbers->value);
    int variant = numbers->variant;
    if (variant < 0)
        return fill_effects(&here, NULL, judging->table->base);
    struct mld_effect *effect = judging->table->row[variant / 2].change[variant % 2];
    return numbers->n_designs == judging->plan->n_designs
               ? fill_effects(&here, &base, effect)
               : run_end(judging, variant, &base, effect);
}

static void tell_progress(void *context, double done, double all)
{
    const struct judging *judging = context;
    int runs = 1 + 2 * judging->judgements->count;
    if (judging->progress)
        judging->progress(judging->context, (int)(runs * (done / all)), runs);
}

static enum mld_status judge(struct judging *judging)
{
    const char *statistic[COLUMNS];
    struct mld_study *study = NULL;
    struct mld_study_result result = { 0 };
    const struct mld_study_options options = { .threads = judging->options->threads,
                                               .stop = judging->options->stop,
                                               .progress = tell_progress,
                                               .context = judging,
                                               .take = take };
    list_statistics(judging, statistic);
    enum mld_status status = mld_study_of_judgements((struct mld_scenario *)judging->scenario,
                                                     judging->judgements, judging->n, statistic,
                                                     &study, judging->messages);
    if (status != MLD_OK)
        return status;
    status = mld_study_run(study, &options, &result, judging->messages);
    mld_study_result_clear(&result);
    study->base = NULL; /* it stays the caller's */
    mld_study_free(study);
    return status;
}

static enum mld_status fill_rows(struct judging *judging)
{
    struct mld_sensitivity_table *table = judging->table;
    table->n_rows = judging->judgements->count;
    for (int i = 0; i < table->n_rows; i++)
        name_row(&judging->judgements->row[i], &table->row[i]);
    enum mld_status status = judge(judging);
    if (status == MLD_OK)
        qsort(table->row, (size_t)table->n_rows, sizeof *table->row, by_weight);
    return status;
}

/* The scenario's plan and its judgements, each of which can be run. */
static enum mld_status prepare(const struct mld_scenario *scenario, struct mld_plan **plan,
                               struct mld_judgements **judgements, struct mld_messages *messages)
{
    enum mld_status status = mld_scenario_sensitivities(scenario, judgements, messages);
    if (status == MLD_OK)
        status = mld_scenario_plan(scenario, plan, messages);
    if (status != MLD_OK)
        return status;
    if ((*judgements)->count > 0)
        return mld_scenario_judgements(scenario, *plan, *judgements, messages);
    mld_messages_add(messages, "%s: the scenario lists no sensitivity; see scenarios/explained.cfg",
                     (*plan)->name);
    return MLD_ERR_INPUT;
}

static void describe_table(const struct mld_scenario *scenario, const struct mld_plan *plan,
                           struct mld_sensitivity_table *table)
{
    memcpy(table->scenario, plan->name, sizeof table->scenario);
    table->paths = plan->paths;
    table->seed = plan->model.seed;
    table->fingerprint = mld_scenario_fingerprint(scenario, plan);
    table->design = (enum mld_design_place)mld_design_fully_paid(plan->n_designs);
}

enum mld_status mld_sensitivity_fill(const struct mld_scenario *scenario,
                                     const struct mld_run_options *options,
                                     void (*progress)(void *context, int done, int runs),
                                     void *context, struct mld_sensitivity_table *table,
                                     struct mld_messages *messages)
{
    struct mld_plan *plan = NULL;
    struct mld_judgements *judgements = NULL;
    *table = (struct mld_sensitivity_table){ .break_even_pd = { (double)NAN, (double)NAN } };
    enum mld_status status = prepare(scenario, &plan, &judgements, messages);
    if (status == MLD_OK) {
        describe_table(scenario, plan, table);
        table->row = calloc((size_t)judgements->count, sizeof *table->row);
        status = table->row ? MLD_OK : MLD_ERR_MEMORY;
    }
    if (status == MLD_OK)
        status = fill_rows(&(struct judging){ .scenario = scenario,
                                              .plan = plan,
                                              .judgements = judgements,
                                              .options = options,
                                              .progress = progress,
                                              .context = context,
                                              .table = table,
                                              .messages = messages });
    if (status == MLD_OK && plan->fund.present)
        status = find_break_even(scenario, options, largest_pd(plan), table, messages);
    mld_plan_clear(plan);
    free(plan);
    free(judgements);
    if (status != MLD_OK)
        mld_sensitivity_clear(table);
    return status;
}

void mld_sensitivity_clear(struct mld_sensitivity_table *table)
{
    free(table->row);
    *table = (struct mld_sensitivity_table){ 0 };
}
