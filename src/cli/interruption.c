/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Ctrl-C and its like do to a command that keeps what it has done so far. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "core/signals.h"

static volatile sig_atomic_t stop, keeping, in_background;

/*
 * Until there is something to keep, the program ends at once. Only calls that a handler may make.
 */
static void leave(void)
{
    static const char text[] = "milliard: " CLI_NOTHING_KEPT "\n";
    ssize_t written = write(STDERR_FILENO, text, sizeof text - 1);
    (void)written;
    _exit(MLD_INTERRUPTED);
}

/*
 * In the background of a script a shell has Ctrl-C and Ctrl-\ ignored (POSIX, 2.11), as they are
 * for what is in the foreground: there only a signal that somebody sends to this program counts,
 * not the terminal's.
 */
static void arrive(int signal_number, siginfo_t *info, void *context)
{
    (void)context;
    int of_keys = signal_number == SIGINT || signal_number == SIGQUIT;
    if (in_background && of_keys && info->si_code > 0)
        return;
    stop = signal_number;
    if (!keeping)
        leave();
}

static int is_ignored(int signal_number)
{
    struct sigaction action;
    return sigaction(signal_number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

/*
 * What was ignored when the program started stays so, but for the case above; nohup is known by its
 * hang-up.
 */
void cli_catch_signals(void)
{
    struct sigaction action = { .sa_sigaction = arrive, .sa_flags = SA_RESTART | SA_SIGINFO };
    in_background = is_ignored(SIGINT) && is_ignored(SIGQUIT) && !is_ignored(SIGHUP);
    for (const int *one = mld_ending_signals; *one; one++) {
        struct sigaction before;
        int wanted = in_background && (*one == SIGINT || *one == SIGQUIT);
        if (sigaction(*one, NULL, &before) == 0 && (before.sa_handler == SIG_DFL || wanted))
            sigaction(*one, &action, NULL);
    }
}

const volatile sig_atomic_t *cli_keep_when_interrupted(void)
{
    keeping = 1;
    return &stop;
}
