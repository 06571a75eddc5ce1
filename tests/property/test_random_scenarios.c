/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Laws that any valid scenario obeys, on scenarios drawn at random from the tables of parameters
 * (fixed seeds) around the shipped ones: funds and schemes that draw their deals, and a tape. Every
 * run is also checked by the identities of the model, section 10, which stop it when money is lost.
 */
#include "support/random_scenario.h"
#include "support/oracle.h"
#include "support/run_case.h"
#include "support/settle.h"

#include <unistd.h>

/* Twice as many in test_long_random_scenarios.c. */
#ifndef SCENARIOS
enum { SCENARIOS = 24 };
#endif
enum { PATHS = 64 };

/* What a shipped scenario has, as its plan says: the keys that a draw sets take none of it away,
 * nor add any. */
struct traits {
    const char *base;
    int guarantee, thesis; /* of which all deals are made */
};
static struct traits traits[RANDOM_BASES];

static int read_traits(void **state)
{
    (void)state;
    for (int i = 0; i < RANDOM_BASES; i++) {
        const struct variant variant = { .base = random_bases[i] };
        struct outcome outcome = outcome_of_variant(&variant);
        if (outcome.status == MLD_OK)
            traits[i] = (struct traits){ random_bases[i], outcome.plan->guarantee.present,
                                         outcome.plan->model.has_thesis &&
                                             !outcome.plan->fund.recycling.present };
        outcome_clear(&outcome);
        if (!traits[i].base)
            return -1;
    }
    return 0;
}

static const struct traits *traits_of(const char *base)
{
    const struct traits *t = traits;
    while (strcmp(t->base, base) != 0)
        t++;
    return t;
}

enum wanted { WITH_GUARANTEE, WITH_THESIS };

/* The number-th of the shipped scenarios that have a guarantee, or a thesis; the first again after
 * the last. */
static const char *base_with(enum wanted wanted, int number)
{
    for (int i = 0;; i++) {
        const struct traits *t = &traits[i % RANDOM_BASES];
        if ((wanted == WITH_GUARANTEE ? t->guarantee : t->thesis) && number-- == 0)
            return t->base;
    }
}

/* A scenario simulated. */
struct simulated {
    struct outcome of;
    struct mld_plan *plan;
    struct mld_workspace *workspace;
};

static struct simulated simulate_with(const struct variant *variant, const char *more, ...)
    __attribute__((format(printf, 2, 3)));
static struct simulated simulate_with(const struct variant *variant, const char *more, ...)
{
    struct variant whole;
    struct simulated run;
    va_list arguments;
    char set[RANDOM_TEXT];
    va_start(arguments, more);
    vsnprintf(set, sizeof set, more, arguments);
    va_end(arguments);
    variant_copy(&whole, variant);
    variant_add(&whole, "%s", set);
    run.of = outcome_of_variant(&whole);
    run.plan = run.of.plan;
    for (size_t i = 0; !run.plan && i < run.of.messages.count; i++)
        print_error("%s\n", run.of.messages.text[i]);
    assert_non_null(run.plan);
    assert_int_equal(mld_workspace_create(run.plan, PATHS, MLD_KEEP_TRACE, &run.workspace), MLD_OK);
    mld_simulate(run.plan, 0, PATHS, run.workspace);
    assert_null(run.workspace->violation.what);
    return run;
}

static void simulated_end(struct simulated *run)
{
    mld_workspace_free(run->workspace);
    outcome_clear(&run->of);
}

/* ---- threads and batches ---- */

static void assert_same_columns(const struct run_case *a, const struct run_case *b)
{
    for (int design = 0; design < a->designs; design++)
        assert_memory_equal(a->column[design], b->column[design],
                            (size_t)mld_measure_count() * a->paths * sizeof(double));
}

/* Keys that some scenario sets, by name of their row: each is noted once. */
struct noted {
    const struct mld_param *row[512];
    int n, keys;
};

