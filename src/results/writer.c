/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A results file grows in three steps, each a list of what it writes. create: the temporary file,
 * root attributes, axes, scenario, tables, and the datasets of the paths, empty and of full length.
 * append: paths, block after block. finish: these datasets cut to the paths there are, the summary,
 * the fans, the checksums, and at last what could not be known before, who uses each axis; then the
 * file is closed, synced and renamed.
 *
 * Every part goes on in its own file, write_*.c, over the one struct of write.h. Nothing stops at a
 * failure: the first is kept in writer->h5 or writer->output, everything after it does nothing, and
 * it is told once, at the end of a step.
 */
#include "results/write.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/plain.h"
#include "milliard/plan.h"
#include "results/schema.h"

/* ---- sizes ---- */

static uint64_t whole_chunks(uint64_t rows, uint64_t chunk)
{
    return rows < chunk ? rows : (rows + chunk - 1) / chunk * chunk;
}

/*
 * The scenario's text, columns and trajectories to the byte, and room for the rest: parameters, and
 * of each design its summary, fans, groups and HDF5's own records, 2.7 MB of three designs at most.
 */
static uint64_t size_with(const struct mld_plan *plan, const char *text)
{
    uint64_t bytes = ((uint64_t)512 << 10) + ((uint64_t)plan->n_designs * 800 << 10) + strlen(text),
             value = plan->run.storage == MLD_STORED_SINGLE ? sizeof(float) : sizeof(double);
    for (int design = 0; design < plan->n_designs; design++) {
        for (int i = 0; i < mld_measure_count(); i++)
            bytes += mld_measure_applies(&plan->design[design], plan->model.n_forms, i) &&
                             mld_plan_keeps(plan, i) &&
                             !mld_design_shares(&plan->design[design], plan->design,
                                                mld_measures[i].scope)
                         ? whole_chunks(plan->paths, MLD_COLUMN_CHUNK) * value
                         : 0;
        for (int i = 0; i < mld_series_count(); i++)
            bytes += mld_series_applies(&plan->design[design], i) &&
                             !mld_design_shares(&plan->design[design], plan->design,
                                                mld_series[i].scope)
                         ? whole_chunks(mld_plan_trajectories(plan), MLD_TRAJECTORY_CHUNK) *
                               (uint64_t)mld_series_length(&plan->model.grid, i) * sizeof(double)
                         : 0;
    }
    return bytes;
}

uint64_t mld_results_size(const struct mld_plan *plan, const struct mld_scenario *scenario)
{
    char *text = mld_scenario_text(scenario);
    uint64_t bytes = text ? size_with(plan, text) : 0;
    free(text);
    return bytes;
}

/* ---- failures ---- */

enum mld_status mld_writer_told(struct mld_results_writer *writer)
{
    if (writer->output.error)
        mld_messages_add(writer->messages, "%s: cannot write the results: %s", writer->target.path,
                         strerror(writer->output.error));
    else if (writer->h5.memory)
        mld_messages_add(writer->messages, "%s: not enough memory to write the results",
                         writer->target.path);
    else
        mld_messages_add(writer->messages, "%s: cannot write the results: %s: %s",
                         writer->target.path, writer->h5.what, writer->h5.why);
    return writer->h5.memory || writer->output.error == ENOMEM ? MLD_ERR_MEMORY : MLD_ERR_FILE;
}

int mld_writer_failed(const struct mld_results_writer *writer)
{
    return writer->h5.failed || writer->output.error;
}

/* ---- create ---- */

static struct mld_path_rows *no_rows(int n)
{
    struct mld_path_rows *rows = malloc((size_t)n * sizeof *rows);
    for (int i = 0; rows && i < n; i++)
        rows[i] = (struct mld_path_rows){ .dataset = -1 };
    return rows;
}

struct mld_results_writer *mld_writer_new(const struct mld_plan *plan,
                                          struct mld_messages *messages)
{
    struct mld_results_writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return NULL;
    writer->h5.checksums = MLD_CHECKSUMS ? &writer->checksums : NULL;
    writer->plan = plan;
    writer->messages = messages;
    writer->output.descriptor = writer->target.descriptor = -1;
    writer->driver = writer->file = writer->axes = writer->period_end = writer->period_years = -1;
    for (int axis = 0; axis < MLD_FILE_AXES; axis++)
        writer->scale[axis].dataset = -1;
    return writer;
}

