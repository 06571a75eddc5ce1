/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Indicators worked by hand (tests/data/indicators.csv), through their audit and measures; what
 * issuers draw; sums of a whole run; what is refused.
 */
#include "support/examples.h"
#include "support/oracle.h"
#include "support/outcome.h"

#include <math.h>

#include "audit/indicators.h"
#include "milliard/draws.h"
#include "milliard/instrument.h"
#include "milliard/simulate.h"

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
    if (!(fabs(actual - expected) <= 1e-12 * (1 + fabs(expected))))
        fail_msg("indicators.csv:%d: %s is %.15g", line->number, key, actual);
}

/* ---- worked examples ---- */

enum { YEARS = 5, M = 2, WIDTH = 8 };

struct by_hand {
    struct mld_model *model;
    struct mld_indicators indicators;
    double cost[WIDTH * MLD_INSTRUMENTS];
    double *value, *series;
};

static void open_case(struct by_hand *of)
{
    of->model = calloc(1, sizeof *of->model);
    assert_non_null(of->model);
    of->model->grid = (struct mld_grid){ M, YEARS, { 2027, 1, 1 }, M * YEARS, M * YEARS - 1 };
    of->model->n_forms = of->model->factors.n_sectors = 2;
    of->model->indicators.n = 1;
    assert_int_equal(mld_indicators_init(&of->indicators, of->model, 1), MLD_OK);
}

static void read_indicator(const struct line *line, struct by_hand *of)
{
    struct mld_indicator *indicator = &of->model->indicators.item[0];
    const char *kind = find(line, "kind");
    *indicator = (struct mld_indicator){ .name = "by hand", .mean = number(line, "mean", 0) };
    indicator->kind = kind && !strncmp(kind, "once", 4) ? MLD_INDICATOR_ONCE : MLD_INDICATOR_YEARLY;
    for (int i = 0; i < 2; i++) {
        indicator->takes_form[i] = !find(line, "form") || (int)number(line, "form", 0) == i;
        indicator->takes_sector[i] = !find(line, "sector") || (int)number(line, "sector", 0) == i;
    }
    mld_indicator_prepare(indicator);
}

static void read_deal(const struct line *line, struct by_hand *of)
{
    double outstanding[MLD_MAX_PERIODS] = { 0 };
    const char *text = find(line, "outstanding");
    int ages = 0;
    for (; text && *text; ages++) {
        char *end;
        outstanding[ages] = strtod(text, &end);
        text = *end == ';' ? end + 1 : "";
    }
    const struct mld_deal deal = { .instrument = mld_instrument_named(line->cell[1]),
                                   .form = (int)number(line, "form", 0),
                                   .sector = (int)number(line, "sector", 0),
                                   .period = (int)number(line, "first", 0),
                                   .amount = number(line, "amount", 0) };
    const struct mld_contract contract = { .outstanding = outstanding, .end_age = ages - 1 };
    const struct mld_life life = { .made = (int)number(line, "made", 1),
                                   .default_period = (int)number(line, "default", -1) };
    assert_true(deal.instrument >= 0);
    mld_indicators_add(&of->indicators, of->model, &deal, 1, 0, &contract, &life);
    of->cost[deal.instrument] += life.made * deal.amount;
}

static void run(struct by_hand *of)
{
    const struct mld_design design = { .name = "without", .indicators = 1 };
    struct mld_violation violation = { 0 };
    unsigned char *wanted = calloc((size_t)mld_measure_count(), 1);
    of->value = calloc((size_t)mld_measure_count() * WIDTH, sizeof(double));
    of->series = calloc((size_t)mld_series_total(&of->model->grid) * WIDTH, sizeof(double));
    double *nothing = calloc((size_t)of->model->grid.periods * WIDTH, sizeof(double));
    struct mld_measures_workspace *workspace = mld_measures_create(&of->model->grid, WIDTH);
    assert_true(wanted && of->value && of->series && nothing && workspace);
    for (int i = 0; i < mld_measure_count(); i++)
        wanted[i] = (mld_measures[i].scope & MLD_SCOPE_INDICATORS) != 0;
    mld_indicators_check(&of->indicators, 0, 1, 0, &violation);
    assert_null(violation.what);
    struct mld_pools pools = {
        .invested = nothing, .income = nothing, .capital = nothing, .cost_by_instrument = of->cost
    };
    const struct mld_measure_input input = { .design = &design,
                                             .n_forms = 2,
                                             .paths = 1,
                                             .wanted = wanted,
                                             .pools = &pools,
                                             .indicators = &of->indicators };
    mld_measures_fill(workspace, &input, WIDTH, of->value, of->series);
    mld_measures_free(workspace);
    free(nothing);
    free(wanted);
}

