/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A value is in the band when its statistic lies within 1.96 of its error of the target. A crossing
 * is a stretch between two values tried, one of which meets the target; its interval reaches as far
 * as the band goes on to either side.
 */
#include "solve/crossings.h"

#include <math.h>

#include "core/numbers.h"

/* Ends of an interval are found to this share of its length. */
static const double SHARE = 0.05;

/* ---- one value ---- */

static int is_defined(const struct mld_solve_table *table, int i)
{
    return !isnan(table->point[i].cell.value);
}

static int is_met(const struct mld_solve_table *table, int i)
{
    return mld_goal_is_met(&table->goal, &table->base, &table->point[i].cell);
}

/* The error of a sum of two that are independent; their squares are far from overflow. */
static double both(double error, double other) { return sqrt(error * error + other * other); }

double mld_goal_error(const struct mld_goal *goal, const struct mld_study_cell *base,
                      const struct mld_study_cell *cell)
{
    if (!goal->relative)
        return cell->error;
    return isnan(cell->change_error) ? both(cell->error, base->error) : cell->change_error;
}

/* How far from the target, in errors. */
static double score(const struct mld_solve_table *table, int i)
{
    const struct mld_study_cell *cell = &table->point[i].cell;
    double off = cell->value - mld_goal_target(&table->goal, &table->base),
           error = mld_goal_error(&table->goal, &table->base, cell);
    return error > 0 ? off / error : off > 0 ? (double)INFINITY : off < 0 ? -(double)INFINITY : 0;
}

static int is_outside(const struct mld_solve_table *table, int i)
{
    return is_defined(table, i) && fabs(score(table, i)) > MLD_HALF_INTERVAL;
}

/* ---- one crossing ---- */

static int crosses(const struct mld_solve_table *table, int i)
{
    return is_defined(table, i) && is_defined(table, i + 1) &&
           is_met(table, i) != is_met(table, i + 1);
}

/* The first values outside the band on both sides of the crossing after i; −1 and n: none. */
static void find_sides(const struct mld_solve_table *table, int i, int *left, int *right)
{
    for (*left = i; *left >= 0 && !is_outside(table, *left);)
        --*left;
    for (*right = i + 1; *right < table->n_points && !is_outside(table, *right);)
        ++*right;
}

/* Between a value outside the band and the next one inwards, where the band begins. */
static double edge(const struct mld_solve_table *table, int outside, int inside)
{
    double far = score(table, outside), near = score(table, inside),
           from = table->point[outside].at, sign = far < 0 ? -1 : 1,
           share = (fabs(far) - MLD_HALF_INTERVAL) / (fabs(far) - sign * near);
    return isfinite(share) ? from + share * (table->point[inside].at - from) : from;
}

/* To a multiple of the step, outwards. */
static double outwards(const struct mld_solve_table *table, double value, int up)
{
    double step = table->step, per = step < 1 ? round(1 / step) : 1, of = step < 1 ? 1 : step,
           near = up ? ceil(value * per / of) : floor(value * per / of);
    return fmin(fmax(near * of / per, table->from), table->to);
}

static struct mld_crossing crossing_at(const struct mld_solve_table *table, int i)
{
    int met = is_met(table, i) ? i : i + 1, left, right;
    find_sides(table, i, &left, &right);
    return (struct mld_crossing){ .met = table->point[met].at,
                                  .unmet = table->point[met == i ? i + 1 : i].at,
                                  .cell = table->point[met].cell,
                                  .low_open = left < 0,
                                  .high_open = right == table->n_points,
                                  .low = left < 0 ? table->from
                                                  : outwards(table, edge(table, left, left + 1), 0),
                                  .high = right == table->n_points
                                              ? table->to
                                              : outwards(table, edge(table, right, right - 1), 1) };
}

static double first_of(const struct mld_crossing *crossing)
{
    return crossing->met < crossing->unmet ? crossing->met : crossing->unmet;
}

/* ---- all of them ---- */

/* Of a change from the base, as far as it is known. */
static double paired_error(const struct mld_study_cell *cell)
{
    return isnan(cell->change_error) ? cell->error : cell->change_error;
}

double mld_cells_apart(const struct mld_study_cell *one, const struct mld_study_cell *other)
{
    double error = MLD_HALF_INTERVAL * both(paired_error(one), paired_error(other)),
           apart = other->value - one->value;
    return error > 0 ? apart / error : 0;
}

