/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "params/rows.h"

#include "params/names.h"
#include "params/tree.h"

#include <string.h>

int mld_kind_named(const struct mld_kinds *kinds, const char *name)
{
    for (int i = 0; kinds->name(i); i++)
        if (!strcmp(kinds->name(i), name))
            return i;
    return -1;
}

struct mld_rows mld_rows_of(const struct mld_param *map, const char *name)
{
    int kind = map->kinds ? mld_kind_named(map->kinds, name) : -1;
    return (struct mld_rows){ .table = map->table,
                              .own = kind < 0 ? NULL : map->kinds->rows(kind) };
}

struct mld_rows mld_rows_of_item(const struct mld_param *list, const struct mld_node *item)
{
    const char *first = list->table->key;
    const struct mld_node *said = list->kinds && item->kind == MLD_NODE_GROUP
                                      ? mld_node_child(item, first, strlen(first))
                                      : NULL;
    const char *kind = said && said->kind == MLD_NODE_TEXT ? said->text : "";
    struct mld_rows rows = mld_rows_of(list, kind);
    rows.kinds = list->kinds;
    rows.kind = kind;
    rows.lacks = list->lacks ? list->lacks(item) : 0;
    return rows;
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

const struct mld_param *mld_row_of_any(const struct mld_kinds *kinds, const char *key,
                                       size_t length)
{
    const struct mld_param *found = NULL;
    for (int i = 0; !found && kinds->name(i); i++)
        found = row_in(kinds->rows(i), key, length);
    return found;
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
