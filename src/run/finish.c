/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/finish.h"

#include <stdlib.h>

#include "run/summary.h"

/* Rows of some consecutive paths, as the writer takes them: [measure][width], [step][width]. */
struct rows {
    int width;
    double *value[MLD_MAX_DESIGNS], *series[MLD_MAX_DESIGNS];
    double *memory;
};

/* Paths a time: few where their series go along, for these are many rows. */
enum { WITH_SERIES = 64 };

static int allocate_rows(struct rows *rows, const struct mld_engine *engine, int width, int series)
{
    int designs = engine->plan->n_designs;
    size_t values = (size_t)engine->measures * (size_t)width,
           steps = series ? (size_t)engine->kept * (size_t)width : 0;
    rows->width = width;
    rows->memory = malloc((size_t)designs * (values + steps) * sizeof(double));
    if (!rows->memory)
        return 0;
    for (int d = 0; d < designs; d++) {
        rows->value[d] = rows->memory + (size_t)d * values;
        rows->series[d] = rows->memory + (size_t)designs * values + (size_t)d * steps;
    }
    return 1;
}

static enum mld_status read_values(const struct mld_engine *engine, const struct mld_store *store,
                                   size_t first, size_t n, struct rows *rows)
{
    enum mld_status status = MLD_OK;
    for (int d = 0; d < engine->plan->n_designs; d++)
        for (int i = 0; i < engine->measures && status == MLD_OK; i++)
            if (mld_columns_slot(&engine->columns, d, i) >= 0)
                status = mld_store_read(store, d, i, first, n,
                                        rows->value[d] + (size_t)i * (size_t)rows->width);
    return status;
}

/* Series of paths of the segment at hand, or of one in a part: the designs' one after the other. */
static enum mld_status read_series(const struct mld_engine *engine, const struct mld_store *store,
                                   uint32_t first, uint32_t n, struct rows *rows)
{
    uint32_t segment = first / MLD_SEGMENT, of = first % MLD_SEGMENT;
    if (!(store->tail && first >= store->tail_first))
        return mld_part_trajectories(mld_store_part(store, segment), segment, of, n,
                                     rows->series[0])
                   ? MLD_ERR_FILE
                   : MLD_OK;
    size_t kept = mld_segment_kept(&engine->layout, segment);
    for (int step = 0; step < engine->layout.steps; step++)
        for (uint32_t p = 0; p < n; p++)
            rows->series[0][(size_t)step * n + p] =
                engine->trajectories[(size_t)step * kept + of + p];
    return MLD_OK;
}

/* Appends the paths first … end−1 of one segment, whose series all go along or none does. */
static enum mld_status append_paths(const struct mld_engine *engine, const struct mld_store *store,
                                    uint32_t first, uint32_t end, int series,
                                    struct mld_results_writer *writer)
{
    enum mld_status status = MLD_OK;
    uint32_t step = series ? WITH_SERIES : MLD_SEGMENT;
    for (; status == MLD_OK && first < end; first += step) {
        uint32_t n = end - first < step ? end - first : step;
        struct rows rows = { 0 };
        if (!allocate_rows(&rows, engine, (int)n, series))
            return MLD_ERR_MEMORY;
        status = read_values(engine, store, first, n, &rows);
        if (status == MLD_OK && series)
            status = read_series(engine, store, first, n, &rows);
        if (status == MLD_OK)
            status = mld_results_append(writer, (int)n, rows.width, rows.value, rows.series);
        free(rows.memory);
    }
    return status;
}

static enum mld_status append_all(const struct mld_engine *engine, const struct mld_store *store,
                                  struct mld_results_writer *writer)
{
    enum mld_status status = MLD_OK;
    uint32_t paths = (uint32_t)store->paths;
    for (uint32_t s = 0; status == MLD_OK && s < mld_segments(paths); s++) {
        uint32_t first = s * MLD_SEGMENT, left = paths - first,
                 end = first + (left < MLD_SEGMENT ? left : MLD_SEGMENT),
                 with = first + mld_segment_kept(&engine->layout, s);
        with = with < end ? with : end;
        status = append_paths(engine, store, first, with, 1, writer);
        if (status == MLD_OK)
            status = append_paths(engine, store, with, end, 0, writer);
    }
    return status;
}

static enum mld_status write_file(const struct mld_engine *engine, const struct mld_store *store,
                                  const struct mld_scenario *scenario, const char *output,
                                  const struct mld_summary *summary, struct mld_run_result *result,
                                  struct mld_messages *messages)
{
    struct mld_results_writer *writer = NULL;
    enum mld_status status = mld_results_create(output, engine->plan, scenario, &writer, messages);
    if (status == MLD_OK)
        status = append_all(engine, store, writer);
    if (status == MLD_OK)
        status = mld_results_finish(writer, summary, result->interrupted, result->file,
                                    sizeof result->file, messages);
    mld_results_abandon(writer);
    return status;
}

enum mld_status mld_finish(const struct mld_engine *engine, const struct mld_store *store,
                           const struct mld_scenario *scenario, const char *output,
                           struct mld_summary *summary, struct mld_run_result *result,
                           struct mld_messages *messages)
{
    const struct mld_run_options *options = engine->options;
    enum mld_status status = MLD_OK;
    result->paths = (uint32_t)store->paths;
    result->interrupted = store->paths < engine->plan->paths;
    if (!options->lean) {
        status = mld_summary_init(summary, engine->plan, store->paths);
        summary->uncertain = options->uncertain;
        if (status == MLD_OK)
            status = mld_fans_finish(engine->fans, summary);
        if (status == MLD_OK)
            status = mld_summary_fill(summary, store, engine->threads);
    }
    for (int i = 0; status == MLD_OK && i < options->n_keep; i++)
        status = mld_store_column(store, options->keep[i].design, options->keep[i].measure,
                                  options->keep[i].column);
    if (status == MLD_OK && output)
        status = write_file(engine, store, scenario, output, summary, result, messages);
    return status == MLD_OK && result->interrupted ? MLD_INTERRUPTED : status;
}
