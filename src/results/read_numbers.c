/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Arrays of numbers, from a path of the file to memory of the caller's. Whoever reads one says
 * which type, rank and size it must have; a dataset of another shape, one reached over a link that
 * leads elsewhere, or one whose bytes are not all in the file (audit.h) is refused by its name.
 */
#include "results/read.h"

#include <stdio.h>
#include <string.h>

#include "results/audit.h"

/* ---- failures: the first one is told, and stops the rest ---- */

void mld_read_refuse(struct mld_results *results, const char *what, const char *why)
{
    if (results->status)
        return;
    results->status = MLD_ERR_FORMAT;
    mld_messages_add(results->messages, "%s: damaged, or not a results file of milliard: %s %s",
                     results->path, what, why);
}

void mld_read_no_memory(struct mld_results *results)
{
    if (results->status)
        return;
    results->status = MLD_ERR_MEMORY;
    mld_messages_add(results->messages, "%s: not enough memory to read it", results->path);
}

void mld_read_refuse_changed(struct mld_results *results, const char *place)
{
    if (results->status)
        return;
    results->status = MLD_ERR_FORMAT;
    mld_messages_add(results->messages, "%s: %s was changed after the run", results->path, place);
}

/* ---- checksums ---- */

void mld_read_compare_crc(struct mld_results *results, const char *place, uint32_t crc)
{
    char text[MLD_CRC], name[MLD_PLACE + 1];
    if (results->status || !results->checksums.n)
        return;
    const struct mld_checksum *kept = mld_checksums_find(&results->checksums, place);
    mld_checksum_text(crc, text);
    snprintf(name, sizeof name, "/%s", place);
    if (!kept || strcmp(kept->crc, text) != 0)
        mld_read_refuse_changed(results, name);
}

void mld_read_compare(struct mld_results *results, const char *place, const void *bytes, size_t n)
{
    if (!results->status && results->checksums.n)
        mld_read_compare_crc(results, place, mld_checksum_of(0, bytes, n));
}

/* ---- datasets ---- */

int mld_read_exists(hid_t file, const char *path)
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

int mld_has_shape(hid_t dataset, int rank, const hsize_t *size)
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

hid_t mld_read_open(const struct mld_results *results, const char *path, const char **why)
{
    *why = "is missing";
    hid_t dataset = mld_read_exists(results->file, path)
                        ? H5Dopen2(results->file, path, H5P_DEFAULT)
                        : -1;
    *why = dataset < 0 ? *why : mld_audit_dataset(dataset);
    if (!*why || dataset < 0)
        return dataset;
    H5Dclose(dataset);
    return -1;
}

hid_t mld_read_open_numbers(struct mld_results *results, const char *path, hid_t type, int rank,
                            const hsize_t *size)
{
    if (results->status)
        return -1;
    const char *why;
    hid_t dataset = mld_read_open(results, path, &why);
    if (dataset < 0) {
        mld_read_refuse(results, path, why);
        return -1;
    }
    hid_t found = H5Dget_type(dataset);
    int right = found >= 0 && H5Tequal(found, type) > 0 && mld_has_shape(dataset, rank, size);
    mld_h5_close(found);
    if (right)
        return dataset;
    mld_read_refuse(results, path, "has not the type, shape or size it should have");
    mld_h5_close(dataset);
    return -1;
}

void mld_read_numbers(struct mld_results *results, const char *path, hid_t file_type,
                      hid_t memory_type, int rank, const hsize_t *size, void *value)
{
    hid_t dataset = mld_read_open_numbers(results, path, file_type, rank, size);
    size_t bytes = H5Tget_size(memory_type);
    for (int i = 0; i < rank; i++)
        bytes *= (size_t)size[i];
    if (dataset >= 0 && bytes &&
        H5Dread(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, value) < 0)
        mld_read_refuse(results, path, "cannot be read");
    mld_h5_close(dataset);
    mld_read_compare(results, path, value, bytes);
}

void mld_read_reals(struct mld_results *results, const char *path, int rank, const hsize_t *size,
                    double *value)
{
    mld_read_numbers(results, path, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, rank, size, value);
}
