/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fund (model, section 8) and what its commitments must cover. */
#include "scenario/resolve.h"

#include <math.h>

#include "milliard/numerics.h"

/* ---- the other terms ---- */

static void check_carry(struct mld_check *check)
{
    const struct mld_fund_spec *fund = &check->plan->fund;
    double carried = fund->share_class[MLD_CLASS_C].commitment;
    if (carried < 0.01 * fund->commitments * (1 - 1e-9))
        mld_check_fail(
            check, "fund.classes.C.commitment",
            " = %.15g EUR is below 1 %% of the commitments of %.15g EUR (CGI, art. 150-0 A, II, 8)",
            carried, fund->commitments);
    if (fund->impact_share > 0 && fund->impact_to == 1 && !*fund->impact_beneficiary)
        mld_check_fail(check, "fund.impact_carry.beneficiary", " is missing");
}

static void check_concessional(struct mld_check *check)
{
    struct mld_fund_spec *fund = &check->plan->fund;
    if (fund->capped_return && isnan(fund->cap))
        mld_check_fail(check, "fund.concessional.cap", " is missing");
    if (isnan(fund->cap))
        fund->cap = 0;
}

static void check_score(struct mld_check *check)
{
    const struct mld_fund_spec *fund = &check->plan->fund;
    double mean = fund->score_mean, sd = fund->score_sd;
    if (sd > 0 && sd * sd >= mean * (1 - mean))
        mld_check_fail(
            check, "fund.impact_carry.score_sd",
            " = %g is too large for score_mean = %g: sd^2 must be below mean x (1 - mean)", sd,
            mean);
}

/* What cash earns is said once; what may be called again is, of itself, while the fund invests. */
static void check_cash(struct mld_check *check)
{
    struct mld_fund_spec *fund = &check->plan->fund;
    if (!isnan(fund->cash_margin) && fund->cash_rate > 0)
        mld_check_fail(check, "fund.cash_margin",
                       " and cash_rate are both given; leave one of them out");
    if (isnan(fund->recallable_until))
        fund->recallable_until = fund->investment_years;
}

/* What commitments and grants come to, and when these are paid. */
static void resolve_size(struct mld_check *check)
{
    const struct mld_plan *plan = check->plan;
    const struct mld_grid *grid = &plan->model.grid;
    struct mld_fund_spec *fund = &check->plan->fund;
    char key[MLD_KEY];
    fund->commitments = 0;
    for (int i = 0; i < MLD_CLASSES; i++)
        fund->commitments += fund->share_class[i].commitment;
    fund->size = fund->commitments;
    for (int i = 0; i < fund->n_grants; i++) {
        fund->size += fund->grant[i].amount;
        if (fund->grant[i].year > mld_grid_year(grid, grid->last))
            mld_check_fail(check, mld_check_key(key, "fund.grants[%d].year", i),
                           " = %d is after the last year of the fund, %d", fund->grant[i].year,
                           mld_grid_year(grid, grid->last));
    }
    fund->reference_rate = plan->guarantee.present
                               ? plan->guarantee.reference_rate
                               : mld_param_named("guarantee.reference_rate")->fallback;
}

static void resolve_recycling(struct mld_check *check)
{
    const struct mld_fund_spec *fund = &check->plan->fund;
    struct mld_recycling *recycling = &check->plan->fund.recycling;
    double years = isnan(recycling->until_year) ? fund->investment_years : recycling->until_year,
           periods = years * check->plan->model.grid.periods_per_year;
    recycling->until = (int)lround(periods);
    if (fabs(periods - recycling->until) > 1e-9)
        mld_check_fail(check, "fund.recycling.until_year",
                       " = %g is no whole number of periods of 1/%d year", years,
                       check->plan->model.grid.periods_per_year);
    if (years > fund->investment_years)
        mld_check_fail(check, "fund.recycling.until_year",
                       " = %g is after the investment period of %g years", years,
                       fund->investment_years);
}

