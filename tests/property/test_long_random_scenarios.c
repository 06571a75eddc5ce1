/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_random_scenarios.c on more of them. */
#define SCENARIOS 48
#include "test_random_scenarios.c"
