/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard check: read a scenario, report every mistake, and say what a run will need. */
#include <getopt.h>
#include <stdio.h>

#include "cli/cli.h"

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
    cli_unload(scenario, plan);
    return code;
}
