/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_program_fault.c and a tape of 200 MB. */
#define LONG
#include "test_program_fault.c"
