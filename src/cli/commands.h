/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The table of commands (commands.def), and what follows from it: which there are, what getopt
 * knows of each, usage and help. Nothing here asks for memory.
 */
#ifndef MILLIARD_CLI_COMMANDS_H
#define MILLIARD_CLI_COMMANDS_H

/** How the usage shows an option. */
enum cli_use {
    CLI_MAY,   /**< [--name ARGUMENT] */
    CLI_OFTEN, /**< [--name ARGUMENT …]: may be repeated */
    CLI_MUST,  /**< --name ARGUMENT */
    CLI_OR     /**< | --name ARGUMENT: instead of what stands before it, and within its brackets */
};

/** What cli_option() gives for an option that has a long name only; no letter is as large. */
enum {
    CLI_SET = 256,
    CLI_FOR,
    CLI_SEGMENTS,
    CLI_STUDY,
    CLI_VARY,
    CLI_MEASURE,
    CLI_BETWEEN,
    CLI_UNTIL,
    CLI_TOLERANCE,
    CLI_PRECISION,
    CLI_AT_MOST,
    CLI_UNCERTAIN,
    CLI_MIX,
    CLI_MAXIMISE,
    CLI_MINIMISE,
    CLI_SUBJECT_TO,
    CLI_ADMIN
};

struct cli_option {
    int letter;       /**< or one of the above */
    const char *name; /**< the long one, without dashes; NULL ends a list */
    /* what stands for it in the help; NULL: none is taken; "[=N]": it may be left out */
    const char *argument;
    enum cli_use use;
    const char *help; /**< one sentence, without a capital and a full stop */
};

struct cli_command {
    const char *name;     /**< NULL ends the table */
    const char *operands; /**< as the usage shows them */
    const char *summary, *about;
    const struct cli_option *options; /**< --help, which all have, the last one */
    /** argv[0] is the command's name; gives an exit code. */
    int (*run)(const struct cli_command *command, int argc, char **argv);
};

#define OPTION(...)
#define COMMAND(name, ...) int cli_##name(const struct cli_command *command, int argc, char **argv);
#include "cli/commands.def"
#undef COMMAND
#undef OPTION

/** All of them, in the order of the help; a row without a name ends it. */
extern const struct cli_command cli_commands[];
/** The command of that name, or NULL. */
const struct cli_command *cli_command_named(const char *name);

/**
 * getopt_long() for the options of a command: a letter, its like, '?', or -1 at the end. Prints the
 * help that --help asks for, in the language of --lang, wherever that stands, or MILLIARD_LANG.
 */
int cli_option(const struct cli_command *command, int argc, char **argv);
/**
 * For a letter that a command has no use for: of --help nothing more is to be done, what is no
 * option is complained of. Gives the exit code.
 */
int cli_end(const struct cli_command *command, int option);

/** Help of one command, to standard output; in French where help_french.def has all of it. */
void cli_print_help(const struct cli_command *command, int french);
/** What the command line should look like, to standard error. Gives MLD_ERR_USAGE. */
int cli_usage_error(const struct cli_command *command);

#endif
