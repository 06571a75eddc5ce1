/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Room for what a command calls, where the system gives little (`ulimit -s 64`). */
#define _GNU_SOURCE /* pthread_setattr_default_np */

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "cli/cli.h"

/* Bytes. The deepest calls, a radix sort under a sketch of quantiles, take 360 kB; HDF5's less. */
enum { NEEDED = 1 << 20, GIVEN = 8 << 20 };

struct call {
    const struct cli_command *command;
    int argc;
    char **argv;
    int code;
};

static void *run(void *context)
{
    struct call *call = context;
    call->code = call->command->run(call->command, call->argc, call->argv);
    return NULL;
}

/*
 * The threads that OpenMP makes get as much: gcc's takes the default of threads, clang's what is in
 * the environment.
 */
static int run_elsewhere(struct call *call)
{
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, GIVEN);
    pthread_setattr_default_np(&attributes);
    setenv("OMP_STACKSIZE", "8M", 0);
    int error = pthread_create(&thread, &attributes, run, call);
    pthread_attr_destroy(&attributes);
    if (!error)
        error = pthread_join(thread, NULL);
    return error;
}

int cli_run_command(const struct cli_command *command, int argc, char **argv)
{
    struct rlimit limit;
    struct call call = { command, argc, argv, MLD_ERR_MEMORY };
    if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur >= NEEDED)
        return command->run(command, argc, argv);
    int error = run_elsewhere(&call);
    if (error)
        cli_complain("the stack is limited to %lu kB, and no larger one can be had: %s",
                     (unsigned long)limit.rlim_cur / 1024, strerror(error));
    return call.code;
}
