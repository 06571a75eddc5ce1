/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A scenario's text before libconfig reads it: what libconfig would swallow, change without a word
 * or call a "syntax error" is found here, and told as its author would say it.
 */
#ifndef MILLIARD_SCENARIO_SCAN_H
#define MILLIARD_SCENARIO_SCAN_H

#include <stddef.h>

/** A number as it is written. */
struct mld_token {
    const char *text;
    size_t length;
};

struct mld_scan {
    char *ready;              /**< the text for libconfig, on the heap */
    struct mld_token *number; /**< its numbers, in order, within the text that was given */
    size_t n_numbers, capacity;
    char why[384];
    int line; /**< what is wrong and where, or "" */
};

/**
 * Scans a text of `length` bytes in UTF-8 without NUL. Returns 0, or -1: no memory. To be cleared
 * either way.
 */
int mld_scan(struct mld_scan *scan, const char *text, size_t length);
void mld_scan_clear(struct mld_scan *scan);

#endif
