/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The number of paths that errors take: segments are simulated for the columns asked about alone,
 * and kept; after each doubling the errors of all of them are looked at.
 */
#include "milliard/precision.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/numbers.h"
#include "core/plain.h"
#include "milliard/first_pass.h"
#include "milliard/moments.h"
#include "run/engine.h"
#include "run/threads.h"

struct search {
    const struct mld_precision_options *options;
    struct mld_plan *plan;
    int threads;
    struct mld_run_options run; /* lean, of the columns */
    struct mld_keep keep[MLD_MAX_PRECISIONS];
    struct mld_engine engine;
    int n;
    struct mld_precision *precision;
    double *column[MLD_MAX_PRECISIONS];
    uint32_t next; /* paths after which errors are looked at */
    uint32_t segments;
    double forecast;
};

static void tell_progress(void *context, uint32_t done, uint32_t paths)
{
    const struct search *search = context;
    (void)paths;
    search->options->progress(search->options->context, done, search->next, search->forecast);
}

static void prepare(struct search *search)
{
    for (int i = 0; i < search->n; i++)
        search->keep[i] = (struct mld_keep){ search->precision[i].statistic.design,
                                             search->precision[i].statistic.measure, NULL };
    search->run = (struct mld_run_options){ .stop = search->options->stop,
                                            .progress = search->options->progress ? tell_progress
                                                                                  : NULL,
                                            .context = search,
                                            .keep = search->keep,
                                            .n_keep = search->n,
                                            .lean = 1 };
}

static void close_search(struct search *search)
{
    for (int i = 0; i < search->n; i++)
        free(search->column[i]);
    mld_engine_close(&search->engine);
}

/* ---- paths ---- */

static enum mld_status make_room(struct search *search, uint32_t segments)
{
    for (int i = 0; i < search->n; i++) {
        double *larger = realloc(search->column[i],
                                 (size_t)segments * MLD_SEGMENT * sizeof *larger);
        if (!larger)
            return MLD_ERR_MEMORY;
        search->column[i] = larger;
    }
    return MLD_OK;
}

static void keep_segment(struct search *search)
{
    const struct mld_engine *engine = &search->engine;
    for (int i = 0; i < search->n; i++) {
        int column = mld_columns_slot(&engine->columns, search->keep[i].design,
                                      search->keep[i].measure);
        memcpy(search->column[i] + (size_t)search->segments * MLD_SEGMENT,
               engine->column + (size_t)column * MLD_SEGMENT, engine->paths * sizeof(double));
    }
    search->segments++;
}

/* Whole segments until there are `next` paths at least. */
static enum mld_status simulate(struct search *search, struct mld_messages *messages)
{
    uint32_t segments = mld_segments(search->next);
    enum mld_status status = make_room(search, segments);
    while (status == MLD_OK && search->segments < segments) {
        status = mld_engine_simulate(&search->engine, search->segments,
                                     (double)search->segments * MLD_SEGMENT, messages);
        if (status == MLD_OK)
            keep_segment(search);
    }
    return status;
}

/* ---- errors ---- */

enum { PIECE = 256 };

/* Moments of the numbers that are defined, as a run takes them. */
static void add_numbers(struct mld_moments *moments, size_t n, const double *value)
{
    double number[PIECE];
    for (size_t i = 0; i < n;) {
        size_t numbers = 0;
        for (size_t end = i + PIECE < n ? i + PIECE : n; i < end; i++) {
            number[numbers] = value[i];
            numbers += value[i] == value[i];
        }
        mld_moments_add(moments, numbers, number);
    }
}

/* Of a mean or an sd. */
static double moment_error(const struct search *search, int i)
{
    struct mld_moments moments = { 0 };
    struct mld_statistics all = { .mean_error = (double)NAN, .sd_error = (double)NAN };
    add_numbers(&moments, search->next, search->column[i]);
    mld_moments_fill(&moments, &all);
    return search->precision[i].statistic.of == MLD_OF_MEAN ? all.mean_error : all.sd_error;
}

static enum mld_status quantile_error(const struct search *search, int i, double *error)
{
    double quantile, low, high;
    enum mld_status status = mld_quantiles_fill(search->next, search->column[i], 1,
                                                &search->precision[i].statistic.level, &quantile,
                                                &low, &high);
    *error = (high - low) / (2 * MLD_HALF_INTERVAL);
    return status;
}

