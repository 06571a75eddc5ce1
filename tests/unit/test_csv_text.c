/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts as cells of CSV files: quoted as RFC 4180 says, and none of them a formula to a
 * spreadsheet; numbers with the fewest digits that read back the same.
 */
#define _GNU_SOURCE /* open_memstream */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/csv_text.h"

static void assert_cell(const char *text, const char *needed, const char *always)
{
    for (int quotes = MLD_QUOTES_NEEDED; quotes <= MLD_QUOTES_ALWAYS; quotes++) {
        char *cell = NULL;
        size_t length;
        FILE *out = open_memstream(&cell, &length);
        assert_non_null(out);
        mld_csv_text(out, text, (enum mld_csv_quotes)quotes);
        fclose(out);
        assert_string_equal(cell, quotes == MLD_QUOTES_ALWAYS ? always : needed);
        free(cell);
    }
}

static void texts_are_quoted(void **state)
{
    (void)state;
    assert_cell("", "", "\"\"");
    assert_cell("Coop \u00c9t\u00e9", "Coop \u00c9t\u00e9", "\"Coop \u00c9t\u00e9\"");
    assert_cell("a,b", "\"a,b\"", "\"a,b\"");
    assert_cell("a;b", "\"a;b\"", "\"a;b\"");
    assert_cell("two\nlines", "\"two\nlines\"", "\"two\nlines\"");
    assert_cell("the \"all\"", "\"the \"\"all\"\"\"", "\"the \"\"all\"\"\"");
    assert_cell("1-2=3", "1-2=3", "\"1-2=3\"");
}

/* Starts of formulas: OWASP, "CSV injection". */
static void no_text_is_a_formula(void **state)
{
    (void)state;
    assert_cell("=1+1", "'=1+1", "\"'=1+1\"");
    assert_cell("+0.02", "'+0.02", "\"'+0.02\"");
    assert_cell("-0.02", "'-0.02", "\"'-0.02\"");
    assert_cell("@SUM(A1,A2)", "\"'@SUM(A1,A2)\"", "\"'@SUM(A1,A2)\"");
    assert_cell("\t=1", "'\t=1", "\"'\t=1\"");
    assert_cell("\r=1", "\"'\r=1\"", "\"'\r=1\"");
    assert_cell("\n=1", "\"'\n=1\"", "\"'\n=1\"");
    assert_cell("\uff1d1", "'\uff1d1", "\"'\uff1d1\"");
    assert_cell("\uff0b1", "'\uff0b1", "\"'\uff0b1\"");
    assert_cell("\uff0d1", "'\uff0d1", "\"'\uff0d1\"");
    assert_cell("\uff20A", "'\uff20A", "\"'\uff20A\"");
}

static char *number(double value, char decimal)
{
    char *cell = NULL;
    size_t length;
    FILE *out = open_memstream(&cell, &length);
    assert_non_null(out);
    mld_csv_number(out, value, decimal);
    fclose(out);
    return cell;
}

static void assert_number(double value, const char *english, const char *french)
{
    char *cell = number(value, '.'), *comma = number(value, ',');
    assert_string_equal(cell, english);
    assert_string_equal(comma, french);
    free(cell);
    free(comma);
}

static void numbers_as_a_person_writes_them(void **state)
{
    (void)state;
    assert_number(0.6, "0.6", "0,6");
    assert_number(1 - 0.4, "0.6", "0,6");
    assert_number(0.1 + 0.2, "0.30000000000000004", "0,30000000000000004");
    assert_number(1.0 / 3, "0.3333333333333333", "0,3333333333333333");
    assert_number(-1234567.89, "-1234567.89", "-1234567,89");
    assert_number(15e6, "15000000", "15000000");
    assert_number(1e300, "1e+300", "1e+300");
    assert_number((double)NAN, "", "");
    assert_number((double)-INFINITY, "", "");
}

/* Bits by a generator of Knuth's, MMIX: each is read back, and with a digit less is not. */
static void every_number_reads_back(void **state)
{
    (void)state;
    uint64_t bits = 2027;
    for (int i = 0; i < 100000; i++) {
        double value;
        char fewer[320];
        bits = bits * 6364136223846793005u + 1442695040888963407u;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value))
            continue;
        char *cell = number(value, '.');
        assert_true(strtod(cell, NULL) == value);
        int digits = 0;
        for (const char *c = cell; *c && *c != 'e'; c++)
            digits += *c >= (digits ? '0' : '1') && *c <= '9'; /* no zeros before the first */
        snprintf(fewer, sizeof fewer, "%.*g", digits - 1, value);
        assert_true(digits <= 15 || strtod(fewer, NULL) != value);
        free(cell);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(texts_are_quoted),
                                        cmocka_unit_test(numbers_as_a_person_writes_them),
                                        cmocka_unit_test(every_number_reads_back),
                                        cmocka_unit_test(no_text_is_a_formula) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
