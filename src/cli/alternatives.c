/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard alternatives: what else the same public money could do. */
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "milliard/report.h"

struct asked {
    struct cli_asked common;
    int json;
    double admin;
};

static const struct mld_file_kind csv_kind = { .other = "no table of milliard alternatives",
                                               .suffix = ".csv",
                                               .start = { "sizing,form,state,size," } };
static const struct mld_file_kind json_kind = { .other = "no table of milliard alternatives",
                                                .suffix = ".json",
                                                .start = { "{\n  \"scenario\": " } };

static void draw_progress(void *context, int pass, double done, double all)
{
    char line[64];
    (void)context;
    snprintf(line, sizeof line, "pass %d: %3.0f %% ", pass, 100 * done / all);
    cli_draw_line(line);
}

static enum mld_status fill_csv(FILE *file, const void *table)
{
    mld_report_alternatives_csv(file, table);
    return MLD_OK;
}

static enum mld_status fill_json(FILE *file, const void *table)
{
    mld_report_alternatives_json(file, table);
    return MLD_OK;
}

static int is_json(const char *path)
{
    size_t length = strlen(path);
    return length > 5 && !strcmp(path + length - 5, ".json");
}

static int give(const struct mld_alternatives *table, const struct asked *asked)
{
    int code = MLD_OK;
    if (asked->json)
        mld_report_alternatives_json(stdout, table);
    else if (!asked->common.quiet)
        code = (int)mld_report_alternatives(stdout, table, asked->common.language);
    if (code != MLD_OK || !asked->common.output)
        return code;
    return is_json(asked->common.output)
               ? (int)cli_write_file(asked->common.output, &json_kind, fill_json, table)
               : (int)cli_write_file(asked->common.output, &csv_kind, fill_csv, table);
}

static int compare(struct mld_scenario *scenario, const struct cli_inputs *inputs,
                   const struct asked *asked)
{
    struct mld_messages messages;
    struct mld_alternatives *table = calloc(1, sizeof *table);
    int drawn = !asked->common.quiet && isatty(STDERR_FILENO);
    struct mld_alternatives_options options = { .threads = (int)inputs->threads,
                                                .admin = asked->admin,
                                                .stop = cli_keep_when_interrupted(),
                                                .progress = drawn ? draw_progress : NULL };
    if (!table)
        return MLD_ERR_MEMORY;
    mld_messages_init(&messages);
    int code = (int)mld_alternatives_fill(scenario, &options, table, &messages);
    if (drawn)
        cli_draw_line("");
    cli_print_messages(&messages);
    if (code == MLD_INTERRUPTED)
        cli_complain("interrupted: nothing is kept");
    else if (code != MLD_OK && messages.count == 0)
        cli_complain("%s", mld_status_text((enum mld_status)code));
    mld_messages_clear(&messages);
    if (code == MLD_OK)
        code = give(table, asked);
    mld_alternatives_clear(table);
    free(table);
    return code;
}

static int load_and_compare(const struct cli_inputs *inputs, const struct asked *asked)
{
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    int code = cli_load(inputs, &scenario, &plan);
    if (code == MLD_OK && asked->common.output)
        code = (int)cli_check_place(asked->common.output,
                                    is_json(asked->common.output) ? &json_kind : &csv_kind);
    if (code == MLD_OK)
        code = compare(scenario, inputs, asked);
    cli_unload(scenario, plan);
    return code;
}

/* A rate a year, or a complaint and 0. */
static int take_admin(struct asked *asked, const char *text)
{
    char *end;
    asked->admin = strtod(text, &end);
    if (end != text && !*end && asked->admin >= 0 && asked->admin <= 0.1)
        return 1;
    cli_complain("--admin %s is no rate in [0, 0.1]", text);
    return 0;
}

static int take(void *own, int option, int argc, char **argv)
{
    struct asked *asked = own;
    (void)argc, (void)argv;
    asked->json |= option == 'j';
    return option == 'j' || take_admin(asked, optarg);
}

int cli_alternatives(const struct cli_command *command, int argc, char **argv)
{
    struct asked asked = { .admin = (double)NAN };
    int code;
    cli_catch_signals();
    return cli_read_options(command, argc, argv, &asked.common, take, &asked, &code)
               ? load_and_compare(&asked.common.inputs, &asked)
               : code;
}
