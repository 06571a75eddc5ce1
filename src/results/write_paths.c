/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers by path: /paths/DESIGN/MEASURE, one column a measure, and /trajectories/DESIGN/SERIES, a
 * row of periods or years for each path whose series are kept. Simulation gives [measure][width]
 * and [step][width], a batch wide. Columns wait in memory, writer->column[design][measure][held],
 * until `held` paths are there, and go to the file in whole chunks: paths 0 … flushed-1 are in the
 * file, flushed … paths-1 here. They are rounded on their way, where the scenario asks for single
 * precision. Series are turned to [path][step] and go at once. What designs share is one dataset,
 * the first one's, with a hard link of that name in the other's group.
 */
#include "results/write.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/plan.h"

/* The first design's dataset under the name of another one, which has the same values. */
static struct mld_path_rows share(struct mld_results_writer *writer,
                                  const struct mld_path_rows *first, hid_t group, const char *name)
{
    struct mld_path_rows rows = { .dataset = -1, .shared = 1 };
    mld_write_link(writer, first->dataset, group, name);
    if (!mld_writer_failed(writer)) {
        rows.dataset = H5Dopen2(group, name, H5P_DEFAULT);
        mld_h5_fails(&writer->h5, rows.dataset, name);
    }
    return rows;
}

static int is_single(const struct mld_results_writer *writer)
{
    return writer->plan->run.storage == MLD_STORED_SINGLE;
}

static struct mld_path_rows create_column(struct mld_results_writer *writer, hid_t group,
                                          int measure)
{
    hid_t type = is_single(writer) ? H5T_IEEE_F32LE : H5T_IEEE_F64LE;
    hid_t dataset = mld_write_chunked(writer, group, mld_measures[measure].name, type, 1,
                                      &(hsize_t){ writer->plan->paths }, MLD_COLUMN_CHUNK);
    mld_describe_measure(writer, dataset, measure);
    mld_write_labels(writer, dataset, 1, (enum mld_file_axis[]){ MLD_OVER_PATH });
    return (struct mld_path_rows){ .dataset = dataset };
}

static void create_columns(struct mld_results_writer *writer, hid_t parent, int design)
{
    const struct mld_plan *plan = writer->plan;
    hid_t group = mld_h5_group(&writer->h5, parent, mld_design_names[design]);
    mld_write_axis_link(writer, MLD_OVER_PATH, group);
    for (int i = 0; i < writer->n_measures; i++)
        if (mld_measure_applies(&plan->design[design], plan->model.n_forms, i) &&
            mld_plan_keeps(plan, i))
            writer->value[design][i] =
                mld_design_shares(&plan->design[design], plan->design, mld_measures[i].scope)
                    ? share(writer, &writer->value[0][i], group, mld_measures[i].name)
                    : create_column(writer, group, i);
    mld_h5_close(group);
}

static struct mld_path_rows create_trajectory(struct mld_results_writer *writer, hid_t group,
                                              int series)
{
    hsize_t size[2] = { writer->trajectories,
                        (hsize_t)mld_series_length(&writer->plan->model.grid, series) };
    hid_t dataset = mld_write_chunked(writer, group, mld_series[series].name, H5T_IEEE_F64LE, 2,
                                      size, MLD_TRAJECTORY_CHUNK);
    mld_describe_series(writer, dataset, series);
    mld_write_labels(writer, dataset, 2,
                     (enum mld_file_axis[]){ MLD_OVER_TRAJECTORY, mld_step_axis(series) });
    return (struct mld_path_rows){ .dataset = dataset };
}

static void create_trajectories(struct mld_results_writer *writer, hid_t parent, int design)
{
    hid_t group = mld_h5_group(&writer->h5, parent, mld_design_names[design]);
    mld_write_axis_link(writer, MLD_OVER_TRAJECTORY, group);
    mld_write_axis_link(writer, MLD_OVER_PERIOD, group);
    mld_write_axis_link(writer, MLD_OVER_YEAR, group);
    for (int i = 0; i < writer->n_series; i++)
        if (mld_series_applies(&writer->plan->design[design], i))
            writer->trajectory[design][i] =
                mld_design_shares(&writer->plan->design[design], writer->plan->design,
                                  mld_series[i].scope)
                    ? share(writer, &writer->trajectory[0][i], group, mld_series[i].name)
                    : create_trajectory(writer, group, i);
    mld_h5_close(group);
}

