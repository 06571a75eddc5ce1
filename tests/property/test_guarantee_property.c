/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Properties of the guarantee over random portfolios, lives and layers (model, sections 7 and 10): monotone in its
 * terms, homogeneous in money, indifferent to the order of deals, mute when its quotité is nil, and every identity
 * of the check on every path. The cases are a fixed sequence: a failure names the case that shows it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "guarantee/check.h"
#include "support/guarantee_bench.h"

enum { CASES = 400, MOST_DEALS = 40 };

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t state64;

static double uniform(void)
{
    uint64_t z = state64 += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static int below(int n) { return (int)(uniform() * n); }
static double between(double a, double b) { return a + (b - a) * uniform(); }

struct random_case {
    struct mld_plan *plan;
    struct bench_deal deal[MOST_DEALS];
    int n;
};

static void draw_layer(struct mld_layer *layer)
{
    *layer = bench_layer(between(0.1, 1));
    layer->attachment = below(2) ? between(0, 0.2) : 0;
    layer->cap_rate = below(2) ? between(0.02, 0.5) : 1;
    layer->max_loss_per_issuer = below(2) ? between(2e5, 3e6) : HUGE_VAL;
    layer->waiting_years = below(3) / 2.0;
    layer->term_years = 2 + below(9);
    layer->claim_delay_years = below(5) / 2.0;
    layer->payout = below(2);
    layer->cover_exit_losses = below(2);
    layer->net_of_gains = below(2);
    layer->fee_rate = below(2) ? between(0, 0.03) : 0;
    layer->fee_upfront = below(3) ? 0 : between(0, 0.02);
    layer->fee_payer = below(2);
    layer->upside_share = below(3) ? 0 : between(0, 0.5);
    layer->operator_cost = between(0, 0.01);
}

static void draw_counter(struct mld_layer *layer, int covered)
{
    *layer = bench_layer(0);
    layer->covers = covered;
    layer->share = between(0.2, 1);
    layer->cap_rate = below(2) ? 1 : between(0.01, 0.2);
    layer->fee_rate = below(2) ? 0 : between(0, 0.2);
}

/* One layer on all, or one on equity and one on debt; then perhaps counter-guarantees and dotations. */
static void draw_layers(struct mld_guarantee_spec *spec)
{
    int split = below(2);
    spec->n_layers = 1 + split;
    for (int l = 0; l < spec->n_layers; l++)
        draw_layer(&spec->layer[l]);
    for (int i = 0; split && i < MLD_INSTRUMENTS; i++) {
        spec->layer[0].covers_instrument[i] = i == BENCH_SHARES || i == BENCH_COOPERATIVE_SHARES;
        spec->layer[1].covers_instrument[i] = !spec->layer[0].covers_instrument[i];
    }
    for (int k = below(3); k > 0; k--, spec->n_layers++)
        draw_counter(&spec->layer[spec->n_layers], below(1 + split));
    spec->n_dotations = below(3);
    for (int k = 0; k < spec->n_dotations; k++)
        spec->dotation[k] = (struct mld_dotation){ below(6), between(0, 4e6) };
    spec->dotation_yield = between(0, 0.05);
}

static void draw_deal(struct bench_deal *b, const struct mld_plan *plan, int issuers)
{
    int last = plan->grid.last, instrument = below(MLD_INSTRUMENTS), date = below(last / 2);
    int is_equity = instrument == BENCH_SHARES || instrument == BENCH_COOPERATIVE_SHARES;
    int until = date + 1 + below(last - date + 4);
    bench_deal_start(b, plan, 0, below(issuers), instrument, date, between(1e5, 3e6), is_equity ? last + 1 : until,
                     !is_equity && below(2));
    int event = date + 1 + below(b->life.last_period - date);
    if (below(2))
        bench_default(b, event, uniform() * b->life.outstanding[event - 1], event + below(last - event + 1));
    else if (is_equity)
        bench_exit(b, event, b->deal.amount * (instrument == BENCH_SHARES ? between(0, 2.5) : uniform()));
}

static struct random_case *draw_case(int number)
{
    struct random_case *c = calloc(1, sizeof *c);
    assert_non_null(c);
    state64 = 20260101u + (uint64_t)number;
    c->plan = bench_plan(below(2) ? 4 : 1, 12);
    draw_layers(&c->plan->guarantee);
    bench_derive(c->plan);
    c->n = 1 + below(MOST_DEALS);
    int issuers = 1 + below(c->n);
    for (int i = 0; i < c->n; i++)
        draw_deal(&c->deal[i], c->plan, issuers);
    return c;
}

static void free_case(struct random_case *c)
{
    free(c->plan);
    free(c);
}

/* Runs the case on one path of a batch of eight; deals in the order given, or in file order. */
static void run(struct mld_guarantee_flows *flows, const struct mld_plan *plan, struct random_case *c, int path, const int *order)
{
    assert_int_equal(mld_guarantee_init(flows, plan, BENCH_WIDTH), MLD_OK);
    mld_guarantee_reset(flows, plan, BENCH_WIDTH);
    for (int i = 0; i < c->n; i++) {
        struct bench_deal *b = &c->deal[order ? order[i] : i];
        b->deal.path = path;
        b->deal.issuer = b->deal.issuer % BENCH_DEALS + path * BENCH_DEALS;
        bench_add(flows, plan, b);
    }
    mld_guarantee_close(flows, plan, BENCH_WIDTH);
}

enum { SERIES = 17 };
static void series_of(const struct mld_guarantee_flows *f, double *out[SERIES])
{
    double *all[SERIES] = { f->payout, f->due, f->owed_back, f->fee, f->fee_fund, f->upside, f->operator_cost, f->counter,
                            f->dotation, f->interest, f->balance, f->waiting, f->guaranteed, f->new_guaranteed, f->fee_base,
                            f->covered_loss, f->cumulated_due };
    memcpy(out, all, sizeof all);
}

/* Every series of path `b` is that of path `a` times `factor`, within `tolerance`. */
static void assert_same(int number, const struct mld_guarantee_flows *a, int path_a, const struct mld_guarantee_flows *b,
                        int path_b, double factor, double tolerance)
{
    double *x[SERIES], *y[SERIES];
    series_of(a, x);
    series_of(b, y);
    for (int k = 0; k < SERIES; k++)
        for (int t = 0; t < a->stride; t++) {
            double p = x[k][path_a * a->stride + t], q = y[k][path_b * b->stride + t];
            if (!(fabs(p * factor - q) <= tolerance))
                fail_msg("case %d: series %d, period %d: %.12g times %g against %.12g", number, k, t, p, factor, q);
        }
}

/* ---- Properties ---- */

static void identities_hold(void **unused)
{
    (void)unused;
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number);
        struct mld_guarantee_flows flows;
        run(&flows, c->plan, c, 0, NULL);
        struct mld_violation violation = { 0 };
        mld_guarantee_check(c->plan, 0, BENCH_WIDTH, &flows, NULL, &violation);
        if (violation.what)
            fail_msg("case %d: %s, period %d, %g", number, violation.what, violation.period, violation.amount);
        mld_guarantee_clear(&flows);
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

/* Additions, products and comparisons round monotonically, so the order holds to the last bit: no tolerance. */
static void more_generous_pays_no_less(void **unused)
{
    (void)unused;
    int strictly = 0;
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number);
        struct mld_guarantee_flows before, after;
        run(&before, c->plan, c, 0, NULL);
        for (int change = 0; change < CHANGES; change++) {
            struct mld_guarantee_spec kept = c->plan->guarantee;
            improve(&c->plan->guarantee, change);
            run(&after, c->plan, c, 0, NULL);
            c->plan->guarantee = kept;
            for (int t = 0; t < c->plan->grid.periods; t++) {
                if (!(after.cumulated_due[t] >= before.cumulated_due[t]))
                    fail_msg("case %d: change %d lowers P(%d) from %g to %g", number, change, t, before.cumulated_due[t],
                             after.cumulated_due[t]);
                strictly += after.cumulated_due[t] > before.cumulated_due[t];
            }
            mld_guarantee_clear(&after);
        }
        mld_guarantee_clear(&before);
        free_case(c);
    }
    assert_true(strictly > CASES);    /* the cases do move: the property is not empty */
}

