/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Second deals: worked examples in euros, which of a thesis's deals are followed and by how much,
 * that they leave with the first lot, and that designs decide by default dates of their own.
 */
#include "support/near.h"
#include "support/oracle.h"
#include "support/plans.h"
#include "support/small_world.h"

#include "milliard/draws.h"
#include "milliard/simulate.h"

enum { PATHS = 24, FIRST = 40 };

/* A plan and its first paths, each deal kept. */
struct batch {
    struct mld_plan *plan;
    struct mld_workspace *workspace;
};

static void start(struct batch *batch, struct mld_plan *plan)
{
    batch->plan = plan;
    assert_int_equal(mld_workspace_create(plan, PATHS, MLD_KEEP_TRACE, &batch->workspace), MLD_OK);
    batch->workspace->groups = 1;
    mld_simulate_losses(plan, FIRST, PATHS, batch->workspace);
    assert_null(batch->workspace->violation.what);
}

static void stop(struct batch *batch)
{
    mld_workspace_free(batch->workspace);
    release_plan(batch->plan);
}

/* ---- examples ---- */

struct example {
    double maturity, pd, reserve, after, probability;
    char size[32];
    int seconds;
    double first, last, invested;
};

static struct mld_plan *plan_of(const struct example *example)
{
    char text[8192], size[64] = "";
    if (*example->size != '-')
        snprintf(size, sizeof size, "size = %.17g; ", strtod(example->size, NULL));
    int length = snprintf(text, sizeof text, SMALL_WORLD, 8, PATHS, example->pd, 0.0, "");
    length += snprintf(text + length, sizeof text - (size_t)length, SMALL_FUND, 8, 4, 0.0, 0.0, "");
    snprintf(text + length, sizeof text - (size_t)length,
             "instruments = { bond = { coupon = 0.0; maturity_years = %.17g;" SMALL_RESOLUTION
             "}; };\n"
             "thesis = { volume = 10e6; deployment = [ 1.0 ]; ticket = { mean = 1e6; sd = 0.0; "
             "min = 1e5; max = 2e6; };\n"
             "mix = { bond = { weight = 1.0; legal_forms = { company = 1.0; };\n"
             "follow_on = { reserve = %.17g; after_years = %.17g; probability = %.17g; %s}; }; }; "
             "};\n",
             example->maturity, 0.5, example->reserve, example->after, example->probability, size);
    return plan_of_outcome(outcome_of_text(text, TEST_DATA "/follow-on.cfg", 0, NULL));
}

static double largest_gap;

static void assert_euros(double found, double expected, int line)
{
    double gap = fabs(found - expected);
    largest_gap = gap > largest_gap ? gap : largest_gap;
    if (!(gap < 1e-6))
        fail_msg("line %d: %.9f EUR instead of %.9f", line, found, expected);
}

static void check_example(const struct example *example, int line)
{
    struct batch batch;
    start(&batch, plan_of(example));
    const struct mld_portfolio *portfolio = batch.workspace->lives[0].portfolio;
    for (int p = 0; p < PATHS; p++) {
        int from = portfolio->first_deal[p], to = portfolio->first_deal[p + 1],
            firsts = to - from - example->seconds;
        double invested = 0;
        assert_int_equal(firsts, (int)lround(10 * (1 - example->reserve)));
        for (int d = from; d < to; d++) {
            const struct mld_deal *deal = &portfolio->deal[d];
            assert_int_equal(deal->lot, d - from >= firsts);
            assert_int_equal(deal->period, deal->lot ? (int)example->after : 0);
            invested += deal->amount;
        }
        assert_euros(invested, example->invested, line);
        if (example->seconds) {
            assert_euros(portfolio->deal[from + firsts].amount, example->first, line);
            assert_euros(portfolio->deal[to - 1].amount, example->last, line);
        }
    }
    stop(&batch);
}

static void worked_examples(void **state)
{
    (void)state;
    FILE *file = fopen(TEST_DATA "/follow_on_examples.csv", "r");
    char text[512];
    int line = 0, cases = 0;
    assert_non_null(file);
    while (fgets(text, sizeof text, file)) {
        struct example example;
        line++;
        if (*text == '#')
            continue;
        assert_int_equal(sscanf(text, "%lf,%lf,%lf,%lf,%lf,%31[^,],%d,%lf,%lf,%lf",
                                &example.maturity, &example.pd, &example.reserve, &example.after,
                                &example.probability, example.size, &example.seconds,
                                &example.first, &example.last, &example.invested),
                         10);
        check_example(&example, line);
        cases++;
    }
    fclose(file);
    assert_int_equal(cases, 10);
    oracle("Second deals with issuers that are held",
           "worked examples, [follow_on_examples.csv](../tests/data/follow_on_examples.csv)",
           "1e-6 EUR", "%d examples; largest %.1e EUR", cases, largest_gap);
}

/* ---- a whole thesis ---- */

