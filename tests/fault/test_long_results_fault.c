/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_results_fault.c with more moments at which the disk fills up or the program is killed, more
 * damaged bytes, and every kind of file that appears in every way.
 */
#define MOMENTS 40
#define KILLS 1000000
#define HEAD 128
#define ELSEWHERE 997
#define EVERY_OTHER 1
#define KILL_PARTS 7
#include "test_results_fault.c"
