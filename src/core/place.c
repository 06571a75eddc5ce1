/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* renameat2 */

#include "core/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int starts_as(const struct mld_file_kind *kind, const char *start, size_t length)
{
    for (int i = 0; i < MLD_KIND_STARTS && kind->start[i]; i++)
        if (length >= strlen(kind->start[i]) &&
            memcmp(start, kind->start[i], strlen(kind->start[i])) == 0)
            return 1;
    return 0;
}

/* An empty file is anybody's to fill. */
static enum mld_found look_into(const char *path, const struct mld_file_kind *kind)
{
    char start[256];
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    ssize_t got = descriptor < 0 ? -1 : read(descriptor, start, sizeof start);
    enum mld_found found = got < 0 ? MLD_FOUND_UNREADABLE : MLD_FOUND_FOREIGN;
    if (got == 0 || (got > 0 && starts_as(kind, start, (size_t)got) &&
                     (!kind->holds || kind->holds(descriptor))))
        found = MLD_FOUND_OWN;
    int error = errno;
    if (descriptor >= 0)
        close(descriptor);
    errno = error;
    return found;
}

enum mld_found mld_place_look(const char *path, const struct mld_file_kind *kind, mode_t *mode)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return errno == ENOENT ? MLD_FOUND_NOTHING : MLD_FOUND_NOWHERE;
    if (!S_ISREG(status.st_mode))
        return S_ISDIR(status.st_mode) ? MLD_FOUND_FOLDER : MLD_FOUND_DEVICE;
    *mode = status.st_mode & 0777;
    return look_into(path, kind);
}

int mld_place_holds(const char *path, const struct mld_file_kind *kind)
{
    struct stat status;
    mode_t mode;
    return stat(path, &status) == 0 && status.st_size > 0 &&
           mld_place_look(path, kind, &mode) == MLD_FOUND_OWN;
}

/*
 * Not every file system can do so in one step; the next best is a second name, of which the first
 * is taken away; where there are no such links either, nothing closes the last gap.
 */
int mld_place_take(const char *from, const char *to)
{
    struct stat status;
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno == EEXIST || errno == ENOENT)
        return errno;
    if (link(from, to) == 0)
        return unlink(from), 0;
    if (errno == EEXIST || lstat(to, &status) == 0)
        return EEXIST;
    return rename(from, to) == 0 ? 0 : errno;
}
