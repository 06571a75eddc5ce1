/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lives of a batch: which issuers moral hazard touches, deals that are kept, and that pools and
 * covers are the sums of these deals. Comparisons are of bits.
 */
#include "support/oracle.h"
#include "support/plans.h"
#include "support/same_covers.h"
#include "support/settle.h"

#include "milliard/simulate.h"

enum { PATHS = 24, FIRST = 100 };

/* Batch FIRST … of a plan up to its deals, and lives of one of its specs. */
struct batch {
    struct mld_plan *plan;
    struct mld_factor_rows factors;
    struct mld_portfolio portfolio;
};

static void start_plan(struct batch *batch, struct mld_plan *plan)
{
    batch->plan = plan;
    assert_int_equal(mld_factor_rows_init(&batch->factors, &batch->plan->model, PATHS), MLD_OK);
    assert_int_equal(mld_portfolio_init(&batch->portfolio, &batch->plan->model, PATHS), MLD_OK);
    mld_factors_fill(&batch->plan->model, FIRST, PATHS, &batch->factors);
    mld_portfolio_fill(&batch->plan->model, FIRST, PATHS, &batch->portfolio);
}

static void start(struct batch *batch, const char *scenario, int n_set, const char *const *set)
{
    char path[4096];
    snprintf(path, sizeof path, PROJECT_SOURCE "/scenarios/%s", scenario);
    start_plan(batch, plan_of_outcome(outcome_of_file(path, n_set, set)));
}

static void stop(struct batch *batch)
{
    mld_factor_rows_clear(&batch->factors);
    mld_portfolio_clear(&batch->portfolio);
    release_plan(batch->plan);
}

static void live(struct mld_lives *lives, const struct batch *batch, int spec, int kept)
{
    assert_int_equal(
        mld_lives_init(lives, &batch->plan->model, &batch->plan->lives[spec], PATHS, kept), MLD_OK);
    mld_lives_fill(lives, &batch->plan->model, &batch->plan->lives[spec], FIRST, PATHS,
                   &batch->factors, &batch->portfolio);
}

/* ---- moral hazard ---- */

#define HAZARD "guarantee.moral_hazard=1.25"
#define STATE "guarantee.layers.state."

/* The first deal of an issuer that a layer covers, in order of date, then of the deals; NULL. */
static const struct mld_deal *first_covered(const struct batch *batch, int issuer)
{
    const struct mld_portfolio *portfolio = &batch->portfolio;
    const struct mld_deal *first = NULL;
    for (int d = 0; d < portfolio->n_deals; d++) {
        const struct mld_deal *deal = &portfolio->deal[d];
        if (deal->issuer == issuer && (!first || deal->period < first->period) &&
            mld_guarantee_layer_of(&batch->plan->guarantee, deal->instrument, deal->form,
                                   deal->sector, deal->amount) >= 0)
            first = deal;
    }
    return first;
}

/* moral_hazard · (1 + hazard_slope · q) of the layer of an issuer's first covered deal */
static double multiple_of(const struct batch *batch, const struct mld_deal *first)
{
    const struct mld_guarantee_spec *spec = &batch->plan->guarantee;
    int layer = first ? mld_guarantee_layer_of(spec, first->instrument, first->form, first->sector,
                                               first->amount)
                      : -1;
    return layer < 0 ? 1
                     : spec->moral_hazard * (1 + spec->hazard_slope * spec->layer[layer].quotite);
}

/*
 * Issuers of a covered deal have the multiple of x·PD of its layer from that deal on, the others 1:
 * what happens to those is what happens without the guarantee, and those default no later.
 */
static void check_hazard(const char *scenario, int n_set, const char *const *set)
{
    struct batch batch;
    struct mld_lives without, with;
    start(&batch, scenario, n_set, set);
    const struct mld_plan *plan = batch.plan;
    assert_int_equal(plan->n_lives, 2);
    assert_true(plan->design[MLD_WITHOUT].lives == 0 && plan->design[MLD_WITH].lives == 1);
    live(&without, &batch, 0, 1);
    live(&with, &batch, 1, 1);
    int issuers = batch.portfolio.n_issuers, earlier = 0;
    int n = 0;
    assert_null(without.hazard);
    for (int i = 0; i < issuers; i++) {
        int before = without.outcomes.default_period[i], after = with.outcomes.default_period[i];
        const struct mld_deal *first = first_covered(&batch, i);
        assert_true(plan->model.hazard[with.hazard[i].level] == multiple_of(&batch, first));
        assert_true(first ? with.hazard[i].from == first->period : with.hazard[i].level == 0);
        assert_true(first ? after <= before : after == before);
        assert_true(after == before || after > first->period);
        earlier += after < before;
        n += first != NULL;
    }
    assert_true(n > 0 && n < issuers);
    assert_true(earlier > 0);
    mld_lives_clear(&without);
    mld_lives_clear(&with);
    stop(&batch);
}