static void scale_case(struct random_case *c, double factor)
{
    struct mld_guarantee_spec *spec = &c->plan->guarantee;
    for (int l = 0; l < spec->n_layers; l++)
        spec->layer[l].max_loss_per_issuer *= factor;
    for (int k = 0; k < spec->n_dotations; k++)
        spec->dotation[k].amount *= factor;
    for (int i = 0; i < c->n; i++) {
        struct bench_deal *b = &c->deal[i];
        b->deal.amount *= factor;
        for (int s = 0; s < 8; s++)
            for (int t = 0; t <= c->plan->grid.last; t++)
                b->series[s][t] *= factor;
        b->life.defaulted_outstanding *= factor;
        b->life.recovery *= factor;
        b->life.default_loss *= factor;
        b->life.exit_loss *= factor;
        b->life.exit_proceeds *= factor;
    }
}

/* Rounding of sums of 40 amounts over 48 periods on 1e8 EUR is about 1e-6; a due that is nil may come out as that. */
static const double ROUNDING_EUR = 1e-5;

static void money_scales(void **unused)
{
    (void)unused;
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number);
        double factor = between(0.2, 7);
        struct mld_guarantee_flows one, other;
        run(&one, c->plan, c, 0, NULL);
        scale_case(c, factor);
        run(&other, c->plan, c, 0, NULL);
        assert_same(number, &one, 0, &other, 0, factor, ROUNDING_EUR);
        assert_true(isnan(one.grant[0]) ? isnan(other.grant[0]) : fabs(one.grant[0] * factor - other.grant[0]) < ROUNDING_EUR);
        assert_true(fabs(one.commitment[0] * factor - other.commitment[0]) < ROUNDING_EUR);
        mld_guarantee_clear(&one);
        mld_guarantee_clear(&other);
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
        struct mld_guarantee_flows one, other;
        run(&one, c->plan, c, 0, NULL);
        run(&other, c->plan, c, 0, order);
        assert_same(number, &one, 0, &other, 0, 1, ROUNDING_EUR);
        mld_guarantee_clear(&one);
        mld_guarantee_clear(&other);
        free_case(c);
    }
}

