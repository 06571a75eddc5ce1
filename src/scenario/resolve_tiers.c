/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tiers of the waterfall (model, sections 8 and 16): their terms, and what a list must be. */
#include "scenario/resolve.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

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

const char *mld_tier_key(const struct mld_plan *plan, char key[MLD_KEY], int i, const char *term)
{
    const struct mld_tier *tier = &plan->fund.tier[i];
    return *tier->name ? mld_check_key(key, "fund.tiers.%s.%s", tier->name, term)
                       : mld_check_key(key, "fund.tiers[%d].%s", i, term);
}

/* The number of a key of the fund. */
static double *of_fund(struct mld_fund_spec *fund, const char *key)
{
    return (double *)((char *)fund + mld_param_named(key)->offset);
}

void mld_resolve_tiers(struct mld_fund_spec *fund)
{
    for (int i = 0; i < fund->n_tiers; i++) {
        struct mld_tier *tier = &fund->tier[i];
        for (const struct mld_param *row = mld_tiers[tier->type]->params; row && row->key; row++) {
            double *term = (double *)((char *)tier + row->offset);
            if (row->inherits && mld_tier_leaves(tier, row))
                *term = *of_fund(fund, row->inherits);
        }
    }
}

/* Whether some tier pays off `what`, bits of enum mld_settles, of all that is due to `to`. */
static int settles(const struct mld_fund_spec *fund, unsigned what, int to)
{
    for (int i = 0; i < fund->n_tiers; i++)
        if (mld_tier_settles(&fund->tier[i]) & what && fund->tier[i].to == to)
            return 1;
    return 0;
}

/* Whether two terms are the same; none is none. */
static int same(double a, double b) { return a == b || (isnan(a) && isnan(b)); }

/*
 * What pays once and for all pays nothing a second time; a catch-up may, once something was split
 * in between.
 */
static int repeats(const struct mld_tier *a, const struct mld_tier *b, int apart)
{
    return a->type == b->type && a->to == b->to && same(a->rate, b->rate) &&
           same(a->multiple, b->multiple) && same(a->share, b->share) && same(a->carry, b->carry) &&
           !strcmp(a->until, b->until) && (mld_tiers[a->type]->settles || apart == 1);
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
        if (repeats(&check->plan->fund.tier[j], tier, i - j))
            mld_check_fail(check, mld_check_key(key, "fund.tiers[%d]", i),
                           " repeats an earlier tier");
}

/* Terms of which one is given instead of another. */
static void check_instead(struct mld_check *check, int i)
{
    const struct mld_tier *tier = &check->plan->fund.tier[i];
    char key[MLD_KEY], other[MLD_KEY];
    for (const struct mld_param *row = mld_tiers[tier->type]->params; row && row->key; row++) {
        if (!row->instead)
            continue;
        mld_tier_key(check->plan, key, i, row->key);
        mld_tier_key(check->plan, other, i, row->instead);
        if (mld_echo_of(check->plan, key) && mld_echo_of(check->plan, other))
            mld_check_fail(check, key, " and %s are both given; leave one of them out",
                           row->instead);
    }
}

/* A split ends at the hurdle of a preferred return of A that comes after it. */
static void check_until(struct mld_check *check, int i)
{
    const struct mld_fund_spec *fund = &check->plan->fund;
    const struct mld_tier *tier = &fund->tier[i];
    char key[MLD_KEY];
    int place = *tier->until ? mld_fund_tier_named(fund, tier->until) : i + 1;
    mld_check_key(key, "fund.tiers[%d].until", i);
    if (place < 0)
        mld_check_fail(check, key, " = \"%s\": no preferred_return to A has that name",
                       tier->until);
    else if (place < i)
        mld_check_fail(check, key,
                       " = \"%s\": fund.tiers[%d], of that name, comes first, and leaves this one "
                       "nothing to split",
                       tier->until, place);
}

