/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pools: sums of lives worked by hand, over two paths. Amounts are whole euros below 2^53, so sums
 * are exact.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "audit/pools.h"
#include "instrument_world.h"
#include "milliard/pools.h"

static struct mld_deal *deal_on(struct world *w, int index, int instrument, int t0, double amount,
                                int path, int issuer)
{
    struct mld_deal *deal = world_deal(w, index, instrument, t0, amount);
    deal->path = path;
    deal->issuer = issuer;
    return deal;
}

static void add(struct world *w, struct mld_pools *pools, int index)
{
    world_fill(w, index);
    mld_pools_add(pools, &w->deal[index], &w->life);
}

static double loss(const struct mld_pools *pools, int path, int instrument, int kind)
{
    return pools->loss_by_instrument[(path * MLD_INSTRUMENTS + instrument) * MLD_LOSSES + kind];
}

/*
 * Path 0: a bond and a defaulting loan of one issuer, shares of another. Path 1: cooperative shares
 * and a deal not made.
 */
static void fill_two_paths(struct world *w, struct mld_pools *pools)
{
    w->terms[SHARES].shares.value.volatility = 0;
    w->terms[SHARES].shares.holding_sigma = 0;
    w->terms[SHARES].shares.value.growth = 0;
    w->terms[SHARES].shares.value.equity_correlation = 0;
    w->terms[COOPERATIVE_SHARES].cooperative_shares.lock_years = 30;
    deal_on(w, 0, BOND, 0, 1000000, 0, 0);
    deal_on(w, 1, PARTICIPATING_LOAN, 4, 2000000, 0, 0);
    deal_on(w, 2, SHARES, 4, 2500000, 0, 1);
    w->default_period[0] = 6;
    deal_on(w, 3, COOPERATIVE_SHARES, 8, 500000, 1, 2);
    deal_on(w, 4, BOND, 20, 800000, 1, 3);
    w->default_period[3] = 12;
    for (int i = 0; i < 5; i++)
        add(w, pools, i);
    mld_pools_close(pools, 2);
}

/* A series of a path in a period. */
static double at(const struct mld_pools *pools, const double *series, int path, int t)
{
    return series[(size_t)t * (size_t)pools->width + (size_t)path];
}

/* Rows are as wide as the batch needs, and paths beyond it hold zeros. */
static void assert_nothing_beyond(const struct mld_pools *pools)
{
    const double *const series[] = { pools->invested, pools->income, pools->capital,
                                     pools->outstanding, pools->nav };
    for (size_t s = 0; s < sizeof series / sizeof *series; s++)
        for (int t = 0; t < pools->periods; t++)
            for (int path = 2; path < pools->width; path++)
                assert_true(at(pools, series[s], path, t) == 0);
}