void mld_resolve_fund(struct mld_check *check)
{
    struct mld_fund_spec *fund = &check->plan->fund;
    if (!fund->present)
        return;
    if (!fund->n_tiers)
        mld_use_default_tiers(fund);
    mld_resolve_tiers(fund);
    mld_check_shorthand(check);
    resolve_size(check);
    mld_resolve_fees(check);
    if (isnan(fund->quota_until))
        fund->quota_until = fund->investment_years + 1;
    mld_resolve_closings(check);
    fund->carry_from = 5 * check->plan->model.grid.periods_per_year - 1;
    if (fund->term_years + fund->extension_years < 5)
        mld_check_fail(check, "fund.term_years",
                       " and fund.extension_years give %g years: class C is paid five years after "
                       "the first closing at the earliest (CGI, art. 150-0 A II 8)",
                       fund->term_years + fund->extension_years);
    if (!(fund->share_class[MLD_CLASS_A].commitment > 0))
        mld_check_fail(check, "fund.classes.A.commitment", " must be above 0");
    mld_check_tiers(check);
    if (fund->first_loss == MLD_FIRST_LOSS_HURDLE)
        mld_put_hurdle_first(fund);
    check_carry(check);
    check_concessional(check);
    check_cash(check);
    check_score(check);
    if (fund->recycling.present)
        resolve_recycling(check);
}

/* ---- what the commitments must cover ---- */

double mld_plan_volume(const struct mld_plan *plan)
{
    double volume = 0;
    if (plan->model.has_thesis)
        return plan->model.thesis.volume;
    for (int i = 0; i < plan->model.tape.n_deals; i++)
        volume += plan->model.tape.deal[i].amount;
    return volume;
}

/*
 * Most a euro invested at once costs in guarantee fees until the end of the investment period, over
 * the layers on deals.
 */
static double dearest_fee(const struct mld_plan *plan, double years)
{
    double dearest = 0;
    for (int i = 0; plan->guarantee.present && i < plan->guarantee.n_layers; i++) {
        const struct mld_layer *layer = &plan->guarantee.layer[i];
        if (layer->covers >= 0 || layer->fee_payer != MLD_FEE_BY_FUND)
            continue;
        double paid = layer->term_years < years ? layer->term_years : years;
        double fee = layer->quotite * (layer->fee_upfront + layer->fee_rate * paid);
        dearest = fee > dearest ? fee : dearest;
    }
    return dearest;
}

double mld_plan_volume_borne(const struct mld_plan *plan)
{
    const struct mld_fund_spec *fund = &plan->fund;
    struct mld_costs costs = mld_costs_while_investing(fund);
    double there = fund->commitments +
                   mld_fund_granted_by(&plan->model.grid, fund, fund->investment_periods - 1);
    return (there - costs.fixed) /
           (1 + costs.of_volume + dearest_fee(plan, fund->investment_years));
}

void mld_resolve_commitments(struct mld_check *check)
{
    const struct mld_plan *plan = check->plan;
    const struct mld_fund_spec *fund = &plan->fund;
    if (!fund->present)
        return;
    mld_plan_make_room(check->plan);
    struct mld_costs of = mld_costs_while_investing(fund);
    /* candidates are made only as far as all of that can be paid */
    double volume = fund->recycling.present ? 0 : mld_plan_volume(plan),
           fees = volume * dearest_fee(plan, fund->investment_years),
           costs = of.fixed + of.of_volume * volume,
           there = fund->commitments +
                   mld_fund_granted_by(&plan->model.grid, fund, fund->investment_periods - 1);
    if (fund->recycling.present && mld_exceeds(costs, there, fund->size))
        mld_check_fail(check, fund->n_fees ? "fund.fees" : "fund.management_fee",
                       ": costs of %.15g EUR in the investment period exceed the commitments%s of "
                       "%.15g EUR, so that no candidate could be made",
                       costs, there > fund->commitments ? " and grants" : "", there);
    else if (mld_exceeds(volume + costs + fees, there, fund->size))
        mld_check_fail(check, plan->model.has_thesis ? "thesis.volume" : "tape",
                       " of %.15g EUR, costs of %.15g EUR and guarantee fees of up to %.15g EUR in "
                       "the investment period exceed the commitments%s of %.15g EUR by %.15g EUR",
                       volume, costs, round(fees), there > fund->commitments ? " and grants" : "",
                       there, round(volume + costs + fees - there));
}
