/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Worked examples of the guarantee, deal by deal. They are data, made to be read by a lawyer:
 * tests/data/guarantee_examples.csv. Each becomes one test here, run through the real code on two
 * paths of a batch whose other paths are empty.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include "milliard/measure.h"
#include "milliard/rating.h"

#include <cmocka.h>

#include "support/examples.h"
#include "support/guarantee_bench.h"
#include "support/oracle.h"

static int whole(const struct line *line, const char *key, int fallback)
{
    return (int)number(line, key, fallback);
}

static int is(const struct line *line, const char *kind)
{
    return strcmp(line->cell[0], kind) == 0;
}

/* A word of the file that means nothing is a mistake of the file, not a test that passes. */
static void refuse(const struct line *line, const char *word)
{
    fail_msg("guarantee_examples.csv:%d: \"%s\" means nothing here", line->number, word);
}

/* ---- From lines to a plan and deals. ---- */

static const char *const instrument_names[] = { "shares",
                                                "convertible",
                                                "bond",
                                                "participating_securities",
                                                "association_securities",
                                                "participating_loan",
                                                "cooperative_shares" };

static int instrument_named(const struct line *line, const char *name, size_t length)
{
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        if (strlen(instrument_names[i]) == length &&
            strncmp(instrument_names[i], name, length) == 0)
            return i;
    refuse(line, name);
    return -1;
}

static int choice(const struct line *line, const char *key, const char *first, const char *second)
{
    const char *text = find(line, key);
    if (text && strcmp(text, first) != 0 && strcmp(text, second) != 0)
        refuse(line, text);
    return text && strcmp(text, second) == 0;
}

static void read_filter(const struct line *line, struct mld_layer *layer)
{
    const char *names = find(line, "instruments");
    if (!names)
        return;
    memset(layer->cover.instrument, 0, sizeof layer->cover.instrument);
    for (const char *name = names; *name;) {
        size_t length = strcspn(name, "|");
        layer->cover.instrument[instrument_named(line, name, length)] = 1;
        name += length + (name[length] == '|');
    }
}

static void read_covered_layer(const struct line *line, const struct mld_guarantee_spec *spec,
                               struct mld_layer *layer)
{
    const char *name = find(line, "covers_layer");
    for (int l = 0; name && l < spec->n_layers - 1; l++)
        if (strcmp(spec->layer[l].name, name) == 0)
            layer->covers = l;
    if (name && layer->covers < 0)
        refuse(line, name);
}

static void read_layer(const struct line *line, struct mld_plan *plan)
{
    struct mld_layer *layer = &plan->guarantee.layer[plan->guarantee.n_layers++];
    *layer = bench_layer(number(line, "quotite", 0));
    snprintf(layer->name, sizeof layer->name, "%s", line->cell[1]);
    struct {
        const char *key;
        double *value;
    } reals[] = { { "attachment", &layer->attachment },
                  { "cap_rate", &layer->cap_rate },
                  { "waiting_years", &layer->waiting_years },
                  { "term_years", &layer->term_years },
                  { "claim_delay_years", &layer->claim_delay_years },
                  { "max_loss_per_issuer", &layer->cover.max_loss_per_issuer },
                  { "fee_rate", &layer->fee_rate },
                  { "fee_upfront", &layer->fee_upfront },
                  { "upside_share", &layer->upside_share },
                  { "share", &layer->share },
                  { "operator_cost", &layer->operator_cost },
                  { "ticket_max", &layer->cover.ticket_max } };
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
        *reals[i].value = number(line, reals[i].key, *reals[i].value);
    layer->cover.exit_losses = whole(line, "cover_exit_losses", 0);
    layer->cover.net_of_gains = whole(line, "net_of_gains", 0);
    layer->cover.payout = choice(line, "payout", "final_loss", "on_default");
    layer->fee_payer = choice(line, "fee_payer", "fund", "issuer");
    read_filter(line, layer);
    read_covered_layer(line, &plan->guarantee, layer);
}

static void read_rating(const struct line *line, struct mld_plan *plan)
{
    int rating = 0;
    while (mld_ratings[rating].name && strcmp(mld_ratings[rating].name, find(line, "form")) != 0)
        rating++;
    if (!mld_ratings[rating].name)
        refuse(line, find(line, "form"));
    plan->model.form[0].rating = rating;
}

