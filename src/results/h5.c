/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "results/h5.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Attributes stay in the object's header up to this number: the other form costs kilobytes an
 * object.
 */
enum { COMPACT_ATTRIBUTES = 64 };

void mld_h5_silence(void) { H5Eset_auto2(H5E_DEFAULT, NULL, NULL); }

/* The innermost record of the error stack says what happened; the outer ones only say to whom. */
static herr_t innermost(unsigned n, const H5E_error2_t *error, void *why)
{
    (void)n;
    snprintf(why, sizeof((struct mld_h5 *)0)->why, "%s", error->desc ? error->desc : "");
    return 1;
}

int mld_h5_fails(struct mld_h5 *h5, long long result, const char *what)
{
    if (result < 0 && !h5->failed) {
        h5->failed = 1;
        snprintf(h5->what, sizeof h5->what, "%s", what);
        H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, innermost, h5->why);
    }
    return h5->failed;
}

void mld_h5_no_memory(struct mld_h5 *h5)
{
    if (!h5->failed)
        *h5 = (struct mld_h5){
            .failed = 1, .memory = 1, .what = "allocating memory", .checksums = h5->checksums
        };
}

void mld_h5_close(hid_t id)
{
    if (id >= 0)
        H5Idec_ref(id);
}

hid_t mld_h5_group(struct mld_h5 *h5, hid_t parent, const char *name)
{
    if (h5->failed)
        return -1;
    hid_t properties = H5Pcreate(H5P_GROUP_CREATE);
    hid_t group = -1;
    if (!mld_h5_fails(h5, properties, "H5Pcreate") &&
        !mld_h5_fails(h5, H5Pset_obj_track_times(properties, 0), "H5Pset_obj_track_times") &&
        !mld_h5_fails(h5, H5Pset_attr_phase_change(properties, COMPACT_ATTRIBUTES, 0),
                      "H5Pset_attr_phase_change") &&
        !mld_h5_fails(h5,
                      H5Pset_link_creation_order(properties,
                                                 H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
                      "H5Pset_link_creation_order")) {
        group = H5Gcreate2(parent, name, H5P_DEFAULT, properties, H5P_DEFAULT);
        mld_h5_fails(h5, group, name);
    }
    mld_h5_close(properties);
    return group;
}

hid_t mld_h5_dataset_properties(struct mld_h5 *h5)
{
    if (h5->failed)
        return -1;
    hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
    if (!mld_h5_fails(h5, properties, "H5Pcreate")) {
        mld_h5_fails(h5, H5Pset_obj_track_times(properties, 0), "H5Pset_obj_track_times");
        mld_h5_fails(h5, H5Pset_attr_phase_change(properties, COMPACT_ATTRIBUTES, 0),
                     "H5Pset_attr_phase_change");
    }
    return properties;
}

hid_t mld_h5_dataset(struct mld_h5 *h5, hid_t parent, const char *name, hid_t type, int rank,
                     const hsize_t *size, hid_t properties)
{
    if (h5->failed)
        return -1;
    hid_t own = properties == H5P_DEFAULT ? mld_h5_dataset_properties(h5) : -1;
    hid_t space = rank ? H5Screate_simple(rank, size, NULL) : H5Screate(H5S_SCALAR);
    hid_t dataset = -1;
    if (!mld_h5_fails(h5, space, "H5Screate_simple")) {
        dataset = H5Dcreate2(parent, name, type, space, H5P_DEFAULT, own >= 0 ? own : properties,
                             H5P_DEFAULT);
        mld_h5_fails(h5, dataset, name);
    }
    mld_h5_close(space);
    mld_h5_close(own);
    return dataset;
}

void mld_h5_checksum(struct mld_h5 *h5, hid_t dataset, const char *suffix, uint32_t crc)
{
    char place[MLD_PLACE], text[MLD_CRC];
    if (!h5->checksums || h5->failed ||
        mld_h5_fails(h5, H5Iget_name(dataset, place, sizeof place), "H5Iget_name"))
        return;
    strncat(place, suffix, sizeof place - strlen(place) - 1);
    mld_checksum_text(crc, text);
    if (!mld_checksums_add(h5->checksums, place, text))
        mld_h5_no_memory(h5);
}

/* Texts of variable length are pointers here: they label axes, and milliard never reads them. */
static void add_checksum(struct mld_h5 *h5, hid_t dataset, hid_t memory_type, int rank,
                         const hsize_t *size, const void *value)
{
    size_t bytes = H5Tget_size(memory_type);
    for (int i = 0; i < rank; i++)
        bytes *= (size_t)size[i];
    if (h5->checksums &&
        (H5Tget_class(memory_type) != H5T_STRING || H5Tis_variable_str(memory_type) == 0))
        mld_h5_checksum(h5, dataset, "", mld_checksum_of(0, value, bytes));
}

hid_t mld_h5_array(struct mld_h5 *h5, hid_t parent, const char *name, hid_t file_type,
                   hid_t memory_type, int rank, const hsize_t *size, const void *value)
{
    hid_t dataset = mld_h5_dataset(h5, parent, name, file_type, rank, size, H5P_DEFAULT);
    if (!h5->failed)
        mld_h5_fails(h5, H5Dwrite(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, value),
                     name);
    if (!h5->failed)
        add_checksum(h5, dataset, memory_type, rank, size, value);
    return dataset;
}

/* UTF-8; a length of H5T_VARIABLE gives strings of any length. */
static hid_t text_type(struct mld_h5 *h5, size_t length)
{
    hid_t type = H5Tcopy(H5T_C_S1);
    if (!mld_h5_fails(h5, type, "H5Tcopy")) {
        mld_h5_fails(h5, H5Tset_size(type, length ? length : 1), "H5Tset_size");
        mld_h5_fails(h5, H5Tset_cset(type, H5T_CSET_UTF8), "H5Tset_cset");
        if (length != H5T_VARIABLE)
            mld_h5_fails(h5, H5Tset_strpad(type, H5T_STR_NULLPAD), "H5Tset_strpad");
    }
    return type;
}

static void attribute(struct mld_h5 *h5, hid_t object, const char *name, hid_t type, hid_t space,
                      hid_t memory_type, const void *value)
{
    hid_t made = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (!mld_h5_fails(h5, made, name))
        mld_h5_fails(h5, H5Awrite(made, memory_type, value), name);
    mld_h5_close(made);
}

static void scalar_attribute(struct mld_h5 *h5, hid_t object, const char *name, hid_t type,
                             hid_t memory_type, const void *value)
{
    if (h5->failed)
        return;
    hid_t space = H5Screate(H5S_SCALAR);
    if (!mld_h5_fails(h5, space, "H5Screate"))
        attribute(h5, object, name, type, space, memory_type, value);
    mld_h5_close(space);
}

void mld_h5_fixed_text(struct mld_h5 *h5, hid_t object, const char *name, const char *value)
{
    if (h5->failed)
        return;
    hid_t type = text_type(h5, strlen(value));
    if (!h5->failed)
        scalar_attribute(h5, object, name, type, type, value);
    mld_h5_close(type);
}

void mld_h5_text(struct mld_h5 *h5, hid_t object, const char *name, const char *value)
{
    if (h5->failed)
        return;
    hid_t type = text_type(h5, H5T_VARIABLE);
    if (!h5->failed)
        scalar_attribute(h5, object, name, type, type, &value);
    mld_h5_close(type);
}

void mld_h5_integer(struct mld_h5 *h5, hid_t object, const char *name, int64_t value)
{
    scalar_attribute(h5, object, name, H5T_STD_I64LE, H5T_NATIVE_INT64, &value);
}

void mld_h5_real(struct mld_h5 *h5, hid_t object, const char *name, double value)
{
    scalar_attribute(h5, object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &value);
}

hid_t mld_h5_fixed_scalar(struct mld_h5 *h5, hid_t parent, const char *name, const char *value)
{
    if (h5->failed)
        return -1;
    hid_t type = text_type(h5, strlen(value));
    hid_t dataset = h5->failed ? -1 : mld_h5_array(h5, parent, name, type, type, 0, NULL, value);
    mld_h5_close(type);
    return dataset;
}

static size_t widest(size_t n, const struct mld_table_column *column)
{
    size_t width = 1;
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(column->text(column->context, i));
        width = length > width ? length : width;
    }
    return width;
}

