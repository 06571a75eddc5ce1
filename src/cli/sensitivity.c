/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard sensitivity: each judgement of a scenario at its low and high, on the same draws. */
#include <stdio.h>
#include <unistd.h>

#include "cli/cli.h"
#include "milliard/report.h"

static void draw_progress(void *context, int done, int runs)
{
    (void)context;
    cli_draw_count(done, runs, "runs");
}

static const struct mld_file_kind table_kind = { .other = "no table of milliard sensitivity",
                                                 .suffix = ".csv",
                                                 .start = {
                                                     "judgement,label_en,label_fr,end,applied," } };

static enum mld_status fill(FILE *file, const void *table)
{
    mld_report_sensitivity_csv(file, table);
    return MLD_OK;
}

static int analyse(const struct cli_asked *asked)
{
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    int code = cli_load(&asked->inputs, &scenario, &plan);
    if (code == MLD_OK && asked->output)
        code = (int)cli_check_place(asked->output, &table_kind);
    if (code == MLD_OK) {
        struct mld_messages messages;
        struct mld_sensitivity_table table;
        struct mld_run_options options = { .threads = (int)asked->inputs.threads };
        int drawn = !asked->quiet && isatty(STDERR_FILENO);
        mld_messages_init(&messages);
        code = (int)mld_sensitivity_fill(scenario, &options, drawn ? draw_progress : NULL, NULL,
                                         &table, &messages);
        if (drawn)
            cli_draw_line("");
        cli_print_messages(&messages);
        mld_messages_clear(&messages);
        if (code == MLD_OK && !asked->quiet)
            code = (int)mld_report_sensitivity(stdout, &table, asked->language);
        if (code == MLD_OK && asked->output)
            code = (int)cli_write_file(asked->output, &table_kind, fill, &table);
        mld_sensitivity_clear(&table);
    }
    cli_unload(scenario, plan);
    return code;
}

int cli_sensitivity(const struct cli_command *command, int argc, char **argv)
{
    struct cli_asked asked;
    int code;
    return cli_table_options(command, argc, argv, &asked, &code) ? analyse(&asked) : code;
}
