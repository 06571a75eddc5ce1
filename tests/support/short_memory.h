/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The k-th allocation of the program fails. The linker hands its calls of malloc, calloc, realloc,
 * aligned_alloc and strdup to the functions below (--wrap); those of libconfig, which checks none
 * of its own, and of HDF5 stay untouched.
 */
#ifndef TEST_SUPPORT_SHORT_MEMORY_H
#define TEST_SUPPORT_SHORT_MEMORY_H

#include <stddef.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
char *__wrap_strdup(const char *text);

/** Allocations since short_memory_from(); the number of the one that fails, -1 for none. */
static long short_memory_calls, short_memory_failing = -1;

/** Starts counting anew: allocation number `failing`, from 0, will fail. */
static inline void short_memory_from(long failing)
{
    short_memory_calls = 0;
    short_memory_failing = failing;
}

/** Told of each allocation, before it is counted, by the function that asks for it; or NULL. */
static void (*short_memory_asked)(void);

__attribute__((always_inline)) static inline int short_memory_fails(void)
{
    if (short_memory_asked)
        short_memory_asked();
    return short_memory_calls++ == short_memory_failing;
}

void *__wrap_malloc(size_t size) { return short_memory_fails() ? NULL : __real_malloc(size); }
void *__wrap_calloc(size_t count, size_t size)
{
    return short_memory_fails() ? NULL : __real_calloc(count, size);
}
void *__wrap_realloc(void *old, size_t size)
{
    return short_memory_fails() ? NULL : __real_realloc(old, size);
}
void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return short_memory_fails() ? NULL : __real_aligned_alloc(alignment, size);
}
char *__wrap_strdup(const char *text) { return short_memory_fails() ? NULL : __real_strdup(text); }

#endif
