/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Messages between the ranks of a run that MPI started, mpirun or srun: bytes, from rank 0 to the
 * others and back. The only MPI. A message that cannot be sent or received ends all ranks, by MPI
 * and with its words; so does one for which there is no memory. Not for several threads at once.
 */
#ifndef MILLIARD_RUN_RANKS_H
#define MILLIARD_RUN_RANKS_H

#include <stddef.h>

enum mld_topic {
    MLD_ABOUT_RUN = 1,
    MLD_ABOUT_SEGMENT,
    MLD_ABOUT_RESULT,
    MLD_ABOUT_STUDY,
    MLD_ABOUT_GROUP,
    MLD_ABOUT_END
};

/** A message that has come, or none: rank −1. */
struct mld_heard {
    int rank;
    size_t bytes;
};

/**
 * How many ranks wait beside this one for a run to share: ranks 1, 2, … One run of a program can
 * have them; the next one is alone, 0.
 */
int mld_ranks_engage(void);
/** How many wait, for a study, after which they wait again; 0 once a run has them. */
int mld_ranks_waiting(void);
/** Which rank this is, and how many there are. */
int mld_ranks_place(int *ranks);
/** Returns when `bytes` may be used again, for a long message when `rank` is taking it. */
void mld_ranks_tell(int rank, enum mld_topic topic, const void *bytes, size_t n);
/** The first message of a topic that has come from `rank`, or from any, −1; does not wait. */
struct mld_heard mld_ranks_listen(int rank, enum mld_topic topic);
/** Takes that message, of heard.bytes bytes. */
void mld_ranks_take(struct mld_heard heard, enum mld_topic topic, void *bytes);
/** The same into memory of its own, to be freed. */
void *mld_ranks_fetch(struct mld_heard heard, enum mld_topic topic);
/** Sleeps a moment, as MPI itself waits in a loop that takes a core. */
void mld_ranks_nap(void);
/** "rank 2 on node07": this one, for a message. */
void mld_ranks_name(char *text, size_t size);

#endif
