/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "results/audit.h"

#include <stdio.h>
#include <string.h>

/*
 * The writer's chunks are below 1 MB, and its groups three deep. HDF5 holds a whole chunk to read
 * one number of it.
 */
enum { MOST_CHUNK_BYTES = 1 << 22, MOST_DEPTH = 4 };

/*
 * Of a layout that stands alone, with no filter; a virtual one is not even asked for its size,
 * which opens other files.
 */
static const char *layout_fault(hid_t properties, double *chunk)
{
    H5D_layout_t layout = H5Pget_layout(properties);
    hsize_t size[H5S_MAX_RANK];
    if (layout != H5D_COMPACT && layout != H5D_CONTIGUOUS && layout != H5D_CHUNKED)
        return "has its numbers in other datasets";
    if (H5Pget_nfilters(properties) != 0)
        return "is packed with a filter, which milliard never does";
    if (H5Pget_external_count(properties) != 0)
        return "has its bytes in another file";
    int rank = layout == H5D_CHUNKED ? H5Pget_chunk(properties, H5S_MAX_RANK, size) : 0;
    for (int i = 0; i < rank; i++)
        *chunk *= (double)size[i];
    return rank < 0 ? "has chunks that cannot be read" : NULL;
}

const char *mld_audit_dataset(hid_t dataset)
{
    double chunk = 1;
    hid_t properties = H5Dget_create_plist(dataset);
    const char *fault = properties < 0 ? "cannot be read" : layout_fault(properties, &chunk);
    if (properties >= 0)
        H5Pclose(properties);
    if (fault)
        return fault;
    hid_t space = H5Dget_space(dataset), type = H5Dget_type(dataset);
    double bytes = type < 0 ? 0 : (double)H5Tget_size(type);
    if (space < 0 || bytes <= 0)
        fault = "cannot be read";
    else if (chunk * bytes > MOST_CHUNK_BYTES)
        fault = "has chunks larger than milliard writes";
    else if ((double)H5Dget_storage_size(dataset) <
             bytes * (double)H5Sget_simple_extent_npoints(space))
        fault = "has not the type, shape or size it should have";
    if (type >= 0)
        H5Tclose(type);
    if (space >= 0)
        H5Sclose(space);
    return fault;
}

static const char *object_fault(hid_t file, const char *name)
{
    H5O_info_t info;
    if (H5Oget_info_by_name(file, name, &info, H5P_DEFAULT) < 0)
        return "cannot be opened";
    if (info.type != H5O_TYPE_DATASET)
        return info.type == H5O_TYPE_GROUP ? NULL : "is neither a group nor a dataset";
    hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT);
    if (dataset < 0)
        return "cannot be opened";
    const char *fault = mld_audit_dataset(dataset);
    H5Dclose(dataset);
    return fault;
}

static int depth_of(const char *name)
{
    int depth = 1;
    for (; *name; name++)
        depth += *name == '/';
    return depth;
}

/* Before HDF5 goes down into a group, so that none too deep for its own recursion is met. */
static herr_t visit(hid_t file, const char *name, const H5L_info_t *info, void *context)
{
    struct mld_audit *found = context;
    found->what = info->type != H5L_TYPE_HARD   ? "is a link that leads elsewhere"
                  : depth_of(name) > MOST_DEPTH ? "is deeper than milliard writes"
                                                : object_fault(file, name);
    if (found->what)
        snprintf(found->place, sizeof found->place, "%s", name);
    return found->what != NULL;
}

int mld_audit_file(hid_t file, struct mld_audit *found)
{
    *found = (struct mld_audit){ .what = NULL };
    if (H5Lvisit(file, H5_INDEX_NAME, H5_ITER_NATIVE, visit, found) < 0 && !found->what)
        *found = (struct mld_audit){ "its groups", "cannot be read" };
    return !found->what;
}
