/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What else the same public money could do: (a) and (e) are priced first, then sizes are sought
 * pass after pass upon common draws, then each form of each size gives its numbers.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/numbers.h"
#include "milliard/first_pass.h"
#include "run/sizes.h"
#include "run/threads.h"

enum { SCAN = 8, MOST_TRIALS = 32 };

/* Largest part of A's commitments that a form may take. */
static const double MOST_OF_A = 0.99;

/* The forms whose size is sought, and for which target. */
static const enum mld_support sized_forms[] = { MLD_SUPPORT_CAPITAL, MLD_SUPPORT_HURDLE,
                                                MLD_SUPPORT_PARI_PASSU, MLD_SUPPORT_GRANT };
static const enum mld_sizing targets[] = { MLD_SIZED_COST, MLD_SIZED_BUDGET, MLD_SIZED_COST_BARE,
                                           MLD_SIZED_BUDGET_BARE };
enum { SIZED = 4, TARGETS = 4 };

struct work {
    struct mld_trials trials;
    struct mld_alternatives *table;
    size_t paths;
    double *kept[MLD_OUTCOMES], *with[MLD_OUTCOMES], *nothing[MLD_OUTCOMES]; /* [path] */
    double *target[MLD_SIZINGS]; /* [path] present values; NULL for MONEY */
    double *unit[2]; /* [path] of the largest pari passu: with administration, and without */
    struct mld_sought sought[TARGETS][SIZED];
};

static int is_bare(int sizing)
{
    return sizing == MLD_SIZED_COST_BARE || sizing == MLD_SIZED_BUDGET_BARE;
}

static int is_of_budget(int sizing)
{
    return sizing == MLD_SIZED_BUDGET || sizing == MLD_SIZED_BUDGET_BARE;
}

/* ---- memory ---- */

static double *column(size_t paths) { return malloc(paths * sizeof(double)); }

static int allocate_columns(size_t paths, double *out[MLD_OUTCOMES])
{
    int whole = 1;
    for (int i = 0; i < MLD_OUTCOMES; i++)
        whole &= (out[i] = column(paths)) != NULL;
    return whole;
}

static void free_columns(double *out[MLD_OUTCOMES])
{
    for (int i = 0; i < MLD_OUTCOMES; i++) {
        free(out[i]);
        out[i] = NULL;
    }
}

static int allocate(struct work *work)
{
    int whole = allocate_columns(work->paths, work->kept) &
                allocate_columns(work->paths, work->with) &
                allocate_columns(work->paths, work->nothing);
    for (int i = 0; i < MLD_SIZINGS; i++)
        whole &= (work->target[i] = column(work->paths)) != NULL;
    for (int i = 0; i < 2; i++)
        whole &= (work->unit[i] = column(work->paths)) != NULL;
    return whole;
}

static void release(struct work *work)
{
    free_columns(work->kept);
    free_columns(work->with);
    free_columns(work->nothing);
    for (int i = 0; i < MLD_SIZINGS; i++)
        free(work->target[i]);
    free(work->unit[0]);
    free(work->unit[1]);
}

/* ---- trials ---- */

static struct mld_trial trial_of(const struct work *work, enum mld_support form, double x, int rows)
{
    struct mld_trial trial = { .place = MLD_WITHOUT, .admin = work->table->admin };
    mld_support_fund(work->trials.plan, form, x, rows, &trial.fund);
    return trial;
}

static struct mld_trial guarantee_trial(const struct work *work, int place)
{
    struct mld_trial trial = trial_of(work, MLD_SUPPORT_GUARANTEE, 0, 0);
    trial.place = place;
    trial.admin = NAN;
    trial.full = 1;
    return trial;
}

