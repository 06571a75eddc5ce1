/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "results/driver.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* HDF5 copies this small record with the property list; the output itself stays where it is. */
struct access_info {
    struct mld_output *output;
};

struct output_file {
    H5FD_t base; /* first, as HDF5 asks */
    struct mld_output *output;
    haddr_t eoa, eof; /* end of the allocated addresses, end of what was written */
};

static H5FD_t *output_open(const char *name, unsigned flags, hid_t access, haddr_t max_address)
{
    (void)name;
    (void)max_address;
    struct stat status;
    const struct access_info *info = H5Pget_driver_info(access);
    if (!info)
        return NULL;
    struct output_file *file = calloc(1, sizeof *file);
    if (!file) {
        info->output->error = ENOMEM; /* HDF5 would only say that it cannot open the file */
        return NULL;
    }
    file->output = info->output;
    if (!(flags & H5F_ACC_TRUNC) && fstat(file->output->descriptor, &status) == 0)
        file->eof = (haddr_t)status.st_size;
    return &file->base;
}

/* The descriptor belongs to the writer, who still has to sync it. */
static herr_t output_close(H5FD_t *base)
{
    free(base);
    return 0;
}

static herr_t output_query(const H5FD_t *base, unsigned long *flags)
{
    (void)base;
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
             H5FD_FEAT_AGGREGATE_SMALLDATA;
    return 0;
}

static haddr_t output_get_eoa(const H5FD_t *base, H5FD_mem_t type)
{
    (void)type;
    return ((const struct output_file *)base)->eoa;
}

static herr_t output_set_eoa(H5FD_t *base, H5FD_mem_t type, haddr_t address)
{
    (void)type;
    ((struct output_file *)base)->eoa = address;
    return 0;
}

static haddr_t output_get_eof(const H5FD_t *base, H5FD_mem_t type)
{
    (void)type;
    return ((const struct output_file *)base)->eof;
}

/* What was never written reads as zeros, and so does everything once the disk has failed. */
static herr_t output_read(H5FD_t *base, H5FD_mem_t type, hid_t transfer, haddr_t address,
                          size_t size, void *buffer)
{
    (void)type;
    (void)transfer;
    struct output_file *file = (struct output_file *)base;
    char *to = buffer;
    while (size > 0 && !file->output->error) {
        ssize_t got = pread(file->output->descriptor, to, size, (off_t)address);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        to += got;
        size -= (size_t)got;
        address += (haddr_t)got;
    }
    memset(to, 0, size);
    return 0;
}

static void write_all(struct mld_output *output, haddr_t address, size_t size, const char *from)
{
    while (size > 0) {
        ssize_t put = pwrite(output->descriptor, from, size, (off_t)address);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0) {
            output->error = put < 0 ? errno : ENOSPC;
            return;
        }
        from += put;
        size -= (size_t)put;
        address += (haddr_t)put;
    }
}

/* Always says yes: the writer looks at output->error after each step of its own. */
static herr_t output_write(H5FD_t *base, H5FD_mem_t type, hid_t transfer, haddr_t address,
                           size_t size, const void *buffer)
{
    (void)type;
    (void)transfer;
    struct output_file *file = (struct output_file *)base;
    if (!file->output->error)
        write_all(file->output, address, size, buffer);
    if (address + size > file->eof)
        file->eof = address + size;
    return 0;
}

/*
 * A file must be as long as its superblock says, even when its last bytes were allocated and not
 * written.
 */
static herr_t output_truncate(H5FD_t *base, hid_t transfer, hbool_t closing)
{
    (void)transfer;
    (void)closing;
    struct output_file *file = (struct output_file *)base;
    if (file->eoa == file->eof)
        return 0;
    if (!file->output->error && ftruncate(file->output->descriptor, (off_t)file->eoa) != 0)
        file->output->error = errno;
    file->eof = file->eoa;
    return 0;
}

static const H5FD_class_t output_class = {
    .name = "milliard_output",
    .maxaddr = ((haddr_t)1 << 62),
    .fc_degree = H5F_CLOSE_STRONG,
    .fapl_size = sizeof(struct access_info),
    .open = output_open,
    .close = output_close,
    .query = output_query,
    .get_eoa = output_get_eoa,
    .set_eoa = output_set_eoa,
    .get_eof = output_get_eof,
    .read = output_read,
    .write = output_write,
    .truncate = output_truncate,
    .fl_map = H5FD_FLMAP_DICHOTOMY,
};

hid_t mld_driver_access(struct mld_output *output, hid_t *driver)
{
    struct access_info info = { output };
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    *driver = access < 0 ? -1 : H5FDregister(&output_class);
    if (*driver >= 0 && H5Pset_driver(access, *driver, &info) >= 0)
        return access;
    if (access >= 0)
        H5Pclose(access);
    mld_driver_release(driver);
    return -1;
}

void mld_driver_release(hid_t *driver)
{
    if (*driver >= 0)
        H5FDunregister(*driver);
    *driver = -1;
}
