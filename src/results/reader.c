/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "milliard/results.h"
#include "core/plain.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "milliard/grid.h"
#include "results/audit.h"
#include "results/driver.h"
#include "results/h5.h"
#include "results/schema.h"

/* Sizes above these are no results of ours, whatever the file says. */
enum {
    MAX_SCENARIO_BYTES = 1 << 30,
    MAX_TEXT_BYTES = 1 << 26,
    MAX_CELL = 1 << 20,
    MAX_ROWS = 1 << 16,
    MAX_ATTRIBUTE = 1 << 16
};

/*
 * Root attributes: texts, and integers with their range. All are required but those that say what a
 * file without them means.
 */
static const struct attribute_row {
    const char *name;
    int is_text;
    double low, high;
    const char *absent;
} attribute_rows[] = {
    { "program_version", 1, 0, 0, NULL },
    { "commit", 1, 0, 0, NULL },
    { "compiler", 1, 0, 0, NULL },
    { "flags", 1, 0, 0, NULL },
    { "libraries", 1, 0, 0, NULL },
    { "libc", 1, 0, 0, "unknown" },
    { "processor", 1, 0, 0, "unknown" },
    { "name", 1, 0, 0, NULL },
    { "title_en", 1, 0, 0, NULL },
    { "title_fr", 1, 0, 0, NULL },
    { "currency", 1, 0, 0, NULL },
    { "first_closing", 1, 0, 0, NULL },
    { "format_version", 0, 1, 1e9, NULL },
    { "model_version", 0, 1, 1e9, "1" },
    { "stream_version", 0, 1, 1e9, NULL },
    { "seed", 0, 0, 9007199254740992.0, NULL },
    { "paths", 0, 0, 4294967294.0, NULL },
    { "paths_asked", 0, 1, 4294967294.0, NULL },
    { "trajectories", 0, 0, 4294967294.0, NULL },
    { "interrupted", 0, 0, 1, NULL },
    { "periods_per_year", 0, 1, 12, NULL },
    { "horizon_years", 0, 1, MLD_MAX_YEARS, NULL },
    { "last_period", 0, 0, MLD_MAX_PERIODS - 1, NULL },
    { "has_fund", 0, 0, 1, NULL },
    { "has_guarantee", 0, 0, 1, NULL },
    { "has_dotation", 0, 0, 1, NULL },
};
enum { ATTRIBUTES = sizeof attribute_rows / sizeof *attribute_rows };

/* A column of texts: n cells of `width` bytes, each ended by a NUL. */
struct text_column {
    size_t n, width;
    char *cell;
};

/* The columns of /scenario/parameters. */
enum {
    ECHO_KEY,
    ECHO_VALUE,
    ECHO_UNIT,
    ECHO_ORIGIN,
    ECHO_WHERE,
    ECHO_DOC_EN,
    ECHO_DOC_FR,
    ECHO_SOURCE,
    ECHO_FLAGS,
    ECHO_COLUMNS
};
static const char *const echo_columns[ECHO_COLUMNS] = { "key",    "value",  "unit",
                                                        "origin", "where",  "doc_en",
                                                        "doc_fr", "source", "flags" };

/* The columns of /scenario/warnings. */
enum {
    WARNING_ID,
    WARNING_KEY,
    WARNING_WHERE,
    WARNING_TEXT_EN,
    WARNING_TEXT_FR,
    WARNING_MEANT_EN,
    WARNING_MEANT_FR,
    WARNING_COLUMNS
};
static const char *const warning_columns[WARNING_COLUMNS] = { "id",      "key",     "where",
                                                              "text_en", "text_fr", "meant_en",
                                                              "meant_fr" };

struct mld_results {
    struct mld_output input;
    hid_t driver, file;
    struct mld_h5 h5;
    const char *path;              /* while opening */
    struct mld_messages *messages; /* while opening */
    enum mld_status status;
    char *attribute[ATTRIBUTES];
    int format; /* version of the schema */
    size_t paths, trajectories;
    struct mld_grid grid;
    char *scenario_text;
    struct text_column parameter[ECHO_COLUMNS];
    struct mld_echo *echo;
    struct text_column warned[WARNING_COLUMNS];
    struct mld_warning *warning;
    struct text_column measure; /* names of the measures of the file */
    struct mld_summary summary;
};

/* ---- failures: the first one is told, and stops the rest ---- */

static void refuse(struct mld_results *results, const char *what, const char *why)
{
    if (results->status)
        return;
    results->status = MLD_ERR_FORMAT;
    mld_messages_add(results->messages, "%s: damaged, or not a results file of milliard: %s %s",
                     results->path, what, why);
}

static void no_memory(struct mld_results *results)
{
    if (results->status)
        return;
    results->status = MLD_ERR_MEMORY;
    mld_messages_add(results->messages, "%s: not enough memory to read it", results->path);
}

/* ---- texts ---- */

/*
 * Bytes of a character that is shown as it is; 0 for what a terminal or a page obeys rather than
 * shows: controls, marks that turn the direction of reading, and what is no UTF-8.
 */
