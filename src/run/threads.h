/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * How many threads a run can have: OpenMP's own way of telling that one cannot be made is to end
 * the program.
 */
#ifndef MILLIARD_RUN_THREADS_H
#define MILLIARD_RUN_THREADS_H

/** How many an option asks for: 0 stands for as many as there are processors. */
int mld_threads_asked(int option);

/**
 * Starts OpenMP's threads for teams of `wanted`, or of as many as the system allows (`ulimit -u`, a
 * container's limit, memory for their stacks), from 1 on. Gives how many: a team of that many,
 * later, starts no thread any more.
 */
int mld_threads_start(int wanted);

#endif
