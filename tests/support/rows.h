/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What every row of a parameter table and every descriptor of a registry promises. */
#ifndef TEST_SUPPORT_ROWS_H
#define TEST_SUPPORT_ROWS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "milliard/params.h"

static inline int is_text(const char *text) { return text && *text; }

/**
 * Two languages, two sentences, a source: each sentence ends with a full stop and neither is a copy
 * of the other.
 */
static inline void assert_documented(const char *key, const char *en, const char *fr,
                                     const char *source)
{
    if (!is_text(en) || !is_text(fr) || !is_text(source) || strcmp(en, fr) == 0 ||
        en[strlen(en) - 1] != '.' || fr[strlen(fr) - 1] != '.')
        fail_msg("%s is not documented in both languages and sourced", key);
}

static inline int count_choices(const char *choices)
{
    int n = 1;
    for (; *choices; choices++)
        n += *choices == '|';
    return n;
}

/** Bytes of the value of one row. */
static inline size_t row_bytes(const struct mld_param *row)
{
    switch (row->kind) {
    case MLD_REAL: return sizeof(double);
    case MLD_INT:
    case MLD_BOOL:
    case MLD_CHOICE: return sizeof(int);
    case MLD_TEXT: return row->capacity;
    case MLD_REALS:
    case MLD_WEIGHTS: return row->capacity * sizeof(double);
    case MLD_NAMES:
    case MLD_LIST:
    case MLD_MAP: return row->capacity * row->stride;
    case MLD_GROUP:
    case MLD_VALUE:
    case MLD_DATE: return 0;
    }
    return 0;
}

/**
 * A range that is one, a default inside it or none, choices where there must be some, a place
 * inside `size` bytes.
 */
static inline void assert_row(const struct mld_param *row, size_t size)
{
    assert_documented(row->key, row->doc_en, row->doc_fr, row->source);
    assert_non_null(row->unit);
    assert_true(row->offset + row_bytes(row) <= size);
    int number = row->kind == MLD_REAL || row->kind == MLD_INT;
    if (number) {
        assert_true(row->min < row->max && is_text(row->unit));
        if (!(row->flags & MLD_REQUIRED) && !(row->fallback != row->fallback) &&
            !(row->fallback >= row->min && row->fallback <= row->max))
            fail_msg("the default of %s is outside its range", row->key);
        assert_int_equal(row->offset % (row->kind == MLD_REAL ? sizeof(double) : sizeof(int)), 0);
    }
    if (row->kind == MLD_CHOICE) {
        assert_true(is_text(row->choices) && count_choices(row->choices) >= 2);
        assert_true(row->fallback >= -1 && row->fallback < count_choices(row->choices));
    }
    if (row->kind == MLD_LIST)
        for (const struct mld_param *inner = row->table; inner->key; inner++)
            assert_row(inner, row->stride);
    if (row->kind == MLD_GROUP)
        for (const struct mld_param *inner = row->table; inner->key; inner++)
            assert_row(inner, size - row->offset);
}

static inline int appears(const struct mld_param *table, const char *key)
{
    int n = 0;
    for (; table->key; table++)
        n += strcmp(table->key, key) == 0;
    return n;
}

/**
 * Rows of one table have keys and places of their own: a number set by one row is changed by no
 * other.
 */
static inline void assert_rows_apart(const struct mld_param *table)
{
    for (const struct mld_param *a = table; a->key; a++) {
        assert_int_equal(appears(table, a->key), 1);
        for (const struct mld_param *b = a + 1; b->key; b++)
            if (row_bytes(a) && row_bytes(b) && a->offset < b->offset + row_bytes(b) &&
                b->offset < a->offset + row_bytes(a))
                fail_msg("%s and %s share their place", a->key, b->key);
    }
}

/** "first|second|…" are the names of a registry, in order. */
static inline void assert_choices(const char *choices, const char *(*name)(int))
{
    char names[512] = "";
    for (int i = 0; name(i); i++) {
        strncat(names, i ? "|" : "", sizeof names - strlen(names) - 1);
        strncat(names, name(i), sizeof names - strlen(names) - 1);
    }
    assert_string_equal(choices, names);
}

/** The number that a row of a table points at. */
static inline void row_set(const struct mld_param *row, void *structure, double value)
{
    char *at = (char *)structure + row->offset;
    if (row->kind == MLD_REAL)
        *(double *)(void *)at = value;
    else if (row->kind == MLD_CHOICE || row->kind == MLD_BOOL || row->kind == MLD_INT)
        *(int *)(void *)at = (int)value;
}

/** 1 when a row holds one number, which has two ends. */
static inline int has_ends(const struct mld_param *row)
{
    return row->kind == MLD_REAL || row->kind == MLD_INT || row->kind == MLD_BOOL ||
           row->kind == MLD_CHOICE;
}

/** The number at an end of a row: 0 low, 1 high. */
static inline double row_end(const struct mld_param *row, int high)
{
    if (row->kind == MLD_CHOICE)
        return high ? count_choices(row->choices) - 1 : 0;
    return high ? row->max : row->min;
}

/** Sets every number of a table to its default. */
static inline void rows_default(const struct mld_param *table, void *structure)
{
    for (; table->key; table++)
        row_set(table, structure, table->fallback);
}

#endif
