/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a scenario: they are refused with a message, or give a plan that is written out and
 * reads back.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/scenario.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* In the folder of the shipped scenarios, so that a `base` of theirs is found. */
static const char name[] = PROJECT_SOURCE "/scenarios/fuzz.cfg";

static enum mld_status plan_of(const char *text, struct mld_scenario **scenario,
                               struct mld_messages *messages)
{
    struct mld_plan *plan = NULL;
    enum mld_status status = mld_scenario_parse(text, name, 0, NULL, scenario, messages);
    if (!status)
        status = mld_scenario_plan(*scenario, &plan, messages);
    mld_plan_clear(plan);
    free(plan);
    return status;
}

static void write_out(const struct mld_scenario *scenario)
{
    struct mld_scenario *again = NULL;
    char *explained = mld_scenario_explain(scenario);
    char *text = mld_scenario_text(scenario);
    assert(explained && text);
    enum mld_status status = plan_of(text, &again, NULL);
    assert(status == MLD_OK);
    mld_scenario_free(again);
    free(text);
    free(explained);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mld_scenario *scenario = NULL;
    struct mld_messages messages;
    mld_messages_init(&messages);
    char *text = malloc(size + 1);
    memcpy(text, data, size);
    text[size] = '\0';
    enum mld_status status = plan_of(text, &scenario, &messages);
    assert(status == MLD_OK || messages.count > 0);
    if (status == MLD_OK)
        write_out(scenario);
    free(text);
    mld_scenario_free(scenario);
    mld_messages_clear(&messages);
    return 0;
}
