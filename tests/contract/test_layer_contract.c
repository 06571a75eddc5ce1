/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every guarantee layer promises, whatever its terms: one suite over every way to pay
 * (mld_payouts), every design (mld_layer_designs) and every row of the layer's table at its
 * default, its low end and its high end, on deals of every fate (model, section 7). Then whole runs
 * of shipped scenarios with each row at its ends.
 */
#include "support/ends.h"
#include "support/oracle.h"

#include "support/guarantee_bench.h"

static const struct mld_param *layer_table(void)
{
    return mld_param_named("guarantee.layers")->table;
}

static const char *payout_name(int i) { return mld_payouts[i].name; }

/* ---- registries ---- */

static void rows_are_documented(void **state)
{
    (void)state;
    for (int i = 0; mld_payouts[i].name; i++) {
        assert_documented(mld_payouts[i].name, mld_payouts[i].summary_en, mld_payouts[i].summary_fr,
                          mld_payouts[i].source);
        assert_non_null(mld_payouts[i].claims);
    }
    for (int i = 0; mld_layer_designs[i].name; i++) {
        const struct mld_layer_design *design = &mld_layer_designs[i];
        assert_documented(design->name, design->summary_en, design->summary_fr, design->source);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(design->name, mld_layer_designs[j].name);
    }
    for (const struct mld_param *row = layer_table(); row->key; row++) {
        assert_row(row, sizeof(struct mld_layer));
        if (!strcmp(row->key, "payout"))
            assert_choices(row->choices, payout_name);
    }
    assert_rows_apart(layer_table());
}

/* ---- layers to try ---- */

enum { MOST_DESIGNS = 16 };

/* Defaults of the table; every deal is covered. A counter-guarantee when `counter`. */
static struct mld_layer layer_of(double quotite, double attachment, double cap_rate, int counter)
{
    struct mld_layer layer = { .covers = counter ? 0 : -1 };
    rows_default(layer_table(), &layer);
    layer.quotite = counter ? 0 : quotite;
    layer.attachment = attachment;
    layer.cap_rate = cap_rate;
    layer.share = counter ? 0.8 : 0;
    bench_cover_all(&layer.cover);
    return layer;
}

/*
 * One layer of each design: the first of a small grid that the design's row recognises. A design
 * that none shows fails.
 */
static int layers_of_designs(struct mld_layer layer[MOST_DESIGNS])
{
    static const double quotite[] = { 0.5, 1 }, attachment[] = { 0, 0.05 }, cap[] = { 1, 0.25 };
    int n = 0;
    for (; mld_layer_designs[n].name; n++) {
        assert_true(n < MOST_DESIGNS);
        int found = 0;
        for (int k = 0; !found && k < 16; k++) {
            layer[n] = layer_of(quotite[k & 1], attachment[k >> 1 & 1], cap[k >> 2 & 1], k >> 3);
            found = mld_layer_design_of(&layer[n]) == &mld_layer_designs[n];
        }
        if (!found)
            fail_msg("no layer of design %s is tried: add one to the grid",
                     mld_layer_designs[n].name);
    }
    return n;
}

/* ---- deals of every fate ---- */

enum { FATES = 24 };

/* The fund ends a year before the horizon, so that periods after t_L exist. */
static struct mld_plan *plan_of(int m)
{
    struct mld_plan *plan = bench_plan(m, 12);
    plan->model.grid.last -= m;
    return plan;
}

/*
 * Deal number `fate` of path `path`: repaid, defaulted early, late or in t_L, paid at once, late or
 * never, sold at a loss or a gain.
 */
