/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/fans.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/columns.h"

struct column {
    int design, step; /* over all series and groups */
};

struct mld_fans {
    const struct mld_plan *plan;
    int columns, counted, series; /* counted: those that are not plain */
    int steps;                    /* of all series of a design: beyond, groups */
    struct column *column;
    int *first; /* [design][series]: its first column, -1 for none */
    /* likewise of the rows of groups with quantiles, and of the plain ones, flows after them */
    int fanned[MLD_MAX_DESIGNS], plain[MLD_MAX_DESIGNS];
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

static int group_steps(const struct mld_plan *plan)
{
    return mld_group_steps(plan->model.groups.n, plan->model.grid.periods);
}

/* n steps of the groups, of each design that is the first to read its lives. */
static void list_groups(struct mld_fans *fans, int from, int n, int *first)
{
    const struct mld_plan *plan = fans->plan;
    for (int design = 0; design < plan->n_designs; design++)
        first[design] = -1;
    for (int k = 0; k < plan->n_lives; k++) {
        int design = mld_plan_reader(plan, k);
        first[design] = fans->columns;
        for (int i = 0; i < n; i++)
            fans->column[fans->columns++] = (struct column){ design, fans->steps + from + i };
    }
}

static int list_columns(struct mld_fans *fans)
{
    const struct mld_plan *plan = fans->plan;
    size_t designs = (size_t)plan->n_designs;
    fans->series = mld_series_count();
    fans->steps = mld_series_total(&plan->model.grid);
    fans->first = calloc(designs * (size_t)fans->series, sizeof *fans->first);
    fans->column = calloc(designs * (size_t)mld_output_steps(&plan->model) + 1,
                          sizeof *fans->column);
    if (!fans->first || !fans->column)
        return 0;
    for (int design = 0; design < plan->n_designs; design++)
        for (int i = 0; i < fans->series; i++)
            list_series(fans, design, i);
    int fanned = plan->model.groups.n * MLD_GROUP_FANNED;
    list_groups(fans, 0, fanned, fans->fanned);
    fans->counted = fans->columns;
    list_groups(fans, fanned, group_steps(plan) - fanned, fans->plain);
    return 1;
}

struct mld_fans *mld_fans_create(const struct mld_plan *plan, uint32_t from, uint32_t to)
{
    struct mld_fans *fans = calloc(1, sizeof *fans);
    if (!fans)
        return NULL;
    fans->plan = plan;
    if (list_columns(fans))
        fans->sketch = mld_sketch_create(fans->columns, fans->columns - fans->counted, plan->paths,
                                         from, to);
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
    int fanned = plan->model.groups.n * MLD_GROUP_FANNED;
    return mld_fans_counted(plan) + plan->n_lives * (group_steps(plan) - fanned);
}

int mld_fans_counted(const struct mld_plan *plan)
{
    int columns = 0;
    for (int design = 0; design < plan->n_designs; design++)
        for (int i = 0; i < mld_series_count(); i++)
            if (mld_series_applies(&plan->design[design], i) &&
                !mld_design_shares(&plan->design[design], plan->design, mld_series[i].scope))
                columns += mld_series_length(&plan->model.grid, i);
    return columns + plan->n_lives * plan->model.groups.n * MLD_GROUP_FANNED;
}

/* Whether anything is told of a column from such a path on. */
static int is_told(const struct mld_fans *fans, const struct column *column, uint32_t first)
{
    return first < (column->step < fans->steps ? mld_plan_fan_paths(fans->plan)
                                               : mld_plan_group_paths(fans->plan));
}

void mld_fans_keep(const struct mld_fans *fans, uint32_t first, int paths,
                   const struct mld_workspace *workspace, size_t stride, double *at)
{
    for (int i = 0; i < fans->columns; i++, at += stride) {
        const struct column *of = &fans->column[i];
        if (is_told(fans, of, first))
            memcpy(at,
                   workspace->design[of->design].series +
                       (size_t)of->step * (size_t)workspace->width,
                   (size_t)paths * sizeof *at);
    }
}

void mld_fans_feed(struct mld_fans *fans, int column, uint32_t first, int paths,
                   const double *value)
{
    if (is_told(fans, &fans->column[column], first))
        mld_sketch_feed(fans->sketch, column, first, paths, value);
    else if (first % MLD_SEGMENT == 0) /* a segment of which it tells nothing */
        mld_sketch_close_segment(fans->sketch, column);
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
    for (int i = 0; i < fans->counted; i++) {
        const uint32_t *of = mld_sketch_counts(fans->sketch, i);
        if (!of)
            return 0;
        memcpy(counts + (size_t)i * MLD_SKETCH_BINS, of, MLD_SKETCH_BINS * sizeof *of);
    }
    return 1;
}

void mld_fans_add_counts(struct mld_fans *fans, const uint32_t *counts)
{
    for (int i = 0; i < fans->counted; i++)
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

static void read_fan(const struct mld_sketch *sketch, int column, double *scratch,
                     struct mld_fan *fan)
{
    for (int k = 0; k < fan->length; k++) {
        double quantile[MLD_QUANTILES];
        double error = mld_sketch_read(sketch, column + k, scratch, &fan->mean[k],
                                       &fan->mean_error[k], quantile);
        fan->rank_error = error > fan->rank_error ? error : fan->rank_error;
        for (int q = 0; q < MLD_QUANTILES && fan->quantile; q++)
            fan->quantile[(size_t)q * (size_t)fan->length + (size_t)k] = quantile[q];
    }
}

/*
 * Standard error, in rank, of a median of the first paths as that of all of them: that of other
 * quantiles is smaller.
 */
static double sampling_error(double fed, size_t paths)
{
    double all = (double)paths;
    return fed < all ? 0.5 * sqrt(1 / fed - 1 / all) : 0;
}

/* ---- groups ---- */

static void name_group(const struct mld_model *model, const struct mld_group *group,
                       struct mld_group_name *name)
{
    name->kind = group->kind;
    if (group->kind == MLD_GROUP_YEAR)
        snprintf(name->name, sizeof name->name, "%d", group->key);
    else
        snprintf(name->name, sizeof name->name, "%s",
                 group->kind == MLD_GROUP_FORM ? model->form[group->key].name
                                               : mld_instruments[group->key]->name);
}

static void read_returns(const struct mld_fans *fans, int design, double *scratch, size_t paths,
                         struct mld_group_returns *returns)
{
    const struct mld_grid *grid = &fans->plan->model.grid;
    int n = fans->plan->model.groups.n, roots;
    int column = fans->fanned[design], rows = mld_group_row_count();
    for (int i = 0; i < rows; i++, column += n) {
        column = i == MLD_GROUP_FANNED ? fans->plain[design] : column;
        read_fan(fans->sketch, column, scratch, &returns->row[i]);
        returns->row[i].rank_error += sampling_error(mld_plan_group_paths(fans->plan), paths);
    }
    read_fan(fans->sketch, column, scratch, &returns->flow);
    for (int g = 0; g < n; g++)
        returns->irr_of_means[g] = mld_irr_periodic(grid->periods, grid->periods_per_year,
                                                    returns->flow.mean + g * grid->periods, &roots);
}

static enum mld_status finish_groups(const struct mld_fans *fans, double *scratch,
                                     struct mld_summary *summary)
{
    const struct mld_model *model = &fans->plan->model;
    enum mld_status status = mld_group_table_init(&summary->groups, model->groups.n,
                                                  model->grid.periods);
    for (int g = 0; status == MLD_OK && g < model->groups.n; g++)
        name_group(model, &model->groups.group[g], &summary->groups.name[g]);
    for (int design = 0; status == MLD_OK && design < summary->designs; design++) {
        if (fans->fanned[design] < 0)
            continue;
        status = mld_group_returns_init(&summary->groups, design);
        if (status == MLD_OK)
            read_returns(fans, design, scratch, summary->paths, &summary->groups.design[design]);
    }
    return status;
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
            if (mld_fan_init(fan, mld_series_length(&fans->plan->model.grid, i), 1))
                read_fan(fans->sketch, column, scratch, fan);
            else
                status = MLD_ERR_MEMORY;
            fan->rank_error += sampling_error(mld_plan_fan_paths(fans->plan), summary->paths);
        }
    if (status == MLD_OK)
        status = finish_groups(fans, scratch, summary);
    free(scratch);
    return status;
}
