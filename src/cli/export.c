/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard export: a results file as an Excel workbook or as CSV files. */
#include <getopt.h>

#include "cli/cli.h"
#include "milliard/export.h"

int cli_export(const struct cli_command *command, int argc, char **argv)
{
    const char *language = NULL, *xlsx = NULL, *csv = NULL;
    int option;
    while ((option = cli_option(command, argc, argv)) != -1)
        switch (option) {
        case 'x': xlsx = optarg; break;
        case 'c': csv = optarg; break;
        case 'l': language = optarg; break;
        default: return cli_end(command, option);
        }
    language = cli_language(language);
    if (optind != argc - 1 || !language || (!xlsx && !csv))
        return cli_usage_error(command);
    struct mld_messages messages;
    mld_messages_init(&messages);
    struct mld_results *results = NULL;
    enum mld_status status = mld_results_open_any(argv[optind], &results, &messages);
    if (status == MLD_OK && xlsx)
        status = mld_export_xlsx_check(xlsx, &messages);
    if (status == MLD_OK && csv)
        status = mld_export_csv(results, csv, language, &messages);
    if (status == MLD_OK && xlsx)
        status = mld_export_xlsx(results, xlsx, language, &messages);
    cli_print_messages(&messages);
    cli_print_refusal(results);
    if (status != MLD_OK && messages.count == 0 && !(results && mld_results_refusal(results)))
        cli_complain("%s: %s", argv[optind], mld_status_text(status));
    mld_messages_clear(&messages);
    mld_results_close(results);
    return (int)status;
}
