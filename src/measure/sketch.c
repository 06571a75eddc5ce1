/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/sketch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/large.h"
#include "core/vector.h"
#include "measure/sort.h"

enum { LANES = 8, SLOTS = 2048, EDGES = SLOTS - 1, BINS = MLD_SKETCH_BINS, CHUNK = 256 };

_Static_assert(BINS == 2 * SLOTS, "a bin for each edge and for what lies between two");

struct column {
    /* sums are of value − origin, the column's first value (0 if NaN) */
    double origin;
    /* of the segment at hand */
    double sum[LANES], square[LANES];
    uint64_t count;
    struct mld_sketch_sums total, last; /* of the segments closed, in their order; of the last */
    /* the first values; once it is full, edges and counts take its place */
    double *pilot;
    size_t n_pilot, from, to; /* values in the pilot; those of them that count */
    /* EDGES ascending values, then +inf; NULL before the pilot is full */
    double *edge;
    /* first step of the search: the power of 2 at or below the number of edges */
    int32_t half;
    uint32_t *bin; /* 2k: between edges k−1 and k; 2k + 1: equal to edge k */
};

struct mld_sketch {
    int columns;
    size_t pilot;      /* values a pilot holds */
    int longer;        /* the run is longer than its pilot */
    uint32_t from, to; /* paths that count */
    struct column *column;
    double *pilots;
};

_Static_assert(SLOTS * sizeof(double) + BINS * sizeof(uint32_t) <=
                   MLD_SKETCH_PILOT * sizeof(double),
               "edges and counts fit in the place of the pilot");

