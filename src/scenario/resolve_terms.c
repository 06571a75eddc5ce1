/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Terms of instruments, tables of laws, and thresholds of default (model, sections 3 to 5). */
#include "scenario/resolve.h"

#include "core/finder.h"
#include "milliard/scenario.h"

#include <stdlib.h>
#include <string.h>

/*
 * A default that never comes: Φ and t_ν are 0 there to the last bit, and no infinity enters a
 * kernel.
 */
static const double NEVER = -1e6;

/* ---- tables of Beta laws ---- */

struct laws {
    struct mld_check *check;
    struct mld_finder finder;
    int capacity;
};

static uint64_t law_hash(double mean, double sd)
{
    uint64_t bits[2];
    memcpy(&bits[0], &mean, sizeof mean);
    memcpy(&bits[1], &sd, sizeof sd);
    return bits[0] * 0x9E3779B97F4A7C15u ^ bits[1];
}
static uint64_t table_hash(const void *tables, uint32_t i)
{
    const struct mld_beta_table *table = (const struct mld_beta_table *)tables + i;
    return law_hash(table->mean, table->sd);
}
static int same_law(const void *tables, uint32_t i, const void *law)
{
    const struct mld_beta_table *table = (const struct mld_beta_table *)tables + i, *wanted = law;
    return table->mean == wanted->mean && table->sd == wanted->sd;
}

static int make_table_room(struct laws *laws)
{
    struct mld_plan *plan = laws->check->plan;
    if (plan->model.n_tables < laws->capacity)
        return 1;
    int capacity = laws->capacity ? 2 * laws->capacity : 16;
    struct mld_beta_table *larger = realloc(plan->model.table, (size_t)capacity * sizeof *larger);
    if (!larger)
        return 0;
    plan->model.table = larger;
    laws->capacity = capacity;
    return 1;
}

static int find_law(const struct laws *laws, struct mld_beta_table law)
{
    return mld_finder_find(&laws->finder, law_hash(law.mean, law.sd), same_law,
                           laws->check->plan->model.table, &law);
}

/* Remembers a Beta law once; an sd of 0 is a constant, and needs no table. */
static void add_law(struct laws *laws, double mean, double sd)
{
    struct mld_plan *plan = laws->check->plan;
    const struct mld_beta_table law = { mean, sd, NULL };
    if (sd == 0 || find_law(laws, law) >= 0)
        return;
    if (!make_table_room(laws)) {
        laws->check->no_memory = 1;
        return;
    }
    plan->model.table[plan->model.n_tables] = law;
    laws->check->no_memory |= mld_finder_add(&laws->finder, law_hash(mean, sd),
                                             (uint32_t)plan->model.n_tables++, table_hash,
                                             plan->model.table) != 0;
}

/*
 * Those of the score and of every resolution; told before the first table is made, which takes
 * milliseconds.
 */
static void find_laws(struct laws *laws)
{
    const struct mld_plan *plan = laws->check->plan;
    if (plan->fund.present)
        add_law(laws, plan->fund.score_mean, plan->fund.score_sd);
    for (int i = 0; i < plan->model.n_terms && !laws->check->no_memory; i++)
        for (int r = 0; r < plan->model.terms[i].n_resolutions; r++)
            add_law(laws, plan->model.terms[i].resolution[r].recovery_mean,
                    plan->model.terms[i].resolution[r].recovery_sd);
    if (plan->model.n_tables > MLD_MAX_LAWS)
        mld_check_fail(laws->check, "tape",
                       ": %d different laws of recovery; at most %d can be: round recovery_mean "
                       "and recovery_sd",
                       plan->model.n_tables, MLD_MAX_LAWS);
}

static void make_tables(struct mld_check *check)
{
    struct mld_plan *plan = check->plan;
    for (int i = 0; i < plan->model.n_tables && !check->no_memory; i++) {
        plan->model.table[i].quantile = mld_quantile_table_beta(plan->model.table[i].mean,
                                                                plan->model.table[i].sd);
        check->no_memory |= !plan->model.table[i].quantile;
    }
}

static const struct mld_quantile_table *table_of(const struct laws *laws, double mean, double sd)
{
    return sd == 0 ? NULL
                   : laws->check->plan->model
                         .table[find_law(laws, (struct mld_beta_table){ mean, sd, NULL })]
                         .quantile;
}

static void set_tables(const struct laws *laws)
{
    struct mld_plan *plan = laws->check->plan;
    if (plan->fund.present)
        plan->fund.score_table = table_of(laws, plan->fund.score_mean, plan->fund.score_sd);
    for (int i = 0; i < plan->model.n_terms; i++)
        for (int r = 0; r < plan->model.terms[i].n_resolutions; r++) {
            struct mld_resolution *resolution = &plan->model.terms[i].resolution[r];
            resolution->table = table_of(laws, resolution->recovery_mean, resolution->recovery_sd);
        }
}

void mld_resolve_tables(struct mld_check *check)
{
    struct laws laws = { .check = check };
    find_laws(&laws);
    if (!check->mistakes && !check->no_memory)
        make_tables(check);
    if (!check->mistakes && !check->no_memory)
        set_tables(&laws);
    mld_finder_clear(&laws.finder);
}