static void note(struct noted *noted, const struct variant *variant)
{
    for (int i = RANDOM_FIXED; i < variant->n; i++, noted->keys++) {
        char key[RANDOM_TEXT];
        snprintf(key, sizeof key, "%.*s", (int)strcspn(variant->set[i], "="), variant->set[i]);
        const struct mld_param *row = mld_param_named(key);
        int known = 0;
        for (int j = 0; j < noted->n; j++)
            known |= noted->row[j] == row;
        if (!known && noted->n < 512)
            noted->row[noted->n++] = row;
    }
}

/* No number hangs on threads or batches, and no run of a valid scenario loses money. */
static void threads_and_batches_change_nothing(void **state)
{
    (void)state;
    static const int ways[][2] = { { 2, 24 }, { 7, 8 } };
    struct dice dice = { 1 };
    struct noted noted = { .n = 0 };
    for (int i = 0; i < SCENARIOS; i++) {
        struct variant variant;
        variant_draw(&variant, random_bases[i % RANDOM_BASES], PATHS, i, &dice);
        note(&noted, &variant);
        struct run_case one, other;
        run_case_start(&one, variant.base, variant.n, variant.set, 1, 64);
        for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
            run_case_again(&other, &one, ways[w][0], ways[w][1]);
            assert_same_columns(&one, &other);
            run_case_end(&other);
        }
        run_case_end(&one);
    }
    assert_true(noted.n > 100);
    oracle("Whole runs of scenarios drawn from the tables of parameters, in three ways to share "
           "the work",
           "the identities of model, section 10, checked by the run; the same run",
           "1e-6 EUR; the same bits",
           "%d scenarios, %d keys set, of %d rows of the tables: all keep them, all equal",
           SCENARIOS, noted.keys, noted.n);
}

/* ---- what a file keeps ---- */

static const char *one_of(const char *const *choice, int n, struct dice *dice)
{
    return choice[(int)(roll(dice) * n)];
}

/* The keys of the block run, which move no number, and whose lists need measures' names. */
static void draw_kept(struct variant *variant, struct dice *dice)
{
    static const char *const measures[] = { "all", "none", "listed" },
                             *const storage[] = { "double", "single" },
                             *const fans[] = { "all", "first" },
                             *const trajectories[] = { "none", "first", "all" };
    char names[RANDOM_TEXT - 32] = "";
    for (int i = 0; i < mld_measure_count(); i++)
        if (roll(dice) < 0.06 && strlen(names) + MLD_MAX_NAME + 8 < sizeof names)
            snprintf(names + strlen(names), sizeof names - strlen(names), "%s\"%s\"",
                     *names ? ", " : "", mld_measures[i].name);
    variant_add(variant, "run.measures=%s", one_of(measures, 3, dice));
    variant_add(variant, "run.measures_listed=[ %s ]", names);
    variant_add(variant, "run.storage=%s", one_of(storage, 2, dice));
    variant_add(variant, "run.fans=%s", one_of(fans, 2, dice));
    variant_add(variant, "run.trajectories=%s", one_of(trajectories, 3, dice));
    variant_add(variant, "run.trajectories_first=%d", (int)(roll(dice) * PATHS));
    if (roll(dice) < 0.5)
        variant_add(variant, "run.precision=[ \"payouts <= %g\", \"without.gross_irr.sd<=1\" ]",
                    1 + roll(dice));
    variant_add(variant, "run.paths_at_most=%d", PATHS + (int)(roll(dice) * PATHS));
}