/* Of every instrument; what is covered of it tells the designs apart. */
#define FOLLOWED(extra)                                                                          \
    "thesis = { mix = { shares = { follow_on = { reserve = 0.3; probability = 0.8; }; };\n"      \
    "convertible = { follow_on = { reserve = 0.4; after_years = 1.0; }; };\n"                    \
    "cooperative_shares = { follow_on = { reserve = 0.6; after_years = 1.5; size = 3.0; }; };\n" \
    "bond = { follow_on = { reserve = 0.25; }; }; }; };\n" extra
/* The second deal is often the first that is large enough; half of the issuers default. */
#define GUARANTEE                                                                                \
    "guarantee = { moral_hazard = 2.5; layers = ( { name = \"state\"; quotite = 0.5; ticket_min" \
    " = 1500000.0; } ); };\n"                                                                    \
    "legal_forms = { cooperative = { pd = [ 0.1 ]; }; company = { pd = [ 0.1 ]; }; };\n"

/* Whether a first deal is followed, whatever is left of its reserve: said anew. */
static int is_followed(const struct batch *batch, int set, int d)
{
    const struct mld_model *model = &batch->plan->model;
    const struct mld_lives *lives = &batch->workspace->lives[set];
    const struct mld_deal *deal = &lives->portfolio->deal[d];
    const struct mld_mix *mix = &model->thesis.mix[deal->instrument];
    const struct mld_deal_life *mine = &lives->deal[d];
    int date = deal->period + mix->follow_on.periods;
    return mix->has_follow_on && date < batch->plan->fund.investment_periods &&
           mine->contract.end_age > mix->follow_on.periods &&
           lives->outcomes.default_period[deal->issuer] > date &&
           mld_draw_uniform(model->seed, MLD_STREAM_FOLLOW_ON, FIRST + (uint32_t)deal->path,
                            deal->entity, 0) < mix->follow_on.probability;
}

/* The second deals of a path by date, then in the order of those they follow. */
static int check_path(const struct batch *batch, int set, int p)
{
    const struct mld_model *model = &batch->plan->model;
    const struct mld_portfolio *firsts = &batch->workspace->portfolio;
    const struct mld_portfolio *portfolio = batch->workspace->lives[set].portfolio;
    int from = portfolio->first_deal[p], n = firsts->first_deal[p + 1] - firsts->first_deal[p],
        next = from + n, cut = 0;
    double left[MLD_INSTRUMENTS];
    assert_memory_equal(portfolio->deal + from, firsts->deal + firsts->first_deal[p],
                        (size_t)n * sizeof(struct mld_deal));
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        left[i] = mld_thesis_reserve(&model->thesis, i);
    for (int t = 0; t < model->grid.periods; t++)
        for (int d = from; d < from + n; d++) {
            const struct mld_deal *deal = &portfolio->deal[d], *second = &portfolio->deal[next];
            const struct mld_follow_on *terms = &model->thesis.mix[deal->instrument].follow_on;
            double *rest = &left[deal->instrument];
            if (!is_followed(batch, set, d) || deal->period + terms->periods != t || *rest < 1)
                continue;
            assert_true(next < portfolio->first_deal[p + 1] && second->lot == 1);
            assert_true(second->issuer == deal->issuer && second->period == t);
            assert_true(second->instrument == deal->instrument && second->form == deal->form);
            double amount = terms->multiple * deal->amount;
            assert_near(second->amount, amount < *rest ? amount : *rest, 1e-6);
            cut += amount > *rest;
            *rest -= second->amount;
            next++;
        }
    assert_int_equal(next, portfolio->first_deal[p + 1]);
    return cut;
}

static void by_date_then_deal(void **state)
{
    (void)state;
    struct batch batch;
    start(&batch, plan_with(FOLLOWED(GUARANTEE)));
    assert_int_equal(batch.plan->n_lives, 2);
    int cut = 0;
    for (int set = 0; set < 2; set++)
        for (int p = 0; p < PATHS; p++)
            cut += check_path(&batch, set, p);
    assert_true(cut > PATHS);
    stop(&batch);
}

static double cost_of(const struct mld_portfolio *portfolio, int path, int lot)
{
    double cost = 0;
    for (int d = portfolio->first_deal[path]; d < portfolio->first_deal[path + 1]; d++)
        cost += portfolio->deal[d].lot >= lot ? portfolio->deal[d].amount : 0;
    return cost;
}

/* Pools and volumes are the path's; never more is invested than the volume of the thesis. */
static void pools_hold_both(void **state)
{
    (void)state;
    struct batch batch;
    start(&batch, plan_with(FOLLOWED(
                      "guarantee = { layers = ( { name = \"state\"; quotite = 0.5; } ); };\n")));
    const struct mld_lives *lives = &batch.workspace->lives[0];
    const struct mld_pools *pools = &lives->pools;
    for (int p = 0; p < PATHS; p++) {
        double cost = cost_of(lives->portfolio, p, 0), second = cost_of(lives->portfolio, p, 1),
               invested = 0;
        for (int t = 0; t < pools->periods; t++)
            invested += pools->invested[t * pools->width + p];
        assert_near(invested, cost, 1e-6);
        assert_near(pools->second_cost[p], second, 1e-6);
        assert_near(lives->covers.rows[0].volume[p], cost, 1e-6);
        assert_true(second > 0 && cost <= batch.plan->model.thesis.volume + 1e-6);
    }
    stop(&batch);
}

