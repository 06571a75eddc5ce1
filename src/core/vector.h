/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Elementary functions that vectorise (private).
 *
 * Each is one inline function made only of IEEE additions, multiplications, divisions, square roots
 * and operations on the bits, in a fixed order and without a branch: a loop over it vectorises, and
 * the scalar function that calls it returns the very same bits. -ffp-contract=off keeps fused
 * operations out.
 */
#ifndef MILLIARD_CORE_VECTOR_H
#define MILLIARD_CORE_VECTOR_H

#include <math.h>
#include <stdint.h>
#include <string.h>

/**
 * MLD_CLONES before a function with hot loops: compiled three times, for AVX-512, AVX2 and the
 * plain processor, the best chosen when the program is loaded. Sanitizers do not survive that
 * mechanism, clang 14 gives the chosen function a name that other files cannot link to, and a build
 * for one processor (-march) needs none: what is inlined into a clone may use no instruction that
 * it lacks.
 */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MLD_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#define MLD_SANITIZED 1
#endif
#endif
#if defined(__x86_64__) && defined(__linux__) && !defined(__clang__) && defined(__OPTIMIZE__) && \
    !defined(__SSE3__) && !defined(MLD_SANITIZED) && !defined(MLD_NO_CLONES)
#define MLD_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define MLD_CLONES
#endif

/**
 * MLD_INDEPENDENT before a loop over paths whose rows come in a struct, so that `restrict` cannot
 * say it: no pass reads what another writes.
 */
#ifdef __clang__
#define MLD_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#else
#define MLD_INDEPENDENT _Pragma("GCC ivdep")
#endif

/** Inlined whatever its size, so that every clone gets its own copy. */
#define MLD_INLINE static inline __attribute__((always_inline))

MLD_INLINE uint64_t mld_bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

