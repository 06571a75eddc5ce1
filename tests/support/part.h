/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Parts of an enumeration that is too long for one run of the tests: the environment variable
 * MILLIARD_PART, which scripts/test sets to the number of commits, says which is taken, so that
 * runs of as many consecutive commits as there are parts take everything; "all" takes it at once.
 */
#ifndef TEST_SUPPORT_PART_H
#define TEST_SUPPORT_PART_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** The part of `parts` that is taken, from 0; -1 for all of them. */
static inline long taken_part(long parts)
{
    const char *said = getenv("MILLIARD_PART");
    return said && strcmp(said, "all") == 0 ? -1 : said ? labs(strtol(said, NULL, 10)) % parts : 0;
}

/** Whether item k, from 0, is of the part that is taken. */
static inline int is_taken(long k, long parts)
{
    return taken_part(parts) < 0 || k % parts == taken_part(parts);
}

/** Prints which part it is. */
static inline void say_part(const char *what, long parts)
{
    if (taken_part(parts) < 0)
        printf("%s: all %ld parts\n", what, parts);
    else
        printf("%s: part %ld of %ld (MILLIARD_PART)\n", what, taken_part(parts), parts);
}

#endif
