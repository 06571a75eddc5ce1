/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * milliard replay: one path of a results file run again alone, checked against the file, and shown
 * in full.
 */
#include <getopt.h>
#include <stdio.h>

#include "cli/cli.h"

struct asked {
    enum mld_layout layout;
    int draws;
    const char *language, *output;
};

struct page {
    const struct mld_replay *replay;
    const struct asked *asked;
};

static enum mld_status fill(FILE *file, const void *context)
{
    const struct page *page = context;
    return mld_report_replay(file, page->replay, page->asked->layout, page->asked->language,
                             page->asked->draws);
}

/* In text, JSON and CSV: `-o run.h5` is a slip that would cost a results file. */
static const struct mld_file_kind page_kind = { .other = "no replay",
                                                .suffix = "",
                                                .start = { "\nProvenance\n\xE2\x94\x80",
                                                           "{\"tables\": {\n\"provenance\": ",
                                                           "provenance,what,file,program\r\n" } };

static enum mld_status show(const struct mld_replay *replay, const struct asked *asked)
{
    const struct page page = { replay, asked };
    enum mld_status status = asked->output ? cli_write_file(asked->output, &page_kind, fill, &page)
                                           : fill(stdout, &page);
    if (status == MLD_OK)
        fprintf(stderr, "path %u: %d measures and %d series equal to the file, bit for bit",
                (unsigned)replay->path, replay->measures, replay->series);
    if (status == MLD_OK && replay->absent)
        fprintf(stderr,
                mld_results_keeps_all(replay->results)
                    ? "; %d others are not in it, of an earlier version"
                    : "; %d others are not kept in it (run.measures)",
                replay->absent);
    if (status == MLD_OK)
        fputc('\n', stderr);
    return status;
}

static int replay_path(const char *file, const char *words, const struct asked *asked)
{
    long path = 0;
    struct mld_messages messages;
    struct mld_results *results = NULL;
    struct mld_replay *replay = NULL;
    mld_messages_init(&messages);
    enum mld_status status = asked->output ? cli_check_place(asked->output, &page_kind) : MLD_OK;
    if (status != MLD_OK)
        return (int)status;
    status = mld_results_open(file, &results, &messages);
    if (status == MLD_OK && (status = cli_path(results, words, &path)) == MLD_ERR_USAGE) {
        mld_results_close(results);
        return (int)status;
    }
    if (status == MLD_OK)
        status = mld_replay_create(results, (size_t)path, &replay, &messages);
    cli_print_messages(&messages);
    if (status != MLD_OK && messages.count == 0)
        cli_complain("%s: %s", file, mld_status_text(status));
    if (status == MLD_OK)
        status = show(replay, asked);
    mld_replay_free(replay);
    mld_results_close(results);
    mld_messages_clear(&messages);
    return (int)status;
}

int cli_replay(const struct cli_command *command, int argc, char **argv)
{
    struct asked asked = { .layout = MLD_LAYOUT_TEXT };
    int option;
    while ((option = cli_option(command, argc, argv)) != -1)
        switch (option) {
        case 'j': asked.layout = MLD_LAYOUT_JSON; break;
        case 'c': asked.layout = MLD_LAYOUT_CSV; break;
        case 'd': asked.draws = 1; break;
        case 'o': asked.output = optarg; break;
        case 'l': asked.language = optarg; break;
        default: return cli_end(command, option);
        }
    asked.language = cli_language(asked.language);
    if (optind != argc - 2 || !asked.language)
        return cli_usage_error(command);
    return replay_path(argv[optind], argv[optind + 1], &asked);
}
