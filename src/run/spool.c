/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/target.h"

static enum mld_status tell(const struct mld_spool *spool, int error, struct mld_messages *messages)
{
    mld_messages_add(messages, "%s: cannot keep the values of worlds beside it: %s", spool->beside,
                     strerror(error));
    return MLD_ERR_FILE;
}

enum mld_status mld_spool_open(struct mld_spool *spool, const char *beside, size_t paths,
                               struct mld_messages *messages)
{
    char path[MLD_PATH_SIZE];
    *spool = (struct mld_spool){ .descriptor = -1, .paths = paths, .beside = beside };
    int length = snprintf(path, sizeof path, "%s.worlds-%ld", beside, (long)getpid());
    if (length < 0 || (size_t)length >= sizeof path)
        return tell(spool, ENAMETOOLONG, messages);
    spool->descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (spool->descriptor < 0)
        return tell(spool, errno, messages);
    unlink(path);
    return MLD_OK;
}

static off_t place(const struct mld_spool *spool, int column, size_t first)
{
    return (off_t)(((size_t)column * spool->paths + first) * sizeof(double));
}

enum mld_status mld_spool_write(const struct mld_spool *spool, int column, size_t first, size_t n,
                                const double *value, struct mld_messages *messages)
{
    const char *from = (const char *)value;
    size_t left = n * sizeof *value;
    off_t at = place(spool, column, first);
    while (left > 0) {
        ssize_t written = pwrite(spool->descriptor, from, left, at);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return tell(spool, written < 0 ? errno : ENOSPC, messages);
        from += written;
        at += written;
        left -= (size_t)written;
    }
    return MLD_OK;
}

enum mld_status mld_spool_read(const struct mld_spool *spool, int column, double *value)
{
    char *into = (char *)value;
    size_t left = spool->paths * sizeof *value;
    off_t at = place(spool, column, 0);
    while (left > 0) {
        ssize_t n = pread(spool->descriptor, into, left, at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return MLD_ERR_FILE;
        into += n;
        at += n;
        left -= (size_t)n;
    }
    return MLD_OK;
}

void mld_spool_close(struct mld_spool *spool)
{
    if (spool->descriptor >= 0)
        close(spool->descriptor);
    spool->descriptor = -1;
}