static double series_at(const struct by_hand *of, const char *name, int year)
{
    int step = mld_series_offset(&of->model->grid, mld_series_named(name)) + year;
    return of->series[(size_t)step * WIDTH];
}

static void expect(const struct line *line, const struct by_hand *of)
{
    int year = atoi(line->cell[1]);
    near(line, "made", series_at(of, "indicator_1_by_year", year));
    near(line, "lost", series_at(of, "indicator_1_lost_by_year", year));
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
    open_case(&of);
    for (int i = 1; i < example->n_lines; i++) {
        const struct line *line = &example->line[i];
        const char *kind = line->cell[0];
        if (!strcmp(kind, "indicator"))
            read_indicator(line, &of);
        else if (!strcmp(kind, "deal"))
            read_deal(line, &of);
        else if (!of.value)
            run(&of);
        if (!strcmp(kind, "expect"))
            expect(line, &of);
        else if (!strcmp(kind, "total"))
            expect_total(line, &of);
    }
    assert_non_null(of.value);
    free(of.value);
    free(of.series);
    mld_indicators_clear(&of.indicators);
    free(of.model);
}

/* ---- what issuers draw ---- */

static double made_by(const struct by_hand *of, uint64_t issuer, uint32_t path, double amount)
{
    double outstanding[] = { amount, 0 };
    struct mld_indicators one;
    const struct mld_deal deal = { .amount = amount };
    const struct mld_contract contract = { .outstanding = outstanding, .end_age = 1 };
    const struct mld_life life = { .made = 1, .default_period = -1 };
    assert_int_equal(mld_indicators_init(&one, of->model, 1), MLD_OK);
    mld_indicators_add(&one, of->model, &deal, issuer, path, &contract, &life);
    double made = mld_indicator_of(&one, 0, 0)->by_form[0];
    mld_indicators_clear(&one);
    return made;
}

/*
 * Lots of one issuer share its draw, another issuer, path or indicator has another one; the mean is
 * the scenario's, within four standard errors of 4096 issuers: once in sixteen thousand seeds it is
 * not, and the seed is fixed.
 */
static void one_draw_an_issuer(void **state)
{
    (void)state;
    struct by_hand of = { 0 };
    double sum = 0;
    enum { ISSUERS = 4096 };
    open_case(&of);
    struct mld_indicator *indicator = &of.model->indicators.item[0];
    *indicator = (struct mld_indicator){
        .name = "jobs", .mean = 10, .sd = 8, .takes_form = { 1 }, .takes_sector = { 1 }
    };
    mld_indicator_prepare(indicator);
    double made = made_by(&of, 5, 3, 1e6);
    assert_true(fabs(made_by(&of, 5, 3, 2e6) / made - 2) < 1e-12);
    assert_true(made_by(&of, 6, 3, 1e6) != made);
    assert_true(made_by(&of, 5, 4, 1e6) != made);
    for (uint64_t i = 0; i < ISSUERS; i++)
        sum += made_by(&of, i * UINT64_C(0x9E3779B97F4A7C15), 0, 2e6);
    assert_true(fabs(sum / ISSUERS - 10) < 4 * 8 / sqrt(ISSUERS));
    strcpy(indicator->name, "others");
    mld_indicator_prepare(indicator);
    assert_true(made_by(&of, 5, 3, 1e6) != made);
    mld_indicators_clear(&of.indicators);
    free(of.model);
}

