/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scenario written out in full: every row of the tables with its texts, unit, range and default
 * before its value.
 */
#include "core/file.h"
#include "core/plain.h"
#include "params/range.h"
#include "scenario/scenario_internal.h"

#include <stdlib.h>
#include <string.h>

struct writer {
    FILE *file;
    int commented;  /* inside a group that the scenario does without */
    unsigned lacks; /* bits of the kinds that the item of a list is not */
};

static void explain_rows(struct writer *writer, const struct mld_node *node,
                         const struct mld_param *table, int indent);

static void start_line(const struct writer *writer, int indent)
{
    for (int i = 0; i < indent; i++)
        fputs("    ", writer->file);
    if (writer->commented)
        fputs("# ", writer->file);
}

/* ---- what is said of a row ---- */

static void write_range(const struct writer *writer, const struct mld_param *row)
{
    char low[40], high[40];
    mld_number_text(low, row->min, 0);
    mld_number_text(high, row->max, 0);
    if (isinf(row->max))
        fprintf(writer->file, "; at least %s, or \"none\"", low);
    else
        fprintf(writer->file, "; %s to %s", low, high);
}

static void write_kind(const struct writer *writer, const struct mld_param *row)
{
    static const char *const words[] = {
        [MLD_REAL] = "number",        [MLD_INT] = "whole number",
        [MLD_BOOL] = "true or false", [MLD_CHOICE] = "one of",
        [MLD_TEXT] = "text",          [MLD_DATE] = "date",
        [MLD_REALS] = "numbers",      [MLD_NAMES] = "names",
        [MLD_GROUP] = "group",        [MLD_LIST] = "list of groups",
        [MLD_MAP] = "groups by name", [MLD_WEIGHTS] = "numbers by name",
        [MLD_VALUE] = "value"
    };
    fputs(words[row->kind], writer->file);
    if (*row->unit && strcmp(row->unit, "1") != 0)
        fprintf(writer->file, ", %s", row->unit);
    if (row->kind == MLD_CHOICE)
        for (const char *at = row->choices; *at; at++)
            fprintf(writer->file, *at == '|' ? ", " : at == row->choices ? " %c" : "%c", *at);
    if (row->kind == MLD_REAL || row->kind == MLD_INT || row->kind == MLD_REALS ||
        row->kind == MLD_WEIGHTS)
        write_range(writer, row);
}

static int has_default(const struct mld_param *row)
{
    int plain = row->kind <= MLD_NAMES || row->kind == MLD_LIST;
    return plain && !(row->flags & MLD_REQUIRED) && !isnan(row->fallback) &&
           !(row->kind == MLD_CHOICE && row->fallback < 0) &&
           (row->capacity || row->kind != MLD_TEXT);
}

static void write_facts(const struct writer *writer, const struct mld_param *row, int indent)
{
    char text[MLD_DEFAULT];
    int number = row->kind == MLD_REAL && isfinite(row->fallback);
    mld_number_text(text, row->fallback, 0);
    start_line(writer, indent);
    fputs("# ", writer->file);
    write_kind(writer, row);
    if (row->flags & MLD_REQUIRED)
        fputs("; required", writer->file);
    else if (row->inherits)
        fprintf(writer->file, "; default %s", row->inherits);
    else if (has_default(row))
        fprintf(writer->file, "; default %s", number ? text : mld_default_text(row, text));
    if (row->flags & MLD_JUDGEMENT)
        fputs("; judgement", writer->file);
    fprintf(writer->file, "%s%s\n", row->source ? "; " : "", row->source ? row->source : "");
}

static void write_comment(const struct writer *writer, const struct mld_param *row, int indent)
{
    const char *docs[2] = { row->doc_en, row->doc_fr };
    for (int i = 0; i < 2; i++) {
        start_line(writer, indent);
        fprintf(writer->file, "# %s\n", docs[i]);
    }
    write_facts(writer, row, indent);
}

