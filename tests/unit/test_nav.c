/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Net asset value by class, worked by hand: tests/data/fund/nav.csv. Each case becomes one test
 * here, run through the real tiers and the audit; the fund goes on as if nobody had asked.
 */
#include "support/examples.h"
#include "support/fund_case.h"
#include "support/oracle.h"

#include "audit/nav.h"
#include "core/numbers.h"

static double furthest;
static long compared;

struct valued {
    struct fund_case fund;
    struct mld_nav nav;
    double *discounted; /* [period][path] */
};

static void near_eur(const struct line *line, const char *key, double actual)
{
    const char *text = find(line, key);
    if (!text)
        return;
    double expected = strtod(text, NULL);
    compared++;
    widen(&furthest, actual - expected);
    if (!(fabs(actual - expected) <= 1e-6))
        fail_msg("nav.csv:%d: %s is %.6f", line->number, key, actual);
}

static struct mld_plan *read_fund(const struct line *line)
{
    static const char *const orders[] = { "none", "capital", "hurdle" };
    struct mld_plan *plan = fund_plan(1, (int)number(line, "years", 0),
                                      (int)number(line, "investment", 0), number(line, "a", 0),
                                      number(line, "b", 0), number(line, "c", 0));
    const char *order = find(line, "first_loss");
    struct mld_fund_spec *fund = &plan->fund;
    fund->hurdle = number(line, "hurdle", 0.08);
    fund->setup = number(line, "setup", 0);
    fund->impact_share = number(line, "chi", 0);
    fund->score_mean = number(line, "score", 0);
    fund->impact_to = number(line, "beneficiary", 0) > 0;
    fund->n_grants = number(line, "grant", 0) > 0;
    fund->grant[0].amount = number(line, "grant", 0);
    for (int i = 0; i < 3; i++)
        if (order && !strcmp(order, orders[i]))
            fund->first_loss = i;
    mld_use_default_tiers(fund);
    if (fund->first_loss == MLD_FIRST_LOSS_HURDLE)
        mld_put_hurdle_first(fund);
    return plan;
}

static void open_valued(struct valued *valued, struct mld_plan *plan)
{
    case_open(&valued->fund, plan, 1);
    assert_int_equal(mld_nav_init(&valued->nav, &plan->model.grid, 1), MLD_OK);
    valued->discounted = calloc((size_t)plan->model.grid.periods * (size_t)mld_padded(1),
                                sizeof *valued->discounted);
    assert_non_null(valued->discounted);
}

static void close_valued(struct valued *valued)
{
    mld_nav_clear(&valued->nav);
    free(valued->discounted);
    case_close(&valued->fund);
}

static void read_flow(const struct line *line, const struct valued *valued)
{
    const struct fund_case *fund = &valued->fund;
    int t = atoi(line->cell[1]);
    *cell(fund, fund->flows.invested, t, 0) = number(line, "invested", 0);
    *cell(fund, fund->flows.capital, t, 0) = number(line, "capital", 0);
    *cell(fund, fund->flows.nav_deals, t, 0) = number(line, "value", 0);
    *cell(fund, valued->discounted, t, 0) = number(line, "sold", 0);
}

/* What a fund makes of its flows, every series of it; the caller's to free. */
static double *copy_made(const struct fund_case *fund)
{
    size_t series = (size_t)fund->plan->model.grid.periods * (size_t)fund->flows.width;
    double *made[FUND_MADE], *copy = calloc(FUND_MADE * series, sizeof *copy);
    assert_non_null(copy);
    fund_made(&fund->flows, made);
    for (size_t i = 0; i < FUND_MADE; i++)
        memcpy(copy + i * series, made[i], series * sizeof *copy);
    return copy;
}

