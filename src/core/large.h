/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory for large arrays that are filled from end to end. */
#ifndef MILLIARD_CORE_LARGE_H
#define MILLIARD_CORE_LARGE_H

#include <stddef.h>

/**
 * Memory of unknown content, in huge pages where the system has them: a run touches some 200 MB,
 * and the first touch of each page of 4 kB took a sixth of its time. NULL when there is none. Freed
 * with free().
 */
void *mld_large_alloc(size_t bytes);

#endif
