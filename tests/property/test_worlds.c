/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Worlds (model, section 15): nothing drawn gives the run itself, to the last bit; the order of
 * rows, threads and batches move nothing; a world that is refused is named.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/time.h>

#include "milliard/milliard.h"
#include "support/files.h"
#include "support/run_case.h"

#define HEAD                                                                                      \
    "base = \"" PROJECT_SOURCE "/scenarios/fpci-guaranteed.cfg\";\nname = \"worlds\";\n"          \
    "drop = [ \"sensitivity\" ];\nrun = { paths = 320; };\nuncertainty = { paths_per_world = 8; " \
    "};\n"
#define PD                                                                                        \
    "{ name = \"pd\"; keys = [ \"legal_forms.*.pd\" ]; operation = \"scale\"; low = 0.5; high = " \
    "2.0; %s }"
#define CAP                                                                         \
    "{ name = \"cap\"; keys = [ \"instruments.shares.multiple_cap\" ]; low = 2.5; " \
    "choice_high = \"none\"; %s }"
#define LAW                                                                            \
    "{ name = \"law\"; keys = [ \"factors.dependence\" ]; choice_low = \"gaussian\"; " \
    "choice_high = \"student\"; %s }"

static char folder[FOLDER];

static int begin(void **state)
{
    (void)state;
    make_folder(folder, "worlds");
    return 0;
}

static int end(void **state)
{
    (void)state;
    return remove_folder(folder);
}

static struct run_case case_of(const char *text)
{
    return run_case_of_outcome(outcome_of_text(text, "t.cfg", 0, NULL));
}

static struct mld_uncertain *worlds_of(const struct run_case *run, int threads, int batch)
{
    char output[FOLDER + 16];
    const struct mld_run_options options = { .threads = threads, .batch = batch };
    struct mld_uncertain *uncertain = NULL;
    struct mld_messages messages;
    mld_messages_init(&messages);
    snprintf(output, sizeof output, "%s/w.h5", folder);
    enum mld_status status = mld_run_worlds(run->plan, run->scenario, &options, output, &uncertain,
                                            &messages);
    if (status != MLD_OK)
        fail_msg("%d: %s", (int)status, messages.count ? messages.text[0] : "");
    mld_messages_clear(&messages);
    return uncertain;
}

/* 1 when all measures have the same bits in both: what depends on worlds too. */
static int same_worlds(const struct mld_uncertain *a, const struct mld_uncertain *b)
{
    size_t n = (size_t)mld_measure_count();
    int same = 1;
    for (int d = 0; d < a->designs; d++)
        same &= !memcmp(a->measure[d], b->measure[d], n * sizeof *a->measure[d]) &&
                !memcmp(a->mean[d], b->mean[d], n * a->worlds * sizeof(double)) &&
                !memcmp(a->split[d], b->split[d], n * sizeof *a->split[d]);
    return same;
}

static void nothing_drawn_is_the_run_itself(void **state)
{
    char text[2048];
    (void)state;
    snprintf(text, sizeof text, HEAD "sensitivity = ( " PD ", " CAP ", " LAW " );\n",
             "law = \"fixed\";", "law = \"fixed\";", "law = \"fixed\";");
    struct run_case run = case_of(text);
    run_case_run(&run, 1, 0);
    struct mld_uncertain *worlds = worlds_of(&run, 1, 0);
    assert_int_equal(run.paths, 320);
    for (int d = 0; d < run.designs; d++)
        for (int i = 0; i < mld_measure_count(); i++) {
            const struct mld_statistics *a = &run.summary.measure[d][i],
                                        *b = &worlds->measure[d][i];
            assert_int_equal(a->count, b->count);
            if (!a->count)
                continue;
            assert_memory_equal(&a->mean, &b->mean, sizeof a->mean);
            assert_memory_equal(&a->sd, &b->sd, sizeof a->sd);
            assert_memory_equal(a->quantile, b->quantile, sizeof a->quantile);
            assert_memory_equal(&a->minimum, &b->minimum, sizeof a->minimum);
            assert_memory_equal(&a->shortfall, &b->shortfall, sizeof a->shortfall);
        }
    assert_memory_equal(run.summary.dotation, worlds->dotation, 2 * sizeof *worlds->dotation);
    mld_uncertain_free(worlds);
    run_case_end(&run);
}

