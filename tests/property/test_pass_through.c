/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The price of cover that goes back to issuers (model, section 14): in euros, from the flows of
 * paths, and that what issuers gain the fund loses.
 */
#include "support/oracle.h"
#include "support/plans.h"
#include "support/price.h"
#include "support/run_case.h"

#include "milliard/simulate.h"

enum { PATHS = 400 };

/* ---- worked examples ---- */

#define HEADER "deal,issuer,instrument,legal_form,sector,date,amount\\n"

/* A scheme without defaults, of one deal, or of what `tape` says. */
static struct mld_plan *scheme(const char *instrument, const char *terms, const char *guarantee,
                               const char *tape)
{
    char text[4096];
    snprintf(text, sizeof text,
             "base = \"fpci-guaranteed.cfg\"; drop = [ \"sensitivity\", \"thesis\", \"fund\", "
             "\"guarantee\" ]; periods_per_year = 1; horizon_years = 12;\n"
             "legal_forms = { company = { pd = [ 0.0 ]; surplus_mean = 0.2; surplus_sd = 0.0; "
             "asset_correlation = 0.0; }; };\n"
             "instruments = { %s = { %s; }; };\n"
             "guarantee = { layers = ( { name = \"state\"; quotite = 0.8; fee_rate = 0.01; } ); "
             "%s };\n"
             "tape = { file = \"invented.csv\"; text = \"" HEADER "%s\"; };",
             instrument, terms, guarantee, tape);
    struct mld_plan *plan = plan_of_outcome(outcome_of_text(text, PROJECT_SOURCE "/scenarios/x.cfg",
                                                            0, NULL));
    price(plan);
    return plan;
}

static struct mld_workspace *simulated(const struct mld_plan *plan, int paths)
{
    struct mld_workspace *workspace = NULL;
    assert_int_equal(mld_workspace_create(plan, paths, MLD_KEEP_TRACE, &workspace), MLD_OK);
    mld_simulate(plan, 0, paths, workspace);
    assert_null(workspace->violation.what);
    return workspace;
}

static double value_of(const struct mld_workspace *workspace, int design, const char *measure,
                       int path)
{
    return workspace->design[design].value[mld_measure_named(measure) * workspace->width + path];
}

static double income(const struct mld_workspace *workspace, const struct mld_plan *plan, int design,
                     int path)
{
    const struct mld_pools *pools = &workspace->lives[plan->design[design].lives].pools;
    double sum = 0;
    for (int t = 0; t < pools->periods; t++)
        sum += pools->income[t * pools->width + path];
    return sum;
}

static void check_example(char *line)
{
    char tape[256], *instrument = strtok(line, ","), *terms = strtok(NULL, ",");
    double full = strtod(strtok(NULL, ","), NULL), paid = strtod(strtok(NULL, ","), NULL),
           at_zero = strtod(strtok(NULL, ","), NULL);
    snprintf(tape, sizeof tape, "D,I,%s,company,care,2027-06-30,1000000\\n", instrument);
    struct mld_plan *plan = scheme(instrument, terms,
                                   "pass_through = 0.5; pass_through_price = 0.05;", tape);
    assert_true(fabs(mld_plan_rate_cut(plan) - 0.02) < 1e-15);
    struct mld_workspace *workspace = simulated(plan, 1);
    /* a cent: the file gives them to a tenth */
    assert_true(fabs(income(workspace, plan, MLD_WITHOUT, 0) - full) < 0.01);
    assert_true(fabs(income(workspace, plan, MLD_WITH, 0) - paid) < 0.01);
    assert_true(fabs(value_of(workspace, MLD_WITH, "interest_spared", 0) - (full - paid)) < 0.01);
    assert_true(value_of(workspace, MLD_WITH, "rates_at_zero", 0) == at_zero);
    mld_workspace_free(workspace);
    release_plan(plan);
}

static void worked_examples(void **state)
{
    (void)state;
    FILE *file = fopen(TEST_DATA "/pass_through_examples.csv", "r");
    char line[512];
    int n = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file))
        if (*line != '#') {
            check_example(line);
            n++;
        }
    fclose(file);
    oracle("Rates that fall by part of the price of cover, in euros",
           "worked examples, [pass_through_examples.csv](../tests/data/pass_through_examples.csv)",
           "1 cent", "equal, %d deals", n);
}

/*
 * Two deals of 1,000,000 EUR default in year 1, for certain but for 1e-4, and nothing comes back. A
 * bond, and shares: losses 2,000,000, of which the cap covers 800,000; due 0.5 × 800,000, half of
 * it on debt: 200,000. Guaranteed through year 1: 0.5 × 1,000,000 of debt. So the price is 0.4; the
 * fee is 1 % and 2 % upfront of the same: 0.03.
 */
