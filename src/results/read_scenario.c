/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /scenario: the text, and two tables whose columns become the members of struct mld_echo and
 * struct mld_warning, row by row. These point into the cells of the columns, which live as long as
 * the results.
 */
#include "results/read.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "results/schema.h"

/* ---- parameters ---- */

enum {
    ECHO_KEY,
    ECHO_VALUE,
    ECHO_UNIT,
    ECHO_ORIGIN,
    ECHO_WHERE,
    ECHO_DOC_EN,
    ECHO_DOC_FR,
    ECHO_SOURCE,
    ECHO_SOURCE_FR,
    ECHO_FLAGS
};
static_assert(ECHO_FLAGS + 1 == MLD_ECHO_COLUMNS, "a column for each");
static const char *const echo_columns[MLD_ECHO_COLUMNS] = {
    "key", "value", "unit", "origin", "where", "doc_en", "doc_fr", "source", "source_fr", "flags"
};

static enum mld_origin origin_named(const char *name)
{
    return strcmp(name, "given") == 0    ? MLD_GIVEN
           : strcmp(name, "set") == 0    ? MLD_SET
           : strcmp(name, "unused") == 0 ? MLD_UNUSED
                                         : MLD_DEFAULTED;
}

static unsigned flags_named(const char *names)
{
    unsigned flags = 0;
    for (int i = 0; mld_flag_names[i].name; i++)
        flags |= strstr(names, mld_flag_names[i].name) ? mld_flag_names[i].flag : 0;
    return flags;
}

static void fill_echo(struct mld_results *results)
{
    const struct mld_text_column *column = results->parameter;
    for (size_t i = 0; i < column[ECHO_KEY].n; i++) {
        for (int c = 0; c < MLD_ECHO_COLUMNS; c++)
            mld_disarm(mld_cell(&column[c], i));
        results->echo[i] = (struct mld_echo){
            .key = mld_cell(&column[ECHO_KEY], i),
            .value = mld_cell(&column[ECHO_VALUE], i),
            .unit = mld_cell(&column[ECHO_UNIT], i),
            .doc_en = mld_cell(&column[ECHO_DOC_EN], i),
            .doc_fr = mld_cell(&column[ECHO_DOC_FR], i),
            .source = mld_cell(&column[ECHO_SOURCE], i),
            .source_fr = mld_cell(&column[ECHO_SOURCE_FR], i),
            .origin = origin_named(mld_cell(&column[ECHO_ORIGIN], i)),
            .where = mld_cell(&column[ECHO_WHERE], i),
            .flags = flags_named(mld_cell(&column[ECHO_FLAGS], i)),
        };
    }
}

/* Earlier files have sources in one language. */
static const char *column_name(const struct mld_text_table *table, int c)
{
    int earlier = c == ECHO_SOURCE_FR && !mld_table_has(table, echo_columns[c]);
    return echo_columns[earlier ? ECHO_SOURCE : c];
}

void mld_read_scenario(struct mld_results *results)
{
    results->scenario_text = mld_read_text(results, "scenario/text");
    struct mld_text_table table = mld_read_table(results, "scenario/parameters");
    for (int c = 0; c < MLD_ECHO_COLUMNS; c++)
        mld_read_column(results, &table, column_name(&table, c), &results->parameter[c]);
    mld_table_close(&table);
    if (results->status)
        return;
    results->echo = calloc(results->parameter[ECHO_KEY].n + 1, sizeof *results->echo);
    if (results->echo)
        fill_echo(results);
    else
        mld_read_no_memory(results);
}

/* ---- warnings ---- */

enum {
    WARNING_ID,
    WARNING_KEY,
    WARNING_WHERE,
    WARNING_TEXT_EN,
    WARNING_TEXT_FR,
    WARNING_MEANT_EN,
    WARNING_MEANT_FR
};
static_assert(WARNING_MEANT_FR + 1 == MLD_WARNING_COLUMNS, "a column for each");
static const char *const warning_columns[MLD_WARNING_COLUMNS] = { "id",      "key",     "where",
                                                                  "text_en", "text_fr", "meant_en",
                                                                  "meant_fr" };

static void fill_warnings(struct mld_results *results)
{
    const struct mld_text_column *column = results->warned;
    for (size_t i = 0; i < column[WARNING_ID].n; i++) {
        for (int c = 0; c < MLD_WARNING_COLUMNS; c++)
            mld_disarm(mld_cell(&column[c], i));
        results->warning[i] = (struct mld_warning){
            .id = mld_cell(&column[WARNING_ID], i),
            .key = mld_cell(&column[WARNING_KEY], i),
            .where = mld_cell(&column[WARNING_WHERE], i),
            .text_en = mld_cell(&column[WARNING_TEXT_EN], i),
            .text_fr = mld_cell(&column[WARNING_TEXT_FR], i),
            .meant_en = mld_cell(&column[WARNING_MEANT_EN], i),
            .meant_fr = mld_cell(&column[WARNING_MEANT_FR], i),
        };
    }
}

void mld_read_warnings(struct mld_results *results)
{
    if (results->status || !mld_read_exists(results->file, "scenario/warnings"))
        return;
    struct mld_text_table table = mld_read_table(results, "scenario/warnings");
    for (int c = 0; c < MLD_WARNING_COLUMNS; c++)
        mld_read_column(results, &table, warning_columns[c], &results->warned[c]);
    mld_table_close(&table);
    if (results->status)
        return;
    results->warning = calloc(results->warned[WARNING_ID].n + 1, sizeof *results->warning);
    if (results->warning)
        fill_warnings(results);
    else
        mld_read_no_memory(results);
}

/* ---- asked of an open file ---- */

const struct mld_echo *mld_results_echo(const struct mld_results *results, size_t *n)
{
    *n = results->parameter[ECHO_KEY].n;
    return results->echo;
}

const struct mld_warning *mld_results_warnings(const struct mld_results *results, size_t *n)
{
    *n = results->warned[WARNING_ID].n;
    return results->warning;
}

const char *mld_results_scenario_text(const struct mld_results *results)
{
    return results->scenario_text;
}
