/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /checksums/table has a row for each dataset of numbers or of texts of fixed length: its place and
 * its checksum (checksum.h). Arrays that are written whole gave theirs as they were written (h5.c);
 * those of the paths have come row after row, and are added here. The axis of the table is such an
 * array too, so that it is made, and has its row, before the table is written. The seal is last: it
 * is of the root's attributes and of this table, and of nothing that comes after.
 */
#include "results/write.h"

#include <stdlib.h>

/* What is shared has the first design's rows, `first`, and a checksum at each of its places. */
static void add_rows(struct mld_h5 *h5, int n, const struct mld_path_rows *rows,
                     const struct mld_path_rows *first)
{
    for (int i = 0; i < n; i++)
        if (rows[i].dataset >= 0)
            mld_h5_checksum(h5, rows[i].dataset, "", rows[i].shared ? first[i].crc : rows[i].crc);
}

static const char *place_of(const void *checksums, size_t i)
{
    return ((const struct mld_checksums *)checksums)->row[i].place;
}

static const char *crc_of(const void *checksums, size_t i)
{
    return ((const struct mld_checksums *)checksums)->row[i].crc;
}

/* The axis: a number for each row, its own with them. */
static void write_axis(struct mld_results_writer *writer)
{
    hsize_t n = writer->checksums.n + 1;
    uint32_t *number = malloc(n * sizeof *number);
    if (!number) {
        mld_h5_no_memory(&writer->h5);
        return;
    }
    for (uint32_t i = 0; i < n; i++)
        number[i] = i;
    mld_write_axis(writer, MLD_OVER_CHECKSUM,
                   mld_h5_array(&writer->h5, writer->axes, "checksum", H5T_STD_U32LE,
                                H5T_NATIVE_UINT32, 1, &n, number));
    free(number);
}

static void write_rows(struct mld_results_writer *writer)
{
    const struct mld_checksums *checksums = &writer->checksums;
    const struct mld_table_column column[] = { { "place", place_of, checksums },
                                               { "crc32", crc_of, checksums } };
    hid_t group = mld_h5_group(&writer->h5, writer->file, "checksums");
    mld_write_axis_link(writer, MLD_OVER_CHECKSUM, group);
    mld_write_table(writer, group, "table", MLD_OVER_CHECKSUM, checksums->n,
                    sizeof column / sizeof *column, column);
    mld_h5_close(group);
}

void mld_write_checksums(struct mld_results_writer *writer)
{
    struct mld_h5 *h5 = &writer->h5;
    char seal[MLD_CRC];
    if (!h5->checksums)
        return;
    for (int design = 0; design < writer->designs; design++) {
        add_rows(h5, writer->n_measures, writer->value[design], writer->value[0]);
        add_rows(h5, writer->n_series, writer->trajectory[design], writer->trajectory[0]);
    }
    write_axis(writer);
    h5->checksums = NULL; /* the table has no row of itself */
    write_rows(writer);
    if (h5->failed)
        return;
    enum mld_status status = mld_checksums_seal(writer->file, &writer->checksums, seal);
    if (status == MLD_ERR_MEMORY)
        mld_h5_no_memory(h5);
    else if (!mld_h5_fails(h5, status ? -1 : 0, "sealing the file"))
        mld_h5_fixed_text(h5, writer->file, MLD_CHECKSUM_ATTRIBUTE, seal);
}