void mld_write_paths(struct mld_results_writer *writer)
{
    hid_t paths = mld_h5_group(&writer->h5, writer->file, "paths");
    for (int design = 0; design < writer->designs; design++)
        create_columns(writer, paths, design);
    mld_h5_close(paths);
    if (!writer->trajectories)
        return;
    hid_t trajectories = mld_h5_group(&writer->h5, writer->file, "trajectories");
    for (int design = 0; design < writer->designs; design++)
        create_trajectories(writer, trajectories, design);
    mld_h5_close(trajectories);
}

/*
 * Writes rows first … first+n-1 of a dataset of rows of `length` numbers of that type, or of one
 * when it is 0.
 */
static void write_rows(struct mld_results_writer *writer, struct mld_path_rows *to, size_t first,
                       size_t n, size_t length, hid_t type, const void *value)
{
    struct mld_h5 *h5 = &writer->h5;
    if (h5->failed || !n)
        return;
    if (h5->checksums)
        to->crc = mld_checksum_of(to->crc, value, n * (length ? length : 1) * H5Tget_size(type));
    hsize_t start[2] = { first, 0 }, count[2] = { n, length };
    int rank = length ? 2 : 1;
    hid_t memory = H5Screate_simple(rank, count, NULL);
    hid_t file = H5Dget_space(to->dataset);
    if (!mld_h5_fails(h5, memory, "H5Screate_simple") && !mld_h5_fails(h5, file, "H5Dget_space") &&
        !mld_h5_fails(h5, H5Sselect_hyperslab(file, H5S_SELECT_SET, start, NULL, count, NULL),
                      "H5Sselect_hyperslab"))
        mld_h5_fails(h5, H5Dwrite(to->dataset, type, memory, file, H5P_DEFAULT, value), "H5Dwrite");
    mld_h5_close(file);
    mld_h5_close(memory);
}

/* ---- columns ---- */

/* Whether the rows are to be written: of a dataset that is not another's. */
static int is_own(const struct mld_path_rows *rows) { return rows->dataset >= 0 && !rows->shared; }

static double *column_of(const struct mld_results_writer *writer, int design, int measure)
{
    return writer->column +
           ((size_t)design * (size_t)writer->n_measures + (size_t)measure) * writer->held;
}

/* The checksum is of the numbers as they are kept. */
static void write_column(struct mld_results_writer *writer, struct mld_path_rows *to, size_t n,
                         const double *value)
{
    float single[MLD_COLUMN_HELD];
    if (is_single(writer))
        for (size_t i = 0; i < n; i++)
            single[i] = (float)value[i];
    write_rows(writer, to, writer->flushed, n, 0,
               is_single(writer) ? H5T_NATIVE_FLOAT : H5T_NATIVE_DOUBLE,
               is_single(writer) ? (const void *)single : value);
}

void mld_write_held(struct mld_results_writer *writer)
{
    size_t rows = writer->paths - writer->flushed;
    for (int design = 0; design < writer->designs; design++)
        for (int i = 0; i < writer->n_measures; i++)
            if (is_own(&writer->value[design][i]))
                write_column(writer, &writer->value[design][i], rows, column_of(writer, design, i));
    writer->flushed = writer->paths;
}

static void append_columns(struct mld_results_writer *writer, int paths, int width,
                           double *const value[MLD_MAX_DESIGNS])
{
    for (int done = 0; done < paths;) {
        size_t held = writer->paths - writer->flushed;
        size_t room = writer->held - held;
        size_t n = (size_t)(paths - done) < room ? (size_t)(paths - done) : room;
        for (int design = 0; design < writer->designs; design++)
            for (int i = 0; i < writer->n_measures; i++)
                if (is_own(&writer->value[design][i]))
                    memcpy(column_of(writer, design, i) + held,
                           value[design] + (size_t)i * (size_t)width + (size_t)done,
                           n * sizeof(double));
        writer->paths += n;
        done += (int)n;
        if (writer->paths - writer->flushed == writer->held)
            mld_write_held(writer);
    }
}

