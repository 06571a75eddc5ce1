/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum mld_status fail(struct mld_messages *messages, const char *path, const char *what)
{
    mld_messages_add(messages, "%s: %s: %s", path, what, strerror(errno));
    return MLD_ERR_FILE;
}

enum start { UNREADABLE, EMPTY, OWN, OTHER };

static enum start start_of(const char *path, const struct mld_place_kind *kind)
{
    char start[256];
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    ssize_t got = descriptor < 0 ? -1 : read(descriptor, start, sizeof start);
    if (descriptor >= 0)
        close(descriptor);
    if (got <= 0)
        return got < 0 ? UNREADABLE : EMPTY;
    for (int i = 0; i < MLD_PLACE_STARTS && kind->start[i]; i++)
        if ((size_t)got >= strlen(kind->start[i]) && memcmp(start, kind->start[i], strlen(kind->start[i])) == 0)
            return OWN;
    return OTHER;
}

int mld_place_holds(const char *path, const struct mld_place_kind *kind)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && start_of(path, kind) == OWN;
}

/* `--xlsx scenario.cfg` is a slip, never a wish. */
static enum mld_status check_start(const char *path, const struct mld_place_kind *kind, struct mld_messages *messages)
{
    enum start start = start_of(path, kind);
    if (start == UNREADABLE)
        return fail(messages, path, "exists and cannot be read, so it is left as it is");
    if (start == OTHER)
        mld_messages_add(messages, "%s: exists and is %s: it is left as it is, choose another name or folder", path, kind->other);
    return start == OTHER ? MLD_ERR_FILE : MLD_OK;
}

/* A link is followed, so that what it names is replaced and not the link. */
static int settle_path(struct mld_place *place, const char *path)
{
    struct stat status;
    char *resolved = lstat(path, &status) == 0 && S_ISLNK(status.st_mode) ? realpath(path, NULL) : NULL;
    int length = snprintf(place->path, sizeof place->path, "%s", resolved ? resolved : path);
    free(resolved);
    return length > 0 && (size_t)length < sizeof place->path;
}

/* Ctrl-C and its like reach the program once the temporary file is gone, a moment later. */
static void hold_signals(struct mld_place *place)
{
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGHUP);
    sigprocmask(SIG_BLOCK, &held, &place->signals);
}

enum mld_status mld_place_create(struct mld_place *place, const char *path, const struct mld_place_kind *kind, struct mld_messages *messages)
{
    struct stat status;
    *place = (struct mld_place){ .path = "" };
    if (!settle_path(place, path) || !*place->path || place->path[strlen(place->path) - 1] == '/') {
        mld_messages_add(messages, "'%s': not a name for a file", path);
        return MLD_ERR_FILE;
    }
    int exists = stat(place->path, &status) == 0;
    if (exists && !S_ISREG(status.st_mode)) {
        mld_messages_add(messages, "%s: is not a file: name the file itself", path);
        return MLD_ERR_FILE;
    }
    if (exists && check_start(place->path, kind, messages) != MLD_OK)
        return MLD_ERR_FILE;
    place->mode = exists ? status.st_mode & 0777 : 0;
    const char *slash = strrchr(place->path, '/'), *name = slash ? slash + 1 : place->path;
    int length = snprintf(place->temporary, sizeof place->temporary, "%.*s.%s.%ld.tmp", (int)(name - place->path), place->path, name,
                          (long)getpid());
    int descriptor = -1;
    hold_signals(place);
    errno = ENAMETOOLONG;
    if (length > 0 && (size_t)length < sizeof place->temporary)
        descriptor = open(place->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, exists ? 0600 : 0666);
    if (descriptor < 0) {
        place->temporary[0] = '\0';
        fail(messages, path, "cannot be created");
        sigprocmask(SIG_SETMASK, &place->signals, NULL);
        return MLD_ERR_FILE;
    }
    close(descriptor);
    return MLD_OK;
}

enum mld_status mld_place_check(const char *path, const struct mld_place_kind *kind, struct mld_messages *messages)
{
    struct mld_place place;
    enum mld_status status = mld_place_create(&place, path, kind, messages);
    if (status == MLD_OK)
        mld_place_abandon(&place);
    return status;
}

/* 1 when the file has, or can be given, that mode; a disk without permissions gives all its files the same. */
static int has_mode(int descriptor, mode_t mode)
{
    struct stat status;
    return (fstat(descriptor, &status) == 0 && (status.st_mode & 0777) == mode) || fchmod(descriptor, mode) == 0;
}

enum mld_status mld_place_commit(struct mld_place *place, struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    int descriptor = open(place->temporary, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 || fsync(descriptor) != 0)
        status = fail(messages, place->temporary, "cannot be written to the disk");
    else if (place->mode && !has_mode(descriptor, place->mode))
        status = fail(messages, place->temporary, "cannot be given the permissions of the file it replaces");
    if (descriptor >= 0)
        close(descriptor);
    if (!status && rename(place->temporary, place->path) != 0)
        status = fail(messages, place->path, "cannot be replaced");
    if (status)
        unlink(place->temporary);
    place->temporary[0] = '\0';
    sigprocmask(SIG_SETMASK, &place->signals, NULL);
    return status;
}

void mld_place_abandon(struct mld_place *place)
{
    if (!place->temporary[0])
        return;
    unlink(place->temporary);
    place->temporary[0] = '\0';
    sigprocmask(SIG_SETMASK, &place->signals, NULL);
}

/* 0, or why not all of the file reached the disk. */
static int close_whole(FILE *file)
{
    int failed = ferror(file) || fflush(file) != 0, error = errno;
    if (fclose(file) != 0 && !failed)
        return errno;
    return failed ? (error ? error : EIO) : 0;
}

enum mld_status mld_place_write(const char *path, const struct mld_place_kind *kind, mld_place_fill *fill, const void *context,
                                struct mld_messages *messages)
{
    struct mld_place place;
    enum mld_status status = mld_place_create(&place, path, kind, messages);
    if (status != MLD_OK)
        return status;
    FILE *file = fopen(place.temporary, "w");
    if (file)
        status = fill(file, context);
    errno = file ? close_whole(file) : errno;
    if (status == MLD_OK && errno != 0)
        status = fail(messages, path, "cannot be written");
    if (status == MLD_OK)
        return mld_place_commit(&place, messages);
    mld_place_abandon(&place);
    return status;
}
