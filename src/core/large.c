/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/large.h"

#include <stdlib.h>
#include <sys/mman.h>

enum { HUGE_PAGE = 2 << 20 };

void *mld_large_alloc(size_t bytes)
{
    if (bytes < HUGE_PAGE)
        return malloc(bytes ? bytes : 1);
    size_t whole = (bytes + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    void *memory = aligned_alloc(HUGE_PAGE, whole);
#ifdef MADV_HUGEPAGE
    /* Advice only: where it is refused, small pages do as well, slower. */
    if (memory)
        madvise(memory, whole, MADV_HUGEPAGE);
#endif
    return memory;
}
