/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Statistics of a finished run: every measure and design, paired differences. Columns in parallel,
 * each on its own.
 */
#include "run/summary.h"

#include <math.h>
#include <stdlib.h>

struct columns {
    double *with, *without;
};

static int allocate_columns(struct columns *columns, size_t n)
{
    columns->with = malloc(n * sizeof(double));
    columns->without = malloc(n * sizeof(double));
    return columns->with && columns->without;
}

static void free_columns(struct columns *columns)
{
    free(columns->with);
    free(columns->without);
}

enum mld_status mld_summary_init(struct mld_summary *summary, const struct mld_plan *plan,
                                 size_t paths)
{
    size_t measures = (size_t)mld_measure_count(), series = (size_t)mld_series_count();
    *summary = (struct mld_summary){ .paths = paths, .designs = plan->n_designs };
    for (int design = 0; design < summary->designs; design++) {
        summary->measure[design] = calloc(measures, sizeof(struct mld_statistics));
        summary->difference[design] = design ? calloc(measures, sizeof(struct mld_statistics))
                                             : NULL;
        summary->fan[design] = calloc(series, sizeof(struct mld_fan));
        if (!summary->measure[design] || (design && !summary->difference[design]) ||
            !summary->fan[design])
            return MLD_ERR_MEMORY;
    }
    return MLD_OK;
}

/* One measure of one design, and its paired difference with the first, whose column stays. */
static enum mld_status summarise_design(const struct mld_plan *plan, int design, int measure,
                                        const struct mld_spool *spool, struct columns *columns,
                                        struct mld_summary *summary)
{
    double *column = design ? columns->with : columns->without;
    enum mld_status status;
#pragma omp critical(mld_spool)
    status = mld_spool_column(spool, design, measure, column);
    if (status != MLD_OK)
        return status;
    status = mld_statistics_fill(summary->paths, column, mld_measures[measure].tail,
                                 &summary->measure[design][measure]);
    if (status != MLD_OK || !design ||
        !mld_measure_applies(&plan->design[0], plan->model.n_forms, measure))
        return status;
    for (size_t p = 0; p < summary->paths; p++)
        column[p] -= columns->without[p];
    return mld_statistics_fill(summary->paths, column, mld_measures[measure].tail,
                               &summary->difference[design][measure]);
}

static enum mld_status summarise(const struct mld_plan *plan, int measure,
                                 const struct mld_spool *spool, struct columns *columns,
                                 struct mld_summary *summary)
{
    enum mld_status status = MLD_OK;
    for (int design = 0; status == MLD_OK && design < summary->designs; design++)
        if (mld_measure_applies(&plan->design[design], plan->model.n_forms, measure))
            status = summarise_design(plan, design, measure, spool, columns, summary);
    return status;
}

/*
 * Smallest dotation in year 0 that holds on mld_dotation_levels of the paths, with its
 * order-statistic interval.
 */
static enum mld_status summarise_dotation(const struct mld_plan *plan,
                                          const struct mld_spool *spool, struct columns *columns,
                                          struct mld_summary *summary)
{
    int measure = mld_measure_named("dotation_needed");
    if (!mld_measure_applies(&plan->design[MLD_WITH], plan->model.n_forms, measure))
        return MLD_OK;
    enum mld_status status = mld_spool_column(spool, MLD_WITH, measure, columns->with);
    if (status == MLD_OK)
        status = mld_quantiles_fill(summary->paths, columns->with, MLD_DOTATION_LEVELS,
                                    mld_dotation_levels, summary->dotation, summary->dotation_low,
                                    summary->dotation_high);
    return status;
}

/* Where the columns of ratios come from. */
struct source {
    const struct mld_plan *plan;
    const struct mld_spool *spool;
    size_t paths;
};

static enum mld_status column_of(const void *context, const char *name, double *column)
{
    const struct source *source = context;
    int measure = mld_measure_named(name);
    const struct mld_plan *plan = source->plan;
    if (mld_measure_applies(&plan->design[MLD_WITH], plan->model.n_forms, measure))
        return mld_spool_column(source->spool, MLD_WITH, measure, column);
    for (size_t p = 0; p < source->paths; p++)
        column[p] = NAN;
    return MLD_OK;
}

static enum mld_status summarise_ratios(const struct mld_plan *plan, const struct mld_spool *spool,
                                        struct mld_summary *summary)
{
    const struct source source = { plan, spool, summary->paths };
    enum mld_status status = MLD_OK;
    summary->has_ratios = plan->n_designs > MLD_WITH;
    for (int i = 0; status == MLD_OK && i < MLD_RATIOS && summary->has_ratios; i++)
        status = mld_ratio_fill(&mld_ratios[i], summary->paths, column_of, &source,
                                &summary->ratio[i]);
    return status;
}

enum mld_status mld_summary_fill(struct mld_summary *summary, const struct mld_plan *plan,
                                 const struct mld_spool *spool, int threads)
{
    enum mld_status worst = MLD_OK;
#pragma omp parallel num_threads(threads)
    {
        struct columns columns;
        int allocated = allocate_columns(&columns, summary->paths ? summary->paths : 1);
        enum mld_status mine = allocated ? MLD_OK : MLD_ERR_MEMORY;
#pragma omp for schedule(dynamic)
        for (int measure = 0; measure < mld_measure_count(); measure++)
            if (mine == MLD_OK)
                mine = summarise(plan, measure, spool, &columns, summary);
#pragma omp single
        if (mine == MLD_OK)
            mine = summarise_dotation(plan, spool, &columns, summary);
        free_columns(&columns);
#pragma omp critical(mld_status)
        if (mine != MLD_OK)
            worst = mine;
    }
    return worst == MLD_OK ? summarise_ratios(plan, spool, summary) : worst;
}
