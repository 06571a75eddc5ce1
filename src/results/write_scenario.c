/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /scenario is the input, so that the file needs no other: its text whole, with base and tape
 * inside, which runs again as it is; the table of its parameters, a row for each value of the echo;
 * the table of its warnings. A table is one compound dataset of texts of fixed length. Its columns
 * are rows here: a name, and a function that gives the text of row i from a struct and the offset
 * of one member.
 */
#include "results/write.h"

#include <string.h>

#include "milliard/plan.h"
#include "results/schema.h"

/* `where` loses the folders, which differ between machines. */
static const char *without_folder(const char *where)
{
    const char *slash = strrchr(where, '/');
    return slash ? slash + 1 : where;
}

/* ---- parameters ---- */

/* A column of the echo is a member of struct mld_echo. */
struct echo_column {
    const struct mld_echo *row;
    size_t offset;
};

static const char *echo_text(const void *context, size_t i)
{
    const struct echo_column *column = context;
    const char *text = *(const char *const *)((const char *)&column->row[i] + column->offset);
    return text ? text : "";
}

/*
 * The table gives every cell the width of the longest: a tape kept in a scenario stays in the
 * scenario's text.
 */
static const char *echo_value(const void *context, size_t i)
{
    const char *value = echo_text(context, i);
    return strlen(value) < MLD_MAX_TEXT ? value : "(in /scenario/text)";
}

static const char *echo_where(const void *context, size_t i)
{
    return without_folder(echo_text(context, i));
}

static const char *echo_origin(const void *context, size_t i)
{
    static const char *const name[] = { "given", "default", "set", "unused" };
    return name[((const struct echo_column *)context)->row[i].origin];
}

static const char *echo_flags(const void *context, size_t i)
{
    static char words[64];
    unsigned flags = ((const struct echo_column *)context)->row[i].flags;
    words[0] = '\0';
    for (int f = 0; mld_flag_names[f].name; f++)
        if (flags & mld_flag_names[f].flag) {
            strcat(words, *words ? " " : "");
            strcat(words, mld_flag_names[f].name);
        }
    return words;
}

static void write_parameters(struct mld_results_writer *writer, hid_t group)
{
    size_t n;
    const struct mld_echo *echo = mld_plan_echo(writer->plan, &n);
#define COLUMN(member) \
    &(struct echo_column) { echo, offsetof(struct mld_echo, member) }
    const struct mld_table_column column[] = {
        { "key", echo_text, COLUMN(key) },
        { "value", echo_value, COLUMN(value) },
        { "unit", echo_text, COLUMN(unit) },
        { "origin", echo_origin, COLUMN(origin) },
        { "where", echo_where, COLUMN(where) },
        { "doc_en", echo_text, COLUMN(doc_en) },
        { "doc_fr", echo_text, COLUMN(doc_fr) },
        { "source", echo_text, COLUMN(source) },
        { "source_fr", echo_text, COLUMN(source_fr) },
        { "flags", echo_flags, COLUMN(flags) },
    };
#undef COLUMN
    mld_write_axis(writer, MLD_OVER_PARAMETER,
                   mld_h5_text_column(&writer->h5, writer->axes, "parameter", n, echo_text,
                                      column[0].context));
    mld_write_axis_link(writer, MLD_OVER_PARAMETER, group);
    mld_write_table(writer, group, "parameters", MLD_OVER_PARAMETER, n,
                    sizeof column / sizeof *column, column);
}

/* ---- warnings ---- */

/* A column is a member of struct mld_warning. */
struct warning_column {
    const struct mld_warning *item;
    size_t offset;
};

static const char *warning_text(const void *context, size_t i)
{
    const struct warning_column *column = context;
    return *(const char *const *)((const char *)&column->item[i] + column->offset);
}

static const char *warning_where(const void *context, size_t i)
{
    return without_folder(warning_text(context, i));
}

/* A run without a warning has no table of them. */
static void write_warnings(struct mld_results_writer *writer, hid_t group)
{
    const struct mld_warnings *warnings = &writer->plan->warnings;
    uint32_t number[MLD_WARNINGS * (MLD_WARNINGS_KEPT + 1)];
    if (!warnings->count)
        return;
    for (uint32_t i = 0; i < warnings->count; i++)
        number[i] = i;
#define COLUMN(member) \
    &(struct warning_column) { warnings->item, offsetof(struct mld_warning, member) }
    const struct mld_table_column column[] = {
        { "id", warning_text, COLUMN(id) },
        { "key", warning_text, COLUMN(key) },
        { "where", warning_where, COLUMN(where) },
        { "text_en", warning_text, COLUMN(text_en) },
        { "text_fr", warning_text, COLUMN(text_fr) },
        { "meant_en", warning_text, COLUMN(meant_en) },
        { "meant_fr", warning_text, COLUMN(meant_fr) },
    };
#undef COLUMN
    mld_write_axis(writer, MLD_OVER_WARNING,
                   mld_h5_array(&writer->h5, writer->axes, "warning", H5T_STD_U32LE,
                                H5T_NATIVE_UINT32, 1, &(hsize_t){ warnings->count }, number));
    mld_write_axis_link(writer, MLD_OVER_WARNING, group);
    mld_write_table(writer, group, "warnings", MLD_OVER_WARNING, warnings->count,
                    sizeof column / sizeof *column, column);
}

void mld_write_scenario(struct mld_results_writer *writer, const char *text)
{
    struct mld_h5 *h5 = &writer->h5;
    hid_t group = mld_h5_group(h5, writer->file, "scenario");
    mld_h5_close(mld_h5_fixed_scalar(h5, group, "text", text));
    write_parameters(writer, group);
    write_warnings(writer, group);
    mld_h5_close(group);
}
