/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Whether two batches of covers count the same, to the last bit. */
#ifndef TEST_SUPPORT_SAME_COVERS_H
#define TEST_SUPPORT_SAME_COVERS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "milliard/cover.h"

/** Rows of a cover, by name. */
enum { COVER_ROWS = 6 };
struct cover_row {
    const char *name;
    const double *values;
};
static inline void cover_rows(const struct mld_cover_rows *rows, struct cover_row out[COVER_ROWS])
{
    const struct cover_row all[COVER_ROWS] = { { "exposure", rows->exposure },
                                               { "made", rows->made },
                                               { "gain", rows->gain },
                                               { "fee_base", rows->fee_base },
                                               { "covered_loss", rows->covered_loss },
                                               { "loss_made", rows->loss_made } };
    memcpy(out, all, sizeof all);
}

/** Cover `i` of one counts as cover `j` of another; `number` is that of the case, for who reads. */
static inline void assert_same_cover(int number, const struct mld_covers *a, int i,
                                     const struct mld_covers *b, int j)
{
    struct cover_row x[COVER_ROWS], y[COVER_ROWS];
    size_t row = (size_t)a->width * sizeof(double);
    assert_true(a->width == b->width && a->periods == b->periods);
    cover_rows(&a->rows[i], x);
    cover_rows(&b->rows[j], y);
    for (int k = 0; k < COVER_ROWS; k++)
        if (memcmp(x[k].values, y[k].values, row * (size_t)a->periods))
            fail_msg("case %d: %s differs", number, x[k].name);
    assert_memory_equal(a->rows[i].volume, b->rows[j].volume, row);
}

static inline void assert_same_covers(int number, const struct mld_covers *a,
                                      const struct mld_covers *b)
{
    assert_true(a->n == b->n && a->n_grants == b->n_grants);
    for (int i = 0; i < a->n; i++)
        assert_same_cover(number, a, i, b, i);
}

#endif
