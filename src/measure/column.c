/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of values that are read piece by piece. */
#include <string.h>

#include "milliard/measure.h"

static enum mld_status copy(const void *context, size_t first, size_t count, double *value)
{
    memcpy(value, (const double *)context + first, count * sizeof *value);
    return MLD_OK;
}

struct mld_column mld_column_in_memory(size_t n, const double *value)
{
    return (struct mld_column){ n, copy, value };
}

static enum mld_status subtract(const void *context, size_t first, size_t count, double *value)
{
    const struct mld_column *pair = context;
    double base[MLD_COLUMN_PIECE];
    enum mld_status status = pair[0].read(pair[0].context, first, count, value);
    if (status == MLD_OK)
        status = pair[1].read(pair[1].context, first, count, base);
    for (size_t i = 0; status == MLD_OK && i < count; i++)
        value[i] -= base[i];
    return status;
}

struct mld_column mld_column_difference(const struct mld_column pair[2])
{
    return (struct mld_column){ pair[0].n, subtract, pair };
}
