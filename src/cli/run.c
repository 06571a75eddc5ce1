/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard run: simulate a scenario into a results file, and show its summary. */
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
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
    struct cli_asked common;
    int resume, piece;
    uint32_t segments[2]; /* of a piece: first and last */
    int n_precisions;
    const char *precision[MLD_MAX_PRECISIONS];
    long most; /* paths that it may take; 0: the scenario says */
    struct cli_worlds worlds;
};

static int tell_piece(int code, const struct mld_run_result *result, const struct asked *asked)
{
    if (code == MLD_OK && !result->finished && !asked->common.quiet)
        cli_print(stderr,
                  "segments %u-%u, %u paths in %.1f s, written to %s: a piece for milliard merge\n",
                  asked->segments[0], asked->segments[1], result->paths, result->seconds,
                  result->file);
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
    if ((code != MLD_OK && code != MLD_INTERRUPTED) || asked->common.quiet)
        return code;
    int shown = cli_show_file(result->file, asked->common.language);
    if (!result->finished)
        cli_print(stderr, "%u paths in %.1f s (%.0f paths/s), written to %s\n", result->paths,
                  result->seconds, result->seconds > 0 ? result->paths / result->seconds : 0,
                  result->file);
    return code == MLD_OK ? shown : code;
}

/* ---- the price that is passed through ---- */

static void draw_first_pass(void *context, uint32_t done, uint32_t paths)
{
    char line[64];
    (void)context;
    snprintf(line, sizeof line, "first pass: %u of %u paths ", done, paths);
    cli_draw_line(line);
}

static void tell_price(const struct mld_plan *plan)
{
    cli_print(stderr,
              "covered debt costs its guarantor %.3f %% a year per euro guaranteed, and the fund "
              "pays a fee of %.3f %%: fixed rates fall by %.3f points times the quotite\n",
              100 * plan->cover_price.price, 100 * plan->cover_price.fee,
              100 * mld_plan_rate_cut(plan));
}

static int first_pass(struct mld_plan *plan, const struct cli_inputs *inputs,
                      const struct asked *asked)
{
    struct mld_messages messages;
    int drawn = !asked->common.quiet && isatty(STDERR_FILENO);
    const struct mld_first_pass_options options = { .threads = (int)inputs->threads,
                                                    .stop = cli_keep_when_interrupted(),
                                                    .progress = drawn ? draw_first_pass : NULL };
    if (!mld_first_pass_needed(plan))
        return MLD_OK;
    mld_messages_init(&messages);
    int code = (int)mld_first_pass(plan, plan->paths, &options, &messages);
    if (drawn)
        cli_draw_line("");
    cli_print_messages(&messages);
    mld_messages_clear(&messages);
    if (code == MLD_OK && !asked->common.quiet)
        tell_price(plan);
    else if (code == MLD_INTERRUPTED)
        cli_complain(CLI_NOTHING_KEPT);
    else if (code == MLD_ERR_MEMORY)
        cli_complain("%s", mld_status_text(MLD_ERR_MEMORY));
    return code;
}

static int simulate(const struct mld_scenario *scenario, const struct mld_plan *plan,
                    const struct cli_inputs *inputs, const struct asked *asked,
                    const struct mld_uncertain *uncertain)
{
    struct timespec start;
    struct mld_messages messages;
    struct mld_run_result result;
    struct mld_summary summary = { 0 };
    struct mld_run_options options = { .threads = (int)inputs->threads,
                                       .stop = cli_keep_when_interrupted(),
                                       .resume = asked->resume,
                                       .piece = asked->piece,
                                       .first = asked->segments[0],
                                       .last = asked->segments[1],
                                       .uncertain = uncertain };
    clock_gettime(CLOCK_MONOTONIC, &start);
    if (!asked->common.quiet && isatty(STDERR_FILENO)) {
        options.progress = draw_progress;
        options.context = &start;
    }
    mld_messages_init(&messages);
    int code = (int)mld_run(plan, scenario, &options, asked->common.output, &summary, &result,
                            &messages);
    if (options.progress)
        cli_draw_line("");
    cli_print_messages(&messages);
    if (code != MLD_OK && code != MLD_INTERRUPTED && messages.count == 0)
        cli_complain("%s", mld_status_text((enum mld_status)code));
    mld_messages_clear(&messages);
    mld_summary_clear(&summary);
    return tell(code, &result, asked);
}

