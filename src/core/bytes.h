/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Bytes at a place of an open file, all of them or an errno. For several threads at once. */
#ifndef MILLIARD_CORE_BYTES_H
#define MILLIARD_CORE_BYTES_H

#include <stddef.h>
#include <stdint.h>

/** Writes them. 0, or an errno. */
int mld_bytes_put(int descriptor, const void *bytes, uint64_t n, int64_t at);
/** Reads them. 0, or an errno; EIO when the file is shorter. */
int mld_bytes_get(int descriptor, void *bytes, uint64_t n, int64_t at);
/** A text of so many bytes, for free(). NULL: it cannot be read, or there is no memory. */
char *mld_bytes_text(int descriptor, size_t length, int64_t at);
/** The checksum of bytes of the file (core/checksum.h), read through so much room. */
int mld_bytes_checksum(int descriptor, int64_t at, uint64_t bytes, void *room, uint64_t size,
                       uint32_t *checksum);

#endif
