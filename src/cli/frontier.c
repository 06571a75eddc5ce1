/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard frontier: the best mix, or the best values of keys, under constraints. */
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "milliard/report.h"

struct asked {
    struct cli_asked common;
    struct mld_frontier_question question;
    char key[MLD_MAX_FRONTIER_KEYS][MLD_MAX_SOLVE_KEYS]; /* of the question */
    int json;
};

static void draw_progress(void *context, int done, int most)
{
    char line[64];
    (void)context;
    snprintf(line, sizeof line, "point %d of %d at most ", done, most);
    cli_draw_line(line);
}

/* ---- what was found ---- */

static int print_table(const struct mld_frontier_table *table, const struct asked *asked)
{
    if (asked->json)
        mld_report_frontier_json(stdout, table);
    else if (!asked->common.quiet)
        return (int)mld_report_frontier(stdout, table, asked->common.language);
    return MLD_OK;
}

static int any_feasible(const struct mld_frontier_table *table)
{
    for (int i = 0; i < table->n_levels; i++)
        if (table->best[i].feasible)
            return 1;
    return 0;
}

/* The scenario with the next seed, as --seed gives it; its warnings were told before. */
static int load_again(struct cli_inputs *inputs, uint64_t seed, struct mld_scenario **scenario)
{
    char text[24];
    struct mld_messages messages;
    snprintf(text, sizeof text, "%" PRIu64, seed);
    if (!cli_take_input(inputs, 's', text))
        return MLD_ERR_USAGE;
    mld_messages_init(&messages);
    int code = (int)mld_scenario_load(inputs->scenario, inputs->n_set, inputs->set, scenario,
                                      &messages);
    cli_print_messages(&messages);
    mld_messages_clear(&messages);
    return code;
}

/* The points found, on the draws of the next seed. */
struct again {
    struct mld_study *study;
    struct mld_study_result result;
};

static void clear_again(struct again *again)
{
    mld_study_result_clear(&again->result);
    mld_study_free(again->study);
}

static int evaluate_again(struct asked *asked, const struct mld_frontier_options *options,
                          struct mld_frontier_table *table, struct again *again)
{
    struct mld_scenario *scenario = NULL;
    struct mld_messages messages;
    const uint64_t last = UINT64_C(9007199254740992); /* of run.seed */
    uint64_t seed = table->seed < last ? table->seed + 1 : table->seed - 1;
    int code = load_again(&asked->common.inputs, seed, &scenario);
    mld_messages_init(&messages);
    if (code == MLD_OK)
        code = (int)mld_frontier_again(scenario, options, table, &again->study, &again->result,
                                       &messages);
    if (!again->study)
        mld_scenario_free(scenario);
    cli_print_messages(&messages);
    if (code != MLD_OK && code != MLD_INTERRUPTED && messages.count == 0)
        cli_complain("%s", mld_status_text((enum mld_status)code));
    mld_messages_clear(&messages);
    return code;
}

static int write_study(const struct asked *asked, const struct again *again)
{
    char file[MLD_PATH_SIZE];
    struct mld_messages messages;
    mld_messages_init(&messages);
    int code = (int)mld_study_write(asked->common.output, again->study, &again->result, file,
                                    sizeof file, &messages);
    cli_print_messages(&messages);
    mld_messages_clear(&messages);
    if (code == MLD_OK && !asked->common.quiet)
        cli_print(stderr, "the points found, on the draws of seed %" PRIu64 ", written to %s\n",
                  again->study->plan->model.seed, file);
    return code;
}

/* ---- the search ---- */

static int find(struct mld_scenario *scenario, const struct asked *asked,
                const struct mld_frontier_options *options, struct mld_frontier_table *table)
{
    struct mld_messages messages;
    mld_messages_init(&messages);
    int code = (int)mld_frontier(scenario, &asked->question, options, table, &messages);
    if (options->progress)
        cli_draw_line("");
    cli_print_messages(&messages);
    if (code != MLD_OK && code != MLD_INTERRUPTED && messages.count == 0)
        cli_complain("%s", mld_status_text((enum mld_status)code));
    mld_messages_clear(&messages);
    return code;
}

/* What is known, of an interrupted search too. */
static int give(int code, const struct mld_frontier_table *table, const struct asked *asked)
{
    if (code == MLD_INTERRUPTED && !table->n_points)
        cli_complain(CLI_NOTHING_KEPT);
    if (code == MLD_INTERRUPTED && table->n_points && asked->common.output)
        cli_complain("interrupted: %s is not written", asked->common.output);
    if ((code != MLD_OK && code != MLD_INTERRUPTED) || !table->n_points)
        return code;
    int given = print_table(table, asked);
    if (given != MLD_OK || code != MLD_OK)
        return given != MLD_OK ? given : code;
    return any_feasible(table) ? MLD_OK : MLD_NOT_REACHED;
}

