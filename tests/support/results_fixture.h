/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A results file for tests: the guaranteed reference scenario, with made-up values that every test
 * can recompute, so that writer and reader are tested without a simulation.
 */
#ifndef MILLIARD_TESTS_RESULTS_FIXTURE_H
#define MILLIARD_TESTS_RESULTS_FIXTURE_H

#include "support/files.h"

#include <math.h>
#include <sys/stat.h>

#include "milliard/milliard.h"

struct fixture {
    struct mld_scenario *scenario;
    struct mld_plan *plan;
    struct mld_summary summary;
    struct mld_messages messages;
    char folder[FOLDER];
};

/* Added to every number: a second file that differs from the first by as much on every path. */
static double made_up_shift;

/* What a row of numbers is known by, wherever it stands among others: the FNV-1a hash of its name
 * and of its part. */
static inline uint32_t made_up_row(const char *name, int part)
{
    uint32_t hash = 2166136261u;
    for (const char *c = name; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    for (int shift = 0; shift < 32; shift += 8)
        hash = (hash ^ ((uint32_t)part >> shift & 255u)) * 16777619u;
    return hash;
}

/* Parts of a name: a measure's one number a path; of a series, each step of a path and what a fan
 * has of all. */
enum {
    MADE_UP_MEASURE = -1,
    MADE_UP_DIFFERENCE = -2,
    MADE_UP_MEAN = -3,
    MADE_UP_ERROR = -4,
    MADE_UP_RANK = -5,
    MADE_UP_QUANTILE = -100
};

/* Any number of the run, from its row: no two are equal, some are NaN. */
static inline double made_up(int design, uint32_t row, size_t path)
{
    if ((row % 97 + path % 1000) % 97 == 0)
        return (double)NAN;
    return ((int)(row % 5) - 2) * 1e6 * (design + 1) + (double)path * 1.0009765625 + row * 1e-9 +
           made_up_shift;
}

static inline uint32_t made_up_measure(int measure)
{
    return made_up_row(mld_measures[measure].name, MADE_UP_MEASURE);
}

static inline uint32_t made_up_step(int series, int step)
{
    return made_up_row(mld_series[series].name, step);
}

/* One row on paths first … first + n - 1. */
static inline void make_up(int design, uint32_t row, size_t first, size_t n, double *value)
{
    for (size_t p = 0; p < n; p++)
        value[p] = made_up(design, row, first + p);
}

static inline void fixture_load(struct fixture *fixture, const char *file, int n_set,
                                const char *const *set)
{
    memset(fixture, 0, sizeof *fixture);
    mld_messages_init(&fixture->messages);
    make_folder(fixture->folder, "results");
    char path[512];
    snprintf(path, sizeof path, PROJECT_SOURCE "/scenarios/%s", file);
    enum mld_status status = mld_scenario_load(path, n_set, set, &fixture->scenario,
                                               &fixture->messages);
    if (!status)
        status = mld_scenario_plan(fixture->scenario, &fixture->plan, &fixture->messages);
    for (size_t i = 0; i < fixture->messages.count; i++)
        fprintf(stderr, "%s\n", fixture->messages.text[i]);
    assert_int_equal(status, MLD_OK);
}

static inline void fixture_clear(struct fixture *fixture)
{
    assert_int_equal(remove_folder(fixture->folder), 0);
    mld_summary_clear(&fixture->summary);
    mld_plan_clear(fixture->plan);
    free(fixture->plan);
    mld_scenario_free(fixture->scenario);
    mld_messages_clear(&fixture->messages);
}

static inline const char *fixture_path(const struct fixture *fixture, const char *name)
{
    return path_in(fixture->folder, name);
}

/* The last message, or "". */
static inline const char *fixture_message(const struct fixture *fixture)
{
    return fixture->messages.count ? fixture->messages.text[fixture->messages.count - 1] : "";
}

/* Appends paths first … first+paths-1, `width` wide. */
static inline enum mld_status append_made_up(const struct fixture *fixture,
                                             struct mld_results_writer *writer, size_t first,
                                             int paths, int width)
{
    const struct mld_plan *plan = fixture->plan;
    size_t measures = (size_t)mld_measure_count(),
           steps = (size_t)mld_series_total(&plan->model.grid), w = (size_t)width;
    double *value[MLD_MAX_DESIGNS] = { NULL }, *series[MLD_MAX_DESIGNS] = { NULL };
    for (int design = 0; design < plan->n_designs; design++) {
        value[design] = malloc(measures * w * sizeof(double));
        series[design] = malloc(steps * w * sizeof(double));
        assert_true(value[design] && series[design]);
        for (size_t i = 0; i < measures; i++)
            make_up(design, made_up_measure((int)i), first, w, value[design] + i * w);
        for (int i = 0; i < mld_series_count(); i++)
            for (int step = 0; step < mld_series_length(&plan->model.grid, i); step++)
                make_up(design, made_up_step(i, step), first, w,
                        series[design] +
                            (size_t)(mld_series_offset(&plan->model.grid, i) + step) * w);
    }
    enum mld_status status = mld_results_append(writer, paths, width, value, series);
    for (int design = 0; design < MLD_MAX_DESIGNS; design++) {
        free(value[design]);
        free(series[design]);
    }
    return status;
}

static inline void made_up_fan(struct mld_fan *fan, int design, int series, int length)
{
    const char *name = mld_series[series].name;
    *fan = (struct mld_fan){ .series = series,
                             .length = length,
                             .rank_error = 1e-6 * (made_up_row(name, MADE_UP_RANK) % 1000) };
    fan->mean = malloc((size_t)length * sizeof(double));
    fan->mean_error = malloc((size_t)length * sizeof(double));
    fan->quantile = malloc((size_t)length * MLD_QUANTILES * sizeof(double));
    for (int t = 0; t < length; t++) {
        fan->mean[t] = made_up(design, made_up_row(name, MADE_UP_MEAN), (size_t)t);
        fan->mean_error[t] = made_up(design, made_up_row(name, MADE_UP_ERROR), (size_t)t);
        for (int q = 0; q < MLD_QUANTILES; q++)
            fan->quantile[q * length + t] = made_up(design, made_up_row(name, MADE_UP_QUANTILE - q),
                                                    (size_t)t);
    }
}

/* Statistics of the made-up measures over n paths, as a run would have them. */
static inline void summarise_made_up(struct fixture *fixture, size_t n)
{
    const struct mld_plan *plan = fixture->plan;
    struct mld_summary *summary = &fixture->summary;
    mld_summary_clear(summary);
    size_t measures = (size_t)mld_measure_count(), series = (size_t)mld_series_count();
    double *column = calloc(n + 1, sizeof(double));
    assert_non_null(column);
    summary->paths = n;
    summary->designs = plan->n_designs;
    for (int design = 0; design < summary->designs; design++) {
        summary->measure[design] = calloc(measures, sizeof(struct mld_statistics));
        summary->fan[design] = calloc(series, sizeof(struct mld_fan));
        for (int i = 0; i < (int)measures; i++) {
            if (!mld_measure_applies(&plan->design[design], plan->model.n_forms, i))
                continue;
            make_up(design, made_up_measure(i), 0, n, column);
            assert_int_equal(mld_statistics_fill(n, column, mld_measures[i].tail,
                                                 &summary->measure[design][i]),
                             MLD_OK);
        }
        for (int i = 0; i < (int)series; i++)
            if (mld_series_applies(&plan->design[design], i))
                made_up_fan(&summary->fan[design][i], design, i,
                            mld_series_length(&plan->model.grid, i));
    }
    if (summary->designs > MLD_WITH) {
        summary->difference[MLD_WITH] = calloc(measures, sizeof(struct mld_statistics));
        for (size_t i = 0; i < measures; i++)
            summary->difference[MLD_WITH][i].mean =
                0.5 * (made_up_row(mld_measures[i].name, MADE_UP_DIFFERENCE) % 1000);
        for (int level = 0; level < 3; level++) {
            summary->dotation[level] = 1e6 * (level + 1);
            summary->dotation_low[level] = 0.9e6 * (level + 1);
            summary->dotation_high[level] = level < 2 ? 1.1e6 * (level + 1) : (double)NAN;
        }
        summary->has_ratios = 1;
        for (int i = 0; i < MLD_RATIOS; i++)
            summary->ratio[i] = (struct mld_estimate){ 0.01 * (i + 1), 0.0003 * (i + 1) };
    }
    free(column);
}

/* Writes n paths in blocks of `block`; `asked` may be more when interrupted. */
static inline enum mld_status write_made_up(struct fixture *fixture, const char *path, size_t n,
                                            int block, int width, int interrupted, char *final_path)
{
    struct mld_results_writer *writer;
    enum mld_status status = mld_results_create(path, fixture->plan, fixture->scenario, &writer,
                                                &fixture->messages);
    if (status)
        return status;
    for (size_t first = 0; first < n && !status; first += (size_t)block) {
        size_t left = n - first;
        status = append_made_up(fixture, writer, first, left < (size_t)block ? (int)left : block,
                                width);
    }
    if (!status) {
        summarise_made_up(fixture, n);
        status = mld_results_finish(writer, &fixture->summary, interrupted, final_path, 4096,
                                    &fixture->messages);
    }
    mld_results_abandon(writer);
    return status;
}

/*
 * A scenario loaded, its file of made-up values written and open for reading. Close it before the
 * fixture is cleared.
 */
static inline struct mld_results *made_up_results(struct fixture *fixture, const char *file,
                                                  int n_set, const char *const *set)
{
    struct mld_results *results;
    fixture_load(fixture, file, n_set, set);
    const char *path = fixture_path(fixture, "run.h5");
    assert_int_equal(write_made_up(fixture, path, fixture->plan->paths, 256, 256, 0, NULL), MLD_OK);
    assert_int_equal(mld_results_open(path, &results, &fixture->messages), MLD_OK);
    return results;
}

#endif
