/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantiles by power series from the tail inwards (quantile_walk.h). */
#include "core/quantile_walk.h"

#include <math.h>

#include "core/vector.h"
#include "milliard/numerics.h"

static const double log_two_pi = 1.8378770664093454836;

/* e^-36 is the last bit of a double. */
static const double out_of_sight = 36.0;

/* ---- densities ---- */

/**
 * ln Γ(x) less Stirling's (x − ½) ln x − x + ½ ln 2π: six terms of the series from 10 on (the next
 * is below 1e-15), Γ(x + 1) = x Γ(x) below.
 */
static double stirling_rest(double x)
{
    double below = 0.0;
    for (; x < 10.0; x += 1.0)
        below += (x + 0.5) * mld_log1p(1.0 / x) - 1.0;
    double z = 1.0 / (x * x), series = -691.0 / 360360.0;
    series = series * z + 1.0 / 1188.0;
    series = series * z - 1.0 / 1680.0;
    series = series * z + 1.0 / 1260.0;
    series = series * z - 1.0 / 360.0;
    series = series * z + 1.0 / 12.0;
    return below + series / x;
}

struct mld_law mld_law_beta(double mean, double rest, double size)
{
    double a = mean * size, b = rest * size;
    double gammas = stirling_rest(size) - stirling_rest(a) - stirling_rest(b);
    return (struct mld_law){ .side = 1.0,
                             .mean = mean,
                             .rest = rest,
                             .size = size,
                             .origin = mld_log(mean) - mld_log(rest),
                             .log_peak = 0.5 * (mld_log(a) + mld_log(rest) - log_two_pi) + gammas };
}

struct mld_law mld_law_gamma(double shape, double side)
{
    double logarithm = mld_log(shape);
    return (struct mld_law){ .gamma = 1,
                             .side = side,
                             .size = shape,
                             .origin = side * logarithm,
                             .log_peak = 0.5 * (logarithm - log_two_pi) - stirling_rest(shape) };
}

/**
 * Where a law stands at d = w − origin: its variable q, 1 − q when Beta (±1 when Gamma), and h = d
 * ln g/dw.
 */
struct place {
    double q, rest, h;
};

/** Beta: q = a e^d/(b + a e^d), h = −(a + b)(q − mean), without a difference of near numbers. */
static struct place beta_place(const struct mld_law *law, double d)
{
    double sign = d < 0.0 ? 1.0 : -1.0;
    double power = mld_exp(sign * d), change = sign * mld_expm1(sign * d);
    double near = d < 0.0 ? law->mean : law->rest, far = d < 0.0 ? law->rest : law->mean;
    double small = near * power / (far + near * power), large = far / (far + near * power);
    double h = -law->size * near * large * change;
    return (struct place){ d < 0.0 ? small : large, d < 0.0 ? large : small, h };
}

static struct place place_of(const struct mld_law *law, double d)
{
    if (!law->gamma)
        return beta_place(law, d);
    double w = law->side * d;
    double h = -law->side * law->size * mld_expm1(w);
    return (struct place){ law->size * mld_exp(w), law->side, h };
}

/*
 * Series below a ten-thousandth: the difference of near numbers would lose what a narrow law needs.
 */
static const double near_mean = 1e-4;

/**
 * mean d − ln(rest + mean e^d), d ≤ 0: from the smaller of mean and rest, where near numbers would
 * lose digits.
 */
static double beta_fall(double mean, double rest, double d)
{
    if (mean < rest)
        return mean * d - mld_log1p(mean * mld_expm1(d));
    if (d > -600.0)
        return -rest * d - mld_log1p(rest * mld_expm1(-d));
    return mean * d - mld_log(rest + mean * mld_exp(d));
}

/** ln g at d less ln g at the mean, for d ≤ 0 when Beta. Gamma: shape × (1 + w − e^w), w = ± d. */
static double log_fall(const struct mld_law *law, double d)
{
    double w = law->side * d;
    if (law->gamma)
        return law->size * (fabs(w) < near_mean ? -w * w * (0.5 + w / 6.0) : w - mld_expm1(w));
    double mean = law->mean, rest = law->rest;
    if (fabs(d) < near_mean)
        return -law->size * mean * rest * d * d * (0.5 + (rest - mean) * d / 6.0);
    return law->size * beta_fall(mean, rest, d);
}

/** dh/dw. */
static double curvature(const struct mld_law *law, struct place at)
{
    return law->gamma ? -at.q : -law->size * at.q * at.rest;
}

/* ---- where the walk starts ---- */

/** ln Φ(v), v < 0, where Φ itself need not be a number that a double holds. */
static double log_normal_tail(double v)
{
    return -0.5 * v * v + mld_log(mld_normal_mills_inline(-v));
}

/**
 * A point further out in the tail than the quantile of log probability −t. The density is at most
 * that of a power law, g(mean) e^(a d + c) (c = shape, or −size × ln rest); and the upper tail of a
 * Gamma law holds less than e^−t beyond shape + sqrt(2 shape t) + t (Boucheron, Lugosi and Massart
 * 2013, section 2.4).
 */
static double beyond_tail(const struct mld_law *law, double t)
{
    double k = law->size;
    if (law->side < 0.0)
        return -mld_log(1.0 + (sqrt(2.0 * k * t) + t) / k);
    double a = law->gamma ? k : law->mean * k, c = law->gamma ? k : -k * mld_log(law->rest);
    return (mld_log(a) - t - law->log_peak - c) / a;
}

