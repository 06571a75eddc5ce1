/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers by path, read when they are asked for: a whole column of a measure, or the row of one
 * path of a series. When the file is opened each column that the summary counts must be there, of
 * full length.
 */
#include "results/read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether a parameter of the run had that value; an earlier version had the usual one. */
static int is_said(const struct mld_results *results, const char *key, const char *value,
                   const char *usual)
{
    size_t n;
    const struct mld_echo *echo = mld_results_echo(results, &n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(echo[i].key, key) == 0)
            return strcmp(echo[i].value, value) == 0;
    return strcmp(usual, value) == 0;
}

static int is_single(const struct mld_results *results)
{
    return is_said(results, "run.storage", "\"single\"", "\"double\"");
}

static hid_t open_column(struct mld_results *results, int design, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "paths/%s/%.64s", mld_design_names[design], name);
    return mld_read_open_numbers(results, path,
                                 is_single(results) ? H5T_IEEE_F32LE : H5T_IEEE_F64LE, 1,
                                 &(hsize_t){ results->paths });
}

void mld_read_check_columns(struct mld_results *results)
{
    for (int design = 0; design < results->summary.designs; design++)
        for (size_t i = 0; i < results->measure.n && !results->status; i++) {
            int measure = mld_measure_named(mld_cell(&results->measure, i));
            if (measure < 0)
                continue;
            const struct mld_statistics *statistics = &results->summary.measure[design][measure];
            if (statistics->count + statistics->undefined > 0 &&
                (mld_results_keeps_all(results) ||
                 mld_results_has_measure(results, design, mld_measures[measure].name)))
                mld_h5_close(open_column(results, design, mld_measures[measure].name));
        }
}

/* ---- asked of an open file ---- */

int mld_results_keeps_all(const struct mld_results *results)
{
    return is_said(results, "run.measures", "\"all\"", "\"all\"");
}

static int has(const struct mld_results *results, const char *group, int design, const char *name)
{
    char path[128];
    if (design < 0 || design >= results->summary.designs)
        return 0;
    int length = snprintf(path, sizeof path, "%s/%s/%s", group, mld_design_names[design], name);
    return (size_t)length < sizeof path && mld_read_exists(results->file, path);
}

int mld_results_has_measure(const struct mld_results *results, int design, const char *name)
{
    return has(results, "paths", design, name);
}

int mld_results_has_trajectory(const struct mld_results *results, int design, int series)
{
    return has(results, "trajectories", design, mld_series[series].name);
}

/* The failure of one column is not the file's; the first is kept to be asked for. */
static struct mld_results late_reading(const struct mld_results *results)
{
    struct mld_results reading = *results;
    reading.messages = results->late->messages.count ? NULL : &results->late->messages;
    return reading;
}

const char *mld_results_refusal(const struct mld_results *results)
{
    const struct mld_messages *messages = &results->late->messages;
    return messages->count ? messages->text[0] : NULL;
}

/* Single precision is read into the first half of the column, and widened from its end on. */
static void read_single(struct mld_results *results, const char *path, double *column)
{
    float value;
    mld_read_numbers(results, path, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, 1,
                     &(hsize_t){ results->paths }, column);
    for (size_t i = results->status ? 0 : results->paths; i-- > 0;) {
        memcpy(&value, (const char *)column + i * sizeof value, sizeof value);
        column[i] = value;
    }
}

enum mld_status mld_results_measure(const struct mld_results *results, int design, const char *name,
                                    double *column)
{
    struct mld_results reading = late_reading(results);
    char path[128];
    if (strlen(name) >= MLD_MAX_NAME || strchr(name, '/') ||
        !mld_results_has_measure(results, design, name))
        return MLD_ERR_FORMAT;
    snprintf(path, sizeof path, "paths/%s/%s", mld_design_names[design], name);
    if (is_single(results))
        read_single(&reading, path, column);
    else
        mld_read_reals(&reading, path, 1, &(hsize_t){ results->paths }, column);
    return reading.status;
}

size_t mld_results_trajectories(const struct mld_results *results) { return results->trajectories; }

/* Rows first … first+n-1 of a dataset of rows of `length` doubles. */
static void read_rows(struct mld_results *results, hid_t dataset, const char *place,
                      const hsize_t first[2], const hsize_t count[2], double *value)
{
    hid_t file = H5Dget_space(dataset), memory = H5Screate_simple(2, count, NULL);
    if (file < 0 || memory < 0 ||
        H5Sselect_hyperslab(file, H5S_SELECT_SET, first, NULL, count, NULL) < 0 ||
        H5Dread(dataset, H5T_NATIVE_DOUBLE, memory, file, H5P_DEFAULT, value) < 0)
        mld_read_refuse(results, place, "cannot be read");
    mld_h5_close(memory);
    mld_h5_close(file);
}

/* All rows, some at a time, for a checksum is of all of them. */
static void compare_rows(struct mld_results *results, hid_t dataset, const char *place,
                         hsize_t length)
{
    enum { ROWS = 256 };
    double *value = malloc(ROWS * length * sizeof *value);
    uint32_t crc = 0;
    if (!value)
        mld_read_no_memory(results);
    for (size_t first = 0; first < results->trajectories && !results->status; first += ROWS) {
        size_t left = results->trajectories - first, rows = left < ROWS ? left : ROWS;
        read_rows(results, dataset, place, (hsize_t[]){ first, 0 }, (hsize_t[]){ rows, length },
                  value);
        crc = mld_checksum_of(crc, value, rows * length * sizeof *value);
    }
    free(value);
    mld_read_compare_crc(results, place, crc);
}

enum mld_status mld_results_trajectory(const struct mld_results *results, int design, int series,
                                       size_t path, double *value)
{
    struct mld_results reading = late_reading(results);
    hsize_t length = (hsize_t)mld_read_fan_length(results, series);
    if (path >= results->trajectories || !mld_results_has_trajectory(results, design, series))
        return MLD_ERR_FORMAT;
    char place[128];
    snprintf(place, sizeof place, "trajectories/%s/%s", mld_design_names[design],
             mld_series[series].name);
    hid_t dataset = mld_read_open_numbers(&reading, place, H5T_IEEE_F64LE, 2,
                                          (hsize_t[]){ results->trajectories, length });
    unsigned char *compared = &results->late->compared[design * mld_series_count() + series];
    if (dataset >= 0 && results->checksums.n && !*compared)
        compare_rows(&reading, dataset, place, length);
    *compared |= !reading.status;
    if (!reading.status)
        read_rows(&reading, dataset, place, (hsize_t[]){ path, 0 }, (hsize_t[]){ 1, length },
                  value);
    mld_h5_close(dataset);
    return reading.status;
}
