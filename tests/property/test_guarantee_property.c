/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Properties of the guarantee over random portfolios, lives and layers (model, sections 7 and 10):
 * monotone in its terms, homogeneous in money, indifferent to the order of deals, mute when its
 * quotité is nil, and every identity of the check on every path. The cases are a fixed sequence: a
 * failure names the case that shows it.
 */
#include "support/random_case.h"

enum { CASES = 400 };

/* Runs the case on one path of a batch of eight; deals in the order given, or in file order. */
static void run(struct bench_run *run, struct random_case *c, int path, const int *order)
{
    bench_open(run, c->plan, BENCH_WIDTH);
    add_case(run, c, path, order);
    bench_close(run);
}

/* Every series of path `b` is that of path `a` times `factor`, within `tolerance`. */
static void assert_same(int number, const struct bench_run *a, int path_a,
                        const struct bench_run *b, int path_b, double factor, double tolerance)
{
    struct bench_series x[BENCH_SERIES], y[BENCH_SERIES];
    bench_series(&a->flows, x);
    bench_series(&b->flows, y);
    for (int k = 0; k < BENCH_SERIES; k++)
        for (int t = 0; t < a->plan->model.grid.periods; t++) {
            double p = *bench_at(&a->flows, x[k].values, path_a, t),
                   q = *bench_at(&b->flows, y[k].values, path_b, t);
            if (!(fabs(p * factor - q) <= tolerance))
                fail_msg("case %d: %s, period %d: %.12g times %g against %.12g", number, x[k].name,
                         t, p, factor, q);
        }
}

/* ---- Properties ---- */

static void identities_hold(void **unused)
{
    (void)unused;
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number);
        struct bench_run one;
        run(&one, c, 0, NULL);
        struct mld_violation violation = bench_check(c->plan, &one.flows, 0, BENCH_WIDTH);
        if (violation.what)
            fail_msg("case %d: %s, period %d, %g", number, violation.what, violation.period,
                     violation.amount);
        bench_clear(&one);
        free_case(c);
    }
}

enum change { MORE_QUOTITE, HIGHER_CAP, LOWER_ATTACHMENT, CHANGES };

static void improve(struct mld_guarantee_spec *spec, int change)
{
    for (int l = 0; l < spec->n_layers; l++) {
        struct mld_layer *layer = &spec->layer[l];
        if (layer->covers >= 0)
            continue;
        if (change == MORE_QUOTITE)
            layer->quotite += (1 - layer->quotite) * uniform();
        else if (change == HIGHER_CAP)
            layer->cap_rate += (1 - layer->cap_rate) * uniform();
        else
            layer->attachment *= uniform();
    }
}

/*
 * Additions, products and comparisons round monotonically, so the order holds to the last bit: no
 * tolerance.
 */
static void more_generous_pays_no_less(void **unused)
{
    (void)unused;
    int strictly = 0;
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number);
        struct bench_run before, after;
        run(&before, c, 0, NULL);
        for (int change = 0; change < CHANGES; change++) {
            struct mld_guarantee_spec kept = c->plan->guarantee;
            improve(&c->plan->guarantee, change);
            run(&after, c, 0, NULL);
            c->plan->guarantee = kept;
            for (int t = 0; t < c->plan->model.grid.periods; t++) {
                double less = *bench_at(&before.flows, before.flows.cumulated_due, 0, t);
                double more = *bench_at(&after.flows, after.flows.cumulated_due, 0, t);
                if (!(more >= less))
                    fail_msg("case %d: change %d lowers P(%d) from %g to %g", number, change, t,
                             less, more);
                strictly += more > less;
            }
            bench_clear(&after);
        }
        bench_clear(&before);
        free_case(c);
    }
    assert_true(strictly > CASES); /* the cases do move: the property is not empty */
}

static void scale_case(struct random_case *c, double factor)
{
    struct mld_guarantee_spec *spec = &c->plan->guarantee;
    for (int l = 0; l < spec->n_layers; l++)
        spec->layer[l].cover.max_loss_per_issuer *= factor;
    for (int k = 0; k < spec->n_dotations; k++)
        spec->dotation[k].amount *= factor;
    for (int i = 0; i < c->n; i++) {
        struct bench_deal *b = &c->deal[i];
        b->deal.amount *= factor;
        for (int s = 0; s < 8; s++)
            for (int t = 0; t <= c->plan->model.grid.last; t++)
                b->series[s][t] *= factor;
        b->life.defaulted_outstanding *= factor;
        b->life.recovery *= factor;
        b->life.default_loss *= factor;
        b->life.exit_loss *= factor;
        b->life.exit_proceeds *= factor;
    }
}

