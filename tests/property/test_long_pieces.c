/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every cut and tear of test_pieces.c. */
#define ALL
#include "test_pieces.c"
