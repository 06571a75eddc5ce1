/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/csv_text.h"
#include "core/format.h"
#include "core/text.h"
#include "report/json_text.h"

enum { MOST_COLUMNS = 64 + MLD_MAX_NOTES };

void mld_tables_open(struct mld_tables *tables, FILE *out, enum mld_layout layout, int french)
{
    *tables = (struct mld_tables){ .out = out, .layout = layout, .french = french };
    if (layout == MLD_LAYOUT_JSON)
        fputs("{\"tables\": {", out);
}

static int is_text(const struct mld_table_column *column) { return column->unit[0] == '\0'; }

/* ---- CSV ---- */

/* Names of columns are words of ours, but those of a tape's own columns. */
static void put_csv_head(struct mld_tables *tables)
{
    fputs(tables->name, tables->out);
    for (int i = 0; i < tables->columns; i++) {
        fputc(',', tables->out);
        if (tables->column[i].name[0] == '#')
            mld_csv_text(tables->out, tables->column[i].name, MLD_QUOTES_ALWAYS);
        else
            fputs(tables->column[i].name, tables->out);
    }
    fputs("\r\n", tables->out);
}

/* ---- JSON ---- */

static void put_member(FILE *out, const char *key, const char *text, const char *after)
{
    fprintf(out, "\"%s\": ", key);
    mld_json_text(out, text);
    fputs(after, out);
}

static void put_json_head(struct mld_tables *tables, const char *title_en, const char *title_fr)
{
    FILE *out = tables->out;
    fprintf(out, "%s\n\"%s\": {", tables->tables++ ? "," : "", tables->name);
    put_member(out, "title_en", title_en, ", ");
    put_member(out, "title_fr", title_fr, ",\n  \"columns\": [");
    for (int i = 0; i < tables->columns; i++) {
        const struct mld_table_column *column = &tables->column[i];
        fputs(i ? ",\n    {" : "\n    {", out);
        put_member(out, "name", column->name, ", ");
        put_member(out, "unit", column->unit, ", ");
        put_member(out, "label_en", column->label_en, ", ");
        put_member(out, "label_fr", column->label_fr, "}");
    }
    fputs("],\n  \"rows\": [", out);
}

/* ---- aligned text ---- */

static void put_title(struct mld_tables *tables, const char *title)
{
    fprintf(tables->out, "\n%s\n", title);
    for (size_t i = mld_text_width(title); i > 0; i--)
        fputs("─", tables->out);
    fputc('\n', tables->out);
}

static int has_room(struct mld_tables *tables, size_t more)
{
    if (tables->used + more <= tables->capacity)
        return 1;
    size_t capacity = 2 * (tables->used + more) + 4096;
    char *cells = realloc(tables->cells, capacity);
    tables->failed |= !cells;
    if (cells) {
        tables->cells = cells;
        tables->capacity = capacity;
    }
    return cells != NULL;
}

static void keep_cell(struct mld_tables *tables, const char *text)
{
    size_t size = strlen(text) + 1;
    if (tables->failed || !has_room(tables, size))
        return;
    memcpy(tables->cells + tables->used, text, size);
    tables->used += size;
}

static void keep_shown(struct mld_tables *tables, const char *text)
{
    char *shown = mld_text_shown_copy(text);
    tables->failed |= !shown;
    if (shown)
        keep_cell(tables, shown);
    free(shown);
}

/* Numbers of periods and years bear no separators; euros have cents; anything else six decimals. */
static const char *shown(const struct mld_tables *tables, double value, char *text)
{
    const char *unit = tables->column[tables->at].unit;
    if (isnan(value))
        return "–";
    if (strcmp(unit, "period") == 0 || strcmp(unit, "year") == 0 || strcmp(unit, "index") == 0)
        snprintf(text, MLD_NUMBER_SIZE, "%.0f", value);
    else
        mld_format_number(text, tables->french, value,
                          value == 0                 ? 0
                          : strcmp(unit, "EUR") == 0 ? 2
                                                     : 6,
                          0);
    return text;
}

static const char *label_of(const struct mld_tables *tables, int column)
{
    return tables->french ? tables->column[column].label_fr : tables->column[column].label_en;
}

