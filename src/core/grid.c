/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Time of the model: periods and the Gregorian calendar, extended backwards without a gap. Dates are turned into
 * a count of days by the algorithm of Hinnant ("chrono-compatible low-level date algorithms", 2013),
 * which starts years in March so that the leap day comes last.
 */
#include "milliard/grid.h"

#include <ctype.h>
#include <math.h>

enum { DAYS_OF_400_YEARS = 146097, MONTHS_A_YEAR = 12 };

static int floor_div(int a, int b)
{
    return a / b - (a % b < 0);
}

/** Days since 1 March of year 0. */
static int day_count(struct mld_date date)
{
    int year = date.month <= 2 ? date.year - 1 : date.year;
    int era = floor_div(year, 400);
    int year_of_era = year - 400 * era;
    int day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    return era * DAYS_OF_400_YEARS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
}

/** Inverse of day_count(). */
static struct mld_date date_of(int days)
{
    int era = floor_div(days, DAYS_OF_400_YEARS);
    int day_of_era = days - era * DAYS_OF_400_YEARS;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int march_month = (5 * day_of_year + 2) / 153;
    struct mld_date date = { .day = day_of_year - (153 * march_month + 2) / 5 + 1,
                             .month = march_month + (march_month < 10 ? 3 : -9) };
    date.year = year_of_era + 400 * era + (date.month <= 2);
    return date;
}

static int days_in_month(int year, int month)
{
    static const int days[MONTHS_A_YEAR] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/** First day of a period: the same day of a later month, or that month's last day when it has no such day. */
static struct mld_date period_start(const struct mld_grid *grid, int period)
{
    int months = grid->first_closing.month - 1 + period * (MONTHS_A_YEAR / grid->periods_per_year);
    int years = floor_div(months, MONTHS_A_YEAR);
    struct mld_date date = { .year = grid->first_closing.year + years, .month = months - MONTHS_A_YEAR * years + 1,
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
    return date_of(day_count(period_start(grid, period + 1)) - 1);
}

int mld_grid_calendar_year(const struct mld_grid *grid, int period)
{
    return mld_grid_period_end(grid, period).year;
}

int mld_grid_period_of(const struct mld_grid *grid, struct mld_date date)
{
    int months = MONTHS_A_YEAR * (date.year - grid->first_closing.year) + date.month - grid->first_closing.month;
    int period = floor_div(months, MONTHS_A_YEAR / grid->periods_per_year);
    return day_count(date) < day_count(period_start(grid, period)) ? period - 1 : period;
}

/** Value of `digits` decimal digits at *text, which moves beyond them; -1 if there are not that many. */
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
