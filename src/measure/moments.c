/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Moments of a column in one pass. The sum is compensated (Neumaier 1974); powers are of distances
 * from an origin, the mean of the first numbers, so near the mean of all that little is lost when
 * they are brought to it.
 */
#include "milliard/moments.h"

#include <math.h>

/* ---- numbers come ---- */

static void add_sum(struct mld_moments *moments, size_t n, const double *value)
{
    double sum = moments->sum, lost = moments->lost;
    for (size_t i = 0; i < n; i++) {
        double total = sum + value[i];
        lost += fabs(sum) >= fabs(value[i]) ? (sum - total) + value[i] : (value[i] - total) + sum;
        sum = total;
    }
    moments->sum = sum;
    moments->lost = lost;
}

static void add_powers(struct mld_moments *moments, size_t n, const double *value)
{
    const double origin = moments->origin;
    double *power = moments->power, first = power[0], second = power[1], third = power[2],
           fourth = power[3];
    for (size_t i = 0; i < n; i++) {
        double d = value[i] - origin, square = d * d;
        first += d;
        second += square;
        third += square * d;
        fourth += square * square;
    }
    power[0] = first;
    power[1] = second;
    power[2] = third;
    power[3] = fourth;
}

static double mean_of(const struct mld_moments *moments)
{
    return (moments->sum + moments->lost) / (double)moments->count;
}

/* The first numbers wait until they are enough for an origin; gives how many of n it took. */
static size_t wait_for_origin(struct mld_moments *moments, size_t n, const double *value)
{
    size_t room = MLD_MOMENTS_FIRST - moments->count, taken = n < room ? n : room;
    for (size_t i = 0; i < taken; i++)
        moments->waiting[moments->count + i] = value[i];
    add_sum(moments, taken, value);
    moments->count += taken;
    if (moments->count == MLD_MOMENTS_FIRST) {
        moments->origin = mean_of(moments);
        add_powers(moments, MLD_MOMENTS_FIRST, moments->waiting);
    }
    return taken;
}

void mld_moments_add(struct mld_moments *moments, size_t n, const double *value)
{
    size_t taken = moments->count < MLD_MOMENTS_FIRST ? wait_for_origin(moments, n, value) : 0;
    add_sum(moments, n - taken, value + taken);
    add_powers(moments, n - taken, value + taken);
    moments->count += n - taken;
}

/* ---- what they give ---- */

/* All of them, when there are too few for an origin. */
static struct mld_moments closed(const struct mld_moments *moments)
{
    struct mld_moments all = *moments;
    if (all.count > 0 && all.count < MLD_MOMENTS_FIRST) {
        all.origin = mean_of(moments);
        add_powers(&all, all.count, moments->waiting);
    }
    return all;
}

/* Standard error of the sd: that of the variance, (m4 − (n−3)/(n−1) s⁴)/n, by the delta method. */
void mld_moments_fill(const struct mld_moments *moments, struct mld_statistics *out)
{
    const struct mld_moments all = closed(moments);
    double n = (double)all.count, d = all.power[0] / n, d2 = d * d;
    if (all.count == 0)
        return;
    out->mean = mean_of(&all);
    if (all.count < 2)
        return;
    double second = all.power[1] - n * d2;
    double fourth = all.power[3] - 4 * d * all.power[2] + 6 * d2 * all.power[1] - 3 * n * d2 * d2;
    double variance = second > 0 ? second / (n - 1) : 0;
    out->sd = sqrt(variance);
    out->mean_error = out->sd / sqrt(n);
    double spread = (fourth / n - (n - 3) / (n - 1) * variance * variance) / n;
    out->sd_error = out->sd > 0 ? sqrt(spread > 0 ? spread : 0) / (2 * out->sd) : 0;
}
