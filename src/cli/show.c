/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard show: the summary of a results file as a person wants to read it, or as JSON. */
#include <getopt.h>
#include <stdio.h>

#include "cli/cli.h"
#include "milliard/report.h"

enum what { SUMMARY, JSON, SCENARIO, STUDY };

static enum mld_status show_text(const struct mld_results *results, const char *file,
                                 enum what what)
{
    const struct mld_study_record *study = mld_results_study(results);
    if (what == STUDY && !study) {
        cli_complain("%s: holds the results of a run, and no study", file);
        return MLD_ERR_USAGE;
    }
    fputs(what == STUDY ? study->text : mld_results_scenario_text(results), stdout);
    return MLD_OK;
}

static enum mld_status show(const struct mld_results *results, const char *file, enum what what,
                            const char *language)
{
    if (what == SCENARIO || what == STUDY)
        return show_text(results, file, what);
    if (mld_results_study(results))
        return what == JSON ? mld_report_study_json(stdout, results)
                            : mld_report_study(stdout, results, language, 0);
    return what == JSON ? mld_report_json(stdout, results)
                        : mld_report_show(stdout, results, language, 0);
}

int cli_show_file(const char *file, const char *language)
{
    struct mld_results *results = NULL;
    struct mld_messages messages;
    mld_messages_init(&messages);
    enum mld_status status = mld_results_open_any(file, &results, &messages);
    if (status == MLD_OK)
        status = show(results, file, SUMMARY, language);
    cli_print_messages(&messages);
    cli_print_refusal(results);
    mld_messages_clear(&messages);
    mld_results_close(results);
    return (int)status;
}

int cli_show(const struct cli_command *command, int argc, char **argv)
{
    const char *language = NULL;
    enum what what = SUMMARY;
    int option;
    while ((option = cli_option(command, argc, argv)) != -1)
        switch (option) {
        case 'j': what = JSON; break;
        case 's': what = SCENARIO; break;
        case CLI_STUDY: what = STUDY; break;
        case 'l': language = optarg; break;
        default: return cli_end(command, option);
        }
    language = cli_language(language);
    if (optind != argc - 1 || !language)
        return cli_usage_error(command);
    struct mld_messages messages;
    mld_messages_init(&messages);
    struct mld_results *results = NULL;
    enum mld_status status = mld_results_open_any(argv[optind], &results, &messages);
    if (status == MLD_OK)
        status = show(results, argv[optind], what, language);
    cli_print_messages(&messages);
    cli_print_refusal(results);
    mld_messages_clear(&messages);
    mld_results_close(results);
    return (int)status;
}
