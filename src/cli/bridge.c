/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard bridge: from gross to net, step by step, on the same draws. */
#include <getopt.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/cli.h"
#include "milliard/report.h"

enum { USUAL_PATHS = 20000 };

static void draw_progress(void *context, int done, int runs)
{
    char line[64];
    (void)context;
    snprintf(line, sizeof line, "%d of %d runs ", done, runs);
    cli_draw_line(line);
}

static const struct mld_file_kind table_kind = { .other = "no table of milliard bridge",
                                                 .suffix = ".csv",
                                                 .start = { "bridge,label_en,label_fr,irr," } };

static enum mld_status fill(FILE *file, const void *bridge)
{
    mld_report_bridge_csv(file, bridge);
    return MLD_OK;
}

static int build(const struct cli_inputs *inputs, const char *output, int quiet,
                 const char *language)
{
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    int code = cli_load(inputs, &scenario, &plan);
    if (code == MLD_OK && output)
        code = (int)cli_check_place(output, &table_kind);
    if (code == MLD_OK) {
        struct mld_messages messages;
        struct mld_bridge bridge;
        struct mld_run_options options = { .threads = (int)inputs->threads };
        int drawn = !quiet && isatty(STDERR_FILENO);
        mld_messages_init(&messages);
        code = (int)mld_bridge_fill(scenario, &options, drawn ? draw_progress : NULL, NULL, &bridge,
                                    &messages);
        if (drawn)
            cli_draw_line("");
        cli_print_messages(&messages);
        mld_messages_clear(&messages);
        if (code == MLD_OK && !quiet)
            code = (int)mld_report_bridge(stdout, &bridge, language);
        if (code == MLD_OK && output)
            code = (int)cli_write_file(output, &table_kind, fill, &bridge);
    }
    cli_unload(scenario, plan);
    return code;
}

int cli_bridge(const struct cli_command *command, int argc, char **argv)
{
    struct cli_inputs inputs = { 0 };
    const char *language = NULL, *output = NULL, *paths = NULL;
    char usual[16];
    int quiet = 0, option;
    while ((option = cli_option(command, argc, argv)) != -1)
        switch (option) {
        case 'o': output = optarg; break;
        case 'n': paths = optarg; break;
        case 's':
        case 't':
        case CLI_SET:
            if (!cli_take_input(&inputs, option, optarg))
                return MLD_ERR_USAGE;
            break;
        case 'l': language = optarg; break;
        case 'q': quiet = 1; break;
        default: return cli_end(command, option);
        }
    language = cli_language(language);
    if (optind != argc - 1 || !language)
        return cli_usage_error(command);
    snprintf(usual, sizeof usual, "%d", USUAL_PATHS);
    if (!cli_take_input(&inputs, 'n', paths ? paths : usual))
        return MLD_ERR_USAGE;
    inputs.scenario = argv[optind];
    return build(&inputs, output, quiet, language);
}