static void the_order_of_rows_threads_and_batches_move_nothing(void **state)
{
    char text[2048];
    (void)state;
    snprintf(text, sizeof text,
             HEAD "sensitivity = ( " PD ", " CAP ", " LAW " );\nrank_correlations = ( { first = "
                  "\"pd\"; second = \"cap\"; value = -0.6; } );\n",
             "", "", "probabilities = [ 0.7, 0.3 ];");
    struct run_case run = case_of(text);
    struct mld_uncertain *worlds = worlds_of(&run, 1, 0), *others = worlds_of(&run, 3, 8);
    assert_true(same_worlds(worlds, others));
    mld_uncertain_free(others);
    run_case_end(&run);
    snprintf(text, sizeof text,
             HEAD "sensitivity = ( " LAW ", " CAP ", " PD " );\nrank_correlations = ( { first = "
                  "\"cap\"; second = \"pd\"; value = -0.6; } );\n",
             "probabilities = [ 0.7, 0.3 ];", "", "");
    run = case_of(text);
    others = worlds_of(&run, 2, 0);
    assert_true(same_worlds(worlds, others));
    mld_uncertain_free(others);
    mld_uncertain_free(worlds);
    run_case_end(&run);
}

/* Spearman's correlation of 40 worlds' ranks is known to 0.13. */
static void ranks_are_tied_together(void **state)
{
    char text[2048];
    (void)state;
    snprintf(text, sizeof text,
             HEAD "sensitivity = ( " PD ", " CAP " );\nrank_correlations = ( { first = \"pd\"; "
                  "second = \"cap\"; value = -0.6; } );\n",
             "", "");
    struct run_case run = case_of(text);
    struct mld_judgements *judgements = NULL;
    struct mld_worlds *worlds = NULL;
    double sum = 0;
    enum { WORLDS = 20000 };
    assert_int_equal(mld_scenario_sensitivities(run.scenario, &judgements, NULL), MLD_OK);
    assert_int_equal(mld_worlds_create(run.scenario, judgements, 5, &worlds, NULL), MLD_OK);
    for (uint32_t w = 0; w < WORLDS; w++) {
        double own[2], u[2];
        mld_worlds_draw(worlds, w, 0, own, u);
        sum += 12 * (u[0] - 0.5) * (u[1] - 0.5) / WORLDS;
    }
    if (!(sum > -0.63 && sum < -0.57)) /* six standard errors */
        fail_msg("rank correlation %g instead of -0.6", sum);
    mld_worlds_free(worlds);
    free(judgements);
    run_case_end(&run);
}

/* A mean recovery of 0.30 less 0.5 would be below 0: it is kept at 0.02, and its sd lowered. */
static void recoveries_are_kept_and_counted(void **state)
{
    (void)state;
    struct run_case run = case_of(
        HEAD "sensitivity = ( { name = \"r\"; keys = [ "
             "\"instruments.bond.resolutions.*.recovery_mean\" ]; operation = \"add\"; low = -0.5; "
             "high = 0.5; } );\n");
    struct mld_judgements *judgements = NULL;
    struct mld_worlds *worlds = NULL;
    struct mld_scenario *world = NULL;
    struct mld_plan *plan = NULL;
    struct mld_world_kept kept = { 0 };
    const double u = 0.01;
    assert_int_equal(mld_scenario_sensitivities(run.scenario, &judgements, NULL), MLD_OK);
    assert_int_equal(mld_worlds_create(run.scenario, judgements, 5, &worlds, NULL), MLD_OK);
    assert_int_equal(mld_worlds_scenario(worlds, &u, &kept, &world, NULL), MLD_OK);
    assert_true(kept.means == 1 && kept.sds == 1); /* √(0.9 × 0.02 × 0.98) = 0.133 < 0.20 */
    assert_int_equal(mld_scenario_plan(world, &plan, NULL), MLD_OK);
    mld_plan_clear(plan);
    free(plan);
    mld_scenario_free(world);
    mld_worlds_free(worlds);
    free(judgements);
    run_case_end(&run);
}

