/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Rows of parameter tables: how one is found, and the macros they are written with. */
#ifndef MILLIARD_PARAMS_ROWS_H
#define MILLIARD_PARAMS_ROWS_H

#include "milliard/params.h"

#include <math.h>

/** Rows of one group: `table`, then those that the kind of an item adds (NULL for none). */
struct mld_rows {
    const struct mld_param *table, *own;
    /* of an item of a LIST: the kinds it may be of, and what it says of its own, "" for nothing */
    const struct mld_kinds *kinds;
    const char *kind;
    unsigned lacks; /* bits of the kinds that an item of a LIST is not */
};
/** Rows of the item `name` of a MAP: of an instrument, the common rows and its own. */
struct mld_rows mld_rows_of(const struct mld_param *map, const char *name);
/** Rows of an item of a LIST. */
struct mld_rows mld_rows_of_item(const struct mld_param *list, const struct mld_node *item);
/** Place of a kind; -1 for none. */
int mld_kind_named(const struct mld_kinds *kinds, const char *name);
/** Row of a key, or NULL. */
const struct mld_param *mld_row_named(struct mld_rows rows, const char *key, size_t length);
/** Row of a key that some kind has, or NULL. */
const struct mld_param *mld_row_of_any(const struct mld_kinds *kinds, const char *key,
                                       size_t length);

/** The last argument of each macro holds further fields: texts, flags, domain. */
#define MLD_ROW_REAL(s, field, name, unit_, low, high, default_, ...)          \
    {                                                                          \
        .key = name, .kind = MLD_REAL, .unit = unit_, .min = low, .max = high, \
        .fallback = default_, .offset = offsetof(struct s, field), __VA_ARGS__ \
    }
#define MLD_ROW_INT(s, field, name, unit_, low, high, default_, ...)           \
    {                                                                          \
        .key = name, .kind = MLD_INT, .unit = unit_, .min = low, .max = high,  \
        .fallback = default_, .offset = offsetof(struct s, field), __VA_ARGS__ \
    }
#define MLD_ROW_BOOL(s, field, name, default_, ...)                                \
    {                                                                              \
        .key = name, .kind = MLD_BOOL, .unit = "", .max = 1, .fallback = default_, \
        .offset = offsetof(struct s, field), __VA_ARGS__                           \
    }
#define MLD_ROW_CHOICE(s, field, name, list, default_, ...)                                 \
    {                                                                                       \
        .key = name, .kind = MLD_CHOICE, .unit = "", .choices = list, .fallback = default_, \
        .offset = offsetof(struct s, field), __VA_ARGS__                                    \
    }
#define MLD_ROW_TEXT(s, field, name, ...)                                               \
    {                                                                                   \
        .key = name, .kind = MLD_TEXT, .unit = "", .offset = offsetof(struct s, field), \
        .capacity = sizeof((struct s *)0)->field, __VA_ARGS__                           \
    }
#define MLD_ROW_REALS(s, field, number, name, unit_, low, high, ...)                     \
    {                                                                                    \
        .key = name, .kind = MLD_REALS, .unit = unit_, .min = low, .max = high,          \
        .offset = offsetof(struct s, field), .count_offset = offsetof(struct s, number), \
        .capacity = sizeof((struct s *)0)->field / sizeof(double), __VA_ARGS__           \
    }
#define MLD_ROW_NAMES(s, field, number, name, ...)                                       \
    {                                                                                    \
        .key = name, .kind = MLD_NAMES, .unit = "", .offset = offsetof(struct s, field), \
        .count_offset = offsetof(struct s, number),                                      \
        .capacity = sizeof((struct s *)0)->field / sizeof((struct s *)0)->field[0],      \
        .stride = sizeof((struct s *)0)->field[0], __VA_ARGS__                           \
    }
#define MLD_ROW_LIST(s, field, number, name, rows, ...)                                 \
    {                                                                                   \
        .key = name, .kind = MLD_LIST, .unit = "", .offset = offsetof(struct s, field), \
        .count_offset = offsetof(struct s, number),                                     \
        .capacity = sizeof((struct s *)0)->field / sizeof((struct s *)0)->field[0],     \
        .stride = sizeof((struct s *)0)->field[0], .table = rows, __VA_ARGS__           \
    }
#define MLD_ROW_WEIGHTS(s, field, present_, name, low, high, range, ...)                        \
    {                                                                                           \
        .key = name, .kind = MLD_WEIGHTS, .unit = "1", .min = low, .max = high,                 \
        .offset = offsetof(struct s, field), .count_offset = present_,                          \
        .capacity = sizeof((struct s *)0)->field / sizeof(double), .domain = range, __VA_ARGS__ \
    }
#define MLD_ROW_GROUP(place, name, rows, ...)                                                   \
    {                                                                                           \
        .key = name, .kind = MLD_GROUP, .unit = "", .offset = place, .table = rows, __VA_ARGS__ \
    }

#endif
