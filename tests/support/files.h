/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Files of a test: a folder of its own, what a file holds, and what is left where nobody asked for
 * it.
 */
#ifndef TEST_SUPPORT_FILES_H
#define TEST_SUPPORT_FILES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Room for the path of a folder, and of an entry of one. */
enum { FOLDER = 64, ENTRY = 512 };

/**
 * What a file holds, and a zero after it; no bytes stand for no file. Owner: the caller, with
 * free().
 */
struct contents {
    char *bytes;
    size_t n;
};

/** A new folder, in memory where there is such a place: the tests sync many files. */
static inline void make_folder(char folder[FOLDER], const char *name)
{
    snprintf(folder, FOLDER, "%s/milliard-%s-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", name);
    assert_non_null(mkdtemp(folder));
}

/** Removes a folder with all it holds; 0 when that is done. */
static inline int remove_folder(const char *folder)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

/** Path of a file of a folder; it is good for three more calls. */
static inline const char *path_in(const char *folder, const char *name)
{
    static char path[4][256];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

/** Makes a file of n bytes, or makes it anew. */
static inline void put_file(const char *path, const void *bytes, size_t n)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
}

/** All that a file holds; it has to be there. */
static inline struct contents get_file(const char *path)
{
    struct contents contents;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    contents.n = (size_t)ftell(file);
    rewind(file);
    contents.bytes = calloc(contents.n + 1, 1);
    assert_non_null(contents.bytes);
    assert_int_equal(fread(contents.bytes, 1, contents.n, file), contents.n);
    fclose(file);
    return contents;
}

/** Whether a file is what it was, byte for byte. */
static inline int is_same_file(const char *path, const struct contents *before)
{
    if (access(path, F_OK) != 0)
        return !before->bytes;
    struct contents now = get_file(path);
    int same = before->bytes && now.n == before->n && memcmp(now.bytes, before->bytes, now.n) == 0;
    free(now.bytes);
    return same;
}

/** The test ends when a file is not what it was. */
static inline void assert_same_file(const char *path, const struct contents *before)
{
    if (!is_same_file(path, before))
        fail_msg("%s is no longer what it was", path);
}

/**
 * Number of entries of a folder that are not files one asked for, hidden or temporary; `left`, if
 * any, is the path of one.
 */
static inline int leftovers(const char *folder, char left[ENTRY])
{
    DIR *entries = opendir(folder);
    int n = 0;
    assert_non_null(entries);
    for (struct dirent *entry = readdir(entries); entry; entry = readdir(entries)) {
        const char *name = entry->d_name;
        if (!strcmp(name, ".") || !strcmp(name, "..") ||
            (name[0] != '.' && !strstr(name, ".tmp") && !strstr(name, ".h5.part")))
            continue;
        if (left)
            snprintf(left, ENTRY, "%s/%.200s", folder, name);
        n++;
    }
    closedir(entries);
    return n;
}

/** The test ends when there are leftovers, of which it names one. */
static inline void assert_nothing_left(const char *folder)
{
    char left[ENTRY];
    if (leftovers(folder, left))
        fail_msg("%s is left", left);
}

#endif
