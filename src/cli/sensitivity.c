/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard sensitivity: each judgement of a scenario at its low and high, on the same draws. */
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

static const struct mld_file_kind table_kind = { .other = "no table of milliard sensitivity",
                                                 .suffix = ".csv",
                                                 .start = {
                                                     "judgement,label_en,label_fr,end,applied," } };

static enum mld_status fill(FILE *file, const void *table)
{
    mld_report_sensitivity_csv(file, table);
    return MLD_OK;
}

static int analyse(const struct cli_inputs *inputs, long threads, const char *output, int quiet,
                   const char *language)
{
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    int code = cli_load(inputs, &scenario, &plan);
    if (code == MLD_OK && output)
        code = (int)cli_check_place(output, &table_kind);
    if (code == MLD_OK) {
        struct mld_messages messages;
        struct mld_sensitivity_table table;
        struct mld_run_options options = { .threads = (int)threads };
        int drawn = !quiet && isatty(STDERR_FILENO);
        mld_messages_init(&messages);
        code = (int)mld_sensitivity_fill(scenario, &options, drawn ? draw_progress : NULL, NULL,
                                         &table, &messages);
        if (drawn)
            cli_draw_line("");
        cli_print_messages(&messages);
        mld_messages_clear(&messages);
        if (code == MLD_OK && !quiet)
            code = (int)mld_report_sensitivity(stdout, &table, language);
        if (code == MLD_OK && output)
            code = (int)cli_write_file(output, &table_kind, fill, &table);
        mld_sensitivity_clear(&table);
    }
    cli_unload(scenario, plan);
    return code;
}

static int sensitivity(int argc, char **argv)
{
    static const struct option options[] = { { "output", required_argument, NULL, 'o' },
                                             { "paths", required_argument, NULL, 'n' },
                                             { "seed", required_argument, NULL, 's' },
                                             { "threads", required_argument, NULL, 't' },
                                             { "set", required_argument, NULL, 'S' },
                                             { "lang", required_argument, NULL, 'l' },
                                             { "quiet", no_argument, NULL, 'q' },
                                             { "help", no_argument, NULL, 'h' },
                                             { NULL, 0, NULL, 0 } };
    struct cli_inputs inputs = { 0 };
    const char *language = NULL, *output = NULL, *paths = NULL;
    char usual[16];
    long threads = 0;
    int quiet = 0, option;
    while ((option = getopt_long(argc, argv, "o:n:s:t:l:qh", options, NULL)) != -1)
        switch (option) {
        case 'o': output = optarg; break;
        case 'n': paths = optarg; break;
        case 's':
            if (!cli_add_number(&inputs, inputs.seed, sizeof inputs.seed, "run.seed", optarg))
                return MLD_ERR_USAGE;
            break;
        case 't':
            if (!cli_whole("--threads", optarg, 1, 1024, &threads))
                return MLD_ERR_USAGE;
            break;
        case 'S':
            if (!cli_add_set(&inputs, optarg))
                return MLD_ERR_USAGE;
            break;
        case 'l': language = optarg; break;
        case 'q': quiet = 1; break;
        case 'h': cli_print_help(&cli_sensitivity); return 0;
        default: return cli_usage_error(&cli_sensitivity);
        }
    language = cli_language(language);
    if (optind != argc - 1 || !language)
        return cli_usage_error(&cli_sensitivity);
    snprintf(usual, sizeof usual, "%d", USUAL_PATHS);
    if (!cli_add_number(&inputs, inputs.paths, sizeof inputs.paths, "run.paths",
                        paths ? paths : usual))
        return MLD_ERR_USAGE;
    inputs.scenario = argv[optind];
    return analyse(&inputs, threads, output, quiet, language);
}

const struct cli_command cli_sensitivity = {
    "sensitivity",
    "sensitivity SCENARIO [-o FILE.csv] [--paths N] [--seed S] [--threads T] [--set key=value …]",
    "run each judgement of a scenario at its low and high, on the same draws",
    "  -o, --output FILE   write the table as CSV too\n"
    "  -n, --paths N       paths of each run (default 20000)\n"
    "  -s, --seed S        seed instead of run.seed\n"
    "  -t, --threads T     threads (default: all; results do not depend on it)\n"
    "      --set key=value override a key; repeat as needed\n"
    "  -l, --lang en|fr    language of the table (default: MILLIARD_LANG, else en)\n"
    "  -q, --quiet         no progress and no table on the screen\n"
    "  -h, --help          this text\n",
    sensitivity
};