static size_t shown(const unsigned char *c)
{
    size_t length = *c < 0x80                 ? 1
                    : *c >= 0xc2 && *c < 0xe0 ? 2
                    : *c >= 0xe0 && *c < 0xf0 ? 3
                    : *c >= 0xf0 && *c < 0xf5 ? 4
                                              : 0;
    unsigned code = length < 2 ? *c : *c & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((c[i] & 0xc0) != 0x80)
            return 0;
        code = code << 6 | (c[i] & 0x3fu);
    }
    int obeyed = (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7f && code < 0xa0) ||
                 code == 0x61c || code == 0x200e || code == 0x200f ||
                 (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    return obeyed ? 0 : length;
}

static void disarm(char *text)
{
    while (*text) {
        size_t length = shown((const unsigned char *)text);
        if (!length)
            *text = '?';
        text += length ? length : 1;
    }
}

/*
 * A memory type of one byte more than a text of fixed length, so that it always ends with a NUL.
 * Negative: refused.
 */
static hid_t memory_text(hid_t type, size_t limit, size_t *size)
{
    if (type < 0 || H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) != 0)
        return -1;
    *size = H5Tget_size(type) + 1;
    if (*size < 2 || *size > limit)
        return -1;
    hid_t memory = H5Tcopy(type);
    if (memory >= 0 &&
        (H5Tset_size(memory, *size) < 0 || H5Tset_strpad(memory, H5T_STR_NULLTERM) < 0)) {
        H5Tclose(memory);
        return -1;
    }
    return memory;
}

static int is_scalar(hid_t space)
{
    return space >= 0 && H5Sget_simple_extent_type(space) == H5S_SCALAR;
}

/* A text of the file's root, or NULL: it has none of that name, or memory is short. */
static char *text_attribute(struct mld_results *results, const char *name)
{
    hid_t attribute = H5Aopen(results->file, name, H5P_DEFAULT);
    if (attribute < 0)
        return NULL;
    hid_t space = H5Aget_space(attribute), type = H5Aget_type(attribute);
    size_t size = 0;
    hid_t memory = is_scalar(space) ? memory_text(type, MAX_ATTRIBUTE, &size) : -1;
    char *text = memory >= 0 ? calloc(1, size) : NULL;
    if (memory >= 0 && !text)
        no_memory(results);
    if (text && H5Aread(attribute, memory, text) < 0) {
        free(text);
        text = NULL;
    }
    if (text)
        disarm(text);
    mld_h5_close(memory);
    mld_h5_close(type);
    mld_h5_close(space);
    mld_h5_close(attribute);
    return text;
}

static int integer_attribute(hid_t object, const char *name, int64_t *value)
{
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    if (attribute < 0)
        return 0;
    hid_t space = H5Aget_space(attribute), type = H5Aget_type(attribute);
    int read = is_scalar(space) && type >= 0 && H5Tget_class(type) == H5T_INTEGER &&
               H5Tget_size(type) <= sizeof *value &&
               H5Aread(attribute, H5T_NATIVE_INT64, value) >= 0;
    mld_h5_close(type);
    mld_h5_close(space);
    mld_h5_close(attribute);
    return read;
}

/* ---- datasets ---- */

/* Every link on the way is a hard one: a soft or external link could lead into another file. */
static int exists(hid_t file, const char *path)
{
    char part[256];
    size_t length = strlen(path);
    if (length >= sizeof part)
        return 0;
    for (size_t i = 1; i <= length; i++) {
        if (path[i] != '/' && path[i] != '\0')
            continue;
        H5L_info_t info;
        memcpy(part, path, i);
        part[i] = '\0';
        if (H5Lexists(file, part, H5P_DEFAULT) <= 0 ||
            H5Lget_info(file, part, &info, H5P_DEFAULT) < 0 || info.type != H5L_TYPE_HARD)
            return 0;
    }
    return 1;
}

static int has_shape(hid_t dataset, int rank, const hsize_t *size)
{
    hsize_t found[H5S_MAX_RANK] = { 0 };
    hid_t space = H5Dget_space(dataset);
    int same = space >= 0 && H5Sis_simple(space) > 0 && H5Sget_simple_extent_ndims(space) == rank &&
               (rank == 0 || H5Sget_simple_extent_dims(space, found, NULL) == rank);
    for (int i = 0; i < rank && same; i++)
        same = found[i] == size[i];
    mld_h5_close(space);
    return same;
}

/*
 * A dataset by its path, whose bytes are in this file, all of them: what is allocated for them is
 * bounded by what the disk holds. -1 with what is wrong.
 */
static hid_t open_dataset(const struct mld_results *results, const char *path, const char **why)
{
    *why = "is missing";
    hid_t dataset = exists(results->file, path) ? H5Dopen2(results->file, path, H5P_DEFAULT) : -1;
    *why = dataset < 0 ? *why : mld_audit_dataset(dataset);
    if (!*why || dataset < 0)
        return dataset;
    H5Dclose(dataset);
    return -1;
}

