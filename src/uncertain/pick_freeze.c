/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sobol's indices by pick-freeze: two sets of worlds a and b, and for each input the set that has
 * it of a and all others of b. Each set has paths of its own, so that chance is in no covariance:
 * cov(a, mixed j) is the variance of E(mean | input j), cov(b, mixed j) that of E(mean | all
 * others). The denominator is the ignorance of the sets a and b together.
 */
#include <math.h>
#include <stdlib.h>

#include "uncertain/blocks.h"

/* Each world so many times; NULL: once. */
static double covariance(uint32_t worlds, const double *x, const double *y,
                         const unsigned char *times)
{
    double n = worlds, mean_x = 0, mean_y = 0, sum = 0;
    for (uint32_t w = 0; w < worlds; w++) {
        mean_x += (times ? times[w] : 1) * x[w] / n;
        mean_y += (times ? times[w] : 1) * y[w] / n;
    }
    for (uint32_t w = 0; w < worlds; w++)
        sum += (times ? times[w] : 1) * (x[w] - mean_x) * (y[w] - mean_y);
    return sum / (n - 1);
}

static double mean_of(uint32_t worlds, const double *value, const unsigned char *times)
{
    double sum = 0;
    for (uint32_t w = 0; w < worlds; w++)
        sum += (times ? times[w] : 1) * value[w];
    return sum / worlds;
}

static double ignorance(const struct mld_pick_freeze *sets, const unsigned char *times)
{
    uint32_t n = sets->worlds;
    double a = covariance(n, sets->a, sets->a, times) - mean_of(n, sets->noise_a, times),
           b = covariance(n, sets->b, sets->b, times) - mean_of(n, sets->noise_b, times);
    return 0.5 * (a + b);
}

/* part[input][first, total] */
static void fill_parts(const struct mld_pick_freeze *sets, const unsigned char *times, double *part)
{
    double all = ignorance(sets, times);
    for (int j = 0; j < sets->inputs; j++) {
        const double *mixed = sets->mixed + (size_t)j * sets->worlds;
        part[2 * j] = covariance(sets->worlds, sets->a, mixed, times) / all;
        part[2 * j + 1] = 1 - covariance(sets->worlds, sets->b, mixed, times) / all;
    }
}

static int is_whole(size_t n, const double *value)
{
    for (size_t i = 0; i < n; i++)
        if (!(value[i] == value[i]))
            return 0;
    return 1;
}

static void fill_intervals(const struct mld_pick_freeze *sets, const double *part,
                           const double *replicate, struct mld_index *index)
{
    double own[MLD_REPLICATES];
    int parts = 2 * sets->inputs;
    for (int i = 0; i < parts; i++) {
        for (int r = 0; r < MLD_REPLICATES; r++)
            own[r] = replicate[r * parts + i];
        struct mld_between interval = mld_replicate_interval(part[i], own);
        if (i % 2)
            index[i / 2].total = interval;
        else
            index[i / 2].first = interval;
    }
}

enum mld_status mld_pick_freeze_indices(const struct mld_pick_freeze *sets, uint64_t seed,
                                        struct mld_indices *indices, struct mld_index *index)
{
    size_t worlds = sets->worlds, parts = 2 * (size_t)sets->inputs;
    if (!is_whole(worlds, sets->a) || !is_whole(worlds, sets->b) ||
        !is_whole(worlds * (size_t)sets->inputs, sets->mixed) || !is_whole(worlds, sets->noise_a) ||
        !is_whole(worlds, sets->noise_b))
        return MLD_ERR_INPUT;
    double *part = malloc((MLD_REPLICATES + 1) * (parts + 1) * sizeof *part);
    unsigned char *times = malloc(worlds);
    if (part && times) {
        double *replicate = part + parts;
        fill_parts(sets, NULL, part);
        for (uint32_t r = 0; r < MLD_REPLICATES; r++) {
            mld_draw_again(seed, r, sets->worlds, times);
            fill_parts(sets, times, replicate + r * parts);
        }
        const double none = (double)NAN;
        *indices = (struct mld_indices){ none, ignorance(sets, NULL), none, none, none };
        fill_intervals(sets, part, replicate, index);
    }
    enum mld_status status = part && times ? MLD_OK : MLD_ERR_MEMORY;
    free(part);
    free(times);
    return status;
}
