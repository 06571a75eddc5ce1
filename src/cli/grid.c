/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard grid: a study from the command line. */
#include <getopt.h>
#include <stdio.h>

#include "cli/cli.h"

struct grid {
    struct cli_study_asked asked;
    int n_vary, n_measure;
    const char *vary[MLD_MAX_AXES], *measure[MLD_MAX_STATISTICS];
};

/* The next of the texts of an option; 0, and says so, when there are too many. */
static int add(const char *option, const char **list, int *n, int most)
{
    if (*n == most) {
        cli_complain("more than %d %s", most, option);
        return 0;
    }
    list[(*n)++] = optarg;
    return 1;
}

static int load_and_simulate(const struct grid *grid)
{
    const struct cli_inputs *inputs = &grid->asked.common.inputs;
    struct mld_scenario *scenario = NULL;
    struct mld_study *study = NULL;
    struct mld_messages messages;
    mld_messages_init(&messages);
    int code = (int)mld_scenario_load(inputs->scenario, inputs->n_set, inputs->set, &scenario,
                                      &messages);
    if (code == MLD_OK)
        code = (int)mld_study_quick(scenario, grid->n_vary, grid->vary, grid->n_measure,
                                    grid->measure, &study, &messages);
    if (code != MLD_OK)
        mld_scenario_free(scenario);
    cli_print_messages(&messages);
    if (code != MLD_OK && messages.count == 0)
        cli_complain("%s: %s", inputs->scenario, mld_status_text((enum mld_status)code));
    mld_messages_clear(&messages);
    return code == MLD_OK ? cli_simulate_study(study, &grid->asked) : code;
}

static int take(void *own, int option, int argc, char **argv)
{
    struct grid *grid = own;
    (void)argc, (void)argv;
    return option == CLI_VARY
               ? add("--vary", grid->vary, &grid->n_vary, MLD_MAX_AXES)
               : add("--measure", grid->measure, &grid->n_measure, MLD_MAX_STATISTICS);
}

int cli_grid(const struct cli_command *command, int argc, char **argv)
{
    struct grid grid = { .n_vary = 0 };
    struct cli_asked *common = &grid.asked.common;
    char usual[MLD_PATH_SIZE];
    int code;
    cli_catch_signals();
    if (!cli_read_options(command, argc, argv, common, take, &grid, &code))
        return code;
    if (!grid.n_vary)
        return cli_usage_error(command);
    cli_usual_output(common->inputs.scenario, "-grid", usual, sizeof usual);
    common->output = common->output ? common->output : usual;
    return load_and_simulate(&grid);
}
