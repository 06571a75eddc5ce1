/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/transpose.h"

#include <stddef.h>

enum { BLOCK = 8 };

static int rows_in_block(struct mld_shape shape, int first)
{
    int rows = shape.paths - first;
    return rows < 0 ? 0 : rows < BLOCK ? rows : BLOCK;
}

void mld_transpose(struct mld_shape shape, const double *restrict source, double *restrict target)
{
    for (int first = 0; first < shape.width; first += BLOCK) {
        int rows = rows_in_block(shape, first);
        const double *block = source + (size_t)first * (size_t)shape.stride;
        for (int t = 0; t < shape.periods; t++) {
            double *line = target + (size_t)t * (size_t)shape.width + first;
            for (int i = 0; i < BLOCK; i++)
                line[i] = i < rows ? block[(size_t)i * (size_t)shape.stride + (size_t)t] : 0.0;
        }
    }
}
