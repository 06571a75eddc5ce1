/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard run: simulate a scenario into a results file, and show its summary. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "milliard/report.h"

static volatile sig_atomic_t stop;

static void ask_to_stop(int signal_number)
{
    stop = signal_number;
}

static void catch_signals(void)
{
    struct sigaction action = { .sa_handler = ask_to_stop, .sa_flags = (int)SA_RESETHAND };
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

struct progress { struct timespec start; };

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

/* One line, rewritten: a bar, the share done, the rate and the time left. */
static void draw_progress(void *context, uint32_t done, uint32_t paths)
{
    const struct progress *progress = context;
    double elapsed = seconds_since(&progress->start), share = (double)done / paths;
    double rate = elapsed > 0 ? done / elapsed : 0;
    char bar[31];
    int filled = (int)(share * 30);
    for (int i = 0; i < 30; i++)
        bar[i] = i < filled ? '#' : '.';
    bar[30] = '\0';
    fprintf(stderr, "\r[%s] %3.0f %%  %.0f paths/s  %.0f s left \033[K", bar, 100 * share, rate,
            rate > 0 ? (paths - done) / rate : 0);
    if (done == paths)
        fprintf(stderr, "\r\033[K");
    fflush(stderr);
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

static int simulate(const struct cli_inputs *inputs, const char *output, long threads, int quiet, const char *language)
{
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    int code = cli_load(inputs, &scenario, &plan);
    if (code == MLD_OK) {
        struct progress progress;
        clock_gettime(CLOCK_MONOTONIC, &progress.start);
        catch_signals();
        struct mld_run_options options = { .threads = (int)threads, .stop = &stop };
        if (!quiet && isatty(STDERR_FILENO)) {
            options.progress = draw_progress;
            options.context = &progress;
        }
        struct mld_messages messages;
        mld_messages_init(&messages);
        struct mld_run_result result;
        struct mld_summary summary = { 0 };
        code = (int)mld_run(plan, scenario, &options, output, &summary, &result, &messages);
        cli_print_messages(&messages);
        if (code != MLD_OK && code != MLD_INTERRUPTED && messages.count == 0)
            cli_complain("%s", mld_status_text((enum mld_status)code));
        mld_messages_clear(&messages);
        mld_summary_clear(&summary);
        if (code == MLD_INTERRUPTED)
            cli_complain("interrupted: %u paths are kept in %s", result.paths, result.file);
        if ((code == MLD_OK || code == MLD_INTERRUPTED) && !quiet) {
            int shown = show_file(result.file, language);
            code = code == MLD_OK ? shown : code;
            fprintf(stderr, "%u paths in %.1f s (%.0f paths/s), written to %s\n", result.paths, result.seconds,
                    result.seconds > 0 ? result.paths / result.seconds : 0, result.file);
        }
    }
    cli_unload(scenario, plan);
    return code;
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {
        { "output", required_argument, NULL, 'o' }, { "paths", required_argument, NULL, 'n' },
        { "seed", required_argument, NULL, 's' },   { "threads", required_argument, NULL, 't' },
        { "set", required_argument, NULL, 'S' },    { "lang", required_argument, NULL, 'l' },
        { "quiet", no_argument, NULL, 'q' },        { "help", no_argument, NULL, 'h' }, { NULL, 0, NULL, 0 } };
    struct cli_inputs inputs = { 0 };
    char output[4096] = "";
    const char *language = NULL;
    long threads = 0;
    int quiet = 0, option;
    while ((option = getopt_long(argc, argv, "o:n:s:t:l:qh", options, NULL)) != -1)
        switch (option) {
        case 'o': snprintf(output, sizeof output, "%s", optarg); break;
        case 'n': if (!cli_add_number(&inputs, inputs.paths, sizeof inputs.paths, "run.paths", optarg)) return MLD_ERR_USAGE; break;
        case 's': if (!cli_add_number(&inputs, inputs.seed, sizeof inputs.seed, "run.seed", optarg)) return MLD_ERR_USAGE; break;
        case 't': if (!cli_whole("--threads", optarg, 1, 1024, &threads)) return MLD_ERR_USAGE; break;
        case 'S': if (!cli_add_set(&inputs, optarg)) return MLD_ERR_USAGE; break;
        case 'l': language = optarg; break;
        case 'q': quiet = 1; break;
        case 'h': cli_print_help(&cli_run); return 0;
        default: return cli_usage_error(&cli_run);
        }
    language = cli_language(language);
    if (optind != argc - 1 || !language)
        return cli_usage_error(&cli_run);
    inputs.scenario = argv[optind];
    if (!output[0])
        default_output(inputs.scenario, output, sizeof output);
    return simulate(&inputs, output, threads, quiet, language);
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
