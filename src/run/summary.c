/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Statistics of a finished run: every measure and design, paired differences. Columns in parallel,
 * each on its own, and read in pieces: memory does not grow with the paths.
 */
#include "run/summary.h"

#include <math.h>
#include <stdlib.h>

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

/* ---- columns, read from where the run keeps them ---- */

struct source {
    const struct mld_store *store;
    int design, measure;
};

static enum mld_status read_source(const void *context, size_t first, size_t count, double *value)
{
    const struct source *source = context;
    return mld_store_read(source->store, source->design, source->measure, first, count, value);
}

static struct mld_column column_of(const struct source *source)
{
    return (struct mld_column){ source->store->paths, read_source, source };
}

/* Zeros after as many values that are none. */
static enum mld_status read_zeros(const void *context, size_t first, size_t count, double *value)
{
    size_t none = *(const size_t *)context;
    for (size_t i = 0; i < count; i++)
        value[i] = first + i < none ? (double)NAN : 0;
    return MLD_OK;
}

/* ---- measures ---- */

/* The paired difference from the first design, where both have the measure. */
static enum mld_status summarise_difference(const struct mld_store *store, int design, int measure,
                                            struct mld_summary *summary)
{
    const struct source source[2] = { { store, design, measure }, { store, 0, measure } };
    const struct mld_column pair[2] = { column_of(&source[0]), column_of(&source[1]) };
    const struct mld_statistics *own = &summary->measure[design][measure];
    const struct mld_column zeros = { store->paths, read_zeros, &own->undefined };
    int shared = mld_columns_slot(store->columns, design, measure) ==
                 mld_columns_slot(store->columns, 0, measure);
    const struct mld_column difference = shared ? zeros : mld_column_difference(pair);
    return mld_column_statistics(&difference, mld_measures[measure].tail,
                                 &summary->difference[design][measure]);
}

static enum mld_status summarise_design(const struct mld_store *store, int design, int measure,
                                        struct mld_summary *summary)
{
    const struct source source = { store, design, measure };
    const struct mld_column column = column_of(&source);
    struct mld_statistics *own = &summary->measure[design][measure];
    int kept = mld_columns_slot(store->columns, design, measure),
        first = mld_columns_slot(store->columns, 0, measure);
    if (kept < 0)
        return MLD_OK;
    enum mld_status status = MLD_OK;
    if (design && kept == first)
        *own = summary->measure[0][measure];
    else
        status = mld_column_statistics(&column, mld_measures[measure].tail, own);
    return status == MLD_OK && design && first >= 0
               ? summarise_difference(store, design, measure, summary)
               : status;
}

/*
 * Smallest dotation in year 0 that holds on mld_dotation_levels of the paths, with its
 * order-statistic interval.
 */
static enum mld_status summarise_dotation(const struct mld_store *store,
                                          struct mld_summary *summary)
{
    const struct source source = { store, MLD_WITH, mld_measure_named("dotation_needed") };
    const struct mld_column column = column_of(&source);
    if (summary->designs <= MLD_WITH ||
        mld_columns_slot(store->columns, MLD_WITH, source.measure) < 0)
        return MLD_OK;
    return mld_column_quantiles(&column, MLD_DOTATION_LEVELS, mld_dotation_levels,
                                summary->dotation, summary->dotation_low, summary->dotation_high);
}

/*
 * For a ratio: of the first design with the guarantee that has the measure; none where none has.
 */
static enum mld_status piece_of(const void *context, const char *name, size_t first, size_t count,
                                double *value)
{
    const struct mld_store *store = context;
    int measure = mld_measure_named(name);
    for (int design = MLD_WITH; design < store->columns->designs; design++)
        if (mld_columns_slot(store->columns, design, measure) >= 0)
            return mld_store_read(store, design, measure, first, count, value);
    for (size_t p = 0; p < count; p++)
        value[p] = NAN;
    return MLD_OK;
}

static enum mld_status summarise_ratios(const struct mld_store *store, struct mld_summary *summary)
{
    enum mld_status status = MLD_OK;
    summary->has_ratios = summary->designs > MLD_WITH;
    for (int i = 0; status == MLD_OK && i < MLD_RATIOS && summary->has_ratios; i++)
        status = mld_ratio_fill(&mld_ratios[i], summary->paths, piece_of, store,
                                &summary->ratio[i]);
    return status;
}

enum mld_status mld_summary_fill(struct mld_summary *summary, const struct mld_store *store,
                                 int threads)
{
    enum mld_status worst = MLD_OK;
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (int measure = 0; measure < mld_measure_count(); measure++)
        for (int design = 0; design < summary->designs; design++) {
            enum mld_status mine = summarise_design(store, design, measure, summary);
            if (mine != MLD_OK)
#pragma omp atomic write
                worst = mine;
        }
    if (worst == MLD_OK)
        worst = summarise_dotation(store, summary);
    return worst == MLD_OK ? summarise_ratios(store, summary) : worst;
}
