/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/target.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/hash.h"
#include "core/signals.h"

static enum mld_status fail(struct mld_messages *messages, const char *path, const char *what)
{
    mld_messages_add(messages, "%s: %s: %s", path, what, strerror(errno));
    return MLD_ERR_FILE;
}

/* `-o scenario.cfg` is a slip, never a wish. */
static enum mld_status check_place(struct mld_target *target, const char *path,
                                   struct mld_messages *messages)
{
    switch (mld_place_look(target->path, target->kind, &target->mode)) {
    case MLD_FOUND_NOTHING:
    case MLD_FOUND_OWN: return MLD_OK;
    case MLD_FOUND_UNREADABLE:
        return fail(messages, path, "exists and cannot be read, so it is left as it is");
    case MLD_FOUND_NOWHERE: return fail(messages, path, "cannot be created");
    case MLD_FOUND_FOREIGN:
        mld_messages_add(messages,
                         "%s: exists and is %s: it is left as it is, choose another name or folder",
                         path, target->kind->other);
        return MLD_ERR_FILE;
    case MLD_FOUND_FOLDER:
        mld_messages_add(messages, "%s: is not a file but a folder: name the file itself", path);
        return MLD_ERR_FILE;
    default:
        mld_messages_add(messages, "%s: is not a file but a device or a pipe: name the file itself",
                         path);
        return MLD_ERR_FILE;
    }
}

/* ---- the temporary files there are ---- */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct mld_target *first;

static void enlist(struct mld_target *target)
{
    pthread_mutex_lock(&lock);
    target->next = first;
    first = target;
    pthread_mutex_unlock(&lock);
}

static void strike_off(const struct mld_target *target)
{
    pthread_mutex_lock(&lock);
    for (struct mld_target **one = &first; *one; one = &(*one)->next)
        if (*one == target) {
            *one = target->next;
            break;
        }
    pthread_mutex_unlock(&lock);
}

/* Without the lock, which the caller may have been interrupted in holding. */
void mld_targets_remove_temporaries(void)
{
    for (const struct mld_target *one = first; one; one = one->next)
        if (one->temporary[0])
            unlink(one->temporary);
}

/* ---- names ---- */

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* A link is followed, so that what it names is replaced and not the link. */
static enum mld_status settle_path(struct mld_target *target, const char *path,
                                   struct mld_messages *messages)
{
    struct stat status;
    char *resolved = NULL;
    if (lstat(path, &status) == 0 && S_ISLNK(status.st_mode)) {
        resolved = realpath(path, NULL);
        if (!resolved)
            return fail(messages, path, "cannot follow the link");
    }
    const char *place = resolved ? resolved : path;
    int fits = strlen(place) < sizeof target->path && *name_of(place);
    if (fits)
        strcpy(target->path, place);
    free(resolved);
    if (fits)
        return MLD_OK;
    mld_messages_add(messages, "'%s': not a name for a file", path);
    return MLD_ERR_FILE;
}

static void settle_folder(struct mld_target *target)
{
    const char *slash = strrchr(target->path, '/');
    if (!slash)
        strcpy(target->folder, ".");
    else if (slash == target->path)
        strcpy(target->folder, "/");
    else
        snprintf(target->folder, sizeof target->folder, "%.*s", (int)(slash - target->path),
                 target->path);
}

/*
 * A name can be as long as its folder allows (255 bytes, fewer on encrypted disks): other names
 * made of it are not longer.
 */
enum { SHORT_NAME = 96, STEM_SIZE = SHORT_NAME + 32 };

/* Bytes of a text cut at `most`, between two characters of UTF-8. */
static int cut(const char *text, size_t most)
{
    size_t length = strlen(text);
    if (length <= most)
        return (int)length;
    while (most > 0 && ((unsigned char)text[most] & 0xc0) == 0x80)
        most--;
    return (int)most;
}

