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
        fprintf(stderr, "; %d others are not in it, of an earlier version", replay->absent);
    if (status == MLD_OK)
        fputc('\n', stderr);
    return status;
}

static int replay_path(const char *file, long path, const struct asked *asked)
{
    struct mld_messages messages;
    struct mld_results *results = NULL;
    struct mld_replay *replay = NULL;
    mld_messages_init(&messages);
    enum mld_status status = asked->output ? cli_check_place(asked->output, &page_kind) : MLD_OK;
    if (status != MLD_OK)
        return (int)status;
    status = mld_results_open(file, &results, &messages);
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

static int replay(int argc, char **argv)
{
    static const struct option options[] = { { "json", no_argument, NULL, 'j' },
                                             { "csv", no_argument, NULL, 'c' },
                                             { "draws", no_argument, NULL, 'd' },
                                             { "output", required_argument, NULL, 'o' },
                                             { "lang", required_argument, NULL, 'l' },
                                             { "help", no_argument, NULL, 'h' },
                                             { NULL, 0, NULL, 0 } };
    struct asked asked = { .layout = MLD_LAYOUT_TEXT };
    long path;
    int option;
    while ((option = getopt_long(argc, argv, "jcdo:l:h", options, NULL)) != -1)
        switch (option) {
        case 'j': asked.layout = MLD_LAYOUT_JSON; break;
        case 'c': asked.layout = MLD_LAYOUT_CSV; break;
        case 'd': asked.draws = 1; break;
        case 'o': asked.output = optarg; break;
        case 'l': asked.language = optarg; break;
        case 'h': cli_print_help(&cli_replay); return 0;
        default: return cli_usage_error(&cli_replay);
        }
    asked.language = cli_language(asked.language);
    if (optind != argc - 2 || !asked.language)
        return cli_usage_error(&cli_replay);
    if (!cli_whole("PATH", argv[optind + 1], 0, UINT32_MAX, &path))
        return MLD_ERR_USAGE;
    return replay_path(argv[optind], path, &asked);
}

const struct cli_command cli_replay = {
    "replay", "replay FILE PATH [--json | --csv] [--draws] [-o FILE] [--lang en|fr]",
    "run one path of a results file again, in full",
    "Every measure of the path is compared with the file; one that differs in a single bit is an "
    "error, and tells why:\n"
    "another version of the model, another build or machine, or a file that was changed. Paths are "
    "numbered from 0.\n\n"
    "  -j, --json          tables as JSON, full precision\n"
    "  -c, --csv           tables as CSV, full precision; each line begins with its table's name\n"
    "  -d, --draws         the raw draws too\n"
    "  -o, --output FILE   write to FILE instead of the standard output\n"
    "  -l, --lang en|fr    language (default: MILLIARD_LANG, else en)\n"
    "  -h, --help          this text\n",
    replay
};