static void a_price_in_euros(void **state)
{
    (void)state;
    const char *text =
        "base = \"fpci-guaranteed.cfg\"; drop = [ \"sensitivity\", \"thesis\", \"fund\", "
        "\"guarantee\", \"instruments.bond.resolutions\", \"instruments.shares.resolutions\" ]; "
        "periods_per_year = 1; horizon_years = 12; run = { paths = 50; };\n"
        "legal_forms = { company = { pd = [ 1.0 ]; asset_correlation = 0.0; }; };\n"
        "instruments = { bond = { resolutions = ( { recovery_mean = 0.0; recovery_sd = 0.0; } ); "
        "}; shares = { resolutions = ( { recovery_mean = 0.0; recovery_sd = 0.0; } ); }; };\n"
        "guarantee = { layers = ( { name = \"state\"; quotite = 0.5; cap_rate = 0.4; fee_rate = "
        "0.01; fee_upfront = 0.02; } ); pass_through = 0.25; };\n"
        "tape = { file = \"invented.csv\"; text = \"" HEADER
        "A,I,bond,company,care,2027-06-30,1000000\\nB,J,shares,company,care,2027-06-30,"
        "1000000\\n\"; };";
    struct mld_plan *plan = plan_of_outcome(outcome_of_text(text, PROJECT_SOURCE "/scenarios/x.cfg",
                                                            0, NULL));
    struct mld_workspace *workspace = simulated(plan, 1);
    assert_true(fabs(value_of(workspace, MLD_WITH, "debt_dues", 0) - 200000) < 1e-6);
    assert_true(fabs(value_of(workspace, MLD_WITH, "debt_fee_base", 0) - 500000) < 1e-6);
    assert_true(fabs(value_of(workspace, MLD_WITH, "debt_fees", 0) - 15000) < 1e-6);
    mld_workspace_free(workspace);
    price(plan);
    assert_true(fabs(plan->cover_price.price - 0.4) < 1e-12);
    assert_true(fabs(plan->cover_price.fee - 0.03) < 1e-12);
    assert_true(fabs(mld_plan_rate_cut(plan) - 0.25 * 0.37) < 1e-12);
    release_plan(plan);
}

/* ---- any scenario ---- */

#define PLAIN "run.paths=400", "guarantee.layers.state.fee_upfront=0.001"

static struct run_case run_with(const char *scenario, const char *pass_through, const char *more)
{
    const char *set[] = { PLAIN, pass_through, more };
    struct run_case run;
    run_case_start(&run, scenario, 4, set, 2, 0);
    return run;
}

static const double *column(const struct run_case *run, int design, const char *measure)
{
    return run->column[design] + (size_t)mld_measure_named(measure) * run->paths;
}

static double mean(const struct run_case *run, int design, const char *measure)
{
    double sum = 0;
    for (size_t p = 0; p < run->paths; p++)
        sum += column(run, design, measure)[p];
    return sum / (double)run->paths;
}

/* Nothing passed through is nothing changed, whatever the price would be. */
static void nothing_passed_is_nothing_changed(void **state)
{
    (void)state;
    struct run_case plain = run_with("fpci-guaranteed.cfg", "guarantee.pass_through=0",
                                     "guarantee.hazard_slope=0");
    struct run_case priced = run_with("fpci-guaranteed.cfg", "guarantee.pass_through=0",
                                      "guarantee.pass_through_price=0.5");
    size_t size = (size_t)mld_measure_count() * plain.paths * sizeof(double);
    assert_int_equal(plain.plan->n_lives, 1);
    for (int d = 0; d < plain.designs; d++)
        assert_memory_equal(plain.column[d], priced.column[d], size);
    run_case_end(&plain);
    run_case_end(&priced);
}

/* The price is that of the exported flows, whose losses and dues it leaves alone. */
static void the_price_by_hand(void **state)
{
    (void)state;
    static const char *const scenarios[] = { "fpci-guaranteed.cfg", "scheme-national-15.cfg",
                                             "fpci-guaranteed-capped.cfg" };
    for (int i = 0; i < 3; i++) {
        struct run_case run = run_with(scenarios[i], "guarantee.pass_through=0.6",
                                       "guarantee.moral_hazard=1.2");
        int fully = mld_design_fully_paid(run.designs);
        double base = mean(&run, fully, "debt_fee_base"),
               price = mean(&run, fully, "debt_dues") / base,
               fee = mean(&run, fully, "debt_fees") / base, due = mean(&run, fully, "payouts_due");
        assert_true(price > fee && fee > 0);
        assert_true(mean(&run, fully, "debt_dues") < due);
        assert_true(base < mean(&run, fully, "fee_base"));
        /* sums of 400 numbers in another order */
        assert_true(fabs(run.plan->cover_price.price - price) < 1e-12 * price);
        assert_true(fabs(run.plan->cover_price.fee - fee) < 1e-12 * fee);
        run_case_end(&run);
    }
}

