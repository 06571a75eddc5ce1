/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fund (model, section 8) and what its commitments must cover. */
#include "scenario/resolve.h"

#include <math.h>

#include "milliard/numerics.h"

/* ---- the tiers ---- */

void mld_use_default_tiers(struct mld_fund_spec *fund)
{
    const struct mld_tier usual[] = { mld_tier_of(MLD_TIER_return_of_capital, MLD_TO_A_AND_B),
                                      mld_tier_of(MLD_TIER_preferred_return, MLD_TO_A_AND_B),
                                      mld_tier_of(MLD_TIER_return_of_capital, MLD_TO_C),
                                      mld_tier_of(MLD_TIER_catch_up, MLD_TO_C),
                                      mld_tier_of(MLD_TIER_split, MLD_TO_C) };
    fund->n_tiers = (int)(sizeof usual / sizeof usual[0]);
    for (int i = 0; i < fund->n_tiers; i++)
        fund->tier[i] = usual[i];
}

void mld_resolve_tiers(struct mld_fund_spec *fund)
{
    for (int i = 0; i < fund->n_tiers; i++) {
        struct mld_tier *tier = &fund->tier[i];
        for (const struct mld_param *row = mld_tiers[tier->type]->params; row && row->key; row++) {
            double *term = (double *)((char *)tier + row->offset);
            if (row->inherits && isnan(*term))
                *term = *(const double *)((const char *)fund +
                                          mld_param_named(row->inherits)->offset);
        }
    }
}

/* Whether some tier pays off `what`, bits of enum mld_settles, of all that is due to `to`. */
static int settles(const struct mld_fund_spec *fund, unsigned what, int to)
{
    for (int i = 0; i < fund->n_tiers; i++)
        if (mld_tiers[fund->tier[i].type]->settles & what && fund->tier[i].to == to)
            return 1;
    return 0;
}

static void check_to(struct mld_check *check, int i)
{
    struct mld_tier *tier = &check->plan->fund.tier[i];
    unsigned pays = mld_tiers[tier->type]->pays;
    char key[MLD_KEY];
    mld_check_key(key, "fund.tiers[%d].to", i);
    if (pays && tier->to < 0)
        mld_check_fail(check, key, " is missing");
    if (pays && tier->to >= 0 && !(pays >> tier->to & 1U))
        mld_check_fail(check, key, " = \"%s\": %s does not go there", mld_tier_to_names[tier->to],
                       mld_tiers[tier->type]->name);
    if (!pays && tier->to >= 0 && tier->to != MLD_TO_C)
        mld_check_fail(check, key, ": %s shares between C and A and B; leave it out",
                       mld_tiers[tier->type]->name);
    if (!pays)
        tier->to = MLD_TO_C;
    for (int j = 0; j < i; j++)
        if (check->plan->fund.tier[j].type == tier->type &&
            check->plan->fund.tier[j].to == tier->to)
            mld_check_fail(check, mld_check_key(key, "fund.tiers[%d]", i),
                           " repeats an earlier tier");
}

/* The key that said a term: the tier's own, or the fund's that stands for it. */
static const char *key_of_term(const struct mld_check *check, char key[MLD_KEY], int i,
                               const struct mld_param *row)
{
    mld_check_key(key, "fund.tiers[%d].%s", i, row->key);
    return mld_echo_of(check->plan, key) ? key : row->inherits;
}

static void check_terms(struct mld_check *check, int i)
{
    const struct mld_tier *tier = &check->plan->fund.tier[i];
    const struct mld_tier_descriptor *is = mld_tiers[tier->type];
    char key[MLD_KEY], why[MLD_KEY];
    const struct mld_param *row = is->check ? is->check(tier, why, sizeof why) : NULL;
    if (row)
        mld_check_fail(check, key_of_term(check, key, i, row), "%s", why);
}

/* A class has one hurdle account, which grows at one rate. */
static void check_rate(struct mld_check *check, int i)
{
    const struct mld_fund_spec *fund = &check->plan->fund;
    const struct mld_tier *tier = &fund->tier[i];
    char key[MLD_KEY];
    if (!(mld_tiers[tier->type]->settles & MLD_SETTLES_YIELD))
        return;
    for (int class = MLD_CLASS_A; class <= MLD_CLASS_B; class ++) {
        double grows = mld_fund_hurdle(fund, class);
        int capped = class == MLD_CLASS_B && fund->capped_return,
            paid = tier->to == MLD_TO_A_AND_B ||
                   tier->to == (class == MLD_CLASS_A ? MLD_TO_A : MLD_TO_B);
        if (paid && !capped && tier->rate != grows)
            mld_check_fail(check, mld_check_key(key, "fund.tiers[%d].rate", i),
                           " = %g: an earlier tier makes the account of %c grow at %g", tier->rate,
                           'A' + class, grows);
    }
}

