/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A program of one's own: reads a scenario, runs it without a results file, and prints what class A
 * may expect.
 *
 *     cc simulate.c $(pkg-config --cflags --libs milliard) -o simulate
 *     ./simulate fpci-reference.cfg
 *
 * It compiles as C and as C++.
 */
#include <milliard/milliard.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum mld_status simulate(const struct mld_plan *plan, struct mld_messages *messages)
{
    struct mld_run_options options;
    struct mld_summary summary;
    struct mld_run_result result;
    memset(&options, 0, sizeof options); /* all threads, no progress */
    enum mld_status status = mld_run(plan, NULL, &options, NULL, &summary, &result, messages);
    for (int design = 0; status == MLD_OK && design < summary.designs; design++) {
        const struct mld_statistics *irr = &summary.measure[design][mld_measure_named("net_irr_a")];
        printf("%s, %u paths: net IRR of class A %.2f %% ± %.2f\n", mld_design_names[design],
               (unsigned)result.paths, 100 * irr->mean, 100 * irr->mean_error);
    }
    mld_summary_clear(&summary);
    return status;
}

int main(int argc, char **argv)
{
    static const char *const set[] = { "run.paths=2000" };
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    struct mld_messages messages;
    if (argc != 2) {
        fprintf(stderr, "usage: %s SCENARIO\n", argv[0]);
        return MLD_ERR_USAGE;
    }
    mld_messages_init(&messages);
    enum mld_status status = mld_scenario_load(argv[1], 1, set, &scenario, &messages);
    if (status == MLD_OK)
        status = mld_scenario_plan(scenario, &plan, &messages);
    if (status == MLD_OK)
        status = simulate(plan, &messages);
    /* every mistake of the scenario, with its file and line */
    for (size_t i = 0; i < messages.count; i++)
        fprintf(stderr, "%s\n", messages.text[i]);
    mld_plan_clear(plan);
    free(plan);
    mld_scenario_free(scenario);
    mld_messages_clear(&messages);
    return (int)status;
}
