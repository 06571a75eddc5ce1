/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts as cells of CSV files: quoted as RFC 4180 says, and none of them a formula to a
 * spreadsheet.
 */
#define _GNU_SOURCE /* open_memstream */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(texts_are_quoted),
                                        cmocka_unit_test(no_text_is_a_formula) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
