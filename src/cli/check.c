/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard check: read a scenario, report every mistake, and say what a run will need. */
#include <getopt.h>
#include <stdio.h>

#include "cli/cli.h"

static int print_needs(const struct mld_plan *plan, const struct mld_scenario *scenario,
                       long threads)
{
    double memory, disk;
    enum mld_status status = mld_run_needs(plan, scenario, (int)threads, &memory, &disk);
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
    printf("  memory       about %.0f MB\n  disk         about %.0f MB\n", memory / 1e6,
           disk / 1e6);
    return MLD_OK;
}

static int check(int argc, char **argv)
{
    static const struct option options[] = { { "set", required_argument, NULL, 'S' },
                                             { "paths", required_argument, NULL, 'n' },
                                             { "threads", required_argument, NULL, 't' },
                                             { "help", no_argument, NULL, 'h' },
                                             { NULL, 0, NULL, 0 } };
    struct cli_inputs inputs = { 0 };
    long threads = 0;
    int option;
    while ((option = getopt_long(argc, argv, "n:t:h", options, NULL)) != -1)
        switch (option) {
        case 'S':
            if (!cli_add_set(&inputs, optarg))
                return MLD_ERR_USAGE;
            break;
        case 'n':
            if (!cli_add_number(&inputs, inputs.paths, sizeof inputs.paths, "run.paths", optarg))
                return MLD_ERR_USAGE;
            break;
        case 't':
            if (!cli_whole("--threads", optarg, 1, 1024, &threads))
                return MLD_ERR_USAGE;
            break;
        case 'h': cli_print_help(&cli_check); return 0;
        default: return cli_usage_error(&cli_check);
        }
    if (optind != argc - 1)
        return cli_usage_error(&cli_check);
    inputs.scenario = argv[optind];
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    int code = cli_load(&inputs, &scenario, &plan);
    if (code == MLD_OK)
        code = print_needs(plan, scenario, threads);
    cli_unload(scenario, plan);
    return code;
}

const struct cli_command cli_check = {
    "check", "check SCENARIO [--set key=value …] [--paths N] [--threads T]",
    "read a scenario, report every mistake, say what a run needs",
    "      --set key=value override a key; repeat as needed\n"
    "  -n, --paths N       number of paths instead of the scenario's\n"
    "  -t, --threads T     threads of the run (default: all)\n"
    "  -h, --help          this text\n",
    check
};