static struct mld_plan *read_plan(const struct example *example)
{
    int m = 1, years = 12;
    for (int i = 0; i < example->n_lines; i++)
        if (is(&example->line[i], "grid")) {
            m = whole(&example->line[i], "periods_per_year", 1);
            years = whole(&example->line[i], "horizon_years", 12);
        }
    struct mld_plan *plan = bench_plan(m, years);
    for (int i = 0; i < example->n_lines; i++) {
        const struct line *line = &example->line[i];
        if (is(line, "layer"))
            read_layer(line, plan);
        if (is(line, "dotation"))
            plan->guarantee.dotation[plan->guarantee.n_dotations++] = (struct mld_dotation){
                .year = whole(line, "year", 0), .amount = number(line, "amount", 0)
            };
        if (is(line, "dotation_yield"))
            plan->guarantee.dotation_yield = number(line, "rate", 0);
        if (is(line, "residual_kept"))
            plan->guarantee.residual_to = MLD_RESIDUAL_KEPT;
        if (is(line, "reference_rate"))
            plan->guarantee.reference_rate = number(line, "rate", 0);
        if (is(line, "rating"))
            read_rating(line, plan);
    }
    bench_derive(plan);
    return plan;
}

struct deals {
    struct bench_deal deal[BENCH_DEALS];
    const char *name[BENCH_DEALS], *issuer[BENCH_DEALS];
    int n;
};

/* Issuers by name; a deal without one is its own. */
static int issuer_of(struct deals *deals, const struct line *line)
{
    const char *name = find(line, "issuer");
    deals->issuer[deals->n] = name;
    for (int i = 0; name && i < deals->n; i++)
        if (deals->issuer[i] && strcmp(deals->issuer[i], name) == 0)
            return deals->deal[i].deal.issuer;
    return deals->n;
}

static void read_deal(struct deals *deals, const struct mld_plan *plan, const struct line *line)
{
    const char *instrument = find(line, "instrument");
    bench_deal_start(&deals->deal[deals->n], plan, 0, issuer_of(deals, line),
                     instrument_named(line, instrument, strlen(instrument)), whole(line, "date", 0),
                     number(line, "amount", 0), whole(line, "until", plan->model.grid.last + 1),
                     whole(line, "linear", 0));
    deals->name[deals->n++] = line->cell[1];
}

static struct bench_deal *deal_named(struct deals *deals, const struct line *line)
{
    for (int i = 0; i < deals->n; i++)
        if (strcmp(deals->name[i], line->cell[1]) == 0)
            return &deals->deal[i];
    refuse(line, line->cell[1]);
    return NULL;
}

static void read_deals(struct deals *deals, const struct mld_plan *plan,
                       const struct example *example)
{
    deals->n = 0;
    for (int i = 0; i < example->n_lines; i++) {
        const struct line *line = &example->line[i];
        if (is(line, "deal"))
            read_deal(deals, plan, line);
        if (is(line, "default")) {
            struct bench_deal *deal = deal_named(deals, line);
            bench_default(deal, whole(line, "period", 0), number(line, "recovery", 0),
                          whole(line, "paid", 0));
            assert_true(deal->life.defaulted_outstanding == number(line, "outstanding", 0));
        }
        if (is(line, "exit"))
            bench_exit(deal_named(deals, line), whole(line, "period", 0),
                       number(line, "proceeds", 0));
    }
}

/* ---- What is expected. ---- */

/* Sums of a dozen amounts below 1e7 EUR in doubles: a thousandth of a cent is ample. */
static const double TOLERANCE_EUR = 1e-5;
/* Grant equivalents are given to the cent. */
static const double CENT = 0.01;

static double furthest;
static long compared;

/*
 * What the file says of a series in a period; *named tells whether the case speaks of the series at
 * all.
 */
static const char *expected_text(const struct example *example, const char *series, int t,
                                 int *named)
{
    const char *text = NULL;
    for (int i = 0; i < example->n_lines; i++) {
        const struct line *line = &example->line[i];
        const char *cell = is(line, "expect") ? find(line, series) : NULL;
        if (!cell)
            continue;
        *named = 1;
        if (strcmp(line->cell[1], "all") == 0 || strtol(line->cell[1], NULL, 10) == t)
            text = cell;
    }
    return text;
}

static void compare(const struct example *example, const struct mld_plan *plan,
                    const struct mld_guarantee_flows *flows, const struct bench_series *series,
                    int path)
{
    for (int t = 0; t < plan->model.grid.periods; t++) {
        int named = 0;
        const char *text = expected_text(example, series->name, t, &named);
        if (!named || (!text && series->is_stock))
            continue;
        double expected = text ? strtod(text, NULL) : 0;
        /*
         * A zero is a zero to the last bit: nothing of a guarantee that does nothing may leak into
         * the fund.
         */
        double tolerance = expected == 0 ? 0 : TOLERANCE_EUR;
        double found = *bench_at(flows, series->values, path, t);
        widen(&furthest, found - expected);
        compared++;
        if (!(fabs(found - expected) <= tolerance))
            fail_msg("%s: %s in period %d is %.6f, expected %.6f", example->name, series->name, t,
                     found, expected);
    }
}

