/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Quantiles of a law as a function of V = Φ⁻¹(u): cubic Hermite interpolation of values and slopes at equal
 * steps on [-8.5, 8.5], beyond which no draw falls (the smallest uniform is 2^-53, V = -8.21).
 *
 * Knots are solved for directly: GSL's own inverse of the Beta law fails when a parameter is much below 1.
 * The search runs in w, with q = 1/(1 + e^-w) for a Beta law and q = e^w for a chi-square one, on the
 * logarithm of the smaller tail: both are smooth, and close to straight, from one end to the other.
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

#include "core/vector.h"
#include "milliard/numerics.h"

static const double v_end = 8.5;

struct knot {
    double value, slope;   /* of q (Beta) or ln q (chi-square) in V */
};

struct mld_quantile_table {
    double per_unit;         /* knots by unit of V */
    int intervals;
    int logarithmic;         /* knots hold ln q */
    struct knot knot[];
};

/** Beta(a, b), or the chi-square law of a degrees. */
struct law {
    double a, b;
    int chi_square;
};

static double logistic(double w)
{
    return 1.0 / (1.0 + exp(-w));
}

static double tail_below(const struct law *law, double w)
{
    if (law->chi_square)
        return gsl_cdf_chisq_P(exp(w), law->a);
    return w < 0.0 ? gsl_cdf_beta_P(logistic(w), law->a, law->b) : gsl_cdf_beta_Q(logistic(-w), law->b, law->a);
}

static double tail_above(const struct law *law, double w)
{
    if (law->chi_square)
        return gsl_cdf_chisq_Q(exp(w), law->a);
    return w < 0.0 ? gsl_cdf_beta_Q(logistic(w), law->a, law->b) : gsl_cdf_beta_P(logistic(-w), law->b, law->a);
}

/** Density of w. Beta: q(1−q) f(q), from the smaller of q and 1 − q; chi-square: q f(q). */
static double density(const struct law *law, double w)
{
    if (law->chi_square)
        return exp(w) * gsl_ran_chisq_pdf(exp(w), law->a);
    double small = logistic(-fabs(w));
    double f = w < 0.0 ? gsl_ran_beta_pdf(small, law->a, law->b) : gsl_ran_beta_pdf(small, law->b, law->a);
    return small * (1.0 - small) * f;
}

/** ln of the law's tail on the side of v, less ln of the normal one, signed to increase in w: zero at the quantile; and its derivative in w. */
struct excess {
    double value, slope;
};

static struct excess excess(const struct law *law, double v, double w)
{
    double tail = v < 0.0 ? tail_below(law, w) : tail_above(law, w);
    double value = log(tail) - log(mld_normal_cdf(-fabs(v)));
    return (struct excess){ v < 0.0 ? value : -value, density(law, w) / tail };
}

/* Points of e^w and e^-w that a double holds. */
static const double w_end = 690.0;

/* Newton doubles the digits it has: a step below this one ends where rounding does. */
static int is_last_step(double step, double w)
{
    return fabs(step) < 1e-9 * (1.0 + fabs(w));
}

/** w of the quantile at v between two bounds, by Newton, or by halving when it leaves them. */
static double solve_between(const struct law *law, double v, double low, double high)
{
    double w = 0.5 * (low + high);
    for (int i = 0; i < 200 && high - low > 1e-14 * (1.0 + fabs(w)); i++) {
        struct excess at = excess(law, v, w);
        if (at.value < 0.0)
            low = w;
        else
            high = w;
        double next = w - at.value / at.slope;
        if (!(next > low && next < high))
            next = 0.5 * (low + high);
        else if (is_last_step(next - w, w))
            return next;
        w = next;
    }
    return w;
}

/** w of the quantile at v: by Newton from a guess, which the knot before makes a near one; else between bounds found by growing steps. */
static double solve(const struct law *law, double v, double guess)
{
    double w = guess, low = guess, high = guess;
    for (int i = 0; i < 6; i++) {
        struct excess at = excess(law, v, w);
        double step = -at.value / at.slope;
        if (!(fabs(step) < 1.0 && fabs(w + step) < w_end))
            break;
        w += step;
        if (is_last_step(step, w))
            return w;
    }
    for (double step = 0.25; low > -w_end && !(excess(law, v, low).value < 0.0); step *= 2.0)
        low = fmax(low - step, -w_end);
    for (double step = 0.25; high < w_end && !(excess(law, v, high).value > 0.0); step *= 2.0)
        high = fmin(high + step, w_end);
    return solve_between(law, v, low, high);
}

