/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/fans.h"

#include <stdlib.h>

#include "measure/sketch.h"

struct mld_fans {
    const struct mld_plan *plan;
    int columns[MLD_MAX_DESIGNS];
    int *step[MLD_MAX_DESIGNS]; /* of each column, over all series */
    struct mld_sketch *sketch[MLD_MAX_DESIGNS];
};

/* Lists the steps of the series that apply to a design. */
static int list_steps(const struct mld_plan *plan, int design, int *step)
{
    int columns = 0;
    for (int i = 0, offset = 0; i < mld_series_count();
         offset += mld_series_length(&plan->model.grid, i), i++)
        for (int k = 0; mld_series_applies(&plan->design[design], i) &&
                        k < mld_series_length(&plan->model.grid, i);
             k++)
            step[columns++] = offset + k;
    return columns;
}

struct mld_fans *mld_fans_create(const struct mld_plan *plan, uint32_t paths)
{
    struct mld_fans *fans = calloc(1, sizeof *fans);
    if (!fans)
        return NULL;
    fans->plan = plan;
    for (int design = 0; design < plan->n_designs; design++) {
        fans->step[design] = calloc((size_t)mld_series_total(&plan->model.grid) + 1, sizeof(int));
        if (fans->step[design]) {
            fans->columns[design] = list_steps(plan, design, fans->step[design]);
            fans->sketch[design] = mld_sketch_create(fans->columns[design], paths);
        }
        if (!fans->sketch[design]) {
            mld_fans_free(fans);
            return NULL;
        }
    }
    return fans;
}

void mld_fans_free(struct mld_fans *fans)
{
    for (int design = 0; fans && design < MLD_MAX_DESIGNS; design++) {
        free(fans->step[design]);
        mld_sketch_free(fans->sketch[design]);
    }
    free(fans);
}

int mld_fans_columns(const struct mld_fans *fans, int design) { return fans->columns[design]; }

void mld_fans_feed(struct mld_fans *fans, int design, int column, uint32_t first, int paths,
                   int width, const double *series)
{
    const double *value = series + (size_t)fans->step[design][column] * (size_t)width;
    mld_sketch_feed(fans->sketch[design], column, first, paths, value);
}

static int allocate_fan(struct mld_fan *fan, int series, int length)
{
    size_t n = (size_t)length;
    fan->series = series;
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

enum mld_status mld_fans_finish(const struct mld_fans *fans, struct mld_summary *summary)
{
    double *scratch = malloc(2 * MLD_SKETCH_PILOT * sizeof(double));
    enum mld_status status = scratch ? MLD_OK : MLD_ERR_MEMORY;
    for (int design = 0; design < summary->designs; design++)
        for (int i = 0, column = 0; status == MLD_OK && i < mld_series_count(); i++) {
            struct mld_fan *fan = &summary->fan[design][i];
            fan->series = i;
            if (!mld_series_applies(&fans->plan->design[design], i))
                continue;
            if (!allocate_fan(fan, i, mld_series_length(&fans->plan->model.grid, i)))
                status = MLD_ERR_MEMORY;
            else
                read_fan(fans->sketch[design], column, scratch, fan);
            column += fan->length;
        }
    free(scratch);
    return status;
}