struct mld_sketch *mld_sketch_create(int columns, uint32_t paths, uint32_t from, uint32_t to)
{
    struct mld_sketch *sketch = calloc(1, sizeof *sketch);
    if (!sketch)
        return NULL;
    size_t n = (size_t)columns;
    sketch->columns = columns;
    sketch->from = from;
    sketch->to = to;
    sketch->longer = paths > MLD_SKETCH_PILOT;
    sketch->pilot = sketch->longer ? MLD_SKETCH_PILOT : paths;
    sketch->column = calloc(n + 1, sizeof *sketch->column);
    sketch->pilots = mld_large_alloc(n * sketch->pilot * sizeof(double));
    if (!sketch->column || !sketch->pilots) {
        mld_sketch_free(sketch);
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        sketch->column[i].pilot = sketch->pilots + i * sketch->pilot;
    return sketch;
}

void mld_sketch_free(struct mld_sketch *sketch)
{
    if (!sketch)
        return;
    free(sketch->column);
    free(sketch->pilots);
    free(sketch);
}

/* ---- sums ---- */

MLD_CLONES
static void add_lanes(int n, const double *restrict value, double origin, double *restrict sum,
                      double *restrict square)
{
    for (int i = 0; i + LANES <= n; i += LANES)
        for (int lane = 0; lane < LANES; lane++) {
            double x = value[i + lane] - origin;
            x = x == x ? x : 0;
            sum[lane] += x;
            square[lane] += x * x;
        }
    for (int i = n / LANES * LANES; i < n; i++) {
        double x = value[i] - origin;
        x = x == x ? x : 0;
        sum[i % LANES] += x;
        square[i % LANES] += x * x;
    }
}

MLD_CLONES
static int count_numbers(int n, const double *value)
{
    int count = 0;
    for (int i = 0; i < n; i++)
        count += value[i] == value[i];
    return count;
}

/* ---- counts ---- */

/*
 * at[i] = number of edges ≤ value[i], the missing ones +inf: halvings without a branch, all values
 * in step.
 */
MLD_CLONES
static void find_slots(int n, const double *restrict value, const double *restrict edge,
                       int32_t half, int32_t *restrict at)
{
    for (int i = 0; i < n; i++)
        at[i] = 0;
    for (; half > 0; half /= 2)
        for (int i = 0; i < n; i++) {
            int32_t next = at[i] + half;
            at[i] = edge[next - 1] <= value[i] ? next : at[i];
        }
}

static void count_slots(int n, const double *restrict value, const double *restrict edge,
                        const int32_t *restrict at, uint32_t *restrict bin)
{
    for (int i = 0; i < n; i++) {
        int32_t below = at[i], equal = below > 0 && edge[below - 1] == value[i];
        bin[2 * below - equal] += value[i] == value[i];
    }
}

static void count_values(const struct column *column, int n, const double *value)
{
    int32_t at[CHUNK];
    for (int done = 0; done < n; done += CHUNK) {
        int part = n - done < CHUNK ? n - done : CHUNK;
        find_slots(part, value + done, column->edge, column->half, at);
        count_slots(part, value + done, column->edge, at, column->bin);
    }
}

/*
 * Edges at equal ranks of the sorted pilot, each value once. Its values that count are counted, and
 * its place is taken.
 */
static void build_edges(struct column *column)
{
    double kept[MLD_SKETCH_PILOT], sorted[MLD_SKETCH_PILOT], scratch[MLD_SKETCH_PILOT];
    size_t n = column->n_pilot, edges = 0;
    memcpy(kept, column->pilot, n * sizeof(double));
    memcpy(sorted, kept, n * sizeof(double));
    mld_sort(n, sorted, scratch);
    column->edge = column->pilot;
    column->bin = (uint32_t *)(column->pilot + SLOTS);
    for (size_t k = 0; n > 0 && k < EDGES; k++) {
        double x = sorted[(2 * k + 1) * n / (2 * EDGES)];
        if (edges == 0 || x > column->edge[edges - 1])
            column->edge[edges++] = x;
    }
    column->half = 1;
    while ((size_t)(2 * column->half) <= edges)
        column->half *= 2;
    for (; edges < SLOTS; edges++)
        column->edge[edges] = INFINITY;
    memset(column->bin, 0, BINS * sizeof *column->bin);
    count_values(column, (int)(column->to - column->from), kept + column->from);
}

static void keep_pilot(struct column *column, int n, const double *value)
{
    for (int i = 0; i < n; i++)
        if (value[i] == value[i])
            column->pilot[column->n_pilot++] = value[i];
}

/*
 * Values of one segment. Sums and counts are of the paths that count; the pilot's others only make
 * the edges.
 */
static void feed_part(struct mld_sketch *sketch, int index, uint32_t first, int n,
                      const double *value)
{
    struct column *column = &sketch->column[index];
    if (first == 0)
        column->origin = value[0] == value[0] ? value[0] : 0;
    int counts = first >= sketch->from && first < sketch->to;
    if (counts) {
        add_lanes(n, value, column->origin, column->sum, column->square);
        column->count += (uint64_t)count_numbers(n, value);
    }
    if (first < MLD_SKETCH_PILOT)
        keep_pilot(column, n, value);
    else if (counts)
        count_values(column, n, value);
    if (first < sketch->from)
        column->from = column->n_pilot;
    if (first < sketch->to)
        column->to = column->n_pilot;
    if (sketch->longer && first < MLD_SKETCH_PILOT && first + (uint32_t)n >= MLD_SKETCH_PILOT)
        build_edges(column);
}

void mld_sketch_feed(struct mld_sketch *sketch, int index, uint32_t first, int n,
                     const double *value)
{
    while (n > 0) {
        uint32_t room = MLD_SEGMENT - first % MLD_SEGMENT;
        int part = (uint32_t)n < room ? n : (int)room;
        feed_part(sketch, index, first, part, value);
        if ((uint32_t)part == room)
            mld_sketch_close_segment(sketch, index);
        first += (uint32_t)part;
        value += part;
        n -= part;
    }
}

/* ---- segments ---- */

static void add_sums(struct mld_sketch_sums *total, const struct mld_sketch_sums *sums)
{
    total->sum += sums->sum;
    total->square += sums->square;
    total->count += sums->count;
}

static struct mld_sketch_sums fold(const struct column *column)
{
    struct mld_sketch_sums sums = { .count = (double)column->count };
    for (int lane = 0; lane < LANES; lane++) {
        sums.sum += column->sum[lane];
        sums.square += column->square[lane];
    }
    return sums;
}

void mld_sketch_close_segment(struct mld_sketch *sketch, int index)
{
    struct column *column = &sketch->column[index];
    column->last = fold(column);
    add_sums(&column->total, &column->last);
    memset(column->sum, 0, sizeof column->sum);
    memset(column->square, 0, sizeof column->square);
    column->count = 0;
}

struct mld_sketch_sums mld_sketch_segment(const struct mld_sketch *sketch, int index)
{
    return sketch->column[index].last;
}

void mld_sketch_add_segment(struct mld_sketch *sketch, int index,
                            const struct mld_sketch_sums *sums)
{
    add_sums(&sketch->column[index].total, sums);
}

const uint32_t *mld_sketch_counts(const struct mld_sketch *sketch, int index)
{
    return sketch->column[index].edge ? sketch->column[index].bin : NULL;
}

void mld_sketch_add_counts(struct mld_sketch *sketch, int index, const uint32_t *counts)
{
    for (int k = 0; k < BINS; k++)
        sketch->column[index].bin[k] += counts[k];
}

/* ---- reading ---- */

/*
 * The edge nearest in rank to `level`, and how far it is. A level inside the bin of an edge has
 * rank error 0.
 */
static double read_level(const struct column *column, double level, double *error)
{
    double n = 0;
    for (unsigned k = 0; k < BINS; k++)
        n += column->bin[k];
    double target = level * (n - 1);
    uint64_t below = 0;
    for (unsigned k = 0; k < BINS; k++) {
        uint64_t in = column->bin[k];
        if (in > 0 && target < (double)(below + in)) {
            if (k % 2 == 1)
                return column->edge[k / 2];
            double to_low = (target - (double)below + 1) / n,
                   to_high = ((double)(below + in) - target) / n;
            int low = k > 0 && (to_low <= to_high || !(column->edge[k / 2] < INFINITY));
            double distance = low ? to_low : to_high;
            *error = distance > *error ? distance : *error;
            return low ? column->edge[k / 2 - 1] : column->edge[k / 2];
        }
        below += in;
    }
    return NAN;
}

double mld_sketch_read(const struct mld_sketch *sketch, int index, double *scratch, double *mean,
                       double *mean_error, double quantile[MLD_QUANTILES])
{
    const struct column *column = &sketch->column[index];
    struct mld_sketch_sums open = fold(column), all = column->total;
    add_sums(&all, &open);
    double n = all.count, sum = all.sum, square = all.square, error = 0;
    *mean = n > 0 ? column->origin + sum / n : (double)NAN;
    double variance = n > 1 ? (square - sum * sum / n) / (n - 1) : (double)NAN;
    *mean_error = sqrt((variance > 0 ? variance : variance == variance ? 0 : (double)NAN) / n);
    if (!column->edge) {
        memcpy(scratch, column->pilot, column->n_pilot * sizeof(double));
        mld_sort(column->n_pilot, scratch, scratch + MLD_SKETCH_PILOT);
    }
    for (int q = 0; q < MLD_QUANTILES; q++)
        quantile[q] = column->n_pilot == 0 ? (double)NAN
                      : column->edge
                          ? read_level(column, mld_quantile_levels[q], &error)
                          : mld_sorted_quantile(column->n_pilot, scratch, mld_quantile_levels[q]);
    return error;
}
