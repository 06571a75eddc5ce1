/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a fund that invests again may invest in a period. Source: model, section 16. */
#include "fund/accounts.h"

#include <string.h>

#include "core/vector.h"

struct room_rows {
    const double *income, *capital, *payout, *cost, *fee;
};

/* From the fees that are to come to what may be invested. */
MLD_CLONES
static void take_off(int n, double sure, double periods, const struct room_rows *rows,
                     const struct mld_fund_accounts *accounts, double *restrict room)
{
    const struct room_rows of = *rows;
    const struct mld_fund_accounts at = *accounts;
    for (int i = 0; i < n; i++) {
        double money = at.cash[i] + of.income[i] + of.capital[i] + of.payout[i] + at.unspent[i] +
                       at.uncalled[i],
               waiting = at.owed_guarantor[i] + at.owed_other[i] + at.owed_management[i];
        room[i] = money + sure - room[i] - waiting - (of.cost[i] - of.fee[i]) - periods * of.fee[i];
    }
}

void mld_fund_affords(struct mld_fund_flows *flows, const struct mld_grid *grid,
                      const struct mld_fund_spec *spec, int t, double *room)
{
    const struct mld_fund_accounts accounts = mld_fund_accounts_of(flows);
    const struct room_rows rows = { mld_fund_row(flows, flows->income, t),
                                    mld_fund_row(flows, flows->capital, t),
                                    mld_fund_row(flows, flows->payout, t),
                                    mld_fund_row(flows, flows->guarantee_cost, t),
                                    mld_fund_row(flows, flows->guarantee_fee, t) };
    double setup = t == 0 ? flows->rates->setup : 0,
           admitted = t == 0 ? 0
                             : (mld_fund_admitted(spec, t) - mld_fund_admitted(spec, t - 1)) *
                                   flows->rates->commitments,
           given = mld_fund_granted_in(grid, spec, t) + admitted;
    mld_fund_fees_ahead(spec, t, flows, &accounts, room);
    /* cash with the interest of t, in a row that the period has not begun to use */
    struct mld_fund_accounts earning = accounts;
    earning.cash = accounts.before;
    memcpy(earning.cash, accounts.cash, (size_t)flows->width * sizeof *earning.cash);
    mld_fund_earn(grid, spec, t, flows, &earning);
    take_off(flows->width, given - setup, spec->investment_periods - t, &rows, &earning, room);
    mld_line_take_off(spec, t, flows, &accounts, room);
}
