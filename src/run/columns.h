/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Which columns of per-path values a run keeps, each once: what two designs share, because they
 * read the same lives, is kept as the first one's.
 */
#ifndef MILLIARD_RUN_COLUMNS_H
#define MILLIARD_RUN_COLUMNS_H

#include "milliard/plan.h"
#include "milliard/run.h"

struct mld_columns {
    int designs, measures;
    int count; /**< columns */
    /* of [design][measure]: its column, or -1 for none; owned */
    int *slot;
    /* [design][measure]: 1 where the design itself fills the column; owned */
    unsigned char *fills;
};

/**
 * All columns of a plan; or, of a lean run, those of `keep` alone. Fails: MEMORY, with nothing to
 * clear.
 */
enum mld_status mld_columns_init(struct mld_columns *columns, const struct mld_plan *plan,
                                 const struct mld_run_options *options);
void mld_columns_clear(struct mld_columns *columns);

static inline int mld_columns_slot(const struct mld_columns *columns, int design, int measure)
{
    return columns->slot[design * columns->measures + measure];
}

#endif