/* The guarantee paid in full, that paid from its dotation, nothing, and the largest pari passu. */
static enum mld_status price_first(struct work *work)
{
    const struct mld_plan *plan = work->trials.plan;
    int dotation = work->table->has_dotation, n = 0, due = mld_design_fully_paid(plan->n_designs);
    struct mld_trial *trial = malloc(4 * sizeof *trial);
    if (!trial)
        return MLD_ERR_MEMORY;
    trial[n] = guarantee_trial(work, due);
    memcpy(trial[n].column, work->kept, sizeof work->kept);
    trial[n++].bare = work->target[MLD_SIZED_COST_BARE];
    trial[n] = trial_of(work, MLD_SUPPORT_NOTHING, 0, 0);
    trial[n].full = 1;
    memcpy(trial[n++].column, work->nothing, sizeof work->nothing);
    trial[n] = trial_of(work, MLD_SUPPORT_PARI_PASSU, MOST_OF_A * work->table->commitment_a, 0);
    trial[n].column[MLD_OUT_PV] = work->unit[0];
    trial[n++].bare = work->unit[1];
    if (dotation) {
        trial[n] = guarantee_trial(work, MLD_WITH);
        memcpy(trial[n].column, work->with, sizeof work->with);
        trial[n++].bare = work->target[MLD_SIZED_BUDGET_BARE];
    }
    enum mld_status status = mld_trials_run(&work->trials, n, trial);
    free(trial);
    if (status != MLD_OK)
        return status;
    memcpy(work->target[MLD_SIZED_COST], work->kept[MLD_OUT_PV], work->paths * sizeof(double));
    if (dotation)
        memcpy(work->target[MLD_SIZED_BUDGET], work->with[MLD_OUT_PV],
               work->paths * sizeof(double));
    return MLD_OK;
}

/* ---- sizes ---- */

static void start_sizes(struct work *work)
{
    for (int t = 0; t < TARGETS; t++)
        for (int f = 0; f < SIZED; f++) {
            struct mld_sought *sought = &work->sought[t][f];
            if (!work->table->has_sizing[targets[t]])
                continue;
            *sought = (struct mld_sought){ .form = sized_forms[f],
                                           .bare = is_bare(targets[t]),
                                           .target = work->target[targets[t]],
                                           .most = MOST_OF_A * work->table->commitment_a };
            mld_sought_start(sought, work->paths);
        }
}

/* Pari passu the cost is in proportion to the size, path by path. */
static void size_pari_passu(struct work *work)
{
    for (int t = 0; t < TARGETS; t++)
        for (int f = 0; f < SIZED; f++) {
            struct mld_sought *sought = &work->sought[t][f];
            if (sought->form != MLD_SUPPORT_PARI_PASSU || !sought->n)
                continue;
            double x = sought->most;
            while (!isnan(x)) {
                mld_sought_add(sought, x, work->paths, work->unit[sought->bare], x / sought->most);
                x = mld_sought_next(sought);
            }
        }
}

/* Sizes of a form to be priced at once. */
struct wave {
    int n;
    enum mld_support form[MOST_TRIALS];
    double x[MOST_TRIALS];
};

static void ask(struct wave *wave, enum mld_support form, double x)
{
    for (int i = 0; i < wave->n; i++)
        if (wave->form[i] == form && wave->x[i] == x)
            return;
    if (wave->n < MOST_TRIALS) {
        wave->form[wave->n] = form;
        wave->x[wave->n++] = x;
    }
}

/* What a size costs is told to whoever seeks one of its form. */
static void tell(struct work *work, const struct mld_trial *trial, enum mld_support form, double x)
{
    for (int t = 0; t < TARGETS; t++)
        for (int f = 0; f < SIZED; f++) {
            struct mld_sought *sought = &work->sought[t][f];
            if (sought->form == form && sought->n)
                mld_sought_add(sought, x, work->paths,
                               sought->bare ? trial->bare : trial->column[MLD_OUT_PV], 1);
        }
}

static enum mld_status price_wave(struct work *work, const struct wave *wave)
{
    struct mld_trial *trial = calloc(MOST_TRIALS, sizeof *trial);
    double *values = malloc(2 * (size_t)wave->n * work->paths * sizeof *values);
    enum mld_status status = trial && values ? MLD_OK : MLD_ERR_MEMORY;
    for (int i = 0; i < wave->n && status == MLD_OK; i++) {
        trial[i] = trial_of(work, wave->form[i], wave->x[i], 0);
        trial[i].column[MLD_OUT_PV] = values + 2 * (size_t)i * work->paths;
        trial[i].bare = values + (2 * (size_t)i + 1) * work->paths;
    }
    if (status == MLD_OK)
        status = mld_trials_run(&work->trials, wave->n, trial);
    for (int i = 0; i < wave->n && status == MLD_OK; i++)
        tell(work, &trial[i], wave->form[i], wave->x[i]);
    free(values);
    free(trial);
    return status;
}

