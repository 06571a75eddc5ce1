/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/sketch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/large.h"
#include "core/vector.h"
#include "measure/sort.h"

enum { LANES = 8, SLOTS = 2048, EDGES = SLOTS - 1, BINS = MLD_SKETCH_BINS, CHUNK = 256 };
enum { CELLS = 2048, NO_NUMBER = BINS, TRIMS = 5 };

_Static_assert(BINS == 2 * SLOTS, "a bin for each edge and for what lies between two");

/*
 * The line cut into cells of equal width, the first and the last without end: where the search for
 * a value among the edges begins. A cell is (value − low) · scale, which never falls as the value
 * rises: edges of cells before are below the value, those of cells after above it.
 */
struct cells {
    double low, scale;
    int32_t half;   /* first step of a search: 2 · half − 1 edges in a cell at most */
    int32_t *start; /* [CELLS] edges in the cells before */
};

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
    /* at most EDGES ascending values, then NaN; NULL before the pilot is full */
    double *edge;
    struct cells cells;
    /* 2k: between edges k−1 and k; 2k + 1: equal to edge k; the last one: no numbers */
    uint32_t *bin;
};

struct mld_sketch {
    int columns, counted; /* all, and those that have more than sums: the first ones */
    size_t pilot;         /* values a pilot holds */
    int longer;           /* the run is longer than its pilot */
    uint32_t from, to;    /* paths that count */
    struct column *column;
    double *pilots;
};

/* Doubles: edges, as many missing ones for the steps of a search beyond them, counts, cells. */
enum { ROOM = 2 * SLOTS + (BINS + 1 + CELLS + 1) / 2 };
_Static_assert((int)ROOM <= (int)MLD_SKETCH_PILOT, "they fit in the place of the pilot");

static void settle(struct column *column, double *room)
{
    column->edge = room;
    column->bin = (uint32_t *)(room + 2 * SLOTS);
    column->cells.start = (int32_t *)(column->bin + BINS + 1);
}

struct mld_sketch *mld_sketch_create(int columns, int plain, uint32_t paths, uint32_t from,
                                     uint32_t to)
{
    struct mld_sketch *sketch = calloc(1, sizeof *sketch);
    if (!sketch)
        return NULL;
    size_t n = (size_t)columns, counted = (size_t)(columns - plain);
    sketch->columns = columns;
    sketch->counted = columns - plain;
    sketch->from = from;
    sketch->to = to;
    sketch->longer = paths > MLD_SKETCH_PILOT;
    sketch->pilot = sketch->longer ? MLD_SKETCH_PILOT : paths;
    sketch->column = calloc(n + 1, sizeof *sketch->column);
    sketch->pilots = mld_large_alloc(counted * sketch->pilot * sizeof(double));
    if (!sketch->column || !sketch->pilots) {
        mld_sketch_free(sketch);
        return NULL;
    }
    for (size_t i = 0; i < counted; i++)
        sketch->column[i].pilot = sketch->pilots + i * sketch->pilot;
    return sketch;
}