/* It tells the long names that begin alike apart. */
static uint64_t hash(const char *text)
{
    uint64_t sum = MLD_HASH_OF_NOTHING;
    for (; *text; text++)
        sum = mld_hash_add(sum, (unsigned char)*text);
    return sum;
}

/* What the temporary names of a target have of its name. */
static void write_stem(const char *name, char stem[STEM_SIZE])
{
    enum { KEPT = 64 };
    if (strlen(name) <= SHORT_NAME)
        strcpy(stem, name);
    else
        snprintf(stem, STEM_SIZE, "%.*s~%016" PRIx64, cut(name, KEPT), name, hash(name));
}

/* ---- what dead programs left ---- */

/*
 * The number in ".<stem>.<pid>.tmp" or ".<stem>.<pid>-2.tmp", or 0 when the entry is no temporary
 * file of that target.
 */
static pid_t writer_of(const char *entry, const char *stem)
{
    size_t length = strlen(stem);
    if (entry[0] != '.' || strncmp(entry + 1, stem, length) != 0 || entry[1 + length] != '.')
        return 0;
    const char *digits = entry + length + 2;
    if (!isdigit((unsigned char)*digits))
        return 0;
    char *end;
    errno = 0;
    long pid = strtol(digits, &end, 10);
    if (*end == '-' && isdigit((unsigned char)end[1]))
        strtol(end + 1, &end, 10);
    return errno == 0 && strcmp(end, ".tmp") == 0 ? (pid_t)pid : 0;
}

/*
 * Nobody holds its lock, no other process of that number lives here, and it is not one that was
 * kept, which nobody may write.
 */
static void remove_if_stale(const char *path, pid_t pid)
{
    struct stat status;
    if (pid != getpid() && (kill(pid, 0) == 0 || errno != ESRCH))
        return;
    int descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0)
        return;
    if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & S_IWUSR) &&
        flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        unlink(path);
    close(descriptor);
}

static void remove_stale(const struct mld_target *target, const char *stem)
{
    DIR *folder = opendir(target->folder);
    if (!folder)
        return;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        pid_t pid = writer_of(entry->d_name, stem);
        char path[2 * MLD_PATH_SIZE];
        if (pid > 0) {
            snprintf(path, sizeof path, "%s/%s", target->folder, entry->d_name);
            remove_if_stale(path, pid);
        }
    }
    closedir(folder);
}

/* ---- creation ---- */

/* 1e6 and 1e9 bytes, as disks are sold and `df -H` counts. */
static enum mld_status check_space(const struct mld_target *target, uint64_t needed,
                                   struct mld_messages *messages)
{
    struct statvfs disk;
    if (!needed)
        return MLD_OK;
    if (statvfs(target->folder, &disk) != 0)
        return fail(messages, target->folder, "cannot write results in this folder");
    double available = (double)disk.f_bavail * (double)disk.f_frsize;
    if (available >= (double)needed)
        return MLD_OK;
    mld_messages_add(messages,
                     "%s: not enough free disk: the results need %.1f MB, %.1f MB are free",
                     target->folder, (double)needed / 1e6, available / 1e6);
    return MLD_ERR_FILE;
}

/* A program in another container may have our number, and its file our name. */
static void open_temporary(struct mld_target *target, const char *stem)
{
    enum { MOST = 100 };
    errno = EEXIST;
    for (int i = 1; i < MOST && target->descriptor < 0 && errno == EEXIST; i++) {
        char again[16] = "";
        if (i > 1)
            snprintf(again, sizeof again, "-%d", i);
        int length = snprintf(target->temporary, sizeof target->temporary, "%s/.%s.%ld%s.tmp",
                              target->folder, stem, (long)getpid(), again);
        errno = ENAMETOOLONG;
        if (length > 0 && (size_t)length < sizeof target->temporary)
            target->descriptor = open(target->temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC,
                                      target->mode ? 0600 : 0666);
    }
}

