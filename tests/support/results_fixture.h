/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A results file for tests: the guaranteed reference scenario, with made-up values that every test can recompute,
 * so that writer and reader are tested without a simulation.
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

/* Any number of the run, from where it stands: no two are equal, some are NaN. */
static inline double made_up(int branch, int row, size_t path)
{
    if ((row + (int)(path % 1000)) % 97 == 0)
        return (double)NAN;
    return (row % 5 - 2) * 1e6 * (branch + 1) + (double)path * 1.0009765625 + row * 1e-3 + made_up_shift;
}

static inline void fixture_load(struct fixture *fixture, const char *file, int n_set, const char *const *set)
{
    memset(fixture, 0, sizeof *fixture);
    mld_messages_init(&fixture->messages);
    make_folder(fixture->folder, "results");
    char path[512];
    snprintf(path, sizeof path, PROJECT_SOURCE "/scenarios/%s", file);
    enum mld_status status = mld_scenario_load(path, n_set, set, &fixture->scenario, &fixture->messages);
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

static inline int fixture_branches(const struct fixture *fixture)
{
    return fixture->plan->guarantee.present ? 2 : 1;
}

/* The last message, or "". */
static inline const char *fixture_message(const struct fixture *fixture)
{
    return fixture->messages.count ? fixture->messages.text[fixture->messages.count - 1] : "";
}

/* Appends paths first … first+paths-1, `width` wide. */
static inline enum mld_status append_made_up(const struct fixture *fixture, struct mld_results_writer *writer, size_t first,
                                             int paths, int width)
{
    const struct mld_plan *plan = fixture->plan;
    size_t measures = (size_t)mld_measure_count(), steps = (size_t)mld_series_total(plan), w = (size_t)width;
    double *value[2] = { NULL, NULL }, *series[2] = { NULL, NULL };
    for (int branch = 0; branch < fixture_branches(fixture); branch++) {
        value[branch] = malloc(measures * w * sizeof(double));
        series[branch] = malloc(steps * w * sizeof(double));
        assert_true(value[branch] && series[branch]);
        for (size_t i = 0; i < measures * w; i++)
            value[branch][i] = made_up(branch, (int)(i / w), first + i % w);
        for (size_t i = 0; i < steps * w; i++)
            series[branch][i] = made_up(branch, 1000 + (int)(i / w), first + i % w);
    }
    enum mld_status status = mld_results_append(writer, paths, width, value, series);
    for (int branch = 0; branch < 2; branch++) {
        free(value[branch]);
        free(series[branch]);
    }
    return status;
}

static inline void made_up_fan(struct mld_fan *fan, int branch, int series, int length)
{
    *fan = (struct mld_fan){ .series = series, .length = length, .rank_error = 1e-4 * series };
    fan->mean = malloc((size_t)length * sizeof(double));
    fan->mean_error = malloc((size_t)length * sizeof(double));
    fan->quantile = malloc((size_t)length * MLD_QUANTILES * sizeof(double));
    for (int t = 0; t < length; t++) {
        fan->mean[t] = made_up(branch, 2000 + series, (size_t)t);
        fan->mean_error[t] = made_up(branch, 3000 + series, (size_t)t);
        for (int q = 0; q < MLD_QUANTILES; q++)
            fan->quantile[q * length + t] = made_up(branch, 4000 + q, (size_t)t);
    }
}

/* Statistics of the made-up measures over n paths, as a run would have them. */
static inline void summarise_made_up(struct fixture *fixture, size_t n)
{
    struct mld_summary *summary = &fixture->summary;
    mld_summary_clear(summary);
    size_t measures = (size_t)mld_measure_count(), series = (size_t)mld_series_count();
    double *column = calloc(n + 1, sizeof(double)), *scratch = calloc(2 * n + 1, sizeof(double));
    assert_true(column && scratch);
    summary->paths = n;
    summary->branches = fixture_branches(fixture);
    for (int branch = 0; branch < summary->branches; branch++) {
        summary->measure[branch] = calloc(measures, sizeof(struct mld_statistics));
        summary->fan[branch] = calloc(series, sizeof(struct mld_fan));
        for (int i = 0; i < (int)measures; i++) {
            if (!mld_measure_applies(fixture->plan, i, (enum mld_branch)branch))
                continue;
            for (size_t p = 0; p < n; p++)
                column[p] = made_up(branch, i, p);
            mld_statistics_fill(n, column, mld_measures[i].tail, scratch, &summary->measure[branch][i]);
        }
        for (int i = 0; i < (int)series; i++)
            if (mld_series_applies(fixture->plan, i, (enum mld_branch)branch))
                made_up_fan(&summary->fan[branch][i], branch, i, mld_series_length(fixture->plan, i));
    }
    if (summary->branches == 2) {
        summary->difference = calloc(measures, sizeof(struct mld_statistics));
        for (size_t i = 0; i < measures; i++)
            summary->difference[i].mean = 0.5 * (double)i;
        for (int level = 0; level < 3; level++) {
            summary->dotation[level] = 1e6 * (level + 1);
            summary->dotation_low[level] = 0.9e6 * (level + 1);
            summary->dotation_high[level] = level < 2 ? 1.1e6 * (level + 1) : (double)NAN;
        }
    }
    free(column);
    free(scratch);
}

/* Writes n paths in blocks of `block`; `asked` may be more when interrupted. */
static inline enum mld_status write_made_up(struct fixture *fixture, const char *path, size_t n, int block, int width,
                                            int interrupted, char *final_path)
{
    struct mld_results_writer *writer;
    enum mld_status status = mld_results_create(path, fixture->plan, fixture->scenario, &writer, &fixture->messages);
    if (status)
        return status;
    for (size_t first = 0; first < n && !status; first += (size_t)block) {
        size_t left = n - first;
        status = append_made_up(fixture, writer, first, left < (size_t)block ? (int)left : block, width);
    }
    if (!status) {
        summarise_made_up(fixture, n);
        status = mld_results_finish(writer, &fixture->summary, interrupted, final_path, 4096, &fixture->messages);
    }
    mld_results_abandon(writer);
    return status;
}

/* A scenario loaded, its file of made-up values written and open for reading. Close it before the fixture is cleared. */
static inline struct mld_results *made_up_results(struct fixture *fixture, const char *file, int n_set, const char *const *set)
{
    struct mld_results *results;
    fixture_load(fixture, file, n_set, set);
    const char *path = fixture_path(fixture, "run.h5");
    assert_int_equal(write_made_up(fixture, path, fixture->plan->paths, 256, 256, 0, NULL), MLD_OK);
    assert_int_equal(mld_results_open(path, &results, &fixture->messages), MLD_OK);
    return results;
}

#endif
