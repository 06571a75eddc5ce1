/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard bridge: from gross to net, step by step, on the same draws. */
#include <stdio.h>
#include <unistd.h>

#include "cli/cli.h"
#include "milliard/report.h"

static void draw_progress(void *context, int done, int runs)
{
    (void)context;
    cli_draw_count(done, runs, "steps");
}

static const struct mld_file_kind table_kind = { .other = "no table of milliard bridge",
                                                 .suffix = ".csv",
                                                 .start = { "bridge,label_en,label_fr,irr," } };

static enum mld_status fill(FILE *file, const void *bridge)
{
    mld_report_bridge_csv(file, bridge);
    return MLD_OK;
}

static int build(const struct cli_asked *asked)
{
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    int code = cli_load(&asked->inputs, &scenario, &plan);
    if (code == MLD_OK && asked->output)
        code = (int)cli_check_place(asked->output, &table_kind);
    if (code == MLD_OK) {
        struct mld_messages messages;
        struct mld_bridge bridge;
        struct mld_run_options options = { .threads = (int)asked->inputs.threads };
        int drawn = !asked->quiet && isatty(STDERR_FILENO);
        mld_messages_init(&messages);
        code = (int)mld_bridge_fill(scenario, &options, drawn ? draw_progress : NULL, NULL, &bridge,
                                    &messages);
        if (drawn)
            cli_draw_line("");
        cli_print_messages(&messages);
        mld_messages_clear(&messages);
        if (code == MLD_OK && !asked->quiet)
            code = (int)mld_report_bridge(stdout, &bridge, asked->language);
        if (code == MLD_OK && asked->output)
            code = (int)cli_write_file(asked->output, &table_kind, fill, &bridge);
    }
    cli_unload(scenario, plan);
    return code;
}

int cli_bridge(const struct cli_command *command, int argc, char **argv)
{
    struct cli_asked asked;
    int code;
    return cli_table_options(command, argc, argv, &asked, &code) ? build(&asked) : code;
}
