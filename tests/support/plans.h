/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Plans for tests: the reference scenario as tests/data/scenario/base.cfg keeps it, with some keys
 * set. A mistake in a scenario ends the test with its messages.
 */
#ifndef MILLIARD_TESTS_PLANS_H
#define MILLIARD_TESTS_PLANS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "support/outcome.h"

/** The plan alone, of a scenario that must have no mistake. */
static inline struct mld_plan *plan_of_outcome(struct outcome outcome)
{
    outcome_tell(&outcome);
    assert_int_equal(outcome.status, MLD_OK);
    mld_scenario_free(outcome.scenario);
    mld_messages_clear(&outcome.messages);
    return outcome.plan;
}

/** Plan of `text` laid on the reference scenario, which its keys override. */
static inline struct mld_plan *plan_with(const char *text)
{
    char whole[8192];
    snprintf(whole, sizeof whole, "base = \"base.cfg\";\n%s", text);
    return plan_of_outcome(outcome_of_text(whole, TEST_DATA "/scenario/variant.cfg", 0, NULL));
}

static inline void release_plan(struct mld_plan *plan)
{
    mld_plan_clear(plan);
    free(plan);
}

/** 1 when two arrays have the same bits; NaN equals NaN of the same bits. */
static inline int same_bits(const void *a, const void *b, size_t bytes)
{
    return memcmp(a, b, bytes) == 0;
}

#endif
