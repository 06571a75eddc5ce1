/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard grid: a study from the command line. */
#include <getopt.h>
#include <stdio.h>

#include "cli/cli.h"

struct grid {
    struct cli_inputs inputs;
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
    const struct cli_inputs *inputs = &grid->inputs;
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

static int take(struct grid *grid, int option)
{
    switch (option) {
    case CLI_VARY: return add("--vary", grid->vary, &grid->n_vary, MLD_MAX_AXES);
    case CLI_MEASURE: return add("--measure", grid->measure, &grid->n_measure, MLD_MAX_STATISTICS);
    default: return cli_take_input(&grid->inputs, option, optarg);
    }
}

int cli_grid(const struct cli_command *command, int argc, char **argv)
{
    struct grid grid = { .n_vary = 0 };
    char usual[MLD_PATH_SIZE];
    int option;
    cli_catch_signals();
    while ((option = cli_option(command, argc, argv)) != -1)
        switch (option) {
        case 'o': grid.asked.output = optarg; break;
        case CLI_VARY:
        case CLI_MEASURE:
        case 'n':
        case 's':
        case 't':
        case CLI_SET:
            if (!take(&grid, option))
                return MLD_ERR_USAGE;
            break;
        case 'l': grid.asked.language = optarg; break;
        case 'q': grid.asked.quiet = 1; break;
        default: return cli_end(command, option);
        }
    grid.asked.language = cli_language(grid.asked.language);
    if (optind != argc - 1 || !grid.asked.language || !grid.n_vary)
        return cli_usage_error(command);
    grid.inputs.scenario = argv[optind];
    grid.asked.threads = (int)grid.inputs.threads;
    cli_usual_output(grid.inputs.scenario, "-grid", usual, sizeof usual);
    grid.asked.output = grid.asked.output ? grid.asked.output : usual;
    return load_and_simulate(&grid);
}