/* Columns of the file are those in memory, as its plan keeps them. Gives how many there are. */
static int assert_kept(const struct mld_results *results, const struct run_case *run)
{
    double column[PATHS];
    int kept = 0;
    for (int design = 0; design < run->designs; design++)
        for (int i = 0; i < mld_measure_count(); i++) {
            const char *name = mld_measures[i].name;
            const double *simulated = run_case_column(run, design, name);
            int asked = mld_plan_keeps(run->plan, i) &&
                        mld_measure_applies(&run->plan->design[design], run->plan->model.n_forms,
                                            i);
            assert_memory_equal(&mld_results_summary(results)->measure[design][i],
                                &run->summary.measure[design][i], sizeof(struct mld_statistics));
            assert_int_equal(mld_results_has_measure(results, design, name), asked);
            if (!asked)
                continue;
            assert_int_equal(mld_results_measure(results, design, name, column), MLD_OK);
            for (int p = 0; p < PATHS; p++) {
                double value = mld_plan_stored(run->plan, simulated[p]);
                assert_true(memcmp(&column[p], &value, sizeof value) == 0 || isnan(value));
                assert_int_equal(isnan(column[p]), isnan(value));
            }
            kept++;
        }
    return kept;
}

/* Whatever a scenario asks to keep: the file has it, has no more, and a path replayed finds it. */
static void files_hold_what_is_asked(void **state)
{
    (void)state;
    struct dice dice = { 9 };
    int columns = 0, replayed = 0;
    for (int i = 0; i < SCENARIOS / 2; i++) {
        struct variant variant;
        char path[] = "/tmp/milliard-kept-XXXXXX.h5";
        int descriptor = mkstemps(path, 3);
        assert_true(descriptor >= 0 && close(descriptor) == 0 && remove(path) == 0);
        variant_draw(&variant, random_bases[i % RANDOM_BASES], PATHS, i, &dice);
        draw_kept(&variant, &dice);
        struct run_case run;
        struct mld_run_options options = { .threads = 2 };
        struct mld_summary summary;
        struct mld_run_result result;
        struct mld_results *results;
        struct mld_replay *replay;
        run_case_start(&run, variant.base, variant.n, variant.set, 1, 64);
        assert_int_equal(mld_run(run.plan, run.scenario, &options, path, &summary, &result, NULL),
                         MLD_OK);
        assert_int_equal(mld_results_open(path, &results, NULL), MLD_OK);
        columns += assert_kept(results, &run);
        assert_int_equal(mld_results_trajectories(results), mld_plan_trajectories(run.plan));
        assert_int_equal(mld_replay_create(results, (size_t)(roll(&dice) * PATHS), &replay, NULL),
                         MLD_OK);
        replayed += replay->measures;
        mld_replay_free(replay);
        mld_results_close(results);
        remove(path);
        mld_summary_clear(&summary);
        run_case_end(&run);
    }
    if (columns != replayed || columns <= 10 * SCENARIOS)
        fail_msg("%d columns, %d replayed", columns, replayed);
}

/* ---- cumulated payouts due ---- */

/* P(t) of each path of a run of that layer, [period][path]; T periods. */
static double *cumulated_due(const struct variant *variant, const char *more, int *periods)
{
    struct simulated run = simulate_with(variant, "%s", more);
    const struct mld_guarantee_flows *flows = &run.workspace->design[MLD_WITH].guarantee;
    *periods = run.plan->model.grid.periods;
    double *due = malloc((size_t)(PATHS * *periods) * sizeof(double));
    assert_non_null(due);
    for (int t = 0; t < *periods; t++)
        memcpy(due + t * PATHS, flows->cumulated_due + t * flows->width, PATHS * sizeof(double));
    simulated_end(&run);
    return due;
}

/*
 * `generous` owes at no time less than `strict`; 1e-6 EUR: rounding of sums of 1e8 EUR. Gives how
 * many times more.
 */
static int assert_never_less(const struct variant *variant, const char *strict,
                             const char *generous)
{
    int periods, above = 0;
    double *low = cumulated_due(variant, strict, &periods),
           *high = cumulated_due(variant, generous, &periods);
    for (int i = 0; i < PATHS * periods; i++) {
        assert_true(high[i] >= low[i] - 1e-6);
        above += high[i] > low[i] + 1;
    }
    free(low);
    free(high);
    return above;
}

