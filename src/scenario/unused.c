/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parameters that were read but that no stage of this plan reads: the echo says so. */
#include "scenario/resolve.h"
#include "scenario/scenario_internal.h"

#include <math.h>
#include <string.h>

/*
 * The step of `key` after `prefix`: "bond" of "instruments.bond.coupon" for "instruments."; NULL if
 * the prefix differs.
 */
static const char *step_after(const char *key, const char *prefix, char step[MLD_MAX_NAME],
                              const char **rest)
{
    size_t length = strlen(prefix), word;
    if (strncmp(key, prefix, length))
        return NULL;
    word = strcspn(key + length, ".[");
    if (word >= MLD_MAX_NAME)
        return NULL;
    memcpy(step, key + length, word);
    step[word] = '\0';
    *rest = key + length + word + (key[length + word] == '.');
    return step;
}

static int starts(const char *key, const char *prefix)
{
    return !strncmp(key, prefix, strlen(prefix));
}

/* ---- what the portfolio holds ---- */

static int holds_instrument(const struct mld_plan *plan, int instrument)
{
    if (plan->model.has_thesis)
        return plan->model.thesis.has_mix[instrument] &&
               plan->model.thesis.mix[instrument].weight > 0;
    for (int i = 0; i < plan->model.tape.n_deals; i++)
        if (plan->model.tape.deal[i].instrument == instrument)
            return 1;
    return 0;
}

static int holds_form(const struct mld_plan *plan, int form)
{
    for (int i = 0; plan->model.has_thesis && i < MLD_INSTRUMENTS; i++)
        if (holds_instrument(plan, i) && plan->model.thesis.mix[i].form[form] > 0)
            return 1;
    for (int i = 0; i < plan->model.tape.n_deals; i++)
        if (plan->model.tape.deal[i].form == form)
            return 1;
    return 0;
}

static int is_idle_instrument(const struct mld_plan *plan, const char *key, const char *prefix)
{
    char step[MLD_MAX_NAME];
    const char *rest;
    return step_after(key, prefix, step, &rest) &&
           !holds_instrument(plan, mld_instrument_named(step));
}

static int is_idle_form(const struct mld_plan *plan, const char *key)
{
    char step[MLD_MAX_NAME];
    const char *rest;
    if (!step_after(key, "legal_forms.", step, &rest))
        return 0;
    for (int i = 0; i < plan->model.n_forms; i++)
        if (!strcmp(plan->model.form[i].name, step))
            return !holds_form(plan, i);
    return 0;
}

/* ---- fund and guarantee ---- */

static double term_of(const struct mld_tier *tier, const struct mld_param *row)
{
    return *(const double *)((const char *)tier + row->offset);
}

/* A key that stands for terms of tiers: whether one leaves it to it, if any has such a term. */
static int is_idle_shorthand(const struct mld_plan *plan, const char *key)
{
    char own[MLD_KEY];
    int stands_for_terms = 0;
    for (int type = 0; type < MLD_TIERS; type++)
        for (const struct mld_param *row = mld_tiers[type]->params; row && row->key; row++) {
            if (!row->inherits || strcmp(row->inherits, key))
                continue;
            stands_for_terms = 1;
            for (int i = 0; i < plan->fund.n_tiers; i++)
                if (plan->fund.tier[i].type == type && !isnan(term_of(&plan->fund.tier[i], row)) &&
                    !mld_echo_of(plan, mld_tier_key(plan, own, i, row->key)))
                    return 0;
        }
    return stands_for_terms;
}

static int is_idle_in_fund(const struct mld_plan *plan, const char *key)
{
    const struct mld_fund_spec *fund = &plan->fund;
    if (starts(key, "fund.credit_line.") && !starts(key, "fund.credit_line.limit"))
        return fund->credit_line.limit == 0;
    if (starts(key, "fund.equalisation_rate"))
        return fund->n_closings < 2;
    if (starts(key, "fund.impact_carry.beneficiary"))
        return fund->impact_share == 0 || fund->impact_to == 0;
    if (starts(key, "fund.impact_carry.") && !starts(key, "fund.impact_carry.share"))
        return fund->impact_share == 0;
    if (starts(key, "fund.concessional.cap") && !starts(key, "fund.concessional.capped_return"))
        return !fund->capped_return || fund->share_class[MLD_CLASS_B].commitment == 0;
    if (starts(key, "fund.concessional."))
        return fund->share_class[MLD_CLASS_B].commitment == 0;
    if (starts(key, "fund.recallable.until_year"))
        return fund->recallable_share == 0;
    return is_idle_shorthand(plan, key);
}

static int is_idle_in_guarantee(const struct mld_guarantee_spec *guarantee, const char *key)
{
    char step[MLD_MAX_NAME];
    const char *rest;
    if (starts(key, "guarantee.dotation_yield") || starts(key, "guarantee.residual_to"))
        return guarantee->n_dotations == 0;
    if (starts(key, "guarantee.pass_through_price"))
        return !(guarantee->pass_through > 0);
    if (!step_after(key, "guarantee.layers.", step, &rest))
        return 0;
    const struct mld_param *row = mld_param_named(key);
    for (int i = 0; row && i < guarantee->n_layers; i++)
        if (!strcmp(guarantee->layer[i].name, step))
            return row->only == (guarantee->layer[i].covers < 0 ? MLD_OF_COUNTER : MLD_ON_DEALS);
    return 0;
}

static int is_unused(const struct mld_plan *plan, const char *key)
{
    if (starts(key, "factors.dof"))
        return plan->model.factors.dependence != MLD_STUDENT;
    if (starts(key, "run.trajectories_first"))
        return plan->run.trajectories != MLD_TRAJECTORIES_FIRST;
    if (starts(key, "run.paths_at_most"))
        return plan->run.n_precisions == 0;
    if (starts(key, "run.measures_listed"))
        return plan->run.measures != MLD_KEPT_LISTED;
    return is_idle_instrument(plan, key, "instruments.") ||
           is_idle_instrument(plan, key, "thesis.mix.") || is_idle_form(plan, key) ||
           is_idle_in_fund(plan, key) || is_idle_in_guarantee(&plan->guarantee, key);
}

void mld_echo_mark_unused(struct mld_plan *plan)
{
    for (size_t i = 0; i < plan->echo->count; i++)
        if (is_unused(plan, plan->echo->item[i].key))
            plan->echo->item[i].origin = MLD_UNUSED;
}