static void insert_column(struct mld_h5 *h5, hid_t table, const char *name, size_t offset,
                          size_t width)
{
    hid_t type = text_type(h5, width);
    if (!h5->failed)
        mld_h5_fails(h5, H5Tinsert(table, name, offset, type), name);
    mld_h5_close(type);
}

static void fill_column(size_t n, const struct mld_table_column *column, size_t offset, size_t row,
                        char *cell)
{
    for (size_t i = 0; i < n; i++) {
        const char *text = column->text(column->context, i);
        memcpy(cell + i * row + offset, text, strlen(text));
    }
}

hid_t mld_h5_table(struct mld_h5 *h5, hid_t parent, const char *name, size_t n, int columns,
                   const struct mld_table_column *column)
{
    if (h5->failed)
        return -1;
    size_t offset[MLD_TABLE_COLUMNS + 1] = { 0 };
    for (int c = 0; c < columns; c++)
        offset[c + 1] = offset[c] + widest(n, &column[c]);
    size_t row = offset[columns];
    char *cell = calloc(n ? n : 1, row);
    hid_t type = H5Tcreate(H5T_COMPOUND, row);
    hid_t dataset = -1;
    if (!cell)
        mld_h5_no_memory(h5);
    mld_h5_fails(h5, type, "H5Tcreate");
    for (int c = 0; c < columns && !h5->failed; c++) {
        insert_column(h5, type, column[c].name, offset[c], offset[c + 1] - offset[c]);
        fill_column(n, &column[c], offset[c], row, cell);
    }
    if (!h5->failed)
        dataset = mld_h5_array(h5, parent, name, type, type, 1, &(hsize_t){ n }, cell);
    mld_h5_close(type);
    free(cell);
    return dataset;
}

