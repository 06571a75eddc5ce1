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

int cli_compare(const struct cli_command *command, int argc, char **argv)
{
    const char *language = NULL;
    int option;
    while ((option = cli_option(command, argc, argv)) != -1)
        switch (option) {
        case 'l': language = optarg; break;
        default: return cli_end(command, option);
        }
    language = cli_language(language);
    int n = argc - optind;
    if (n < 2 || n > MOST_FILES || !language)
        return cli_usage_error(command);
    struct mld_results *results[MOST_FILES] = { NULL };
    enum mld_status status = open_all(n, argv + optind, results);
    if (status == MLD_OK)
        status = mld_report_compare(stdout, results, n, language);
    for (int i = 0; i < n; i++) {
        cli_print_refusal(results[i]);
        mld_results_close(results[i]);
    }
    return (int)status;
}
