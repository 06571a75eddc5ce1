/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fans of the series this version knows, for each design: mean, error and quantiles over periods or
 * years. A series that the file has not is of length 0.
 */
#include "results/read.h"

#include <stdio.h>
#include <stdlib.h>

int mld_read_fan_length(const struct mld_results *results, int series)
{
    const struct mld_grid *grid = &results->grid;
    if (mld_series[series].axis == MLD_AXIS_PERIOD)
        return grid->periods;
    return mld_grid_calendar_year(grid, grid->periods - 1) - mld_grid_calendar_year(grid, 0) + 1;
}

static void read_rank_error(struct mld_results *results, const char *path, struct mld_fan *fan)
{
    char place[MLD_PLACE];
    hid_t attribute = H5Aopen_by_name(results->file, path, "rank_error", H5P_DEFAULT, H5P_DEFAULT);
    hid_t type = attribute < 0 ? -1 : H5Aget_type(attribute),
          space = attribute < 0 ? -1 : H5Aget_space(attribute);
    if (type < 0 || H5Tequal(type, H5T_IEEE_F64LE) <= 0 || !mld_is_scalar(space) ||
        H5Aread(attribute, H5T_NATIVE_DOUBLE, &fan->rank_error) < 0)
        mld_read_refuse(results, path, "has no rank_error");
    snprintf(place, sizeof place, "%s@rank_error", path);
    mld_read_compare(results, place, &fan->rank_error, sizeof fan->rank_error);
    mld_h5_close(space);
    mld_h5_close(type);
    mld_h5_close(attribute);
}

void mld_read_fan(struct mld_results *results, const char *group, int length, int quantiles,
                  struct mld_fan *fan)
{
    char path[160];
    hsize_t size[2] = { MLD_QUANTILES, (hsize_t)length };
    if (!fan->mean && !mld_fan_init(fan, length, quantiles)) {
        mld_read_no_memory(results);
        return;
    }
    snprintf(path, sizeof path, "%s/mean", group);
    mld_read_reals(results, path, 1, size + 1, fan->mean);
    snprintf(path, sizeof path, "%s/mean_error", group);
    mld_read_reals(results, path, 1, size + 1, fan->mean_error);
    snprintf(path, sizeof path, "%s/quantiles", group);
    if (quantiles)
        mld_read_reals(results, path, 2, size, fan->quantile);
    if (quantiles && !results->status)
        read_rank_error(results, path, fan);
}

static void read_series(struct mld_results *results, int design, int series, struct mld_fan *fan)
{
    char group[128];
    fan->series = series;
    snprintf(group, sizeof group, "series/%s/%s", mld_design_names[design],
             mld_series[series].name);
    if (!results->status && mld_read_exists(results->file, group))
        mld_read_fan(results, group, mld_read_fan_length(results, series), 1, fan);
}

void mld_read_fans(struct mld_results *results, int design)
{
    if (results->status)
        return;
    struct mld_fan *fan = calloc((size_t)mld_series_count(), sizeof *fan);
    results->summary.fan[design] = fan;
    if (!fan)
        mld_read_no_memory(results);
    for (int i = 0; i < mld_series_count() && !results->status; i++)
        read_series(results, design, i, &fan[i]);
}
