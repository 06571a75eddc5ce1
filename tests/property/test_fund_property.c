/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What holds for any fund and any cash flows: conservation, scaling of money, independence of the
 * batch.
 */
#include "support/fund_case.h"

#include <math.h>
#include <stdio.h>

#include "milliard/numerics.h"

enum { FUNDS = 300, PATHS = 37 };

/*
 * Knuth's 64-bit linear congruential generator (The Art of Computer Programming, 3.3.4); the top 53
 * bits.
 */
static double uniform(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005U + 1442695040888963407U;
    return (double)(*seed >> 11) * 0x1p-53;
}

static int pick(uint64_t *seed, int n) { return (int)(uniform(seed) * n); }

/* The splits of a carry that rises end at hurdles of their own, a rate or a multiple each. */
static void name_hurdles(uint64_t *seed, struct mld_fund_spec *fund)
{
    for (int i = 4; i <= 6; i += 2) {
        struct mld_tier *end = &fund->tier[i + 1];
        snprintf(fund->tier[i].until, MLD_MAX_NAME, "end%d", i);
        snprintf(end->name, MLD_MAX_NAME, "end%d", i);
        end->rate = 0.2 * uniform(seed);
        end->multiple = pick(seed, 2) ? NAN : 1 + 2 * uniform(seed);
    }
}

/*
 * Other orders of payment than the default one, some with terms of their own; all end in a split,
 * so that nothing is left over.
 */
static void random_tiers(uint64_t *seed, struct mld_fund_spec *fund)
{
    static const struct listed_tier by_class[] = {
        { MLD_TIER_return_of_capital, MLD_TO_A },
        { MLD_TIER_preferred_return, MLD_TO_A },
        { MLD_TIER_return_of_capital, MLD_TO_B },
        { MLD_TIER_preferred_return, MLD_TO_B },
        { MLD_TIER_return_of_capital, MLD_TO_C },
        { MLD_TIER_catch_up, MLD_TO_A },
        { MLD_TIER_split, MLD_TO_A },
    };
    static const struct listed_tier carry_first[] = {
        { MLD_TIER_return_of_capital, MLD_TO_C },
        { MLD_TIER_return_of_capital, MLD_TO_A_AND_B },
        { MLD_TIER_catch_up, MLD_TO_A },
        { MLD_TIER_preferred_return, MLD_TO_A_AND_B },
        { MLD_TIER_split, MLD_TO_A },
    };
    static const struct listed_tier rising[] = {
        { MLD_TIER_return_of_capital, MLD_TO_A_AND_B },
        { MLD_TIER_preferred_return, MLD_TO_A_AND_B },
        { MLD_TIER_return_of_capital, MLD_TO_C },
        { MLD_TIER_catch_up, MLD_TO_A },
        { MLD_TIER_split, MLD_TO_A },
        { MLD_TIER_preferred_return, MLD_TO_A },
        { MLD_TIER_split, MLD_TO_A },
        { MLD_TIER_preferred_return, MLD_TO_A_AND_B },
        { MLD_TIER_catch_up, MLD_TO_A },
        { MLD_TIER_split, MLD_TO_A },
    };
    int order = pick(seed, 4);
    if (order == 1)
        set_tiers(fund, 7, by_class);
    if (order == 2)
        set_tiers(fund, 5, carry_first);
    if (order == 3)
        set_tiers(fund, 10, rising);
    for (int i = 0, own = pick(seed, 2); own && i < fund->n_tiers; i++) {
        fund->tier[i].rate = 0.12 * uniform(seed);
        fund->tier[i].share = uniform(seed);
        fund->tier[i].carry = 0.3 * uniform(seed);
    }
    if (order == 3)
        name_hurdles(seed, fund);
}

/* Half of the funds have grants, of any years but those after t_L. */
static void random_grants(uint64_t *seed, struct mld_fund_spec *fund, int years, double unit)
{
    fund->n_grants = pick(seed, 2) * (1 + pick(seed, 3));
    fund->grants_to_carry = pick(seed, 3) == 0;
    for (int i = 0; i < fund->n_grants; i++) {
        fund->grant[i].year = pick(seed, years - 1);
        fund->grant[i].amount = unit * 20e6 * uniform(seed);
        fund->size += fund->grant[i].amount;
    }
}

