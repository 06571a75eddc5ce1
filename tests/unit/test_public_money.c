/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Public money in a fund, worked by hand: tests/data/fund/public_money.csv. Each case becomes one
 * test here, run through the real fund and its audit.
 */
#include "support/examples.h"
#include "support/fund_case.h"
#include "support/oracle.h"

#include <math.h>

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
    for (int i = 0; i < 3; i++)
        if (order && !strcmp(order, orders[i]))
            fund->first_loss = i;
    mld_use_default_tiers(fund);
    if (fund->first_loss == MLD_FIRST_LOSS_HURDLE)
        mld_put_hurdle_first(fund);
    return plan;
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
}

static void run_example(void **state)
{
    const struct example *example = *state;
    struct fund_case fund;
    int run = 0;
    for (int i = 1; i < example->n_lines; i++) {
        const struct line *line = &example->line[i];
        if (!strcmp(line->cell[0], "fund")) {
            case_open(&fund, read_fund(line), 1);
        } else if (!strcmp(line->cell[0], "flow")) {
            read_flow(line, &fund);
        } else {
            assert_string_equal(line->cell[0], "expect");
            if (!run)
                case_run(&fund);
            run = 1;
            expect(line, &fund);
        }
    }
    assert_true(run);
    case_close(&fund);
}

static int tell(void **state)
{
    (void)state;
    oracle("Public money in a fund, worked by hand: classes that bear the first losses",
           "[public_money.csv](../tests/data/fund/public_money.csv)", "1e-6 EUR",
           "%d examples, %ld amounts, largest deviation %.0e EUR", n_examples, compared, furthest);
    return 0;
}

int main(void)
{
    static struct CMUnitTest tests[MAX_CASES];
    load_examples(TEST_DATA "/fund/public_money.csv");
    if (n_examples < 6) {
        fprintf(stderr, "public_money.csv: only %d examples were read\n", n_examples);
        return 1;
    }
    for (int i = 0; i < n_examples; i++)
        tests[i] = (struct CMUnitTest){ .name = examples[i].name,
                                        .test_func = run_example,
                                        .initial_state = &examples[i] };
    return _cmocka_run_group_tests("public money", tests, (size_t)n_examples, NULL, tell);
}