static void compare_total(const struct example *example, const char *name, double value,
                          double tolerance)
{
    for (int i = 0; i < example->n_lines; i++) {
        const char *text = is(&example->line[i], "total") ? find(&example->line[i], name) : NULL;
        if (!text)
            continue;
        int none = strcmp(text, "none") == 0;
        if (none ? !isnan(value) : !(fabs(value - strtod(text, NULL)) <= tolerance))
            fail_msg("%s: %s is %.6f, expected %s", example->name, name, value, text);
    }
}

/* What the measures tell of the budget and of the balance that is left. */
static void compare_budget(const struct example *example, const struct mld_plan *plan,
                           const struct mld_guarantee_flows *flows, int path)
{
    static const char *const name[] = { "budget_discounted", "residual_balance",
                                        "residual_discounted" };
    enum { NAMES = sizeof name / sizeof *name };
    size_t width = (size_t)flows->width, measures = (size_t)mld_measure_count();
    unsigned char *wanted = calloc(measures, 1);
    double *value = calloc(measures * width, sizeof *value);
    struct mld_measures_workspace *work = mld_measures_create(&plan->model.grid, flows->width);
    assert_true(wanted && value && work);
    for (int i = 0; i < NAMES; i++)
        wanted[mld_measure_named(name[i])] = 1;
    const struct mld_design design = { .guarantee = &plan->guarantee };
    const struct mld_measure_input input = {
        .design = &design, .paths = flows->width, .wanted = wanted, .guarantee = flows
    };
    mld_measures_fill(work, &input, flows->width, value, NULL);
    for (int i = 0; i < NAMES; i++)
        compare_total(example, name[i],
                      value[(size_t)mld_measure_named(name[i]) * width + (size_t)path],
                      TOLERANCE_EUR);
    mld_measures_free(work);
    free(value);
    free(wanted);
}

static void compare_path(const struct example *example, const struct mld_plan *plan,
                         const struct mld_guarantee_flows *flows, int path)
{
    struct bench_series series[BENCH_SERIES];
    bench_series(flows, series);
    for (int k = 0; k < BENCH_SERIES; k++)
        compare(example, plan, flows, &series[k], path);
    compare_total(example, "volume", flows->volume[path], TOLERANCE_EUR);
    compare_total(example, "commitment", flows->commitment[path], TOLERANCE_EUR);
    compare_total(example, "dotation_needed", flows->dotation_needed[path], TOLERANCE_EUR);
    for (int k = 0; k < MLD_TRANCHES; k++) {
        char name[32];
        snprintf(name, sizeof name, "tranche_needed_%d", MLD_FIRST_TRANCHE + k);
        compare_total(example, name, flows->tranche_needed[k][path], TOLERANCE_EUR);
    }
    compare_budget(example, plan, flows, path);
    compare_total(example, "grant", flows->grant[path], CENT);
    compare_total(example, "above_de_minimis", flows->above_de_minimis[path], 0);
}

/* Every series an example expects must be one of ours. */
static void check_words(const struct example *example, const struct mld_guarantee_flows *flows)
{
    struct bench_series series[BENCH_SERIES];
    bench_series(flows, series);
    for (int i = 0; i < example->n_lines; i++)
        for (int c = 2; is(&example->line[i], "expect") && c < example->line[i].n_cells; c++) {
            int known = 0;
            for (int k = 0; k < BENCH_SERIES; k++)
                known |= strncmp(series[k].name, example->line[i].cell[c],
                                 strcspn(example->line[i].cell[c], "=")) == 0 &&
                         strlen(series[k].name) == strcspn(example->line[i].cell[c], "=");
            if (!known)
                refuse(&example->line[i], example->line[i].cell[c]);
        }
}

/*
 * Paths 1 and 2 hold the example, every other path nothing: what happens on one path touches no
 * other.
 */
