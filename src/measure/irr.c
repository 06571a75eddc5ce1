/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Internal rates of return. With x = e^s = (1+r)^(-1/m), the net present value is Σ c_t x^t, r in (−1, ∞) being x > 0.
 *
 * Nearly every path has one root, which two rules prove in one pass over its flows:
 *   - Descartes: one change of sign in c_t;
 *   - the same on running sums (Norstrøm 1972): the changes of sign of c_0, c_0 + c_1, … bound the roots in x < 1, those of
 *     the sums taken from the end bound the roots in x > 1; one change in all leaves one root.
 * That root is solved for in lock step over the lanes of a batch. A lane's arithmetic depends on its own path only.
 * The other paths go one by one to the isolation of all roots in exponential_roots.c.
 */
#include "measure/irr.h"

#include <assert.h>
#include <float.h>
#include <math.h>

#include "core/vector.h"
#include "measure/exponential_roots.h"
#include "milliard/measure.h"

enum { LANES = 8, MOST_STEPS = 64 };

/*
 * Flows below this share of the sum of their absolute values are dust that subtractions leave, and count as 0:
 * the answer is then the exact one of flows no further away than rounding.
 */
static const double dust_share = 4.0 * DBL_EPSILON;

/* Kept flows are above 4ε times their sum S, so S e^-|s| < 4ε S, |s| > 34.7, holds no root: the last flow outweighs all. */
static const double farthest = 35.0;

/** What one pass over the flows tells of each lane. */
struct facts {
    double positive[LANES], negative[LANES];  /* 1 when there is such a flow */
    double sign[LANES];                       /* of the first flow, or 0 */
    double low[LANES], high[LANES];           /* bracket of the one root in s = ln x */
    double certain[LANES];                    /* 1 when there is one root */
};

/** Running changes of sign of a sequence, zeros left out. */
struct changes {
    double sign[LANES], count[LANES];
};

MLD_INLINE double sign_of(double x, double tolerance)
{
    return x > tolerance ? 1.0 : x < -tolerance ? -1.0 : 0.0;
}

MLD_INLINE void changes_add(struct changes *changes, int lane, double sign)
{
    changes->count[lane] += sign * changes->sign[lane] < 0.0 ? 1.0 : 0.0;
    changes->sign[lane] = sign != 0.0 ? sign : changes->sign[lane];
}

/** Copies the flows of `lanes` neighbouring paths without dust; dust[lane] is what was too small. */
MLD_INLINE void clean(int lanes, int periods, int stride, const double *flow, double *cleaned, double *dust)
{
    double total[LANES] = { 0 };
    for (int t = 0; t < periods; t++)
        for (int lane = 0; lane < lanes; lane++)
            total[lane] += fabs(flow[t * stride + lane]);
    for (int lane = 0; lane < lanes; lane++)
        dust[lane] = dust_share * total[lane];
    for (int t = 0; t < periods; t++)
        for (int lane = 0; lane < lanes; lane++) {
            double c = flow[t * stride + lane];
            cleaned[t * lanes + lane] = fabs(c) > dust[lane] ? c : 0.0;
        }
}

/** Signs of the flows and changes in their sums from the start. */
MLD_INLINE void scan_forward(int lanes, int periods, const double *flow, const double *dust, struct facts *facts,
                             struct changes *flows, struct changes *sums)
{
    double sum[LANES] = { 0 };
    for (int t = 0; t < periods; t++)
        for (int lane = 0; lane < lanes; lane++) {
            double c = flow[t * lanes + lane], sign = sign_of(c, 0.0);
            facts->positive[lane] = sign > 0.0 ? 1.0 : facts->positive[lane];
            facts->negative[lane] = sign < 0.0 ? 1.0 : facts->negative[lane];
            facts->sign[lane] = facts->sign[lane] != 0.0 ? facts->sign[lane] : sign;
            changes_add(flows, lane, sign);
            sum[lane] += c;
            changes_add(sums, lane, sign_of(sum[lane], dust[lane]));
        }
    /* A total of 0 is itself a root, r = 0, that no rule on either side counts. */
    for (int lane = 0; lane < lanes; lane++)
        sums->sign[lane] = sign_of(sum[lane], dust[lane]);
}

/** Changes of sign in the sums from the end. */
MLD_INLINE void scan_backward(int lanes, int periods, const double *flow, const double *dust, struct changes *sums)
{
    double sum[LANES] = { 0 };
    for (int t = periods - 1; t >= 0; t--)
        for (int lane = 0; lane < lanes; lane++) {
            sum[lane] += flow[t * lanes + lane];
            changes_add(sums, lane, sign_of(sum[lane], dust[lane]));
        }
}

