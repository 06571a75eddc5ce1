/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Recycling that invests again: worked examples in euros; that no total is passed and no cost left
 * unpaid on the paths of a random fund; that sums are those of the deals made.
 */
#include "support/examples.h"
#include "support/near.h"
#include "support/oracle.h"
#include "support/plans.h"
#include "support/small_world.h"

#include "milliard/simulate.h"

enum { PATHS = 24, TEXT = 16384 };

static void start(struct mld_plan *plan, uint32_t first, struct mld_workspace **workspace)
{
    assert_int_equal(mld_workspace_create(plan, PATHS, MLD_KEEP_TRACE, workspace), MLD_OK);
    (*workspace)->groups = 1;
    mld_simulate(plan, first, PATHS, *workspace);
    const struct mld_violation *violation = &(*workspace)->violation;
    if (violation->what)
        fail_msg("path %u, period %d: %s by %g", (unsigned)violation->path, violation->period,
                 violation->what, violation->amount);
}

/* ---- examples ---- */

static int put(char *text, int length, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static int put(char *text, int length, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int more = vsnprintf(text + length, (size_t)(TEXT - length), format, arguments);
    va_end(arguments);
    assert_true(more > 0 && length + more < TEXT);
    return length + more;
}

static int put_tape(char *text, int length, const struct example *example)
{
    length = put(text, length,
                 "tape = { file = \"list.csv\"; text = "
                 "\"deal,issuer,instrument,legal_form,sector,date,amount,"
                 "maturity_years\\n");
    for (int i = 0; i < example->n_lines; i++) {
        const struct line *line = &example->line[i];
        if (strcmp(line->cell[0], "deal") == 0)
            length = put(text, length, "%s,I%s,%s,company,all,%d-06-01,%.17g,%g\\n", line->cell[1],
                         line->cell[1], find(line, "kind"), 2027 + (int)number(line, "year", 0),
                         number(line, "amount", 0), number(line, "years", 0));
    }
    return put(text, length, "\"; };\n");
}

static struct mld_plan *plan_of(const struct example *example)
{
    static char text[TEXT];
    const struct line *head = &example->line[0];
    char fund[512], fee[64];
    int length = put(text, 0, SMALL_WORLD, 10, PATHS, number(head, "defaults", 0), 0.0, "");
    snprintf(fund, sizeof fund,
             " recycling_limit = 1.0; recycling = { total = %.17g; until_year = %.17g; };",
             number(head, "total", 0), number(head, "until", 0));
    length = put(text, length, SMALL_FUND, 10, 5, 0.0, 0.0, fund);
    length = put(text, length,
                 "instruments = { bond = { coupon = 0.0; maturity_years = 2.0;" SMALL_RESOLUTION
                 "}; convertible = { coupon = 0.0; premium = 0.0; conversion_ratio = 0.0; pd_scale "
                 "= 0.0; liquidation_discount = 0.0; resolutions = ( { recovery_mean = 0.5; "
                 "lag_years = 0.0; } ); }; };\n",
                 0.5);
    length = put(text, length,
                 "guarantee = { layers = ( { name = \"state\"; quotite = %.17g; attachment = "
                 "%.17g; fee_upfront = %.17g; } ); };\n",
                 number(head, "quotite", 0), number(head, "attachment", 0),
                 number(head, "upfront", 0));
    put_tape(text, length, example);
    snprintf(fee, sizeof fee, "fund.management_fee=%.17g", number(head, "management", 0));
    return plan_of_outcome(outcome_of_text(text, TEST_DATA "/recycling.cfg", 1,
                                           (const char *const[]){ fee }));
}

static int values;
static double largest_gap;

/* One line, on every path of the example: all are alike. */
static void check_line(const struct line *line, const struct mld_plan *plan,
                       const struct mld_workspace *workspace, int deal, int p)
{
    if (strcmp(line->cell[0], "due") == 0) {
        int t = atoi(line->cell[1]);
        const struct mld_guarantee_flows *flows = &workspace->design[MLD_WITH].guarantee;
        double gap = fabs(flows->cumulated_due[t * flows->width + p] - number(line, "amount", -1));
        largest_gap = gap > largest_gap ? gap : largest_gap;
        if (!(gap < 1e-6))
            fail_msg("line %d: %.6f", line->number, flows->cumulated_due[t * flows->width + p]);
    } else {
        static const char *const key[] = { "without", "with" };
        for (int d = 0; d < 2; d++) {
            const struct mld_lives *lives = &workspace->lives[plan->design[d].lives];
            int made = lives->chosen[lives->portfolio->first_deal[p] + deal];
            if (made != (int)number(line, key[d], -1))
                fail_msg("line %d, design %s: made %d", line->number, key[d], made);
        }
    }
    values++;
}

static void check_example(const struct example *example)
{
    struct mld_plan *plan = plan_of(example);
    struct mld_workspace *workspace;
    start(plan, 0, &workspace);
    for (int p = 0; p < PATHS; p++)
        for (int i = 1, deal = 0; i < example->n_lines; i++) {
            check_line(&example->line[i], plan, workspace, deal, p);
            deal += strcmp(example->line[i].cell[0], "deal") == 0;
        }
    mld_workspace_free(workspace);
    release_plan(plan);
}

static void worked_examples(void **state)
{
    (void)state;
    load_examples(TEST_DATA "/recycling_examples.csv");
    assert_int_equal(n_examples, 5);
    for (int i = 0; i < n_examples; i++)
        check_example(&examples[i]);
    oracle("Recycling that invests again: candidates made and skipped, what is due",
           "worked examples, [recycling_examples.csv](../tests/data/recycling_examples.csv)",
           "1e-6 EUR", "%d examples, %d values; largest %.1e EUR", n_examples, values, largest_gap);
}

/* ---- a whole fund ---- */

#define RECYCLING                                                                         \
    "thesis = { volume = 140e6; mix = { shares = { follow_on = { reserve = 0.2; }; }; };" \
    " };\nfund = { recycling = { total = 1.1; }; recycling_limit = 0.3; };\n"             \
    "instruments = { bond = { maturity_years = 2.0; }; };\n"                              \
    "guarantee = { dotation = ( { year = 0; amount = 4e6; } ); layers = ( { name = "      \
    "\"state\"; quotite = 0.7; attachment = 0.02; fee_rate = 0.01; fee_upfront = 0.01; } ); };\n"

/* Of one path of a design: its deals and what is skipped. */
static void check_path(const struct mld_plan *plan, const struct mld_workspace *workspace, int d,
                       int p)
{
    const struct mld_lives *lives = &workspace->lives[plan->design[d].lives];
    const struct mld_portfolio *portfolio = lives->portfolio;
    const struct mld_fund_flows *fund = &workspace->design[d].fund;
    double cost = 0, list = 0, skipped = 0, invested = 0;
    for (int k = portfolio->first_deal[p]; k < portfolio->first_deal[p + 1]; k++) {
        int first = portfolio->first_deal[p] + portfolio->deal[k].issuer -
                    portfolio->first_issuer[p];
        cost += lives->chosen[k] ? portfolio->deal[k].amount : 0;
        if (portfolio->deal[k].lot)
            assert_true(!lives->chosen[k] || lives->chosen[first]);
        if (lives->deal[k].life.made && (!portfolio->deal[k].lot || lives->chosen[first]))
            list += portfolio->deal[k].amount;
    }
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        skipped += lives->pools.skipped_by_instrument[p * MLD_INSTRUMENTS + i];
    for (int t = 0; t < plan->model.grid.periods; t++) {
        invested += fund->invested[t * fund->width + p];
        if (t < plan->fund.investment_periods)
            assert_near(fund->cost_waiting[t * fund->width + p], 0, 1e-6);
    }
    assert_near(invested, cost, 1e-6);
    assert_near(cost + skipped, list, 1e-6);
    assert_true(cost <= 1.1 * plan->fund.size + 1e-6);
    assert_true((skipped == 0) == (lives->pools.ran_out[p] == 1));
}

static void paid_on_every_path(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_with(RECYCLING);
    struct mld_workspace *workspace;
    int apart = 0;
    assert_int_equal(plan->n_lives, 3);
    for (uint32_t first = 0; first < 2 * PATHS; first += PATHS) {
        start(plan, first, &workspace);
        for (int p = 0; p < PATHS; p++) {
            for (int d = 0; d < plan->n_designs; d++)
                check_path(plan, workspace, d, p);
            apart += workspace->lives[0].pools.deals[p] != workspace->lives[1].pools.deals[p];
        }
        mld_workspace_free(workspace);
    }
    assert_true(apart > 0);
    release_plan(plan);
}

/* A list that the commitments pay from first to last is a portfolio like any other. */
static void a_list_that_runs_out(void **state)
{
    (void)state;
    static const char *const text[] = {
        "thesis = { volume = 60e6; };\nfund = { recycling = { total = 1.0; }; };\n",
        "thesis = { volume = 60e6; };\n"
    };
    struct mld_plan *plan[2];
    struct mld_workspace *workspace[2];
    for (int i = 0; i < 2; i++) {
        plan[i] = plan_with(text[i]);
        start(plan[i], 0, &workspace[i]);
    }
    int irr = mld_measure_named("net_irr_a");
    for (int p = 0; p < PATHS; p++) {
        assert_true(workspace[0]->lives[0].pools.ran_out[p] == 1);
        assert_near(workspace[0]->design[0].value[irr * workspace[0]->width + p],
                    workspace[1]->design[0].value[irr * workspace[1]->width + p], 1e-12);
    }
    for (int i = 0; i < 2; i++) {
        mld_workspace_free(workspace[i]);
        release_plan(plan[i]);
    }
}

/* Without a volume the candidates are total × (commitments + grants). */
static void as_much_as_may_be_invested(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_with(
        "drop = [ \"thesis.volume\" ];\nfund = { recycling = { total = 1.2; }; grants = ( { year = "
        "0; amount = 5e6; } ); };\n");
    assert_near(plan->model.thesis.volume, 126e6, 1e-6); /* 1.2 x (100 + 5) M€ */
    release_plan(plan);
    struct outcome outcome = outcome_of_text(
        "base = \"base.cfg\";\ndrop = [ \"thesis.volume\" ];\n", TEST_DATA "/scenario/variant.cfg",
        0, NULL);
    assert_int_equal(outcome.status, MLD_ERR_INPUT);
    assert_non_null(strstr(outcome.messages.text[0], "thesis.volume is missing"));
    outcome_clear(&outcome);
}

/* ---- mistakes ---- */

static void mistakes(void **state)
{
    (void)state;
    struct outcome outcome = outcome_of_text(
        "base = \"base.cfg\";\nfund = { recycling = { total = 1.2; until_year = 6.0; }; };\n",
        TEST_DATA "/scenario/variant.cfg", 0, NULL);
    assert_int_equal(outcome.status, MLD_ERR_INPUT);
    assert_int_equal(outcome.messages.count, 1);
    assert_non_null(strstr(outcome.messages.text[0],
                           "variant.cfg:2: fund.recycling.until_year = 6 is after the investment "
                           "period of 5 years"));
    outcome_clear(&outcome);
    outcome = outcome_of_text("base = \"base.cfg\";\nfund = { recycling = { total = 1.0; }; setup "
                              "= 0.1; management_fee = "
                              "0.1; running_costs = 0.1; };\n",
                              TEST_DATA "/scenario/variant.cfg", 0, NULL);
    assert_int_equal(outcome.status, MLD_ERR_INPUT);
    assert_non_null(strstr(outcome.messages.text[0],
                           "variant.cfg:2: fund.management_fee: costs of 110000000 EUR in the "
                           "investment period exceed the commitments of 100000000 EUR"));
    outcome_clear(&outcome);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(worked_examples),
                                        cmocka_unit_test(paid_on_every_path),
                                        cmocka_unit_test(a_list_that_runs_out),
                                        cmocka_unit_test(as_much_as_may_be_invested),
                                        cmocka_unit_test(mistakes) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
