/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Checksums of what a results file holds: CRC-32, zlib's, one a dataset, in the table
 * /checksums/table, and one of that table and of the root's attributes, the seal, in the attribute
 * "checksum". An edit made after the run and a bad disk show; whoever means to deceive computes
 * them anew. They are of the bytes in the file, little-endian: other machines neither write nor
 * compare them.
 */
#ifndef MILLIARD_RESULTS_CHECKSUM_H
#define MILLIARD_RESULTS_CHECKSUM_H

#include <hdf5.h>
#include <stddef.h>
#include <stdint.h>

#include "core/checksum.h"
#include "milliard/status.h"

enum {
    MLD_CHECKSUMS = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
    MLD_PLACE = 192, /**< bytes of a place, with its NUL */
    MLD_CRC = 9      /**< bytes of eight hexadecimal digits and a NUL */
};
#define MLD_CHECKSUM_ATTRIBUTE "checksum"
#define MLD_CHECKSUM_TABLE "checksums/table"

/** The checksum of a place: a dataset ("summary/mean"), or something about it ("…@rank_error"). */
struct mld_checksum {
    char place[MLD_PLACE], crc[MLD_CRC];
};

/**
 * Rows of the table in the order in which they were added; none in bytes that are zero.
 * Owner: mld_checksums_clear().
 */
struct mld_checksums {
    struct mld_checksum *row;
    size_t n, room;
};

void mld_checksums_clear(struct mld_checksums *checksums);
/** Eight hexadecimal digits. */
void mld_checksum_text(uint32_t crc, char text[MLD_CRC]);
/** Adds a row; a leading slash of the place is left out. 0 when memory is short. */
int mld_checksums_add(struct mld_checksums *checksums, const char *place, const char *crc);
/** The row of a place, or NULL. */
const struct mld_checksum *mld_checksums_find(const struct mld_checksums *checksums,
                                              const char *place);
/**
 * The seal: the checksum of the root's texts of fixed length and whole numbers, in the order of
 * their names, and of the rows: lines "name=value" and "place=crc".
 * Fails: FORMAT (an attribute cannot be read), MEMORY.
 */
enum mld_status mld_checksums_seal(hid_t file, const struct mld_checksums *checksums,
                                   char text[MLD_CRC]);

#endif
