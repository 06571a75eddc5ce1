/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard replay: one path of a results file run again alone, checked against the file, and shown in full. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

struct asked { enum mld_layout layout; int draws; const char *language, *output; };

/* Writes beside the target and renames: nothing half-written replaces a good file. */
static enum mld_status write_file(const struct mld_replay *replay, const struct asked *asked)
{
    char temporary[4096];
    if ((size_t)snprintf(temporary, sizeof temporary, "%s.%ld.tmp", asked->output, (long)getpid()) >= sizeof temporary) {
        cli_complain("%s: the name is too long", asked->output);
        return MLD_ERR_FILE;
    }
    FILE *file = fopen(temporary, "wx");
    if (!file) {
        cli_complain("%s: cannot be written: %s", asked->output, strerror(errno));
        return MLD_ERR_FILE;
    }
    enum mld_status status = mld_report_replay(file, replay, asked->layout, asked->language, asked->draws);
    int failed = ferror(file) || fflush(file) != 0 || fsync(fileno(file)) != 0;
    failed |= fclose(file) != 0;
    if (status == MLD_OK && !failed && rename(temporary, asked->output) == 0)
        return MLD_OK;
    if (status == MLD_OK)
        cli_complain("%s: cannot be written: %s", asked->output, strerror(errno));
    remove(temporary);
    return status == MLD_OK ? MLD_ERR_FILE : status;
}

/* `-o run.h5` is a slip that would cost a results file. */
static int is_same_file(const char *a, const char *b)
{
    struct stat first, second;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

static enum mld_status show(const struct mld_replay *replay, const struct asked *asked)
{
    enum mld_status status = asked->output ? write_file(replay, asked)
                                           : mld_report_replay(stdout, replay, asked->layout, asked->language, asked->draws);
    if (status == MLD_OK)
        fprintf(stderr, "path %u: %d measures and %d series equal to the file, bit for bit\n", (unsigned)replay->path, replay->measures,
                replay->series);
    return status;
}

static int replay_path(const char *file, long path, const struct asked *asked)
{
    struct mld_messages messages;
    struct mld_results *results = NULL;
    struct mld_replay *replay = NULL;
    mld_messages_init(&messages);
    enum mld_status status = mld_results_open(file, &results, &messages);
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
    static const struct option options[] = {
        { "json", no_argument, NULL, 'j' }, { "csv", no_argument, NULL, 'c' }, { "draws", no_argument, NULL, 'd' },
        { "output", required_argument, NULL, 'o' }, { "lang", required_argument, NULL, 'l' }, { "help", no_argument, NULL, 'h' },
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
    if (asked.output && is_same_file(asked.output, argv[optind])) {
        cli_complain("--output %s is the results file itself", asked.output);
        return MLD_ERR_USAGE;
    }
    if (!cli_whole("PATH", argv[optind + 1], 0, UINT32_MAX, &path))
        return MLD_ERR_USAGE;
    return replay_path(argv[optind], path, &asked);
}

const struct cli_command cli_replay = {
    "replay", "replay FILE PATH [--json | --csv] [--draws] [-o FILE] [--lang en|fr]",
    "run one path of a results file again, in full",
    "Every measure of the path is compared with the file; one that differs in a single bit is an error, and tells that\n"
    "the file comes from another build. Paths are numbered from 0.\n\n"
    "  -j, --json          tables as JSON, full precision\n"
    "  -c, --csv           tables as CSV, full precision; each line begins with its table's name\n"
    "  -d, --draws         the raw draws too\n"
    "  -o, --output FILE   write to FILE instead of the standard output\n"
    "  -l, --lang en|fr    language (default: MILLIARD_LANG, else en)\n"
    "  -h, --help          this text\n",
    replay
};
