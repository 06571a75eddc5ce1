/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/ranks.h"

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "milliard/run.h"

static struct {
    int started, rank, ranks, engaged;
} world = { .ranks = 1 };

/*
 * MPI starts without mpirun too, but slowly, and not everywhere: so only where one of its launchers
 * says that it is there.
 */
static int is_launched(void)
{
    static const char *const said[] = { "OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK", NULL };
    for (const char *const *name = said; *name; name++)
        if (getenv(*name))
            return 1;
    return 0;
}

int mld_ranks_start(void)
{
    int given;
    if (world.started || !is_launched())
        return world.rank;
    MPI_Init_thread(NULL, NULL, MPI_THREAD_SERIALIZED, &given);
    MPI_Comm_rank(MPI_COMM_WORLD, &world.rank);
    MPI_Comm_size(MPI_COMM_WORLD, &world.ranks);
    world.started = 1;
    return world.rank;
}

int mld_ranks_engage(void)
{
    int others = world.engaged ? 0 : world.ranks - 1;
    world.engaged = 1;
    return others;
}

int mld_ranks_waiting(void) { return world.engaged ? 0 : world.ranks - 1; }

int mld_ranks_place(int *ranks)
{
    *ranks = world.ranks;
    return world.rank;
}

/* ---- messages ---- */

void mld_ranks_tell(int rank, enum mld_topic topic, const void *bytes, size_t n)
{
    MPI_Send(bytes, (int)n, MPI_BYTE, rank, topic, MPI_COMM_WORLD);
}

struct mld_heard mld_ranks_listen(int rank, enum mld_topic topic)
{
    int is_there = 0, n = 0;
    MPI_Status status;
    MPI_Iprobe(rank < 0 ? MPI_ANY_SOURCE : rank, topic, MPI_COMM_WORLD, &is_there, &status);
    if (!is_there)
        return (struct mld_heard){ .rank = -1 };
    MPI_Get_count(&status, MPI_BYTE, &n);
    return (struct mld_heard){ status.MPI_SOURCE, (size_t)n };
}

void mld_ranks_take(struct mld_heard heard, enum mld_topic topic, void *bytes)
{
    MPI_Recv(bytes, (int)heard.bytes, MPI_BYTE, heard.rank, topic, MPI_COMM_WORLD,
             MPI_STATUS_IGNORE);
}

void *mld_ranks_fetch(struct mld_heard heard, enum mld_topic topic)
{
    void *bytes = malloc(heard.bytes + 1);
    if (!bytes)
        MPI_Abort(MPI_COMM_WORLD, MLD_ERR_MEMORY);
    mld_ranks_take(heard, topic, bytes);
    return bytes;
}

void mld_ranks_nap(void)
{
    const struct timespec moment = { .tv_nsec = 200000 };
    nanosleep(&moment, NULL);
}

void mld_ranks_name(char *text, size_t size)
{
    char node[MPI_MAX_PROCESSOR_NAME] = "";
    int length;
    MPI_Get_processor_name(node, &length);
    snprintf(text, size, "rank %d on %s", world.rank, node);
}

/* ---- the end ---- */

/* A rank that has been told to end may have a result on its way. */
static void drain(int rank)
{
    struct mld_heard end;
    while ((end = mld_ranks_listen(rank, MLD_ABOUT_END)).rank < 0) {
        struct mld_heard result = mld_ranks_listen(rank, MLD_ABOUT_RESULT);
        if (result.rank < 0)
            mld_ranks_nap();
        else
            free(mld_ranks_fetch(result, MLD_ABOUT_RESULT));
    }
    mld_ranks_take(end, MLD_ABOUT_END, NULL);
}

void mld_ranks_end(void)
{
    if (!world.started)
        return;
    if (world.rank > 0)
        mld_ranks_tell(0, MLD_ABOUT_END, NULL, 0);
    for (int rank = 1; world.rank == 0 && rank < world.ranks; rank++)
        mld_ranks_tell(rank, MLD_ABOUT_END, NULL, 0);
    for (int rank = 1; world.rank == 0 && rank < world.ranks; rank++)
        drain(rank);
    MPI_Finalize();
    world.started = 0;
}
