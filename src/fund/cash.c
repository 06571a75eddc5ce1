/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What cash earns (model, section 16): interest on all that the fund holds at the start of a
 * period, what waits for C and grants unspent included, as proceeds of the fund.
 */
#include "fund/accounts.h"

#include <math.h>

#include "core/vector.h"

MLD_CLONES
static void earn(int n, double rate, const double *restrict cash_before, double *restrict interest)
{
    for (int i = 0; i < n; i++)
        interest[i] = rate * cash_before[i];
}

/* max(0, r(y(t)) − margin)/m of each path's own TMO: cash loses nothing. */
static void earn_below_tmo(int n, double m, double margin, const double *tmo, int stride,
                           const double *restrict cash_before, double *restrict interest)
{
    for (int i = 0; i < n; i++)
        interest[i] = mld_positive(tmo[(size_t)i * (size_t)stride] - margin) / m * cash_before[i];
}

void mld_fund_earn(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                   struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts)
{
    double *interest = mld_fund_row(flows, flows->interest, t), m = grid->periods_per_year;
    int below_tmo = !isnan(spec->cash_margin);
    if (t == 0 || (!below_tmo && spec->cash_rate == 0.0)) {
        mld_fund_zero(flows, flows->interest, t);
        return;
    }
    const double *before = mld_fund_row(flows, flows->cash, t - 1);
    if (below_tmo)
        earn_below_tmo(flows->width, m, spec->cash_margin, flows->tmo + 3 + mld_grid_year(grid, t),
                       flows->tmo_stride, before, interest);
    else
        earn(flows->width, spec->cash_rate / m, before, interest);
    mld_fund_add(flows->width, interest, accounts->cash);
}