MLD_INLINE void find_facts(int lanes, int periods, const double *flow, const double *dust, struct facts *facts)
{
    *facts = (struct facts){ 0 };
    struct changes flows = { 0 }, before = { 0 }, after = { 0 };
    scan_forward(lanes, periods, flow, dust, facts, &flows, &before);
    scan_backward(lanes, periods, flow, dust, &after);
    for (int lane = 0; lane < lanes; lane++) {
        double descartes = flows.count[lane] == 1.0 ? 1.0 : 0.0;
        double sums = before.sign[lane] != 0.0 && before.count[lane] + after.count[lane] == 1.0 ? 1.0 : 0.0;
        facts->certain[lane] = descartes > sums ? descartes : sums;
        facts->low[lane] = descartes == 0.0 && after.count[lane] == 1.0 ? 0.0 : -farthest;
        facts->high[lane] = descartes == 0.0 && before.count[lane] == 1.0 ? 0.0 : farthest;
    }
}

/** Sums of the positive and of the negative terms at y in (0, 1], and their derivatives times y. */
struct sums {
    double positive[LANES], negative[LANES], positive_slope[LANES], negative_slope[LANES];
};

/** Horner's scheme upwards in x for s ≤ 0, downwards in 1/x for s > 0: the powers stay below 1. */
MLD_INLINE void evaluate(int lanes, int periods, const double *flow, const double *s, struct sums *sums)
{
    double y[LANES], a[LANES] = { 0 }, b[LANES] = { 0 }, a_slope[LANES] = { 0 }, b_slope[LANES] = { 0 };
    for (int lane = 0; lane < lanes; lane++)
        y[lane] = mld_exp_inline(s[lane] > 0.0 ? -s[lane] : s[lane]);
    for (int t = periods - 1; t >= 0; t--)
        for (int lane = 0; lane < lanes; lane++) {
            double up = flow[t * lanes + lane], down = flow[(periods - 1 - t) * lanes + lane];
            double c = s[lane] > 0.0 ? down : up;
            a_slope[lane] = a_slope[lane] * y[lane] + a[lane];
            b_slope[lane] = b_slope[lane] * y[lane] + b[lane];
            a[lane] = a[lane] * y[lane] + (c > 0.0 ? c : 0.0);
            b[lane] = b[lane] * y[lane] + (c < 0.0 ? -c : 0.0);
        }
    for (int lane = 0; lane < lanes; lane++) {
        double turn = s[lane] > 0.0 ? -y[lane] : y[lane];
        sums->positive[lane] = a[lane];
        sums->negative[lane] = b[lane];
        sums->positive_slope[lane] = turn * a_slope[lane];
        sums->negative_slope[lane] = turn * b_slope[lane];
    }
}

/**
 * Newton's method on ln(positive part / negative part), a nearly straight function of s, halving the bracket when a step
 * would leave it. A lane that has its root stays where it is. Gives s; certain[lane] becomes 0 without convergence.
 */
MLD_INLINE void solve(int lanes, int periods, const double *flow, struct facts *facts, double *s)
{
    double done[LANES];
    for (int lane = 0; lane < lanes; lane++) {
        done[lane] = 1.0 - facts->certain[lane];
        s[lane] = 0.0;
    }
    for (int step = 0; step < MOST_STEPS; step++) {
        struct sums sums;
        evaluate(lanes, periods, flow, s, &sums);
        double left = 0.0;
        for (int lane = 0; lane < lanes; lane++) {
            double value = mld_log_inline(sums.positive[lane] / sums.negative[lane]);
            double slope = sums.positive_slope[lane] / sums.positive[lane]
                         - sums.negative_slope[lane] / sums.negative[lane];
            /* Below the root the NPV has the sign of the first flow. */
            double low = value * facts->sign[lane] > 0.0 ? s[lane] : facts->low[lane];
            double high = value * facts->sign[lane] > 0.0 ? facts->high[lane] : s[lane];
            double next = s[lane] - value / slope;
            next = next >= low && next <= high ? next : 0.5 * (low + high);
            /* Newton's method squares its error: a step of 1e-10 leaves nothing to gain. */
            double now = fabs(next - s[lane]) <= 1e-10 ? 1.0 : 0.0;
            facts->low[lane] = low;
            facts->high[lane] = high;
            s[lane] = done[lane] != 0.0 ? s[lane] : next;
            done[lane] = done[lane] > now ? done[lane] : now;
            left += 1.0 - done[lane];
        }
        if (left == 0.0)
            return;
    }
    for (int lane = 0; lane < lanes; lane++)
        facts->certain[lane] = facts->certain[lane] * done[lane];
}

