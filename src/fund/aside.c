/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What waits for C (model, section 8). Until C's date it is money of the fund: it meets a need
 * before anything is called; and at the date A and B are given of it what they lack of capital and
 * hurdle. What others get of it was never C's: the accounts of the tiers are set back, so that a
 * later catch-up may give it again.
 */
#include "fund/accounts.h"

#include <string.h>

#include "core/vector.h"

MLD_CLONES
void mld_fund_take_back(int n, const double *used, const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_accounts at = *accounts;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double capital = at.aside_capital[i], carry = at.aside_carry[i];
        int all = used[i] >= capital + carry;
        double of_carry = all ? carry : mld_least(used[i], carry);
        double of_capital = all ? capital : mld_least(used[i] - of_carry, capital);
        at.aside_carry[i] = carry - of_carry;
        at.aside_capital[i] = capital - of_capital;
        at.capital_c[i] += of_capital;
        at.profit[i] -= of_carry;
        at.carry[i] -= of_carry;
    }
}

/* What the tiers of A and B took: all that waits, less what they left. */
MLD_CLONES
static void taken(int n, const double *restrict aside_capital, const double *restrict aside_carry,
                  double *restrict left, double *restrict used)
{
    for (int i = 0; i < n; i++) {
        left[i] = aside_capital[i] + aside_carry[i] - left[i];
        used[i] += left[i];
    }
}

void mld_fund_serve(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                    struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts)
{
    int n = flows->width;
    mld_fund_sum(n, accounts->aside_capital, accounts->aside_carry, accounts->left);
    for (int i = 0; i < spec->n_tiers; i++)
        if (mld_tiers[spec->tier[i].type]->pays && spec->tier[i].to != MLD_TO_C)
            mld_fund_run_tier(grid, spec, i, t, flows, accounts);
    taken(n, accounts->aside_capital, accounts->aside_carry, accounts->left,
          mld_fund_row(flows, flows->aside_used, t));
    mld_fund_take_back(n, accounts->left, accounts);
    memset(accounts->left, 0, (size_t)n * sizeof(double));
}