/* To the last bit: a path's numbers do not depend on its place in the batch. */
static void place_in_the_batch_is_indifferent(void **unused)
{
    (void)unused;
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number);
        struct mld_guarantee_flows one, other;
        run(&one, c->plan, c, 0, NULL);
        run(&other, c->plan, c, 5, NULL);
        assert_same(number, &one, 0, &other, 5, 1, 0);
        assert_true(memcmp(&one.grant[0], &other.grant[5], sizeof(double)) == 0);
        mld_guarantee_clear(&one);
        mld_guarantee_clear(&other);
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
        struct mld_guarantee_flows flows;
        run(&flows, c->plan, c, 0, NULL);
        const double *nil[] = { flows.payout, flows.due, flows.owed_back, flows.fee, flows.fee_fund, flows.upside,
                                flows.operator_cost, flows.counter, flows.waiting, flows.guaranteed };
        for (size_t k = 0; k < sizeof nil / sizeof *nil; k++)
            for (int t = 0; t < flows.stride; t++)
                assert_true(nil[k][t] == 0 && !signbit(nil[k][t]));
        mld_guarantee_clear(&flows);
        free_case(c);
    }
}

/* The case with one dotation in year 0, on one path; the periods in which something waits. */
static int short_periods(struct random_case *c, double dotation)
{
    struct mld_guarantee_flows flows;
    int count = 0;
    c->plan->guarantee.n_dotations = 1;
    c->plan->guarantee.dotation[0] = (struct mld_dotation){ 0, dotation };
    run(&flows, c->plan, c, 0, NULL);
    for (int t = 0; t < c->plan->grid.periods; t++)
        count += flows.waiting[t] > 0;
    struct mld_violation violation = { 0 };
    mld_guarantee_check(c->plan, 0, BENCH_WIDTH, &flows, NULL, &violation);
    assert_null(violation.what);
    mld_guarantee_clear(&flows);
    return count;
}

