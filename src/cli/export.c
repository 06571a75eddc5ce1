/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard export: a results file as an Excel workbook or as CSV files. */
#include <getopt.h>
#include <string.h>

#include "cli/cli.h"
#include "milliard/export.h"

/* A workbook, with the path that is asked for run again. */
static enum mld_status write_workbook(const struct mld_results *results, const char *asked,
                                      struct mld_export_more *more, const char *xlsx,
                                      const char *language, struct mld_messages *messages)
{
    struct mld_replay *replay = NULL;
    long path;
    enum mld_status status = asked ? cli_path(results, asked, &path) : MLD_OK;
    if (!status && asked)
        status = mld_replay_create(results, (size_t)path, &replay, messages);
    more->replay = replay;
    if (!status)
        status = mld_export_xlsx_more(results, more, xlsx, language, messages);
    mld_replay_free(replay);
    return status;
}

/* The unit that is asked for, or -1. */
static int unit_named(const char *name)
{
    static const char *const names[] = {
        [MLD_IN_EUR] = "eur", [MLD_IN_THOUSANDS] = "keur", [MLD_IN_MILLIONS] = "meur"
    };
    for (int i = 0; i < (int)(sizeof names / sizeof *names); i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

int cli_export(const struct cli_command *command, int argc, char **argv)
{
    const char *language = NULL, *xlsx = NULL, *csv = NULL, *asked = NULL;
    int option, unit = MLD_IN_EUR;
    while ((option = cli_option(command, argc, argv)) != -1)
        switch (option) {
        case 'x': xlsx = optarg; break;
        case 'c': csv = optarg; break;
        case 'l': language = optarg; break;
        case 'p': asked = optarg; break;
        case 'u': unit = unit_named(optarg); break;
        default: return cli_end(command, option);
        }
    language = cli_language(language);
    struct mld_export_more more = { .unit = unit < 0 ? MLD_IN_EUR : (enum mld_export_unit)unit,
                                    .n_tables = argc - optind - 1,
                                    .table = argv + optind + 1 };
    if (optind >= argc || !language || unit < 0 || (!xlsx && (!csv || asked || more.n_tables > 0)))
        return cli_usage_error(command);
    struct mld_messages messages;
    mld_messages_init(&messages);
    struct mld_results *results = NULL;
    enum mld_status status = asked || more.n_tables > 0
                                 ? mld_results_open(argv[optind], &results, &messages)
                                 : mld_results_open_any(argv[optind], &results, &messages);
    if (status == MLD_OK && xlsx)
        status = mld_export_xlsx_check(xlsx, &messages);
    if (status == MLD_OK && csv)
        status = mld_export_csv(results, csv, language, &messages);
    if (status == MLD_OK && xlsx)
        status = write_workbook(results, asked, &more, xlsx, language, &messages);
    cli_print_messages(&messages);
    cli_print_refusal(results);
    if (status != MLD_OK && status != MLD_ERR_USAGE && messages.count == 0 &&
        !(results && mld_results_refusal(results)))
        cli_complain("%s: %s", argv[optind], mld_status_text(status));
    mld_messages_clear(&messages);
    mld_results_close(results);
    return (int)status;
}