/* A dataset of that shape whose numbers are of `type`'s class and size; refused otherwise. */
static hid_t open_numbers(struct mld_results *results, const char *path, hid_t type, int rank,
                          const hsize_t *size)
{
    if (results->status)
        return -1;
    const char *why;
    hid_t dataset = open_dataset(results, path, &why);
    if (dataset < 0) {
        refuse(results, path, why);
        return -1;
    }
    hid_t found = H5Dget_type(dataset);
    int right = found >= 0 && H5Tequal(found, type) > 0 && has_shape(dataset, rank, size);
    mld_h5_close(found);
    if (right)
        return dataset;
    refuse(results, path, "has not the type, shape or size it should have");
    mld_h5_close(dataset);
    return -1;
}

static void read_numbers(struct mld_results *results, const char *path, hid_t file_type,
                         hid_t memory_type, int rank, const hsize_t *size, void *value)
{
    hid_t dataset = open_numbers(results, path, file_type, rank, size);
    if (dataset >= 0 && H5Dread(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, value) < 0)
        refuse(results, path, "cannot be read");
    mld_h5_close(dataset);
}

static void read_reals(struct mld_results *results, const char *path, int rank, const hsize_t *size,
                       double *value)
{
    read_numbers(results, path, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, rank, size, value);
}

/* The text of a scalar dataset, or NULL when refused. */
static char *read_text(struct mld_results *results, const char *path)
{
    if (results->status)
        return NULL;
    const char *why;
    hid_t dataset = open_dataset(results, path, &why);
    hid_t type = dataset < 0 ? -1 : H5Dget_type(dataset);
    size_t size = 0;
    hid_t memory = memory_text(type, MAX_SCENARIO_BYTES, &size);
    char *text = NULL;
    if (dataset < 0)
        refuse(results, path, why);
    else if (memory < 0 || !has_shape(dataset, 0, NULL))
        refuse(results, path, "is not the text it should be");
    else if (!(text = calloc(1, size)))
        no_memory(results);
    else if (H5Dread(dataset, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, text) < 0)
        refuse(results, path, "cannot be read");
    mld_h5_close(memory);
    mld_h5_close(type);
    mld_h5_close(dataset);
    return text;
}

/* A table of texts, open. */
struct open_table {
    const char *path;
    hid_t dataset, type;
    size_t n;
};

/* Rows of a one-dimensional dataset, at most MAX_ROWS; -1 when it is none. */
static hssize_t rows_of(hid_t dataset)
{
    hid_t space = H5Dget_space(dataset);
    hsize_t n = 0;
    int known = space >= 0 && H5Sis_simple(space) > 0 && H5Sget_simple_extent_ndims(space) == 1 &&
                H5Sget_simple_extent_dims(space, &n, NULL) == 1;
    mld_h5_close(space);
    return known && n <= MAX_ROWS ? (hssize_t)n : -1;
}

static struct open_table open_table(struct mld_results *results, const char *path)
{
    struct open_table table = { .path = path, .dataset = -1, .type = -1 };
    if (results->status)
        return table;
    const char *why;
    table.dataset = open_dataset(results, path, &why);
    table.type = table.dataset < 0 ? -1 : H5Dget_type(table.dataset);
    hssize_t n = table.dataset < 0 ? -1 : rows_of(table.dataset);
    table.n = n < 0 ? 0 : (size_t)n;
    if (table.dataset < 0)
        refuse(results, path, why);
    else if (n < 0 || table.type < 0 || H5Tget_class(table.type) != H5T_COMPOUND ||
             H5Tget_size(table.type) > MAX_CELL)
        refuse(results, path, "is not the table it should be");
    return table;
}

static void close_table(struct open_table *table)
{
    mld_h5_close(table->type);
    mld_h5_close(table->dataset);
}

/* A memory type with one member, through which HDF5 gathers that column. */
static hid_t one_member(hid_t table, const char *name, size_t *width)
{
    int index = H5Tget_member_index(table, name);
    hid_t type = index < 0 ? -1 : H5Tget_member_type(table, (unsigned)index);
    hid_t text = memory_text(type, MAX_CELL, width);
    hid_t member = text < 0 ? -1 : H5Tcreate(H5T_COMPOUND, *width);
    if (member >= 0 && H5Tinsert(member, name, 0, text) < 0) {
        H5Tclose(member);
        member = -1;
    }
    mld_h5_close(text);
    mld_h5_close(type);
    return member;
}

static void read_column(struct mld_results *results, const struct open_table *table,
                        const char *name, struct text_column *column)
{
    if (results->status)
        return;
    hid_t type = one_member(table->type, name, &column->width);
    if (type < 0 || (double)table->n * (double)column->width > MAX_TEXT_BYTES)
        refuse(results, table->path, "has not the columns it should have");
    else if (!(column->cell = calloc(table->n + 1, column->width)))
        no_memory(results);
    else if (table->n &&
             H5Dread(table->dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, column->cell) < 0)
        refuse(results, table->path, "cannot be read");
    else
        column->n = table->n;
    mld_h5_close(type);
}

static char *cell(const struct text_column *column, size_t i)
{
    return column->cell + i * column->width;
}

/* ---- what the file says of itself ---- */

