/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard run: simulate a scenario into a results file, and show its summary. */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "milliard/report.h"

static void draw_progress(void *context, uint32_t done, uint32_t paths)
{
    cli_draw_progress(context, done, paths);
}

struct asked {
    const char *output, *language;
    int quiet, resume, piece;
    uint32_t first, last; /* segments of a piece */
};

/* "4-7" or "4": segments from 0. */
static int take_segments(struct asked *asked, const char *text)
{
    char end = '\0';
    int read = sscanf(text, "%" SCNu32 "-%" SCNu32 "%c", &asked->first, &asked->last, &end);
    if (read == 1 && sscanf(text, "%*u%c", &end) < 1)
        asked->last = asked->first;
    else if (read != 2 || strspn(text, "0123456789-") != strlen(text)) {
        cli_complain("--segments %s: two numbers are expected, such as 0-3", text);
        return 0;
    }
    asked->piece = 1;
    return 1;
}

static int tell_piece(int code, const struct mld_run_result *result, const struct asked *asked)
{
    if (code == MLD_OK && !result->finished && !asked->quiet)
        cli_print(stderr,
                  "segments %u-%u, %u paths in %.1f s, written to %s: a piece for milliard merge\n",
                  asked->first, asked->last, result->paths, result->seconds, result->file);
    return code;
}

/* What became of the run, after the messages of the run itself. */
static int tell(int code, const struct mld_run_result *result, const struct asked *asked)
{
    if (code == MLD_INTERRUPTED && result->file[0])
        cli_complain("interrupted: %u paths are kept in %s", result->paths, result->file);
    if (code == MLD_INTERRUPTED && result->part[0])
        cli_complain("interrupted: %u segments are kept in %s; --resume goes on with them",
                     result->segments, result->part);
    if (code == MLD_INTERRUPTED && !result->file[0] && !result->part[0])
        cli_complain(CLI_NOTHING_KEPT);
    if (code == MLD_INTERRUPTED && !result->file[0])
        return code;
    if (result->finished)
        cli_complain("%s: is finished, nothing is left to do", result->file);
    if (asked->piece)
        return tell_piece(code, result, asked);
    if ((code != MLD_OK && code != MLD_INTERRUPTED) || asked->quiet)
        return code;
    int shown = cli_show_file(result->file, asked->language);
    if (!result->finished)
        cli_print(stderr, "%u paths in %.1f s (%.0f paths/s), written to %s\n", result->paths,
                  result->seconds, result->seconds > 0 ? result->paths / result->seconds : 0,
                  result->file);
    return code == MLD_OK ? shown : code;
}

static int simulate(const struct mld_scenario *scenario, const struct mld_plan *plan,
                    const struct cli_inputs *inputs, const struct asked *asked)
{
    struct timespec start;
    struct mld_messages messages;
    struct mld_run_result result;
    struct mld_summary summary = { 0 };
    struct mld_run_options options = { .threads = (int)inputs->threads,
                                       .stop = cli_keep_when_interrupted(),
                                       .resume = asked->resume,
                                       .piece = asked->piece,
                                       .first = asked->first,
                                       .last = asked->last };
    clock_gettime(CLOCK_MONOTONIC, &start);
    if (!asked->quiet && isatty(STDERR_FILENO)) {
        options.progress = draw_progress;
        options.context = &start;
    }
    mld_messages_init(&messages);
    int code = (int)mld_run(plan, scenario, &options, asked->output, &summary, &result, &messages);
    if (options.progress)
        cli_draw_line("");
    cli_print_messages(&messages);
    if (code != MLD_OK && code != MLD_INTERRUPTED && messages.count == 0)
        cli_complain("%s", mld_status_text((enum mld_status)code));
    mld_messages_clear(&messages);
    mld_summary_clear(&summary);
    return tell(code, &result, asked);
}

static int load_and_simulate(const struct cli_inputs *inputs, const struct asked *asked)
{
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    int code = cli_load(inputs, &scenario, &plan);
    if (code == MLD_OK)
        code = simulate(scenario, plan, inputs, asked);
    cli_unload(scenario, plan);
    return code;
}

int cli_run(const struct cli_command *command, int argc, char **argv)
{
    struct cli_inputs inputs = { 0 };
    char usual[4096];
    struct asked asked = { 0 };
    int option;
    cli_catch_signals();
    while ((option = cli_option(command, argc, argv)) != -1)
        switch (option) {
        case 'o': asked.output = optarg; break;
        case 'n':
        case 's':
        case 't':
        case CLI_SET:
            if (!cli_take_input(&inputs, option, optarg))
                return MLD_ERR_USAGE;
            break;
        case 'l': asked.language = optarg; break;
        case 'q': asked.quiet = 1; break;
        case 'r': asked.resume = 1; break;
        case CLI_SEGMENTS:
            if (!take_segments(&asked, optarg))
                return MLD_ERR_USAGE;
            break;
        default: return cli_end(command, option);
        }
    asked.language = cli_language(asked.language);
    if (optind != argc - 1 || !asked.language)
        return cli_usage_error(command);
    inputs.scenario = argv[optind];
    if (!asked.output) {
        cli_usual_output(inputs.scenario, "", usual, sizeof usual);
        asked.output = usual;
    }
    return load_and_simulate(&inputs, &asked);
}