static double difference(const struct mld_solve_table *table, int a, int b)
{
    return mld_cells_apart(&table->point[a].cell, &table->point[b].cell);
}

/*
 * Where the statistic turns, when it both rises and falls by more than chance: at its highest, or
 * at its lowest when the highest is at an end.
 */
static double find_turn(const struct mld_solve_table *table)
{
    int high = -1, low = -1, last = table->n_points - 1;
    double rise = 0, fall = 0;
    for (int i = 0; i <= last; i++) {
        if (!is_defined(table, i))
            continue;
        high = high < 0 || table->point[i].cell.value > table->point[high].cell.value ? i : high;
        low = low < 0 || table->point[i].cell.value < table->point[low].cell.value ? i : low;
        rise = fmax(rise, difference(table, low, i));
        fall = fmax(fall, -difference(table, high, i));
    }
    if (rise <= 1 || fall <= 1)
        return (double)NAN;
    return table->point[high > 0 && high < last ? high : low].at;
}

void mld_crossings_fill(struct mld_solve_table *table)
{
    table->n_crossings = table->more = table->undefined = 0;
    for (int i = 0; i < table->n_points; i++)
        table->undefined += !is_defined(table, i);
    for (int i = 0; i + 1 < table->n_points; i++) {
        if (!crosses(table, i))
            continue;
        struct mld_crossing crossing = crossing_at(table, i);
        crossing.again = table->n_crossings > 0 &&
                         first_of(&crossing) < table->crossing[table->n_crossings - 1].high;
        if (table->n_crossings < MLD_MAX_CROSSINGS)
            table->crossing[table->n_crossings++] = crossing;
        else
            table->more++;
    }
    table->turn = find_turn(table);
}

/* ---- where to look on ---- */

/* The stretches to cut, by the value that each begins with. */
struct cuts {
    const struct mld_solve_table *table;
    struct mld_stretch *stretch;
    int n;
};

/* Adds the stretch after value i, unless it is there. `share`: where in it to look, if known. */
static void cut(struct cuts *cuts, int i, double share)
{
    double from = cuts->table->point[i].at, to = cuts->table->point[i + 1].at;
    share = share > 0 && share < 1 ? share : 0.5;
    for (int k = 0; k < cuts->n; k++)
        if (!(cuts->stretch[k].from < from) && !(cuts->stretch[k].from > from))
            return;
    cuts->stretch[cuts->n++] = (struct mld_stretch){ from, to, from + share * (to - from) };
}

static double length(const struct mld_solve_table *table, int i)
{
    return table->point[i + 1].at - table->point[i].at;
}

static void cut_crossing(struct cuts *cuts, int i)
{
    const struct mld_solve_table *table = cuts->table;
    double target = mld_goal_target(&table->goal, &table->base),
           off = table->point[i].cell.value - target,
           next = table->point[i + 1].cell.value - target;
    if (length(table, i) > table->tolerance)
        cut(cuts, i, off / (off - next));
}

static void cut_edges(struct cuts *cuts, int i)
{
    const struct mld_solve_table *table = cuts->table;
    int left, right, last = table->n_points - 1;
    find_sides(table, i, &left, &right);
    double band = table->point[right > last ? last : right].at -
                  table->point[left < 0 ? 0 : left].at,
           enough = fmax(table->tolerance, SHARE * band);
    if (left >= 0 && length(table, left) > enough)
        cut(cuts, left,
            (edge(table, left, left + 1) - table->point[left].at) / length(table, left));
    if (right <= last && length(table, right - 1) > enough)
        cut(cuts, right - 1,
            (edge(table, right, right - 1) - table->point[right - 1].at) /
                length(table, right - 1));
}

int mld_crossings_open(const struct mld_solve_table *table,
                       struct mld_stretch stretch[MLD_MAX_STRETCHES])
{
    struct cuts cuts = { .table = table, .stretch = stretch };
    for (int i = 0, n = 0; i + 1 < table->n_points && n < MLD_MAX_CROSSINGS; i++) {
        if (!crosses(table, i))
            continue;
        cut_crossing(&cuts, i);
        cut_edges(&cuts, i);
        n++;
    }
    return cuts.n;
}
