/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From [path][period] to [period][path]: every number in its place, zeros beyond the paths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "core/transpose.h"

/* Rows of `paths` paths, wider than periods and than paths, over what an earlier batch left. */
static void check(int paths, int width, int periods, int stride)
{
    double *source = calloc((size_t)paths * (size_t)stride + 1, sizeof *source);
    double *target = calloc((size_t)periods * (size_t)width, sizeof *target);
    assert_true(source && target);
    for (int i = 0; i < paths * stride; i++)
        source[i] = 1.0 + i;
    for (int i = 0; i < periods * width; i++)
        target[i] = -1.0;
    mld_transpose((struct mld_shape){ paths, periods, stride, width }, source, target);
    for (int t = 0; t < periods; t++)
        for (int path = 0; path < width; path++)
            assert_true(target[t * width + path] == (path < paths ? 1.0 + path * stride + t : 0.0));
    free(source);
    free(target);
}

static void numbers_find_their_places(void **state)
{
    (void)state;
    check(11, 16, 20, 24);
    check(1, 8, 480, 480);
    check(64, 64, 48, 48);
    check(0, 8, 20, 24);
    for (int paths = 0; paths <= 24; paths++)
        check(paths, 24, 7, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(numbers_find_their_places) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
