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
    const char *output, *language;
    int quiet, json;
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
    else if (!asked->quiet)
        code = (int)mld_report_alternatives(stdout, table, asked->language);
    if (code != MLD_OK || !asked->output)
        return code;
    return is_json(asked->output) ? (int)cli_write_file(asked->output, &json_kind, fill_json, table)
                                  : (int)cli_write_file(asked->output, &csv_kind, fill_csv, table);
}

static int compare(struct mld_scenario *scenario, const struct cli_inputs *inputs,
                   const struct asked *asked)
{
    struct mld_messages messages;
    struct mld_alternatives *table = calloc(1, sizeof *table);
    int drawn = !asked->quiet && isatty(STDERR_FILENO);
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
    if (code == MLD_OK && asked->output)
        code = (int)cli_check_place(asked->output, is_json(asked->output) ? &json_kind : &csv_kind);
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

int cli_alternatives(const struct cli_command *command, int argc, char **argv)
{
    struct cli_inputs inputs = { 0 };
    struct asked asked = { .admin = (double)NAN };
    int option;
    cli_catch_signals();
    while ((option = cli_option(command, argc, argv)) != -1)
        switch (option) {
        case CLI_ADMIN:
            if (!take_admin(&asked, optarg))
                return MLD_ERR_USAGE;
            break;
        case 'o': asked.output = optarg; break;
        case 'j': asked.json = 1; break;
        case 'l': asked.language = optarg; break;
        case 'q': asked.quiet = 1; break;
        case 'n':
        case 's':
        case 't':
        case CLI_SET:
            if (!cli_take_input(&inputs, option, optarg))
                return MLD_ERR_USAGE;
            break;
        default: return cli_end(command, option);
        }
    asked.language = cli_language(asked.language);
    if (optind != argc - 1 || !asked.language)
        return cli_usage_error(command);
    inputs.scenario = argv[optind];
    return load_and_compare(&inputs, &asked);
}
