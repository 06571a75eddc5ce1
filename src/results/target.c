/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "results/target.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static enum mld_status fail(struct mld_messages *messages, const char *path, const char *what)
{
    mld_messages_add(messages, "%s: %s: %s", path, what, strerror(errno));
    return MLD_ERR_FILE;
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Only a results file, or an empty file, may be replaced: `-o scenario.cfg` is a slip, never a wish. */
static int may_replace(const char *path)
{
    static const unsigned char signature[8] = { 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n' };
    unsigned char start[8];
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return 1;   /* unreadable: whether it may be written over is for the folder to say */
    ssize_t got = read(descriptor, start, sizeof start);
    close(descriptor);
    return got == 0 || (got == (ssize_t)sizeof start && memcmp(start, signature, sizeof start) == 0);
}

/* A link is followed, so that what it names is replaced and not the link. */
static enum mld_status settle_path(struct mld_target *target, const char *path, struct mld_messages *messages)
{
    struct stat status;
    char *resolved = NULL;
    if (lstat(path, &status) == 0 && S_ISLNK(status.st_mode)) {
        resolved = realpath(path, NULL);
        if (!resolved)
            return fail(messages, path, "cannot follow the link");
    }
    const char *place = resolved ? resolved : path;
    int fits = strlen(place) + 32 < sizeof target->path && *name_of(place);
    if (fits)
        strcpy(target->path, place);
    free(resolved);
    if (!fits) {
        mld_messages_add(messages, "'%s': not a name for a results file", path);
        return MLD_ERR_FILE;
    }
    if (stat(target->path, &status) != 0)
        return MLD_OK;
    if (!S_ISREG(status.st_mode)) {
        mld_messages_add(messages, "%s: is %s, not a file: name the results file itself", path,
                         S_ISDIR(status.st_mode) ? "a folder" : "a device or a pipe");
        return MLD_ERR_FILE;
    }
    if (!may_replace(target->path)) {
        mld_messages_add(messages, "%s: exists and is no results file: it is left as it is, choose another name", path);
        return MLD_ERR_FILE;
    }
    return MLD_OK;
}

static void settle_folder(struct mld_target *target)
{
    const char *slash = strrchr(target->path, '/');
    if (!slash)
        strcpy(target->folder, ".");
    else if (slash == target->path)
        strcpy(target->folder, "/");
    else
        snprintf(target->folder, sizeof target->folder, "%.*s", (int)(slash - target->path), target->path);
}

/* The number in ".<name>.<pid>.tmp", or 0 when the entry is no temporary file of that name. */
static pid_t writer_of(const char *entry, const char *name)
{
    size_t length = strlen(name);
    if (entry[0] != '.' || strncmp(entry + 1, name, length) != 0 || entry[1 + length] != '.')
        return 0;
    const char *digits = entry + length + 2;
    if (!isdigit((unsigned char)*digits))
        return 0;
    char *end;
    errno = 0;
    long pid = strtol(digits, &end, 10);
    return errno == 0 && strcmp(end, ".tmp") == 0 ? (pid_t)pid : 0;
}

/* Left by a dead process: nobody holds its lock, and no other process of that number lives here. */
static void remove_if_stale(const char *path, pid_t pid)
{
    if (pid != getpid() && (kill(pid, 0) == 0 || errno != ESRCH))
        return;
    int descriptor = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0)
        return;
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        unlink(path);
    close(descriptor);
}

static void remove_stale(const struct mld_target *target)
{
    DIR *folder = opendir(target->folder);
    if (!folder)
        return;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        pid_t pid = writer_of(entry->d_name, name_of(target->path));
        char path[2 * MLD_PATH_SIZE];
        if (pid > 0) {
            snprintf(path, sizeof path, "%s/%s", target->folder, entry->d_name);
            remove_if_stale(path, pid);
        }
    }
    closedir(folder);
}

/* 1e6 and 1e9 bytes, as disks are sold and `df -H` counts. */
static void add_space_message(struct mld_messages *messages, const char *folder, double needed, double available)
{
    mld_messages_add(messages, "%s: not enough free disk: the results need %.1f MB, %.1f MB are free", folder,
                     needed / 1e6, available / 1e6);
}