static enum mld_status make_temporary(struct mld_target *target, const char *path, const char *stem,
                                      struct mld_messages *messages)
{
    open_temporary(target, stem);
    if (target->descriptor < 0) {
        target->temporary[0] = '\0';
        return fail(messages, path, "cannot be created");
    }
    /*
     * The lock tells a later program that this file is not a leftover; where locks are unknown it
     * is not needed to write.
     */
    flock(target->descriptor, LOCK_EX | LOCK_NB);
    enlist(target);
    return MLD_OK;
}

enum mld_status mld_target_create(struct mld_target *target, const char *path,
                                  const struct mld_file_kind *kind, uint64_t needed,
                                  struct mld_messages *messages)
{
    char stem[STEM_SIZE];
    *target = (struct mld_target){ .kind = kind, .descriptor = -1 };
    enum mld_status status = settle_path(target, path, messages);
    if (!status)
        status = check_place(target, path, messages);
    if (status)
        return status;
    settle_folder(target);
    write_stem(name_of(target->path), stem);
    remove_stale(target, stem);
    status = check_space(target, needed, messages);
    return status ? status : make_temporary(target, path, stem, messages);
}

/* ---- a part that outlives the program ---- */

/* Opens and locks; again when the program that held it has just removed it. */
static enum mld_status open_part(struct mld_target *target, struct mld_messages *messages)
{
    struct stat status = { .st_nlink = 0 };
    while (status.st_nlink == 0) {
        target->descriptor = open(target->temporary,
                                  O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
        if (target->descriptor < 0)
            return fail(messages, target->temporary, "cannot be created");
        if (flock(target->descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
            mld_messages_add(messages, "%s: another run is writing it", target->temporary);
            return MLD_ERR_FILE;
        }
        if (fstat(target->descriptor, &status) != 0)
            return fail(messages, target->temporary, "cannot be read");
        if (status.st_nlink == 0)
            close(target->descriptor);
    }
    if (status.st_size == 0)
        enlist(target);
    return MLD_OK;
}

static enum mld_status check_part(struct mld_target *target, const struct mld_file_kind *kind,
                                  struct mld_messages *messages)
{
    mode_t mode;
    enum mld_found found = mld_place_look(target->temporary, kind, &mode);
    if (found == MLD_FOUND_NOTHING || found == MLD_FOUND_OWN)
        return MLD_OK;
    mld_messages_add(messages, "%s: exists and is %s: it is left as it is", target->temporary,
                     kind->other);
    return MLD_ERR_FILE;
}

enum mld_status mld_target_open_part(struct mld_target *target, const char *path,
                                     const struct mld_file_kind *kind, uint64_t needed,
                                     struct mld_messages *messages)
{
    char stem[STEM_SIZE];
    struct stat held = { 0 };
    *target = (struct mld_target){ .kind = kind, .descriptor = -1 };
    enum mld_status status = settle_path(target, path, messages);
    if (status)
        return status;
    settle_folder(target);
    write_stem(name_of(target->path), stem);
    int length = snprintf(target->temporary, sizeof target->temporary, "%s/%s.part", target->folder,
                          stem);
    if (length < 0 || (size_t)length >= sizeof target->temporary) {
        errno = ENAMETOOLONG;
        status = fail(messages, path, "cannot be created");
    }
    if (!status && stat(target->temporary, &held) == 0)
        needed = needed > (uint64_t)held.st_size ? needed - (uint64_t)held.st_size : 0;
    if (!status)
        status = check_part(target, kind, messages);
    if (!status)
        status = check_space(target, needed, messages);
    if (!status)
        status = open_part(target, messages);
    if (status)
        mld_target_leave_part(target);
    return status;
}

void mld_target_keep_part(struct mld_target *target) { strike_off(target); }

void mld_target_leave_part(struct mld_target *target)
{
    strike_off(target);
    target->temporary[0] = '\0';
    if (target->descriptor >= 0)
        close(target->descriptor);
    target->descriptor = -1;
}

enum mld_status mld_target_check(const char *path, const struct mld_file_kind *kind,
                                 struct mld_messages *messages)
{
    struct mld_target target;
    mld_signals_hold();
    enum mld_status status = mld_target_create(&target, path, kind, 0, messages);
    if (!status)
        mld_target_abandon(&target);
    mld_signals_release();
    return status;
}

/* ---- the end ---- */

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
    /* some file systems cannot sync a folder, and say EINVAL */
    return result == 0 || error == EINVAL ? 0 : -1;
}

/* A disk without permissions gives all its files the same. */
static int give_mode(int descriptor, mode_t mode)
{
    struct stat status;
    return (fstat(descriptor, &status) == 0 && (status.st_mode & 0777) == mode) ||
                   fchmod(descriptor, mode) == 0
               ? 0
               : errno;
}

/* "<name>.<word><suffix>", then "<name>.<word>-2<suffix>" …: the first that is free. */
static int rename_beside(struct mld_target *target, const char *word)
{
    enum { MOST = 1000 };
    const char *name = name_of(target->path), *suffix = target->kind->suffix;
    size_t length = strlen(name), tail = strlen(suffix);
    size_t stem = length > tail && strcmp(name + length - tail, suffix) == 0 ? length - tail
                                                                             : length;
    int error = EEXIST;
    for (int i = 1; i < MOST && error == EEXIST; i++) {
        char number[16] = "", path[MLD_PATH_SIZE];
        if (i > 1)
            snprintf(number, sizeof number, "-%d", i);
        size_t longest = (length > SHORT_NAME ? length : SHORT_NAME) - strlen(word) -
                         strlen(number) - tail - 1;
        int written = snprintf(path, sizeof path, "%s/%.*s.%s%s%s", target->folder,
                               cut(name, stem < longest ? stem : longest), name, word, number,
                               suffix);
        if (written < 0 || (size_t)written >= sizeof path)
            return ENAMETOOLONG;
        error = mld_place_take(target->temporary, path);
        if (!error)
            strcpy(target->path, path);
    }
    return error;
}

/* The file has its name: it is no longer one to be removed. */
static enum mld_status settle(struct mld_target *target, struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    target->temporary[0] = '\0';
    if (sync_folder(target->folder) != 0)
        status = fail(messages, target->folder,
                      "the file is written, but its folder cannot be synced");
    mld_target_abandon(target);
    return status;
}

/*
 * Where no name can be given the file stays under its temporary one; that nobody may write it tells
 * it from a leftover.
 */
static void keep_temporary(struct mld_target *target)
{
    struct stat status;
    char link[64];
    ssize_t length = -1;
    if (fstat(target->descriptor, &status) == 0)
        fchmod(target->descriptor, status.st_mode & 0555);
    if (access(target->temporary, F_OK) != 0) { /* its folder has moved */
        snprintf(link, sizeof link, "/proc/self/fd/%d", target->descriptor);
        length = readlink(link, target->temporary, sizeof target->temporary - 1);
        target->temporary[length > 0 ? length : 0] = '\0';
    }
    strcpy(target->path, target->temporary);
}

/* What took long is not lost because its place is: it is kept under another name. */
static enum mld_status keep(struct mld_target *target, const char *why,
                            struct mld_messages *messages)
{
    struct stat status;
    char place[MLD_PATH_SIZE];
    strcpy(place, target->path);
    if (fstat(target->descriptor, &status) != 0 || status.st_nlink == 0) {
        mld_messages_add(messages, "%s: cannot be written: %s", place, why);
        mld_target_abandon(target);
        return MLD_ERR_FILE;
    }
    if (rename_beside(target, "kept") != 0)
        keep_temporary(target);
    mld_messages_add(messages,
                     "%s: cannot be written: %s; what was to be there is kept whole in %s", place,
                     why, target->path);
    settle(target, NULL);
    return MLD_ERR_FILE;
}

/* All of the file is on the disk, for whom it may be. */
static enum mld_status make_last(struct mld_target *target, mode_t mode,
                                 struct mld_messages *messages)
{
    if (fsync(target->descriptor) != 0) {
        fail(messages, target->temporary, "cannot be written to the disk");
        mld_target_abandon(target);
        return MLD_ERR_FILE;
    }
    if (mode && give_mode(target->descriptor, mode) != 0)
        return keep(target, "the permissions of the file that it replaces cannot be given to it",
                    messages);
    return MLD_OK;
}

/* 0, or an errno; EEXIST when there is a file that must not be replaced. */
static int rename_over(struct mld_target *target, enum mld_found found)
{
    int error = found == MLD_FOUND_NOTHING || found == MLD_FOUND_NOWHERE
                    ? mld_place_take(target->temporary, target->path)
                    : EEXIST;
    mode_t mode;
    if (error == EEXIST && found == MLD_FOUND_NOTHING) /* it has come this very moment */
        found = mld_place_look(target->path, target->kind, &mode);
    if (error != EEXIST)
        return error;
    return found == MLD_FOUND_FOLDER                      ? EISDIR
           : found != MLD_FOUND_OWN                       ? EEXIST
           : rename(target->temporary, target->path) == 0 ? 0
                                                          : errno;
}

enum mld_status mld_target_commit(struct mld_target *target, struct mld_messages *messages)
{
    mode_t mode = target->mode;
    enum mld_found found = mld_place_look(target->path, target->kind, &mode);
    enum mld_status status = make_last(target, mode, messages);
    if (status)
        return status;
    int error = rename_over(target, found);
    if (!error)
        return settle(target, messages);
    return keep(target,
                error == EEXIST ? "another file has come there meanwhile, which is left as it is"
                                : strerror(error),
                messages);
}

enum mld_status mld_target_commit_beside(struct mld_target *target, const char *word,
                                         struct mld_messages *messages)
{
    enum mld_status status = make_last(target, target->mode, messages);
    if (status)
        return status;
    int error = mld_place_take(target->temporary, target->path);
    if (error == EEXIST)
        error = rename_beside(target, word);
    return error ? keep(target, strerror(error), messages) : settle(target, messages);
}

void mld_target_abandon(struct mld_target *target)
{
    strike_off(target);
    if (target->temporary[0])
        unlink(target->temporary);
    target->temporary[0] = '\0';
    if (target->descriptor >= 0)
        close(target->descriptor);
    target->descriptor = -1;
}

/* ---- a whole file at once ---- */

/* 0, or why not all of the file reached the disk. */
static int close_whole(FILE *file)
{
    int failed = ferror(file) || fflush(file) != 0, error = errno;
    if (fclose(file) != 0 && !failed)
        return errno;
    return failed ? (error ? error : EIO) : 0;
}

enum mld_status mld_target_fill(struct mld_target *target, mld_file_fill *fill, const void *context,
                                struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    FILE *file = fopen(target->temporary, "w");
    if (file)
        status = fill(file, context);
    errno = file ? close_whole(file) : errno;
    return status == MLD_OK && errno != 0 ? fail(messages, target->path, "cannot be written")
                                          : status;
}

enum mld_status mld_target_write(const char *path, const struct mld_file_kind *kind,
                                 mld_file_fill *fill, const void *context,
                                 struct mld_messages *messages)
{
    struct mld_target target;
    mld_signals_hold();
    enum mld_status status = mld_target_create(&target, path, kind, 0, messages);
    if (!status) {
        status = mld_target_fill(&target, fill, context, messages);
        if (!status)
            status = mld_target_commit(&target, messages);
        else
            mld_target_abandon(&target);
    }
    mld_signals_release();
    return status;
}