/* Shares and convertibles of one issuer leave on one date, others each on its own. */
static void lots_leave_together(void **state)
{
    (void)state;
    struct batch batch;
    int together = 0, apart = 0;
    start(&batch, plan_with(FOLLOWED("")));
    const struct mld_lives *lives = &batch.workspace->lives[0];
    for (int d = 0; d < lives->portfolio->n_deals; d++) {
        const struct mld_deal *deal = &lives->portfolio->deal[d];
        int first = lives->portfolio->first_deal[deal->path];
        if (!deal->lot)
            continue;
        while (lives->portfolio->deal[first].issuer != deal->issuer)
            first++;
        int left = lives->portfolio->deal[first].period + lives->deal[first].contract.end_age,
            leaves = deal->period + lives->deal[d].contract.end_age;
        if (mld_instruments[deal->instrument]->leaves_together) {
            assert_int_equal(leaves, left);
            assert_int_equal(lives->deal[d].contract.exit_forced,
                             lives->deal[first].contract.exit_forced);
            together++;
        } else {
            assert_true(deal->held == 0);
            apart += leaves != left;
        }
    }
    assert_true(together > PATHS && apart > PATHS);
    stop(&batch);
}

/* The first deals of a thesis that keeps a part are those of a thesis of the rest. */
static void first_deals_do_not_move(void **state)
{
    (void)state;
    static const char *const text[] = {
        "thesis = { volume = 80e6; mix = { shares = { weight = 1.0; follow_on = { reserve = 0.25; "
        "}; }; }; };\n",
        "thesis = { volume = 60e6; mix = { shares = { weight = 1.0; }; }; };\n"
    };
    struct batch batch[2];
    for (int i = 0; i < 2; i++) {
        char whole[1024];
        snprintf(whole, sizeof whole,
                 "drop = [ \"thesis.mix.convertible\", \"thesis.mix.bond\", "
                 "\"thesis.mix.participating_securities\", \"thesis.mix.association_securities\", "
                 "\"thesis.mix.participating_loan\", \"thesis.mix.cooperative_shares\" ];\n%s",
                 text[i]);
        start(&batch[i], plan_with(whole));
    }
    const struct mld_portfolio *kept = &batch[0].workspace->portfolio,
                               *whole = &batch[1].workspace->portfolio;
    assert_int_equal(kept->n_deals, whole->n_deals);
    assert_memory_equal(kept->deal, whole->deal, (size_t)kept->n_deals * sizeof *kept->deal);
    assert_true(batch[0].workspace->lives[0].portfolio->n_deals > kept->n_deals);
    assert_ptr_equal(batch[1].workspace->lives[0].portfolio, whole);
    stop(&batch[0]);
    stop(&batch[1]);
}

/* ---- behaviour ---- */

/*
 * Default dates are each design's own: what is decided upon them too. An issuer of which the second
 * deal alone is covered has the guarantee's PDs from that deal on.
 */
static void designs_decide_apart(void **state)
{
    (void)state;
    struct batch batch;
    int late = 0, earlier = 0;
    start(&batch, plan_with(FOLLOWED(GUARANTEE)));
    const struct mld_lives *without = &batch.workspace->lives[0],
                           *with = &batch.workspace->lives[1];
    assert_true(without->portfolio->n_deals > with->portfolio->n_deals);
    for (int d = 0; d < with->portfolio->n_deals; d++) {
        const struct mld_deal *deal = &with->portfolio->deal[d];
        const struct mld_hazard *hazard = &with->hazard[deal->issuer];
        if (!deal->lot || hazard->level == 0 || hazard->from != deal->period)
            continue;
        int after = with->outcomes.default_period[deal->issuer],
            before = without->outcomes.default_period[deal->issuer];
        assert_true(deal->amount >= 1500000 && after > deal->period && after <= before);
        assert_true(with->deal[d].life.made);
        earlier += after < before;
        late++;
    }
    assert_true(late > 0 && earlier > 0);
    stop(&batch);
}

/* ---- mistakes ---- */

static void too_late_to_be_followed(void **state)
{
    (void)state;
    struct outcome outcome = outcome_of_text(
        "base = \"base.cfg\";\nthesis = { mix = { bond = { follow_on = { reserve = 0.2; "
        "after_years = 5.0; }; }; }; };\n",
        TEST_DATA "/scenario/variant.cfg", 0, NULL);
    assert_int_equal(outcome.status, MLD_ERR_INPUT);
    assert_int_equal(outcome.messages.count, 1);
    assert_non_null(strstr(outcome.messages.text[0],
                           "variant.cfg:2: thesis.mix.bond.follow_on.after_years = 5: the "
                           "investment period has 5 years, so that no deal would be followed"));
    outcome_clear(&outcome);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_examples),         cmocka_unit_test(by_date_then_deal),
        cmocka_unit_test(pools_hold_both),         cmocka_unit_test(lots_leave_together),
        cmocka_unit_test(first_deals_do_not_move), cmocka_unit_test(designs_decide_apart),
        cmocka_unit_test(too_late_to_be_followed)
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