static void fate_of(struct bench_deal *b, const struct mld_plan *plan, int fate, int path,
                    int issuer)
{
    int last = plan->model.grid.last, m = plan->model.grid.periods_per_year,
        instrument = fate % MLD_INSTRUMENTS;
    int date = fate % 5 == 4 ? 3 * m : fate % 3, kind = fate / 3 % 8;
    double amount = 250000 * (1 + fate % 4);
    /* repaid in full, at once or little by little; some only in t_L */
    if (kind < 2) {
        bench_deal_start(b, plan, path, issuer, instrument, date, amount,
                         fate % 2 ? last : date + 2 * m, kind);
        /* default after a period, within two years, late, in t_L; nothing, part or all recovered */
    } else if (kind < 6) {
        static const double recovered[] = { 0, 0.4, 1 };
        bench_deal_start(b, plan, path, issuer, instrument, date, amount, last + 1, fate % 2);
        int period = kind == 2 ? date + 1 : kind == 3 ? date + 2 * m : kind == 4 ? last - 1 : last;
        int paid = fate % 3 == 0 ? period : fate % 3 == 1 ? period + 2 * m : last;
        bench_default(b, period, recovered[fate % 3] * b->life.outstanding[period - 1],
                      paid < last ? paid : last);
        /* shares sold, or cooperative shares redeemed, at a loss or a gain */
    } else {
        instrument = fate % 2 ? BENCH_SHARES : BENCH_COOPERATIVE_SHARES;
        bench_deal_start(b, plan, path, issuer, instrument, date, amount, last + 1, 0);
        bench_exit(b, kind == 6 ? date + m : last,
                   amount * (fate % 3 == 0                ? 0.3
                             : instrument == BENCH_SHARES ? 1.8
                                                          : 1));
    }
}

static void scale_deal(struct bench_deal *b, double k, int periods)
{
    b->deal.amount *= k;
    for (int s = 0; s < 8; s++)
        for (int t = 0; t < periods; t++)
            b->series[s][t] *= k;
    double *amounts[] = { &b->life.defaulted_outstanding, &b->life.recovery, &b->life.default_loss,
                          &b->life.exit_loss, &b->life.exit_proceeds };
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
        *amounts[i] *= k;
}

/*
 * The first paths hold one deal each, of every fate; then one holds all of them, and one all of
 * them among four issuers.
 */
enum { TOGETHER = FATES, SHARED, WIDTH = 32 };
static struct bench_deal alone[FATES], every[FATES], shared[FATES];

static void make_deals(const struct mld_plan *plan, double k)
{
    for (int i = 0; i < FATES; i++) {
        fate_of(&alone[i], plan, i, i, i * BENCH_DEALS);
        fate_of(&every[i], plan, i, TOGETHER, TOGETHER * BENCH_DEALS + i);
        fate_of(&shared[i], plan, i, SHARED, SHARED * BENCH_DEALS + i % 4);
    }
    for (int i = 0; i < FATES; i++) {
        scale_deal(&alone[i], k, plan->model.grid.periods);
        scale_deal(&every[i], k, plan->model.grid.periods);
        scale_deal(&shared[i], k, plan->model.grid.periods);
    }
}

/* Deals come path after path. */
static void run(struct bench_run *run, double k)
{
    make_deals(run->plan, k);
    for (int i = 0; i < FATES; i++)
        bench_add(run, &alone[i]);
    for (int i = 0; i < FATES; i++)
        bench_add(run, &every[i]);
    for (int i = 0; i < FATES; i++)
        bench_add(run, &shared[i]);
    bench_close(run);
}

/* ---- promises ---- */

/* Every identity of section 10; every number finite; nothing moves after t_L. */
static void assert_sound(const struct mld_plan *plan, const struct mld_guarantee_flows *flows,
                         const char *what)
{
    struct mld_violation violation = bench_check(plan, flows, 0, WIDTH);
    if (violation.what)
        fail_msg("%s: %s, path %u, period %d, by %g", what, violation.what, violation.path,
                 violation.period, violation.amount);
    struct bench_series series[BENCH_SERIES];
    bench_series(flows, series);
    double *const moving[] = { flows->payout,    flows->due,
                               flows->owed_back, flows->fee,
                               flows->upside,    flows->operator_cost,
                               flows->counter,   flows->dotation,
                               flows->interest,  flows->new_guaranteed,
                               flows->fee_base,  flows->booked,
                               flows->provision };
    for (int p = 0; p < WIDTH; p++) {
        for (int s = 0; s < BENCH_SERIES; s++)
            for (int t = 0; t < plan->model.grid.periods; t++)
                if (!isfinite(*bench_at(flows, series[s].values, p, t)))
                    fail_msg("%s: %s is not finite in period %d of path %d", what, series[s].name,
                             t, p);
        for (size_t s = 0; s < sizeof moving / sizeof *moving; s++)
            for (int t = plan->model.grid.last + 1; t < plan->model.grid.periods; t++)
                if (*bench_at(flows, moving[s], p, t) != 0)
                    fail_msg("%s: series %zu moves after t_L, in period %d of path %d", what, s, t,
                             p);
        if (!isfinite(flows->volume[p]) || !isfinite(flows->commitment[p]) ||
            !isfinite(flows->dotation_needed[p]))
            fail_msg("%s: a figure of path %d is not finite", what, p);
    }
}

