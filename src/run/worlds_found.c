/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What simulated worlds say: statistics over all paths, what is chance of them, indices. */
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "core/large.h"
#include "run/worlds.h"

/* ---- statistics ---- */

static struct mld_world_moments moments_of(const struct mld_world_set *set, uint32_t worlds,
                                           int column)
{
    size_t from = (size_t)column * worlds;
    return (struct mld_world_moments){ worlds, set->count + from, set->mean + from,
                                       set->variance + from };
}

/* Every path says yes or no. */
static int says_yes_or_no(size_t n, const double *value, enum mld_quantity quantity)
{
    int yes_or_no = quantity == MLD_RATE;
    for (size_t i = 0; i < n && yes_or_no; i++)
        yes_or_no = value[i] == 0 || value[i] == 1 || value[i] != value[i];
    return yes_or_no;
}

static int is_dotation(int design, int measure)
{
    return design == MLD_WITH && measure == mld_measure_named("dotation_needed");
}

/* 99.9 % is what no data can test, and is given at the scenario's inputs only. */
static enum mld_status fill_dotations(size_t n, const double *value, size_t paths_per_world,
                                      struct mld_uncertain *out)
{
    int levels = MLD_DOTATION_LEVELS - 1;
    out->dotation[levels] = out->dotation_low[levels] = out->dotation_high[levels] = (double)NAN;
    return mld_cluster_quantiles(n, value, paths_per_world, levels, mld_dotation_levels,
                                 out->dotation, out->dotation_low, out->dotation_high);
}

static enum mld_status summarise_values(const struct mld_world_set *set, int design, int measure,
                                        double *value, struct mld_uncertain *out)
{
    const struct mld_measure *row = &mld_measures[measure];
    struct mld_statistics *own = &out->measure[design][measure];
    int column = mld_columns_slot(set->columns, design, measure);
    size_t n = set->spool->paths, each = (size_t)out->paths_per_world;
    const struct mld_world_moments moments = moments_of(set, out->worlds, column);
    enum mld_status status = mld_spool_read(set->spool, column, value);
    if (status == MLD_OK)
        status = mld_statistics_fill(n, value, row->tail, own);
    if (status != MLD_OK || own->count == 0)
        return status;
    out->is_probability[design][measure] = (unsigned char)says_yes_or_no(n, value, row->quantity);
    memcpy(out->mean[design] + (size_t)measure * out->worlds, moments.mean,
           out->worlds * sizeof(double));
    status = mld_split_fill(&moments, &out->split[design][measure]);
    own->mean_error = out->split[design][measure].mean_error;
    if (status == MLD_OK)
        status = mld_cluster_errors(n, value, each, row->tail, out->is_probability[design][measure],
                                    own);
    if (status == MLD_OK && is_dotation(design, measure))
        status = fill_dotations(n, value, each, out);
    return status;
}

/* What a design has of the first one. */
static void copy_first(int design, int measure, struct mld_uncertain *out)
{
    size_t worlds = out->worlds;
    out->measure[design][measure] = out->measure[0][measure];
    out->split[design][measure] = out->split[0][measure];
    out->is_probability[design][measure] = out->is_probability[0][measure];
    memcpy(out->mean[design] + (size_t)measure * worlds, out->mean[0] + (size_t)measure * worlds,
           worlds * sizeof(double));
}

static enum mld_status summarise_measure(const struct mld_world_set *set, int measure,
                                         struct mld_uncertain *out)
{
    double *value = mld_large_alloc(set->spool->paths * sizeof *value);
    enum mld_status status = value ? MLD_OK : MLD_ERR_MEMORY;
    for (int d = 0; d < out->designs && status == MLD_OK; d++) {
        if (mld_columns_slot(set->columns, d, measure) < 0)
            continue;
        if (set->columns->fills[d * set->columns->measures + measure])
            status = summarise_values(set, d, measure, value, out);
        else
            copy_first(d, measure, out);
    }
    free(value);
    return status;
}

