/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard merge: the pieces of a run or of a study, put together into a results file. */
#include <getopt.h>

#include "cli/cli.h"

static int merge(int n, const char *const *pieces, const struct cli_study_asked *asked)
{
    struct mld_messages messages;
    struct mld_run_result result;
    struct mld_summary summary = { 0 };
    const struct mld_run_options options = { .threads = (int)asked->common.inputs.threads,
                                             .stop = cli_keep_when_interrupted() };
    mld_messages_init(&messages);
    int code = (int)mld_merge(n, pieces, &options, asked->common.output, &summary, &result,
                              &messages);
    cli_print_messages(&messages);
    if (code == MLD_INTERRUPTED)
        cli_complain(CLI_NOTHING_KEPT);
    else if (code != MLD_OK && messages.count == 0)
        cli_complain("%s", mld_status_text((enum mld_status)code));
    mld_messages_clear(&messages);
    mld_summary_clear(&summary);
    return code == MLD_OK && !asked->common.quiet
               ? cli_show_file(result.file, asked->common.language)
               : code;
}

int cli_merge(const struct cli_command *command, int argc, char **argv)
{
    struct cli_study_asked asked = { 0 };
    int option;
    cli_catch_signals();
    while ((option = cli_option(command, argc, argv)) != -1)
        switch (option) {
        case 'o': asked.common.output = optarg; break;
        case 't':
            if (!cli_whole("--threads", optarg, 1, 1024, &asked.common.inputs.threads))
                return MLD_ERR_USAGE;
            break;
        case 'l': asked.common.language = optarg; break;
        case 'q': asked.common.quiet = 1; break;
        default: return cli_end(command, option);
        }
    asked.common.language = cli_language(asked.common.language);
    if (optind == argc || !asked.common.output || !asked.common.language)
        return cli_usage_error(command);
    int n = argc - optind;
    const char *const *pieces = (const char *const *)argv + optind;
    return mld_study_is_piece(pieces[0]) ? cli_merge_study(n, pieces, &asked)
                                         : merge(n, pieces, &asked);
}
