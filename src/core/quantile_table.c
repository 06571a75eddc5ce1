/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Quantiles of a law as a function of V = Φ⁻¹(u): cubic Hermite interpolation of values and slopes
 * at equal steps on [-8.5, 8.5], beyond which no draw falls (the smallest uniform is 2^-53, V =
 * -8.21).
 *
 * What is interpolated is w, the logit of a Beta variable or the logarithm of a chi-square one:
 * close to straight in V where the variable itself turns sharply. Knots are read off the two walks
 * from the tails (quantile_walk.h).
 */
#include <math.h>
#include <stdlib.h>

#include "core/quantile_walk.h"
#include "core/vector.h"
#include "milliard/numerics.h"

static const double v_end = 8.5;

/* Where the walks start: their tail's probability is then known to 1e-9 at v_end. */
static const double v_start = 10.0;

static const double ln2 = 0.69314718055994530942;

enum kind { BETA, CHI_SQUARE, STUDENT };

struct knot {
    double value, slope; /* of w in V */
};

struct mld_quantile_table {
    double per_unit; /* knots by unit of V */
    int intervals;
    enum kind kind;
    double scale; /* Student: sqrt(ν) */
    struct knot knot[];
};

/** A law from both its ends; w of the upper one counts the other way. */
struct law {
    enum kind kind;
    double scale;
    struct mld_law lower, upper;
};

/** The knots of one side, −1 or 1, on the stretch of its walk. */
static void fill_stretch(struct mld_quantile_table *table, const struct mld_walk *walk, int side)
{
    /* A chi-square variable of 2 k degrees is twice a Gamma variable of shape k. */
    double shift = table->kind == CHI_SQUARE ? ln2 : 0.0;
    int centre = table->intervals / 2;
    int first = (int)ceil(walk->v * table->per_unit);
    int last = (int)floor((walk->v + walk->length) * table->per_unit);
    for (int i = first < -centre ? -centre : first; i <= last; i++) {
        double x = i / table->per_unit - walk->v;
        struct knot *knot = &table->knot[centre - side * i];
        *knot = (struct knot){ shift - side * mld_walk_at(walk, x), mld_walk_slope(walk, x) };
    }
}

/**
 * Error of the interpolation at v, times (knots by unit)⁴: h⁴/384 max |w⁗|, w⁗ = 4! w₄, and what it
 * does to the variable: q (1 − q) for a Beta law, the factor itself for a chi-square one. Student's
 * quantiles are the thresholds of default: a hundredth of that error in units of 1 + |t|, where
 * dt/dw = sqrt(ν + t²)/2.
 */
static double bend_of(const struct mld_walk *walk, enum kind kind, double scale)
{
    double bend = fabs(walk->w[4]) * 24.0 / 384.0, power = mld_exp(-fabs(mld_walk_at(walk, 0.0)));
    if (kind == BETA)
        return bend * power / ((1.0 + power) * (1.0 + power));
    return kind == STUDENT ? bend * 100.0 * (1.0 + scale) : bend;
}

/** Follows both walks; gives the largest bend. */
static double table_fill(struct mld_quantile_table *table, const struct law *law)
{
    double worst = 0.0;
    for (int side = -1; side <= 1; side += 2) {
        struct mld_walk walk;
        mld_walk_start(&walk, side < 0 ? &law->lower : &law->upper, -v_start);
        do {
            double bend = bend_of(&walk, law->kind, law->scale);
            worst = bend > worst ? bend : worst;
            fill_stretch(table, &walk, side);
        } while (mld_walk_next(&walk));
    }
    return worst;
}

/** The interpolated w. Cubic Hermite, kept between its two knots as the law is monotone. */
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
    double y = left->value +
               t * (left->slope * step + t * ((rise - left->slope * step - bend) + t * bend));
    y = y > left->value ? y : left->value;
    return y < right->value ? y : right->value;
}