/*
 * Model, section 10: more quotité, a higher cap or a lower attachment never lower what is due
 * (moral hazard 1, and none that grows with the quotité; nothing passed through).
 */
static void more_cover_never_owes_less(void **state)
{
    (void)state;
    struct dice dice = { 2 };
    int above[3] = { 0 }, layers = SCENARIOS / 4;
    for (int i = 0; i < layers; i++) {
        struct variant variant;
        variant_draw(&variant, base_with(WITH_GUARANTEE, i), PATHS, i, &dice);
        variant_add(&variant, "guarantee.moral_hazard=1.0");
        variant_add(&variant, "guarantee.hazard_slope=0");
        variant_add(&variant, "guarantee.pass_through=0");
        /* more fees could ask for more than the commitments */
        variant_add(&variant, "guarantee.layers.state.fee_payer=issuer");
        above[0] += assert_never_less(&variant, "guarantee.layers.state.quotite=0.4",
                                      "guarantee.layers.state.quotite=0.7");
        above[1] += assert_never_less(&variant, "guarantee.layers.state.cap_rate=0.04",
                                      "guarantee.layers.state.cap_rate=0.12");
        above[2] += assert_never_less(&variant, "guarantee.layers.state.attachment=0.08",
                                      "guarantee.layers.state.attachment=0.02");
    }
    assert_true(above[0] && above[1] && above[2]); /* else the test compared nothing */
    oracle("What a layer owes never falls with more quotité, a higher cap or a lower attachment",
           "model, section 10", "1e-6 EUR", "%d random layers, %d paths each, every period", layers,
           PATHS);
}

/* ---- money ---- */

/* Copies a row of a tape with its amount, the seventh cell, times `scale`. */
static void write_row(FILE *to, const char *row, double scale)
{
    const char *amount = row;
    for (int commas = 0; commas < 6; amount++)
        commas += *amount == ',';
    fprintf(to, "%.*s%.17g%s", (int)(amount - row), row, atof(amount) * scale, strchr(amount, ','));
}

/* The first row of the same issuer, the second cell. */
static int first_of_issuer(char row[64][256], int i)
{
    const char *issuer = strchr(row[i], ',');
    size_t length = strcspn(issuer + 1, ",") + 2;
    for (int j = 1;; j++)
        if (!strncmp(strchr(row[j], ','), issuer, length))
            return j;
}

/*
 * The example's tape with every amount times `scale`, issuer after issuer from the last to the
 * first when `shuffled`, one more deal when `added`; `path` becomes that of a temporary file for
 * the caller to remove. Deals of one issuer keep their order: of first deals in one period the
 * order of the file decides (model, section 3).
 */
static void write_tape(char path[64], double scale, int shuffled, int added)
{
    static char row[64][256];
    int n = 0;
    FILE *from = fopen(PROJECT_SOURCE "/scenarios/tapes/example-40.csv", "r");
    assert_non_null(from);
    while (n < 64 && fgets(row[n], sizeof row[n], from))
        n++;
    fclose(from);
    strcpy(path, "/tmp/milliard-tape-XXXXXX");
    int descriptor = mkstemp(path);
    FILE *to = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    assert_non_null(to);
    fputs(row[0], to);
    for (int i = 1; i < n && !shuffled; i++)
        write_row(to, row[i], scale);
    for (int first = n - 1; first > 0 && shuffled; first--)
        for (int i = first; i < n; i++)
            if (first_of_issuer(row, i) == first)
                write_row(to, row[i], scale);
    if (added) /* so small that the commitments of a scenario drawn have room for it */
        fprintf(to, "D99,Exemple Nouveau,bond,company,food,2027-05-01,%.17g,,,,\n", 1000 * scale);
    assert_int_equal(fclose(to), 0);
}

