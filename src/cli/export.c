/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard export: a results file as an Excel workbook or as CSV files. */
#include <getopt.h>

#include "cli/cli.h"
#include "milliard/export.h"

static int export(int argc, char **argv)
{
    static const struct option options[] = { { "xlsx", required_argument, NULL, 'x' },
                                             { "csv", required_argument, NULL, 'c' },
                                             { "lang", required_argument, NULL, 'l' },
                                             { "help", no_argument, NULL, 'h' },
                                             { NULL, 0, NULL, 0 } };
    const char *language = NULL, *xlsx = NULL, *csv = NULL;
    int option;
    while ((option = getopt_long(argc, argv, "x:c:l:h", options, NULL)) != -1)
        switch (option) {
        case 'x': xlsx = optarg; break;
        case 'c': csv = optarg; break;
        case 'l': language = optarg; break;
        case 'h': cli_print_help(&cli_export); return 0;
        default: return cli_usage_error(&cli_export);
        }
    language = cli_language(language);
    if (optind != argc - 1 || !language || (!xlsx && !csv))
        return cli_usage_error(&cli_export);
    struct mld_messages messages;
    mld_messages_init(&messages);
    struct mld_results *results = NULL;
    enum mld_status status = mld_results_open(argv[optind], &results, &messages);
    if (status == MLD_OK && xlsx)
        status = mld_export_xlsx_check(xlsx, &messages);
    if (status == MLD_OK && csv)
        status = mld_export_csv(results, csv, language, &messages);
    if (status == MLD_OK && xlsx)
        status = mld_export_xlsx(results, xlsx, language, &messages);
    cli_print_messages(&messages);
    if (status != MLD_OK && messages.count == 0)
        cli_complain("%s: %s", argv[optind], mld_status_text(status));
    mld_messages_clear(&messages);
    mld_results_close(results);
    return (int)status;
}

const struct cli_command cli_export = {
    "export", "export FILE --xlsx OUT.xlsx | --csv FOLDER [--lang en|fr]",
    "write a results file as an Excel workbook or CSV files",
    "  -x, --xlsx OUT.xlsx   an Excel workbook with charts\n"
    "  -c, --csv FOLDER      the same sheets, one CSV file each\n"
    "  -l, --lang en|fr      language; in French, CSV has semicolons and decimal commas (default: "
    "MILLIARD_LANG, else en)\n"
    "  -h, --help            this text\n",
    export
};