static enum mld_status check_kind(struct mld_results *results)
{
    char *format = text_attribute(results, "format");
    char *version = text_attribute(results, "program_version");
    int64_t number = 0;
    enum mld_status status = MLD_ERR_FORMAT;
    if (results->status)
        status = results->status;
    else if (!format || strcmp(format, MLD_RESULTS_KIND) != 0)
        mld_messages_add(results->messages, "%s: an HDF5 file, but not one of milliard",
                         results->path);
    else if (!integer_attribute(results->file, "format_version", &number))
        mld_messages_add(results->messages, "%s: damaged: the version of its format cannot be read",
                         results->path);
    else if (number < MLD_RESULTS_OLDEST)
        mld_messages_add(results->messages,
                         "%s: written by milliard %s in format %" PRId64
                         "; this version reads formats from %d on: run its scenario again "
                         "(the file keeps it in /scenario/text), or read it with milliard %s",
                         results->path, version ? version : "?", number, MLD_RESULTS_OLDEST,
                         version ? version : "?");
    else if (number > MLD_RESULTS_FORMAT)
        mld_messages_add(results->messages,
                         "%s: written by milliard %s in format %" PRId64
                         ", newer than format %d that this version reads: "
                         "read it with milliard %s or later",
                         results->path, version ? version : "?", number, MLD_RESULTS_FORMAT,
                         version ? version : "?");
    else
        status = MLD_OK;
    results->format = (int)number;
    free(version);
    free(format);
    return status;
}

static void read_attribute(struct mld_results *results, int i)
{
    const struct attribute_row *row = &attribute_rows[i];
    char what[96], text[32];
    int64_t number;
    snprintf(what, sizeof what, "attribute \"%s\"", row->name);
    if (row->absent && H5Aexists(results->file, row->name) == 0) {
        results->attribute[i] = strdup(row->absent);
        if (!results->attribute[i])
            no_memory(results);
    } else if (row->is_text) {
        results->attribute[i] = text_attribute(results, row->name);
    } else if (integer_attribute(results->file, row->name, &number) && (double)number >= row->low &&
               (double)number <= row->high) {
        snprintf(text, sizeof text, "%" PRId64, number);
        results->attribute[i] = strdup(text);
        if (!results->attribute[i])
            no_memory(results);
    }
    if (!results->attribute[i])
        refuse(results, what, "is missing or out of range");
}

static int64_t number_of(const struct mld_results *results, const char *name)
{
    return strtoll(mld_results_attribute(results, name), NULL, 10);
}

/*
 * Designs that this version knows: without a guarantee, and with it where there is one. Format 1
 * does not count them.
 */
static int designs_of(struct mld_results *results)
{
    int known = number_of(results, "has_guarantee") ? 2 : 1;
    int64_t designs = known;
    if (results->format > 1 &&
        !(integer_attribute(results->file, "designs", &designs) && designs == known))
        refuse(results, "attribute \"designs\"", "is not the number of designs of such a scenario");
    return known;
}

static void read_attributes(struct mld_results *results)
{
    for (int i = 0; i < (int)ATTRIBUTES && !results->status; i++)
        read_attribute(results, i);
    if (results->status)
        return;
    struct mld_grid *grid = &results->grid;
    grid->periods_per_year = (int)number_of(results, "periods_per_year");
    grid->horizon_years = (int)number_of(results, "horizon_years");
    grid->periods = grid->periods_per_year * grid->horizon_years;
    grid->last = (int)number_of(results, "last_period");
    results->paths = (size_t)number_of(results, "paths");
    results->trajectories = (size_t)number_of(results, "trajectories");
    int m = grid->periods_per_year;
    if ((m != 1 && m != 2 && m != 4 && m != 12) || grid->last >= grid->periods ||
        mld_date_parse(mld_results_attribute(results, "first_closing"), &grid->first_closing) != 0)
        refuse(results, "its time grid", "is not one of milliard");
    results->summary.paths = results->paths;
    results->summary.designs = designs_of(results);
}

/* ---- scenario ---- */

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
    const struct text_column *column = results->parameter;
    for (size_t i = 0; i < column[ECHO_KEY].n; i++) {
        for (int c = 0; c < ECHO_COLUMNS; c++)
            disarm(cell(&column[c], i));
        results->echo[i] = (struct mld_echo){
            .key = cell(&column[ECHO_KEY], i),
            .value = cell(&column[ECHO_VALUE], i),
            .unit = cell(&column[ECHO_UNIT], i),
            .doc_en = cell(&column[ECHO_DOC_EN], i),
            .doc_fr = cell(&column[ECHO_DOC_FR], i),
            .source = cell(&column[ECHO_SOURCE], i),
            .origin = origin_named(cell(&column[ECHO_ORIGIN], i)),
            .where = cell(&column[ECHO_WHERE], i),
            .flags = flags_named(cell(&column[ECHO_FLAGS], i)),
        };
    }
}

static void fill_warnings(struct mld_results *results)
{
    const struct text_column *column = results->warned;
    for (size_t i = 0; i < column[WARNING_ID].n; i++) {
        for (int c = 0; c < WARNING_COLUMNS; c++)
            disarm(cell(&column[c], i));
        results->warning[i] = (struct mld_warning){
            .id = cell(&column[WARNING_ID], i),
            .key = cell(&column[WARNING_KEY], i),
            .where = cell(&column[WARNING_WHERE], i),
            .text_en = cell(&column[WARNING_TEXT_EN], i),
            .text_fr = cell(&column[WARNING_TEXT_FR], i),
            .meant_en = cell(&column[WARNING_MEANT_EN], i),
            .meant_fr = cell(&column[WARNING_MEANT_FR], i),
        };
    }
}

