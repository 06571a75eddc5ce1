/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Time (model, section 1): T = m H periods, t = 0 … T-1, flows of period t dated at its end,
 * (t+1)/m years after the first closing. Read-only once checked. Nothing here allocates, and only
 * mld_date_parse() can fail.
 */
#ifndef MILLIARD_GRID_H
#define MILLIARD_GRID_H

#include "milliard/language.h"

MLD_BEGIN_DECLARATIONS

/** A day of the Gregorian calendar, extended backwards; month and day from 1. */
struct mld_date {
    int year, month, day;
};

struct mld_grid {
    int periods_per_year;          /**< m in {1, 2, 4, 12} */
    int horizon_years;             /**< H in [1, MLD_MAX_YEARS] */
    struct mld_date first_closing; /**< date of the start of period 0 */
    int periods;                   /**< T = m H (derived) */
    /* t_L: the fund's last period, or T-1 for a scheme (derived) */
    int last;
};

/** Year y(t) of a period, from 0. */
static inline int mld_grid_year(const struct mld_grid *grid, int period)
{
    return period / grid->periods_per_year;
}

/** Whole periods nearest to a number of years (halves away from zero). */
int mld_grid_periods(const struct mld_grid *grid, double years);

/** Calendar year in which the flows of `period` are dated. */
int mld_grid_calendar_year(const struct mld_grid *grid, int period);

/** Period that contains a date, counted from the first closing; negative before it. */
int mld_grid_period_of(const struct mld_grid *grid, struct mld_date date);

/** Last day of a period, the date its flows bear. */
struct mld_date mld_grid_period_end(const struct mld_grid *grid, int period);

/** Reads "2027-01-01" (ISO 8601); returns 0, or -1 if it is no date of the Gregorian calendar. */
int mld_date_parse(const char *text, struct mld_date *date);

MLD_END_DECLARATIONS

#endif
