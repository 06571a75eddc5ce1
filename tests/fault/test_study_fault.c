/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A study when memory is short: the k-th allocation of the library fails, for every k until none
 * does. Each time the answer is MLD_ERR_MEMORY, never a crash nor a study.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "study/study.h"
#include "support/short_memory.h"
#include "support/small_scenario.h"

#define SMALL "study-fault-base.cfg"

static enum mld_status use(struct mld_study *study)
{
    struct mld_scenario *varied = NULL;
    enum mld_status status = mld_study_variant(study, study->n_variants - 1, &varied, NULL);
    mld_scenario_free(varied);
    mld_study_free(study);
    return status;
}

/* Every way to give points; `last` is the last value of the second axis. */
static enum mld_status parse(const char *last)
{
    struct mld_study *study = NULL;
    struct mld_messages messages;
    char text[1024];
    snprintf(text, sizeof text,
             "name = \"t\"; base = \"" SMALL "\"; paths = 8; seed = 3;\n"
             "statistics = [ \"loss_a\", \"tvpi.p05\" ];\n"
             "axes = ( { key = \"fund.carry\"; from = 0.1; to = 0.2; count = 2; },\n"
             "{ keys = [ \"fund.hurdle\" ]; values = [ 0.05, %s ]; },\n"
             "{ name = \"p\"; points = ( { label = \"l\"; set = ( { key = \"guarantee.layers\"; "
             "value = ( { name = \"a\"; quotite = 0.25; payout = \"final_loss\"; } ); } ); } ); } "
             ");",
             last);
    mld_messages_init(&messages);
    enum mld_status status = mld_study_parse(text, strlen(text), "study.cfg", 0, NULL, &study,
                                             &messages);
    if (messages.lost)
        status = MLD_ERR_MEMORY;
    mld_messages_clear(&messages);
    return status == MLD_OK ? use(study) : status;
}

static enum mld_status read_well(void) { return parse("0.06"); }
static enum mld_status read_refused(void) { return parse("7.0"); }

static enum mld_status ask(void)
{
    static const char *const vary[] = { "fund.hurdle=0.05,0.06", "fund.carry=0.1:0.2:2" };
    struct mld_study *study = NULL;
    struct mld_scenario *scenario = NULL;
    enum mld_status status = mld_scenario_load(SMALL, 0, NULL, &scenario, NULL);
    if (status != MLD_OK)
        return status;
    status = mld_study_quick(scenario, 2, vary, 0, NULL, &study, NULL);
    if (status == MLD_OK)
        return use(study);
    mld_scenario_free(scenario);
    return status;
}

static void fail_each(enum mld_status (*make)(void), enum mld_status at_last)
{
    long failing = 0;
    for (;; failing++) {
        short_memory_from(failing);
        enum mld_status status = make();
        short_memory_failing = -1;
        if (short_memory_calls <= failing) { /* none was left to fail */
            assert_int_equal(status, at_last);
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

static void study_in_short_memory(void **state)
{
    (void)state;
    fail_each(read_well, MLD_OK);
}

static void refusals_in_short_memory(void **state)
{
    (void)state;
    fail_each(read_refused, MLD_ERR_INPUT);
}

static void question_in_short_memory(void **state)
{
    (void)state;
    fail_each(ask, MLD_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(study_in_short_memory),
                                        cmocka_unit_test(refusals_in_short_memory),
                                        cmocka_unit_test(question_in_short_memory) };
    if (!write_small_scenario(SMALL))
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    remove(SMALL);
    return failed;
}