static void ask_next(const struct work *work, struct wave *wave)
{
    for (int t = 0; t < TARGETS; t++)
        for (int f = 0; f < SIZED; f++) {
            const struct mld_sought *sought = &work->sought[t][f];
            double x = sought->n ? mld_sought_next(sought) : (double)NAN;
            if (!isnan(x))
                ask(wave, sought->form, x);
        }
}

static enum mld_status seek_sizes(struct work *work)
{
    struct wave wave = { 0 };
    start_sizes(work);
    size_pari_passu(work);
    for (int f = 0; f < SIZED; f++)
        for (int i = 1; i <= SCAN && sized_forms[f] != MLD_SUPPORT_PARI_PASSU; i++)
            ask(&wave, sized_forms[f], MOST_OF_A * work->table->commitment_a * i / SCAN);
    enum mld_status status = MLD_OK;
    while (status == MLD_OK && wave.n > 0) {
        status = price_wave(work, &wave);
        wave.n = 0;
        if (status == MLD_OK)
            ask_next(work, &wave);
    }
    return status;
}

/* ---- what is told of a form ---- */

static enum mld_status read_columns(size_t paths, double *const out[MLD_OUTCOMES],
                                    struct mld_alternative *form)
{
    static const double level = 0.95;
    for (int i = 0; i < MLD_OUTCOMES; i++)
        form->mean[i] = mld_mean_of(paths, out[i]);
    const struct mld_estimate *pv = &form->mean[MLD_OUT_PV];
    form->private_per_public = (struct mld_estimate){ NAN, NAN };
    if (fabs(pv->value) > MLD_HALF_INTERVAL * pv->error)
        form->private_per_public = mld_ratio_of(paths, out[MLD_OUT_PRIVATE_PV], out[MLD_OUT_PV]);
    return mld_quantiles_fill(paths, out[MLD_OUT_COST], 1, &level, &form->cost_95,
                              &form->cost_95_low, &form->cost_95_high);
}

/* Copies of the columns, where they are kept. */
static enum mld_status keep_columns(const struct work *work, double *const out[MLD_OUTCOMES],
                                    struct mld_alternative *form)
{
    if (!work->trials.options->columns)
        return MLD_OK;
    if (!allocate_columns(work->paths, form->column))
        return MLD_ERR_MEMORY;
    for (int i = 0; i < MLD_OUTCOMES; i++)
        memcpy(form->column[i], out[i], work->paths * sizeof(double));
    return MLD_OK;
}

static enum mld_status read_form(const struct work *work, double *const out[MLD_OUTCOMES],
                                 struct mld_alternative *form)
{
    enum mld_status status = read_columns(work->paths, out, form);
    return status == MLD_OK ? keep_columns(work, out, form) : status;
}

static int target_of(int sizing)
{
    int t = 0;
    while (t < TARGETS && (int)targets[t] != sizing)
        t++;
    return t;
}

/* EUR that deals dated up to t may cost at most. */
static double dated_by(const struct mld_plan *plan, int t)
{
    double volume = plan->model.has_thesis ? plan->model.thesis.volume : 0,
           room = mld_fund_room(&plan->model.grid, &plan->fund, t);
    for (int i = 0; i < plan->model.tape.n_deals; i++)
        volume += plan->model.tape.deal[i].amount;
    return volume < room ? volume : room;
}

/* Whether a grant in the years of the dotation pays deals in time: their dates are given. */
static int comes_in_time(const struct mld_plan *plan, double x)
{
    struct mld_fund_spec fund;
    mld_support_fund(plan, MLD_SUPPORT_GRANT, x, 1, &fund);
    for (int t = 0; t < mld_fund_last_inflow(&plan->model.grid, &fund); t++)
        if (mld_exceeds(dated_by(plan, t), mld_fund_room(&plan->model.grid, &fund, t), fund.size))
            return 0;
    return 1;
}

