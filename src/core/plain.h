/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Numbers in texts have a point, whatever locale the program that calls the library is in. */
#ifndef MILLIARD_CORE_PLAIN_H
#define MILLIARD_CORE_PLAIN_H

#include <locale.h>

/** Puts this thread into the C locale; gives the one it was in. */
locale_t mld_plain_enter(void);
void mld_plain_leave(const locale_t *before);

/**
 * First in each function of the library that writes or reads a number: until it returns. gcc and
 * clang know `cleanup`.
 */
#define MLD_PLAIN_NUMBERS                                                                      \
    __attribute__((cleanup(mld_plain_leave))) const locale_t before_plain = mld_plain_enter(); \
    (void)before_plain

#endif