static void run_example(void **state)
{
    const struct example *example = *state;
    struct mld_plan *plan = read_plan(example);
    struct deals *deals = malloc(sizeof *deals);
    struct bench_run run;
    const struct mld_guarantee_flows *flows = &run.flows;
    assert_non_null(deals);
    read_deals(deals, plan, example);
    plan->model.max_deals = deals->n;
    bench_open(&run, plan, BENCH_WIDTH);
    check_words(example, flows);
    /* a batch finds nothing of those before, nor grows beyond its memory */
    for (int batch = 0; batch < 20; batch++) {
        mld_covers_reset(&run.covers, BENCH_WIDTH);
        for (int path = 1; path <= 2; path++)
            for (int i = 0; i < deals->n; i++) {
                deals->deal[i].deal.path = path;
                deals->deal[i].deal.issuer = deals->deal[i].deal.issuer % BENCH_DEALS +
                                             path * BENCH_DEALS;
                bench_add(&run, &deals->deal[i]);
            }
        bench_close(&run);
        compare_path(example, plan, flows, 1);
        compare_path(example, plan, flows, 2);
        assert_true(flows->volume[0] == 0 && flows->volume[3] == 0 && isnan(flows->grant[3]));
        for (int t = 0; t < plan->model.grid.periods; t++)
            assert_true(*bench_at(flows, flows->payout, 0, t) == 0 &&
                        *bench_at(flows, flows->fee, 3, t) == 0);
        struct mld_violation violation = bench_check(plan, flows, 0, BENCH_WIDTH);
        if (violation.what)
            fail_msg("%s: %s, path %u, period %d, %g", example->name, violation.what,
                     violation.path, violation.period, violation.amount);
    }
    bench_clear(&run);
    free(deals);
    free(plan);
}

/* ---- What the examples do not show. ---- */

static void deal_that_is_not_made(void **state)
{
    (void)state;
    struct mld_plan *plan = bench_plan(1, 12);
    plan->guarantee.n_layers = 1;
    plan->guarantee.layer[0] = bench_layer(0.5);
    bench_derive(plan);
    struct bench_run run;
    const struct mld_guarantee_flows *flows = &run.flows;
    struct bench_deal *b = malloc(sizeof *b);
    assert_non_null(b);
    bench_open(&run, plan, BENCH_WIDTH);
    bench_deal_start(b, plan, 0, 0, BENCH_BOND, 2, 1e6, 8, 0);
    b->life.made = 0;
    bench_add(&run, b);
    bench_close(&run);
    assert_true(flows->volume[0] == 0 && *bench_at(flows, flows->new_guaranteed, 0, 2) == 0 &&
                isnan(flows->grant[0]));
    bench_clear(&run);
    free(b);
    free(plan);
}

static void filters_of_layers(void **state)
{
    (void)state;
    struct mld_plan *plan = bench_plan(1, 12);
    plan->guarantee.n_layers = 3;
    plan->guarantee.layer[0] = bench_layer(0.5);
    plan->guarantee.layer[0].covers = 1; /* a counter-guarantee covers no deal */
    plan->guarantee.layer[1] = bench_layer(0.5);
    plan->guarantee.layer[1].cover.ticket_max = 1e6;
    plan->guarantee.layer[2] = bench_layer(0.5);
    plan->guarantee.layer[2].cover.ticket_min = 2e6;
    plan->guarantee.layer[2].cover.sector[0] = 0;
    assert_int_equal(mld_guarantee_layer_of(&plan->guarantee, 0, 0, 0, 5e5), 1);
    /* ticket ranges are closed */
    assert_int_equal(mld_guarantee_layer_of(&plan->guarantee, 0, 0, 0, 1e6), 1);
    assert_int_equal(mld_guarantee_layer_of(&plan->guarantee, 0, 0, 0, 1.5e6), -1);
    assert_int_equal(mld_guarantee_layer_of(&plan->guarantee, 0, 0, 0, 3e6), -1);
    assert_int_equal(mld_guarantee_layer_of(&plan->guarantee, 0, 0, 1, 2e6), 2);
    free(plan);
}

/* The four designs of section 7's table, and counter-guarantees, are told by their names. */
static void designs(void **state)
{
    (void)state;
    struct {
        double quotite, attachment, cap_rate;
        int covers;
        const char *name;
    } rows[] = { { 0.8, 0, 1, -1, "line_by_line" }, { 0.5, 0, 0.25, -1, "capped_portfolio" },
                 { 1, 0, 0.2, -1, "first_losses" }, { 0.5, 0.05, 0.3, -1, "retention" },
                 { 1, 0, 1, -1, "other" },          { 0.5, 0, 1, 0, "counter_guarantee" } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mld_layer layer = bench_layer(rows[i].quotite);
        layer.attachment = rows[i].attachment;
        layer.cap_rate = rows[i].cap_rate;
        layer.covers = rows[i].covers;
        assert_string_equal(mld_layer_design_of(&layer)->name, rows[i].name);
    }
}

