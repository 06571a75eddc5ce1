/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts of fixed length, alone (the scenario, an attribute) or in a table, which is one compound
 * dataset of them. A column of a table comes as n cells of one width, each of them one byte wider
 * than in the file so that it ends with a NUL. HDF5 1.10 checks nothing in strings of variable
 * length: none is ever read here.
 */
#include "results/read.h"

#include <stdlib.h>
#include <string.h>

/* Sizes above these are no results of ours, whatever the file says. */
enum {
    MAX_SCENARIO_BYTES = 1 << 30,
    MAX_TABLE_BYTES = 1 << 28,
    MAX_CELL = 1 << 20,
    MAX_ROWS = 1 << 16,
    MAX_ATTRIBUTE = 1 << 16
};

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

void mld_disarm(char *text)
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

/* ---- attributes ---- */

int mld_is_scalar(hid_t space)
{
    return space >= 0 && H5Sget_simple_extent_type(space) == H5S_SCALAR;
}

char *mld_read_text_attribute(struct mld_results *results, const char *name)
{
    hid_t attribute = H5Aopen(results->file, name, H5P_DEFAULT);
    if (attribute < 0)
        return NULL;
    hid_t space = H5Aget_space(attribute), type = H5Aget_type(attribute);
    size_t size = 0;
    hid_t memory = mld_is_scalar(space) ? memory_text(type, MAX_ATTRIBUTE, &size) : -1;
    char *text = memory >= 0 ? calloc(1, size) : NULL;
    if (memory >= 0 && !text)
        mld_read_no_memory(results);
    if (text && H5Aread(attribute, memory, text) < 0) {
        free(text);
        text = NULL;
    }
    if (text)
        mld_disarm(text);
    mld_h5_close(memory);
    mld_h5_close(type);
    mld_h5_close(space);
    mld_h5_close(attribute);
    return text;
}

int mld_read_integer_attribute(hid_t object, const char *name, int64_t *value)
{
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    if (attribute < 0)
        return 0;
    hid_t space = H5Aget_space(attribute), type = H5Aget_type(attribute);
    int read = mld_is_scalar(space) && type >= 0 && H5Tget_class(type) == H5T_INTEGER &&
               H5Tget_size(type) <= sizeof *value &&
               H5Aread(attribute, H5T_NATIVE_INT64, value) >= 0;
    mld_h5_close(type);
    mld_h5_close(space);
    mld_h5_close(attribute);
    return read;
}

/* ---- texts and tables of texts ---- */

char *mld_read_text(struct mld_results *results, const char *path)
{
    if (results->status)
        return NULL;
    const char *why;
    hid_t dataset = mld_read_open(results, path, &why);
    hid_t type = dataset < 0 ? -1 : H5Dget_type(dataset);
    size_t size = 0;
    hid_t memory = memory_text(type, MAX_SCENARIO_BYTES, &size);
    char *text = NULL;
    if (dataset < 0)
        mld_read_refuse(results, path, why);
    else if (memory < 0 || !mld_has_shape(dataset, 0, NULL))
        mld_read_refuse(results, path, "is not the text it should be");
    else if (!(text = calloc(1, size)))
        mld_read_no_memory(results);
    else if (H5Dread(dataset, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, text) < 0)
        mld_read_refuse(results, path, "cannot be read");
    if (text)
        mld_read_compare(results, path, text, size - 1);
    mld_h5_close(memory);
    mld_h5_close(type);
    mld_h5_close(dataset);
    return text;
}

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

/* Nothing but texts of fixed length: anything else would be more than bytes. */
static int is_of_texts(hid_t type)
{
    int members = H5Tget_class(type) == H5T_COMPOUND ? H5Tget_nmembers(type) : -1;
    for (int i = 0; i < members; i++) {
        hid_t member = H5Tget_member_type(type, (unsigned)i);
        int fixed = member >= 0 && H5Tget_class(member) == H5T_STRING &&
                    H5Tis_variable_str(member) == 0;
        mld_h5_close(member);
        if (!fixed)
            return 0;
    }
    return members > 0;
}

static void read_rows(struct mld_results *results, hid_t dataset, struct mld_text_table *table)
{
    table->bytes = calloc(table->n + 1, table->row);
    if (!table->bytes)
        mld_read_no_memory(results);
    else if (table->n &&
             H5Dread(dataset, table->type, H5S_ALL, H5S_ALL, H5P_DEFAULT, table->bytes) < 0)
        mld_read_refuse(results, table->path, "cannot be read");
    else
        mld_read_compare(results, table->path, table->bytes, table->n * table->row);
}

struct mld_text_table mld_read_table(struct mld_results *results, const char *path)
{
    struct mld_text_table table = { .path = path, .type = -1 };
    if (results->status)
        return table;
    const char *why;
    hid_t dataset = mld_read_open(results, path, &why);
    table.type = dataset < 0 ? -1 : H5Dget_type(dataset);
    hssize_t n = dataset < 0 ? -1 : rows_of(dataset);
    table.n = n < 0 ? 0 : (size_t)n;
    table.row = table.type < 0 ? 0 : H5Tget_size(table.type);
    if (dataset < 0)
        mld_read_refuse(results, path, why);
    else if (n < 0 || table.type < 0 || !is_of_texts(table.type) || table.row > MAX_CELL ||
             table.n * table.row > MAX_TABLE_BYTES)
        mld_read_refuse(results, path, "is not the table it should be");
    else
        read_rows(results, dataset, &table);
    mld_h5_close(dataset);
    return table;
}

void mld_table_close(struct mld_text_table *table)
{
    mld_h5_close(table->type);
    free(table->bytes);
}

int mld_table_has(const struct mld_text_table *table, const char *name)
{
    return table->type >= 0 && H5Tget_member_index(table->type, name) >= 0;
}

void mld_read_column(struct mld_results *results, const struct mld_text_table *table,
                     const char *name, struct mld_text_column *column)
{
    if (results->status)
        return;
    int index = H5Tget_member_index(table->type, name);
    hid_t type = index < 0 ? -1 : H5Tget_member_type(table->type, (unsigned)index);
    size_t length = type < 0 ? 0 : H5Tget_size(type);
    size_t offset = type < 0 ? 0 : H5Tget_member_offset(table->type, (unsigned)index);
    mld_h5_close(type);
    column->width = length + 1;
    if (type < 0)
        mld_read_refuse(results, table->path, "has not the columns it should have");
    else if (!(column->cell = calloc(table->n + 1, column->width)))
        mld_read_no_memory(results);
    else
        column->n = table->n;
    for (size_t i = 0; i < column->n; i++)
        memcpy(column->cell + i * column->width, table->bytes + i * table->row + offset, length);
}

char *mld_cell(const struct mld_text_column *column, size_t i)
{
    return column->cell + i * column->width;
}
