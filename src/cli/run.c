/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard run: simulate a scenario into a results file, and show its summary. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "milliard/report.h"

struct progress {
    struct timespec start;
};

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

/*
 * One line, rewritten: a bar, the share done, the rate and the time left. Where they do not all fit
 * the bar is shorter.
 */
static void draw_progress(void *context, uint32_t done, uint32_t paths)
{
    enum { LONGEST = 30 };
    const struct progress *progress = context;
    double elapsed = seconds_since(&progress->start), share = (double)done / paths;
    double rate = elapsed > 0 ? done / elapsed : 0;
    char numbers[128], bar[LONGEST + 1] = "", line[256];
    int taken = snprintf(numbers, sizeof numbers, "%3.0f %%  %.0f paths/s  %.0f s left",
                         100 * share, rate, rate > 0 ? (paths - done) / rate : 0);
    int room = cli_terminal_columns() - taken - (int)sizeof "[]  ";
    int length = room < 0 ? 0 : room < LONGEST ? room : LONGEST;
    memset(bar, '.', (size_t)length);
    memset(bar, '#', (size_t)(share * length));
    snprintf(line, sizeof line, "[%s] %s ", bar, numbers);
    cli_draw_line(line);
}

/* "folder/name.cfg" → "name.h5" in the working folder. */
static void default_output(const char *scenario, char *output, size_t size)
{
    const char *slash = strrchr(scenario, '/');
    const char *name = slash ? slash + 1 : scenario;
    size_t length = strlen(name);
    if (length > 4 && strcmp(name + length - 4, ".cfg") == 0)
        length -= 4;
    snprintf(output, size, "%.*s.h5", (int)length, name);
}

static int show_file(const char *file, const char *language)
{
    struct mld_results *results = NULL;
    struct mld_messages messages;
    mld_messages_init(&messages);
    enum mld_status status = mld_results_open(file, &results, &messages);
    if (status == MLD_OK)
        status = mld_report_show(stdout, results, language, 0);
    cli_print_messages(&messages);
    mld_messages_clear(&messages);
    mld_results_close(results);
    return (int)status;
}

struct asked {
    const char *output, *language;
    long threads;
    int quiet;
};

/* What became of the run, after the messages of the run itself. */
static int tell(int code, const struct mld_run_result *result, const struct asked *asked)
{
    if (code == MLD_INTERRUPTED && result->paths == 0) {
        cli_complain(CLI_NOTHING_KEPT);
        return code;
    }
    if (code == MLD_INTERRUPTED)
        cli_complain("interrupted: %u paths are kept in %s", result->paths, result->file);
    if ((code != MLD_OK && code != MLD_INTERRUPTED) || asked->quiet)
        return code;
    int shown = show_file(result->file, asked->language);
    cli_print(stderr, "%u paths in %.1f s (%.0f paths/s), written to %s\n", result->paths,
              result->seconds, result->seconds > 0 ? result->paths / result->seconds : 0,
              result->file);
    return code == MLD_OK ? shown : code;
}

static int simulate(const struct mld_scenario *scenario, const struct mld_plan *plan,
                    const struct asked *asked)
{
    struct progress progress;
    struct mld_messages messages;
    struct mld_run_result result;
    struct mld_summary summary = { 0 };
    struct mld_run_options options = { .threads = (int)asked->threads,
                                       .stop = cli_keep_when_interrupted() };
    clock_gettime(CLOCK_MONOTONIC, &progress.start);
    if (!asked->quiet && isatty(STDERR_FILENO)) {
        options.progress = draw_progress;
        options.context = &progress;
    }
    mld_messages_init(&messages);
    int code = (int)mld_run(plan, scenario, &options, asked->output, &summary, &result, &messages);
    if (options.progress)
        cli_draw_line("");
    cli_print_messages(&messages);
    if (code != MLD_OK && code != MLD_INTERRUPTED && messages.count == 0)
        cli_complain("%s", mld_status_text((enum mld_status)code));
    mld_messages_clear(&messages);
    mld_summary_clear(&summary);
    return tell(code, &result, asked);
}

static int load_and_simulate(const struct cli_inputs *inputs, const struct asked *asked)
{
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    int code = cli_load(inputs, &scenario, &plan);
    if (code == MLD_OK)
        code = simulate(scenario, plan, asked);
    cli_unload(scenario, plan);
    return code;
}

static int run(int argc, char **argv)
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
    char usual[4096];
    struct asked asked = { 0 };
    int option;
    cli_catch_signals();
    while ((option = getopt_long(argc, argv, "o:n:s:t:l:qh", options, NULL)) != -1)
        switch (option) {
        case 'o': asked.output = optarg; break;
        case 'n':
            if (!cli_add_number(&inputs, inputs.paths, sizeof inputs.paths, "run.paths", optarg))
                return MLD_ERR_USAGE;
            break;
        case 's':
            if (!cli_add_number(&inputs, inputs.seed, sizeof inputs.seed, "run.seed", optarg))
                return MLD_ERR_USAGE;
            break;
        case 't':
            if (!cli_whole("--threads", optarg, 1, 1024, &asked.threads))
                return MLD_ERR_USAGE;
            break;
        case 'S':
            if (!cli_add_set(&inputs, optarg))
                return MLD_ERR_USAGE;
            break;
        case 'l': asked.language = optarg; break;
        case 'q': asked.quiet = 1; break;
        case 'h': cli_print_help(&cli_run); return 0;
        default: return cli_usage_error(&cli_run);
        }
    asked.language = cli_language(asked.language);
    if (optind != argc - 1 || !asked.language)
        return cli_usage_error(&cli_run);
    inputs.scenario = argv[optind];
    if (!asked.output) {
        default_output(inputs.scenario, usual, sizeof usual);
        asked.output = usual;
    }
    return load_and_simulate(&inputs, &asked);
}

const struct cli_command cli_run = {
    "run", "run SCENARIO [-o FILE] [--paths N] [--seed S] [--threads T] [--set key=value …]",
    "simulate a scenario into a results file and show its summary",
    "  -o, --output FILE   results file (default: the scenario's name with .h5, in this folder)\n"
    "  -n, --paths N       number of paths instead of the scenario's run.paths\n"
    "  -s, --seed S        seed instead of run.seed\n"
    "  -t, --threads T     threads (default: all; results do not depend on it)\n"
    "      --set key=value override a key, e.g. --set fund.hurdle=0.07; repeat as needed\n"
    "  -l, --lang en|fr    language of the summary (default: MILLIARD_LANG, else en)\n"
    "  -q, --quiet         no progress and no summary\n"
    "  -h, --help          this text\n",
    run
};
