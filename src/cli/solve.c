/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard solve: the value of a key at which a statistic reaches a target. */
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "milliard/report.h"

struct asked {
    struct cli_asked common;
    struct mld_solve_question question;
};

static void draw_progress(void *context, int round, double done, double all)
{
    char line[64];
    (void)context;
    snprintf(line, sizeof line, "round %d: %3.0f %% ", round, 100 * done / all);
    cli_draw_line(line);
}

static const struct mld_file_kind table_kind = { .other = "no table of milliard solve",
                                                 .suffix = ".csv",
                                                 .start = { "row,keys,value,statistic," } };

static enum mld_status fill(FILE *file, const void *table)
{
    mld_report_solve_csv(file, table);
    return MLD_OK;
}

/* What is known, of an interrupted search too. */
static int give(int code, const struct mld_solve_table *table, const struct asked *asked)
{
    int given = MLD_OK;
    if (code == MLD_INTERRUPTED && !table->n_points)
        cli_complain(CLI_NOTHING_KEPT);
    if ((code != MLD_OK && code != MLD_INTERRUPTED) || !table->n_points)
        return code;
    if (!asked->common.quiet)
        given = (int)mld_report_solve(stdout, table, asked->common.language);
    if (given == MLD_OK && asked->common.output)
        given = (int)cli_write_file(asked->common.output, &table_kind, fill, table);
    if (given != MLD_OK || code != MLD_OK)
        return given != MLD_OK ? given : code;
    return table->n_crossings ? MLD_OK : MLD_NOT_REACHED;
}

static int search(struct mld_scenario *scenario, const struct cli_inputs *inputs,
                  const struct asked *asked)
{
    struct mld_messages messages;
    struct mld_solve_table *table = calloc(1, sizeof *table);
    int drawn = !asked->common.quiet && isatty(STDERR_FILENO);
    struct mld_solve_options options = { .threads = (int)inputs->threads,
                                         .stop = cli_keep_when_interrupted(),
                                         .progress = drawn ? draw_progress : NULL };
    if (!table)
        return MLD_ERR_MEMORY;
    mld_messages_init(&messages);
    int code = (int)mld_solve(scenario, &asked->question, &options, table, &messages);
    if (drawn)
        cli_draw_line("");
    cli_print_messages(&messages);
    if (code != MLD_OK && code != MLD_INTERRUPTED && messages.count == 0)
        cli_complain("%s", mld_status_text((enum mld_status)code));
    mld_messages_clear(&messages);
    code = give(code, table, asked);
    mld_solve_clear(table);
    free(table);
    return code;
}

static int load_and_search(const struct cli_inputs *inputs, const struct asked *asked)
{
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    int code = cli_load(inputs, &scenario, &plan);
    if (code == MLD_OK && asked->common.output)
        code = (int)cli_check_place(asked->common.output, &table_kind);
    if (code == MLD_OK)
        code = search(scenario, inputs, asked);
    cli_unload(scenario, plan);
    return code;
}

/* A number for an option, or a message and 0. */
static int take_number(const char *option, const char *text, double *value)
{
    char *end;
    *value = strtod(text, &end);
    if (end != text && !*end && isfinite(*value))
        return 1;
    cli_complain("%s %s is not a number", option, text);
    return 0;
}

/* "A B": the second stands behind what getopt takes for the option's argument. */
static int take_between(struct asked *asked, int argc, char **argv)
{
    if (optind >= argc) {
        cli_complain("--between takes two numbers");
        return 0;
    }
    return take_number("--between", optarg, &asked->question.from) &&
           take_number("--between", argv[optind++], &asked->question.to);
}

static int take_tolerance(struct asked *asked)
{
    if (!take_number("--tolerance", optarg, &asked->question.tolerance))
        return 0;
    if (asked->question.tolerance > 0)
        return 1;
    cli_complain("--tolerance %s is not above 0", optarg);
    return 0;
}

static int take(void *own, int option, int argc, char **argv)
{
    struct asked *asked = own;
    switch (option) {
    case CLI_VARY: asked->question.keys = optarg; return 1;
    case CLI_BETWEEN: return take_between(asked, argc, argv);
    case CLI_UNTIL: asked->question.until = optarg; return 1;
    default: return take_tolerance(asked);
    }
}

int cli_solve(const struct cli_command *command, int argc, char **argv)
{
    struct asked asked = { .question = { .from = (double)NAN } };
    const struct mld_solve_question *question = &asked.question;
    int code;
    cli_catch_signals();
    if (!cli_read_options(command, argc, argv, &asked.common, take, &asked, &code))
        return code;
    if (!question->keys || !question->until || isnan(question->from))
        return cli_usage_error(command);
    return load_and_search(&asked.common.inputs, &asked);
}
