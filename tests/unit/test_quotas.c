/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Limits of an FPCI at each year's end, worked by hand: tests/data/fund/quotas.csv. Each case
 * becomes one test here: its deals go through the holdings, its flows through the measures.
 */
#include "support/examples.h"
#include "support/fund_case.h"
#include "support/oracle.h"

#include "milliard/holdings.h"
#include "milliard/measure.h"

enum { YEARS = 8, MOST_DEALS = 8 };

static double furthest;
static long compared;

static void near(const struct line *line, const char *key, double actual)
{
    const char *text = find(line, key);
    if (!text)
        return;
    double expected = strtod(text, NULL);
    compared++;
    if (isnan(expected) != isnan(actual) || fabs(actual - expected) > 1e-9)
        fail_msg("quotas.csv:%d: %s is %.9f", line->number, key, actual);
    if (!isnan(expected))
        widen(&furthest, actual - expected);
}

/* One path: its deals by issuer, the flows of its fund, and what is held. */
struct path {
    struct fund_case fund;
    struct mld_terms terms;
    struct mld_portfolio portfolio;
    int first_issuer[2];
    char issuer[MOST_DEALS][MLD_MAX_NAME];
    int n_issuers;
    struct mld_holdings holdings;
    double *cost, *nothing;
};

static void read_fund(const struct line *line, struct path *path)
{
    int month = (int)number(line, "first_month", 1), m = month > 1 ? 2 : 1;
    struct mld_plan *plan = fund_plan(m, YEARS, 5, 99000, 0, 1000);
    plan->model.grid.first_closing = (struct mld_date){ 2027, month, 1 };
    plan->model.max_issuers = MOST_DEALS;
    plan->model.terms = &path->terms;
    plan->fund.quota_until = number(line, "quota_until", 0);
    plan->fund.max_issuer_share = number(line, "max_issuer", 0);
    case_open(&path->fund, plan, 1);
    size_t cells = (size_t)plan->model.grid.periods * (size_t)path->fund.flows.width;
    path->cost = calloc(cells, sizeof(double));
    path->nothing = calloc(cells, sizeof(double));
    assert_true(path->cost && path->nothing);
    path->portfolio.first_issuer = path->first_issuer;
    path->first_issuer[1] = MOST_DEALS;
    assert_int_equal(mld_holdings_init(&path->holdings, &plan->model, 1), MLD_OK);
    mld_holdings_reset(&path->holdings, &path->portfolio, 1);
}

static int issuer_named(struct path *path, const char *name)
{
    int i = 0;
    while (i < path->n_issuers && strcmp(path->issuer[i], name))
        i++;
    if (i == path->n_issuers)
        snprintf(path->issuer[path->n_issuers++], MLD_MAX_NAME, "%s", name);
    return i;
}

static void read_deal(const struct line *line, struct path *path)
{
    const struct mld_deal deal = { .issuer = issuer_named(path, line->cell[2]),
                                   .instrument = mld_instrument_named(line->cell[1]),
                                   .period = (int)number(line, "first", 0),
                                   .amount = number(line, "amount", 0) };
    const struct mld_life life = { .made = 1,
                                   .last_period = (int)number(line, "last", 0),
                                   .nav = path->nothing };
    assert_true(deal.instrument >= 0);
    mld_holdings_add(&path->holdings, &path->fund.plan->model, &deal, &life);
    *cell(&path->fund, path->cost, deal.period, 0) += deal.amount;
}

static void read_flow(const struct line *line, const struct path *path)
{
    struct fund_case fund = path->fund;
    int t = atoi(line->cell[1]);
    *cell(&fund, fund.flows.call, t, 0) = number(line, "call", 0);
    *cell(&fund, fund.flows.cost_paid, t, 0) = number(line, "cost", 0);
    *cell(&fund, fund.flows.distribution[MLD_CLASS_A], t, 0) = number(line, "a", 0);
}

struct measured {
    double *value, *series;
};

