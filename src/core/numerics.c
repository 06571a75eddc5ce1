/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scalar and array forms of the elementary functions. Both call the inline functions of vector.h,
 * which is why they agree to the last bit.
 */
#include "milliard/numerics.h"

#include "core/vector.h"

double mld_exp(double x) { return mld_exp_inline(x); }

double mld_log(double x) { return mld_log_inline(x); }

/* Kahan: what rounding did to e^x, ln e^x tells (Higham 2002, Accuracy and Stability, 1.14.1). */
double mld_expm1(double x)
{
    double power = mld_exp_inline(x), minus = power - 1.0;
    if (power == 1.0)
        return x;
    return fabs(x) < 1.0 ? minus * (x / mld_log_inline(power)) : minus;
}

/* The same for 1 + x. */
double mld_log1p(double x)
{
    double sum = 1.0 + x;
    return sum == 1.0 ? x : mld_log_inline(sum) * (x / (sum - 1.0));
}

double mld_pow(double x, double y) { return mld_exp_inline(y * mld_log_inline(x)); }

double mld_normal_cdf(double x) { return mld_normal_cdf_inline(x); }

/** Φ⁻¹ outside the central region, where AS 241 works on the depth of the tail. */
static double quantile_outside(double u)
{
    double r = mld_normal_quantile_depth(u);
    double x = r <= 5.0 ? mld_normal_quantile_tail(r) : mld_normal_quantile_far(r);
    return u < 0.5 ? -x : x;
}

double mld_normal_quantile(double u)
{
    double q = u - 0.5;
    return fabs(q) <= 0.425 ? mld_normal_quantile_central(q) : quantile_outside(u);
}

MLD_CLONES void mld_exp_n(int n, const double *restrict x, double *restrict y)
{
    for (int i = 0; i < n; i++)
        y[i] = mld_exp_inline(x[i]);
}

MLD_CLONES void mld_log_n(int n, const double *restrict x, double *restrict y)
{
    for (int i = 0; i < n; i++)
        y[i] = mld_log_inline(x[i]);
}

MLD_CLONES void mld_normal_cdf_n(int n, const double *restrict x, double *restrict y)
{
    for (int i = 0; i < n; i++)
        y[i] = mld_normal_cdf_inline(x[i]);
}

MLD_CLONES void mld_normal_hazard_n(int n, const double *restrict x, double *restrict h)
{
    for (int i = 0; i < n; i++)
        h[i] = mld_normal_hazard_inline(x[i]);
}

/* Values handled at once by the inverse normal: its lists stay in the first-level cache. */
enum { CHUNK = 256 };

/** Φ⁻¹ by the central formula for all, and the positions outside its region; gives their number. */
MLD_CLONES static int quantile_central(int n, const double *restrict u, double *restrict y,
                                       int *restrict outside)
{
    for (int i = 0; i < n; i++)
        y[i] = mld_normal_quantile_central(u[i] - 0.5);
    int count = 0;
    for (int i = 0; i < n; i++) {
        outside[count] = i;
        count += !(fabs(u[i] - 0.5) <= 0.425);
    }
    return count;
}

/**
 * Φ⁻¹ of values outside the central region, as if none were deeper than 5; depth[i] tells which
 * are.
 */
MLD_CLONES static void quantile_tails(int n, const double *restrict u, double *restrict depth,
                                      double *restrict y)
{
    for (int i = 0; i < n; i++) {
        depth[i] = mld_normal_quantile_depth(u[i]);
        double x = mld_normal_quantile_tail(depth[i]);
        y[i] = u[i] < 0.5 ? -x : x;
    }
}

/**
 * At most CHUNK values. 15 % of uniforms are outside the central region: only they pay for a
 * logarithm.
 */
static void quantile_chunk(int n, const double *restrict u, double *restrict y)
{
    int outside[CHUNK];
    double v[CHUNK], depth[CHUNK], x[CHUNK];
    int count = quantile_central(n, u, y, outside);
    for (int i = 0; i < count; i++)
        v[i] = u[outside[i]];
    quantile_tails(count, v, depth, x);
    for (int i = 0; i < count; i++)
        y[outside[i]] = depth[i] <= 5.0 ? x[i] : quantile_outside(v[i]);
}

void mld_normal_quantile_n(int n, const double *restrict u, double *restrict y)
{
    for (int first = 0; first < n; first += CHUNK)
        quantile_chunk(n - first < CHUNK ? n - first : CHUNK, u + first, y + first);
}