/* A plan drawn at random among those that a scenario may ask for; money in units of `unit`. */
static struct mld_plan *random_plan(uint64_t *seed, double unit)
{
    static const int periods[] = { 1, 2, 4, 12 };
    int m = periods[pick(seed, 4)], years = 6 + pick(seed, 8), investing = 1 + pick(seed, 5);
    double b = pick(seed, 2) ? 0.0 : 50e6 * uniform(seed);
    struct mld_plan *plan = fund_plan(m, years, investing, unit * (20e6 + 80e6 * uniform(seed)),
                                      unit * b, unit * 1e6);
    struct mld_fund_spec *fund = &plan->fund;
    plan->model.grid.last -= pick(seed, 2) * m;
    fund->setup = 0.01 * uniform(seed);
    fund->management_fee = 0.02 * uniform(seed);
    fund->management_fee_after = 0.03 * uniform(seed);
    fund->running_costs = 0.005 * uniform(seed);
    fund->recycling_limit = pick(seed, 2) * 0.2 * uniform(seed);
    fund->reserve_years = pick(seed, 2) * 2.0 * uniform(seed);
    fund->hurdle = 0.12 * uniform(seed);
    fund->carry = 0.3 * uniform(seed);
    fund->catch_up = pick(seed, 3) ? 1.0 : uniform(seed);
    fund->first_loss = pick(seed, 2);
    fund->capped_return = pick(seed, 2);
    fund->cap = 0.06 * uniform(seed);
    fund->impact_share = uniform(seed);
    fund->score_mean = uniform(seed);
    fund->impact_to = pick(seed, 2);
    fund->cash_rate = pick(seed, 2) * 0.05 * uniform(seed);
    fund->claw_back = pick(seed, 2) * uniform(seed);
    fund->recallable_share = pick(seed, 2) * uniform(seed);
    fund->recallable_until = pick(seed, years);
    random_tiers(seed, fund);
    random_grants(seed, fund, years, unit);
    return plan;
}

/*
 * 80 % of the commitments are invested, so that the costs of the investment period fit; then
 * anything comes.
 */
static void random_path(uint64_t *seed, struct fund_case *fund, int path, double unit)
{
    const struct mld_plan *plan = fund->plan;
    int last = plan->model.grid.last, investing = plan->fund.investment_periods;
    double each = 0.8 * plan->fund.commitments / investing, wealth = 3.0 * uniform(seed);
    double outstanding = 0.0;
    for (int t = 0; t <= last; t++) {
        double invested = t < investing ? each * uniform(seed) : 0.0;
        double back = pick(seed, 4) ? 0.0 : wealth * uniform(seed) * outstanding;
        outstanding = 0.9 * (outstanding + invested);
        *cell(fund, fund->flows.invested, t, path) = invested;
        *cell(fund, fund->flows.income, t, path) = 0.01 * outstanding * uniform(seed);
        *cell(fund, fund->flows.capital, t, path) = back;
        *cell(fund, fund->flows.outstanding, t, path) = outstanding;
        *cell(fund, fund->flows.payout, t, path) = pick(seed, 8) ? 0.0 : unit * 1e6 * uniform(seed);
        double fee = unit * 1e4 * uniform(seed) / plan->model.grid.periods_per_year;
        double other = t < investing || pick(seed, 8) ? 0.0 : unit * 2e7 * uniform(seed);
        *cell(fund, fund->flows.guarantee_fee, t, path) = fee;
        *cell(fund, fund->flows.guarantee_cost, t, path) = fee + other;
    }
}

/* One fund and its paths from one number: the same number gives the same fund, in any unit. */
static struct fund_case random_fund(uint64_t number, double unit)
{
    uint64_t seed = number;
    struct fund_case fund;
    uniform(&seed);
    case_open(&fund, random_plan(&seed, unit), PATHS);
    for (int path = 0; path < PATHS; path++)
        random_path(&seed, &fund, path, unit);
    return fund;
}

/* Every series that the fund makes on a path is k times that of another, to the last bit. */
static void assert_same_path(const struct fund_case *a, int path_a, double k,
                             const struct fund_case *b, int path_b)
{
    double *made[FUND_MADE], *other[FUND_MADE];
    fund_made(&a->flows, made);
    fund_made(&b->flows, other);
    for (int s = 0; s < FUND_MADE; s++)
        for (int t = 0; t < a->plan->model.grid.periods; t++)
            assert_true(*cell(a, made[s], t, path_a) == k * *cell(b, other[s], t, path_b));
}

/*
 * Section 10 on every path and period (the check of each batch), and the money of a whole life
 * beside it.
 */
