/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A pool of equal issuers over one period: one factor, one legal form, one period a year, so that
 * the default of t = 1 sees the factor of year 1, a standard normal.
 */
#ifndef TEST_SUPPORT_POOL_H
#define TEST_SUPPORT_POOL_H

#include "support/plans.h"

/**
 * A scheme of `deals` bonds of 1 EUR of one legal form, all made in period 0, which ends with
 * period 1.
 */
static inline struct mld_plan *pool_plan(int deals, double pd, double rho)
{
    char text[2048];
    snprintf(
        text, sizeof text,
        "drop = [ \"fund\", \"legal_forms\", \"thesis\" ]; periods_per_year = 1; horizon_years = 2;"
        "legal_forms = { company = { pd = [ %.17g ]; asset_correlation = %.17g; weights = { cycle "
        "= 1.0; };"
        " sector_weight = 0.0; surplus_mean = 0.15; surplus_sd = 0.2; performance_correlation = "
        "0.15; }; };"
        "thesis = { volume = %d.0; deployment = [ 1.0 ]; ticket = { mean = 1.0; sd = 0.0; min = "
        "1.0; max = 1.0; };"
        " mix = { bond = { weight = 1.0; legal_forms = { company = 1.0; }; }; }; };",
        pd, rho, deals);
    return plan_with(text);
}

/** Number of issuers in default at t = 1 on each of `paths` paths, a multiple of 64. */
static inline void pool_defaults(const struct mld_plan *plan, int deals, int paths, int *defaults)
{
    enum { BATCH = 64 };
    struct mld_factor_rows rows;
    struct mld_portfolio portfolio;
    struct mld_issuer_outcomes outcomes;
    assert_int_equal(mld_factor_rows_init(&rows, &plan->model, BATCH), MLD_OK);
    assert_int_equal(mld_portfolio_init(&portfolio, &plan->model, BATCH), MLD_OK);
    assert_int_equal(mld_issuer_outcomes_init(&outcomes, &plan->model,
                                              BATCH * plan->model.max_issuers, BATCH),
                     MLD_OK);
    for (int first = 0; first < paths; first += BATCH) {
        mld_factors_fill(&plan->model, (uint32_t)first, BATCH, &rows);
        mld_portfolio_fill(&plan->model, (uint32_t)first, BATCH, &portfolio);
        mld_issuers_fill(&plan->model, (uint32_t)first, 0, BATCH, &rows, &portfolio, NULL,
                         &outcomes);
        for (int p = 0; p < BATCH; p++) {
            int begin = portfolio.first_issuer[p], end = portfolio.first_issuer[p + 1];
            assert_int_equal(end - begin, deals);
            defaults[first + p] = 0;
            for (int i = begin; i < end; i++)
                defaults[first + p] += outcomes.default_period[i] == 1;
        }
    }
    mld_factor_rows_clear(&rows);
    mld_portfolio_clear(&portfolio);
    mld_issuer_outcomes_clear(&outcomes);
}

#endif
