/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard merge: the pieces of a run, put together into a results file. */
#include <getopt.h>

#include "cli/cli.h"

static int merge(int n, char **pieces, const char *output, long threads, const char *language,
                 int quiet)
{
    struct mld_messages messages;
    struct mld_run_result result;
    struct mld_summary summary = { 0 };
    const struct mld_run_options options = { .threads = (int)threads,
                                             .stop = cli_keep_when_interrupted() };
    mld_messages_init(&messages);
    int code = (int)mld_merge(n, (const char *const *)pieces, &options, output, &summary, &result,
                              &messages);
    cli_print_messages(&messages);
    if (code == MLD_INTERRUPTED)
        cli_complain(CLI_NOTHING_KEPT);
    else if (code != MLD_OK && messages.count == 0)
        cli_complain("%s", mld_status_text((enum mld_status)code));
    mld_messages_clear(&messages);
    mld_summary_clear(&summary);
    return code == MLD_OK && !quiet ? cli_show_file(result.file, language) : code;
}

int cli_merge(const struct cli_command *command, int argc, char **argv)
{
    const char *output = NULL, *language = NULL;
    long threads = 0;
    int option, quiet = 0;
    cli_catch_signals();
    while ((option = cli_option(command, argc, argv)) != -1)
        switch (option) {
        case 'o': output = optarg; break;
        case 't':
            if (!cli_whole("--threads", optarg, 1, 1024, &threads))
                return MLD_ERR_USAGE;
            break;
        case 'l': language = optarg; break;
        case 'q': quiet = 1; break;
        default: return cli_end(command, option);
        }
    language = cli_language(language);
    if (optind == argc || !output || !language)
        return cli_usage_error(command);
    return merge(argc - optind, argv + optind, output, threads, language, quiet);
}
