/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard compare: several results files side by side. */
#include <getopt.h>
#include <stdio.h>

#include "cli/cli.h"
#include "milliard/report.h"

enum { MOST_FILES = 8 };

static enum mld_status open_all(int n, char *const *path, struct mld_results **results)
{
    struct mld_messages messages;
    mld_messages_init(&messages);
    enum mld_status status = MLD_OK;
    for (int i = 0; status == MLD_OK && i < n; i++)
        status = mld_results_open(path[i], &results[i], &messages);
    cli_print_messages(&messages);
    mld_messages_clear(&messages);
    return status;
}

static int compare(int argc, char **argv)
{
    static const struct option options[] = { { "lang", required_argument, NULL, 'l' },
                                             { "help", no_argument, NULL, 'h' },
                                             { NULL, 0, NULL, 0 } };
    const char *language = NULL;
    int option;
    while ((option = getopt_long(argc, argv, "l:h", options, NULL)) != -1)
        switch (option) {
        case 'l': language = optarg; break;
        case 'h': cli_print_help(&cli_compare); return 0;
        default: return cli_usage_error(&cli_compare);
        }
    language = cli_language(language);
    int n = argc - optind;
    if (n < 2 || n > MOST_FILES || !language)
        return cli_usage_error(&cli_compare);
    struct mld_results *results[MOST_FILES] = { NULL };
    enum mld_status status = open_all(n, argv + optind, results);
    if (status == MLD_OK)
        status = mld_report_compare(stdout, results, n, language);
    for (int i = 0; i < n; i++)
        mld_results_close(results[i]);
    return (int)status;
}

const struct cli_command cli_compare = {
    "compare", "compare FILE FILE … [--lang en|fr]", "put two to eight results files side by side",
    "Runs that share seed, number of paths and version of the draws are compared path by path: "
    "their differences\n"
    "then have paired errors.\n\n"
    "  -l, --lang en|fr    language (default: MILLIARD_LANG, else en)\n"
    "  -h, --help          this text\n",
    compare
};