MLD_INLINE double mld_double_of(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/**
 * e^x. Cody and Waite (1980): x = k ln 2 + r, |r| ≤ (ln 2)/2, then e^r = 1 + r + r² q(r), q of
 * degree 9 interpolating at Chebyshev's nodes (relative error 2e-17 before rounding), then k is
 * added to the exponent.
 */
MLD_INLINE double mld_exp_inline(double x)
{
    /* 1.5 2^52: adding it rounds to a whole number, left in the low bits of the sum. */
    const double round = 0x1.8p52;
    const double ln2_high = 0x1.62e42fee00000p-1, ln2_low = 0x1.a39ef35793c76p-33;
    x = x < -700.0 ? -700.0 : x;
    x = x > 700.0 ? 700.0 : x;
    double shifted = x * 0x1.71547652b82fep0 + round;
    double k = shifted - round;
    double r = (x - k * ln2_high) - k * ln2_low;
    double q = 2.5100395159429244017e-8;
    q = q * r + 2.7620101012098000228e-7;
    q = q * r + 2.7557268439678002354e-6;
    q = q * r + 2.4801521269532121095e-5;
    q = q * r + 1.9841269863066695027e-4;
    q = q * r + 1.3888888917230723233e-3;
    q = q * r + 8.3333333333300592137e-3;
    q = q * r + 4.166666666662409382e-2;
    q = q * r + 0.16666666666666667454;
    q = q * r + 0.50000000000000010231;
    double mantissa = 1.0 + (r + r * r * q);
    return mld_double_of(mld_bits_of(mantissa) + (mld_bits_of(shifted) << 52));
}

/**
 * ln x of a normal x > 0. x = 2^k (1 + f), 1 + f in [sqrt(1/2), sqrt(2)), s = f/(2+f): ln(1+f) = f
 * − f²/2 + s (f²/2 + R(s²)), R the polynomial of FreeBSD's e_log.c (Sun, 1993; error < 2^-58).
 */
MLD_INLINE double mld_log_inline(double x)
{
    const uint64_t root_half = 0x3fe6a09e667f3bcdU, one = 0x3ff0000000000000U;
    const double ln2_high = 0x1.62e42feep-1, ln2_low = 0x1.a39ef35793c76p-33;
    uint64_t bits = mld_bits_of(x) + (one - root_half);
    /* The exponent to double: 2^52 + e has e in its low bits. */
    double k = mld_double_of((bits >> 52) | 0x4330000000000000U) - (0x1p52 + 1023.0);
    double f = mld_double_of((bits & 0x000fffffffffffffU) + root_half) - 1.0;
    double s = f / (2.0 + f);
    double z = s * s;
    double series = 1.479819860511658591e-01;
    series = series * z + 1.531383769920937332e-01;
    series = series * z + 1.818357216161805012e-01;
    series = series * z + 2.222219843214978396e-01;
    series = series * z + 2.857142874366239149e-01;
    series = series * z + 3.999999999940941908e-01;
    series = series * z + 6.666666666666735130e-01;
    series = series * z;
    double half_square = 0.5 * f * f;
    return k * ln2_high - ((half_square - (s * (half_square + series) + k * ln2_low)) - f);
}

/**
 * Mills' ratio over sqrt(2π), Φ(−a) e^(a²/2), on [0, 38.7]: one rational function of degrees 9 and
 * 10 (relative error 6e-17 before rounding; all coefficients positive, nothing cancels).
 */
MLD_INLINE double mld_normal_mills_inline(double a)
{
    double p = 1.3823087659321962916e-6;
    p = p * a + 0.000037178756054172830317;
    p = p * a + 0.00048959332932981231681;
    p = p * a + 0.004083649164506339835;
    p = p * a + 0.023595888352625019256;
    p = p * a + 0.097612860309004729494;
    p = p * a + 0.28914067350027023069;
    p = p * a + 0.59377849547030739417;
    p = p * a + 0.77468983568064181355;
    p = p * a + 0.5;
    double q = 3.4649342369665002572e-6;
    q = q * a + 0.000093193321138817352392;
    q = q * a + 0.001230693416808708521;
    q = q * a + 0.01032938376920733627;
    q = q * a + 0.06036641995450349918;
    q = q * a + 0.25472894759330458117;
    q = q * a + 0.78149474706950258848;
    q = q * a + 1.7135166800929270948;
    q = q * a + 2.5604028819094854668;
    q = q * a + 2.3472642321641393228;
    q = q * a + 1.0;
    return p / q;
}

/** Φ(−a), a ≥ 0: e^(−a²/2) times Mills' ratio over sqrt(2π). */
MLD_INLINE double mld_normal_tail_inline(double a)
{
    a = a > 38.6 ? 38.6 : a;
    return mld_exp_inline(-0.5 * a * a) * mld_normal_mills_inline(a);
}

MLD_INLINE double mld_normal_cdf_inline(double x)
{
    double a = x < 0.0 ? -x : x;
    double tail = mld_normal_tail_inline(a);
    return x > 0.0 ? 1.0 - tail : tail;
}

/** −ln(1 − Φ(x)) = −ln Φ(−x), where 1 − Φ(x) loses no digit. */
MLD_INLINE double mld_normal_hazard_inline(double x)
{
    return -mld_log_inline(mld_normal_cdf_inline(-x));
}

/** Most that mld_normal_hazard_above_inline() is, over −ln(1 − Φ(x)), for x in [−8, 4]. */
#define MLD_HAZARD_MOST_ABOVE 1.14

/**
 * A number above −ln(1 − Φ(x)), by at most 8 % for x in [−4, 1/2]: 2^q(x), q above the binary
 * logarithm on [−8, 4] (its best polynomial of degree 6, and 1e-4 more for what single precision
 * rounds), and 2^f ≤ 1 + f for the part of q beyond a whole number, which is what the bits of
 * q + 127 say when they are read as a number. Infinite above 4.
 */
MLD_INLINE float mld_normal_hazard_above_inline(float x)
{
    float y = x > -8.0F ? x : -8.0F;
    y = y < 4.0F ? y : 4.0F;
    float q = -4.492965918e-05F;
    q = q * y - 0.00074021228F;
    q = q * y - 0.00078112617F;
    q = q * y + 0.0516706026F;
    q = q * y - 0.305007403F;
    q = q * y + 1.65073668F;
    q = q * y + (1e-4F - 0.514803065F);
    int32_t bits = (int32_t)((q + 127.0F) * 0x1p23F);
    float power;
    memcpy(&power, &bits, sizeof power);
    return x > 4.0F ? HUGE_VALF : power;
}

/** AS 241 for |u − 1/2| ≤ 0.425: q times a rational function of 0.425² − q². */
MLD_INLINE double mld_normal_quantile_central(double q)
{
    double r = 0.180625 - q * q;
    double a = 2.5090809287301226727e3;
    a = a * r + 3.3430575583588128105e4;
    a = a * r + 6.7265770927008700853e4;
    a = a * r + 4.5921953931549871457e4;
    a = a * r + 1.3731693765509461125e4;
    a = a * r + 1.9715909503065514427e3;
    a = a * r + 1.3314166789178437745e2;
    a = a * r + 3.3871328727963666080e0;
    double b = 5.2264952788528545610e3;
    b = b * r + 2.8729085735721942674e4;
    b = b * r + 3.9307895800092710610e4;
    b = b * r + 2.1213794301586595867e4;
    b = b * r + 5.3941960214247511077e3;
    b = b * r + 6.8718700749205790830e2;
    b = b * r + 4.2313330701600911252e1;
    b = b * r + 1.0;
    return q * a / b;
}

/** AS 241 for r = sqrt(−ln tail) in (1.38…, 5]. */
MLD_INLINE double mld_normal_quantile_tail(double r)
{
    r = r - 1.6;
    double c = 7.74545014278341407640e-4;
    c = c * r + 2.27238449892691845833e-2;
    c = c * r + 2.41780725177450611770e-1;
    c = c * r + 1.27045825245236838258e0;
    c = c * r + 3.64784832476320460504e0;
    c = c * r + 5.76949722146069140550e0;
    c = c * r + 4.63033784615654529590e0;
    c = c * r + 1.42343711074968357734e0;
    double d = 1.05075007164441684324e-9;
    d = d * r + 5.47593808499534494600e-4;
    d = d * r + 1.51986665636164571966e-2;
    d = d * r + 1.48103976427480074590e-1;
    d = d * r + 6.89767334985100004550e-1;
    d = d * r + 1.67638483018380384940e0;
    d = d * r + 2.05319162663775882187e0;
    d = d * r + 1.0;
    return c / d;
}

/** AS 241 for r = sqrt(−ln tail) > 5: a tail below e^-25, one draw in 36 thousand million. */
MLD_INLINE double mld_normal_quantile_far(double r)
{
    r = r - 5.0;
    double e = 2.01033439929228813265e-7;
    e = e * r + 2.71155556874348757815e-5;
    e = e * r + 1.24266094738807843860e-3;
    e = e * r + 2.65321895265761230930e-2;
    e = e * r + 2.96560571828504891230e-1;
    e = e * r + 1.78482653991729133580e0;
    e = e * r + 5.46378491116411436990e0;
    e = e * r + 6.65790464350110377720e0;
    double f = 2.04426310338993978564e-15;
    f = f * r + 1.42151175831644588870e-7;
    f = f * r + 1.84631831751005468180e-5;
    f = f * r + 7.86869131145613259100e-4;
    f = f * r + 1.48753612908506148525e-2;
    f = f * r + 1.36929880922735805310e-1;
    f = f * r + 5.99832206555887937690e-1;
    f = f * r + 1.0;
    return e / f;
}

/** sqrt(−ln min(u, 1 − u)): how far in a tail u is. */
MLD_INLINE double mld_normal_quantile_depth(double u)
{
    double v = 1.0 - u;
    return sqrt(-mld_log_inline(u < v ? u : v));
}

#endif