/* Every amount of the tables times `scale`; the tape's own are those of its file. */
static void scale_money(struct variant *scaled, const struct variant *from, double scale,
                        const char *tape)
{
    size_t n;
    struct outcome outcome = outcome_of_variant(from);
    assert_int_equal(outcome.status, MLD_OK);
    const struct mld_echo *echo = mld_plan_echo(outcome.plan, &n);
    variant_copy(scaled, from);
    for (size_t i = 0; i < n; i++)
        if (!strcmp(echo[i].unit, "EUR") && strcmp(echo[i].value, "\"none\"") &&
            echo[i].origin != MLD_UNUSED)
            variant_add(scaled, "%s=%.17g", echo[i].key, scale * strtod(echo[i].value, NULL));
    if (!traits_of(from->base)->thesis)
        variant_add(scaled, "tape.file=%s", tape);
    outcome_clear(&outcome);
}

static void compare_scaled(const struct run_case *a, const struct run_case *b, double scale,
                           double tolerance)
{
    for (int design = 0; design < a->designs; design++)
        for (int i = 0; i < mld_measure_count(); i++) {
            if (!mld_measure_applies(&a->plan->design[design], a->plan->model.n_forms, i) ||
                !strcmp(mld_measures[i].name, "above_de_minimis") || mld_measure_indicator(i) >= 0)
                continue; /* the law's ceiling, and a million, are in euros and stay */
            double times = strcmp(mld_measures[i].unit, "EUR") ? 1 : scale;
            for (size_t p = 0; p < a->paths; p++) {
                double x = times * a->column[design][(size_t)i * a->paths + p],
                       y = b->column[design][(size_t)i * a->paths + p];
                if (!(isnan(x) && isnan(y)) &&
                    !(fabs(x - y) <= tolerance * (1e5 * times + fabs(x))))
                    fail_msg("%s of path %zu: %.17g and %.17g", mld_measures[i].name, p, x, y);
            }
        }
}

/* Tickets of a thesis, grants of an endowment. */
static int draws_amounts(const struct variant *variant)
{
    for (int k = 0; k < variant->n; k++)
        if (!strncmp(variant->set[k], "endowment", strlen("endowment")))
            return 1;
    return traits_of(variant->base)->thesis;
}

/*
 * All euros times 1024, a power of two: every amount 1024 times and every rate the same, of a tape
 * to the last bit. The law of a thesis's tickets has the logarithms of their mean and bounds, so
 * that its amounts agree to 1e-9 only.
 */
static void money_scales(void **state)
{
    (void)state;
    struct dice dice = { 3 };
    char once[64], scaled[64];
    int scenarios = SCENARIOS / 4, tapes = 4;
    write_tape(once, 1, 0, 0);
    write_tape(scaled, 1024, 0, 0);
    for (int i = 0; i < scenarios + tapes; i++) {
        struct variant variant, small, large;
        variant_draw(&variant, i < scenarios ? base_with(WITH_THESIS, i) : "tape-example.cfg",
                     PATHS, i, &dice);
        scale_money(&small, &variant, 1, once);
        scale_money(&large, &variant, 1024, scaled);
        struct run_case a, b;
        run_case_start(&a, small.base, small.n, small.set, 1, 64);
        run_case_start(&b, large.base, large.n, large.set, 1, 64);
        compare_scaled(&a, &b, 1024, draws_amounts(&small) ? 1e-9 : 0);
        run_case_end(&a);
        run_case_end(&b);
    }
    remove(once);
    remove(scaled);
    oracle("Runs with all money times 1024",
           "model: no amount but those of the tables and the tape",
           "the same bits; 1e-9 for a thesis or an endowment",
           "%d random scenarios of a thesis and %d of a tape: amounts 1024 times, rates the same",
           scenarios, tapes);
}

/* ---- order of deals ---- */

/* Takes a key out again: of one date the order of deals decides who is followed, and who waits. */
static void without(struct variant *variant, const char *key)
{
    for (int k = variant->n - 1; k >= RANDOM_FIXED; k--)
        if (strstr(variant->set[k], key))
            variant_remove(variant, k);
}

