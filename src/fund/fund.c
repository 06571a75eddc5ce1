/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fund (model, section 8), period by period. */
#include "fund/accounts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/vector.h"
#include "milliard/draws.h"
#include "milliard/numerics.h"

/* ---- memory: every series is a part of one block, which begins at `state` ---- */

/* Hands out the rows of a block one after the other; without a block it only counts them. */
struct rows {
    double *base;
    size_t used;
};

static double *rows_take(struct rows *rows, size_t count)
{
    double *start = rows->base ? rows->base + rows->used : NULL;
    rows->used += count;
    return start;
}

static void lay_out(struct mld_fund_flows *flows, size_t periods, size_t traced_tiers,
                    const struct mld_fund_spec *spec, struct rows *rows)
{
    int lends = spec->credit_line.limit > 0, planned = mld_fund_looks_ahead(spec);
    size_t row = (size_t)flows->width, series = row * periods;
    double **all[] = {
        &flows->invested,
        &flows->income,
        &flows->capital,
        &flows->nav_deals,
        &flows->outstanding,
        &flows->payout,
        &flows->guarantee_cost,
        &flows->guarantee_fee,
        &flows->call,
        &flows->management_fee,
        &flows->other_cost,
        &flows->cost_paid,
        &flows->cost_waiting,
        &flows->paid_management,
        &flows->paid_other,
        &flows->paid_guarantee,
        &flows->distribution[MLD_CLASS_A],
        &flows->distribution[MLD_CLASS_B],
        &flows->distribution[MLD_CLASS_C],
        &flows->carry,
        &flows->beneficiary,
        &flows->impact_to_a,
        &flows->cash,
        &flows->set_aside,
        &flows->unspent,
        &flows->aside_used,
        &flows->interest,
        &flows->clawed,
        &flows->recalled,
    };
    flows->state = rows_take(rows, row * MLD_FUND_ACCOUNTS);
    flows->score = rows_take(rows, row);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        *all[i] = rows_take(rows, series);
    flows->borrowed = lends ? rows_take(rows, series) : NULL;
    flows->repaid = lends ? rows_take(rows, series) : NULL;
    flows->line_cost = lends ? rows_take(rows, series) : NULL;
    flows->debt = lends ? rows_take(rows, series) : flows->cost_waiting;
    flows->promised = planned ? rows_take(rows, series) : NULL;
    flows->tier_paid = traced_tiers ? rows_take(rows, series * traced_tiers) : NULL;
}

enum mld_status mld_fund_init(struct mld_fund_flows *flows, const struct mld_grid *grid,
                              const struct mld_fund_spec *spec, int paths, int traced)
{
    enum { CACHE_LINE = 64 };
    struct rows rows = { 0 };
    size_t periods = (size_t)grid->periods, tiers = traced ? (size_t)spec->n_tiers : 0;
    *flows = (struct mld_fund_flows){ .width = mld_padded(paths) };
    lay_out(flows, periods, tiers, spec, &rows);
    size_t bytes = rows.used * sizeof(double);
    double *base = aligned_alloc(CACHE_LINE, bytes);
    struct mld_fund_rates *rates = calloc(1, sizeof *rates);
    if (!base || !rates) {
        free(base);
        free(rates);
        *flows = (struct mld_fund_flows){ 0 };
        return MLD_ERR_MEMORY;
    }
    memset(base, 0, bytes);
    rows = (struct rows){ .base = base };
    lay_out(flows, periods, tiers, spec, &rows);
    flows->rates = rates;
    return MLD_OK;
}

void mld_fund_clear(struct mld_fund_flows *flows)
{
    free(flows->state);
    free(flows->rates);
    *flows = (struct mld_fund_flows){ 0 };
}

/* ---- what a batch starts from ---- */

static struct mld_hurdle_rates hurdle_rates(const struct mld_fund_spec *fund, int class, double m)
{
    double share = fund->share_class[class].commitment / fund->commitments;
    struct mld_hurdles hurdles;
    struct mld_hurdle_rates rates;
    mld_fund_hurdles(fund, class, &hurdles);
    rates.n = hurdles.n;
    for (int i = 0; i < hurdles.n; i++) {
        rates.growth[i] = mld_pow(1.0 + hurdles.account[i].rate, 1.0 / m);
        rates.per_call[i] = hurdles.account[i].multiple * share;
    }
    memcpy(rates.of_tier, hurdles.of_tier, sizeof rates.of_tier);
    return rates;
}

