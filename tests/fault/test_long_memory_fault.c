/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of every command fails once: test_memory_fault.c without its steps. */
#define EVERY 1000000
#define MORE 1
#include "test_memory_fault.c"
