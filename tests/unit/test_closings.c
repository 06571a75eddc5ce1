/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Closings and a credit line, worked by hand: tests/data/fund/closings.csv, credit_line.csv. Each
 * case becomes one test here, run through the real fund and its audit, or the dating of deals.
 */
#include "support/examples.h"
#include "support/fund_case.h"
#include "support/oracle.h"
#include "support/plans.h"

#include "milliard/measure.h"
#include "milliard/simulate.h"
#include "portfolio/waiting.h"

enum { MOST_DEALS = 8 };

static double furthest;
static long compared;

static void near(const struct line *line, const char *key, double actual)
{
    const char *text = find(line, key);
    if (!text)
        return;
    double expected = strtod(text, NULL);
    compared++;
    widen(&furthest, actual - expected);
    if (!(fabs(actual - expected) <= 1e-6))
        fail_msg("line %d: %s is %.10f", line->number, key, actual);
}

static struct mld_plan *read_fund(const struct line *line)
{
    struct mld_plan *plan = fund_plan(1, (int)number(line, "years", 0),
                                      (int)number(line, "investment", 0), number(line, "a", 0), 0,
                                      0);
    struct mld_fund_spec *fund = &plan->fund;
    fund->hurdle = fund->carry = 0;
    fund->equalisation_rate = number(line, "rate", 0);
    fund->management_fee = number(line, "fee", 0);
    fund->running_costs = number(line, "running", 0);
    fund->setup = number(line, "setup", 0);
    mld_use_default_tiers(fund);
    return plan;
}

static void read_closing(const struct line *line, struct mld_fund_spec *fund)
{
    fund->closing[fund->n_closings++] = (struct mld_closing){ .share = number(line, "share", 0),
                                                              .period = atoi(line->cell[1]) };
}

static void read_fee(const struct line *line, struct mld_fund_spec *fund)
{
    fund->fee[fund->n_fees++] = (struct mld_fund_fee){ .kind = MLD_FEE_MANAGEMENT,
                                                       .base = MLD_BASE_COMMITMENTS,
                                                       .rate = number(line, "rate", 0),
                                                       .minimum = number(line, "minimum", 0),
                                                       .amount = number(line, "amount", 0),
                                                       .from_year = number(line, "from", 0),
                                                       .to_year = number(line, "to", INFINITY) };
}

static void read_line(const struct line *line, struct mld_fund_spec *fund)
{
    fund->credit_line = (struct mld_credit_line){ .limit = number(line, "limit", 0),
                                                  .rate = number(line, "rate", 0),
                                                  .fee = number(line, "fee", 0),
                                                  .periods = (int)number(line, "periods", 1) };
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
    *cell(fund, fund->flows.guarantee_cost, t, 0) = number(line, "guarantor", 0);
}

static void expect(const struct line *line, const struct fund_case *fund)
{
    int t = atoi(line->cell[1]);
    near(line, "call", *cell(fund, fund->flows.call, t, 0));
    near(line, "waiting", *cell(fund, fund->flows.cost_waiting, t, 0));
    near(line, "a", *cell(fund, fund->flows.distribution[MLD_CLASS_A], t, 0));
    if (!fund->flows.borrowed)
        return;
    near(line, "borrowed", *cell(fund, fund->flows.borrowed, t, 0));
    near(line, "repaid", *cell(fund, fund->flows.repaid, t, 0));
}

/* Measures of the fund alone, by name. */
static void expect_total(const struct line *line, const struct fund_case *fund)
{
    const struct mld_plan *plan = fund->plan;
    const struct mld_fund_flows *flows = &fund->flows;
    const struct mld_design design = { .name = "without", .fund = &plan->fund };
    int deals[8] = { 0 };
    struct mld_pools pools = { .invested = flows->invested,
                               .income = flows->income,
                               .capital = flows->capital,
                               .waited = deals,
                               .periods_waited = deals };
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
        near(line, name, value[(size_t)measure * (size_t)flows->width]);
    }
    mld_measures_free(workspace);
    free(value);
    free(wanted);
}

/* ---- deals ---- */

/* The deals of one path, of which the first two have one issuer. */
struct dated {
    struct mld_deal deal[MOST_DEALS];
    struct mld_issuer issuer[MOST_DEALS];
    int n, waited, periods_waited;
};

static void read_deal(const struct line *line, struct dated *dated)
{
    int d = dated->n++;
    dated->deal[d] = (struct mld_deal){ .issuer = d < 2 ? 0 : d,
                                        .period = (int)number(line, "own", 0),
                                        .terms = d,
                                        .amount = number(line, "amount", 0) };
}

static void date_deals(struct mld_plan *plan, struct dated *dated)
{
    int first_deal[] = { 0, dated->n }, waited = 0, periods_waited = 0;
    struct mld_portfolio portfolio = { .deal = dated->deal,
                                       .issuer = dated->issuer,
                                       .first_deal = first_deal,
                                       .waited = &waited,
                                       .periods_waited = &periods_waited };
    mld_plan_make_room(plan);
    mld_portfolio_wait(&plan->model, 1, &portfolio);
    assert_int_equal(dated->issuer[0].period, dated->deal[1].period);
    assert_int_equal(dated->issuer[0].terms, 1);
    int together = 0;
    for (int d = 0; d < dated->n; d++)
        together += dated->deal[d].waits;
    assert_int_equal(together, periods_waited);
    dated->waited = waited;
    dated->periods_waited = periods_waited;
}

static void expect_date(const struct line *line, const struct dated *dated, int d)
{
    near(line, "dated", dated->deal[d].period);
}