static void identities_hold(void **state)
{
    (void)state;
    int waited = 0, aside = 0, carried = 0, clawed = 0, recalled = 0;
    for (uint64_t number = 1; number <= FUNDS; number++) {
        struct fund_case fund = random_fund(number, 1.0);
        case_run(&fund);
        const struct mld_fund_flows *flows = &fund.flows;
        for (int path = 0; path < PATHS; path++) {
            double in = 0.0, out = 0.0;
            for (int t = 0; t <= fund.plan->model.grid.last; t++) {
                in += mld_fund_granted_in(&fund.plan->model.grid, &fund.plan->fund, t) +
                      *cell(&fund, flows->call, t, path) + *cell(&fund, flows->income, t, path) +
                      *cell(&fund, flows->capital, t, path) + *cell(&fund, flows->payout, t, path) +
                      *cell(&fund, flows->interest, t, path);
                out += *cell(&fund, flows->invested, t, path) +
                       *cell(&fund, flows->cost_paid, t, path) +
                       *cell(&fund, flows->beneficiary, t, path);
                for (int class = 0; class < MLD_CLASSES; class ++)
                    out += *cell(&fund, flows->distribution[class], t, path);
                waited += *cell(&fund, flows->cost_waiting, t, path) > 1.0;
                aside += *cell(&fund, flows->set_aside, t, path) > 1.0;
                carried += *cell(&fund, flows->carry, t, path) > 1.0;
                clawed += *cell(&fund, flows->clawed, t, path) > 1.0;
                recalled += *cell(&fund, flows->recalled, t, path) > 1.0;
            }
            /* A few hundred roundings of amounts below 1e9. */
            assert_true(fabs(in - out) < 1e-4);
        }
        case_close(&fund);
    }
    /* The draws reach what they are to test. */
    assert_true(waited > 1000 && aside > 1000 && carried > 1000);
    if (clawed < 100 || recalled < 1000)
        fail_msg("only %d claw-backs, %d distributions called again", clawed, recalled);
}

/* Money has no scale: in a unit a power of two larger every bit of every mantissa is the same. */
static void money_scales(void **state)
{
    (void)state;
    for (uint64_t number = 1; number <= FUNDS / 4; number++) {
        struct fund_case one = random_fund(number, 1.0), large = random_fund(number, 1024.0);
        case_fill(&one, 0);
        case_fill(&large, 0);
        for (int path = 0; path < PATHS; path++)
            assert_same_path(&large, path, 1024.0, &one, path);
        case_close(&one);
        case_close(&large);
    }
}

/* Copies what is given to one path of a batch to a path of another. */
static void copy_path(const struct fund_case *from, int source, struct fund_case *to, int target)
{
    double *const given[] = { from->flows.invested,     from->flows.income,
                              from->flows.capital,      from->flows.outstanding,
                              from->flows.payout,       from->flows.guarantee_cost,
                              from->flows.guarantee_fee };
    double *const taken[] = { to->flows.invested,     to->flows.income, to->flows.capital,
                              to->flows.outstanding,  to->flows.payout, to->flows.guarantee_cost,
                              to->flows.guarantee_fee };
    for (size_t s = 0; s < sizeof given / sizeof *given; s++)
        for (int t = 0; t < from->plan->model.grid.periods; t++)
            *cell(to, taken[s], t, target) = *cell(from, given[s], t, source);
}

/*
 * A path alone, first of a narrow batch, has the same bits as in the middle of a wide one, score
 * included.
 */
static void batches_change_nothing(void **state)
{
    (void)state;
    enum { FIRST = 1000 };
    struct mld_quantile_table *table = mld_quantile_table_beta(0.7, 0.2);
    assert_non_null(table);
    for (uint64_t number = 1; number <= FUNDS / 4; number++) {
        struct fund_case wide = random_fund(number, 1.0),
                         narrow = { .plan = wide.plan, .paths = 1 };
        wide.plan->fund.score_table = table;
        wide.plan->model.seed = number;
        case_fill(&wide, FIRST);
        assert_int_equal(
            mld_fund_init(&narrow.flows, &wide.plan->model.grid, &wide.plan->fund, 1, 0), MLD_OK);
        int path = (int)(number % PATHS);
        copy_path(&wide, path, &narrow, 0);
        case_fill(&narrow, (uint32_t)(FIRST + path));
        assert_true(wide.flows.score[path] == narrow.flows.score[0]);
        assert_same_path(&wide, path, 1.0, &narrow, 0);
        mld_fund_clear(&narrow.flows);
        case_close(&wide);
    }
    mld_quantile_table_free(table);
}

/* What a batch held before leaves no trace in the next one. */
static void batches_leave_nothing(void **state)
{
    (void)state;
    struct fund_case used = random_fund(1, 1.0), fresh = random_fund(1, 1.0);
    for (int path = 0; path < PATHS; path++)
        copy_path(&fresh, (path + 5) % PATHS, &used, path);
    case_fill(&used, 5);
    (void)check_of(&used);
    for (int path = 0; path < PATHS; path++)
        copy_path(&fresh, path, &used, path);
    case_fill(&used, 0);
    case_fill(&fresh, 0);
    for (int path = 0; path < PATHS; path++)
        assert_same_path(&used, path, 1.0, &fresh, path);
    case_close(&used);
    case_close(&fresh);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identities_hold),
        cmocka_unit_test(money_scales),
        cmocka_unit_test(batches_change_nothing),
        cmocka_unit_test(batches_leave_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
