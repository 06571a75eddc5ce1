/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Private to src/fund: profit shared between C and the others. */
#ifndef MILLIARD_FUND_PROFIT_H
#define MILLIARD_FUND_PROFIT_H

#include "fund/accounts.h"

/*
 * C gets `part_c` of an amount, B its part of the rest (pro rata to paid-in, within its cap), A all
 * else. The amount is all that is left; or, to catch up, at most the x after which C has the share
 * k of the profit:
 *     carry + g x = k (profit + x), so x = (k profit − carry) / (g − k), with g = part_c > k.
 */
struct mld_profit_terms {
    /* C's part of the amount; of the profit that it catches up with */
    double part_c, k;
    double paid_in_b;     /* of what A and B paid in */
    int catch_up, capped; /* 1: no more than catches up; 1: B gets at most its account */
};

void mld_fund_share_profit(int n, struct mld_profit_terms terms,
                           const struct mld_fund_accounts *accounts);

#endif
