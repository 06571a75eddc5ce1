/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard check: read a scenario, report every mistake, and say what a run will need. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"

/* The text of the language; both are formats of the same arguments. */
__attribute__((format_arg(2), format_arg(3))) static const char *say(
    int french, const char *in_french, const char *english)
{
    return french ? in_french : english;
}

/* What run.precision asks for, and when it will be met, from a first look at its errors. */
static int print_forecast(const struct mld_plan *plan, const struct mld_precision *precision,
                          double forecast, int french)
{
    double paths = plan->paths, most = plan->run.paths_at_most;
    while (paths < forecast && paths < most)
        paths = paths <= most / 2 ? 2 * paths : most;
    for (int i = 0; i < plan->run.n_precisions; i++)
        cli_print(stdout,
                  say(french,
                      "  précision    %s à %g près ; %.3g avec les premières trajectoires\n",
                      "  precision    %s within %g; %.3g with the first paths\n"),
                  precision[i].statistic.name, precision[i].wanted, precision[i].error);
    if (forecast > most)
        cli_print(stdout,
                  say(french,
                      "  prévision    NON atteinte avec %.0f trajectoires, le plus permis\n",
                      "  forecast     NOT met with %.0f paths, the most it may take\n"),
                  most);
    else
        cli_print(
            stdout,
            say(french,
                "  prévision    atteinte avec quelque %.2g trajectoires : un calcul de %.0f\n",
                "  forecast     met with some %.2g paths: a run of %.0f\n"),
            forecast, paths);
    return MLD_OK;
}

static int look_at_precision(const struct mld_plan *plan, long threads, int french)
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
        code = print_forecast(plan, precision, forecast, french);
    free(precision);
    return code;
}

static int print_needs(const struct mld_plan *plan, const struct mld_scenario *scenario,
                       const struct cli_inputs *inputs)
{
    struct mld_needs needs;
    enum mld_status status = mld_run_needs(plan, scenario, (int)inputs->threads, &needs);
    int french = inputs->french;
    if (status != MLD_OK) {
        cli_complain("this run would need more memory than there is");
        return (int)status;
    }
    cli_print(stdout, say(french, "%s : aucune erreur", "%s: no mistake found"), plan->name);
    if (plan->warnings.count)
        printf(say(french, ", %zu avertissement%s", ", %zu warning%s"), plan->warnings.count,
               plan->warnings.count > 1 ? "s" : "");
    putchar('\n');
    printf(say(french, "  périodes     %d (%d par an), dernière %d\n",
               "  periods      %d (%d a year), last %d\n"),
           plan->model.grid.periods, plan->model.grid.periods_per_year, plan->model.grid.last);
    printf(say(french, "  dossiers     %d au plus par trajectoire\n",
               "  deals a path %d at most\n"),
           plan->model.max_deals);
    printf(say(french, "  trajectoires %u, graine %llu, %d montage%s\n",
               "  paths        %u, seed %llu, %d design%s\n"),
           plan->paths, (unsigned long long)plan->model.seed, plan->n_designs,
           plan->n_designs > 1 ? "s" : "");
    printf(say(french, "  mémoire      environ %.0f Mo\n", "  memory       about %.0f MB\n"),
           needs.memory / 1e6);
    printf(say(french, "  disque       environ %.0f Mo, et %.0f Mo de plus pendant le calcul\n",
               "  disk         about %.0f MB, and %.0f MB more while it runs\n"),
           needs.disk / 1e6, needs.passing / 1e6);
    return MLD_OK;
}

int cli_check(const struct cli_command *command, int argc, char **argv)
{
    struct cli_inputs inputs = { 0 };
    const char *language = NULL;
    int option;
    while ((option = cli_option(command, argc, argv)) != -1)
        switch (option) {
        case 'n':
        case 't':
        case CLI_SET:
            if (!cli_take_input(&inputs, option, optarg))
                return MLD_ERR_USAGE;
            break;
        case 'l': language = optarg; break;
        default: return cli_end(command, option);
        }
    language = cli_language(language);
    if (optind != argc - 1 || !language)
        return cli_usage_error(command);
    inputs.french = language[0] == 'f';
    inputs.scenario = argv[optind];
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    int code = cli_load(&inputs, &scenario, &plan);
    if (code == MLD_OK)
        code = print_needs(plan, scenario, &inputs);
    if (code == MLD_OK)
        code = cli_check_worlds(scenario, plan);
    if (code == MLD_OK && plan->run.n_precisions)
        code = look_at_precision(plan, inputs.threads, inputs.french);
    cli_unload(scenario, plan);
    return code;
}
