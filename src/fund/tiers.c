/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The waterfall (model, section 8): whole-fund, without claw-back, one file per type of tier. Each
 * tier takes from `left` and books what it pays to A and B, and what it gives to C.
 */
#include "fund/tiers.h"

#include <assert.h>
#include <string.h>

#include "core/vector.h"

/*
 * H(t) = H(t−1)·(1+h)^(1/m) + call; capital(t) = capital(t−1) + call. What the tiers pay is taken
 * off later.
 */
MLD_CLONES
static void accrue(int n, double share, double growth, const double *restrict call,
                   double *restrict hurdle, double *restrict capital)
{
    for (int i = 0; i < n; i++) {
        hurdle[i] = hurdle[i] * growth + share * call[i];
        capital[i] += share * call[i];
    }
}

MLD_CLONES
static void add_share(int n, double share, const double *restrict call, double *restrict capital)
{
    for (int i = 0; i < n; i++)
        capital[i] += share * call[i];
}

void mld_fund_accrue(int t, struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_rates *rates = flows->rates;
    const double *call = mld_fund_row(flows, flows->call, t);
    int n = flows->width;
    accrue(n, rates->share[MLD_CLASS_A], rates->growth_a, call, accounts->hurdle_a,
           accounts->capital_a);
    accrue(n, rates->share[MLD_CLASS_B], rates->growth_b, call, accounts->hurdle_b,
           accounts->capital_b);
    add_share(n, rates->share[MLD_CLASS_C], call, accounts->capital_c);
}

const struct mld_tier_descriptor *const mld_tiers[MLD_TIERS + 1] = {
#define TIER(name) [MLD_TIER_##name] = &mld_tier_##name,
#include "milliard/tiers.def"
#undef TIER
};

const char *const mld_tier_to_names[] = {
    [MLD_TO_A] = "A", [MLD_TO_B] = "B", [MLD_TO_A_AND_B] = "A_and_B", [MLD_TO_C] = "C", NULL
};

struct mld_tier mld_tier_of(int type, int to)
{
    struct mld_tier tier = { .type = type, .to = to };
    for (const struct mld_param *row = mld_tiers[type]->params; row && row->key; row++)
        *(double *)((char *)&tier + row->offset) = row->fallback;
    return tier;
}

/* A class that a tier pays, C and the others apart. */
static int pays_class(const struct mld_tier *tier, int class)
{
    return tier->to == MLD_TO_A_AND_B || tier->to == (class == MLD_CLASS_A ? MLD_TO_A : MLD_TO_B);
}

double mld_fund_hurdle(const struct mld_fund_spec *spec, int class)
{
    if (class == MLD_CLASS_B && spec->capped_return)
        return spec->cap;
    for (int i = 0; i < spec->n_tiers; i++)
        if (mld_tiers[spec->tier[i].type]->settles & MLD_SETTLES_YIELD &&
            pays_class(&spec->tier[i], class))
            return spec->tier[i].rate;
    return spec->hurdle;
}

int mld_fund_end_of_a(const struct mld_fund_spec *fund)
{
    int end = 0;
    for (int i = 0; i < fund->n_tiers; i++)
        if (mld_tiers[fund->tier[i].type]->settles & (MLD_SETTLES_CAPITAL | MLD_SETTLES_YIELD) &&
            (fund->tier[i].to == MLD_TO_A || fund->tier[i].to == MLD_TO_A_AND_B))
            end = i + 1;
    return end;
}

void mld_put_hurdle_first(struct mld_fund_spec *fund)
{
    struct mld_tier of_b[MLD_MAX_TIERS];
    int n = 0, end = mld_fund_end_of_a(fund);
    for (int i = 0; i < end; i++)
        if (fund->tier[i].to == MLD_TO_A_AND_B) {
            of_b[n] = fund->tier[i];
            of_b[n++].to = MLD_TO_B;
            fund->tier[i].to = MLD_TO_A;
        }
    assert(fund->n_tiers + n <= MLD_MAX_TIERS);
    memmove(&fund->tier[end + n], &fund->tier[end],
            (size_t)(fund->n_tiers - end) * sizeof *fund->tier);
    memcpy(&fund->tier[end], of_b, (size_t)n * sizeof *of_b);
    fund->n_tiers += n;
}

/* Row of one tier and period of the trace. */
static double *traced(const struct mld_grid *grid, struct mld_fund_flows *flows, int tier, int t)
{
    return mld_fund_row(flows, flows->tier_paid, tier * grid->periods + t);
}

static void add_difference(int n, const double *restrict before, const double *restrict after,
                           double *restrict paid)
{
    for (int i = 0; i < n; i++)
        paid[i] += before[i] - after[i];
}

void mld_fund_run_tier(const struct mld_grid *grid, const struct mld_fund_spec *spec, int tier,
                       int t, struct mld_fund_flows *flows,
                       const struct mld_fund_accounts *accounts)
{
    const struct mld_tier *row = &spec->tier[tier];
    if (flows->tier_paid)
        memcpy(accounts->before, accounts->left, (size_t)flows->width * sizeof(double));
    mld_tiers[row->type]->pay(spec, flows->rates, row, flows->width, accounts);
    if (flows->tier_paid)
        add_difference(flows->width, accounts->before, accounts->left,
                       traced(grid, flows, tier, t));
}

/* A list of tiers that does not end in a split may leave something: it stays in the cash. */
MLD_CLONES
static void return_to_cash(int n, const double *restrict left, double *restrict cash)
{
    for (int i = 0; i < n; i++)
        cash[i] += left[i];
}

void mld_fund_waterfall(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                        struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts)
{
    size_t row = (size_t)flows->width * sizeof(double);
    memset(accounts->to_a, 0, row);
    memset(accounts->to_b, 0, row);
    memset(accounts->c_capital, 0, row);
    memset(accounts->c_carry, 0, row);
    for (int i = 0; i < spec->n_tiers; i++) {
        if (flows->tier_paid)
            memset(traced(grid, flows, i, t), 0, row);
        mld_fund_run_tier(grid, spec, i, t, flows, accounts);
    }
    return_to_cash(flows->width, accounts->left, accounts->cash);
    if (spec->n_grants && !spec->grants_to_carry)
        mld_fund_hold_carry(grid, spec, t, flows, accounts);
    if (t == mld_fund_date_of_c(grid, spec))
        mld_fund_serve(grid, spec, t, flows, accounts);
}