static void moral_hazard_of_covered_issuers(void **state)
{
    (void)state;
    check_hazard("fpci-guaranteed.cfg", 2,
                 (const char *const[]){ HAZARD, STATE "legal_forms=[\"company\"]" });
    check_hazard("fpci-guaranteed.cfg", 2,
                 (const char *const[]){ HAZARD, STATE "ticket_max=1500000" });
    check_hazard("fpci-guaranteed.cfg", 2,
                 (const char *const[]){ HAZARD, STATE "instruments=[\"bond\",\"shares\"]" });
    check_hazard("tape-example.cfg", 2,
                 (const char *const[]){ HAZARD, STATE "sectors=[\"food\"]" });
    check_hazard("stress-recession.cfg", 2,
                 (const char *const[]){ HAZARD, STATE "legal_forms=[\"company\"]" });
    check_hazard("tape-example.cfg", 3,
                 (const char *const[]){ HAZARD, "guarantee.hazard_slope=0.8",
                                        STATE "instruments=[\"participating_loan\"]" });
    check_hazard("tape-example.cfg", 2,
                 (const char *const[]){
                     "guarantee.hazard_slope=2",
                     "guarantee.layers=( { name = \"one\"; instruments = [ \"shares\" ]; quotite = "
                     "0.4; }, { name = \"two\"; instruments = [ \"bond\" ]; quotite = 0.9; } )" });
}

/* ---- worked examples ---- */

enum { EXAMPLE_YEARS = 8, EXAMPLE_ISSUERS = 40 };

/* A case of hazard_examples.csv: survival and what is lost, by period from 1. */
struct example {
    double moral, slope, quotite, pd;
    int covered, periods;
    double survival[EXAMPLE_YEARS], lost[EXAMPLE_YEARS];
};

/* As many issuers alike as there are; a bond below 1,500,000 EUR is not covered, unless all are. */
static struct mld_plan *plan_of_example(const struct example *example)
{
    static char text[16384];
    int used = snprintf(
        text, sizeof text,
        "base = \"fpci-guaranteed.cfg\"; drop = [ \"sensitivity\", \"thesis\", \"fund\", "
        "\"guarantee\", \"instruments.bond.resolutions\" ]; periods_per_year = 1; "
        "horizon_years = 8; recovery_correlation = 0.0;\n"
        "legal_forms = { company = { pd = [ %.17g ]; asset_correlation = 0.0; }; };\n"
        "instruments = { bond = { maturity_years = 40.0; resolutions = ( { name = \"nothing\"; "
        "recovery_mean = 0.0; recovery_sd = 0.0; } ); }; };\n"
        "guarantee = { moral_hazard = %.17g; hazard_slope = %.17g; layers = ( { name = \"state\"; "
        "quotite = %.17g; waiting_years = 4.0; ticket_min = %d.0; } ); };\n"
        "tape = { file = \"invented.csv\"; text = "
        "\"deal,issuer,instrument,legal_form,sector,date,amount\\n",
        example->pd, example->moral, example->slope, example->quotite,
        example->covered ? 1500000 : 0);
    for (int i = 0; i < EXAMPLE_ISSUERS; i++)
        used += snprintf(text + used, sizeof text - (size_t)used,
                         "a%d,I%d,bond,company,care,2027-06-30,1000000\\n"
                         "b%d,I%d,bond,company,care,%d-06-30,2000000\\n",
                         i, i, i, i, 2027 + example->covered);
    assert_true((size_t)used + 8 < sizeof text);
    strcat(text, "\"; };");
    return plan_of_outcome(outcome_of_text(text, PROJECT_SOURCE "/scenarios/x.cfg", 0, NULL));
}

static double lost_by(const struct batch *batch, const struct mld_lives *lives, int issuer)
{
    double lost = 0;
    for (int d = 0; d < batch->portfolio.n_deals; d++)
        if (batch->portfolio.deal[d].issuer == issuer && lives->deal[d].life.made &&
            lives->deal[d].life.default_period >= 0)
            lost += lives->deal[d].life.default_loss;
    return lost;
}

/* An issuer defaults in the first period whose survival is no more than its uniform, e^(−E). */
static int check_example(const struct example *example)
{
    struct batch batch;
    struct mld_lives lives;
    int compared = 0;
    start_plan(&batch, plan_of_example(example));
    live(&lives, &batch, 1, 1);
    for (int i = 0; i < batch.portfolio.n_issuers; i++) {
        double u = exp(-lives.outcomes.threshold[i]);
        int period = 1, found = lives.outcomes.default_period[i];
        while (period <= example->periods && example->survival[period] > u)
            period++;
        if (period > example->periods) {
            assert_true(found > example->periods);
            continue;
        }
        assert_int_equal(found, period);
        assert_true(lost_by(&batch, &lives, i) == example->lost[period]);
        compared++;
    }
    mld_lives_clear(&lives);
    stop(&batch);
    return compared;
}

