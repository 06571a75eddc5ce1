/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Checksums (checksum.h), as rows of place and CRC. The seal is compared first, of the root's
 * attributes and of these rows; then each of them is believed, and what it is of is compared when
 * it is read: all but the paths while the file is opened, and of the paths what is asked for. A
 * file without a seal is of an earlier version: it has no rows, and nothing is compared.
 */
#include "results/read.h"

#include <stdlib.h>
#include <string.h>

static void fill(struct mld_results *results, const struct mld_text_column *place,
                 const struct mld_text_column *crc)
{
    for (size_t i = 0; i < place->n && !results->status; i++)
        if (!mld_checksums_add(&results->checksums, mld_cell(place, i), mld_cell(crc, i)))
            mld_read_no_memory(results);
}

static void read_table(struct mld_results *results)
{
    struct mld_text_column place = { .cell = NULL }, crc = { .cell = NULL };
    struct mld_text_table table = mld_read_table(results, MLD_CHECKSUM_TABLE);
    mld_read_column(results, &table, "place", &place);
    mld_read_column(results, &table, "crc32", &crc);
    mld_table_close(&table);
    fill(results, &place, &crc);
    free(place.cell);
    free(crc.cell);
}

/*
 * What a checksum is of must be there, or a series that is gone would be one that the run never
 * had.
 */
static void check_places(struct mld_results *results)
{
    for (size_t i = 0; i < results->checksums.n && !results->status; i++) {
        char place[MLD_PLACE];
        memcpy(place, results->checksums.row[i].place, sizeof place);
        place[strcspn(place, "@")] = '\0';
        mld_disarm(place);
        if (!mld_read_exists(results->file, place))
            mld_read_refuse(results, place, "is missing");
    }
}

static void compare_seal(struct mld_results *results, const char *kept)
{
    char seal[MLD_CRC];
    if (results->status)
        return;
    enum mld_status status = mld_checksums_seal(results->file, &results->checksums, seal);
    if (status == MLD_ERR_MEMORY)
        mld_read_no_memory(results);
    else if (status || !kept || strcmp(kept, seal) != 0)
        mld_read_refuse_changed(results, "what its root says of the run");
}

void mld_read_checksums(struct mld_results *results)
{
    if (results->status || !MLD_CHECKSUMS || H5Aexists(results->file, MLD_CHECKSUM_ATTRIBUTE) == 0)
        return;
    char *kept = mld_read_text_attribute(results, MLD_CHECKSUM_ATTRIBUTE);
    read_table(results);
    compare_seal(results, kept);
    free(kept);
    check_places(results);
}
