/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scenario/law.h"

#include <math.h>

#include "milliard/numerics.h"

/* What is uniform on a piece: the value, its logarithm, or 1 over it. */
enum scale { LINEAR, LOGARITHMIC, INVERSE };

struct piece {
    double from, to;
    enum scale scale;
};

/* A piece that has no end is drawn in 1/value. */
static struct piece piece_of(double from, double to, int logarithmic)
{
    enum scale scale = isinf(to) ? INVERSE : logarithmic ? LOGARITHMIC : LINEAR;
    return (struct piece){ from, to, scale };
}

static double value_in(struct piece piece, double v)
{
    if (piece.scale == LINEAR)
        return piece.from + (piece.to - piece.from) * v;
    if (piece.scale == INVERSE) /* 1/from (1 − v) + 0 v */
        return piece.from / (1 - v);
    return piece.from * mld_exp(v * mld_log(piece.to / piece.from));
}

static double mean_of(struct piece piece)
{
    if (piece.scale == LINEAR)
        return 0.5 * (piece.from + piece.to);
    return piece.scale == INVERSE ? INFINITY
                                  : (piece.to - piece.from) / mld_log(piece.to / piece.from);
}

/* Triangle with its mode at c: F(c) = (c − low) / (high − low), a square root on each side. */
static double triangular(double low, double high, double mode, double u)
{
    double width = high - low, below = (mode - low) / width;
    return u < below ? low + sqrt(u * width * (mode - low))
                     : high - sqrt((1 - u) * width * (high - mode));
}

static const char *problem_of_ends(const struct mld_law_range *range)
{
    int is_log = range->law == MLD_LAW_LOG_UNIFORM ||
                 (range->law == MLD_LAW_TWO_PIECE && range->logarithmic);
    if (!(range->low < range->high))
        return "low is not below high";
    if (isinf(range->low) || (isinf(range->high) && range->low <= 0))
        return "towards \"none\" it is drawn in 1/value, so low has to be above 0";
    if (isinf(range->high) && is_log)
        return "no logarithm is uniform up to \"none\": two_piece and uniform are drawn in 1/value";
    if (isinf(range->high) && range->law == MLD_LAW_TRIANGULAR)
        return "no triangle reaches \"none\": two_piece and uniform are drawn in 1/value";
    if (is_log && range->low <= 0)
        return "a logarithm is uniform between ends above 0 only";
    return NULL;
}

const char *mld_law_problem(const struct mld_law_range *range, double centre)
{
    if (range->law == MLD_LAW_FIXED)
        return NULL;
    const char *problem = problem_of_ends(range);
    int needs_centre = range->law == MLD_LAW_TWO_PIECE || range->law == MLD_LAW_TRIANGULAR;
    if (!problem && needs_centre && !(centre >= range->low && centre <= range->high))
        problem = "what the scenario says is not between low and high: widen them, or give law = "
                  "\"uniform\"";
    return problem;
}

/* Half of the mass on each side of the centre; all of it on one where the centre is an end. */
static double two_piece(const struct mld_law_range *range, double centre, double u)
{
    struct piece below = piece_of(range->low, centre, range->logarithmic),
                 above = piece_of(centre, range->high, range->logarithmic);
    if (centre == range->low)
        return value_in(above, u);
    if (centre == range->high)
        return value_in(below, u);
    return u < 0.5 ? value_in(below, 2 * u) : value_in(above, 2 * u - 1);
}

double mld_law_value(const struct mld_law_range *range, double centre, double u)
{
    switch (range->law) {
    case MLD_LAW_TWO_PIECE: return two_piece(range, centre, u);
    case MLD_LAW_UNIFORM: return value_in(piece_of(range->low, range->high, 0), u);
    case MLD_LAW_LOG_UNIFORM: return value_in(piece_of(range->low, range->high, 1), u);
    case MLD_LAW_TRIANGULAR: return triangular(range->low, range->high, centre, u);
    default: return centre;
    }
}

static double mean_of_two(const struct mld_law_range *range, double centre)
{
    struct piece below = piece_of(range->low, centre, range->logarithmic),
                 above = piece_of(centre, range->high, range->logarithmic);
    if (centre == range->low)
        return mean_of(above);
    return centre == range->high ? mean_of(below) : 0.5 * (mean_of(below) + mean_of(above));
}

double mld_law_mean(const struct mld_law_range *range, double centre)
{
    switch (range->law) {
    case MLD_LAW_TWO_PIECE: return mean_of_two(range, centre);
    case MLD_LAW_UNIFORM: return mean_of(piece_of(range->low, range->high, 0));
    case MLD_LAW_LOG_UNIFORM: return mean_of(piece_of(range->low, range->high, 1));
    case MLD_LAW_TRIANGULAR: return (range->low + range->high + centre) / 3;
    default: return centre;
    }
}
