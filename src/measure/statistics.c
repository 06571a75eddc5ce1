/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statistics of a measure over paths, each with its Monte-Carlo error (model, section 9). */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "core/numbers.h"
#include "measure/selection.h"
#include "measure/sort.h"

#include "milliard/measure.h"
#include "milliard/moments.h"

const double mld_quantile_levels[MLD_QUANTILES] = { 0.01, 0.05, 0.10, 0.25, 0.50,
                                                    0.75, 0.90, 0.95, 0.99 };

static const double TAIL = 0.05;  /* share of the worst paths in the shortfall */
static const double MISS = 0.025; /* chance of missing on each side of a 95 % interval */

/* What is summed over a column, and the numbers selected from it. */
struct reading {
    size_t count; /* of numbers; NaN is left out */
    struct mld_moments moments;
    struct mld_selection *selection;
    double piece[MLD_COLUMN_PIECE];
};

/* ---- reads ---- */

/* Closes up over the NaN; returns how many numbers there are. */
static size_t keep_numbers(size_t n, double *value)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        value[count] = value[i];
        count += value[i] == value[i];
    }
    return count;
}

static void count(struct reading *reading, size_t n, const double *value)
{
    (void)value;
    reading->count += n;
}

static void add_moments(struct reading *reading, size_t n, const double *value)
{
    mld_moments_add(&reading->moments, n, value);
    count(reading, n, value);
}

/* Reads the column once, for `add`, if any, and for the selection. */
static enum mld_status read_column(const struct mld_column *column, struct reading *reading,
                                   void (*add)(struct reading *, size_t, const double *))
{
    for (size_t first = 0; first < column->n; first += MLD_COLUMN_PIECE) {
        size_t left = column->n - first, n = left < MLD_COLUMN_PIECE ? left : MLD_COLUMN_PIECE;
        enum mld_status status = column->read(column->context, first, n, reading->piece);
        if (status != MLD_OK)
            return status;
        n = keep_numbers(n, reading->piece);
        if (add)
            add(reading, n, reading->piece);
        mld_selection_feed(reading->selection, n, reading->piece);
    }
    return MLD_OK;
}

/* Reads it as often as the selection still needs. */
static enum mld_status read_rest(const struct mld_column *column, struct reading *reading)
{
    enum mld_status status = mld_selection_turn(reading->selection);
    while (status == MLD_OK && !mld_selection_is_done(reading->selection)) {
        status = read_column(column, reading, NULL);
        if (status == MLD_OK)
            status = mld_selection_turn(reading->selection);
    }
    return status;
}

/* ---- quantiles ---- */

/*
 * Largest l in [0, n] with P(Bin(n, p) ≤ l − 1) ≤ chance, 0 when there is none: a step or two from
 * the normal law's.
 */
static size_t binomial_rank(size_t n, double p, double chance)
{
    double guess = (double)n * p - MLD_HALF_INTERVAL * sqrt((double)n * p * (1 - p));
    size_t l = guess > 0 ? (size_t)guess : 0;
    while (l > 0 && gsl_cdf_binomial_P((unsigned)(l - 1), p, (unsigned)n) > chance)
        l--;
    while (l < n && gsl_cdf_binomial_P((unsigned)l, p, (unsigned)n) <= chance)
        l++;
    return l;
}

/*
 * The 95 % interval [x_(l), x_(u)]: P(x_(l) > q) ≤ 2.5 % and P(x_(u) < q) ≤ 2.5 %; l = 0 or
 * u = n + 1 where the sample is too short to tell.
 */
struct interval {
    size_t l, u;
};

static struct interval interval_of(size_t n, double level)
{
    return (struct interval){ binomial_rank(n, level, MISS),
                              n + 1 - binomial_rank(n, 1 - level, MISS) };
}

/* Two neighbours for type 7, two bounds: so many ranks a level. */
enum { LEVEL_RANKS = 4 };

