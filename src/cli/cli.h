/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The program: one file a command, each an entry of commands.def. The only place that prints to
 * the standard streams and chooses the exit code (enum mld_status).
 */
#ifndef MILLIARD_CLI_H
#define MILLIARD_CLI_H

#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "cli/commands.h"
#include "core/target.h"
#include "milliard/milliard.h"

/**
 * Runs a command, on a stack large enough for it. Gives its exit code; MLD_ERR_MEMORY, and says so,
 * when there is no such stack.
 */
int cli_run_command(const struct cli_command *command, int argc, char **argv);

/** What chooses the plan, and how it is run: a scenario, --set, --paths, --seed, --threads. */
enum { CLI_MAX_SET = 256 };
struct cli_inputs {
    const char *scenario;
    const char *set[CLI_MAX_SET]; /**< the command line's, or paths and seed below */
    int n_set;
    char paths[48], seed[48]; /**< "run.paths=N", "run.seed=S" */
    long threads;             /**< 0: as many as there are processors */
    int french;               /**< 1: warnings are told in French; mistakes never are */
};

/** Takes one of these options. 0, and says why, when its argument is wrong. */
int cli_take_input(struct cli_inputs *inputs, int option, const char *text);
/**
 * Loads scenario and plan; prints every message and warning. Returns MLD_OK or the status to exit
 * with.
 */
int cli_load(const struct cli_inputs *inputs, struct mld_scenario **scenario,
             struct mld_plan **plan);
void cli_unload(struct mld_scenario *scenario, struct mld_plan *plan);

/** mld_target_check() and mld_target_write(), whose messages they print. */
enum mld_status cli_check_place(const char *path, const struct mld_file_kind *kind);
enum mld_status cli_write_file(const char *path, const struct mld_file_kind *kind,
                               mld_file_fill *fill, const void *context);

/** Prints the summary of a file of a run or of a study; gives an exit code. */
int cli_show_file(const char *file, const char *language);
/**
 * The path that words name: its number, or RANK:MEASURE, with the guarantee where there is one.
 * Fails: USAGE, having complained; as mld_results_measure(); MEMORY.
 */
enum mld_status cli_path(const struct mld_results *results, const char *words, long *path);
/** A whole number in [low, high], or an error message and 0. */
int cli_whole(const char *option, const char *text, long low, long high, long *value);
/** "4-7" or "4": segments from 0. 0, and says why, when it is neither. */
int cli_take_segments(const char *text, uint32_t segments[2]);
/** Prints text with what users gave in it, as a terminal may show it. */
void cli_print(FILE *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** "milliard: <message>" lines on standard error. */
void cli_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
void cli_print_messages(const struct mld_messages *messages);
void cli_print_warnings(const struct mld_warnings *warnings, int french);
/** What was wrong with paths of a file that a report read, if anything was; NULL: no file. */
void cli_print_refusal(const struct mld_results *results);
/**
 * Draws one line on the terminal of the standard error, over the one before and no wider than it;
 * "" wipes it.
 */
void cli_draw_line(const char *text);
/**
 * Draws one such line: a bar, the share done, the rate and the time left. Where they do not all fit
 * the bar is shorter.
 */
void cli_draw_progress(const struct timespec *start, double done, double paths);
/** Columns of that terminal. */
int cli_terminal_columns(void);

/** What every command is asked for that simulates. */
struct cli_asked {
    struct cli_inputs inputs;
    const char *output, *language;
    int quiet;
};
/** Takes an option of a command's own. 0, and says why, when its argument is wrong. */
typedef int cli_take(void *own, int option, int argc, char **argv);
/**
 * Reads --output, --paths, --seed, --threads, --set, --lang, --quiet and the one operand, the
 * scenario or the study; other options are for `take`, with what it takes them into. Gives 1 when
 * the command is to go on, else 0 and what it ends with in *code.
 */
int cli_read_options(const struct cli_command *command, int argc, char **argv,
                     struct cli_asked *asked, cli_take *take, void *own, int *code);
/**
 * The same of commands that run one scenario several times and print a table: 20000 paths unless
 * given, and no options of their own.
 */
int cli_table_options(const struct cli_command *command, int argc, char **argv,
                      struct cli_asked *asked, int *code);
/** Draws "2 of 6 WHAT " as cli_draw_line(). */
void cli_draw_count(int done, int all, const char *what);

/** "folder/name.cfg", suffix → "name<suffix>.h5" in the working folder. */
void cli_usual_output(const char *file, const char *suffix, char *output, size_t size);

#define CLI_NOTHING_KEPT "interrupted before the first paths: nothing is kept"
/**
 * From here on Ctrl-C and its like (core/signals.h) end the program with that line and
 * MLD_INTERRUPTED.
 */
void cli_catch_signals(void);
/**
 * From here on they are noted only: gives what becomes non-zero when one has come. After
 * cli_catch_signals().
 */
const volatile sig_atomic_t *cli_keep_when_interrupted(void);

/** What `study`, `grid` and `merge` are asked for beside the study itself. */
struct cli_study_asked {
    struct cli_asked common;
    int piece; /**< 1: only these segments, from the first to the last, into a piece */
    uint32_t segments[2];
};
/**
 * Simulates a study, writes its file and shows it; frees the study. Signals are caught. Gives an
 * exit code.
 */
int cli_simulate_study(struct mld_study *study, const struct cli_study_asked *asked);
/** The same of the pieces of a study. */
int cli_merge_study(int n, const char *const *pieces, const struct cli_study_asked *asked);

/** What --uncertain asks for: worlds, as many as its argument or, of NULL, the scenario says. */
struct cli_worlds {
    int asked;
    const char *worlds;
    char set[64]; /**< what it sets */
};
/** Adds what it sets to the inputs. 0, and says why, when its argument is wrong. */
int cli_ask_worlds(struct cli_inputs *inputs, struct cli_worlds *asked);
/** Whether the worlds of a plan that has some can be drawn, and how many. Gives an exit code. */
int cli_check_worlds(const struct mld_scenario *scenario, const struct mld_plan *plan);
/** Simulates the worlds of a plan; *uncertain NULL after a failure. Gives an exit code. */
int cli_run_worlds(const struct mld_scenario *scenario, const struct mld_plan *plan,
                   const struct cli_asked *asked, struct mld_uncertain **uncertain);

/** Language of texts: --lang, else MILLIARD_LANG, else "en". NULL when `text` is none of fr, en. */
const char *cli_language(const char *text);

#endif