enum mld_status mld_worlds_summarise(const struct mld_worlds_run *run,
                                     const struct mld_world_set *set,
                                     struct mld_uncertain *uncertain)
{
    enum mld_status worst = MLD_OK;
#pragma omp parallel for schedule(dynamic) num_threads(run->threads)
    for (int measure = 0; measure < mld_measure_count(); measure++) {
        enum mld_status mine = summarise_measure(set, measure, uncertain);
        if (mine != MLD_OK)
#pragma omp atomic write
            worst = mine;
    }
    return worst;
}

/* ---- indices ---- */

/* What readers ask first; of each the first design with the guarantee that has it, else without. */
void mld_worlds_choose(const struct mld_plan *plan, struct mld_uncertain *uncertain)
{
    static const char *const name[] = { "net_irr_a", "tvpi_a",  "loss_a",    "net_cost_due",
                                        "net_cost",  "payouts", "exhausted", "dotation_needed" };
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        int measure = mld_measure_named(name[i]);
        for (int k = 0; k < plan->n_designs; k++) {
            int d = (k + MLD_WITH) % plan->n_designs;
            if (!mld_measure_applies(&plan->design[d], plan->model.n_forms, measure))
                continue;
            struct mld_indexed *one = &uncertain->indexed[uncertain->n_indexed++];
            one->design = d;
            one->measure = measure;
            break;
        }
    }
}

static void list_inputs(const struct mld_worlds_run *run, struct mld_index_input *input, int *block)
{
    for (int j = 0; j < run->inputs; j++) {
        input[j] = (struct mld_index_input){ run->input[j].is_choice, run->input[j].probability };
        block[j] = run->input[j].block;
    }
}

/* The independent uniforms that ranks were made of. */
static double *own_draws(const struct mld_worlds_run *run, uint32_t worlds)
{
    size_t inputs = (size_t)run->inputs;
    double *own = malloc((inputs * worlds + 1) * sizeof *own), unused[MLD_MAX_SENSITIVITIES];
    for (uint32_t w = 0; own && w < worlds; w++)
        mld_worlds_draw(run->worlds, w, 0, own + w * inputs, unused);
    return own;
}

static enum mld_status regress_measure(const struct mld_regression *regression,
                                       const struct mld_world_set *set, const int *block,
                                       struct mld_uncertain *out, struct mld_indexed *one)
{
    uint32_t worlds = out->worlds;
    int column = mld_columns_slot(set->columns, one->design, one->measure);
    const struct mld_world_moments moments = moments_of(set, worlds, column);
    double *noise = malloc(worlds * sizeof *noise);
    if (!noise)
        return MLD_ERR_MEMORY;
    for (uint32_t w = 0; w < worlds; w++)
        noise[w] = moments.variance[w] / moments.count[w];
    enum mld_status status = mld_regression_indices(regression, moments.mean, noise, block,
                                                    out->blocks, 0, &one->of, one->index);
    one->known = status == MLD_OK && out->inputs > 0 && one->of.variance > 0;
    free(noise);
    return status == MLD_ERR_MEMORY ? status : MLD_OK;
}

enum mld_status mld_worlds_regress(const struct mld_worlds_run *run,
                                   const struct mld_world_set *set, struct mld_uncertain *uncertain)
{
    struct mld_index_input input[MLD_MAX_SENSITIVITIES];
    int block[MLD_MAX_SENSITIVITIES];
    struct mld_regression *regression = NULL;
    list_inputs(run, input, block);
    uncertain->terms = mld_regression_terms(run->inputs, input);
    mld_worlds_choose(run->plan, uncertain);
    double *own = own_draws(run, uncertain->worlds);
    enum mld_status status = own ? mld_regression_create(uncertain->worlds, run->inputs, input, own,
                                                         &regression)
                                 : MLD_ERR_MEMORY,
                    worst = status == MLD_ERR_MEMORY ? status : MLD_OK;
    int n = status == MLD_OK ? uncertain->n_indexed : 0;
#pragma omp parallel for schedule(dynamic) num_threads(run->threads)
    for (int i = 0; i < n; i++) {
        enum mld_status mine = regress_measure(regression, set, block, uncertain,
                                               &uncertain->indexed[i]);
        if (mine != MLD_OK)
#pragma omp atomic write
            worst = mine;
    }
    mld_regression_free(regression);
    free(own);
    return worst;
}
