/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Public money in a fund, worked by hand: tests/data/fund/public_money.csv. Each case becomes one
 * test here, run through the real fund and its audit.
 */
#include "support/examples.h"
#include "support/fund_case.h"
#include "support/oracle.h"

#include <math.h>

#include "milliard/measure.h"

static double furthest;
static long compared;

static void near_eur(const struct line *line, const char *key, double actual)
{
    const char *text = find(line, key);
    if (!text)
        return;
    double expected = strtod(text, NULL);
    compared++;
    widen(&furthest, actual - expected);
    if (!(fabs(actual - expected) <= 1e-6))
        fail_msg("public_money.csv:%d: %s is %.6f", line->number, key, actual);
}

static struct mld_plan *read_fund(const struct line *line)
{
    static const char *const orders[] = { "none", "capital", "hurdle" };
    struct mld_plan *plan = fund_plan(1, (int)number(line, "years", 0),
                                      (int)number(line, "investment", 0), number(line, "a", 0),
                                      number(line, "b", 0), number(line, "c", 0));
    const char *order = find(line, "first_loss");
    struct mld_fund_spec *fund = &plan->fund;
    fund->hurdle = number(line, "hurdle", 0);
    fund->capped_return = find(line, "cap") != NULL;
    fund->cap = number(line, "cap", 0);
    fund->share_class[MLD_CLASS_A].public_share = number(line, "public_a", NAN);
    fund->share_class[MLD_CLASS_B].public_share = number(line, "public_b", 0);
    fund->grants_to_carry = number(line, "grants_to_carry", 0) > 0;
    fund->reference_rate = 0.035;
    fund->reference_rate_equity = number(line, "equity", NAN);
    fund->management_fee = number(line, "management_fee", 0);
    fund->recycling_limit = number(line, "recycling", 0);
    for (int i = 0; i < 3; i++)
        if (order && !strcmp(order, orders[i]))
            fund->first_loss = i;
    mld_use_default_tiers(fund);
    if (fund->first_loss == MLD_FIRST_LOSS_HURDLE)
        mld_put_hurdle_first(fund);
    return plan;
}

static void read_grant(const struct line *line, struct mld_fund_spec *fund)
{
    double amount = number(line, "amount", 0);
    fund->grant[fund->n_grants++] = (struct mld_fund_grant){ atoi(line->cell[1]), amount };
    fund->size += amount;
}

static void read_flow(const struct line *line, const struct fund_case *fund)
{
    int t = atoi(line->cell[1]);
    *cell(fund, fund->flows.invested, t, 0) = number(line, "invested", 0);
    *cell(fund, fund->flows.capital, t, 0) = number(line, "capital", 0);
}

static void expect(const struct line *line, const struct fund_case *fund)
{
    const struct mld_fund_flows *flows = &fund->flows;
    int t = atoi(line->cell[1]);
    near_eur(line, "call", *cell(fund, flows->call, t, 0));
    near_eur(line, "a", *cell(fund, flows->distribution[MLD_CLASS_A], t, 0));
    near_eur(line, "b", *cell(fund, flows->distribution[MLD_CLASS_B], t, 0));
    near_eur(line, "c", *cell(fund, flows->distribution[MLD_CLASS_C], t, 0));
    near_eur(line, "unspent", *cell(fund, flows->unspent, t, 0));
    near_eur(line, "aside", *cell(fund, flows->set_aside, t, 0));
}

/* Measures of the fund alone, by name. */
static void expect_total(const struct line *line, const struct fund_case *fund)
{
    const struct mld_plan *plan = fund->plan;
    const struct mld_fund_flows *flows = &fund->flows;
    const struct mld_design design = { .name = "without", .fund = &plan->fund };
    struct mld_pools pools = { .invested = flows->invested,
                               .income = flows->income,
                               .capital = flows->capital };
    unsigned char *wanted = calloc((size_t)mld_measure_count(), 1);
    double *value = calloc((size_t)mld_measure_count() * (size_t)flows->width, sizeof *value);
    struct mld_measures_workspace *workspace = mld_measures_create(&plan->model.grid, flows->width);
    assert_true(wanted && value && workspace);
    for (int i = 2; i < line->n_cells; i++) {
        char name[MLD_MAX_NAME];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(line->cell[i], "="), line->cell[i]);
        int measure = mld_measure_named(name);
        assert_true(measure >= 0 && mld_measure_applies(&design, 0, measure));
        wanted[measure] = 1;
        const struct mld_measure_input input = {
            .design = &design, .paths = 1, .wanted = wanted, .pools = &pools, .fund = flows
        };
        mld_measures_fill(workspace, &input, flows->width, value, NULL);
        near_eur(line, name, value[(size_t)measure * (size_t)flows->width]);
    }
    mld_measures_free(workspace);
    free(value);
    free(wanted);
}

static void run_example(void **state)
{
    const struct example *example = *state;
    struct fund_case fund;
    struct mld_plan *plan = NULL;
    int run = 0, opened = 0;
    for (int i = 1; i < example->n_lines; i++) {
        const struct line *line = &example->line[i];
        const char *kind = line->cell[0];
        if (!strcmp(kind, "fund")) {
            plan = read_fund(line);
            continue;
        }
        if (!strcmp(kind, "grant")) {
            assert_false(opened);
            read_grant(line, &plan->fund);
            continue;
        }
        if (!opened)
            case_open(&fund, plan, 1);
        opened = 1;
        if (!strcmp(kind, "flow")) {
            read_flow(line, &fund);
            continue;
        }
        if (!run)
            case_run(&fund);
        run = 1;
        if (!strcmp(kind, "expect"))
            expect(line, &fund);
        else
            expect_total(line, &fund);
    }
    assert_true(run);
    case_close(&fund);
}

static int tell(void **state)
{
    (void)state;
    oracle("Public money in a fund, worked by hand: first losses, shares of "
           "the State, grants",
           "[public_money.csv](../tests/data/fund/public_money.csv)", "1e-6 EUR",
           "%d examples, %ld amounts, largest deviation %.0e EUR", n_examples, compared, furthest);
    return 0;
}

int main(void)
{
    static struct CMUnitTest tests[MAX_CASES];
    load_examples(TEST_DATA "/fund/public_money.csv");
    if (n_examples < 11) {
        fprintf(stderr, "public_money.csv: only %d examples were read\n", n_examples);
        return 1;
    }
    for (int i = 0; i < n_examples; i++)
        tests[i] = (struct CMUnitTest){ .name = examples[i].name,
                                        .test_func = run_example,
                                        .initial_state = &examples[i] };
    return _cmocka_run_group_tests("public money", tests, (size_t)n_examples, NULL, tell);
}
