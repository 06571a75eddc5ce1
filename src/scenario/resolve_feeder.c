/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feeder (model, section 20): what its rows alone cannot check, and its derived fields. */
#include "scenario/resolve.h"

#include <string.h>

static void check_subscriptions(struct mld_check *check, const struct mld_feeder_spec *spec)
{
    const struct mld_grid *grid = &check->plan->model.grid;
    char key[MLD_KEY];
    int seen[MLD_MAX_YEARS] = { 0 };
    for (int i = 0; i < spec->n_subscriptions; i++) {
        int year = spec->subscription[i].year;
        if (year * grid->periods_per_year > grid->last)
            mld_check_fail(check, mld_check_key(key, "feeder.subscriptions.[%d].year", i),
                           " = %d: the fund has ended by then", year);
        if (seen[year]++)
            mld_check_fail(check, mld_check_key(key, "feeder.subscriptions.[%d].year", i),
                           " = %d is given twice; one row a year", year);
    }
    if (!spec->n_subscriptions)
        mld_check_fail(check, "feeder.subscriptions", ": nobody subscribes; one row is needed");
}

/* What requests read of the economy. */
static void find_cycle(struct mld_check *check, struct mld_feeder_spec *spec)
{
    const struct mld_factors_spec *factors = &check->plan->model.factors;
    spec->cycle = -1;
    for (int k = 0; spec->request_load > 0 && k < factors->n_factors; k++)
        if (!strcmp(factors->factor[k].name, "cycle"))
            spec->cycle = k;
    if (spec->request_load > 0 && spec->cycle < 0)
        mld_check_fail(check, "feeder.requests.load",
                       " = %g: factors.named has no factor \"cycle\", which it is on",
                       spec->request_load);
}

void mld_resolve_feeder(struct mld_check *check)
{
    struct mld_feeder_spec *spec = &check->plan->feeder;
    const struct mld_fund_spec *fund = &check->plan->fund;
    if (!spec->present)
        return;
    if (!fund->present) {
        mld_check_fail(check, "feeder",
                       ": it holds a part of class A, and the scenario has no fund");
        return;
    }
    check_subscriptions(check, spec);
    find_cycle(check, spec);
    mld_feeder_prepare(spec, fund);
}