/* The lines of one case follow each other, period after period. */
static void worked_examples(void **state)
{
    (void)state;
    FILE *file = fopen(TEST_DATA "/hazard_examples.csv", "r");
    struct example example = { .periods = 0 };
    char line[256];
    int cases = 0, compared = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        struct example next = { .periods = 0 };
        double survival, lost;
        if (*line == '#')
            continue;
        assert_int_equal(sscanf(line, "%lf,%lf,%lf,%lf,%d,%d,%lf,%lf", &next.moral, &next.slope,
                                &next.quotite, &next.pd, &next.covered, &next.periods, &survival,
                                &lost),
                         8);
        if (next.periods == 1) {
            compared += cases ? check_example(&example) : 0;
            example = next;
            cases++;
        }
        example.periods = next.periods;
        assert_true(next.periods < EXAMPLE_YEARS);
        example.survival[next.periods] = survival;
        example.lost[next.periods] = lost;
    }
    compared += check_example(&example);
    fclose(file);
    assert_int_equal(cases, 4);
    oracle("PDs that rise from an issuer's first covered deal on, with the quotité, in euros",
           "worked examples, [hazard_examples.csv](../tests/data/hazard_examples.csv)",
           "the same period and loss", "%d cases, %d issuers in default", cases, compared);
}

/* Without moral hazard both designs read the same lives, which count the covers of the one with. */
static void designs_that_agree_share_lives(void **state)
{
    (void)state;
    struct batch batch;
    struct mld_lives lives;
    start(&batch, "fpci-guaranteed.cfg", 1, (const char *const[]){ "guarantee.moral_hazard=1.0" });
    const struct mld_plan *plan = batch.plan;
    assert_true(plan->n_designs == 3 && plan->n_lives == 1 && plan->lives[0].covers.n == 1);
    assert_true(plan->design[MLD_WITHOUT].lives == 0 && plan->design[MLD_WITH].lives == 0);
    assert_null(plan->design[MLD_WITHOUT].guarantee);
    assert_ptr_equal(plan->design[MLD_WITH].guarantee, &plan->guarantee);
    assert_true(plan->design[MLD_KEPT].lives == 0 &&
                plan->design[MLD_KEPT].guarantee->n_layers == 1);
    assert_int_equal(plan->design[MLD_KEPT].guarantee->n_dotations, 0);
    assert_ptr_equal(plan->design[MLD_WITHOUT].fund, &plan->fund);
    live(&lives, &batch, 0, 0);
    assert_null(lives.hazard);
    mld_lives_clear(&lives);
    stop(&batch);
}

/* ---- deals ---- */

static void assert_same_series(const double *a, const double *b, int from, int to)
{
    assert_true(same_bits(a + from, b + from, (size_t)(to - from + 1) * sizeof *a));
}

static void assert_same_contract(const struct mld_contract *a, const struct mld_contract *b)
{
    assert_true(a->ages == b->ages && a->end_age == b->end_age && a->alive == b->alive &&
                a->exit_age == b->exit_age);
    assert_true(a->exit_forced == b->exit_forced &&
                same_bits(&a->exit_proceeds, &b->exit_proceeds, sizeof a->exit_proceeds));
    assert_same_series(a->income, b->income, 0, a->end_age);
    assert_same_series(a->capital, b->capital, 0, a->end_age);
    assert_same_series(a->outstanding, b->outstanding, 0, a->end_age);
    assert_same_series(a->value, b->value, 0, a->end_age);
}

static void assert_same_life(const struct mld_life *a, const struct mld_life *b, int t0)
{
    const double x[] = { a->recovery_rate, a->defaulted_outstanding, a->recovery,
                         a->exit_proceeds, a->forced_discount,       a->default_loss,
                         a->exit_loss };
    const double y[] = { b->recovery_rate, b->defaulted_outstanding, b->recovery,
                         b->exit_proceeds, b->forced_discount,       b->default_loss,
                         b->exit_loss };
    assert_true(same_bits(x, y, sizeof x));
    assert_true(a->last_period == b->last_period && a->default_period == b->default_period &&
                a->resolution == b->resolution);
    assert_true(a->recovery_period == b->recovery_period && a->exit_period == b->exit_period);
    assert_same_series(a->income, b->income, t0, a->last_period);
    assert_same_series(a->capital, b->capital, t0, a->last_period);
    assert_same_series(a->outstanding, b->outstanding, t0, a->last_period);
    assert_same_series(a->nav, b->nav, t0, a->last_period);
}

