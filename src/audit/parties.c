/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/parties.h"

#include <math.h>
#include <string.h>

#include "core/vector.h"

/* Sums of a few hundred rows of amounts, which themselves are sums of tickets. */
#define TOLERANCE_EUR 1e-5
#define TOLERANCE_RELATIVE 1e-10

/* Rows of one period of a fund and its deals. */
struct fund_rows {
    const double *invested, *income, *capital, *call, *a, *b, *c, *beneficiary, *managers, *others,
        *interest;
};

/* Issuers, investors and beneficiary of the impact share, those who work for the fund, its bank. */
MLD_CLONES
static void move_fund(int n, const struct fund_rows *rows, double *restrict sum,
                      double *restrict moved)
{
    const struct fund_rows of = *rows;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double received = of.invested[i] + of.a[i] + of.b[i] + of.c[i] + of.beneficiary[i] +
                          of.managers[i] + of.others[i];
        sum[i] += received - of.income[i] - of.capital[i] - of.call[i] - of.interest[i];
        moved[i] += received;
    }
}

static struct fund_rows fund_rows_of(const struct mld_parties *of, int t)
{
    const struct mld_fund_flows *fund = of->fund;
    return (struct fund_rows){ .invested = mld_fund_row(fund, of->pools->invested, t),
                               .income = mld_fund_row(fund, of->pools->income, t),
                               .capital = mld_fund_row(fund, of->pools->capital, t),
                               .call = mld_fund_row(fund, fund->call, t),
                               .a = mld_fund_row(fund, fund->distribution[MLD_CLASS_A], t),
                               .b = mld_fund_row(fund, fund->distribution[MLD_CLASS_B], t),
                               .c = mld_fund_row(fund, fund->distribution[MLD_CLASS_C], t),
                               .beneficiary = mld_fund_row(fund, fund->beneficiary, t),
                               .managers = mld_fund_row(fund, fund->paid_management, t),
                               .others = mld_fund_row(fund, fund->paid_other, t),
                               .interest = mld_fund_row(fund, fund->interest, t) };
}

/* Rows of one period of a guarantee. */
struct guarantee_rows {
    const double *payout, *fee, *fee_fund, *upside, *owed_back, *operator, * counter;
};

/*
 * Around the guarantor: issuers or lenders who pay its fees themselves, those whom it pays to run
 * the guarantee and who guarantee it. Without a fund (`direct` = 1) lenders are paid, and pay all.
 */
MLD_CLONES
static void move_guarantee(int n, double direct, const struct guarantee_rows *rows,
                           double *restrict sum, double *restrict moved)
{
    const struct guarantee_rows of = *rows;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double lenders = of.payout[i] - of.fee_fund[i] - of.upside[i] - of.owed_back[i];
        double issuers = of.fee_fund[i] - of.fee[i];
        sum[i] += direct * lenders + issuers + of.operator[i] - of.counter[i];
        moved[i] += of.payout[i] + of.fee[i];
    }
}

static struct guarantee_rows guarantee_rows_of(const struct mld_guarantee_flows *flows, int t)
{
    size_t at = (size_t)t * (size_t)flows->width;
    return (struct guarantee_rows){ flows->payout + at,    flows->fee + at,
                                    flows->fee_fund + at,  flows->upside + at,
                                    flows->owed_back + at, flows->operator_cost + at,
                                    flows->counter + at };
}

/*
 * The State, as the measures tell it: what it bore as guarantor, investor and donor. Calls and
 * distributions of its shares are those of all investors already.
 */
static void move_state(int n, const struct mld_parties *of, const struct mld_grid *grid,
                       double *restrict sum)
{
    const double *cost = of->public_cost ? of->public_cost : of->net_cost,
                 *investor = of->public_cost ? of->investor : NULL;
    double given = of->public_cost || !of->fund ? 0
                                                : mld_fund_granted_by(grid, of->spec, grid->last);
    for (int i = 0; i < n; i++)
        sum[i] += (investor ? investor[i] : 0) - (cost ? cost[i] : 0) - given;
}

void mld_parties_check(const struct mld_parties *parties, const struct mld_grid *grid,
                       uint32_t first, int paths, int design, double *sum, double *moved,
                       struct mld_violation *violation)
{
    memset(sum, 0, (size_t)paths * sizeof *sum);
    memset(moved, 0, (size_t)paths * sizeof *moved);
    for (int t = 0; t < grid->periods; t++) {
        if (parties->fund) {
            const struct fund_rows rows = fund_rows_of(parties, t);
            move_fund(paths, &rows, sum, moved);
        }
        if (parties->guarantee) {
            const struct guarantee_rows rows = guarantee_rows_of(parties->guarantee, t);
            move_guarantee(paths, !parties->fund, &rows, sum, moved);
        }
    }
    move_state(paths, parties, grid, sum);
    for (int p = 0; p < paths; p++) {
        double excess = fabs(sum[p]) - TOLERANCE_EUR - TOLERANCE_RELATIVE * moved[p];
        if (excess <= 0)
            continue;
        mld_violation_keep(violation, (struct mld_violation){
                                          "what all parties receive and pay differ",
                                          first + (uint32_t)p, grid->last, design, excess });
        return;
    }
}
