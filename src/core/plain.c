/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/plain.h"

#include <pthread.h>

/* made once, kept to the end; none, for lack of memory, leaves the caller's */
static locale_t plain;

static void make_plain(void) { plain = newlocale(LC_ALL_MASK, "C", (locale_t)0); }

locale_t mld_plain_enter(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_plain);
    return uselocale(plain);
}

void mld_plain_leave(const locale_t *before) { uselocale(*before); }
