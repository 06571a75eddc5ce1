/* SPDX-License-Identifier: GPL-3.0-or-later */
/* frontier beside a grid in steps of a hundredth of the volume, on more paths. */
#include "support/frontiers.h"

static void is_as_good_as_every_mix(void **state)
{
    (void)state;
    assert_best("fpci-reference", "run.paths=1000", &of_irr, 55, 0.1);
    assert_best("fpci-guaranteed", "run.paths=512", &of_cost, 55, 0.1);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(is_as_good_as_every_mix) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
