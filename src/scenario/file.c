/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scenario/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int mld_file_same(const struct mld_file_identity *a, const struct mld_file_identity *b)
{
    return a->device == b->device && a->inode == b->inode;
}

static enum mld_status cannot_read(const char *path, const char *why, struct mld_messages *messages)
{
    mld_messages_add(messages, "%s: cannot be read: %s", path, why);
    return MLD_ERR_FILE;
}

/* Grows the buffer as it reads: a pipe has no size to ask for. */
static enum mld_status read_all(FILE *file, const char *path, size_t most, char **text, size_t *length, struct mld_messages *messages)
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
        if (!got || used > most)
            break;
    }
    if (ferror(file) || used > most) {
        char why[80];
        snprintf(why, sizeof why, "larger than %zu MiB", most >> 20);
        enum mld_status status = cannot_read(path, ferror(file) ? strerror(errno) : why, messages);
        free(buffer);
        return status;
    }
    buffer[used] = '\0';
    *text = buffer;
    *length = used;
    return MLD_OK;
}

enum mld_status mld_file_read(const char *path, size_t most, char **text, size_t *length, struct mld_file_identity *identity,
                              struct mld_messages *messages)
{
    FILE *file = fopen(path, "rb");
    struct stat about;
    if (!file)
        return cannot_read(path, strerror(errno), messages);
    enum mld_status status;
    if (fstat(fileno(file), &about))
        status = cannot_read(path, strerror(errno), messages);
    else if (S_ISDIR(about.st_mode))
        status = cannot_read(path, "it is a folder", messages);
    else {
        *identity = (struct mld_file_identity){ about.st_dev, about.st_ino };
        status = read_all(file, path, most, text, length, messages);
    }
    fclose(file);
    return status;
}

char *mld_file_beside(struct mld_arena *arena, const char *file, const char *path)
{
    const char *slash = strrchr(file, '/');
    if (!slash || *path == '/')
        return mld_arena_text(arena, path, strlen(path));
    return mld_arena_print(arena, "%.*s/%s", (int)(slash - file), file, path);
}