struct mld_fund_rates mld_fund_rates(const struct mld_grid *grid, const struct mld_fund_spec *fund)
{
    double m = grid->periods_per_year, all = fund->commitments, size = fund->size;
    double a = fund->share_class[MLD_CLASS_A].commitment,
           b = fund->share_class[MLD_CLASS_B].commitment;
    struct mld_fund_rates rates = {
        .share = { a / all, b / all, fund->share_class[MLD_CLASS_C].commitment / all },
        .paid_in_b = a + b > 0.0 ? b / (a + b) : 0.0,
        .hurdle = { hurdle_rates(fund, MLD_CLASS_A, m), hurdle_rates(fund, MLD_CLASS_B, m) },
        .setup = fund->setup * size,
        .recycled = fund->recycling_limit * size,
        .reserve_periods = fund->reserve_years * m,
        .commitments = all,
        .carry = mld_fund_largest_carry(fund),
        .lends = fund->credit_line.limit > 0,
        .line_rate = fund->credit_line.rate / m,
        .line_fee = fund->credit_line.fee / m,
    };
    rates.n_fees = mld_fee_rates(grid, fund, rates.fee);
    return rates;
}

/* The accounts, each a row of the state. */
struct mld_fund_accounts mld_fund_accounts_of(const struct mld_fund_flows *flows)
{
    int n = flows->width;
    double *row = flows->state;
    struct mld_fund_accounts accounts;
    double **all[] = {
        &accounts.cash,           &accounts.uncalled,      &accounts.called,
        &accounts.owed_guarantor, &accounts.owed_other,    &accounts.owed_management,
        &accounts.capital_a,      &accounts.capital_b,     &accounts.capital_c,
        &accounts.hurdle_a,       &accounts.hurdle_b,      &accounts.later_a[0],
        &accounts.later_a[1],     &accounts.later_a[2],    &accounts.later_b[0],
        &accounts.later_b[1],     &accounts.later_b[2],    &accounts.profit,
        &accounts.carry,          &accounts.aside_capital, &accounts.aside_carry,
        &accounts.unspent,        &accounts.allotted,      &accounts.spendable,
        &accounts.borrowed,       &accounts.repaid,        &accounts.fallen,
        &accounts.callable,       &accounts.left,          &accounts.to_a,
        &accounts.to_b,           &accounts.c_capital,     &accounts.c_carry,
        &accounts.before,         &accounts.now_a,         &accounts.now_b,
        &accounts.beyond,         &accounts.recalled,      &accounts.capital_before,
    };
    _Static_assert(sizeof all / sizeof *all == MLD_FUND_ACCOUNTS, "every account has its row");
    for (int i = 0; i < MLD_FUND_ACCOUNTS; i++, row += n)
        *all[i] = row;
    return accounts;
}

/*
 * The impact score is Beta, by its quantile at one normal a path; the cubic table may leave [0,1]
 * by its error.
 */
static void draw_score(struct mld_fund_flows *flows, const struct mld_fund_spec *spec,
                       uint64_t seed, uint32_t first, int paths)
{
    const struct mld_quantile_table *table = spec->score_table;
    for (int i = 0; i < paths; i++) {
        double score = spec->score_mean;
        if (table)
            score = mld_quantile_table_at(table, mld_draw_normal(seed, MLD_STREAM_IMPACT,
                                                                 first + (uint32_t)i, 0, 0));
        flows->score[i] = mld_least(mld_positive(score), 1.0);
    }
    for (int i = paths; i < flows->width; i++)
        flows->score[i] = 0.0;
}

/* ---- the end of a period ---- */

/* What C gets in a period, and what waits for it after it. */
struct c_rows {
    double *to_c, *carry, *impact, *waiting;
};

/* Before the end of year 5 what C is due is set aside. */
MLD_CLONES
static void set_aside(int n, const struct mld_fund_accounts *accounts, const struct c_rows *rows)
{
    const struct mld_fund_accounts at = *accounts;
    const struct c_rows of = *rows;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double capital = at.aside_capital[i] + at.c_capital[i],
               carry = at.aside_carry[i] + at.c_carry[i];
        at.aside_capital[i] = capital;
        at.aside_carry[i] = carry;
        of.waiting[i] = capital + carry;
        of.to_c[i] = of.carry[i] = of.impact[i] = 0.0;
    }
}

/* From then on C gets its capital, and of each payment of carry the part 1 − χ + χ·score. */
MLD_CLONES
static void pay_c(int n, double chi, const double *restrict score,
                  const struct mld_fund_accounts *accounts, const struct c_rows *rows)
{
    const struct mld_fund_accounts at = *accounts;
    const struct c_rows of = *rows;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double gross = at.aside_carry[i] + at.c_carry[i];
        double kept = gross * (1.0 - chi + chi * score[i]);
        of.to_c[i] = at.aside_capital[i] + at.c_capital[i] + kept;
        of.carry[i] = kept;
        of.impact[i] = gross - kept;
        at.aside_capital[i] = at.aside_carry[i] = of.waiting[i] = 0.0;
    }
}