/* Candidates are made, or not, in their order; without them the volume may be too much. */
static void without_candidates(struct variant *variant)
{
    int drawn = variant->n;
    without(variant, "fund.recycling=");
    if (variant->n < drawn)
        without(variant, "thesis.volume=");
    make_valid(variant);
}

/*
 * The order of a tape's rows changes sums by their rounding only: 1e-9 of 1e5 EUR or of the number,
 * some thousand roundings.
 */
static void order_of_a_tape_does_not_matter(void **state)
{
    (void)state;
    struct dice dice = { 4 };
    char once[64], shuffled[64];
    write_tape(once, 1, 0, 0);
    write_tape(shuffled, 1, 1, 0);
    for (int i = 0; i < SCENARIOS / 8; i++) {
        struct variant first, last;
        variant_draw(&first, "tape-example.cfg", PATHS, i, &dice);
        without(&first, "fund.closings=");
        without_candidates(&first);
        variant_copy(&last, &first);
        variant_add(&first, "tape.file=%s", once);
        variant_add(&last, "tape.file=%s", shuffled);
        struct run_case a, b;
        run_case_start(&a, first.base, first.n, first.set, 1, 64);
        run_case_start(&b, last.base, last.n, last.set, 1, 64);
        compare_scaled(&a, &b, 1, 1e-9);
        run_case_end(&a);
        run_case_end(&b);
    }
    remove(once);
    remove(shuffled);
}

/* The lives of mld_lives_fill() without moral hazard, the deals of each path settled from the last
 * to the first. */
static void live_backwards(const struct mld_plan *plan, const struct mld_workspace *w,
                           struct mld_lives *lives)
{
    mld_issuers_fill(&plan->model, 0, 0, PATHS, &w->factors, &w->portfolio, NULL, &lives->outcomes);
    settle_start(lives, PATHS);
    if (plan->fund.present)
        mld_holdings_reset(&lives->holdings, &w->portfolio, PATHS);
    lives->pools.waited = w->portfolio.waited;
    lives->pools.periods_waited = w->portfolio.periods_waited;
    for (int p = 0; p < PATHS; p++)
        for (int d = w->portfolio.first_deal[p + 1] - 1; d >= w->portfolio.first_deal[p]; d--) {
            struct mld_deal_life *life = lives->deal;
            mld_deal_fill(&plan->model, 0, &w->factors, &w->portfolio, &lives->outcomes, d,
                          &life->contract, &life->life);
            settle(lives, plan, &w->portfolio.deal[d], life);
            if (plan->fund.present)
                mld_holdings_add(&lives->holdings, &plan->model, &w->portfolio.deal[d],
                                 &life->life);
        }
    settle_end(lives, PATHS);
    if (plan->fund.present)
        mld_holdings_close(&lives->holdings, PATHS);
}

/* The batch of mld_simulate() on such lives: each design by its guarantee for all periods, then by
 * its fund. */
static void simulate_backwards(const struct mld_plan *plan, struct mld_workspace *w)
{
    struct mld_lives *lives = &w->lives[0];
    assert_int_equal(plan->n_lives, 1);
    mld_factors_fill(&plan->model, 0, PATHS, &w->factors);
    mld_portfolio_fill(&plan->model, 0, PATHS, &w->portfolio);
    live_backwards(plan, w, lives);
    for (int d = 0; d < plan->n_designs; d++) {
        const struct mld_design *design = &plan->design[d];
        struct mld_design_flows *flows = &w->design[d];
        struct mld_guarantee_flows *guarantee = design->guarantee ? &flows->guarantee : NULL;
        if (guarantee)
            mld_guarantee_price(guarantee, &plan->model.grid, design->guarantee, &lives->covers,
                                PATHS);
        flows->fund.tmo = w->factors.tmo;
        flows->fund.tmo_stride = w->factors.stride;
        for (int t = 0; design->fund && t <= plan->model.grid.last; t++)
            mld_fund_take(&flows->fund, t, &lives->pools, guarantee);
        if (design->fund)
            mld_fund_fill(&flows->fund, &plan->model.grid, design->fund, plan->model.seed, 0,
                          PATHS);
        struct mld_measure_input input = { .design = design,
                                           .n_forms = plan->model.n_forms,
                                           .paths = PATHS,
                                           .pools = &lives->pools,
                                           .fund = design->fund ? &flows->fund : NULL,
                                           .guarantee = guarantee,
                                           .holdings = &lives->holdings,
                                           .tmo = w->factors.tmo,
                                           .tmo_stride = w->factors.stride };
        mld_measures_fill(w->measures, &input, w->width, flows->value, NULL);
    }
}

