/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/bytes.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/checksum.h"

int mld_bytes_put(int descriptor, const void *bytes, uint64_t n, int64_t at)
{
    const char *next = bytes;
    while (n > 0) {
        ssize_t done = pwrite(descriptor, next, n, at);
        if (done < 0 && errno != EINTR)
            return errno;
        next += done > 0 ? done : 0;
        at += done > 0 ? done : 0;
        n -= done > 0 ? (uint64_t)done : 0;
    }
    return 0;
}

int mld_bytes_get(int descriptor, void *bytes, uint64_t n, int64_t at)
{
    char *next = bytes;
    while (n > 0) {
        ssize_t done = pread(descriptor, next, n, at);
        if (done == 0)
            return EIO; /* shorter than it says */
        if (done < 0 && errno != EINTR)
            return errno;
        next += done > 0 ? done : 0;
        at += done > 0 ? done : 0;
        n -= done > 0 ? (uint64_t)done : 0;
    }
    return 0;
}

int mld_bytes_checksum(int descriptor, int64_t at, uint64_t bytes, void *room, uint64_t size,
                       uint32_t *checksum)
{
    *checksum = 0;
    for (uint64_t done = 0; done < bytes; done += size) {
        uint64_t n = bytes - done < size ? bytes - done : size;
        int error = mld_bytes_get(descriptor, room, n, at + (int64_t)done);
        if (error)
            return error;
        *checksum = mld_checksum_of(*checksum, room, n);
    }
    return 0;
}

char *mld_bytes_text(int descriptor, size_t length, int64_t at)
{
    char *text = calloc(length + 1, 1);
    if (text && mld_bytes_get(descriptor, text, length, at)) {
        free(text);
        text = NULL;
    }
    return text;
}