/* ---- values ---- */

static void write_value(const struct writer *writer, const char *key, const struct mld_node *node,
                        int indent)
{
    start_line(writer, indent);
    fprintf(writer->file, "%s = ", key);
    mld_node_write(writer->file, node,
                   node->kind == MLD_NODE_LIST || node->kind == MLD_NODE_GROUP ? -1 : indent);
    fputs(";\n", writer->file);
}

static void explain_group(struct writer *writer, const char *head, const struct mld_node *node,
                          struct mld_rows rows, int indent, const char *tail)
{
    start_line(writer, indent);
    fprintf(writer->file, "%s{\n", head);
    struct writer inside = *writer;
    inside.lacks = rows.lacks;
    explain_rows(&inside, node, rows.table, indent + 1);
    explain_rows(&inside, node, rows.own, indent + 1);
    start_line(writer, indent);
    fprintf(writer->file, "}%s\n", tail);
}

/* The rows of `table` that a later item gives, without their comments. */
static void repeat_rows(const struct writer *writer, const struct mld_node *node,
                        const struct mld_param *table, int indent)
{
    for (const struct mld_param *row = table; row->key; row++) {
        const struct mld_node *child = mld_node_child(node, row->key, strlen(row->key));
        if (child)
            write_value(writer, row->key, child, indent);
    }
}

/* A later item of a list: in one line, but for the rows of its own kind. */
static void explain_later(struct writer *writer, const struct mld_node *item, struct mld_rows rows,
                          int indent, const char *tail)
{
    start_line(writer, indent);
    if (rows.own) {
        fputs("{\n", writer->file);
        repeat_rows(writer, item, rows.table, indent + 1);
        explain_rows(writer, item, rows.own, indent + 1);
        start_line(writer, indent);
        fputs("}", writer->file);
    } else {
        mld_node_write(writer->file, item, -1);
    }
    fprintf(writer->file, "%s\n", tail);
}

/* The first item with every row explained; of the others, the rows that are their own. */
static void explain_list(struct writer *writer, const struct mld_param *row,
                         const struct mld_node *node, int indent)
{
    start_line(writer, indent);
    fprintf(writer->file, "%s = (\n", row->key);
    for (const struct mld_node *item = node->first; item; item = item->next) {
        struct mld_rows rows = mld_rows_of_item(row, item);
        const char *tail = item->next ? "," : "";
        if (item == node->first)
            explain_group(writer, "", item, rows, indent + 1, tail);
        else
            explain_later(writer, item, rows, indent + 1, tail);
    }
    start_line(writer, indent);
    fputs(");\n", writer->file);
}

static void write_head(const struct writer *writer, const char *name, int indent)
{
    start_line(writer, indent);
    fprintf(writer->file, "%s = {\n", name);
}

/* The first item with every row explained; of the others, the rows that are their own. */
static void explain_map(struct writer *writer, const struct mld_param *row,
                        const struct mld_node *node, int indent)
{
    write_head(writer, row->key, indent);
    for (const struct mld_node *item = node->first; item; item = item->next) {
        struct mld_rows rows = mld_rows_of(row, item->name);
        write_head(writer, item->name, indent + 1);
        if (item == node->first)
            explain_rows(writer, item, rows.table, indent + 2);
        else
            repeat_rows(writer, item, rows.table, indent + 2);
        explain_rows(writer, item, rows.own, indent + 2);
        start_line(writer, indent + 1);
        fputs("};\n", writer->file);
    }
    start_line(writer, indent);
    fputs("};\n", writer->file);
}

/* ---- rows ---- */

static void explain_given(struct writer *writer, const struct mld_param *row,
                          const struct mld_node *node, int indent)
{
    char head[MLD_MAX_NAME + 4];
    snprintf(head, sizeof head, "%s = ", row->key);
    if (row->kind == MLD_GROUP)
        explain_group(writer, head, node, (struct mld_rows){ .table = row->table }, indent, ";");
    else if (row->kind == MLD_MAP)
        explain_map(writer, row, node, indent);
    else if (row->kind == MLD_LIST && node->first)
        explain_list(writer, row, node, indent);
    else
        write_value(writer, row->key, node, indent);
}

