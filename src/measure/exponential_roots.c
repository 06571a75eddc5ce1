/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The proof of Descartes' rule of signs, made an algorithm. Let f(s) = Σ c_i e^(s e_i) have V
 * changes of sign in its coefficients, one of them between e_i and e_(i+1), and τ in between. Then
 * g = d/ds (e^(−sτ) f) has coefficients c_i (e_i − τ): those before τ change sign, so g has V − 1
 * changes, and by Rolle's theorem f has at most one root between two neighbouring roots of g. With
 * one change of sign there is exactly one root. So: go down to one change, find its root, and come
 * back up, each level's roots splitting the line for the level above. Nothing asks that exponents
 * be whole numbers: dated flows are treated as periodic ones.
 */
#include "measure/exponential_roots.h"

#include <float.h>
#include <math.h>

#include "core/vector.h"

enum { LANES = 8, CAPACITY = (MLD_MAX_PERIODS + LANES - 1) / LANES * LANES };

/** Positive and negative terms apart, padded with zeros to whole lanes. */
struct sum {
    int n, padded;
    int first, last;          /* signs of the outer coefficients */
    double low, high;         /* all roots lie in between */
    double smallest, largest; /* exponents */
    double exponent[CAPACITY], positive[CAPACITY], negative[CAPACITY];
};

/** Both parts of f at one point, times one common positive factor, and their derivatives. */
struct value {
    double positive, negative, positive_slope, negative_slope;
};

MLD_CLONES static void evaluate(const struct sum *sum, double s, struct value *value)
{
    /* The largest term is scaled to its coefficient, so that nothing overflows. */
    double origin = s > 0.0 ? sum->largest : sum->smallest;
    double power[CAPACITY];
    for (int i = 0; i < sum->padded; i++)
        power[i] = mld_exp_inline(s * (sum->exponent[i] - origin));
    double positive[LANES] = { 0 }, negative[LANES] = { 0 };
    double positive_slope[LANES] = { 0 }, negative_slope[LANES] = { 0 };
    for (int i = 0; i < sum->padded; i += LANES)
        for (int lane = 0; lane < LANES; lane++) {
            double plus = sum->positive[i + lane] * power[i + lane],
                   minus = sum->negative[i + lane] * power[i + lane];
            positive[lane] += plus;
            negative[lane] += minus;
            positive_slope[lane] += plus * sum->exponent[i + lane];
            negative_slope[lane] += minus * sum->exponent[i + lane];
        }
    *value = (struct value){ 0 };
    for (int lane = 0; lane < LANES; lane++) {
        value->positive += positive[lane];
        value->negative += negative[lane];
        value->positive_slope += positive_slope[lane];
        value->negative_slope += negative_slope[lane];
    }
}

/** Sign of f at s: 0 where it is no more than the rounding of its terms. */
static int sign_at(const struct sum *sum, double s)
{
    struct value value;
    evaluate(sum, s, &value);
    double difference = value.positive - value.negative;
    /* n terms, each off by some ε from its exponential, products and sums. */
    double rounding = 2.0 * DBL_EPSILON * (8.0 + sum->n / LANES) *
                      (value.positive + value.negative);
    return (difference > rounding) - (difference < -rounding);
}

/**
 * The one root in (low, high), f having sign `before` next to low. Newton's method on
 * ln(positive/negative), close to straight in s, and halving when it would leave the bracket.
 */
static double solve(const struct sum *sum, double low, double high, int before)
{
    double s = 0.5 * (low + high);
    for (int i = 0; i < 200; i++) {
        struct value value;
        evaluate(sum, s, &value);
        double logarithm = mld_log_inline(value.positive / value.negative);
        if (logarithm * before > 0.0)
            low = s;
        else
            high = s;
        double slope = value.positive_slope / value.positive -
                       value.negative_slope / value.negative;
        double next = s - logarithm / slope;
        if (!(next >= low && next <= high))
            next = 0.5 * (low + high);
        /* Newton's method squares its error: a step of 1e-10 leaves nothing to gain. */
        if (fabs(next - s) <= 1e-10 * (1.0 + fabs(s)) || high - low <= 1e-15 * fabs(s))
            return next;
        s = next;
    }
    return s;
}

/**
 * A point beyond which the outer term outweighs all others: their weight falls at least as e^(−|s|
 * gap).
 */
static double reach(const struct sum *sum, double outer, double gap)
{
    double others = -outer;
    for (int i = 0; i < sum->n; i++)
        others += sum->positive[i] + sum->negative[i];
    return others > outer ? 1.001 * mld_log_inline(others / outer) / gap + 1e-9 : 1e-9;
}

/**
 * The sum after `level` derivations: coefficients c_i Π (e_i − τ_j)/span over the first `level`
 * changes of sign.
 */
static void sum_of_level(struct sum *sum, int n, const double *exponent, const double *coefficient,
                         int level, const double *tau)
{
    sum->n = n;
    sum->padded = (n + LANES - 1) / LANES * LANES;
    sum->smallest = exponent[0];
    sum->largest = exponent[n - 1];
    for (int i = 0; i < sum->padded; i++) {
        double c = i < n ? coefficient[i] : 0.0;
        sum->exponent[i] = i < n ? exponent[i] : sum->largest;
        for (int j = 0; j < level; j++)
            c *= (sum->exponent[i] - tau[j]) / (sum->largest - sum->smallest);
        sum->positive[i] = c > 0.0 ? c : 0.0;
        sum->negative[i] = c < 0.0 ? -c : 0.0;
    }
    sum->first = sum->positive[0] > 0.0 ? 1 : -1;
    sum->last = sum->positive[n - 1] > 0.0 ? 1 : -1;
    sum->low = -reach(sum, sum->positive[0] + sum->negative[0], exponent[1] - exponent[0]);
    sum->high = reach(sum, sum->positive[n - 1] + sum->negative[n - 1],
                      exponent[n - 1] - exponent[n - 2]);
}

/**
 * Roots of one level from those of the level below, in place; gives their number. A level has at
 * most one root more than the level below: root[] needs room for one more, and is read one ahead of
 * where it is written. A root at a split is one that f touches: it rises there when f is below 0 on
 * the one side and above on the other.
 */
static int climb(const struct sum *sum, int count, double *root, int *rises)
{
    int found = 0, before = sum->first, side = before;
    double low = sum->low;
    double next = count > 0 ? root[0] : sum->high;
    for (int i = 0; i <= count; i++) {
        double split = next;
        next = i + 1 < count ? root[i + 1] : sum->high;
        int after = i < count ? sign_at(sum, split) : sum->last;
        if (before == 0 && after != 0)
            rises[found - 1] = side < 0 && after > 0;
        if (before * after < 0 || after == 0) {
            root[found] = after ? solve(sum, low, split, before) : split;
            rises[found++] = after > 0;
        }
        before = after;
        side = after ? after : side;
        low = split;
    }
    return found;
}

int mld_exponential_roots(int n, const double *exponent, const double *coefficient, double *root,
                          int *rises)
{
    double tau[MLD_MAX_PERIODS];
    int changes = 0;
    for (int i = 1; i < n; i++)
        if ((coefficient[i] > 0.0) != (coefficient[i - 1] > 0.0))
            tau[changes++] = 0.5 * (exponent[i - 1] + exponent[i]);
    int count = 0;
    for (int level = changes - 1; level >= 0; level--) {
        struct sum sum;
        sum_of_level(&sum, n, exponent, coefficient, level, tau);
        count = climb(&sum, count, root, rises);
    }
    return count;
}
