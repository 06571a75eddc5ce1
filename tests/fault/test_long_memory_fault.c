/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every allocation of every command fails once, a part of them a run: test_memory_fault.c without
 * a choice.
 */
#define LONG
#include "test_memory_fault.c"