/* A row that is not given: its default, or the key in a comment when it has none or may not be. */
static void explain_absent(struct writer *writer, const struct mld_param *row, int indent)
{
    char text[MLD_DEFAULT], head[MLD_MAX_NAME + 4];
    struct writer inside = *writer;
    inside.commented = writer->commented || row->flags & MLD_OPTIONAL ||
                       row->only & writer->lacks || !has_default(row);
    if (row->kind == MLD_GROUP) {
        inside.commented = writer->commented || row->flags & MLD_OPTIONAL;
        snprintf(head, sizeof head, "%s = ", row->key);
        explain_group(&inside, head, NULL, (struct mld_rows){ .table = row->table }, indent, ";");
        return;
    }
    start_line(&inside, indent);
    fprintf(writer->file, "%s = %s;\n", row->key,
            has_default(row) ? mld_default_text(row, text) : "...");
}

static void explain_rows(struct writer *writer, const struct mld_node *node,
                         const struct mld_param *table, int indent)
{
    for (const struct mld_param *row = table; row && row->key; row++) {
        const struct mld_node *child = node ? mld_node_child(node, row->key, strlen(row->key))
                                            : NULL;
        if (!indent)
            fputc('\n', writer->file);
        write_comment(writer, row, indent);
        if (child)
            explain_given(writer, row, child, indent);
        else
            explain_absent(writer, row, indent);
    }
}

static const char HEAD[] = "# milliard scenario: every key, explained. It runs as it is.\n"
                           "#\n"
                           "# Before each key: its meaning in English and in French, then kind and "
                           "unit, range, default, and its source. \"required\"\n"
                           "# has no default; \"judgement\" marks what no public figure says. "
                           "Rates are annual fractions: 0.05 is 5 % a year.\n"
                           "# A scenario need not give all of this. It names the one it builds "
                           "upon, base = \"fpci-reference.cfg\", and gives only what\n"
                           "# changes: groups merge key by key, lists whose items have a name "
                           "merge by name, all else is replaced whole;\n"
                           "# drop = [ \"fund\" ] does without a key of the base. Of lists and "
                           "groups by name the first item is explained.\n"
                           "#\n"
                           "# This file is written from the tables of the program: milliard "
                           "describe --scenario scenarios/explained.cfg\n";

static char *explain(const struct mld_node *root)
{
    char *text = NULL;
    size_t length;
    FILE *memory = open_memstream(&text, &length);
    if (!memory)
        return NULL;
    struct writer writer = { .file = memory };
    fputs(HEAD, memory);
    explain_rows(&writer, root, mld_scenario_params, 0);
    if (fclose(memory)) {
        free(text);
        return NULL;
    }
    return text;
}

/*
 * The tree with the way to its tape from the root: nobody knows in which folder the text will be
 * kept. NULL: no memory.
 */
static struct mld_node *with_whole_path(const struct mld_scenario *scenario,
                                        struct mld_arena *arena)
{
    struct mld_node *root = mld_node_copy(arena, scenario->root),
                    *file = root ? mld_node_at(root, "tape.file", 0) : NULL;
    if (!file || !scenario->tape_name)
        return root;
    file->text = mld_file_from_root(arena, scenario->tape_name);
    file->length = file->text ? strlen(file->text) : 0;
    return file->text ? root : NULL;
}

char *mld_scenario_explain(const struct mld_scenario *scenario)
{
    MLD_PLAIN_NUMBERS;
    struct mld_arena arena = { NULL };
    const struct mld_node *root = with_whole_path(scenario, &arena);
    char *text = root ? explain(root) : NULL;
    mld_arena_clear(&arena);
    return text;
}
