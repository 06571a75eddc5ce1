/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts of users: cut between characters, and shown to a terminal instead of obeyed by it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/encoding.h"
#include "core/text.h"
#include "milliard/status.h"
#include "params/tree.h"
#include "report/json_text.h"
#include "report/page.h"
#include "report/table.h"

#define ESC "\x1B"
#define CSI8 "\xC2\x9B"         /* U+009B, which a terminal obeys as ESC [ */
#define OVERRIDE "\xE2\x80\xAE" /* U+202E, what follows is read from right to left */
#define HARM "é" ESC "[31m" CSI8 "2J" OVERRIDE "\xE2\x80\x8B\x7F\xE9 œ"
#define SHOWN "é\\x1B[31m\\u009B2J\\u202E\\u200B\\x7F\\xE9 œ"

static const struct {
    const char *text, *shown;
    size_t size;
} cases[] = {
    { "Café d’été, 5 €", "Café d’été, 5 €", 64 },
    { HARM, SHOWN, 64 },
    { "a\nb\tc\r", "a\\nb\\tc\\r", 64 },
    { "\xF3\xA0\x80\x81", "\\U000E0001", 64 }, /* U+E0001, a tag */
    { "\xC3", "\\xC3", 64 },
    { "\xE2\x82", "\\xE2\\x82", 64 },
    { "éééé", "éééé", 9 },
    { "éééé", "éé…", 8 },
    { "ééé", "é…", 6 },
    { "aé" ESC "é", "aé…", 7 },
    { "€€", "…", 4 },
    { "", "", 4 },
};

static void text_is_shown(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char out[64];
        memset(out, '#', sizeof out);
        mld_text_shown(out, cases[i].size, cases[i].text);
        assert_string_equal(out, cases[i].shown);
        assert_true(strlen(out) < cases[i].size && mld_utf8_check(out, strlen(out)) == strlen(out));
    }
}

/* Any bytes, in any room: UTF-8 without a control character, which is the same when shown again. */
static void anything_is_shown(void **state)
{
    (void)state;
    uint64_t draw = 1;
    for (int round = 0; round < 20000; round++) {
        char text[24] = "", out[64], again[64];
        for (size_t i = 0; i < sizeof text - 1; i++) {
            draw = draw * 6364136223846793005u + 1442695040888963407u;
            text[i] = (char)(draw >> 33);
        }
        size_t size = 4 + draw % 60;
        mld_text_shown(out, size, text);
        assert_true(strlen(out) < size);
        for (size_t at = 0, bytes; out[at]; at += bytes) {
            bytes = mld_utf8_length(out + at, strlen(out + at));
            assert_true(bytes > 0);
            assert_false(mld_is_control(mld_utf8_character(out + at, bytes)));
        }
        assert_string_equal(mld_text_shown(again, sizeof again, out), out);
    }
}

static void cuts_are_between_characters(void **state)
{
    (void)state;
    static const char text[] = "aé€\xF0\x9F\xA6\x8A"; /* of 1, 2, 3 and 4 bytes */
    static const size_t kept[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10 };
    for (size_t most = 0; most < sizeof kept / sizeof kept[0]; most++)
        assert_int_equal(mld_text_cut(text, most), kept[most]);
}

static void messages_show(void **state)
{
    (void)state;
    struct mld_messages messages;
    mld_messages_init(&messages);
    mld_messages_add(&messages, "x.cfg:%d: name = \"%s\"", 3, HARM);
    assert_string_equal(messages.text[0], "x.cfg:3: name = \"" SHOWN "\"");
    mld_messages_clear(&messages);
}

/* ---- what is printed ---- */

static char *printed;
static size_t printed_length;
static FILE *start(void) { return open_memstream(&printed, &printed_length); }
static void finish(FILE *out, const char *expected)
{
    fclose(out);
    assert_string_equal(printed, expected);
    free(printed);
}

