/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "results/checksum.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_TEXT = 1 << 16 };

void mld_checksums_clear(struct mld_checksums *checksums)
{
    free(checksums->row);
    checksums->row = NULL;
    checksums->n = checksums->room = 0;
}

/* ---- the table ---- */

void mld_checksum_text(uint32_t crc, char text[MLD_CRC])
{
    snprintf(text, MLD_CRC, "%08" PRIx32, crc);
}

int mld_checksums_add(struct mld_checksums *checksums, const char *place, const char *crc)
{
    if (checksums->n == checksums->room) {
        size_t room = checksums->room ? 2 * checksums->room : 256;
        struct mld_checksum *row = realloc(checksums->row, room * sizeof *row);
        if (!row)
            return 0;
        checksums->row = row;
        checksums->room = room;
    }
    struct mld_checksum *row = &checksums->row[checksums->n++];
    snprintf(row->place, sizeof row->place, "%s", place + (*place == '/'));
    snprintf(row->crc, sizeof row->crc, "%s", crc);
    return 1;
}

const struct mld_checksum *mld_checksums_find(const struct mld_checksums *checksums,
                                              const char *place)
{
    for (size_t i = 0; i < checksums->n; i++)
        if (strcmp(checksums->row[i].place, place) == 0)
            return &checksums->row[i];
    return NULL;
}

/* ---- the seal ---- */

struct seal {
    const struct mld_checksums *checksums;
    uint32_t crc;
    int no_memory;
};

static void add_line(struct seal *seal, const char *name, const char *value, size_t length)
{
    seal->crc = mld_checksum_of(seal->crc, name, strlen(name));
    seal->crc = mld_checksum_of(seal->crc, "=", 1);
    seal->crc = mld_checksum_of(seal->crc, value, length);
    seal->crc = mld_checksum_of(seal->crc, "\n", 1);
}

static int add_text(hid_t attribute, hid_t type, const char *name, struct seal *seal)
{
    size_t size = H5Tget_size(type);
    char *text = size && size <= LONGEST_TEXT ? calloc(1, size) : NULL;
    int read = text && H5Aread(attribute, type, text) >= 0;
    seal->no_memory |= !text && size && size <= LONGEST_TEXT;
    if (read)
        add_line(seal, name, text, strnlen(text, size));
    free(text);
    return read ? 0 : -1;
}

static int add_integer(hid_t attribute, const char *name, struct seal *seal)
{
    int64_t value;
    char text[32];
    if (H5Aread(attribute, H5T_NATIVE_INT64, &value) < 0)
        return -1;
    int length = snprintf(text, sizeof text, "%" PRId64, value);
    add_line(seal, name, text, (size_t)length);
    return 0;
}

/* What a later hand adds as h5py does, a text of variable length, is not of the run, nor sealed. */
static int add_value(hid_t attribute, const char *name, struct seal *seal)
{
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    int result = type < 0 || space < 0 ? -1 : 0;
    if (!result && H5Sget_simple_extent_type(space) == H5S_SCALAR) {
        if (H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0)
            result = add_text(attribute, type, name, seal);
        else if (H5Tget_class(type) == H5T_INTEGER && H5Tget_size(type) <= sizeof(int64_t))
            result = add_integer(attribute, name, seal);
    }
    if (space >= 0)
        H5Sclose(space);
    if (type >= 0)
        H5Tclose(type);
    return result;
}

static herr_t add_attribute(hid_t file, const char *name, const H5A_info_t *info, void *seal)
{
    (void)info;
    if (strcmp(name, MLD_CHECKSUM_ATTRIBUTE) == 0)
        return 0;
    hid_t attribute = H5Aopen(file, name, H5P_DEFAULT);
    int result = attribute < 0 ? -1 : add_value(attribute, name, seal);
    if (attribute >= 0)
        H5Aclose(attribute);
    return result;
}

enum mld_status mld_checksums_seal(hid_t file, const struct mld_checksums *checksums,
                                   char text[MLD_CRC])
{
    struct seal seal = { .checksums = checksums };
    if (H5Aiterate2(file, H5_INDEX_NAME, H5_ITER_INC, NULL, add_attribute, &seal) < 0)
        return seal.no_memory ? MLD_ERR_MEMORY : MLD_ERR_FORMAT;
    for (size_t i = 0; i < checksums->n; i++)
        add_line(&seal, checksums->row[i].place, checksums->row[i].crc,
                 strlen(checksums->row[i].crc));
    mld_checksum_text(seal.crc, text);
    return MLD_OK;
}