static void want_level(struct mld_selection *selection, size_t n, double level)
{
    size_t low = (size_t)(level * (double)(n - 1));
    struct interval interval = interval_of(n, level);
    mld_selection_want(selection, low < n ? low : n - 1);
    mld_selection_want(selection, low + 1 < n ? low + 1 : n - 1);
    if (interval.l >= 1)
        mld_selection_want(selection, interval.l - 1);
    if (interval.u <= n)
        mld_selection_want(selection, interval.u - 1);
}

static double quantile_at(const struct mld_selection *selection, size_t n, double level)
{
    double rank = level * (double)(n - 1);
    size_t low = (size_t)rank;
    if (low + 1 >= n)
        return mld_selection_at(selection, n - 1);
    return mld_between(rank - (double)low, mld_selection_at(selection, low),
                       mld_selection_at(selection, low + 1));
}

static void fill_level(const struct mld_selection *selection, size_t n, double level,
                       double *quantile, double *low, double *high)
{
    struct interval interval = interval_of(n, level);
    *quantile = quantile_at(selection, n, level);
    *low = interval.l >= 1 ? mld_selection_at(selection, interval.l - 1) : (double)NAN;
    *high = interval.u <= n ? mld_selection_at(selection, interval.u - 1) : (double)NAN;
}

/* ---- the tail ---- */

/* Whole numbers in the worst 5 % of n; 0 when there is no shortfall to tell. */
static size_t tail_of(size_t n, enum mld_tail tail)
{
    size_t whole = (size_t)(TAIL * (double)n);
    return tail == MLD_TAIL_NONE || whole >= n ? 0 : whole;
}

/* The number that i others are worse than. */
static double worst_at(const struct reading *reading, enum mld_tail tail, size_t i)
{
    return mld_selection_at(reading->selection, tail == MLD_TAIL_LOW ? i : reading->count - 1 - i);
}

/*
 * Mean of the worst 5 %, the value at the edge weighted by what is left; its error by the influence
 * function: ES = q − E(q − x)⁺ / α, so Var = Var((q − x)⁺) / (α² n).
 */
static void fill_shortfall(const struct reading *reading, enum mld_tail tail,
                           struct mld_statistics *out)
{
    size_t whole = tail_of(reading->count, tail);
    if (whole < 1)
        return;
    double n = (double)reading->count, weight = TAIL * n;
    double sum = 0, square = 0, worst = 0, edge = worst_at(reading, tail, whole);
    for (size_t i = 0; i < whole; i++) {
        double x = worst_at(reading, tail, i), excess = x - edge;
        worst += x;
        sum += excess;
        square += excess * excess;
    }
    out->shortfall = (worst + (weight - (double)whole) * edge) / weight;
    double mean = sum / n, variance = square / n - mean * mean;
    out->shortfall_error = sqrt(variance > 0 ? variance : 0) / (TAIL * sqrt(n));
}

/* ---- a column ---- */

static void clear(struct mld_statistics *out)
{
    const double none = (double)NAN;
    *out = (struct mld_statistics){ .mean = none,
                                    .mean_error = none,
                                    .sd = none,
                                    .sd_error = none,
                                    .shortfall = none,
                                    .shortfall_error = none,
                                    .minimum = none,
                                    .maximum = none };
    for (int q = 0; q < MLD_QUANTILES; q++)
        out->quantile[q] = out->quantile_low[q] = out->quantile_high[q] = none;
}

static void want_statistics(const struct reading *reading, enum mld_tail tail)
{
    size_t n = reading->count, whole = tail_of(n, tail);
    for (int q = 0; q < MLD_QUANTILES; q++)
        want_level(reading->selection, n, mld_quantile_levels[q]);
    mld_selection_want(reading->selection, 0);
    mld_selection_want(reading->selection, n - 1);
    if (whole >= 1)
        mld_selection_want_tail(reading->selection, whole, tail == MLD_TAIL_HIGH);
}

