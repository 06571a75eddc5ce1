/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statistics of a measure over paths, each with its Monte-Carlo error (model, section 9). */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "measure/sort.h"

#include "milliard/measure.h"

const double mld_quantile_levels[MLD_QUANTILES] = { 0.01, 0.05, 0.10, 0.25, 0.50,
                                                    0.75, 0.90, 0.95, 0.99 };

static const double TAIL = 0.05;  /* share of the worst paths in the shortfall */
static const double MISS = 0.025; /* chance of missing on each side of a 95 % interval */

/* Compensated sum (Neumaier 1974) in the order of the paths. */
static double sum_of(size_t n, const double *value)
{
    double sum = 0, lost = 0;
    for (size_t i = 0; i < n; i++) {
        double total = sum + value[i];
        lost += fabs(sum) >= fabs(value[i]) ? (sum - total) + value[i] : (value[i] - total) + sum;
        sum = total;
    }
    return sum + lost;
}

/* Copies the numbers, leaving NaN out; returns how many there are. */
static size_t keep_numbers(size_t n, const double *value, double *kept)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (value[i] == value[i])
            kept[count++] = value[i];
    return count;
}

/* Standard error of the sd: that of the variance, (m4 − (n−3)/(n−1) s⁴)/n, by the delta method. */
static void fill_moments(size_t n, const double *value, struct mld_statistics *out)
{
    double count = (double)n, second = 0, fourth = 0;
    out->mean = sum_of(n, value) / count;
    for (size_t i = 0; i < n; i++) {
        double d = value[i] - out->mean, square = d * d;
        second += square;
        fourth += square * square;
    }
    if (n < 2)
        return;
    double variance = second / (count - 1);
    out->sd = sqrt(variance);
    out->mean_error = out->sd / sqrt(count);
    double spread = (fourth / count - (count - 3) / (count - 1) * variance * variance) / count;
    out->sd_error = out->sd > 0 ? sqrt(spread > 0 ? spread : 0) / (2 * out->sd) : 0;
}

/*
 * Largest l in [0, n] with P(Bin(n, p) ≤ l − 1) ≤ chance, 0 when there is none: a step or two from
 * the normal law's.
 */
static size_t binomial_rank(size_t n, double p, double chance)
{
    double guess = (double)n * p - 1.96 * sqrt((double)n * p * (1 - p));
    size_t l = guess > 0 ? (size_t)guess : 0;
    while (l > 0 && gsl_cdf_binomial_P((unsigned)(l - 1), p, (unsigned)n) > chance)
        l--;
    while (l < n && gsl_cdf_binomial_P((unsigned)l, p, (unsigned)n) <= chance)
        l++;
    return l;
}

/*
 * [x_(l), x_(u)], P(x_(l) > q) ≤ 2.5 % and P(x_(u) < q) ≤ 2.5 %; NaN where the sample is too short
 * to tell.
 */
static void fill_interval(size_t n, const double *sorted, double level, double *low, double *high)
{
    size_t l = binomial_rank(n, level, MISS);
    size_t u = n + 1 - binomial_rank(n, 1 - level, MISS);
    *low = l >= 1 ? sorted[l - 1] : (double)NAN;
    *high = u <= n ? sorted[u - 1] : (double)NAN;
}

/*
 * Mean of the worst 5 %, the value at the edge weighted by what is left; its error by the influence
 * function: ES = q − E(q − x)⁺ / α, so Var = Var((q − x)⁺) / (α² n).
 */
static void fill_shortfall(size_t n, const double *sorted, enum mld_tail tail,
                           struct mld_statistics *out)
{
    double weight = TAIL * (double)n;
    size_t whole = (size_t)weight;
    if (tail == MLD_TAIL_NONE || whole < 1 || whole >= n)
        return;
    double sum = 0, square = 0, worst = 0;
    double edge = tail == MLD_TAIL_LOW ? sorted[whole] : sorted[n - 1 - whole];
    for (size_t i = 0; i < whole; i++) {
        double x = tail == MLD_TAIL_LOW ? sorted[i] : sorted[n - 1 - i];
        double excess = x - edge;
        worst += x;
        sum += excess;
        square += excess * excess;
    }
    out->shortfall = (worst + (weight - (double)whole) * edge) / weight;
    double mean = sum / (double)n, variance = square / (double)n - mean * mean;
    out->shortfall_error = sqrt(variance > 0 ? variance : 0) / (TAIL * sqrt((double)n));
}

void mld_statistics_fill(size_t n, const double *value, enum mld_tail tail, double *scratch,
                         struct mld_statistics *out)
{
    const double none = (double)NAN;
    size_t count = keep_numbers(n, value, scratch);
    *out = (struct mld_statistics){ .count = count,
                                    .undefined = n - count,
                                    .mean = none,
                                    .mean_error = none,
                                    .sd = none,
                                    .sd_error = none,
                                    .shortfall = none,
                                    .shortfall_error = none,
                                    .minimum = none,
                                    .maximum = none };
    for (int q = 0; q < MLD_QUANTILES; q++)
        out->quantile[q] = out->quantile_low[q] = out->quantile_high[q] = none;
    if (count == 0)
        return;
    fill_moments(count, scratch, out);
    mld_sort(count, scratch, scratch + n);
    out->minimum = scratch[0];
    out->maximum = scratch[count - 1];
    for (int q = 0; q < MLD_QUANTILES; q++) {
        out->quantile[q] = mld_sorted_quantile(count, scratch, mld_quantile_levels[q]);
        fill_interval(count, scratch, mld_quantile_levels[q], &out->quantile_low[q],
                      &out->quantile_high[q]);
    }
    fill_shortfall(count, scratch, tail, out);
}

void mld_quantiles_fill(size_t n, const double *value, int n_levels, const double *level,
                        double *scratch, double *quantile, double *low, double *high)
{
    size_t count = keep_numbers(n, value, scratch);
    mld_sort(count, scratch, scratch + n);
    for (int q = 0; q < n_levels; q++) {
        quantile[q] = count > 0 ? mld_sorted_quantile(count, scratch, level[q]) : (double)NAN;
        low[q] = high[q] = (double)NAN;
        if (count > 0)
            fill_interval(count, scratch, level[q], &low[q], &high[q]);
    }
}
