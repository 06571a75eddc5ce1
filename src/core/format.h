/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Numbers as a reader expects them: decimals that the Monte-Carlo error supports, euros in the unit
 * of their size, French or English signs. Never the locale's: a bare system has no French one.
 */
#ifndef MILLIARD_CORE_FORMAT_H
#define MILLIARD_CORE_FORMAT_H

#include <stddef.h>

#include "milliard/quantity.h"

/** Room for any number below. */
enum { MLD_NUMBER_SIZE = 80 };

/** A unit of money: what one of it is worth, and its sign. */
struct mld_money_unit {
    double worth;
    const char *sign;
};
/** €, k€ or M€: the largest of which `largest` is at least about one. */
struct mld_money_unit mld_money_unit(double largest);

/**
 * Decimals that show `error` with one significant digit, at most `most`; `fallback` when the error
 * is 0 or unknown.
 */
int mld_decimals(double error, int fallback, int most);

/**
 * "1 234,5" or "1,234.5": groups of three, − as sign, "–" for NaN, with + when `plus`. Gives
 * `text`.
 */
const char *mld_format_number(char *text, int french, double value, int decimals, int plus);

/**
 * A quantity with its unit. `error`: its Monte-Carlo error, or NaN; `largest`: chooses the unit of
 * money.
 */
const char *mld_format(char *text, int french, enum mld_quantity quantity, double value,
                       double error, double largest, int plus);
/** "1,23 ± 0,04 M€"; without ± when the error is unknown, 0, or too small to show. */
const char *mld_format_estimate(char *text, int french, enum mld_quantity quantity, double value,
                                double error, double largest, int plus);

/** A level of quantiles or of a dotation in %, without sign: "5", "99,9", "99.9". Gives `text`. */
const char *mld_format_level(char *text, int french, double level);

/** "1er janvier 2027", "1 January 2027"; the text itself when it is no ISO date. */
const char *mld_format_date(char *text, int french, const char *iso);

/** Characters of a UTF-8 text, each one column wide. */
size_t mld_text_width(const char *text);

#endif
