/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Periods and dates: worked by hand, and against the C library's own calendar. */
#define _DEFAULT_SOURCE
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "milliard/grid.h"
#include "support/oracle.h"

static struct mld_grid grid_of(int m, int year, int month, int day)
{
    return (struct mld_grid){ .periods_per_year = m,
                              .horizon_years = 12,
                              .first_closing = { year, month, day },
                              .periods = 12 * m,
                              .last = 12 * m - 1 };
}

static void assert_date(struct mld_date date, int year, int month, int day)
{
    assert_int_equal(date.year, year);
    assert_int_equal(date.month, month);
    assert_int_equal(date.day, day);
}

static void years_become_the_nearest_periods(void **state)
{
    (void)state;
    struct mld_grid grid = grid_of(4, 2027, 1, 1);
    assert_int_equal(mld_grid_periods(&grid, 0.5), 2);
    assert_int_equal(mld_grid_periods(&grid, 0.12), 0);
    assert_int_equal(mld_grid_periods(&grid, 0.125), 1);
    assert_int_equal(mld_grid_periods(&grid, 6.5), 26);
    assert_int_equal(mld_grid_periods(&grid, -0.125), -1);
}

static void periods_end_on_the_day_before_the_next(void **state)
{
    (void)state;
    struct mld_grid grid = grid_of(4, 2027, 1, 1);
    assert_date(mld_grid_period_end(&grid, 0), 2027, 3, 31);
    assert_date(mld_grid_period_end(&grid, 3), 2027, 12, 31);
    assert_date(mld_grid_period_end(&grid, 4), 2028, 3, 31);
    assert_int_equal(mld_grid_calendar_year(&grid, 3), 2027);
    assert_int_equal(mld_grid_calendar_year(&grid, 47), 2038);
    grid = grid_of(12, 2027, 12, 31);
    assert_date(mld_grid_period_end(&grid, 0), 2028, 1, 30);
    /*
     * There is no 31 February: the period that would end on the 30th ends before the month's last
     * day.
     */
    assert_date(mld_grid_period_end(&grid, 1), 2028, 2, 28);
    grid = grid_of(1, 2027, 7, 1);
    assert_int_equal(mld_grid_calendar_year(&grid, 0), 2028);
}

static void every_day_falls_in_the_period_that_holds_it(void **state)
{
    (void)state;
    static const int per_year[] = { 1, 2, 4, 12 };
    /*
     * From January and from May, which has 31 days too: the last days of shorter months end periods
     * early.
     */
    for (int k = 0; k < 8; k++)
        for (int day = 1; day <= 31; day += 5) {
            int m = per_year[k % 4], month = k < 4 ? 1 : 5, period = 0;
            struct mld_grid grid = grid_of(m, 2027, month, day);
            for (int days = 0; days < 4000; days++) {
                struct tm time = { .tm_year = 2027 - 1900,
                                   .tm_mon = month - 1,
                                   .tm_mday = day + days,
                                   .tm_hour = 12 };
                timegm(&time);
                struct mld_date date = { time.tm_year + 1900, time.tm_mon + 1, time.tm_mday };
                struct mld_date end = mld_grid_period_end(&grid, period);
                assert_int_equal(mld_grid_period_of(&grid, date), period);
                assert_int_equal(mld_grid_calendar_year(&grid, period), end.year);
                period += end.year == date.year && end.month == date.month && end.day == date.day;
            }
            assert_true(period > 9 * m);
        }
    oracle("Periods of dates over 11 years, 56 calendars", "the C library's calendar", "equal",
           "equal on %d days", 8 * 7 * 4000);
}

static void dates_before_the_first_closing_are_negative(void **state)
{
    (void)state;
    struct mld_grid grid = grid_of(4, 2027, 1, 1);
    assert_int_equal(mld_grid_period_of(&grid, (struct mld_date){ 2026, 12, 31 }), -1);
    assert_int_equal(mld_grid_period_of(&grid, (struct mld_date){ 2026, 9, 30 }), -2);
    assert_int_equal(mld_grid_period_of(&grid, (struct mld_date){ 2027, 1, 1 }), 0);
    assert_int_equal(mld_grid_period_of(&grid, (struct mld_date){ 2027, 3, 31 }), 0);
    assert_int_equal(mld_grid_period_of(&grid, (struct mld_date){ 2027, 4, 1 }), 1);
}

static void only_gregorian_dates_are_read(void **state)
{
    (void)state;
    struct mld_date date;
    assert_int_equal(mld_date_parse("2027-01-01", &date), 0);
    assert_date(date, 2027, 1, 1);
    assert_int_equal(mld_date_parse("2028-02-29", &date), 0);
    assert_int_equal(mld_date_parse("2000-02-29", &date), 0);
    static const char *const wrong[] = {
        "",           "2027",       "2027-1-1",   "2027-01-01 ", " 2027-01-01",
        "2027-02-29", "2100-02-29", "2027-13-01", "2027-00-10",  "2027-04-31",
        "2027-04-00", "2027/04/01", "01-04-2027", "2027-04-0x",  "-027-04-01"
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(mld_date_parse(wrong[i], &date), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_become_the_nearest_periods),
        cmocka_unit_test(periods_end_on_the_day_before_the_next),
        cmocka_unit_test(every_day_falls_in_the_period_that_holds_it),
        cmocka_unit_test(dates_before_the_first_closing_are_negative),
        cmocka_unit_test(only_gregorian_dates_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
