/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "params/rows.h"

#include "params/names.h"

#include <string.h>

struct mld_rows mld_rows_of(const struct mld_param *map, const char *name)
{
    return (struct mld_rows){ map->table, map->own ? map->own(name) : NULL };
}

static const struct mld_param *row_in(const struct mld_param *table, const char *key, size_t length)
{
    for (; table && table->key; table++)
        if (strlen(table->key) == length && !memcmp(table->key, key, length))
            return table;
    return NULL;
}

const struct mld_param *mld_row_named(struct mld_rows rows, const char *key, size_t length)
{
    const struct mld_param *row = row_in(rows.table, key, length);
    return row ? row : row_in(rows.own, key, length);
}

static const char *key_at(const void *context, int i)
{
    return ((const struct mld_param *)context)[i].key;
}

const char *mld_param_nearest(const struct mld_param *table, const char *key)
{
    int count = 0;
    while (table[count].key)
        count++;
    return mld_name_nearest(key, count, key_at, table);
}
