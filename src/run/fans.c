/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/fans.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "run/columns.h"

struct column {
    int design, step; /* over all series */
};

struct mld_fans {
    const struct mld_plan *plan;
    int columns, series;
    struct column *column;
    int *first; /* [design][series]: its first column, -1 for none */
    struct mld_sketch *sketch;
};

/* The columns of a series of a design: its own, or the first design's. */
static void list_series(struct mld_fans *fans, int design, int series)
{
    const struct mld_plan *plan = fans->plan;
    int *first = &fans->first[design * fans->series + series];
    *first = -1;
    if (!mld_series_applies(&plan->design[design], series))
        return;
    if (mld_design_shares(&plan->design[design], plan->design, mld_series[series].scope)) {
        *first = fans->first[series];
        return;
    }
    *first = fans->columns;
    for (int k = 0; k < mld_series_length(&plan->model.grid, series); k++)
        fans->column[fans->columns++] =
            (struct column){ design, mld_series_offset(&plan->model.grid, series) + k };
}

static int list_columns(struct mld_fans *fans)
{
    const struct mld_plan *plan = fans->plan;
    size_t designs = (size_t)plan->n_designs;
    fans->series = mld_series_count();
    fans->first = calloc(designs * (size_t)fans->series, sizeof *fans->first);
    fans->column = calloc(designs * (size_t)mld_series_total(&plan->model.grid) + 1,
                          sizeof *fans->column);
    if (!fans->first || !fans->column)
        return 0;
    for (int design = 0; design < plan->n_designs; design++)
        for (int i = 0; i < fans->series; i++)
            list_series(fans, design, i);
    return 1;
}

struct mld_fans *mld_fans_create(const struct mld_plan *plan, uint32_t from, uint32_t to)
{
    struct mld_fans *fans = calloc(1, sizeof *fans);
    if (!fans)
        return NULL;
    fans->plan = plan;
    if (list_columns(fans))
        fans->sketch = mld_sketch_create(fans->columns, plan->paths, from, to);
    if (fans->sketch)
        return fans;
    mld_fans_free(fans);
    return NULL;
}

struct mld_fans *mld_fans_like(const struct mld_fans *fans)
{
    struct mld_fans *like = calloc(1, sizeof *like);
    if (!like)
        return NULL;
    like->plan = fans->plan;
    if (list_columns(like))
        like->sketch = mld_sketch_like(fans->sketch);
    if (like->sketch)
        return like;
    mld_fans_free(like);
    return NULL;
}

void mld_fans_free(struct mld_fans *fans)
{
    if (!fans)
        return;
    free(fans->first);
    free(fans->column);
    mld_sketch_free(fans->sketch);
    free(fans);
}

int mld_fans_columns(const struct mld_plan *plan)
{
    int columns = 0;
    for (int design = 0; design < plan->n_designs; design++)
        for (int i = 0; i < mld_series_count(); i++)
            if (mld_series_applies(&plan->design[design], i) &&
                !mld_design_shares(&plan->design[design], plan->design, mld_series[i].scope))
                columns += mld_series_length(&plan->model.grid, i);
    return columns;
}

void mld_fans_feed(struct mld_fans *fans, int column, uint32_t first, int paths, int width,
                   double *const series[MLD_MAX_DESIGNS])
{
    const struct column *at = &fans->column[column];
    mld_sketch_feed(fans->sketch, column, first, paths,
                    series[at->design] + (size_t)at->step * (size_t)width);
}

/* ---- segments ---- */

void mld_fans_close_segment(struct mld_fans *fans)
{
    for (int i = 0; i < fans->columns; i++)
        mld_sketch_close_segment(fans->sketch, i);
}

void mld_fans_segment(const struct mld_fans *fans, struct mld_sketch_sums *sums)
{
    for (int i = 0; i < fans->columns; i++)
        sums[i] = mld_sketch_segment(fans->sketch, i);
}

void mld_fans_add_segment(struct mld_fans *fans, const struct mld_sketch_sums *sums)
{
    for (int i = 0; i < fans->columns; i++)
        mld_sketch_add_segment(fans->sketch, i, &sums[i]);
}

int mld_fans_counts(const struct mld_fans *fans, uint32_t *counts)
{
    for (int i = 0; i < fans->columns; i++) {
        const uint32_t *of = mld_sketch_counts(fans->sketch, i);
        if (!of)
            return 0;
        memcpy(counts + (size_t)i * MLD_SKETCH_BINS, of, MLD_SKETCH_BINS * sizeof *of);
    }
    return 1;
}

void mld_fans_add_counts(struct mld_fans *fans, const uint32_t *counts)
{
    for (int i = 0; i < fans->columns; i++)
        mld_sketch_add_counts(fans->sketch, i, counts + (size_t)i * MLD_SKETCH_BINS);
}

void mld_fans_take_few(struct mld_fans *fans, int column, uint16_t *counts)
{
    mld_sketch_take_few(fans->sketch, column, counts);
}

void mld_fans_add_few(struct mld_fans *fans, int column, const uint16_t *counts)
{
    mld_sketch_add_few(fans->sketch, column, counts);
}

/* ---- the end ---- */

static int allocate_fan(struct mld_fan *fan, int length)
{
    size_t n = (size_t)length;
    fan->length = length;
    fan->mean = calloc(n, sizeof(double));
    fan->mean_error = calloc(n, sizeof(double));
    fan->quantile = calloc(n * MLD_QUANTILES, sizeof(double));
    return fan->mean && fan->mean_error && fan->quantile;
}

static void read_fan(const struct mld_sketch *sketch, int column, double *scratch,
                     struct mld_fan *fan)
{
    for (int k = 0; k < fan->length; k++) {
        double quantile[MLD_QUANTILES];
        double error = mld_sketch_read(sketch, column + k, scratch, &fan->mean[k],
                                       &fan->mean_error[k], quantile);
        fan->rank_error = error > fan->rank_error ? error : fan->rank_error;
        for (int q = 0; q < MLD_QUANTILES; q++)
            fan->quantile[(size_t)q * (size_t)fan->length + (size_t)k] = quantile[q];
    }
}

/*
 * Standard error, in rank, of a median of the first paths as that of all of them: that of other
 * quantiles is smaller.
 */
static double sampling_error(const struct mld_fans *fans, size_t paths)
{
    double fed = mld_plan_fan_paths(fans->plan), all = (double)paths;
    return fed < all ? 0.5 * sqrt(1 / fed - 1 / all) : 0;
}

enum mld_status mld_fans_finish(const struct mld_fans *fans, struct mld_summary *summary)
{
    double *scratch = malloc(2 * MLD_SKETCH_PILOT * sizeof(double));
    enum mld_status status = scratch ? MLD_OK : MLD_ERR_MEMORY;
    for (int design = 0; design < summary->designs; design++)
        for (int i = 0; status == MLD_OK && i < fans->series; i++) {
            struct mld_fan *fan = &summary->fan[design][i];
            int column = fans->first[design * fans->series + i];
            fan->series = i;
            if (column < 0)
                continue;
            if (allocate_fan(fan, mld_series_length(&fans->plan->model.grid, i)))
                read_fan(fans->sketch, column, scratch, fan);
            else
                status = MLD_ERR_MEMORY;
            fan->rank_error += sampling_error(fans, summary->paths);
        }
    free(scratch);
    return status;
}
