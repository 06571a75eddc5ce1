/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The citizens' fund worked by hand (tests/data/feeder.csv), through its audit and measures; an
 * audit that tells; requests that follow the economy; what is refused.
 */
#include "support/examples.h"
#include "support/fund_case.h"
#include "support/oracle.h"
#include "support/outcome.h"

#include <math.h>

#include "audit/feeder.h"
#include "milliard/measure.h"

static double furthest;
static long compared;

static void near(const struct line *line, const char *key, double actual)
{
    const char *text = find(line, key);
    if (!text)
        return;
    double expected = strtod(text, NULL);
    compared++;
    if (isnan(expected) != isnan(actual) || fabs(actual - expected) > 1e-9 * (1 + fabs(expected)))
        fail_msg("feeder.csv:%d: %s is %.12g", line->number, key, actual);
    if (!isnan(expected))
        widen(&furthest, actual - expected);
}

/* ---- worked examples ---- */

enum { WIDTH = 8 };

struct by_hand {
    struct fund_case fund;
    struct mld_feeder_spec spec;
    struct mld_feeder feeder;
    struct mld_nav nav;
    double tmo[3 + MLD_MAX_YEARS];
    double *value;
};

static void read_terms(const struct line *line, struct by_hand *of)
{
    int periods = (int)number(line, "periods", 0);
    struct mld_plan *plan = fund_plan(1, periods, periods, 1000, 0, 0);
    of->spec = (struct mld_feeder_spec){ .present = 1,
                                         .class_a_share = number(line, "share", 0),
                                         .cash_margin = number(line, "margin", 0),
                                         .pocket = number(line, "pocket", 0),
                                         .fee = number(line, "fee", 0),
                                         .request_mean = number(line, "mean", 0),
                                         .exit_fee = number(line, "exit", 0),
                                         .gate = number(line, "gate", 1),
                                         .cycle = -1 };
    case_open(&of->fund, plan, 1);
    mld_feeder_prepare(&of->spec, &plan->fund);
    for (int y = 0; y < 3 + MLD_MAX_YEARS; y++)
        of->tmo[y] = number(line, "tmo", 0);
    assert_int_equal(mld_nav_init(&of->nav, &plan->model.grid, 1), MLD_OK);
    assert_int_equal(mld_feeder_init(&of->feeder, &plan->model.grid, 1), MLD_OK);
}

static void read_flow(const struct line *line, struct by_hand *of)
{
    int t = atoi(line->cell[1]);
    *cell(&of->fund, of->fund.flows.call, t, 0) = number(line, "call", 0);
    *cell(&of->fund, of->fund.flows.distribution[MLD_CLASS_A], t, 0) = number(line, "a", 0);
    of->nav.part[MLD_NAV_AT_VALUE][MLD_CLASS_A][(size_t)t * (size_t)of->nav.width] = number(
        line, "nav", 0);
}

static void run(struct by_hand *of)
{
    const struct mld_plan *plan = of->fund.plan;
    const struct mld_grid *grid = &plan->model.grid;
    const struct mld_design design = { .name = "without",
                                       .fund = &plan->fund,
                                       .feeder = &of->spec };
    struct mld_violation violation = { 0 };
    unsigned char *wanted = calloc((size_t)mld_measure_count(), 1);
    of->value = calloc((size_t)mld_measure_count() * WIDTH, sizeof(double));
    struct mld_measures_workspace *workspace = mld_measures_create(grid, WIDTH);
    assert_true(wanted && of->value && workspace);
    for (int i = 0; i < mld_measure_count(); i++)
        wanted[i] = (mld_measures[i].scope & MLD_SCOPE_FEEDER) != 0;
    of->fund.flows.tmo = of->tmo;
    of->fund.flows.tmo_stride = 3 + MLD_MAX_YEARS;
    const struct mld_feeder_source source = { .fund = &of->fund.flows, .nav = &of->nav };
    mld_feeder_fill(&of->feeder, grid, &of->spec, &source, 0, 1);
    mld_feeder_check(&of->feeder, grid, &of->spec, 0, 1, 0, &violation);
    if (violation.what)
        fail_msg("period %d: %s by %g", violation.period, violation.what, violation.amount);
    const struct mld_measure_input input = { .design = &design,
                                             .paths = 1,
                                             .wanted = wanted,
                                             .fund = &of->fund.flows,
                                             .nav = &of->nav,
                                             .feeder = &of->feeder };
    mld_measures_fill(workspace, &input, WIDTH, of->value, NULL);
    mld_measures_free(workspace);
    free(wanted);
}