hid_t mld_h5_text_column(struct mld_h5 *h5, hid_t parent, const char *name, size_t n,
                         mld_text_of *text, const void *context)
{
    if (h5->failed)
        return -1;
    const char **cell = calloc(n ? n : 1, sizeof *cell);
    hid_t dataset = -1;
    if (!cell) {
        mld_h5_no_memory(h5);
        return -1;
    }
    for (size_t i = 0; i < n; i++)
        cell[i] = text(context, i);
    hid_t type = text_type(h5, H5T_VARIABLE);
    if (!h5->failed)
        dataset = mld_h5_array(h5, parent, name, type, type, 1, &(hsize_t){ n }, cell);
    mld_h5_close(type);
    free(cell);
    return dataset;
}

/* As the specification of dimension scales lays it out: an object reference and a dimension. */
struct mld_scale_use {
    hobj_ref_t dataset;
    unsigned dimension;
};

/* CLASS and NAME are of fixed length with a final NUL, as H5DSset_scale writes them. */
static void scale_text(struct mld_h5 *h5, hid_t dataset, const char *name, const char *value)
{
    hid_t type = H5Tcopy(H5T_C_S1);
    if (!mld_h5_fails(h5, type, "H5Tcopy") &&
        !mld_h5_fails(h5, H5Tset_size(type, strlen(value) + 1), "H5Tset_size"))
        scalar_attribute(h5, dataset, name, type, type, value);
    mld_h5_close(type);
}

void mld_scale_init(struct mld_h5 *h5, struct mld_scale *scale, hid_t dataset, const char *name)
{
    *scale = (struct mld_scale){ .dataset = dataset };
    if (h5->failed)
        return;
    scale_text(h5, dataset, "CLASS", "DIMENSION_SCALE");
    scale_text(h5, dataset, "NAME", name);
}

static void note_use(struct mld_h5 *h5, struct mld_scale *scale, hobj_ref_t dataset,
                     unsigned dimension)
{
    if (scale->n_uses == scale->capacity) {
        size_t capacity = scale->capacity ? 2 * scale->capacity : 16;
        struct mld_scale_use *use = realloc(scale->use, capacity * sizeof *use);
        if (!use) {
            mld_h5_no_memory(h5);
            return;
        }
        scale->use = use;
        scale->capacity = capacity;
    }
    struct mld_scale_use *use = &scale->use[scale->n_uses++];
    memset(use, 0, sizeof *use);
    use->dataset = dataset;
    use->dimension = dimension;
}

void mld_h5_label(struct mld_h5 *h5, hid_t dataset, int rank, struct mld_scale *const *scale)
{
    if (h5->failed)
        return;
    hobj_ref_t reference[H5S_MAX_RANK], own;
    hvl_t list[H5S_MAX_RANK];
    mld_h5_fails(h5, H5Rcreate(&own, dataset, ".", H5R_OBJECT, -1), "H5Rcreate");
    for (int i = 0; i < rank && !h5->failed; i++) {
        mld_h5_fails(h5, H5Rcreate(&reference[i], scale[i]->dataset, ".", H5R_OBJECT, -1),
                     "H5Rcreate");
        list[i] = (hvl_t){ 1, &reference[i] };
        note_use(h5, scale[i], own, (unsigned)i);
    }
    if (h5->failed)
        return;
    hid_t type = H5Tvlen_create(H5T_STD_REF_OBJ);
    hid_t space = H5Screate_simple(1, &(hsize_t){ (hsize_t)rank }, NULL);
    if (!mld_h5_fails(h5, type, "H5Tvlen_create") && !mld_h5_fails(h5, space, "H5Screate_simple"))
        attribute(h5, dataset, "DIMENSION_LIST", type, space, type, list);
    mld_h5_close(space);
    mld_h5_close(type);
}

static hid_t use_type(struct mld_h5 *h5)
{
    hid_t type = H5Tcreate(H5T_COMPOUND, sizeof(struct mld_scale_use));
    if (!mld_h5_fails(h5, type, "H5Tcreate")) {
        mld_h5_fails(
            h5, H5Tinsert(type, "dataset", HOFFSET(struct mld_scale_use, dataset), H5T_STD_REF_OBJ),
            "H5Tinsert");
        mld_h5_fails(h5,
                     H5Tinsert(type, "dimension", HOFFSET(struct mld_scale_use, dimension),
                               H5T_NATIVE_UINT),
                     "H5Tinsert");
    }
    return type;
}

void mld_scale_finish(struct mld_h5 *h5, struct mld_scale *scale)
{
    if (!h5->failed && scale->n_uses) {
        hid_t type = use_type(h5);
        hid_t space = H5Screate_simple(1, &(hsize_t){ scale->n_uses }, NULL);
        if (!mld_h5_fails(h5, space, "H5Screate_simple"))
            attribute(h5, scale->dataset, "REFERENCE_LIST", type, space, type, scale->use);
        mld_h5_close(space);
        mld_h5_close(type);
    }
    mld_scale_clear(scale);
}

void mld_scale_clear(struct mld_scale *scale)
{
    mld_h5_close(scale->dataset);
    free(scale->use);
    *scale = (struct mld_scale){ .dataset = -1 };
}
