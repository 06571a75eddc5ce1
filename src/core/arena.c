/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL_BLOCK = 16384 };

struct mld_arena_block {
    struct mld_arena_block *next;
    size_t used, size;
    max_align_t bytes[];
};

static struct mld_arena_block *add_block(struct mld_arena *arena, size_t size)
{
    size_t room = size > USUAL_BLOCK ? size : USUAL_BLOCK;
    if (room > SIZE_MAX - sizeof(struct mld_arena_block))
        return NULL;
    struct mld_arena_block *block = calloc(1, sizeof *block + room);
    if (!block)
        return NULL;
    block->size = room;
    block->next = arena->first;
    arena->first = block;
    return block;
}

void *mld_arena_take(struct mld_arena *arena, size_t size)
{
    const size_t step = sizeof(max_align_t);
    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + step - 1) / step * step;
    struct mld_arena_block *block = arena->first;
    if (!block || block->size - block->used < size)
        block = add_block(arena, size);
    if (!block)
        return NULL;
    void *taken = (char *)block->bytes + block->used;
    block->used += size;
    return taken;
}

char *mld_arena_text(struct mld_arena *arena, const char *text, size_t length)
{
    char *copy = mld_arena_take(arena, length + 1);
    if (copy)
        memcpy(copy, text, length);
    return copy;
}

char *mld_arena_print(struct mld_arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = length >= 0 ? mld_arena_take(arena, (size_t)length + 1) : NULL;
    if (text)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

void mld_arena_clear(struct mld_arena *arena)
{
    while (arena->first) {
        struct mld_arena_block *next = arena->first->next;
        free(arena->first);
        arena->first = next;
    }
}
