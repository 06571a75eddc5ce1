/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Signals that end a program though nothing is wrong in it: Ctrl-C, a closed terminal, a limit of
 * time, a scheduler's word.
 */
#ifndef MILLIARD_CORE_SIGNALS_H
#define MILLIARD_CORE_SIGNALS_H

/** Their numbers, ended by 0. All of them end a program that does not say otherwise. */
extern const int mld_ending_signals[];

/**
 * From here to mld_signals_release() they wait, whichever thread they reach, so that no temporary
 * file outlives the program. One that is ignored stays ignored; a handler of the program's own is
 * called at the end. Calls nest.
 */
void mld_signals_hold(void);
/**
 * Ends the last mld_signals_hold(); when it was the first one, a signal that has come meanwhile
 * takes effect.
 */
void mld_signals_release(void);

#endif
