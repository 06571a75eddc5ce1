/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Variances within worlds and between them (model, section 15). With n paths a world the variance
 * of world means is that of what the mean could be, and chance / n more.
 */
#include <math.h>
#include <stdlib.h>

#include "core/numbers.h"
#include "measure/sort.h"
#include "milliard/draws.h"
#include "uncertain/blocks.h"

const double mld_student_19 = 2.093024054408263;
const double mld_band_levels[MLD_BAND] = { 0.05, 0.25, 0.50, 0.75, 0.95 };

/* ---- errors of blocks and replicates ---- */

double mld_jackknife_error(const double without[MLD_WORLD_BLOCKS])
{
    double mean = 0, square = 0;
    for (int b = 0; b < MLD_WORLD_BLOCKS; b++)
        mean += without[b] / MLD_WORLD_BLOCKS;
    for (int b = 0; b < MLD_WORLD_BLOCKS; b++)
        square += (without[b] - mean) * (without[b] - mean);
    return sqrt(square * (MLD_WORLD_BLOCKS - 1) / MLD_WORLD_BLOCKS);
}

struct mld_between mld_jackknife_interval(double value, const double without[MLD_WORLD_BLOCKS])
{
    double half = mld_student_19 * mld_jackknife_error(without);
    return (struct mld_between){ value, value - half, value + half };
}

void mld_draw_again(uint64_t seed, uint32_t replicate, uint32_t worlds, unsigned char *times)
{
    for (uint32_t w = 0; w < worlds; w++)
        times[w] = 0;
    for (uint32_t i = 0; i < worlds; i++) {
        double u = mld_draw_uniform(seed, MLD_STREAM_BOOTSTRAP, replicate, 0, i);
        times[(uint32_t)(u * worlds)]++;
    }
}

struct mld_between mld_replicate_interval(double value, const double replicate[MLD_REPLICATES])
{
    double mean = 0, square = 0;
    for (int r = 0; r < MLD_REPLICATES; r++)
        mean += replicate[r] / MLD_REPLICATES;
    for (int r = 0; r < MLD_REPLICATES; r++)
        square += (replicate[r] - mean) * (replicate[r] - mean);
    double half = MLD_HALF_INTERVAL * sqrt(square / (MLD_REPLICATES - 1));
    return (struct mld_between){ value, value - half, value + half };
}

/* ---- the split ---- */

/* Sums over the worlds of one block. */
struct sums {
    double worlds, mean, square;    /* of world means less an origin */
    double within, variance, noise; /* worlds that have a variance; it, and it over their paths */
    double paths, weighted;         /* and paths × (mean − origin) */
};

static void add(struct sums *all, const struct sums *one, double sign)
{
    all->worlds += sign * one->worlds;
    all->mean += sign * one->mean;
    all->square += sign * one->square;
    all->within += sign * one->within;
    all->variance += sign * one->variance;
    all->noise += sign * one->noise;
    all->paths += sign * one->paths;
    all->weighted += sign * one->weighted;
}

static double origin_of(const struct mld_world_moments *moments)
{
    double sum = 0, n = 0;
    for (uint32_t w = 0; w < moments->worlds; w++)
        if (moments->count[w] > 0) {
            sum += moments->mean[w];
            n++;
        }
    return sum / n;
}

static void sum_world(const struct mld_world_moments *moments, uint32_t w, double origin,
                      struct sums *sums)
{
    double count = moments->count[w], mean = moments->mean[w] - origin;
    if (!(count > 0))
        return;
    sums->worlds++;
    sums->mean += mean;
    sums->square += mean * mean;
    sums->paths += count;
    sums->weighted += count * mean;
    if (count > 1) {
        sums->within++;
        sums->variance += moments->variance[w];
        sums->noise += moments->variance[w] / count;
    }
}

static double chance_of(const struct sums *sums) { return sums->variance / sums->within; }

static double between_of(const struct sums *sums)
{
    return (sums->square - sums->mean * sums->mean / sums->worlds) / (sums->worlds - 1);
}

static double ignorance_of(const struct sums *sums)
{
    return between_of(sums) - sums->noise / sums->within;
}

static double share_of(const struct sums *sums)
{
    double ignorance = ignorance_of(sums), all = ignorance + chance_of(sums);
    return all > 0 ? ignorance / all : (double)NAN;
}

/* Of the mean over all paths: Σ (paths of the world × distance of its mean)², over all paths. */
static double mean_error(const struct mld_world_moments *moments, double origin,
                         const struct sums *all)
{
    double mean = all->weighted / all->paths, square = 0;
    for (uint32_t w = 0; w < moments->worlds; w++)
        if (moments->count[w] > 0) {
            double off = moments->count[w] * (moments->mean[w] - origin - mean);
            square += off * off;
        }
    return sqrt(square * all->worlds / (all->worlds - 1)) / all->paths;
}

/* World means shrunk to their mean by √(ignorance / variance of world means). */
static enum mld_status fill_band(const struct mld_world_moments *moments, const struct sums *all,
                                 double origin, struct mld_split *split)
{
    double ignorance = ignorance_of(all), shrink = sqrt(ignorance / between_of(all));
    for (int i = 0; i < MLD_BAND; i++)
        split->band[i] = (double)NAN;
    if (!(ignorance > 0))
        return MLD_OK;
    size_t n = 0, room = moments->worlds;
    double *value = malloc(2 * room * sizeof *value), centre = origin + all->mean / all->worlds;
    if (!value)
        return MLD_ERR_MEMORY;
    for (uint32_t w = 0; w < moments->worlds; w++)
        if (moments->count[w] > 0)
            value[n++] = centre + shrink * (moments->mean[w] - centre);
    mld_sort(n, value, value + room);
    for (int i = 0; i < MLD_BAND; i++)
        split->band[i] = mld_sorted_quantile(n, value, mld_band_levels[i]);
    free(value);
    return MLD_OK;
}

static void fill_intervals(const struct sums block[MLD_WORLD_BLOCKS], const struct sums *all,
                           struct mld_split *split)
{
    double ignorance[MLD_WORLD_BLOCKS], share[MLD_WORLD_BLOCKS];
    for (int b = 0; b < MLD_WORLD_BLOCKS; b++) {
        struct sums without = *all;
        add(&without, &block[b], -1);
        ignorance[b] = ignorance_of(&without);
        share[b] = share_of(&without);
    }
    split->ignorance = mld_jackknife_interval(ignorance_of(all), ignorance);
    split->share = mld_jackknife_interval(share_of(all), share);
}

enum mld_status mld_split_fill(const struct mld_world_moments *moments, struct mld_split *split)
{
    struct sums block[MLD_WORLD_BLOCKS] = { { 0 } }, all = { 0 };
    double origin = origin_of(moments);
    for (uint32_t w = 0; w < moments->worlds; w++)
        sum_world(moments, w, origin, &block[mld_block_of(w, moments->worlds)]);
    for (int b = 0; b < MLD_WORLD_BLOCKS; b++)
        add(&all, &block[b], 1);
    split->mean_error = mean_error(moments, origin, &all);
    split->chance = chance_of(&all);
    fill_intervals(block, &all, split);
    return fill_band(moments, &all, origin, split);
}