/*
 * Claims of one deal: in order, between the event and t_L; they add up to what was lost, none
 * without a loss or a gain.
 */
static void assert_claims(const struct mld_plan *plan, const struct mld_layer *layer,
                          const struct bench_deal *b, const char *what)
{
    struct mld_claim claim[MLD_MOST_CLAIMS];
    int last = plan->model.grid.last,
        n = mld_cover_claims(&layer->cover, &b->deal, &b->life, last, claim);
    int event = b->life.default_period >= 0 ? b->life.default_period : b->life.exit_period;
    double sum = 0;
    assert_true(n >= 0 && n <= MLD_MOST_CLAIMS);
    for (int i = 0; i < n; i++) {
        sum += claim[i].amount;
        if (event < 0 || claim[i].period < (i ? claim[i - 1].period : event) ||
            claim[i].period > last)
            fail_msg("%s: claim %d of a deal counts in period %d", what, i, claim[i].period);
        if (sum < 0 && b->life.default_period >= 0)
            fail_msg("%s: more is taken off a default's claim than was counted", what);
    }
    double lost = b->life.default_period >= 0 ? b->life.default_loss
                  : sum > 0                   ? b->life.exit_loss
                                              : b->deal.amount - b->life.exit_proceeds;
    if (n && fabs(sum - lost) > 1e-9 * b->deal.amount) /* one subtraction of a ticket */
        fail_msg("%s: claims add up to %g, %g was lost", what, sum, lost);
}

/*
 * A deal alone on its path: guaranteed and charged while it runs and is covered; no longer once
 * repaid, defaulted or sold.
 */
static void assert_silence(const struct mld_plan *plan, const struct mld_guarantee_flows *flows,
                           int path, const char *what)
{
    const struct bench_deal *b = &alone[path];
    const struct mld_cover *cover = &plan->guarantee.layer[0].cover;
    double q = plan->guarantee.layer[0].quotite;
    int covered = b->deal.amount >= cover->ticket_min && b->deal.amount <= cover->ticket_max;
    for (int t = 0; t <= plan->model.grid.last; t++) {
        int age = t - b->deal.period;
        double now = covered && age >= 0 && age < cover->term_periods ? b->life.outstanding[t] : 0;
        double before = covered && t > b->deal.period && age <= cover->term_periods
                            ? b->life.outstanding[t - 1]
                            : 0;
        /* One product each, of tickets up to a million: 1e-9 EUR is a few roundings. */
        double guaranteed = *bench_at(flows, flows->guaranteed, path, t),
               fee = *bench_at(flows, flows->fee, path, t);
        if (fabs(guaranteed - q * now) > 1e-9)
            fail_msg("%s: %g is guaranteed in period %d of path %d, not %g", what, guaranteed, t,
                     path, q * now);
        if (before == 0 && age != 0 &&
            (fee != 0 || *bench_at(flows, flows->operator_cost, path, t) != 0))
            fail_msg("%s: a fee is charged in period %d of path %d on what is no longer guaranteed",
                     what, t, path);
        if (age < 0 && *bench_at(flows, flows->covered_loss, path, t) != 0)
            fail_msg("%s: a loss counts before the deal of path %d", what, path);
    }
    int over = b->life.default_period < 0 && b->life.exit_period < 0, last = plan->model.grid.last;
    if (over && (*bench_at(flows, flows->covered_loss, path, last) != 0 ||
                 *bench_at(flows, flows->payout, path, last) != 0))
        fail_msg("%s: a repaid deal of path %d has a loss", what, path);
}

/* Numbers of one series. */
static size_t series_size(const struct bench_run *run)
{
    return (size_t)run->flows.width * (size_t)run->plan->model.grid.periods;
}