static enum mld_status check_space(const struct mld_target *target, uint64_t needed, struct mld_messages *messages)
{
    struct statvfs disk;
    if (statvfs(target->folder, &disk) != 0)
        return fail(messages, target->folder, "cannot write results in this folder");
    double available = (double)disk.f_bavail * (double)disk.f_frsize;
    if (available >= (double)needed)
        return MLD_OK;
    add_space_message(messages, target->folder, (double)needed, available);
    return MLD_ERR_FILE;
}

/* A file that only some may read is replaced by one that only they may read. */
static enum mld_status keep_mode(struct mld_target *target, struct mld_messages *messages)
{
    struct stat old, new;
    if (stat(target->path, &old) != 0 || fstat(target->descriptor, &new) != 0 || ((old.st_mode ^ new.st_mode) & 0777) == 0
        || fchmod(target->descriptor, old.st_mode & 0777) == 0)
        return MLD_OK;
    enum mld_status status = fail(messages, target->temporary, "cannot be given the permissions of the file it replaces");
    mld_target_abandon(target);
    return status;
}

static enum mld_status make_temporary(struct mld_target *target, struct mld_messages *messages)
{
    int length = snprintf(target->temporary, sizeof target->temporary, "%s/.%s.%ld.tmp", target->folder,
                          name_of(target->path), (long)getpid());
    if (length < 0 || (size_t)length >= sizeof target->temporary) {
        target->temporary[0] = '\0';
        errno = ENAMETOOLONG;
        return fail(messages, target->path, "cannot create a temporary file beside it");
    }
    target->descriptor = open(target->temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (target->descriptor < 0) {
        enum mld_status status = fail(messages, target->temporary, "cannot create the temporary file");
        target->temporary[0] = '\0';
        return status;
    }
    /* The lock tells a later run that this file is not a leftover; where locks are unknown it is not needed to write. */
    flock(target->descriptor, LOCK_EX | LOCK_NB);
    return keep_mode(target, messages);
}

enum mld_status mld_target_create(struct mld_target *target, const char *path, uint64_t needed,
                                  struct mld_messages *messages)
{
    *target = (struct mld_target){ .descriptor = -1 };
    enum mld_status status = settle_path(target, path, messages);
    if (status)
        return status;
    settle_folder(target);
    remove_stale(target);
    status = check_space(target, needed, messages);
    return status ? status : make_temporary(target, messages);
}

enum mld_status mld_target_set_interrupted(struct mld_target *target, struct mld_messages *messages)
{
    struct stat existing;
    if (stat(target->path, &existing) != 0)
        return MLD_OK;
    size_t length = strlen(target->path);
    int suffixed = length > 3 && strcmp(target->path + length - 3, ".h5") == 0;
    char path[MLD_PATH_SIZE];
    int written = snprintf(path, sizeof path, "%.*s.interrupted.h5", (int)(suffixed ? length - 3 : length), target->path);
    if (written < 0 || (size_t)written >= sizeof path) {
        errno = ENAMETOOLONG;
        return fail(messages, target->path, "cannot name the interrupted file");
    }
    strcpy(target->path, path);
    return MLD_OK;
}

/* Makes the new name last through a loss of power. */
static int sync_folder(const char *folder)
{
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return -1;
    int result = fsync(descriptor);
    int error = errno;
    close(descriptor);
    errno = error;
    return result == 0 || error == EINVAL ? 0 : -1;   /* some file systems cannot sync a folder, and say EINVAL */
}

enum mld_status mld_target_commit(struct mld_target *target, struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    if (fsync(target->descriptor) != 0)
        status = fail(messages, target->temporary, "cannot be written to the disk");
    else if (rename(target->temporary, target->path) != 0)
        status = fail(messages, target->path, "cannot be replaced by the new results");
    if (status) {
        mld_target_abandon(target);
        return status;
    }
    target->temporary[0] = '\0';
    if (sync_folder(target->folder) != 0)
        status = fail(messages, target->folder, "the results are written, but their folder cannot be synced");
    mld_target_abandon(target);
    return status;
}

void mld_target_abandon(struct mld_target *target)
{
    if (target->temporary[0])
        unlink(target->temporary);
    target->temporary[0] = '\0';
    if (target->descriptor >= 0)
        close(target->descriptor);
    target->descriptor = -1;
}