/* A deal of other lives, to be filled anew. */
static void fill_anew(const struct batch *batch, struct mld_lives *anew, int d)
{
    mld_deal_fill(&batch->plan->model, FIRST, &batch->factors, &batch->portfolio, &anew->outcomes,
                  d, &anew->deal->contract, &anew->deal->life);
}

/* Lives that are kept are those of each deal filled alone. */
static void kept_lives_are_those_of_each_deal(void **state)
{
    (void)state;
    struct batch batch;
    struct mld_lives kept, anew;
    int made = 0;
    start(&batch, "fpci-guaranteed.cfg", 1, (const char *const[]){ HAZARD });
    for (int spec = 0; spec < batch.plan->n_lives; spec++) {
        live(&kept, &batch, spec, 1);
        live(&anew, &batch, spec, 1);
        for (int d = batch.portfolio.n_deals - 1; d >= 0; d--) {
            const struct mld_life *a = &kept.deal[d].life, *b = &anew.deal->life;
            fill_anew(&batch, &anew, d);
            assert_int_equal(a->made, b->made);
            if (!a->made)
                continue;
            assert_same_contract(&kept.deal[d].contract, &anew.deal->contract);
            assert_same_life(a, b, batch.portfolio.deal[d].period);
            made++;
        }
        mld_lives_clear(&kept);
        mld_lives_clear(&anew);
    }
    assert_true(made > 100 * batch.plan->n_lives);
    stop(&batch);
}

static void assert_same_pools(const struct mld_pools *a, const struct mld_pools *b)
{
    size_t series = (size_t)(a->width * a->periods) * sizeof(double),
           paths = PATHS * sizeof(double);
    const double *const x[] = { a->invested, a->income, a->capital, a->outstanding, a->nav };
    const double *const y[] = { b->invested, b->income, b->capital, b->outstanding, b->nav };
    assert_true(a->width == b->width && a->periods == b->periods);
    for (size_t s = 0; s < sizeof x / sizeof *x; s++)
        assert_true(same_bits(x[s], y[s], series));
    assert_true(same_bits(a->loss_by_instrument, b->loss_by_instrument,
                          paths * MLD_INSTRUMENTS * MLD_LOSSES));
    assert_true(same_bits(a->loss_by_form, b->loss_by_form, paths * MLD_MAX_FORMS * MLD_LOSSES));
    assert_true(same_bits(a->cost_by_instrument, b->cost_by_instrument, paths * MLD_INSTRUMENTS));
    assert_true(same_bits(a->largest_issuer, b->largest_issuer, paths) &&
                same_bits(a->loan_cost, b->loan_cost, paths));
    assert_true(same_bits(a->deals, b->deals, PATHS * sizeof(int)) &&
                same_bits(a->defaults, b->defaults, PATHS * sizeof(int)));
}

/* Kept or not, lives add up to the same; and to what their deals add up to, one after the other. */
static void lives_are_the_sums_of_their_deals(void **state)
{
    (void)state;
    static const char *const scenarios[] = { "fpci-guaranteed.cfg", "tape-example.cfg",
                                             "stress-subsidies.cfg" };
    for (size_t s = 0; s < sizeof scenarios / sizeof *scenarios; s++) {
        struct batch batch;
        struct mld_lives kept, sums;
        start(&batch, scenarios[s], 0, NULL);
        int spec = batch.plan->n_lives - 1;
        live(&kept, &batch, spec, 1);
        live(&sums, &batch, spec, 0);
        assert_same_pools(&kept.pools, &sums.pools);
        assert_same_covers((int)s, &kept.covers, &sums.covers);
        assert_true(kept.covers.n > 0);
        settle_start(&sums, PATHS);
        for (int d = 0; d < batch.portfolio.n_deals; d++)
            settle(&sums, batch.plan, &batch.portfolio.deal[d], &kept.deal[d]);
        settle_end(&sums, PATHS);
        assert_same_pools(&kept.pools, &sums.pools);
        assert_same_covers((int)s, &kept.covers, &sums.covers);
        mld_lives_clear(&kept);
        mld_lives_clear(&sums);
        stop(&batch);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(moral_hazard_of_covered_issuers),
                                        cmocka_unit_test(worked_examples),
                                        cmocka_unit_test(designs_that_agree_share_lives),
                                        cmocka_unit_test(kept_lives_are_those_of_each_deal),
                                        cmocka_unit_test(lives_are_the_sums_of_their_deals) };
    return cmocka_run_group_tests_name("lives", tests, NULL, NULL);
}
