/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Plans for tests: the reference scenario as tests/data/scenario/base.cfg keeps it, with some keys set.
 * A mistake in a scenario ends the test with its messages.
 */
#ifndef MILLIARD_TESTS_PLANS_H
#define MILLIARD_TESTS_PLANS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/scenario.h"

/** Plan of `text` laid on the reference scenario, which its keys override. */
static struct mld_plan *plan_with(const char *text)
{
    char whole[8192];
    struct mld_messages messages;
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    mld_messages_init(&messages);
    snprintf(whole, sizeof whole, "base = \"base.cfg\";\n%s", text);
    enum mld_status status = mld_scenario_parse(whole, TEST_DATA "/scenario/variant.cfg", 0, NULL, &scenario, &messages);
    if (status == MLD_OK)
        status = mld_scenario_plan(scenario, &plan, &messages);
    for (size_t i = 0; i < messages.count; i++)
        fprintf(stderr, "%s\n", messages.text[i]);
    assert_int_equal(status, MLD_OK);
    mld_scenario_free(scenario);
    mld_messages_clear(&messages);
    return plan;
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