static struct mld_results_writer *allocate(const struct mld_plan *plan,
                                           struct mld_messages *messages)
{
    struct mld_results_writer *writer = mld_writer_new(plan, messages);
    if (!writer)
        return NULL;
    writer->designs = plan->n_designs;
    writer->n_measures = mld_measure_count();
    writer->n_series = mld_series_count();
    writer->trajectories = mld_plan_trajectories(plan);
    writer->held = plan->paths < MLD_COLUMN_HELD ? plan->paths : MLD_COLUMN_HELD;
    int complete = 1;
    for (int design = 0; design < writer->designs; design++) {
        writer->value[design] = no_rows(writer->n_measures);
        writer->trajectory[design] = no_rows(writer->n_series);
        complete &= writer->value[design] && writer->trajectory[design];
    }
    writer->column = malloc((size_t)writer->designs * (size_t)writer->n_measures * writer->held *
                            sizeof(double));
    if (complete && writer->column)
        return writer;
    mld_results_abandon(writer);
    return NULL;
}

static void open_file(struct mld_results_writer *writer)
{
    struct mld_h5 *h5 = &writer->h5;
    hid_t access = mld_driver_access(&writer->output, &writer->driver);
    hid_t creation = H5Pcreate(H5P_FILE_CREATE);
    /*
     * The metadata of version 1.10 carries checksums: a damaged file is refused and not misread. No
     * cache of chunks: every write is of whole chunks, and goes to the file from where it is.
     */
    if (!mld_h5_fails(h5, access, "opening the file driver") &&
        !mld_h5_fails(h5, creation, "H5Pcreate") &&
        !mld_h5_fails(h5, H5Pset_libver_bounds(access, H5F_LIBVER_V110, H5F_LIBVER_V110),
                      "H5Pset_libver_bounds") &&
        !mld_h5_fails(h5, H5Pset_cache(access, 0, 0, 0, 1.0), "H5Pset_cache") &&
        !mld_h5_fails(h5, H5Pset_obj_track_times(creation, 0), "H5Pset_obj_track_times") &&
        !mld_h5_fails(h5, H5Pset_attr_phase_change(creation, 64, 0), "H5Pset_attr_phase_change") &&
        !mld_h5_fails(
            h5, H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
            "H5Pset_link_creation_order")) {
        writer->file = H5Fcreate(writer->target.temporary, H5F_ACC_TRUNC, creation, access);
        mld_h5_fails(h5, writer->file, "H5Fcreate");
    }
    mld_h5_close(creation);
    mld_h5_close(access);
}

/*
 * Whether a file is one that this program wrote, sound or not: its first attribute, as HDF5 lays it
 * out from version 1.10 on (name, 8 bytes of type, 4 of a scalar space, value). HDF5 itself would
 * need memory, and trust in the file.
 */
int mld_file_says(int descriptor, const char *kind)
{
    static const char name[] = "format";
    enum { HEAD = 1024, VALUE = sizeof name + 12 };
    char head[HEAD];
    ssize_t got = pread(descriptor, head, sizeof head, 0), whole = VALUE + (ssize_t)strlen(kind);
    for (ssize_t i = 0; i + whole <= got; i++)
        if (memcmp(head + i, name, sizeof name) == 0 &&
            memcmp(head + i + VALUE, kind, strlen(kind)) == 0)
            return 1;
    return 0;
}

static int is_results(int descriptor) { return mld_file_says(descriptor, MLD_RESULTS_KIND); }

static const struct mld_file_kind results_kind = { .other = "no results file of milliard",
                                                   .suffix = ".h5",
                                                   .start = { "\x89HDF\r\n\x1a\n" },
                                                   .holds = is_results };

enum mld_status mld_writer_open(struct mld_results_writer *writer, const char *path,
                                const struct mld_file_kind *kind, uint64_t size)
{
    enum mld_status status = mld_target_create(&writer->target, path, kind, size, writer->messages);
    if (status)
        return status;
    writer->output.descriptor = writer->target.descriptor;
    open_file(writer);
    return MLD_OK;
}

/* The temporary file, and all that is known before the first path. `text` is the scenario's. */
static enum mld_status begin(struct mld_results_writer *writer, const char *path,
                             const struct mld_scenario *scenario, const char *text)
{
    enum mld_status status = mld_writer_open(writer, path, &results_kind,
                                             size_with(writer->plan, text));
    if (status)
        return status;
    mld_write_attributes(writer, MLD_RESULTS_KIND, scenario);
    mld_write_axes(writer);
    mld_write_scenario(writer, text);
    mld_write_dictionary(writer);
    mld_write_paths(writer);
    return mld_writer_failed(writer) ? mld_writer_told(writer) : MLD_OK;
}

