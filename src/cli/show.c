/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard show: the summary of a results file as a person wants to read it, or as JSON. */
#include <getopt.h>
#include <stdio.h>

#include "cli/cli.h"
#include "milliard/report.h"

int cli_show(const struct cli_command *command, int argc, char **argv)
{
    const char *language = NULL;
    enum { SUMMARY, JSON, SCENARIO } what = SUMMARY;
    int option;
    while ((option = cli_option(command, argc, argv)) != -1)
        switch (option) {
        case 'j': what = JSON; break;
        case 's': what = SCENARIO; break;
        case 'l': language = optarg; break;
        default: return cli_end(command, option);
        }
    language = cli_language(language);
    if (optind != argc - 1 || !language)
        return cli_usage_error(command);
    struct mld_messages messages;
    mld_messages_init(&messages);
    struct mld_results *results = NULL;
    enum mld_status status = mld_results_open(argv[optind], &results, &messages);
    if (status == MLD_OK && what == SCENARIO)
        fputs(mld_results_scenario_text(results), stdout);
    else if (status == MLD_OK)
        status = what == JSON ? mld_report_json(stdout, results)
                              : mld_report_show(stdout, results, language, 0);
    cli_print_messages(&messages);
    cli_print_refusal(results);
    mld_messages_clear(&messages);
    mld_results_close(results);
    return (int)status;
}
