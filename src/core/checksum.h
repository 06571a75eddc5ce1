/* SPDX-License-Identifier: GPL-3.0-or-later */
/** CRC-32 (ISO 3309), zlib's: what tells bytes that were changed, not who meant to deceive. */
#ifndef MILLIARD_CORE_CHECKSUM_H
#define MILLIARD_CORE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/** The checksum of what gave `before` and then these bytes; 0 before the first. */
uint32_t mld_checksum_of(uint32_t before, const void *bytes, size_t n);

#endif