/* The smallest dotation that is never exhausted is none that is exhausted; a millionth less is. No tolerance: what
 * rounding decides is the account's to settle, whatever yields, fees, returns and counter-guarantees do. */
static void its_own_dotation_suffices(void **unused)
{
    (void)unused;
    int tried = 0;
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number);
        struct mld_guarantee_flows flows;
        c->plan->guarantee.n_dotations = 1;
        run(&flows, c->plan, c, 0, NULL);
        double needed = flows.dotation_needed[0];
        mld_guarantee_clear(&flows);
        if (short_periods(c, needed))
            fail_msg("case %d: a dotation of %.17g is exhausted", number, needed);
        if (needed > 0 && !short_periods(c, needed * (1 - 1e-6)))
            fail_msg("case %d: less than %.17g is not exhausted", number, needed);
        tried += needed > 0;
        free_case(c);
    }
    assert_true(tried > CASES / 2);
}

/* Without fee, yield or return P(t) ≤ q · min(cap_rate, 1 − attachment) · V: a dotation of that is never exhausted. */
static void the_largest_commitment_suffices(void **unused)
{
    (void)unused;
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number);
        struct mld_guarantee_spec *spec = &c->plan->guarantee;
        struct mld_guarantee_flows flows;
        spec->n_layers = 1;
        spec->layer[0].fee_rate = spec->layer[0].fee_upfront = spec->layer[0].upside_share = spec->dotation_yield = 0;
        spec->layer[0].cap_rate = 0.02;
        run(&flows, c->plan, c, 0, NULL);
        double commitment = flows.commitment[0];
        mld_guarantee_clear(&flows);
        if (short_periods(c, commitment))
            fail_msg("case %d: a dotation of the commitment, %.17g, is exhausted", number, commitment);
        free_case(c);
    }
}

/* Payment on default, all recovered, with nothing in the fund: what waited is cancelled, and no crumb of it waits on or is owed back. */
static void full_recoveries_leave_no_crumb(void **unused)
{
    (void)unused;
    for (int number = 0; number < CASES; number++) {
        state64 = 20270101u + (uint64_t)number;
        struct random_case c = { .plan = bench_plan(4, 12), .n = 2 + below(MOST_DEALS - 2) };
        struct mld_guarantee_spec *spec = &c.plan->guarantee;
        spec->n_layers = 1;
        spec->layer[0] = bench_layer(between(0.1, 1));
        spec->layer[0].payout = MLD_ON_DEFAULT;
        spec->n_dotations = 1;
        bench_derive(c.plan);
        for (int i = 0; i < c.n; i++) {
            bench_deal_start(&c.deal[i], c.plan, 0, i, BENCH_BOND, below(8), between(1e5, 3e6), 47, 0);
            bench_default(&c.deal[i], 10 + below(8), c.deal[i].deal.amount, 20 + below(8));
        }
        struct mld_guarantee_flows flows;
        run(&flows, c.plan, &c, 0, NULL);
        for (int t = 0; t < 48; t++)
            if (flows.owed_back[t] != 0 || (t > 28 && (flows.waiting[t] != 0 || flows.cumulated_due[t] != 0)))
                fail_msg("case %d, period %d: waiting %g, due %g, owed back %g", number, t, flows.waiting[t], flows.cumulated_due[t], flows.owed_back[t]);
        assert_true(flows.waiting[19] > 0);
        mld_guarantee_clear(&flows);
        free(c.plan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identities_hold), cmocka_unit_test(more_generous_pays_no_less), cmocka_unit_test(money_scales),
        cmocka_unit_test(order_of_deals_is_indifferent), cmocka_unit_test(place_in_the_batch_is_indifferent),
        cmocka_unit_test(quotite_of_zero_is_mute), cmocka_unit_test(its_own_dotation_suffices),
        cmocka_unit_test(the_largest_commitment_suffices), cmocka_unit_test(full_recoveries_leave_no_crumb)
    };
    return cmocka_run_group_tests_name("guarantee properties", tests, NULL, NULL);
}
