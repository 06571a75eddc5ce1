/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory that stays short: laid before the C library (LD_PRELOAD), it refuses every allocation from
 * the MILLIARD_SHORT_FROM-th on, whoever asks: the program, its libraries, the C library itself.
 * MILLIARD_SHORT_COUNT has it tell how many there are.
 */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *old, size_t bytes);
void *__libc_memalign(size_t alignment, size_t bytes);
void *memalign(size_t alignment, size_t bytes);

static long asked, from = -2;

static int is_refused(void)
{
    if (from == -2) {
        const char *text = getenv("MILLIARD_SHORT_FROM");
        from = text ? strtol(text, NULL, 10) : -1;
    }
    long mine = __atomic_fetch_add(&asked, 1, __ATOMIC_RELAXED);
    int refused = from >= 0 && mine >= from;
    errno = refused ? ENOMEM : errno;
    return refused;
}

void *malloc(size_t bytes) { return is_refused() ? NULL : __libc_malloc(bytes); }
void *calloc(size_t count, size_t bytes)
{
    return is_refused() ? NULL : __libc_calloc(count, bytes);
}
void *realloc(void *old, size_t bytes) { return is_refused() ? NULL : __libc_realloc(old, bytes); }
void *aligned_alloc(size_t alignment, size_t bytes)
{
    return is_refused() ? NULL : __libc_memalign(alignment, bytes);
}
void *memalign(size_t alignment, size_t bytes)
{
    return is_refused() ? NULL : __libc_memalign(alignment, bytes);
}

int posix_memalign(void **place, size_t alignment, size_t bytes)
{
    *place = is_refused() ? NULL : __libc_memalign(alignment, bytes);
    return *place ? 0 : ENOMEM;
}

__attribute__((destructor)) static void tell(void)
{
    if (getenv("MILLIARD_SHORT_COUNT"))
        fprintf(stderr, "allocations %ld\n", asked);
}
