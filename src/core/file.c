/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int mld_file_same(const struct mld_file_identity *a, const struct mld_file_identity *b)
{
    return a->device == b->device && a->inode == b->inode;
}

static enum mld_status cannot_read(const char *path, const char *why, struct mld_messages *messages)
{
    mld_messages_add(messages, "%s: cannot be read: %s", path, why);
    return MLD_ERR_FILE;
}

/* Files that are given for a text by mistake, by how they start. */
static const char *other_kind(const char *bytes, size_t length)
{
    static const struct {
        const char *start;
        size_t length;
        const char *what;
    } kinds[] = {
        { "\x89HDF\r\n\x1a\n", 8, "it is a results file, which milliard show reads, and no text" },
        { "PK\x03\x04", 4, "it is a workbook or a zip file, and no text: a tape is saved as CSV" },
        { "\xD0\xCF\x11\xE0", 4, "it is an old workbook, and no text: a tape is saved as CSV" },
        { "%PDF-", 5, "it is a PDF, and no text" },
        { "\x1F\x8B", 2, "it is compressed, and no text" },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (length >= kinds[i].length && !memcmp(bytes, kinds[i].start, kinds[i].length))
            return kinds[i].what;
    return NULL;
}

/* Grows the buffer as it reads: a pipe has no size to ask for. */
static enum mld_status read_all(FILE *file, const char *path, size_t most, char **text,
                                size_t *length, struct mld_messages *messages)
{
    size_t capacity = 0, used = 0;
    char *buffer = NULL;
    for (;;) {
        if (used + 1 >= capacity) {
            capacity = capacity ? 2 * capacity : 65536;
            char *larger = realloc(buffer, capacity);
            if (!larger) {
                free(buffer);
                return MLD_ERR_MEMORY;
            }
            buffer = larger;
        }
        size_t got = fread(buffer + used, 1, capacity - used - 1, file);
        used += got;
        if (!got || used > most || other_kind(buffer, used))
            break;
    }
    const char *other = other_kind(buffer, used);
    if (ferror(file) || other || used > most) {
        char why[80];
        snprintf(why, sizeof why, "larger than %zu MiB", most >> 20);
        enum mld_status status = cannot_read(path,
                                             ferror(file) ? strerror(errno)
                                             : other      ? other
                                                          : why,
                                             messages);
        free(buffer);
        return status;
    }
    buffer[used] = '\0';
    *text = buffer;
    *length = used;
    return MLD_OK;
}

/*
 * Nobody may ever write into a pipe: unless one is meant, it is opened without waiting, to be
 * refused.
 */
static FILE *open_file(const char *path, enum mld_file_source kind)
{
    int descriptor = open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC |
                                    (kind == MLD_FILE_REGULAR ? O_NONBLOCK : 0));
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "rb");
    if (!file && descriptor >= 0)
        close(descriptor);
    return file;
}

static const char *refusal(const struct stat *about, enum mld_file_source kind)
{
    if (S_ISDIR(about->st_mode))
        return "it is a folder";
    return kind == MLD_FILE_REGULAR && !S_ISREG(about->st_mode)
               ? "it is a pipe or a device, not a file"
               : NULL;
}

enum mld_status mld_file_read(const char *path, enum mld_file_source kind, size_t most, char **text,
                              size_t *length, struct mld_file_identity *identity,
                              struct mld_messages *messages)
{
    FILE *file = open_file(path, kind);
    struct stat about;
    if (!file)
        return cannot_read(path, strerror(errno), messages);
    const char *why = fstat(fileno(file), &about) ? strerror(errno) : refusal(&about, kind);
    enum mld_status status;
    if (why)
        status = cannot_read(path, why, messages);
    else {
        *identity = (struct mld_file_identity){ about.st_dev, about.st_ino };
        status = read_all(file, path, most, text, length, messages);
    }
    fclose(file);
    return status;
}

char *mld_file_from_root(struct mld_arena *arena, const char *path)
{
    errno = 0;
    char *whole = realpath(path, NULL);
    if (!whole && errno == ENOMEM)
        return NULL;
    const char *found = whole ? whole : path;
    char *kept = mld_arena_text(arena, found, strlen(found));
    free(whole);
    return kept;
}

char *mld_file_beside(struct mld_arena *arena, const char *file, const char *path)
{
    const char *slash = strrchr(file, '/');
    if (!slash || *path == '/')
        return mld_arena_text(arena, path, strlen(path));
    return mld_arena_print(arena, "%.*s/%s", (int)(slash - file), file, path);
}