/* ---- terms ---- */

static void resolve_resolutions(struct mld_check *check, struct mld_terms *terms)
{
    double sum = 0;
    for (int i = 0; i < terms->n_resolutions; i++)
        sum += terms->resolution[i].probability;
    for (int i = 0; i < terms->n_resolutions; i++) {
        struct mld_resolution *resolution = &terms->resolution[i];
        resolution->probability /= sum; /* within one part in a billion of 1: made exact */
        resolution->lag_periods = mld_grid_periods(&check->plan->model.grid, resolution->lag_years);
    }
}

/*
 * "bond: coupon = …", as an instrument tells it, with the place of that very key when the text
 * starts with one.
 */
static void tell_at_key(struct mld_check *check, const char *name, const char *text)
{
    char key[MLD_KEY];
    const char *rest = text + strlen(name) + 2;
    int word = (int)strcspn(rest, " ");
    mld_check_key(key, "instruments.%s.%.*s", name, word, rest);
    if (mld_param_named(key))
        mld_check_fail(check, key, "%s", rest + word);
    else
        mld_check_fail(check, mld_check_key(key, "instruments.%s", name), ": %s", rest);
}

static void resolve_instrument(struct mld_check *check, int i)
{
    const struct mld_instrument *instrument = mld_instruments[i];
    struct mld_terms *terms = &check->plan->model.instrument_terms[i];
    struct mld_messages told;
    mld_messages_init(&told);
    int mistakes = instrument->check ? instrument->check(terms, NULL, &told) : 0;
    for (size_t m = 0; m < told.count; m++)
        tell_at_key(check, instrument->name, told.text[m]);
    check->no_memory |= told.lost != 0;
    mld_messages_clear(&told);
    if (!mistakes)
        resolve_resolutions(check, terms);
}

/*
 * A tape has put its overrides behind room for the registry's terms; without one the array is made
 * here.
 */
static int make_room(struct mld_plan *plan)
{
    if (!plan->model.terms) {
        plan->model.terms = calloc(MLD_INSTRUMENTS, sizeof *plan->model.terms);
        plan->model.n_terms = MLD_INSTRUMENTS;
    }
    return plan->model.terms != NULL;
}

void mld_resolve_terms(struct mld_check *check)
{
    struct mld_plan *plan = check->plan;
    if (!make_room(plan)) {
        check->no_memory = 1;
        return;
    }
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        if (plan->model.has_instrument[i])
            resolve_instrument(check, i);
    memcpy(plan->model.terms, plan->model.instrument_terms, sizeof plan->model.instrument_terms);
    for (int i = MLD_INSTRUMENTS; i < plan->model.n_terms && !check->mistakes; i++)
        resolve_resolutions(check, &plan->model.terms[i]);
    /* The end of a fund forces sales; without one nothing does (model, sections 4 and 5). */
    for (int i = 0; i < plan->model.n_terms && !plan->fund.present; i++)
        plan->model.terms[i].liquidation_discount = 0;
}

/* Φ⁻¹ or, with a table of Student's law, t_ν⁻¹ of min(x·PD_a, 0.9999). */
static double threshold_of(const struct mld_quantile_table *student, double pd)
{
    pd = pd < 0.9999 ? pd : 0.9999;
    if (!(pd > 0))
        return NEVER;
    double normal = mld_normal_quantile(pd);
    double threshold = student ? mld_quantile_table_at(student, normal) : normal;
    return threshold > NEVER ? threshold : NEVER;
}

static void fill_row(const struct mld_quantile_table *student, const struct mld_form *form,
                     double scale, int years, double *row)
{
    for (int a = 0; a < years; a++)
        row[a] = threshold_of(student, scale * form->pd[a < form->n_pd ? a : form->n_pd - 1]);
}

static void fill_thresholds(struct mld_plan *plan, const struct mld_quantile_table *student)
{
    struct mld_model *model = &plan->model;
    double *row = model->threshold;
    for (int terms = 0; terms < model->n_terms; terms++)
        for (int form = 0; form < model->n_forms; form++)
            for (int h = 0; h < model->n_hazards; h++, row += model->threshold_stride)
                fill_row(student, &model->form[form],
                         model->terms[terms].pd_scale * model->hazard[h], model->threshold_stride,
                         row);
}

void mld_resolve_thresholds(struct mld_check *check)
{
    struct mld_model *model = &check->plan->model;
    int wants_student = model->factors.dependence == MLD_STUDENT;
    model->threshold_stride = model->grid.horizon_years;
    size_t rows = (size_t)model->n_terms * (size_t)model->n_forms * (size_t)model->n_hazards;
    model->threshold = calloc(rows, (size_t)model->threshold_stride * sizeof *model->threshold);
    struct mld_quantile_table *student = NULL;
    if (wants_student)
        student = mld_quantile_table_student(model->factors.dof);
    if (model->threshold && (student || !wants_student))
        fill_thresholds(check->plan, student);
    else
        check->no_memory = 1;
    mld_quantile_table_free(student);
}
