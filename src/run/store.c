/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/store.h"

#include <string.h>

const struct mld_part *mld_store_part(const struct mld_store *store, uint32_t segment)
{
    const struct mld_part *part = store->part;
    while (segment >= part->first + part->whole)
        part++;
    return part;
}

enum mld_status mld_store_read(const struct mld_store *store, int design, int measure, size_t first,
                               size_t n, double *value)
{
    int column = mld_columns_slot(store->columns, design, measure);
    const double *from = NULL;
    if (store->tail && first >= store->tail_first)
        from = store->tail + (size_t)column * MLD_SEGMENT + (first - store->tail_first);
    else if (store->memory)
        from = store->memory + (size_t)column * store->room + first;
    if (from) {
        memcpy(value, from, n * sizeof(double));
        return MLD_OK;
    }
    const struct mld_part *part = mld_store_part(store, (uint32_t)(first / MLD_SEGMENT));
    return mld_part_column(part, column, (uint32_t)first, (uint32_t)n, value) ? MLD_ERR_FILE
                                                                              : MLD_OK;
}

enum mld_status mld_store_column(const struct mld_store *store, int design, int measure,
                                 double *value)
{
    enum mld_status status = MLD_OK;
    for (size_t first = 0; status == MLD_OK && first < store->paths; first += MLD_SEGMENT) {
        size_t left = store->paths - first, n = left < MLD_SEGMENT ? left : MLD_SEGMENT;
        status = mld_store_read(store, design, measure, first, n, value + first);
    }
    return status;
}