static struct measured measure(struct path *path)
{
    const struct mld_plan *plan = path->fund.plan;
    const struct mld_grid *grid = &plan->model.grid;
    const struct mld_fund_flows *flows = &path->fund.flows;
    static const char *const names[] = { "quota_by_date_lowest", "quota_missed",
                                         "issuer_limit_passed", "loans_limit_passed" };
    const struct mld_design design = { .name = "without", .fund = &plan->fund };
    struct mld_pools pools = { .invested = path->cost,
                               .income = path->nothing,
                               .capital = path->nothing };
    struct mld_nav nav;
    assert_int_equal(mld_nav_init(&nav, grid, 1), MLD_OK);
    size_t width = (size_t)flows->width, steps = (size_t)mld_series_total(grid);
    unsigned char *wanted = calloc((size_t)mld_measure_count(), 1);
    struct measured out = { calloc((size_t)mld_measure_count() * width, sizeof(double)),
                            calloc(steps * width, sizeof(double)) };
    struct mld_measures_workspace *workspace = mld_measures_create(grid, flows->width);
    assert_true(wanted && out.value && out.series && workspace);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        wanted[mld_measure_named(names[i])] = 1;
    assert_true(mld_measures_read_holdings(wanted));
    const struct mld_measure_input input = { .design = &design,
                                             .paths = 1,
                                             .wanted = wanted,
                                             .pools = &pools,
                                             .fund = flows,
                                             .holdings = &path->holdings,
                                             .nav = &nav };
    mld_measures_fill(workspace, &input, flows->width, out.value, out.series);
    mld_measures_free(workspace);
    mld_nav_clear(&nav);
    free(wanted);
    return out;
}

static void expect(const struct line *line, const struct path *path, const struct measured *out)
{
    static const struct {
        const char *key, *series;
    } row[] = { { "quota", "quota_by_date" },
                { "issuer", "largest_issuer_by_year" },
                { "loans", "loans_by_year" } };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        int series = mld_series_named(row[i].series),
            step = mld_series_offset(&path->fund.plan->model.grid, series) + atoi(line->cell[1]);
        near(line, row[i].key, out->series[(size_t)step * (size_t)path->fund.flows.width]);
    }
}

static void expect_total(const struct line *line, const struct path *path,
                         const struct measured *out)
{
    for (int i = 2; i < line->n_cells; i++) {
        char name[MLD_MAX_NAME];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(line->cell[i], "="), line->cell[i]);
        int place = mld_measure_named(name);
        assert_true(place >= 0);
        near(line, name, out->value[(size_t)place * (size_t)path->fund.flows.width]);
    }
}

static void run_example(void **state)
{
    const struct example *example = *state;
    struct path path = { 0 };
    struct measured out = { 0 };
    for (int i = 1; i < example->n_lines; i++) {
        const struct line *line = &example->line[i];
        const char *kind = line->cell[0];
        int told = !strcmp(kind, "expect") || !strcmp(kind, "total");
        if (told && !out.value)
            out = measure(&path);
        if (!strcmp(kind, "fund"))
            read_fund(line, &path);
        else if (!strcmp(kind, "deal"))
            read_deal(line, &path);
        else if (!strcmp(kind, "flow"))
            read_flow(line, &path);
        else if (!strcmp(kind, "expect"))
            expect(line, &path, &out);
        else
            expect_total(line, &path, &out);
    }
    assert_non_null(out.value);
    free(out.value);
    free(out.series);
    free(path.cost);
    free(path.nothing);
    mld_holdings_clear(&path.holdings);
    case_close(&path.fund);
}

static int tell(void **state)
{
    (void)state;
    oracle("Limits of an FPCI at each year's end, worked by hand: quota by date, largest issuer, "
           "loans",
           "[quotas.csv](../tests/data/fund/quotas.csv)", "1e-9",
           "%d examples, %ld numbers, largest deviation %.0e", n_examples, compared, furthest);
    return 0;
}

int main(void)
{
    static struct CMUnitTest tests[MAX_CASES];
    load_examples(TEST_DATA "/fund/quotas.csv");
    if (n_examples < 4) {
        fprintf(stderr, "quotas.csv: only %d examples were read\n", n_examples);
        return 1;
    }
    for (int i = 0; i < n_examples; i++)
        tests[i] = (struct CMUnitTest){ .name = examples[i].name,
                                        .test_func = run_example,
                                        .initial_state = &examples[i] };
    return _cmocka_run_group_tests("limits by year", tests, (size_t)n_examples, NULL, tell);
}
