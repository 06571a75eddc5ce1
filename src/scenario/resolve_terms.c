/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Terms of instruments, tables of laws, and thresholds of default (model, sections 3 to 5). */
#include "scenario/resolve.h"

#include "milliard/scenario.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TABLES = sizeof ((struct mld_model *)0)->table_mean / sizeof(double) };

/* A default that never comes: Φ and t_ν are 0 there to the last bit, and no infinity enters a kernel. */
static const double NEVER = -1e6;

/* Table of the Beta law of that mean and sd, shared by equal laws; NULL for a constant. */
static const struct mld_quantile_table *table_of(struct mld_check *check, double mean, double sd)
{
    struct mld_plan *plan = check->plan;
    if (sd == 0)
        return NULL;
    for (int i = 0; i < plan->model.n_tables; i++)
        if (plan->model.table_mean[i] == mean && plan->model.table_sd[i] == sd)
            return plan->model.table[i];
    if (!plan->model.table)
        plan->model.table = calloc(MOST_TABLES, sizeof *plan->model.table);
    struct mld_quantile_table *table = plan->model.table && plan->model.n_tables < MOST_TABLES ? mld_quantile_table_beta(mean, sd) : NULL;
    if (!table) {
        check->no_memory = 1;
        return NULL;
    }
    plan->model.table_mean[plan->model.n_tables] = mean;
    plan->model.table_sd[plan->model.n_tables] = sd;
    return plan->model.table[plan->model.n_tables++] = table;
}

static void resolve_resolutions(struct mld_check *check, struct mld_terms *terms)
{
    double sum = 0;
    for (int i = 0; i < terms->n_resolutions; i++)
        sum += terms->resolution[i].probability;
    for (int i = 0; i < terms->n_resolutions; i++) {
        struct mld_resolution *resolution = &terms->resolution[i];
        resolution->probability /= sum;         /* within one part in a billion of 1: made exact */
        resolution->lag_periods = mld_grid_periods(&check->plan->model.grid, resolution->lag_years);
    }
}

void mld_resolve_tables(struct mld_check *check)
{
    struct mld_plan *plan = check->plan;
    for (int i = 0; i < plan->model.n_terms; i++)
        for (int r = 0; r < plan->model.terms[i].n_resolutions; r++) {
            struct mld_resolution *resolution = &plan->model.terms[i].resolution[r];
            resolution->table = table_of(check, resolution->recovery_mean, resolution->recovery_sd);
        }
    if (plan->fund.present)
        plan->fund.score_table = table_of(check, plan->fund.score_mean, plan->fund.score_sd);
}

/* "bond: coupon = …", as an instrument tells it, with the place of that very key when the text starts with one. */
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

/* A tape has put its overrides behind room for the registry's terms; without one the array is made here. */
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
}

/* Φ⁻¹ or t_ν⁻¹ of min(x·PD_a, 0.9999). */
static double threshold_of(const struct mld_factors_spec *factors, double pd)
{
    pd = pd < 0.9999 ? pd : 0.9999;
    if (!(pd > 0))
        return NEVER;
    double threshold = factors->dependence == MLD_STUDENT ? gsl_cdf_tdist_Pinv(pd, factors->dof) : mld_normal_quantile(pd);
    return threshold > NEVER ? threshold : NEVER;
}

static void fill_row(const struct mld_plan *plan, const struct mld_form *form, double scale, double *row)
{
    for (int a = 0; a < plan->model.threshold_stride; a++)
        row[a] = threshold_of(&plan->model.factors, scale * form->pd[a < form->n_pd ? a : form->n_pd - 1]);
}

void mld_resolve_thresholds(struct mld_check *check)
{
    struct mld_plan *plan = check->plan;
    plan->model.threshold_stride = plan->model.grid.horizon_years;
    size_t rows = (size_t)plan->model.n_terms * (size_t)plan->model.n_forms * 2;
    plan->model.threshold = calloc(rows, (size_t)plan->model.threshold_stride * sizeof *plan->model.threshold);
    if (!plan->model.threshold) {
        check->no_memory = 1;
        return;
    }
    double moral = plan->guarantee.present ? plan->guarantee.moral_hazard : 1;
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    double *row = plan->model.threshold;
    for (int terms = 0; terms < plan->model.n_terms; terms++)
        for (int form = 0; form < plan->model.n_forms; form++)
            for (int hazard = 0; hazard < 2; hazard++, row += plan->model.threshold_stride)
                fill_row(plan, &plan->model.form[form], plan->model.terms[terms].pd_scale * (hazard ? moral : 1), row);
    gsl_set_error_handler(handler);
}
