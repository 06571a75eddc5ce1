/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/threads.h"

#include <omp.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

/* Threads that do nothing but be there together. */
struct trial {
    pthread_mutex_t lock;
    pthread_cond_t over;
    int is_over;
};

static void *be_there(void *context)
{
    struct trial *trial = context;
    pthread_mutex_lock(&trial->lock);
    while (!trial->is_over)
        pthread_cond_wait(&trial->over, &trial->lock);
    pthread_mutex_unlock(&trial->lock);
    return NULL;
}

/*
 * Each thread of the program is a folder in this one, and a link to it. 0 where there is no such
 * place.
 */
static nlink_t living(void)
{
    struct stat status;
    return stat("/proc/self/task", &status) == 0 ? status.st_nlink : 0;
}

/* A thread that has been joined counts for the system a moment longer. */
static void wait_for(nlink_t before)
{
    enum { MOST = 1000 };
    const struct timespec moment = { .tv_nsec = 100000 };
    for (int i = 0; i < MOST && living() > before; i++)
        nanosleep(&moment, NULL);
}

/* How many of `wanted` threads there can be at once. */
static int try_threads(int wanted)
{
    struct trial trial = { .lock = PTHREAD_MUTEX_INITIALIZER, .over = PTHREAD_COND_INITIALIZER };
    pthread_t *thread = calloc((size_t)wanted, sizeof *thread);
    nlink_t before = living();
    int made = 0;
    while (thread && made < wanted && pthread_create(&thread[made], NULL, be_there, &trial) == 0)
        made++;
    pthread_mutex_lock(&trial.lock);
    trial.is_over = 1;
    pthread_cond_broadcast(&trial.over);
    pthread_mutex_unlock(&trial.lock);
    for (int i = 0; i < made; i++)
        pthread_join(thread[i], NULL);
    free(thread);
    wait_for(before);
    return made;
}

/* OpenMP keeps the threads of the last team, as many as it was, for the thread that led it. */
int mld_threads_start(int wanted)
{
    static _Thread_local int asked = 1, team = 1;
    if (wanted < team) {
        team = wanted;
    } else if (wanted > team && wanted != asked) {
        int members = 0, tried = 1 + try_threads(wanted - 1);
#pragma omp parallel num_threads(tried) reduction(+ : members)
        members++;
        team = members;
    }
    asked = wanted;
    return team;
}

int mld_threads_asked(int option) { return option > 0 ? option : omp_get_num_procs(); }
