/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Net asset value by class (model, section 18): the tiers, run upon copies of the accounts that a
 * period has left. Deals are money then, and so is what was kept: reserve, grants unspent, what
 * waits for C. Costs that wait are paid first.
 */
#include "milliard/nav.h"

#include <stdlib.h>
#include <string.h>

#include "core/vector.h"
#include "fund/accounts.h"

enum { SERIES = MLD_NAV_SALES * (1 + MLD_NAV_PARTS) + 1 /* what waited for C and was used */ };

enum mld_status mld_nav_init(struct mld_nav *nav, const struct mld_grid *grid, int paths)
{
    *nav = (struct mld_nav){ .width = mld_padded(paths) };
    size_t row = (size_t)nav->width, series = row * (size_t)grid->periods;
    double *next = nav->memory = calloc(SERIES * series + MLD_FUND_ACCOUNTS * row, sizeof *next);
    if (!next)
        return MLD_ERR_MEMORY;
    for (int sale = 0; sale < MLD_NAV_SALES; sale++) {
        nav->whole[sale] = next;
        next += series;
        for (int part = 0; part < MLD_NAV_PARTS; part++, next += series)
            nav->part[sale][part] = next;
    }
    nav->hypothetical =
        (struct mld_fund_flows){ .width = nav->width, .aside_used = next, .state = next + series };
    return MLD_OK;
}

void mld_nav_clear(struct mld_nav *nav)
{
    free(nav->memory);
    *nav = (struct mld_nav){ 0 };
}

/*
 * whole = deals + cash − costs waiting. What waits for C is part of that cash and stays apart, as
 * far as the costs leave it.
 */
struct sale_rows {
    const double *deals, *cash, *aside, *waiting;
    double *whole, *used;
};

MLD_CLONES
static void sell(int n, const struct sale_rows *rows, const struct mld_fund_accounts *accounts)
{
    const struct sale_rows of = *rows;
    const struct mld_fund_accounts at = *accounts;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double free = of.deals[i] + (of.cash[i] - of.aside[i]) - of.waiting[i];
        double used = mld_least(mld_positive(-free), of.aside[i]);
        of.whole[i] = of.deals[i] + of.cash[i] - of.waiting[i];
        of.used[i] = used;
        at.allotted[i] -= used;
        at.left[i] = mld_positive(free);
        at.cash[i] = at.unspent[i] = 0.0;
    }
}

/* What the tiers gave to each, and of the carry what the mean score leaves C. */
struct part_rows {
    double *a, *b, *c, *impact;
};

MLD_CLONES
static void share_out(int n, double kept, const struct mld_fund_accounts *accounts,
                      const struct part_rows *rows)
{
    const struct mld_fund_accounts at = *accounts;
    const struct part_rows of = *rows;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double carry = at.aside_carry[i] + at.c_carry[i], to_c = kept * carry;
        of.a[i] = at.to_a[i];
        of.b[i] = at.to_b[i];
        of.c[i] = at.aside_capital[i] + at.c_capital[i] + to_c;
        of.impact[i] = carry - to_c;
    }
}

static double *row_of(const struct mld_nav *nav, double *series, int t)
{
    return series + (size_t)t * (size_t)nav->width;
}

static void fill_sale(struct mld_nav *nav, const struct mld_grid *grid,
                      const struct mld_fund_spec *spec, const struct mld_fund_flows *flows, int t,
                      const double *deals, enum mld_nav_sale sale)
{
    int n = nav->width;
    struct mld_fund_flows *tried = &nav->hypothetical;
    double *const *part = nav->part[sale];
    tried->rates = flows->rates;
    memcpy(tried->state, flows->state, (size_t)n * MLD_FUND_ACCOUNTS * sizeof(double));
    const struct mld_fund_accounts accounts = mld_fund_accounts_of(tried);
    const struct sale_rows sold = { .deals = deals,
                                    .cash = mld_fund_row(flows, flows->cash, t),
                                    .aside = mld_fund_row(flows, flows->set_aside, t),
                                    .waiting = mld_fund_row(flows, flows->debt, t),
                                    .whole = row_of(nav, nav->whole[sale], t),
                                    .used = row_of(nav, tried->aside_used, t) };
    const struct part_rows rows = { row_of(nav, part[MLD_CLASS_A], t),
                                    row_of(nav, part[MLD_CLASS_B], t),
                                    row_of(nav, part[MLD_CLASS_C], t),
                                    row_of(nav, part[MLD_NAV_BENEFICIARY], t) };
    double kept = 1.0 - spec->impact_share + spec->impact_share * spec->score_mean;
    sell(n, &sold, &accounts);
    mld_fund_take_back(n, sold.used, &accounts);
    mld_fund_waterfall(grid, spec, t, tried, &accounts);
    mld_fund_serve(grid, spec, t, tried, &accounts);
    share_out(n, kept, &accounts, &rows);
    if (spec->impact_to == MLD_IMPACT_TO_A) {
        mld_fund_add(n, rows.impact, rows.a);
        memset(rows.impact, 0, (size_t)n * sizeof(double));
    }
}

void mld_nav_fill(struct mld_nav *nav, const struct mld_grid *grid,
                  const struct mld_fund_spec *spec, const struct mld_fund_flows *flows, int t,
                  const double *discounted)
{
    const double *value = mld_fund_row(flows, flows->nav_deals, t);
    fill_sale(nav, grid, spec, flows, t, value, MLD_NAV_AT_VALUE);
    fill_sale(nav, grid, spec, flows, t, discounted, MLD_NAV_DISCOUNTED);
}