static enum mld_status find_error(struct search *search, int i)
{
    struct mld_precision *precision = &search->precision[i];
    const struct mld_statistic *statistic = &precision->statistic;
    struct mld_statistics all;
    if (statistic->of == MLD_OF_QUANTILE)
        return quantile_error(search, i, &precision->error);
    if (statistic->of != MLD_OF_SHORTFALL) {
        precision->error = moment_error(search, i);
        return MLD_OK;
    }
    enum mld_status status = mld_statistics_fill(search->next, search->column[i],
                                                 mld_measures[statistic->measure].tail, &all);
    precision->error = all.shortfall_error;
    return status;
}

/* Errors fall as one over the root of the paths: n (error / wanted)² of them will do. */
static enum mld_status look(struct search *search, int *met)
{
    double needed = 1;
    *met = 1;
    for (int i = 0; i < search->n; i++) {
        const struct mld_precision *precision = &search->precision[i];
        enum mld_status status = find_error(search, i);
        if (status != MLD_OK)
            return status;
        double ratio = precision->error / precision->wanted;
        *met &= precision->error <= precision->wanted;
        needed = ratio * ratio <= needed ? needed : ratio * ratio;
    }
    search->forecast = needed * search->next;
    return MLD_OK;
}

/* The price that is passed through is that of as many paths: with it all begins again. */
static enum mld_status price(struct search *search, struct mld_messages *messages)
{
    const struct mld_first_pass_options first = { .threads = search->threads,
                                                  .stop = search->options->stop };
    if (!(search->plan->guarantee.pass_through > 0))
        return MLD_OK;
    mld_engine_close(&search->engine);
    search->segments = 0;
    enum mld_status status = mld_first_pass(search->plan, search->next, &first, messages);
    return status == MLD_OK
               ? mld_engine_open(&search->engine, search->plan, &search->run, search->threads)
               : status;
}

static enum mld_status double_until(struct search *search, uint32_t most,
                                    struct mld_messages *messages)
{
    for (;;) {
        int met = 0;
        enum mld_status status = price(search, messages);
        if (status == MLD_OK)
            status = simulate(search, messages);
        if (status == MLD_OK)
            status = look(search, &met);
        if (status != MLD_OK || met)
            return status;
        if (search->next == most)
            return MLD_NOT_REACHED;
        search->next = search->next <= most / 2 ? 2 * search->next : most;
    }
}

/* The engine and the columns; close_search() whatever the status. */
static enum mld_status open_search(struct search *search, const struct mld_plan *plan)
{
    prepare(search);
    search->threads = mld_threads_start(mld_threads_asked(search->options->threads));
    return mld_engine_open(&search->engine, plan, &search->run, search->threads);
}

enum mld_status mld_precision_find(struct mld_plan *plan, uint32_t start, int n,
                                   struct mld_precision *precision,
                                   const struct mld_precision_options *options, uint32_t *paths,
                                   struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    struct search search = { .options = options,
                             .plan = plan,
                             .n = n,
                             .precision = precision,
                             .next = start < plan->paths ? start : plan->paths,
                             .forecast = (double)NAN };
    enum mld_status status = open_search(&search, plan);
    if (status == MLD_OK)
        status = double_until(&search, plan->paths, messages);
    *paths = search.next;
    close_search(&search);
    return status;
}

enum mld_status mld_precision_forecast(const struct mld_plan *plan, int n,
                                       struct mld_precision *precision,
                                       const struct mld_precision_options *options,
                                       double *forecast, struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    int met;
    struct search search = { .options = options,
                             .n = n,
                             .precision = precision,
                             .next = plan->paths < MLD_SEGMENT ? plan->paths : MLD_SEGMENT,
                             .forecast = (double)NAN };
    enum mld_status status = open_search(&search, plan);
    if (status == MLD_OK)
        status = simulate(&search, messages);
    if (status == MLD_OK)
        status = look(&search, &met);
    *forecast = isnan(search.forecast) ? (double)INFINITY : search.forecast;
    close_search(&search);
    return status;
}
