/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From file to plan when memory is short: the k-th allocation of the library fails, for every k
 * until none does. Each time the answer is MLD_ERR_MEMORY, never a crash nor a plan.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/outcome.h"
#include "support/short_memory.h"

/*
 * Everything a scenario is asked for; frees all it got. One judgement, for each is tried alike when
 * a scenario is planned.
 */
static enum mld_status use(const char *path)
{
    static const char *const set[] = { "sensitivity=({name=\"pd\";keys=[\"legal_forms.*.pd\"];"
                                       "operation=\"scale\";low=0.5;high=99.0;})" };
    struct mld_scenario *varied = NULL;
    struct mld_judgements *judgements = NULL;
    struct outcome outcome = outcome_of_file(path, 1, set);
    enum mld_status status = outcome.status;
    char *text = status == MLD_OK ? mld_scenario_text(outcome.scenario) : NULL;
    if (status == MLD_OK && !text)
        status = MLD_ERR_MEMORY;
    free(text);
    if (status == MLD_OK)
        status = mld_scenario_sensitivities(outcome.scenario, &judgements, &outcome.messages);
    if (status == MLD_OK)
        status = mld_scenario_vary(outcome.scenario, &judgements->row[0], 0, &varied,
                                   &outcome.messages);
    outcome_tell(&outcome);
    mld_scenario_free(varied);
    free(judgements);
    outcome_clear(&outcome);
    return status;
}

static void fail_each(const char *path)
{
    long failing = 0;
    for (;; failing++) {
        short_memory_from(failing);
        enum mld_status status = use(path);
        short_memory_failing = -1;
        if (short_memory_calls <= failing) { /* none was left to fail */
            assert_int_equal(status, MLD_OK);
            break;
        }
        if (status != MLD_ERR_MEMORY)
            fprintf(stderr, "allocation %ld failed, and the status was %d\n", failing, (int)status);
        assert_int_equal(status, MLD_ERR_MEMORY);
    }
    if (!failing)
        /* a shared library, whose calls the linker does not hand over */
        skip();
    assert_true(failing > 10);
}

static void thesis_in_short_memory(void **state)
{
    (void)state;
    fail_each(PROJECT_SOURCE "/scenarios/fpci-guaranteed.cfg");
}

static void tape_in_short_memory(void **state)
{
    (void)state;
    fail_each(PROJECT_SOURCE "/scenarios/tape-example.cfg");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(thesis_in_short_memory),
                                        cmocka_unit_test(tape_in_short_memory) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