/* A run without a warning, or of an earlier version, has none. */
static void read_warnings(struct mld_results *results)
{
    if (results->status || !exists(results->file, "scenario/warnings"))
        return;
    struct open_table table = open_table(results, "scenario/warnings");
    for (int c = 0; c < WARNING_COLUMNS; c++)
        read_column(results, &table, warning_columns[c], &results->warned[c]);
    close_table(&table);
    if (results->status)
        return;
    results->warning = calloc(results->warned[WARNING_ID].n + 1, sizeof *results->warning);
    if (results->warning)
        fill_warnings(results);
    else
        no_memory(results);
}

static void read_scenario(struct mld_results *results)
{
    results->scenario_text = read_text(results, "scenario/text");
    struct open_table table = open_table(results, "scenario/parameters");
    for (int c = 0; c < ECHO_COLUMNS; c++)
        read_column(results, &table, echo_columns[c], &results->parameter[c]);
    close_table(&table);
    if (results->status)
        return;
    results->echo = calloc(results->parameter[ECHO_KEY].n + 1, sizeof *results->echo);
    if (results->echo)
        fill_echo(results);
    else
        no_memory(results);
}

static void read_dictionary(struct mld_results *results)
{
    struct open_table table = open_table(results, "measures/table");
    read_column(results, &table, "name", &results->measure);
    close_table(&table);
    if (!results->status && results->measure.width > MLD_MAX_NAME)
        refuse(results, "measures/table", "has names that are too long");
}

/* ---- summary ---- */

static void no_statistics(struct mld_statistics *statistics, int n)
{
    for (int i = 0; i < n; i++) {
        struct mld_statistics *s = &statistics[i];
        s->mean = s->mean_error = s->sd = s->sd_error = s->shortfall = s->shortfall_error =
            s->minimum = s->maximum = NAN;
        for (int q = 0; q < MLD_QUANTILES; q++)
            s->quantile[q] = s->quantile_low[q] = s->quantile_high[q] = NAN;
    }
}

/*
 * Measures this version does not know are left in the file; those the file does not know have no
 * statistics.
 */
static void scatter(const struct mld_results *results, const struct mld_statistic_row *row,
                    const void *value, struct mld_statistics *statistics)
{
    for (size_t i = 0; i < results->measure.n; i++) {
        int measure = mld_measure_named(cell(&results->measure, i));
        if (measure < 0)
            continue;
        char *to = (char *)&statistics[measure] + row->offset;
        if (row->kind == MLD_STATISTIC_COUNT)
            *(size_t *)to = (size_t)((const int64_t *)value)[i];
        else if (row->kind == MLD_STATISTIC_REAL)
            memcpy(to, (const double *)value + i, sizeof(double));
        else
            memcpy(to, (const double *)value + i * MLD_QUANTILES, MLD_QUANTILES * sizeof(double));
    }
}

static void check_counts(struct mld_results *results, const char *path, size_t n,
                         const int64_t *count)
{
    for (size_t i = 0; i < n && !results->status; i++)
        if (count[i] < 0 || (uint64_t)count[i] > results->paths)
            refuse(results, path, "counts more paths than there are");
}

/*
 * Where a statistic of a kind lies: format 1 has a group a design, format 2 one dataset for all
 * designs.
 */
struct statistics_place {
    const char *group;
    int designs;
};

static void read_statistic(struct mld_results *results, struct statistics_place place,
                           const struct mld_statistic_row *row, void *buffer,
                           struct mld_statistics *const *statistics)
{
    char path[96];
    int of_designs = place.designs > 0,
        rank = (row->kind == MLD_STATISTIC_QUANTILES ? 2 : 1) + of_designs;
    size_t rows = of_designs ? (size_t)place.designs : 1,
           width = row->kind == MLD_STATISTIC_QUANTILES ? MLD_QUANTILES : 1;
    hsize_t size[3] = { (hsize_t)place.designs, results->measure.n, MLD_QUANTILES };
    snprintf(path, sizeof path, "%s/%s", place.group, row->name);
    if (row->kind == MLD_STATISTIC_COUNT) {
        read_numbers(results, path, H5T_STD_I64LE, H5T_NATIVE_INT64, rank, size + !of_designs,
                     buffer);
        if (!results->status)
            check_counts(results, path, rows * results->measure.n, buffer);
    } else {
        read_reals(results, path, rank, size + !of_designs, buffer);
    }
    for (size_t i = 0; i < rows && !results->status; i++)
        if (statistics[i])
            scatter(results, row, (const double *)buffer + i * width * results->measure.n,
                    statistics[i]);
}

/* Storage for the statistics of one design. */
static struct mld_statistics *new_statistics(struct mld_results *results)
{
    int n = mld_measure_count();
    struct mld_statistics *statistics = calloc((size_t)n, sizeof *statistics);
    if (!statistics)
        no_memory(results);
    else
        no_statistics(statistics, n);
    return statistics;
}