/* Given the price that it found, a run is the run that found it. */
static void a_price_that_is_given(void **state)
{
    (void)state;
    char given[80];
    struct run_case found = run_with("fpci-guaranteed.cfg", "guarantee.pass_through=0.6",
                                     "guarantee.moral_hazard=1");
    snprintf(given, sizeof given, "guarantee.pass_through_price=%.17g",
             found.plan->cover_price.price);
    struct run_case same = run_with("fpci-guaranteed.cfg", "guarantee.pass_through=0.6", given);
    size_t size = found.paths * sizeof(double);
    for (int d = 0; d < found.designs; d++)
        assert_memory_equal(column(&found, d, "net_irr_a"), column(&same, d, "net_irr_a"), size);
    run_case_end(&found);
    run_case_end(&same);
}

/* Path by path, to the cent: interest that the fund has not got is what issuers were spared. */
static void what_issuers_gain_the_fund_loses(void **state)
{
    (void)state;
    const char *set[] = { "run.paths=64", "guarantee.pass_through=0.8",
                          "guarantee.layers.state.fee_rate=0.002" };
    struct run_case run = run_case_of_outcome(
        outcome_of_file(PROJECT_SOURCE "/scenarios/fpci-guaranteed.cfg", 3, set));
    price(run.plan);
    struct mld_workspace *workspace = simulated(run.plan, 64);
    const struct mld_pools *full = &workspace->lives[0].pools, *cut = &workspace->lives[1].pools;
    assert_int_equal(run.plan->n_lives, 2);
    for (int p = 0; p < 64; p++) {
        double spared = value_of(workspace, MLD_KEPT, "interest_spared", p),
               lost = income(workspace, run.plan, MLD_WITHOUT, p) -
                      income(workspace, run.plan, MLD_KEPT, p);
        assert_true(spared > 0 && fabs(spared - lost) < 0.01);
    }
    for (int t = 0; t < full->periods; t++)
        assert_memory_equal(full->capital + t * full->width, cut->capital + t * cut->width,
                            64 * sizeof(double));
    mld_workspace_free(workspace);
    run_case_end(&run);
}

/* The more goes back, the less A has, and the more issuers. */
static void more_for_issuers_is_less_for_a(void **state)
{
    (void)state;
    static const char *const part[] = { "guarantee.pass_through=0.1", "guarantee.pass_through=0.5",
                                        "guarantee.pass_through=1" };
    double irr = 1, spared = 0;
    for (int i = 0; i < 3; i++) {
        struct run_case run = run_with("fpci-guaranteed.cfg", part[i],
                                       "guarantee.layers.state.quotite=0.8");
        double now = mean(&run, MLD_KEPT, "net_irr_a"),
               gain = mean(&run, MLD_KEPT, "interest_spared");
        assert_true(now < irr && gain > spared);
        irr = now;
        spared = gain;
        run_case_end(&run);
    }
}

/* A fee above what cover costs leaves rates alone. */
static void a_fee_above_the_price(void **state)
{
    (void)state;
    struct run_case run = run_with("scheme-national-15.cfg", "guarantee.pass_through=1",
                                   "guarantee.layers.state.fee_rate=0.1");
    assert_int_equal(run.plan->n_lives, 1);
    assert_true(mld_plan_rate_cut(run.plan) == 0);
    assert_true(mean(&run, MLD_WITH, "interest_spared") == 0);
    run_case_end(&run);
}

/* No number moves with threads; a plan without its price is not run. */
static void a_first_pass_is_a_stage(void **state)
{
    (void)state;
    const char *set[] = { "run.paths=5000", "guarantee.pass_through=0.5",
                          "guarantee.layers.state.fee_upfront=0.001" };
    struct mld_cover_price first = { .known = 0 };
    for (int threads = 1; threads <= 3; threads += 2) {
        struct mld_plan *plan = plan_of_outcome(
            outcome_of_file(PROJECT_SOURCE "/scenarios/fpci-guaranteed.cfg", 3, set));
        const struct mld_first_pass_options options = { .threads = threads };
        const struct mld_run_options lean = { .threads = threads, .lean = 1 };
        struct mld_summary summary;
        struct mld_run_result result;
        assert_true(mld_first_pass_needed(plan));
        assert_int_equal(mld_run(plan, NULL, &lean, NULL, &summary, &result, NULL), MLD_ERR_USAGE);
        assert_int_equal(mld_first_pass(plan, plan->paths, &options, NULL), MLD_OK);
        assert_false(mld_first_pass_needed(plan));
        if (threads == 1)
            first = plan->cover_price;
        assert_memory_equal(&first.price, &plan->cover_price.price, sizeof first.price);
        assert_memory_equal(&first.fee, &plan->cover_price.fee, sizeof first.fee);
        release_plan(plan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_examples),
        cmocka_unit_test(a_price_in_euros),
        cmocka_unit_test(nothing_passed_is_nothing_changed),
        cmocka_unit_test(the_price_by_hand),
        cmocka_unit_test(a_price_that_is_given),
        cmocka_unit_test(what_issuers_gain_the_fund_loses),
        cmocka_unit_test(more_for_issuers_is_less_for_a),
        cmocka_unit_test(a_fee_above_the_price),
        cmocka_unit_test(a_first_pass_is_a_stage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
