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
                     asked->common.output);
        return code;
    }
    mld_messages_init(&messages);
    int written = (int)mld_study_write(asked->common.output, study, result, file, sizeof file,
                                       &messages);
    cli_print_messages(&messages);
    mld_messages_clear(&messages);
    if (written != MLD_OK)
        return written;
    if (code == MLD_INTERRUPTED)
        cli_complain("interrupted: the variants that are done are kept in %s; the same command "
                     "goes on with what is in %s.part",
                     file, asked->common.output);
    int shown = asked->common.quiet ? MLD_OK : cli_show_file(file, asked->common.language);
    if (!asked->common.quiet)
        cli_print(stderr, "%d variants of %u paths in %.1f s, written to %s\n", study->n_variants,
                  result->paths, result->seconds, file);
    return code == MLD_OK ? shown : code;
}

/* Begins to tell how far it is. */
static void watch(struct mld_study_options *options, struct timespec *start,
                  const struct cli_study_asked *asked)
{
    clock_gettime(CLOCK_MONOTONIC, start);
    if (asked->common.quiet || !isatty(STDERR_FILENO))
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
    struct mld_study_options options = { .threads = (int)asked->common.inputs.threads,
                                         .stop = cli_keep_when_interrupted(),
                                         .part = part };
    snprintf(part, sizeof part, "%s.part", asked->common.output);
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
    struct mld_study_options options = { .threads = (int)asked->common.inputs.threads,
                                         .stop = cli_keep_when_interrupted() };
    watch(&options, &start, asked);
    mld_messages_init(&messages);
    int code = (int)mld_study_run_piece(study, &options, asked->segments, asked->common.output,
                                        &result, &messages);
    code = tell(code, &options, &messages);
    if (code == MLD_INTERRUPTED)
        cli_complain("interrupted: the same command goes on with what is in %s.part",
                     asked->common.output);
    if (code == MLD_OK && !asked->common.quiet)
        cli_print(stderr,
                  "segments %u-%u, %u paths of %d variants in %.1f s, written to %s: a piece for "
                  "milliard merge\n",
                  asked->segments[0], asked->segments[1], result.paths, study->n_variants,
                  result.seconds, asked->common.output);
    mld_study_result_clear(&result);
    return code;
}

static int check_output(const struct cli_study_asked *asked)
{
    struct mld_messages messages;
    mld_messages_init(&messages);
    int code = (int)mld_study_write_check(asked->common.output, &messages);
    cli_print_messages(&messages);
    mld_messages_clear(&messages);
    return code;
}

int cli_simulate_study(struct mld_study *study, const struct cli_study_asked *asked)
{
    cli_print_warnings(&study->plan->warnings, 0);
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
    struct mld_study_options options = { .threads = (int)asked->common.inputs.threads,
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

static int load_and_simulate(const struct cli_study_asked *asked)
{
    const struct cli_inputs *inputs = &asked->common.inputs;
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

/* --segments, its only option of its own. */
static int take(void *own, int option, int argc, char **argv)
{
    struct cli_study_asked *asked = own;
    (void)option, (void)argc, (void)argv;
    asked->piece = 1;
    return cli_take_segments(optarg, asked->segments);
}

int cli_study(const struct cli_command *command, int argc, char **argv)
{
    struct cli_study_asked asked = { .piece = 0 };
    char usual[MLD_PATH_SIZE];
    int code;
    cli_catch_signals();
    if (!cli_read_options(command, argc, argv, &asked.common, take, &asked, &code))
        return code;
    if (asked.piece && !asked.common.output) {
        cli_complain("--segments: a piece needs a name of its own, --output");
        return MLD_ERR_USAGE;
    }
    cli_usual_output(asked.common.inputs.scenario, "", usual, sizeof usual);
    asked.common.output = asked.common.output ? asked.common.output : usual;
    return load_and_simulate(&asked);
}
