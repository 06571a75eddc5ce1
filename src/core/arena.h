/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Memory that lives and dies together, such as a tree and its texts. */
#ifndef MILLIARD_CORE_ARENA_H
#define MILLIARD_CORE_ARENA_H

#include <stddef.h>

struct mld_arena_block;
struct mld_arena {
    struct mld_arena_block *first;
};

/** `size` zeroed bytes, or NULL when memory is short. Freed by mld_arena_clear() only. */
void *mld_arena_take(struct mld_arena *arena, size_t size);
/** Copy of `length` bytes of `text` with a final NUL, or NULL. */
char *mld_arena_text(struct mld_arena *arena, const char *text, size_t length);
/** Formatted text, or NULL. */
char *mld_arena_print(struct mld_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void mld_arena_clear(struct mld_arena *arena);

#endif