/* Alone, then valued after every period: the same bits, which its audit passes. */
static void run_valued(struct valued *valued)
{
    struct mld_violation violation = { 0 };
    struct fund_case *fund = &valued->fund;
    const struct mld_plan *plan = fund->plan;
    const struct mld_grid *grid = &plan->model.grid;
    size_t series = (size_t)grid->periods * (size_t)fund->flows.width;
    case_run(fund);
    double *alone = copy_made(fund);
    mld_fund_open(&fund->flows, grid, &plan->fund, plan->model.seed, 0, 1);
    for (int t = 0; t <= grid->last; t++) {
        mld_fund_advance(&fund->flows, grid, &plan->fund, t);
        mld_nav_fill(&valued->nav, grid, &plan->fund, &fund->flows, t,
                     valued->discounted + t * fund->flows.width);
    }
    double *watched = copy_made(fund);
    assert_memory_equal(alone, watched, FUND_MADE * series * sizeof *alone);
    free(alone);
    free(watched);
    mld_nav_check(&valued->nav, grid, &plan->fund, 0, 1, MLD_WITHOUT, &violation);
    if (violation.what)
        fail_msg("period %d: %s by %g", violation.period, violation.what, violation.amount);
}

static void expect(const struct line *line, const struct valued *valued)
{
    static const char *const part[MLD_NAV_PARTS] = { "a", "b", "c", "beneficiary" };
    const struct mld_nav *nav = &valued->nav;
    int t = atoi(line->cell[1]);
    for (int sale = 0; sale < MLD_NAV_SALES; sale++) {
        const char *before = sale == MLD_NAV_DISCOUNTED ? "sold_" : "";
        char key[MLD_MAX_NAME];
        snprintf(key, sizeof key, "%swhole", before);
        near_eur(line, key, *cell(&valued->fund, nav->whole[sale], t, 0));
        for (int i = 0; i < MLD_NAV_PARTS; i++) {
            snprintf(key, sizeof key, "%s%s", before, part[i]);
            near_eur(line, key, *cell(&valued->fund, nav->part[sale][i], t, 0));
        }
    }
}

static void run_example(void **state)
{
    const struct example *example = *state;
    struct valued valued;
    int opened = 0, run = 0;
    for (int i = 1; i < example->n_lines; i++) {
        const struct line *line = &example->line[i];
        if (!strcmp(line->cell[0], "fund")) {
            open_valued(&valued, read_fund(line));
            opened = 1;
            continue;
        }
        assert_true(opened);
        if (!strcmp(line->cell[0], "flow")) {
            read_flow(line, &valued);
            continue;
        }
        if (!run)
            run_valued(&valued);
        run = 1;
        expect(line, &valued);
    }
    assert_true(run);
    close_valued(&valued);
}

/* A euro that no class gets, or that one lacks, is found, with path and period. */
static void test_audit_finds_what_does_not_add_up(void **state)
{
    (void)state;
    struct mld_violation violation = { 0 };
    struct valued valued;
    open_valued(&valued, fund_plan(1, 5, 4, 99000, 0, 1000));
    const struct mld_plan *plan = valued.fund.plan;
    *cell(&valued.fund, valued.nav.part[MLD_NAV_DISCOUNTED][MLD_CLASS_A], 3, 0) = 1;
    mld_nav_check(&valued.nav, &plan->model.grid, &plan->fund, 7, 1, MLD_WITHOUT, &violation);
    assert_non_null(violation.what);
    assert_int_equal(violation.path, 7);
    assert_int_equal(violation.period, 3);
    close_valued(&valued);
}

static int tell(void **state)
{
    (void)state;
    oracle("Net asset value by class, worked by hand: profit, impact share, money set aside, first "
           "losses, grants",
           "[nav.csv](../tests/data/fund/nav.csv)", "1e-6 EUR",
           "%d examples, %ld amounts, largest deviation %.0e EUR", n_examples, compared, furthest);
    return 0;
}

int main(void)
{
    static struct CMUnitTest tests[MAX_CASES + 1];
    load_examples(TEST_DATA "/fund/nav.csv");
    if (n_examples < 10) {
        fprintf(stderr, "nav.csv: only %d examples were read\n", n_examples);
        return 1;
    }
    for (int i = 0; i < n_examples; i++)
        tests[i] = (struct CMUnitTest){ .name = examples[i].name,
                                        .test_func = run_example,
                                        .initial_state = &examples[i] };
    tests[n_examples] = (struct CMUnitTest)cmocka_unit_test(test_audit_finds_what_does_not_add_up);
    return _cmocka_run_group_tests("net asset value by class", tests, (size_t)n_examples + 1, NULL,
                                   tell);
}