MLD_CLONES
void mld_fund_sum(int n, const double *restrict a, const double *restrict b, double *restrict total)
{
    for (int i = 0; i < n; i++)
        total[i] = a[i] + b[i];
}

MLD_CLONES
void mld_fund_add(int n, const double *restrict amount, double *restrict total)
{
    for (int i = 0; i < n; i++)
        total[i] += amount[i];
}

void mld_fund_zero(const struct mld_fund_flows *flows, double *series, int t)
{
    double *row = series + (size_t)t * (size_t)flows->width;
    memset(row, 0, (size_t)flows->width * sizeof *row);
}

static void record(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                   struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts)
{
    int n = flows->width, beneficiary = spec->impact_to == MLD_IMPACT_TO_BENEFICIARY;
    double *impact_to_a = mld_fund_row(flows, flows->impact_to_a, t);
    const struct c_rows rows = { .to_c = mld_fund_row(flows, flows->distribution[MLD_CLASS_C], t),
                                 .carry = mld_fund_row(flows, flows->carry, t),
                                 .impact = beneficiary ? mld_fund_row(flows, flows->beneficiary, t)
                                                       : impact_to_a,
                                 .waiting = mld_fund_row(flows, flows->set_aside, t) };
    if (t < mld_fund_date_of_c(grid, spec))
        set_aside(n, accounts, &rows);
    else
        pay_c(n, spec->impact_share, flows->score, accounts, &rows);
    mld_fund_sum(n, accounts->to_a, impact_to_a,
                 mld_fund_row(flows, flows->distribution[MLD_CLASS_A], t));
    memcpy(mld_fund_row(flows, flows->distribution[MLD_CLASS_B], t), accounts->to_b,
           (size_t)n * sizeof(double));
    double *cash = mld_fund_row(flows, flows->cash, t);
    mld_fund_sum(n, accounts->cash, rows.waiting, cash);
    memcpy(mld_fund_row(flows, flows->unspent, t), accounts->unspent, (size_t)n * sizeof(double));
    if (spec->n_grants)
        mld_fund_add(n, accounts->unspent, cash);
}

/* ---- the life of a fund ---- */

void mld_fund_open(struct mld_fund_flows *flows, const struct mld_grid *grid,
                   const struct mld_fund_spec *spec, uint64_t seed, uint32_t first, int paths)
{
    const struct mld_fund_accounts accounts = mld_fund_accounts_of(flows);
    *flows->rates = mld_fund_rates(grid, spec);
    if (flows->borrows_nothing)
        mld_line_close(flows);
    mld_fund_plan_ahead(grid, spec, flows->rates);
    /* a fund that is tried in the place of one that promises nothing promises nothing either */
    if (!flows->promised)
        flows->rates->planned = 0;
    memset(flows->state, 0, (size_t)flows->width * MLD_FUND_ACCOUNTS * sizeof *flows->state);
    flows->hurdle_a = accounts.hurdle_a;
    for (int i = 0; i < flows->width; i++) {
        accounts.uncalled[i] = flows->rates->commitments * mld_fund_admitted(spec, 0);
        accounts.spendable[i] = (double)INFINITY;
    }
    draw_score(flows, spec, seed, first, paths);
}

void mld_fund_advance(struct mld_fund_flows *flows, const struct mld_grid *grid,
                      const struct mld_fund_spec *spec, int t)
{
    const struct mld_fund_accounts accounts = mld_fund_accounts_of(flows);
    mld_fund_take_grants(grid, spec, t, flows, &accounts);
    mld_fund_earn(grid, spec, t, flows, &accounts);
    mld_fund_charge(spec, t, flows, &accounts);
    mld_fund_admit(spec, t, flows, &accounts);
    mld_fund_settle(grid, spec, t, flows, &accounts);
    mld_fund_reserve(grid, spec, t, flows, &accounts);
    mld_fund_accrue(t, flows, &accounts);
    mld_fund_note_capital(spec, flows, &accounts);
    mld_fund_waterfall(grid, spec, t, flows, &accounts);
    mld_fund_book(flows, &accounts);
    record(grid, spec, t, flows, &accounts);
    mld_fund_recall(grid, spec, t, flows, &accounts);
    if (t == grid->last)
        mld_fund_claw_back(grid, spec, flows, &accounts);
}

void mld_fund_fill(struct mld_fund_flows *flows, const struct mld_grid *grid,
                   const struct mld_fund_spec *spec, uint64_t seed, uint32_t first, int paths)
{
    mld_fund_open(flows, grid, spec, seed, first, paths);
    mld_fund_foresee(flows, flows->invested);
    for (int t = 0; t <= grid->last; t++)
        mld_fund_advance(flows, grid, spec, t);
}
