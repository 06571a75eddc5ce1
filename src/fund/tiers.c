/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The waterfall (model, section 8): whole-fund, without claw-back, one file per type of tier. Each
 * tier takes from `left` and books what it pays to A and B, and what it gives to C.
 */
#include "fund/tiers.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "core/vector.h"

/* H(t) = H(t−1)·(1+h)^(1/m) + multiple·call. What the tiers pay is taken off later. */
MLD_CLONES
static void accrue(int n, double per_call, double growth, const double *restrict call,
                   double *restrict hurdle)
{
    for (int i = 0; i < n; i++)
        hurdle[i] = hurdle[i] * growth + per_call * call[i];
}

MLD_CLONES
static void add_share(int n, double share, const double *restrict call, double *restrict capital)
{
    for (int i = 0; i < n; i++)
        capital[i] += share * call[i];
}

static double *account(const struct mld_fund_accounts *accounts, int class, int i)
{
    if (class == MLD_CLASS_A)
        return i ? accounts->later_a[i - 1] : accounts->hurdle_a;
    return i ? accounts->later_b[i - 1] : accounts->hurdle_b;
}

void mld_fund_accrue(int t, struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_rates *rates = flows->rates;
    const double *call = mld_fund_row(flows, flows->call, t);
    int n = flows->width;
    for (int class = MLD_CLASS_A; class <= MLD_CLASS_B; class ++) {
        const struct mld_hurdle_rates *of = &rates->hurdle[class];
        for (int i = 0; i < of->n; i++)
            accrue(n, of->per_call[i], of->growth[i], call, account(accounts, class, i));
    }
    add_share(n, rates->share[MLD_CLASS_A], call, accounts->capital_a);
    add_share(n, rates->share[MLD_CLASS_B], call, accounts->capital_b);
    add_share(n, rates->share[MLD_CLASS_C], call, accounts->capital_c);
}

MLD_CLONES
static void less(int n, const double *restrict account, const double *restrict given,
                 double *restrict now)
{
    for (int i = 0; i < n; i++)
        now[i] = account[i] - given[i];
}

const double *mld_fund_account(const struct mld_fund_spec *spec, const struct mld_fund_rates *rates,
                               const struct mld_tier *tier, int class, int n,
                               const struct mld_fund_accounts *accounts)
{
    int i = rates->hurdle[class].of_tier[tier - spec->tier];
    double *now = class == MLD_CLASS_A ? accounts->now_a : accounts->now_b;
    if (!i)
        return account(accounts, class, 0);
    less(n, account(accounts, class, i), class == MLD_CLASS_A ? accounts->to_a : accounts->to_b,
         now);
    return now;
}

MLD_CLONES
static void take_off(int n, const double *restrict given, double *restrict account)
{
    for (int i = 0; i < n; i++)
        account[i] -= given[i];
}

/* The first account is kept by the tiers themselves. */
void mld_fund_book(const struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts)
{
    for (int class = MLD_CLASS_A; class <= MLD_CLASS_B; class ++)
        for (int i = 1; i < flows->rates->hurdle[class].n; i++)
            take_off(flows->width, class == MLD_CLASS_A ? accounts->to_a : accounts->to_b,
                     account(accounts, class, i));
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
    tier.multiple = NAN;
    for (const struct mld_param *row = mld_tiers[type]->params; row && row->key; row++)
        if (row->kind == MLD_REAL)
            *(double *)((char *)&tier + row->offset) = row->fallback;
    return tier;
}

unsigned mld_tier_settles(const struct mld_tier *tier)
{
    unsigned all = mld_tiers[tier->type]->settles;
    return *tier->until ? all & ~(unsigned)MLD_SETTLES_REST : all;
}

/* A class that a tier pays, C and the others apart. */
static int pays_class(const struct mld_tier *tier, int class)
{
    return tier->to == MLD_TO_A_AND_B || tier->to == (class == MLD_CLASS_A ? MLD_TO_A : MLD_TO_B);
}

static double term(const struct mld_tier *tier, const struct mld_param *row)
{
    return *(const double *)((const char *)tier + row->offset);
}