static void expect_waits(const struct line *line, const struct dated *dated)
{
    near(line, "deals", dated->waited);
    near(line, "periods", dated->periods_waited);
}

static void run_deals(const struct example *example, struct mld_plan *plan)
{
    struct dated dated = { .n = 0 };
    for (int i = 0; i < example->n_lines; i++)
        if (!strcmp(example->line[i].cell[0], "deal"))
            read_deal(&example->line[i], &dated);
    if (!dated.n)
        return;
    date_deals(plan, &dated);
    for (int i = 0, d = 0; i < example->n_lines; i++)
        if (!strcmp(example->line[i].cell[0], "deal"))
            expect_date(&example->line[i], &dated, d++);
        else if (!strcmp(example->line[i].cell[0], "waits"))
            expect_waits(&example->line[i], &dated);
}

/* ---- a case ---- */

static void run_example(void **state)
{
    const struct example *example = *state;
    struct fund_case fund;
    struct mld_plan *plan = NULL;
    for (int i = 0; i < example->n_lines; i++) {
        const struct line *line = &example->line[i];
        if (!strcmp(line->cell[0], "fund"))
            plan = read_fund(line);
        else if (!strcmp(line->cell[0], "fee"))
            read_fee(line, &plan->fund);
        else if (!strcmp(line->cell[0], "line"))
            read_line(line, &plan->fund);
        else if (!strcmp(line->cell[0], "grant"))
            read_grant(line, &plan->fund);
        else if (!strcmp(line->cell[0], "closing"))
            read_closing(line, &plan->fund);
    }
    run_deals(example, plan);
    case_open(&fund, plan, 1);
    for (int i = 0; i < example->n_lines; i++)
        if (!strcmp(example->line[i].cell[0], "flow"))
            read_flow(&example->line[i], &fund);
    case_run(&fund);
    for (int i = 0; i < example->n_lines; i++) {
        const struct line *line = &example->line[i];
        if (!strcmp(line->cell[0], "expect"))
            expect(line, &fund);
        else if (!strcmp(line->cell[0], "total"))
            expect_total(line, &fund);
    }
    case_close(&fund);
}

/* ---- a whole fund ---- */

enum { PATHS = 16 };

/* Dated in a year that the thesis gives no weight, and paid on every path. */
static void dated_after_the_thesis(const char *text)
{
    struct mld_plan *plan = plan_with(text);
    struct mld_workspace *workspace;
    int waited = 0;
    assert_int_equal(mld_workspace_create(plan, PATHS, 0, &workspace), MLD_OK);
    workspace->groups = 1;
    mld_simulate(plan, 0, PATHS, workspace);
    if (workspace->violation.what)
        fail_msg("path %u, period %d: %s", (unsigned)workspace->violation.path,
                 workspace->violation.period, workspace->violation.what);
    for (int p = 0; p < PATHS; p++)
        waited += workspace->lives[0].pools.waited[p];
    assert_true(waited > 0);
    mld_workspace_free(workspace);
    release_plan(plan);
}

static void a_late_closing(void **state)
{
    (void)state;
    dated_after_the_thesis(
        "thesis = { deployment = [ 0.9, 0.1 ]; };\nfund = { closings = ( { date = "
        "\"2027-01-01\"; share = 0.3; }, { date = \"2030-06-30\"; share = 0.7; } ); };\n");
}

static void a_late_grant(void **state)
{
    (void)state;
    dated_after_the_thesis(
        "thesis = { deployment = [ 0.6, 0.3, 0.1 ]; };\nfund = { classes = { A = { commitment "
        "= 79e6; }; }; grants = ( { year = 4; amount = 20e6; } ); };\n");
}

/* What is given after the investment period buys no deal. */
static void a_grant_too_late(void **state)
{
    (void)state;
    struct outcome outcome = outcome_of_text("base = \"base.cfg\";\nfund = { classes = { A = { "
                                             "commitment = 79e6; }; }; grants = ( { year = 6; "
                                             "amount = 20e6; } ); };\n",
                                             TEST_DATA "/scenario/variant.cfg", 0, NULL);
    assert_int_equal(outcome.status, MLD_ERR_INPUT);
    assert_non_null(strstr(outcome.messages.text[0], "exceed the commitments of 80000000 EUR"));
    outcome_clear(&outcome);
}

static int tell(void **state)
{
    (void)state;
    oracle(
        "Closings and credit line of a fund, worked by hand: newcomers' payments, arrears, deals "
        "that wait, what is drawn and repaid",
        "[closings.csv](../tests/data/fund/closings.csv), "
        "[credit_line.csv](../tests/data/fund/credit_line.csv)",
        "1e-6", "%d examples, %ld amounts, largest deviation %.0e", n_examples, compared, furthest);
    return 0;
}

int main(void)
{
    static const struct CMUnitTest whole[] = { cmocka_unit_test(a_late_closing),
                                               cmocka_unit_test(a_late_grant),
                                               cmocka_unit_test(a_grant_too_late) };
    static struct CMUnitTest tests[MAX_CASES + 3];
    load_examples(TEST_DATA "/fund/closings.csv");
    load_examples(TEST_DATA "/fund/credit_line.csv");
    if (n_examples < 15) {
        fprintf(stderr, "only %d examples were read\n", n_examples);
        return 1;
    }
    for (int i = 0; i < n_examples; i++)
        tests[i] = (struct CMUnitTest){ .name = examples[i].name,
                                        .test_func = run_example,
                                        .initial_state = &examples[i] };
    memcpy(tests + n_examples, whole, sizeof whole);
    return _cmocka_run_group_tests("closings", tests, (size_t)n_examples + 3, NULL, tell);
}