static void measure_columns(const struct mld_tables *tables, size_t *width)
{
    const char *cell = tables->cells;
    for (int i = 0; i < tables->columns; i++)
        width[i] = mld_text_width(label_of(tables, i));
    for (size_t row = 0; row < tables->rows; row++)
        for (int i = 0; i < tables->columns; i++, cell += strlen(cell) + 1) {
            size_t wide = mld_text_width(cell);
            width[i] = wide > width[i] ? wide : width[i];
        }
}

/* Texts to the left, numbers to the right; nothing after the last text of a line. */
static void put_cell(const struct mld_tables *tables, int column, const char *text, size_t width)
{
    int blank = (int)(width - mld_text_width(text)), left = is_text(&tables->column[column]);
    int last = column == tables->columns - 1;
    fprintf(tables->out, "%s%*s%s%*s", column ? "  " : "", left ? 0 : blank, "", text,
            left && !last ? blank : 0, "");
}

static void put_aligned(struct mld_tables *tables)
{
    size_t width[MOST_COLUMNS];
    const char *cell = tables->cells;
    measure_columns(tables, width);
    for (int i = 0; i < tables->columns; i++)
        put_cell(tables, i, label_of(tables, i), width[i]);
    fputc('\n', tables->out);
    for (size_t row = 0; row < tables->rows; row++) {
        for (int i = 0; i < tables->columns; i++, cell += strlen(cell) + 1)
            put_cell(tables, i, cell, width[i]);
        fputc('\n', tables->out);
    }
}

/* ---- all layouts ---- */

void mld_tables_begin(struct mld_tables *tables, const char *name, const char *title_en,
                      const char *title_fr, int n, const struct mld_table_column *columns)
{
    tables->name = name;
    tables->column = columns;
    tables->columns = n;
    tables->at = 0;
    tables->rows = tables->used = 0;
    if (tables->layout == MLD_LAYOUT_CSV)
        put_csv_head(tables);
    else if (tables->layout == MLD_LAYOUT_JSON)
        put_json_head(tables, title_en, title_fr);
    else
        put_title(tables, tables->french ? title_fr : title_en);
}

static void before_cell(struct mld_tables *tables)
{
    if (tables->layout == MLD_LAYOUT_CSV)
        fprintf(tables->out, "%s,", tables->at ? "" : tables->name);
    else if (tables->layout == MLD_LAYOUT_JSON)
        fputs(tables->at ? ", " : tables->rows ? ",\n    [" : "\n    [", tables->out);
}

static void after_cell(struct mld_tables *tables)
{
    if (++tables->at < tables->columns)
        return;
    tables->at = 0;
    tables->rows++;
    if (tables->layout != MLD_LAYOUT_TEXT)
        fputs(tables->layout == MLD_LAYOUT_CSV ? "\r\n" : "]", tables->out);
}

void mld_tables_number(struct mld_tables *tables, double value)
{
    char text[MLD_NUMBER_SIZE];
    before_cell(tables);
    if (tables->layout == MLD_LAYOUT_JSON)
        mld_json_number(tables->out, value);
    else if (tables->layout == MLD_LAYOUT_TEXT)
        keep_cell(tables, shown(tables, value, text));
    else
        mld_csv_number(tables->out, value, '.');
    after_cell(tables);
}

void mld_tables_text(struct mld_tables *tables, const char *text)
{
    before_cell(tables);
    text = text ? text : "";
    if (tables->layout == MLD_LAYOUT_JSON)
        mld_json_text(tables->out, text);
    else if (tables->layout == MLD_LAYOUT_TEXT)
        keep_shown(tables, text);
    else
        mld_csv_text(tables->out, text, MLD_QUOTES_ALWAYS);
    after_cell(tables);
}

void mld_tables_end(struct mld_tables *tables)
{
    if (tables->layout == MLD_LAYOUT_JSON)
        fputs("]}", tables->out);
    else if (tables->layout == MLD_LAYOUT_TEXT && !tables->failed)
        put_aligned(tables);
}

enum mld_status mld_tables_close(struct mld_tables *tables)
{
    if (tables->layout == MLD_LAYOUT_JSON)
        fputs("\n}}\n", tables->out);
    free(tables->cells);
    tables->cells = NULL;
    return tables->failed ? MLD_ERR_MEMORY : MLD_OK;
}
