/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Texts and numbers of JSON (RFC 8259). */
#ifndef MILLIARD_REPORT_JSON_TEXT_H
#define MILLIARD_REPORT_JSON_TEXT_H

#include <stdio.h>

/** A quoted text; bytes that are no UTF-8 become U+FFFD. */
void mld_json_text(FILE *out, const char *text);
/** A number that reads back to the same double; null when it is not finite. */
void mld_json_number(FILE *out, double value);

/** The same of n numbers, as an array. */
void mld_json_numbers(FILE *out, int n, const double *value);
/** A member of an object after others: a comma, its key and a number. */
void mld_json_named(FILE *out, const char *key, double value);

struct mld_statistics;
/** An object of what is known of a measure, left open for more members. */
void mld_json_statistics(FILE *out, const struct mld_statistics *statistics);

struct mld_uncertain;
/** A last member "uncertain" of an object, with a comma before it; nothing of NULL. */
void mld_json_uncertain(FILE *out, const struct mld_uncertain *uncertain);

#endif