/* What a list gives to B alone stays where it is, and has to say the same as first_loss. */
static void check_hurdle_first(struct mld_check *check)
{
    const struct mld_fund_spec *fund = &check->plan->fund;
    if (fund->first_loss != MLD_FIRST_LOSS_HURDLE)
        return;
    for (int i = 0; i < mld_fund_end_of_a(fund); i++)
        if (fund->tier[i].to == MLD_TO_B)
            mld_check_fail(check, "fund.concessional.first_loss",
                           " = \"hurdle\": fund.tiers[%d] pays B before a tier that pays A its "
                           "capital or preferred return; list those of A first",
                           i);
}

/* All that comes in must find a tier: each class its capital, and the rest the last. */
static void check_tiers(struct mld_check *check)
{
    struct mld_fund_spec *fund = &check->plan->fund;
    int both = settles(fund, MLD_SETTLES_CAPITAL, MLD_TO_A_AND_B);
    for (int i = 0; i < fund->n_tiers; i++) {
        check_to(check, i);
        check_terms(check, i);
        check_rate(check, i);
    }
    if (!both && !settles(fund, MLD_SETTLES_CAPITAL, MLD_TO_A))
        mld_check_fail(check, "fund.tiers", ": return_of_capital to A is missing");
    if (!both && fund->share_class[MLD_CLASS_B].commitment > 0 &&
        !settles(fund, MLD_SETTLES_CAPITAL, MLD_TO_B))
        mld_check_fail(check, "fund.tiers", ": return_of_capital to B is missing");
    check_hurdle_first(check);
    if (!settles(fund, MLD_SETTLES_CAPITAL, MLD_TO_C))
        mld_check_fail(check, "fund.tiers", ": return_of_capital to C is missing");
    if (!(mld_tiers[fund->tier[fund->n_tiers - 1].type]->settles & MLD_SETTLES_REST))
        mld_check_fail(check, "fund.tiers",
                       ": the last tier is split, which takes all that is left");
}

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

void mld_resolve_fund(struct mld_check *check)
{
    struct mld_fund_spec *fund = &check->plan->fund;
    if (!fund->present)
        return;
    if (!fund->n_tiers)
        mld_use_default_tiers(fund);
    mld_resolve_tiers(fund);
    resolve_size(check);
    fund->carry_from = 5 * check->plan->model.grid.periods_per_year - 1;
    if (fund->term_years + fund->extension_years < 5)
        mld_check_fail(check, "fund.term_years",
                       " and fund.extension_years give %g years: class C is paid five years after "
                       "the first closing at the earliest (CGI, art. 150-0 A II 8)",
                       fund->term_years + fund->extension_years);
    if (!(fund->share_class[MLD_CLASS_A].commitment > 0))
        mld_check_fail(check, "fund.classes.A.commitment", " must be above 0");
    check_tiers(check);
    if (fund->first_loss == MLD_FIRST_LOSS_HURDLE)
        mld_put_hurdle_first(fund);
    check_carry(check);
    check_concessional(check);
    check_score(check);
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

static double costs_while_investing(const struct mld_fund_spec *fund)
{
    return fund->size *
           (fund->setup + (fund->management_fee + fund->running_costs) * fund->investment_years);
}

double mld_plan_volume_borne(const struct mld_plan *plan)
{
    const struct mld_fund_spec *fund = &plan->fund;
    return (fund->size - costs_while_investing(fund)) /
           (1 + dearest_fee(plan, fund->investment_years));
}

void mld_resolve_commitments(struct mld_check *check)
{
    const struct mld_plan *plan = check->plan;
    const struct mld_fund_spec *fund = &plan->fund;
    if (!fund->present)
        return;
    double volume = mld_plan_volume(plan),
           fees = volume * dearest_fee(plan, fund->investment_years),
           costs = costs_while_investing(fund);
    if (mld_exceeds(volume + costs + fees, fund->size, fund->size))
        mld_check_fail(check, plan->model.has_thesis ? "thesis.volume" : "tape",
                       " of %.15g EUR, costs of %.15g EUR and guarantee fees of up to %.15g EUR in "
                       "the investment period exceed the commitments%s of %.15g EUR by %.15g EUR",
                       volume, costs, round(fees), fund->n_grants ? " and grants" : "", fund->size,
                       round(volume + costs + fees - fund->size));
}