/* The size of a form: found, or the dotation's. */
static void size_form(const struct work *work, int sizing, int f, struct mld_alternative *form)
{
    double money = work->table->money;
    if (sizing != MLD_SIZED_MONEY) {
        mld_sought_read(&work->sought[target_of(sizing)][f], form);
        return;
    }
    *form = (struct mld_alternative){ .x = money, .low = money, .high = money };
    if (money > MOST_OF_A * work->table->commitment_a)
        form->sized = MLD_COSTS_TOO_LITTLE;
    else if (!(money > 0))
        form->sized = MLD_COSTS_NOTHING;
    else if (sized_forms[f] == MLD_SUPPORT_GRANT && !comes_in_time(work->trials.plan, money))
        form->sized = MLD_COMES_TOO_LATE;
}

/* (a) or (e) of a sizing that leaves administration out is priced again. */
static struct mld_trial last_trial(const struct work *work, int sizing, int form)
{
    const struct mld_plan *plan = work->trials.plan;
    struct mld_trial trial = guarantee_trial(
        work, is_of_budget(sizing) ? MLD_WITH : mld_design_fully_paid(plan->n_designs));
    if (form != MLD_SUPPORT_GUARANTEE)
        trial = trial_of(work, (enum mld_support)form, work->table->form[sizing][form].x,
                         sizing == MLD_SIZED_MONEY);
    if (is_bare(sizing))
        trial.admin = 0;
    trial.full = 1;
    return trial;
}

/* All forms of a sizing, in one pass. */
static enum mld_status price_sizing(struct work *work, int sizing)
{
    struct mld_alternative *form = work->table->form[sizing];
    struct mld_trial *trial = calloc(MLD_SUPPORTS, sizeof *trial);
    double *out[MLD_SUPPORTS][MLD_OUTCOMES] = { { NULL } };
    int of[MLD_SUPPORTS], n = 0;
    enum mld_status status = trial ? MLD_OK : MLD_ERR_MEMORY;
    for (int i = 0; i < MLD_SUPPORTS && status == MLD_OK; i++) {
        if (form[i].sized != MLD_IS_SIZED && form[i].sized != MLD_SIZE_NOT_NEEDED)
            continue;
        if (!allocate_columns(work->paths, out[i]))
            status = MLD_ERR_MEMORY;
        trial[n] = last_trial(work, sizing, i);
        memcpy(trial[n].column, out[i], sizeof out[i]);
        of[n++] = i;
    }
    if (status == MLD_OK)
        status = mld_trials_run(&work->trials, n, trial);
    for (int i = 0; i < n && status == MLD_OK; i++)
        status = read_form(work, out[of[i]], &form[of[i]]);
    for (int i = 0; i < MLD_SUPPORTS; i++)
        free_columns(out[i]);
    free(trial);
    return status;
}

static enum mld_status fill_sizing(struct work *work, int sizing)
{
    struct mld_alternative *form = work->table->form[sizing];
    form[MLD_SUPPORT_GUARANTEE] = form[MLD_SUPPORT_NOTHING] =
        (struct mld_alternative){ .sized = MLD_SIZE_NOT_NEEDED, .x = NAN, .low = NAN, .high = NAN };
    for (int f = 0; f < SIZED; f++)
        size_form(work, sizing, f, &form[sized_forms[f]]);
    return price_sizing(work, sizing);
}

static enum mld_status compare_forms(struct work *work)
{
    enum mld_status status = allocate(work) ? price_first(work) : MLD_ERR_MEMORY;
    if (status == MLD_OK)
        status = seek_sizes(work);
    for (int i = 0; i < MLD_SIZINGS && status == MLD_OK; i++)
        if (work->table->has_sizing[i])
            status = fill_sizing(work, i);
    release(work);
    return status;
}

/* ---- the scenario ---- */