/* The key that said a term: the tier's own, or the fund's that stands for it. */
static const char *key_of_term(const struct mld_check *check, char key[MLD_KEY], int i,
                               const struct mld_param *row)
{
    mld_tier_key(check->plan, key, i, row->key);
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

static void check_hurdles(struct mld_check *check)
{
    struct mld_hurdles hurdles;
    for (int class = MLD_CLASS_A; class <= MLD_CLASS_B; class ++) {
        mld_fund_hurdles(&check->plan->fund, class, &hurdles);
        if (hurdles.n > MLD_MAX_HURDLES)
            mld_check_fail(check, "fund.tiers", ": class %c has %d different hurdles; at most %d",
                           'A' + class, hurdles.n, (int)MLD_MAX_HURDLES);
    }
}

/* A key of the fund that stands for terms of tiers, when one leaves its term out, or none does. */
struct shorthand {
    const char *key;
    int left, own, equal; /* tiers that leave the term to it, have their own, and the same */
    char example[MLD_KEY];
};

/* Whether a tier gives a term, or another instead of it. */
static int says(const struct mld_check *check, int i, const struct mld_param *row)
{
    const struct mld_param *other = mld_tiers[check->plan->fund.tier[i].type]->params;
    char key[MLD_KEY];
    if (mld_echo_of(check->plan, mld_tier_key(check->plan, key, i, row->key)))
        return 1;
    for (; other->key; other++)
        if (other->instead && !strcmp(other->instead, row->key) &&
            mld_echo_of(check->plan, mld_tier_key(check->plan, key, i, other->key)))
            return 1;
    return 0;
}

static void count_uses(const struct mld_check *check, int i, struct shorthand *of)
{
    struct mld_fund_spec *fund = &check->plan->fund;
    const struct mld_tier *tier = &fund->tier[i];
    for (const struct mld_param *row = mld_tiers[tier->type]->params; row && row->key; row++) {
        if (!row->inherits || strcmp(row->inherits, of->key))
            continue;
        double value = *(const double *)((const char *)tier + row->offset);
        int own = says(check, i, row);
        if (own)
            snprintf(of->example, sizeof of->example, "fund.tiers[%d]", i);
        of->left += !own;
        of->own += own;
        of->equal += own && value == *of_fund(fund, of->key);
    }
}

/* What no tier leaves to it says something else than all of them, or is needed and not there. */
static void check_shorthand(struct mld_check *check, const char *key, double none)
{
    struct shorthand of = { .key = key };
    double *value = of_fund(&check->plan->fund, key);
    const struct mld_echo *echo = mld_echo_of(check->plan, key);
    for (int i = 0; i < check->plan->fund.n_tiers; i++)
        count_uses(check, i, &of);
    if (of.left && isnan(*value))
        mld_check_fail(check, key, " is missing");
    else if (echo && echo->origin != MLD_DEFAULTED && !of.left && of.own && !of.equal)
        mld_check_fail(check, key,
                       " = %g: %s has terms of its own that say otherwise, and no tier leaves them "
                       "out; leave one of the two out",
                       *value, of.example);
    if (isnan(*value))
        *value = none;
}

void mld_check_shorthand(struct mld_check *check)
{
    check_shorthand(check, "fund.hurdle", 0);
    check_shorthand(check, "fund.catch_up", 1);
    check_shorthand(check, "fund.carry", 0);
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

/* The last tier takes all that is left, and none before it does. */
static void check_rest(struct mld_check *check)
{
    const struct mld_fund_spec *fund = &check->plan->fund;
    char key[MLD_KEY];
    for (int i = 0; i < fund->n_tiers - 1; i++)
        if (mld_tier_settles(&fund->tier[i]) & MLD_SETTLES_REST)
            mld_check_fail(check, mld_check_key(key, "fund.tiers[%d]", i),
                           ": a split without `until` takes all that is left; only the last tier "
                           "does");
    if (!(mld_tier_settles(&fund->tier[fund->n_tiers - 1]) & MLD_SETTLES_REST))
        mld_check_fail(check, "fund.tiers",
                       ": the last tier is split, which takes all that is left");
}

/* All that comes in must find a tier: each class its capital, and the rest the last. */
void mld_check_tiers(struct mld_check *check)
{
    struct mld_fund_spec *fund = &check->plan->fund;
    int both = settles(fund, MLD_SETTLES_CAPITAL, MLD_TO_A_AND_B);
    for (int i = 0; i < fund->n_tiers; i++) {
        check_to(check, i);
        check_instead(check, i);
        check_until(check, i);
        check_terms(check, i);
    }
    check_hurdles(check);
    check_rest(check);
    if (!both && !settles(fund, MLD_SETTLES_CAPITAL, MLD_TO_A))
        mld_check_fail(check, "fund.tiers", ": return_of_capital to A is missing");
    if (!both && fund->share_class[MLD_CLASS_B].commitment > 0 &&
        !settles(fund, MLD_SETTLES_CAPITAL, MLD_TO_B))
        mld_check_fail(check, "fund.tiers", ": return_of_capital to B is missing");
    check_hurdle_first(check);
    if (!settles(fund, MLD_SETTLES_CAPITAL, MLD_TO_C))
        mld_check_fail(check, "fund.tiers", ": return_of_capital to C is missing");
}