int mld_tier_leaves(const struct mld_tier *tier, const struct mld_param *row)
{
    if (!row->inherits || !isnan(term(tier, row)))
        return 0;
    for (const struct mld_param *other = mld_tiers[tier->type]->params; other->key; other++)
        if (other->instead && strcmp(other->instead, row->key) == 0 && !isnan(term(tier, other)))
            return 0;
    return 1;
}

int mld_fund_tier_named(const struct mld_fund_spec *spec, const char *name)
{
    for (int i = 0; i < spec->n_tiers; i++)
        if (mld_tier_settles(&spec->tier[i]) & MLD_SETTLES_YIELD &&
            pays_class(&spec->tier[i], MLD_CLASS_A) && strcmp(spec->tier[i].name, name) == 0)
            return i;
    return -1;
}

static struct mld_hurdle hurdle_of(const struct mld_tier *tier)
{
    return isnan(tier->multiple) ? (struct mld_hurdle){ tier->rate, 1.0 }
                                 : (struct mld_hurdle){ 0.0, tier->multiple };
}

/* The account that does the same as another is that one. */
static int place_of(struct mld_hurdles *hurdles, struct mld_hurdle hurdle)
{
    int known = hurdles->n < MLD_MAX_HURDLES ? hurdles->n : MLD_MAX_HURDLES;
    for (int i = 0; i < known; i++)
        if (hurdles->account[i].rate == hurdle.rate &&
            hurdles->account[i].multiple == hurdle.multiple)
            return i;
    if (hurdles->n < MLD_MAX_HURDLES)
        hurdles->account[hurdles->n] = hurdle;
    return hurdles->n++;
}

void mld_fund_hurdles(const struct mld_fund_spec *spec, int class, struct mld_hurdles *hurdles)
{
    int capped = class == MLD_CLASS_B && spec->capped_return;
    *hurdles = (struct mld_hurdles){ 0 };
    for (int i = 0; i < spec->n_tiers && !capped; i++)
        if (mld_tier_settles(&spec->tier[i]) & MLD_SETTLES_YIELD &&
            pays_class(&spec->tier[i], class))
            hurdles->of_tier[i] = place_of(hurdles, hurdle_of(&spec->tier[i]));
    if (hurdles->n == 0)
        place_of(hurdles, (struct mld_hurdle){ capped ? spec->cap : spec->hurdle, 1.0 });
    for (int i = 0; i < spec->n_tiers && !capped; i++) {
        int end = *spec->tier[i].until ? mld_fund_tier_named(spec, spec->tier[i].until) : -1;
        if (end >= 0)
            hurdles->of_tier[i] = hurdles->of_tier[end];
    }
}

struct mld_hurdle mld_fund_hurdle(const struct mld_fund_spec *spec, int class)
{
    struct mld_hurdles hurdles;
    mld_fund_hurdles(spec, class, &hurdles);
    return hurdles.account[0];
}

double mld_fund_largest_carry(const struct mld_fund_spec *spec)
{
    double largest = 0.0;
    for (int i = 0; i < spec->n_tiers; i++)
        if (spec->tier[i].carry > largest)
            largest = spec->tier[i].carry;
    return largest;
}

int mld_fund_end_of_a(const struct mld_fund_spec *fund)
{
    struct mld_hurdles hurdles;
    int end = 0;
    mld_fund_hurdles(fund, MLD_CLASS_A, &hurdles);
    for (int i = 0; i < fund->n_tiers; i++) {
        unsigned settles = mld_tier_settles(&fund->tier[i]);
        int first = settles & MLD_SETTLES_CAPITAL || hurdles.of_tier[i] == 0;
        if (settles & (MLD_SETTLES_CAPITAL | MLD_SETTLES_YIELD) && first &&
            pays_class(&fund->tier[i], MLD_CLASS_A))
            end = i + 1;
    }
    return end;
}

void mld_put_hurdle_first(struct mld_fund_spec *fund)
{
    struct mld_tier of_b[MLD_TIER_ROOM];
    int n = 0, end = mld_fund_end_of_a(fund);
    for (int i = 0; i < end; i++)
        if (fund->tier[i].to == MLD_TO_A_AND_B) {
            of_b[n] = fund->tier[i];
            of_b[n++].to = MLD_TO_B;
            fund->tier[i].to = MLD_TO_A;
        }
    assert(fund->n_tiers + n <= MLD_TIER_ROOM);
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
