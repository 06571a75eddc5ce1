/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solve/space.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/numerics.h"

static double clamp(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

/* ---- round decimals ---- */

double mld_step_below(double length, double least)
{
    char digits[40], power[40];
    snprintf(digits, sizeof digits, "%.16e", length);
    snprintf(power, sizeof power, "1%s", strchr(digits, 'e'));
    double step = strtod(power, NULL);
    return step < least ? least : step;
}

double mld_step_round(double value, double step)
{
    double per = round(1 / step);
    return step < 1 ? round(value * per) / per : round(value / step) * step;
}

/* ---- the space ---- */

enum { STEPS = 1000 }; /* of a range, at least */

/* Bounds between multiples of the least step go inwards to the next, where there are two. */
static void tighten(struct mld_space *space, int i, double least)
{
    if (least <= 0)
        return;
    double per = round(1 / least), from = ceil(space->from[i] * per) / per,
           to = floor(space->to[i] * per) / per;
    if (!(from < to))
        return;
    space->from[i] = from;
    space->to[i] = to;
}

void mld_space_init(struct mld_space *space, const int *is_weight, const double *least)
{
    double coarsest = 0;
    space->n_weights = space->n_free = 0;
    for (int i = 0; i < space->n; i++) {
        tighten(space, i, least[i]);
        space->step[i] = mld_step_below((space->to[i] - space->from[i]) / STEPS, least[i]);
        if (is_weight[i]) {
            space->weight[space->n_weights++] = i;
            coarsest = space->step[i] > coarsest ? space->step[i] : coarsest;
        }
    }
    for (int w = 0; w < space->n_weights; w++)
        space->step[space->weight[w]] = coarsest;
    for (int i = 0; i < space->n; i++)
        if (!space->n_weights || i != space->weight[space->n_weights - 1])
            space->free[space->n_free++] = i;
}

static double sum_of(const struct mld_space *space, const double *value)
{
    double sum = 0;
    for (int w = 0; w < space->n_weights; w++)
        sum += value[space->weight[w]];
    return sum;
}

/* The sum of the weights that are less by `less`, within their bounds. */
static double sum_less(const struct mld_space *space, const double *value, double less)
{
    double sum = 0;
    for (int w = 0; w < space->n_weights; w++) {
        int i = space->weight[w];
        sum += clamp(value[i] - less, space->from[i], space->to[i]);
    }
    return sum;
}

/* The nearest weights that have the sum: all less by the same, within their bounds. */
static void project(const struct mld_space *space, double *value)
{
    double low = -2, high = 2; /* weights are between 0 and 1 */
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (sum_less(space, value, middle) > space->sum)
            low = middle;
        else
            high = middle;
    }
    for (int w = 0; w < space->n_weights; w++) {
        int i = space->weight[w];
        value[i] = clamp(value[i] - high, space->from[i], space->to[i]);
    }
}

/* Below what counts in a sum of weights, above what sums of doubles are off by. */
static const double TINY = 1e-12;

/* What rounding has changed of the sum goes to the weights that have room, the last ones first. */
static void settle(const struct mld_space *space, double *value)
{
    for (int w = space->n_weights - 1; w >= 0; w--) {
        int i = space->weight[w];
        double moved = value[i] + (space->sum - sum_of(space, value));
        value[i] = mld_step_round(clamp(moved, space->from[i], space->to[i]), TINY);
    }
}

/* To the bounds, the sum and the steps. */
static void make_point(const struct mld_space *space, double *value)
{
    if (space->n_weights)
        project(space, value);
    for (int i = 0; i < space->n; i++)
        value[i] = clamp(mld_step_round(value[i], space->step[i]), space->from[i], space->to[i]);
    settle(space, value);
}

/* ---- places ---- */

static double length(const struct mld_space *space, int i) { return space->to[i] - space->from[i]; }

/* The weights are as the place says, and the last one what is left, wherever that lies. */
static void spread(const struct mld_space *space, const double *place, double *value)
{
    for (int f = 0; f < space->n_free; f++) {
        int i = space->free[f];
        value[i] = space->from[i] + place[f] * length(space, i);
    }
    if (space->n_weights) {
        int last = space->weight[space->n_weights - 1];
        value[last] = 0;
        value[last] = space->sum - sum_of(space, value);
    }
}

void mld_space_point(const struct mld_space *space, const double *place, double *value)
{
    spread(space, place, value);
    make_point(space, value);
}

void mld_space_place(const struct mld_space *space, const double *value, double *place)
{
    for (int f = 0; f < space->n_free; f++) {
        int i = space->free[f];
        place[f] = (value[i] - space->from[i]) / length(space, i);
    }
}

void mld_space_beyond(const struct mld_space *space, const double *place, double beyond[2])
{
    double value[MLD_MAX_FRONTIER_KEYS];
    spread(space, place, value);
    int last = space->weight[space->n_weights - 1];
    beyond[0] = space->from[last] - value[last];
    beyond[1] = value[last] - space->to[last];
}

/* ---- a scan ---- */

/* Halton's sequence: the digits of i in a prime base, behind the point in reverse. */
static double halton(int i, int dimension)
{
    static const int prime[MLD_MAX_FRONTIER_KEYS] = { 2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37 };
    double value = 0, unit = 1;
    for (; i; i /= prime[dimension]) {
        unit /= prime[dimension];
        value += unit * (i % prime[dimension]);
    }
    return value;
}

/* Numbers whose shares of their sum are even over the simplex: exponential ones. */
static void scan_weights(const struct mld_space *space, int i, double *value)
{
    double sum = 0;
    for (int w = 0; w < space->n_weights; w++) {
        int k = space->weight[w];
        value[k] = i < space->n_weights ? i == w : -mld_log(value[k] > 0 ? value[k] : 0.5);
        sum += value[k];
    }
    for (int w = 0; w < space->n_weights; w++)
        value[space->weight[w]] *= space->sum / sum;
}

void mld_space_scan(const struct mld_space *space, int i, double *value)
{
    for (int k = 0; k < space->n; k++)
        value[k] = halton(i + 1, k);
    if (space->n_weights)
        scan_weights(space, i, value);
    for (int k = 0, w = 0; k < space->n; k++) {
        if (w < space->n_weights && space->weight[w] == k)
            w++;
        else
            value[k] = space->from[k] + value[k] * length(space, k);
    }
    make_point(space, value);
}