/**
 * The quantile at v in the tail. Its probability is g/h (1 + h'/h² …) (repeated integration by
 * parts); its logarithm is concave in w since ln g is, so that Newton's method from further out
 * nears the root from one side, without fail.
 */
static double tail_quantile(const struct mld_law *law, double v)
{
    double target = log_normal_tail(v), d = beyond_tail(law, -target);
    for (int i = 0; i < 200; i++) {
        struct place at = place_of(law, d);
        double part = 1.0 + curvature(law, at) / (at.h * at.h);
        double excess = law->log_peak + log_fall(law, d) - mld_log(at.h) + mld_log(part) - target;
        double step = -excess * part / at.h;
        d += step;
        /* Newton's method squares its error; what is left is the start's, far above. */
        if (!(fabs(step) > 1e-9 * fabs(d)))
            break;
    }
    return d;
}

/* ---- one step ---- */

/** Term n of the product of two series; two sums at once, for the processor. */
MLD_INLINE double product_term(int n, const double *a, const double *b)
{
    double even = 0.0, odd = 0.0;
    for (int i = 0; i < n; i += 2) {
        even += a[i] * b[n - i];
        odd += a[i + 1] * b[n - i - 1];
    }
    return n % 2 ? even + odd : even + odd + a[n] * b[0];
}

/**
 * The series about v from their first terms: those of y and w, and on the way of q, of p = q' / y =
 * q (1 − q) (Beta) or ± q (Gamma), and of h.
 */
static void expand(struct mld_walk *walk)
{
    const struct mld_law *law = walk->law;
    const double h_of_q = law->gamma ? -law->side : -law->size, rest_of_q = law->gamma ? 0.0 : -1.0;
    struct place at = place_of(law, walk->w[0]);
    double *y = walk->y, q[MLD_WALK_ORDER + 1] = { at.q }, rest[MLD_WALK_ORDER] = { at.rest };
    double p[MLD_WALK_ORDER], h[MLD_WALK_ORDER] = { at.h };
    double force[MLD_WALK_ORDER]; /* v + y h */
#pragma GCC unroll 16
    for (int n = 0; n < MLD_WALK_ORDER; n++) {
        if (n > 0) {
            rest[n] = rest_of_q * q[n];
            h[n] = h_of_q * q[n];
        }
        p[n] = product_term(n, q, rest);
        force[n] = product_term(n, y, h) + (n == 0 ? walk->v : n == 1 ? 1.0 : 0.0);
        y[n + 1] = -product_term(n, y, force) / (n + 1);
        q[n + 1] = product_term(n, p, y) / (n + 1);
        walk->w[n + 1] = y[n] / (n + 1);
    }
}

/** Largest x with |c x^n| ≤ 1e-12 y[0]. */
static double reach_of(const struct mld_walk *walk, int n)
{
    double c = fabs(walk->y[n]) / fabs(walk->y[0]);
    return c > 1e-300 ? mld_exp((mld_log(1e-12) - mld_log(c)) / n) : INFINITY;
}

/**
 * How far w may go in one step. While q is too small to be seen its series is not: a step ends
 * where it comes into sight. From there to where 1 − q leaves it, half way to the poles of the
 * logistic function, at ±π i.
 */
static double reach_of_w(const struct mld_walk *walk)
{
    const struct mld_law *law = walk->law;
    double w = walk->w[0] + law->origin, mean = law->gamma ? law->size : law->mean;
    double sight = -out_of_sight + (mean < 1.0 ? mld_log(mean) : 0.0);
    if (law->side < 0.0 || (!law->gamma && w > out_of_sight - mld_log(law->rest)))
        return INFINITY;
    return sight - w > 1.5 ? sight - w : 1.5;
}

static void measure_step(struct mld_walk *walk)
{
    double last = reach_of(walk, MLD_WALK_ORDER), before = reach_of(walk, MLD_WALK_ORDER - 1);
    double w = reach_of_w(walk) / walk->y[0], length = last < before ? last : before;
    length = length < w ? length : w;
    walk->length = length < -walk->v ? length : -walk->v;
}

static double series_at(const double *term, double x)
{
    double sum = term[MLD_WALK_ORDER];
    for (int n = MLD_WALK_ORDER - 1; n >= 0; n--)
        sum = sum * x + term[n];
    return sum;
}

void mld_walk_start(struct mld_walk *walk, const struct mld_law *law, double v)
{
    walk->law = law;
    walk->v = v;
    walk->w[0] = tail_quantile(law, v);
    /* y = φ(v)/g(w). */
    walk->y[0] = mld_exp(-0.5 * (v * v + log_two_pi) - law->log_peak - log_fall(law, walk->w[0]));
    expand(walk);
    measure_step(walk);
}

int mld_walk_next(struct mld_walk *walk)
{
    if (!(walk->length < -walk->v))
        return 0;
    double w = series_at(walk->w, walk->length), y = series_at(walk->y, walk->length);
    walk->v += walk->length;
    walk->w[0] = w;
    walk->y[0] = y;
    expand(walk);
    measure_step(walk);
    return 1;
}

double mld_walk_at(const struct mld_walk *walk, double x)
{
    return walk->law->origin + series_at(walk->w, x);
}

double mld_walk_slope(const struct mld_walk *walk, double x) { return series_at(walk->y, x); }