/* The operator's rate, the largest of the layers on deals. */
static double admin_of(const struct mld_plan *plan, double asked)
{
    double admin = 0;
    if (!isnan(asked))
        return asked;
    if (!isnan(plan->guarantee.admin))
        return plan->guarantee.admin;
    for (int i = 0; i < plan->guarantee.n_layers; i++)
        if (plan->guarantee.layer[i].covers < 0 && plan->guarantee.layer[i].operator_cost > admin)
            admin = plan->guarantee.layer[i].operator_cost;
    return admin;
}

static void head(const struct mld_scenario *scenario, const struct mld_plan *plan,
                 const struct mld_alternatives_options *options, struct mld_alternatives *table)
{
    struct mld_fund_spec fund;
    mld_support_fund(plan, MLD_SUPPORT_NOTHING, 0, 0, &fund);
    snprintf(table->scenario, sizeof table->scenario, "%s", plan->name);
    table->paths = plan->paths;
    table->seed = plan->model.seed;
    table->fingerprint = mld_scenario_fingerprint(scenario, plan);
    table->admin = admin_of(plan, options->admin);
    table->reference_rate = plan->fund.reference_rate;
    table->reference_rate_equity = plan->fund.reference_rate_equity;
    table->commitment_a = fund.share_class[MLD_CLASS_A].commitment;
    table->left_out_b = plan->fund.share_class[MLD_CLASS_B].commitment > 0;
    table->left_out_grants = plan->fund.n_grants > 0;
    table->has_private = !isnan(plan->fund.share_class[MLD_CLASS_A].public_share);
    table->n_compared = plan->guarantee.n_compared;
    for (int i = 0; i < table->n_compared; i++)
        table->compared[i] = plan->guarantee.compared[i];
    if (!table->n_compared)
        table->compared[table->n_compared++] = (struct mld_compared){ "grant", 1, 1, "" };
    table->has_dotation = plan->guarantee.n_dotations > 0;
    for (int i = 0; i < plan->guarantee.n_dotations; i++)
        table->money += plan->guarantee.dotation[i].amount;
    for (int i = 0; i < MLD_SIZINGS; i++)
        table->has_sizing[i] = table->has_dotation || i == MLD_SIZED_COST ||
                               i == MLD_SIZED_COST_BARE;
}

enum mld_status mld_alternatives_fill(const struct mld_scenario *scenario,
                                      const struct mld_alternatives_options *options,
                                      struct mld_alternatives *table, struct mld_messages *messages)
{
    struct mld_plan *plan = NULL;
    struct work *work = calloc(1, sizeof *work);
    const struct mld_first_pass_options first = { .threads = options->threads,
                                                  .stop = options->stop };
    *table = (struct mld_alternatives){ 0 };
    enum mld_status status = work ? mld_scenario_plan(scenario, &plan, messages) : MLD_ERR_MEMORY;
    if (status == MLD_OK && !(plan->fund.present && plan->guarantee.present)) {
        mld_messages_add(messages,
                         "%s has no %s: alternatives are forms of the public money of a "
                         "fund with a guarantee",
                         plan->name, plan->fund.present ? "guarantee" : "fund");
        status = MLD_ERR_INPUT;
    }
    if (status == MLD_OK)
        status = mld_first_pass(plan, plan->paths, &first, messages);
    if (status == MLD_OK) {
        head(scenario, plan, options, table);
        work->table = table;
        work->paths = plan->paths;
        work->trials =
            (struct mld_trials){ .plan = plan,
                                 .options = options,
                                 .threads = mld_threads_start(mld_threads_asked(options->threads)),
                                 .messages = messages };
        status = compare_forms(work);
    }
    if (status == MLD_OK)
        status = mld_additionality_fill(scenario, options, table, messages);
    if (plan)
        mld_plan_clear(plan);
    free(plan);
    free(work);
    return status;
}

void mld_alternatives_clear(struct mld_alternatives *table)
{
    for (int i = 0; i < MLD_SIZINGS; i++)
        for (int f = 0; f < MLD_SUPPORTS; f++)
            free_columns(table->form[i][f].column);
}