static void expect(const struct line *line, const struct by_hand *of)
{
    static const char *const keys[MLD_FEEDER_SERIES] = {
        [MLD_FEEDER_SUBSCRIBED] = "subscribed",
        [MLD_FEEDER_BOUGHT] = "bought",
        [MLD_FEEDER_INTEREST] = "interest",
        [MLD_FEEDER_RECEIVED] = "received",
        [MLD_FEEDER_CALLED] = "called",
        [MLD_FEEDER_PAID] = "paid",
        [MLD_FEEDER_FEES] = "fees",
        [MLD_FEEDER_SERVED] = "served",
        [MLD_FEEDER_PAID_OUT] = "out",
        [MLD_FEEDER_FINAL] = "final",
        [MLD_FEEDER_CASH] = "cash",
        [MLD_FEEDER_UNITS] = "units",
        [MLD_FEEDER_WAITING] = "waiting",
        [MLD_FEEDER_VALUE] = "value",
        [MLD_FEEDER_REQUESTED] = "requested",
        [MLD_FEEDER_IN_YEAR] = "in_year",
        [MLD_FEEDER_DUE] = "due",
        [MLD_FEEDER_NEEDED] = "needed",
    };
    for (int s = 0; s < MLD_FEEDER_SERIES; s++)
        near(line, keys[s],
             *mld_feeder_row(&of->feeder, (enum mld_feeder_series)s, atoi(line->cell[1])));
}

static void expect_total(const struct line *line, const struct by_hand *of)
{
    for (int i = 2; i < line->n_cells; i++) {
        char name[MLD_MAX_NAME];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(line->cell[i], "="), line->cell[i]);
        assert_true(mld_measure_named(name) >= 0);
        near(line, name, of->value[(size_t)mld_measure_named(name) * WIDTH]);
    }
}

static void run_example(void **state)
{
    const struct example *example = *state;
    struct by_hand of = { 0 };
    for (int i = 1; i < example->n_lines; i++) {
        const struct line *line = &example->line[i];
        const char *kind = line->cell[0];
        int told = !strcmp(kind, "expect") || !strcmp(kind, "total");
        if (!strcmp(kind, "feeder"))
            read_terms(line, &of);
        else if (!strcmp(kind, "subscription"))
            of.spec.subscription[of.spec.n_subscriptions++] =
                (struct mld_subscription){ atoi(line->cell[1]), number(line, "amount", 0) };
        else if (!strcmp(kind, "flow"))
            read_flow(line, &of);
        if (told && !of.value)
            run(&of);
        if (!strcmp(kind, "expect"))
            expect(line, &of);
        else if (!strcmp(kind, "total"))
            expect_total(line, &of);
    }
    assert_non_null(of.value);
    free(of.value);
    mld_nav_clear(&of.nav);
    mld_feeder_clear(&of.feeder);
    case_close(&of.fund);
}

/* ---- an audit that tells, requests that follow the economy ---- */

enum { PATHS = 8, PERIODS = 6, TMO_STRIDE = 3 + 8 };

/* Eight paths of three years of two periods each, called and paid alike. */
struct small {
    struct fund_case fund;
    struct mld_feeder_spec spec;
    struct mld_feeder feeder;
    struct mld_nav nav;
    double tmo[PATHS * TMO_STRIDE], cycle[PATHS * 4];
};

