/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/sizes.h"

#include <math.h>

#include "core/numbers.h"

/* Parts of the range: to which the size is found, and the ends of its interval. */
static const double FINE = 1e-6, COARSE = 1e-4;

static void insert(struct mld_sought *sought, double x, double mean, double error)
{
    int at = sought->n++;
    for (; at > 0 && sought->x[at - 1] > x; at--) {
        sought->x[at] = sought->x[at - 1];
        sought->mean[at] = sought->mean[at - 1];
        sought->error[at] = sought->error[at - 1];
    }
    sought->x[at] = x;
    sought->mean[at] = mean;
    sought->error[at] = error;
}

void mld_sought_add(struct mld_sought *sought, double x, size_t paths, const double *value,
                    double scale)
{
    double sum = 0, square = 0, n = (double)paths;
    for (size_t p = 0; p < paths; p++)
        sum += scale * value[p] - sought->target[p];
    for (size_t p = 0; p < paths; p++) {
        double away = scale * value[p] - sought->target[p] - sum / n;
        square += away * away;
    }
    if (sought->n < MLD_MOST_TRIED)
        insert(sought, x, sum / n, paths > 1 ? sqrt(square / (n - 1) / n) : (double)NAN);
}

void mld_sought_start(struct mld_sought *sought, size_t paths)
{
    sought->n = 0;
    mld_sought_add(sought, 0, paths, sought->target, 0);
}

/* The difference, or the end of its interval on one side: it grows with the size. */
static double height(const struct mld_sought *sought, int i, int side)
{
    return sought->mean[i] + side * MLD_HALF_INTERVAL * sought->error[i];
}

/* Place of the first size tried at which the height is above 0, n when it is nowhere. */
static int first_above(const struct mld_sought *sought, int side)
{
    int i = 0;
    while (i < sought->n && !(height(sought, i, side) > 0))
        i++;
    return i;
}

/* Where the line between two neighbours crosses 0. */
static double crossing(const struct mld_sought *sought, int above, int side)
{
    double a = sought->x[above - 1], b = sought->x[above], low = height(sought, above - 1, side),
           high = height(sought, above, side);
    return a + (b - a) * (0 - low) / (high - low);
}

/* A size to try, or NaN when the crossing is known to `fine` of the range, or there is none. */
static double next_of(const struct mld_sought *sought, int side, double fine)
{
    int above = first_above(sought, side);
    if (above == 0 || above == sought->n || sought->n == MLD_MOST_TRIED)
        return NAN;
    double x = crossing(sought, above, side), a = sought->x[above - 1], b = sought->x[above],
           near = fine * sought->most;
    return x - a <= near || b - x <= near ? NAN : x;
}

double mld_sought_next(const struct mld_sought *sought)
{
    double x = next_of(sought, 0, FINE);
    if (isnan(x))
        x = next_of(sought, 1, COARSE);
    return isnan(x) ? next_of(sought, -1, COARSE) : x;
}

void mld_sought_read(const struct mld_sought *sought, struct mld_alternative *found)
{
    int above = first_above(sought, 0), low = first_above(sought, 1),
        high = first_above(sought, -1);
    *found = (struct mld_alternative){ .x = NAN, .low = NAN, .high = NAN };
    found->sized = above == 0           ? MLD_COSTS_NOTHING
                   : above == sought->n ? MLD_COSTS_TOO_LITTLE
                                        : MLD_IS_SIZED;
    if (found->sized != MLD_IS_SIZED)
        return;
    found->x = crossing(sought, above, 0);
    found->low_open = low == 0;
    found->low = low == 0 ? 0 : crossing(sought, low, 1);
    found->high_open = high == sought->n;
    found->high = high == sought->n ? sought->most : crossing(sought, high, -1);
}