struct mld_sketch *mld_sketch_like(const struct mld_sketch *sketch)
{
    size_t n = (size_t)sketch->columns, counted = (size_t)sketch->counted;
    struct mld_sketch *like = malloc(sizeof *like);
    if (!like)
        return NULL;
    *like = *sketch;
    like->column = calloc(n + 1, sizeof *like->column);
    like->pilots = mld_large_alloc((counted + 1) * ROOM * sizeof(double));
    for (size_t i = 0; like->column && like->pilots && i < n; i++) {
        const struct column *from = &sketch->column[i];
        struct column *to = &like->column[i];
        *to = (struct column){ .origin = from->origin, .cells = from->cells };
        if (i >= counted)
            continue;
        settle(to, like->pilots + i * ROOM);
        memcpy(to->edge, from->edge, ROOM * sizeof(double));
        memset(to->bin, 0, (BINS + 1) * sizeof *to->bin);
    }
    if (like->column && like->pilots)
        return like;
    mld_sketch_free(like);
    return NULL;
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

/* The cell of a value; of what is no number any. */
MLD_INLINE int32_t cell_of(const struct cells *cells, double value)
{
    double cell = (value - cells->low) * cells->scale;
    cell = cell > 0 ? cell : 0;
    return (int32_t)(cell < CELLS - 1 ? cell : CELLS - 1);
}

/*
 * The bin of each value. at[i] becomes the number of edges ≤ value[i], by halvings without a
 * branch, all values in step.
 */
MLD_CLONES
static void find_bins(int n, const double *restrict value, const double *restrict edge,
                      const struct cells *restrict cells, int32_t *restrict at)
{
    const int32_t *restrict start = cells->start;
    for (int i = 0; i < n; i++)
        at[i] = start[cell_of(cells, value[i])];
    for (int32_t half = cells->half; half > 0; half /= 2)
        for (int i = 0; i < n; i++) {
            int32_t next = at[i] + half;
            at[i] = edge[next - 1] <= value[i] ? next : at[i];
        }
    for (int i = 0; i < n; i++) {
        int32_t below = at[i], last = below > 0 ? below - 1 : 0,
                equal = below > 0 && edge[last] == value[i];
        at[i] = value[i] == value[i] ? 2 * below - equal : NO_NUMBER;
    }
}

static void count_values(const struct column *column, int n, const double *value)
{
    int32_t at[CHUNK];
    uint32_t *bin = column->bin;
    for (int done = 0; done < n; done += CHUNK) {
        int part = n - done < CHUNK ? n - done : CHUNK;
        find_bins(part, value + done, column->edge, &column->cells, at);
        for (int i = 0; i < part; i++)
            bin[at[i]]++;
    }
}

/* Most edges in one of the cells between the edges `trim` from both ends, which it sets. */
static int lay_cells(int edges, const double *edge, int trim, struct cells *cells)
{
    double low = edge[trim], span = edge[edges - 1 - trim] - low;
    int most = 0, before = 0, cell = 0;
    cells->low = low;
    cells->scale = span > 0 && CELLS / span < INFINITY ? CELLS / span : 0;
    for (int k = 0; k < edges; k++) {
        for (int at = cell_of(cells, edge[k]); cell <= at; cell++, before = k)
            cells->start[cell] = k;
        most = k + 1 - before > most ? k + 1 - before : most;
    }
    for (; cell < CELLS; cell++)
        cells->start[cell] = edges;
    return most;
}

/* Cells between such edges that the fullest holds few: tails are long, and laws have peaks. */
static void choose_cells(int edges, const double *edge, struct cells *cells)
{
    int best = 0, fewest = edges + 1;
    for (int i = 0; i < TRIMS && (1 << 2 * i) <= edges / 4; i++) {
        int trim = (1 << 2 * i) - 1, most = lay_cells(edges, edge, trim, cells);
        best = most < fewest ? trim : best;
        fewest = most < fewest ? most : fewest;
    }
    *cells = (struct cells){ .start = cells->start };
    memset(cells->start, 0, CELLS * sizeof *cells->start);
    if (edges == 0)
        return;
    fewest = lay_cells(edges, edge, best, cells);
    cells->half = 1;
    while (2 * cells->half <= fewest)
        cells->half *= 2;
}

/* Counts sorted values, from edge to edge. */
static void count_sorted(const struct column *column, int edges, size_t n, const double *sorted)
{
    size_t i = 0;
    for (int k = 0; k < edges; k++) {
        size_t from = i;
        while (i < n && sorted[i] < column->edge[k])
            i++;
        column->bin[2 * k] = (uint32_t)(i - from);
        from = i;
        while (i < n && sorted[i] == column->edge[k])
            i++;
        column->bin[2 * k + 1] = (uint32_t)(i - from);
    }
    column->bin[2 * edges] = (uint32_t)(n - i);
}

/*
 * Edges at equal ranks of the sorted pilot, each value once. Its values that count are counted, and
 * its place is taken.
 */
static void build_edges(struct column *column)
{
    double kept[MLD_SKETCH_PILOT], sorted[MLD_SKETCH_PILOT], scratch[MLD_SKETCH_PILOT];
    size_t n = column->n_pilot, counted = column->to - column->from;
    int edges = 0;
    memcpy(kept, column->pilot, n * sizeof(double));
    memcpy(sorted, kept, n * sizeof(double));
    mld_sort(n, sorted, scratch);
    settle(column, column->pilot);
    for (size_t k = 0; n > 0 && k < EDGES; k++) {
        double x = sorted[(2 * k + 1) * n / (2 * EDGES)];
        if (edges == 0 || x > column->edge[edges - 1])
            column->edge[edges++] = x;
    }
    for (int k = edges; k < 2 * SLOTS; k++)
        column->edge[k] = (double)NAN;
    choose_cells(edges, column->edge, &column->cells);
    memset(column->bin, 0, (BINS + 1) * sizeof *column->bin);
    if (counted < n) {
        memcpy(sorted, kept + column->from, counted * sizeof(double));
        mld_sort(counted, sorted, scratch);
    }
    count_sorted(column, edges, counted, sorted);
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
    if (index >= sketch->counted)
        return;
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

void mld_sketch_take_few(struct mld_sketch *sketch, int index, uint16_t *counts)
{
    uint32_t *bin = sketch->column[index].bin;
    for (int k = 0; k < BINS; k++)
        counts[k] = (uint16_t)bin[k];
    memset(bin, 0, BINS * sizeof *bin);
}

void mld_sketch_add_few(struct mld_sketch *sketch, int index, const uint16_t *counts)
{
    for (int k = 0; k < BINS; k++)
        sketch->column[index].bin[k] += counts[k];
}

/* ---- reading ---- */

/* A run of bins, read from the first on: what is below bin k, and what is in it. */
struct reading {
    unsigned k;
    uint64_t below;
    double n; /* in all bins */
};

/*
 * The edge nearest in rank to `level`, and how far it is; levels rise from one call to the next. A
 * level inside the bin of an edge has rank error 0.
 */
static double read_level(const struct column *column, double level, struct reading *at,
                         double *error)
{
    double target = level * (at->n - 1);
    while (at->k < BINS &&
           (column->bin[at->k] == 0 || target >= (double)(at->below + column->bin[at->k])))
        at->below += column->bin[at->k++];
    unsigned k = at->k;
    if (k == BINS)
        return NAN;
    if (k % 2 == 1)
        return column->edge[k / 2];
    double to_low = (target - (double)at->below + 1) / at->n,
           to_high = ((double)(at->below + column->bin[k]) - target) / at->n;
    int low = k > 0 && (to_low <= to_high || !(column->edge[k / 2] < INFINITY));
    double distance = low ? to_low : to_high;
    *error = distance > *error ? distance : *error;
    return low ? column->edge[k / 2 - 1] : column->edge[k / 2];
}

/* All bins, as far as they hold numbers. */
static struct reading begin(const struct column *column)
{
    uint64_t n = 0;
    for (unsigned k = 0; column->edge && k < BINS; k++)
        n += column->bin[k];
    return (struct reading){ .n = (double)n };
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
    if (!column->edge && column->pilot) {
        memcpy(scratch, column->pilot, column->n_pilot * sizeof(double));
        mld_sort(column->n_pilot, scratch, scratch + MLD_SKETCH_PILOT);
    }
    struct reading at = begin(column);
    for (int q = 0; q < MLD_QUANTILES; q++)
        quantile[q] = column->n_pilot == 0 ? (double)NAN
                      : column->edge
                          ? read_level(column, mld_quantile_levels[q], &at, &error)
                          : mld_sorted_quantile(column->n_pilot, scratch, mld_quantile_levels[q]);
    return error;
}
