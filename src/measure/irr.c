/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Internal rates of return. With x = e^s = (1+r)^(-1/m), the net present value is Σ c_t x^t, r in
 * (−1, ∞) being x > 0.
 *
 * Nearly every path has one root, which two rules prove in one pass over its flows:
 *   - Descartes: one change of sign in c_t;
 *   - the same on running sums (Norstrøm 1972): the changes of sign of c_0, c_0 + c_1, … bound the
 *     roots in x < 1, those of the sums taken from the end bound the roots in x > 1; one change in
 *     all leaves one root.
 * That root is solved for in lock step over the lanes of a batch. A lane's arithmetic depends on
 * its own path only. The other paths go one by one to the isolation of all roots in
 * exponential_roots.c.
 */
#include "measure/irr.h"

#include <assert.h>
#include <float.h>
#include <math.h>

#include "core/vector.h"
#include "measure/exponential_roots.h"
#include "milliard/measure.h"

/*
 * Four lanes: what is wider than the vectors of AVX2, gcc 12 compares lane by lane there, and keeps
 * in memory. Two such groups are solved for side by side: each operation of a Horner's scheme waits
 * for the one before, and the other group's fill the time.
 */
enum { LANES = 4, GROUPS = 2, TOGETHER = GROUPS * LANES, MOST_STEPS = 64 };

/*
 * Flows below this share of the sum of their absolute values are dust that subtractions leave, and
 * count as 0: the answer is then the exact one of flows no further away than rounding.
 */
static const double dust_share = 4.0 * DBL_EPSILON;

/*
 * The vectors of GNU C, one lane a path: gcc 12 leaves loops over arrays of lanes in memory and
 * full of jumps. A comparison gives a mask: all bits of a lane, or none.
 */
typedef double lanes __attribute__((vector_size(LANES * sizeof(double))));
typedef int64_t mask __attribute__((vector_size(LANES * sizeof(int64_t))));

MLD_INLINE lanes choose(mask where, lanes yes, lanes no)
{
    return (lanes)((where & (mask)yes) | (~where & (mask)no));
}

MLD_INLINE lanes absolute(lanes x) { return (lanes)((mask)x & INT64_MAX); }

/** −1 or 1 where x is beyond the tolerance, else 0. */
MLD_INLINE lanes sign_of(lanes x, lanes tolerance)
{
    return choose(absolute(x) > tolerance, choose(x > 0.0, (lanes){ 0 } + 1.0, (lanes){ 0 } - 1.0),
                  (lanes){ 0 });
}

MLD_INLINE int any(mask where)
{
    int64_t some = 0;
    for (int lane = 0; lane < LANES; lane++)
        some |= where[lane];
    return some != 0;
}

/* Through arrays, over which the loop vectorises. */
MLD_INLINE lanes exp_lanes(lanes x)
{
    double in[LANES], out[LANES];
    memcpy(in, &x, sizeof x);
#pragma GCC unroll 1
    for (int lane = 0; lane < LANES; lane++)
        out[lane] = mld_exp_inline(in[lane]);
    memcpy(&x, out, sizeof x);
    return x;
}

MLD_INLINE lanes log_lanes(lanes x)
{
    double in[LANES], out[LANES];
    memcpy(in, &x, sizeof x);
#pragma GCC unroll 1
    for (int lane = 0; lane < LANES; lane++)
        out[lane] = mld_log_inline(in[lane]);
    memcpy(&x, out, sizeof x);
    return x;
}

/** Flows of neighbouring paths, and what is told of them. Masks are per lane. */
struct group {
    int periods, paying;         /* all, and those up to the last in which something is paid */
    lanes flow[MLD_MAX_PERIODS]; /* without dust */
    lanes dust;
    lanes first;             /* sign of the first flow, 0 without one */
    mask positive, negative; /* there are such flows */
    mask certain;            /* there is exactly one root, between low and high */
    lanes low, high;         /* in s = ln x */
};

/** Changes of sign in a sequence, zeros left out. */
struct changes {
    lanes last, count;
};

/** Without turning masks into numbers, which AVX2 does lane by lane. */
MLD_INLINE void changes_add(struct changes *changes, lanes sign)
{
    changes->count += choose(sign * changes->last < 0.0, (lanes){ 0 } + 1.0, (lanes){ 0 });
    changes->last = choose(sign != 0.0, sign, changes->last);
}

MLD_INLINE void take(struct group *group, int periods, int stride, const double *flow)
{
    lanes total = { 0 };
    group->periods = periods;
    for (int t = 0; t < periods; t++) {
        memcpy(&group->flow[t], flow + (size_t)t * (size_t)stride, sizeof(lanes));
        total += absolute(group->flow[t]);
    }
    group->dust = dust_share * total;
    for (int t = 0; t < periods; t++)
        group->flow[t] = choose(absolute(group->flow[t]) > group->dust, group->flow[t],
                                (lanes){ 0 });
    group->paying = periods;
    while (group->paying > 0 && !any(group->flow[group->paying - 1] != 0.0))
        group->paying--;
}

