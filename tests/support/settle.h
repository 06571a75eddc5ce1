/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What lives do with a deal once it is filled, for tests that fill deals in their own order. */
#ifndef TEST_SUPPORT_SETTLE_H
#define TEST_SUPPORT_SETTLE_H

#include "milliard/plan.h"
#include "milliard/rating.h"

/** Empties the pools and covers of lives. */
static inline void settle_start(struct mld_lives *lives, int paths)
{
    mld_pools_reset(&lives->pools, paths);
    mld_covers_reset(&lives->covers, paths);
}

/** Adds a deal to them. */
static inline void settle(struct mld_lives *lives, const struct mld_plan *plan,
                          const struct mld_deal *deal, const struct mld_deal_life *life)
{
    double safe_harbour = mld_ratings[plan->model.form[deal->form].rating].safe_harbour;
    mld_pools_add(&lives->pools, deal, &life->life);
    mld_covers_add(&lives->covers, deal, &life->contract, &life->life, safe_harbour);
}

/** Turns them into rows. */
static inline void settle_end(struct mld_lives *lives, int paths)
{
    mld_pools_close(&lives->pools, paths);
    mld_covers_close(&lives->covers, paths);
}

#endif