/*
 * Deals of a thesis have issuers of their own: settled in the other order they give the same but
 * for roundings, as a tape does.
 */
static void order_of_a_thesis_does_not_matter(void **state)
{
    (void)state;
    struct dice dice = { 5 };
    for (int i = 0; i < SCENARIOS / 4; i++) {
        struct variant variant;
        struct run_case forwards, backwards;
        struct mld_workspace *workspace = NULL;
        variant_draw(&variant, base_with(WITH_THESIS, i), PATHS, i, &dice);
        without(&variant, ".follow_on=");
        without_candidates(&variant);
        without(&variant, "fund.credit_line="); /* a second fund, which is not settled here */
        without(&variant, "endowment");         /* nor what is drawn beside the portfolio */
        without(&variant, "indicators");
        without(&variant, "feeder");
        if (traits_of(variant.base)->guarantee) {
            variant_add(&variant, "guarantee.moral_hazard=1.0");
            variant_add(&variant, "guarantee.hazard_slope=0");
            variant_add(&variant, "guarantee.pass_through=0");
        }
        run_case_start(&forwards, variant.base, variant.n, variant.set, 1, 64);
        assert_int_equal(mld_workspace_create(forwards.plan, PATHS, MLD_KEEP_TRACE, &workspace),
                         MLD_OK);
        simulate_backwards(forwards.plan, workspace);
        backwards = forwards;
        for (int design = 0; design < forwards.designs; design++)
            backwards.column[design] = workspace->design[design].value;
        compare_scaled(&forwards, &backwards, 1, 1e-9);
        mld_workspace_free(workspace);
        run_case_end(&forwards);
    }
    oracle("Runs with their deals in another order", "model: sums over deals", "1e-9",
           "%d random scenarios of a thesis and %d of a tape", SCENARIOS / 4, SCENARIOS / 8);
}

/* ---- draws ---- */

/*
 * Issuer m of one run and n of the other have the same draws, default and performance, to the bit.
 */
static void assert_same_issuer(int years, const struct mld_issuer_outcomes *x, int m,
                               const struct mld_issuer_outcomes *y, int n)
{
    assert_int_equal(x->default_period[m], y->default_period[n]);
    assert_memory_equal(&x->threshold[m], &y->threshold[n], sizeof(double));
    assert_memory_equal(&x->resolution[m], &y->resolution[n], sizeof(double));
    assert_memory_equal(&x->xi[m], &y->xi[n], sizeof(double));
    assert_memory_equal(x->surplus + m * x->stride, y->surplus + n * y->stride,
                        (size_t)x->stride * sizeof(double));
    assert_memory_equal(x->systematic + m * x->stride, y->systematic + n * y->stride,
                        (size_t)years * sizeof(double));
}

