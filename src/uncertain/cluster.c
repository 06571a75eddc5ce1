/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Errors of statistics over paths that come in worlds: without each twentieth of the worlds in turn
 * (jackknife). The values of each block are sorted once; ranks of nineteen of them together are
 * found by halving.
 */
#include <math.h>
#include <stdlib.h>

#include "core/numbers.h"
#include "measure/sort.h"
#include "uncertain/blocks.h"

struct sorted {
    size_t start[MLD_WORLD_BLOCKS + 1]; /* of each block */
    double *value;                      /* sorted within blocks */
    double *sum;                        /* of the values of its block up to and with each */
    double origin;                      /* what sums are counted from */
    int without;                        /* block left out; −1: none */
};

/* ---- sorting ---- */

static void sort_block(struct sorted *sorted, int b, size_t n, const double *value, double *spare)
{
    size_t from = sorted->start[b], count = 0;
    for (size_t i = 0; i < n; i++)
        if (value[i] == value[i])
            sorted->value[from + count++] = value[i];
    mld_sort(count, sorted->value + from, spare);
    sorted->start[b + 1] = from + count;
}

static void fill_sums(struct sorted *sorted)
{
    size_t n = sorted->start[MLD_WORLD_BLOCKS];
    sorted->origin = n ? sorted->value[0] : 0;
    for (int b = 0; b < MLD_WORLD_BLOCKS; b++) {
        double sum = 0;
        for (size_t i = sorted->start[b]; i < sorted->start[b + 1]; i++)
            sorted->sum[i] = sum += sorted->value[i] - sorted->origin;
    }
}

static int sort_blocks(struct sorted *sorted, size_t n, const double *value, size_t paths_per_world)
{
    uint32_t worlds = (uint32_t)(n / paths_per_world), w = 0;
    *sorted = (struct sorted){ .value = malloc((3 * n + 1) * sizeof(double)), .without = -1 };
    if (!sorted->value)
        return 0;
    sorted->sum = sorted->value + n;
    for (int b = 0; b < MLD_WORLD_BLOCKS; b++) {
        uint32_t from = w;
        while (w < worlds && mld_block_of(w, worlds) == b)
            w++;
        sort_block(sorted, b, (size_t)(w - from) * paths_per_world,
                   value + (size_t)from * paths_per_world, sorted->value + 2 * n);
    }
    fill_sums(sorted);
    return 1;
}

/* ---- ranks of the blocks that are in ---- */

static size_t block_count(const struct sorted *sorted, int b)
{
    return b == sorted->without ? 0 : sorted->start[b + 1] - sorted->start[b];
}

static size_t count_of(const struct sorted *sorted)
{
    size_t n = 0;
    for (int b = 0; b < MLD_WORLD_BLOCKS; b++)
        n += block_count(sorted, b);
    return n;
}