/** The rate nearest 0 among the roots of s, m steps a year; NaN when there is none. */
static double rate_nearest_zero(int count, const double *s, double m)
{
    double nearest = NAN;
    for (int i = 0; i < count; i++) {
        double rate = mld_exp_inline(-m * s[i]) - 1.0;
        nearest = fabs(rate) >= fabs(nearest) ? nearest : rate;
    }
    return nearest;
}

/** All roots of flows at increasing times, in the time's unit, m units a year. Zero flows are left out. */
static double isolate(int n, const double *time, const double *flow, double m, int *roots)
{
    double exponent[MLD_MAX_PERIODS], coefficient[MLD_MAX_PERIODS], s[MLD_MAX_PERIODS];
    int kept = 0;
    for (int i = 0; i < n; i++)
        if (flow[i] != 0.0) {
            exponent[kept] = time[i];
            coefficient[kept++] = flow[i];
        }
    *roots = mld_exponential_roots(kept, exponent, coefficient, s);
    return rate_nearest_zero(*roots, s, m);
}

/** All roots of one lane of cleaned flows. */
static double isolate_lane(int lanes, int periods, int m, const double *flow, int *roots)
{
    double time[MLD_MAX_PERIODS], lane[MLD_MAX_PERIODS];
    for (int t = 0; t < periods; t++) {
        time[t] = t;
        lane[t] = flow[t * lanes];
    }
    return isolate(periods, time, lane, m, roots);
}

/** The whole of it for a few neighbouring paths. */
MLD_INLINE void irr_of_lanes(int lanes, int periods, int stride, int m, const double *flow, double *cleaned,
                             double *irr, int *roots)
{
    double dust[LANES], s[LANES];
    struct facts facts;
    clean(lanes, periods, stride, flow, cleaned, dust);
    find_facts(lanes, periods, cleaned, dust, &facts);
    solve(lanes, periods, cleaned, &facts, s);
    for (int lane = 0; lane < lanes; lane++) {
        roots[lane] = facts.certain[lane] != 0.0;
        irr[lane] = mld_exp_inline(-m * s[lane]) - 1.0;
        if (facts.negative[lane] == 0.0 || facts.positive[lane] == 0.0)
            irr[lane] = facts.negative[lane] != 0.0 ? -1.0 : NAN;
        else if (facts.certain[lane] == 0.0)
            irr[lane] = isolate_lane(lanes, periods, m, cleaned + lane, &roots[lane]);
    }
}

MLD_CLONES static void irr_of_group(int periods, int stride, int m, const double *flow, double *irr, int *roots)
{
    double cleaned[MLD_MAX_PERIODS * LANES];
    irr_of_lanes(LANES, periods, stride, m, flow, cleaned, irr, roots);
}

void mld_irr_batch(int periods, int width, int paths, int m, const double *flow, double *irr, int *roots)
{
    assert(periods <= MLD_MAX_PERIODS && width % LANES == 0 && paths <= width);
    for (int path = 0; path < paths; path += LANES)
        irr_of_group(periods, width, m, flow + path, irr + path, roots + path);
}

double mld_irr_periodic(int n, int m, const double *flow, int *roots)
{
    assert(n <= MLD_MAX_PERIODS);
    double cleaned[MLD_MAX_PERIODS], irr;
    irr_of_lanes(1, n, 1, m, flow, cleaned, &irr, roots);
    return irr;
}

/** Flows of one date together, without dust; gives their number. */
static int merge_dates(int n, const double *time_years, const double *flow, double *time, double *merged)
{
    int kept = 0;
    double total = 0.0;
    for (int i = 0; i < n; i++) {
        int same = kept > 0 && time[kept - 1] == time_years[i];
        time[kept - same] = time_years[i];
        merged[kept - same] = same ? merged[kept - 1] + flow[i] : flow[i];
        kept += !same;
        total += fabs(flow[i]);
    }
    for (int i = 0; i < kept; i++)
        merged[i] = fabs(merged[i]) > dust_share * total ? merged[i] : 0.0;
    return kept;
}

double mld_irr(int n, const double *time_years, const double *flow, int *roots)
{
    assert(n <= MLD_MAX_PERIODS);
    double time[MLD_MAX_PERIODS], merged[MLD_MAX_PERIODS];
    int kept = merge_dates(n, time_years, flow, time, merged);
    int positive = 0, negative = 0;
    for (int i = 0; i < kept; i++) {
        positive += merged[i] > 0.0;
        negative += merged[i] < 0.0;
    }
    *roots = 0;
    if (negative == 0 || positive == 0)
        return negative ? -1.0 : NAN;
    return isolate(kept, time, merged, 1.0, roots);
}
