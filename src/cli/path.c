/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The path that is asked for: by its number, or by where a measure of it stands among all paths. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static const struct {
    const char *name;
    double level;
} ranks[] = { { "worst", 0 },  { "p5", 0.05 },  { "p25", 0.25 }, { "median", 0.5 },
              { "p75", 0.75 }, { "p95", 0.95 }, { "best", 1 } };

static double level_of(const char *words, size_t length)
{
    for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++)
        if (strlen(ranks[i].name) == length && strncmp(ranks[i].name, words, length) == 0)
            return ranks[i].level;
    return (double)NAN;
}

struct valued {
    double value;
    uint32_t path;
};

/* By value, then by path, so that the same path is found everywhere. */
static int by_value(const void *a, const void *b)
{
    const struct valued *x = a, *y = b;
    if (x->value != y->value)
        return (x->value > y->value) - (x->value < y->value);
    return (x->path > y->path) - (x->path < y->path);
}

/* The path at that rank of those on which the measure is defined; none: as many as there are. */
static uint32_t at_rank(const double *column, size_t n, double level, struct valued *sorted)
{
    size_t defined = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(column[i]))
            sorted[defined++] = (struct valued){ column[i], (uint32_t)i };
    if (!defined)
        return (uint32_t)n;
    qsort(sorted, defined, sizeof *sorted, by_value);
    return sorted[(size_t)floor(level * (double)(defined - 1) + 0.5)].path;
}

static enum mld_status ranked(const struct mld_results *results, const char *measure, double level,
                              long *path)
{
    size_t n = mld_results_paths(results);
    int design = mld_results_has_measure(results, MLD_WITH, measure) ? MLD_WITH : MLD_WITHOUT;
    double *column = malloc(n * sizeof *column);
    struct valued *sorted = malloc(n * sizeof *sorted);
    enum mld_status status = column && sorted ? MLD_OK : MLD_ERR_MEMORY;
    if (!status)
        status = mld_results_measure(results, design, measure, column);
    if (!status)
        *path = (long)at_rank(column, n, level, sorted);
    if (!status && (size_t)*path == n) {
        cli_complain("%s is defined on no path", measure);
        status = MLD_ERR_USAGE;
    }
    free(column);
    free(sorted);
    return status;
}

enum mld_status cli_path(const struct mld_results *results, const char *words, long *path)
{
    const char *colon = strchr(words, ':');
    if (!colon)
        return cli_whole("PATH", words, 0, UINT32_MAX, path) ? MLD_OK : MLD_ERR_USAGE;
    double level = level_of(words, (size_t)(colon - words));
    if (isnan(level)) {
        cli_complain("PATH: \"%s\": before the colon one of worst, p5, p25, median, p75, p95, best",
                     words);
        return MLD_ERR_USAGE;
    }
    if (!mld_results_has_measure(results, MLD_WITHOUT, colon + 1) &&
        !mld_results_has_measure(results, MLD_WITH, colon + 1)) {
        cli_complain("PATH: \"%s\": the file has no measure %s of each path", words, colon + 1);
        return MLD_ERR_USAGE;
    }
    return ranked(results, colon + 1, level, path);
}