/* One deal more on a tape, of a new issuer: every other issuer keeps what it had. */
static void an_added_deal_moves_no_draw(void **state)
{
    (void)state;
    char once[64], longer[64];
    struct variant variant;
    struct dice dice = { 6 };
    write_tape(once, 1, 0, 0);
    write_tape(longer, 1, 0, 1);
    for (int i = 0; i < SCENARIOS / 12; i++) {
        variant_draw(&variant, "tape-example.cfg", PATHS, i, &dice);
        without(&variant, "fund.closings=");
        struct simulated a = simulate_with(&variant, "tape.file=%s", once),
                         b = simulate_with(&variant, "tape.file=%s", longer);
        int issuers = a.plan->model.tape.n_issuers;
        assert_int_equal(b.plan->model.tape.n_issuers, issuers + 1);
        for (int p = 0; p < PATHS; p++)
            for (int j = 0; j < issuers; j++)
                assert_same_issuer(a.plan->model.grid.horizon_years,
                                   &a.workspace->lives[0].outcomes, p * issuers + j,
                                   &b.workspace->lives[0].outcomes, p * (issuers + 1) + j);
        simulated_end(&a);
        simulated_end(&b);
    }
    remove(once);
    remove(longer);
}

/* Deals of a path in an instrument, the first in *first. */
static int deals_of(const struct mld_portfolio *portfolio, int path, int instrument, int *first)
{
    int n = 0;
    for (int d = portfolio->first_deal[path]; d < portfolio->first_deal[path + 1]; d++)
        if (portfolio->deal[d].instrument == instrument && n++ == 0)
            *first = d;
    return n;
}

static void assert_same_deal(int years, const struct mld_workspace *a, int d,
                             const struct mld_workspace *b, int e)
{
    const struct mld_deal *x = &a->portfolio.deal[d], *y = &b->portfolio.deal[e];
    assert_memory_equal(&x->amount, &y->amount, sizeof x->amount);
    assert_true(x->period == y->period && x->form == y->form && x->sector == y->sector &&
                x->entity == y->entity);
    assert_same_issuer(years, &a->lives[0].outcomes, x->issuer, &b->lives[0].outcomes, y->issuer);
}

/*
 * A thesis with less to invest draws the same deals until the money ends: all but the last two,
 * which what is left may change.
 */
static void more_deals_of_a_thesis_move_no_draw(void **state)
{
    (void)state;
    int compared = 0;
    struct dice dice = { 7 };
    for (int i = 0; i < SCENARIOS / 8; i++) {
        struct variant variant;
        variant_draw(&variant, base_with(WITH_THESIS, i), PATHS, i, &dice);
        without(&variant, "fund.closings=");
        variant_add(&variant, "thesis.resample=path");
        struct simulated b = simulate_with(&variant, "run.paths=%d", PATHS);
        struct simulated a = simulate_with(&variant, "thesis.volume=%.17g",
                                           0.7 * b.plan->model.thesis.volume);
        for (int p = 0; p < PATHS; p++)
            for (int instrument = 0; instrument < MLD_INSTRUMENTS; instrument++) {
                int d = 0, e = 0, n = deals_of(&a.workspace->portfolio, p, instrument, &d);
                assert_true(deals_of(&b.workspace->portfolio, p, instrument, &e) >= n);
                for (int k = 0; k < n - 2; k++, compared++)
                    assert_same_deal(a.plan->model.grid.horizon_years, a.workspace, d + k,
                                     b.workspace, e + k);
            }
        simulated_end(&a);
        simulated_end(&b);
    }
    assert_true(compared > 1000);
    oracle("Draws of the other deals when one is added to a tape, or more money to a thesis",
           "model, section 10", "the same bits",
           "%d random scenarios of a tape, %d of a thesis with %d deals", SCENARIOS / 12,
           SCENARIOS / 8, compared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_and_batches_change_nothing),
        cmocka_unit_test(files_hold_what_is_asked),
        cmocka_unit_test(more_cover_never_owes_less),
        cmocka_unit_test(money_scales),
        cmocka_unit_test(order_of_a_tape_does_not_matter),
        cmocka_unit_test(order_of_a_thesis_does_not_matter),
        cmocka_unit_test(an_added_deal_moves_no_draw),
        cmocka_unit_test(more_deals_of_a_thesis_move_no_draw),
    };
    return cmocka_run_group_tests(tests, read_traits, NULL);
}