/**
 * Applies the two rules. Iterates that would overflow Horner's scheme are left to the isolation.
 */
MLD_INLINE void examine(struct group *group)
{
    struct changes flows = { 0 }, before = { 0 }, after = { 0 };
    lanes sum = { 0 }, rest = { 0 };
    group->first = (lanes){ 0 };
    group->positive = group->negative = (mask){ 0 };
    for (int t = 0; t < group->periods; t++) {
        lanes flow = group->flow[t], sign = sign_of(flow, (lanes){ 0 });
        group->positive |= flow > 0.0;
        group->negative |= flow < 0.0;
        group->first = choose(group->first == 0.0, sign, group->first);
        changes_add(&flows, sign);
        sum += flow;
        changes_add(&before, sign_of(sum, group->dust));
        rest += group->flow[group->periods - 1 - t];
        changes_add(&after, sign_of(rest, group->dust));
    }
    mask descartes = flows.count == 1.0;
    /* A total of 0 is itself a root, r = 0, that neither side counts. */
    mask sums = (sign_of(sum, group->dust) != 0.0) & (before.count + after.count == 1.0) &
                ~descartes;
    /*
     * Kept flows are above 4ε times their sum S; where S e^-|s| < 4ε S, |s| > 34.7, the last flow
     * outweighs all. e^(s periods) is kept below e^600: beyond, x is no more followed here.
     */
    double farthest = 35.0 * group->periods < 600.0 ? 35.0 : 600.0 / group->periods;
    group->certain = descartes | sums;
    group->low = choose(sums & (after.count == 1.0), (lanes){ 0 }, (lanes){ 0 } - farthest);
    group->high = choose(sums & (before.count == 1.0), (lanes){ 0 }, (lanes){ 0 } + farthest);
}

/**
 * Positive and negative terms at e^s apart, and their derivatives in x: Horner's scheme.
 */
struct terms {
    lanes x, positive, negative, positive_slope, negative_slope;
};

MLD_INLINE void add_flow(struct terms *terms, lanes flow)
{
    lanes x = terms->x;
    terms->positive_slope = terms->positive_slope * x + terms->positive;
    terms->negative_slope = terms->negative_slope * x + terms->negative;
    terms->positive = terms->positive * x + (lanes)((mask)flow & (flow > 0.0));
    terms->negative = terms->negative * x - (lanes)((mask)flow & (flow < 0.0));
}

/** Of two groups; beyond the last period in which one pays its terms stay 0. */
MLD_INLINE void evaluate(const struct group group[GROUPS], const lanes s[GROUPS],
                         struct terms terms[GROUPS])
{
    int paying = group[0].paying > group[1].paying ? group[0].paying : group[1].paying;
    struct terms one = { .x = exp_lanes(s[0]) }, other = { .x = exp_lanes(s[1]) };
    for (int t = paying - 1; t >= 0; t--) {
        add_flow(&one, group[0].flow[t]);
        add_flow(&other, group[1].flow[t]);
    }
    terms[0] = one;
    terms[1] = other;
}

/** Where a group stands in the search: s, what is left of its bracket, lanes without their root. */
struct search {
    lanes s, low, high;
    mask waiting;
};

/** A step of Newton's method on ln(positive/negative), a nearly straight function of s. */
MLD_INLINE void follow(const struct group *group, const struct terms *terms, struct search *search)
{
    lanes positive_slope = terms->positive_slope * terms->x / terms->positive,
          negative_slope = terms->negative_slope * terms->x / terms->negative;
    lanes value = log_lanes(terms->positive / terms->negative), s = search->s;
    lanes next = s - value / (positive_slope - negative_slope);
    /* Before the root the NPV has the sign of the first flow. */
    mask is_low = value * group->first > 0.0;
    lanes low = search->low = choose(is_low, s, search->low);
    lanes high = search->high = choose(is_low, search->high, s);
    next = choose((next >= low) & (next <= high), next, 0.5 * (low + high));
    /* Newton's method squares its error: a step of 1e-10 leaves nothing to gain. */
    mask near = absolute(next - s) <= 1e-10;
    search->s = choose(search->waiting, next, s);
    search->waiting &= ~near;
}

/**
 * The roots of two groups by Newton's method, halving the bracket when a step would leave it. A
 * lane that has its root stays where it is. Lanes without convergence are no longer certain.
 */