static void sums_by_path(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    struct mld_pools pools;
    assert_int_equal(mld_pools_init(&pools, &w->plan.model.grid, w->plan.model.max_issuers, 2),
                     MLD_OK);
    assert_true(pools.periods == 48 && pools.width >= 2 && pools.width % 8 == 0);
    for (int round = 0; round < 2; round++) { /* a batch leaves nothing to the next */
        mld_pools_reset(&pools, 2);
        fill_two_paths(w, &pools);
        const double *invested = pools.invested, *income = pools.income, *capital = pools.capital;
        const double *outstanding = pools.outstanding;
        assert_true(at(&pools, invested, 0, 0) == 1000000 && at(&pools, invested, 0, 4) == 4500000);
        assert_true(at(&pools, invested, 1, 8) == 500000 && at(&pools, invested, 1, 20) == 0);
        assert_true(at(&pools, income, 0, 1) == 16250 &&
                    at(&pools, income, 0, 5) == 16250 + 20000 && at(&pools, income, 0, 6) == 0);
        assert_true(at(&pools, outstanding, 0, 3) == 1000000 &&
                    at(&pools, outstanding, 0, 5) == 5500000);
        assert_true(at(&pools, outstanding, 0, 6) == 2500000);
        assert_true(at(&pools, pools.nav, 0, 6) == 2500000 + 0.3 * 3000000);
        assert_true(at(&pools, capital, 0, 14) == 0.3 * 3000000); /* both claims, two years on */
        assert_true(at(&pools, capital, 0, 30) == 2500000);
        assert_true(at(&pools, outstanding, 1, 46) == 500000 &&
                    at(&pools, outstanding, 1, 47) == 0);
        assert_true(at(&pools, capital, 1, 47) == 450000);
        assert_nothing_beyond(&pools);
        assert_true(loss(&pools, 0, BOND, MLD_LOSS_DEFAULT) == 700000);
        assert_true(loss(&pools, 0, PARTICIPATING_LOAN, MLD_LOSS_DEFAULT) == 1400000);
        assert_true(loss(&pools, 0, SHARES, MLD_LOSS_EXIT) == 0);
        assert_true(loss(&pools, 1, COOPERATIVE_SHARES, MLD_LOSS_FORCED) == 50000);
        assert_true(pools.loss_by_form[MLD_LOSS_DEFAULT] == 2100000);
        assert_true(pools.loss_by_form[MLD_MAX_FORMS * MLD_LOSSES + MLD_LOSS_FORCED] == 50000);
        assert_int_equal(pools.deals[0], 3);
        assert_int_equal(pools.defaults[0], 2);
        assert_int_equal(pools.deals[1], 1);
        assert_int_equal(pools.defaults[1], 0);
    }
    mld_pools_clear(&pools);
    mld_pools_clear(&pools);
    free(w);
}

static void costs_and_concentration(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    struct mld_pools pools;
    assert_int_equal(mld_pools_init(&pools, &w->plan.model.grid, w->plan.model.max_issuers, 2),
                     MLD_OK);
    for (int round = 0; round < 2; round++) {
        mld_pools_reset(&pools, 2);
        fill_two_paths(w, &pools);
        /* two deals of one issuer, above the 2.5 M of the other */
        assert_true(pools.largest_issuer[0] == 3000000);
        assert_true(pools.largest_issuer[1] == 500000);
        assert_true(pools.cost_by_instrument[SHARES] == 2500000);
        assert_true(pools.cost_by_instrument[MLD_INSTRUMENTS + BOND] == 0); /* not made, no cost */
        assert_true(pools.quota_cost[MLD_QUOTA_FULL] == 2500000);
        assert_true(pools.quota_cost[MLD_QUOTA_POCKET] == 1000000);
        assert_true(pools.quota_cost[MLD_QUOTA_NONE] == 2000000);
        assert_true(pools.quota_cost[3 + MLD_QUOTA_FULL] == 500000);
        assert_true(pools.loan_cost[0] == 2000000 && pools.loan_cost[1] == 0);
    }
    mld_pools_clear(&pools);
    free(w);
}

/* An instrument that a table forgets is told, on the path that has it. */
static void what_is_forgotten_is_told(void **state)
{
    (void)state;
    struct world *w = world_create(4, 12);
    struct mld_pools pools;
    assert_int_equal(mld_pools_init(&pools, &w->plan.model.grid, w->plan.model.max_issuers, 2),
                     MLD_OK);
    double *const part[] = {
        &pools.cost_by_instrument[SHARES],
        &pools.cost_by_instrument[MLD_INSTRUMENTS + COOPERATIVE_SHARES],
        &pools.loss_by_instrument[PARTICIPATING_LOAN * MLD_LOSSES + MLD_LOSS_DEFAULT]
    };
    const uint32_t path[] = { 7, 8, 7 };
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        struct mld_violation violation = { 0 };
        mld_pools_reset(&pools, 2);
        fill_two_paths(w, &pools);
        mld_pools_check(&pools, 7, 2, 1, &violation);
        assert_null(violation.what);
        assert_true(*part[i] > 0);
        *part[i] = 0;
        mld_pools_check(&pools, 7, 2, 1, &violation);
        assert_non_null(violation.what);
        assert_int_equal(violation.path, path[i]);
        assert_int_equal(violation.design, 1);
    }
    mld_pools_clear(&pools);
    free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(sums_by_path),
                                        cmocka_unit_test(costs_and_concentration),
                                        cmocka_unit_test(what_is_forgotten_is_told) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