enum mld_status mld_results_check(const char *path, struct mld_messages *messages)
{
    return mld_target_check(path, &results_kind, messages);
}

enum mld_status mld_results_create(const char *path, const struct mld_plan *plan,
                                   const struct mld_scenario *scenario,
                                   struct mld_results_writer **result,
                                   struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    *result = NULL;
    mld_h5_silence();
    char *text = mld_scenario_text(scenario);
    struct mld_results_writer *writer = text ? allocate(plan, messages) : NULL;
    enum mld_status status = writer ? begin(writer, path, scenario, text) : MLD_ERR_MEMORY;
    free(text);
    if (!writer)
        mld_messages_add(messages, "%s: not enough memory to write the results", path);
    if (!status)
        *result = writer;
    else
        mld_results_abandon(writer);
    return status;
}

/* ---- finish ---- */

/* Closes everything of HDF5; after a failure the driver swallows what is still to be written. */
static void close_file(struct mld_results_writer *writer)
{
    for (int design = 0; design < writer->designs; design++) {
        for (int i = 0; writer->value[design] && i < writer->n_measures; i++)
            mld_h5_close(writer->value[design][i].dataset);
        for (int i = 0; writer->trajectory[design] && i < writer->n_series; i++)
            mld_h5_close(writer->trajectory[design][i].dataset);
        free(writer->value[design]);
        free(writer->trajectory[design]);
        writer->value[design] = writer->trajectory[design] = NULL;
    }
    for (int axis = 0; axis < MLD_FILE_AXES; axis++)
        mld_scale_clear(&writer->scale[axis]);
    mld_h5_close(writer->period_end);
    mld_h5_close(writer->period_years);
    mld_h5_close(writer->axes);
    if (writer->file >= 0)
        mld_h5_fails(&writer->h5, H5Fclose(writer->file), "H5Fclose");
    mld_driver_release(&writer->driver);
    writer->file = writer->axes = writer->period_end = writer->period_years = -1;
}

enum mld_status mld_writer_end(struct mld_results_writer *writer, int interrupted, char *final_path,
                               size_t final_path_size)
{
    struct mld_messages *messages = writer->messages;
    mld_write_checksums(writer);
    for (int axis = 0; axis < MLD_FILE_AXES; axis++)
        mld_scale_finish(&writer->h5, &writer->scale[axis]);
    close_file(writer);
    enum mld_status status = mld_writer_failed(writer) ? mld_writer_told(writer) : MLD_OK;
    if (!status)
        status = interrupted ? mld_target_commit_beside(&writer->target, "interrupted", messages)
                             : mld_target_commit(&writer->target, messages);
    if (!status && final_path)
        snprintf(final_path, final_path_size, "%s", writer->target.path);
    if (status)
        mld_target_abandon(&writer->target);
    return status;
}

void mld_write_outcome(struct mld_results_writer *writer, size_t paths, size_t trajectories,
                       int interrupted)
{
    struct mld_h5 *h5 = &writer->h5;
    mld_h5_integer(h5, writer->file, "paths", (int64_t)paths);
    mld_h5_integer(h5, writer->file, "trajectories", (int64_t)trajectories);
    mld_h5_integer(h5, writer->file, "interrupted", interrupted != 0);
}

enum mld_status mld_results_finish(struct mld_results_writer *writer,
                                   const struct mld_summary *summary, int interrupted,
                                   char *final_path, size_t final_path_size,
                                   struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    writer->messages = messages;
    mld_write_held(writer);
    mld_write_shortened(writer);
    mld_write_outcome(writer, writer->paths,
                      writer->paths < writer->trajectories ? writer->paths : writer->trajectories,
                      interrupted);
    mld_write_summary(writer, summary);
    mld_write_ratios(writer, summary);
    mld_write_fans(writer, summary);
    mld_write_groups(writer, summary);
    mld_write_uncertain(writer, summary);
    return mld_writer_end(writer, interrupted, final_path, final_path_size);
}

void mld_results_abandon(struct mld_results_writer *writer)
{
    if (!writer)
        return;
    if (!writer->output.error)
        /* nothing more needs to reach a file that is thrown away */
        writer->output.error = ECANCELED;
    close_file(writer);
    mld_target_abandon(&writer->target);
    mld_checksums_clear(&writer->checksums);
    free(writer->column);
    free(writer->transposed);
    free(writer);
}