static void open_small(struct small *of)
{
    struct mld_plan *plan = fund_plan(2, PERIODS / 2, PERIODS / 2, 1000, 0, 0);
    const struct mld_grid *grid = &plan->model.grid;
    *of = (struct small){ .spec = { .present = 1,
                                    .class_a_share = 1,
                                    .n_subscriptions = 1,
                                    .subscription = { { 0, 2000 } },
                                    .pocket = 0.1,
                                    .request_mean = 0.2,
                                    .request_sd = 0.1,
                                    .request_load = 0.5,
                                    .exit_fee = 0.02,
                                    .gate = 0.5 } };
    case_open(&of->fund, plan, PATHS);
    mld_feeder_prepare(&of->spec, &plan->fund);
    assert_int_equal(mld_nav_init(&of->nav, grid, PATHS), MLD_OK);
    assert_int_equal(mld_feeder_init(&of->feeder, grid, PATHS), MLD_OK);
    for (int p = 0; p < PATHS; p++) {
        *cell(&of->fund, of->fund.flows.call, 0, p) = 1000;
        *cell(&of->fund, of->fund.flows.distribution[MLD_CLASS_A], PERIODS - 1, p) = 1200;
        for (int t = 0; t < PERIODS - 1; t++)
            of->nav.part[MLD_NAV_AT_VALUE][MLD_CLASS_A]
                        [(size_t)t * (size_t)of->nav.width + (size_t)p] = 1000;
    }
    of->fund.flows.tmo = of->tmo;
    of->fund.flows.tmo_stride = TMO_STRIDE;
}

static void fill_small(struct small *of, uint32_t first)
{
    const struct mld_feeder_source source = {
        .fund = &of->fund.flows, .nav = &of->nav, .cycle = of->cycle, .cycle_stride = 4, .seed = 9
    };
    mld_feeder_fill(&of->feeder, &of->fund.plan->model.grid, &of->spec, &source, first, PATHS);
}

static void close_small(struct small *of)
{
    mld_nav_clear(&of->nav);
    mld_feeder_clear(&of->feeder);
    case_close(&of->fund);
}

static double asked(const struct small *of, int year, int path)
{
    return mld_feeder_row(&of->feeder, MLD_FEEDER_REQUESTED, year)[path];
}

/* A year of F = −1 asks load·sd = 0.05 of the units more, and a path is the same in any batch. */
static void requests_follow_the_economy(void **state)
{
    (void)state;
    struct small of;
    open_small(&of);
    fill_small(&of, 40);
    double before = asked(&of, 0, 3), again = asked(&of, 0, 5);
    of.cycle[3 * 4] = -1;
    fill_small(&of, 40);
    assert_true(fabs(asked(&of, 0, 3) - before - 0.05 * 2000) < 1e-9);
    assert_true(asked(&of, 0, 5) == again);
    fill_small(&of, 42);
    assert_true(fabs(asked(&of, 0, 3) - again - 0.05 * 2000) < 1e-9);
    of.spec.request_mean = 1;
    of.spec.request_sd = 1;
    fill_small(&of, 40);
    for (int p = 0; p < PATHS; p++)
        assert_true(asked(&of, 0, p) >= 0 && asked(&of, 0, p) <= 2000);
    close_small(&of);
}

static void assert_told(struct small *of, enum mld_feeder_series series, int step, double change,
                        const char *what)
{
    struct mld_violation violation = { 0 };
    double *place = mld_feeder_row(&of->feeder, series, step) + 2, kept = *place;
    *place += change;
    mld_feeder_check(&of->feeder, &of->fund.plan->model.grid, &of->spec, 10, PATHS, 0, &violation);
    *place = kept;
    assert_non_null(violation.what);
    if (!strstr(violation.what, what))
        fail_msg("%s", violation.what);
    assert_int_equal(violation.path, 12);
}

