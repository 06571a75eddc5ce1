/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The endowment (model, section 20): what its rows alone cannot check, and its derived fields. */
#include "scenario/resolve.h"

#include "milliard/numerics.h"

enum { MOST_GRANTS = 100000 };
/* Less of the law than that between the bounds was hardly meant, and is no law to draw from. */
#define LEAST_WITHIN_BOUNDS 1e-6

static void check_donations(struct mld_check *check, const struct mld_endowment_spec *spec)
{
    char key[MLD_KEY];
    int seen[MLD_MAX_YEARS] = { 0 };
    for (int i = 0; i < spec->n_donations; i++) {
        const struct mld_donation *row = &spec->donation[i];
        if (row->year >= spec->horizon_years)
            mld_check_fail(check, mld_check_key(key, "endowment.donations.[%d].year", i),
                           " = %d: the endowment is followed for horizon_years = %d, from year 0",
                           row->year, spec->horizon_years);
        if (seen[row->year]++)
            mld_check_fail(check, mld_check_key(key, "endowment.donations.[%d].year", i),
                           " = %d is given twice; one row a year", row->year);
        if (row->sd > 0 && !(row->mean > 0))
            mld_check_fail(check, mld_check_key(key, "endowment.donations.[%d].sd", i),
                           " = %.15g EUR of a mean of 0 EUR: no lognormal law has them", row->sd);
    }
}

static void check_grants(struct mld_check *check, const struct mld_endowment_spec *spec)
{
    double money = spec->opening;
    if (spec->grant_max < spec->grant_min)
        mld_check_fail(check, "endowment.grants.max", " = %.15g EUR is below min = %.15g EUR",
                       spec->grant_max, spec->grant_min);
    else if (spec->grant_mean < spec->grant_min)
        mld_check_fail(check, "endowment.grants.mean",
                       " = %.15g EUR: it would grant below its own min of %.15g EUR",
                       spec->grant_mean, spec->grant_min);
    else if (spec->grant_mean > spec->grant_max)
        mld_check_fail(check, "endowment.grants.mean", " = %.15g EUR is above max = %.15g EUR",
                       spec->grant_mean, spec->grant_max);
    else if (spec->grant_log_sd > 0 && !(spec->grant_span > LEAST_WITHIN_BOUNDS))
        mld_check_fail(check, "endowment.grants.sd",
                       " = %.15g EUR: hardly any grant of that law lies between min and max",
                       spec->grant_sd);
    for (int i = 0; i < spec->n_donations; i++)
        money += spec->donation[i].mean;
    if (money / (1 - spec->co_funding) > MOST_GRANTS * spec->grant_min)
        mld_check_fail(check, "endowment.grants.min",
                       " = %.15g EUR: %.15g EUR of the endowment and its partners could be more "
                       "than %d grants",
                       spec->grant_min, money / (1 - spec->co_funding), MOST_GRANTS);
}

/* The first years in which deals are made: those of a fund, or of the portfolio of a scheme. */
static int deal_years(const struct mld_plan *plan)
{
    const struct mld_model *model = &plan->model;
    int m = model->grid.periods_per_year, years = 0;
    if (plan->fund.present)
        return (plan->fund.investment_periods + m - 1) / m;
    for (int y = 0; model->has_thesis && y < model->thesis.n_deployment; y++)
        years = model->thesis.deployment[y] > 0 ? y + 1 : years;
    for (int i = 0; i < model->tape.n_deals; i++)
        if (model->tape.deal[i].period / m >= years)
            years = model->tape.deal[i].period / m + 1;
    return years;
}

void mld_resolve_endowment(struct mld_check *check)
{
    struct mld_endowment_spec *spec = &check->plan->endowment;
    const struct mld_grid *grid = &check->plan->model.grid;
    if (!spec->present)
        return;
    if (spec->horizon_years > grid->horizon_years)
        mld_check_fail(check, "endowment.horizon_years",
                       " = %d is beyond horizon_years = %d of the scenario", spec->horizon_years,
                       grid->horizon_years);
    mld_endowment_prepare(spec);
    check_donations(check, spec);
    check_grants(check, spec);
    spec->deal_years = deal_years(check->plan);
}
