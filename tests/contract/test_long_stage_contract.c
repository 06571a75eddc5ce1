/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every key of test_stage_contract.c. */
#define PARTS 1
#include "test_stage_contract.c"