static void audit_tells(void **state)
{
    (void)state;
    struct by_hand of = { 0 };
    struct mld_violation violation = { 0 };
    open_case(&of);
    of.indicators.sums[0].made[2] = 1;
    of.indicators.sums[0].by_instrument[1] = 1;
    mld_indicators_check(&of.indicators, 40, 1, 0, &violation);
    assert_non_null(strstr(violation.what, "by legal form"));
    assert_int_equal(violation.path, 40);
    of.indicators.sums[0].by_form[1] = 1;
    of.indicators.sums[0].by_instrument[1] = 2;
    violation.what = NULL;
    mld_indicators_check(&of.indicators, 40, 1, 0, &violation);
    assert_non_null(strstr(violation.what, "by instrument"));
    of.indicators.sums[0].lost[1] = -1;
    violation.what = NULL;
    mld_indicators_check(&of.indicators, 40, 1, 0, &violation);
    assert_non_null(strstr(violation.what, "negative"));
    mld_indicators_clear(&of.indicators);
    free(of.model);
}

/* ---- what is refused ---- */

#define INDICATOR(rest)                                                                         \
    "base = \"" PROJECT_SOURCE "/scenarios/fpci-reference.cfg\";\n"                             \
    "indicators = ( { name = \"jobs\"; label = { en = \"Jobs\"; fr = \"Emplois\"; }; unit = { " \
    "en = \"years\"; fr = \"ETP\"; }; source = \"invented\"; " rest " } );\n"

static void assert_refused(const char *text, const char *message)
{
    struct outcome outcome = outcome_of_text(text, PROJECT_SOURCE "/scenarios/a.cfg", 0, NULL);
    assert_int_equal(outcome.status, MLD_ERR_INPUT);
    assert_int_equal(outcome.messages.count, 1);
    if (!strstr(outcome.messages.text[0], message) ||
        !strstr(outcome.messages.text[0], "a.cfg:2: "))
        fail_msg("%s", outcome.messages.text[0]);
    outcome_clear(&outcome);
}

static void is_refused(void **state)
{
    (void)state;
#define GOOD "per_meur = { mean = 10.0; }; kind = \"yearly\"; "
    assert_refused(INDICATOR(GOOD "legal_forms = [ \"association\", \"cooperativ\" ];"),
                   "indicators.jobs.legal_forms[1] = \"cooperativ\": no such legal form; did you "
                   "mean cooperative?");
    assert_refused(INDICATOR(GOOD "sectors = [ \"cares\" ];"),
                   "indicators.jobs.sectors[0] = \"cares\": no such sector; did you mean care?");
    assert_refused(INDICATOR("per_meur = { mean = 0.0; sd = 2.0; }; kind = \"once\";"),
                   "no lognormal law");
    assert_refused(INDICATOR("kind = \"once\";"), "per_meur");
    assert_refused(INDICATOR("per_meur = { mean = 1.0; }; kind = \"monthly\";"), "kind");
}

static int tell(void **state)
{
    (void)state;
    oracle("Value created, worked by hand: years alive, defaults, filters",
           "[indicators.csv](../tests/data/indicators.csv)", "1e-12",
           "%d examples, %ld numbers, largest deviation %.0e", n_examples, compared, furthest);
    return 0;
}

int main(void)
{
    static struct CMUnitTest tests[MAX_CASES];
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(one_draw_an_issuer),
        cmocka_unit_test(audit_tells),
        cmocka_unit_test(is_refused),
    };
    enum { OTHERS = sizeof others / sizeof *others };
    load_examples(TEST_DATA "/indicators.csv");
    if (n_examples < 6) {
        fprintf(stderr, "indicators.csv: only %d examples were read\n", n_examples);
        return 1;
    }
    for (int i = 0; i < n_examples; i++)
        tests[i] = (struct CMUnitTest){ .name = examples[i].name,
                                        .test_func = run_example,
                                        .initial_state = &examples[i] };
    memcpy(tests + n_examples, others, sizeof others);
    return _cmocka_run_group_tests("indicators", tests, (size_t)n_examples + OTHERS, NULL, tell);
}