/*
 * Whether the run beside the worlds could begin: what a former one left is told before, not after
 * minutes of worlds; and *finished when there is nothing left to do.
 */
static int check_begin(const struct mld_scenario *scenario, const struct mld_plan *plan,
                       const struct cli_inputs *inputs, const struct asked *asked, int *finished)
{
    struct mld_messages messages;
    const struct mld_run_options options = { .threads = (int)inputs->threads,
                                             .resume = asked->resume };
    mld_messages_init(&messages);
    int code = (int)mld_run_check(plan, scenario, &options, asked->common.output, finished,
                                  &messages);
    cli_print_messages(&messages);
    if (code != MLD_OK && messages.count == 0)
        cli_complain("%s", mld_status_text((enum mld_status)code));
    mld_messages_clear(&messages);
    return code;
}

/* The worlds of the plan first, where it has any: they go into the same file. */
static int simulate_with_worlds(const struct mld_scenario *scenario, const struct mld_plan *plan,
                                const struct cli_inputs *inputs, const struct asked *asked)
{
    struct mld_uncertain *uncertain = NULL;
    int code = MLD_OK, finished = 0;
    if (plan->uncertainty.present)
        code = check_begin(scenario, plan, inputs, asked, &finished);
    if (code == MLD_OK && plan->uncertainty.present && !finished)
        code = cli_run_worlds(scenario, plan, &asked->common, &uncertain);
    if (code == MLD_OK)
        code = simulate(scenario, plan, inputs, asked, uncertain);
    mld_uncertain_free(uncertain);
    return code;
}

/* ---- as many paths as errors take ---- */

static void draw_search(void *context, double done, double next, double forecast)
{
    char line[128], later[48] = "";
    (void)context;
    if (forecast > 0)
        snprintf(later, sizeof later, ", met with some %.2g", forecast);
    snprintf(line, sizeof line, "precision: %.0f of %.0f paths%s ", done, next, later);
    cli_draw_line(line);
}

static void tell_precision(int n, const struct mld_precision *precision, uint32_t paths)
{
    for (int i = 0; i < n; i++) {
        int met = precision[i].error <= precision[i].wanted;
        cli_complain("precision: %s has an error of %.3g with %u paths, %s %g",
                     precision[i].statistic.name, precision[i].error, paths,
                     met ? "within" : "NOT within", precision[i].wanted);
    }
}

/* The scenario with so many paths, as --paths gives them; its warnings were told before. */
static int load_with(struct cli_inputs *inputs, uint32_t paths, struct mld_scenario **scenario,
                     struct mld_plan **plan)
{
    char text[16];
    struct mld_messages messages;
    cli_unload(*scenario, *plan);
    *scenario = NULL;
    *plan = NULL;
    snprintf(text, sizeof text, "%u", paths);
    if (!cli_take_input(inputs, 'n', text))
        return MLD_ERR_USAGE;
    mld_messages_init(&messages);
    enum mld_status status = mld_scenario_load(inputs->scenario, inputs->n_set, inputs->set,
                                               scenario, &messages);
    if (status == MLD_OK)
        status = mld_scenario_plan(*scenario, plan, &messages);
    if (status == MLD_ERR_MEMORY)
        cli_complain("%s", mld_status_text(status));
    cli_print_messages(&messages);
    mld_messages_clear(&messages);
    return (int)status;
}

