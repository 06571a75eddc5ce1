/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Statistics of a long column when memory is short: the k-th allocation fails, for every k, and it
 * is told. Leaks show under the address sanitizer (scripts/test --long).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "milliard/draws.h"
#include "milliard/measure.h"
#include "support/short_memory.h"

enum { SIZE = 200000 };

static void each_allocation_may_fail(void **state)
{
    (void)state;
    static const double level[2] = { 0.5, 0.95 };
    struct mld_statistics statistics;
    double *value = malloc(SIZE * sizeof *value), quantile[2], low[2], high[2];
    assert_non_null(value);
    /* So close together that they are counted by several digits. */
    for (uint32_t i = 0; i < SIZE; i++)
        value[i] = 1e8 + 1e-3 * mld_draw_normal(1, MLD_STREAM_ISSUER, 1, 1, i);
    enum mld_status status = MLD_ERR_MEMORY;
    long k = 0;
    for (; status != MLD_OK; k++) {
        short_memory_from(k);
        status = mld_statistics_fill(SIZE, value, MLD_TAIL_LOW, &statistics);
        assert_true(status == MLD_ERR_MEMORY || (status == MLD_OK && short_memory_calls <= k));
    }
    assert_in_range(k, 9, 20);
    status = MLD_ERR_MEMORY;
    for (k = 0; status != MLD_OK; k++) {
        short_memory_from(k);
        status = mld_quantiles_fill(SIZE, value, 2, level, quantile, low, high);
        assert_true(status == MLD_ERR_MEMORY || (status == MLD_OK && short_memory_calls <= k));
    }
    short_memory_failing = -1;
    free(value);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(each_allocation_may_fail) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