/* ---- trajectories ---- */

/* [step][width] → [path][step], in tiles that both sides keep in the first cache. */
static void transpose(int steps, int paths, int width, const double *restrict from,
                      double *restrict to)
{
    enum { TILE = 16 };
    for (int first = 0; first < paths; first += TILE)
        for (int step = 0; step < steps; step++)
            for (int p = first; p < first + TILE && p < paths; p++)
                to[(size_t)p * (size_t)steps + (size_t)step] =
                    from[(size_t)step * (size_t)width + (size_t)p];
}

static int make_room(struct mld_results_writer *writer, size_t size)
{
    if (size <= writer->transposed_size)
        return 1;
    double *room = realloc(writer->transposed, size * sizeof *room);
    if (!room) {
        mld_h5_no_memory(&writer->h5);
        return 0;
    }
    writer->transposed = room;
    writer->transposed_size = size;
    return 1;
}

static void append_trajectories(struct mld_results_writer *writer, size_t first, int paths,
                                int width, double *const series[MLD_MAX_DESIGNS])
{
    size_t left = first < writer->trajectories ? writer->trajectories - first : 0;
    int kept = (size_t)paths < left ? paths : (int)left;
    for (int design = 0; design < writer->designs && kept; design++) {
        size_t offset = 0;
        for (int i = 0; i < writer->n_series && !mld_writer_failed(writer); i++) {
            int steps = mld_series_length(&writer->plan->model.grid, i);
            if (is_own(&writer->trajectory[design][i]) &&
                make_room(writer, (size_t)kept * (size_t)steps)) {
                transpose(steps, kept, width, series[design] + offset * (size_t)width,
                          writer->transposed);
                write_rows(writer, &writer->trajectory[design][i], first, (size_t)kept,
                           (size_t)steps, H5T_NATIVE_DOUBLE, writer->transposed);
            }
            offset += (size_t)steps;
        }
    }
}

/* ---- append, cut ---- */

enum mld_status mld_results_append(struct mld_results_writer *writer, int paths, int width,
                                   double *const value[MLD_MAX_DESIGNS],
                                   double *const series[MLD_MAX_DESIGNS])
{
    if (mld_writer_failed(writer))
        return writer->h5.memory || writer->output.error == ENOMEM ? MLD_ERR_MEMORY : MLD_ERR_FILE;
    assert(paths >= 0 && writer->paths + (size_t)paths <= writer->plan->paths);
    append_trajectories(writer, writer->paths, paths, width, series);
    append_columns(writer, paths, width, value);
    return mld_writer_failed(writer) ? mld_writer_told(writer) : MLD_OK;
}

void mld_write_shortened(struct mld_results_writer *writer)
{
    size_t kept = writer->paths < writer->trajectories ? writer->paths : writer->trajectories;
    for (int design = 0; design < writer->designs && !mld_writer_failed(writer); design++) {
        for (int i = 0; i < writer->n_measures; i++)
            if (is_own(&writer->value[design][i]))
                mld_h5_fails(&writer->h5,
                             H5Dset_extent(writer->value[design][i].dataset,
                                           &(hsize_t){ writer->paths }),
                             "H5Dset_extent");
        for (int i = 0; i < writer->n_series; i++)
            if (is_own(&writer->trajectory[design][i]))
                mld_h5_fails(&writer->h5,
                             H5Dset_extent(writer->trajectory[design][i].dataset,
                                           (hsize_t[]){ kept, (hsize_t)mld_series_length(
                                                                  &writer->plan->model.grid, i) }),
                             "H5Dset_extent");
    }
    mld_write_path_axis(writer, MLD_OVER_PATH, writer->paths);
    if (writer->trajectories)
        mld_write_path_axis(writer, MLD_OVER_TRAJECTORY, kept);
}
