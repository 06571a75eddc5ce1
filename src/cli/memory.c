/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What becomes of the program when memory stays short.
 *
 * Our own code takes a refused allocation as an error like any other. The libraries do not:
 * libconfig checks none, HDF5 1.10 reads through a null pointer, when it closes a file or when the
 * program ends at the latest, libgomp and GnuTLS leave with words of their own. So the program
 * stands between them and the allocator (as any program may, by defining its functions): what a
 * library asks for and does not get ends the program with one line, and with no temporary file. So
 * does a small piece that our own code asks for, as there will be none to tell of it; a large one
 * is refused, and its want told by who asked.
 */
#define _GNU_SOURCE /* RTLD_NEXT */

#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/target.h"
#include "milliard/status.h"

/* bytes: far more than messages take, far less than the arrays of a run that is too large */
enum { SMALL = 1 << 20 };

/* Of the linker: where the code of the program, and not of a library, lies. */
extern const char __executable_start[], etext[];

static int is_ours(const void *caller)
{
    return (uintptr_t)caller >= (uintptr_t)__executable_start &&
           (uintptr_t)caller < (uintptr_t)etext;
}

static _Noreturn void leave(void)
{
    static const char text[] = "milliard: not enough memory\n";
    mld_targets_remove_temporaries();
    ssize_t written = write(STDERR_FILENO, text, sizeof text - 1);
    (void)written;
    _exit(MLD_ERR_MEMORY);
}

static void *given(void *memory, size_t size, const void *caller)
{
    if (!memory && size > 0 && (size < SMALL || !is_ours(caller)))
        leave();
    return memory;
}

/* The allocator that comes next, of the C library or of what is preloaded. */
static void *(*next_malloc)(size_t), *(*next_calloc)(size_t, size_t),
    *(*next_realloc)(void *, size_t);
static void *(*next_aligned)(size_t, size_t), *(*next_memalign)(size_t, size_t);
static int (*next_posix)(void **, size_t, size_t);

static void find(void *function, const char *name)
{
    void *found = dlsym(RTLD_NEXT, name);
    if (!found)
        leave();
    memcpy(function, &found, sizeof found); /* ISO C has no cast from an object to a function */
}

static int looking;

/* The dynamic linker may ask for memory while it looks, and does without. */
static int found(void)
{
    if (next_posix || looking)
        return !looking;
    looking = 1;
    find(&next_malloc, "malloc");
    find(&next_calloc, "calloc");
    find(&next_realloc, "realloc");
    find(&next_aligned, "aligned_alloc");
    find(&next_memalign, "memalign");
    find(&next_posix, "posix_memalign");
    looking = 0;
    return 1;
}

#define CALLER __builtin_return_address(0)

void *malloc(size_t size) { return found() ? given(next_malloc(size), size, CALLER) : NULL; }

void *calloc(size_t count, size_t size)
{
    return found() ? given(next_calloc(count, size),
                           count && size > SIZE_MAX / count ? SIZE_MAX : count * size, CALLER)
                   : NULL;
}

void *realloc(void *old, size_t size)
{
    return found() ? given(next_realloc(old, size), size, CALLER) : NULL;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return found() ? given(next_aligned(alignment, size), size, CALLER) : NULL;
}

void *memalign(size_t alignment, size_t size)
{
    return found() ? given(next_memalign(alignment, size), size, CALLER) : NULL;
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
    int error = found() ? next_posix(memory, alignment, size) : ENOMEM;
    if (error == ENOMEM)
        given(NULL, size, CALLER);
    return error;
}