/* Values of a block that are below x, or at most x, which are between `low` and `high` of them. */
static size_t up_to(const struct sorted *sorted, int b, double x, int with_x, const size_t range[2])
{
    const double *value = sorted->value + sorted->start[b];
    size_t low = range[0], high = range[1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (value[middle] < x || (with_x && value[middle] == x))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t at_most(const struct sorted *sorted, int b, double x)
{
    return up_to(sorted, b, x, 1, (size_t[]){ 0, block_count(sorted, b) });
}

static size_t rank_of(const struct sorted *sorted, double x)
{
    size_t n = 0;
    for (int b = 0; b < MLD_WORLD_BLOCKS; b++)
        n += at_most(sorted, b, x);
    return n;
}

/* The middle of the longest range. */
static double middle_of(const struct sorted *sorted, size_t range[MLD_WORLD_BLOCKS][2])
{
    int longest = 0;
    for (int b = 1; b < MLD_WORLD_BLOCKS; b++)
        if (range[b][1] - range[b][0] > range[longest][1] - range[longest][0])
            longest = b;
    const size_t *of = range[longest];
    return sorted->value[sorted->start[longest] + of[0] + (of[1] - of[0]) / 2];
}

/* Where x splits the ranges; gives how many values lie below. */
static size_t split(const struct sorted *sorted, double x, int with_x,
                    size_t range[MLD_WORLD_BLOCKS][2], size_t at[MLD_WORLD_BLOCKS])
{
    size_t n = 0;
    for (int b = 0; b < MLD_WORLD_BLOCKS; b++)
        n += at[b] = up_to(sorted, b, x, with_x, range[b]);
    return n;
}

/* The value of rank r, from 0, of more values than r: blocks keep the range that it may be in. */
static double value_at(const struct sorted *sorted, size_t r)
{
    size_t range[MLD_WORLD_BLOCKS][2], at[MLD_WORLD_BLOCKS];
    for (int b = 0; b < MLD_WORLD_BLOCKS; b++) {
        range[b][0] = 0;
        range[b][1] = block_count(sorted, b);
    }
    for (;;) {
        double x = middle_of(sorted, range);
        int above = split(sorted, x, 1, range, at) <= r;
        if (!above && split(sorted, x, 0, range, at) <= r)
            return x;
        for (int b = 0; b < MLD_WORLD_BLOCKS; b++)
            range[b][!above] = at[b];
    }
}

/* Type 7. */
static double quantile_of(const struct sorted *sorted, double level)
{
    size_t n = count_of(sorted);
    double at = level * (double)(n - 1);
    size_t below = (size_t)at, above = below + 1 < n ? below + 1 : below;
    double first = value_at(sorted, below);
    if (rank_of(sorted, first) > above)
        return first;
    return mld_between(at - (double)below, first, value_at(sorted, above));
}

/* ---- sums of the blocks that are in ---- */

static double sum_up_to(const struct sorted *sorted, int b, size_t n)
{
    return n ? sorted->sum[sorted->start[b] + n - 1] : 0;
}

static double mean_of(const struct sorted *sorted)
{
    double sum = 0;
    for (int b = 0; b < MLD_WORLD_BLOCKS; b++)
        sum += sum_up_to(sorted, b, block_count(sorted, b));
    return sorted->origin + sum / (double)count_of(sorted);
}

static double sd_of(const struct sorted *sorted)
{
    double mean = mean_of(sorted), square = 0;
    for (int b = 0; b < MLD_WORLD_BLOCKS; b++)
        for (size_t i = 0; i < block_count(sorted, b); i++) {
            double off = sorted->value[sorted->start[b] + i] - mean;
            square += off * off;
        }
    return sqrt(square / (double)(count_of(sorted) - 1));
}

/* Mean of the worst 5 %, what is at its edge counting in part. */
static double shortfall_of(const struct sorted *sorted, enum mld_tail tail)
{
    size_t n = count_of(sorted);
    double weight = 0.05 * (double)n, sum = 0, all = 0, taken = 0;
    size_t whole = (size_t)weight;
    double edge = value_at(sorted, tail == MLD_TAIL_LOW ? whole : n - 1 - whole);
    for (int b = 0; b < MLD_WORLD_BLOCKS; b++) {
        size_t below = at_most(sorted, b, edge);
        sum += sum_up_to(sorted, b, below);
        taken += (double)below;
        all += sum_up_to(sorted, b, block_count(sorted, b));
    }
    if (tail == MLD_TAIL_HIGH) {
        sum = all - sum;
        taken = (double)n - taken;
    }
    /* low: more than `weight` are at most the edge, so the difference takes some of it back */
    return sorted->origin + (sum + (weight - taken) * (edge - sorted->origin)) / weight;
}

/* ---- errors ---- */

static void bound(struct sorted *sorted, double level, double quantile, double *low, double *high)
{
    double without[MLD_WORLD_BLOCKS];
    for (int b = 0; b < MLD_WORLD_BLOCKS; b++) {
        sorted->without = b;
        without[b] = quantile_of(sorted, level);
    }
    struct mld_between interval = mld_jackknife_interval(quantile, without);
    *low = interval.low;
    *high = interval.high;
}

static int any_block_is_all(struct sorted *sorted)
{
    int alone = 0;
    for (int b = 0; b < MLD_WORLD_BLOCKS; b++) {
        sorted->without = b;
        alone |= count_of(sorted) < 2;
    }
    sorted->without = -1;
    return alone;
}

static void fill_errors(struct sorted *sorted, enum mld_tail tail, int is_probability,
                        struct mld_statistics *out)
{
    double mean[MLD_WORLD_BLOCKS], sd[MLD_WORLD_BLOCKS], shortfall[MLD_WORLD_BLOCKS];
    int has_tail = out->shortfall == out->shortfall;
    for (int b = 0; b < MLD_WORLD_BLOCKS; b++) {
        sorted->without = b;
        mean[b] = mean_of(sorted);
        sd[b] = sd_of(sorted);
        shortfall[b] = has_tail ? shortfall_of(sorted, tail) : 0;
    }
    if (is_probability)
        out->mean_error = mld_jackknife_error(mean);
    out->sd_error = mld_jackknife_error(sd);
    if (has_tail)
        out->shortfall_error = mld_jackknife_error(shortfall);
    for (int q = 0; q < MLD_QUANTILES; q++)
        bound(sorted, mld_quantile_levels[q], out->quantile[q], &out->quantile_low[q],
              &out->quantile_high[q]);
}

enum mld_status mld_cluster_errors(size_t n, const double *value, size_t paths_per_world,
                                   enum mld_tail tail, int is_probability,
                                   struct mld_statistics *statistics)
{
    struct sorted sorted;
    if (!sort_blocks(&sorted, n, value, paths_per_world))
        return MLD_ERR_MEMORY;
    if (!any_block_is_all(&sorted))
        fill_errors(&sorted, tail, is_probability, statistics);
    free(sorted.value);
    return MLD_OK;
}

enum mld_status mld_cluster_quantiles(size_t n, const double *value, size_t paths_per_world,
                                      int levels, const double *level, double *quantile,
                                      double *low, double *high)
{
    struct sorted sorted;
    if (!sort_blocks(&sorted, n, value, paths_per_world))
        return MLD_ERR_MEMORY;
    int known = !any_block_is_all(&sorted);
    for (int i = 0; i < levels; i++) {
        quantile[i] = low[i] = high[i] = (double)NAN;
        sorted.without = -1;
        if (!known)
            continue;
        quantile[i] = quantile_of(&sorted, level[i]);
        bound(&sorted, level[i], quantile[i], &low[i], &high[i]);
    }
    free(sorted.value);
    return MLD_OK;
}