/* Tables that others index by enums and choices keep their order and leave no text empty. */
static void tables(void **state)
{
    (void)state;
    char choices[256] = "";
    for (const struct mld_rating_row *row = mld_ratings; row->name; row++) {
        strncat(choices, row == mld_ratings ? "" : "|", sizeof choices - strlen(choices) - 1);
        strncat(choices, row->name, sizeof choices - strlen(choices) - 1);
        assert_true(row->safe_harbour > 0 && row->label_en[0] && row->label_fr[0]);
    }
    assert_string_equal(choices, MLD_RATING_CHOICES);
    assert_string_equal(mld_payouts[MLD_FINAL_LOSS].name, "final_loss");
    assert_string_equal(mld_payouts[MLD_ON_DEFAULT].name, "on_default");
    for (const struct mld_payout_mode *mode = mld_payouts; mode->name; mode++)
        assert_true(mode->summary_en[0] && mode->summary_fr[0] && mode->source[0]);
    for (const struct mld_layer_design *design = mld_layer_designs; design->name; design++)
        assert_true(design->summary_en[0] && design->summary_fr[0] && design->source[0]);
    assert_true(mld_ceilings[0].ceiling_eur == 300000 && mld_ceilings[1].ceiling_eur == 750000);
}

/* The check sees what is wrong: each series spoilt in turn is told. */
static void check_tells(void **state)
{
    (void)state;
    struct mld_plan *plan = bench_plan(1, 12);
    plan->guarantee.n_layers = 1;
    plan->guarantee.layer[0] = bench_layer(0.5);
    plan->guarantee.layer[0].fee_rate = 0.01;
    plan->guarantee.n_dotations = 1;
    plan->guarantee.dotation[0] = (struct mld_dotation){ .amount = 1e5 };
    bench_derive(plan);
    struct bench_run run;
    const struct mld_guarantee_flows *flows = &run.flows;
    struct bench_deal *b = malloc(sizeof *b);
    assert_non_null(b);
    bench_open(&run, plan, BENCH_WIDTH);
    bench_deal_start(b, plan, 3, 3, BENCH_BOND, 0, 1e6, 8, 0);
    bench_default(b, 4, 5e5, 5);
    bench_add(&run, b);
    bench_close(&run);
    double *spoilt[] = { flows->payout,       flows->owed_back,     flows->fee,
                         flows->balance,      flows->waiting,       flows->counter,
                         flows->covered_loss, flows->cumulated_due, flows->interest };
    for (size_t k = 0; k < sizeof spoilt / sizeof *spoilt; k++) {
        double *at = bench_at(flows, spoilt[k], 3, 6), kept = *at;
        *at -= 1e6;
        struct mld_violation violation = bench_check(plan, flows, 100, BENCH_WIDTH);
        assert_non_null(violation.what);
        assert_int_equal(violation.path, 103);
        assert_int_equal(violation.period, 6);
        assert_int_equal(violation.design, MLD_WITH);
        *at = (double)NAN;
        assert_non_null(bench_check(plan, flows, 100, BENCH_WIDTH).what);
        *at = kept;
    }
    assert_null(bench_check(plan, flows, 100, BENCH_WIDTH).what);
    bench_clear(&run);
    free(b);
    free(plan);
}

static int tell(void **state)
{
    (void)state;
    oracle(
        "Guarantees worked by hand, deal by deal: designs, delays, caps, fees, counter-guarantees",
        "[guarantee_examples.csv](../tests/data/guarantee_examples.csv), made to be read by a "
        "lawyer",
        "1e-5 EUR, and 0 exactly", "%d examples, %ld amounts, largest deviation %.0e EUR",
        n_examples, compared, furthest);
    return 0;
}

int main(void)
{
    static struct CMUnitTest tests[MAX_CASES + 8] = {
        cmocka_unit_test(deal_that_is_not_made), cmocka_unit_test(filters_of_layers),
        cmocka_unit_test(designs), cmocka_unit_test(tables), cmocka_unit_test(check_tells)
    };
    size_t n = 5;
    load_examples(TEST_DATA "/guarantee_examples.csv");
    if (n_examples < 40) {
        fprintf(stderr, "guarantee_examples.csv: only %d examples were read\n", n_examples);
        return 1;
    }
    for (int i = 0; i < n_examples; i++)
        tests[n++] = (struct CMUnitTest){ .name = examples[i].name,
                                          .test_func = run_example,
                                          .initial_state = &examples[i] };
    return _cmocka_run_group_tests("guarantee", tests, n, NULL, tell);
}