/*
 * Rounding of sums of 40 amounts over 48 periods on 1e8 EUR is about 1e-6; a due that is nil may
 * come out as that.
 */
static const double ROUNDING_EUR = 1e-5;

static void money_scales(void **unused)
{
    (void)unused;
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number);
        double factor = between(0.2, 7);
        struct bench_run one, other;
        run(&one, c, 0, NULL);
        scale_case(c, factor);
        run(&other, c, 0, NULL);
        assert_same(number, &one, 0, &other, 0, factor, ROUNDING_EUR);
        assert_true(isnan(one.flows.grant[0])
                        ? isnan(other.flows.grant[0])
                        : fabs(one.flows.grant[0] * factor - other.flows.grant[0]) < ROUNDING_EUR);
        assert_true(fabs(one.flows.commitment[0] * factor - other.flows.commitment[0]) <
                    ROUNDING_EUR);
        bench_clear(&one);
        bench_clear(&other);
        free_case(c);
    }
}

static void order_of_deals_is_indifferent(void **unused)
{
    (void)unused;
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number);
        int order[MOST_DEALS];
        for (int i = 0; i < c->n; i++) {
            int j = below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        struct bench_run one, other;
        run(&one, c, 0, NULL);
        run(&other, c, 0, order);
        assert_same(number, &one, 0, &other, 0, 1, ROUNDING_EUR);
        bench_clear(&one);
        bench_clear(&other);
        free_case(c);
    }
}

/* To the last bit: a path's numbers do not depend on its place in the batch. */
static void place_in_the_batch_is_indifferent(void **unused)
{
    (void)unused;
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number);
        struct bench_run one, other;
        run(&one, c, 0, NULL);
        run(&other, c, 5, NULL);
        assert_same(number, &one, 0, &other, 5, 1, 0);
        assert_true(memcmp(&one.flows.grant[0], &other.flows.grant[5], sizeof(double)) == 0);
        bench_clear(&one);
        bench_clear(&other);
        free_case(c);
    }
}

static void quotite_of_zero_is_mute(void **unused)
{
    (void)unused;
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number);
        for (int l = 0; l < c->plan->guarantee.n_layers; l++)
            c->plan->guarantee.layer[l].quotite = c->plan->guarantee.layer[l].upside_share = 0;
        struct bench_run one;
        run(&one, c, 0, NULL);
        const struct mld_guarantee_flows *flows = &one.flows;
        double *nil[] = { flows->payout,   flows->due,       flows->owed_back,     flows->fee,
                          flows->fee_fund, flows->upside,    flows->operator_cost, flows->counter,
                          flows->waiting,  flows->guaranteed };
        for (size_t k = 0; k < sizeof nil / sizeof *nil; k++)
            for (int t = 0; t < c->plan->model.grid.periods; t++) {
                double value = *bench_at(flows, nil[k], 0, t);
                assert_true(value == 0 && !signbit(value));
            }
        bench_clear(&one);
        free_case(c);
    }
}

/* The case with one dotation in year 0, on one path; the periods in which something waits. */
static int short_periods(struct random_case *c, double dotation)
{
    struct bench_run one;
    int count = 0;
    c->plan->guarantee.n_dotations = 1;
    c->plan->guarantee.dotation[0] = (struct mld_dotation){ .amount = dotation };
    run(&one, c, 0, NULL);
    for (int t = 0; t < c->plan->model.grid.periods; t++)
        count += *bench_at(&one.flows, one.flows.waiting, 0, t) > 0;
    struct mld_violation violation = bench_check(c->plan, &one.flows, 0, BENCH_WIDTH);
    assert_null(violation.what);
    bench_clear(&one);
    return count;
}

/*
 * The smallest dotation that is never exhausted is none that is exhausted; a millionth less is. No
 * tolerance: what rounding decides is the account's to settle, whatever yields, fees, returns and
 * counter-guarantees do.
 */
