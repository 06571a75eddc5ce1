/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The first pass of a plan that waits for it, as `milliard run` makes it. */
#ifndef TESTS_SUPPORT_PRICE_H
#define TESTS_SUPPORT_PRICE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "milliard/first_pass.h"

/** From so many paths. */
static inline void price_of(struct mld_plan *plan, uint32_t paths)
{
    const struct mld_first_pass_options options = { .threads = 2 };
    if (mld_first_pass_needed(plan))
        assert_int_equal(mld_first_pass(plan, paths, &options, NULL), MLD_OK);
}

static inline void price(struct mld_plan *plan) { price_of(plan, plan->paths); }

#endif