static void read_statistics(struct mld_results *results, struct statistics_place place,
                            struct mld_statistics *const *statistics)
{
    size_t rows = place.designs > 0 ? (size_t)place.designs : 1;
    void *buffer = results->status
                       ? NULL
                       : malloc((rows * results->measure.n + 1) * MLD_QUANTILES * sizeof(double));
    if (!buffer && !results->status)
        no_memory(results);
    for (const struct mld_statistic_row *row = mld_statistic_rows; row->name && !results->status;
         row++)
        read_statistic(results, place, row, buffer, statistics);
    free(buffer);
}

static int fan_length(const struct mld_results *results, int series)
{
    const struct mld_grid *grid = &results->grid;
    if (mld_series[series].axis == MLD_AXIS_PERIOD)
        return grid->periods;
    return mld_grid_calendar_year(grid, grid->periods - 1) - mld_grid_calendar_year(grid, 0) + 1;
}

static void read_rank_error(struct mld_results *results, const char *path, struct mld_fan *fan)
{
    hid_t attribute = H5Aopen_by_name(results->file, path, "rank_error", H5P_DEFAULT, H5P_DEFAULT);
    hid_t type = attribute < 0 ? -1 : H5Aget_type(attribute),
          space = attribute < 0 ? -1 : H5Aget_space(attribute);
    if (type < 0 || H5Tequal(type, H5T_IEEE_F64LE) <= 0 || !is_scalar(space) ||
        H5Aread(attribute, H5T_NATIVE_DOUBLE, &fan->rank_error) < 0)
        refuse(results, path, "has no rank_error");
    mld_h5_close(space);
    mld_h5_close(type);
    mld_h5_close(attribute);
}

static void read_fan(struct mld_results *results, int design, int series, struct mld_fan *fan)
{
    char group[128], path[160];
    fan->series = series;
    snprintf(group, sizeof group, "series/%s/%s", mld_design_names[design],
             mld_series[series].name);
    if (results->status || !exists(results->file, group))
        return;
    hsize_t size[2] = { MLD_QUANTILES, (hsize_t)fan_length(results, series) };
    fan->length = (int)size[1];
    fan->mean = calloc(size[1], sizeof(double));
    fan->mean_error = calloc(size[1], sizeof(double));
    fan->quantile = calloc(size[0] * size[1], sizeof(double));
    if (!fan->mean || !fan->mean_error || !fan->quantile) {
        no_memory(results);
        return;
    }
    snprintf(path, sizeof path, "%s/mean", group);
    read_reals(results, path, 1, size + 1, fan->mean);
    snprintf(path, sizeof path, "%s/mean_error", group);
    read_reals(results, path, 1, size + 1, fan->mean_error);
    snprintf(path, sizeof path, "%s/quantiles", group);
    read_reals(results, path, 2, size, fan->quantile);
    if (!results->status)
        read_rank_error(results, path, fan);
}

static void read_fans(struct mld_results *results, int design)
{
    if (results->status)
        return;
    struct mld_fan *fan = calloc((size_t)mld_series_count(), sizeof *fan);
    results->summary.fan[design] = fan;
    if (!fan)
        no_memory(results);
    for (int i = 0; i < mld_series_count() && !results->status; i++)
        read_fan(results, design, i, &fan[i]);
}

static void check_levels(struct mld_results *results)
{
    double level[MLD_QUANTILES], dotation[MLD_DOTATION_LEVELS];
    read_reals(results, "axes/quantile", 1, &(hsize_t){ MLD_QUANTILES }, level);
    read_reals(results, "axes/level", 1, &(hsize_t){ MLD_DOTATION_LEVELS }, dotation);
    if (!results->status && (memcmp(level, mld_quantile_levels, sizeof level) != 0 ||
                             memcmp(dotation, mld_dotation_levels, sizeof dotation) != 0))
        refuse(results, "its quantile levels", "are not those of this version");
}

/* Format 1 knows the designs by name. */
static void read_summary_1(struct mld_results *results)
{
    struct mld_summary *summary = &results->summary;
    for (int design = 0; design < summary->designs; design++) {
        char group[64];
        snprintf(group, sizeof group, "summary/%s", mld_design_names[design]);
        read_statistics(results, (struct statistics_place){ group, 0 }, &summary->measure[design]);
    }
    if (summary->designs > 1)
        read_statistics(results, (struct statistics_place){ "summary/" MLD_DIFFERENCE_NAME, 0 },
                        &summary->difference[MLD_WITH]);
}

static void read_summary_2(struct mld_results *results)
{
    struct mld_summary *summary = &results->summary;
    read_statistics(results, (struct statistics_place){ "summary", summary->designs },
                    summary->measure);
    if (summary->designs > 1)
        read_statistics(results, (struct statistics_place){ MLD_DIFFERENCE_NAME, summary->designs },
                        summary->difference);
}

