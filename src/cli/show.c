/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard show: the summary of a results file as a person wants to read it, or as JSON. */
#include <getopt.h>
#include <stdio.h>

#include "cli/cli.h"
#include "milliard/report.h"

static int show(int argc, char **argv)
{
    static const struct option options[] = { { "json", no_argument, NULL, 'j' },
                                             { "scenario", no_argument, NULL, 's' },
                                             { "lang", required_argument, NULL, 'l' },
                                             { "help", no_argument, NULL, 'h' },
                                             { NULL, 0, NULL, 0 } };
    const char *language = NULL;
    enum { SUMMARY, JSON, SCENARIO } what = SUMMARY;
    int option;
    while ((option = getopt_long(argc, argv, "jsl:h", options, NULL)) != -1)
        switch (option) {
        case 'j': what = JSON; break;
        case 's': what = SCENARIO; break;
        case 'l': language = optarg; break;
        case 'h': cli_print_help(&cli_show); return 0;
        default: return cli_usage_error(&cli_show);
        }
    language = cli_language(language);
    if (optind != argc - 1 || !language)
        return cli_usage_error(&cli_show);
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
    mld_messages_clear(&messages);
    mld_results_close(results);
    return (int)status;
}

const struct cli_command cli_show = {
    "show", "show FILE [--json | --scenario] [--lang en|fr]", "show the summary of a results file",
    "  -j, --json          every statistic as JSON\n"
    "  -s, --scenario      the scenario that the file keeps, bases, overrides and deals included, "
    "to run again\n"
    "  -l, --lang en|fr    language (default: MILLIARD_LANG, else en)\n"
    "  -h, --help          this text\n",
    show
};