/** Table of a law with so many knots, and the largest bend; NULL without memory. */
static struct mld_quantile_table *table_of(const struct law *law, int per_unit, double *bend)
{
    int intervals = (int)(2.0 * v_end) * per_unit;
    size_t knots = (size_t)intervals + 1;
    struct mld_quantile_table *table = malloc(sizeof *table + knots * sizeof table->knot[0]);
    if (!table)
        return NULL;
    *table = (struct mld_quantile_table){
        .per_unit = per_unit, .intervals = intervals, .kind = law->kind, .scale = law->scale
    };
    *bend = table_fill(table, law);
    return table;
}

enum { FEWEST = 32, MOST = 1024 };

/**
 * Knots by unit of V that leave an error below 1e-8. Between the points where it is looked at, the
 * bend is let grow 16 times.
 */
static int knots_for(double bend)
{
    int n = FEWEST;
    while (n < MOST && 16.0 * bend > 1e-8 * (double)n * n * n * n)
        n *= 2;
    return n;
}

static struct mld_quantile_table *table_create(const struct law *law)
{
    double bend = 0.0;
    struct mld_quantile_table *table = table_of(law, FEWEST, &bend);
    int per_unit = knots_for(bend);
    if (!table || per_unit == FEWEST)
        return table;
    free(table);
    return table_of(law, per_unit, &bend);
}

/*
 * A law that is 0 or 1 but for a probability of some 1e-12, and one whose sd is 1e-10 of the
 * largest, are told from still harder ones by no table: a + b keeps a and b above 1e-12, and is at
 * most 1e20.
 */
static double size_within(double smaller_mean, double size)
{
    double least = 1e-12 / smaller_mean;
    size = size > least ? size : least;
    return size < 1e20 ? size : 1e20;
}

struct mld_quantile_table *mld_quantile_table_beta(double mean, double sd)
{
    /* a + b = mean (1 − mean)/sd² − 1. */
    double size = mean * (1.0 - mean) / (sd * sd) - 1.0;
    if (!(mean > 0.0 && mean < 1.0 && sd > 0.0 && size > 0.0))
        return NULL;
    mean = mean > 1e-30 ? mean : 1e-30;
    double rest = 1.0 - mean;
    size = size_within(mean < rest ? mean : rest, size);
    struct mld_law lower = mld_law_beta(mean, rest, size), upper = mld_law_beta(rest, mean, size);
    return table_create(&(struct law){ BETA, 1.0, lower, upper });
}

struct mld_quantile_table *mld_quantile_table_chi_square(double dof)
{
    double shape = 0.5 * dof;
    if (!(dof > 0.0))
        return NULL;
    struct mld_law lower = mld_law_gamma(shape, 1.0), upper = mld_law_gamma(shape, -1.0);
    return table_create(&(struct law){ CHI_SQUARE, 1.0, lower, upper });
}

/*
 * T/sqrt(ν + T²) = 2 q − 1 with q of the Beta law of parameters ν/2 and ν/2 (Johnson, Kotz and
 * Balakrishnan 1995, chapter 28): with w = ln q/(1−q), T = sqrt(ν) sinh(w/2).
 */
struct mld_quantile_table *mld_quantile_table_student(double dof)
{
    if (!(dof > 0.0))
        return NULL;
    struct mld_law half = mld_law_beta(0.5, 0.5, dof);
    return table_create(&(struct law){ STUDENT, sqrt(dof), half, half });
}

void mld_quantile_table_free(struct mld_quantile_table *table) { free(table); }

/** 1/(1 + e^−w). */
MLD_INLINE double logistic(double w)
{
    double power = mld_exp_inline(w > 0.0 ? -w : w);
    return (w > 0.0 ? 1.0 : power) / (1.0 + power);
}

/** sinh w; with m = e^|w| − 1 it is ± (m + m/(1 + m))/2. */
static double hyperbolic_sine(double w)
{
    double minus = mld_expm1(fabs(w)), sine = 0.5 * (minus + minus / (1.0 + minus));
    return w < 0.0 ? -sine : sine;
}

double mld_quantile_table_at(const struct mld_quantile_table *table, double v)
{
    double w = interpolate(table, v);
    if (table->kind == BETA)
        return logistic(w);
    return table->kind == CHI_SQUARE ? mld_exp_inline(w) : table->scale * hyperbolic_sine(0.5 * w);
}