static int search(struct mld_scenario *scenario, struct asked *asked)
{
    struct mld_frontier_table *table = calloc(1, sizeof *table);
    int drawn = !asked->common.quiet && isatty(STDERR_FILENO);
    struct mld_frontier_options options = { .threads = (int)asked->common.inputs.threads,
                                            .stop = cli_keep_when_interrupted(),
                                            .progress = drawn ? draw_progress : NULL };
    if (!table) {
        cli_complain("%s", mld_status_text(MLD_ERR_MEMORY));
        return MLD_ERR_MEMORY;
    }
    struct again again = { .study = NULL };
    int code = find(scenario, asked, &options, table);
    if (code == MLD_OK && any_feasible(table))
        code = evaluate_again(asked, &options, table, &again);
    table->interrupted |= code == MLD_INTERRUPTED;
    code = give(code, table, asked);
    if (code == MLD_OK && asked->common.output && again.study)
        code = write_study(asked, &again);
    clear_again(&again);
    mld_frontier_clear(table);
    free(table);
    return code;
}

static int load_and_search(struct asked *asked)
{
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    struct mld_messages messages;
    int code = cli_load(&asked->common.inputs, &scenario, &plan);
    mld_messages_init(&messages);
    if (code == MLD_OK && asked->common.output)
        code = (int)mld_study_write_check(asked->common.output, &messages);
    cli_print_messages(&messages);
    mld_messages_clear(&messages);
    if (code == MLD_OK)
        code = search(scenario, asked);
    cli_unload(scenario, plan);
    return code;
}

/* ---- options ---- */

/* "NAME=LOW:HIGH"; `key` becomes the name within `format`. 0 after a complaint. */
static int take_bounds(struct asked *asked, int is_mix, const char *text)
{
    struct mld_frontier_question *question = &asked->question;
    const char *equals = strrchr(text, '=');
    int i = question->n_vary, end = 0;
    if (i == MLD_MAX_FRONTIER_KEYS) {
        cli_complain("more than %d keys", MLD_MAX_FRONTIER_KEYS);
        return 0;
    }
    struct mld_frontier_vary *vary = &question->vary[i];
    if (!equals || sscanf(equals + 1, "%lf:%lf%n", &vary->from, &vary->to, &end) != 2 ||
        equals[1 + end]) {
        cli_complain("%s %s: %s=LOW:HIGH is expected", is_mix ? "--mix" : "--vary", text,
                     is_mix ? "NAME" : "KEY");
        return 0;
    }
    snprintf(asked->key[i], sizeof asked->key[i], "%s%.*s%s", is_mix ? "thesis.mix." : "",
             (int)(equals - text), text, is_mix ? ".weight" : "");
    vary->keys = asked->key[i];
    question->n_vary++;
    return 1;
}

static int take_objective(struct asked *asked, int minimise)
{
    if (asked->question.objective) {
        cli_complain("one of --maximise and --minimise is expected, once");
        return 0;
    }
    asked->question.objective = optarg;
    asked->question.minimise = minimise;
    return 1;
}

static int take_constraint(struct mld_frontier_question *question)
{
    if (question->n_constraints == MLD_MAX_CONSTRAINTS) {
        cli_complain("more than %d --subject-to", MLD_MAX_CONSTRAINTS);
        return 0;
    }
    question->constraint[question->n_constraints++] = optarg;
    return 1;
}

static int take(void *own, int option, int argc, char **argv)
{
    struct asked *asked = own;
    (void)argc, (void)argv;
    switch (option) {
    case CLI_MIX: return take_bounds(asked, 1, optarg);
    case CLI_VARY: return take_bounds(asked, 0, optarg);
    case CLI_MAXIMISE: return take_objective(asked, 0);
    case CLI_MINIMISE: return take_objective(asked, 1);
    case CLI_SUBJECT_TO: return take_constraint(&asked->question);
    default: asked->json = 1; return 1; /* 'j' */
    }
}

int cli_frontier(const struct cli_command *command, int argc, char **argv)
{
    struct asked asked = { .json = 0 };
    int code;
    cli_catch_signals();
    if (!cli_read_options(command, argc, argv, &asked.common, take, &asked, &code))
        return code;
    if (!asked.question.n_vary || !asked.question.objective)
        return cli_usage_error(command);
    return load_and_search(&asked);
}