static void its_own_dotation_suffices(void **unused)
{
    (void)unused;
    int tried = 0;
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number);
        struct bench_run one;
        c->plan->guarantee.n_dotations = 1;
        run(&one, c, 0, NULL);
        double needed = one.flows.dotation_needed[0];
        bench_clear(&one);
        if (short_periods(c, needed))
            fail_msg("case %d: a dotation of %.17g is exhausted", number, needed);
        if (needed > 0 && !short_periods(c, needed * (1 - 1e-6)))
            fail_msg("case %d: less than %.17g is not exhausted", number, needed);
        tried += needed > 0;
        free_case(c);
    }
    assert_true(tried > CASES / 2);
}

/*
 * Without fee, yield or return P(t) ≤ q · min(cap_rate, 1 − attachment) · V: a dotation of that is
 * never exhausted.
 */
static void the_largest_commitment_suffices(void **unused)
{
    (void)unused;
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number);
        struct mld_guarantee_spec *spec = &c->plan->guarantee;
        struct bench_run one;
        spec->n_layers = 1;
        spec->layer[0].fee_rate = spec->layer[0].fee_upfront = spec->layer[0].upside_share =
            spec->dotation_yield = 0;
        spec->layer[0].cap_rate = 0.02;
        run(&one, c, 0, NULL);
        double commitment = one.flows.commitment[0];
        bench_clear(&one);
        if (short_periods(c, commitment))
            fail_msg("case %d: a dotation of the commitment, %.17g, is exhausted", number,
                     commitment);
        free_case(c);
    }
}

/*
 * Payment on default, all recovered, with nothing in the fund: what waited is cancelled, and no
 * crumb of it is counted, waits on or is owed back. In every other case the first deal is lost, and
 * the fund keeps losses up to that one: no crumb above it.
 */
static void full_recoveries_leave_no_crumb(void **unused)
{
    (void)unused;
    for (int number = 0; number < CASES; number++) {
        state64 = 20270101u + (uint64_t)number;
        struct random_case c = { .plan = bench_plan(4, 12), .n = 2 + below(MOST_DEALS - 2) };
        struct mld_guarantee_spec *spec = &c.plan->guarantee;
        double volume = 0, lost = 0;
        spec->n_layers = 1;
        spec->layer[0] = bench_layer(between(0.1, 1));
        spec->layer[0].cover.payout = MLD_ON_DEFAULT;
        spec->n_dotations = 1;
        bench_derive(c.plan);
        for (int i = 0; i < c.n; i++) {
            bench_deal_start(&c.deal[i], c.plan, 0, i, BENCH_BOND, below(8), between(1e5, 3e6), 47,
                             0);
            volume += c.deal[i].deal.amount;
            lost += i == 0 && number % 2 ? c.deal[i].deal.amount : 0;
            bench_default(&c.deal[i], 10 + below(8), lost > 0 && i == 0 ? 0 : c.deal[i].deal.amount,
                          20 + below(8));
        }
        spec->layer[0].attachment = lost / volume;
        struct bench_run one;
        run(&one, &c, 0, NULL);
        for (int t = 0; t < 48; t++) {
            double waiting = *bench_at(&one.flows, one.flows.waiting, 0, t),
                   owed = *bench_at(&one.flows, one.flows.owed_back, 0, t);
            double due = *bench_at(&one.flows, one.flows.cumulated_due, 0, t);
            double counted = *bench_at(&one.flows, one.flows.covered_loss, 0, t);
            if (owed != 0 || (t > 28 && (waiting != 0 || due != 0 || (lost == 0 && counted != 0))))
                fail_msg("case %d, period %d: counted %g, waiting %g, due %g, owed back %g", number,
                         t, counted, waiting, due, owed);
        }
        assert_true(*bench_at(&one.flows, one.flows.waiting, 0, 19) > 0);
        bench_clear(&one);
        free(c.plan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(identities_hold),
                                        cmocka_unit_test(more_generous_pays_no_less),
                                        cmocka_unit_test(money_scales),
                                        cmocka_unit_test(order_of_deals_is_indifferent),
                                        cmocka_unit_test(place_in_the_batch_is_indifferent),
                                        cmocka_unit_test(quotite_of_zero_is_mute),
                                        cmocka_unit_test(its_own_dotation_suffices),
                                        cmocka_unit_test(the_largest_commitment_suffices),
                                        cmocka_unit_test(full_recoveries_leave_no_crumb) };
    return cmocka_run_group_tests_name("guarantee properties", tests, NULL, NULL);
}
