/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time of the model: periods, and the Gregorian calendar extended backwards without a gap. */
#include "milliard/grid.h"

#include <ctype.h>
#include <math.h>

enum { MONTHS_A_YEAR = 12 };

static int floor_div(int a, int b) { return a / b - (a % b < 0); }

static int days_in_month(int year, int month)
{
    static const int days[MONTHS_A_YEAR] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/**
 * First day of a period: the same day of a later month, or that month's last day when it has no
 * such day.
 */
static struct mld_date period_start(const struct mld_grid *grid, int period)
{
    int months = grid->first_closing.month - 1 + period * (MONTHS_A_YEAR / grid->periods_per_year);
    int years = floor_div(months, MONTHS_A_YEAR);
    struct mld_date date = { .year = grid->first_closing.year + years,
                             .month = months - MONTHS_A_YEAR * years + 1,
                             .day = grid->first_closing.day };
    int longest = days_in_month(date.year, date.month);
    date.day = date.day < longest ? date.day : longest;
    return date;
}

int mld_grid_periods(const struct mld_grid *grid, double years)
{
    return (int)lround(grid->periods_per_year * years);
}

struct mld_date mld_grid_period_end(const struct mld_grid *grid, int period)
{
    struct mld_date date = period_start(grid, period + 1);
    date.day--;
    if (date.day == 0) {
        date.month--;
        if (date.month == 0)
            date = (struct mld_date){ .year = date.year - 1, .month = MONTHS_A_YEAR };
        date.day = days_in_month(date.year, date.month);
    }
    return date;
}

int mld_grid_calendar_year(const struct mld_grid *grid, int period)
{
    /*
     * The year of the day before the next period, which is the year before only if that one starts
     * on 1 January.
     */
    struct mld_date next = period_start(grid, period + 1);
    return next.month == 1 && next.day == 1 ? next.year - 1 : next.year;
}

int mld_grid_period_of(const struct mld_grid *grid, struct mld_date date)
{
    int months = MONTHS_A_YEAR * (date.year - grid->first_closing.year) + date.month -
                 grid->first_closing.month;
    int period = floor_div(months, MONTHS_A_YEAR / grid->periods_per_year);
    /*
     * The period starts in the date's month or before it: only in the same month may the day be too
     * early.
     */
    struct mld_date start = period_start(grid, period);
    return start.month == date.month && date.day < start.day ? period - 1 : period;
}

/**
 * Value of `digits` decimal digits at *text, which moves beyond them; -1 if there are not that
 * many.
 */
static int read_digits(const char **text, int digits)
{
    int value = 0;
    for (int i = 0; i < digits; i++, ++*text) {
        if (!isdigit((unsigned char)**text))
            return -1;
        value = 10 * value + (**text - '0');
    }
    return value;
}

int mld_date_parse(const char *text, struct mld_date *date)
{
    int year = read_digits(&text, 4);
    if (year < 0 || *text++ != '-')
        return -1;
    int month = read_digits(&text, 2);
    if (month < 1 || month > MONTHS_A_YEAR || *text++ != '-')
        return -1;
    int day = read_digits(&text, 2);
    if (day < 1 || day > days_in_month(year, month) || *text != '\0')
        return -1;
    *date = (struct mld_date){ .year = year, .month = month, .day = day };
    return 0;
}