static void a_world_that_is_refused_is_named(void **state)
{
    char output[FOLDER + 16];
    const struct mld_run_options options = { .threads = 1 };
    struct mld_uncertain *uncertain = NULL;
    struct mld_messages messages;
    (void)state;
    struct run_case run = case_of(
        HEAD
        "sensitivity = ( { name = \"carry\"; keys = [ \"fund.carry\" ]; low = 0.1; high = 3.0; "
        "law = \"uniform\"; } );\n");
    mld_messages_init(&messages);
    snprintf(output, sizeof output, "%s/w.h5", folder);
    assert_int_equal(mld_run_worlds(run.plan, run.scenario, &options, output, &uncertain,
                                    &messages),
                     MLD_ERR_INPUT);
    assert_null(uncertain);
    assert_true(messages.count > 0);
    if (!strstr(messages.text[0], "world ") || !strstr(messages.text[0], "is refused: ") ||
        !strstr(messages.text[0], "fund.carry"))
        fail_msg("%s", messages.text[0]);
    mld_messages_clear(&messages);
    run_case_end(&run);
}

static void too_few_worlds_are_refused(void **state)
{
    const struct mld_run_options options = { .threads = 1 };
    struct mld_uncertain *uncertain = NULL;
    struct mld_messages messages;
    (void)state;
    const char *const set[] = { "run.paths=312" };
    struct run_case run = run_case_of_outcome(outcome_of_text(HEAD "sensitivity = ();\n", "t.cfg",
                                                              1, set));
    mld_messages_init(&messages);
    assert_int_equal(mld_run_worlds(run.plan, run.scenario, &options, "w.h5", &uncertain,
                                    &messages),
                     MLD_ERR_INPUT);
    assert_non_null(strstr(messages.text[0], "at least 40 are needed"));
    mld_messages_clear(&messages);
    run_case_end(&run);
}

static volatile sig_atomic_t stop;

static void stop_now(int signal_number)
{
    (void)signal_number;
    stop = 1;
}

/* In the first worlds, which take seconds: they end at once, before any of them is told as done. */
static void worlds_end_when_they_are_interrupted(void **state)
{
    char output[FOLDER + 16];
    const struct mld_run_options options = { .threads = 1, .stop = &stop };
    const struct itimerval soon = { .it_value = { .tv_usec = 50000 } };
    struct mld_uncertain *uncertain = NULL;
    struct mld_messages messages;
    (void)state;
    const char *const set[] = { "run.paths=163840", "uncertainty.paths_per_world=4096" };
    struct run_case run = run_case_of_outcome(
        outcome_of_text(HEAD "sensitivity = ( { name = \"pd\"; keys = [ \"legal_forms.*.pd\" ]; "
                             "operation = \"scale\"; low = 0.5; high = 2.0; } );\n",
                        "t.cfg", 2, set));
    mld_messages_init(&messages);
    snprintf(output, sizeof output, "%s/w.h5", folder);
    signal(SIGALRM, stop_now);
    setitimer(ITIMER_REAL, &soon, NULL);
    assert_int_equal(mld_run_worlds(run.plan, run.scenario, &options, output, &uncertain,
                                    &messages),
                     MLD_INTERRUPTED);
    assert_null(uncertain);
    assert_int_equal(messages.count, 0);
    mld_messages_clear(&messages);
    run_case_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_drawn_is_the_run_itself),
        cmocka_unit_test(the_order_of_rows_threads_and_batches_move_nothing),
        cmocka_unit_test(ranks_are_tied_together),
        cmocka_unit_test(recoveries_are_kept_and_counted),
        cmocka_unit_test(a_world_that_is_refused_is_named),
        cmocka_unit_test(too_few_worlds_are_refused),
        cmocka_unit_test(worlds_end_when_they_are_interrupted),
    };
    return cmocka_run_group_tests_name("Worlds", tests, begin, end);
}