/* The reads: moments, and what the selection needs beyond. */
static enum mld_status read_statistics(const struct mld_column *column, enum mld_tail tail,
                                       struct reading *reading)
{
    enum mld_status status = read_column(column, reading, add_moments);
    if (status != MLD_OK || reading->count == 0)
        return status;
    want_statistics(reading, tail);
    return read_rest(column, reading);
}

static void fill_statistics(const struct reading *reading, enum mld_tail tail,
                            struct mld_statistics *out)
{
    size_t n = reading->count;
    mld_moments_fill(&reading->moments, out);
    out->minimum = mld_selection_at(reading->selection, 0);
    out->maximum = mld_selection_at(reading->selection, n - 1);
    for (int q = 0; q < MLD_QUANTILES; q++)
        fill_level(reading->selection, n, mld_quantile_levels[q], &out->quantile[q],
                   &out->quantile_low[q], &out->quantile_high[q]);
    fill_shortfall(reading, tail, out);
}

/* A reading of a column from which at most so many ranks are wanted. NULL: no memory. */
static struct reading *create_reading(const struct mld_column *column, size_t ranks)
{
    struct reading *reading = calloc(1, sizeof *reading);
    if (reading)
        reading->selection = mld_selection_create(column->n, ranks);
    if (reading && reading->selection)
        return reading;
    free(reading);
    return NULL;
}

static void free_reading(struct reading *reading)
{
    if (reading)
        mld_selection_free(reading->selection);
    free(reading);
}

enum mld_status mld_column_statistics(const struct mld_column *column, enum mld_tail tail,
                                      struct mld_statistics *out)
{
    enum { EXTREMES_AND_EDGE = 3 };
    struct reading *reading = create_reading(column,
                                             LEVEL_RANKS * MLD_QUANTILES + EXTREMES_AND_EDGE);
    enum mld_status status = reading ? read_statistics(column, tail, reading) : MLD_ERR_MEMORY;
    clear(out);
    if (status == MLD_OK) {
        out->count = reading->count;
        out->undefined = column->n - reading->count;
        if (reading->count > 0)
            fill_statistics(reading, tail, out);
    }
    free_reading(reading);
    return status;
}

static enum mld_status read_quantiles(const struct mld_column *column, int n_levels,
                                      const double *level, struct reading *reading)
{
    enum mld_status status = read_column(column, reading, count);
    if (status != MLD_OK || reading->count == 0)
        return status;
    for (int q = 0; q < n_levels; q++)
        want_level(reading->selection, reading->count, level[q]);
    return read_rest(column, reading);
}

enum mld_status mld_column_quantiles(const struct mld_column *column, int n_levels,
                                     const double *level, double *quantile, double *low,
                                     double *high)
{
    struct reading *reading = create_reading(column, LEVEL_RANKS * (size_t)n_levels);
    enum mld_status status = reading ? read_quantiles(column, n_levels, level, reading)
                                     : MLD_ERR_MEMORY;
    for (int q = 0; q < n_levels; q++) {
        quantile[q] = low[q] = high[q] = (double)NAN;
        if (status == MLD_OK && reading->count > 0)
            fill_level(reading->selection, reading->count, level[q], &quantile[q], &low[q],
                       &high[q]);
    }
    free_reading(reading);
    return status;
}

enum mld_status mld_statistics_fill(size_t n, const double *value, enum mld_tail tail,
                                    struct mld_statistics *out)
{
    struct mld_column column = mld_column_in_memory(n, value);
    return mld_column_statistics(&column, tail, out);
}

enum mld_status mld_quantiles_fill(size_t n, const double *value, int n_levels, const double *level,
                                   double *quantile, double *low, double *high)
{
    struct mld_column column = mld_column_in_memory(n, value);
    return mld_column_quantiles(&column, n_levels, level, quantile, low, high);
}
