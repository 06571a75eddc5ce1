/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A fund built by hand for tests: a plan with only what the fund reads, and its flows. Cash flows
 * are given straight in [period][path].
 */
#ifndef MILLIARD_TESTS_FUND_CASE_H
#define MILLIARD_TESTS_FUND_CASE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "audit/fund.h"
#include "milliard/plan.h"
#include "scenario/resolve.h"

struct fund_case {
    struct mld_plan *plan;
    struct mld_fund_flows flows;
    int paths;
};

/* A tier whose terms are the fund's. */
struct listed_tier {
    int type, to;
};

static inline void set_tiers(struct mld_fund_spec *fund, int n, const struct listed_tier *tier)
{
    fund->n_tiers = n;
    for (int i = 0; i < n; i++)
        fund->tier[i] = mld_tier_of(tier[i].type, tier[i].to);
}

static inline void default_tiers(struct mld_fund_spec *fund)
{
    static const struct listed_tier tier[] = {
        { MLD_TIER_return_of_capital, MLD_TO_A_AND_B },
        { MLD_TIER_preferred_return, MLD_TO_A_AND_B },
        { MLD_TIER_return_of_capital, MLD_TO_C },
        { MLD_TIER_catch_up, MLD_TO_A },
        { MLD_TIER_split, MLD_TO_A },
    };
    set_tiers(fund, 5, tier);
}

/* A plan of `years` whole years, without any cost; hurdle 8 %, full catch-up, carry 20 %. EUR. */
static inline struct mld_plan *fund_plan(int m, int years, int investment_years, double a, double b,
                                         double c)
{
    struct mld_plan *plan = calloc(1, sizeof *plan);
    assert_non_null(plan);
    plan->model.grid.periods_per_year = m;
    plan->model.grid.horizon_years = years;
    plan->model.grid.periods = m * years;
    plan->model.grid.last = m * years - 1;
    struct mld_fund_spec *fund = &plan->fund;
    fund->present = 1;
    fund->term_years = years;
    fund->investment_years = investment_years;
    fund->share_class[MLD_CLASS_A].commitment = a;
    fund->share_class[MLD_CLASS_B].commitment = b;
    fund->share_class[MLD_CLASS_C].commitment = c;
    fund->hurdle = 0.08;
    fund->catch_up = 1.0;
    fund->carry = 0.2;
    default_tiers(fund);
    fund->commitments = fund->size = a + b + c;
    fund->share_class[MLD_CLASS_A].public_share = NAN;
    fund->reference_rate_equity = NAN;
    fund->cash_margin = NAN;
    fund->investment_periods = m * investment_years;
    fund->carry_from = 5 * m - 1;
    return plan;
}

/* A TMO of 3 % for whom cash earns it. */
static inline const double *flat_tmo(void)
{
    static double tmo[3 + MLD_MAX_YEARS];
    for (int y = 0; y < 3 + MLD_MAX_YEARS; y++)
        tmo[y] = 0.03;
    return tmo;
}

static inline void case_open(struct fund_case *fund_case, struct mld_plan *plan, int paths)
{
    fund_case->plan = plan;
    fund_case->paths = paths;
    mld_resolve_tiers(&plan->fund);
    assert_int_equal(mld_fund_init(&fund_case->flows, &plan->model.grid, &plan->fund, paths, 1),
                     MLD_OK);
    fund_case->flows.tmo = flat_tmo();
}

static inline void case_close(struct fund_case *fund_case)
{
    mld_fund_clear(&fund_case->flows);
    free(fund_case->plan);
}

static inline double *cell(const struct fund_case *fund_case, double *series, int t, int path)
{
    return &series[(size_t)t * (size_t)fund_case->flows.width + (size_t)path];
}

/* The check of the fund, its paths numbered from `first`. */
static inline void case_check(const struct fund_case *fund_case, uint32_t first, int design,
                              struct mld_violation *violation)
{
    const struct mld_plan *plan = fund_case->plan;
    double *scratch = calloc((size_t)fund_case->flows.width * MLD_FUND_AUDIT_ROWS, sizeof *scratch);
    assert_non_null(scratch);
    mld_fund_check(&fund_case->flows, &plan->model.grid, &plan->fund, first, fund_case->paths,
                   design, scratch, violation);
    free(scratch);
}

/* What the check of the fund says; `what` is NULL when every identity holds. */
static inline struct mld_violation check_of(const struct fund_case *fund_case)
{
    struct mld_violation violation = { 0 };
    case_check(fund_case, 0, MLD_WITHOUT, &violation);
    return violation;
}

/* Runs the fund on paths numbered from `first`. */
static inline void case_fill(struct fund_case *fund_case, uint32_t first)
{
    const struct mld_plan *plan = fund_case->plan;
    mld_fund_fill(&fund_case->flows, &plan->model.grid, &plan->fund, plan->model.seed, first,
                  fund_case->paths);
}

/* Runs the fund; every example must keep the identities. */
static inline void case_run(struct fund_case *fund_case)
{
    case_fill(fund_case, 0);
    struct mld_violation violation = check_of(fund_case);
    if (violation.what)
        fail_msg("path %u, period %d: %s by %g", violation.path, violation.period, violation.what,
                 violation.amount);
}

/* Every series that the fund makes. */
enum { FUND_MADE = 20 };
static inline void fund_made(const struct mld_fund_flows *flows, double *made[FUND_MADE])
{
    double *const all[FUND_MADE] = {
        flows->call,
        flows->management_fee,
        flows->other_cost,
        flows->cost_paid,
        flows->cost_waiting,
        flows->paid_management,
        flows->paid_other,
        flows->paid_guarantee,
        flows->distribution[MLD_CLASS_A],
        flows->distribution[MLD_CLASS_B],
        flows->distribution[MLD_CLASS_C],
        flows->carry,
        flows->beneficiary,
        flows->impact_to_a,
        flows->cash,
        flows->set_aside,
        flows->aside_used,
        flows->interest,
        flows->clawed,
        flows->recalled,
    };
    memcpy(made, all, sizeof all);
}

static inline double tier_paid(const struct fund_case *fund_case, int tier, int t, int path)
{
    return *cell(fund_case, fund_case->flows.tier_paid,
                 tier * fund_case->plan->model.grid.periods + t, path);
}

#endif
