/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers in French and English: signs, groups, decimals that follow the error, units that follow
 * the size.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/format.h"

#define NARROW "\u202f"
#define HARD "\u00a0"
#define MINUS "\u2212"

static char text[MLD_NUMBER_SIZE];

static void test_number(void **state)
{
    (void)state;
    assert_string_equal(mld_format_number(text, 1, 1234.5, 1, 0), "1" NARROW "234,5");
    assert_string_equal(mld_format_number(text, 0, 1234.5, 1, 0), "1,234.5");
    assert_string_equal(mld_format_number(text, 1, 12345678.0, 0, 0),
                        "12" NARROW "345" NARROW "678");
    assert_string_equal(mld_format_number(text, 1, 123.0, 0, 0), "123");
    assert_string_equal(mld_format_number(text, 1, 999.96, 1, 0), "1" NARROW "000,0");
    assert_string_equal(mld_format_number(text, 1, -0.25, 2, 0), MINUS "0,25");
    assert_string_equal(mld_format_number(text, 0, 0.25, 2, 1), "+0.25");
    /* no sign before nothing */
    assert_string_equal(mld_format_number(text, 0, -0.001, 2, 1), "0.00");
    assert_string_equal(mld_format_number(text, 0, NAN, 2, 1), "–");
    assert_string_equal(mld_format_number(text, 0, -INFINITY, 2, 0), MINUS "∞");
    assert_string_equal(mld_format_number(text, 0, 1e300, 2, 0), "∞");
}

static void test_decimals(void **state)
{
    (void)state;
    assert_int_equal(mld_decimals(0.012, 1, 4), 2);
    assert_int_equal(mld_decimals(0.01, 1, 4), 2);
    assert_int_equal(mld_decimals(0.05, 1, 4), 2);
    assert_int_equal(mld_decimals(0.3, 1, 4), 1);
    assert_int_equal(mld_decimals(3, 1, 4), 0);
    assert_int_equal(mld_decimals(1e-9, 1, 4), 4);
    assert_int_equal(mld_decimals(0, 1, 4), 1);
    assert_int_equal(mld_decimals(NAN, 1, 4), 1);
    assert_int_equal(mld_decimals(INFINITY, 1, 4), 1);
    assert_int_equal(mld_decimals(NAN, 3, 0), 0);
}

static void test_money(void **state)
{
    (void)state;
    assert_string_equal(mld_format(text, 1, MLD_MONEY, 1234500000.0, NAN, 1234500000.0, 0),
                        "1" NARROW "234,5" HARD "M€");
    assert_string_equal(mld_format(text, 1, MLD_MONEY, 12345.0, NAN, 12345.0, 0), "12,3" HARD "k€");
    assert_string_equal(mld_format(text, 1, MLD_MONEY, 999960.0, NAN, 999960.0, 0),
                        "1,0" HARD "M€");
    assert_string_equal(mld_format(text, 1, MLD_MONEY, 12.0, NAN, 12.0, 0), "12" HARD "€");
    assert_string_equal(mld_format(text, 1, MLD_MONEY, 0.0, NAN, 0.0, 0), "0" HARD "€");
    /* A row keeps the unit of its largest number, losses included. */
    assert_string_equal(mld_format(text, 1, MLD_MONEY, 12345.0, NAN, -5e6, 0), "0,0" HARD "M€");
    assert_string_equal(mld_format(text, 1, MLD_MONEY, NAN, NAN, 1e6, 0), "–");
}

static void test_estimate(void **state)
{
    (void)state;
    assert_string_equal(mld_format_estimate(text, 1, MLD_MONEY, 6.5873e6, 0.0213e6, 6.6e6, 0),
                        "6,59" HARD "±" HARD "0,02" HARD "M€");
    assert_string_equal(mld_format_estimate(text, 0, MLD_RATE, 0.01023, 0.0002, 0, 0),
                        "1.02" HARD "±" HARD "0.02" HARD "%");
    assert_string_equal(mld_format_estimate(text, 0, MLD_POINTS, 0.00975, 0.00005, 0, 1),
                        "+0.975" HARD "±" HARD "0.005" HARD "pt");
    assert_string_equal(mld_format_estimate(text, 1, MLD_YEARS, 11.34, 0.2, 0, 0),
                        "11,3" HARD "±" HARD "0,2" HARD "ans");
    /* too small to show */
    assert_string_equal(mld_format_estimate(text, 0, MLD_RATE, 0.00492, 3e-7, 0, 0),
                        "0.492" HARD "%");
    /* A constant of the scenario, and the same after some rounding. */
    assert_string_equal(mld_format_estimate(text, 1, MLD_MONEY, 82e6, 0, 82e6, 0),
                        "82,0" HARD "M€");
    assert_string_equal(mld_format_estimate(text, 1, MLD_MONEY, 82e6, 1e-3, 82e6, 0),
                        "82,0" HARD "M€");
}

static void test_date(void **state)
{
    (void)state;
    assert_string_equal(mld_format_date(text, 1, "2027-01-01"), "1er" HARD "janvier" HARD "2027");
    assert_string_equal(mld_format_date(text, 1, "2028-12-31"), "31" HARD "décembre" HARD "2028");
    assert_string_equal(mld_format_date(text, 0, "2027-01-01"), "1" HARD "January" HARD "2027");
    assert_string_equal(mld_format_date(text, 0, "soon"), "soon");
}

static void test_width(void **state)
{
    (void)state;
    assert_int_equal(mld_text_width(""), 0);
    assert_int_equal(mld_text_width("État − 1" NARROW "234,5" HARD "M€"), 17);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_number), cmocka_unit_test(test_decimals),
        cmocka_unit_test(test_money),  cmocka_unit_test(test_estimate),
        cmocka_unit_test(test_date),   cmocka_unit_test(test_width)
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