static void read_summary(struct mld_results *results)
{
    struct mld_summary *summary = &results->summary;
    check_levels(results);
    read_dictionary(results);
    for (int design = 0; design < summary->designs && !results->status; design++) {
        summary->measure[design] = new_statistics(results);
        summary->difference[design] = design ? new_statistics(results) : NULL;
    }
    if (results->format == 1)
        read_summary_1(results);
    else
        read_summary_2(results);
    for (int design = 0; design < summary->designs; design++)
        read_fans(results, design);
    if (results->status || !number_of(results, "has_guarantee"))
        return;
    hsize_t size = MLD_DOTATION_LEVELS;
    read_reals(results, "summary/dotation/value", 1, &size, summary->dotation);
    read_reals(results, "summary/dotation/low", 1, &size, summary->dotation_low);
    read_reals(results, "summary/dotation/high", 1, &size, summary->dotation_high);
}

/* ---- paths ---- */

static hid_t open_column(struct mld_results *results, int design, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "paths/%s/%.64s", mld_design_names[design], name);
    return open_numbers(results, path, H5T_IEEE_F64LE, 1, &(hsize_t){ results->paths });
}

/* A measure that the summary counts must have its paths, all of them. */
static void check_columns(struct mld_results *results)
{
    for (int design = 0; design < results->summary.designs; design++)
        for (size_t i = 0; i < results->measure.n && !results->status; i++) {
            int measure = mld_measure_named(cell(&results->measure, i));
            if (measure < 0)
                continue;
            const struct mld_statistics *statistics = &results->summary.measure[design][measure];
            if (statistics->count + statistics->undefined > 0)
                mld_h5_close(open_column(results, design, mld_measures[measure].name));
        }
}

/* ---- open and close ---- */

/*
 * The file stays open through one descriptor: all that is said of it is of the same file. A pipe is
 * not waited for.
 */
static enum mld_status open_descriptor(struct mld_results *results, const char *path,
                                       struct mld_messages *messages)
{
    struct stat status;
    results->input.descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (results->input.descriptor < 0 || fstat(results->input.descriptor, &status) != 0) {
        mld_messages_add(messages, "%s: cannot be read: %s", path, strerror(errno));
        return MLD_ERR_FILE;
    }
    if (!S_ISREG(status.st_mode)) {
        mld_messages_add(messages, "%s: is not a file", path);
        return MLD_ERR_FILE;
    }
    return MLD_OK;
}

/*
 * The first bytes: signature, version of the superblock, and from its version 3 on flags that a
 * program sets while it has the file open for writing. One that dies leaves them set.
 */
static enum mld_status check_head(const struct mld_results *results, const char *path,
                                  struct mld_messages *messages)
{
    enum { VERSION = 8, FLAGS = 11, HEAD = 12, WRITING = 1 | 4 };
    unsigned char head[HEAD] = { 0 };
    ssize_t got = pread(results->input.descriptor, head, HEAD, 0);
    if (got < 0) {
        mld_messages_add(messages, "%s: cannot be read: %s", path, strerror(errno));
        return MLD_ERR_FILE;
    }
    if (memcmp(head, mld_hdf5_signature, sizeof mld_hdf5_signature) != 0) {
        mld_messages_add(messages, "%s: not a results file of milliard (not HDF5)", path);
        return MLD_ERR_FORMAT;
    }
    if (head[VERSION] < 3 || !(head[FLAGS] & WRITING))
        return MLD_OK;
    mld_messages_add(messages,
                     "%s: is open for writing in another program, or was when that program died: "
                     "close it there; when none "
                     "has it open any more, \"h5clear -s %s\" frees it (Debian: hdf5-tools)",
                     path, path);
    return MLD_ERR_FORMAT;
}

static void open_file(struct mld_results *results)
{
    hid_t access = mld_driver_access(&results->input, &results->driver);
    if (access >= 0) {
        results->file = H5Fopen("results", H5F_ACC_RDONLY, access);
        /* at once: the next call of HDF5 forgets why */
        mld_h5_fails(&results->h5, results->file, "H5Fopen");
    }
    mld_h5_close(access);
}

static void audit(struct mld_results *results)
{
    struct mld_audit found;
    if (!results->status && !mld_audit_file(results->file, &found)) {
        disarm(found.place);
        refuse(results, found.place, found.what);
    }
}

static enum mld_status open_checked(struct mld_results *results, const char *path,
                                    struct mld_messages *messages)
{
    enum mld_status status = open_descriptor(results, path, messages);
    if (!status)
        status = check_head(results, path, messages);
    if (status)
        return status;
    open_file(results);
    if (results->input.error == ENOMEM)
        no_memory(results);
    if (results->status)
        return results->status;
    if (results->file < 0) {
        mld_messages_add(messages, "%s: truncated or damaged: %s", path, results->h5.why);
        return MLD_ERR_FORMAT;
    }
    results->status = check_kind(results);
    audit(results);
    read_attributes(results);
    read_scenario(results);
    read_warnings(results);
    read_summary(results);
    check_columns(results);
    return results->status;
}