MLD_INLINE void solve(struct group group[GROUPS], lanes s[GROUPS])
{
    struct search search[GROUPS];
    for (int g = 0; g < GROUPS; g++) {
        search[g] = (struct search){ { 0 }, group[g].low, group[g].high, group[g].certain };
        s[g] = search[g].s;
    }
    for (int step = 0; step < MOST_STEPS && any(search[0].waiting | search[1].waiting); step++) {
        struct terms terms[GROUPS];
        evaluate(group, s, terms);
        for (int g = 0; g < GROUPS; g++) {
            follow(&group[g], &terms[g], &search[g]);
            s[g] = search[g].s;
        }
    }
    for (int g = 0; g < GROUPS; g++) {
        /* At the end of the room there is no root, but one beyond. */
        mask inside = (s[g] > group[g].low + 1e-9) & (s[g] < group[g].high - 1e-9);
        group[g].certain &= ~search[g].waiting &
                            (inside | (group[g].low == 0.0) | (group[g].high == 0.0));
    }
}

/**
 * The rate kept of the roots of s = −ln(1+r)/m: of those at which the present value falls as r
 * rises, so rises with s (of all when there is none), the one nearest 0 in ln(1+r). At the others
 * more money back would give a lower rate.
 */
static double rate_kept(int count, const double *s, const int *rises, double m)
{
    int falling = 0;
    double nearest = NAN;
    for (int i = 0; i < count; i++)
        falling |= rises[i];
    for (int i = 0; i < count; i++)
        if (rises[i] == falling)
            nearest = fabs(s[i]) >= fabs(nearest) ? nearest : s[i];
    return mld_exp_inline(-m * nearest) - 1.0;
}

/**
 * All roots of flows at increasing times, in the time's unit, m units a year. Zero flows are left
 * out.
 */
static double isolate(int n, const double *time, const double *flow, double m, int *roots)
{
    double exponent[MLD_MAX_PERIODS], coefficient[MLD_MAX_PERIODS], s[MLD_MAX_PERIODS];
    int rises[MLD_MAX_PERIODS], kept = 0;
    for (int i = 0; i < n; i++)
        if (flow[i] != 0.0) {
            exponent[kept] = time[i];
            coefficient[kept++] = flow[i];
        }
    *roots = mld_exponential_roots(kept, exponent, coefficient, s, rises);
    return *roots ? rate_kept(*roots, s, rises, m) : (double)NAN;
}

/** All roots of one lane. */
static double isolate_lane(const struct group *group, int lane, int m, int *roots)
{
    double time[MLD_MAX_PERIODS] = { 0 }, flow[MLD_MAX_PERIODS] = { 0 };
    for (int t = 0; t < group->periods; t++) {
        time[t] = t;
        flow[t] = group->flow[t][lane];
    }
    return isolate(group->periods, time, flow, m, roots);
}

/** What is told of a group whose s is found. */
MLD_INLINE void tell(const struct group *group, lanes s, int m, double *irr, int *roots)
{
    lanes rate = exp_lanes(-m * s) - 1.0;
    for (int lane = 0; lane < LANES; lane++) {
        roots[lane] = group->certain[lane] != 0;
        irr[lane] = rate[lane];
        if (!group->positive[lane] || !group->negative[lane])
            irr[lane] = group->negative[lane] ? -1.0 : NAN;
        else if (!group->certain[lane])
            irr[lane] = isolate_lane(group, lane, m, &roots[lane]);
    }
}

MLD_CLONES static void irr_of_groups(int periods, int stride, int m, const double *flow,
                                     double *irr, int *roots)
{
    struct group group[GROUPS];
    lanes s[GROUPS];
    for (int g = 0; g < GROUPS; g++) {
        take(&group[g], periods, stride, flow + g * LANES);
        examine(&group[g]);
    }
    solve(group, s);
    for (int g = 0; g < GROUPS; g++)
        tell(&group[g], s[g], m, irr + g * LANES, roots + g * LANES);
}

void mld_irr_batch(int periods, int width, int paths, int m, const double *flow, double *irr,
                   int *roots)
{
    assert(periods <= MLD_MAX_PERIODS && width % TOGETHER == 0 && paths <= width);
    for (int path = 0; path < paths; path += TOGETHER)
        irr_of_groups(periods, width, m, flow + path, irr + path, roots + path);
}

double mld_irr_periodic(int n, int m, const double *flow, int *roots)
{
    assert(n <= MLD_MAX_PERIODS);
    /* One lane, the others empty. */
    double group[MLD_MAX_PERIODS * TOGETHER], irr[TOGETHER];
    int found[TOGETHER];
    memset(group, 0, (size_t)n * TOGETHER * sizeof group[0]);
    for (int t = 0; t < n; t++)
        group[t * TOGETHER] = flow[t];
    irr_of_groups(n, TOGETHER, m, group, irr, found);
    *roots = found[0];
    return irr[0];
}

/** Flows of one date together, without dust; gives their number. */
static int merge_dates(int n, const double *time_years, const double *flow, double *time,
                       double *merged)
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