static void pages_show(void **state)
{
    (void)state;
    static struct mld_page_table table;
    const struct mld_page page = { .out = start(), .width = 80 };
    mld_page_line(&page, "%s", HARM);
    mld_page_paragraph(&page, "of %s", HARM);
    mld_table_start(&table, 2);
    mld_table_row(&table, "");
    mld_table_set(&table, 0, 1, "x");
    mld_table_set(&table, mld_table_row(&table, HARM), 1, HARM);
    mld_page_table(&page, &table);
    fclose(page.out);
    assert_null(strstr(printed, ESC));
    assert_null(strstr(printed, CSI8));
    assert_null(strstr(printed, OVERRIDE));
    assert_non_null(strstr(printed, SHOWN "\nof " SHOWN "\n"));
    assert_non_null(strstr(printed, "  " SHOWN "   " SHOWN "\n"));
    free(printed);
}

/* A paragraph too long, and a cell, end between two characters. */
static void long_texts_are_cut(void **state)
{
    (void)state;
    static char text[6000];
    static struct mld_page_table table;
    for (size_t i = 0; i + 4 < sizeof text; i += 3)
        memcpy(text + i, "€", 4);
    const struct mld_page page = { .out = start(), .width = 80 };
    mld_page_paragraph(&page, "%s", text);
    mld_page_line(&page, "a%s", text);
    mld_table_start(&table, 1);
    mld_table_row(&table, text);
    mld_table_row(&table, text);
    mld_page_table(&page, &table);
    fclose(page.out);
    assert_int_equal(mld_utf8_check(printed, printed_length), printed_length);
    assert_null(strstr(printed, "\\x"));
    free(printed);
}

/* The second column too: as text for the terminal, as escapes in JSON. */
static void tables_show(void **state)
{
    (void)state;
    static const struct mld_table_column columns[] = { { "a", "", "a", "a" },
                                                       { "b", "", "b", "b" } };
    struct mld_tables tables;
    FILE *out = start();
    mld_tables_open(&tables, out, MLD_LAYOUT_TEXT, 0);
    mld_tables_begin(&tables, "t", "T", "T", 2, columns);
    mld_tables_text(&tables, "x");
    mld_tables_text(&tables, HARM);
    mld_tables_end(&tables);
    assert_int_equal(mld_tables_close(&tables), MLD_OK);
    finish(out, "\nT\n─\na  b\nx  " SHOWN "\n");
}

static void json_escapes(void **state)
{
    (void)state;
    FILE *out = start();
    mld_json_text(out, HARM "\"\\\n");
    finish(out, "\"é\\u001b[31m\\u009b2J\\u202e\\u200b\\u007f\\ufffd œ\\\"\\\\\\u000a\"");
}

/* With one digit more after the other, from 6. */
static void number_text_by_trial(char text[40], double value)
{
    if (value == floor(value) && fabs(value) < 1e16) {
        snprintf(text, 40, "%.0f", value);
        return;
    }
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(text, 40, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            return;
    }
}

/* Any bits, decimals of up to 17 digits, and what has fewer bits than a double. */
static void numbers_have_the_fewest_digits(void **state)
{
    char text[40], trial[40];
    uint64_t bits = 1;
    (void)state;
    for (int i = 0; i < 60000; i++) {
        double value;
        bits = bits * 6364136223846793005ULL + 1442695040888963407ULL;
        uint64_t mixed = bits ^ bits >> 29, one = i % 3 == 2 ? mixed >> 14 : mixed;
        memcpy(&value, &one, sizeof value);
        if (i % 3 == 0)
            value = (double)(mixed >> (10 + i % 50)) * pow(10, -(i % 23));
        if (value != value)
            continue;
        mld_number_text(text, value, 0);
        number_text_by_trial(trial, value);
        assert_string_equal(text, trial);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(text_is_shown),
                                        cmocka_unit_test(anything_is_shown),
                                        cmocka_unit_test(cuts_are_between_characters),
                                        cmocka_unit_test(messages_show),
                                        cmocka_unit_test(pages_show),
                                        cmocka_unit_test(long_texts_are_cut),
                                        cmocka_unit_test(tables_show),
                                        cmocka_unit_test(json_escapes),
                                        cmocka_unit_test(numbers_have_the_fewest_digits) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
