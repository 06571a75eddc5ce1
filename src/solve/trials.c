/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points that a search tries: simulated together, each once, and remembered. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solve/search.h"

/* ---- what they were found to be ---- */

struct mld_goal mld_search_goal(const struct mld_frontier_table *table, int constraint, int level)
{
    struct mld_goal goal = table->constraint[constraint];
    if (constraint == table->levelled)
        goal.value = table->best[level].level;
    return goal;
}

const struct mld_study_cell *mld_search_cells(const struct mld_frontier_table *table, int point)
{
    return table->cell + (size_t)point * (size_t)table->n_statistics;
}

static const double *point_at(const struct mld_frontier_table *table, int point)
{
    return table->value + (size_t)point * (size_t)table->n_keys;
}

int mld_search_find(const struct mld_frontier_table *table, const double *value)
{
    size_t size = (size_t)table->n_keys * sizeof *value;
    for (int i = 0; i < table->n_points; i++)
        if (!memcmp(point_at(table, i), value, size))
            return i;
    return -1;
}

/* ---- a round ---- */

/* Room for n more, whose cells are NaN. */
static enum mld_status add_points(struct mld_frontier_table *table, int n, const double *value)
{
    size_t all = (size_t)(table->n_points + n), keys = (size_t)table->n_keys,
           statistics = (size_t)table->n_statistics;
    double *values = realloc(table->value, all * keys * sizeof *values);
    table->value = values ? values : table->value;
    struct mld_study_cell *cells = realloc(table->cell, all * statistics * sizeof *cells);
    table->cell = cells ? cells : table->cell;
    if (!values || !cells)
        return MLD_ERR_MEMORY;
    memcpy(values + (size_t)table->n_points * keys, value, (size_t)n * keys * sizeof *value);
    for (size_t i = (size_t)table->n_points * statistics; i < all * statistics; i++)
        cells[i] = (struct mld_study_cell){ .value = (double)NAN, .error = (double)NAN };
    table->n_points += n;
    return MLD_OK;
}

/* Those that were simulated; the others were refused. */
static void keep(struct mld_frontier_table *table, int first, const struct mld_study_refusals * not,
                 const struct mld_study_result *result)
{
    size_t statistics = (size_t)table->n_statistics, from = 0;
    for (int i = first; i < table->n_points; i++) {
        if (not ->at[i - first])
            continue;
        struct mld_study_cell *cell = table->cell + (size_t)i * statistics;
        memcpy(cell, result->cell + from, statistics * sizeof *cell);
        from += statistics;
        int undefined = 0;
        for (size_t s = 0; s < statistics; s++)
            undefined |= isnan(cell[s].value);
        table->undefined += undefined;
    }
    table->refused += not ->n;
    if (not ->n && !*table->why)
        memcpy(table->why, not ->why, sizeof table->why);
}

static enum mld_status simulate(struct mld_search *search, const struct mld_study *study,
                                int with_base, struct mld_study_result *result)
{
    const struct mld_study_options options = { .threads = search->options->threads,
                                               .stop = search->options->stop,
                                               .no_base = !with_base };
    enum mld_status status = mld_study_run(study, &options, result, search->messages);
    if (status == MLD_OK && with_base)
        memcpy(search->table->base, result->base,
               (size_t)study->n_statistics * sizeof *result->base);
    return status;
}

/* The study of these points, which borrows the scenario. */
static enum mld_status open_study(const struct mld_search *search, int n, const double *value,
                                  struct mld_study_refusals *refusals, struct mld_study **study)
{
    const struct mld_frontier_table *table = search->table;
    const char *keys[MLD_MAX_FRONTIER_KEYS], *statistic[1 + MLD_MAX_CONSTRAINTS];
    for (int i = 0; i < table->n_keys; i++)
        keys[i] = table->keys[i];
    for (int i = 0; i < table->n_statistics; i++)
        statistic[i] = table->statistic[i].name;
    const struct mld_study_points points = {
        .name = "point", .n_keys = table->n_keys, .n = n, .keys = keys, .value = value
    };
    return mld_study_of_points(search->scenario, &points, table->n_statistics, statistic, refusals,
                               study, search->messages);
}

static enum mld_status try_new(struct mld_search *search, int n, const double *value, int with_base)
{
    struct mld_frontier_table *table = search->table;
    struct mld_study_refusals refusals = { .at = calloc((size_t)n, 1) };
    struct mld_study *study = NULL;
    struct mld_study_result result = { 0 };
    enum mld_status status = refusals.at ? open_study(search, n, value, &refusals, &study)
                                         : MLD_ERR_MEMORY;
    if (status == MLD_OK && study)
        status = simulate(search, study, with_base, &result);
    if (status == MLD_OK)
        status = add_points(table, n, value);
    if (status == MLD_OK)
        keep(table, table->n_points - n, &refusals, &result);
    mld_study_result_clear(&result);
    if (study)
        study->base = NULL;
    mld_study_free(study);
    free(refusals.at);
    return status;
}

enum mld_status mld_search_try(struct mld_search *search, int n, const double *value, int with_base)
{
    size_t keys = (size_t)search->table->n_keys, size = keys * sizeof *value;
    double *fresh = malloc((size_t)n * size);
    int count = 0;
    if (!fresh)
        return MLD_ERR_MEMORY;
    for (int i = 0; i < n; i++) {
        const double *one = value + (size_t)i * keys;
        int known = mld_search_find(search->table, one) >= 0;
        for (int k = 0; k < count; k++)
            known |= !memcmp(fresh + (size_t)k * keys, one, size);
        if (!known)
            memcpy(fresh + (size_t)count++ * keys, one, size);
    }
    enum mld_status status = count ? try_new(search, count, fresh, with_base) : MLD_OK;
    free(fresh);
    return status;
}