/* What --precision asks for, which stands before what the scenario does. */
static enum mld_status read_asked(const struct asked *asked, const struct mld_plan *plan,
                                  struct mld_precision *precision, struct mld_messages *messages)
{
    enum mld_status worst = MLD_OK;
    for (int i = 0; i < asked->n_precisions; i++) {
        enum mld_status status = mld_precision_read(asked->precision[i], plan, "--precision",
                                                    &precision[i], messages);
        worst = status == MLD_OK ? worst : status;
    }
    return worst;
}

/* How many there are, and the most paths they may take. */
struct limits {
    int n;
    uint32_t most;
};

static int read_precisions(const struct asked *asked, const struct mld_plan *plan,
                           struct mld_precision *precision, struct limits *limits)
{
    struct mld_messages messages;
    mld_messages_init(&messages);
    int code = (int)(asked->n_precisions ? read_asked(asked, plan, precision, &messages)
                                         : mld_precision_read_plan(plan, precision, &messages));
    limits->n = asked->n_precisions ? asked->n_precisions : plan->run.n_precisions;
    limits->most = asked->most ? (uint32_t)asked->most : (uint32_t)plan->run.paths_at_most;
    if (code == MLD_OK && plan->paths > limits->most) {
        mld_messages_add(&messages, "%s %u: the run begins with %u paths",
                         asked->most ? "--at-most" : "run.paths_at_most", limits->most,
                         plan->paths);
        code = MLD_ERR_INPUT;
    }
    cli_print_messages(&messages);
    mld_messages_clear(&messages);
    return code;
}

static int find_paths(struct mld_plan *plan, const struct cli_inputs *inputs, int quiet, int n,
                      struct mld_precision *precision, uint32_t *paths)
{
    struct mld_messages messages;
    int drawn = !quiet && isatty(STDERR_FILENO);
    const struct mld_precision_options options = { .threads = (int)inputs->threads,
                                                   .stop = cli_keep_when_interrupted(),
                                                   .progress = drawn ? draw_search : NULL };
    mld_messages_init(&messages);
    int code = (int)mld_precision_find(plan, *paths, n, precision, &options, paths, &messages);
    if (drawn)
        cli_draw_line("");
    cli_print_messages(&messages);
    mld_messages_clear(&messages);
    if (code == MLD_INTERRUPTED)
        cli_complain("interrupted before the number of paths was known: nothing is kept");
    else if (code == MLD_ERR_MEMORY)
        cli_complain("%s", mld_status_text(MLD_ERR_MEMORY));
    if ((code == MLD_OK && !quiet) || code == MLD_NOT_REACHED)
        tell_precision(n, precision, *paths);
    return code;
}

/* Makes the scenario that of as many paths as it takes; MLD_NOT_REACHED: of the most. */
static int choose_paths(struct cli_inputs *inputs, const struct asked *asked,
                        struct mld_scenario **scenario, struct mld_plan **plan)
{
    struct mld_precision *precision = calloc(MLD_MAX_PRECISIONS, sizeof *precision);
    if (!precision) {
        cli_complain("%s", mld_status_text(MLD_ERR_MEMORY));
        return MLD_ERR_MEMORY;
    }
    uint32_t paths = (*plan)->paths;
    struct limits limits;
    int code = read_precisions(asked, *plan, precision, &limits);
    if (code == MLD_OK)
        code = load_with(inputs, limits.most, scenario, plan);
    if (code == MLD_OK)
        code = find_paths(*plan, inputs, asked->common.quiet, limits.n, precision, &paths);
    free(precision);
    if (code != MLD_OK && code != MLD_NOT_REACHED)
        return code;
    int loaded = load_with(inputs, paths, scenario, plan);
    return loaded != MLD_OK ? loaded : code;
}

/*
 * Makes the scenario one of worlds where --uncertain asks for them and it has none, and of as many
 * paths as its worlds have.
 */
