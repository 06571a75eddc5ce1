/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/signals.h"

#include <pthread.h>
#include <signal.h>

/*
 * Ctrl-\ is one of them: what is lost by it is lost as by Ctrl-C. A scheduler of jobs warns by one
 * of SIGUSR1 and SIGUSR2.
 */
const int mld_ending_signals[] = { SIGHUP,  SIGINT,    SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2,
                                   SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGIO,
#ifdef SIGPWR
                                   SIGPWR,
#endif
                                   0 };

enum { SIGNALS = sizeof mld_ending_signals / sizeof *mld_ending_signals - 1 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int depth;
static struct sigaction before[SIGNALS];
static volatile sig_atomic_t arrived;

static void note(int signal_number) { arrived = signal_number; }

/*
 * A mask would not do: it holds for one thread, and a signal goes to any that is free of it, of
 * OpenMP's too.
 */
void mld_signals_hold(void)
{
    struct sigaction action = { .sa_handler = note, .sa_flags = SA_RESTART };
    pthread_mutex_lock(&lock);
    for (int i = 0; depth == 0 && i < SIGNALS; i++)
        if (sigaction(mld_ending_signals[i], NULL, &before[i]) == 0 &&
            before[i].sa_handler != SIG_IGN)
            sigaction(mld_ending_signals[i], &action, NULL);
    depth++;
    pthread_mutex_unlock(&lock);
}

void mld_signals_release(void)
{
    int came = 0;
    pthread_mutex_lock(&lock);
    if (--depth == 0) {
        for (int i = 0; i < SIGNALS; i++)
            if (before[i].sa_handler != SIG_IGN)
                sigaction(mld_ending_signals[i], &before[i], NULL);
        came = arrived;
        arrived = 0;
    }
    pthread_mutex_unlock(&lock);
    if (came)
        raise(came);
}
