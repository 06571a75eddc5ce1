/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard check: read a scenario, report every mistake, and say what a run will need. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"

/* What run.precision asks for, and when it will be met, from a first look at its errors. */
static int print_forecast(const struct mld_plan *plan, const struct mld_precision *precision,
                          double forecast)
{
    double paths = plan->paths, most = plan->run.paths_at_most;
    while (paths < forecast && paths < most)
        paths = paths <= most / 2 ? 2 * paths : most;
    for (int i = 0; i < plan->run.n_precisions; i++)
        cli_print(stdout, "  precision    %s within %g; %.3g with the first paths\n",
                  precision[i].statistic.name, precision[i].wanted, precision[i].error);
    if (forecast > most)
        cli_print(stdout, "  forecast     NOT met with %.0f paths, the most it may take\n", most);
    else
        cli_print(stdout, "  forecast     met with some %.2g paths: a run of %.0f\n", forecast,
                  paths);
    return MLD_OK;
}

static int look_at_precision(const struct mld_plan *plan, long threads)
{
    const struct mld_precision_options options = { .threads = (int)threads };
    struct mld_messages messages;
    double forecast;
    struct mld_precision *precision = calloc(MLD_MAX_PRECISIONS, sizeof *precision);
    if (!precision) {
        cli_complain("%s", mld_status_text(MLD_ERR_MEMORY));
        return MLD_ERR_MEMORY;
    }
    mld_messages_init(&messages);
    int code = (int)mld_precision_read_plan(plan, precision, &messages);
    if (code == MLD_OK)
        code = (int)mld_precision_forecast(plan, plan->run.n_precisions, precision, &options,
                                           &forecast, &messages);
    cli_print_messages(&messages);
    if (code != MLD_OK && messages.count == 0)
        cli_complain("%s", mld_status_text((enum mld_status)code));
    mld_messages_clear(&messages);
    if (code == MLD_OK)
        code = print_forecast(plan, precision, forecast);
    free(precision);
    return code;
}

static int print_needs(const struct mld_plan *plan, const struct mld_scenario *scenario,
                       long threads)
{
    struct mld_needs needs;
    enum mld_status status = mld_run_needs(plan, scenario, (int)threads, &needs);
    if (status != MLD_OK) {
        cli_complain("this run would need more memory than there is");
        return (int)status;
    }
    cli_print(stdout, "%s: no mistake found", plan->name);
    if (plan->warnings.count)
        printf(", %zu warning%s", plan->warnings.count, plan->warnings.count > 1 ? "s" : "");
    putchar('\n');
    printf("  periods      %d (%d a year), last %d\n", plan->model.grid.periods,
           plan->model.grid.periods_per_year, plan->model.grid.last);
    printf("  deals a path %d at most\n", plan->model.max_deals);
    printf("  paths        %u, seed %llu, %d design%s\n", plan->paths,
           (unsigned long long)plan->model.seed, plan->n_designs, plan->n_designs > 1 ? "s" : "");
    printf("  memory       about %.0f MB\n", needs.memory / 1e6);
    printf("  disk         about %.0f MB, and %.0f MB more while it runs\n", needs.disk / 1e6,
           needs.passing / 1e6);
    return MLD_OK;
}

int cli_check(const struct cli_command *command, int argc, char **argv)
{
    struct cli_inputs inputs = { 0 };
    int option;
    while ((option = cli_option(command, argc, argv)) != -1)
        switch (option) {
        case 'n':
        case 't':
        case CLI_SET:
            if (!cli_take_input(&inputs, option, optarg))
                return MLD_ERR_USAGE;
            break;
        default: return cli_end(command, option);
        }
    if (optind != argc - 1)
        return cli_usage_error(command);
    inputs.scenario = argv[optind];
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    int code = cli_load(&inputs, &scenario, &plan);
    if (code == MLD_OK)
        code = print_needs(plan, scenario, inputs.threads);
    if (code == MLD_OK)
        code = cli_check_worlds(scenario, plan);
    if (code == MLD_OK && plan->run.n_precisions)
        code = look_at_precision(plan, inputs.threads);
    cli_unload(scenario, plan);
    return code;
}