static int choose_worlds(struct cli_inputs *inputs, const struct asked *asked,
                         struct mld_scenario **scenario, struct mld_plan **plan)
{
    int given = inputs->paths[0] != '\0', code = MLD_OK;
    if (asked->worlds.asked && !(*plan)->uncertainty.present) {
        if (!cli_take_input(inputs, CLI_SET, "uncertainty.paths_per_world=64"))
            return MLD_ERR_USAGE;
        code = load_with(inputs, (*plan)->paths, scenario, plan);
    }
    if (code != MLD_OK || !(*plan)->uncertainty.present)
        return code;
    uint32_t paths = mld_worlds_each(*plan);
    if (given && !isnan((*plan)->uncertainty.worlds) && paths != (*plan)->paths) {
        cli_complain("--paths: the paths are uncertainty.worlds × paths_per_world, %u: give one of "
                     "the two",
                     paths);
        return MLD_ERR_USAGE;
    }
    return paths == 0 || paths == (*plan)->paths ? MLD_OK
                                                 : load_with(inputs, paths, scenario, plan);
}

static int load_and_simulate(struct cli_inputs *inputs, const struct asked *asked)
{
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    int code = cli_load(inputs, &scenario, &plan), reached = MLD_OK;
    if (code == MLD_OK)
        code = choose_worlds(inputs, asked, &scenario, &plan);
    int precise = code == MLD_OK && (asked->n_precisions || plan->run.n_precisions);
    if (code == MLD_OK && plan->uncertainty.present && (asked->piece || precise)) {
        cli_complain("worlds are of a whole run whose number of paths is known: not with "
                     "--segments, --precision, nor run.precision");
        code = MLD_ERR_USAGE;
    } else if (precise && asked->piece) {
        cli_complain("--segments are of a run whose number of paths is known: not with "
                     "--precision, nor run.precision");
        code = MLD_ERR_USAGE;
    } else if (precise)
        code = choose_paths(inputs, asked, &scenario, &plan);
    if (code == MLD_NOT_REACHED) {
        reached = code;
        code = MLD_OK;
    }
    if (code == MLD_OK)
        code = first_pass(plan, inputs, asked);
    if (code == MLD_OK)
        code = simulate_with_worlds(scenario, plan, inputs, asked);
    cli_unload(scenario, plan);
    return code == MLD_OK ? reached : code;
}

/* 0 after a complaint. */
static int take_precision(struct asked *asked, int option, const char *text)
{
    if (option == CLI_AT_MOST)
        return cli_whole("--at-most", text, 1, 4294967294, &asked->most);
    if (asked->n_precisions == MLD_MAX_PRECISIONS) {
        cli_complain("more than %d --precision", MLD_MAX_PRECISIONS);
        return 0;
    }
    asked->precision[asked->n_precisions++] = text;
    return 1;
}

static int take(void *own, int option, int argc, char **argv)
{
    struct asked *asked = own;
    (void)argc, (void)argv;
    switch (option) {
    case 'r': asked->resume = 1; return 1;
    case CLI_UNCERTAIN:
        asked->worlds.asked = 1;
        asked->worlds.worlds = optarg;
        return 1;
    case CLI_SEGMENTS: asked->piece = 1; return cli_take_segments(optarg, asked->segments);
    default: return take_precision(asked, option, optarg);
    }
}

int cli_run(const struct cli_command *command, int argc, char **argv)
{
    char usual[MLD_PATH_SIZE];
    struct asked asked = { .piece = 0 };
    int code;
    cli_catch_signals();
    if (!cli_read_options(command, argc, argv, &asked.common, take, &asked, &code))
        return code;
    cli_usual_output(asked.common.inputs.scenario, "", usual, sizeof usual);
    asked.common.output = asked.common.output ? asked.common.output : usual;
    if (!cli_ask_worlds(&asked.common.inputs, &asked.worlds))
        return MLD_ERR_USAGE;
    return load_and_simulate(&asked.common.inputs, &asked);
}