enum mld_status mld_results_open(const char *path, struct mld_results **result,
                                 struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    *result = NULL;
    mld_h5_silence();
    struct mld_results *results = calloc(1, sizeof *results);
    if (!results) {
        mld_messages_add(messages, "%s: not enough memory to read it", path);
        return MLD_ERR_MEMORY;
    }
    results->input.descriptor = -1;
    results->driver = results->file = -1;
    results->path = path;
    results->messages = messages;
    enum mld_status status = open_checked(results, path, messages);
    results->path = "";
    results->messages = NULL;
    if (status)
        mld_results_close(results);
    else
        *result = results;
    return status;
}

void mld_results_close(struct mld_results *results)
{
    if (!results)
        return;
    mld_summary_clear(&results->summary);
    for (int i = 0; i < (int)ATTRIBUTES; i++)
        free(results->attribute[i]);
    for (int c = 0; c < ECHO_COLUMNS; c++)
        free(results->parameter[c].cell);
    free(results->echo);
    for (int c = 0; c < WARNING_COLUMNS; c++)
        free(results->warned[c].cell);
    free(results->warning);
    free(results->scenario_text);
    free(results->measure.cell);
    if (results->file >= 0)
        H5Fclose(results->file);
    mld_driver_release(&results->driver);
    if (results->input.descriptor >= 0)
        close(results->input.descriptor);
    free(results);
}

int mld_results_begins(const char *path)
{
    unsigned char head[sizeof mld_hdf5_signature] = { 0 };
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    int same = descriptor >= 0 && read(descriptor, head, sizeof head) == (ssize_t)sizeof head &&
               memcmp(head, mld_hdf5_signature, sizeof head) == 0;
    if (descriptor >= 0)
        close(descriptor);
    return same;
}

int mld_results_descriptor(const struct mld_results *results) { return results->input.descriptor; }

const struct mld_summary *mld_results_summary(const struct mld_results *results)
{
    return &results->summary;
}

const char *mld_results_attribute(const struct mld_results *results, const char *name)
{
    for (int i = 0; i < (int)ATTRIBUTES; i++)
        if (strcmp(attribute_rows[i].name, name) == 0)
            return results->attribute[i];
    return NULL;
}

const char *mld_results_title(const struct mld_results *results, int french)
{
    const char *const title[] = { mld_results_attribute(results, french ? "title_fr" : "title_en"),
                                  mld_results_attribute(results,
                                                        french ? "title_en" : "title_fr") };
    return *title[0] ? title[0] : *title[1] ? title[1] : mld_results_attribute(results, "name");
}

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

const struct mld_grid *mld_results_grid(const struct mld_results *results)
{
    return &results->grid;
}

const char *mld_results_scenario_text(const struct mld_results *results)
{
    return results->scenario_text;
}

size_t mld_results_paths(const struct mld_results *results) { return results->paths; }

static int has(const struct mld_results *results, const char *group, int design, const char *name)
{
    char path[128];
    int length = snprintf(path, sizeof path, "%s/%s/%s", group, mld_design_names[design], name);
    return (size_t)length < sizeof path && design < results->summary.designs &&
           exists(results->file, path);
}

int mld_results_has_measure(const struct mld_results *results, int design, const char *name)
{
    return has(results, "paths", design, name);
}

int mld_results_has_trajectory(const struct mld_results *results, int design, int series)
{
    return has(results, "trajectories", design, mld_series[series].name);
}

enum mld_status mld_results_measure(const struct mld_results *results, int design, const char *name,
                                    double *column)
{
    struct mld_results reading = *results; /* the failure of one column is not the file's */
    if (design >= results->summary.designs || strlen(name) >= MLD_MAX_NAME || strchr(name, '/'))
        return MLD_ERR_FORMAT;
    hid_t dataset = open_column(&reading, design, name);
    if (dataset < 0)
        return MLD_ERR_FORMAT;
    herr_t read = results->paths
                      ? H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, column)
                      : 0;
    mld_h5_close(dataset);
    return read < 0 ? MLD_ERR_FILE : MLD_OK;
}

size_t mld_results_trajectories(const struct mld_results *results) { return results->trajectories; }

enum mld_status mld_results_trajectory(const struct mld_results *results, int design, int series,
                                       size_t path, double *value)
{
    struct mld_results reading = *results;
    hsize_t length = (hsize_t)fan_length(results, series), start[2] = { path, 0 },
            count[2] = { 1, length };
    if (design >= results->summary.designs || path >= results->trajectories)
        return MLD_ERR_FORMAT;
    char name[128];
    snprintf(name, sizeof name, "trajectories/%s/%s", mld_design_names[design],
             mld_series[series].name);
    hid_t dataset = open_numbers(&reading, name, H5T_IEEE_F64LE, 2,
                                 (hsize_t[]){ results->trajectories, length });
    if (dataset < 0)
        return MLD_ERR_FORMAT;
    hid_t file = H5Dget_space(dataset), memory = H5Screate_simple(1, &length, NULL);
    int read = file >= 0 && memory >= 0 &&
               H5Sselect_hyperslab(file, H5S_SELECT_SET, start, NULL, count, NULL) >= 0 &&
               H5Dread(dataset, H5T_NATIVE_DOUBLE, memory, file, H5P_DEFAULT, value) >= 0;
    mld_h5_close(memory);
    mld_h5_close(file);
    mld_h5_close(dataset);
    return read ? MLD_OK : MLD_ERR_FILE;
}