static void copy_series(const struct bench_run *run, double *copy)
{
    struct bench_series series[BENCH_SERIES];
    size_t n = series_size(run);
    bench_series(&run->flows, series);
    for (int s = 0; s < BENCH_SERIES; s++)
        memcpy(copy + (size_t)s * n, series[s].values, n * sizeof *copy);
}

/*
 * Tickets, euro ceilings and dotations k times: every series k times. Exactly for a power of two;
 * within 1e-9 of 1e6 EUR for 3, which the roundings of sums of 24 deals over 12 years of months
 * stay below.
 */
static void assert_linear(struct bench_run *tried, const double *once, const char *what)
{
    struct mld_plan *plan = tried->plan;
    struct mld_guarantee_spec kept = plan->guarantee;
    struct bench_series series[BENCH_SERIES];
    size_t n = series_size(tried);
    for (int k = 2; k <= 3; k++) {
        for (int l = 0; l < kept.n_layers; l++) {
            const struct mld_cover *cover = &kept.layer[l].cover;
            plan->guarantee.layer[l].cover.max_loss_per_issuer = k * cover->max_loss_per_issuer;
            plan->guarantee.layer[l].cover.ticket_min = k * cover->ticket_min;
            plan->guarantee.layer[l].cover.ticket_max = k * cover->ticket_max;
        }
        for (int d = 0; d < kept.n_dotations; d++)
            plan->guarantee.dotation[d].amount = k * kept.dotation[d].amount;
        /* tickets and ceilings are those of the covers, listed when the run is opened */
        bench_clear(tried);
        bench_open(tried, plan, WIDTH);
        run(tried, k);
        bench_series(&tried->flows, series);
        for (int s = 0; s < BENCH_SERIES; s++)
            for (size_t i = 0; i < n; i++) {
                double expected = k * once[(size_t)s * n + i],
                       tolerance = k == 2 ? 0 : 1e-3 + 1e-12 * fabs(expected);
                double found = series[s].values[i];
                if (!(fabs(found - expected) <= tolerance))
                    fail_msg("%s: %s is not proportional to the tickets: %.17g, not %.17g", what,
                             series[s].name, found, expected);
            }
    }
    plan->guarantee = kept;
}

/* ---- the suite ---- */

struct tried {
    int rows, layers;
};

static void try_plan(struct mld_plan *plan, const char *what)
{
    static double once[BENCH_SERIES * WIDTH * MLD_MAX_PERIODS];
    struct bench_run tried;
    bench_derive(plan);
    bench_open(&tried, plan, WIDTH);
    assert_true(BENCH_SERIES * series_size(&tried) <= sizeof once / sizeof *once);
    run(&tried, 1);
    assert_sound(plan, &tried.flows, what);
    for (int i = 0; i < FATES; i++) {
        assert_silence(plan, &tried.flows, i, what);
        assert_claims(plan, &plan->guarantee.layer[0], &alone[i], what);
    }
    copy_series(&tried, once);
    assert_linear(&tried, once, what);
    bench_clear(&tried);
}

/*
 * On the first `grids` of years, quarters and months: the layer, after one on every deal when it is
 * a counter-guarantee; without a dotation, and with one that runs out.
 */
static void try_layer(const struct mld_layer *layer, int payout, int grids, const char *what,
                      struct tried *tried)
{
    static const int per_year[] = { 1, 4, 12 };
    for (int i = 0; i < 2 * grids; i++) {
        struct mld_plan *plan = plan_of(per_year[i / 2]);
        struct mld_guarantee_spec *spec = &plan->guarantee;
        spec->layer[0] = layer_of(0.5, 0, 1, 0);
        spec->layer[0].cover.payout = payout;
        spec->n_layers = layer->covers < 0 ? 1 : 2;
        spec->layer[spec->n_layers - 1] = *layer;
        spec->n_dotations = i % 2;
        spec->dotation[0] = (struct mld_dotation){ .amount = 300000 };
        spec->dotation_yield = 0.02;
        try_plan(plan, what);
        free(plan);
    }
    tried->layers++;
}

