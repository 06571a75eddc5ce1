/* SPDX-License-Identifier: GPL-3.0-or-later */
/* solve on as many paths as a team would ask: what a bisection around run finds. */
#include "support/solving.h"

#define MANY "run.paths=20000"

static const struct solving questions[] = {
    { "fpci-guaranteed", "guarantee.layers.state.quotite", 0.2, 1, "loss_a <= 0.15", MANY },
    { "fpci-guaranteed", "fund.management_fee,fund.management_fee_after", 0, 0.03, "loss_a <= 0.15",
      MANY },
    { "fpci-guaranteed", "guarantee.dotation[0].amount", 5e6, 4e7, "exhausted <= 0.05", MANY },
    { "fpci-guaranteed", "guarantee.moral_hazard", 1, 2, "net_irr_a.p05 <= base - 0.005", MANY },
    { "scheme-national", "guarantee.layers.state.quotite", 0.2, 0.8, "dotation_needed.p95 <= 9e7",
      "run.paths=4096" },
};

static void is_what_a_bisection_finds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        assert_int_equal(assert_solved(&questions[i]), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(is_what_a_bisection_finds) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
