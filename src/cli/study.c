/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard study: the variants of a scenario that a file asks for. */
#include <getopt.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

static void draw_progress(void *context, double done, double all)
{
    cli_draw_progress(context, done, all);
}

static int any_done(const struct mld_study *study, const struct mld_study_result *result)
{
    for (int i = 0; result->done && i < study->n_variants; i++)
        if (result->done[i])
            return 1;
    return 0;
}

/* What became of the study: its file, or nothing. */
static int keep(const struct mld_study *study, const struct mld_study_result *result, int code,
                const struct cli_study_asked *asked)
{
    char file[MLD_PATH_SIZE];
    struct mld_messages messages;
    if (code == MLD_INTERRUPTED && !any_done(study, result)) {
        cli_complain("interrupted before the first variants were done: the same command goes on "
                     "with what is in %s.part",
                     asked->output);
        return code;
    }
    mld_messages_init(&messages);
    int written = (int)mld_study_write(asked->output, study, result, file, sizeof file, &messages);
    cli_print_messages(&messages);
    mld_messages_clear(&messages);
    if (written != MLD_OK)
        return written;
    if (code == MLD_INTERRUPTED)
        cli_complain("interrupted: the variants that are done are kept in %s; the same command "
                     "goes on with what is in %s.part",
                     file, asked->output);
    int shown = asked->quiet ? MLD_OK : cli_show_file(file, asked->language);
    if (!asked->quiet)
        cli_print(stderr, "%d variants of %u paths in %.1f s, written to %s\n", study->n_variants,
                  result->paths, result->seconds, file);
    return code == MLD_OK ? shown : code;
}

/* Begins to tell how far it is. */
static void watch(struct mld_study_options *options, struct timespec *start,
                  const struct cli_study_asked *asked)
{
    clock_gettime(CLOCK_MONOTONIC, start);
    if (asked->quiet || !isatty(STDERR_FILENO))
        return;
    options->progress = draw_progress;
    options->context = start;
}

/* What was told; gives the code. */
static int tell(int code, const struct mld_study_options *options, struct mld_messages *messages)
{
    if (options->progress)
        cli_draw_line("");
    cli_print_messages(messages);
    if (code != MLD_OK && code != MLD_INTERRUPTED && messages->count == 0)
        cli_complain("%s", mld_status_text((enum mld_status)code));
    mld_messages_clear(messages);
    return code;
}

static int simulate(const struct mld_study *study, const struct cli_study_asked *asked)
{
    struct timespec start;
    struct mld_messages messages;
    struct mld_study_result result = { 0 };
    char part[MLD_PATH_SIZE + sizeof ".part"];
    struct mld_study_options options = { .threads = asked->threads,
                                         .stop = cli_keep_when_interrupted(),
                                         .part = part };
    snprintf(part, sizeof part, "%s.part", asked->output);
    watch(&options, &start, asked);
    mld_messages_init(&messages);
    int code = (int)mld_study_run(study, &options, &result, &messages);
    code = tell(code, &options, &messages);
    if (code == MLD_OK || code == MLD_INTERRUPTED)
        code = keep(study, &result, code, asked);
    mld_study_result_clear(&result);
    return code;
}

static int simulate_piece(const struct mld_study *study, const struct cli_study_asked *asked)
{
    struct timespec start;
    struct mld_messages messages;
    struct mld_study_result result = { 0 };
    struct mld_study_options options = { .threads = asked->threads,
                                         .stop = cli_keep_when_interrupted() };
    watch(&options, &start, asked);
    mld_messages_init(&messages);
    int code = (int)mld_study_run_piece(study, &options, asked->segments, asked->output, &result,
                                        &messages);
    code = tell(code, &options, &messages);
    if (code == MLD_INTERRUPTED)
        cli_complain("interrupted: the same command goes on with what is in %s.part",
                     asked->output);
    if (code == MLD_OK && !asked->quiet)
        cli_print(stderr,
                  "segments %u-%u, %u paths of %d variants in %.1f s, written to %s: a piece for "
                  "milliard merge\n",
                  asked->segments[0], asked->segments[1], result.paths, study->n_variants,
                  result.seconds, asked->output);
    mld_study_result_clear(&result);
    return code;
}

static int check_output(const struct cli_study_asked *asked)
{
    struct mld_messages messages;
    mld_messages_init(&messages);
    int code = (int)mld_study_write_check(asked->output, &messages);
    cli_print_messages(&messages);
    mld_messages_clear(&messages);
    return code;
}

int cli_simulate_study(struct mld_study *study, const struct cli_study_asked *asked)
{
    cli_print_warnings(&study->plan->warnings);
    int code = asked->piece ? simulate_piece(study, asked) : check_output(asked);
    if (code == MLD_OK && !asked->piece)
        code = simulate(study, asked);
    mld_study_free(study);
    return code;
}

int cli_merge_study(int n, const char *const *pieces, const struct cli_study_asked *asked)
{
    struct timespec start;
    struct mld_messages messages;
    struct mld_study *study = NULL;
    struct mld_study_result result = { 0 };
    struct mld_study_options options = { .threads = asked->threads,
                                         .stop = cli_keep_when_interrupted() };
    int code = check_output(asked);
    if (code != MLD_OK)
        return code;
    watch(&options, &start, asked);
    mld_messages_init(&messages);
    code = (int)mld_study_merge(n, pieces, &options, &study, &result, &messages);
    code = tell(code, &options, &messages);
    if (code == MLD_OK)
        code = keep(study, &result, code, asked);
    else if (code == MLD_INTERRUPTED)
        cli_complain("interrupted: nothing is kept, the pieces are as they were");
    mld_study_result_clear(&result);
    mld_study_free(study);
    return code;
}

static int load_and_simulate(const struct cli_inputs *inputs, const struct cli_study_asked *asked)
{
    struct mld_study *study = NULL;
    struct mld_messages messages;
    mld_messages_init(&messages);
    int code = (int)mld_study_load(inputs->scenario, inputs->n_set, inputs->set, &study, &messages);
    cli_print_messages(&messages);
    if (code != MLD_OK && messages.count == 0)
        cli_complain("%s: %s", inputs->scenario, mld_status_text((enum mld_status)code));
    mld_messages_clear(&messages);
    return code == MLD_OK ? cli_simulate_study(study, asked) : code;
}

int cli_study(const struct cli_command *command, int argc, char **argv)
{
    struct cli_inputs inputs = { 0 };
    struct cli_study_asked asked = { 0 };
    char usual[MLD_PATH_SIZE];
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
        case CLI_SEGMENTS:
            if (!cli_take_segments(optarg, asked.segments))
                return MLD_ERR_USAGE;
            asked.piece = 1;
            break;
        case 'l': asked.language = optarg; break;
        case 'q': asked.quiet = 1; break;
        default: return cli_end(command, option);
        }
    asked.language = cli_language(asked.language);
    if (optind != argc - 1 || !asked.language)
        return cli_usage_error(command);
    inputs.scenario = argv[optind];
    asked.threads = (int)inputs.threads;
    if (asked.piece && !asked.output) {
        cli_complain("--segments: a piece needs a name of its own, --output");
        return MLD_ERR_USAGE;
    }
    cli_usual_output(inputs.scenario, "", usual, sizeof usual);
    asked.output = asked.output ? asked.output : usual;
    return load_and_simulate(&inputs, &asked);
}