static void audit_tells(void **state)
{
    (void)state;
    struct small of;
    struct mld_violation violation = { 0 };
    open_small(&of);
    fill_small(&of, 10);
    mld_feeder_check(&of.feeder, &of.fund.plan->model.grid, &of.spec, 10, PATHS, 0, &violation);
    assert_null(violation.what);
    assert_told(&of, MLD_FEEDER_PAID_OUT, 1, 1, "cash is not");
    assert_told(&of, MLD_FEEDER_BOUGHT, 0, 1, "units are not");
    assert_told(&of, MLD_FEEDER_REQUESTED, 0, 1, "waiting units are not");
    assert_told(&of, MLD_FEEDER_VALUE, 1, -1e5, "negative");
    assert_told(&of, MLD_FEEDER_CALLED, 0, -1, "beyond a call");
    of.spec.gate = 0.01;
    mld_feeder_check(&of.feeder, &of.fund.plan->model.grid, &of.spec, 10, PATHS, 0, &violation);
    assert_non_null(violation.what);
    close_small(&of);
}

/* ---- what is refused ---- */

static void assert_refused(const char *text, const char *message)
{
    struct outcome outcome = outcome_of_text(text, PROJECT_SOURCE "/scenarios/a.cfg", 0, NULL);
    assert_int_equal(outcome.status, MLD_ERR_INPUT);
    assert_int_equal(outcome.messages.count, 1);
    if (!strstr(outcome.messages.text[0], message) || !strstr(outcome.messages.text[0], ".cfg:"))
        fail_msg("%s", outcome.messages.text[0]);
    outcome_clear(&outcome);
}

#define BASE(name) "base = \"" PROJECT_SOURCE "/scenarios/" name "\";\n"

static void is_refused(void **state)
{
    (void)state;
    assert_refused(BASE("scheme-national.cfg") "feeder = { class_a_share = 0.1; subscriptions = ( "
                                               "{ year = 0; amount = 1e6; } ); };\n",
                   "a.cfg:2: feeder: it holds a part of class A, and the scenario has no fund");
    assert_refused(BASE("fonds-citoyen.cfg") "feeder = { subscriptions = ( { year = 0; amount = "
                                             "1e6; }, { year = 0; amount = 1e6; } ); };\n",
                   "feeder.subscriptions.[1].year = 0 is given twice");
    assert_refused(BASE("fonds-citoyen.cfg") "feeder = { subscriptions = ( { year = 12; amount = "
                                             "1e6; } ); };\n",
                   "feeder.subscriptions.[0].year = 12: the fund has ended by then");
    assert_refused(BASE("fonds-citoyen.cfg") "feeder = { subscriptions = (); };\n",
                   "nobody subscribes");
    assert_refused(BASE("fonds-citoyen.cfg") "feeder = { gates = 0.1; };\n", "did you mean gate?");
}

static int tell(void **state)
{
    (void)state;
    oracle("The citizens' fund, worked by hand: requests, waiting units, pocket, a call not met",
           "[feeder.csv](../tests/data/feeder.csv)", "1e-9",
           "%d examples, %ld numbers, largest deviation %.0e", n_examples, compared, furthest);
    return 0;
}

int main(void)
{
    static struct CMUnitTest tests[MAX_CASES];
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(requests_follow_the_economy),
        cmocka_unit_test(audit_tells),
        cmocka_unit_test(is_refused),
    };
    enum { OTHERS = sizeof others / sizeof *others };
    load_examples(TEST_DATA "/feeder.csv");
    if (n_examples < 5) {
        fprintf(stderr, "feeder.csv: only %d examples were read\n", n_examples);
        return 1;
    }
    for (int i = 0; i < n_examples; i++)
        tests[i] = (struct CMUnitTest){ .name = examples[i].name,
                                        .test_func = run_example,
                                        .initial_state = &examples[i] };
    memcpy(tests + n_examples, others, sizeof others);
    return _cmocka_run_group_tests("feeder", tests, (size_t)n_examples + OTHERS, NULL, tell);
}
