/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers by path, read when they are asked for: a whole column of a measure, or the row of one
 * path of a series. When the file is opened each column that the summary counts must be there, of
 * full length.
 */
#include "results/read.h"

#include <stdio.h>
#include <string.h>

static hid_t open_column(struct mld_results *results, int design, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "paths/%s/%.64s", mld_design_names[design], name);
    return mld_read_open_numbers(results, path, H5T_IEEE_F64LE, 1, &(hsize_t){ results->paths });
}

void mld_read_check_columns(struct mld_results *results)
{
    for (int design = 0; design < results->summary.designs; design++)
        for (size_t i = 0; i < results->measure.n && !results->status; i++) {
            int measure = mld_measure_named(mld_cell(&results->measure, i));
            if (measure < 0)
                continue;
            const struct mld_statistics *statistics = &results->summary.measure[design][measure];
            if (statistics->count + statistics->undefined > 0)
                mld_h5_close(open_column(results, design, mld_measures[measure].name));
        }
}

/* ---- asked of an open file ---- */

static int has(const struct mld_results *results, const char *group, int design, const char *name)
{
    char path[128];
    int length = snprintf(path, sizeof path, "%s/%s/%s", group, mld_design_names[design], name);
    return (size_t)length < sizeof path && design < results->summary.designs &&
           mld_read_exists(results->file, path);
}

int mld_results_has_measure(const struct mld_results *results, int design, const char *name)
{
    return has(results, "paths", design, name);
}

int mld_results_has_trajectory(const struct mld_results *results, int design, int series)
{
    return has(results, "trajectories", design, mld_series[series].name);
}

enum mld_status mld_results_measure(const struct mld_results *results, int design, const char *name,
                                    double *column)
{
    struct mld_results reading = *results; /* the failure of one column is not the file's */
    if (design >= results->summary.designs || strlen(name) >= MLD_MAX_NAME || strchr(name, '/'))
        return MLD_ERR_FORMAT;
    hid_t dataset = open_column(&reading, design, name);
    if (dataset < 0)
        return MLD_ERR_FORMAT;
    herr_t read = results->paths
                      ? H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, column)
                      : 0;
    mld_h5_close(dataset);
    return read < 0 ? MLD_ERR_FILE : MLD_OK;
}

size_t mld_results_trajectories(const struct mld_results *results) { return results->trajectories; }

enum mld_status mld_results_trajectory(const struct mld_results *results, int design, int series,
                                       size_t path, double *value)
{
    struct mld_results reading = *results;
    hsize_t length = (hsize_t)mld_read_fan_length(results, series), start[2] = { path, 0 },
            count[2] = { 1, length };
    if (design >= results->summary.designs || path >= results->trajectories)
        return MLD_ERR_FORMAT;
    char name[128];
    snprintf(name, sizeof name, "trajectories/%s/%s", mld_design_names[design],
             mld_series[series].name);
    hid_t dataset = mld_read_open_numbers(&reading, name, H5T_IEEE_F64LE, 2,
                                          (hsize_t[]){ results->trajectories, length });
    if (dataset < 0)
        return MLD_ERR_FORMAT;
    hid_t file = H5Dget_space(dataset), memory = H5Screate_simple(1, &length, NULL);
    int read = file >= 0 && memory >= 0 &&
               H5Sselect_hyperslab(file, H5S_SELECT_SET, start, NULL, count, NULL) >= 0 &&
               H5Dread(dataset, H5T_NATIVE_DOUBLE, memory, file, H5P_DEFAULT, value) >= 0;
    mld_h5_close(memory);
    mld_h5_close(file);
    mld_h5_close(dataset);
    return read ? MLD_OK : MLD_ERR_FILE;
}
