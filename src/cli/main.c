/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of contents of the program. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "milliard/version.h"

static void print_help(void)
{
    printf("milliard simulates the flows of a social-economy private-equity fund, with and without "
           "a public guarantee.\n\n"
           "Usage: milliard COMMAND [OPTION …]\n\nCommands:\n");
    for (const struct cli_command *command = cli_commands; command->name; command++)
        printf("  %-12s %s\n", command->name, command->summary);
    printf("\n`milliard COMMAND --help` tells the options; `milliard --version` the version.\n\n"
           "Exit codes: 0 success, 2 wrong command line, 3 mistakes in the scenario or tape, 4 a "
           "file cannot be read or\n"
           "written, 5 not a results file of this version, 6 not enough memory, 7 money was not "
           "conserved (a defect of\n"
           "milliard: please report it), 130 interrupted, what was simulated is kept.\n");
}

static void print_version(void)
{
    char libc[MLD_MACHINE], processor[MLD_MACHINE];
    printf("milliard %s (%s), version of the model %d, of the draws %d\n%s, %s\n%s\n%s, %s\n",
           MLD_VERSION, mld_build_commit(), MLD_MODEL_VERSION, MLD_STREAM_VERSION,
           mld_build_compiler(), mld_build_flags(), mld_build_libraries(), mld_machine_libc(libc),
           mld_machine_processor(processor));
}

/*
 * A stream that the caller closed becomes one that cannot be used, so that no file opened later
 * takes its number: what is printed would go into that file.
 */
static void hold_streams(void)
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
        if (fcntl(stream, F_GETFD) < 0 &&
            open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            return;
}

/* As after `| head`: a pipe whose other end is closed. */
static int reader_left(void)
{
    struct pollfd output = { .fd = STDOUT_FILENO, .events = POLLOUT };
    return poll(&output, 1, 0) > 0 && (output.revents & (POLLERR | POLLHUP)) != 0;
}

/* Output that could not be written is an error, except to a reader that went away. */
static int close_output(int code)
{
    int flushed = fflush(stdout) == 0, error = errno;
    if ((flushed && !ferror(stdout)) || reader_left())
        return code;
    cli_complain("cannot write to the standard output: %s",
                 flushed ? "a part of it is lost" : strerror(error));
    return code ? code : MLD_ERR_FILE;
}

static int is_one_of(const char *text, const char *one, const char *other, const char *third)
{
    return strcmp(text, one) == 0 || strcmp(text, other) == 0 || strcmp(text, third) == 0;
}

static int do_command_line(int argc, char **argv)
{
    if (argc < 2) {
        print_help();
        return close_output(MLD_ERR_USAGE);
    }
    int is_help = is_one_of(argv[1], "--help", "-h", "help");
    if (is_help && argc == 2) {
        print_help();
        return close_output(MLD_OK);
    }
    if (is_one_of(argv[1], "--version", "-V", "")) {
        print_version();
        return close_output(MLD_OK);
    }
    const char *name = argv[is_help ? 2 : 1];
    const struct cli_command *command = cli_command_named(name);
    if (!command) {
        cli_complain("no command '%s'; see milliard --help", name);
        return MLD_ERR_USAGE;
    }
    if (is_help) {
        const char *language = cli_language(NULL);
        cli_print_help(command, language && strcmp(language, "fr") == 0);
    }
    return close_output(is_help ? MLD_OK : cli_run_command(command, argc - 1, argv + 1));
}

/* What mpirun started beside rank 0 has no command of its own. */
static int work(const struct cli_command *command, int argc, char **argv)
{
    (void)command, (void)argc, (void)argv;
    return (int)mld_ranks_work();
}

int main(int argc, char **argv)
{
    static const struct cli_command worker = { .name = "", .run = work };
    hold_streams();
    signal(SIGPIPE, SIG_IGN); /* both are told as errors of writing */
    signal(SIGXFSZ, SIG_IGN);
    int code = mld_ranks_start() > 0 ? cli_run_command(&worker, 0, argv)
                                     : do_command_line(argc, argv);
    mld_ranks_end();
    return code;
}