/** dw/dV at the quantile of V = v; 0 where the density is not a number to divide by. */
static double slope_of(const struct law *law, double v, double w)
{
    double normal_density = exp(-0.5 * v * v) / sqrt(2.0 * acos(-1.0)), slope = normal_density / density(law, w);
    return isfinite(slope) && fabs(w) < w_end ? slope : 0.0;
}

/** Value and slope at V = v of the quantile that stands at w. */
static struct knot knot_of(const struct law *law, double v, double w)
{
    double slope = slope_of(law, v, w), small = logistic(-fabs(w));
    if (law->chi_square)
        return (struct knot){ w, slope };
    return (struct knot){ w < 0.0 ? small : 1.0 - small, slope * small * (1.0 - small) };
}

/** Solves every knot, from the centre outwards, each starting where the tangent of the one before leads. */
static void table_fill(struct mld_quantile_table *table, const struct law *law)
{
    int centre = table->intervals / 2;
    double start = solve(law, 0.0, 0.0);
    for (int side = -1; side <= 1; side += 2) {
        double guess = start;
        for (int i = centre; i >= 0 && i <= table->intervals; i += side) {
            double v = (i - centre) / table->per_unit, w = solve(law, v, guess);
            table->knot[i] = knot_of(law, v, w);
            guess = w + slope_of(law, v, w) * side / table->per_unit;
        }
    }
}

/** The interpolated knot value: of q, or of ln q. Cubic Hermite, kept between its two knots as the law is monotone. */
MLD_INLINE double interpolate(const struct mld_quantile_table *table, double v)
{
    double x = (v + v_end) * table->per_unit;
    x = x > 0.0 ? x : 0.0;
    x = x < table->intervals ? x : table->intervals;
    int i = (int)x;
    i = i < table->intervals ? i : table->intervals - 1;
    double t = x - i, step = 1.0 / table->per_unit;
    const struct knot *left = &table->knot[i], *right = left + 1;
    double rise = right->value - left->value;
    double bend = (left->slope + right->slope) * step - 2.0 * rise;
    double y = left->value + t * (left->slope * step + t * ((rise - left->slope * step - bend) + t * bend));
    y = y > left->value ? y : left->value;
    return y < right->value ? y : right->value;
}

/** Largest error at the middle of one interval in four, in q (Beta) or relative to it (chi-square). */
static double table_error(const struct mld_quantile_table *table, const struct law *law)
{
    double worst = 0.0, guess = 0.0;
    for (int i = 0; i < table->intervals; i += 4) {
        double v = (i + 0.5) / table->per_unit - v_end, w = solve(law, v, guess);
        guess = w + slope_of(law, v, w) * 4.0 / table->per_unit;
        worst = fmax(worst, fabs(interpolate(table, v) - knot_of(law, v, w).value));
    }
    return worst;
}

/** Table of a law with enough knots: 64 by unit of V, doubled while an error above 2e-7 is found. */
static struct mld_quantile_table *table_create(const struct law *law)
{
    struct mld_quantile_table *table = NULL;
    for (int per_unit = 64; per_unit <= 4096; per_unit *= 2) {
        int intervals = (int)(2.0 * v_end) * per_unit;
        free(table);
        table = malloc(sizeof *table + ((size_t)intervals + 1) * sizeof table->knot[0]);
        if (!table)
            return NULL;
        *table = (struct mld_quantile_table){ .per_unit = per_unit, .intervals = intervals,
                                              .logarithmic = law->chi_square };
        table_fill(table, law);
        if (table_error(table, law) < 2e-7)
            break;
    }
    return table;
}

struct mld_quantile_table *mld_quantile_table_beta(double mean, double sd)
{
    /* a + b = mean (1 − mean)/sd² − 1. */
    double sum = mean * (1.0 - mean) / (sd * sd) - 1.0;
    if (!(mean > 0.0 && mean < 1.0 && sd > 0.0 && sum > 0.0))
        return NULL;
    return table_create(&(struct law){ .a = mean * sum, .b = (1.0 - mean) * sum });
}

struct mld_quantile_table *mld_quantile_table_chi_square(double dof)
{
    return dof > 0.0 ? table_create(&(struct law){ .a = dof, .chi_square = 1 }) : NULL;
}

void mld_quantile_table_free(struct mld_quantile_table *table)
{
    free(table);
}

double mld_quantile_table_at(const struct mld_quantile_table *table, double v)
{
    double y = interpolate(table, v);
    return table->logarithmic ? mld_exp_inline(y) : y;
}