static void every_term_at_both_ends(void **state)
{
    (void)state;
    struct mld_layer design[MOST_DESIGNS];
    struct tried tried = { 0 };
    int designs = layers_of_designs(design), payouts = 0;
    char what[160];
    for (int payout = 0; mld_payouts[payout].name; payout++, payouts++)
        for (int d = 0; d < designs; d++) {
            design[d].cover.payout = payout;
            snprintf(what, sizeof what, "%s, %s", mld_layer_designs[d].name,
                     mld_payouts[payout].name);
            try_layer(&design[d], payout, 3, what, &tried);
            tried.rows = 0;
            for (const struct mld_param *row = layer_table(); row->key; row++)
                for (int high = 0; has_ends(row) && high < 2; high++) {
                    struct mld_layer layer = design[d];
                    row_set(row, &layer, row_end(row, high));
                    if (layer.covers >= 0)
                        /* as the plan makes it: a counter-guarantee covers no deal */
                        layer.quotite = 0;
                    snprintf(what, sizeof what, "%s, %s, %s = %g", mld_layer_designs[d].name,
                             mld_payouts[payout].name, row->key, row_end(row, high));
                    try_layer(&layer, payout, 2, what, &tried);
                    tried.rows += high;
                }
        }
    oracle("Conformance of guarantee layers", "model, sections 7 and 10",
           "identities to 1e-6 EUR; proportional to the ticket to the last bit for a power of two",
           "%d ways to pay, %d designs, %d parameters at both ends: %d layers", payouts, designs,
           tried.rows, tried.layers);
}

/*
 * The term and the date of a claim at their bounds, in periods: covered in the period of its
 * waiting and term, not a period beside.
 */
static void cover_has_sharp_ends(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_of(4);
    struct mld_layer layer = layer_of(0.5, 0, 1, 0);
    struct bench_deal *b = malloc(sizeof *b);
    struct mld_claim claim[MLD_MOST_CLAIMS];
    assert_non_null(b);
    layer.cover.waiting_periods = 2;
    layer.cover.term_periods = 20;
    for (layer.cover.payout = 0; mld_payouts[layer.cover.payout].name; layer.cover.payout++)
        for (int age = 1; age < 24; age++) {
            bench_deal_start(b, plan, 0, 0, BENCH_BOND, 4, 1e6, 100, 0);
            bench_default(b, 4 + age, 3e5, 4 + age + 6);
            int n = mld_cover_claims(&layer.cover, &b->deal, &b->life, plan->model.grid.last,
                                     claim);
            assert_int_equal(n > 0, age >= 2 && age <= 20);
        }
    free(b);
    free(plan);
}

/* ---- whole runs ---- */

/*
 * A volume small beside the commitments, so that the dearest fees of a table do not make a scenario
 * refused for another reason.
 */
static void whole_runs_at_both_ends(void **state)
{
    (void)state;
    static const char *const scenarios[] = { "fpci-guaranteed.cfg", "scheme-national.cfg",
                                             "fpci-guaranteed-counter-guaranteed.cfg" };
    enum { PATHS = 16 };
    struct ends ends = { 0 };
    for (size_t s = 0; s < sizeof scenarios / sizeof *scenarios; s++)
        for (int payout = 0; mld_payouts[payout].name; payout++) {
            char pays[96];
            snprintf(pays, sizeof pays, "guarantee.layers.state.payout=%s",
                     mld_payouts[payout].name);
            const char *set[ENDS_CONSTANTS_COUNT + 4] = { ENDS_CONSTANTS, "run.paths=16",
                                                          "thesis.volume=30000000.0", pays };
            int n = ENDS_CONSTANTS_COUNT + 3;
            ends_of_table(scenarios[s], "guarantee.layers.state", layer_table(), n, set, PATHS,
                          &ends);
            ends_of_table(scenarios[s], "guarantee", mld_param_named("guarantee")->table, n, set,
                          PATHS, &ends);
        }
    assert_true(ends.accepted > 9 * ends.refused);
    oracle("Whole runs with each term of a guarantee at its ends",
           "the identities of model, section 10, checked by the run", "1e-6 EUR",
           "%d runs keep them, %d settings are refused by name", ends.accepted, ends.refused);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_documented),
        cmocka_unit_test(every_term_at_both_ends),
        cmocka_unit_test(cover_has_sharp_ends),
        cmocka_unit_test(whole_runs_at_both_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
